"""The committed figures of Belu 2021 are complete, consistent and equal to their source.

Owns: the CSV files of editions/belu-2021 and boundaries/crosswalk, as files.
Does not own: how the pipeline reads, classifies or draws them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tomllib
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EDITION = ROOT / "editions" / "belu-2021"
CROSSWALK = ROOT / "boundaries" / "crosswalk"
INDICATORS = ("lahan", "sarana", "tidak_sejahtera", "akses", "air_bersih", "nakes")
DIALECT_FILES = (
    EDITION / "indicators.csv",
    EDITION / "asal.csv",
    EDITION / "terbit.csv",
    CROSSWALK / "53.04.csv",
)
Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of one officer-edited CSV, every cell as text."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def read_reference(path: Path) -> list[Row]:
    """Return the rows of one reference CSV (comma separated), every cell as text."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def number(text: str) -> Decimal:
    """Return the value of a cell written with a decimal comma."""
    return Decimal(text.replace(",", "."))


@pytest.fixture(scope="module")
def villages() -> list[Row]:
    return read_rows(EDITION / "indicators.csv")


@pytest.fixture(scope="module")
def origins() -> list[Row]:
    return read_rows(EDITION / "asal.csv")


@pytest.fixture(scope="module")
def published() -> list[Row]:
    return read_rows(EDITION / "terbit.csv")


@pytest.fixture(scope="module")
def crosswalk() -> list[Row]:
    return read_rows(CROSSWALK / "53.04.csv")


# Dialect: what Excel with Indonesian regional settings opens without damage.


@pytest.mark.parametrize("path", DIALECT_FILES, ids=lambda p: p.name)
def test_file_has_bom_and_crlf_only(path: Path) -> None:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")


@pytest.mark.parametrize("path", DIALECT_FILES, ids=lambda p: p.name)
def test_semicolons_and_quotes_only_where_needed(path: Path) -> None:
    data = path.read_bytes()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows[0]) > 1
    assert out.getvalue().encode("utf-8-sig") == data


