"""The list of village names on sheets of its own, where the map has no room for all of them.

Owns the parting of a district into sheets, and what stands on each: villages at a larger scale,
named or numbered, and beside them number, name and class of every one. Nothing is drawn for a
district whose map accounts for all its villages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from pipeline.figures import district as districts
from pipeline.figures import ground, key, logos, naming
from pipeline.figures import panel as panels
from pipeline.figures.arrangement import Arrangement
from pipeline.figures.district import District
from pipeline.figures.key import Row
from pipeline.figures.naming import Naming
from pipeline.figures.scene import Box, Item, Layer, Mark, Sheet, Stroke, Text, box_shape, tagged
from pipeline.figures.studio import Studio
from pipeline.specification import MapSpecification

_BESIDE = ("orientation", "legend", "locator", "notes")
_MAP = ("map",)
_HEAD_MM = 9.0
_PAD_MM = 1.8
_GAP_MM = 1.5
# A group of fewer villages is not parted once more.
_LEAST = 24


@dataclass(frozen=True)
class _List:
    """Where the list of a sheet stands and how much of it there is room for."""

    box: Box
    column: float
    columns: int
    lines: int


@dataclass(frozen=True, eq=False)
class _Part:
    """Villages of one sheet, the map they are on, and where their names stand there."""

    group: gpd.GeoDataFrame
    drawn: District
    names: Naming


def sheets(studio: Studio, made: Arrangement, one: MapSpecification) -> tuple[Sheet, ...]:
    """Draw the sheets of the list.

    Parameters
    ----------
    studio : Studio
        Villages, layout, language.
    made : Arrangement
        The names on the map; if it is complete, no list is due.
    one : MapSpecification
        The map whose classes are listed.

    Returns
    -------
    tuple of Sheet
        Each with whole kecamatan as far as they fit.
    """
    if made.complete:
        return ()
    room = _room(studio, one)
    groups = _parted(studio.villages, room.columns * room.lines)
    parts = [part for group in groups for part in _settled(studio, made, group)]
    return tuple(
        _sheet(studio, made, one, (part, n, len(parts), room))
        for n, part in enumerate(parts, start=1)
    )


def _room(studio: Studio, one: MapSpecification) -> _List:
    """Measure the list: it takes the place of legend, locator and notes."""
    layout, faces = studio.layout, studio.faces
    boxes = [layout.boxes.box(name) for name in _BESIDE]
    left, bottom = min(b.left for b in boxes), min(b.bottom for b in boxes)
    width, height = max(b.right for b in boxes) - left, max(b.top for b in boxes) - bottom
    rows = [_row(studio, one, code, "00") for code in studio.villages.index]
    column = key.widest(rows, faces, layout.type.note) + _GAP_MM
    lines = int((height - _HEAD_MM - _PAD_MM) / key.step_mm(layout))
    return _List(
        Box(left, bottom, width, height), column, max(1, int((width - _PAD_MM) / column)), lines
    )


def _row(studio: Studio, one: MapSpecification, code: str, number: str) -> Row:
    """Return number, name and class of a village as a line of the list."""
    priority = one.priorities[code]
    of_class = str(priority) if priority else studio.texts("daftar_nama.tanpa_kelas")
    return Row(number, f"{studio.villages.at[code, 'desa']} \u00b7 {of_class}")


def _parted(villages: gpd.GeoDataFrame, most: int) -> Iterator[gpd.GeoDataFrame]:
    """Part villages into groups whose lists fit, by whole kecamatan if that can be."""
    if len(villages) + villages["kecamatan"].nunique() <= most:
        yield villages
        return
    middles = villages.geometry.centroid.get_coordinates()
    axis = "x" if np.ptp(middles["x"]) >= np.ptp(middles["y"]) else "y"
    of_kecamatan = middles[axis].groupby(villages["kecamatan"]).transform("mean")
    whole = villages["kecamatan"].nunique() > 1
    along = (of_kecamatan if whole else middles[axis]).sort_values(kind="stable")
    half = along.iloc[(len(along) - 1) // 2]
    lower = along.index[along <= half] if along.iloc[-1] > half else along.index[along < half]
    first = villages.index.isin(lower)
    yield from _parted(villages[first], most)
    yield from _parted(villages[~first], most)


def _settled(studio: Studio, made: Arrangement, group: gpd.GeoDataFrame) -> Iterator[_Part]:
    """Place the names of a group; where some find no place, halve it: the scale grows."""
    layout, rules = studio.layout, studio.layout.map
    # What the main map names already need not be seen again, only be listed.
    sought = group[group.index.isin(list(made.numbers))]
    west, south, east, north = (group if sought.empty else sought).total_bounds.tolist()
    panel = panels.fit((west, south, east, north), group.crs, layout.boxes.box("map"),
                       rules.denominators, rules.margin)  # fmt: skip
    drawn = districts.on_panel(studio.villages, panel, rules.tolerance)
    names = _naming(studio, drawn, set(group.index))
    lost = set(sought.index) - names.named - names.numbered
    if lost and len(group) > _LEAST:
        for half in _parted(group, len(group)):
            yield from _settled(studio, made, half)
    else:
        yield _Part(group, drawn, names)


def _sheet(
    studio: Studio, made: Arrangement, one: MapSpecification, what: tuple[_Part, int, int, _List]
) -> Sheet:
    """Draw one sheet."""
    part, n, count, room = what
    group, panel = part.group, part.drawn.panel
    texts, layout = studio.texts, studio.layout
    scale = texts("peta.skala", penyebut=texts.decimal(panel.denominator, 0))
    head = texts("daftar_nama.judul", nomor=n, jumlah=count)
    kecamatan = ", ".join(sorted(set(group["kecamatan"])))
    below = f"{one.subtitle} - {scale}"
    heading = logos.heading(studio, layout.boxes.box("title"), head, below, layout)
    return Sheet(
        layout.width,
        layout.height,
        f"{head} - {one.subtitle}",
        texts.language,
        (
            Layer("title", tuple(heading), tag=("title",), apart=True),
            *_map(studio, made, part),
            Layer("frames", tuple(_frames(studio, room))),
            Layer("list", tuple(_list(studio, made, one, (group, room))), tag=("notes", "P 0")),
        ),
        author=studio.settings.compiler,
        edition=texts("peta.tanggal", tanggal=texts.date(studio.settings.issued)),
        source=" ".join(one.sources),
        in_words={"map": texts("daftar_nama.alt", jumlah=len(group), kecamatan=kecamatan)},
        grounds=(panel.georeference(scale),),
    )


def _map(studio: Studio, made: Arrangement, part: _Part) -> tuple[Layer, ...]:
    """Draw the villages of a sheet in white, those around it muted."""
    layout, drawn, box = studio.layout, part.drawn, part.drawn.panel.box
    own, white, muted = set(part.group.index), layout.colours.paper, layout.colours.foreign
    colours = {code: white if code in own else muted for code in drawn.codes}
    below = ground.draw(drawn.panel, studio.surroundings, drawn.outline(), layout)
    items = [*drawn.fills(colours, layout), *drawn.borders(layout)]
    names = part.names.items(made.listed, layout)
    return (
        Layer("ground", tuple(below), box, _MAP),
        Layer("villages", tuple(items), box, _MAP),
        Layer("names", tuple(names), box, _MAP),
    )


def _naming(studio: Studio, drawn: District, own: set[str]) -> Naming:
    """Name or number the villages of a sheet."""
    layout, faces = studio.layout, studio.faces
    places = naming.places(drawn, layout, faces, own)
    kecamatan = {k for k, c in zip(drawn.kecamatan, drawn.codes, strict=True) if c in own}
    found = naming.name(drawn, places, kecamatan, layout, faces)
    rest = [c for c in drawn.codes if c in own and c not in found.named | found.numbered]
    return naming.lead_numbers(drawn, found, rest, [], (layout, faces))


def _frames(studio: Studio, room: _List) -> list[Item]:
    boxes, ink = studio.layout.boxes, Stroke(studio.layout.colours.ink, studio.layout.lines.frame)
    every = [boxes.box("frame"), boxes.box("title"), boxes.box("map"), room.box]
    return [Mark(box_shape(box), stroke=ink) for box in every]


def _list(
    studio: Studio,
    made: Arrangement,
    one: MapSpecification,
    part: tuple[gpd.GeoDataFrame, _List],
) -> list[Item]:
    """Write the head of the list, then its lines below each kecamatan."""
    group, room = part
    layout, texts, box = studio.layout, studio.texts, room.box
    x, size, ink = box.left + _PAD_MM, layout.type.note, layout.colours.ink
    head: list[Item] = [
        Text(texts("daftar_nama.kepala"), x, box.top - 3.6, size + 1, "bold", ink),
        Text(texts("daftar_nama.kolom"), x, box.top - 6.8, size, "italic", ink),
    ]
    rows: list[Row] = []
    for name, members in group.sort_index().groupby("kecamatan"):
        rows.append(Row("", str(name)))
        rows += [_row(studio, one, code, made.listed[code]) for code in members.index]
    below = Box(box.left, box.bottom, box.width, box.height - _HEAD_MM)
    lines = key.columns_of(below, rows, room.lines, room.column, layout, studio.faces)
    return tagged([*head, *lines], "notes", "P 0")
