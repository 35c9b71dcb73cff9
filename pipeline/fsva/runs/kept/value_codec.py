"""Values as bytes and back: records of numbers, words, arrays and geometries.

Owns the format: the tree of the value as JSON, then its numbers, then its geometries (WKB). What is
read back is built by the declared types of the fields, never by a name in the data, so that no file
can make anything but such records. Coordinates and numbers come back to the last bit.
"""

from __future__ import annotations

import itertools
import json
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeAlias, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

T = TypeVar("T")
# A declared type, and a value of one of the types that are declared somewhere.
Kind: TypeAlias = Any
Held: TypeAlias = Any
_HEAD_BYTES = 8


class DamagedError(ValueError):
    """What was read is no such value."""


def encode(value: object, kind: Kind) -> bytes:
    """Return a value as bytes.

    Parameters
    ----------
    kind : type
        Its type, as fields declare theirs.

    Raises
    ------
    TypeError
        Something in it is not what is declared; that is a defect.
    """
    shelf = _Shelf()
    tree = _tree(value, kind, shelf)
    wkb = [bytes(one) for one in shapely.to_wkb(np.array(shelf.geometries, dtype=object))]
    sizes = [len(one) for one in wkb]
    numbers = np.concatenate([np.zeros(0), *shelf.numbers]).astype("<f8").tobytes()
    head = json.dumps([tree, sizes, len(numbers)]).encode("utf-8")
    return b"".join([len(head).to_bytes(_HEAD_BYTES, "big"), head, numbers, *wkb])


def decode(data: bytes, kind: type[T], crs: CRS) -> T:
    """Return the value that was encoded.

    Parameters
    ----------
    crs : CRS
        Its projection, the same object for all that bear it.

    Raises
    ------
    DamagedError
        The bytes are no value of that type.
    """
    try:
        begin = _HEAD_BYTES + int.from_bytes(data[:_HEAD_BYTES], "big")
        tree, sizes, length = json.loads(data[_HEAD_BYTES:begin])
        numbers = np.frombuffer(data[begin : begin + length], dtype="<f8")
        ends = np.cumsum([begin + length, *sizes]).tolist()
        cut = [data[a:b] for a, b in itertools.pairwise(ends)]
        shelf = _Store(numbers, shapely.from_wkb(np.array(cut, dtype=object)), crs)
        value: T = _value(tree, kind, shelf)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError,
            shapely.errors.ShapelyError, CRSError) as problem:  # fmt: skip
        raise DamagedError from problem
    return value


@dataclass
class _Shelf:
    """What stands beside the tree while it is made."""

    numbers: list[NDArray[np.float64]] = field(default_factory=list)
    geometries: list[Any] = field(default_factory=list)
    n_numbers: int = 0


@dataclass(frozen=True)
class _Store:
    """What stands beside the tree while it is read."""

    numbers: NDArray[np.float64]
    geometries: NDArray[np.object_]
    crs: CRS


@cache
def _fields(kind: Kind) -> list[tuple[str, Kind]]:
    """Return the fields of a record with their declared types."""
    hints = typing.get_type_hints(kind)
    return [(one.name, hints[one.name]) for one in fields(kind)]


@cache
def _kind(hint: Kind) -> tuple[Any, tuple[Any, ...]]:
    """Return what a declared type is, and of what; a name of a type stands for what it names.

    ``NDArray`` is such a name since NumPy 2.5.
    """
    origin, of = typing.get_origin(hint) or hint, typing.get_args(hint)
    if (named := getattr(origin, "__value__", None)) is None:
        return origin, of
    return _kind(named[of] if of else named)


