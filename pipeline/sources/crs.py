"""Coordinate systems of layers: flat, known, and leading to Indonesia.

Owns what is done about heights in a system, and about descriptions without a number.
"""

from __future__ import annotations

from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

# Below this likeness (pyproj's percentage) a description is not taken for a numbered system.
SURE = 90


def flat(crs: CRS) -> CRS:
    """Return a system without heights, by its number where its description is that of a number.

    Parameters
    ----------
    crs : CRS
        As the layer states it: compound, with a third axis, or without an authority.

    Examples
    --------
    >>> flat(CRS("EPSG:9518")).to_epsg(), flat(CRS("EPSG:4979")).to_epsg()
    (4326, 4326)
    """
    level = crs.sub_crs_list[0] if crs.is_compound else crs
    if len(level.axis_info) > 2:
        level = level.to_2d()
    known = level.to_authority(auth_name="EPSG", min_confidence=SURE)
    return CRS.from_authority(*known) if known else level


def is_on_earth(crs: CRS) -> bool:
    """Tell whether a system's place on the Earth is known: its datum leads to WGS 84.

    Parameters
    ----------
    crs : CRS
        From ``flat``.
    """
    try:
        Transformer.from_crs(crs, 4326, always_xy=True, allow_ballpark=False)
    except ProjError:
        return False
    return True
