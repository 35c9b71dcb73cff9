"""A schematic village layer, computed from one reference point per village.

Official village boundaries may not be passed on, so the product draws its own: every place on land
belongs to the village with the nearest reference point (Voronoi cells). Straight borders show that
the layer is a diagram. Owns that geometry; ``fsva.begin.schematic.schematic_files`` reads and
writes.

The land comes from Natural Earth 1:10m, with borders and coasts some kilometres off: 13 of Belu's
81 points would lie in the neighbouring country. It is therefore widened around points near its
edge or outside: discs are added, bays between them are filled (closing), sharp tips are rounded
off (opening), and the result is clipped to all land, so that the border of the country moves but
hardly the coast.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from fsva.begin.schematic.polygons import Geometries, dissolve, longest_neighbour, noded_faces
from fsva.core.columns import PARENT
from fsva.core.errors import GeometryError, Place

FOREIGN = "negara"
VILLAGE = "desa"


@dataclass(frozen=True)
class Mending:
    """How far the coarse national land may be changed around the reference points.

    Parameters
    ----------
    room_m : float
        Radius of land around every point, on the side of a neighbouring country.
    shore_m : float
        The same towards the sea, where Natural Earth is more accurate.
    bay_m : float
        Bays between added discs are filled if they are narrower than twice this.
    reach_m : float
        Extent of the outermost villages where nothing else bounds them.
    gap_m : float
        Gaps between points up to about twice this count as inside.
    tip_m : float
        Tongues of land narrower than twice this are cut off.
    detail_m : float
        Bends of the mended outline smaller than this are straightened.
    """

    room_m: float = 1_800.0
    shore_m: float = 600.0
    bay_m: float = 4_000.0
    reach_m: float = 5_000.0
    gap_m: float = 15_000.0
    tip_m: float = 500.0
    detail_m: float = 120.0


DECIMALS = 5
NEAR_DEGREES = 0.5
NODING_M = 0.1


def schematic_coverage(
    points: gpd.GeoDataFrame,
    countries: gpd.GeoDataFrame,
    home: str = "360",
    mending: Mending | None = None,
) -> gpd.GeoDataFrame:
    """Draw schematic villages around reference points, and the countries beside them.

    Parameters
    ----------
    points : GeoDataFrame of Point, EPSG:4326
        One row per village with ``kode``, ``nama``, ``kecamatan``: those of the kabupaten and
        of its neighbours, which bound its outer cells.
    countries : GeoDataFrame of MultiPolygon, EPSG:4326
        National land with columns ``iso`` and ``nama``.
    home : str
        ``iso`` of the country in which the villages lie.
    mending : Mending, optional
        Tolerances in metres.

    Returns
    -------
    GeoDataFrame, EPSG:4326
        A coverage: no overlaps, neighbours share their vertices, coordinates rounded to
        0.00001 degrees (about 1 m). Columns ``kode`` (Kemendagri code; for a country its
        ``iso``), ``nama``, ``kecamatan`` (empty for a country), ``jenis`` ("desa" or
        "negara"); sorted by ``kode``.

    Raises
    ------
    GeometryError
        If a village gets no cell because it shares its point with another one.
    """
    crs = points.estimate_utm_crs()
    flat, land = points.to_crs(crs), near(countries, points).to_crs(crs)
    is_home = (land["iso"] == home).to_numpy()
    abroad = land[~is_home]
    home_land = mended_land(
        shapely.union_all(land.geometry[is_home]),
        shapely.union_all(abroad.geometry),
        flat.geometry.to_numpy(),
        mending or Mending(),
    )
    abroad = abroad.assign(geometry=abroad.geometry.difference(home_land))
    lines = gpd.GeoSeries(_linework(flat, home_land, abroad), crs=crs).to_crs("EPSG:4326")
    faces = gpd.GeoSeries(noded_faces(lines.to_numpy(), DECIMALS), crs="EPSG:4326")
    inner = faces.to_crs(crs).representative_point().to_numpy()
    parts = dissolve(faces.to_numpy(), _owners(inner, flat, home_land, abroad)).explode()
    return _named(_complete(_settle_fragments(parts, points), points), points, abroad)


def near(countries: gpd.GeoDataFrame, points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the countries near the points, whole.

    Returns
    -------
    GeoDataFrame
        The polygons within half a degree (about 55 km) of the points' bounds.
    """
    west, south, east, north = points.total_bounds
    margin = NEAR_DEGREES
    window = shapely.box(west - margin, south - margin, east + margin, north + margin)
    parts = countries.explode()
    return parts[parts.intersects(window)].dissolve(["iso", "nama"]).reset_index()


