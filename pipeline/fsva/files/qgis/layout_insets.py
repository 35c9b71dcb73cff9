"""What our sheets show of small villages, in the print layouts too: insets and discs.

Owns their maps, titles, letters and discs. ``fsva.drawing.framing`` decides which islands stand in
which inset, ``fsva.drawing.names`` which town is enlarged and which village has a disc.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.framing import frames, packing
from fsva.drawing.maps import inset_graticule
from fsva.drawing.maps.graticule import Axis
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import inset, inset_marks
from fsva.drawing.names.inset import Inset
from fsva.drawing.names.tokens import Tokens
from fsva.drawing.paper.scene import MM_PER_PT, Stroke, Text
from fsva.drawing.sheets import sheet as sheets
from fsva.files.qgis import layout_items as items
from fsva.files.qgis import map_items, project_layers
from fsva.files.qgis.layout_items import LayoutSheet
from fsva.files.qgis.map_items import MapGrid, MapView
from fsva.words.specification import MapSpecification

if TYPE_CHECKING:
    from fsva.drawing.names.arrangement import Arrangement

# Names of the main map of a layout, and of what stands around a small one.
MAP, _WHOLE = "peta", "seluruh"
# Paper of a letter, as a share of its size.
_LETTER = 1.5


@dataclass(frozen=True, eq=False)
class LayoutInsets:
    """How a sheet shows villages that are small on its main map.

    Parameters
    ----------
    panel : Panel
        The main map.
    insets : tuple of (Inset, str)
        Each with its title.
    islands : frozenset of int
        Places of the insets of islands, which have lines of longitude and latitude of their own.
    letters : tuple of Text
        Letters of insets on the main map.
    tokens : tuple of Tokens
        Discs on the main map and on insets.
    head : (Box, str) or None
        Strip and title of the main map, where it is small among maps of groups of islands.
    """

    panel: Panel
    insets: tuple[tuple[Inset, str], ...]
    islands: frozenset[int] = frozenset()
    letters: tuple[Text, ...] = ()
    tokens: tuple[Tokens, ...] = ()
    head: tuple[Box, str] | None = None

    @property
    def scaled(self) -> tuple[Panel, str]:
        """The map whose scale the sheet tells, and its name: of a group, or the main one."""
        return (self.insets[0][0].panel, _name(1)) if self.head else (self.panel, MAP)


def framed(studio: Studio) -> LayoutInsets:
    """Return the main map of our sheets and their insets of islands, without names and discs."""
    frame, strip = frames.frame(studio.villages, studio.layout), packing.strip(studio.layout)
    shown = [
        inset.of_window(studio.villages, window, frame.panel, strip) for window in frame.windows
    ]
    titled = tuple((one, _title(studio, one)) for one in shown)
    islands, head = frozenset(range(len(titled))), _head(studio, frame.head, frame.panel)
    return LayoutInsets(frame.panel, titled, islands, head=head)


def of_sheets(studio: Studio, names: Arrangement) -> LayoutInsets:
    """Return what the sheets of a run show, once their names have places."""
    letters = [item for item in inset_marks.windows(studio, names) if isinstance(item, Text)]
    return LayoutInsets(
        names.main.panel,
        tuple((town.inset, inset_marks.title(studio, names, town)) for town in names.towns),
        frozenset(n for n, town in enumerate(names.towns) if town.has_islands),
        tuple(letters),
        (names.tokens, *(town.tokens for town in names.towns)),
        _head(studio, names.head, names.main.panel),
    )


def _head(studio: Studio, head: Box | None, panel: Panel) -> tuple[Box, str] | None:
    return (head, inset_marks.of_whole(studio, panel)) if head else None


def _title(studio: Studio, one: Inset) -> str:
    return studio.texts("peta.inset", penyebut=studio.texts.decimal(one.panel.denominator, 0))


def draw(studio: Studio, sheet: LayoutSheet, small: LayoutInsets, theme: str) -> Iterator[Element]:
    """Yield titles and maps of insets, what is in front first.

    Parameters
    ----------
    theme : str
        The map theme that they follow.
    """
    layout = studio.layout
    if small.head:
        head, title = small.head
        yield from _headed(layout, sheet, _WHOLE, small.panel.box, head, title)
    for n, (one, title) in enumerate(small.insets, start=1):
        name = _name(n)
        yield from _headed(layout, sheet, name, one.panel.box, one.head, title)
        view = MapView(one.panel.ground().bounds, theme=theme, ground=layout.colours.sea)
        within = [grid_within(studio, one.panel)] if n - 1 in small.islands else []
        lines = [map_items.grid_of(sheet, name, g, project_layers.degrees()) for g in within]
        yield map_items.map_item(sheet, name, one.panel.box, view, *lines)


def grid_within(studio: Studio, panel: Panel) -> MapGrid:
    """Return the lines of a map of islands, its coordinates within the frame, as on our sheets."""
    axes: tuple[Axis, Axis] = ("longitude", "latitude")
    layout = studio.layout
    east, north = (
        inset_graticule.seconds_between(panel, axis, layout, studio.faces) / 3600 for axis in axes
    )
    return MapGrid(
        (east, north),
        Stroke(layout.colours.graticule, layout.lines.graticule),
        layout.type.note,
        map_items.coordinate_words(studio.texts),
        map_items.coordinate_words(studio.texts, "_detik"),
        is_inside=True,
        whole=_whole(studio, panel),
    )


def _whole(studio: Studio, panel: Panel) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return longitudes and latitudes whose coordinates stand in the frame from end to end.

    Longitudes stand along the lower side, latitudes upright along the left one.
    """
    size, box = studio.layout.type.note, panel.box
    half = studio.faces["regular"].width_mm(inset_graticule.LONGEST, size) / 2
    west, _ = panel.degrees_of_paper(box.left + half, box.bottom)
    east, _ = panel.degrees_of_paper(box.right - half, box.bottom)
    _, south = panel.degrees_of_paper(box.left, box.bottom + half)
    _, north = panel.degrees_of_paper(box.left, box.top - half)
    return (west, east), (south, north)


