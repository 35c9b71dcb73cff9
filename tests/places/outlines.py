"""Districts of every outline: strips, rings, islands, enclaves, very large and very small ones.

Owns the outlines of twelve villages each, in metres; what the villages hold is ``shapes``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shapely
from shapely import Geometry
from shapely.affinity import rotate, scale, translate

SIDE_M = 3000.0
N = 12


def _square(column: float, row: float, side: float = SIDE_M) -> Geometry:
    west, south = 600e3 + column * SIDE_M, 8990e3 + row * SIDE_M
    return shapely.segmentize(shapely.box(west, south, west + side, south + side), 300)


def _of(places: Sequence[tuple[float, float]], side: float = SIDE_M) -> list[Geometry]:
    return [_square(column, row, side) for column, row in places]


def _grid() -> list[Geometry]:
    return _of([(n % 4, n // 4) for n in range(N)])


def _about(
    shapes: list[Geometry], change: Callable[..., Geometry], **how: object
) -> list[Geometry]:
    middle = shapely.union_all(shapes).centroid
    return [change(shape, origin=middle, **how) for shape in shapes]


def _around() -> list[tuple[float, float]]:
    """Return a ring of twelve squares around four."""
    return [(c, r) for c in range(4) for r in range(4) if not (0 < c < 3 and 0 < r < 3)]


def _enclave() -> list[Geometry]:
    shapes = _grid()
    inner = shapes[1].centroid.buffer(700, quad_segs=4)
    return [shapes[0], shapes[1] - inner, inner, *shapes[3:]]


def _exclave() -> list[Geometry]:
    shapes = _grid()
    return [shapely.union(shapes[0], translate(shapes[0], 40e3, 25e3)), *shapes[1:]]


def _islets() -> list[Geometry]:
    """Return islands of 150 m beside larger ones, several to a village."""
    shapes = _of([(3 * (n % 4), 3 * (n // 4)) for n in range(N)], 1200)
    spread = [(2500, 0), (0, 2500), (2200, 2200)]
    islet = [shapely.box(*shape.bounds[:2], shape.bounds[0] + 150, shape.bounds[1] + 150)
             for shape in shapes]  # fmt: skip
    return [shapely.union_all([s, *(translate(i, x, y) for x, y in spread)])
            for s, i in zip(shapes, islet, strict=True)]  # fmt: skip


def _giant() -> list[Geometry]:
    giant = shapely.segmentize(scale(_square(0, 0), 12, 12), 2000)
    east, south = giant.bounds[2], giant.bounds[1]
    small = [shapely.box(east, south + 800 * n, east + 800, south + 800 * (n + 1))
             for n in range(N - 1)]  # fmt: skip
    return [giant, *small]


OUTLINES: dict[str, Callable[[], list[Geometry]]] = {
    "barisan timur": lambda: _of([(n, 0) for n in range(N)]),
    "barisan utara": lambda: _of([(0, n) for n in range(N)]),
    "serong": lambda: _about(_of([(n, 0) for n in range(N)]), rotate, angle=40),
    "cincin": lambda: _of(_around()),
    "pojok bertemu": lambda: _of([(n, n) for n in range(N)]),
    "pulau terpisah": lambda: _of([(2 * (n % 4), 2 * (n // 4)) for n in range(N)], 2000),
    "pulau kecil": _islets,
    "kantong": _enclave,
    "kantong di luar": _exclave,
    "dua bagian": lambda: _of([(n % 3 + 20 * (n // 6), n // 3 % 2) for n in range(N)]),
    "siku": lambda: _of([(0, n) for n in range(6)] + [(n, 0) for n in range(1, 7)]),
    "sisir": lambda: _of([(n, 0) for n in range(6)] + [(n, r) for n in (0, 2, 4) for r in (1, 2)]),
    "sangat luas": lambda: _about(_grid(), scale, xfact=25, yfact=25),
    "sangat kecil": lambda: _about(_grid(), scale, xfact=0.08, yfact=0.08),
    "satu raksasa": _giant,
}
