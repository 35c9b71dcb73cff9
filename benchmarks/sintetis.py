"""Synthetic editions of any number of villages, for measurements: every number is invented.

A kabupaten is a grid of villages whose borders wander, a clean coverage; kecamatan are blocks of
the grid. The same numbers give the same files.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fsva.config.styles import gazetteer

ROOT = Path(__file__).resolve().parent.parent
PER_KECAMATAN = 12
POINTS = 6  # along the edge of a village
CELL = 0.03  # degrees
MEAN, SPREAD, LEAST, MOST = 170, 0.55, 12, 852
INDICATORS = {
    "lahan": (0.0, 0.9, 4), "sarana": (0.001, 0.12, 4), "tidak_sejahtera": (0.01, 0.19, 4),
    "akses": (1, 4, 0), "air_bersih": (0.0, 0.6, 4), "nakes": (0.5, 40, 4),
}  # fmt: skip
# BPS code, Kemendagri code, kecamatan, name.
Keys = tuple[str, str, str, str]
EDITION = """tahun = 2024
tanggal = 2024-11-25
penyusun = "Edisi sintetis untuk pengukuran"
metode = "fsva-kabupaten-6"
dasar = "belu-2021"

[daerah]
nama = "{name}"
jenis = "kabupaten"
kode_kemendagri = "{code}"
kode_bps = "{bps}"
provinsi = "Provinsi Sintetis"

[data]
indikator = "indikator.csv"
penyelarasan = "padanan.csv"

[batas]
berkas = "desa.geojson"
skematis = true
tahun = "2024"
sumber = {{ id = "dibuat program", en = "made by a program" }}

