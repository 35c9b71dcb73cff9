"""The sheets per kecamatan, where the map of the district has no room for all names.

Owns which sheets there are and what stands on each: the map of a kecamatan (``kecamatan_maps``),
its classes and villages as a table (``drawing.sheets.name_table``), the furniture of a map
(``drawing.sheets.name_furniture``). The index of all villages follows (``village_index``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from fsva.core.box import Box
from fsva.core.columns import PARENT, UNIT
from fsva.core.screens import steps
from fsva.drawing.details import class_key, detail_insets, kecamatan_maps, village_index
from fsva.drawing.details.kecamatan_maps import DetailMap, MapGround
from fsva.drawing.details.village_index import Found
from fsva.drawing.elements import draft_strip, stamp, title_logos
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.paper.scene import GroundExtent, Layer, Sheet
from fsva.drawing.sheets import name_furniture, name_table
from fsva.drawing.sheets.name_furniture import IndexMap, NameSheetBoxes
from fsva.drawing.sheets.name_table import Entry, NameTable
from fsva.sources.plain.shape_table import ShapeTable
from fsva.words import specification
from fsva.words.specification import MapSpecification, district_name

# A kecamatan of fewer villages is not parted, even if some find no place for a number.
_LEAST = 6


@dataclass(frozen=True, eq=False)
class DetailPart:
    """The villages of one sheet: a kecamatan, or one of several parts of it.

    Parameters
    ----------
    kecamatan : str
        Its name.
    detail : DetailMap
        Its map.
    number, count : int
        Which part it is, of how many.
    """

    kecamatan: str
    detail: DetailMap
    number: int = 1
    count: int = 1

    def group(self, villages: ShapeTable) -> ShapeTable:
        """Return the rows of its villages in the order of their codes."""
        return villages.at(sorted(self.detail.codes))


@dataclass(frozen=True, eq=False)
class _Form:
    """What all sheets share: rooms, the table's columns, what the map shows, and the index."""

    rooms: NameSheetBoxes
    key: Box
    table: NameTable
    shown: MapSpecification
    index: IndexMap


def rows(studio: Studio, arrangement: Arrangement, shown: MapSpecification) -> int:
    """Return how many villages and heads the table of a sheet has room for."""
    return _form(studio, arrangement, shown).table.entries


def parts(studio: Studio, most: int) -> tuple[DetailPart, ...]:
    """Find which sheets there are, and the places of all names on their maps.

    Parameters
    ----------
    most : int
        From ``rows``.
    """
    of_kecamatan = studio.villages.sorted().groups(PARENT)
    return tuple(
        part
        for kecamatan, group in steps.walked(of_kecamatan.items())
        for part in _numbered(str(kecamatan), [*_settled(studio, group, most)])
    )


def grounds(studio: Studio, placed: Sequence[DetailPart]) -> tuple[MapGround, ...]:
    """Draw what the maps of all sheets show whatever the classes of their villages are.

    Parameters
    ----------
    placed : sequence of DetailPart
        From ``parts``.
    """
    return tuple(kecamatan_maps.grounded(studio, part.detail) for part in placed)


def sheets(
    studio: Studio,
    arrangement: Arrangement,
    shown: MapSpecification,
    placed: Sequence[DetailPart] | None = None,
    grounded: Sequence[MapGround] | None = None,
) -> tuple[Sheet, ...]:
    """Draw the sheets of a district.

    Parameters
    ----------
    arrangement : Arrangement
        The names on the map; if it is complete, no sheets are due.
    shown : MapSpecification
        The map whose classes the sheets show.
    placed : sequence of DetailPart or None
        From ``parts``, if it has been called already.
    grounded : sequence of MapGround or None
        From ``grounds`` of these parts, if it has been called already.

    Returns
    -------
    tuple of Sheet
        One per kecamatan in the order of the codes, or several where its villages are too many for
        one, then the index.
    """
    if arrangement.complete:
        return ()
    form = _form(studio, arrangement, shown)
    every = parts(studio, form.table.entries) if placed is None else placed
    below = grounds(studio, every) if grounded is None else grounded
    drawn = [
        _sheet(studio, arrangement, (part, around), form)
        for part, around in zip(every, below, strict=True)
    ]
    found = [
        Found(str(name), part.kecamatan, n)
        for n, part in enumerate(every, start=1)
        for name in part.group(studio.villages)[UNIT]
    ]
    drawn += village_index.sheets(studio, found, shown)
    return stamp.numbered(studio, drawn)


def _form(studio: Studio, arrangement: Arrangement, shown: MapSpecification) -> _Form:
    rooms = name_furniture.rooms(studio, shown)
    key, table_room = class_key.parted(studio, rooms.table, shown)
    table = name_table.measure(studio, set(arrangement.listed.values()), table_room)
    index = IndexMap(studio.layout, arrangement.main, rooms.index)
    return _Form(rooms, key, table, shown, index)


