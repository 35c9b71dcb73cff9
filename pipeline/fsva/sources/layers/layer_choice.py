"""Which layers of a file are the villages: the one that fits, a part per kecamatan, or a choice.

Owns the choice and the union. Rows are read by ``fsva.sources.layers.village_layer``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from fsva.config.editions import layer_schemas
from fsva.config.editions.layer_schemas import Fields
from fsva.core import codes
from fsva.core.errors import LayerError, Place, SourceError
from fsva.sources.layers import engines, layer_files, layer_request
from fsva.sources.layers.engines import LayerHeader
from fsva.sources.layers.layer_request import LayerRows, Request
from fsva.sources.layers.village_rows import CODE, NAME
from fsva.sources.plain import plain_table
from fsva.sources.plain.plain_table import Column
from fsva.sources.plain.shape_table import ShapeTable

Part = tuple[LayerHeader, LayerRows]
# Layers that share at least this part of the villages of one of them are two vintages.
_VINTAGE = 0.5
# Outlines are the same if they differ by at most this share of their area.
_SAME = 0.01


@dataclass(frozen=True)
class Choice:
    """The layers of a file that may be villages.

    Parameters
    ----------
    fits : sequence of (LayerHeader, Fields)
        With their fields of code and name; at least one.
    held : tuple of str
        Names of all its layers that may hold polygons.
    """

    fits: Sequence[tuple[LayerHeader, Fields]]
    held: tuple[str, ...]

    def beside(self, read: Iterable[str]) -> tuple[str, ...]:
        """Return the layers that may hold polygons, without those that were read."""
        left = Counter(self.held) - Counter(read)  # layers of a folder may share a name
        return tuple(name for name in dict.fromkeys(self.held) if name in left)


def fitting(asked: Request) -> Choice:
    """Find the layers of a file that may be villages, with their fields of code and name.

    Parameters
    ----------
    asked : Request
        File, and layer and fields as far as the office names them.

    Returns
    -------
    Choice
        The layers that fit, and the names of all.

    Raises
    ------
    SourceError
        Missing, empty or unreadable file.
    LayerError
        No layer of that name, or the fields are missing or unknown.
    """
    file = asked.file
    if not layer_files.is_layer(file):
        raise SourceError("lapisan_hilang", [Place(file)], {"kode": asked.district})
    layers = engines.headers(file)
    if not layers:
        raise LayerError("layer_kosong", [Place(file)])
    held = _named(layers, asked)
    known = [(h, layer_schemas.recognise(list(h.fields), asked.schemas)) for h in held]
    if not any(fields for _, fields in known):
        known = [(h, layer_request.by_headings(list(h.fields), asked)) for h in held]
    fits = [(header, fields) for header, fields in known if fields is not None]
    fits = fits or [(held[0], layer_request.fields_of(list(held[0].fields), asked))]
    areas = (str(header.layer) for header in layers if header.may_hold_polygons)
    return Choice(fits, tuple(areas))


def recognise(asked: Request) -> tuple[LayerHeader, Fields]:
    """Return the first of the layers that ``fitting`` finds.

    Parameters
    ----------
    asked : Request
        File, and layer and fields as far as the office names them.

    Raises
    ------
    FsvaError
        As ``fitting``.
    """
    return fitting(asked).fits[0]


def _named(layers: Sequence[LayerHeader], asked: Request) -> list[LayerHeader]:
    """Return the layers that may hold polygons, or those of the wanted name."""
    if asked.part is None:
        return [header for header in layers if header.may_hold_polygons] or [layers[0]]
    named = [h for h in layers if str(h.layer).casefold() == asked.part.casefold()]
    if not named:
        place = Place(asked.file, found=asked.part)
        raise LayerError("lapisan_tak_ada", [place], {"ada": _list(layers)})
    return named


def _list(layers: Sequence[LayerHeader]) -> str:
    return ", ".join(dict.fromkeys(str(header.layer) for header in layers))


def village_codes(rows: LayerRows) -> set[str]:
    """Return the codes of rows that are codes of villages, not of kecamatan."""
    form = codes.is_bps if rows.is_bps else codes.is_kemendagri
    return {code for code in rows.table[CODE] if code and form(code)}


def united(parts: Sequence[Part], asked: Request) -> LayerRows:
    """Return the rows of several layers as one, if each village stands in one of them only.

    A few villages at the edges of two layers may stand in both, with the same outline.

    Parameters
    ----------
    parts : sequence of (LayerHeader, LayerRows)
        The layers that have villages of the kabupaten.
    asked : Request
        Named in errors.

    Raises
    ------
    LayerError
        Several layers have the same village; the office must choose one.
    """
    held = [village_codes(rows) for _, rows in parts]
    times = Counter(code for codes_held in held for code in codes_held)
    twice = {code for code, n in times.items() if n > 1}
    is_vintage = any(len(twice & one) >= _VINTAGE * len(one) for one in held)
    if is_vintage or len({rows.is_bps for _, rows in parts}) > 1:
        places = [Place(asked.file, found=f"{h.layer} ({len(rows.table)})") for h, rows in parts]
        raise LayerError("lapisan_beberapa", places)
    if other := [code for code in sorted(twice) if not _is_same(code, parts)]:
        raise LayerError("desa_beberapa_lapisan", [_twice(code, parts, asked) for code in other])
    read = tuple((str(h.layer), h.n_rows or len(rows.table)) for h, rows in parts)
    tables, apart, first = [], [], 0
    for header, rows in parts:
        tables.append(_moved(rows.table, first))
        apart.append(_moved(rows.no_areas, first))
        first += max(header.n_rows, int(rows.table.index.max()) + 1)
    return replace(parts[0][1], table=_one(tables), no_areas=_one(apart), parts=read)


def _shapes(code: str, parts: Sequence[Part]) -> list[tuple[str, ShapeTable]]:
    """Return the rows of a village by layer, in degrees."""
    rows = [(str(h.layer), part.table.rows(part.table[CODE] == code)) for h, part in parts]
    return [(name, own.to_crs(4326)) for name, own in rows if len(own)]


def _is_same(code: str, parts: Sequence[Part]) -> bool:
    """Tell whether a village has one outline in all layers that have it."""
    shapes = (shapely.make_valid(own.geometry) for _, own in _shapes(code, parts))
    first, *others = [shapely.union_all(one) for one in shapes]
    return all(first.symmetric_difference(o).area <= _SAME * first.area for o in others)


def _twice(code: str, parts: Sequence[Part], asked: Request) -> Place:
    """Return the place of a village with other outlines in other layers."""
    rows = _shapes(code, parts)
    name = str(rows[0][1][NAME][0])
    return Place(asked.file, village=f"{name} ({code})", found=", ".join(one for one, _ in rows))


def _moved(rows: ShapeTable, first: int) -> ShapeTable:
    return replace(rows, index=rows.index + first)


def _one(parts: Sequence[ShapeTable]) -> ShapeTable:
    """Put rows under each other in the coordinate system of the first."""
    first = parts[0]
    there = [part if first.system is None else part.to_crs(first.system) for part in parts]
    names = dict.fromkeys(name for part in there for name in part.columns)
    columns = {name: np.concatenate([_column(part, name) for part in there]) for name in names}
    index = np.concatenate([part.index for part in there])
    shapes = np.concatenate([part.geometry for part in there])
    return ShapeTable(index, columns, first.key, shapes, first.system)


def _column(rows: ShapeTable, name: str) -> Column:
    return rows[name] if name in rows else plain_table.words([None] * len(rows))


def stop_without_codes(fits: Sequence[tuple[LayerHeader, Fields]], asked: Request) -> None:
    """Stop where several layers without official codes could be meant.

    Parameters
    ----------
    fits : sequence of (LayerHeader, Fields)
        From ``fitting``.
    asked : Request
        Named in errors.

    Raises
    ------
    LayerError
        There are several.
    """
    bare = [header for header, fields in fits if fields.schema.writing == "tanpa"]
    if len(bare) > 1:
        places = [Place(asked.file, found=str(header.layer)) for header in bare]
        raise LayerError("lapisan_beberapa", places)
