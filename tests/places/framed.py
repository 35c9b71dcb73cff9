"""Modules whose functions take and give plain tables, for tests that write frames of pandas.

Owns the change between the two and nothing else. ``from tests.places.framed import repair`` gives
the module ``repair`` with frames where it has tables; what is no function is the module's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from importlib import import_module
from inspect import isfunction
from types import ModuleType
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from fsva.sources.plain.plain_table import Table, column_of, columns_of
from fsva.sources.plain.shape_table import ShapeTable

_HOMES = {
    **dict.fromkeys(
        ("areas_apart", "holes", "inherited_values", "join", "names_apart", "names_shifted",
         "own_polygons", "placement", "repair", "repair_totals", "sourced_columns", "succession"),
        "fsva.villages",
    ),
    **dict.fromkeys(("layer_place", "points_apart"), "fsva.villages.whole"),
    **dict.fromkeys(
        ("columns_elsewhere", "crosswalks", "edition_tables", "extra_columns", "number_cells",
         "output_folders", "raw_counts", "read_tables", "successions"),
        "fsva.sources.tables",
    ),
    **dict.fromkeys(
        ("crs", "engines", "gdal_layers", "layer_choice", "postgis", "projected_villages",
         "village_layer", "village_rows"),
        "fsva.sources.layers",
    ),
    **dict.fromkeys(("base_layers", "surroundings"), "fsva.sources.ground"),
    **dict.fromkeys(("around_names", "coast", "district", "ground"), "fsva.drawing.maps"),
    **dict.fromkeys(("frames", "paper_choice"), "fsva.drawing.framing"),
    "inset": "fsva.drawing.names",
    "joined_table": "fsva.index",
    "value_run": "fsva.runs",
}  # fmt: skip


def shape_table_of(layer: gpd.GeoDataFrame) -> ShapeTable:
    """Return the columns and shapes of a frame of geopandas."""
    return ShapeTable(
        np.asarray(layer.index),
        columns_of(layer),
        str(layer.index.name or ""),
        np.asarray(layer.geometry, dtype=object),
        layer.crs,
    )


def plain(value: object) -> Any:  # noqa: ANN401
    """Return what a run has in place of a frame; other values stay."""
    if isinstance(value, gpd.GeoDataFrame):
        if value.active_geometry_name is None:
            return ShapeTable()
        return shape_table_of(value)
    if isinstance(value, pd.DataFrame):
        return Table.of_frame(value)
    if isinstance(value, gpd.GeoSeries):
        return np.asarray(value, dtype=object)
    if isinstance(value, pd.Series):
        return column_of(value)
    return _within(value, plain)


def frame(value: object) -> Any:  # noqa: ANN401
    """Return a table as a frame; other values stay."""
    if isinstance(value, ShapeTable):
        return value.geo_frame
    if isinstance(value, Table):
        return value.frame
    return _within(value, frame)


def _within(value: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    if type(value) is tuple:
        return tuple(map(change, value))
    if is_dataclass(value) and not isinstance(value, type) and type(value).__name__ in _HOLDERS:
        return replace(value, **{f.name: change(getattr(value, f.name)) for f in fields(value)})
    return value


_HOLDERS = {"Inherited", "Joined", "LayerRows", "Supplied", "Surroundings"}


class _Framed:
    """A module whose functions take and give frames."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def __setattr__(self, name: str, value: object) -> None:
        if name == "_module":
            super().__setattr__(name, value)
        else:  # what a test puts in place of a function of the module
            setattr(self._module, name, value)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        found = getattr(self._module, name)
        return _framed(found) if isfunction(found) else found


def _framed(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def framed(*given: object, **named: object) -> Any:  # noqa: ANN401
        changed = {name: plain(value) for name, value in named.items()}
        return frame(function(*map(plain, given), **changed))

    return framed


def __getattr__(name: str) -> _Framed:
    if name not in _HOMES:
        raise AttributeError(name)
    return _Framed(import_module(f"{_HOMES[name]}.{name}"))
