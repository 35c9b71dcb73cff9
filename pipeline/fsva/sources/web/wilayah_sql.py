"""Villages in SQL: rows of code, name, and rings as lists of [latitude, longitude].

Owns the grammar of the INSERT statements that the public compilation
cahyadsn/wilayah_boundaries publishes per kabupaten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

import shapely
from shapely import Geometry, Polygon

_INSERT = re.compile(r"INSERT\s+INTO\s+\S+\s*\(([^()]*)\)\s*VALUES", re.IGNORECASE)
_ROW = re.compile(r"\s*\(")
_VALUE = re.compile(r"\s*(?:'((?:[^'\\]|''|\\.)*)'|(NULL|[-+\d.eE]+))\s*", re.DOTALL)
_QUOTED = re.compile(r"''|\\(.)", re.DOTALL)
_NEEDED = ("kode", "nama", "path")
_FEWEST_POINTS = 3


class FormatError(ValueError):
    """A text is not in the format of its source; the message names the place."""


def villages(text: str) -> list[tuple[str, str, Geometry | None]]:
    """Return code, name and polygon of every row.

    Parameters
    ----------
    text : str
        INSERT statements with the columns ``kode``, ``nama`` and ``path``, in any order.

    Returns
    -------
    list of (str, str, Polygon, MultiPolygon or None)
        In the order of the text; longitudes and latitudes in degrees; None = no rings.

    Raises
    ------
    FormatError
        No such statement, a statement that is cut off, or rings that are not numbers.

    Examples
    --------
    >>> rings = "[[[-9,125],[-9,126],[-8,126]]]"
    >>> text = f"INSERT INTO w (kode,nama,path) VALUES ('1','Ba''a','{rings}');"
    >>> [(code, name, shape.wkt) for code, name, shape in villages(text)]
    [('1', "Ba'a", 'POLYGON ((125 -9, 126 -9, 126 -8, 125 -9))')]
    """
    statements = list(_INSERT.finditer(text))
    if not statements:
        raise FormatError("INSERT INTO ... (kode, nama, path) VALUES")
    return [
        (row["kode"], row["nama"], _shape(row["kode"], row["path"]))
        for statement in statements
        for row in _rows(text, statement)
    ]


def _rows(text: str, statement: re.Match[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of a statement by column, up to its semicolon."""
    columns = [name.strip().strip('`"').lower() for name in statement[1].split(",")]
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise FormatError(", ".join(missing))
    position, mark = statement.end(), ","
    while mark == ",":
        values, position = _values(text, position)
        if len(values) != len(columns):
            raise FormatError(f"{values[0]}: {len(values)} / {len(columns)}")
        yield dict(zip(columns, values, strict=True))
        after = re.compile(r"\s*([,;])").match(text, position)
        if after is None:
            raise FormatError(f"{values[0]} ...")
        mark, position = after[1], after.end()


def _values(text: str, position: int) -> tuple[list[str], int]:
    """Read one row in brackets; return its texts and its end."""
    opening = _ROW.match(text, position)
    if opening is None:
        raise FormatError(text[position : position + 30].strip() or "...")
    values, position = [], opening.end()
    while True:
        value = _VALUE.match(text, position)
        mark = text[value.end() : value.end() + 1] if value else ""
        if value is None or mark not in (",", ")") or not mark:
            raise FormatError(text[position : position + 30].strip() or "...")
        values.append(_plain(value))
        position = value.end() + 1
        if mark == ")":
            return values, position


def _plain(value: re.Match[str]) -> str:
    """Return the text of a value; NULL is empty."""
    if value[1] is None:
        return "" if value[2] == "NULL" else value[2]
    return _QUOTED.sub(lambda match: match[1] or "'", value[1])


def _shape(code: str, text: str) -> Geometry | None:
    if not text.strip():
        return None
    try:
        polygons = [_even_odd(list(rings)) for rings in _polygons(json.loads(text))]
    except (ValueError, TypeError, RecursionError, shapely.errors.ShapelyError) as problem:
        raise FormatError(f"{code}: path") from problem
    return shapely.union_all(polygons) if len(polygons) > 1 else polygons[0]


def _polygons(nested: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON holds
    """Return lists of rings for one ring, the rings of a polygon, or several polygons."""
    depth = _depth(nested)
    if depth == 4:
        return list(nested)
    if depth == 3:
        return [nested]
    if depth == 2:
        return [[nested]]
    raise ValueError(depth)


def _depth(nested: Any) -> int:  # noqa: ANN401 - whatever JSON holds
    return 1 + _depth(nested[0]) if isinstance(nested, list) and nested else 0


def _even_odd(rings: Sequence[Sequence[Sequence[float]]]) -> Geometry:
    """Return the area within an odd number of rings, so that holes and islands come out right."""
    if not rings or min(map(len, rings)) < _FEWEST_POINTS:
        raise ValueError(len(rings))
    parts = [Polygon([(longitude, latitude) for latitude, longitude in ring]) for ring in rings]
    if len(parts) == 1:
        return parts[0]
    return reduce(shapely.symmetric_difference, map(shapely.make_valid, parts))
