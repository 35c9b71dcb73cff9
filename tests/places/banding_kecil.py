"""Sides of a comparison made of the small hand-drawn kabupaten, without files.

Owns the way from a table, polygons and a method to what is held of an edition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import geopandas as gpd
import pandas as pd

from fsva.comparison.values.result import Side
from fsva.comparison.values.side_data import Inputs, SideData
from fsva.config.editions.sections import Override
from fsva.config.methods.method import Method
from fsva.index import joined_table
from fsva.villages.succession import Event
from tests.places import small
from tests.places.framed import plain


@dataclass(frozen=True)
class Bahan:
    """What a side is made of; by default the small kabupaten as it is drawn.

    Parameters
    ----------
    table : DataFrame
        Indexed by BPS code.
    layer : GeoDataFrame
        Indexed by Kemendagri code: ``nama``.
    codes : mapping of str to str
        BPS to Kemendagri code.
    rules : Method
        Method.
    overrides, events : sequence
        Decisions and succession.
    population : mapping of str to float or None
        By Kemendagri code.
    schematic : bool
        Whether areas mean nothing.
    """

    table: pd.DataFrame = field(default_factory=small.table)
    layer: gpd.GeoDataFrame = field(default_factory=small.layer)
    codes: Mapping[str, str] = field(
        default_factory=lambda: dict(zip(small.BPS_CODES, small.CODES, strict=True))
    )
    rules: Method = field(default_factory=small.shipped_method)
    overrides: tuple[Override, ...] = ()
    events: tuple[Event, ...] = ()
    population: Mapping[str, float] | None = None
    schematic: bool = False


def side(label: str, of: Bahan | None = None, year: int = 2021) -> SideData:
    """Return a side as if an edition had been read."""
    of = of or Bahan()
    values = of.table.drop(columns="baris")
    codes = [of.codes[bps] for bps in values.index]
    villages = values.rename_axis("kode_bps").reset_index()
    villages = villages.set_axis(pd.Index(codes, name="kode_kemendagri")).sort_index()
    table = joined_table.tabulate(plain(villages), None, of.overrides, of.rules).frame
    told = Side(label, f"Contoh {year}", "Kabupaten Contoh", "99.01", year, of.rules.id, None,
                "edisi", f"contoh-{label}", len(table))  # fmt: skip
    names = values[["desa", "kecamatan"]]
    bps_of = {kemendagri: bps for bps, kemendagri in of.codes.items()}
    inputs = Inputs(values, False, of.rules, bps_of, names, of.events, of.overrides)
    people = None if of.population is None else pd.Series(of.population, dtype="Float64")
    return SideData(told, table, of.rules, of.layer.geometry.reindex(table.index),
                of.layer["nama"].reindex(table.index), people, of.schematic, inputs)  # fmt: skip


def renamed(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return a table in which villages have another name, by BPS code."""
    return table.assign(desa=[names.get(str(c), n) for c, n in table["desa"].items()])


def recoded(layer: gpd.GeoDataFrame, codes: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Return a layer in which polygons have another code."""
    return layer.rename(index=codes).sort_index()


def without(of: Bahan, numbers: Sequence[int]) -> Bahan:
    """Return what a side is made of without some villages."""
    gone = [small.BPS_CODES[n] for n in numbers]
    codes = {bps: code for bps, code in of.codes.items() if bps not in gone}
    layer = of.layer.drop(index=[of.codes[bps] for bps in gone])
    return replace(of, table=of.table.drop(index=gone), layer=layer, codes=codes)
