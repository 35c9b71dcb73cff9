"""Print layouts of QGIS, and what stands on them beside maps: labels, frames, legend.

Owns their XML. Places are boxes in millimetres from the lower left corner of the sheet, as on our
own sheets; QGIS counts from the upper left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from fsva.core.box import Box
from fsva.drawing.names import tokens
from fsva.drawing.paper.colours import rgb
from fsva.drawing.paper.scene import Stroke
from fsva.files.layers import qml, symbols
from fsva.files.layers.xml_tree import node, written

_LABEL, _LEGEND, _SHAPE, _PAGE, _POLYLINE = 65641, 65642, 65643, 65638, 65645
_LEFT, _CENTRE, _TOP, _MIDDLE = 1, 4, 32, 128
_ELLIPSE, _RECTANGLE = 0, 1
_BOLD, _REGULAR = 75, 50
_LINE_MM = 0.18  # of a line to a disc
_GAP = 0.28  # of the rows of a legend
Align = Literal["left", "centre"]


@dataclass(frozen=True)
class LayoutSheet:
    """A layout while it is made.

    Parameters
    ----------
    name : str
        Of the layout, by which its items are told from those of others.
    height_mm : float
        Of the paper.
    fonts : tuple of str
        Families of the letters; the first that is installed is taken.
    ink, paper : str
        ``#RRGGBB``.
    """

    name: str
    height_mm: float
    fonts: tuple[str, ...]
    ink: str
    paper: str

    def uuid(self, item: str) -> str:
        """Return the identifier of an item."""
        return qml.identifier("layout", self.name, item)

    def item(
        self,
        kind: int,
        name: str,
        box: Box,
        facts: Mapping[str, object],
        *parts: Element,
        background: bool = False,
    ) -> Element:
        """Return an item of any kind."""
        place = f"{written(box.left)},{written(self.height_mm - box.top)},mm"
        size = f"{written(box.width)},{written(box.height)},mm"
        shared = {
            "type": kind, "id": name, "uuid": self.uuid(name), "templateUuid": self.uuid(name),
            "position": place, "positionOnPage": place, "size": size, "referencePoint": 0,
            "visibility": 1, "opacity": 1, "blendMode": 0, "itemRotation": 0, "groupUuid": "",
            "positionLock": "false", "excludeFromExports": 0, "frame": "false",
            "frameJoinStyle": "miter", "outlineWidthM": "0.3,mm",
            "background": "true" if background else "false",
        }  # fmt: skip
        return node("LayoutItem", {**shared, **facts}, *parts)

    def letters(self, size_pt: float, *, is_bold: bool = False) -> str:
        """Return a font as Qt describes it."""
        weight = _BOLD if is_bold else _REGULAR
        return f"{self.fonts[0]},{written(float(size_pt))},-1,5,{weight},0,0,0,0,0"


def colour_element(tag: str, colour: str) -> Element:
    """Return a colour, ``#RRGGBB``, as layouts write it."""
    red, green, blue = rgb(colour)
    return node(tag, {"red": red, "green": green, "blue": blue, "alpha": 255})


def label(
    sheet: LayoutSheet,
    name: str,
    box: Box,
    text: str,
    size_pt: float,
    *,
    align: Align = "left",
    is_bold: bool = False,
    margin_mm: float = 0.0,
    colour: str = "",
    ground: str = "",
    is_template: bool = False,
    is_haloed: bool = False,
) -> Element:
    """Return some words.

    Parameters
    ----------
    margin_mm : float
        Between the words and the edge of the box.
    colour, ground : str
        Of the letters, and of the box behind them; empty = ink, and none.
    is_template : bool
        Whether QGIS computes what stands between ``[%`` and ``%]``.
    is_haloed : bool
        Whether the letters have a light edge, to be read over a map.
    """
    facts = {
        "labelText": text if is_template else plain(text), "htmlState": 0,
        "marginX": margin_mm, "marginY": margin_mm,
        "halign": _LEFT if align == "left" else _CENTRE,
        "valign": _TOP if align == "left" else _MIDDLE,
    }  # fmt: skip
    letters = sheet.letters(size_pt, is_bold=is_bold)
    style = qml.text_format(
        sheet.fonts,
        size_pt,
        colour or sheet.ink,
        is_bold=is_bold,
        halo=sheet.paper if is_haloed else "",
    )
    return sheet.item(
        _LABEL, name, box, facts,
        colour_element("BackgroundColor", ground or sheet.paper),
        node("LabelFont", {"description": letters, "style": "Bold" if is_bold else ""}),
        colour_element("FontColor", colour or sheet.ink),
        style,
        background=bool(ground),
    )  # fmt: skip


def plain(words: str) -> str:
    """Return words of which QGIS computes nothing.

    Examples
    --------
    >>> plain("Dinas [% 1 + 1 %]")
    "Dinas [% '[%' %] 1 + 1 %]"
    """
    return words.replace("[%", "[% '[%' %]")


