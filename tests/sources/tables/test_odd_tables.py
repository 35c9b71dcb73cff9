"""Tables as real offices send them: what is no number, and what is no table of villages.

Each kind in several variants and each format; what cannot be read for certain names file, row,
column and village, and never passes for a value.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from fsva.core.errors import FsvaError
from fsva.sources.cells import table_text
from tests.places import books, contoh, small
from tests.places.books import Value
from tests.places.framed import raw_counts

METHOD = small.shipped_method()
FORMATS = ("csv", *sorted(books.WRITERS))
HEAD: list[Value] = ["kode_bps", "kecamatan", "desa", *contoh.RAW_COLUMNS]
COUNTS: list[Value] = [10, 20, 5, 400, 8, 250, 80, 1000, 1, 30, 3]


def rows(villages: int = 6) -> list[list[Value]]:
    """Return plausible raw counts of the first villages."""
    return [
        [small.BPS_CODES[n], small.KECAMATAN[n], small.NAMES[n],
         *(value + n if isinstance(value, int) and k != 8 else value
           for k, value in enumerate(COUNTS))]
        for n in range(villages)
    ]  # fmt: skip


def table(folder: Path, kind: str, lines: Sequence[Sequence[Value]]) -> Path:
    file = folder / f"mentah.{kind}"
    if kind != "csv":
        return books.WRITERS[kind](file, {"Data": lines})
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(lines)
    return file


def refused(file: Path) -> FsvaError:
    with pytest.raises(FsvaError) as caught:
        raw_counts.read(table_text.open_file(file), METHOD)
    return caught.value


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "text",
    ["-", "n/a", "N/A", "tad", "*", "...", "NaN", "?", "tidak ada data", "1 250", "1\u00a0250",
     "1'250", "1.250", "1,250", "1.250,5", "1,250.5", "1200 jiwa", "\u00b11200", "1200*",
     "1200-1300", "1/2", "12-Mei", "1,2E3", "12O0", "1_200", "19,2%", "'1200",
     "\u0663\u0667\u0665", "(1200)", "=1200"],
)  # fmt: skip
def test_what_is_no_plain_number_is_named_with_its_village(
    tmp_path: Path, kind: str, text: str
) -> None:
    lines = rows()
    column = HEAD.index("penduduk")
    lines[3][column] = text
    problem = refused(table(tmp_path, kind, [HEAD, *lines]))
    assert problem.key in {"bukan_angka", "tanda_ribuan", "tanda_campur"}
    place = problem.places[0]
    assert (place.row, place.column) == (5, "penduduk")
    assert small.NAMES[3] in str(place.village)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\t"])
def test_only_blanks_are_no_value(tmp_path: Path, kind: str, text: str) -> None:
    lines = rows()
    lines[3][HEAD.index("tenaga_kesehatan")] = text
    read = raw_counts.read(table_text.open_file(table(tmp_path, kind, [HEAD, *lines])), METHOD)
    assert read["tenaga_kesehatan"].isna().tolist() == [n == 3 for n in range(6)]


def twice(lines: list[list[Value]]) -> list[list[Value]]:
    return [HEAD, *lines, [*lines[2][:3], *lines[4][3:]]]


def below(lines: list[list[Value]]) -> list[list[Value]]:
    return [HEAD, *lines, [None], ["Tabel 2"], HEAD, *lines]


def beside(lines: list[list[Value]]) -> list[list[Value]]:
    return [[*HEAD, None, *HEAD], *([*line, None, *line] for line in lines)]


def transposed(lines: list[list[Value]]) -> list[list[Value]]:
    return [list(line) for line in zip(HEAD, *lines, strict=True)]


def another_order_below(lines: list[list[Value]]) -> list[list[Value]]:
    return [HEAD, *lines, [HEAD[2], HEAD[0], HEAD[1], *HEAD[3:]],
            *([line[2], line[0], line[1], *line[3:]] for line in rows(12)[6:])]  # fmt: skip


def rekap_below(lines: list[list[Value]]) -> list[list[Value]]:
    return [HEAD, *lines, [None], ["No", "Kecamatan", "Penduduk"], [1, "Utara", 4000]]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "shape", [twice, below, beside, transposed, another_order_below, rekap_below]
)
def test_what_is_not_one_table_of_villages_is_refused(
    tmp_path: Path, kind: str, shape: object
) -> None:
    assert callable(shape)
    problem = refused(table(tmp_path, kind, shape(rows())))
    assert problem.places[0].file == tmp_path / f"mentah.{kind}"
    assert problem.places[0].row


@pytest.mark.parametrize("kind", FORMATS)
def test_blank_rows_titles_and_notes_beside_change_nothing(tmp_path: Path, kind: str) -> None:
    plain = raw_counts.read(table_text.open_file(table(tmp_path, kind, [HEAD, *rows()])), METHOD)
    lines: list[list[Value]] = [
        ["Tabel 1. Data FSVA Tahun 2020"], [None], HEAD, *rows(3), [None], [None], *rows()[3:]
    ]  # fmt: skip
    if kind != "csv":  # there a cell beyond the headings may be a comma of a number
        lines[4] = [*lines[4], None, "cek lagi"]
    folder = tmp_path / "lain"
    folder.mkdir()
    read = raw_counts.read(table_text.open_file(table(folder, kind, lines)), METHOD)
    assert read.drop(columns="baris").equals(plain.drop(columns="baris"))
