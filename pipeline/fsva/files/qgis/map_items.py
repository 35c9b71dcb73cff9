"""Maps on a print layout of QGIS, and what belongs to them: grid, frame, scale bar, north arrow.

Owns their XML; ``layout_items`` owns places and letters.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.paper.scene import Stroke
from fsva.files.layers import qml, symbols
from fsva.files.layers.xml_tree import node
from fsva.files.qgis import layout_items as items
from fsva.files.qgis.layout_items import LayoutSheet

_MAP, _PICTURE, _SCALE_BAR = 65639, 65640, 65646
_CUSTOM = 8  # annotations of a grid by an expression
_NONE = 3  # no annotations on a side


@dataclass(frozen=True)
class MapGrid:
    """Lines of longitude and latitude over a map.

    Parameters
    ----------
    degrees : tuple of float
        Between two meridians, and between two parallels.
    line : Stroke
        How they are drawn.
    size_pt : float
        Type size of the coordinates.
    words : tuple of str
        East, south and north, with ``{derajat}`` and ``{menit}``.
    finer : tuple of str
        The same with ``{detik}``, for coordinates between two minutes; empty if there are none.
    is_inside : bool
        Whether the coordinates stand within the frame.
    whole : tuple of (float, float)
        Longitudes, then latitudes, between which a coordinate at the edge leaves no frame.
    """

    degrees: tuple[float, float]
    line: Stroke
    size_pt: float
    words: tuple[str, str, str]
    finer: tuple[str, str, str] | None = None
    is_inside: bool = False
    whole: tuple[tuple[float, float], ...] = ()

    def expression(self) -> str:
        """Return how QGIS writes a coordinate; nothing for one that would leave the frame."""
        said = _of_axis(self.words)
        if self.finer is not None:
            said = f"CASE WHEN {_SECONDS} % 60 = 0 THEN {said} ELSE {_of_axis(self.finer)} END"
        beyond = [
            f"@grid_axis = '{axis}' AND (@grid_number < {low:.6f} OR @grid_number > {high:.6f})"
            for axis, (low, high) in zip("xy", self.whole, strict=False)
        ]
        return f"CASE WHEN {' OR '.join(beyond)} THEN '' ELSE {said} END" if beyond else said


_SECONDS = "round(abs(@grid_number) * 3600)"


def coordinate_words(texts: Texts, finer: str = "") -> tuple[str, str, str]:
    """Return the words of coordinates: east, south and north.

    Parameters
    ----------
    finer : str
        Ending of their keys, such as ``_detik`` for those with seconds.
    """
    east, south, north = (
        texts.raw(f"peta.{key}{finer}")
        for key in ("bujur_timur", "lintang_selatan", "lintang_utara")
    )
    return east, south, north


def _of_axis(words: tuple[str, str, str]) -> str:
    """Return a coordinate of either axis as an expression of QGIS."""
    east, south, north = (_said(word) for word in words)
    return (
        f"CASE WHEN @grid_axis = 'x' THEN {east} "
        f"WHEN @grid_number < 0 THEN {south} ELSE {north} END"
    )


def _said(words: str) -> str:
    """Return words with degrees, minutes and seconds as an expression of QGIS."""
    parts = words.replace("'", "''")
    filled = parts.replace("{derajat}", f"' || floor({_SECONDS} / 3600) || '")
    for name, number in (("menit", f"floor({_SECONDS} / 60) % 60"), ("detik", f"{_SECONDS} % 60")):
        filled = filled.replace(f"{{{name}:02d}}", f"' || lpad({number}, 2, '0') || '")
    return f"'{filled}'"


def _grid(sheet: LayoutSheet, of_map: str, grid: MapGrid, crs: Element) -> Element:
    sides = ("left", "right", "top", "bottom")
    facts: dict[str, object] = {
        "name": "grid", "uuid": sheet.uuid(f"{of_map}/grid"), "show": 1, "position": 3, "unit": 0,
        "intervalX": grid.degrees[0], "intervalY": grid.degrees[1], "offsetX": 0, "offsetY": 0,
        "gridStyle": 0, "crossLength": 3, "gridFrameStyle": 0, "gridFrameWidth": 2,
        "gridFramePenThickness": 0.3, "gridFrameSideFlags": 15, "blendMode": 0,
        "showAnnotation": 1, "annotationFormat": _CUSTOM, "annotationPrecision": 3,
        "annotationExpression": grid.expression(), "frameAnnotationDistance": 1,
    }  # fmt: skip
    position = 0 if grid.is_inside else 1
    for side in sides:
        facts |= {
            f"{side}AnnotationPosition": position, f"{side}AnnotationDisplay": _shown(side, grid),
            f"{side}AnnotationDirection": 1 if side in ("left", "right") else 0,
            f"{side}FrameDivisions": 0,
        }  # fmt: skip
    drawn = node("lineStyle", {}, symbols.symbol("line", [symbols.line(grid.line)]))
    letters = qml.text_format(sheet.fonts, grid.size_pt, sheet.ink)
    return node("ComposerMapGrid", facts, drawn, crs, letters)


def _shown(side: str, grid: MapGrid) -> int:
    """Tell QGIS which coordinates stand on a side: latitudes left and right, others elsewhere.

    Within a frame they stand at its left and lower side only.
    """
    if grid.is_inside and side in ("right", "top"):
        return _NONE
    return 1 if side in ("left", "right") else 2


@dataclass(frozen=True)
class MapView:
    """What a map item shows.

    Parameters
    ----------
    extent : tuple of float
        West, south, east, north.
    theme : str
        The map theme that it follows; empty for fixed layers.
    layers : tuple of str
        Identifiers of fixed layers, the topmost first.
    crs : Element or None
        Coordinate system, if another than the project's.
    ground : str
        ``#RRGGBB`` behind the layers.
    """

    extent: tuple[float, float, float, float]
    theme: str = ""
    layers: tuple[str, ...] = ()
    crs: Element | None = None
    ground: str = ""


def map_item(
    sheet: LayoutSheet, name: str, box: Box, view: MapView, *parts: Element, follows: bool = False
) -> Element:
    """Return a map item that shows a fixed choice of layers.

    Parameters
    ----------
    parts : Element
        Grids and overviews.
    follows : bool
        Whether the map moves with the atlas of the layout.
    """
    west, south, east, north = view.extent
    fixed = [node("Layer", {}, text=one) for one in view.layers]
    facts = {
        "followPreset": "true" if view.theme else "false", "followPresetName": view.theme,
        "keepLayerSet": "true" if view.layers else "false", "keepLayerStyles": "false",
        "drawCanvasItems": "false", "mapRotation": 0, "mapFlags": 0, "labelMargin": "0,mm",
        "isTemporal": 0,
    }  # fmt: skip
    return sheet.item(
        _MAP, name, box, facts,
        items.colour_element("BackgroundColor", view.ground or sheet.paper),
        node("Extent", {"xmin": west, "ymin": south, "xmax": east, "ymax": north}),
        *([node("crs", {}, view.crs)] if view.crs is not None else []),
        node("LayerSet", {}, *fixed),
        *parts,
        node("AtlasMap", {"atlasDriven": int(follows), "scalingMode": 2, "margin": 0.1}),
        background=True,
    )  # fmt: skip


def grid_of(sheet: LayoutSheet, of_map: str, grid: MapGrid, crs: Element) -> Element:
    """Return the lines of longitude and latitude of a map.

    Parameters
    ----------
    of_map : str
        Name of the map item.
    crs : Element
        The system of the lines.
    """
    return _grid(sheet, of_map, grid, crs)


def overview(sheet: LayoutSheet, of_map: str, shown: str, colour: str) -> Element:
    """Return the frame of one map on another.

    Parameters
    ----------
    of_map, shown : str
        Names of the items: the map that carries the frame, and the map that it frames.
    """
    edge = symbols.symbol("fill", [symbols.line(Stroke(colour, 0.35))])
    uuid = sheet.uuid(f"{of_map}/overview/{shown}")
    facts = {"name": f"overview {shown}", "uuid": uuid, "show": 1,
             "frameMap": sheet.uuid(shown), "position": 3, "blendMode": 0, "inverted": 0,
             "centered": 0}  # fmt: skip
    return node("ComposerMapOverview", facts, edge)


@dataclass(frozen=True)
class ScaleBar:
    """The length of a scale bar and what is written on it.

    Parameters
    ----------
    segments : int
        Number of its parts.
    km : float
        Length of one on the ground.
    height_mm : float
        Of the bar.
    unit : str
        Written behind the numbers.
    room_mm : float
        The most that it may be long where QGIS chooses the length, because the scale changes from
        page to page; 0 = as long as told.
    of_map : str
        Name of the map whose scale it has.
    """

    segments: int
    km: float
    height_mm: float
    unit: str
    room_mm: float = 0.0
    of_map: str = "peta"


def scale_bar(
    sheet: LayoutSheet, box: Box, bar: ScaleBar, size_pt: float, marks: tuple[str, str]
) -> Element:
    """Return a scale bar of two rows of boxes.

    Parameters
    ----------
    marks : (str, str)
        Of decimals and of thousands.
    """
    ink = [symbols.outlined(sheet.ink, sheet.ink, 0.1)]
    paper = [symbols.outlined(sheet.paper, sheet.ink, 0.1)]
    facts = {
        "style": "Double Box", "unitType": "km", "unitLabel": bar.unit,
        "numUnitsPerSegment": bar.km, "numMapUnitsPerScaleBarUnit": 1,
        "numSegments": bar.segments, "numSegmentsLeft": 0, "height": bar.height_mm,
        "segmentSizeMode": int(bar.room_mm > 0), "minBarWidth": bar.room_mm / 3,
        "maxBarWidth": bar.room_mm, "labelBarSpace": 1,
        "boxContentSpace": 1, "alignment": 1, "labelVerticalPlacement": 0,
        "labelHorizontalPlacement": 0, "subdivisionsHeight": 1.5, "numSubdivisions": 1,
        "outlineWidth": 0.15, "lineJoinStyle": "miter", "lineCapStyle": "square",
        "mapUuid": sheet.uuid(bar.of_map), "segmentMillimeters": 10,
    }  # fmt: skip
    decimal, thousand = marks
    number = node("numericFormat", {"id": "basic"}, node(
        "Option", {"type": "Map"},
        node("Option", {"type": "QChar", "name": "decimal_separator", "value": decimal}),
        node("Option", {"type": "int", "name": "decimals", "value": 2}),
        node("Option", {"type": "int", "name": "rounding_type", "value": 0}),
        node("Option", {"type": "bool", "name": "show_plus", "value": "false"}),
        node("Option", {"type": "bool", "name": "show_thousand_separator", "value": "true"}),
        node("Option", {"type": "bool", "name": "show_trailing_zeros", "value": "false"}),
        node("Option", {"type": "QChar", "name": "thousand_separator", "value": thousand}),
    ))  # fmt: skip
    return sheet.item(
        _SCALE_BAR, "skala", box, facts,
        qml.text_format(sheet.fonts, size_pt, sheet.ink),
        number,
        items.colour_element("strokeColor", sheet.ink),
        items.colour_element("fillColor", sheet.ink),
        items.colour_element("fillColor2", sheet.paper),
        node("lineSymbol", {}, symbols.symbol("line", [symbols.line(Stroke(sheet.ink, 0.15))])),
        node("fillSymbol1", {}, symbols.symbol("fill", ink)),
        node("fillSymbol2", {}, symbols.symbol("fill", paper)),
    )  # fmt: skip


def north_arrow(sheet: LayoutSheet, box: Box, letter: str, degrees: float) -> Element:
    """Return an arrow that shows true north on the map.

    Parameters
    ----------
    letter : str
        Above its tip.
    degrees : float
        Direction of north on the map, clockwise from up, until QGIS computes it.
    """
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 90">'
        '<text x="20" y="17" text-anchor="middle" font-weight="bold" '
        f'font-family="{", ".join(sheet.fonts)}" font-size="18" fill="{sheet.ink}">{letter}</text>'
        f'<g stroke="{sheet.ink}" stroke-width="1" stroke-linejoin="round">'
        f'<path d="M20 24 L4 86 L20 74 Z" fill="{sheet.ink}"/>'
        f'<path d="M20 24 L36 86 L20 74 Z" fill="{sheet.paper}"/></g></svg>'
    )
    facts = {
        "file": f"base64:{base64.b64encode(drawn.encode()).decode()}", "mode": 0,
        "mapUuid": sheet.uuid("peta"), "northMode": 1, "northOffset": 0, "pictureRotation": degrees,
        "resizeMode": 0, "anchorPoint": 4, "svgFillColor": symbols.rgba(sheet.ink),
        "svgBorderColor": symbols.rgba(sheet.ink), "svgBorderWidth": 0.2,
        "pictureWidth": box.width, "pictureHeight": box.height,
    }  # fmt: skip
    return sheet.item(_PICTURE, "utara", box, facts)


def picture(sheet: LayoutSheet, name: str, box: Box, content: bytes) -> Element:
    """Return a picture that the project itself holds.

    Parameters
    ----------
    content : bytes
        A PNG file.
    """
    facts = {
        "file": f"base64:{base64.b64encode(content).decode()}", "mode": 1, "northMode": 0,
        "resizeMode": 0, "anchorPoint": 4, "pictureRotation": 0, "pictureWidth": box.width,
        "pictureHeight": box.height,
    }  # fmt: skip
    return sheet.item(_PICTURE, name, box, facts)