def _tree(value: Held, hint: Kind, shelf: _Shelf) -> Held:
    origin, of = _kind(hint)
    if origin in (types.UnionType, typing.Union):
        choice = _choice(value, of)
        return [choice, _tree(value, of[choice], shelf)]
    if isinstance(origin, type) and is_dataclass(origin):
        return [_tree(getattr(value, name), of_it, shelf) for name, of_it in _fields(origin)]
    if origin in (tuple, list):
        return [
            _tree(one, kind, shelf) for one, kind in zip(value, _row(of, len(value)), strict=True)
        ]
    if origin is dict:
        return [[_tree(k, of[0], shelf), _tree(v, of[1], shelf)] for k, v in value.items()]
    if origin in (set, frozenset):
        return [_tree(one, of[0], shelf) for one in sorted(value)]
    if origin is np.ndarray:
        return _shelved(value, shelf)
    if isinstance(origin, type) and issubclass(origin, shapely.Geometry):
        shelf.geometries.append(value)
        return len(shelf.geometries) - 1
    if origin is CRS:
        return value.to_wkt()
    return _plain(value, origin)


def _plain(value: Held, origin: Kind) -> Held:
    if origin is Literal:
        return value
    if origin is type(None) or origin is None:
        return None
    if origin is float:
        return float(value)
    if origin is int:
        return int(value)
    if origin in (str, bool) and isinstance(value, origin):
        return value
    raise TypeError(type(value), origin)


def _choice(value: Held, of: tuple[Any, ...]) -> int:
    for n, kind in enumerate(of):
        origin = _kind(kind)[0]
        if isinstance(value, origin if isinstance(origin, type) else type(origin)):
            return n
    raise TypeError(type(value), of)


def _row(of: tuple[Any, ...], count: int) -> Iterator[Any]:
    """Yield the type of each member of a tuple or list."""
    if (len(of) == 2 and of[1] is Ellipsis) or len(of) == 1:
        of = (of[0],) * count
    if len(of) != count:
        raise TypeError(count, of)
    yield from of


def _shelved(value: NDArray[Any], shelf: _Shelf) -> list[Any]:
    """Put an array on the shelf; return where it stands."""
    if value.dtype == object:
        start = len(shelf.geometries)
        shelf.geometries.extend(value.tolist())
        return ["geometry", start, len(value)]
    if not np.issubdtype(value.dtype, np.number) and value.dtype != np.bool_:
        raise TypeError(value.dtype)
    start = shelf.n_numbers
    shelf.numbers.append(value.astype(np.float64).ravel())
    shelf.n_numbers += value.size
    return [value.dtype.str, start, *value.shape]


def _value(tree: Held, hint: Kind, store: _Store) -> Held:
    origin, of = _kind(hint)
    if origin in (types.UnionType, typing.Union):
        return _value(tree[1], of[int(tree[0])], store)
    if is_dataclass(origin):
        return _record(tree, origin, store)
    if origin in (tuple, list, set, frozenset):
        row = _row(of, len(tree))
        return origin([_value(one, kind, store) for one, kind in zip(tree, row, strict=True)])
    if origin is dict:
        return {_value(k, of[0], store): _value(v, of[1], store) for k, v in tree}
    if origin is np.ndarray:
        return _taken(tree, store)
    if isinstance(origin, type) and issubclass(origin, shapely.Geometry):
        return _geometry(store.geometries[tree], origin)
    if origin is CRS:
        return store.crs if store.crs.to_wkt() == tree else CRS.from_wkt(tree)
    return _read(tree, origin, of)


def _record(tree: Held, kind: Kind, store: _Store) -> Held:
    rows = zip(tree, _fields(kind), strict=True)
    return kind(*(_value(one, of_it, store) for one, (_, of_it) in rows))


def _read(tree: Held, origin: Kind, of: tuple[Any, ...]) -> Held:
    wanted = (type(None),) if origin in (None, type(None)) else (origin,)
    right = tree in of if origin is Literal else type(tree) in wanted
    if not right:
        raise DamagedError(tree, origin)
    return tree


def _geometry(found: Held, kind: type) -> Held:
    if not isinstance(found, kind):
        raise DamagedError(found, kind)
    return found


def _taken(tree: Held, store: _Store) -> NDArray[Any]:
    kind, start, *shape = tree
    if kind == "geometry":
        return store.geometries[start : start + shape[0]].copy()
    count = int(np.prod(shape, dtype=np.int64))
    return store.numbers[start : start + count].astype(np.dtype(kind)).reshape(shape)
