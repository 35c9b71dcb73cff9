"""Names as they are set: lines, size, the room they take, and their place once they have one.

Owns the measuring of a name in one or two lines. Where it stands is chosen by
``pipeline.figures.labels``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.figures.fonts import CAP_HEIGHT, Faces, line_height
from pipeline.figures.scene import MM_PER_PT, Box, FaceName, Stroke, Text

LINE_STEP = 1.08


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
