"""GeoJSON in its plain form, read by Python.

Plain is a collection of polygons in degrees whose properties are texts of the same fields, as our
own layers are and most that are converted for us. Such a layer needs no GDAL, which takes 40 MiB
and a thirtieth of the time of an atlas. Whatever is not plain, or large, is left to GDAL, with its
judgement of what is damaged.
"""

from __future__ import annotations

import json
import mmap
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from fsva.sources.layers.layer_header import LayerHeader
from fsva.sources.plain import plain_table
from fsva.sources.plain.shape_table import ShapeTable

# Bytes; GDAL needs less memory for large files.
_LARGEST = 4_000_000
_CRS = "EPSG:4326"
# The only coordinate system of RFC 7946, by the name that earlier writers give it.
_CRS84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
_OF_COLLECTION = {"type", "features", "name", "crs", "xy_coordinate_resolution"}
_OF_FEATURE = {"type", "properties", "geometry"}
_OF_GEOMETRY = {"type", "coordinates"}
_SHAPES = ("Polygon", "MultiPolygon")
# Fields to which GDAL gives a meaning of its own.
_RESERVED = {"", "id", "fid", "geometry"}
# Dates and times, which GDAL does not leave as texts; the end of a text in C, and half letters.
_NO_TEXT = re.compile(r"\s*\d+[-/:]|.*[\0\ud800-\udfff]", re.DOTALL)


# Letters that are read at a time while the features of a large file are looked at.
_AT_ONCE = 8_000_000
_FEATURES, _BETWEEN = re.compile(r'"features"\s*:\s*\['), re.compile(r"[\s,]*")
# Bytes read at once where brackets are counted.
_COUNTED_AT_ONCE = 1 << 20
# What the points of a shape never have: nothing or one number between brackets, a text or null
# among numbers, a number beside a list.
_NO_POINT = re.compile(
    rb"""\[\s*(?:[-+.\deE]+\s*)?\] | \]\s*,\s*[^\[\s"] | [\w.]\s*,\s*\[
    | [\[,]\s*(?:null|"[^"\\]*")\s*[,\]]""",
    re.VERBOSE,
)


class _NotPlainError(Exception):
    """The layer is not plain; GDAL may read it."""


@dataclass(frozen=True, eq=False)
class PlainLayer:
    """The layer of a plain GeoJSON.

    Parameters
    ----------
    name : str
        Of the layer; empty if it has none.
    texts : dict of str to list
        Values by field; None where a property is null.
    shapes : sequence of Geometry
        Of the same rows.
    """

    name: str
    texts: dict[str, list[str | None]]
    shapes: Sequence[shapely.Geometry]

    def header(self, file: Path) -> LayerHeader:
        """Return the properties of the layer.

        Parameters
        ----------
        file : Path
            Where it was read from.
        """
        fields = dict.fromkeys(self.texts, False)
        return LayerHeader(
            self.name or file.stem, fields, True, 0, str(file.absolute()), len(self.shapes)
        )

    def rows(self, columns: Sequence[str] | None, where: str | None) -> ShapeTable:
        """Return the rows for which a condition holds.

        Parameters
        ----------
        columns : sequence of str or None
            Fields to return; None returns all.
        where : str or None
            Condition in SQL; letters count as equal, small or capital, as for GDAL.
        """
        names = [name for name in columns or self.texts if name in self.texts]
        found = range(len(self.shapes)) if where is None else self._found(where)
        texts = {name: self._column(name, found) for name in names}
        shapes = plain_table.words(self.shapes[place] for place in found)
        places = np.array(found, dtype=np.int64)
        return ShapeTable(places, texts, "fid", shapes, CRS.from_user_input(_CRS))

    def _column(self, name: str, places: Sequence[int]) -> NDArray[np.object_]:
        return plain_table.words(self.texts[name][place] for place in places)

    def values(self, column: str) -> list[str]:
        """Return the different texts of one field, sorted."""
        return sorted({value for value in self.texts[column] if value is not None})

    def _found(self, where: str) -> list[int]:
        """Return the places of the rows for which a condition holds, by SQLite."""
        names = [f'"{name}" TEXT COLLATE NOCASE' for name in self.texts]
        marks = ", ".join("?" * len(names))
        with closing(sqlite3.connect(":memory:")) as database:
            database.execute(f"CREATE TABLE layer ({', '.join(names)})")
            rows = zip(*self.texts.values(), strict=True)
            database.executemany(f"INSERT INTO layer VALUES ({marks})", rows)  # noqa: S608
            asked = f"SELECT rowid - 1 FROM layer WHERE {where} ORDER BY rowid"  # noqa: S608
            return [place for (place,) in database.execute(asked)]


