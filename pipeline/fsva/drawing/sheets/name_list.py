"""The list of village names on sheets of its own, where the map has no room for all of them.

Owns the parting of a district into sheets, and what stands on each: villages at a larger scale,
named or numbered, beside them the table of all (``name_table``), and the furniture of a map
(``name_furniture``). Nothing is drawn for a district whose map accounts for all its villages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from fsva.core.columns import PARENT, UNIT
from fsva.drawing.elements import draft_strip, stamp, title_logos
from fsva.drawing.maps import district as districts
from fsva.drawing.maps import graticule, ground
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import naming
from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.names.naming import Naming
from fsva.drawing.paper.scene import Layer, Sheet
from fsva.drawing.sheets import name_furniture, name_table
from fsva.drawing.sheets.name_furniture import NameSheetBoxes
from fsva.drawing.sheets.name_table import Entry, NameTable
from fsva.words import specification
from fsva.words.specification import MapSpecification, district_name

_MAP = ("map",)
# A group of fewer villages is not parted once more.
_LEAST = 24


@dataclass(frozen=True, eq=False)
class _Part:
    """Villages of one sheet, the map they are on, and where their names stand there."""

    group: gpd.GeoDataFrame
    drawn: DrawnDistrict
    names: Naming


def sheets(studio: Studio, arrangement: Arrangement, shown: MapSpecification) -> tuple[Sheet, ...]:
    """Draw the sheets of the list.

    Parameters
    ----------
    arrangement : Arrangement
        The names on the map; if it is complete, no list is due.

    Returns
    -------
    tuple of Sheet
        Each with whole kecamatan as far as they fit.
    """
    if arrangement.complete:
        return ()
    rooms = name_furniture.rooms(studio, shown)
    table = name_table.measure(studio, set(arrangement.listed.values()), rooms.table)
    groups = _parted(studio.villages, table.entries)
    parts = [part for group in groups for part in _settled(studio, arrangement, group)]
    return tuple(
        _sheet(studio, arrangement, shown, (part, n, len(parts)), (rooms, table))
        for n, part in enumerate(parts, start=1)
    )


def _parted(villages: gpd.GeoDataFrame, most: int, least: int = 1) -> Iterator[gpd.GeoDataFrame]:
    """Part villages into groups whose tables fit, by whole kecamatan if that can be.

    Parameters
    ----------
    villages : GeoDataFrame
        With ``kecamatan``.
    most : int
        Lines of a table.
    least : int
        Groups that are wanted even if fewer would do.
    """
    entries = len(villages) + villages[PARENT].nunique()
    count = max(least, -(-entries // most))
    if count == 1 or len(villages) == 1:
        yield villages
        return
    middles = villages.geometry.centroid.get_coordinates()
    axis = "x" if np.ptp(middles["x"]) >= np.ptp(middles["y"]) else "y"
    of_kecamatan = middles[axis].groupby(villages[PARENT]).transform("mean")
    whole = villages[PARENT].nunique() > 1
    along = (of_kecamatan if whole else middles[axis]).sort_values(kind="stable")
    half = along.iloc[(len(along) * (count // 2) - 1) // count]
    lower = along.index[along <= half] if along.iloc[-1] > half else along.index[along < half]
    first = villages.index.isin(lower)
    yield from _parted(villages[first], most)
    yield from _parted(villages[~first], most)


def _settled(studio: Studio, arrangement: Arrangement, group: gpd.GeoDataFrame) -> Iterator[_Part]:
    """Place the names of a group; where some find no place, halve it: the scale grows."""
    layout, rules = studio.layout, studio.layout.map
    # What the main map names already need not be seen again, only be listed.
    sought = group[group.index.isin(list(arrangement.numbers))]
    west, south, east, north = (group if sought.empty else sought).total_bounds.tolist()
    panel = panels.fit(
        (west, south, east, north),
        group.crs,
        layout.boxes.box("map"),
        rules.denominators,
        rules.margin,
    )
    drawn = districts.on_panel(studio.villages, panel, rules.tolerance)
    names = _naming(studio, drawn, set(group.index))
    lost = set(sought.index) - names.named - names.numbered
    if lost and len(group) > _LEAST:
        for half in _parted(group, 2 * len(group), least=2):
            yield from _settled(studio, arrangement, half)
    else:
        yield _Part(group, drawn, names)


def _sheet(
    studio: Studio,
    arrangement: Arrangement,
    shown: MapSpecification,
    what: tuple[_Part, int, int],
    where: tuple[NameSheetBoxes, NameTable],
) -> Sheet:
    """Draw one sheet."""
    (part, n, count), (rooms, table) = what, where
    group, panel = part.group, part.drawn.panel
    texts, layout = studio.texts, studio.layout
    denominator = texts.decimal(panel.denominator, 0)
    kecamatan = ", ".join(sorted(set(group[PARENT])))
    title = texts("daftar_nama.judul")
    heading = title_logos.heading(
        studio, layout.boxes.box("title"), title.upper(), shown.subtitle, layout
    )
    listed = name_table.draw(studio, table, list(_entries(arrangement, shown, group)), shown)
    index = name_furniture.index(studio, arrangement.main, set(group.index), rooms.index)
    furniture = name_furniture.draw(studio, shown, panel, rooms)
    drawn = Sheet(
        layout.width,
        layout.height,
        texts("daftar_nama.lembar", nomor=n, jumlah=count, kecamatan=kecamatan),
        texts.language,
        (
            Layer("title", tuple(heading), tag=("title",), apart=True),
            *_map(studio, arrangement, part),
            Layer("list", tuple(listed)),
            Layer("index", tuple(index), rooms.index, ("locator",)),
            Layer("furniture", tuple(furniture)),
            stamp.draw(studio, n, count),
        ),
        author=studio.settings.compiler,
        edition=texts("peta.tanggal", tanggal=specification.issued(studio.settings, texts)),
        source=" ".join(shown.sources),
        in_words={
            "map": texts(
                "daftar_nama.alt",
                jumlah=texts.decimal(len(group), 0),
                penyebut=denominator,
                kecamatan=kecamatan,
            ),
            "locator": texts(
                "daftar_nama.alt_letak",
                kecamatan=kecamatan,
                daerah=district_name(studio.settings, texts),
            ),
        },
        grounds=(panel.georeference(texts("peta.skala", penyebut=denominator)),),
    )
    return draft_strip.marked(drawn, studio, layout.boxes.box("frame").top)


def _entries(
    arrangement: Arrangement, shown: MapSpecification, group: gpd.GeoDataFrame
) -> Iterator[Entry]:
    """Yield the kecamatan of a sheet, each with its villages in the order of their codes."""
    for kecamatan, members in group.sort_index().groupby(PARENT):
        yield Entry(str(kecamatan))
        for code, name in members[UNIT].items():
            yield Entry(name, arrangement.listed[str(code)], shown.priorities[str(code)])


def _map(studio: Studio, arrangement: Arrangement, part: _Part) -> tuple[Layer, ...]:
    """Draw the villages of a sheet in white, those around it muted."""
    drawn, box = part.drawn, part.drawn.panel.box
    layout = studio.layout.for_villages(drawn.median_side())
    shown_codes, white, muted = set(part.group.index), layout.colours.paper, layout.colours.foreign
    colours = {code: white if code in shown_codes else muted for code in drawn.codes}
    names = part.names.items(arrangement.listed, layout)
    papers = [*part.names.papers(), *(led.paper() for led in part.names.led_numbers.values())]
    taken = shapely.union_all([drawn.outline(), *papers])
    around = ground.draw(drawn.panel, studio.surroundings, drawn.outline(), layout)
    below = [
        *around.items,
        *graticule.marks(drawn.panel, layout),
        *ground.names(drawn.panel, studio.surroundings, taken, layout, studio.texts, studio.faces),
    ]
    items = [
        *drawn.fills(colours, layout),
        *drawn.village_lines(colours, layout),
        *drawn.borders(layout, around.beyond),
    ]
    return (
        Layer("ground", tuple(below), box, _MAP),
        Layer("villages", tuple(items), box, _MAP),
        Layer("names", tuple(names), box, _MAP),
    )


def _naming(studio: Studio, drawn: DrawnDistrict, shown_codes: set[str]) -> Naming:
    """Name or number the villages of a sheet."""
    layout, faces = studio.layout, studio.faces
    places = naming.places(drawn, layout, faces, shown_codes)
    kecamatan = {k for k, c in zip(drawn.kecamatan, drawn.codes, strict=True) if c in shown_codes}
    named = naming.name(drawn, places, kecamatan, layout, faces)
    rest = [c for c in drawn.codes if c in shown_codes and c not in named.named | named.numbered]
    return naming.lead_numbers(drawn, named, rest, [], (layout, faces))