@pytest.mark.parametrize("path", DIALECT_FILES, ids=lambda p: p.name)
def test_no_cell_is_a_formula_or_padded(path: Path) -> None:
    cells = [cell for row in read_rows(path) for cell in row.values()]
    assert [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert [c for c in cells if c != c.strip()] == []


@pytest.mark.parametrize("path", DIALECT_FILES[:3], ids=lambda p: p.name)
def test_edition_files_hold_no_decimal_point_and_no_dotted_code(path: Path) -> None:
    numeric = re.compile(r"\d+(\.\d+)+")
    cells = [cell for row in read_rows(path) for cell in row.values()]
    assert [c for c in cells if numeric.fullmatch(c)] == []
    assert [c for c in cells if re.search(r"\d\d\.\d\d\.\d\d", c)] == []


# Indicators: one row per village.


def test_eighty_one_villages_in_the_order_of_the_annex(villages: list[Row]) -> None:
    codes = [row["kode_bps"] for row in villages]
    assert list(villages[0]) == ["kode_bps", "kecamatan", "desa", *INDICATORS]
    assert len(codes) == len(set(codes)) == 81
    assert codes == sorted(codes)
    assert all(re.fullmatch(r"5306\d{6}", code) for code in codes)
    assert len({row["desa"] for row in villages}) == 81


def test_each_kecamatan_has_one_code_prefix(villages: list[Row]) -> None:
    pairs = {(row["kode_bps"][:7], row["kecamatan"]) for row in villages}
    assert len(pairs) == len({p for p, _ in pairs}) == len({k for _, k in pairs}) == 12


def test_values_have_four_decimals_and_akses_is_a_category(villages: list[Row]) -> None:
    for row in villages:
        assert row["akses"] in {"1", "2", "3", "4"}
        for name in set(INDICATORS) - {"akses"}:
            assert re.fullmatch(r"(\d+,\d{4})?", row[name]), (row["kode_bps"], name)


def test_values_lie_inside_the_scale_of_the_baseline(villages: list[Row]) -> None:
    bounds = {
        "lahan": ("0", "1.6659"),
        "sarana": ("0", "0.1210"),
        "tidak_sejahtera": ("0.0017", "0.1971"),
        "akses": ("1", "4"),
        "air_bersih": ("0", "0.6897"),
        "nakes": ("0.4782", "53.3397"),
    }
    for name, (low, high) in bounds.items():
        values = [number(row[name]) for row in villages if row[name]]
        assert Decimal(low) <= min(values)
        assert max(values) <= Decimal(high)


# Origin: one row per cell.


def test_every_cell_has_one_origin_and_the_same_value(
    villages: list[Row], origins: list[Row]
) -> None:
    expected = [(v["kode_bps"], v["desa"], name, v[name]) for v in villages for name in INDICATORS]
    actual = [(o["kode_bps"], o["desa"], o["indikator"], o["nilai"]) for o in origins]
    assert actual == expected
    assert len(actual) == 486


def test_counts_per_origin_and_indicator(origins: list[Row]) -> None:
    table = {
        "cetak": (28, 27, 28, 28, 27, 28),
        "pulih": (53, 52, 16, 53, 2, 49),
        "simpul": (0, 0, 12, 0, 24, 0),
        "kosong": (0, 2, 25, 0, 28, 4),
    }
    counts = Counter((row["asal"], row["indikator"]) for row in origins)
    for asal, expected in table.items():
        assert tuple(counts[asal, name] for name in INDICATORS) == expected
    assert [sum(table[a]) for a in table] == [166, 225, 36, 59]
    assert sum(counts.values()) == 486


def test_certainty_counts_of_recovered_and_inferred_cells(origins: list[Row]) -> None:
    recovered = [row for row in origins if row["asal"] in {"pulih", "simpul"}]
    assert Counter(row["keyakinan"] for row in recovered) == {"A": 68, "B": 145, "C": 48}


def test_lost_cells_are_empty_but_keep_their_interval(origins: list[Row]) -> None:
    for row in origins:
        lost = row["asal"] == "kosong"
        assert (row["nilai"] == "") == lost
        assert (row["keyakinan"] == "") == lost
        assert row["sumber"]
        assert Decimal(0) <= number(row["batas_bawah"]) <= number(row["batas_atas"])


def test_values_lie_inside_their_interval(origins: list[Row]) -> None:
    rounding = Decimal("0.0001")
    for row in (o for o in origins if o["nilai"]):
        low, high = number(row["batas_bawah"]), number(row["batas_atas"])
        assert low - rounding <= number(row["nilai"]) <= high + rounding, row


# Published results.


def test_published_rows_are_the_same_villages(villages: list[Row], published: list[Row]) -> None:
    expected = [(row["kode_bps"], row["desa"]) for row in villages]
    assert [(row["kode_bps"], row["desa"]) for row in published] == expected


def test_class_counts_equal_the_tables_of_the_report(published: list[Row]) -> None:
    tables = {
        "lahan_kelas": (12, 12, 17, 16, 12, 12),
        "sarana_kelas": (1, 4, 22, 21, 25, 8),
        "tidak_sejahtera_kelas": (1, 0, 1, 6, 33, 40),
        "akses_kelas": (1, 0, 6, 74, 0, 0),
        "air_bersih_kelas": (13, 11, 16, 17, 13, 11),
        "nakes_kelas": (27, 13, 11, 16, 13, 1),
        "komposit_kelas": (0, 4, 17, 22, 28, 10),
    }
    for column, expected in tables.items():
        counts = Counter(row[column] for row in published)
        assert tuple(counts[str(k)] for k in range(1, 7)) == expected, column


def published_class(value: Decimal, cuts: tuple[Decimal, ...], *, low_is_good: bool) -> int:
    """Return the class 1..6 of a value; a tie goes to the more vulnerable class."""
    passed = (value < cut if low_is_good else value > cut for cut in cuts)
    return 1 + sum(passed)


CUTS = {
    "lahan": ("0.0093", "0.0373", "0.1766", "0.2651", "0.3671"),
    "sarana": ("0.0081", "0.0172", "0.0283", "0.0398", "0.0655"),
    "tidak_sejahtera": ("0.1774", "0.1706", "0.1494", "0.1274", "0.0830"),
    "air_bersih": ("0.4686", "0.2703", "0.1356", "0.0574", "0.0042"),
    "nakes": ("15.0000", "10.0000", "6.1050", "3.2100", "0.6200"),
    "komposit": ("32.92", "44.84", "52.50", "59.83", "67.93"),
}


def test_values_reproduce_published_classes_except_manumutin(
    villages: list[Row], published: list[Row]
) -> None:
    different = []
    for village, row in zip(villages, published, strict=True):
        values = {**village, "komposit": row["komposit"]}
        for name, texts in CUTS.items():
            low_is_good = Decimal(texts[0]) > Decimal(texts[-1])
            cuts = tuple(map(Decimal, texts))
            if values[name]:
                got = published_class(number(values[name]), cuts, low_is_good=low_is_good)
                if str(got) != row[f"{name}_kelas"]:
                    different.append((row["desa"], name, got))
    assert different == [("Manumutin", "sarana", 2)]


def test_akses_class_follows_its_category(villages: list[Row], published: list[Row]) -> None:
    expected = [str(5 - int(row["akses"])) for row in villages]
    assert [row["akses_kelas"] for row in published] == expected


def test_ranks_are_complete_and_follow_scores_and_classes(published: list[Row]) -> None:
    ranked = sorted(published, key=lambda row: int(row["peringkat"]))
    scores = [number(row["komposit"]) for row in ranked if row["komposit"]]
    assert [int(row["peringkat"]) for row in ranked] == list(range(1, 82))
    assert all(a > b for a, b in pairwise(scores))
    assert all(a["komposit_kelas"] >= b["komposit_kelas"] for a, b in pairwise(ranked))


def test_only_printed_scores_are_given(published: list[Row]) -> None:
    lost = [row["desa"] for row in published[:57] if not row["komposit"]]
    assert lost == ["Leosama", "Umanen", "Sarabau"]
    assert all(not row["komposit"] for row in published[57:])
    assert all((row["komposit"] == "") == (row["komposit_asal"] == "kosong") for row in published)
    assert Counter(r["komposit_asal"] for r in published) == {"cetak": 47, "pulih": 7, "kosong": 27}
    assert Counter(r["peringkat_asal"] for r in published) == {
        "cetak": 49,
        "pulih": 8,
        "simpul": 24,
    }


# Crosswalk between the two codes.


def test_crosswalk_is_one_to_one(villages: list[Row], crosswalk: list[Row]) -> None:
    bps = [(row["kode_bps"], row["nama_bps"], row["kecamatan"]) for row in crosswalk]
    assert bps == [(row["kode_bps"], row["desa"], row["kecamatan"]) for row in villages]
    dotted = {row["kode_kemendagri"] for row in crosswalk}
    assert len(dotted) == 81
    assert all(re.fullmatch(r"53\.04\.\d\d\.[12]\d{3}", code) for code in dotted)


def test_crosswalk_keeps_kecamatan_together(crosswalk: list[Row]) -> None:
    pairs = {(row["kode_bps"][:7], row["kode_kemendagri"][:8]) for row in crosswalk}
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}) == 12


