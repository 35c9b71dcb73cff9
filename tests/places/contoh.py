"""A synthetic edition of the small hand-drawn kabupaten, with tables of targeting.

Owns its files. Every number in them is invented; the tables say so in their names.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fsva.checks.findings import Report
from fsva.config.editions import edition
from fsva.core import texts
from fsva.runs import check_run, run_order, tabulation
from fsva.runs.run_order import Order
from fsva.runs.tabulation import Tabulated
from tests.places import small

# Extremely poor persons per village: at, just above and just below the pocket, small, unknown.
PERSONS = ("100", "101", "0", "4", "5", "250", "", "1000", "99", "1", "102", "3")
POVERTY_FILE, COVERAGE_FILE = "miskin-sintetis.csv", "cakupan-sintetis.csv"
RAW_COLUMNS = (
    "luas_sawah", "luas_ladang", "luas_pekarangan", "luas_ha", "jumlah_sarana", "rumah_tangga",
    "penduduk_desil_1", "penduduk", "akses_kategori", "rt_tanpa_air", "tenaga_kesehatan",
)  # fmt: skip
SOURCE = '{ instansi = "Data sintetis", tahun = "2020" }'
EDITION = """
tahun = 2021
tanggal = 2021-11-25
penyusun = "Penyusun Contoh"
metode = "fsva-kabupaten-6"
dasar = "belu-2021"

[daerah]
nama = "Contoh"
jenis = "kabupaten"
kode_kemendagri = "99.01"
kode_bps = "9901"
provinsi = "Provinsi Contoh"

[data]
{tables}
penyelarasan = "padanan.csv"

[batas]
berkas = "desa.geojson"
skematis = true
tahun = "2020"
sumber = {{ id = "gambar tangan", en = "drawn by hand" }}

[sumber]
{sources}
"""


def poverty_csv(persons: tuple[str, ...] = PERSONS) -> str:
    """Return a synthetic table of extremely poor persons."""
    rows = zip(small.BPS_CODES, small.NAMES, persons, strict=True)
    lines = ["kode_bps;desa;jiwa_miskin_ekstrem", *(";".join(row) for row in rows)]
    return "\r\n".join(lines) + "\r\n"


def coverage_csv() -> str:
    """Return a synthetic table of two programmes; village 2 is not named by the second."""
    states = ("ya", "tidak", "", "Ya", "TIDAK", "ya", "tidak", "tidak", "", "ya", "tidak", "ya")
    lines = ["kode_bps;desa;program;dilayani"]
    for n, state in enumerate(states):
        lines.append(f"{small.BPS_CODES[n]};{small.NAMES[n]};Air;{state}")
        if n != 1:
            lines.append(f"{small.BPS_CODES[n]};{small.NAMES[n]};Bantuan;{states[-n]}")
    return "\r\n".join(lines) + "\r\n"


def raw_csv() -> str:
    """Return synthetic raw counts; village 3 lacks its outlets, village 4 has no health worker."""
    lines = [";".join(("kode_bps", "kecamatan", "desa", *RAW_COLUMNS))]
    for n in range(12):
        counts = [n, 1, "0,5", 100, "" if n == 2 else n, 300, 5 * n, 1000, n % 4 + 1, 20 * n,
                  0 if n == 3 else n + 1]  # fmt: skip
        keys = (small.BPS_CODES[n], small.KECAMATAN[n], small.NAMES[n])
        lines.append(";".join([*keys, *map(str, counts)]))
    return "\r\n".join(lines) + "\r\n"


def build(folder: Path, *, poverty: bool = True, coverage: bool = True, raw: bool = False) -> Path:
    """Write the edition into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "indikator.csv": small.indicators_csv(),
        "mentah.csv": raw_csv(),
        "padanan.csv": small.crosswalk_csv(),
        POVERTY_FILE: poverty_csv(),
        COVERAGE_FILE: coverage_csv(),
        "edition.toml": _toml(poverty, coverage, raw),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8-sig" if name[-3:] == "csv" else "utf-8")
    layer = small.layer().reset_index().to_crs(4326)
    layer.to_file(folder / "desa.geojson", driver="GeoJSON")
    return folder


def _toml(poverty: bool, coverage: bool, raw: bool) -> str:
    tables = ['mentah = "mentah.csv"' if raw else 'indikator = "indikator.csv"']
    sources = [i.id for i in small.shipped_method().indicators]
    if poverty:
        tables.append(f'miskin_ekstrem = "{POVERTY_FILE}"')
        sources.append("miskin_ekstrem")
    if coverage:
        tables.append(f'cakupan = "{COVERAGE_FILE}"')
    lines = "\n".join(f"{name} = {SOURCE}" for name in sources)
    return EDITION.format(tables="\n".join(tables), sources=lines)


def order(folder: Path) -> Order:
    """Return the order of an edition in Indonesian."""
    return run_order.place(edition.load(folder), None, texts.load("id"))


def tabulated(asked: Order) -> Tabulated:
    """Return the joined table of an order."""
    return tabulation.tabulate(asked.edition, asked.village_layer)


def checked(asked: Order) -> Report:
    """Return what the checks say of an order."""
    layer = asked.village_layer
    return check_run.of_edition(asked.edition, layer, None, asked.texts).report


@cache
def belu() -> Tabulated:
    """Return the joined table of Belu 2021."""
    return tabulated(order(small.BELU))
