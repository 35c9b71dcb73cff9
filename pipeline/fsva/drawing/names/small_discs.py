"""Small discs, the last way to show the class of a village: between its neighbours, with a line.

Owns their places. A small disc may lie over other villages as long as enough of each stays in
sight, here or on another map of the sheet; it touches no name, no line and no other disc.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.core.box import Box
from fsva.drawing.lettering.labels import inner_point
from fsva.drawing.lettering.leaders import Leader
from fsva.drawing.lettering.typesetting import Placed, Wording
from fsva.drawing.maps import visible
from fsva.drawing.names import tokens
from fsva.drawing.names.tokens import Spot, Tokens

# A village that shows less, as far as geometry tells, has a small disc; others keep so much.
ENOUGH_MM2 = 1.1 * visible.LEAST_MM2
# More villages are not tried: discs among so many would hide the map.
_MOST = 200
_FARTHEST_MM, _STEP_MM = 9.0, 0.5
# Half of a disc with its rim, and paper between it and a name.
_WHOLE_MM, _APART_MM = tokens.SMALL_MM + tokens.RIM_MM, 0.12
# Villages are reckoned with to this detail.
_FINE_MM = 0.05
# The line with its casing; it begins so far from the name that hides its village.
_LINE_MM, _UNDER_MM = 0.55, 0.05
_AT_ONCE = 96


@dataclass(frozen=True, eq=False)
class Crowd:
    """The villages of a panel among which small discs stand.

    Parameters
    ----------
    frame : Box
        Where discs may stand.
    areas : mapping of str to Geometry
        Kemendagri code to the paper of the village on the panel.
    bare : mapping of str to Geometry
        What lines and names leave of the villages that are not large.
    elsewhere : mapping of str to float
        Square millimetres that other panels show of a village.
    taken : sequence of Geometry
        Names, lines, boxes.
    """

    frame: Box
    areas: Mapping[str, shapely.Geometry]
    bare: Mapping[str, shapely.Geometry]
    elsewhere: Mapping[str, float]
    taken: Sequence[shapely.Geometry]


def added(before: Tokens, crowd: Crowd, codes: Collection[str]) -> Tokens:
    """Add small discs to those of a panel.

    Parameters
    ----------
    codes : collection of str
        Villages that show too little of their class and have no disc.

    Returns
    -------
    Tokens
        With the discs that have found a place; those with the least paper choose first.
    """
    wanted = [c for c in codes if not shapely.is_empty(crowd.areas[c])]
    if not wanted or len(wanted) > _MOST:
        return before
    taken = [*crowd.taken, *before.papers()]
    left = _Left(crowd, {*wanted, *before.places})
    found: dict[str, tuple[Spot, shapely.LineString | None]] = {}
    for code in sorted(wanted, key=lambda c: (shapely.area(crowd.areas[c]), c)):
        start = _start(crowd, code)
        spots = _around(start, crowd.frame)
        if placed := _place(start, crowd.areas[code], spots, shapely.STRtree(taken), left):
            spot, line = placed
            found[code] = placed
            taken += [_disc(spot), *([_casing(line)] if line else [])]
    way = Wording((), 6.0, 2 * tokens.SMALL_MM, 2 * tokens.SMALL_MM)
    lines = [
        Leader(Placed(way, *spot), line, has_foot=False) for spot, line in found.values() if line
    ]
    return replace(
        before,
        places=before.places | {code: spot for code, (spot, _) in found.items()},
        leaders=(*before.leaders, *lines),
        small=before.small | found.keys(),
    )


class _Left:
    """What discs and lines leave of the villages of a panel."""

    def __init__(self, crowd: Crowd, signed: Collection[str]) -> None:
        codes = [code for code in crowd.bare if code not in signed]
        self._shapes = shapely.simplify(
            np.array([crowd.bare[code] for code in codes], dtype=object), _FINE_MM
        )
        self._elsewhere = np.array([crowd.elsewhere.get(code, 0.0) for code in codes])
        self._tree = shapely.STRtree(self._shapes)

    def spared(self, papers: NDArray[np.object_]) -> NDArray[np.bool_]:
        """Tell which papers leave enough of every village that they lie on."""
        paper, met = self._tree.query(papers, predicate="intersects")
        size = shapely.area(self._shapes[met])
        # Only of these can a paper take too much.
        small = size - shapely.area(papers[paper]) < ENOUGH_MM2
        small &= self._elsewhere[met] < ENOUGH_MM2
        paper, size, shapes = paper[small], size[small], self._shapes[met[small]]
        lost = shapely.area(shapely.intersection(shapes, papers[paper]))
        free = np.ones(len(papers), dtype=bool)
        free[paper[(lost > 0) & (size - lost < ENOUGH_MM2)]] = False
        return free

    def take(self, paper: shapely.Geometry) -> None:
        """Take a paper off the villages under it."""
        met = self._tree.query(paper, predicate="intersects")
        self._shapes[met] = shapely.difference(self._shapes[met], paper)


def _start(crowd: Crowd, code: str) -> NDArray[np.float64]:
    """Return where a line begins: in the widest part that nothing covers."""
    bare = crowd.bare.get(code)
    point: NDArray[np.float64] = inner_point(
        crowd.areas[code] if bare is None or shapely.is_empty(bare) else bare
    )
    return point


def _place(
    start: NDArray[np.float64],
    area: shapely.Geometry,
    spots: NDArray[np.float64],
    taken: shapely.STRtree,
    left: _Left,
) -> tuple[Spot, shapely.LineString | None] | None:
    """Return the first free place of a disc, and its line unless the disc lies on its village."""
    apart = _WHOLE_MM + _APART_MM
    free = np.ones(len(spots), dtype=bool)
    free[taken.query(shapely.points(spots), predicate="dwithin", distance=apart)[0]] = False
    # A line from under a name passes under this name, but under no other.
    over = taken.query(shapely.Point(start), predicate="dwithin", distance=_LINE_MM / 2)
    name = shapely.union_all(taken.geometries[over])
    for rows in _lots(np.flatnonzero(free)):
        middles = np.asarray(shapely.points(spots[rows]), dtype=object)
        discs: NDArray[np.object_] = shapely.buffer(middles, _WHOLE_MM, quad_segs=4)
        spared = left.spared(discs)
        rows, discs = rows[spared], discs[spared]
        lines = _lines(start, spots[rows], discs, name)
        lines[shapely.intersects(discs, area)] = shapely.LineString()
        casings = shapely.buffer(lines, _LINE_MM / 2, quad_segs=2)
        papers = shapely.union(discs, casings)
        clear = left.spared(papers)
        line, met = taken.query(casings, predicate="intersects")
        clear[line[~np.isin(met, over)]] = False
        clear[shapely.crosses(lines, name)] = False
        if clear.any():
            n = int(np.argmax(clear))
            left.take(papers[n])
            x, y = spots[rows][n].tolist()
            return (x, y), None if shapely.is_empty(lines[n]) else lines[n]
    return None


def _lines(
    start: NDArray[np.float64],
    spots: NDArray[np.float64],
    discs: NDArray[np.object_],
    name: shapely.Geometry,
) -> NDArray[np.object_]:
    """Return the lines from a village to discs; from under a name they begin beside it."""
    ends = np.stack([np.broadcast_to(start, spots.shape), spots], axis=1)
    lines = shapely.difference(shapely.linestrings(ends), discs)
    cut: NDArray[np.object_] = shapely.difference(lines, shapely.buffer(name, _UNDER_MM))
    parted = shapely.get_num_geometries(cut) > 1
    cut[parted] = lines[parted]  # through two names: it will be found to touch them
    return cut


def _around(start: NDArray[np.float64], frame: Box) -> NDArray[np.float64]:
    """Return the places around a point within a frame, the nearest first."""
    steps = np.arange(-_FARTHEST_MM, _FARTHEST_MM + _STEP_MM / 2, _STEP_MM)
    net = np.stack([axis.ravel() for axis in np.meshgrid(steps, steps)], axis=1)
    away = np.hypot(*net.T)
    net = net[np.lexsort((net[:, 0], net[:, 1], away.round(6)))]
    net = net[np.hypot(*net.T) <= _FARTHEST_MM] + start
    inner = frame.inset(_WHOLE_MM)
    held = (net >= (inner.left, inner.bottom)) & (net <= (inner.right, inner.top))
    found: NDArray[np.float64] = net[held.all(axis=1)]
    return found


def _lots(rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    return [rows[n : n + _AT_ONCE] for n in range(0, len(rows), _AT_ONCE)]


def _disc(spot: Spot) -> shapely.Polygon:
    return tokens.disc_of(spot, tokens.SMALL_MM)


def _casing(line: shapely.LineString) -> shapely.Polygon:
    return shapely.buffer(line, _LINE_MM / 2)
