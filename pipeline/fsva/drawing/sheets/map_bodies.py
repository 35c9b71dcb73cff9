"""The bodies of the maps alone, for other layouts: no title, legend, frame, coordinates or inset.

Owns what stands on such a sheet, which is exactly as large as the ground that it shows; a draft
has its mark above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fsva.drawing.elements import draft_strip
from fsva.drawing.framing import frames
from fsva.drawing.maps import ground
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import arrangement
from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.paper.scene import Item, Layer, Sheet
from fsva.drawing.sheets import sheet as map_sheets
from fsva.drawing.sheets.sheet import Parts
from fsva.words import alt_text, specification
from fsva.words.specification import MapSpecification

_MAP = ("map",)
# Above the map of a draft, for its mark; larger on larger paper.
_STRIP_MM = 5.0


def sheets(studio: Studio, maps: Sequence[MapSpecification]) -> tuple[Sheet, ...]:
    """Draw the bodies of maps.

    Parameters
    ----------
    maps : sequence of MapSpecification
        One per sheet.

    Returns
    -------
    tuple of Sheet
        Of the size of the map's box in the layout. Where the sheets leave islands to insets, these
        show the whole district.
    """
    own = _cornered(studio)
    panel = _panel(own)
    names = arrangement.alone(own, panel)
    parts = tuple(map_sheets.painted_parts(_parts(own, names), own, names))
    scale = studio.texts("peta.skala", penyebut=studio.texts.decimal(panel.denominator, 0))
    extent = panel.georeference(scale)
    drawn = []
    for shown in maps:
        colours = map_sheets.class_colours(own.method, shown)
        layers = [
            layer for part in parts for layer in map_sheets.layers_of(part, colours, shown, own)
        ]
        drawn.append(replace(_sheet(own, shown, layers), grounds=(extent,)))
    return tuple(drawn)


def _cornered(studio: Studio) -> Studio:
    """Return the studio with a layout whose map stands in the corner of the paper."""
    layout = studio.layout
    _, _, width, height = layout.boxes.map
    boxes = layout.boxes.model_copy(update={"map": (0.0, 0.0, width, height)})
    return replace(studio, layout=layout.model_copy(update={"boxes": boxes}), tiles=None)


def _panel(studio: Studio) -> Panel:
    """Return the panel of the sheets, or one of the whole where these leave islands to insets."""
    villages, layout = studio.villages, studio.layout
    frame = frames.frame(villages, layout)
    if not frame.windows:
        return frame.panel
    west, south, east, north = villages.total_bounds
    bounds, rules, box = (west, south, east, north), layout.map, layout.boxes.box("map")
    return panels.fit(bounds, villages.crs, box, rules.denominators, rules.margin)


def _parts(studio: Studio, names: Arrangement) -> Parts:
    """Draw what all maps share: the ground, the villages' places, borders and names."""
    main, layout, around = names.main, studio.layout, studio.surroundings
    drawn = ground.draw(main.panel, around, main.outline(), layout)
    words = ground.names(main.panel, around, names.occupied, layout, studio.texts, studio.faces)
    above: list[Item] = [*main.borders(layout, drawn.beyond), *names.naming.items({}, layout)]
    return (
        Layer("ground", (*drawn.items, *words), main.panel.box, _MAP),
        main,
        Layer("names", tuple(above), main.panel.box, _MAP),
        *([names.tokens] if names.tokens.places else []),
    )


def _sheet(studio: Studio, shown: MapSpecification, layers: Sequence[Layer]) -> Sheet:
    texts, settings, box = studio.texts, studio.settings, studio.layout.boxes.box("map")
    strip = _STRIP_MM * studio.layout.furniture if studio.draft else 0.0
    drawn = Sheet(
        box.width,
        box.height + strip,
        f"{shown.title} - {shown.subtitle}",
        texts.language,
        tuple(layers),
        author=settings.compiler,
        edition=texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
        source=" ".join(shown.sources),
        in_words={"map": alt_text.of_map(shown, studio.kecamatan, studio.method, texts)},
    )
    return draft_strip.marked(drawn, studio, box.height)
