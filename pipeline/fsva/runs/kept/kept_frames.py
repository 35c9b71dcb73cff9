"""The frames of a district on its papers, kept from one run to the next.

Owns what they depend on: the polygons of the mended layer. Each frame bears the paper that it was
sought for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fsva.runs.kept.kept_results import Kept

if TYPE_CHECKING:
    from fsva.sources.plain.shape_table import ShapeTable


def recall(kept: Kept | None, villages: ShapeTable) -> None:
    """Let this run answer with the frames that earlier runs have found.

    Parameters
    ----------
    villages : ShapeTable
        The joined villages, in metres.
    """
    from fsva.drawing.framing import known_frames
    from fsva.drawing.framing.known_frames import KnownFrames

    if kept is None:
        return
    if known := kept.found(_key(kept, villages), KnownFrames, villages.crs):
        known_frames.recall(villages, known)


def keep(kept: Kept | None, villages: ShapeTable) -> None:
    """Keep the frames that this run has found or recalled.

    Parameters
    ----------
    villages : ShapeTable
        As for ``recall``.
    """
    from fsva.drawing.framing import known_frames
    from fsva.drawing.framing.known_frames import KnownFrames

    if kept is None:
        return
    key, found = _key(kept, villages), known_frames.of(villages)
    if found != kept.found(key, KnownFrames, villages.crs):
        kept.keep(key, KnownFrames, found)


def _key(kept: Kept, villages: ShapeTable) -> str:
    return kept.store.key("bingkai", kept.digest(villages.crs, villages.geometry))
