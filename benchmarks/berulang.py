"""A real district laid side by side many times, as an edition: for growth curves.

The villages of a layer keep their shapes, in degrees; only their place changes, so that every copy
has its own borders with the flaws of the original. Values are invented, as in ``sintetis.py``.

Usage: ``python benchmarks/berulang.py LAPISAN FOLDER --kali 98 [--bersih] [--titik 1]``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
import sintetis
from numpy.typing import NDArray

from fsva.villages import repair

CODE, NAME = "53.04", "Berulang"
# As many as codes can tell apart: of several copies, those of one name are one kecamatan.
MOST_KECAMATAN, MOST_VILLAGES = 999, 700
# Between two copies, in degrees.
APART = 0.01
# Where the first copies lie: below it the country ends.
SOUTH = -9.5
MIDDLE = 123.0


@dataclass(frozen=True, eq=False)
class District:
    """A real layer: shapes in degrees, the kecamatan and the name of each village."""

    shapes: NDArray[np.object_]
    kecamatan: tuple[int, ...]
    names: tuple[str, ...]


def read(file: Path) -> District:
    """Read a layer of villages with Kemendagri codes."""
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    codes = [feature["properties"]["kode"].rsplit(".", 1)[0] for feature in features]
    order = {code: n for n, code in enumerate(sorted(set(codes)))}
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    names = tuple(feature["properties"]["nama"] for feature in features)
    return District(shapes, tuple(order[code] for code in codes), names)


def mended(one: District) -> District:
    """Return a district without gaps and overlaps: a clean coverage, also in degrees."""
    layer = gpd.GeoSeries(one.shapes, crs=4326)
    metres = layer.to_crs(layer.estimate_utm_crs())
    clean = gpd.GeoSeries(repair.to_coverage(metres.to_numpy()), crs=metres.crs)
    return replace(one, shapes=clean.to_crs(4326).to_numpy())


def build(folder: Path, one: District, times: int, columns: int, points: int = 1) -> Path:
    """Write an edition of copies of a district and return its folder.

    Parameters
    ----------
    times, columns : int
        Copies in all, and how many of them lie in a row.
    points : int
        How many points stand where the layer has one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows, rng = list(_rows(one, times)), np.random.default_rng(times)
    sintetis.write_tables(
        folder, [(b, k, parent, name) for b, k, parent, name, *_ in rows], CODE, NAME, rng
    )
    with (folder / "desa.geojson").open("w", encoding="utf-8") as stream:
        stream.write('{"type": "FeatureCollection", "features": [')
        for n, feature in enumerate(_features(one, rows, columns, points)):
            stream.write((",\n" if n else "\n") + json.dumps(feature))
        stream.write("]}\n")
    return folder


def _rows(one: District, times: int) -> Iterator[tuple[str, str, str, str, int, int]]:
    """Yield codes, kecamatan and name of each village, its copy and its place in the layer."""
    blocks = max(one.kecamatan) + 1
    together = -(-times * blocks // MOST_KECAMATAN)
    inside = [0] * MOST_KECAMATAN
    for copy in range(times):
        for n, block in enumerate(one.kecamatan):
            parent = copy // together * blocks + block
            place = inside[parent]
            inside[parent] += 1
            bps, code, kecamatan = sintetis.keys(parent, place, CODE, MOST_VILLAGES)
            yield bps, code, kecamatan, f"{one.names[n]} {copy + 1}", copy, n


def _features(
    one: District,
    rows: list[tuple[str, str, str, str, int, int]],
    columns: int,
    points: int,
) -> Iterator[dict[str, Any]]:
    west, south, east, north = shapely.total_bounds(one.shapes)
    wide, high = east - west + APART, north - south + APART
    shapes = one.shapes if points == 1 else shapely.segmentize(one.shapes, _step(one, points))
    for _, code, _, name, copy, n in rows:
        row, column = divmod(copy, columns)
        x = MIDDLE - columns * wide / 2 + column * wide - west
        y = SOUTH + row * high - south
        moved = shapely.transform(shapes[n], partial(_moved, by=(x, y)))
        geometry = json.loads(shapely.to_geojson(moved))
        yield {
            "type": "Feature",
            "properties": {"kode": code, "nama": name},
            "geometry": geometry,
        }


def _moved(points: NDArray[np.float64], by: tuple[float, float]) -> NDArray[np.float64]:
    moved: NDArray[np.float64] = np.round(points + np.array(by), 7)
    return moved


def _step(one: District, points: int) -> float:
    length = float(shapely.length(one.shapes).sum())
    return length / (points * int(shapely.get_num_coordinates(one.shapes).sum()))


def main() -> int:
    """Write the edition."""
    parser = argparse.ArgumentParser(description="Ulangi sebuah daerah berkali-kali")
    parser.add_argument("lapisan", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kali", type=int, default=10)
    parser.add_argument("--lajur", type=int, default=0, help="salinan sebaris")
    parser.add_argument("--bersih", action="store_true", help="perbaiki lapisannya dahulu")
    parser.add_argument("--titik", type=int, default=1, help="titik untuk tiap titik lapisan")
    options = parser.parse_args()
    columns = options.lajur or max(1, round(float(np.sqrt(options.kali / 2))))
    one = read(options.lapisan)
    if options.bersih:
        one = mended(one)
    build(options.folder, one, options.kali, columns, options.titik)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
