"""Whether values of a table lie on the polygons of their villages, told by the areas of both.

Owns the judgement for tables that state areas. Areas that are all one multiple of those of the
polygons tell a layer of another scale, or areas in another unit. Names shifted within a kecamatan,
in table or layer, leave every code in its kecamatan; but then the areas of the table are those of
the villages beside. A table without areas tells nothing, and neither do areas that fit no polygon.
"""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fsva.core.codes import BpsCode
from fsva.core.columns import KEMENDAGRI, PARENT, ROW, UNIT
from fsva.core.message_values import MessageValue, Quantity
from fsva.villages.oddities import Oddity

AREA = "luas_ha"
_M2_PER_HA = 1e4
# Areas are the same if they differ by less than this part, and not if by more than that.
_SAME, _OTHER = 0.1, 0.25
# By how many rows names may be shifted; so many villages of a kecamatan and this share of it fit
# then, and at most that share fits as it stands.
_SHIFTS = (1, -1, 2, -2, 3, -3)
_LEAST, _FITTING, _STANDING = 4, 0.75, 0.4
# Areas of a layer are a multiple of those of the table if so many villages, and this share of all,
# differ by nearly one factor, and that is none of surveying.
_LEAST_SCALED, _SCALED, _FACTOR, _ONE_FACTOR = 5, 0.6, 1.8, 0.25
# Areas that differ so little from each other are estimates, and tell nothing.
_ALL_EQUAL = 0.2
_SHOWN = 5
_TEN = 10
Areas = NDArray[np.float64]


def judge(table: pd.DataFrame, crosswalk: pd.DataFrame, layer: gpd.GeoDataFrame) -> list[Oddity]:
    """Return an oddity of a layer of another scale, or of each kecamatan whose areas are shifted.

    Parameters
    ----------
    table : DataFrame
        Indexed by BPS code: ``kecamatan``, ``desa``, ``baris``, and perhaps ``luas_ha``.
    crosswalk : DataFrame
        Indexed by BPS code: ``kode_kemendagri``.
    layer : GeoDataFrame
        In metres, indexed by Kemendagri code.
    """
    if AREA not in table:
        return []
    paired = table.join(crosswalk[[KEMENDAGRI]], how="inner").sort_values(ROW)
    drawn = layer.geometry.area.reindex(paired[KEMENDAGRI]).to_numpy(float) / _M2_PER_HA
    paired = paired.assign(**{"poligon": drawn, AREA: paired[AREA].astype("Float64")})
    known = paired[(paired[AREA] > 0).fillna(False) & (paired["poligon"] > 0)]
    if scaled := _scaled(known):
        return [scaled]
    groups = known.groupby([BpsCode.parse(str(c)).subdistrict_code for c in known.index], sort=True)
    return [oddity for _, group in groups for oddity in _shifted(group)]


def _scaled(known: pd.DataFrame) -> Oddity | None:
    """Return the oddity of a layer whose areas are one multiple of the table's."""
    stated = known[AREA].to_numpy(float)
    if len(known) < _LEAST_SCALED or float(np.std(np.log(stated))) < _ALL_EQUAL:
        return None
    factors = np.log(known["poligon"].to_numpy(float) / stated)
    usual = float(np.median(factors))
    alike = float(np.mean(np.abs(factors - usual) < np.log1p(_ONE_FACTOR)))
    if abs(usual) <= np.log(_FACTOR) or alike < _SCALED:
        return None
    factor = float(np.exp(usual))
    facts: dict[str, str | MessageValue] = {
        "kali": Quantity(factor, 2 if factor < _TEN else 0),
        "jumlah": str(len(known)),
    }
    return Oddity("bentuk", "luas_skala", facts=facts)


def _shifted(group: pd.DataFrame) -> Iterator[Oddity]:
    """Yield the oddity of a kecamatan, in the order of the table."""
    stated, drawn = group[AREA].to_numpy(float), group["poligon"].to_numpy(float)
    if _share(stated, drawn, _OTHER) > _STANDING:
        return
    for rows in _SHIFTS:
        fitting = _share(stated, np.roll(drawn, rows), _SAME)
        if fitting >= _FITTING and fitting * len(group) >= _LEAST:
            names = [f"{n} ({c})" for c, n in group[UNIT].items()]
            facts = {"jumlah": str(len(group)), "baris": str(abs(rows)),
                     "wilayah": str(group[PARENT].iloc[0])}  # fmt: skip
            shown = ", ".join(names[:_SHOWN])
            codes = tuple(group[KEMENDAGRI].astype(str))
            yield Oddity(
                "nama", "luas_bergeser", codes, str(group[UNIT].iloc[0]), None, shown, facts
            )
            return


def _share(stated: Areas, drawn: Areas, tolerance: float) -> float:
    return float(np.mean(np.abs(np.log(drawn / stated)) < np.log1p(tolerance)))
