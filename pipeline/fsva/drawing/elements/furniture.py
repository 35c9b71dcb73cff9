"""The furniture of a sheet: frames, coordinates, orientation, locator, legend, notes, title.

Owns the assignment of elements to the boxes of the layout. Each element has a module of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import shapely

from fsva.config.editions.sections import STANDARD
from fsva.config.styles.layout import SMALLEST_TYPE_PT
from fsva.drawing.elements import legend, locator, north_and_scale, notes, tile_note, title_logos
from fsva.drawing.elements.notes import Paragraph
from fsva.drawing.maps import class_numbers, graticule, ground
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Item, Layer, Mark, Stroke, box_shape
from fsva.words.specification import MapSpecification

# Detail of the district on the locator map, metres.
_COARSE_M = 200.0
_LARGER_PT = 0.6  # where the box has room


def shared(
    studio: Studio,
    main: DrawnDistrict,
    below: Layer,
    edges: Sequence[Item],
    fills: Sequence[str],
    *,
    has_tokens: bool = False,
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
    """
    layout, texts, panel = studio.layout, studio.texts, main.panel
    boxes = layout.boxes
    shown = ground.drawn_lines([*below.items, *edges], panel.box, layout)
    box = boxes.box("legend")
    items: list[Item] = [
        *_frames(studio),
        *(tile_note.draw(boxes.box("orientation"), layout, texts) if studio.tiles else ()),
        *(() if studio.tiles else _placed(studio, panel)),
        *legend.line_rows(boxes.box("legend"), layout, texts, fills, shown),
        *(legend.token_row(box, layout, texts, fills[0]) if has_tokens else ()),
        *legend.base_rows(boxes.box("legend"), studio.settings.base, layout, texts),
    ]
    outline = _outline(studio) if studio.tiles else panel.to_degrees(main.outline())
    return *locator.draw(studio, outline), Layer("furniture", tuple(items))


def _placed(studio: Studio, panel: Panel) -> list[Item]:
    """Tell where a map lies on the earth: coordinates, north and scale."""
    layout, texts = studio.layout, studio.texts
    interval = graticule.interval_minutes(panel, layout.map.intervals, layout.map.spacing)
    size, ink = layout.type.coordinate, layout.colours.ink
    return [
        *graticule.frame_labels(panel, interval, size, ink, texts),
        *north_and_scale.draw(layout.boxes.box("orientation"), panel, layout, texts),
    ]


def _outline(studio: Studio) -> shapely.Geometry:
    """Return the outline of the district in degrees, as fine as the small map shows it."""
    coarse = shapely.coverage_simplify(studio.villages.geometry.to_numpy(), _COARSE_M)
    whole = gpd.GeoSeries([shapely.coverage_union_all(coarse)], crs=studio.villages.crs)
    outline: shapely.Geometry = whole.to_crs(4326).iloc[0]
    return outline


def _frames(studio: Studio) -> list[Item]:
    boxes, lines, ink = studio.layout.boxes, studio.layout.lines, studio.layout.colours.ink
    bold, thin = Stroke(ink, lines.frame), Stroke(ink, lines.frame / 2)
    names = {
        "frame": bold,
        "map": bold,
        "title": thin,
        "orientation": thin,
        "legend": thin,
        "locator": thin,
        "notes": thin,
        "stamp": thin,
    }
    return [Mark(box_shape(boxes.box(name)), stroke=stroke) for name, stroke in names.items()]


def heading(studio: Studio, shown: MapSpecification) -> Layer:
    """Write the title of a map between the logos; it is the first text that is read aloud."""
    box, layout = studio.layout.boxes.box("title"), studio.layout
    drawn = title_logos.heading(studio, box, shown.title, shown.subtitle, layout)
    return Layer("title", tuple(drawn), tag=("title",), apart=True)


def words(studio: Studio, shown: MapSpecification) -> Layer:
    """Write the parts that differ from map to map: legend, sources and notes."""
    boxes, layout = studio.layout.boxes, studio.layout
    items = [
        *legend.draw(
            boxes.box("legend"),
            shown,
            layout,
            studio.texts,
            studio.faces,
            has_base=studio.settings.base.in_legend,
        ),
        *_notes(studio, shown),
    ]
    return Layer("words", tuple(items))


def _notes(studio: Studio, shown: MapSpecification) -> list[Item]:
    """Set sources, notes, projection and compiler; the type is smaller only if the box is full."""
    box, smallest = studio.layout.boxes.box("notes"), SMALLEST_TYPE_PT
    set_text = paragraphs(studio, shown)
    size = studio.layout.type.body + _LARGER_PT
    while size > smallest and notes.height(set_text, studio.faces, size, box.width) > box.height:
        size -= 0.1
    return notes.draw(box, set_text, studio.layout, studio.faces, max(size, smallest))


def _holes(studio: Studio) -> list[str]:
    """Say what the white land within the district is."""
    holes = studio.surroundings.holes
    if holes is None:
        return []
    km2 = studio.texts.decimal(float(holes.to_crs(studio.villages.crs).area.sum()) / 1e6, 1)
    return [studio.texts("peta.catatan_celah", jumlah=len(holes), luas=km2)]


def paragraphs(studio: Studio, shown: MapSpecification) -> list[Paragraph]:
    """Return what the box of sources and notes says."""
    settings, texts = studio.settings, studio.texts
    datum, utm = studio.villages.crs.name.split(" / ")
    zone = utm.removeprefix("UTM zone ")
    projection = texts("peta.proyeksi", zona=zone, datum=datum)
    compiler = texts("peta.penyusun", penyusun=settings.compiler)
    warning = [texts("peta.batas_skematis")] if settings.boundary.schematic else []
    producer = settings.base.producer
    base = [texts("gaya.sumber_dasar", sumber=producer[texts.language])] if producer else []
    name = studio.layout.theme.name[texts.language]
    key = "catatan" if studio.layout.theme.palette else "catatan_tanpa_palet"
    themed = [] if settings.theme == STANDARD else [texts(f"gaya.{key}", nama=name)]
    # In one paragraph: the box holds few more lines.
    themed = [" ".join([*themed, *class_numbers.explained(studio.layout.theme, texts)])]
    return [
        *[Paragraph(line, "bold") for line in (*warning, *filter(None, themed))],
        *[Paragraph(line) for line in (*shown.sources, *base)],
        Paragraph(texts("ubin.catatan") if studio.tiles else projection),
        *[Paragraph(note, "italic") for note in (*shown.notes, *_holes(studio))],
        Paragraph(compiler),
    ]
