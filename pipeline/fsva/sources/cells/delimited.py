"""A CSV file as a grid of texts.

Splits lines into cells. The caller recognises headers and chooses the separator.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.core import bounds
from fsva.core.bounds import TableBounds
from fsva.core.errors import Place, SourceError, TableError
from fsva.sources.cells.grid import Grid, seen

if TYPE_CHECKING:
    from _csv import Reader

SEPARATORS = (";", ",", "\t", "|")
DRAWN = "|"  # separates columns, and may frame them
_LINES = frozenset(" \t|+:=-")  # of a drawn table: +-----+-----+ or |:---|---:|
_RULES = ("--", "==")
_LONG = "field larger than"  # begin of what the library says of an endless cell


def likely(text: str) -> list[str]:
    """Return the separators, those that stand most often in the first filled line first."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return sorted(SEPARATORS, key=first.count, reverse=True)


def split(file: Path, text: str, separator: str) -> Grid:
    """Split a text into rows of cells; a row over several lines counts once, as in Excel.

    Parameters
    ----------
    file : Path
        File of the text, for error messages.
    separator : str
        One of ``SEPARATORS``.

    Raises
    ------
    TableError
        If quotation marks do not pair.
    """
    reader = _reader(text, separator)
    try:
        return Grid(tuple(tuple(map(seen, cells)) for cells in reader))
    except csv.Error as problem:
        if _LONG in str(problem):
            most = csv.field_size_limit()
            raise SourceError(
                "sel_panjang",
                [Place(file, reader.line_num)],
                {"batas": bounds.told(most)},
            ) from problem
        raise TableError("kutip_rusak", [Place(file, reader.line_num)]) from problem


def check_size(file: Path, text: str, limits: TableBounds) -> None:
    """Refuse a text with more rows, columns or cells than a table may have, whatever parts them.

    Parameters
    ----------
    limits : TableBounds
        Of its kind.

    Raises
    ------
    SourceError
        There are more.
    """
    n_rows = max(text.count("\n"), text.count("\r"))
    if n_rows > limits.rows:
        raise SourceError(
            "tabel_baris",
            [Place(file)],
            {"jumlah": bounds.told(n_rows), "batas": bounds.told(limits.rows)},
        )
    n_cells = max(map(text.count, SEPARATORS))
    if n_cells > limits.cells:
        raise SourceError(
            "tabel_sel",
            [Place(file)],
            {"jumlah": bounds.told(n_cells), "batas": bounds.told(limits.cells)},
        )
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) < limits.columns:
            continue
        n_columns = max(map(line.count, SEPARATORS)) + 1
        if n_columns > limits.columns:
            raise SourceError(
                "tabel_kolom",
                [Place(file, number)],
                {"jumlah": bounds.told(n_columns), "batas": bounds.told(limits.columns)},
            )


def glance(text: str, separator: str, n_rows: int) -> Grid:
    """Split the first rows of a text, up to a quotation mark without its pair.

    Parameters
    ----------
    separator : str
        One of ``SEPARATORS``.
    n_rows : int
        Largest number of rows.
    """
    reader = _reader(text, separator)
    rows: list[tuple[str, ...]] = []
    try:
        for cells in reader:
            rows.append(tuple(map(seen, cells)))
            if len(rows) == n_rows:
                break
    except csv.Error:
        pass  # split() will name the place, if this is the separator of the file
    return Grid(tuple(rows))


def _reader(text: str, separator: str) -> Reader:
    text = _undrawn(text) if separator == DRAWN else text
    lines = io.StringIO(_without_blanks(text, separator), newline="")
    return csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)


def _undrawn(text: str) -> str:
    """Return the rows of a drawn table without their frame; ruled lines are left blank."""
    lines = text.splitlines(keepends=True)
    said = [line.strip() for line in lines]
    rows = [one for one in said if one and not _is_rule(one)]
    is_framed = all(len(one) > 1 and one[0] == one[-1] == DRAWN for one in rows if DRAWN in one)
    if not is_framed and len(rows) == sum(map(bool, said)):
        return text
    first, last = (1, -1) if is_framed else (None, None)
    return "".join(
        ("" if _is_rule(one) else one[first:last]) + line[len(line.rstrip("\r\n")) :]
        for one, line in zip(said, lines, strict=True)
    )


def _is_rule(line: str) -> bool:
    """Tell whether a line only separates the headings of a drawn table from its rows."""
    return not set(line) - _LINES and any(rule in line for rule in _RULES)


def _without_blanks(text: str, separator: str) -> str:
    """Remove the blanks between a closing quotation mark and the end of its cell."""
    if '" ' not in text:
        return text
    whole_cell = rf'((?:^|[{separator}\r\n]) *"(?:[^"]|"")*") *(?=[{separator}\r\n]|\Z)'
    return re.sub(whole_cell, r"\1", text)