def test_crosswalk_notes_exactly_the_differing_names(crosswalk: list[Row]) -> None:
    different = {
        (row["nama_bps"], row["nama_kemendagri"])
        for row in crosswalk
        if row["nama_bps"] != row["nama_kemendagri"]
    }
    noted = {(row["nama_bps"], row["nama_kemendagri"]) for row in crosswalk if row["catatan"]}
    assert noted == different
    assert different == {
        ("Atambua", "Kota Atambua"),
        ("Berdao", "Bardao"),
        ("Derok Faturene", "Derokfaturene"),
        ("Duakoran", "Dua Koran"),
        ("Fatukety", "Fatuketi"),
        ("Lakanmau", "Lakan Mau"),
        ("Lamak Senulu", "Lamaksenulu"),
        ("Raiulun", "Dualasi Raiulun"),
    }


# Provenance.


@pytest.mark.parametrize("folder", [EDITION, CROSSWALK], ids=lambda p: p.name)
def test_sources_give_the_hash_of_every_csv(folder: Path) -> None:
    sources = tomllib.loads((folder / "SOURCES.toml").read_text(encoding="utf-8"))
    stated = {entry["nama"]: entry["sidik_sha256"] for entry in sources["berkas"]}
    actual = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.csv")}
    # Other kabupaten may join the crosswalk folder; each needs its own entry.
    assert stated == actual


@pytest.mark.parametrize("part", ["pendukung", "cetakan"])
def test_sources_give_the_hash_of_what_the_report_prints(part: str) -> None:
    sources = tomllib.loads((EDITION / "SOURCES.toml").read_text(encoding="utf-8"))
    stated = {entry["nama"]: entry["sidik_sha256"] for entry in sources[part]["berkas"]}
    files = (EDITION / part).glob("*.csv")
    assert stated == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


# Against the reconstruction that the figures were taken from.


def normalised(text: str) -> str:
    """Return a remark without scan line numbers and without decimal marks or list words."""
    text = re.sub(r" \(brs-file [^)]*\)", "", text).replace("SOURCES.toml", "REPORT")
    return re.sub(r"(?<=\d)\.(?=\d\d)", ",", text).replace(" atau ", " ")