def _headed(
    layout: Layout, sheet: LayoutSheet, name: str, map_box: Box, head: Box, title: str
) -> Iterator[Element]:
    """Yield the frame of a map and its title above it."""
    around = Box(map_box.left, map_box.bottom, map_box.width, map_box.height + head.height)
    yield items.frame(sheet, f"bingkai_{name}", around, layout.lines.frame / 2)
    yield items.label(
        sheet,
        f"{name}_judul",
        head,
        items.plain(title),
        layout.type.note,
        align="centre",
        is_bold=True,
        ground=layout.colours.paper,
        is_template=True,
    )


def items_of(
    studio: Studio,
    sheet: LayoutSheet,
    small: LayoutInsets | None,
    shown: MapSpecification,
    theme: str,
) -> Iterator[Element]:
    """Yield discs, their row of the legend, letters and insets of a map, in front first."""
    if small is None:
        return
    yield from discs(sheet, small, sheets.class_colours(studio.method, shown))
    yield from explained(studio, sheet, small)
    yield from letters(sheet, small)
    yield from draw(studio, sheet, small, theme)


def discs(sheet: LayoutSheet, small: LayoutInsets, colours: Mapping[str, str]) -> Iterator[Element]:
    """Yield the discs of villages too small to show their class, and their lines.

    Parameters
    ----------
    colours : mapping of str to str
        Kemendagri code to ``#RRGGBB``.
    """
    for tokens in small.tokens:
        for code, spot in sorted(tokens.places.items()):
            radius = tokens.radius(code)
            yield items.disc(sheet, f"cakram_{code}", spot, colours[code], radius)
        for n, led in enumerate(tokens.leaders, start=1):
            (x, y), *_, (to_x, to_y) = led.line.coords
            yield items.straight(sheet, f"garis_{tokens.box.left}_{n}", (x, y), (to_x, to_y))


def explained(studio: Studio, sheet: LayoutSheet, small: LayoutInsets) -> Iterator[Element]:
    """Yield the row of the legend about discs, at its lower end, if there are discs."""
    if not any(tokens.places for tokens in small.tokens):
        return
    layout = studio.layout
    box, unit, size = layout.boxes.box("legend"), layout.furniture, layout.type.body
    high = size * MM_PER_PT * _LETTER
    bottom = box.bottom + 2 * unit
    spot = (box.left + 6 * unit, bottom + high / 2)
    yield items.disc(sheet, "legenda_cakram", spot, layout.colours.paper)
    words = Box(box.left + 12 * unit, bottom, box.width - 14 * unit, high)
    yield items.label(sheet, "legenda_cakram_kata", words, studio.texts("peta.cakram"), size)


def letters(sheet: LayoutSheet, small: LayoutInsets) -> Iterator[Element]:
    """Yield the letters that tell on the main map which inset enlarges what."""
    for n, one in enumerate(small.letters, start=1):
        side = one.size_pt * MM_PER_PT * _LETTER
        box = Box(one.x - side / 2, one.y - side / 4, side, side)
        yield items.label(
            sheet,
            f"huruf_{n}",
            box,
            one.text,
            one.size_pt,
            align="centre",
            is_bold=True,
            is_haloed=True,
        )


def marks(
    studio: Studio, sheet: LayoutSheet, of_map: str, small: LayoutInsets
) -> Iterator[Element]:
    """Yield the frames of insets on the main map, of ground that it shows.

    Parameters
    ----------
    of_map : str
        Name of the main map.
    """
    for n, (one, _) in enumerate(small.insets, start=1):
        if not one.is_far:
            yield map_items.overview(sheet, of_map, _name(n), studio.layout.colours.ink)


def _name(number: int) -> str:
    return f"inset_{number}"