def frame(sheet: LayoutSheet, name: str, box: Box, width_mm: float) -> Element:
    """Return a rectangle without a fill around a box."""
    drawn = symbols.symbol("fill", [symbols.line(Stroke(sheet.ink, width_mm))])
    facts = {"shapeType": _RECTANGLE, "cornerRadiusMeasure": "0,mm"}
    return sheet.item(_SHAPE, name, box, facts, drawn)


def disc(
    sheet: LayoutSheet,
    name: str,
    middle: tuple[float, float],
    colour: str,
    radius: float = tokens.RADIUS_MM,
) -> Element:
    """Return the disc of a village that is too small to show its class."""
    rim = Stroke(sheet.ink, tokens.RIM_MM)
    drawn = symbols.symbol("fill", [symbols.fill(colour), symbols.line(rim, 1)])
    side = 2 * radius
    box = Box(middle[0] - side / 2, middle[1] - side / 2, side, side)
    return sheet.item(_SHAPE, name, box, {"shapeType": _ELLIPSE}, drawn)


def straight(
    sheet: LayoutSheet, name: str, start: tuple[float, float], end: tuple[float, float]
) -> Element:
    """Return a thin line between two places."""
    left, bottom = min(start[0], end[0]), min(start[1], end[1])
    box = Box(left, bottom, abs(start[0] - end[0]), abs(start[1] - end[1]))
    ends = [node("node", {"x": x - left, "y": box.top - y}) for x, y in (start, end)]
    drawn = symbols.symbol("line", [symbols.line(Stroke(sheet.ink, _LINE_MM))])
    facts = {"startMarkerMode": 0, "endMarkerMode": 0}
    return sheet.item(_POLYLINE, name, box, facts, drawn, node("nodes", {}, *ends))


def legend(
    sheet: LayoutSheet,
    box: Box,
    tree: Element,
    title: str,
    sizes_pt: tuple[float, float],
    row_mm: float,
) -> Element:
    """Return a legend of chosen layers, with its title above.

    Parameters
    ----------
    tree : Element
        Its layers, a layer tree.
    sizes_pt : (float, float)
        Type sizes of headings and rows.
    row_mm : float
        From one row to the next.
    """
    gap, high = row_mm * _GAP, row_mm * (1 - _GAP)
    head, body = sizes_pt
    fonts = [("title", head + 1, True, {"marginBottom": 1.5}),
             ("group", head, True, {"marginTop": 1.5}),
             ("subgroup", body, True, {"marginTop": 1.5}),
             ("symbol", body, False, {"marginTop": gap}),
             ("symbolLabel", body, False, {"marginTop": gap, "marginLeft": 1.6})]  # fmt: skip
    styles = [
        node("style", {"name": name, "alignment": 1, "indent": 0, **margins},
             node("styleFont", {"description": sheet.letters(size, is_bold=bold),
                                "style": "Bold" if bold else ""}),
             qml.text_format(sheet.fonts, size, sheet.ink, is_bold=bold))
        for name, size, bold, margins in fonts
    ]  # fmt: skip
    facts = {
        "title": title, "titleAlignment": _CENTRE, "columnCount": 1, "columnSpace": 2,
        "equalColumnWidth": 0, "splitLayer": 0, "boxSpace": 2, "lineSpacing": 1,
        "symbolWidth": 2 * high, "symbolHeight": high, "symbolAlignment": 1,
        "resizeToContents": 0, "fontColor": sheet.ink,
        "wrapChar": "|", "map_uuid": sheet.uuid("peta"), "legendFilterByAtlas": 0,
        "rasterBorder": 1, "wmsLegendWidth": 50, "wmsLegendHeight": 25,
    }  # fmt: skip
    return sheet.item(_LEGEND, "legenda", box, facts, node("styles", {}, *styles), tree)


def page(sheet: LayoutSheet, width_mm: float) -> Element:
    """Return the paper."""
    plain = symbols.symbol("fill", [symbols.fill(sheet.paper)])
    whole = Box(0, 0, width_mm, sheet.height_mm)
    paper = sheet.item(_PAGE, "", whole, {}, symbols.symbol("fill", [symbols.fill(sheet.paper)]))
    return node("PageCollection", {}, plain, paper, node("GuideCollection", {"visible": 1}))


def layout(
    sheet: LayoutSheet,
    width_mm: float,
    dpi: int,
    items: Sequence[Element],
    atlas: Element | None = None,
) -> Element:
    """Return a layout of items, the topmost first.

    Parameters
    ----------
    atlas : Element or None
        What its pages go through.
    """
    count = len(items)
    for n, one in enumerate(items):
        one.set("zValue", str(count - n))
    facts = {"name": sheet.name, "units": "mm", "printResolution": dpi, "worldFileMap": ""}
    last = atlas if atlas is not None else node("Atlas", {"enabled": 0})
    return node("Layout", facts, page(sheet, width_mm), *items, last)
