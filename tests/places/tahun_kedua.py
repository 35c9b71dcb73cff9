"""Second years, SYNTHETIC, beside real ones: Kota Cilegon in ready ratios, Belu with new prints.

Owns the writing of the editions. Nothing in them happened: the first year of Kota Cilegon is the
real 2024 with its ratios shifted, the second of Belu the shipped 2021 with every seventh value and
every published class shifted.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd

from tests.places import sunting_belu
from tests.places.small import ROOT

LAYER = "desa_36.72_kota-cilegon.geojson"
CASE = "kota-cilegon-2024.csv"
RATIOS = ("sarana", "tidak_sejahtera", "air_bersih", "nakes")
_SIX = Decimal("0.000001")
_FACTORS = tuple(map(Decimal, ("0.55", "0.9", "1", "1.2", "1.7")))
Row = Mapping[str, str]


def cases(shared: Path) -> list[dict[str, str]]:
    """Return the rows of the published edition of Kota Cilegon 2024, as texts."""
    with (shared / "cases" / CASE).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def ratios(case: Row) -> dict[str, Decimal]:
    """Return what the raw counts of 2024 give, six digits, half up: by hand, not by the program."""
    number = {name: Decimal(text) for name, text in case.items() if name not in _WORDS}
    exact = {
        "sarana": number["n_sarana"] / number["rumah_tangga"],
        "tidak_sejahtera": number["n_miskin_jiwa"] / number["penduduk"],
        "air_bersih": number["n_rt_tanpa_air"] / number["rumah_tangga"],
        "nakes": number["luas_ha"] / 100 / number["n_nakes"],
    }
    return {name: value.quantize(_SIX, ROUND_HALF_UP) for name, value in exact.items()}


_WORDS = ("kode_bps", "kecamatan", "kelurahan")


def earlier(case: Row, number: int) -> dict[str, Decimal]:
    """Return the invented ratios of the earlier year of a kelurahan, and its category."""
    now = ratios(case)
    shifted = {
        name: (now[name] * _FACTORS[(number + place) % len(_FACTORS)]).quantize(_SIX, ROUND_HALF_UP)
        for place, name in enumerate(RATIOS)
    }
    category = round(float(case["akses_kategori"]))
    return shifted | {"akses": Decimal(category % 4 + 1 if number % 9 == 0 else category)}


def cilegon(shared: Path, folder: Path) -> tuple[Path, Path]:
    """Write the earlier year in ready ratios and the real 2024 in raw counts, as one project."""
    from tests.index import test_cilegon as real

    layer = folder / "batas.geojson"
    shutil.copytree(ROOT / "styles", folder / "styles")
    shutil.copy(shared / "boundaries" / LAYER, layer)
    real.write_baseline(folder / "styles" / "dasar" / "uji.toml")
    case = pd.read_csv(shared / "cases" / CASE, dtype={"kode_bps": "str"}).set_index("kode_bps")
    sources = "\n".join(f'{n} = {{ instansi = "BPS", tahun = "2023" }}' for n in real.IDS)
    words = real.SETTINGS.format(layer=layer.as_posix(), sources=sources)
    made = [folder / "editions" / name for name in ("cilegon-2020-sintetis", "cilegon-2024")]
    for edition in made:
        edition.mkdir(parents=True)
        real.write_crosswalk(case, layer, edition / "padanan.csv")
    real.write_counts(case, made[1] / "mentah.csv")
    (made[1] / "edition.toml").write_text(words, encoding="utf-8")
    _write_ratios(cases(shared), made[0] / "indikator.csv")
    ready = words.replace('mentah = "mentah.csv"', 'indikator = "indikator.csv"')
    ready = ready.replace("2024", "2020").replace('"Uji"', '"SINTETIS"')
    (made[0] / "edition.toml").write_text(ready, encoding="utf-8")
    return made[0], made[1]


def _write_ratios(rows: list[dict[str, str]], file: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    names = ("sarana", "tidak_sejahtera", "akses", "air_bersih", "nakes")
    writer.writerow(["kode_bps", "kecamatan", "desa", *names])
    for number, case in enumerate(rows):
        found = earlier(case, number)
        texts = [f"{found[name]:f}".replace(".", ",") for name in names]
        writer.writerow([case["kode_bps"], case["kecamatan"], case["kelurahan"], *texts])
    file.write_text(out.getvalue(), encoding="utf-8")


def class_of(name: str, value: Decimal, cut_offs: str) -> int:
    """Return the class of a value of Kota Cilegon by the cut-offs as they are written: (a, b]."""
    if name == "akses":
        return {4: 1, 3: 2, 2: 3, 1: 4}[int(value)]
    written = sorted(Decimal(str(c)) for c in json.loads(cut_offs, parse_float=Decimal))
    below = sum(cut_off < value for cut_off in written)
    return below + 1 if name == "sarana" else 6 - below


def belu(folder: Path) -> tuple[Path, Path]:
    """Write Belu 2021 and its invented second year, each as a project of its own."""
    first, second = sunting_belu.copy(folder / "a"), sunting_belu.copy(folder / "b")
    _shift(second / "indicators.csv", second / "terbit.csv")
    sunting_belu.replace(second / "edition.toml", "tahun = 2021\n", "tahun = 2022\n")
    sunting_belu.replace(second / "edition.toml", "tanggal = 2021", "tanggal = 2022")
    return first, second


def rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of an officer's table."""
    text = file.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def _shift(values: Path, prints: Path) -> None:
    known, printed = rows(values), rows(prints)
    numeric = ("lahan", "sarana", "tidak_sejahtera", "air_bersih", "nakes")
    number = 0
    for row in known:
        for name in numeric:
            if not row[name]:
                continue
            number += 1
            if number % 7 == 0:
                value = Decimal(row[name].replace(",", ".")) * Decimal("0.8")
                row[name] = f"{value.quantize(Decimal('0.0001'), ROUND_HALF_UP):f}".replace(
                    ".", ","
                )
    valued = {(row["kode_bps"], name) for row in known for name in (*numeric, "akses") if row[name]}
    for row in printed:
        for name in (*numeric, "akses"):
            if row[f"{name}_kelas"] and (row["kode_bps"], name) in valued:
                row[f"{name}_kelas"] = str(int(row[f"{name}_kelas"]) % 4 + 1)
    sunting_belu.save(values, [list(known[0]), *(list(row.values()) for row in known)])
    sunting_belu.save(prints, [list(printed[0]), *(list(row.values()) for row in printed)])
