"""kelas.csv and gabung.csv: made for git and for programs, the same to the byte."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pytest

from fsva.files.tables import class_table
from fsva.index import joined_table
from tests.places import belu
from tests.places.framed import plain
from tests.places.small import shipped_method

HEADER = (
    "kode_kemendagri,kode_bps,kecamatan,desa,"
    "lahan,lahan_kelas,lahan_dasar,sarana,sarana_kelas,sarana_dasar,"
    "tidak_sejahtera,tidak_sejahtera_kelas,tidak_sejahtera_dasar,"
    "akses,akses_kelas,akses_dasar,air_bersih,air_bersih_kelas,air_bersih_dasar,"
    "nakes,nakes_kelas,nakes_dasar,komposit,komposit_kelas,komposit_dasar,peringkat,"
    "komposit_keyakinan,tahun_dasar"
)
DIGITS = dict.fromkeys(belu.IDS, 4) | {"akses": 0, "komposit": 2}
LEDGER = "kode_kemendagri,kode_bps,kecamatan,nama_tabel,nama_penyelarasan,nama_layer,keterangan"


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


@pytest.mark.parametrize("name", ["kelas.csv", "gabung.csv", "laporan.txt"])
def test_tracked_outputs_are_those_of_a_fresh_run(name: str) -> None:
    assert belu.made().files[name] == (belu.TRACKED / name).read_bytes()


@pytest.mark.parametrize(("name", "header"), [("kelas.csv", HEADER), ("gabung.csv", LEDGER)])
def test_a_table_has_its_columns_and_a_sorted_row_per_village(name: str, header: str) -> None:
    data = belu.made().files[name]
    assert data.split(b"\n")[0].decode() == header
    codes = [row["kode_kemendagri"] for row in rows_of(data)]
    assert len(set(codes)) == len(codes) == 81
    assert codes == sorted(codes)
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert not data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("measure", belu.IDS)
def test_values_have_fixed_digits_and_a_decimal_point_or_stay_empty(measure: str) -> None:
    digits = DIGITS[measure]
    number = re.compile(rf"\d+\.\d{{{digits}}}" if digits else r"\d+")
    for row in rows_of(belu.made().files["kelas.csv"]):
        assert row[measure] == "" or number.fullmatch(row[measure])
        assert row[f"{measure}_kelas"] in set("123456")
        assert row[f"{measure}_dasar"] in {"nilai", "terbit", "timpa"}
        if row[f"{measure}_dasar"] == "nilai":
            assert row[measure]


def test_lost_values_are_empty_and_their_classes_marked_as_published() -> None:
    rows = rows_of(belu.made().files["kelas.csv"])
    lost = [(r, m) for r in rows for m in belu.IDS[:6] if r[m] == ""]
    assert len(lost) == 59
    assert {row[f"{m}_dasar"] for row, m in lost} == {"terbit"}
    ranks = sorted(int(row["peringkat"]) for row in rows)
    assert ranks == list(range(1, 82))


def test_the_override_is_marked() -> None:
    overridden = [
        (row["desa"], m)
        for row in rows_of(belu.made().files["kelas.csv"])
        for m in belu.IDS
        if row[f"{m}_dasar"] == "timpa"
    ]
    assert overridden == [("Manumutin", "sarana")]


def test_ledger_names_the_four_villages_that_differ() -> None:
    rows = rows_of(belu.made().files["gabung.csv"])
    other = {(r["nama_tabel"], r["nama_layer"]) for r in rows if r["keterangan"] != "sama"}
    assert other == {
        ("Fatukety", "Fatuketi"), ("Atambua", "Kota Atambua"),
        ("Raiulun", "Dualasi Raiulun"), ("Berdao", "Bardao"),
    }  # fmt: skip


def test_a_gis_reads_codes_as_text_and_values_as_numbers(tmp_path: Path) -> None:
    files = belu.made().files
    for name in ("kelas.csv", "kelas.csvt"):
        (tmp_path / name).write_bytes(files[name])
    read = pyogrio.read_dataframe(tmp_path / "kelas.csv")
    assert read["kode_bps"][0] == "5306080012"
    assert read["kode_kemendagri"].iloc[-1] == "53.04.23.2004"
    words = {"kode_kemendagri", "kode_bps", "kecamatan", "desa", "tahun_dasar"}
    words |= {f"{measure}_dasar" for measure in belu.IDS}
    assert {str(n) for n in read if pd.api.types.is_string_dtype(read[n])} == words
    assert read["lahan_kelas"].dtype.kind == "i"
    # A value that is not known is none, not zero.
    assert int(read["lahan"].isna().sum()) == sum(not r["lahan"] for r in belu.made().rows())


@pytest.mark.shared
def test_classes_do_not_depend_on_the_layer(shared_dir: Path) -> None:
    real = belu.made(layer=shared_dir / "boundaries" / "desa_53.04_belu.geojson")
    assert real.files["kelas.csv"] == belu.made().files["kelas.csv"]


def test_unknown_values_and_classes_are_empty_cells() -> None:
    method = shipped_method()
    villages = pd.DataFrame(
        {"kode_bps": ["9901010001", "9901010002"], "kecamatan": "Utara", "desa": ["A, B", "Ü"]},
        index=pd.Index(["99.01.01.2001", "99.01.01.2002"], name="kode_kemendagri"),
    )
    for indicator in method.indicators:
        villages[indicator.id] = pd.array([None, 1.0], dtype="Float64")
    table = joined_table.tabulate(plain(villages), None, (), method)
    sure = np.array([np.nan, 0.986])
    first, second = rows_of(class_table.classes_csv(table, sure, method))
    assert (first["desa"], second["desa"]) == ("A, B", "Ü")
    for measure in method.measures():
        values = [first[f"{measure.id}{part}"] for part in ("", "_kelas", "_dasar")]
        assert values == ["", "", "kosong"]
    assert (first["peringkat"], first["komposit_keyakinan"]) == ("", "")
    assert second["komposit_keyakinan"] == "0.99"
    assert second["lahan"] == "1.0000"