def load(file: Path) -> PlainLayer | None:
    """Read a GeoJSON if it is plain; None leaves it to GDAL.

    Parameters
    ----------
    file : Path
        A file; GDAL says whether it can be read.
    """
    try:
        if file.stat().st_size > _LARGEST:
            return None
        return _layer(file.read_bytes())
    except (OSError, ValueError, TypeError, RecursionError, _NotPlainError):
        return None


def has_lists(file: Path, count: int) -> bool:
    """Tell whether so many lists are opened in a file, brackets in texts among them.

    Parameters
    ----------
    file : Path
        A GeoJSON.
    count : int
        How many the polygons that were read have: of a point that is none GDAL drops the ring.
    """
    found = 0
    with file.open("rb") as stream:
        while part := stream.read(_COUNTED_AT_ONCE):
            found += part.count(b"[")
    return found == count


def lists_of(shapes: NDArray[np.object_]) -> int:
    """Return how many lists a GeoJSON of polygons has: of features, polygons, rings and points.

    Parameters
    ----------
    shapes : array of Polygon and MultiPolygon
        None among them counts for nothing.
    """
    several = int((shapely.get_type_id(shapes) == shapely.GeometryType.MULTIPOLYGON).sum())
    parts = shapely.get_parts(shapes)
    rings = len(parts) + int(shapely.get_num_interior_rings(parts).sum())
    return 1 + several + len(parts) + rings + int(shapely.get_num_coordinates(shapes).sum())


def broken_rows(file: Path) -> frozenset[int]:
    """Return the rows, from 0 or by their number in the file, with a point that is none.

    GDAL drops the ring of such a point without a word.

    Parameters
    ----------
    file : Path
        A GeoJSON that is not plain.
    """
    try:
        if not _may_break(file):
            return frozenset()
        rows = [one for one in enumerate(_features(file)) if not _is_sound(one[1].get("geometry"))]
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return frozenset()  # GDAL says what it is
    ids = ((place, feature.get("id")) for place, feature in rows)
    return frozenset(said if isinstance(said, int) else place for place, said in ids)


def _may_break(file: Path) -> bool:
    """Tell whether anything in a file looks as no point does; it is not read into memory."""
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _NO_POINT.search(data) is not None


