"""A village layer as GeoJSON, and the record of its source as TOML.

Owns these two formats; the same layer gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from fsva.config.editions.boundary_sources import MARK, LayerRecord, LayerRecords
from fsva.core.remedies.toml_values import quoted
from fsva.sources.plain.shape_table import ShapeTable

# A tenth of a millimetre, so that neighbours keep the same points.
_DIGITS = 9


def geojson(layer: ShapeTable) -> bytes:
    """Return a layer as GeoJSON, a line per village.

    Parameters
    ----------
    layer : ShapeTable
        Degrees (WGS 84), indexed by Kemendagri code, with a column ``nama``.
    """
    lines = [
        json.dumps(_feature(code, name, shape), ensure_ascii=False, separators=(",", ":"))
        for code, name, shape in zip(layer.index, layer["nama"], layer.geometry, strict=True)
    ]
    body = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'.encode()


def _feature(code: str, name: str, shape: Any) -> dict[str, Any]:  # noqa: ANN401 - shapely's
    said = shape.__geo_interface__
    drawn = {"type": said["type"], "coordinates": _rounded(said["coordinates"])}
    return {"type": "Feature", "properties": {"kode": code, "nama": name}, "geometry": drawn}


def _rounded(nested: Any) -> Any:  # noqa: ANN401 - numbers in lists of any depth
    if isinstance(nested, Sequence):
        return [_rounded(part) for part in nested]
    return round(float(nested), _DIGITS)


def sources_toml(records: LayerRecords, others: str) -> bytes:
    """Return records as the text of a ``SOURCES.toml``.

    Parameters
    ----------
    records : LayerRecords
        In the order of the file.
    others : str
        What people have written in the file; it stays unchanged above the records.
    """
    above = others.rstrip()
    gap = "\n\n" if above else ""
    text = above + gap + MARK + "".join(map(_entry, records.records))
    return text.encode("utf-8")


def _entry(record: LayerRecord) -> str:
    values = record.model_dump(by_alias=True)
    return "\n[[ambil]]\n" + "".join(f"{key} = {_value(v)}\n" for key, v in values.items())


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(v)}" for key, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return quoted(value) if isinstance(value, str) else str(value)
