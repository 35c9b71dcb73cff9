"""The files of the schematic layer: its inputs, and its outputs byte for byte.

Owns the formats of the gazetteer and of the GeoJSON files under ``boundaries/``.
``fsva.begin.schematic.voronoi_layer`` and ``surrounding_land`` compute the geometry.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from fsva.begin.schematic.surrounding_land import national_land, surroundings, villages_of
from fsva.begin.schematic.topojson import countries
from fsva.begin.schematic.voronoi_layer import schematic_coverage
from fsva.core.columns import PARENT
from fsva.core.errors import LayerError, Place, SourceError
from fsva.core.publishing import publish

GAZETTEER_COLUMNS = ["kode", "nama", PARENT, "lintang", "bujur"]


def rebuild(
    gazetteer: Path, world_atlas: Path, output_dir: Path, kabupaten: str = "53.04"
) -> list[Path]:
    """Write the schematic layer of a kabupaten, its surroundings and the national land.

    Parameters
    ----------
    gazetteer : Path
        CSV of reference points: ``kode,nama,kecamatan,lintang,bujur``, decimal point, UTF-8.
        It holds the kabupaten and its neighbours. ``wilayah.csv`` (names of the kabupaten) and
        ``negara.csv`` (names of the countries) stand beside it.
    world_atlas : Path
        ``countries-10m.json`` of the npm package world-atlas 2.0.2.
    output_dir : Path
        The folder ``boundaries``; missing folders are made.
    kabupaten : str
        Kemendagri code of the kabupaten to draw.

    Returns
    -------
    list of Path
        The files written, sorted.

    Raises
    ------
    SourceError
        If a file is missing or of another kind, or ``wilayah.csv`` lacks a kabupaten.
    LayerError
        If a village of the kabupaten has no reference point, or there is no such village.
    """
    points = read_gazetteer(gazetteer, kabupaten)
    names = _names_of(points, gazetteer.parent / "wilayah.csv")
    states = read_countries(
        world_atlas, _read_names(gazetteer.parent / "negara.csv", "natural_earth")
    )
    coverage = schematic_coverage(points, states)
    stem = f"{kabupaten}-{_slug(names[kabupaten])}"
    layers = {
        f"skematis/{stem}.geojson": villages_of(coverage, kabupaten),
        f"skematis/{kabupaten}-sekitar.geojson": surroundings(coverage, kabupaten, names),
        "konteks/daratan.geojson": national_land(states),
    }
    # All are made before the first is written: what fails leaves every file as it was.
    texts = {output_dir / name: to_geojson(layer) for name, layer in sorted(layers.items())}
    for file, text in texts.items():
        publish.write(text.encode("utf-8"), file)
    return list(texts)


def read_gazetteer(path: Path, kabupaten: str) -> gpd.GeoDataFrame:
    """Read the reference points of the villages.

    Parameters
    ----------
    kabupaten : str
        Kemendagri code of the kabupaten; all its villages need a point. A village of a neighbour
        without a point is left out, and its land goes to the villages around it.

    Returns
    -------
    GeoDataFrame of Point, EPSG:4326
        Columns ``kode``, ``nama``, ``kecamatan``; sorted by code.

    Raises
    ------
    SourceError, LayerError
        See :func:`rebuild`.
    """
    table = _read_table(path, GAZETTEER_COLUMNS).sort_values("kode", ignore_index=True)
    of_kabupaten = table["kode"].str.startswith(f"{kabupaten}.")
    blank = (table["lintang"] == "") | (table["bujur"] == "")
    lacking = table[of_kabupaten & blank]
    if len(lacking) or not of_kabupaten.any():
        villages = [f"{row.nama} {row.kode}" for row in lacking.itertuples()]
        places = [Place(file=path, village=village) for village in villages]
        raise LayerError("titik_desa", places or [Place(file=path)], {"kabupaten": kabupaten})
    known = table[~blank].reset_index(drop=True)
    sites = shapely.points(known["bujur"].astype(float), known["lintang"].astype(float))
    return gpd.GeoDataFrame(known[GAZETTEER_COLUMNS[:3]], geometry=sites, crs="EPSG:4326")


def read_countries(path: Path, names: dict[str, str]) -> gpd.GeoDataFrame:
    """Read the countries of Natural Earth that have a name in ``negara.csv``.

    Parameters
    ----------
    path : Path
        ``countries-10m.json`` of world-atlas.
    names : dict of str to str
        Indonesian names by the names of Natural Earth.

    Returns
    -------
    GeoDataFrame of MultiPolygon, EPSG:4326
        Columns ``iso`` and ``nama``.

    Raises
    ------
    SourceError
        If the file is missing or not a topology of world-atlas.
    """
    try:
        topology = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(topology, dict):
            raise TypeError(type(topology))
        geometries = countries(topology)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError("atlas_dunia", [Place(file=path)]) from error
    listed = geometries[geometries["name"].isin(names)].reset_index(drop=True)
    return listed.assign(nama=listed["name"].map(names)).drop(columns="name")


def _names_of(points: gpd.GeoDataFrame, path: Path) -> dict[str, str]:
    names = _read_names(path, "kode")
    unnamed = sorted(set(points["kode"].str.slice(0, 5)) - set(names))
    if unnamed:
        raise SourceError("nama_wilayah", [Place(file=path, found=code) for code in unnamed])
    return names


def _read_names(path: Path, key: str) -> dict[str, str]:
    table = _read_table(path, [key, "nama"])
    return dict(zip(table[key], table["nama"], strict=True))


def _read_table(path: Path, columns: list[str]) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise SourceError("tabel_batas", [Place(file=path)]) from error
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise SourceError("tabel_batas", [Place(file=path, column=name) for name in missing])
    return table


def _slug(name: str) -> str:
    return name.lower().removeprefix("kabupaten ").removeprefix("kota ").replace(" ", "-")


def to_geojson(layer: gpd.GeoDataFrame) -> str:
    """Write a layer as GeoJSON text, one feature per line, in the order of its rows.

    Parameters
    ----------
    layer : GeoDataFrame, EPSG:4326
        Coordinates are not rounded here.

    Returns
    -------
    str
        A FeatureCollection (RFC 7946): rings start at their lowest corner and run
        counter-clockwise, so that the text depends only on the geometry.
    """
    ordered = shapely.orient_polygons(shapely.normalize(layer.geometry.to_numpy()))
    rows = layer.drop(columns="geometry").to_dict("records")
    features = [_feature(row, shape) for row, shape in zip(rows, ordered, strict=True)]
    body = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'


def _feature(row: dict[str, Any], shape: BaseGeometry) -> dict[str, Any]:
    blank_to_null = {key: None if pd.isna(value) else value for key, value in row.items()}
    return {"type": "Feature", "properties": blank_to_null, "geometry": mapping(shape)}
