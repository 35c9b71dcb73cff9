"""Farm land out of land cover: classes of a raster become a ratio or areas of villages.

Owns the arithmetic and the treatment of villages that a raster does not cover.
``fsva.sources.ground.class_rasters`` measures the raster.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import geopandas as gpd
import numpy as np
import pandas as pd

from fsva.core import decimals
from fsva.core.columns import KEMENDAGRI
from fsva.sources.ground.class_rasters import Cover


def by_bps_code(layer: gpd.GeoDataFrame, crosswalk: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the polygons of a layer by the BPS codes of its villages.

    Parameters
    ----------
    layer : GeoDataFrame
        Indexed by Kemendagri code.
    crosswalk : DataFrame
        Indexed by BPS code: ``kode_kemendagri``.
    """
    covered = crosswalk.index[crosswalk[KEMENDAGRI].isin(layer.index)]
    return layer.loc[crosswalk.loc[covered, KEMENDAGRI]].set_axis(covered)


def absent(cover: Cover, classes: Iterable[int]) -> list[int]:
    """Return the class codes that occur nowhere within the villages.

    Parameters
    ----------
    classes : iterable of int
        Codes that the office names.
    """
    return sorted(set(classes) - set(cover.shares.columns))


def is_known(cover: Cover, least: float) -> pd.Series[bool]:
    """Tell which villages the raster covers sufficiently.

    Parameters
    ----------
    least : float
        Share of a village's area, 0..1, that must be covered.
    """
    # A gap this small comes from rounded coordinates.
    return cover.covered >= min(least, 1 - 1e-6)


def uncovered(cover: Cover, least: float) -> dict[str, float]:
    """Return the covered share of the villages of which too little is covered, by their code."""
    left = cover.covered[~is_known(cover, least)]
    return {str(code): float(share) for code, share in left.items()}


def share_of(cover: Cover, classes: Collection[int], least: float) -> pd.Series[float]:
    """Return the share of each village that some classes cover.

    Parameters
    ----------
    classes : collection of int
        Codes that count, each of them once.
    least : float
        Share of a village's area, 0..1, that must be covered.

    Returns
    -------
    Series of Float64
        Area of the classes per area of the covered part, 0..1, by the villages' code; NA where
        too little is covered: never 0.
    """
    known = [code for code in sorted(set(classes)) if code in cover.shares]
    total = cover.shares[known].sum(axis=1).clip(0, 1).astype("Float64")
    return total.mask(~is_known(cover, least))


def rounded_share_of(
    cover: Cover, classes: Collection[int], least: float, digits: int
) -> pd.Series[float]:
    """Return ``share_of``, rounded half up to so many decimals."""
    shares = share_of(cover, classes, least)
    values = shares.to_numpy(dtype=np.float64, na_value=np.nan)
    rounded = decimals.round_half_up(values.astype(np.float64), digits)
    return pd.Series(rounded, shares.index).astype("Float64")


def area_of(cover: Cover, classes: Collection[int], least: float) -> pd.Series[float]:
    """Return the area in hectares that some classes cover in each village.

    Parameters
    ----------
    classes : collection of int
        Codes that count.
    least : float
        Share of a village's area, 0..1, that must be covered.

    Returns
    -------
    Series of Float64
        Hectares on the ellipsoid, by the villages' code; a small part that is not covered is
        taken to be like the rest; NA where too little is covered.
    """
    return share_of(cover, classes, least) * cover.area_ha.astype("Float64")


def by_code(values: pd.Series[float]) -> dict[str, float]:
    """Return numbers by the villages' code; NaN where they are not known."""
    numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    return dict(zip(map(str, values.index), numbers.tolist(), strict=True))
