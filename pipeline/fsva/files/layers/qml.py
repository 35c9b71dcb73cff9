"""Styles as QGIS keeps them (QML): who is drawn how, names on the map, names of fields.

Owns the elements that a style file and a layer of a project have in common.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from fsva.config.styles.gis_look import GisLook
from fsva.core.texts import Language
from fsva.files.layers import symbols, xml_tree
from fsva.files.layers.geopackage import KEY
from fsva.files.layers.map_styles import BorderStyle, MapStyle, NameStyle
from fsva.files.layers.xml_tree import node
from fsva.words.layer_fields import LayerField, Naming

VERSION = "3.22.0"
_ALL = "Symbology|Labeling|Fields|Forms|Rendering"
_HALO_MM = 0.8
_BOLD, _REGULAR = 75, 50
_HORIZONTAL = 4  # placement of names in areas: level, inside


def identifier(*names: str) -> str:
    """Return an identifier that depends on names alone."""
    return "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("fsva", *names)))) + "}"


def document(parts: Sequence[Element]) -> str:
    """Return a style file."""
    facts = {"version": VERSION, "styleCategories": _ALL, "labelsEnabled": 1}
    return xml_tree.document(node("qgis", facts, *parts), xml_tree.QGIS)


def of_map(style: MapStyle, look: GisLook) -> list[Element]:
    """Return renderer and labels of the villages on a map."""
    drawn = [
        symbols.symbol("fill", style.symbol_layers(one), str(n))
        for n, one in enumerate(style.classes)
    ]
    rules = [
        node("rule", {
            "key": identifier(style.stem, str(n)), "symbol": n, "label": one.label,
            "filter": one.condition.expression() if one.condition else "ELSE",
        })
        for n, one in enumerate(style.classes)
    ]  # fmt: skip
    facts = {"type": "RuleRenderer", "symbollevels": 1, "enableorderby": 0, "forceraster": 0}
    renderer = node("renderer-v2", facts,
                    node("rules", {"key": identifier(style.stem)}, *rules),
                    node("symbols", {}, *drawn))  # fmt: skip
    return [renderer, labelling(style.names, look)]


def of_borders(style: BorderStyle, look: GisLook, kind: str = "fill") -> list[Element]:
    """Return renderer and labels of a layer that is drawn as borders.

    Parameters
    ----------
    kind : {"fill", "line"}
        Whether its shapes are areas or lines.
    """
    layers = [symbols.line(stroke, n) for n, stroke in enumerate(style.strokes)]
    drawn = single(symbols.symbol(kind, layers, "0"), levels=len(layers) > 1)
    return [drawn, *([labelling(style.names, look)] if style.names else [])]


def single(drawn: Element, *, levels: bool = False) -> Element:
    """Return the renderer that draws all shapes of a layer alike.

    Parameters
    ----------
    levels : bool
        Whether the parts of the symbol are drawn one after the other for the whole layer.
    """
    facts = {"type": "singleSymbol", "symbollevels": int(levels), "enableorderby": 0,
             "forceraster": 0}  # fmt: skip
    return node("renderer-v2", facts, node("symbols", {}, drawn))


def labelling(names: NameStyle, look: GisLook) -> Element:
    """Return how names are written."""
    settings = node(
        "settings", {"calloutType": "simple"},
        text_style(look, names),
        node("text-format", {"wrapChar": "", "multilineAlign": 1, "autoWrapLength": 14,
                             "useMaxLineLengthForAutoWrap": 1}),
        node("placement", {"placement": _HORIZONTAL, "priority": 8 if names.is_bold else 5,
                           "centroidInside": 1, "centroidWhole": 0, "geometryGeneratorEnabled": 0,
                           "layerType": "PolygonGeometry"}),
        node("rendering", {"fitInPolygonOnly": int(names.is_inside), "displayAll": 0,
                           "obstacle": 0, "labelPerPart": 0, "drawLabels": 1, "mergeLines": 0,
                           "scaleVisibility": 0, "fontLimitPixelSize": 0,
                           "zIndex": 1 if names.is_bold else 0}),
    )  # fmt: skip
    return node("labeling", {"type": "simple"}, settings)


def text_style(look: GisLook, names: NameStyle) -> Element:
    """Return the format of names on a map, with the outline of their letters."""
    halo = {
        "bufferDraw": 1, "bufferSize": names.halo_mm, "bufferSizeUnits": "MM",
        "bufferColor": symbols.rgba(names.halo), "bufferOpacity": 1, "bufferNoFill": 1,
        "bufferJoinStyle": 128, "bufferBlendMode": 0,
    }  # fmt: skip
    facts = _letters(look.fonts, names.size_pt, names.colour, is_bold=names.is_bold)
    return node("text-style", {**facts, "fieldName": names.field}, _families(look.fonts),
                node("text-buffer", halo))  # fmt: skip


def text_format(
    fonts: Sequence[str], size_pt: float, colour: str, *, is_bold: bool = False, halo: str = ""
) -> Element:
    """Return the format of letters on a sheet.

    Parameters
    ----------
    fonts : sequence of str
        Their families; the first that is installed is taken.
    halo : str
        ``#RRGGBB`` of a light edge; empty = none.
    """
    facts = _letters(fonts, size_pt, colour, is_bold=is_bold)
    edge = {
        "bufferDraw": 1, "bufferSize": _HALO_MM, "bufferSizeUnits": "MM",
        "bufferColor": symbols.rgba(halo), "bufferOpacity": 1, "bufferJoinStyle": 128,
    } if halo else {"bufferDraw": 0}  # fmt: skip
    return node("text-style", facts, _families(fonts), node("text-buffer", edge))


def _families(fonts: Sequence[str]) -> Element:
    return node("families", {}, *(node("family", {"name": font}) for font in fonts))


def _letters(
    fonts: Sequence[str], size_pt: float, colour: str, *, is_bold: bool
) -> dict[str, object]:
    return {
        "fontFamily": fonts[0], "namedStyle": "Bold" if is_bold else "Regular",
        "fontWeight": _BOLD if is_bold else _REGULAR, "fontSize": size_pt, "fontSizeUnit": "Point",
        "textColor": symbols.rgba(colour), "textOpacity": 1, "fontItalic": 0, "fontUnderline": 0,
        "fontStrikeout": 0, "fontLetterSpacing": 0, "fontWordSpacing": 0, "capitalization": 0,
        "multilineHeight": 1, "textOrientation": "horizontal", "allowHtml": 0, "blendMode": 0,
        "useSubstitutions": 0, "isExpression": 0,
    }  # fmt: skip


def fields(listed: Sequence[LayerField], naming: Naming, language: Language) -> list[Element]:
    """Return the names of fields as people see them; the key of the file is hidden in tables."""
    names = [(naming(field), field.alias(language)) for field in listed]
    aliases = [
        node("alias", {"index": n, "field": name, "name": alias})
        for n, (name, alias) in enumerate(names, start=1)
    ]
    hidden = node("column", {"type": "field", "name": KEY, "hidden": 1, "width": -1})
    columns = [
        node("column", {"type": "field", "name": name, "hidden": 0, "width": -1})
        for name, _ in names
    ]
    table = node("attributetableconfig", {"actionWidgetStyle": "dropDown", "sortOrder": 0},
                 node("columns", {}, hidden, *columns))  # fmt: skip
    return [node("aliases", {}, *aliases), table]
