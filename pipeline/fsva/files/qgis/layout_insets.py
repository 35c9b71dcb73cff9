"""The insets of islands in the print layouts, where our sheets have them.

Owns their maps and titles. ``fsva.drawing.framing`` decides which islands stand in which inset.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from fsva.drawing.framing import frames, packing
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import inset
from fsva.drawing.names.inset import Inset
from fsva.files.qgis import layout_items as items
from fsva.files.qgis import map_items
from fsva.files.qgis.layout_items import LayoutSheet
from fsva.files.qgis.map_items import MapView


def framed(studio: Studio) -> tuple[Panel, tuple[Inset, ...]]:
    """Return the main map of our sheets and their insets of islands."""
    frame, strip = frames.frame(studio.villages, studio.layout), packing.strip(studio.layout)
    return frame.panel, tuple(
        inset.of_window(studio.villages, window, frame.panel, strip) for window in frame.windows
    )


def draw(
    studio: Studio, sheet: LayoutSheet, insets: Sequence[Inset], theme: str
) -> Iterator[Element]:
    """Yield titles and maps of insets, what is in front first.

    Parameters
    ----------
    theme : str
        The map theme that they follow.
    """
    layout, texts = studio.layout, studio.texts
    for n, one in enumerate(insets, start=1):
        scale = texts.decimal(one.panel.denominator, 0)
        name = _name(n)
        yield items.frame(sheet, f"bingkai_{name}", one.box, layout.lines.frame / 2)
        yield items.label(
            sheet,
            f"{name}_judul",
            one.head,
            texts("peta.inset", penyebut=scale),
            layout.type.note,
            align="centre",
            is_bold=True,
            ground=layout.colours.paper,
        )
        view = MapView(one.panel.ground().bounds, theme=theme, ground=layout.colours.sea)
        yield map_items.map_item(sheet, name, one.panel.box, view)


def marks(
    studio: Studio, sheet: LayoutSheet, of_map: str, insets: Sequence[Inset]
) -> Iterator[Element]:
    """Yield the frames of insets on the main map, of ground that it shows.

    Parameters
    ----------
    of_map : str
        Name of the main map.
    """
    for n, one in enumerate(insets, start=1):
        if not one.is_far:
            yield map_items.overview(sheet, of_map, _name(n), studio.layout.colours.ink)


def _name(number: int) -> str:
    return f"inset_{number}"
