"""Districts of unlike shapes, made by code, whose villages and kecamatan have long names.

Owns seven layers: ``panjang``, six times as high as wide; ``lebar``, six times as wide as high;
``cincin``, around a kota; ``serpih``, one large island and forty islets; ``raksasa``, eleven small
villages within a huge one; ``tiga``, a kecamatan of three villages far from the others; ``mini``,
three villages. Nothing is random but for a seed that is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

_SEED = 20241125
_UTM = {"62.99": 32749, "33.08": 32749, "81.99": 32752}
# Inland, where no point of a kabupaten is near; around Kota Magelang; among the Moluccas.
_AT = {"62.99": (778_000.0, 9_868_000.0), "33.08": (413_900.0, 9_173_000.0),
       "81.99": (433_000.0, 9_602_000.0)}  # fmt: skip
_NAMES = ("Sumber Mulya Kencana Tanjung", "Karang Anyar Sejahtera Abadi", "Oe", "Ujung",
          "Lubuk Batang Hilir Utara Timur", "Rawa Bening Sukamaju Permai", "Mekar Sari",
          "Pematang Panjang Simpang Empat", "Bukit Lengkong Cahaya Purnama")  # fmt: skip
_KECAMATAN = ("Tanjung Karang Barat Daya", "Muara", "Simpang Tiga Sungai Lilin Utara", "Kota",
              "Hulu Sungai Selatan Barabai", "Lembah Gumanti Sungai Pagu", "Ulu")  # fmt: skip

Cells = list[tuple[int, shapely.Geometry]]  # number of the kecamatan from 1, area in metres


def write(file: Path, name: str) -> Path:
    """Write the layer of a district as GeoJSON in degrees and return its path."""
    code, cells = _MADE[name]
    rows = list(_coded(code, cells()))
    moved = [shapely.transform(area, lambda p: p + np.array(_AT[code])) for _, _, area in rows]
    frame = gpd.GeoDataFrame(
        {"kode": [code for code, _, _ in rows], "nama": [village for _, village, _ in rows]},
        geometry=moved,
        crs=_UTM[code],
    )
    frame.to_crs(4326).to_file(file, driver="GeoJSON")
    return file


def kecamatan(number: int) -> str:
    """Return the name of a kecamatan."""
    turn, n = divmod(number - 1, len(_KECAMATAN))
    return _KECAMATAN[n] + (f" {turn + 1}" if turn else "")


def _coded(code: str, cells: Cells) -> Iterator[tuple[str, str, shapely.Geometry]]:
    counts: dict[int, int] = {}
    for n, (parent, area) in enumerate(cells):
        counts[parent] = counts.get(parent, 0) + 1
        turn, place = divmod(n, len(_NAMES))
        village = _NAMES[place] + (f" {turn + 1}" if turn else "")
        yield f"{code}.{parent:02d}.{2000 + counts[parent]}", village, area


def _grid(columns: int, rows: int, size_m: float, per_kecamatan: int) -> Cells:
    """Return villages in rows and columns with uneven borders."""
    rng = np.random.default_rng(_SEED)
    x, y = np.meshgrid(np.arange(columns + 1.0), np.arange(rows + 1.0))
    corners = np.stack([x, y], axis=2) + rng.uniform(-0.22, 0.22, (rows + 1, columns + 1, 2))
    bent = corners * size_m
    across = min(columns, rows)
    return [
        (
            1 + (c if columns >= rows else r) * across // per_kecamatan,
            shapely.Polygon([bent[r, c], bent[r, c + 1], bent[r + 1, c + 1], bent[r + 1, c]]),
        )
        for r in range(rows)
        for c in range(columns)
    ]


def _ring() -> Cells:
    """Return two rings of villages around a hole that holds the point of Kota Magelang."""
    turns = np.linspace(0, 2 * np.pi, 17)
    radii = np.random.default_rng(_SEED).uniform(-400, 400, (3, 17))
    radii[:, 16] = radii[:, 0]
    radii += np.array([[4_500], [9_000], [13_500]])
    bent = np.stack([radii * np.cos(turns), radii * np.sin(turns)], axis=2)
    return [
        (1 + c // 4, shapely.Polygon([bent[r, c], bent[r, c + 1], bent[r + 1, c + 1],
                                      bent[r + 1, c]]))
        for r in range(2) for c in range(16)
    ]  # fmt: skip


def _islets() -> Cells:
    """Return an island of 24 villages and forty islets of 10 to 150 ha around it."""
    rng = np.random.default_rng(_SEED)
    cells = _grid(6, 4, 5_000, 8)
    island = shapely.union_all([area for _, area in cells]).buffer(2_000)
    islets: list[shapely.Geometry] = []
    while len(islets) < 40:
        at = shapely.Point(rng.uniform(-45_000, 75_000), rng.uniform(-40_000, 60_000))
        islet = at.buffer(rng.uniform(180, 700), quad_segs=5)
        if not islet.intersects(island) and all(islet.distance(o) > 2_000 for o in islets):
            islets.append(islet)
    islets.sort(key=lambda one: one.centroid.x)
    return [*cells, *((4 + n // 10, islet) for n, islet in enumerate(islets))]


def _huge() -> Cells:
    """Return eleven villages of a few hectares within one that is larger than all of them."""
    small = _grid(4, 3, 900, 4)[:11]
    town = shapely.union_all([area for _, area in small])
    around = shapely.Point(1_800, 1_350).buffer(9_000).difference(town)
    return [*small, (4, around)]


def _apart() -> Cells:
    aside = np.array([60_000.0, 35_000.0])
    three = _grid(3, 1, 3_000, 9)
    far = [(4, shapely.transform(area, lambda points: points + aside)) for _, area in three]
    return [*_grid(6, 4, 6_000, 8), *far]


_MADE: Mapping[str, tuple[str, Callable[[], Cells]]] = {
    "panjang": ("62.99", lambda: _grid(4, 24, 2_500, 16)),
    "lebar": ("62.99", lambda: _grid(30, 5, 2_500, 20)),
    "cincin": ("33.08", _ring),
    "serpih": ("81.99", _islets),
    "raksasa": ("62.99", _huge),
    "tiga": ("62.99", _apart),
    "mini": ("62.99", lambda: _grid(3, 1, 6_000, 3)),
}
