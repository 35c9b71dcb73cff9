"""banding.xlsx and banding.docx: the same bytes twice, texts as texts, the warning everywhere."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from python_calamine import CalamineWorkbook

from fsva.comparison.maps import change_palette
from fsva.comparison.values.result import ApartMeasure, Comparison
from fsva.comparison.view import (
    change_lists,
    change_workbook,
    review_page,
    sentences,
    terminal,
    terminal_lists,
    word_document,
)
from fsva.core import texts
from fsva.core.errors import CompareError
from tests.places import banding_buatan, belu
from tests.places.banding_contoh import COMPARISON

STYLE, ID, EN = change_palette.load(), texts.load("id"), texts.load("en")
HOSTILE = ("=1+1", "+SUM(A1)", "@x", "-2+3", "</w:t><w:t>", "\u202eDesa", 'a"b&c')


@cache
def large() -> Comparison:
    studio = belu.made().studio
    return banding_buatan.over_three(
        banding_buatan.comparison(studio.villages.geo_frame, studio.method)
    )


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def paragraphs(content: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]


def hostile() -> Comparison:
    changes = [replace(c, village=name) for c, name in
               zip(COMPARISON.changes, HOSTILE, strict=False)]  # fmt: skip
    return replace(COMPARISON, changes=tuple(changes))


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("writer", [change_workbook, word_document])
def test_the_same_comparison_gives_the_same_bytes(
    writer: ModuleType, language: texts.Language
) -> None:
    words = texts.load(language)
    assert writer.write(large(), STYLE, words) == writer.write(large(), STYLE, words)


@pytest.mark.parametrize("writer", [change_workbook, word_document])
def test_no_moment_stands_in_a_file(writer: ModuleType) -> None:
    with zipfile.ZipFile(io.BytesIO(writer.write(COMPARISON, STYLE, ID))) as made:
        years = {info.date_time[0] for info in made.infolist()}
        core = made.read("docProps/core.xml").decode("utf-8")
    assert years <= {1980, 2000}
    assert "2000-01-01T00:00:00Z" in core
    assert "202" not in "".join(ElementTree.fromstring(core).itertext()).replace(  # noqa: S314
        word_document._title(COMPARISON, ID), ""
    ).replace(change_workbook._title(COMPARISON, ID), "")


def test_the_workbook_has_a_sheet_per_list_and_in_it_every_row() -> None:
    found = sheets(change_workbook.write(large(), STYLE, ID))
    assert list(found)[:3] == ["Ringkasan", "Perubahan", "Peralihan"]
    assert {"Kecamatan", "Desa tidak tetap", "Masukan", "Deret desa", "Gambar"} <= set(found)
    rows = found["Perubahan"]
    assert len(rows) == 1 + len(large().changes)
    first = large().changes[0]
    assert rows[1][2:8] == [first.village, first.kecamatan, first.code_a, first.code_b,
                            first.class_a, first.class_b]  # fmt: skip


def test_heads_are_frozen_and_lists_can_be_filtered() -> None:
    with zipfile.ZipFile(io.BytesIO(change_workbook.write(large(), STYLE, ID))) as made:
        xml = made.read("xl/worksheets/sheet2.xml").decode("utf-8")
    assert "<autoFilter" in xml
    assert 'state="frozen"' in xml


def test_matrices_are_those_of_the_comparison() -> None:
    rows = sheets(change_workbook.write(COMPARISON, STYLE, ID))["Peralihan"]
    start = next(n for n, row in enumerate(rows) if "Rasio lahan" in str(row[0]))
    order = (1, 2, 3, 4, 5, 6, 0)
    matrix = COMPARISON.transitions[0].villages
    for n, a in enumerate(order):
        assert rows[start + 2 + n][1:8] == [matrix[a][b] for b in order]


def test_what_looks_like_a_formula_is_a_text() -> None:
    content = change_workbook.write(hostile(), STYLE, ID)
    names = [row[2] for row in sheets(content)["Perubahan"][2:]]
    assert names[: len(HOSTILE)] == list(HOSTILE)
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        for name in made.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in made.read(name)


def test_hostile_names_in_the_document_are_words() -> None:
    some = [replace(c, measure="komposit", tier="lintas") for c in hostile().changes]
    content = word_document.write(replace(COMPARISON, changes=tuple(some)), STYLE, ID)
    cells = [c.text for t in docx.Document(io.BytesIO(content)).tables for c in t._cells]
    assert set(HOSTILE) <= set(cells)


def test_letters_that_xml_forbids_are_left_out_of_the_document() -> None:
    some = [
        replace(c, measure="komposit", tier="lintas", village="Desa\ufffe Satu\x01")
        for c in COMPARISON.changes
    ]
    first, *others = COMPARISON.sides
    sides = (replace(first, name="Belu\uffff 2018"), *others)
    content = word_document.write(replace(COMPARISON, changes=tuple(some), sides=sides), STYLE, ID)
    document = docx.Document(io.BytesIO(content))
    assert "Desa Satu" in [c.text for t in document.tables for c in t._cells]
    assert any("Belu 2018" in paragraph.text for paragraph in document.paragraphs)


def test_columns_of_the_document_are_as_wide_as_their_words() -> None:
    some = [replace(c, measure="komposit", tier="lintas") for c in COMPARISON.changes]
    content = word_document.write(replace(COMPARISON, changes=tuple(some)), STYLE, ID)
    *_, listed = docx.Document(io.BytesIO(content)).tables
    width = {cell.text: cell.width.cm for cell in listed.rows[0].cells if cell.width}
    assert sum(width.values()) == pytest.approx(16, abs=0.05)
    for name, cells in zip(
        width, zip(*[row.cells for row in listed.rows], strict=True), strict=True
    ):
        words = [word for cell in cells for word in cell.text.split()]
        # A letter of 8.5 points is 0.15 cm wide at the mean; a cell has 0.38 cm of margins.
        assert width[name] > 0.15 * min(30, max(map(len, words))) + 0.38


def test_a_forced_comparison_says_so_on_every_sheet_and_twice_in_the_document() -> None:
    for rows in sheets(change_workbook.write(COMPARISON, STYLE, ID)).values():
        assert str(rows[0][0]).startswith("DIPAKSA")
    warned = [p for p in paragraphs(word_document.write(COMPARISON, STYLE, ID)) if "DIPAKSA" in p]
    assert len(warned) == 2
    free = replace(COMPARISON, forced=())
    assert not any("DIPAKSA" in p for p in paragraphs(word_document.write(free, STYLE, ID)))
    assert not any(
        "DIPAKSA" in str(row)
        for s in sheets(change_workbook.write(free, STYLE, ID)).values()
        for row in s
    )


def test_the_sentences_say_the_numbers_of_the_comparison() -> None:
    first, *rest = sentences.paragraphs(COMPARISON, ID)
    assert first == (
        "Perbandingan Kabupaten Contoh 2021 dengan Kabupaten Contoh 2022 menurut indeks komposit "
        "mencakup 4 desa/kelurahan yang memiliki kelas pada kedua edisi. Sebanyak 0 desa/kelurahan "
        "naik kelas, 1 turun kelas, dan 3 tetap pada kelasnya. Sebanyak 0 desa/kelurahan keluar "
        "dari kelas rentan (prioritas 1-3), sedangkan 1 desa/kelurahan masuk ke dalamnya. Dengan "
        "demikian, desa/kelurahan pada prioritas 1-3 bertambah dari 2 (50,00%) menjadi 3 "
        "(75,00%)."
    )
    assert "Penurunan kelas paling banyak terjadi di Kecamatan Selatan (1)." in rest
    assert any("2 mekar, 1 ganti kode, 1 baru, dan 1 hilang" in words for words in rest)


def test_a_comparison_without_any_class_is_told_without_percentages() -> None:
    empty = tuple(tuple(0 for _ in range(7)) for _ in range(7))
    bare = [replace(t, villages=empty, movements=()) for t in COMPARISON.transitions]
    words = " ".join(sentences.paragraphs(replace(COMPARISON, transitions=tuple(bare)), ID))
    assert "Tidak ada desa/kelurahan yang memiliki kelas" in words
    assert "%" not in words


@pytest.mark.parametrize("words", [ID, EN], ids=lambda t: t.language)
def test_every_list_has_as_many_heads_as_cells(words: texts.Texts) -> None:
    for made in (COMPARISON, large()):
        for table in (change_lists.changes(made, words), *change_lists.further(made, words)):
            assert {len(row) for row in table.rows} <= {len(table.heads)}


def test_unknown_numbers_are_dashes_and_never_zero() -> None:
    assert change_lists.ListNumber(None, 2).text(ID) == change_lists.NONE
    assert change_lists.ClassStep(None).text == change_lists.NONE
    rows = sheets(change_workbook.write(COMPARISON, STYLE, ID))["Perubahan"]
    empat = next(row for row in rows if row[2] == "Empat")
    assert (empat[6], empat[8], empat[9]) == (
        change_lists.NONE,
        change_lists.NONE,
        change_lists.NONE,
    )


def test_without_its_library_the_document_is_refused_with_the_way_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(CompareError) as caught:
        word_document.write(COMPARISON, STYLE, ID)
    assert caught.value.key == "banding_docx"


def test_a_proposed_cut_off_and_an_unpaired_indicator_are_said_in_every_view() -> None:
    """Composite cut-offs that no office has decided, and a share in per cent beside one in 0..1."""
    apart = ApartMeasure(
        "air_bersih",
        {"id": "Air bersih", "en": "Clean water"},
        {"id": "rt/rt", "en": "hh/hh"},
        {"id": "%", "en": "%"},
        {"id": "a / b", "en": "a / b"},
        {"id": "c / d", "en": "c / d"},
    )
    sides = (COMPARISON.sides[0], replace(COMPARISON.sides[1], proposed=("komposit",)))
    made = replace(COMPARISON, sides=sides, apart=(apart,))
    book = sheets(change_workbook.write(made, STYLE, ID))["Ringkasan"]
    views = {
        "terminal": "\n".join(terminal.lines(made, ID, 5)),
        "workbook": "\n".join(str(row[0]) for row in book),
        "document": "\n".join(paragraphs(word_document.write(made, STYLE, ID))),
        "page": review_page.write(made, None, None, STYLE, ID).decode("utf-8"),
    }
    for name, words in views.items():
        assert "Cut-off komposit sisi B adalah USULAN" in words, name
        assert "Air bersih tidak dibandingkan" in words, name
        assert "rt/rt (a / b) dan % (c / d)" in words, name
    assert "USULAN" not in "\n".join(terminal.lines(COMPARISON, ID, 5))


def test_a_change_without_a_reason_is_said_in_lists_and_terminal() -> None:
    bare = replace(COMPARISON.changes[0], reasons=())
    row = change_lists.changes(replace(COMPARISON, changes=(bare,)), ID).rows[0]
    assert row[-1] == "sebab tidak ditemukan"
    line = terminal_lists.change(bare, COMPARISON.measures[0], ID)
    assert line.endswith("; sebab tidak ditemukan")


def test_the_head_counts_villages_of_one_map_each_within_the_other() -> None:
    lines = list(terminal.lines(large(), ID, 1))
    own = large().summary.measures[-1]
    start = next(n for n, line in enumerate(lines) if line.strip().startswith("Desa di Peta 7"))
    numbers = [int(line.rsplit(": ", 1)[1]) for line in lines[start + 1 : start + 5]]
    cells = large().cells[-1]
    pairs = [(a, b) for v, a, b in zip(large().villages, cells.classes_a, cells.classes_b,
                                       strict=True) if v.code_a and a and b]  # fmt: skip
    changed, crossed, values, one_sided = numbers
    assert changed == sum(a != b for a, b in pairs)
    assert crossed == sum((a <= 3) != (b <= 3) for a, b in pairs) <= changed
    assert values == own.n_values >= own.n_tiers["nilai"]
    assert one_sided == own.n_gained + own.n_lost
    every = sum(m.n_classes for m in large().summary.measures)
    assert f"Semua peta: {every} sel berganti kelas" in lines[start + 5]


def test_the_sheet_of_changes_prints_in_letters_that_can_be_read() -> None:
    """Words stay whole, and all columns beside each other fit a page in letters of 7 points."""
    content = change_workbook.write(large(), STYLE, ID)
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        sheet = ElementTree.fromstring(made.read("xl/worksheets/sheet2.xml"))  # noqa: S314
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    widths = [
        float(column.get("width", "0"))
        for column in sheet.iter(f"{main}col")
        for _ in range(int(column.get("min", "0")), int(column.get("max", "0")) + 1)
    ]
    rows = sheets(content)[ID("perubahan.lembar.perubahan")]
    words = [
        max(len(word) for row in rows[-500:] for word in [*str(row[n]).split(), ""])
        for n in range(len(widths))
    ]
    assert sum(widths) <= 210  # with the margin of each column; about 300 before
    assert [w for w, most in zip(widths, words, strict=True) if most > w] == []
