"""Symbols of QGIS: fills, hatching and lines in millimetres, as elements of its XML.

Owns the names of QGIS's properties. Readers fill in what is not written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from fsva.config.styles.theme import Hatch
from fsva.drawing.paper.colours import rgb
from fsva.drawing.paper.scene import Stroke
from fsva.files.layers.xml_tree import node, written

Properties = Mapping[str, object]


def rgba(colour: str) -> str:
    """Return ``#RRGGBB`` as QGIS writes it.

    Examples
    --------
    >>> rgba("#FF8000")
    '255,128,0,255'
    """
    return ",".join(map(str, (*rgb(colour), 255)))


def options(values: Properties) -> Element:
    """Return properties as a map of options."""
    rows = (
        node("Option", {"type": "QString", "name": key, "value": written(value)})
        for key, value in values.items()
    )
    return node("Option", {"type": "Map"}, *rows)


def symbol(kind: str, layers: Sequence[Element], name: str = "") -> Element:
    """Return a QGIS symbol of some layers, without transparency.

    Parameters
    ----------
    kind : {"fill", "line", "marker"}
        What it draws.
    layers : sequence of Element
        From below.
    name : str
        By which a renderer finds it.
    """
    facts = {"type": kind, "name": name, "alpha": 1, "clip_to_extent": 1, "force_rhr": 0}
    return node("symbol", facts, *layers)


def _layer(kind: str, values: Properties, *more: Element, level: int = 0) -> Element:
    facts = {"class": kind, "enabled": 1, "locked": 0, "pass": level}
    return node("layer", facts, options(values), *more)


def fill(colour: str, seam_mm: float = 0.0, level: int = 0) -> Element:
    """Return a plain fill; a hairline of its colour closes the seam to the next area."""
    return _layer("SimpleFill", {
        "color": rgba(colour), "style": "solid", "joinstyle": "round",
        "outline_color": rgba(colour), "outline_style": "solid" if seam_mm else "no",
        "outline_width": seam_mm, "outline_width_unit": "MM",
    }, level=level)  # fmt: skip


def outlined(colour: str, line: str, width_mm: float) -> Element:
    """Return a fill with an edge of another colour."""
    return _layer("SimpleFill", {
        "color": rgba(colour), "style": "solid", "joinstyle": "miter",
        "outline_color": rgba(line), "outline_style": "solid" if width_mm else "no",
        "outline_width": width_mm, "outline_width_unit": "MM",
    })  # fmt: skip


def hatching(hatch: Hatch, level: int = 0) -> list[Element]:
    """Return the lines of a hatch, one layer for each direction."""
    return [_pattern(hatch, angle, level) for angle in hatch.angles]


def _pattern(hatch: Hatch, angle: float, level: int) -> Element:
    drawn = symbol("line", [line(Stroke(hatch.colour, hatch.width))], "@hatch")
    return _layer("LinePatternFill", {
        "angle": angle, "color": rgba(hatch.colour), "distance": hatch.spacing,
        "distance_unit": "MM", "line_width": hatch.width, "line_width_unit": "MM", "offset": 0,
        "offset_unit": "MM", "outline_width_unit": "MM", "coordinate_reference": "viewport",
    }, drawn, level=level)  # fmt: skip


def line(stroke: Stroke, level: int = 0) -> Element:
    """Return a line, dashed where the stroke is."""
    dashes = {
        "use_custom_dash": 1,
        "customdash": ";".join(written(float(mm)) for mm in stroke.dash_mm),
        "customdash_unit": "MM",
    } if stroke.dash_mm else {"use_custom_dash": 0}  # fmt: skip
    return _layer("SimpleLine", {
        "line_color": rgba(stroke.colour), "line_width": stroke.width_mm, "line_width_unit": "MM",
        "line_style": "solid", "joinstyle": "round",
        "capstyle": "flat" if stroke.dash_mm else "round", **dashes,
    }, level=level)  # fmt: skip
