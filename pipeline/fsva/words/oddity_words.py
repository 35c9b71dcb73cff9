"""Accepted oddities of a boundary layer and its holes, as lines of the report.

Owns the choice of the lines; ``fsva.villages`` finds the oddities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fsva.core.message_values import MessageValue
from fsva.core.texts import Texts
from fsva.villages.join import Joined
from fsva.villages.oddities import Oddity

_SHOWN = 5


def unread(layers: Sequence[str], texts: Texts) -> str:
    """Return the sentence about layers of a file that are not read; of many the first are named."""
    more = len(layers) - _SHOWN
    rest = [texts("lapisan.dan_lagi", jumlah=more)] if more > 0 else []
    return texts("lapisan.tak_dibaca", lapisan=", ".join([*layers[:_SHOWN], *rest]))


def lines(joined: Joined, texts: Texts) -> list[str]:
    """Return the layers read and not read, holes with place and neighbours, accepted oddities.

    Returns
    -------
    list of str
        Empty if there is nothing to say.
    """
    read = joined.layers
    said = (
        [texts("lapisan.dibaca", lapisan=", ".join(f"{n} ({k})" for n, k in read))] if read else []
    )
    if joined.unread:
        said.append(unread(joined.unread, texts))
    said += notes(joined.oddities, texts)
    holes = [
        oddity for oddity in joined.oddities if oddity.key == "celah" and oddity.accepted is None
    ]
    if holes:
        said += [texts("lapisan.celah_judul", jumlah=len(holes))]
        said += [f"  {_words(oddity, texts)}" for oddity in holes]
    agreed = [oddity for oddity in joined.oddities if oddity.accepted is not None]
    if agreed:
        said += [texts("lapisan.diterima_judul"), *_accepted(agreed, texts)]
    return said


def notes(oddities: Iterable[Oddity], texts: Texts) -> list[str]:
    """Return what to say of oddities at which nothing stops, unless they are accepted."""
    return [
        texts(f"lapisan.{oddity.key}.pesan", **_told(oddity, texts))
        for oddity in oddities
        if oddity.is_note
    ]


def _accepted(agreed: list[Oddity], texts: Texts) -> Iterator[str]:
    for oddity in agreed:
        reason = oddity.accepted.reason[texts.language] if oddity.accepted else ""
        named = f"{oddity.name} ({oddity.codes[0]})" if oddity.codes else texts("lapisan.seluruh")
        yield f"  {named}, {_words(oddity, texts)}: {reason}"


def _words(oddity: Oddity, texts: Texts) -> str:
    return texts(f"lapisan.ganjil.{oddity.key}", **_told(oddity, texts))


def _told(oddity: Oddity, texts: Texts) -> dict[str, str]:
    facts = {"terbaca": oddity.found, **oddity.facts}
    return {k: v.words(texts) if isinstance(v, MessageValue) else v for k, v in facts.items()}
