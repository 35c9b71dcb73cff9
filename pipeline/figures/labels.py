"""Placing names inside areas: where each fits, and where the larger names disturb least.

Owns the candidate positions and the choice among them. The result depends only on the shapes
and the texts; nothing is random.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from pipeline.figures.fonts import CAP_HEIGHT, Faces, line_height
from pipeline.figures.scene import MM_PER_PT, Box, FaceName, Stroke, Text

CLEARANCE_MM = 0.2
GRID_MM = 0.9
GRID_MOST = 16
LINE_STEP = 1.08
# Free paper around a name beyond which more does not make the place better.
ENOUGH_MM = 2.0


@dataclass(frozen=True)
class Wording:
    """A name set in one or two lines at one size.

    Parameters
    ----------
    lines : tuple of str
        The lines, top first; none stands for a number that is not given yet.
    size_pt : float
        Type size.
    width, height : float
        Millimetres that the lines cover.
    """

    lines: tuple[str, ...]
    size_pt: float
    width: float
    height: float


@dataclass(frozen=True)
class Placed:
    """A name at its place.

    Parameters
    ----------
    wording : Wording
        How it is set.
    x, y : float
        Its middle in millimetres.
    """

    wording: Wording
    x: float
    y: float

    @property
    def box(self) -> Box:
        """The paper that the name covers."""
        w = self.wording
        return Box(self.x - w.width / 2, self.y - w.height / 2, w.width, w.height)

    def texts(self, face: FaceName, colour: str, halo: Stroke | None) -> list[Text]:
        """Return the lines of the name, each centred on its own base line."""
        size = self.wording.size_pt
        step = line_height(size) * LINE_STEP
        cap = CAP_HEIGHT * size * MM_PER_PT
        top = self.y + (len(self.wording.lines) - 1) / 2 * step - cap / 2
        return [
            Text(line, self.x, top - n * step, size, face, colour, "centre", halo=halo)
            for n, line in enumerate(self.wording.lines)
        ]


@dataclass(frozen=True, eq=False)
class Candidates:
    """The places where the names of areas fit.

    Parameters
    ----------
    wordings : list of Wording or None
        Per area the largest setting that fits somewhere, None if none does.
    owner : array of int, shape (n_candidates,)
        Area of each place.
    centres : array, shape (n_candidates, 2)
        Middle of the name, millimetres.
    merit : array, shape (n_candidates,)
        The higher the better.
    """

    wordings: list[Wording | None]
    owner: NDArray[np.int64]
    centres: NDArray[np.float64]
    merit: NDArray[np.float64]

    def boxes(self) -> NDArray[np.float64]:
        """Return left, bottom, right, top of every candidate, shape (n_candidates, 4)."""
        sizes = np.array([(w.width, w.height) if w else (0.0, 0.0) for w in self.wordings])
        half = sizes.reshape(-1, 2)[self.owner] / 2
        return np.hstack([self.centres - half, self.centres + half])

    def without(self, taken: NDArray[np.bool_]) -> Candidates:
        """Return the candidates that are not taken."""
        return Candidates(
            self.wordings, self.owner[~taken], self.centres[~taken], self.merit[~taken]
        )

    def best(self) -> dict[int, Placed]:
        """Return the best place of every area that has one."""
        placed: dict[int, Placed] = {}
        for n in np.lexsort((self.centres[:, 0], -self.merit)):
            area = int(self.owner[n])
            wording = self.wordings[area]
            if area not in placed and wording is not None:
                x, y = self.centres[n].tolist()
                placed[area] = Placed(wording, x, y)
        return placed


def wordings(name: str, faces: Faces, face: FaceName, sizes: Sequence[float]) -> list[Wording]:
    """Return the ways to set a name, the best first.

    Parameters
    ----------
    name : str
        The words; it is broken only at a space.
    faces : Faces
        For measuring.
    face : {"regular", "bold", "italic"}
        Type face.
    sizes : sequence of float
        Type sizes in points, the largest first.
    """
    found = []
    for size in sizes:
        for lines in _breaks(name, faces, face):
            width = max(faces[face].width_mm(line, size) for line in lines)
            height = line_height(size) * (1 + LINE_STEP * (len(lines) - 1))
            found.append(Wording(lines, size, width, height))
    return found


def number_wording(faces: Faces, face: FaceName, size: float) -> Wording:
    """Return the room that a number of two digits needs, for villages without room for a name.

    Parameters
    ----------
    faces : Faces
        For measuring.
    face : {"regular", "bold", "italic"}
        Type face.
    size : float
        Type size in points.
    """
    return Wording((), size, faces[face].width_mm("00", size), line_height(size))


def _breaks(name: str, faces: Faces, face: FaceName) -> list[tuple[str, ...]]:
    """Return the name in one line and, if it has a space, in the two most equal lines."""
    words = name.split()
    splits = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    if not splits:
        return [(name,)]
    widths = [max(faces[face].width_mm(line, 1) for line in lines) for lines in splits]
    return [(name,), splits[int(np.argmin(widths))]]


def candidates(
    polygons: NDArray[np.object_], names: Sequence[list[Wording]], obstacles: Sequence[Box] = ()
) -> Candidates:
    """Find where names fit inside their own areas.

    Parameters
    ----------
    polygons : array of Polygon and MultiPolygon, shape (n,)
        Areas in millimetres.
    names : sequence of list of Wording, length n
        The ways to set each name.
    obstacles : sequence of Box
        Paper that is taken.
    """
    taken = shapely.union_all([box.polygon() for box in obstacles]) if obstacles else None
    chosen: list[Wording | None] = []
    owner: list[int] = []
    centres: list[NDArray[np.float64]] = []
    merits: list[NDArray[np.float64]] = []
    for n, (polygon, ways) in enumerate(zip(polygons, names, strict=True)):
        free = polygon if taken is None else shapely.difference(polygon, taken)
        wording, points, merit = _fit(free, ways)
        chosen.append(wording)
        owner += [n] * len(points)
        centres.append(points)
        merits.append(merit)
    return Candidates(
        chosen,
        np.array(owner, dtype=np.int64),
        np.concatenate([np.empty((0, 2)), *centres]),
        np.concatenate([np.empty(0), *merits]),
    )


def _fit(
    polygon: shapely.Geometry, ways: Sequence[Wording]
) -> tuple[Wording | None, NDArray[np.float64], NDArray[np.float64]]:
    """Return the first way to set a name that fits, and all the places where it does."""
    nothing = np.empty((0, 2)), np.empty(0)
    room = shapely.buffer(polygon, -CLEARANCE_MM)
    if shapely.is_empty(room):
        return None, *nothing
    shapely.prepare(room)
    west, south, east, north = shapely.bounds(room)
    points = _grid(room)
    for wording in ways:
        if wording.width > east - west or wording.height > north - south:
            continue
        boxes = _boxes(points, wording)
        fitting = shapely.contains(room, boxes)
        if fitting.any():
            merit = _merit(room, points[fitting], boxes[fitting])
            return wording, points[fitting], merit
    return None, *nothing


def _boxes(points: NDArray[np.float64], wording: Wording) -> NDArray[np.object_]:
    x, y = points.T
    half_width, half_height = wording.width / 2, wording.height / 2
    boxes: NDArray[np.object_] = shapely.box(
        x - half_width, y - half_height, x + half_width, y + half_height
    )
    return boxes


def _grid(area: shapely.Geometry) -> NDArray[np.float64]:
    """Return points inside an area in a regular grid, and its most inner point."""
    west, south, east, north = shapely.bounds(area)
    columns = int(np.clip((east - west) / GRID_MM, 3, GRID_MOST))
    rows = int(np.clip((north - south) / GRID_MM, 3, GRID_MOST))
    xs = west + (np.arange(columns) + 0.5) * (east - west) / columns
    ys = south + (np.arange(rows) + 0.5) * (north - south) / rows
    grid = np.array([(x, y) for y in ys for x in xs])
    inside = grid[shapely.contains_xy(area, grid[:, 0], grid[:, 1])]
    return np.vstack([inner_point(area), inside])


def inner_point(area: shapely.Geometry) -> NDArray[np.float64]:
    """Return the middle of the largest circle inside an area, shape (2,), millimetres."""
    largest = max(shapely.get_parts(area), key=shapely.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.2)
    point: NDArray[np.float64] = shapely.get_coordinates(circle)[0]
    return point


def _merit(
    area: shapely.Geometry, points: NDArray[np.float64], boxes: NDArray[np.object_]
) -> NDArray[np.float64]:
    """Value free paper around a name, and nearness to the middle of the area."""
    free = np.minimum(shapely.distance(shapely.boundary(area), boxes), ENOUGH_MM)
    middle = shapely.get_coordinates(shapely.centroid(area))[0]
    away = np.hypot(*(points - middle).T)
    merit: NDArray[np.float64] = free - 0.12 * away
    return merit


def place_over(
    polygons: NDArray[np.object_], names: Sequence[list[Wording]], below: Candidates
) -> tuple[list[Placed], Candidates]:
    """Place the names of large areas where they take the least room from the small ones.

    Parameters
    ----------
    polygons : array, shape (n,)
        The large areas in millimetres.
    names : sequence of list of Wording
        The ways to set each large name.
    below : Candidates
        Places of the small names.

    Returns
    -------
    placed : list of Placed
        One per large area.
    below : Candidates
        The places of the small names that are still free.
    """
    placed: list[Placed] = []
    for polygon, ways in zip(polygons, names, strict=True):
        options = [o for way in ways for o in _options(polygon, way)]
        boxes = np.array([(b.left, b.bottom, b.right, b.top) for b in (o.box for o in options)])
        small = below.boxes()
        hits = _overlap(boxes, small)
        costs = _loss(hits, below.owner) + np.array([_unease(o, polygon, placed) for o in options])
        best = int(np.argmin(costs))
        placed.append(options[best])
        below = below.without(hits[best])
    return placed, below


def _options(polygon: shapely.Geometry, wording: Wording) -> list[Placed]:
    return [Placed(wording, float(x), float(y)) for x, y in _grid(polygon)]


def _overlap(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell for every pair of boxes whether they overlap, shape (len(a), len(b))."""
    a, b = a[:, None, :], b[None, :, :]
    gap = CLEARANCE_MM
    apart = (
        (a[..., 2] + gap <= b[..., 0])
        | (b[..., 2] + gap <= a[..., 0])
        | (a[..., 3] + gap <= b[..., 1])
        | (b[..., 3] + gap <= a[..., 1])
    )
    overlap: NDArray[np.bool_] = ~apart
    return overlap


def _loss(hits: NDArray[np.bool_], owner: NDArray[np.int64]) -> NDArray[np.float64]:
    """Price of taking places: high for each small name that would be left with none."""
    loss = np.zeros(len(hits))
    for area in np.unique(owner):
        share = hits[:, owner == area].mean(axis=1)
        loss += np.where(share == 1, 100.0, 2.0 * share)
    return loss


def _unease(option: Placed, polygon: shapely.Geometry, placed: Sequence[Placed]) -> float:
    """Price of a place: outside its area, away from the middle, over another large name."""
    box = option.box.polygon()
    outside = 1 - shapely.area(shapely.intersection(box, polygon)) / shapely.area(box)
    away = shapely.distance(shapely.centroid(polygon), shapely.Point(option.x, option.y))
    over = any(option.box.inset(-CLEARANCE_MM).overlaps(other.box) for other in placed)
    lines = len(option.wording.lines) - 1
    return 60 * outside + 0.15 * away + 1000 * over + 0.5 * lines
