"""A layer as GeoParquet 1.1, for analysis with DuckDB, Arrow, pandas or R.

Owns the types of its columns. It needs the extra ``geoparquet``.
"""

from __future__ import annotations

import io
from typing import Any

import geopandas as gpd

from fsva.core import memory
from fsva.core.errors import UsageError
from fsva.files.layers.feature_tables import FeatureTable

_TYPES: dict[str, Any] = {"text": "str", "whole": "Int64", "number": "Float64"}


def write(table: FeatureTable) -> bytes:
    """Return a layer as one file.

    Raises
    ------
    UsageError
        If pyarrow is not installed.
    """
    memory.with_arrow()
    try:
        import pyarrow  # noqa: F401
    except ModuleNotFoundError as problem:
        raise UsageError("geoparquet_tanpa_pustaka") from problem
    frame = gpd.GeoDataFrame(dict(table.columns), geometry=table.shapes, crs=table.crs)
    kinds = {field.name: _TYPES[field.kind] for field in table.fields}
    names = [field.name for field in table.fields]
    target = io.BytesIO()
    frame.astype(kinds)[[*names, "geometry"]].to_parquet(
        target, index=False, compression="zstd", schema_version="1.1.0"
    )
    return target.getvalue()
