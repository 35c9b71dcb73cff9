"""What is odd about a boundary layer and was accepted, and its holes, as lines of the report.

Owns the choice of the lines; what is odd is judged in ``fsva.villages``.
"""

from __future__ import annotations

from collections.abc import Iterator

from fsva.core.texts import Texts
from fsva.villages.join import Joined
from fsva.villages.oddities import Oddity


def lines(joined: Joined, texts: Texts) -> list[str]:
    """Return which layers were read, holes with place and neighbours, and what was accepted.

    Returns
    -------
    list of str
        Empty if there is nothing to say.
    """
    read = joined.layers
    said = (
        [texts("lapisan.dibaca", lapisan=", ".join(f"{n} ({k})" for n, k in read))] if read else []
    )
    holes = [one for one in joined.oddities if one.key == "celah" and one.accepted is None]
    if holes:
        said += [texts("lapisan.celah_judul", jumlah=len(holes))]
        said += [f"  {_words(one, texts)}" for one in holes]
    agreed = [one for one in joined.oddities if one.accepted is not None]
    if agreed:
        said += [texts("lapisan.diterima_judul"), *_accepted(agreed, texts)]
    return said


def _accepted(agreed: list[Oddity], texts: Texts) -> Iterator[str]:
    for one in agreed:
        reason = one.accepted.reason[texts.language] if one.accepted else ""
        named = f"{one.name} ({one.codes[0]})" if one.codes else texts("lapisan.seluruh")
        yield f"  {named}, {_words(one, texts)}: {reason}"


def _words(one: Oddity, texts: Texts) -> str:
    return texts(f"lapisan.ganjil.{one.key}", terbaca=one.found, **one.facts)
