"""Joining table, crosswalk and layer one to one, with an account of both sides.

Owns the ledger of the join. It reads no files and never matches by similarity: codes decide, names
are only compared and reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import Geometry

from fsva.core.columns import BPS, KEMENDAGRI, PARENT, ROW, UNIT
from fsva.core.errors import JoinError, Place
from fsva.core.names import plain
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
    villages : GeoDataFrame
        Indexed by Kemendagri code and sorted by it: ``kode_bps``, ``kecamatan``, ``desa``, a
        column per indicator, ``geometry`` in metres.
    ledger : DataFrame
        One row per village, columns of ``gabung.csv``; ``keterangan`` is ``same`` or
        ``other_name``.
    repairs : DataFrame
        Changes that the repair made to the polygons (``fsva.villages.repair``); empty if not known.
    inherited : Inherited
        Effect of the succession table on values and polygons.
    rows : DataFrame
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

    villages: gpd.GeoDataFrame
    ledger: pd.DataFrame
    repairs: pd.DataFrame = field(default_factory=pd.DataFrame)
    inherited: Inherited = field(default_factory=Inherited)
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
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


def join(
    table: pd.DataFrame, crosswalk: pd.DataFrame, layer: gpd.GeoDataFrame, names: JoinedFiles
) -> Joined:
    """Join the three by their codes and account for every row.

    Parameters
    ----------
    table : DataFrame
        Indexed by BPS code: ``kecamatan``, ``desa``, ``baris`` and the indicators.
    crosswalk : DataFrame
        Indexed by BPS code: ``kode_kemendagri``, ``nama_bps``, ``nama_kemendagri``.
    layer : GeoDataFrame
        Indexed by Kemendagri code: ``nama`` and geometry.

    Raises
    ------
    JoinError
        A village of the table is unknown to the crosswalk, has no polygon, is missing from the
        table though the layer has it, or its name in the crosswalk is another one.
    """
    problems = list(_problems(table, crosswalk, layer, names))
    if problems:
        problems[0].others = problems[1:]
        raise problems[0]
    paired = table.join(crosswalk[[KEMENDAGRI, "nama_bps", "nama_kemendagri"]])
    joined = paired.reset_index().set_index(KEMENDAGRI).sort_index()
    ledger = _ledger(joined, layer)
    villages = gpd.GeoDataFrame(
        joined.drop(columns=["nama_bps", "nama_kemendagri", ROW]),
        geometry=layer.geometry.reindex(joined.index),
        crs=layer.crs,
    )
    return Joined(villages, ledger)


def _problems(
    table: pd.DataFrame, crosswalk: pd.DataFrame, layer: gpd.GeoDataFrame, names: JoinedFiles
) -> Iterator[JoinError]:
    """Yield all problems that prevent the join; each village once."""
    yield from _account_table(table, crosswalk, names)
    paired = table.join(crosswalk[[KEMENDAGRI, "nama_bps"]], how="inner")
    yield from _check_names(paired, names)
    unknown = layer[~layer.index.isin(crosswalk[KEMENDAGRI])]
    yield from _account_layer(paired, layer, unknown, names)


def _account_table(
    table: pd.DataFrame, crosswalk: pd.DataFrame, names: JoinedFiles
) -> Iterator[JoinError]:
    unknown = table.loc[~table.index.isin(crosswalk.index)]
    if len(unknown):
        places = _table_places(unknown, names.table)
        yield JoinError("tak_ada_di_penyelarasan", places, {"berkas": str(names.crosswalk)})
    absent = crosswalk.loc[~crosswalk.index.isin(table.index)]
    if len(absent):
        villages = (f"{row.nama_bps} ({code})" for code, row in absent.iterrows())
        yield JoinError(
            "tak_ada_di_tabel", _villages(villages, names.crosswalk), {"berkas": str(names.table)}
        )


def _account_layer(
    paired: pd.DataFrame, layer: gpd.GeoDataFrame, left: gpd.GeoDataFrame, names: JoinedFiles
) -> Iterator[JoinError]:
    without = paired.loc[~paired[KEMENDAGRI].isin(layer.index)]
    if len(without):
        places = _table_places(without, names.table, KEMENDAGRI)
        yield JoinError("tanpa_poligon", places, {"berkas": str(names.layer)})
    if len(left):
        villages = (f"{name} ({code})" for code, name in left["nama"].items())
        yield JoinError(
            "poligon_tanpa_tabel", _villages(villages, names.layer), {"berkas": str(names.table)}
        )


def _check_names(paired: pd.DataFrame, names: JoinedFiles) -> Iterator[JoinError]:
    """Find codes with another name in the crosswalk: they were shifted or mistyped."""
    other = paired.loc[paired[UNIT].map(plain) != paired["nama_bps"].map(plain)]
    if len(other):
        places = [
            Place(names.table, row.baris, UNIT, f"{row.nama_bps} ({code})", row.desa)
            for code, row in other.iterrows()
        ]
        yield JoinError("nama_lain", places, {"berkas": str(names.crosswalk)})


def _table_places(rows: pd.DataFrame, file: Path, column: str | None = None) -> Sequence[Place]:
    return [
        Place(
            file,
            row.baris,
            column or BPS,
            f"{row.desa} ({code})",
            str(row[column]) if column else str(code),
        )
        for code, row in rows.iterrows()
    ]


def _villages(villages: Iterable[str], file: Path) -> Sequence[Place]:
    return [Place(file, village=village) for village in villages]


def _ledger(joined: pd.DataFrame, layer: gpd.GeoDataFrame) -> pd.DataFrame:
    """List both sides of every pair and say where their names differ."""
    layer_names = layer["nama"].reindex(joined.index)
    same = joined[UNIT].map(plain) == layer_names.map(plain)
    ledger = pd.DataFrame(
        {
            KEMENDAGRI: joined.index,
            BPS: joined[BPS],
            PARENT: joined[PARENT],
            "nama_tabel": joined[UNIT],
            "nama_penyelarasan": joined["nama_kemendagri"],
            "nama_layer": layer_names,
            "keterangan": same.map({True: "same", False: "other_name"}),
        }
    )
    return ledger.reset_index(drop=True)