def _features(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the features of a collection, of which one at a time is in memory, or a lone one.

    Raises
    ------
    ValueError
        It is no JSON in UTF-8.
    """
    decoder = json.JSONDecoder()
    with file.open(encoding="utf-8-sig") as opened:
        text = opened.read(_AT_ONCE)
        if (begin := _FEATURES.search(text)) is None:
            yield json.loads(text + opened.read())
            return
        at = begin.end()
        while True:
            between = _BETWEEN.match(text, at)
            at = between.end() if between else at
            if text.startswith("]", at):
                return
            try:
                feature, at = decoder.raw_decode(text, at)
            except ValueError:
                more = opened.read(max(_AT_ONCE, len(text) - at))  # the feature may be cut off
                if not more:
                    raise
                text, at = text[at:] + more, 0
                continue
            yield feature


def _is_sound(geometry: Any) -> bool:  # noqa: ANN401 - as JSON has it
    """Tell whether all points of a polygon are two numbers or more; other shapes are sound."""
    if not isinstance(geometry, dict):
        return True
    if geometry.get("type") == "GeometryCollection":
        return all(map(_is_sound, geometry.get("geometries") or ()))
    if geometry.get("type") not in _SHAPES:
        return True
    found = geometry.get("coordinates")
    polygons = [found] if geometry["type"] == _SHAPES[0] else found
    return all(_is_point(p) for polygon in polygons or () for ring in polygon or () for p in ring)


def _is_point(found: object) -> bool:
    return (
        isinstance(found, list)
        and len(found) > 1
        and all(isinstance(number, int | float) for number in found[:2])
    )


@lru_cache(maxsize=1)  # a layer is asked for its fields, then for its rows
def _layer(data: bytes) -> PlainLayer:
    found = json.loads(data, object_pairs_hook=_object, parse_constant=_refuse)
    _demand(isinstance(found, dict) and found.keys() <= _OF_COLLECTION)
    _demand(found.get("type") == "FeatureCollection" and found.get("crs", _CRS84) == _CRS84)
    name, features = found.get("name", ""), found.get("features")
    _demand(isinstance(name, str) and isinstance(features, list) and len(features) > 0)
    rows = [_properties(feature) for feature in features]
    fields = list(rows[0])
    _demand(all(list(row) == fields for row in rows))
    texts = {field: [row[field] for row in rows] for field in fields}
    _demand(all(_is_text(field, values) for field, values in texts.items()))
    _demand(len({field.casefold() for field in fields}) == len(fields) > 0)
    return PlainLayer(name, texts, _shapes([feature["geometry"] for feature in features]))


def _properties(feature: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON has it
    """Return the properties of a polygon."""
    _demand(isinstance(feature, dict) and feature.keys() == _OF_FEATURE)
    shape, properties = feature["geometry"], feature["properties"]
    _demand(isinstance(shape, dict) and shape.keys() == _OF_GEOMETRY)
    _demand(feature["type"] == "Feature" and shape["type"] in _SHAPES)
    _demand(isinstance(properties, dict))
    return dict(properties)


def _shapes(geometries: Sequence[dict[str, Any]]) -> list[shapely.Geometry]:
    """Return polygons, each perhaps of several, whose rings are closed and flat."""
    single = np.array([geometry["type"] == _SHAPES[0] for geometry in geometries])
    found = [geometry["coordinates"] for geometry in geometries]
    parts = [[one] if alone else one for one, alone in zip(found, single, strict=True)]
    polygons = [polygon for part in parts for polygon in part]
    rings = [ring for polygon in polygons for ring in polygon]
    drawn = np.asarray(shapely.linearrings(_points(rings), indices=_owners(rings)))
    whole = np.asarray(shapely.polygons(drawn, indices=_owners(polygons)))
    shapes = np.asarray(shapely.multipolygons(whole, indices=_owners(parts)))
    shapes[single] = shapely.get_geometry(shapes[single], 0)
    return list(shapes)


def _owners(groups: Sequence[Sequence[object]]) -> NDArray[np.intp]:
    """Return to which group each of all members belongs; each group has some."""
    sizes = np.array([len(group) for group in groups])
    _demand(bool((sizes > 0).all()))
    return np.repeat(np.arange(len(groups)), sizes)


def _points(rings: Sequence[Sequence[object]]) -> NDArray[np.float64]:
    """Return the points of all rings, each of which ends where it begins."""
    sizes = np.array([len(ring) for ring in rings])
    points = np.array([point for ring in rings for point in ring])
    _demand(points.ndim == 2 and points.shape[1] == 2 and points.dtype.kind in ("f", "i"))
    _demand(bool(np.isfinite(points).all() and (sizes > 3).all()))
    ends = np.cumsum(sizes)
    _demand(bool((points[ends - sizes] == points[ends - 1]).all()))
    return points.astype(np.float64)


def _is_text(field: str, values: Sequence[object]) -> bool:
    """Tell whether a field holds texts that GDAL, too, would take for texts."""
    told = [value for value in values if value is not None]
    plain = all(isinstance(value, str) and not _NO_TEXT.match(value) for value in told)
    is_own = field.casefold() not in _RESERVED and not re.search(r'["\0\ud800-\udfff]', field)
    return plain and is_own and bool(told)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON in which no name stands twice."""
    found = dict(pairs)
    _demand(len(found) == len(pairs))
    return found


def _refuse(constant: str) -> None:
    raise _NotPlainError(constant)


def _demand(holds: bool) -> None:
    if not holds:
        raise _NotPlainError
