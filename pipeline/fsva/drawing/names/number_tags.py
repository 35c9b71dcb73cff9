"""Tags: the numbers of villages whose names do not fit, each in a small square-cornered plate.

Owns their look, on the map and in the list that explains them. Classes have bare digits or discs,
so a plate is never taken for one.
"""

from __future__ import annotations

from dataclasses import replace

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.lettering import typesetting
from fsva.drawing.lettering.typesetting import Placed, Wording
from fsva.drawing.paper.fonts import CAP_HEIGHT, Faces
from fsva.drawing.paper.scene import MM_PER_PT, Item, Mark, Stroke, Tag, Text, box_shape

_BESIDE_MM, _ABOVE_MM = 0.35, 0.28
_IN_LIST_MM = 0.1  # above and below a number where lines stand close
_RIM_MM = 0.12


def wording(faces: Faces, size: float) -> Wording:
    """Return the size of a plate with a number of two digits.

    Parameters
    ----------
    size : float
        Type size in points.
    """
    bare = typesetting.number_wording(faces, "bold", size)
    return replace(bare, width=bare.width + 2 * _BESIDE_MM, height=bare.height + 2 * _ABOVE_MM)


def on_map(place: Placed, number: str, layout: Layout, code: str) -> list[Item]:
    """Draw a plate at its place.

    Parameters
    ----------
    place : Placed
        From ``wording``.
    code : str
        Village that it stands for.
    """
    width = place.wording.width
    at = (place.x, place.y, width, _ABOVE_MM)
    return _plate(number, at, place.wording.size_pt, layout, (code, ()))


def in_list(
    number: str, left: float, base: float, width: float, size: float, layout: Layout, tag: Tag
) -> list[Item]:
    """Draw a plate in a line of a list.

    Parameters
    ----------
    left, base : float
        Left edge of the plate and base line of the number, millimetres.
    width : float
        Width of the plate.
    size : float
        Type size in points.
    tag : tuple of str
        What the number is to a reader who hears the list.
    """
    middle = base + CAP_HEIGHT * size * MM_PER_PT / 2
    at = (left + width / 2, middle, width, _IN_LIST_MM)
    return _plate(number, at, size, layout, ("", tag))


def list_width(faces: Faces, numbers: list[str], size: float) -> float:
    """Return the width of the widest plate of a list."""
    widest = max((faces["bold"].width_mm(number, size) for number in numbers), default=0.0)
    return widest + 2 * _BESIDE_MM if numbers else 0.0


def _plate(
    number: str,
    where: tuple[float, float, float, float],
    size: float,
    layout: Layout,
    told: tuple[str, Tag],
) -> list[Item]:
    (x, y, width, above), (code, tag) = where, told
    colours, high = layout.colours, CAP_HEIGHT * size * MM_PER_PT + 2 * above
    plate = box_shape(Box(x - width / 2, y - high / 2, width, high))
    base = y - CAP_HEIGHT * size * MM_PER_PT / 2
    return [
        Mark(plate, colours.halo, Stroke(colours.ink, _RIM_MM)),
        Text(number, x, base, size, "bold", colours.ink, "centre", code=code, tag=tag),
    ]
