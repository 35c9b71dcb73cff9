"""Three maps side by side: A, B, and the change between them.

Owns the arrangement of a sheet of pairs, within the frame and title of the atlas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fsva.comparison.maps import change_maps, change_signs, pair_maps
from fsva.comparison.maps.change_palette import ChangePalette
from fsva.comparison.maps.drawn_sides import Half, lined, unhatched
from fsva.comparison.maps.pair_maps import PairWindow
from fsva.comparison.values.result import Comparison
from fsva.config.styles.layout import SMALLEST_TYPE_PT
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.drawing.elements import draft_strip, furniture, legend, notes
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import DECORATION, Item, Layer, Mark, Sheet, Stroke, Text, box_shape
from fsva.words.specification import LegendRow, MapSpecification

# Rows of the second and third legend are rows of a table of their own to a reader.
_ROWS_APART = 100
_MAP_SHARE = 0.58  # of an upright sheet's width
_CHANGE = 2  # the place of the change among the three


@dataclass(frozen=True, eq=False)
class Third:
    """One of the three maps of a sheet.

    Parameters
    ----------
    head : str
        What stands above it.
    windows : tuple of PairWindow
        What it has in common with the same map of other measures.
    shown : MapSpecification
        Colours and legend.
    notes : tuple of str
        Sentences below the legend.
    """

    head: str
    windows: tuple[PairWindow, ...]
    shown: MapSpecification
    notes: tuple[str, ...]


def draw(
    comparison: Comparison,
    changes: Sequence[MapSpecification],
    b: Half,
    a: Half | None,
    palette: ChangePalette,
) -> tuple[Sheet, ...]:
    """Draw the sheets of pairs.

    Parameters
    ----------
    a : Half or None
        The earlier edition, if its borders are known.
    palette : ChangePalette
        Sizes.
    """
    b, a = lined(b), lined(a) if a else None
    palette = _on_paper(palette, b.studio)
    columns = _columns(b.studio, palette)
    first, second, third = (_map_box(column, palette) for column in columns)
    windows = pair_maps.prepare(b, a, (first, second, third), palette)
    return tuple(
        _sheet(comparison, _thirds(comparison, change, (b, a), windows), columns, (b, palette))
        for change in changes
    )


def _on_paper(palette: ChangePalette, studio: Studio) -> ChangePalette:
    """Return the sizes of a sheet as large as the furniture of its layout."""
    unit = studio.layout.furniture
    sizes = {name: unit * size for name, size in palette.pair.model_dump().items()}
    return palette.model_copy(update={"pair": palette.pair.model_copy(update=sizes)})


def _columns(studio: Studio, palette: ChangePalette) -> tuple[Box, Box, Box]:
    """Return the room of the three maps with their legends, below the title."""
    boxes, gap = studio.layout.boxes, palette.pair.gap
    title, frame = boxes.box("title"), boxes.box("frame")
    bottom = frame.bottom + gap
    height = title.bottom - gap - bottom
    if _is_upright(title, height):  # one below the other, each with its legend to the right
        each = (height - 2 * gap) / 3
        first, second, third = (
            Box(title.left, bottom + n * (each + gap), title.width, each) for n in (2, 1, 0)
        )
        return first, second, third
    width = (title.width - 2 * gap) / 3
    first, second, third = (
        Box(title.left + n * (width + gap), bottom, width, height) for n in range(3)
    )
    return first, second, third


def _is_upright(title: Box, height: float) -> bool:
    return height > title.width


def _map_box(column: Box, palette: ChangePalette) -> Box:
    top, head = _rooms(column, palette)[0], palette.pair.head
    return Box(top.left, top.bottom, top.width, top.height - head)


def _thirds(
    comparison: Comparison,
    change: MapSpecification,
    halves: tuple[Half, Half | None],
    windows: Sequence[tuple[PairWindow, ...]],
) -> tuple[Third, Third, Third]:
    b, a = halves
    texts = b.studio.texts
    first, last = comparison.sides[0], comparison.sides[-1]
    now = _map_of(b.maps, change.measure_id)
    before = _map_of(a.maps, change.measure_id) if a else _earlier(comparison, now, b.studio)
    before, now = _with_row_of(before, now), _with_row_of(now, before)
    borders = () if a else (texts("perubahan.batas_b", nama=last.name),)
    scale = texts("peta.skala", penyebut=texts.decimal(windows[1][0].panel.denominator, 0)) + "."
    first_told = (change.sources[0], *borders, *_explained(windows[0], texts))
    return (
        Third(first.name, windows[0], before, (*first_told, *_warning(a or b))),
        Third(last.name, windows[1], now, (*change.sources[1:], scale, *_warning(b))),
        Third(texts("perubahan.kepala_perubahan"), windows[2], change, change.notes),
    )


def _explained(windows: Sequence[PairWindow], texts: Texts) -> list[str]:
    """Say that groups of islands stand side by side, and what discs are."""
    told = [texts("grafik.berdampingan")] if len(windows) > 1 else []
    has_discs = any(window.discs.places for window in windows)
    return [*told, *([texts("grafik.lingkaran")] if has_discs else [])]


def _warning(half: Half) -> tuple[str, ...]:
    """Say that borders are not official, if they are not."""
    studio = half.studio
    schematic = studio.settings.boundary.schematic
    return (studio.texts("peta.batas_skematis") + ".",) if schematic else ()


def _map_of(maps: Sequence[MapSpecification], measure: str) -> MapSpecification:
    return next(shown for shown in maps if shown.measure_id == measure)


def _with_row_of(shown: MapSpecification, other: MapSpecification) -> MapSpecification:
    """Give a legend the row without data of the other map, so that the rows of both stand level."""
    missing = [replace(row, count=0) for row in other.legend if not row.priority]
    if not missing or any(not row.priority for row in shown.legend):
        return shown
    return replace(shown, legend=(*missing, *shown.legend))


def _earlier(comparison: Comparison, now: MapSpecification, studio: Studio) -> MapSpecification:
    """Describe A's map by the classes of the villages that became those of B."""
    method = studio.method
    measure = next(m for m in method.measures() if m.id == now.measure_id)
    number = {k: c.number for c in method.classes_of(measure) for k in c.members}
    cells = next(c for c in comparison.cells if c.measure == now.measure_id)
    shown = {
        village.code_b: number[before] if before else 0
        for village, before in zip(comparison.villages, cells.classes_a, strict=True)
        if village.code_b
    }
    counts = list(shown.values())
    rows = [replace(row, count=counts.count(row.priority), interval="") for row in now.legend]
    if 0 in counts and all(row.priority for row in rows):
        name = studio.texts("peta.tanpa_data")
        rows.insert(0, LegendRow(0, method.no_data_colour, name, "", counts.count(0)))
    return replace(now, priorities=shown, legend=tuple(rows))


