"""The print layouts of the project: a sheet per map as ours are, and an atlas over kecamatan.

Owns what stands in which box of the edition's layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

import shapely

from fsva.config.styles import draft_style
from fsva.config.styles.layout import SMALLEST_TYPE_PT
from fsva.config.styles.locator_windows import Window
from fsva.core.box import Box
from fsva.drawing.elements import (
    furniture,
    locator,
    north_and_scale,
    notes,
    title,
    title_logos,
)
from fsva.drawing.maps import graticule
from fsva.drawing.maps.panel import Panel, north_angle
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Stroke, Text
from fsva.files.layers.xml_tree import node
from fsva.files.packing import picture
from fsva.files.qgis import context_tables, layout_insets, map_items, project_layers
from fsva.files.qgis import layout_items as items
from fsva.files.qgis.layout_insets import LayoutInsets
from fsva.files.qgis.layout_items import LayoutSheet
from fsva.files.qgis.map_items import MapGrid, MapView, ScaleBar
from fsva.files.qgis.project_layers import ProjectLayer
from fsva.sources.plain import shape_table
from fsva.words import specification
from fsva.words.specification import MapSpecification

MAP = layout_insets.MAP
_NOTE_PAD_MM, _HEAD_MM = 2.5, 4.2
# Words of a label are a little wider in QGIS than in our sheets.
_NARROWER = 0.97
# A row of the legend, and its headings, on A4.
_ROW_MM, _LEGEND_HEAD_MM = 4.9, 15.0
# Around the area of a page of the atlas, and between two lines of longitude or latitude on that of
# the largest kecamatan as a share of their distance on a map.
_AROUND, _DENSER = 1.2, 0.6
# A lower box has no room for the scale's number above its bar; the number's share of the width.
_BESIDE_MM, _NUMBER = 19.0, 0.52
_METRES_PER_MINUTE = 1852.0


@dataclass(frozen=True, eq=False)
class LayoutInputs:
    """What all layouts of a project are made from.

    Parameters
    ----------
    studio : Studio
        Layout, theme, words and villages of the edition.
    panel : Panel
        Of the main map.
    fonts : tuple of str
        Families of the letters; the first that is installed is taken.
    maps : mapping of str to ProjectLayer
        The layer of each map by the stem of its files.
    borders : sequence of ProjectLayer
        Layers of borders that the legend explains.
    kecamatan : ProjectLayer
        What the atlas goes through.
    kecamatan_field : str
        Its field with the names.
    around : sequence of ProjectLayer
        What the locator shows, the topmost first.
    small : LayoutInsets or None
        Insets and discs; none on pages of the atlas.
    """

    studio: Studio
    panel: Panel
    fonts: tuple[str, ...]
    maps: dict[str, ProjectLayer]
    borders: Sequence[ProjectLayer]
    kecamatan: ProjectLayer
    kecamatan_field: str
    around: Sequence[ProjectLayer]
    small: LayoutInsets | None = None

    @property
    def scaled(self) -> tuple[Panel, str]:
        """The map whose scale the layout tells, and its name."""
        return self.small.scaled if self.small else (self.panel, MAP)

    @cached_property
    def province(self) -> Window:
        """The window of the locator in degrees."""
        outline = shapely.box(*self.panel.degrees())
        own = self.studio.villages.to_crs(4326).total_bounds
        return locator.window_of(self.studio.province, shapely.box(*own)) or outline.bounds


def theme_name(studio: Studio, shown: MapSpecification) -> str:
    """Return the name of a map's theme and layout."""
    measures = {measure.id: measure for measure in studio.method.measures()}
    name = measures[shown.measure_id].name[studio.texts.language]
    return studio.texts("qgis.tema", nomor=shown.number, nama=name)


def of_map(inputs: LayoutInputs, shown: MapSpecification, number: int, total: int) -> Element:
    """Return the layout of a map.

    Parameters
    ----------
    number, total : int
        Number of the sheet, and of all sheets.
    """
    studio = inputs.studio
    sheet = _sheet(inputs, theme_name(studio, shown))
    texts = studio.texts
    scale = texts("peta.skala", penyebut=texts.decimal(inputs.scaled[0].denominator, 0))
    parts = [
        *_heading(inputs, sheet, shown.title, items.plain(shown.subtitle)),
        *_shared(inputs, sheet, shown, scale),
        *_stamp(inputs, sheet, number, total),
        *layout_insets.items_of(studio, sheet, inputs.small, shown, theme_name(studio, shown)),
        _main_map(inputs, sheet, shown, follows=False),
    ]
    return items.layout(sheet, studio.layout.width, studio.layout.dpi, parts)


