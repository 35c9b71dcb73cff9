"""The tables that the program writes: their files, columns, and what stands in the cells.

Owns the model of ``styles/tabel.toml``, from which the writer (``fsva.files.tables.cells``), the
reader (``fsva.sources.tables.output_folders``) and the manual ``docs/tabel.md`` follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, Literal, NamedTuple

from pydantic import Field, model_validator

from fsva.core import resources, toml
from fsva.core.errors import StyleError
from fsva.core.toml import Section

FILE_NAME = "tabel.toml"
PER_ROW = "ukuran"
Content = Literal[
    "teks", "kode", "bulat", "kelas", "peringkat", "angka", "pilihan", "ya_tidak", "dasar"
]
SheetContent = Content | Literal["persen", "langkah", "deret"]
Items = Mapping[str, Sequence[str]]


class TableColumn(Section):
    """A column, or one per measure, aspect or class where its name holds a placeholder.

    Attributes
    ----------
    name : str
        ``{ukuran}``, ``{aspek}`` and ``{kelas}`` stand for an id.
    content : str
        What its cells hold.
    digits : int or "ukuran"
        Decimals of numbers; or those of the measure that the name, else the row, names.
    choices : mapping of str to str
        What the program calls a choice, and its word in the file, the same in all languages.
    is_number : bool
        Whether a text is a number with decimals of its own.
    required : bool
        Whether a file without it is refused.
    meaning : str
        For the manual, in Indonesian.
    """

    name: str = Field(alias="nama")
    content: Content = Field(alias="isi")
    digits: int | Literal["ukuran"] = Field(0, alias="angka")
    choices: dict[str, str] = Field({}, alias="pilihan")
    is_number: bool = Field(False, alias="bilangan")
    required: bool = Field(True, alias="wajib")
    meaning: str = Field(alias="arti")

    @property
    def per(self) -> str:
        """What the column stands once for; empty for a column that stands alone."""
        return self.name.partition("{")[2].partition("}")[0]


class NamedColumn(NamedTuple):
    """A column under the name that it has in a file.

    Attributes
    ----------
    name : str
        Its heading.
    item : str
        Measure, aspect or class that it belongs to, or nothing.
    column : TableColumn
        What it holds.
    """

    name: str
    item: str
    column: TableColumn


class TableSchema(Section):
    """A file of rows that a run writes, as it is declared in ``styles/tabel.toml``.

    Attributes
    ----------
    file : str
        Its name.
    form : {"kantor", "program"}
        Whether officers open it in Excel, or programs and git read it.
    meaning : str
        For the manual, in Indonesian.
    columns : tuple of TableColumn
        In their order.
    """

    file: str = Field(alias="berkas")
    form: Literal["kantor", "program"] = Field(alias="bentuk")
    meaning: str = Field(alias="arti")
    columns: tuple[TableColumn, ...] = Field(alias="kolom")

    @property
    def headings(self) -> tuple[str, ...]:
        """The names of all columns; of a table whose names hold no placeholder."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the columns that a file must have."""
        return tuple(column.name for column in self.columns if column.required)

    def named(self, items: Items) -> Iterator[NamedColumn]:
        """Yield the columns in their order, those with a placeholder once per item.

        Parameters
        ----------
        items : mapping of str to sequence of str
            Ids by placeholder.
        """
        for per, group in groupby(self.columns, lambda column: column.per):
            alike = list(group)
            for item in items.get(per, ()) if per else ("",):
                for column in alike:
                    yield NamedColumn(column.name.replace(f"{{{per}}}", item), item, column)

    def word(self, column: str, choice: str) -> str:
        """Return the word that stands for a choice in a column of the file."""
        (declared,) = (each for each in self.columns if each.name == column)
        return declared.choices[choice]


class SheetColumn(Section):
    """A column of a sheet; its heading stands in ``styles/teks``.

    Attributes
    ----------
    name : str
        By which the program knows it; ``{kolom}``, ``{kelas}``: once per column or class.
    content : str
        What its cells hold.
    digits : int or "ukuran"
        Decimals of numbers; or those of the measure.
    width : int or None
        In characters; None: as wide as its cells need, or as the program has it.
    meaning : str
        For the manual, in Indonesian.
    """

    name: str = Field(alias="nama")
    content: SheetContent = Field(alias="isi")
    digits: int | Literal["ukuran"] = Field(0, alias="angka")
    width: int | None = Field(None, alias="lebar")
    meaning: str = Field(alias="arti")


class SheetSchema(Section):
    """One sheet of a workbook.

    Attributes
    ----------
    name : str
        By which ``styles/teks`` knows its name.
    meaning : str
        For the manual, in Indonesian.
    columns : tuple of SheetColumn
        In their order.
    """

    name: str = Field(alias="nama")
    meaning: str = Field(alias="arti")
    columns: tuple[SheetColumn, ...] = Field(alias="kolom")


class WorkbookSchema(Section):
    """An Excel file that a run writes, as it is declared in ``styles/tabel.toml``.

    Attributes
    ----------
    file : str
        Its name.
    meaning : str
        For the manual, in Indonesian.
    sheets : tuple of SheetSchema
        In their order.
    """

    file: str = Field(alias="berkas")
    meaning: str = Field(alias="arti")
    sheets: tuple[SheetSchema, ...] = Field(alias="lembar")

    def sheet(self, name: str) -> SheetSchema:
        """Return the only sheet of this name.

        Raises
        ------
        ValueError
            If there is none.
        """
        (declared,) = (sheet for sheet in self.sheets if sheet.name == name)
        return declared


class TableSchemas(Section):
    """The whole of the file.

    Attributes
    ----------
    shared : mapping of str to TableColumn
        Columns that several tables name.
    tables : tuple of TableSchema
        In the order of the manual.
    workbooks : tuple of WorkbookSchema
        Likewise.
    """

    shared: dict[str, TableColumn] = Field(alias="bersama")
    tables: tuple[TableSchema, ...] = Field(alias="tabel")
    workbooks: tuple[WorkbookSchema, ...] = Field((), alias="buku")

    @model_validator(mode="before")
    @classmethod
    def _with_shared(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Put the shared columns where tables name them."""
        shared = {key: {"nama": key} | cells for key, cells in data.get("bersama", {}).items()}

        def whole(column: object) -> object:
            """Return a shared column in place of its name."""
            return shared.get(column, column) if isinstance(column, str) else column

        tables = [
            table | {"kolom": [whole(column) for column in table.get("kolom", ())]}
            for table in data.get("tabel", ())
        ]
        return data | {"bersama": shared, "tabel": tables}


def headings(file: str) -> tuple[str, ...]:
    """Return the columns of a table that the program writes."""
    return all_tables()[file].headings


def workbook(file: str) -> WorkbookSchema:
    """Return the sheets of a workbook that the program writes."""
    return all_workbooks()[file]


def all_workbooks() -> Mapping[str, WorkbookSchema]:
    """Return the workbooks that the program writes by the names of their files."""
    return {book.file: book for book in _schemas().workbooks}


@cache
def all_tables() -> Mapping[str, TableSchema]:
    """Return the tables that the program writes by the names of their files.

    Raises
    ------
    StyleError
        If ``styles/tabel.toml`` says something that no table can have.
    """
    return {table.file: table for table in _schemas().tables}


@cache
def _schemas() -> TableSchemas:
    return toml.load(resources.packaged("styles") / FILE_NAME, TableSchemas, StyleError)