[sumber]
"""


def build(folder: Path, n_villages: int, code: str, name: str, seed: int) -> Path:
    """Write an edition and return its folder.

    Parameters
    ----------
    folder : Path
        Of the edition.
    n_villages : int
        How many.
    code, name : str
        Of the kabupaten.
    seed : int
        Of the invented numbers.
    """
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    rows = [_keys(n, code) for n in range(n_villages)]
    write_tables(folder, rows, code, name, rng)
    (folder / "desa.geojson").write_text(_layer(rng, rows, n_villages), encoding="utf-8")
    return folder


def write_tables(
    folder: Path, rows: Sequence[Keys], code: str, name: str, rng: np.random.Generator
) -> None:
    """Write the tables of villages and edition.toml, but no layer.

    Parameters
    ----------
    rows : sequence of Keys
        BPS code, Kemendagri code, kecamatan and name of each village.
    """
    bps, n_villages = bps_of(code), len(rows)
    drawn = {key: _column(rng, n_villages, *bounds) for key, bounds in INDICATORS.items()}
    cells = zip(rows, _rows(drawn), strict=True)
    values = [[bps_code, parent, name_of, *v] for (bps_code, _, parent, name_of), v in cells]
    _write(folder / "indikator.csv", ["kode_bps", "kecamatan", "desa", *drawn], values)
    pairs = [[b, k, name_of, name_of, parent] for b, k, parent, name_of in rows]
    heads = ["kode_bps", "kode_kemendagri", "nama_bps", "nama_kemendagri", "kecamatan"]
    _write(folder / "padanan.csv", heads, pairs)
    source = '{ instansi = "Data sintetis", tahun = "2023" }'
    text = EDITION.format(name=name, code=code, bps=bps)
    text += "".join(f"{key} = {source}\n" for key in INDICATORS)
    (folder / "edition.toml").write_text(text, encoding="utf-8")


def sizes(n: int, seed: int) -> list[int]:
    """Return how many villages each of many kabupaten has: 163 on average, as in the country."""
    rng = np.random.default_rng(seed)
    drawn = rng.lognormal(-(SPREAD**2) / 2, SPREAD, n) * MEAN
    return [int(size) for size in np.clip(drawn, LEAST, MOST).round()]


@cache
def bps_of(code: str) -> str:
    """Return the BPS code of a kabupaten; of one whose code is not known, the same digits."""
    known = {one.code: one.bps_code for one in gazetteer.load().districts}
    return known.get(code) or code.replace(".", "")


def keys(parent: int, place: int, code: str, most: int = 100) -> tuple[str, str, str]:
    """Return BPS code, Kemendagri code and kecamatan of a village.

    Parameters
    ----------
    parent, place : int
        Its kecamatan, of at most 999, and its place there, from 0.
    most : int
        Villages of a kecamatan.
    """
    row, block = divmod(parent, 99)
    kemendagri = f"{code}.{block + 1:02d}.{2001 + place + most * row}"
    bps = f"{bps_of(code)}{parent + 1:03d}{place + 1:03d}"
    return bps, kemendagri, f"Kecamatan {parent + 1}"


def _keys(n: int, code: str) -> Keys:
    parent, place = divmod(n, PER_KECAMATAN)
    return (*keys(parent, place, code), f"Desa {parent + 1}-{place + 1}")


def _column(
    rng: np.random.Generator, n: int, low: float, high: float, digits: int
) -> NDArray[np.float64]:
    drawn: NDArray[np.float64] = np.round(rng.uniform(low, high, n), digits)
    return drawn


def _rows(drawn: dict[str, NDArray[np.float64]]) -> list[list[str]]:
    texts = [
        [f"{value:.{INDICATORS[key][2]}f}".replace(".", ",") for value in column]
        for key, column in drawn.items()
    ]
    return [list(row) for row in zip(*texts, strict=True)]


def _write(file: Path, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerows([heads, *rows])


def _layer(rng: np.random.Generator, rows: Sequence[Sequence[str]], n: int) -> str:
    """Return the villages as GeoJSON: cells of a grid with borders that neighbours share."""
    wide = int(np.ceil(np.sqrt(n)))
    high = -(-n // wide)
    # Points of the grid with all points along its edges; moved once, so that neighbours agree.
    steps = np.arange(wide * POINTS + 1), np.arange(high * POINTS + 1)
    x, y = np.meshgrid(steps[0] / POINTS, steps[1] / POINTS)
    moved = rng.uniform(-0.08, 0.08, (2, *x.shape))
    lon, lat = 120 + (x + moved[0]) * CELL, -5 + (y + moved[1]) * CELL
    features = [
        {
            "type": "Feature",
            "properties": {"kode": rows[k][1], "nama": rows[k][3]},
            "geometry": {"type": "Polygon", "coordinates": [_ring(lon, lat, *divmod(k, wide))]},
        }
        for k in range(n)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def _ring(
    lon: NDArray[np.float64], lat: NDArray[np.float64], row: int, column: int
) -> list[list[float]]:
    top, left = row * POINTS, column * POINTS
    down, right = top + POINTS, left + POINTS
    path = [
        *((top, left + k) for k in range(POINTS)),
        *((top + k, right) for k in range(POINTS)),
        *((down, right - k) for k in range(POINTS)),
        *((down - k, left) for k in range(POINTS)),
        (top, left),
    ]
    return [[round(float(lon[at]), 6), round(float(lat[at]), 6)] for at in path]


def main() -> int:
    """Write editions of a project."""
    parser = argparse.ArgumentParser(description="Tulis edisi sintetis untuk pengukuran")
    parser.add_argument("proyek", type=Path)
    parser.add_argument("--edisi", type=int, default=514)
    parser.add_argument("--benih", type=int, default=1)
    options = parser.parse_args()
    write_all(options.proyek, options.edisi, options.benih)
    return 0


def write_all(project: Path, n: int, seed: int) -> list[Path]:
    """Write many editions, under the codes of the country's kabupaten, into a project."""
    with (ROOT / "styles" / "kabupaten.csv").open(encoding="utf-8") as stream:
        codes = [row["kode_kemendagri"] for row in csv.DictReader(stream)]
    return [
        build(project / "editions" / f"s-{codes[k]}", size, codes[k], f"Sintetis {k + 1}", seed + k)
        for k, size in enumerate(sizes(n, seed))
    ]


if __name__ == "__main__":
    raise SystemExit(main())
