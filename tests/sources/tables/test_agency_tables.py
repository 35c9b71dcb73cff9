"""Tables as agencies print and send them: letters that nobody sees, codes of BPS lists, units, KK.

The values are those of ``rows``; each variant gives the same or stops with its cell.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fsva.core.errors import FsvaError
from fsva.sources.cells import table_text
from tests.places import books, contoh, small
from tests.places.books import Value
from tests.places.framed import raw_counts

METHOD = small.shipped_method()
FORMATS = ("csv", *sorted(books.WRITERS))
RAW = contoh.RAW_COLUMNS
HEAD: list[Value] = ["kode_bps", "kecamatan", "desa", *RAW]


def counts(n: int) -> list[Value]:
    return [10 + n, 5, 2, 400 + n, 8 + n, 250 + n, 20 + n, 1000 + 3 * n, n % 4 + 1, 12 + n, 3 + n]


def rows() -> list[list[Value]]:
    return [[small.BPS_CODES[n], small.KECAMATAN[n], small.NAMES[n], *counts(n)] for n in range(12)]


def read(folder: Path, lines: list[list[Value]], kind: str = "csv") -> object:
    file = folder / f"t.{kind}"
    if kind == "csv":
        text = "\n".join(";".join("" if c is None else str(c) for c in row) for row in lines)
        file.write_text(text, encoding="utf-8")
    else:
        books.WRITERS[kind](file, {"Data": lines})
    return raw_counts.read(table_text.open_file(file), METHOD)


def same(folder: Path, lines: list[list[Value]], kind: str = "csv") -> None:
    found = read(folder, lines, kind)
    assert list(found.index) == list(small.BPS_CODES)  # type: ignore[attr-defined]
    assert list(found["desa"]) == list(small.NAMES)  # type: ignore[index]
    assert list(found["kecamatan"]) == list(small.KECAMATAN)  # type: ignore[index]
    for place, column in enumerate(RAW):
        expected = [Fraction(str(counts(n)[place])) for n in range(12)]
        assert [Fraction(str(v)) for v in found[column]] == expected  # type: ignore[index]


def refused(folder: Path, lines: list[list[Value]]) -> list[FsvaError]:
    with pytest.raises(FsvaError) as caught:
        read(folder, lines)
    return [caught.value, *caught.value.others]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200e"],
    ids=["zero width", "soft hyphen", "word joiner", "byte order mark", "left to right"],
)  # fmt: skip
def test_letters_that_nobody_sees_make_no_difference(
    tmp_path: Path, kind: str, unseen: str
) -> None:
    def hidden(cell: Value) -> Value:
        """Put the letter after the first one and at both ends."""
        return f"{unseen}{cell[:1]}{unseen}{cell[1:]}{unseen}" if isinstance(cell, str) else cell

    same(tmp_path, [[hidden(cell) for cell in row] for row in [HEAD, *rows()]], kind)


@pytest.mark.parametrize("blank", ["\u00a0", "\u2007", "\u3000", "  "])
def test_blanks_of_any_kind_within_a_name_are_one(tmp_path: Path, blank: str) -> None:
    lines = [[c.replace(" ", blank) if isinstance(c, str) else c for c in row] for row in rows()]
    same(tmp_path, [HEAD, *lines])


def test_a_letter_with_its_accent_apart_is_one_letter(tmp_path: Path) -> None:
    lines = rows()
    lines[0][2] = "Be\u0301da"
    assert next(iter(read(tmp_path, [HEAD, *lines])["desa"])) == "B\u00e9da"  # type: ignore[index]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("begin", ["9901", "9901000000", 9901000000])
def test_the_district_of_a_list_of_bps_is_no_village(
    tmp_path: Path, kind: str, begin: Value
) -> None:
    above: list[Value] = [begin, "", "Kabupaten Contoh", *(None for _ in RAW)]
    same(tmp_path, [HEAD, above, *rows()], kind)


@pytest.mark.parametrize("name", ["", "Utara"])
@pytest.mark.parametrize("code", ["{}", "{}000"])
def test_the_kecamatan_of_a_list_of_bps_are_no_villages(
    tmp_path: Path, code: str, name: str
) -> None:
    lines: list[list[Value]] = [HEAD]
    for first in (0, 6):
        parent = small.BPS_CODES[first][:7]
        sums = [sum(int(str(counts(n)[k])) for n in range(first, first + 6)) for k in range(11)]
        called = small.KECAMATAN[first]
        lines += [[code.format(parent), called, called if name else "", *sums]]
        lines += rows()[first : first + 6]
    same(tmp_path, lines)


@pytest.mark.parametrize(
    "note", ["*) angka sementara 2023", "1) Data 2022", "** tidak termasuk asrama", "a) Podes 2021"]
)
@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_footnote_below_a_table_is_no_village(tmp_path: Path, note: str, column: int) -> None:
    below: list[Value] = ["" for _ in HEAD]
    below[column] = note
    same(tmp_path, [HEAD, *rows(), below])


UNITS: dict[str, str] = {
    "luas_sawah": "ha", "luas_ladang": "ha", "luas_pekarangan": "ha", "luas_ha": "ha",
    "jumlah_sarana": "unit", "rumah_tangga": "ruta", "penduduk_desil_1": "jiwa",
    "penduduk": "jiwa", "akses_kategori": "kategori", "rt_tanpa_air": "ruta",
    "tenaga_kesehatan": "orang",
}  # fmt: skip


def with_units(changed: dict[str, str]) -> list[list[Value]]:
    units: list[Value] = ["", "", "", *(changed.get(name, UNITS[name]) for name in RAW)]
    return [HEAD, units, *rows()]


def test_a_row_of_units_some_of_which_are_unknown_belongs_to_the_header(tmp_path: Path) -> None:
    same(tmp_path, with_units({}))


@pytest.mark.parametrize(
    ("column", "unit"),
    [("luas_ha", "km2"), ("rumah_tangga", "KK"), ("penduduk", "ribu jiwa"), ("luas_sawah", "m2")],
)
def test_another_unit_in_such_a_row_stops(tmp_path: Path, column: str, unit: str) -> None:
    """The row was dropped as a note, and km2 were read as hectares."""
    (problem,) = refused(tmp_path, with_units({column: unit}))
    assert problem.key == "satuan_judul"
    assert [place.column for place in problem.places] == [column]


@pytest.mark.parametrize(
    ("column", "heading", "unit"),
    [("rumah_tangga", "Jumlah KK", "rt"), ("rumah_tangga", "Kepala Keluarga", "rt"),
     ("rumah_tangga", "Jumlah Keluarga", "rt"), ("rumah_tangga", "Jumlah Rumah Tangga (KK)", "rt"),
     ("rt_tanpa_air", "KK Tanpa Air Bersih", "rt"), ("rt_tanpa_air", "rt_tanpa_air (KK)", "rt"),
     ("penduduk_desil_1", "Rumah Tangga Desil 1", "jiwa"),
     ("penduduk_desil_1", "Jumlah KK Desil 1", "jiwa")],
)  # fmt: skip
def test_families_in_place_of_households_or_persons_are_named(
    tmp_path: Path, column: str, heading: str, unit: str
) -> None:
    head = [heading if name == column else name for name in HEAD]
    (problem,) = refused(tmp_path, [head, *rows()])
    assert (problem.key, problem.facts) == ("satuan_judul", {"satuan": unit})
    assert [(p.row, p.column, p.found) for p in problem.places] == [(1, column, heading)]


def test_families_beside_households_make_no_difference(tmp_path: Path) -> None:
    same(tmp_path, [[*HEAD, "Jumlah KK"], *([*row, 77] for row in rows())])
