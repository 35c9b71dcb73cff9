"""Room for insets on the paper that a district leaves free.

Owns the size of an inset around its ground, and the order in which insets take their places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.lettering import cell_grids, free_paper
from fsva.drawing.lettering.free_paper import Vacancy
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper.fonts import line_height

MARGIN_MM = 2.0
# The strip for the title of an inset, and the paper around its letters.
_HEAD_MM, _HEAD_PAD_MM = 5.0, 1.6
# A title of this size in points wants this width; that of far ground says also where it lies.
_TITLE_PT, _WIDTH_MM, _FAR_WIDTH_MM = 6.5, 32.0, 56.0
# Paper between insets.
_AROUND_MM = 1.5
_CELL_MM = 2.0
# Share of the map that insets may cover.
_MOST_COVERED = 0.85
# Where the district stands on the map: shares of the room beside it.
ANCHORS = ((0.5, 0.5), *((x, y) for x, y in product((0.0, 1.0, 0.5), (0.5, 0.0, 1.0))
                         if (x, y) != (0.5, 0.5)))  # fmt: skip


@dataclass(frozen=True)
class TitleStrip:
    """The room of a title above an inset.

    Parameters
    ----------
    height : float
        Millimetres.
    width, far_width : float
        Least width of an inset, and of one whose ground the main map does not show.
    """

    height: float
    width: float
    far_width: float


# Round scales, the margin around a district in millimetres, and the room of titles.
Paper: TypeAlias = tuple[tuple[int, ...], float, TitleStrip]


def strip(layout: Layout) -> TitleStrip:
    """Return the room of titles of insets on a layout, as its letters want it."""
    size = title_pt(layout)
    wider = max(1.0, size / _TITLE_PT)
    height = max(_HEAD_MM, line_height(size) + _HEAD_PAD_MM)
    return TitleStrip(height, _WIDTH_MM * wider, _FAR_WIDTH_MM * wider)


def title_pt(layout: Layout) -> float:
    """Return the type size of the titles of insets."""
    return layout.type.note + 0.5


@dataclass(frozen=True)
class InsetPlace:
    """A part of a district that an inset draws.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east, north of its ground, metres.
    box : Box
        The inset on the sheet, with the strip for its title.
    denominator : int
        n of its scale 1 : n.
    is_far : bool
        Whether the main map does not show its ground.
    is_map : bool
        Whether it is one of several maps that fill the paper in place of a main map.
    """

    bounds: tuple[float, float, float, float]
    box: Box
    denominator: int
    is_far: bool
    is_map: bool = False


@dataclass(frozen=True, eq=False)
class Grounds:
    """The ground of insets before they have places.

    Parameters
    ----------
    extents : array of float, shape (n, 4)
        West, south, east, north in metres.
    is_far : bool
        Whether the main map does not show them.
    strip : TitleStrip
        Room for their titles.
    """

    extents: NDArray[np.float64]
    is_far: bool
    strip: TitleStrip


def sizes(grounds: Grounds, denominator: int, distortion: float) -> NDArray[np.float64]:
    """Return width and height of insets, shape (n, 2), millimetres.

    Parameters
    ----------
    distortion : float
        Projected metres per metre on the ground.
    """
    extents, strip = grounds.extents, grounds.strip
    least = strip.far_width if grounds.is_far else strip.width
    sides = (extents[:, 2:] - extents[:, :2]) * panels.MM_PER_M / denominator / distortion
    sides += 2 * MARGIN_MM
    np.maximum(sides[:, 0], least, out=sides[:, 0])
    sides[:, 1] += strip.height
    return sides


def may_fit(grounds: Grounds, denominator: int, main: Panel) -> bool:
    """Tell whether insets are small enough for a map that shows nothing else; quick."""
    box, found = main.box, sizes(grounds, denominator, main.distortion)
    fits = bool((found <= (box.width, box.height)).all())
    return fits and float(found.prod(axis=1).sum()) < _MOST_COVERED * box.width * box.height


def room(main: Panel, land: shapely.Geometry) -> Vacancy:
    """Return the paper beside the land of a district; quick for coasts of many points.

    Parameters
    ----------
    land : Geometry
        The district, metres.
    """
    free = free_paper.of_panel(main.box, _CELL_MM)
    (paper,) = main.to_paper(np.array([land], dtype=object))
    corner, shape = np.array([[free.frame.left, free.frame.bottom]]), np.array([free.taken.shape])
    step = np.array([[free.frame.width, free.frame.height]]) / shape[:, ::-1]
    (inside,) = cell_grids.inside(np.array([paper], dtype=object), corner, step, shape)
    taken = inside.astype(bool)
    # Its lines, not its polygons: GEOS would check polygons, which takes twenty times as long.
    lines = shapely.segmentize(shapely.boundary(paper), _CELL_MM / 2)
    coast = shapely.get_coordinates(lines)
    column, row = np.floor((coast - corner) / step).astype(int).T
    on_paper = (row >= 0) & (column >= 0) & (row < shape[0, 0]) & (column < shape[0, 1])
    taken[row[on_paper], column[on_paper]] = True
    return Vacancy(free.frame, _with_cells_beside(taken))


def _with_cells_beside(taken: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Take the eight cells around each taken one too."""
    padded = np.pad(taken, 1)
    rows, columns = taken.shape
    beside = [padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3)]
    grown: NDArray[np.bool_] = np.logical_or.reduce(beside)
    return grown


def place(grounds: Grounds, denominator: int, main: Panel, free: Vacancy) -> tuple[InsetPlace, ...]:
    """Return insets of one scale on free paper, the largest placed first.

    Parameters
    ----------
    free : Vacancy
        From ``room``.

    Returns
    -------
    tuple of InsetPlace
        In the order of the grounds; empty if one of them finds no room.
    """
    found = sizes(grounds, denominator, main.distortion)
    placed: dict[int, InsetPlace] = {}
    for n in np.argsort(-found.prod(axis=1), kind="stable").tolist():
        box = free.place(*found[n].tolist())
        if box is None:
            return ()
        west, south, east, north = grounds.extents[n].tolist()
        placed[n] = InsetPlace((west, south, east, north), box, denominator, grounds.is_far)
        free = free.without_box(box.inset(-_AROUND_MM))
    return tuple(placed[n] for n in sorted(placed))


def outlined(grounds: Grounds, main: Panel) -> Sequence[Box]:
    """Return the paper that lines around the ground of insets surround on the main map."""
    boxes: NDArray[np.object_] = main.to_paper(np.array(shapely.box(*grounds.extents.T)))
    return [Box.around(box).inset(-MARGIN_MM) for box in boxes]


def anchored(
    main: Panel, around: NDArray[np.float64], anchor: tuple[float, float], margin: float
) -> Panel:
    """Return a main map whose ground stands elsewhere in its box.

    Parameters
    ----------
    around : array of float, shape (4,)
        West, south, east, north of its ground, metres.
    anchor : tuple of float
        Share of the room beside the ground that lies left of it, and below it.
    margin : float
        Paper between the ground and the box, millimetres.
    """
    sides = np.array([main.box.width, main.box.height])
    ground = (around[2:] - around[:2]) * main.mm_per_metre
    spare = np.maximum(sides - 2 * margin - ground, 0)
    moved = (np.array(anchor) - 0.5) * spare / main.mm_per_metre
    x, y = ((around[:2] + around[2:]) / 2 - moved).tolist()
    return Panel(main.box, main.crs, (x, y), main.denominator, main.distortion)