def _numbered(kecamatan: str, settled: list[DetailMap]) -> list[DetailPart]:
    count = len(settled)
    return [DetailPart(kecamatan, detail, n, count) for n, detail in enumerate(settled, start=1)]


def _settled(studio: Studio, group: ShapeTable, most: int) -> Iterator[DetailMap]:
    """Place the names of a kecamatan; where some find no place, halve it: the scale grows."""
    if len(group) + 1 > most and len(group) > 1:
        for half in _halves(group):
            yield from _settled(studio, half, most)
        return
    box = studio.layout.boxes.box("map")
    detail = kecamatan_maps.settle(studio, group, box, has_insets=True)
    if detail.lost and len(group) > _LEAST:
        for half in _halves(group):
            yield from _settled(studio, half, most)
    else:
        yield detail


def _halves(group: ShapeTable) -> tuple[ShapeTable, ShapeTable]:
    """Part villages along the longer side of their ground."""
    x, y = shapely.get_coordinates(shapely.centroid(group.geometry)).T
    along = np.argsort(x if np.ptp(x) >= np.ptp(y) else y, kind="stable")
    first = np.isin(np.arange(len(group)), along[: len(along) // 2])
    return group.rows(first), group.rows(~first)


def _title(studio: Studio, part: DetailPart) -> str:
    """Return the title of a sheet; parts of a kecamatan are counted."""
    texts = studio.texts
    if part.count == 1:
        return texts("daftar_nama.judul", kecamatan=part.kecamatan)
    return texts(
        "daftar_nama.judul_bagian",
        kecamatan=part.kecamatan,
        nomor=part.number,
        jumlah=part.count,
    )


def _sheet(
    studio: Studio, arrangement: Arrangement, drawn_part: tuple[DetailPart, MapGround], form: _Form
) -> Sheet:
    """Draw one sheet."""
    part, around = drawn_part
    group, panel, shown = part.group(studio.villages), part.detail.panel, form.shown
    texts, layout = studio.texts, studio.layout
    title, box = _title(studio, part), layout.boxes.box("title")
    heading = title_logos.heading(studio, box, title.upper(), shown.subtitle, layout)
    listed = name_table.draw(studio, form.table, list(_entries(arrangement, shown, group)), shown)
    codes = {str(code) for code in group.index}
    index = form.index.items(codes)
    furniture = name_furniture.draw(studio, shown, panel, form.rooms)
    drawn = Sheet(
        layout.width,
        layout.height,
        title,
        texts.language,
        (
            Layer("title", tuple(heading), tag=("title",), apart=True),
            *kecamatan_maps.layers(studio, part.detail, shown, arrangement.listed, around=around),
            *detail_insets.layers(studio, part.detail, shown, arrangement.listed),
            Layer("key", tuple(class_key.draw(studio, form.key, shown))),
            Layer("list", tuple(listed)),
            Layer("index", tuple(index), form.rooms.index, ("locator",)),
            Layer("furniture", tuple(furniture)),
        ),
        author=studio.settings.compiler,
        edition=texts("peta.tanggal", tanggal=specification.issued(studio.settings, texts)),
        source=" ".join(shown.sources),
        in_words=_in_words(studio, part),
        grounds=tuple(_grounds(studio, part)),
        bookmark=title,
    )
    return draft_strip.marked(drawn, studio, layout.boxes.box("frame").top)


def _in_words(studio: Studio, part: DetailPart) -> dict[str, str]:
    """Say what the map and the map of where it lies show."""
    texts = studio.texts
    return {
        "map": texts(
            "daftar_nama.alt",
            jumlah=texts.decimal(len(part.detail.codes), 0),
            penyebut=texts.decimal(part.detail.panel.denominator, 0),
            kecamatan=part.kecamatan,
        ),
        "locator": texts(
            "daftar_nama.alt_letak",
            kecamatan=part.kecamatan,
            daerah=district_name(studio.settings, texts),
        ),
    }


def _grounds(studio: Studio, part: DetailPart) -> Iterator[GroundExtent]:
    """Yield where the map and its insets lie."""
    for panel in detail_insets.panels(part.detail):
        scale = studio.texts.decimal(panel.denominator, 0)
        yield panel.georeference(studio.texts("peta.skala", penyebut=scale))


def _entries(
    arrangement: Arrangement, shown: MapSpecification, group: ShapeTable
) -> Iterator[Entry]:
    """Yield the kecamatan of a sheet and its villages in the order of their codes."""
    for kecamatan, members in sorted(group.sorted().groups(PARENT).items()):
        yield Entry(str(kecamatan))
        for code, name in members.by_code(UNIT).items():
            yield Entry(name, arrangement.listed[str(code)], shown.priorities[str(code)])
