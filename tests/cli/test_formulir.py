"""The command fsva formulir: forms per agency, and the way back into an edition."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from fsva import cli
from fsva.config.editions import edition
from fsva.core import texts
from fsva.runs import run_order, tabulation
from fsva.runs.tabulation import Tabulated
from tests.places import buku_kerja, contoh, small

AGENCIES = (
    "dinas-kesehatan-kab-belu", "dinas-sosial-kab-belu", "dpkp-bps-kab-belu", "podes-bkp", "tnp2k",
)  # fmt: skip


def table_of(folder: Path) -> Tabulated:
    order = run_order.place(edition.load(folder), None, texts.load("id"))
    return tabulation.tabulate(order.edition, order.village_layer)


def forms(folder: Path, place: Path, *more: str) -> list[Path]:
    """Make forms and return those of single agencies."""
    assert cli.main(["formulir", str(folder), "--keluaran", str(place), *more]) == 0
    return sorted(place.glob("form-0-*.xlsx"))


def merged(folder: Path, place: Path, filled: list[Path]) -> Path:
    words = [word for file in filled for word in ("--gabung", str(file))]
    assert cli.main(["formulir", str(folder), "--keluaran", str(place), *words]) == 0
    return place / "form-0.xlsx"


def test_each_agency_is_asked_for_its_own_columns(tmp_path: Path) -> None:
    files = forms(small.BELU, tmp_path)
    assert [f.stem.removeprefix("form-0-") for f in files] == list(AGENCIES)
    rows = buku_kerja.sheets((tmp_path / "form-0-podes-bkp.xlsx").read_bytes())["Form 0"]
    head = next(n for n, row in enumerate(rows) if row[0] == "kode_bps")
    assert rows[head] == ["kode_bps", "kode_kemendagri", "kecamatan", "desa", "sarana", "akses"]
    assert rows[head + 2][:4] == ["5306032001", "53.04.13.2009", "Raimanuk", "Tasain"]
    assert {cell for row in rows[head + 2 :] for cell in row[4:]} <= {""}
    assert len(rows) == head + 2 + 81


def test_codes_are_locked_and_entries_are_validated(tmp_path: Path) -> None:
    forms(small.BELU, tmp_path)
    (xml,) = buku_kerja.parts((tmp_path / "form-0-podes-bkp.xlsx").read_bytes()).values()
    assert "<sheetProtection" in xml
    assert '<dataValidation type="list"' in xml
    assert '<formula1>"1,2,3,4"</formula1>' in xml.replace("&quot;", '"')
    code, entry = (re.search(rf'<c r="{name}" s="(\d+)"', xml) for name in ("A7", "E7"))
    assert code is not None
    assert entry is not None
    assert code.group(1) != entry.group(1)


def test_forms_filled_by_agencies_make_the_edition_again(tmp_path: Path) -> None:
    filled = forms(small.BELU, tmp_path / "terisi", "--terisi")
    whole = merged(small.BELU, tmp_path / "gabung", filled)
    folder = tmp_path / "editions" / "belu"
    shutil.copytree(small.BELU, folder)
    shutil.copy(whole, folder)
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"indicators.csv"', '"form-0.xlsx"'), encoding="utf-8")
    assert table_of(folder).table.frame.equals(table_of(small.BELU).table.frame)


def test_raw_counts_come_back_too_and_one_typed_cell_counts(tmp_path: Path) -> None:
    folder = contoh.build(tmp_path / "edisi", poverty=False, coverage=False, raw=True)
    forms(folder, tmp_path / "a", "--terisi")
    content = (tmp_path / "a" / "form-0.xlsx").read_bytes()
    rows = buku_kerja.sheets(content)["Form 0"]
    head = next(n for n, row in enumerate(rows) if row[0] == "kode_bps")
    column = rows[head].index("tenaga_kesehatan")
    name = f"{chr(ord('A') + column)}{head + 3}"  # the first village, below the row in brackets
    typed = buku_kerja.typed(content, {("Form 0", name): 4.0}, without_results=False)
    (folder / "form-0.xlsx").write_bytes(typed)
    before = table_of(folder).table
    file = folder / "edition.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("mentah.csv", "form-0.xlsx"))
    after = table_of(folder).table
    code = small.BPS_CODES[0]
    at = after.bps_codes.tolist().index(code)
    assert before.values["nakes"][at] == 1.0  # 100 ha, one health worker
    assert after.values["nakes"][at] == 0.25
    others = after.bps_codes != code
    assert (before.frame[others].fillna(0) == after.frame[others].fillna(0))["nakes"].all()


def test_a_new_edition_begins_with_a_filled_form(tmp_path: Path) -> None:
    folder = contoh.build(tmp_path / "edisi", poverty=False, coverage=False, raw=True)
    for name in ("edition.toml", "mentah.csv", "padanan.csv", "desa.geojson", "indikator.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("99.01", "53.69").replace("9901", "5369"))
    forms(folder, tmp_path / "a", "--terisi")
    words = ["baru", "--kode", "53.69", "--nama", "Kabupaten Contoh", "--tahun", "2024",
             "--batas", folder / "desa.geojson", "--tabel", tmp_path / "a" / "form-0.xlsx",
             "--keluaran", tmp_path / "proyek" / "editions" / "contoh"]  # fmt: skip
    assert cli.main([str(word) for word in words]) == 0
    settings = edition.load(tmp_path / "proyek" / "editions" / "contoh").settings
    assert settings.data.raw is not None


def test_two_forms_that_contradict_each_other_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *_ = forms(small.BELU, tmp_path / "a", "--terisi")
    other = buku_kerja.typed(first.read_bytes(), {("Form 0", "E7"): 3.5}, without_results=False)
    second = tmp_path / "lain.xlsx"
    second.write_bytes(other)
    words = ["formulir", str(small.BELU), "--gabung", str(first), "--gabung", str(second),
             "--keluaran", str(tmp_path / "b")]  # fmt: skip
    assert cli.main(words) == 20
    said = capsys.readouterr().err
    assert "lain.xlsx" in said
    assert "Tasain" in said
    assert not (tmp_path / "b").exists()


def returned(tmp_path: Path, agency: str, change: dict[str, float | str | None]) -> list[str]:
    """Return the words that put a changed form of one office together."""
    forms(small.BELU, tmp_path / "a", "--terisi")
    content = (tmp_path / "a" / f"form-0-{agency}.xlsx").read_bytes()
    cells = {("Form 0", name): value for name, value in change.items()}
    filled = tmp_path / "kembali.xlsx"
    filled.write_bytes(buku_kerja.typed(content, cells, without_results=False))
    place = str(tmp_path / "b")
    return ["formulir", str(small.BELU), "--gabung", str(filled), "--keluaran", place]


def test_an_impossible_number_is_refused_where_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(returned(tmp_path, AGENCIES[0], {"E10": -4.0})) == 20
    said = capsys.readouterr().err
    assert "Form 0!E10" in said
    assert "Mandeu Raimanus (5306032004)" in said
    assert not (tmp_path / "b").exists()


def test_a_form_without_its_column_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(returned(tmp_path, AGENCIES[0], {"E5": "jumlah medis"})) == 20
    assert "tidak memuat satu pun kolom" in capsys.readouterr().err


def test_what_forms_lack_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    emptied = dict.fromkeys(("A10", "B10", "C10", "D10", "E10", "F10"))
    words = returned(tmp_path, "podes-bkp", {**emptied, "F5": "catatan"})
    assert cli.main(words) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "kembali.xlsx: 1 desa/kelurahan tidak ada barisnya" in said
    assert "tetap kosong: Mandeu Raimanus." in said
    assert "kembali.xlsx: kolom ini bukan kolom formulir dan tidak dibaca: catatan." in said
    # Two villages of Belu have no value of sarana (REPORT.md), and this one.
    assert "sarana: 3 dari 81 desa/kelurahan kosong." in said


def test_forms_need_no_cut_offs(tmp_path: Path) -> None:
    """An office asks its agencies for numbers in its first year, before it has a baseline."""
    own = contoh.build(tmp_path / "editions" / "contoh-2021")
    forms(own, tmp_path / "a")
    with_baseline = (tmp_path / "a" / "form-0.xlsx").read_bytes()
    file = own / "edition.toml"
    text = file.read_text(encoding="utf-8")
    assert re.search(r"(?m)^dasar = ", text)
    file.write_text(re.sub(r"(?m)^dasar = .*\n", "", text), encoding="utf-8")
    assert cli.main(["ringkasan", str(own), "--keluaran", str(tmp_path / "r")]) != 0
    forms(own, tmp_path / "b")
    assert (tmp_path / "b" / "form-0.xlsx").read_bytes() == with_baseline
