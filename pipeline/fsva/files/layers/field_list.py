"""The list of the fields of all layers as ``bidang.csv``: names, meanings, in both languages.

Owns its values, a line per layer and field.
"""

from __future__ import annotations

from collections.abc import Sequence

from fsva.files.layers.feature_tables import FeatureTable
from fsva.files.tables import cells
from fsva.index import result_columns
from fsva.words.layer_fields import Naming

FILE = "bidang.csv"


def write(tables: Sequence[FeatureTable], long: Naming, short: Naming) -> bytes:
    """Return the list.

    Parameters
    ----------
    long, short : callable
        Names of the fields in files that know long names, and in Shapefiles.
    """
    rows = [(table.name, field) for table in tables for field in table.fields]
    columns: dict[str, list[str]] = {
        "lapisan": [name for name, _ in rows],
        "bidang": [long(field) for _, field in rows],
        "bidang_shp": [short(field) for _, field in rows],
        "isi": [field.kind for _, field in rows],
        "nama": [field.titles["id"] for _, field in rows],
        "nama_en": [field.titles["en"] for _, field in rows],
        "arti": [field.meanings["id"] for _, field in rows],
        "arti_en": [field.meanings["en"] for _, field in rows],
    }
    return cells.write(FILE, {n: result_columns.words(values) for n, values in columns.items()})
