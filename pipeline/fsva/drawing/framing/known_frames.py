"""What was found about the frames of a district, as a value that outlives a run.

Owns the questions and answers of one district; the search is ``fsva.drawing.framing.frames``.
"""

from __future__ import annotations

from dataclasses import dataclass

from fsva.core.box import Box
from fsva.drawing.framing import frames
from fsva.drawing.framing.map_frame import Frame
from fsva.drawing.framing.packing import Paper
from fsva.drawing.framing.remembered import digest
from fsva.drawing.maps.panel import Panel
from fsva.sources.plain.shape_table import ShapeTable


@dataclass(frozen=True)
class MainlandFrame:
    """The frame of a district in one piece.

    Parameters
    ----------
    plain : Panel
        Its map without insets.
    paper : Paper
        Scales, margin and titles.
    enough : float
        Square millimetres of a village that is large enough.
    frame : Frame
        What was found.
    """

    plain: Panel
    paper: Paper
    enough: float
    frame: Frame


@dataclass(frozen=True)
class IslandFrame:
    """The frame of a district of islands, or that it is in one piece.

    Parameters
    ----------
    box : Box
        Of the main map.
    paper : Paper
        Scales, margin and titles.
    may_part : bool
        Whether several maps may fill the box.
    enough : float
        Square millimetres of a village that is no better seen when it is larger.
    frame : Frame or None
        None for a district in one piece.
    """

    box: Box
    paper: Paper
    may_part: bool
    enough: float
    frame: Frame | None


@dataclass(frozen=True)
class KnownFrames:
    """All that was found about one district.

    Parameters
    ----------
    apart : tuple of bool
        Whether its parts lie apart; empty if nobody asked.
    mainland, islands : tuple
        On each paper that was asked for.
    """

    apart: tuple[bool, ...] = ()
    mainland: tuple[MainlandFrame, ...] = ()
    islands: tuple[IslandFrame, ...] = ()


def of(villages: ShapeTable) -> KnownFrames:
    """Return what this process has found about a district.

    Parameters
    ----------
    villages : ShapeTable
        Geometry in metres.
    """
    asked, crs = digest(villages), villages.crs
    return KnownFrames(
        tuple(found for name, found in frames.ARE_APART.items() if name == asked),
        tuple(
            MainlandFrame(plain, paper, enough, found)
            for (name, plain, paper, enough), found in frames.OF_MAINLAND.items()
            if name == asked and plain.crs == crs
        ),
        tuple(
            IslandFrame(box, paper, may_part, enough, found)
            for (name, system, box, paper, may_part, enough), found in frames.OF_ISLANDS.items()
            if name == asked and system == crs
        ),
    )


def recall(villages: ShapeTable, known: KnownFrames) -> None:
    """Let searches for a district answer with what was found before.

    Parameters
    ----------
    villages : ShapeTable
        Geometry in metres; the same polygons.
    """
    asked = digest(villages)
    for is_apart in known.apart:
        frames.ARE_APART.remember(asked, is_apart)
    for one in known.mainland:
        frames.OF_MAINLAND.remember((asked, one.plain, one.paper, one.enough), one.frame)
    for each in known.islands:
        question = (asked, villages.crs, each.box, each.paper, each.may_part, each.enough)
        frames.OF_ISLANDS.remember(question, each.frame)
