"""Digests of values: equal values have equal digests, whatever they were read from.

Owns the way through a value down to its numbers, words and coordinates. A value of a kind that it
does not know is a defect: no result may depend on what its key does not hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any, TypeAlias

import numpy as np

Value: TypeAlias = Any  # of any kind that is known here
_PLAIN = (str, int, bool, bytes, type(None), date, Decimal, PurePath)


def of(*values: object) -> bytes:
    """Return the SHA-256 of values.

    Raises
    ------
    TypeError
        A value, or one within it, is of no known kind.
    """
    digest = hashlib.sha256()
    for value in values:
        for part in _parts(value):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.digest()


def _parts(value: Value) -> Iterator[bytes]:
    if isinstance(value, _PLAIN):
        yield f"{type(value).__name__}{value!r}".encode()
    elif isinstance(value, float):
        yield f"float{float(value)!r}".encode()
    elif isinstance(value, np.generic):
        yield from _parts(value.item())
    elif isinstance(value, np.ndarray):
        yield from _of_array(value)
    elif isinstance(value, Mapping):
        yield f"mapping{len(value)}".encode()
        for key, held in value.items():
            yield from _parts(key)
            yield from _parts(held)
    elif isinstance(value, tuple | list):
        yield f"row{len(value)}".encode()
        for held in value:
            yield from _parts(held)
    elif isinstance(value, set | frozenset):
        yield from _parts(sorted(value))
    elif is_dataclass(value):
        yield type(value).__qualname__.encode()
        for field in fields(value):
            yield from _parts(getattr(value, field.name))
    else:
        yield from _of_library(value)


def _of_array(value: np.ndarray[Any, Any]) -> Iterator[bytes]:
    import shapely

    yield f"array{value.dtype}{value.shape}".encode()
    if value.dtype != object:
        yield np.ascontiguousarray(value).tobytes()
    elif shapely.is_valid_input(value).all():
        yield b"\0".join(one or b"" for one in shapely.to_wkb(value).ravel())
    else:
        for held in value.ravel().tolist():
            yield from _parts(held)


def _of_library(value: Value) -> Iterator[bytes]:
    """Take apart what geometry, coordinate systems and settings are made of."""
    yield type(value).__qualname__.encode()
    if hasattr(value, "model_dump"):
        yield from _parts(value.model_dump())
    elif hasattr(value, "wkb"):
        yield value.wkb
    elif hasattr(value, "to_wkt"):
        yield value.to_wkt().encode()
    else:
        raise TypeError(type(value))
