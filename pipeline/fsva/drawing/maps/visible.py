"""How much of the colour of its class a village shows on paper.

Owns the reckoning from geometry: the area of a village without the lines along it and without the
paper under names. Pixels are counted by ``benchmarks/warna_kelas.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.layout import Layout
from fsva.drawing.maps.district import DrawnDistrict

# A village with less of its colour on paper is as good as not drawn.
LEAST_MM2 = 1.0
# Larger villages show their class whatever lies over them.
_LARGE_MM2 = 60.0
# With more villages than this that are too small even without lines, the area that lines leave free
# is not computed.
_MOST_TINY = 2_000
# Long lines are widened in pieces of so many points, so that a village meets a short piece.
_PIECE = 12


@dataclass(frozen=True, eq=False)
class VisibleAreas:
    """The paper in class colour of the villages of a panel; lines along them count once.

    Parameters
    ----------
    district : DrawnDistrict
        Villages on the panel.
    layout : Layout
        Widths of lines.
    """

    district: DrawnDistrict
    layout: Layout

    def beside(self, papers: Sequence[shapely.Geometry] = ()) -> dict[str, float]:
        """Return what papers leave of the villages, square millimetres by Kemendagri code.

        Parameters
        ----------
        papers : sequence of Geometry
            What lies over the villages, millimetres. Large villages are not measured anew.
        """
        sizes = shapely.area(self.district.shown())
        small, bare = self._small, self._bare.copy()
        if len(small):
            over = np.array([*papers], dtype=object)
            _take_off(bare, np.arange(len(bare)), over)
            sizes[small] = shapely.area(bare)
        return dict(zip(self.district.codes, sizes.tolist(), strict=True))

    def shapes(self, papers: Sequence[shapely.Geometry] = ()) -> dict[str, shapely.Geometry]:
        """Return what papers leave of the villages that are not large, by Kemendagri code.

        Parameters
        ----------
        papers : sequence of Geometry
            As for ``beside``.
        """
        bare = self._bare.copy()
        if len(bare):
            _take_off(bare, np.arange(len(bare)), np.array([*papers], dtype=object))
        codes = [self.district.codes[n] for n in self._small.tolist()]
        return dict(zip(codes, bare.tolist(), strict=True))

    @cached_property
    def _small(self) -> NDArray[np.int64]:
        sizes = shapely.area(self.district.shown())
        least = LEAST_MM2 if int((sizes < LEAST_MM2).sum()) > _MOST_TINY else 0.0
        small: NDArray[np.int64] = np.flatnonzero(
            (sizes < _LARGE_MM2) & (sizes > 0) & (sizes >= least)
        )
        return small

    @cached_property
    def _bare(self) -> NDArray[np.object_]:
        """What lines leave of the small villages."""
        edges, lines = self.district.edges, self.layout.lines
        shown = self.district.shown()[self._small]
        whole = shapely.area(self.district.areas[self._small]) == shapely.area(shown)
        coast, kecamatan = pieces(edges.outline), pieces(edges.kecamatan)
        whole[np.unique(shapely.STRtree(coast).query(shown, predicate="intersects")[0])] = False
        # Within the district and the panel the line of a village runs all around it.
        bare = shown.copy()
        between = lines.village if self.district.has_village_lines(self.layout) else 0.0
        bare[whole] = shapely.buffer(shown[whole], -between / 2)
        wide = [
            *shapely.buffer(kecamatan, lines.kecamatan / 2 + lines.casing),
            *shapely.buffer(coast, lines.coast / 2),
        ]
        _take_off(bare, np.flatnonzero(whole), np.array(wide, dtype=object))
        wide += [*shapely.buffer(edges.between, between / 2)] if between else []
        _take_off(bare, np.flatnonzero(~whole), np.array(wide, dtype=object))
        return bare


def areas(
    district: DrawnDistrict, layout: Layout, papers: Sequence[shapely.Geometry] = ()
) -> dict[str, float]:
    """Return the paper in class colour of the villages that a panel shows, square millimetres.

    Parameters
    ----------
    layout : Layout
        Widths of lines.
    papers : sequence of Geometry
        As for ``VisibleAreas.beside``.
    """
    return VisibleAreas(district, layout).beside(papers)


def _take_off(
    bare: NDArray[np.object_], some: NDArray[np.int64], over: NDArray[np.object_]
) -> None:
    """Take what lies over some areas off them."""
    area, thing = shapely.STRtree(over).query(bare[some], predicate="intersects")
    order = np.argsort(area, kind="stable")
    at, thing = some[area[order]], thing[order]
    # One thing of every area at a time: what several areas lose is worked out in one go.
    first = np.flatnonzero(np.diff(at, prepend=-1))
    turn = np.arange(len(at)) - np.repeat(first, np.diff(np.append(first, len(at))))
    for n in range(int(turn.max(initial=-1)) + 1):
        now = turn == n
        bare[at[now]] = shapely.difference(bare[at[now]], over[thing[now]])


def pieces(lines: shapely.Geometry) -> NDArray[np.object_]:
    """Return lines in short pieces that meet.

    Parameters
    ----------
    lines : Geometry
        Lines of any kind.
    """
    found: list[shapely.Geometry] = []
    for line in shapely.get_parts(lines):
        points = shapely.get_coordinates(line)
        starts = range(0, max(len(points) - 1, 1), _PIECE)
        found += [shapely.LineString(points[n : n + _PIECE + 1]) for n in starts]
    return np.array(found, dtype=object)