@pytest.mark.shared
def test_indicators_equal_the_reconstruction(shared_dir: Path, villages: list[Row]) -> None:
    reference = read_reference(shared_dir / "reference" / "belu-2021" / "indicators.csv")
    names = {"kode_bps": "kode_desa", "desa": "nama_desa", "kecamatan": "kecamatan"}
    for row, ref in zip(villages, reference, strict=True):
        assert {ref_name: row[name] for name, ref_name in names.items()}.items() <= ref.items()
        assert [row[n].replace(",", ".") for n in INDICATORS] == [ref[n] for n in INDICATORS]
        assert ref["kode_desa"].startswith(ref["kode_kec"])


@pytest.mark.shared
def test_origins_equal_the_reconstruction(shared_dir: Path, origins: list[Row]) -> None:
    reference = read_reference(shared_dir / "reference" / "belu-2021" / "cells.csv")
    for row, ref in zip(origins, reference, strict=True):
        assert (row["kode_bps"], row["indikator"]) == (ref["kode_desa"], ref["indikator"])
        assert row["nilai"].replace(",", ".") == ref["nilai"]
        assert (row["asal"], row["keyakinan"]) == (ref["asal"], ref["keyakinan"])
        for name in ("batas_bawah", "batas_atas"):
            assert number(row[name]) == max(Decimal(ref[name]), Decimal(0))
        for name in ("sumber", "kandidat_lain", "catatan"):
            assert normalised(row[name]) == normalised(ref[name])


@pytest.mark.shared
def test_published_classes_equal_the_reconstruction(shared_dir: Path, published: list[Row]) -> None:
    reference = read_reference(shared_dir / "reference" / "belu-2021" / "published_classes.csv")
    actual = {
        (row["kode_bps"], name): row[f"{name}_kelas"]
        for row in published
        for name in (*INDICATORS, "komposit")
    }
    assert {(r["kode_desa"], r["indikator"]): r["kelas_terselesaikan"] for r in reference} == actual


@pytest.mark.shared
def test_published_composite_equals_the_reconstruction(
    shared_dir: Path, published: list[Row]
) -> None:
    reference = read_reference(shared_dir / "reference" / "belu-2021" / "published_composite.csv")
    for row, ref in zip(published, reference, strict=True):
        score = ref["skor_terselesaikan"]
        printed = score if re.fullmatch(r"\d\d\.\d\d", score) else ""
        assert row["kode_bps"] == ref["kode_desa"]
        assert row["komposit"].replace(",", ".") == printed
        assert row["komposit_kelas"] == ref["kelas_terselesaikan"]
        assert row["peringkat"] == ref["peringkat_terselesaikan"]


@pytest.mark.shared
def test_printed_origin_means_printed_in_the_own_row(
    shared_dir: Path, published: list[Row]
) -> None:
    reference = read_reference(shared_dir / "reference" / "belu-2021" / "published_composite.csv")
    for row, ref in zip(published, reference, strict=True):
        score, rank = ref["skor_tercetak_baris_ini"], ref["peringkat_tercetak_baris_ini"]
        assert (row["komposit_asal"] == "cetak") == (score != "" and row["komposit"] == score)
        assert (row["peringkat_asal"] == "cetak") == (row["peringkat"] == rank)


@pytest.mark.shared
def test_crosswalk_equals_the_gazetteer(shared_dir: Path, crosswalk: list[Row]) -> None:
    gazetteer = shared_dir / "reference" / "gazetteer_53.03_53.04_53.21.csv"
    expected = {
        (row["kode"], row["nama"], row["kecamatan"])
        for row in read_reference(gazetteer)
        if row["kode"].startswith("53.04.")
    }
    columns = ("kode_kemendagri", "nama_kemendagri", "kecamatan")
    assert {tuple(row[c] for c in columns) for row in crosswalk} == expected


@pytest.mark.shared
def test_crosswalk_covers_the_boundary_layer(shared_dir: Path, crosswalk: list[Row]) -> None:
    layer = shared_dir / "boundaries" / "desa_53.04_belu.geojson"
    features = json.loads(layer.read_text(encoding="utf-8"))["features"]
    polygons = sorted((f["properties"]["kode"], f["properties"]["nama"]) for f in features)
    assert sorted((r["kode_kemendagri"], r["nama_kemendagri"]) for r in crosswalk) == polygons
