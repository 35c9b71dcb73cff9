"""Text tables in other encodings and with other separators: read where they are sure, and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.core.errors import SourceError
from fsva.sources.cells import delimited, encodings, table_text
from fsva.sources.cells.table_text import TextTable
from fsva.sources.tables import edition_tables

HEAD = ["kode_bps", "kecamatan", "desa", "lahan", "sarana"]
ROWS = [
    ["5306032001", "Raimanuk", "Tasaín", "0,25", "0,018"],
    ["5306032002", "Raimanuk", "Béda Ma’rang", "0,5", ""],
    ["5306042003", "Élat", "TASAÍN", "-", "0,036"],
]


def text(separator: str) -> str:
    return "".join(separator.join(row) + "\r\n" for row in [HEAD, *ROWS])


def read(folder: Path, content: bytes, name: str = "tabel.txt") -> TextTable:
    file = folder / name
    file.write_bytes(content)
    return table_text.open_file(file).table(HEAD)


def cells(table: TextTable) -> list[list[str]]:
    return [[row.cells[name] for name in HEAD] for row in table]


@pytest.mark.parametrize("separator", delimited.SEPARATORS)
@pytest.mark.parametrize(
    ("encoding", "note"),
    [("utf-8", None), ("utf-8-sig", None), ("utf-16", "huruf"), ("utf-16-le", "huruf"),
     ("utf-16-be", "huruf"), ("cp1252", "huruf_tebakan")],
)  # fmt: skip
def test_a_table_is_the_same_however_it_is_written(
    tmp_path: Path, encoding: str, note: str | None, separator: str
) -> None:
    rows = [[cell.replace(",", ".") for cell in row] for row in ROWS]  # no comma within a cell
    written = "".join(separator.join(row) + "\r\n" for row in [HEAD, *rows])
    table = read(tmp_path, written.encode(encoding))
    assert cells(table) == rows
    assert [found.key for found in table.notes] == ([note] if note else [])


def test_the_words_that_an_encoding_decides_are_named(tmp_path: Path) -> None:
    (note,) = read(tmp_path, text(";").encode("cp1252")).notes
    assert note.facts == {
        "pengodean": "Windows-1252",
        "contoh": "Tasaín, Béda, Ma’rang, Élat, TASAÍN",
    }


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (text(";").encode("cp850", "replace"), 4),
        ("kode;desa\n1;a\n2;Kupáng\n".encode("cp437"), 3),  # 0xA0: a blank of Windows
        ("kode;desa\n1;a\n2;KEFAMENANÓ\n".encode("cp850"), 3),  # 0xE0: a small letter of Windows
        ("kode;desa\n1;Béda\n".encode("mac_roman"), 2),
        ("kode;desa\r1;Beda\r2;Niñu\r".encode("mac_roman"), 3),  # 0x96: a dash of Windows
        ("kode;desa\n1;Béda\n".encode() + "2;Kupáng\n".encode("cp1252"), 3),
        ("kode;desa\n1;Дарья\n".encode("cp1251"), 2),
        (b"kode;desa\n1;a\x81\n", 2),
        (b"kode;desa\n1;a\0b\n", 2),
        (b"\xff\xfek\0o\0d", None),  # half a letter at its end
        ("kode;desa\n1;a\n".encode("utf-32"), None),
    ],
)  # fmt: skip
def test_letters_that_are_not_sure_are_refused_with_their_row(
    tmp_path: Path, content: bytes, row: int | None
) -> None:
    file = tmp_path / "t.csv"
    with pytest.raises(SourceError) as caught:
        encodings.read(file, content)
    place = caught.value.places[0]
    assert (caught.value.key, place.file, place.row) == ("huruf_tabel", file, row)


@pytest.mark.parametrize(
    "drawn",
    [
        # psql, also with its border, Markdown, and pipes alone
        " {0}\n---+---+---+---+---\n{1}\n{2}\n{3}\n(3 baris)\n",
        "+----+-----+\n| {0} |\n+----+-----+\n| {1} |\n| {2} |\n| {3} |\n+----+-----+\n",
        "|{0}|\n|:--|---|---|--:|--:|\n|{1}|\n|{2}|\n|{3}|\n",
        "{0}\r\n{1}\r\n{2}\r\n{3}\r\n",
    ],
)
def test_a_drawn_table_is_read_without_its_lines(tmp_path: Path, drawn: str) -> None:
    lines = [" | ".join(row) for row in [HEAD, *ROWS]]
    assert cells(read(tmp_path, drawn.format(*lines).encode())) == ROWS


def test_blank_first_and_last_cells_of_one_row_are_no_frame(tmp_path: Path) -> None:
    lines = ["no|kode_bps|kecamatan|desa|lahan|sarana|ket", "1|5306032001|A|B|0,1|0,2|baik",
             "|5306032002|A|C|0,3|0,4|"]  # fmt: skip
    read_rows = cells(read(tmp_path, "\n".join(lines).encode()))
    assert read_rows == [
        ["5306032001", "A", "B", "0,1", "0,2"],
        ["5306032002", "A", "C", "0,3", "0,4"],
    ]


def test_villages_of_a_unicode_text_of_excel_are_those_of_its_csv(tmp_path: Path) -> None:
    plain, unicode = tmp_path / "a.csv", tmp_path / "a.tsv"
    plain.write_bytes(text(";").encode("utf-8-sig"))
    unicode.write_bytes(text("\t").encode("utf-16"))
    one, other = (
        edition_tables.read_villages(table_text.open_file(file), ["lahan", "sarana"])[0]
        for file in (plain, unicode)
    )
    assert [row.cells for row in one] == [row.cells for row in other]
