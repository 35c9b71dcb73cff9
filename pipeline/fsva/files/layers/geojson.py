"""A layer as GeoJSON (RFC 7946): degrees of WGS 84, one line per area.

Owns the form of the file. What is not known is ``null``; codes are texts.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from fsva.files.layers.feature_tables import FeatureTable
from fsva.files.layers.geopackage import LayerNotice

# A tenth of a millimetre, so that neighbours keep the same points.
_DIGITS = 9


def write(table: FeatureTable, notice: LayerNotice) -> bytes:
    """Return a layer as one file.

    Parameters
    ----------
    notice : LayerNotice
        Title and description; members that readers of the standard ignore.
    """
    way = Transformer.from_crs(table.crs, 4326, always_xy=True)

    def degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return longitudes and latitudes of projected points."""
        return np.column_stack(way.transform(*points.T))

    shapes = shapely.orient_polygons(shapely.transform(table.shapes, degrees))
    names = [field.name for field in table.fields]
    lines = [
        _dumped(_feature(dict(zip(names, row, strict=True)), shape))
        for row, shape in zip(table.rows(), shapes, strict=True)
    ]
    head = f'"name":{_dumped(notice.title)},"description":{_dumped(notice.description)}'
    body = ",\n".join(lines)
    return f'{{"type":"FeatureCollection",{head},"features":[\n{body}\n]}}\n'.encode()


def _feature(values: dict[str, Any], shape: shapely.Geometry) -> dict[str, Any]:
    drawn = json.loads(shapely.to_geojson(shape))
    placed = {"type": drawn["type"], "coordinates": _rounded(drawn["coordinates"])}
    return {"type": "Feature", "properties": values, "geometry": placed}


def _rounded(nested: Any) -> Any:  # noqa: ANN401 - numbers in tuples of any depth
    if isinstance(nested, tuple | list):
        return [_rounded(part) for part in nested]
    return round(float(nested), _DIGITS)


def _dumped(value: Any) -> str:  # noqa: ANN401 - anything that JSON holds
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
