"""A comparison as JSON, with the schema that is published in ``docs/skema-banding.json``.

Owns the text of ``banding.json``: one line per entry of a long list, so that it can be read and
compared line by line.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from fsva.comparison.values.result import Comparison

FILE_NAME = "banding.json"


@cache
def _adapter() -> TypeAdapter[Comparison]:
    return TypeAdapter(Comparison)


def to_json(comparison: Comparison) -> bytes:
    """Return a comparison as ``banding.json``, one line per entry of its long lists.

    Parameters
    ----------
    comparison : Comparison
        The same comparison gives the same bytes.
    """
    parts = [f"{_dump(key)}: {_lines(value)}" for key, value in record(comparison).items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8")


def record(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as ``banding.json`` holds it."""
    values: dict[str, Any] = _adapter().dump_python(comparison, mode="json", by_alias=True)
    return values


def _lines(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f" {_dump(entry)}" for entry in value) + "\n]"
    return _dump(value)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def schema() -> bytes:
    """Return the JSON schema of ``banding.json``."""
    document = _adapter().json_schema(by_alias=True, mode="serialization")
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(
        "utf-8"
    )