def _sheet(
    comparison: Comparison,
    thirds: tuple[Third, Third, Third],
    columns: Sequence[Box],
    how: tuple[Half, ChangePalette],
) -> Sheet:
    b, palette = how
    studio, texts = b.studio, b.studio.texts
    change = thirds[2].shown
    name = next(m for m in comparison.measures if m.id == change.measure_id).name[texts.language]
    heading = texts("perubahan.judul_pasangan", nomor=change.number, nama=name)
    mark = f"{texts('perubahan.cap')} - " if comparison.forced else ""
    titled = replace(change, title=f"{mark}{heading}".upper())
    marks = change_maps.signs(comparison, change, palette)
    drawn, said = [], []
    for n, third in enumerate(thirds):
        told = (marks, palette) if n == _CHANGE else (None, None)
        parts = [layer for one in third.windows for layer in one.layers(third.shown, *told)]
        lost = len(set(marks) - _signed(parts)) if n == _CHANGE else 0
        drawn.append(parts)
        said.append(replace(third, notes=(*third.notes, *_unsigned(lost, change, texts))))
    written = _words(said, columns, studio, palette)
    layers = [furniture.heading(studio, titled)]
    for parts, words in zip(drawn, written, strict=True):
        layers += [*parts, words]
    layers.append(_frames(columns, studio, palette))
    sheet = Sheet(
        studio.layout.width,
        studio.layout.height,
        f"{titled.title} - {titled.subtitle}",
        texts.language,
        tuple(layers),
        author=studio.settings.compiler,
        source=" ".join(change.sources),
        in_words={"map": change_maps.in_words(comparison, change, texts, "alt_pasangan")},
        grounds=tuple(
            window.panel.georeference(third.head) for third in thirds for window in third.windows
        ),
    )
    return draft_strip.marked(sheet, studio, studio.layout.boxes.box("frame").top)


