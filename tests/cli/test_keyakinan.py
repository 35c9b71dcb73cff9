"""``fsva keyakinan`` on Belu 2021, and the mark on the maps."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from fsva import cli
from fsva.config.editions import edition
from fsva.core import texts
from fsva.drawing.paper.scene import Text
from fsva.drawing.sheets import sheet
from fsva.runs import certainty_run, run_order, sheet_materials, tabulation
from fsva.words import specification
from tests.places import belu
from tests.places.small import BELU

Rows = list[dict[str, str]]


def run(folder: Path, *words: str) -> int:
    return cli.main(["keyakinan", str(BELU), "--keluaran", str(folder), *words])


def rows(folder: Path, name: str = "keyakinan.csv") -> Rows:
    text = (folder / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def number(text: str) -> float:
    return float(text.replace(",", "."))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keyakinan") / "hasil"
    assert run(folder) == 0
    return folder


def find(found: Rows, village: str, measure: str) -> dict[str, str]:
    (row,) = [r for r in found if (r["desa"], r["ukuran"]) == (village, measure)]
    return row


def test_there_is_a_row_for_every_village_and_measure(written: Path) -> None:
    found = rows(written)
    assert len(found) == 81 * 7
    assert len({(r["kode_bps"], r["ukuran"]) for r in found}) == len(found)
    assert [r["ukuran"] for r in found[:7]] == list(belu.IDS)
    codes = [r["kode_bps"] for r in found]
    assert codes == sorted(codes)


def test_probabilities_are_rounded_half_up(written: Path) -> None:
    # 0.8835 and 0.7575 of the draws with other weights: floats a little below the half.
    found = rows(written)
    assert find(found, "Tohe", "komposit")["peluang_bobot"] == "0,884"
    assert find(found, "Lakmaras", "komposit")["peluang_bobot"] == "0,758"


def test_a_probability_is_told_in_one_form() -> None:
    for language in texts.LANGUAGES:
        said = texts.load(language).entries["keyakinan"]
        percent = [words for words in said.values() if "persen" in words or "per cent" in words]
        assert not percent


def test_the_file_is_one_that_excel_opens(written: Path) -> None:
    data = (written / "keyakinan.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfkode_bps;")
    assert data.count(b"\r\n") == data.count(b"\n") == 81 * 7 + 1
    cells = [cell for row in rows(written) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_probabilities_of_a_row_are_shares_of_one(written: Path) -> None:
    for row in rows(written):
        shares = [number(row[f"peluang_kelas_{n}"]) for n in range(1, 7)]
        assert sum(shares) == pytest.approx(1, abs=0.003)
        assert number(row["peluang"]) == shares[int(row["kelas"]) - 1]


def test_manumutin_stands_on_the_cut_off(written: Path) -> None:
    """Printed 0.0172 is the cut-off; the report published class 3, the rule gives class 2."""
    row = find(rows(written), "Manumutin", "sarana")
    assert number(row["peluang"]) == pytest.approx(0.5, abs=0.02)
    assert (row["kelas"], row["dasar"], row["kelas_lain"]) == ("3", "timpa", "2")
    assert (row["jarak"], row["langkah"], row["arah"]) == ("0,0000", "1", "naik")


def test_a_recovered_cell_is_as_unsure_as_its_bounds(written: Path) -> None:
    """Mandeu's lahan was read as 0.1766 and may be anything from 0.0894."""
    row = find(rows(written), "Mandeu", "lahan")
    assert row["galat"] == "asal"
    assert number(row["peluang"]) > 0.99  # 0.0894 and 0.1766 lie in one class
    assert find(rows(written), "Mandeu", "sarana")["nilai"]


def test_a_lost_value_stays_empty_and_still_has_a_probability(written: Path) -> None:
    row = find(rows(written), "Sarabau", "air_bersih")
    assert (row["nilai"], row["jarak"], row["galat"]) == ("", "", "kosong")
    assert number(row["peluang"]) == 1  # the bounds follow from the published class
    assert 0.9 < number(find(rows(written), "Sarabau", "komposit")["peluang"]) < 1


def test_ranks_and_other_methods_stand_in_the_rows_of_the_composite(written: Path) -> None:
    names = ("peringkat_5", "peringkat_95", "peluang_bobot", "kelas_skala_tahun")
    for row in rows(written):
        if row["ukuran"] != "komposit":
            assert [row[name] for name in names] == [""] * 4
            continue
        assert 1 <= int(row["peringkat_5"]) <= int(row["peringkat_95"]) <= 81
        assert (row["peluang_bobot"] != "") == (row["dasar"] == "nilai")


