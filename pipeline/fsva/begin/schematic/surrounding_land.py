"""Land around the kabupaten: its neighbours, and the country for the locator map.

Derives the context layers from village cells and national land;
``fsva.begin.schematic.schematic_files`` reads and writes.
"""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from fsva.begin.schematic.polygons import dissolve, noded_faces
from fsva.begin.schematic.voronoi_layer import FOREIGN, VILLAGE
from fsva.core.columns import PARENT

INDONESIA = (92.0, -12.0, 142.5, 8.0)
NEIGHBOUR = "kabupaten"


def villages_of(coverage: gpd.GeoDataFrame, kabupaten: str) -> gpd.GeoDataFrame:
    """Select the villages of one kabupaten from a schematic coverage.

    Parameters
    ----------
    coverage : GeoDataFrame
        Result of :func:`fsva.begin.schematic.voronoi_layer.schematic_coverage`.
    kabupaten : str
        Kemendagri code such as ``53.04``.

    Returns
    -------
    GeoDataFrame
        Columns ``kode``, ``nama``, ``kecamatan`` and ``geometry``, sorted by code.
    """
    inside = _kabupaten_of(coverage) == kabupaten
    columns = ["kode", "nama", PARENT, "geometry"]
    return coverage.loc[inside, columns].reset_index(drop=True)


def surroundings(
    coverage: gpd.GeoDataFrame, kabupaten: str, names: Mapping[str, str]
) -> gpd.GeoDataFrame:
    """Dissolve the land around one kabupaten: neighbouring kabupaten and countries.

    Parameters
    ----------
    coverage : GeoDataFrame
        Result of :func:`fsva.begin.schematic.voronoi_layer.schematic_coverage`.
    kabupaten : str
        Kemendagri code of the kabupaten in the middle, which the result leaves out.
    names : mapping of str to str
        Name of each kabupaten by its code.

    Returns
    -------
    GeoDataFrame
        Columns ``kode``, ``nama``, ``jenis`` ("kabupaten" or "negara") and ``geometry``; with
        the villages of the kabupaten it forms one coverage.

    Raises
    ------
    KeyError
        If ``names`` lacks a neighbour.
    """
    keys = _kabupaten_of(coverage)
    outside = (keys != kabupaten).to_numpy()
    shapes = dissolve(coverage.geometry.to_numpy()[outside], list(keys[outside]))
    states = coverage[coverage["jenis"] == FOREIGN].set_index("kode")["nama"]
    is_state = shapes["owner"].isin(states.index)
    known = {**names, **states.to_dict()}
    return gpd.GeoDataFrame(
        {
            "kode": shapes["owner"],
            "nama": [known[code] for code in shapes["owner"]],
            "jenis": np.where(is_state, FOREIGN, NEIGHBOUR),
        },
        geometry=shapes.geometry,
        crs=coverage.crs,
    )


def _kabupaten_of(coverage: gpd.GeoDataFrame) -> pd.Series[str]:
    """Return the kabupaten of each village; for a country, its own code."""
    code: pd.Series[str] = coverage["kode"]
    return code.where(coverage["jenis"] != VILLAGE, code.str.slice(0, 5))


def national_land(
    countries: gpd.GeoDataFrame,
    window: tuple[float, float, float, float] = INDONESIA,
    tolerance: float = 0.003,
    decimals: int = 3,
) -> gpd.GeoDataFrame:
    """Cut and simplify the land of the countries for locator maps and muted backgrounds.

    Parameters
    ----------
    countries : GeoDataFrame, EPSG:4326
        National land with ``iso`` and ``nama``.
    window : tuple of float
        West, south, east, north in degrees.
    tolerance : float
        Bends smaller than a triangle with this side are straightened, degrees; borders
        between countries stay common.
    decimals : int
        Decimal places of the coordinates.

    Returns
    -------
    GeoDataFrame, EPSG:4326
        A coverage with ``iso``, ``nama`` and ``geometry``, one row per country, sorted by name.
        Islands below the tolerance are lost.
    """
    cut = countries.clip(shapely.box(*window)).sort_values("nama", ignore_index=True)
    # Countries of a topology share their arcs, so they are a clean coverage already.
    simple = shapely.coverage_simplify(cut.geometry.to_numpy(), tolerance)
    faces = noded_faces(shapely.boundary(simple), decimals)
    inside, country = shapely.STRtree(simple).query(shapely.point_on_surface(faces), "within")
    owners = pd.Series(None, index=range(len(faces)), dtype=object)
    owners.iloc[inside] = cut["nama"].to_numpy()[country]
    shapes = dissolve(faces, list(owners)).rename(columns={"owner": "nama"})
    land = shapes.merge(cut[["iso", "nama"]], on="nama", validate="one_to_one")
    return land[["iso", "nama", "geometry"]].set_crs("EPSG:4326")
