"""``fsva sasaran``: what it writes, what its map shows, what it refuses."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
import shapely

from fsva import cli
from fsva.config.editions import edition
from fsva.config.styles.layout import Layout
from fsva.core import texts
from fsva.drawing.maps import hatching
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.paper.scene import Mark, Sheet
from fsva.drawing.sheets import sheet
from fsva.runs import run_order, sheet_materials, tabulation, target_run
from fsva.words.specification import MapSpecification
from tests.places import belu, contoh, small
from tests.places.belu import areas, layers, prose, words

ALL_FILES = {*target_run.FILES, "manifest.json"}
POCKETS = {code for code, n in zip(small.CODES, contoh.PERSONS, strict=True) if int(n or 0) > 100}


def _computed(order: run_order.Order, made: tabulation.Tabulated) -> target_run.Targeting:
    return target_run.compute(order.edition, made)


def _files(
    order: run_order.Order, made: tabulation.Tabulated, progress: run_order.Progress
) -> dict[str, bytes]:
    materials = sheet_materials.asked(order, made)
    return target_run.files(made, _computed(order, made), materials, order.texts, progress).files


def run(*words: str | Path) -> int:
    return cli.main(["sasaran", *map(str, words)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the synthetic edition with both tables."""
    return contoh.build(tmp_path_factory.mktemp("proyek") / "editions" / "contoh-2021")


@dataclass(frozen=True, eq=False)
class Drawn:
    """The map of pockets: what it says, how it is drawn, and the layout."""

    specification: MapSpecification
    sheet: Sheet
    layout: Layout


@pytest.fixture(scope="module")
def drawn(folder: Path) -> Drawn:
    """Return the map of pockets of the synthetic edition as it is drawn."""
    found: list[Drawn] = []
    draw = sheet.sheets

    def recorded(
        studio: Studio, maps: Sequence[MapSpecification], names: Arrangement | None = None
    ) -> tuple[Sheet, ...]:
        sheets = draw(studio, maps, names)
        found.append(Drawn(maps[0], sheets[0], studio.layout))
        return sheets

    order = contoh.order(folder)
    made = tabulation.tabulate(order.edition, order.village_layer)
    with patch.object(sheet, "sheets", recorded):
        _files(order, made, lambda _: None)
    (only,) = found
    return only


def rows(file: Path) -> list[dict[str, str]]:
    text = file.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_with_both_tables_all_files_are_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--keluaran", tmp_path / "out") == 0
    out = capsys.readouterr().out
    assert {f.name for f in (tmp_path / "out").iterdir()} == ALL_FILES
    assert "Prioritas 1-3: 3 dari 12 desa." in out
    assert "Kantong (lebih dari 100 jiwa miskin ekstrem): 4, 2 di antaranya prioritas 1-3; " in out
    assert "tidak diketahui: 1." in out
    assert "Air: dilayani 2, tidak dilayani 3, tidak diketahui 0" in out


def test_the_overlay_says_for_every_village_what_is_known(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "--keluaran", tmp_path / "out") == 0
    found = {r["desa"]: r for r in rows(tmp_path / "out" / "sasaran.csv")}
    assert len(found) == 12
    assert [found[n]["jiwa_miskin_ekstrem"] for n in small.NAMES] == [
        "100", "101", "0", "<5", "5", "250", "", "1000", "99", "<5", "102", "<5",
    ]  # fmt: skip
    assert [found[n]["kantong"] for n in small.NAMES] == [
        "" if text == "" else "ya" if int(text) > 100 else "tidak" for text in contoh.PERSONS
    ]
    both = {n for n in small.NAMES if found[n]["kantong_dan_rentan"] == "ya"}
    assert both == {"Delapan", "Sebelas"}
    totals = {r["kecamatan"]: r for r in rows(tmp_path / "out" / "sasaran-kecamatan.csv")}
    assert totals["Selatan"]["keduanya"] == "2"
    assert totals["Selatan"]["jiwa_tercantum"] == str(1000 + 99 + 102)
    assert totals["Selatan"]["desa_disembunyikan"] == "2"