def mended_land(
    home_land: BaseGeometry, abroad: BaseGeometry, points: Geometries, mending: Mending
) -> BaseGeometry:
    """Widen coarse national land so that every reference point lies well inside it.

    Parameters
    ----------
    home_land, abroad : Polygon or MultiPolygon, metres
        Land of the country and of its neighbours.
    points : ndarray of Point, metres
        Reference points of the villages.

    Returns
    -------
    Polygon or MultiPolygon, metres
        The land within reach of the points, without holes.
    """
    discs = shapely.buffer(points, mending.room_m)
    missed = shapely.union_all(discs[~shapely.within(discs, home_land)])
    filled = _close(home_land.union(missed), mending.bay_m).intersection(
        missed.buffer(mending.bay_m)
    )
    shores = shapely.union_all(shapely.buffer(points, mending.shore_m))
    land = home_land.union(filled).intersection(shapely.union_all([home_land, abroad, shores]))
    rounded = land.buffer(-mending.tip_m).buffer(mending.tip_m).union(shores)
    reach = _close(shapely.union_all(shapely.buffer(points, mending.reach_m)), mending.gap_m)
    return _without_holes(rounded.intersection(reach).simplify(mending.detail_m))


def _close(shape: BaseGeometry, radius_m: float) -> BaseGeometry:
    return shape.buffer(radius_m).buffer(-radius_m)


def _without_holes(shape: BaseGeometry) -> BaseGeometry:
    outer = shapely.get_exterior_ring(shapely.get_parts(shape))
    return shapely.union_all(shapely.polygons(outer))


def _linework(
    flat: gpd.GeoDataFrame, home_land: BaseGeometry, abroad: gpd.GeoDataFrame
) -> Geometries:
    sites = shapely.multipoints(flat.geometry.to_numpy())
    edges = shapely.voronoi_polygons(sites, extend_to=home_land, only_edges=True)
    lines = [edges.intersection(home_land), home_land.boundary, *abroad.geometry.boundary]
    # Nodes are made in metres: a straight line bends by metres in degrees, and an edge that
    # ends on it would miss it.
    return shapely.get_parts(shapely.union_all(lines, grid_size=NODING_M))


def _owners(
    inner: Geometries, flat: gpd.GeoDataFrame, home_land: BaseGeometry, abroad: gpd.GeoDataFrame
) -> list[str | None]:
    """Return the village or country of each face, by a point inside it."""
    nearest = flat["kode"].to_numpy()[shapely.STRtree(flat.geometry).nearest(inner)]
    owners: Geometries = np.where(shapely.within(inner, home_land), nearest, np.array(None))
    for iso, land in zip(abroad["iso"], abroad.geometry, strict=True):
        owners[shapely.within(inner, land)] = iso
    return list(owners)


def _settle_fragments(parts: gpd.GeoDataFrame, points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Assign pieces that inlets cut off to the cell with the longest common border."""
    site = points.set_index("kode").geometry.reindex(parts["owner"])
    rooted = site.isna().to_numpy() | shapely.covers(parts.geometry, site.to_numpy())
    homes, strays = parts[rooted], parts[~rooted]
    villages = homes[homes["owner"].isin(points["kode"])]
    cells = villages.geometry.to_numpy()
    adopted = [longest_neighbour(stray, cells) for stray in strays.geometry]
    names = [None if i is None else villages["owner"].iloc[i] for i in adopted]
    faces = np.concatenate([homes.geometry.to_numpy(), strays.geometry.to_numpy()])
    return dissolve(faces, [*homes["owner"], *names])


def _complete(cells: gpd.GeoDataFrame, points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    lost = points[~points["kode"].isin(cells["owner"])]
    if len(lost):
        villages = [f"{row.nama} {row.kode}" for row in lost.itertuples()]
        raise GeometryError("sel_desa", [Place(village=village) for village in villages])
    return cells


def _named(
    cells: gpd.GeoDataFrame, points: gpd.GeoDataFrame, abroad: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    villages = points[["kode", "nama", PARENT]].assign(jenis=VILLAGE)
    states = abroad[["iso", "nama"]].rename(columns={"iso": "kode"})
    register = pd.concat([villages, states.assign(kecamatan="", jenis=FOREIGN)])
    shapes = cells.rename(columns={"owner": "kode"})
    named = shapes.merge(register, on="kode", validate="one_to_one")
    columns = ["kode", "nama", PARENT, "jenis", "geometry"]
    return named[columns].sort_values("kode", ignore_index=True).set_crs("EPSG:4326")
