"""Styles as SLD 1.0 (OGC 02-070), for GeoServer, MapServer and others; QGIS has its own.

Owns its elements. Widths are in pixels of 0.28 mm, as the standard counts them.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from fsva.config.styles.gis_look import GisLook
from fsva.config.styles.theme import Hatch
from fsva.drawing.paper.scene import MM_PER_PT
from fsva.files.layers import xml_tree
from fsva.files.layers.map_styles import ClassStyle, MapStyle
from fsva.files.layers.xml_tree import node

_PIXEL_MM = 0.28
_MARKS = {0.0: "shape://horline", 45.0: "shape://slash", 90.0: "shape://vertline",
          135.0: "shape://backslash"}  # fmt: skip
_SPACES = {
    "version": "1.0.0",
    "xmlns": "http://www.opengis.net/sld",
    "xmlns:ogc": "http://www.opengis.net/ogc",
}


def of_map(style: MapStyle, layer: str, look: GisLook) -> str:
    """Return the style of the villages on a map.

    Parameters
    ----------
    layer : str
        Name of the layer.
    """
    fills = node("FeatureTypeStyle", {}, *(_rule(one) for one in style.classes))
    edges = [
        node("FeatureTypeStyle", {}, _edge_rule(style, one))
        for one in sorted(style.classes, key=lambda one: one.level)
    ]
    names = node("FeatureTypeStyle", {}, node("Rule", {}, _names(style, look)))
    user = node("UserStyle", {}, _text("Name", style.stem), _text("Title", style.title), fills,
                *edges, names)  # fmt: skip
    named = node("NamedLayer", {}, _text("Name", layer), user)
    return xml_tree.document(node("StyledLayerDescriptor", _SPACES, named), xml_tree.DECLARED)


def _rule(shown: ClassStyle) -> Element:
    hatches = [_hatched(shown.hatch, angle) for angle in shown.hatch.angles] if shown.hatch else []
    plain = node("PolygonSymbolizer", {}, node("Fill", {}, _css("fill", shown.colour)))
    return node("Rule", {}, _text("Name", shown.label), _text("Title", shown.label),
                _condition(shown), plain, *hatches)  # fmt: skip


def _edge_rule(style: MapStyle, shown: ClassStyle) -> Element:
    """Return the borders of a class; they have no place in the legend."""
    edge = node("LineSymbolizer", {}, _stroke(shown.edge, style.edge_mm))
    return node("Rule", {}, _condition(shown), edge)


def _condition(shown: ClassStyle) -> Element:
    return shown.condition.filter() if shown.condition else node("ElseFilter")


def _hatched(hatch: Hatch, angle: float) -> Element:
    """Return the lines of one direction; the tile of a slanting line is wider than their gap."""
    slanted = angle % 90 != 0
    size = hatch.spacing / _PIXEL_MM * (2**0.5 if slanted else 1)
    mark = node("Mark", {}, _text("WellKnownName", _MARKS.get(angle, "shape://horline")),
                _stroke(hatch.colour, hatch.width))  # fmt: skip
    turned = [] if angle in _MARKS else [_text("Rotation", f"{-angle:g}")]
    graphic = node("Graphic", {}, mark, _text("Size", f"{size:.2f}"), *turned)
    fill = node("Fill", {}, node("GraphicFill", {}, graphic))
    return node("PolygonSymbolizer", {}, fill)


def _names(style: MapStyle, look: GisLook) -> Element:
    names = style.names
    size = names.size_pt * MM_PER_PT / _PIXEL_MM
    halo = node("Halo", {}, _text("Radius", f"{names.halo_mm / _PIXEL_MM:.2f}"),
                node("Fill", {}, _css("fill", names.halo)))  # fmt: skip
    centre = node("AnchorPoint", {}, _text("AnchorPointX", "0.5"), _text("AnchorPointY", "0.5"))
    return node(
        "TextSymbolizer", {},
        node("Label", {}, _text("ogc:PropertyName", names.field)),
        node("Font", {}, _css("font-family", look.fonts[0]), _css("font-size", f"{size:.1f}")),
        node("LabelPlacement", {}, node("PointPlacement", {}, centre)),
        halo,
        node("Fill", {}, _css("fill", names.colour)),
    )  # fmt: skip


def _stroke(colour: str, width_mm: float) -> Element:
    return node("Stroke", {}, _css("stroke", colour),
                _css("stroke-width", f"{width_mm / _PIXEL_MM:.2f}"))  # fmt: skip


def _css(name: str, value: str) -> Element:
    return node("CssParameter", {"name": name}, text=value)


def _text(tag: str, words: str) -> Element:
    return node(tag, {}, text=words)