def test_villages_of_class_1_to_3_and_all_pockets_stand_in_the_action_plan(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--keluaran", tmp_path / "out") == 0
    plan = rows(tmp_path / "out" / "rencana-aksi.csv")
    in_need = {"Delapan", "Sebelas", "Dua Belas"}
    pockets = {"Dua", "Enam", "Delapan", "Sebelas"}  # 101, 250, 1000, 102 persons
    assert {r["desa"] for r in plan} == in_need | pockets
    assert {r["desa"] for r in plan if r["kelas"] == "3"} == in_need
    poverty = {r["desa"]: r for r in plan if r["penyebab"] == "Kemiskinan ekstrem"}
    assert {(d, r["nilai"], r["nilai_sasaran"]) for d, r in poverty.items()} == {
        ("Dua", "101", "100"), ("Enam", "250", "100"),
        ("Delapan", "1000", "100"), ("Sebelas", "102", "100"),
    }  # fmt: skip
    assert poverty["Dua"]["keberhasilan"].startswith("Paling banyak 100 jiwa")
    # The synthetic edition fills in nothing: agencies are proposals, the rest is not guessed.
    assert all(r["program"] and r["instansi"].startswith("belum diisi (usulan: ") for r in plan)
    assert {(r["strategi"], r["sumber_dana"], r["tahun"]) for r in plan} == {("belum diisi",) * 3}
    assert "instansi, strategi, sumber_dana, tahun" in capsys.readouterr().out


def test_an_edition_names_its_agencies_programmes_funds_and_years(tmp_path: Path) -> None:
    project = contoh.build(tmp_path / "editions" / "contoh")
    own = """
[[intervensi]]
indikator = "miskin_ekstrem"
instansi = { id = "Dinas Sosial Contoh", en = "Contoh Social Office" }
program = { id = "Bedah rumah", en = "House repair" }
strategi = { id = "Gotong royong", en = "Joint work" }
sumber_dana = "APBD"
tahun = 2022
"""
    file = project / "edition.toml"
    file.write_text(file.read_text(encoding="utf-8") + own, encoding="utf-8")
    assert run(project, "--keluaran", tmp_path / "out") == 0
    plan = rows(tmp_path / "out" / "rencana-aksi.csv")
    poverty = [r for r in plan if r["penyebab"] == "Kemiskinan ekstrem"]
    assert len(poverty) == 4  # the office's row replaces those of the shipped table
    keys = ("instansi", "program", "strategi", "sumber_dana", "tahun")
    assert {tuple(r[key] for key in keys) for r in poverty} == {
        ("Dinas Sosial Contoh", "Bedah rumah", "Gotong royong", "APBD", "2022")
    }


def test_an_intervention_for_an_unknown_indicator_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = contoh.build(tmp_path / "editions" / "contoh")
    file = project / "edition.toml"
    text = file.read_text(encoding="utf-8") + '\n[[intervensi]]\nindikator = "laut"\n'
    file.write_text(text, encoding="utf-8")
    assert run(project, "--keluaran", tmp_path / "out") == 11
    assert "intervensi.1.indikator" in capsys.readouterr().err


def test_belu_without_tables_gets_only_its_action_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(small.BELU, "--keluaran", tmp_path / "out") == 0
    names = sorted(f.name for f in (tmp_path / "out").iterdir())
    assert names == ["manifest.json", "rencana-aksi.csv"]
    out = capsys.readouterr().out
    assert "Prioritas 1-3: 21 dari 81 desa/kelurahan." in out
    assert "kantong tidak dihitung" in out
    assert "untuk 21 desa" in out
    assert len({r["kode_bps"] for r in rows(tmp_path / "out" / "rencana-aksi.csv")}) == 21


def test_english_words_come_from_the_intervention_table(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "--keluaran", tmp_path / "out", "--bahasa", "en") == 0
    plan = rows(tmp_path / "out" / "rencana-aksi.csv")
    assert {r["instansi"] for r in plan} >= {"not filled in yet (proposal: Health Office)"}
    assert list(plan[0])[:3] == ["kode_bps", "kecamatan", "desa"]  # columns stay Indonesian


def test_two_runs_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "--keluaran", tmp_path / "a") == 0
    assert run(folder, "--keluaran", tmp_path / "b") == 0
    assert belu.contents(tmp_path / "a") == belu.contents(tmp_path / "b")


def test_a_later_run_removes_what_it_does_not_write_and_spares_the_users_files(
    tmp_path: Path,
) -> None:
    project, out = tmp_path / "editions" / "contoh", tmp_path / "out"
    assert run(contoh.build(project), "--keluaran", out) == 0
    (out / "catatan.txt").write_text("milik kantor", encoding="utf-8")
    assert run(contoh.build(project, poverty=False, coverage=False), "--keluaran", out) == 0
    assert {f.name for f in out.iterdir()} == {
        "rencana-aksi.csv", "catatan.txt", "manifest.json"}  # fmt: skip


def test_by_default_the_files_stand_beside_the_atlas(folder: Path) -> None:
    assert run(folder) == 0
    made = folder.parent.parent / "outputs" / "contoh" / "2021" / "sasaran"
    assert {f.name for f in made.iterdir()} == ALL_FILES


def test_a_register_by_name_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = contoh.build(tmp_path / "editions" / "contoh")
    text = "kode_bps;desa;jiwa_miskin_ekstrem;nik\n9901010001;Satu;1;5304011234560001\n"
    (project / contoh.POVERTY_FILE).write_text(text, encoding="utf-8")
    assert run(project, "--keluaran", tmp_path / "out") == 20
    error = capsys.readouterr().err
    assert "data perorangan" in error
    assert "5304011234560001" not in error
    assert not (tmp_path / "out").exists()