def test_the_summary_counts_what_the_rows_say(written: Path) -> None:
    found = rows(written)
    summary = rows(written, "keyakinan-ringkasan.csv")
    assert [(r["ukuran"], r["soal"]) for r in summary] == [
        *((name, "galat") for name in belu.IDS), ("komposit", "bobot"),
    ]  # fmt: skip
    for line in summary:
        column = "peluang" if line["soal"] == "galat" else "peluang_bobot"
        shares = [r[column] for r in found if r["ukuran"] == line["ukuran"] and r[column]]
        assert int(line["jumlah_desa"]) == len(shares)
        assert int(line["stabil"]) == sum(number(s) >= 0.9 for s in shares)
        assert (line["undian"], line["benih"]) == ("10000", "1")


def test_the_seed_gives_the_same_bytes_and_another_does_not(written: Path, tmp_path: Path) -> None:
    for name, words in (("sama", ()), ("lain", ("--benih", "2"))):
        assert run(tmp_path / name, *words) == 0
    for file in ("keyakinan.csv", "keyakinan-ringkasan.csv"):
        assert (tmp_path / "sama" / file).read_bytes() == (written / file).read_bytes()
    assert (tmp_path / "lain" / "keyakinan.csv").read_bytes() != (
        written / "keyakinan.csv"
    ).read_bytes()


def test_a_file_of_assumptions_replaces_those_of_the_edition(tmp_path: Path) -> None:
    file = tmp_path / "asumsi.toml"
    file.write_text("undian = 500\nbenih = 7\n[galat.lahan]\nnisbi = 0.2\n", encoding="utf-8")
    assert run(tmp_path / "hasil", "--asumsi", str(file), "--sobol") == 0
    summary = rows(tmp_path / "hasil", "keyakinan-ringkasan.csv")
    assert (summary[0]["undian"], summary[0]["benih"]) == ("500", "7")
    assert int(summary[0]["stabil"]) < 70
    row = find(rows(tmp_path / "hasil"), "Tasain", "lahan")
    assert row["galat"] == "pengukuran"
    assert number(row["peluang"]) < 1
    assert len(rows(tmp_path / "hasil", "keyakinan-sobol.csv")) == 2 * 13


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("[galat.lahann]\nnisbi = 0.1\n", 11, "lahann"),
        ("[galat.lahan]\nnisbi = 2\n", 11, "nisbi"),
        ("undi = 5\n", 11, "undian"),
        ("benih =\n", 11, "benih"),
    ],
)
def test_a_wrong_assumption_is_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, code: int, words: str
) -> None:
    file = tmp_path / "asumsi.toml"
    file.write_text(content, encoding="utf-8")
    assert run(tmp_path / "hasil", "--asumsi", str(file)) == code
    assert words in capsys.readouterr().err
    assert not (tmp_path / "hasil").exists()


def test_the_atlas_says_in_its_table_how_sure_the_composite_is() -> None:
    table = csv.DictReader(io.StringIO(belu.made().files["kelas.csv"].decode()))
    shares = {row["desa"]: row["komposit_keyakinan"] for row in table}
    assert len(shares) == 81
    assert list(table.fieldnames or [])[-2:] == ["komposit_keyakinan", "tahun_dasar"]
    assert {name for name, share in shares.items() if share != "1.00"} == {"Sarabau"}


def test_unsure_villages_stand_in_italics_on_their_map_only() -> None:
    words = texts.load("id")
    order = run_order.place(edition.load(BELU), None, words)
    made = tabulation.tabulate(order.edition, order.village_layer)
    plain = specification.build(made.table, made.rules, order.edition.settings, words)
    maps = certainty_run.mark(plain, certainty_run.of_atlas(order.edition, made), made, words)
    assert [len(one.unsure) for one in maps] == [3, 1, 0, 0, 0, 0, 0]
    (manumutin,) = maps[1].unsure
    assert made.table.frame.loc[manumutin, "desa"] == "Manumutin"
    assert maps[1].notes[-1].startswith("Nama miring: peluang kelas yang tampil kurang dari 0,80 (")
    assert maps[2] is plain[2]
    studio = sheet_materials.studio_of(order.edition, made, order.texts, order.number)
    drawn = sheet.sheets(studio, maps)
    for one, page in zip(maps, drawn, strict=True):
        named = [i for layer in page.layers for i in layer.items if isinstance(i, Text) and i.code]
        assert {i.code for i in named} == set(made.table.codes)
        assert {i.code for i in named if i.face == "italic"} == one.unsure


def test_the_mark_is_part_of_what_a_run_depends_on() -> None:
    order = run_order.place(edition.load(BELU), None, texts.load("id"))
    assert order.facts() != replace(order, marks_unsure=True).facts()


@pytest.mark.shared
def test_how_sure_a_class_is_does_not_depend_on_the_layer(
    written: Path, tmp_path: Path, shared_dir: Path
) -> None:
    layer = shared_dir / "boundaries" / "desa_53.04_belu.geojson"
    assert run(tmp_path / "hasil", "--batas", str(layer)) == 0
    assert (tmp_path / "hasil" / "keyakinan.csv").read_bytes() == (
        written / "keyakinan.csv"
    ).read_bytes()
