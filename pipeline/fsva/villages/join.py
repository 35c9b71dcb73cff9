"""Joining table, crosswalk and layer one to one, with an account of both sides.

Owns the ledger of the join. It reads no files and never matches by similarity: codes decide, names
are only compared and reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shapely import Geometry

from fsva.core.codes import KemendagriCode
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, ROW, UNIT
from fsva.core.errors import JoinError, Place, stop_at
from fsva.core.names import is_same
from fsva.sources.plain import plain_table
from fsva.sources.plain.arrays import Words
from fsva.sources.plain.plain_table import Table
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages.inherited_values import Inherited
from fsva.villages.oddities import Oddity
from fsva.villages.sourced_columns import Supplied


@dataclass(frozen=True)
class JoinedFiles:
    """The files that are joined, for error messages.

    Parameters
    ----------
    table, crosswalk, layer : Path
        As the user named them.
    """

    table: Path
    crosswalk: Path
    layer: Path


@dataclass(frozen=True)
class Joined:
    """The villages, each with its values and its polygon.

    Parameters
    ----------
    villages : ShapeTable
        Indexed by Kemendagri code and sorted by it: ``kode_bps``, ``kecamatan``, ``desa``, a
        column per indicator, ``geometry`` in metres.
    ledger : Table
        One row per village, columns of ``gabung.csv``; ``keterangan`` is ``same`` or
        ``other_name``.
    repairs : Table
        Changes that the repair made to the polygons (``fsva.villages.repair``); empty if not known.
    inherited : Inherited
        Effect of the succession table on values and polygons.
    rows : Table
        Rows of the layer that were left out or united (``fsva.sources.layers.village_rows``).
    supplied : Supplied
        Numbers that do not come from the table.
    oddities : tuple of Oddity
        What is odd about places and shapes, and what accepts it; holes.
    layers : tuple of (str, int)
        Layers of a file with several that were read, and how many rows each has.
    unread : tuple of str
        Its other layers that may hold polygons.
    """

    villages: ShapeTable
    ledger: Table
    repairs: Table = field(default_factory=Table)
    inherited: Inherited = field(default_factory=Inherited)
    rows: Table = field(default_factory=Table)
    supplied: Supplied = field(default_factory=Supplied)
    oddities: tuple[Oddity, ...] = ()
    layers: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """The names of the villages by BPS code."""
        villages = zip(self.villages[BPS], self.villages[UNIT], strict=True)
        return {str(code): str(name) for code, name in villages}

    def unclaimed(self) -> list[Geometry]:
        """Return the outlines of holes that nothing accepts, in the layer's coordinate system."""
        return [o.outline for o in self.oddities if o.outline is not None and o.accepted is None]


def join(table: Table, crosswalk: Table, layer: ShapeTable, names: JoinedFiles) -> Joined:
    """Join the three by their codes and account for every row.

    Parameters
    ----------
    table : Table
        Indexed by BPS code: ``kecamatan``, ``desa``, ``baris`` and the indicators.
    crosswalk : Table
        Indexed by BPS code: ``kode_kemendagri``, ``nama_bps``, ``nama_kemendagri``.
    layer : ShapeTable
        Indexed by Kemendagri code: ``nama`` and geometry.

    Raises
    ------
    JoinError
        A village of the table is unknown to the crosswalk, has no polygon, is missing from the
        table though the layer has it, or its name in the crosswalk is another one.
    """
    stop_at(list(_problems(table, crosswalk, layer, names)))
    paired = crosswalk.at(table.codes)
    columns = {BPS: table.index, **table.without(ROW).columns}
    joined = Table(paired[KEMENDAGRI], columns, KEMENDAGRI).sorted()
    shapes = layer.at(joined.codes)
    villages = ShapeTable(joined.index, joined.columns, KEMENDAGRI, shapes.geometry, layer.crs)
    called = dict(zip(paired[KEMENDAGRI], paired["nama_kemendagri"], strict=True))
    return Joined(villages, _ledger(joined, called, shapes["nama"]))


def _problems(
    table: Table, crosswalk: Table, layer: ShapeTable, names: JoinedFiles
) -> Iterator[JoinError]:
    """Yield all problems that prevent the join; each village once."""
    yield from _account_table(table, crosswalk, names)
    known = table.rows(table.is_in(crosswalk.codes))
    partners = crosswalk.at(known.codes)
    paired = known.with_columns({n: partners[n] for n in (KEMENDAGRI, "nama_bps")})
    yield from _check_names(paired, names)
    unknown = layer.rows(~layer.is_in(set(crosswalk[KEMENDAGRI])))
    yield from _account_layer(paired, layer, unknown, names)