def test_a_poverty_table_needs_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = contoh.build(tmp_path / "editions" / "contoh")
    text = (project / "edition.toml").read_text(encoding="utf-8")
    line = f"miskin_ekstrem = {contoh.SOURCE}\n"
    assert line in text
    (project / "edition.toml").write_text(text.replace(line, ""), encoding="utf-8")
    assert run(project, "--keluaran", tmp_path / "out") == 11
    assert "sumber.miskin_ekstrem" in capsys.readouterr().err


def test_the_map_hatches_the_pockets_and_no_other_village(drawn: Drawn) -> None:
    one, made = drawn.specification, drawn.sheet
    (fills,), (hatched,) = layers(made, "villages"), layers(made, "hatching")
    paper = areas(fills)
    lines = [i for i in hatched.items if isinstance(i, Mark)]
    touched = {
        code
        for code, area in paper.items()
        for mark in lines
        if shapely.length(shapely.intersection(line_of(mark), area)) > 0.01
    }
    assert one.highlight is not None
    assert touched == one.highlight.codes == POCKETS
    covered = shapely.union_all([paper[code] for code in POCKETS])
    assert all(shapely.covered_by(line_of(mark), covered.buffer(1e-6)) for mark in lines)


def line_of(mark: Mark) -> shapely.Geometry:
    return shapely.multilinestrings([shapely.linestrings(part) for part in mark.shape.parts])


def test_the_map_has_no_colour_that_the_atlas_has_not(drawn: Drawn) -> None:
    one, made = drawn.specification, drawn.sheet
    (fills,) = layers(made, "villages")
    layout = drawn.layout
    neutral = layout.colours.foreign
    colours = {m.code: m.fill for m in fills.items if isinstance(m, Mark)}
    classes = {c.number: c.colour for c in small.shipped_method().classes}
    for code, priority in one.priorities.items():
        assert colours[code] == (classes[priority] if priority < 4 else neutral)
    strokes = {m.stroke.colour for m in layers(made, "hatching")[0].items
               if isinstance(m, Mark) and m.stroke}  # fmt: skip
    assert strokes == {layout.colours.ink, layout.colours.halo}


def test_the_legend_names_classes_1_to_3_the_others_and_the_pockets(drawn: Drawn) -> None:
    one, made = drawn.specification, drawn.sheet
    box = drawn.layout.boxes.box("legend")
    text = prose(made, box)
    assert [(row.priority, row.count) for row in one.legend] == [(1, 0), (2, 0), (3, 3), (4, 9)]
    said = " ".join(text.split())
    assert "Prioritas 4-6, tahan pangan: 9 desa di atas 52,50" in said
    assert "Kantong: lebih dari 100 jiwa miskin ekstrem: 4 desa" in said


def test_the_notes_say_source_and_unknowns_and_stay_in_their_box(drawn: Drawn) -> None:
    one, made = drawn.specification, drawn.sheet
    box = drawn.layout.boxes.box("notes")
    text = prose(made, box)
    assert "Penduduk miskin ekstrem: Data sintetis, 2020." in text
    assert "2 dari 4 kantong termasuk prioritas 1-3. 1 desa tidak diketahui." in text
    assert "Penyusun: Penyusun Contoh." in text
    assert one.notes[-1].startswith("2 dari 4 kantong")
    assert all(t.y > box.bottom for t in words(made, box))


def test_a_village_too_small_for_the_grid_is_hatched_all_the_same(drawn: Drawn) -> None:
    layout = drawn.layout
    for n in range(20):
        small_area = shapely.box(10 + n / 7, 10, 10.4 + n / 7, 10.5)
        casing, ink = hatching.lines(small_area, layout)
        assert isinstance(ink, Mark)
        assert isinstance(casing, Mark)
        assert shapely.length(line_of(ink)) > 0.3
        assert shapely.covered_by(line_of(ink), small_area.buffer(1e-6))


def test_the_pictures_of_the_map_are_whole(folder: Path) -> None:
    order = run_order.place(edition.load(folder), None, texts.load("en"))
    made = tabulation.tabulate(order.edition, order.village_layer)
    told: list[str] = []
    files = _files(order, made, told.append)
    assert files["peta-kantong.pdf"].startswith(b"%PDF")
    assert files["peta-kantong.png"].startswith(b"\x89PNG")
    assert "atlas.pdf" not in files
    assert [line.strip() for line in told] == ["peta-kantong"]


@pytest.mark.parametrize("heading", ["", "   "])
def test_a_column_without_heading_is_passed_over(tmp_path: Path, heading: str) -> None:
    folder = contoh.build(tmp_path / "editions" / "contoh")
    for name in (contoh.POVERTY_FILE, contoh.COVERAGE_FILE):
        head, *lines = (folder / name).read_text(encoding="utf-8-sig").splitlines()
        text = "\n".join([f"{head};{heading}", *(f"{line};catatan" for line in lines)])
        (folder / name).write_text(text, encoding="utf-8-sig")
    assert run(folder, "--keluaran", tmp_path / "out") == 0
    assert {f.name for f in (tmp_path / "out").iterdir()} == ALL_FILES
