"""The drawing of a sheet as a value: areas, lines and texts in millimetres of paper.

Owns the primitives that every element of a sheet is made of and every writer of files
understands; what is made of cells is in ``images``. The origin is the lower left corner of the
sheet; y runs up.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from fsva.core.box import Box as Box
from fsva.drawing.paper.images import Picture as Picture
from fsva.drawing.paper.images import Shade as Shade
from fsva.drawing.paper.placing import AS_DRAWN as AS_DRAWN
from fsva.drawing.paper.placing import Link as Link
from fsva.drawing.paper.placing import Placement as Placement

Points = NDArray[np.float64]
# What an item is to somebody who hears the sheet read aloud: the part of the sheet, then the
# way down to the place in it, e.g. ("legend", "TR 2", "TD 1"). Nothing: it only decorates.
Tag = tuple[str, ...]
DECORATION: Tag = ("decoration",)
FaceName = Literal["regular", "bold", "italic"]
Align = Literal["left", "centre", "right"]
MM_PER_PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn.

    Parameters
    ----------
    colour : str
        ``#RRGGBB``.
    width_mm : float
        Width of the line on paper.
    dash_mm : tuple of float
        Lengths of strokes and gaps; empty for a full line.
    """

    colour: str
    width_mm: float
    dash_mm: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """Rings or lines.

    Parameters
    ----------
    parts : sequence of array, each shape (n_points, 2)
        Millimetres; a ring repeats its first point.
    closed : bool
        Whether the parts are rings; holes are rings of the other direction or inside another.
    """

    parts: tuple[Points, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A path with fill, stroke, or both.

    Parameters
    ----------
    shape : Shape
        What is drawn.
    fill : str or None
        ``#RRGGBB``.
    stroke : Stroke or None
        Outline.
    code : str
        Village that the area belongs to, or "".
    tag : tuple of str
        What it is to a reader; without one it is what its layer is.
    """

    shape: Shape
    fill: str | None = None
    stroke: Stroke | None = None
    code: str = ""
    tag: Tag = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text.

    Parameters
    ----------
    text : str
        The words.
    x, y : float
        Millimetres; the base line's left end, middle or right end, by ``align``.
    size_pt : float
        Size of the type in points.
    face : {"regular", "bold", "italic"}
        Type face.
    colour : str
        ``#RRGGBB``.
    align : {"left", "centre", "right"}
        Which point of the base line (x, y) is.
    angle : float
        Degrees, counter-clockwise.
    halo : Stroke or None
        Drawn around the letters first.
    spacing_mm : float
        Added between letters.
    code : str
        Kemendagri code of the village that is named, if it is one.
    tag : tuple of str
        What it is to a reader; without one it is what its layer is.
    """

    text: str
    x: float
    y: float
    size_pt: float
    face: FaceName = "regular"
    colour: str = "#000000"
    align: Align = "left"
    angle: float = 0.0
    halo: Stroke | None = None
    spacing_mm: float = 0.0
    code: str = ""
    tag: Tag = ()


Item = Mark | Text | Shade | Picture


@dataclass(frozen=True, eq=False)
class Layer:
    """Items drawn one after another, the first below.

    Parameters
    ----------
    name : str
        What the layer holds, e.g. ``villages``.
    items : tuple of Mark, Text, Shade and Picture
        In drawing order.
    clip : Box or None
        Nothing is drawn outside it.
    tag : tuple of str
        What its items are to a reader, but for those with a tag of their own.
    apart : bool
        Whether it touches no other layer, so that its place in the order of drawing is free and
        is chosen for readers: the title comes first.
    """

    name: str
    items: tuple[Item, ...]
    clip: Box | None = None
    tag: Tag = ()
    apart: bool = False

    def texts(self) -> list[Text]:
        """Return every text of the layer in drawing order."""
        return [item for item in self.items if isinstance(item, Text)]


@dataclass(frozen=True)
class GroundExtent:
    """Which ground a part of the sheet shows, exactly enough to lay it under other maps.

    Parameters
    ----------
    name : str
        What is shown there.
    box : Box
        That part of the sheet.
    crs : CRS
        Projection; metres.
    corners : tuple of (float, float)
        Longitude and latitude of the box's corners: lower left, upper left, upper right, lower
        right.
    origin : (float, float)
        Projected coordinates of the lower left corner of the sheet, were the ground to go on.
    metres_per_mm : float
        Projected metres per millimetre of paper.
    """

    name: str
    box: Box
    crs: CRS
    corners: tuple[tuple[float, float], ...]
    origin: tuple[float, float]
    metres_per_mm: float


@dataclass(frozen=True)
class Sheet:
    """One page.

    Parameters
    ----------
    width_mm, height_mm : float
        Size of the paper.
    title : str
        Title of the document.
    language : str
        ``id`` or ``en``.
    layers : tuple of Layer
        Layers that several sheets have in common are the same object.
    author : str
        Compiler of the edition.
    edition : str
        Which edition it belongs to, in words.
    source : str
        Where the data and the borders come from, in words.
    in_words : mapping of str to str
        What the pictures on the sheet show, in words, by the part of the sheet.
    grounds : tuple of GroundExtent
        Where the maps on the sheet lie, the main map first.
    bookmark : str
        Its bookmark in a file of several sheets, in ordinary letters; "" for its title.
    label : str
        What a reader of PDF shows as the number of its page, e.g. ``Peta 7``; "" for the number.
    number : str
        The print number that the sheet bears; "" for none.
    placed : Placement
        How it stands on the paper, if it was drawn for another one.
    links : tuple of Link
        What leads to other pages of its file.
    """

    width_mm: float
    height_mm: float
    title: str
    language: str
    layers: tuple[Layer, ...]
    author: str = ""
    edition: str = ""
    source: str = ""
    in_words: Mapping[str, str] = field(default_factory=dict)
    grounds: tuple[GroundExtent, ...] = ()
    bookmark: str = ""
    label: str = ""
    number: str = ""
    placed: Placement = AS_DRAWN
    links: tuple[Link, ...] = ()

    def shades(self) -> list[Shade]:
        """Return every grid of shade of the sheet in drawing order."""
        return [i for layer in self.layers for i in layer.items if isinstance(i, Shade)]

    def pictures(self) -> list[Picture]:
        """Return every picture of the sheet in drawing order."""
        return [i for layer in self.layers for i in layer.items if isinstance(i, Picture)]

    def texts(self) -> list[Text]:
        """Return every text of the sheet in drawing order."""
        return [i for layer in self.layers for i in layer.items if isinstance(i, Text)]


def split(sheets: Sequence[Sheet]) -> tuple[Sheet, tuple[Sheet, ...]]:
    """Return what sheets have in common at their bottom, and what each has above it.

    Parameters
    ----------
    sheets : sequence of Sheet
        At least one.

    Returns
    -------
    below : Sheet
        The layers, counted from the bottom, that are the same objects in all sheets; layers that
        touch no other do not count.
    above : tuple of Sheet
        The sheets without them.
    """
    bound = [[layer for layer in sheet.layers if not layer.apart] for sheet in sheets]
    common = []
    for layers in zip(*bound, strict=False):
        if any(layer is not layers[0] for layer in layers):
            break
        common.append(layers[0])
    below = {id(layer) for layer in common}
    above = (
        replace(sheet, layers=tuple(layer for layer in sheet.layers if id(layer) not in below))
        for sheet in sheets
    )
    return replace(sheets[0], layers=tuple(common)), tuple(above)


def tagged(items: Iterable[Item], *tag: str) -> list[Item]:
    """Say what items are to somebody who hears the sheet read aloud.

    Parameters
    ----------
    *tag : str
        Part of the sheet, and the way down to the place in it.
    """
    return [replace(item, tag=tag) for item in items]


def shape_of(geometry: shapely.Geometry) -> Shape:
    """Return the rings of polygons, or the lines of line strings, as a path.

    Parameters
    ----------
    geometry : Polygon, LineString or a collection of one of them
        In millimetres of paper.
    """
    if shapely.get_dimensions(geometry) == 2:
        return shapes_of(np.array([geometry], dtype=object))[0]
    lines = shapely.get_parts(shapely.normalize(geometry))
    return Shape(tuple(shapely.get_coordinates(line) for line in lines), closed=False)


def shapes_of(polygons: NDArray[np.object_]) -> list[Shape]:
    """Return the rings of each of many polygons as a path.

    Parameters
    ----------
    polygons : array of Polygon and MultiPolygon, shape (n,)
        In millimetres of paper.
    """
    parts, owner = shapely.get_parts(shapely.normalize(polygons), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    return closed_shapes(rings, owner[part], len(polygons))


def closed_shapes(rings: NDArray[np.object_], owner: NDArray[np.int64], count: int) -> list[Shape]:
    """Gather rings to paths.

    Parameters
    ----------
    rings : array of LinearRing, shape (n,)
        In millimetres of paper; those without points are left out.
    owner : array of int, shape (n,)
        In which path each is, 0..count - 1, ascending.
    count : int
        How many paths; one without rings is empty.
    """
    drawn = ~shapely.is_empty(rings)
    points, ring = shapely.get_coordinates(rings[drawn], return_index=True)
    parts = np.split(points, np.flatnonzero(np.diff(ring)) + 1)
    ends = np.searchsorted(owner[drawn], np.arange(count + 1)).tolist()
    return [Shape(tuple(parts[a:b]), closed=True) for a, b in itertools.pairwise(ends)]


def bounds(shape: Shape) -> Box:
    """Return the smallest upright rectangle around a path."""
    points = np.concatenate(shape.parts)
    (left, bottom), (right, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return Box(left, bottom, right - left, top - bottom)


def box_shape(box: Box) -> Shape:
    """Return the outline of a rectangle as a path."""
    corners = [
        (box.left, box.bottom),
        (box.right, box.bottom),
        (box.right, box.top),
        (box.left, box.top),
        (box.left, box.bottom),
    ]
    return Shape((np.array(corners, dtype=np.float64),), closed=True)


def line_shape(*points: tuple[float, float]) -> Shape:
    """Return a path through points given in millimetres."""
    return Shape((np.array(points, dtype=np.float64),), closed=False)


def ring_shape(*points: tuple[float, float]) -> Shape:
    """Return a closed path through points given in millimetres."""
    return Shape((np.array([*points, points[0]], dtype=np.float64),), closed=True)


def circle_shape(x: float, y: float, radius: float, corners: int) -> Shape:
    """Return a circle as a closed path of straight lines.

    Parameters
    ----------
    x, y, radius : float
        Its middle and its radius, millimetres.
    corners : int
        How many lines; the first corner lies to the right of the middle.

    Examples
    --------
    >>> bounds(circle_shape(5.0, 3.0, 1.0, 4))
    Box(left=4.0, bottom=2.0, width=2.0, height=2.0)
    """
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    return ring_shape(*zip(x + radius * np.cos(angles), y + radius * np.sin(angles), strict=True))
