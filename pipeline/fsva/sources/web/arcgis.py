"""Villages on the pages of an ArcGIS feature service, in GeoJSON.

Reads a page. ``fsva.begin.fetch`` requests pages.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import shapely
import shapely.geometry
from shapely import Geometry

from fsva.sources.web.wilayah_sql import FormatError


@dataclass(frozen=True)
class Page:
    """One page of answers.

    Parameters
    ----------
    villages : list of (str, str, geometry)
        Code, name, polygon in degrees.
    is_last : bool
        False if the service has more pages.
    """

    villages: list[tuple[str, str, Geometry | None]]
    is_last: bool


def page(text: str, code_field: str, name_field: str) -> Page:
    """Read a page.

    Parameters
    ----------
    code_field, name_field : str
        Properties of code and name.

    Raises
    ------
    FormatError
        Not GeoJSON, cut off, an error of the service, or without these properties.

    Examples
    --------
    >>> page('{"type": "FeatureCollection", "features": []}', "KDEPUM", "WADMKD")
    Page(villages=[], is_last=True)
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise FormatError("JSON") from problem
    if not isinstance(said, dict) or said.get("type") != "FeatureCollection":
        raise FormatError(_own_error(said))
    features, further = said.get("features", []), said.get("properties")
    if not isinstance(features, list):
        raise FormatError("features")
    facts = further if isinstance(further, dict) else {}
    more = said.get("exceededTransferLimit") or facts.get("exceededTransferLimit")
    return Page([_village(feature, code_field, name_field) for feature in features], not more)


def _own_error(said: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return the error message of a service, which answers with the status of a success."""
    error = said.get("error") if isinstance(said, dict) else None
    return str(error.get("message", error)) if isinstance(error, dict) else "FeatureCollection"


def _village(
    feature: dict[str, Any], code_field: str, name_field: str
) -> tuple[str, str, Geometry | None]:
    try:
        said, shape = feature["properties"], feature["geometry"]
        code, name = said[code_field], said[name_field]
        drawn = shapely.geometry.shape(shape) if shape else None
    except (
        LookupError,
        TypeError,
        AttributeError,
        ValueError,
        shapely.errors.ShapelyError,
    ) as lack:
        raise FormatError(f"{code_field}, {name_field}") from lack
    return str(code or "").strip(), str(name or "").strip(), drawn
