"""Editions of real kabupaten and kota with synthetic values, on any layout.

Owns their files. The borders are those of a layer, the names of its villages too; every value is
invented, kecamatan are called after their codes but in ``bentuk``, and the edition says so.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pyogrio

from fsva.config.editions import edition
from fsva.config.methods.method import Method
from fsva.config.styles import gazetteer
from fsva.core import texts
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Sheet
from fsva.drawing.sheets import sheet
from fsva.runs import run_order, sheet_materials, tabulation
from fsva.words import specification
from tests.places import bentuk, kepulauan, small

LAYOUTS = ("a4-mendatar", "a4-tegak", "a4-lebar", "a3-mendatar", "a3-tegak", "salindia")
# File, name, kind and province of each district whose layer stands beside the checkout.
DISTRICTS: Mapping[str, tuple[str, str, str, str]] = {
    "belu": ("desa_53.04_belu.geojson", "Belu", "kabupaten", "Nusa Tenggara Timur"),
    "cilegon": ("desa_36.72_kota-cilegon.geojson", "Cilegon", "kota", "Banten"),
    "aceh-utara": ("desa_11.08_aceh-utara.geojson", "Aceh Utara", "kabupaten", "Aceh"),
    "malaka": ("desa_53.21_malaka.geojson", "Malaka", "kabupaten", "Nusa Tenggara Timur"),
    "ttu": (
        "desa_53.03_timor-tengah-utara.geojson",
        "Timor Tengah Utara",
        "kabupaten",
        "Nusa Tenggara Timur",
    ),
}
# Districts of islands: real layers, and those of ``kepulauan``, which are made by code.
ISLANDS: Mapping[str, tuple[str, str, str, str]] = {
    "seribu": (
        "desa_31.01_kepulauan-seribu.geojson",
        "Kepulauan Seribu",
        "kabupaten",
        "DKI Jakarta",
    ),
    "wakatobi": (
        "desa_74.07_wakatobi.geojson",
        "Wakatobi",
        "kabupaten",
        "Sulawesi Tenggara",
    ),
    "nusantara": ("kepulauan", "Enam Puluh Pulau", "kabupaten", "Maluku"),
    "kembar": ("kepulauan", "Dua Pulau", "kabupaten", "Maluku"),
    "induk": ("kepulauan", "Induk", "kabupaten", "Maluku"),
    "gugus": ("kepulauan", "Seratus Pulau", "kabupaten", "Maluku"),
    "terpencil": ("kepulauan", "Pulau Terpencil", "kabupaten", "Maluku"),
}
# Districts of unlike shapes, made by ``bentuk``.
SHAPES: Mapping[str, tuple[str, str, str, str]] = {
    "panjang": ("bentuk", "Panjang", "kabupaten", "Kalimantan Tengah"),
    "lebar": ("bentuk", "Lebar", "kabupaten", "Kalimantan Tengah"),
    "cincin": ("bentuk", "Magelang", "kabupaten", "Jawa Tengah"),
    "serpih": ("bentuk", "Serpih", "kabupaten", "Maluku"),
    "raksasa": ("bentuk", "Raksasa", "kota", "Kalimantan Tengah"),
    "tiga": ("bentuk", "Tiga", "kabupaten", "Kalimantan Tengah"),
    "mini": ("bentuk", "Mini", "kabupaten", "Kalimantan Tengah"),
}
SOURCE = '{ instansi = "Data sintetis", tahun = "2021" }'
EDITION = """
tahun = 2021
tanggal = 2021-11-25
penyusun = "Dinas Pertanian dan Ketahanan Pangan (data sintetis)"
metode = "fsva-kabupaten-6"
dasar = "belu-2021"

[daerah]
nama = "{name}"
jenis = "{kind}"
kode_kemendagri = "{code}"
kode_bps = "{bps}"
provinsi = "{province}"

[data]
indikator = "indikator-sintetis.csv"
penyelarasan = "padanan-sintetis.csv"

[batas]
berkas = "{layer}"
skematis = false
tahun = "2021"
sumber = {{ id = "kompilasi publik batas desa", en = "public compilation of village borders" }}

