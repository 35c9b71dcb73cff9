"""The manual of the tables that the program writes, made from their schema.

``make tabel`` writes ``docs/tabel.md`` anew; a test holds that it is in step.
"""

from __future__ import annotations

from collections.abc import Iterator

from fsva.config.styles import output_tables
from fsva.config.styles.output_tables import (
    SheetColumn,
    TableColumn,
    TableSchema,
    WorkbookSchema,
)
from tests.places.small import ROOT

PAGE = ROOT / "docs" / "tabel.md"
HEAD = """# Tabel yang ditulis program

Setiap berkas CSV dan buku kerja keluaran, dan kolom-kolomnya, dalam urutannya. Halaman ini ditulis
oleh `make tabel` dari `styles/tabel.toml`; penulis dan pembaca berkasnya memakai daftar yang sama.

- **Untuk kantor**: UTF-8 dengan BOM, titik koma, koma desimal, CRLF; dibuka dengan klik dua kali.
- **Untuk program**: UTF-8, koma, titik desimal, akhir baris LF; untuk git dan program lain.
- Sel kosong berarti tidak ada atau tidak diketahui, tidak pernah nol.
- Teks yang akan dihitung oleh Excel (diawali `=`, `+`, `-`, `@`, tab, atau ganti baris) diberi
  tanda petik tunggal di depannya.
- `{ukuran}` berarti sekali untuk setiap indikator dan komposit, `{aspek}` untuk setiap aspek,
  `{kelas}` untuk setiap kelas, `{kolom}` untuk setiap kolom tabel kantor.
- Buku kerja (`.xlsx`) ada di akhir halaman ini: satu bagian per lembar. Judul kolomnya menurut
  bahasa laporan (`styles/teks`); di sini sebutannya.
"""
FORMS = {"kantor": "untuk kantor", "program": "untuk program"}
CONTENTS = {
    "teks": "teks", "kode": "kode", "bulat": "bilangan bulat", "kelas": "kelas 1-6",
    "peringkat": "peringkat", "ya_tidak": "`ya`, `tidak`", "dasar": "nama tahun dasar",
    "langkah": "selisih kelas", "deret": "kelas setiap edisi",
}  # fmt: skip


def content(column: TableColumn | SheetColumn) -> str:
    """Say what the cells of a column hold."""
    if isinstance(column, TableColumn) and column.content == "pilihan":
        return ", ".join(f"`{word}`" for word in dict.fromkeys(column.choices.values()) if word)
    if column.content == "angka":
        places = column.digits
        return f"{places} desimal" if isinstance(places, int) else "desimal menurut ukurannya"
    if column.content == "persen":
        return f"persen, {column.digits} desimal"
    return CONTENTS[column.content]


def section(table: TableSchema) -> Iterator[str]:
    """Yield the lines of one table."""
    yield f"\n## `{table.file}`\n"
    yield f"{table.meaning[0].upper()}{table.meaning[1:]}; {FORMS[table.form]}.\n"
    yield "| Kolom | Isi | Arti |"
    yield "|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {content(column)} | {column.meaning} |"


def of_workbook(book: WorkbookSchema) -> Iterator[str]:
    """Yield the lines of one workbook."""
    yield f"\n## `{book.file}`\n"
    yield f"{book.meaning[0].upper()}{book.meaning[1:]}."
    for sheet in book.sheets:
        yield f"\n### Lembar `{sheet.name}`\n"
        yield f"{sheet.meaning[0].upper()}{sheet.meaning[1:]}.\n"
        yield "| Kolom | Isi | Arti |"
        yield "|---|---|---|"
        for column in sheet.columns:
            yield f"| `{column.name}` | {content(column)} | {column.meaning} |"


def page() -> str:
    """Return the whole manual."""
    tables = [line for table in output_tables.all_tables().values() for line in section(table)]
    books = [line for b in output_tables.all_workbooks().values() for line in of_workbook(b)]
    return HEAD + "\n".join([*tables, *books]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
