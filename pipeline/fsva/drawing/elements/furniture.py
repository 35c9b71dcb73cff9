"""The furniture of a sheet: frames, coordinates, orientation, locator, legend, notes, title.

Owns the assignment of elements to the boxes of the layout. Each element has a module of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import shapely

from fsva.config.editions.sections import STANDARD
from fsva.config.styles.layout import SMALLEST_TYPE_PT
from fsva.drawing.elements import (
    legend,
    locator,
    north_and_scale,
    notes,
    tile_note,
    title,
    title_logos,
)
from fsva.drawing.elements.class_rows import LegendSetting
from fsva.drawing.elements.notes import Paragraph
from fsva.drawing.maps import class_numbers, graticule
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Item, Layer, Mark, Stroke, box_shape
from fsva.sources.plain import shape_table
from fsva.sources.plain.shape_table import ShapeTable
from fsva.words.specification import MapSpecification

# Detail of the district on the locator map, metres.
_COARSE_M = 200.0
_BOLD = ("frame", "map")
_FURNITURE = "furniture"
# How notes are told: in paragraphs, run together, or only what a reader cannot do without.
Way = Literal["lengkap", "rapat", "ringkas"]


def shared(
    studio: Studio,
    main: DrawnDistrict,
    below: Layer,
    edges: Sequence[Item],
    fills: Sequence[str],
    *,
    has_tokens: bool = False,
    parts: Panel | None = None,
) -> tuple[Layer, ...]:
    """Draw what is the same on every sheet.

    Parameters
    ----------
    below : Layer
        Ground of the main map.
    edges : sequence of Item
        Borders on it; the legend explains the lines of both.
    fills : sequence of str
        Colours of the villages on these maps, for the samples of lines.
    has_tokens : bool
        Whether discs stand for villages that are too small.
    parts : Panel or None
        One of several maps of one scale that fill the paper; None where the main map does.
    """
    layout, texts, panel = studio.layout, studio.texts, main.panel
    boxes = layout.boxes
    way = boxes.box("orientation") if boxes.orientation else None
    shown = legend.drawn_lines([*below.items, *edges], panel.box, layout)
    box = boxes.box("legend")
    lines = legend.line_rows(box, layout, texts, fills, shown, has_tokens=has_tokens)
    rows = legend.rows_of(lines)
    items: list[Item] = [
        *_frames(studio),
        *(tile_note.draw(way, layout, texts) if studio.tiles and way else ()),
        *(() if studio.tiles else _placed(studio, panel, parts)),
        *lines,
        *legend.base_rows(box, studio.settings.base, layout, texts, rows),
    ]
    furniture = Layer(_FURNITURE, tuple(items))
    if not boxes.locator:
        return (furniture,)
    outline = _outline(studio) if studio.tiles else panel.to_degrees(main.outline())
    return *locator.draw(studio, outline), furniture


def _placed(studio: Studio, panel: Panel, parts: Panel | None) -> list[Item]:
    """Tell where a map lies on the earth: coordinates, north and scale.

    Several maps have coordinates of their own.
    """
    layout, texts = studio.layout, studio.texts
    if parts and not layout.boxes.orientation:
        return []
    if parts:
        return north_and_scale.draw(layout.boxes.box("orientation"), parts, layout, texts)
    interval = graticule.interval_minutes(panel, layout.map.intervals, layout.map.spacing)
    size, ink = layout.type.coordinate, layout.colours.ink
    labels: list[Item] = [*graticule.frame_labels(panel, interval, size, ink, texts)]
    if not layout.boxes.orientation:
        return labels
    way = layout.boxes.box("orientation")
    return [*labels, *north_and_scale.draw(way, panel, layout, texts)]


def _outline(studio: Studio) -> shapely.Geometry:
    """Return the outline of the district in degrees, as fine as the small map shows it."""
    whole = shapely.coverage_union_all(studio.levels.polygons(_COARSE_M))
    outline: shapely.Geometry = shape_table.in_degrees([whole], studio.villages.crs)[0]
    return outline


def _frames(studio: Studio) -> list[Item]:
    boxes, lines, ink = studio.layout.boxes, studio.layout.lines, studio.layout.colours.ink
    bold, thin = Stroke(ink, lines.frame), Stroke(ink, lines.frame / 2)
    return [
        Mark(box_shape(boxes.box(name)), stroke=bold if name in _BOLD else thin)
        for name in boxes.given
    ]


@dataclass(frozen=True)
class SheetType:
    """Type sizes that are the same on all maps of an edition, in points.

    Parameters
    ----------
    title, notes : float
        As large as the layout says, or smaller where one of the maps needs it.
    legend : LegendSetting
        Size and places of the rows.
    foot : float
        Millimetres at the foot of the legend for the samples of lines.
    way : {"lengkap", "rapat", "ringkas"}
        How the notes are told.
    """

    title: float
    legend: LegendSetting
    notes: float
    foot: float
    way: Way


def type_of(studio: Studio, maps: Sequence[MapSpecification], shared: Iterable[Layer]) -> SheetType:
    """Return the sizes at which titles, legends and notes of all maps fit.

    Parameters
    ----------
    maps : sequence of MapSpecification
        At least one.
    shared : iterable of Layer
        What is the same on all of them, such as the samples of lines in their legends.
    """
    layout, texts, faces, boxes = studio.layout, studio.texts, studio.faces, studio.layout.boxes
    titles = [shown.title for shown in maps]
    drawn = (item for layer in shared if layer.name == _FURNITURE for item in layer.items)
    foot = legend.foot(layout, legend.rows_of(drawn))
    words = title_logos.words_box(studio, boxes.box("title"), layout.logo)
    notes_size, way = _notes_type(studio, maps)
    return SheetType(
        title.fitting_size(words, titles, layout, faces),
        legend.setting(boxes.box("legend"), maps, layout, texts, faces, below=foot),
        notes_size,
        foot,
        way,
    )


def _notes_type(studio: Studio, maps: Sequence[MapSpecification]) -> tuple[float, Way]:
    """Return the size of notes, and whether they are cut short: by the layout, or for want of room.

    Letters are smaller than the layout says only where even that does not help.
    """
    layout, faces = studio.layout, studio.faces
    if not layout.boxes.notes:
        return layout.type.note, "ringkas"
    box, size = layout.boxes.box("notes"), layout.type.note
    ways: Sequence[tuple[Way, float]] = (
        ("lengkap", size),
        ("rapat", size),
        ("ringkas", size),
        ("ringkas", SMALLEST_TYPE_PT),
    )
    for way, least in ways[2 if layout.says == "ringkas" else 0 :]:
        said = [paragraphs(studio, shown, way) for shown in maps]
        size = notes.fitting_size(box, said, layout, faces, least)
        if all(notes.height(one, faces, size, box.width) <= box.height for one in said):
            return size, way
    return size, "ringkas"


def heading(studio: Studio, shown: MapSpecification, points: float | None = None) -> Layer:
    """Write the title of a map between the logos; it is the first text that is read aloud.

    Parameters
    ----------
    points : float or None
        Size of the title; None for the largest at which it fits.
    """
    box, layout = studio.layout.boxes.box("title"), studio.layout
    drawn = title_logos.heading(studio, box, shown.title, shown.subtitle, layout, points)
    return Layer("title", tuple(drawn), tag=("title",), apart=True)


def words(studio: Studio, shown: MapSpecification, sizes: SheetType) -> Layer:
    """Write the parts that differ from map to map: legend, sources and notes.

    Parameters
    ----------
    sizes : SheetType
        From ``type_of``.
    """
    boxes, layout = studio.layout.boxes, studio.layout
    items = legend.draw(
        boxes.box("legend"),
        shown,
        layout,
        studio.texts,
        studio.faces,
        sizes.legend,
        below=sizes.foot,
    )
    if boxes.notes:
        said = paragraphs(studio, shown, sizes.way)
        items += notes.draw(boxes.box("notes"), said, layout, studio.faces, sizes.notes)
    return Layer("words", tuple(items))


def _holes(studio: Studio) -> list[str]:
    """Say what the white land within the district is."""
    holes = studio.surroundings.holes
    if holes is None:
        return []
    km2 = studio.texts.decimal(_km2(holes.to_crs(studio.villages.crs)), 1)
    return [studio.texts("peta.catatan_celah", jumlah=len(holes), luas=km2)]


def _km2(shapes: ShapeTable) -> float:
    return float(shapely.area(shapes.geometry).sum()) / 1e6


def paragraphs(studio: Studio, shown: MapSpecification, way: Way = "lengkap") -> list[Paragraph]:
    """Return what the box of sources and notes says, in the order of its weight.

    Parameters
    ----------
    way : {"lengkap", "rapat", "ringkas"}
        In paragraphs; run together; or only what a reader cannot do without.
    """
    settings, texts = studio.settings, studio.texts
    warning = [texts("peta.batas_skematis")] if settings.boundary.schematic else []
    name = studio.layout.theme.name[texts.language]
    key = "catatan" if studio.layout.theme.palette else "catatan_tanpa_palet"
    themed = [] if settings.theme == STANDARD else [texts(f"gaya.{key}", nama=name)]
    # In one paragraph: the box holds few more lines.
    themed = [" ".join([*themed, *class_numbers.explained(studio.layout.theme, texts)])]
    beware = [Paragraph(line, "bold") for line in (*warning, *filter(None, themed))]
    data, *others = shown.sources
    noted = (*shown.notes, *_holes(studio))
    if way == "ringkas":
        said = (shown.source_in_short or data, *noted, *publisher(studio))
        return [*beware, Paragraph(" ".join(said))]
    producer = settings.base.producer
    base = [texts("gaya.sumber_dasar", sumber=producer[texts.language])] if producer else []
    # Short sentences share a paragraph.
    ground = texts("ubin.catatan") if studio.tiles else projection(studio)
    further = [" ".join([*others, *base]), ground]
    if way == "rapat":
        said = (data, *further, *noted, *publisher(studio))
        return [*beware, Paragraph(" ".join(said))]
    return [
        *beware,
        *[Paragraph(line) for line in (data, *further)],
        *[Paragraph(note, "italic") for note in noted],
        *[Paragraph(line) for line in publisher(studio)],
    ]


def projection(studio: Studio) -> str:
    """Return projection, datum, ellipsoid and grid of the maps in words."""
    crs = studio.villages.crs
    datum, system = crs.name.split(" / ")
    zone = system.removeprefix("UTM zone ")
    ellipsoid = crs.ellipsoid.name if crs.ellipsoid else ""
    return studio.texts("peta.proyeksi", zona=zone, datum=datum, elipsoid=ellipsoid)


def publisher(studio: Studio) -> list[str]:
    """Return who made the maps, where they can be reached, and whose the rights are."""
    settings, texts = studio.settings, studio.texts
    who = texts("peta.penyusun", penyusun=settings.compiler)
    return [" ".join(filter(None, (who, settings.address))), *filter(None, (settings.rights,))]