def of_kecamatan(inputs: LayoutInputs, shown: MapSpecification) -> Element:
    """Return the atlas: a page per kecamatan.

    Parameters
    ----------
    shown : MapSpecification
        The map on its pages.
    """
    studio, texts = inputs.studio, inputs.studio.texts
    sheet = _sheet(inputs, texts("qgis.atlas"))
    name = texts("qgis.atlas_judul", bidang=inputs.kecamatan_field)
    parts = [
        *_heading(inputs, sheet, shown.title, f"{name} - {items.plain(shown.subtitle)}"),
        *_shared(inputs, sheet, shown, texts.raw("qgis.skala_atlas"), follows=True),
        *_stamp(inputs, sheet, 0, 0),
        _main_map(inputs, sheet, shown, follows=True),
    ]
    layer = inputs.kecamatan
    pages = node("Atlas", {
        "enabled": 1, "coverageLayer": layer.id, "coverageLayerName": layer.title,
        "coverageLayerSource": layer.source, "coverageLayerProvider": "ogr", "hideCoverage": 0,
        "sortFeatures": 1, "sortKey": f'"{inputs.kecamatan_field}"', "sortAscending": 1,
        "pageNameExpression": f'"{inputs.kecamatan_field}"', "filterFeatures": 0,
        "filenamePattern": f"'kecamatan-' || \"{inputs.kecamatan_field}\"",
    })  # fmt: skip
    return items.layout(sheet, studio.layout.width, studio.layout.dpi, parts, pages)


def _sheet(inputs: LayoutInputs, name: str) -> LayoutSheet:
    layout = inputs.studio.layout
    return LayoutSheet(name, layout.height, inputs.fonts, layout.colours.ink, layout.colours.paper)


def _heading(inputs: LayoutInputs, sheet: LayoutSheet, words: str, subtitle: str) -> list[Element]:
    """Return title and subtitle in the size of our own sheet, the logos, and the draft mark."""
    studio = inputs.studio
    whole, rules = studio.layout.boxes.box("title"), studio.layout.logo
    logos = title_logos.draw(studio, whole, rules)
    box = title_logos.beside(whole, logos, rules.gap)
    drawn = title.draw(box, words, subtitle, studio.layout, studio.faces)
    lines = [item for item in drawn if isinstance(item, Text)]
    size = lines[0].size_pt * _NARROWER
    low = box.height * (1 - len(lines[:-1]) / len(lines))
    upper = Box(box.left, box.bottom + low, box.width, box.height - low)
    under = Box(box.left, box.bottom, box.width, low)
    text = "\n".join(line.text for line in lines[:-1])
    return [
        items.label(sheet, "judul", upper, text, size, align="centre", is_bold=True),
        items.label(sheet, "anak_judul", under, subtitle, lines[-1].size_pt * _NARROWER,
                    align="centre", is_bold=True, is_template=True),
        *(map_items.picture(sheet, f"logo_{n}", one.box, picture.of_channels(one.pixels))
          for n, one in enumerate(logos)),
        *_draft(inputs, sheet),
    ]  # fmt: skip


def _draft(inputs: LayoutInputs, sheet: LayoutSheet) -> list[Element]:
    studio = inputs.studio
    if not studio.draft:
        return []
    style, top = draft_style.load().strip, studio.layout.boxes.box("frame").top
    bottom = top + style.gap_mm
    room = Box(0, bottom, studio.layout.width, studio.layout.height - bottom)
    return [
        items.label(sheet, "draf", room, studio.draft.sentence, style.small_pt, align="centre",
                    is_bold=True, colour=style.ink, ground=style.ground)
    ]  # fmt: skip


def _shared(
    inputs: LayoutInputs,
    sheet: LayoutSheet,
    shown: MapSpecification,
    scale: str,
    *,
    follows: bool = False,
) -> list[Element]:
    """Return frames, legend, orientation, locator and sources."""
    return [
        *_frames(inputs, sheet),
        _legend(inputs, sheet, shown),
        *_orientation(inputs, sheet, scale, follows=follows),
        *_locator(inputs, sheet),
        _sources(inputs, sheet, shown),
    ]


def _frames(inputs: LayoutInputs, sheet: LayoutSheet) -> list[Element]:
    boxes, wide = inputs.studio.layout.boxes, inputs.studio.layout.lines.frame
    widths = {"frame": wide, "map": wide, "title": wide / 2, "orientation": wide / 2,
              "legend": wide / 2, "locator": wide / 2, "notes": wide / 2,
              "stamp": wide / 2}  # fmt: skip
    return [items.frame(sheet, f"bingkai_{n}", boxes.box(n), w) for n, w in widths.items()]


