"""What is known of a layer before its rows are read.

Owns the value, which all readers of layers give and take.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LayerHeader:
    """Properties of a layer that are known before its rows are read.

    Parameters
    ----------
    layer : str or int
        Its name within the file, or its place, counted from 0.
    fields : dict of str to bool
        Its fields, and whether each holds numbers.
    may_hold_polygons : bool
        False for layers of points, lines and for tables without shapes.
    first_row : int
        Number that the driver gives the first row.
    path : str
        The path that the driver opens: the file, or a member of it.
    n_rows : int
        How many rows it has; 0 where the driver does not say.
    """

    layer: str | int
    fields: dict[str, bool]
    may_hold_polygons: bool
    first_row: int
    path: str
    n_rows: int = 0


def is_only(file: Path) -> bool:
    """Tell whether a file has one layer only; to count, GDAL would read a whole GeoJSON."""
    return file.suffix.lower() == ".geojson"


def only(file: Path) -> LayerHeader:
    """Return the header of a file's only layer, whose fields nobody has asked for."""
    return LayerHeader(0, {}, True, 0, str(file.absolute()))