def _account_table(table: Table, crosswalk: Table, names: JoinedFiles) -> Iterator[JoinError]:
    unknown = table.rows(~table.is_in(crosswalk.codes))
    if len(unknown):
        places = _table_places(unknown, names.table)
        yield JoinError("tak_ada_di_penyelarasan", places, {"berkas": str(names.crosswalk)})
    absent = crosswalk.rows(~crosswalk.is_in(table.codes))
    if len(absent):
        parents = _parents(absent)
        villages = [(c, str(n), parents.get(c, "")) for c, n in absent.by_code("nama_bps").items()]
        yield JoinError(
            "tak_ada_di_tabel",
            _villages(villages, names.crosswalk),
            {"berkas": str(names.table), "contoh": _row(*villages[0])},
        )


def _account_layer(
    paired: Table, layer: ShapeTable, left: ShapeTable, names: JoinedFiles
) -> Iterator[JoinError]:
    without = paired.rows(~plain_table.is_in(paired[KEMENDAGRI], layer.codes))
    if len(without):
        places = _table_places(without, names.table, KEMENDAGRI)
        yield JoinError("tanpa_poligon", places, {"berkas": str(names.layer)})
    if len(left):
        known = zip(paired[KEMENDAGRI], paired[PARENT], strict=True)
        near = {_kecamatan(code): str(parent) for code, parent in known}
        said = left.by_code("nama").items()
        villages = [(code, str(name), near.get(_kecamatan(code), "")) for code, name in said]
        yield JoinError(
            "poligon_tanpa_tabel",
            _villages(villages, names.layer),
            {"berkas": str(names.table), "padanan": str(names.crosswalk)},
        )


def _check_names(paired: Table, names: JoinedFiles) -> Iterator[JoinError]:
    """Find codes with another name in the crosswalk: they were shifted or mistyped."""
    other = paired.rows(~_same(paired[UNIT], paired["nama_bps"]))
    if len(other):
        cells = zip(other.codes, other[ROW], other["nama_bps"], other[UNIT], strict=True)
        places = [
            Place(names.table, int(row), UNIT, f"{name} ({code})", found)
            for code, row, name, found in cells
        ]
        yield JoinError("nama_lain", places, {"berkas": str(names.crosswalk)})


def _same(one: plain_table.Column, other: plain_table.Column) -> NDArray[np.bool_]:
    """Mark where two columns have the same name, in any spelling."""
    pairs = zip(one, other, strict=True)
    return np.array([is_same(a, b) for a, b in pairs], dtype=bool)


def _table_places(rows: Table, file: Path, column: str | None = None) -> Sequence[Place]:
    found = rows[column] if column else rows.index
    of = _parents(rows)
    cells = zip(rows.codes, rows[ROW], rows[UNIT], found, strict=True)
    return [
        Place(file, int(row), column or BPS, _village(code, name, of.get(code, "")), str(value))
        for code, row, name, value in cells
    ]


def _villages(villages: Iterable[tuple[str, str, str]], file: Path) -> Sequence[Place]:
    return [Place(file, village=_village(*village)) for village in villages]


def _village(code: str, name: str, kecamatan: str) -> str:
    """Return what messages call a village."""
    return f"{name} ({code}, {kecamatan})" if kecamatan else f"{name} ({code})"


def _parents(rows: Table) -> dict[str, str]:
    """Return the kecamatan of villages by code, where the rows have any."""
    known = rows.by_code(PARENT).items() if PARENT in rows else ()
    return {code: str(name) for code, name in known if name}


def _kecamatan(code: str) -> str:
    return KemendagriCode.parse(code).subdistrict_code


def _row(code: str, name: str, kecamatan: str) -> str:
    """Return the cells of a row without values, as the table needs them."""
    return f"{BPS} = {code}, {PARENT} = {kecamatan}, {UNIT} = {name}"


def _ledger(joined: Table, called: Mapping[str, str], in_layer: Words) -> Table:
    """List both sides of every pair and say where their names differ."""
    same = _same(joined[UNIT], in_layer)
    columns = {
        KEMENDAGRI: joined.index,
        BPS: joined[BPS],
        PARENT: joined[PARENT],
        "nama_tabel": joined[UNIT],
        "nama_penyelarasan": plain_table.words(called[code] for code in joined.index),
        "nama_layer": in_layer,
        "keterangan": np.where(same, "same", "other_name").astype(object),
    }
    return Table(np.arange(len(joined)), columns)
