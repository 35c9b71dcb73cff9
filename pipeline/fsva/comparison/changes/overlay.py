"""How much land the villages of two layers share.

Owns the overlay. ``pairing`` chooses the counterparts.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

# Columns of the links: codes, land in common and its shares of either village.
COLUMNS = ("kode_a", "kode_b", "luas_m2", "bagian_a", "bagian_b", "persis")


@dataclass(frozen=True, eq=False)
class SharedLand:
    """The land that villages of A and B have in common.

    Parameters
    ----------
    links : DataFrame
        ``COLUMNS``: one row per pair that shares land; ``persis`` where both polygons are the same
        to the last vertex.
    area_a, area_b : Series of float
        m2 by Kemendagri code.
    """

    links: pd.DataFrame
    area_a: pd.Series[float]
    area_b: pd.Series[float]


def overlay(a: gpd.GeoSeries, b: gpd.GeoSeries, smallest: float) -> SharedLand:
    """Lay the villages of B over those of A.

    Parameters
    ----------
    a, b : GeoSeries
        Clean coverages in metres, indexed by Kemendagri code; B is brought into A's zone.
    smallest : float
        Overlaps below this share of both villages are differences of drawing and left out.
    """
    b = b.to_crs(a.crs)
    same = _same(a, b)
    rest_a, rest_b = a.drop(same["kode_a"]), b.drop(same["kode_b"])
    links = pd.concat([same, _crossed(rest_a, rest_b, smallest)], ignore_index=True)
    ordered = links.sort_values(["kode_b", "luas_m2", "kode_a"], ascending=[True, False, True])
    return SharedLand(ordered.reset_index(drop=True), a.area, b.area)


def _same(a: gpd.GeoSeries, b: gpd.GeoSeries) -> pd.DataFrame:
    """Pair the polygons that are the same to the last vertex, whatever their codes."""
    keys = pd.DataFrame({"kode_a": a.index, "wkb": shapely.to_wkb(shapely.normalize(a.values))})
    other = pd.DataFrame({"kode_b": b.index, "wkb": shapely.to_wkb(shapely.normalize(b.values))})
    pairs = keys.drop_duplicates("wkb").merge(other.drop_duplicates("wkb"), on="wkb")
    area = a.area.reindex(pairs["kode_a"]).to_numpy()
    return pairs.drop(columns="wkb").assign(luas_m2=area, bagian_a=1.0, bagian_b=1.0, persis=True)


def _crossed(a: gpd.GeoSeries, b: gpd.GeoSeries, smallest: float) -> pd.DataFrame:
    """Intersect the polygons that touch."""
    of_b, of_a = shapely.STRtree(a.values).query(b.values, predicate="intersects")
    area = shapely.area(shapely.intersection(a.values[of_a], b.values[of_b]))
    links = pd.DataFrame(
        {
            "kode_a": a.index[of_a],
            "kode_b": b.index[of_b],
            "luas_m2": area,
            "bagian_a": np.minimum(area / a.area.to_numpy()[of_a], 1.0),
            "bagian_b": np.minimum(area / b.area.to_numpy()[of_b], 1.0),
            "persis": False,
        }
    )
    return links[(links["bagian_a"] >= smallest) | (links["bagian_b"] >= smallest)]