def _legend(inputs: LayoutInputs, sheet: LayoutSheet, shown: MapSpecification) -> Element:
    layout, texts = inputs.studio.layout, inputs.studio.texts
    classes = project_layers.tree_layer(inputs.maps[shown.file_stem])
    classes.insert(0, _titled(shown.unit))
    classes.remove(classes[1])
    borders = [entry for entry, _ in map(_lines_explained, inputs.borders)]
    tree = node("layer-tree-group", {}, node("customproperties"), classes, *borders)
    n_rows = len([row for row in shown.legend if row.priority or row.count])
    n_rows += sum(n for _, n in map(_lines_explained, inputs.borders))
    box, unit = layout.boxes.box("legend"), layout.furniture
    row = min(_ROW_MM * unit, (box.height - _LEGEND_HEAD_MM * unit) / n_rows)
    sizes = (layout.type.heading, max(layout.type.body - 0.6, SMALLEST_TYPE_PT))
    return items.legend(sheet, box, tree, texts("peta.legenda"), sizes, row)


def _lines_explained(layer: ProjectLayer) -> tuple[Element, int]:
    """Return a layer of lines for the legend, without heading, and how many lines it explains.

    The coasts around are drawn as the district's own, and stand there once.
    """
    kept = [n for n, kind in enumerate(layer.only) if kind != context_tables.SHORE]
    entry = project_layers.tree_layer(layer)
    order = ",".join(map(str, kept)) or "empty"
    said = {"legend/title-style": "hidden", "legend/node-order": order}
    entry.remove(entry[0])
    entry.insert(0, _properties(said))
    return entry, len(kept)


def _titled(words: str) -> Element:
    """Return how a layer is called in the legend."""
    return _properties({"cached_name": words, "legend/title-label": words})


def _properties(said: dict[str, str]) -> Element:
    rows = (
        node("Option", {"type": "QString", "name": name, "value": value})
        for name, value in said.items()
    )
    return node("customproperties", {}, node("Option", {"type": "Map"}, *rows))


def _orientation(
    inputs: LayoutInputs, sheet: LayoutSheet, scale: str, *, follows: bool
) -> list[Element]:
    """Return arrow, scale and scale bar."""
    layout, texts = inputs.studio.layout, inputs.studio.texts
    box, unit = layout.boxes.box("orientation"), layout.furniture
    arrow = Box(box.left + 4 * unit, box.bottom + 2 * unit, 12 * unit, box.height - 4 * unit)
    right = Box(box.left + 18 * unit, box.bottom, box.width - 20 * unit, box.height)
    above = Box(right.left, box.top - 8.5 * unit, right.width, 7 * unit)
    if box.height < _BESIDE_MM * unit:  # the number beside the bar
        half = right.width * _NUMBER
        above = Box(right.left, box.centre[1] - 3.5 * unit, half, 7 * unit)
        right = Box(right.left + half, right.bottom, right.width - half, right.height)
    panel, name = inputs.scaled
    segments, _ = north_and_scale.division(panel, right.width - 6 * unit, layout, texts)
    km = north_and_scale.segment_km(panel, right.width - 6 * unit, segments)
    room = right.width - 16 * unit if follows else 0.0
    bar = ScaleBar(segments, km, 2.2 * unit, texts("peta.km"), room, name)
    length = segments * km * 1e6 / panel.denominator
    below = Box(right.centre[0] - length / 2 - 3, box.bottom + unit / 2, length + 12, 10 * unit)
    return [
        map_items.north_arrow(sheet, arrow, texts("peta.utara"), -north_angle(inputs.panel)),
        items.label(sheet, "skala_angka", above, scale, layout.type.heading + 1, align="centre",
                    is_bold=True, is_template=True),
        map_items.scale_bar(sheet, below, bar, layout.type.body,
                        (texts("qgis.desimal"), texts("qgis.ribuan"))),
    ]  # fmt: skip


def _locator(inputs: LayoutInputs, sheet: LayoutSheet) -> list[Element]:
    """Return the map of the province with the place of the district."""
    studio, layout = inputs.studio, inputs.studio.layout
    box = layout.boxes.box("locator")
    head = Box(box.left, box.top - _HEAD_MM * layout.furniture, box.width,
               _HEAD_MM * layout.furniture)  # fmt: skip
    below = Box(box.left, box.bottom, box.width, box.height - head.height)
    name = studio.texts("peta.lokator", nama=studio.settings.district.province)
    view = MapView(
        _filled(inputs.province, below),
        layers=tuple(layer.id for layer in inputs.around),
        crs=project_layers.degrees(),
        ground=layout.colours.sea,
    )
    marked = map_items.overview(sheet, "lokator", MAP, layout.colours.place)
    return [
        items.label(sheet, "lokator_judul", head, name, layout.type.note + 0.5, align="centre",
                    is_bold=True),
        map_items.map_item(sheet, "lokator", below, view, marked),
    ]  # fmt: skip