def _signed(layers: Sequence[Layer]) -> set[str]:
    """Return the villages in which a sign stands."""
    return {i.code for layer in layers if layer.name == change_signs.LAYER for i in layer.items}


def _unsigned(count: int, change: MapSpecification, texts: Texts) -> list[str]:
    """Say where to find the signs that have no room on a small map."""
    number = texts.decimal(count, 0)
    words = texts("perubahan.catatan_tanda", jumlah=number, nomor=change.number)
    return [words] if count else []


def _frames(columns: Sequence[Box], studio: Studio, palette: ChangePalette) -> Layer:
    layout = studio.layout
    ink, width = layout.colours.ink, layout.lines.frame
    bold, thin = Stroke(ink, width), Stroke(ink, width / 2)
    items: list[Item] = [
        Mark(box_shape(layout.boxes.box("frame")), stroke=bold),
        Mark(box_shape(layout.boxes.box("title")), stroke=thin),
    ]
    for column in columns:
        items += [Mark(box_shape(box), stroke=thin) for box in _rooms(column, palette)]
    return Layer("frames", tuple(items), tag=DECORATION)


def _rooms(column: Box, palette: ChangePalette) -> tuple[Box, Box]:
    """Return the room of head and map, and of legend and notes."""
    style = palette.pair
    if column.width > column.height:
        width = column.width * _MAP_SHARE
        right = Box(
            column.left + width + style.gap,
            column.bottom,
            column.width - width - style.gap,
            column.height,
        )
        return Box(column.left, column.bottom, width, column.height), right
    low = Box(column.left, column.bottom, column.width, style.notes + style.legend)
    top = low.top + style.gap
    return Box(column.left, top, column.width, column.top - top), low


def _words(
    thirds: Sequence[Third], columns: Sequence[Box], studio: Studio, palette: ChangePalette
) -> list[Layer]:
    """Write heads, legends and notes of the three maps, in letters of one size."""
    style, layout, faces = palette.pair, studio.layout, studio.faces
    rooms = [_rooms(column, palette)[1] for column in columns]
    maps = [third.shown for third in thirds]
    legends = legend.setting(rooms[0], maps, layout, studio.texts, faces, below=style.notes)
    below = [Box(room.left, room.bottom, room.width, style.notes) for room in rooms]
    said = [[notes.Paragraph(words) for words in third.notes] for third in thirds]
    size = notes.fitting_size(below[0], said, layout, faces, SMALLEST_TYPE_PT)
    layers = []
    for n, (third, column) in enumerate(zip(thirds, columns, strict=True)):
        plain = studio if n < _CHANGE else unhatched(studio)
        drawn = legend.draw(
            rooms[n], third.shown, plain.layout, studio.texts, faces, legends, below=style.notes
        )
        written = notes.draw(below[n], said[n], layout, faces, size)
        items = [_head(third, column, studio, palette), *drawn, *written]
        layers.append(Layer("words", tuple(_apart(item, n) for item in items)))
    return layers


def _head(third: Third, column: Box, studio: Studio, palette: ChangePalette) -> Text:
    style, ink = palette.pair, studio.layout.colours.ink
    x, base = _rooms(column, palette)[0].centre[0], style.head / 2 + style.head_size * 0.127
    tag = ("notes", "P 90")
    size = style.head_size
    return Text(third.head, x, column.top - base, size, "bold", ink, "centre", tag=tag)


def _apart(item: Item, n: int) -> Item:
    """Keep the tables and paragraphs of the three maps apart for readers of the text."""
    if not item.tag or len(item.tag) == 1 or item.tag[1] == "Caption":
        return item
    kind, number = item.tag[1].split()
    moved = int(number) + n * _ROWS_APART
    return replace(item, tag=(item.tag[0], f"{kind} {moved}", *item.tag[2:]))
