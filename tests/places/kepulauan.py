"""Districts of islands, made by code: every form that a map of islands may have to hold.

Owns five layers: ``nusantara``, sixty islets over 150 km, a village each; ``kembar``, two
islands 200 km apart; ``induk``, one large island with thirty islets around it; ``gugus``, a hundred
islets in four groups; ``terpencil``, an island of 24 villages with four islets far away. The places
are invented and nothing is random but for a seed that is written here.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

UTM_52S = 32752
_SEED = 20211125
# Where the large island lies: some real land is near, or the layer counts as lost at sea.
_AT = (-67_000.0, 302_000.0)
# No two islets touch.
_APART_M = 2_000.0
_CENTRE = (500_000.0, 9_300_000.0)


def write(file: Path, name: str) -> Path:
    """Write the layer of a district as GeoJSON in degrees and return its path."""
    islands = made(name)
    frame = gpd.GeoDataFrame(
        {
            "kode": [code for code, _ in islands],
            "nama": [f"Desa {code[6:8]}{code[-2:]}" for code, _ in islands],
        },
        geometry=[area for _, area in islands],
        crs=UTM_52S,
    )
    frame.to_crs(4326).to_file(file, driver="GeoJSON")
    return file


def made(name: str) -> list[tuple[str, shapely.Geometry]]:
    """Return the villages of a district, codes and areas in metres of UTM zone 52 S."""
    ways = {
        "nusantara": _archipelago,
        "kembar": _twins,
        "induk": _large_with_islets,
        "gugus": _groups,
        "terpencil": _far_islets,
    }
    return ways[name]()


def _code(kecamatan: int, n: int) -> str:
    return f"81.99.{kecamatan:02d}.{2000 + n}"


def _islet(at: tuple[float, float], size_m: float, seed: int) -> shapely.Polygon:
    """Return an island with an uneven coast, as large as a square of a size."""
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    waves = np.random.default_rng(seed).normal(0, 0.08, 4)
    radius = 1 + sum(w * np.sin((k + 2) * angles + 3 * w * 100) for k, w in enumerate(waves))
    points = np.column_stack([1.4 * np.cos(angles), np.sin(angles)]) * radius[:, None]
    shape = shapely.Polygon(points)
    scale = size_m / np.sqrt(shape.area)
    return shapely.transform(shape, lambda p: p * scale + np.array(at) + _CENTRE)


def _archipelago() -> list[tuple[str, shapely.Geometry]]:
    """Return sixty islets of 12 to 70 ha strewn along 150 km, in four kecamatan."""
    draw = np.random.default_rng(_SEED)
    sizes = draw.uniform(350, 840, 60)
    places: list[tuple[float, float]] = []
    while len(places) < len(sizes):
        x = draw.uniform(-75_000, 75_000)
        y = 14_000 * np.sin(x / 18_000) + draw.uniform(-9_000, 9_000)
        if all(np.hypot(x - a, y - b) > _APART_M for a, b in places):
            places.append((float(x), float(y)))
    return [
        (_code(1 + n // 15, 1 + n % 15), _islet(at, size, n))
        for n, (at, size) in enumerate(zip(sorted(places), sizes, strict=True))
    ]


def _divided(island: shapely.Geometry, columns: int, rows: int) -> list[shapely.Geometry]:
    """Divide an island into villages by a grid."""
    west, south, east, north = shapely.bounds(island)
    xs, ys = np.linspace(west, east, columns + 1), np.linspace(south, north, rows + 1)
    cells = [
        shapely.intersection(island, shapely.box(xs[i], ys[j], xs[i + 1], ys[j + 1]))
        for j in range(rows)
        for i in range(columns)
    ]
    return [cell for cell in cells if shapely.area(cell) > 1e5]


def _twins() -> list[tuple[str, shapely.Geometry]]:
    """Return two islands of 12 and 9 km, 200 km apart, with 12 and 6 villages."""
    left, right = _islet((-100_000, 368_000), 12_000, 1), _islet((100_000, 388_000), 9_000, 2)
    first = [(_code(1, n), area) for n, area in enumerate(_divided(left, 4, 3), start=1)]
    second = [(_code(2, n), area) for n, area in enumerate(_divided(right, 3, 2), start=1)]
    return first + second


def _large_with_islets() -> list[tuple[str, shapely.Geometry]]:
    """Return an island of 22 km with 24 villages, and thirty islets of 3 to 60 ha around it."""
    draw = np.random.default_rng(_SEED + 1)
    large = _islet(_AT, 22_000, 7)
    found = [(_code(1 + n // 8, 1 + n % 8), a) for n, a in enumerate(_divided(large, 6, 4))]
    angles, away = np.arange(30) * 2 * np.pi / 30, draw.uniform(1.18, 1.5, 30)
    edge = [shapely.Point(np.cos(a), np.sin(a)) for a in angles]
    for n, (point, far) in enumerate(zip(edge, away, strict=True)):
        at = (_AT[0] + point.x * far * 17_000, _AT[1] + point.y * far * 13_500)
        found.append((_code(4 + n // 10, 1 + n % 10), _islet(at, draw.uniform(180, 780), 40 + n)))
    return [(code, area) for code, area in found]


def _groups() -> list[tuple[str, shapely.Geometry]]:
    """Return a hundred islets of 12 to 70 ha in four groups, each a kecamatan, 65 km apart."""
    draw, found = np.random.default_rng(_SEED + 2), []
    middles = ((-50_000, -30_000), (45_000, -35_000), (-40_000, 35_000), (55_000, 30_000))
    for kecamatan, (x, y) in enumerate(middles, start=1):
        places: list[tuple[float, float]] = []
        while len(places) < 25:
            at = (x + draw.uniform(-9_000, 9_000), y + draw.uniform(-7_000, 7_000))
            if all(np.hypot(at[0] - a, at[1] - b) > _APART_M for a, b in places):
                places.append((float(at[0]), float(at[1])))
        sizes = draw.uniform(350, 840, 25)
        for n, (at, size) in enumerate(zip(sorted(places), sizes, strict=True), start=1):
            found.append((_code(kecamatan, n), _islet(at, size, 100 * kecamatan + n)))
    return found


def _far_islets() -> list[tuple[str, shapely.Geometry]]:
    """Return an island of 20 km with 24 villages, and four islets 90 km to the north-east."""
    large = _islet(_AT, 20_000, 7)
    found = [(_code(1 + n // 8, 1 + n % 8), a) for n, a in enumerate(_divided(large, 6, 4))]
    for n in range(4):
        at = (_AT[0] + 64_000 + 3_000 * n, _AT[1] + 64_000 - 2_500 * (n % 2))
        found.append((_code(4, 1 + n), _islet(at, 600 + 100 * n, 80 + n)))
    return found