[sumber]
{sources}
"""


@dataclass(frozen=True, eq=False)
class Drawn:
    """The sheets of a district on a layout, and what they were drawn from.

    Parameters
    ----------
    studio : Studio
        Geometry, layout, language.
    sheets : tuple of Sheet
        As drawn.
    """

    studio: Studio
    sheets: tuple[Sheet, ...]


def _known(district: str) -> tuple[str, str, str, str]:
    return {**DISTRICTS, **ISLANDS, **SHAPES}[district]


def layer_of(boundaries: Path, district: str) -> Path:
    """Return the file of a district's layer; those made by code are written first.

    Parameters
    ----------
    boundaries : Path
        ``../shared/boundaries``.
    """
    file, *_ = _known(district)
    makers = {"kepulauan": kepulauan.write, "bentuk": bentuk.write}
    if file not in makers:
        return boundaries / file
    return makers[file](Path(mkdtemp()) / f"{district}.geojson", district)


def build(folder: Path, layer: Path, district: str) -> Path:
    """Write the synthetic edition of a district into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    _, name, kind, province = _known(district)
    rows = pyogrio.read_dataframe(layer, read_geometry=False)
    rows = rows[rows["kode"].notna()].sort_values("kode")
    rules = small.shipped_method()
    keys, values = ["kode_bps", "kecamatan", "desa"], []
    pairs = []
    for n, (code, village) in enumerate(zip(rows["kode"], rows["nama"], strict=True)):
        bps, kecamatan = _bps(code), _kecamatan(district, code)
        values.append([bps, kecamatan, village, *_values(rules, n, len(rows))])
        pairs.append([bps, code, village, village, kecamatan, ""])
    ids = [one.id for one in rules.indicators]
    _write(folder / "indikator-sintetis.csv", [*keys, *ids], values)
    head = ["kode_bps", "kode_kemendagri", "nama_bps", "nama_kemendagri", "kecamatan", "catatan"]
    _write(folder / "padanan-sintetis.csv", head, pairs)
    code = str(rows["kode"].iloc[0])[:5]
    text = EDITION.format(
        name=name, kind=kind, code=code, bps=_bps_of(code), province=province,
        layer=layer.as_posix(), sources="\n".join(f"{one} = {SOURCE}" for one in ids),
    )  # fmt: skip
    (folder / "edition.toml").write_text(text, encoding="utf-8")
    return folder


def _kecamatan(district: str, code: str) -> str:
    if district in SHAPES:
        return bentuk.kecamatan(int(code[6:8]))
    return f"Sintetis {code[6:8]}"


def _bps(code: str) -> str:
    """Return a made-up BPS code: that of the kabupaten, then digits of the village, ten of them."""
    district, subdistrict, village = code[:5], code[6:8], code[-4:]
    return f"{_bps_of(district)}{subdistrict}{village}"


@cache
def _bps_of(district: str) -> str:
    """Return the BPS code of a kabupaten; of one that does not exist, the same digits."""
    known = {one.code: one.bps_code for one in gazetteer.load().districts}
    return known.get(district) or district.replace(".", "")


def _values(rules: Method, n: int, count: int) -> list[str]:
    """Return values between the bounds of the method that differ from village to village."""
    found = []
    for step, one in enumerate(rules.indicators, start=1):
        share = Decimal((n * (7 + 2 * step)) % count) / count
        if one.categories:
            found.append(str(1 + n % 4))
            continue
        low, high = one.bounds if one.bounds else (Decimal(0), Decimal(1))
        low, high = max(low, one.possible[0]), min(high, one.possible[1])
        value = low + (high - low) * share * share
        found.append(str(value.quantize(Decimal(1).scaleb(-one.digits))).replace(".", ","))
    return found


def _write(file: Path, head: list[str], rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(head)
        writer.writerows(rows)


@cache
def tabulated(layer: Path, district: str) -> tuple[run_order.Order, tabulation.Tabulated]:
    """Make the joined table of a district once for all layouts."""
    folder = build(Path(mkdtemp()) / "editions" / district, layer, district)
    order = run_order.place(edition.load(folder), None, texts.load("id"))
    return order, tabulation.tabulate(order.edition, order.village_layer)


@cache
def drawn(layer: Path, district: str, layout: str, theme: str | None = None) -> Drawn:
    """Draw the first and the last map of a district on a layout, in a theme."""
    order, made = tabulated(layer, district)
    order = run_order.place(order.edition.in_layout(layout).in_theme(theme), None, order.texts)
    settings, rules = order.edition.settings, made.rules
    maps = specification.build(made.table, rules, settings, order.texts)
    studio = sheet_materials.studio_of(order.edition, made, order.texts, order.number)
    return Drawn(studio, sheet.sheets(studio, [maps[1], maps[-1]]))
