"""The rows of the tables in which an edition keeps what its published report prints.

Owns their columns and what may stand in them. Whether it is right is judged by
``fsva.comparison.errata``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from fsva.config.editions.edition import Edition
from fsva.config.methods.measures import MOST_CLASSES
from fsva.core import decimals
from fsva.core.columns import PARENT, UNIT
from fsva.core.errors import Place, SourceError, TableError
from fsva.sources.cells import delimited, table_text

Row = TypeVar("Row")


@dataclass(frozen=True)
class ListLine:
    """A printed line of a list of villages.

    Parameters
    ----------
    place : str
        Where it stands in the report.
    is_list : bool
        False for running text, which names some villages only.
    measure, priority : str, int
        Indicator or composite, and the class.
    subdistrict, count, names : str, int or None, tuple of str
        As printed.
    """

    place: str
    is_list: bool
    measure: str
    priority: int
    subdistrict: str
    count: int | None
    names: tuple[str, ...]


@dataclass(frozen=True)
class CountLine:
    """A printed count of villages and its share.

    Parameters
    ----------
    place : str
        Where it stands.
    is_table : bool
        Whether that is a table, else running text.
    measure, priorities : str, tuple of int
        The class, or the classes, that are counted.
    count, percent : int, Decimal
        As printed.
    """

    place: str
    is_table: bool
    measure: str
    priorities: tuple[int, ...]
    count: int
    percent: Decimal


@dataclass(frozen=True)
class LimitLine:
    """The printed limits of a class: signs and numbers; blank signs and None are not printed."""

    place: str
    heading: str
    measure: str
    priority: int
    low_sign: str
    low: Decimal | None
    high_sign: str
    high: Decimal | None


@dataclass(frozen=True)
class Mention:
    """A kecamatan that a sentence names, with the count that it tells, if it does."""

    place: str
    measure: str
    subdistrict: str
    count: int | None


@dataclass(frozen=True)
class Quotation:
    """A number of a supporting table that the text repeats."""

    place: str
    table: str
    label: str
    column: str
    number: Decimal


@dataclass(frozen=True)
class ReportRows:
    """Everything that an edition keeps of its published report."""

    lists: tuple[ListLine, ...] = ()
    counts: tuple[CountLine, ...] = ()
    limits: tuple[LimitLine, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quotations: tuple[Quotation, ...] = ()


Cells = Mapping[str, str]
_LIST = ("tempat", "jenis", "ukuran", "kelas", PARENT, "jumlah", UNIT)
_COUNT = ("tempat", "jenis", "ukuran", "kelas", "jumlah", "persen")
_LIMIT = (
    "tempat", "kepala", "ukuran", "kelas", "tanda_bawah", "bawah", "tanda_atas", "atas",
)  # fmt: skip
_MENTION = ("tempat", "ukuran", PARENT, "jumlah")
_QUOTATION = ("tempat", "tabel", "wilayah", "kolom", "angka")
_SIGNS = ("", "<", "<=", ">", ">=")


def read(edition: Edition) -> ReportRows:
    """Read the tables that ``[cetakan]`` names.

    Raises
    ------
    SourceError, TableError
        A table is missing or lacks a column; a cell holds what it cannot, with its place.
    """
    said = edition.settings.printed

    def rows(
        name: str | None, columns: Sequence[str], make: Callable[[Cells], Row]
    ) -> tuple[Row, ...]:
        """Read one table; none where the edition names none."""
        return tuple(_rows(edition.path(name), columns, make)) if name else ()

    return ReportRows(
        rows(said.lists, _LIST, _list_line),
        rows(said.counts, _COUNT, _count_line),
        rows(said.limits, _LIMIT, _limit_line),
        rows(said.mentions, _MENTION, _mention),
        rows(said.quotations, _QUOTATION, _quotation),
    )


def _rows(file: Path, columns: Sequence[str], make: Callable[[Cells], Row]) -> list[Row]:
    source = table_text.open_file(file)
    text = source.letters.text
    grid = delimited.split(file, text, delimited.likely(text)[0])
    if not grid.rows:
        raise SourceError("tabel_kosong", [Place(file)])
    head = grid.rows[0]
    lacking = [name for name in columns if name not in head]
    if lacking:
        places = [Place(file, 1, name) for name in lacking]
        raise TableError("kolom_hilang", places, {"ada": ", ".join(head)})
    made = []
    for number, cells in enumerate(grid.rows[1:], start=2):
        if not any(cells):
            continue
        row = dict(zip(head, cells, strict=False))
        try:
            made.append(make({name: row.get(name, "") for name in columns}))
        except ValueError as problem:
            place = Place(file, number, found=str(problem) or " | ".join(cells))
            raise TableError("cetakan_sel", [place]) from problem
    return made


def _list_line(row: Cells) -> ListLine:
    return ListLine(
        row["tempat"],
        _one_of(row["jenis"], ("butir", "uraian")) == "butir",
        row["ukuran"],
        int(row["kelas"]),
        row[PARENT],
        _count(row["jumlah"]),
        tuple(name.strip() for name in row[UNIT].split(",") if name.strip()),
    )


def _count_line(row: Cells) -> CountLine:
    return CountLine(
        row["tempat"],
        _one_of(row["jenis"], ("teks", "tabel")) == "tabel",
        row["ukuran"],
        _classes(row["kelas"]),
        int(row["jumlah"]),
        decimals.parse(row["persen"]),
    )


def _classes(text: str) -> tuple[int, ...]:
    """Return one class, or several in a row such as ``1-3``."""
    first, _, last = text.partition("-")
    low, high = int(first), int(last or first)
    if not 1 <= low <= high <= MOST_CLASSES:
        raise ValueError(text)
    return tuple(range(low, high + 1))


def _limit_line(row: Cells) -> LimitLine:
    return LimitLine(
        row["tempat"],
        row["kepala"],
        row["ukuran"],
        int(row["kelas"]),
        _one_of(row["tanda_bawah"], _SIGNS),
        _number(row["bawah"]),
        _one_of(row["tanda_atas"], _SIGNS),
        _number(row["atas"]),
    )


def _mention(row: Cells) -> Mention:
    return Mention(row["tempat"], row["ukuran"], row[PARENT], _count(row["jumlah"]))


def _quotation(row: Cells) -> Quotation:
    keys = (row["tempat"], row["tabel"], row["wilayah"], row["kolom"])
    return Quotation(*keys, decimals.parse(row["angka"]))


def _one_of(text: str, known: Sequence[str]) -> str:
    if text not in known:
        raise ValueError(text)
    return text


def _count(text: str) -> int | None:
    return int(text) if text else None


def _number(text: str) -> Decimal | None:
    return decimals.parse(text) if text else None