def _filled(window: Window, box: Box) -> Window:
    """Return a window widened to the shape of a box."""
    west, south, east, north = window
    x, y = (west + east) / 2, (south + north) / 2
    per_mm = max((east - west) / box.width, (north - south) / box.height)
    half_x, half_y = per_mm * box.width / 2, per_mm * box.height / 2
    return x - half_x, y - half_y, x + half_x, y + half_y


def _sources(inputs: LayoutInputs, sheet: LayoutSheet, shown: MapSpecification) -> Element:
    """Return sources and notes, in the largest size that the box holds."""
    studio, layout = inputs.studio, inputs.studio.layout
    box, said = layout.boxes.box("notes"), furniture.paragraphs(studio, shown)
    size = layout.type.body
    width = box.width * _NARROWER
    while (
        size > SMALLEST_TYPE_PT
        and notes.height(said, studio.faces, size, width) > box.height * _NARROWER
    ):
        size -= 0.1
    words = "\n".join(one.text for one in said)
    size = max(size, SMALLEST_TYPE_PT)
    return items.label(sheet, "sumber", box, words, size, margin_mm=_NOTE_PAD_MM)


def _stamp(inputs: LayoutInputs, sheet: LayoutSheet, number: int, total: int) -> list[Element]:
    """Return sheet, edition and run; pages of the atlas are counted by QGIS."""
    studio, layout, texts = inputs.studio, inputs.studio.layout, inputs.studio.texts
    facts = {"nomor": number, "jumlah": total} if total else {
        "nomor": "[% @atlas_featurenumber %]", "jumlah": "[% @atlas_totalfeatures %]"}  # fmt: skip
    issued = specification.issued(studio.settings, texts)
    words = "   ".join([
        texts("lembar.nomor", **facts),
        items.plain(studio.draft.titled(texts("lembar.edisi", tanggal=issued))),
        texts("lembar.cetak", nomor=studio.number),
    ])  # fmt: skip
    box = layout.boxes.box("stamp")
    return [
        items.label(sheet, "kepala_lembar", box, words, layout.type.note, align="centre",
                    is_bold=True, is_template=True)
    ]  # fmt: skip


def _main_map(
    inputs: LayoutInputs, sheet: LayoutSheet, shown: MapSpecification, *, follows: bool
) -> Element:
    studio, panel = inputs.studio, inputs.panel
    grid = _main_grid(inputs, follows=follows)
    view = MapView(
        panel.ground().bounds, theme=theme_name(studio, shown), ground=studio.layout.colours.sea
    )
    lines = map_items.grid_of(sheet, MAP, grid, project_layers.degrees())
    shown_larger = layout_insets.marks(studio, sheet, MAP, inputs.small) if inputs.small else ()
    return map_items.map_item(sheet, MAP, panel.box, view, lines, *shown_larger, follows=follows)


def _main_grid(inputs: LayoutInputs, *, follows: bool) -> MapGrid:
    """Return the lines of the main map; among maps of groups of islands it is one of them."""
    studio, layout = inputs.studio, inputs.studio.layout
    if not follows and inputs.small and inputs.small.head:
        return layout_insets.grid_within(studio, inputs.panel)
    rules = (layout.map.intervals, layout.map.spacing)
    own = graticule.interval_minutes(inputs.panel, *rules)
    minutes = _minutes_of_pages(inputs) if follows else own
    line = Stroke(layout.colours.graticule, layout.lines.graticule)
    words = map_items.coordinate_words(studio.texts)
    return MapGrid((minutes / 60, minutes / 60), line, layout.type.coordinate, words)


def _minutes_of_pages(inputs: LayoutInputs) -> int:
    """Return the spacing of the lines on the pages of the atlas, by the largest kecamatan."""
    rules, box = inputs.studio.layout.map, inputs.panel.box
    table, crs = inputs.kecamatan.table, inputs.studio.villages.crs
    west, south, east, north = shapely.bounds(shape_table.brought(table.shapes, table.crs, crs)).T
    widest = max((east - west).max() / box.width, (north - south).max() / box.height)
    mm_per_minute = _METRES_PER_MINUTE / (widest * _AROUND)
    fitting = [n for n in rules.intervals if n * mm_per_minute >= rules.spacing * _DENSER]
    return min(fitting, default=max(rules.intervals))
