"""Names as they are set: lines, size, extent, and place if they have one.

Owns the measuring of a name in one or two lines. ``fsva.drawing.lettering.labels`` chooses its
place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.core.box import Box
from fsva.drawing.paper.fonts import CAP_HEIGHT, Face, Faces, depth, line_height
from fsva.drawing.paper.scene import MM_PER_PT, FaceName, Stroke, Text

LINE_STEP = 1.08


@dataclass(frozen=True)
class Wording:
    """A name set in one line or several at one size.

    Parameters
    ----------
    lines : tuple of str
        The lines, top first; empty for a number that is not assigned yet.
    size_pt : float
        Type size.
    width, height : float
        Millimetres that the letters cover, from the top of the first line's capitals to the
        lowest stroke of the last line.
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
    angle : float
        Degrees, counter-clockwise.
    """

    wording: Wording
    x: float
    y: float
    angle: float = 0.0

    def area(self, margin: float = 0.0) -> shapely.Polygon:
        """Return the paper that the name covers, with a margin around it."""
        paper: shapely.Polygon = papers([self], margin)[0]
        return paper

    @property
    def box(self) -> Box:
        """The smallest upright rectangle around the name."""
        west, south, east, north = self.area().bounds
        return Box(west, south, east - west, north - south)

    def texts(self, face: FaceName, colour: str, halo: Stroke | None) -> list[Text]:
        """Return the lines of the name, each centred on its own base line."""
        size = self.wording.size_pt
        step = line_height(size) * LINE_STEP
        top = self.wording.height / 2 - CAP_HEIGHT * size * MM_PER_PT
        lines = []
        for n, line in enumerate(self.wording.lines):
            x, y = turn(self.angle)[:, 1] * (top - n * step)
            lines.append(
                Text(
                    line,
                    self.x + float(x),
                    self.y + float(y),
                    size,
                    face,
                    colour,
                    "centre",
                    self.angle,
                    halo,
                )
            )
        return lines


def papers(places: Sequence[Placed], margin: float = 0.0) -> NDArray[np.object_]:
    """Return the paper that each of several names covers, as polygons.

    Parameters
    ----------
    places : sequence of Placed
        Names at their places.
    margin : float
        Millimetres around each.
    """
    spots = np.array([(p.x, p.y, p.angle) for p in places]).reshape(-1, 3)
    sizes = np.array([(p.wording.width, p.wording.height) for p in places]).reshape(-1, 2)
    return rectangles(spots, sizes + 2 * margin)


def rectangles(spots: NDArray[np.float64], sizes: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return rectangles by their middles, directions and sizes.

    Parameters
    ----------
    spots : array, shape (n, 3) or wider
        Middle in millimetres, direction in degrees.
    sizes : array, shape (n, 2)
        Width and height.
    """
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) / 2
    flat = corners[None] * sizes[:, None]
    angle = np.radians(spots[:, 2])[:, None]
    x = flat[:, :, 0] * np.cos(angle) - flat[:, :, 1] * np.sin(angle)
    y = flat[:, :, 0] * np.sin(angle) + flat[:, :, 1] * np.cos(angle)
    return np.array(shapely.polygons(np.stack([x, y], axis=2) + spots[:, None, :2]), dtype=object)


def turn(degrees: float) -> NDArray[np.float64]:
    """Return the matrix that turns points counter-clockwise, shape (2, 2)."""
    angle = np.radians(degrees)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def wordings(
    name: str, faces: Faces, face: FaceName, sizes: Sequence[float], most_lines: int = 2
) -> list[Wording]:
    """Return the ways to set a name, the best first.

    Parameters
    ----------
    name : str
        The words; it is broken only at a space.
    face : {"regular", "bold", "italic"}
        Type face.
    sizes : sequence of float
        Type sizes in points, the largest first.
    most_lines : int
        2, or 3 for names over large areas.
    """
    ways, broken = [], _breaks(name, faces, face, most_lines)
    for size in sizes:
        for lines in broken:
            width = max(faces[face].width_mm(line, size) for line in lines)
            ways.append(Wording(lines, size, width, _height(lines, size)))
    return ways


def least_paper(faces: Faces, face: FaceName, sizes: Sequence[float]) -> float:
    """Return the square millimetres of the shortest name there could be: one narrow letter.

    Parameters
    ----------
    face : {"regular", "bold", "italic"}
        Type face.
    sizes : sequence of float
        Type sizes in points.
    """
    size = min(sizes, default=0.0)
    return CAP_HEIGHT * size * MM_PER_PT * faces[face].width_mm("i", size)


def number_wording(faces: Faces, face: FaceName, size: float, digits: int = 2) -> Wording:
    """Return the size of a number, for villages without room for a name.

    Parameters
    ----------
    face : {"regular", "bold", "italic"}
        Type face.
    size : float
        Type size in points.
    digits : int
        Digits of the longest number.
    """
    zeros = "0" * digits
    return Wording((), size, faces[face].width_mm(zeros, size), _height((zeros,), size))


def _height(lines: Sequence[str], size: float) -> float:
    """Return the height of lines from the first one's capitals to the last one's lowest stroke."""
    between = line_height(size) * LINE_STEP * (len(lines) - 1)
    return CAP_HEIGHT * size * MM_PER_PT + between + depth(lines[-1], size)


def _breaks(name: str, faces: Faces, face: FaceName, most_lines: int) -> list[tuple[str, ...]]:
    """Return the name in one line and, if it has words, in the most equal two lines, and three.

    Spaced letters, as in N i a n, are one word.
    """
    words = name.split()
    ways: list[tuple[str, ...]] = [(name,)]
    if all(len(word) == 1 for word in words):
        return ways
    for lines in range(2, min(most_lines, len(words)) + 1):
        ways.append(min(_splits(words, lines), key=lambda split: _widest(split, faces[face])))
    return ways


def _splits(words: Sequence[str], lines: int) -> Iterator[tuple[str, ...]]:
    """Yield all ways to break words into lines."""
    for breaks in combinations(range(1, len(words)), lines - 1):
        edges = (0, *breaks, len(words))
        yield tuple(" ".join(words[a:b]) for a, b in pairwise(edges))


def _widest(lines: Sequence[str], face: Face) -> float:
    return max(face.width_mm(line, 1) for line in lines)
