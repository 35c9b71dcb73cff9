"""A CSV file becomes rows that remember where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.core.errors import FsvaError, SourceError, TableError
from fsva.sources.cells import table_text


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_it_reads_every_dialect_alike(
    tmp_path: Path, separator: str, encoding: str, line_end: str
) -> None:
    file = tmp_path / "a.csv"
    rows = [["Kode", "Desa"], ["1", " Béda "], ["", ""], ["2", ""]]
    text = line_end.join(separator.join(row) for row in rows) + line_end
    file.write_bytes(text.encode(encoding))
    read = table_text.read(file, ["desa", "kode"])
    assert read.columns == ("kode", "desa")
    assert [(r.number, r.cells) for r in read] == [
        (2, {"kode": "1", "desa": "Béda"}),
        (4, {"kode": "2", "desa": ""}),
    ]


def test_a_cell_with_a_line_break_is_one_row(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('kode;desa\n1;"dua\nbaris"\n2;b\n', encoding="utf-8")
    assert [(r.number, r.cells["desa"]) for r in table_text.read(file, [])] == [
        (2, "dua\nbaris"),
        (3, "b"),
    ]


@pytest.mark.parametrize(
    ("content", "error", "key", "row", "column"),
    [
        (None, SourceError, "berkas_hilang", None, None),
        (b"", SourceError, "tabel_kosong", None, None),
        (b"\xef\xbb\xbf", SourceError, "tabel_kosong", None, None),
        (b"kode;desa\r\n", SourceError, "tabel_kosong", None, None),
        ("kode;desa\n1;Béda\n".encode("cp850"), SourceError, "huruf_tabel", 2, None),
        (b"kode;desa\n1;a\0\n", SourceError, "huruf_tabel", 2, None),
        (b"kode;nama\n1;a\n", TableError, "kolom_hilang", 1, "desa"),
        (b"kode;desa;desa\n1;a;b\n", TableError, "kolom_ganda", 1, "desa"),
        (b"kode;desa\n1;a\n2;b;c\n", TableError, "sel_berlebih", 3, None),
        (b'kode;desa\n1;a\n2;"b\n3;c\n', TableError, "kutip_rusak", 4, None),
        (b'kode;desa\n1;"a"b\n', TableError, "kutip_rusak", 2, None),
    ],
)
def test_it_stops_at_a_bad_file(
    tmp_path: Path,
    content: bytes | None,
    error: type[FsvaError],
    key: str,
    row: int | None,
    column: str | None,
) -> None:
    file = tmp_path / "a.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(error) as caught:
        table_text.read(file, ["kode", "desa"])
    place = caught.value.places[0]
    assert (caught.value.key, place.file, place.row, place.column) == (key, file, row, column)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        table_text.read(tmp_path, [])
    assert caught.value.key == "bukan_berkas"


def test_all_missing_columns_are_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("kode,x\n1,2\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        table_text.read(file, ["kode", "desa", "lahan"])
    assert [p.column for p in caught.value.places] == ["desa", "lahan"]
    assert caught.value.facts == {"ada": "kode, x"}


def test_rows_of_villages_are_read_once_whichever_columns_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "kode_bps;kecamatan;desa;lahan\n5306010001;A;Satu;1\n5306010002;A;Dua;2\n",
        encoding="utf-8",
    )
    opened = table_text.open_file(file)
    first = opened.table(["kode_bps"])
    assert opened.table(["kode_bps", "desa"], {"lahan": ["Lahan"]}).rows is first.rows
    # Another name of a column makes other rows.
    renamed = opened.table(["kode_bps"], {"sawah": ["Lahan"]})
    assert [row.cells["sawah"] for row in renamed] == ["1", "2"]


def test_a_row_that_is_no_village_is_judged_by_the_columns_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "kode_bps;desa;lahan\n5306010001;Satu;1\nkode_bps;desa;sawah\n5306010002;Dua;2\n",
        encoding="utf-8",
    )
    alone = table_text.open_file(file).table(["kode_bps"], {"lahan": ["Lahan", "Sawah"]})
    opened = table_text.open_file(file)
    with pytest.raises(TableError):
        opened.table(["kode_bps", "lahan"])
    again = opened.table(["kode_bps"], {"lahan": ["Lahan", "Sawah"]})
    assert [row.cells for row in again] == [row.cells for row in alone]
