"""The workbook of forms: its formulas give the program's results, also after a cell has changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from fsva.config.editions import edition
from fsva.core import texts
from fsva.files.workbooks import form_4, form_workbook, open_book
from fsva.files.workbooks.form_inputs import ANALYSIS, DATA, KEYS, RULES, TEMPLATE, FormInputs
from fsva.files.workbooks.open_book import FIRST
from fsva.index import composite, joined_table
from fsva.index.joined_table import JoinedTable
from fsva.runs import form_run, run_order, tabulation, workbook_run
from fsva.runs.tabulation import Tabulated
from tests.places import buku_kerja, contoh, sebelas, shapes, small
from tests.places.buku_kerja import Rows
from tests.places.framed import plain

NAMES = ("belu", "mentah", "sebelas", "nol", "diubah", "kosong", "cut-off", "form-4", "form-0")


@dataclass(frozen=True)
class Book:
    """A workbook and what it was made of."""

    inputs: FormInputs
    tabulated: Tabulated
    content: bytes


def book_of(folder: Path) -> Book:
    order = run_order.place(edition.load(folder), None, texts.load("id"))
    made = tabulation.tabulate(order.edition, order.village_layer)
    inputs = workbook_run.form_inputs(order.edition, made, order.texts)
    title = workbook_run.book_title(order.edition.settings, order.texts)
    return Book(inputs, made, form_workbook.write(inputs, title, order.texts))


@cache
def belu() -> Book:
    return book_of(small.BELU)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("mentah")
    return book_of(contoh.build(folder, poverty=False, coverage=False, raw=True))


@pytest.fixture(scope="module")
def eleven(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    folder = tmp_path_factory.mktemp("sebelas")
    some = {(0, "ncpr"): "0.0", (1, "ncpr"): "1.3", (2, "stunting"): "35.0", (3, "pou"): "80"}
    ready = book_of(sebelas.build(folder / "a", sebelas.table_csv(some)))
    counts = sebelas.counts_csv({0: "0", 2: "200"}, {0: "0", 4: "0"})
    return {"sebelas": ready, "nol": book_of(sebelas.build(folder / "b", counts, raw=True))}


def cell_of(book: Book, village: str, name: str) -> str:
    """Return the name of a cell of Form 0."""
    row = FIRST + book.inputs.table.names.tolist().index(village)
    indicator = next(i for i in book.inputs.indicators if i.id == name)
    return open_book.cell(book.inputs.value_column(indicator), row)


CHANGED = {("Tasain", "air_bersih"): 0.0041, ("Teun", "lahan"): 0.5, ("Atambua", "akses"): 4.0}
EMPTIED = (("Teun", "lahan"), ("Naitimu", "nakes"))


# Kabupaten in which formulas divide by nothing, rank equals, or have other classes.
ODD = ("satu desa", "tanpa data", "lima kelas", "berimpit", "kota tanpa nakes", "setara", "nama")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    folder = tmp_path_factory.mktemp("aneh")
    return {name: book_of(shapes.write(shapes.SHAPES[name], folder / name)) for name in ODD}


@pytest.fixture(scope="module")
def computed(
    raw: Book,
    eleven: Mapping[str, Book],
    odd: Mapping[str, Book],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, dict[str, Rows]]:
    """Let LibreOffice compute all workbooks in one go."""
    books = {"belu": belu(), "mentah": raw, **eleven, **odd}
    content = {name: buku_kerja.typed(one.content, {}) for name, one in books.items()}
    cells = {(DATA, cell_of(belu(), *key)): value for key, value in CHANGED.items()}
    content["diubah"] = buku_kerja.typed(belu().content, cells)
    empty = {(DATA, cell_of(belu(), *key)): None for key in EMPTIED}
    content["kosong"] = buku_kerja.typed(belu().content, empty)
    row = belu().inputs.rule_row(belu().tabulated.rules.composite)
    second = {(RULES, open_book.cell(6, row)): 50.5}  # c2 of the composite: 44,84
    content["cut-off"] = buku_kerja.typed(belu().content, second)
    content |= plain_books()
    assert set(content) == {*NAMES, *ODD}
    return buku_kerja.computed(tmp_path_factory.mktemp("hitung"), content)


@cache
def plain_books() -> dict[str, bytes]:
    """Return the national template and a filled form: workbooks without formulas."""
    order = run_order.place(edition.load(small.BELU), None, texts.load("id"))
    title = workbook_run.book_title(order.edition.settings, order.texts)
    return {
        "form-4": form_4.write(belu().inputs, title, order.texts),
        "form-0": form_run.files(order, None, filled=True)["form-0.xlsx"],
    }


def alike(first: object, second: object) -> bool:
    """Tell whether two cells are equal; LibreOffice writes fifteen digits."""
    if isinstance(first, float) and isinstance(second, float):
        return first == pytest.approx(second, rel=1e-14, abs=1e-14)
    return first == second


def results(table: JoinedTable, whole: str) -> list[list[object]]:
    """Return the villages as Form 4 should have them."""
    by_code = table.by_bps_code()
    columns = [by_code.classes[name].tolist() for name in by_code.classes if name != whole]
    columns += [by_code.values[whole].tolist(), by_code.ranks.tolist()]
    columns.append(by_code.classes[whole].tolist())
    return [
        ["-" if value == 0 or np.isnan(value) else float(value) for value in row]
        for row in zip(*columns, strict=True)
    ]


def template(rows: Rows) -> list[list[object]]:
    return [row[KEYS:] for row in rows[FIRST:]]


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("name", ["belu", "mentah", "sebelas", "nol", *ODD])
def test_every_formula_gives_the_stored_result(
    computed: Mapping[str, dict[str, Rows]],
    name: str,
    raw: Book,
    eleven: Mapping[str, Book],
    odd: Mapping[str, Book],
) -> None:
    stored = buku_kerja.sheets({"belu": belu(), "mentah": raw, **eleven, **odd}[name].content)
    assert list(computed[name]) == list(stored)
    for sheet, rows in stored.items():
        again = computed[name][sheet]
        different = [
            (n + 1, before, after)
            for n, (row, new) in enumerate(zip(rows, again, strict=True))
            for before, after in zip(row, new, strict=True)
            if not alike(before, after)
        ]
        assert different == [], sheet


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("name", ["form-4", "form-0"])
def test_the_template_and_the_form_open_as_they_were_written(
    computed: Mapping[str, dict[str, Rows]], name: str
) -> None:
    assert computed[name] == buku_kerja.sheets(plain_books()[name])


def test_the_stored_results_are_those_of_the_atlas(raw: Book, eleven: Mapping[str, Book]) -> None:
    for book in (belu(), raw, *eleven.values()):
        rows = buku_kerja.sheets(book.content)[TEMPLATE]
        wanted = results(book.tabulated.table, book.tabulated.rules.composite.id)
        assert template(rows) == wanted


def again(change: Callable[[JoinedTable], Mapping[str, np.ndarray]]) -> list[list[object]]:
    """Tabulate Belu anew with other values, by the program itself."""
    made = belu().tabulated
    villages = made.joined.villages.geo_frame
    for name, values in change(made.table).items():
        villages[name] = values
    overrides = edition.load(small.BELU).settings.overrides
    table = joined_table.tabulate(plain(villages), made.inputs.published, overrides, made.rules)
    return results(table, made.rules.composite.id)


@pytest.mark.libreoffice
@pytest.mark.slow
def test_a_typed_value_changes_class_score_and_rank_as_the_program_would(
    computed: Mapping[str, dict[str, Rows]],
) -> None:
    def typed(table: JoinedTable) -> dict[str, np.ndarray]:
        values = {name: table.values[name].copy() for name in {n for _, n in CHANGED}}
        for (village, name), value in CHANGED.items():
            values[name][table.names == village] = value
        return values

    wanted = again(typed)
    assert wanted != results(belu().tabulated.table, "komposit")
    assert template(computed["diubah"][TEMPLATE]) == wanted


@pytest.mark.libreoffice
@pytest.mark.slow
def test_an_emptied_value_falls_back_on_what_is_published(
    computed: Mapping[str, dict[str, Rows]],
) -> None:
    def emptied(table: JoinedTable) -> dict[str, np.ndarray]:
        values = {name: table.values[name].copy() for _, name in EMPTIED}
        for village, name in EMPTIED:
            values[name][table.names == village] = np.nan
        return values

    assert template(computed["kosong"][TEMPLATE]) == again(emptied)


@pytest.mark.libreoffice
@pytest.mark.slow
def test_a_typed_cut_off_moves_villages_and_the_counts_of_form_3(
    computed: Mapping[str, dict[str, Rows]],
) -> None:
    rules = belu().tabulated.rules
    cuts = list(rules.composite.cut_offs or ())
    cuts[1] = Decimal("50.5")
    moved = rules.model_copy(
        update={"composite": rules.composite.model_copy(update={"cut_offs": tuple(cuts)})}
    )
    overrides = edition.load(small.BELU).settings.overrides
    made = belu().tabulated
    table = joined_table.tabulate(made.joined.villages, made.inputs.published, overrides, moved)
    wanted = np.bincount(table.classes["komposit"], minlength=7)[1:].tolist()
    assert wanted != [0, 4, 17, 22, 28, 10]
    rows = computed["cut-off"]["Form 3"]
    start = next(n for n, row in enumerate(rows) if str(row[0]).startswith("7. Ketahanan"))
    assert rows[start + 1][1:7] == wanted


def test_form_3_counts_what_table_5_1_and_form_3_of_the_report_count() -> None:
    rows = buku_kerja.sheets(belu().content)["Form 3"]
    start = next(n for n, row in enumerate(rows) if str(row[0]).startswith("7. Ketahanan"))
    assert rows[start + 1][1:11] == [0, 4, 17, 22, 28, 10, 21, 60, 0, 81]
    assert rows[start + 1][11:17] == [0, 4.94, 20.99, 27.16, 34.57, 12.35]
    raimanuk = next(row for row in rows[start:] if row[0] == "Raimanuk")
    assert raimanuk[7] == 7


def test_published_ranks_hold_their_place_and_others_fill_the_rest(raw: Book) -> None:
    """Ranks in the workbook without LibreOffice: the helping columns tell the free ranks."""
    inputs = belu().inputs
    rows = buku_kerja.sheets(belu().content)[ANALYSIS][FIRST:]
    fixed = {row[inputs.help_column] for row in rows} - {"-"}
    free = [row[inputs.help_column + 2] for row in rows]
    for place, count in enumerate(free, start=1):
        assert count == len(set(range(1, place + 1)) - fixed)
    assert composite.rank(np.array([1.0, 2.0]), np.zeros(2, np.int32)).tolist() == [2, 1]


def test_the_template_is_a_file_of_its_own_in_the_order_of_the_national_one() -> None:
    content = plain_books()["form-4"]
    (rows,) = buku_kerja.sheets(content).values()
    assert rows[FIRST - 1][:KEYS] == [
        "No", "Kecamatan", "Kode Kec", "Kode Kemendagri", "Kode BPS", "Desa",
    ]  # fmt: skip
    assert rows[FIRST - 1][-3:] == ["Indeks komposit", "Peringkat", "Kelas komposit"]
    assert rows[FIRST][:KEYS] == [
        1, "Raimanuk", "5306032", "53.04.13.2009", "5306032001", "Tasain",
    ]  # fmt: skip
    assert rows[FIRST][KEYS:] == [4, 3, 5, 4, 1, 3, 47.82, 72, 3]
    assert template(rows) == results(belu().tabulated.table, "komposit")
    assert "<f>" not in "".join(buku_kerja.parts(content).values())


def test_sheets_can_be_printed_read_and_not_spoilt_by_accident() -> None:
    for name, xml in buku_kerja.parts(belu().content).items():
        assert "<sheetProtection" in xml, name
        assert 'state="frozen"' in xml, name
        assert '<pageSetup paperSize="9"' in xml, name
        assert 'fitToHeight="0"' in xml, name
    sheet = buku_kerja.parts(belu().content)[ANALYSIS]
    assert len(re.findall("<cfRule", sheet)) == 12  # six classes of indicators and of the composite
    data = buku_kerja.parts(belu().content)[DATA]
    assert '<dataValidation type="list"' in data
    assert data.count('<dataValidation type="decimal"') == 5


def test_codes_are_text_and_numbers_follow_the_locale() -> None:
    rows = buku_kerja.sheets(belu().content)[DATA]
    assert rows[FIRST][2:5] == ["5306032", "5306032001", "53.04.13.2009"]
    assert all(isinstance(row[KEYS], float) for row in rows[FIRST:])


def test_agreements_are_listed_with_lines_to_sign() -> None:
    rows = buku_kerja.sheets(belu().content)["KESEPAKATAN"]
    items = [row for row in rows[FIRST:] if re.fullmatch(r"5306\d{6}", str(row[1]))]
    assert [(row[3], row[6]) for row in items][:2] == [("Manumutin", 3.0), ("Renrua", 1.2436)]
    assert len(items) == 5
    words = {cell for row in rows for cell in row}
    assert {"Tanda tangan", "Dinas Sosial Kab. Belu", "TNP2K"} <= words


def test_a_class_set_by_hand_follows_the_sheet_to_sign() -> None:
    xml = buku_kerja.parts(belu().content)[ANALYSIS]
    assert "<f>'KESEPAKATAN'!$G$6</f><v>3</v>" in xml


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert book_of(small.BELU).content == belu().content


def test_a_draft_says_so_on_every_sheet() -> None:
    title = open_book.BookTitle("Kabupaten Belu, 2021", "DRAF: belum diisi")
    content = form_workbook.write(belu().inputs, title, texts.load("id"))
    for name, rows in buku_kerja.sheets(content).items():
        assert rows[1][0] == "DRAF: belum diisi", name


def test_a_name_that_looks_like_a_formula_is_shown_as_it_is() -> None:
    table = belu().inputs.table
    names = np.where(table.names == "Tasain", "=cmd()", table.names).astype(object)
    inputs = replace(belu().inputs, table=replace(table, names=names))
    title = open_book.BookTitle("Belu", "")
    content = form_workbook.write(inputs, title, texts.load("id"))
    assert buku_kerja.sheets(content)[DATA][FIRST][5] == "=cmd()"
    assert "cmd" not in "".join(buku_kerja.parts(content).values())  # a shared string, no formula


def test_it_speaks_english() -> None:
    title = open_book.BookTitle("Belu, 2021", "")
    inputs = replace(belu().inputs, agreements=())
    words = str(buku_kerja.sheets(form_workbook.write(inputs, title, texts.load("en"))))
    assert "Composite index" in words
    assert "Kelas komposit" not in words
    assert "No value or class was agreed on." in words
