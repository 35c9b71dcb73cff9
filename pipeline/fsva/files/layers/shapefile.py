"""A layer as a Shapefile: names of at most ten characters, text in UTF-8.

Owns what must be told to GDAL, which writes the files; dates are fixed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyogrio
import shapely

from fsva.core.publishing import temporary
from fsva.files.layers.feature_tables import FeatureTable
from fsva.words.layer_fields import LayerField, Naming

_TYPES: dict[str, Any] = {"text": object, "whole": np.int32, "number": np.float64}
_EMPTY: dict[str, Any] = {"text": None, "whole": 0, "number": np.nan}
_FOLDER = "fsva-shp-"
_DATE = "1980-01-01"


def write(table: FeatureTable, naming: Naming) -> dict[str, bytes]:
    """Return a layer as the files of a Shapefile.

    Parameters
    ----------
    naming : callable
        Names of the fields, at most ten characters each.

    Returns
    -------
    dict of str to bytes
        File name to content: shapes, index, values, coordinate system, code page.
    """
    columns = [_column(table.columns[field.name], field) for field in table.fields]
    with temporary.folder(_FOLDER) as folder:
        pyogrio.raw.write(
            folder / f"{table.name}.shp",
            geometry=shapely.to_wkb(table.shapes),
            field_data=[values for values, _ in columns],
            fields=[naming(field) for field in table.fields],
            field_mask=[missing for _, missing in columns],
            geometry_type="MultiPolygon",
            crs=table.crs.to_wkt(),
            driver="ESRI Shapefile",
            encoding="UTF-8",
            DBF_DATE_LAST_UPDATE=_DATE,
            RESIZE="YES",
        )
        return temporary.contents(folder)


def _column(values: Any, field: LayerField) -> tuple[Any, Any]:  # noqa: ANN401 - numpy's arrays
    """Return values and where they are missing."""
    missing = np.array([value is None for value in values], dtype=np.bool_)
    empty = _EMPTY[field.kind]
    filled = [empty if value is None else value for value in values]
    return np.array(filled, dtype=_TYPES[field.kind]), missing
