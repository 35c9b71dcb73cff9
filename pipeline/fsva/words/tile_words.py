"""What a tile map keeps of the map, in words: neighbours and places.

Owns the sentence on the screen, which is also the block of ``laporan.txt``, and the note on sheets.
"""

from __future__ import annotations

from fsva.core.texts import Texts

_PERCENT = 100


def told(beside: float | None, touching: float | None, displacement: float, texts: Texts) -> str:
    """Return the sentence.

    Parameters
    ----------
    beside, touching : float or None
        Share of the villages that are neighbours on the earth whose tiles share a side, or a side
        or a corner; None where no villages share a border.
    displacement : float
        Mean over the villages of how far a tile lies off, in widths of a tile.
    """
    moved = texts.decimal(displacement, 1)
    if beside is None or touching is None:
        return texts("ubin.hasil_tanpa_tetangga", geser=moved)
    shares = {"sisi": beside, "sudut": touching}
    said = {key: texts.decimal(_PERCENT * share, 0) for key, share in shares.items()}
    return texts("ubin.hasil", geser=moved, **said)
