"""What an office writes into ``edition.toml`` to let something stand: lines ready to be copied.

Owns the entries and their form as TOML; whoever finds something odd says which entry accepts it.
The reason is the placeholder of a new edition, so that a run is a draft until it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fsva.core import placeholders, printed
from fsva.core.columns import BPS, KEMENDAGRI, UNIT
from fsva.core.remedies import toml_values
from fsva.core.texts import Texts

MOST_SHOWN = 10  # entries of one message; the next run shows the others
LAYER, VALUE, TRUE = "batas.diterima", "diterima", "dibenarkan"


@dataclass(frozen=True)
class EditionEntry:
    """One entry of an array of tables in ``edition.toml``, all but its reason.

    Parameters
    ----------
    section : str
        Name of the array, e.g. ``batas.diterima``.
    keys : tuple of (str, str)
        Its keys with their texts.
    """

    section: str
    keys: tuple[tuple[str, str], ...]


def of_layer(kind: str, village: tuple[str, str] | None = None) -> EditionEntry:
    """Return the entry that accepts an oddity of a layer.

    Parameters
    ----------
    kind : str
        An ``Oddness``.
    village : (str, str) or None
        Kemendagri code and name as in the layer; None for the whole layer.
    """
    who = () if village is None else ((KEMENDAGRI, village[0]), (UNIT, village[1]))
    return EditionEntry(LAYER, (("jenis", kind), *who))


def of_value(code: str, village: str, indicator: str) -> EditionEntry:
    """Return the entry that accepts a value of a village.

    Parameters
    ----------
    code : str
        BPS code of the village.
    """
    return EditionEntry(VALUE, ((BPS, code), (UNIT, village), ("indikator", indicator)))


def of_key(key: str) -> EditionEntry:
    """Return the entry that confirms a key of ``edition.toml``."""
    return EditionEntry(TRUE, (("kunci", key),))


def lines(decisions: Sequence[EditionEntry], texts: Texts) -> Iterator[str]:
    """Yield the lines to copy: a heading, the first entries, and how many are left.

    Parameters
    ----------
    decisions : sequence of EditionEntry
        Perhaps none, which gives no line; the same entry is written once.
    """
    each = list(dict.fromkeys(decisions))
    if each:
        yield texts("galat.umum.tulis_di_edisi")
    for decision in each[:MOST_SHOWN]:
        yield from ("", f"[[{decision.section}]]")
        yield from (f"{key} = {_quoted(text)}" for key, text in decision.keys)
        yield f"alasan = {_quoted(texts(placeholders.KEY))}"
    if len(each) > MOST_SHOWN:
        yield from ("", texts("galat.umum.keputusan_lagi", n=len(each) - MOST_SHOWN))


def _quoted(text: str) -> str:
    return toml_values.quoted(printed.one_line(text))
