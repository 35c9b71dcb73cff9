"""The cells of all CSV files: numbers, words and codes as text that no spreadsheet runs.

Owns separators, line ends, encodings, rounding and the escaping of formulas.
``styles/tabel.toml`` declares the columns of a table; the module of the table gives their values.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import isnan
from typing import Any

from fsva.config.methods.method import Measure, Method
from fsva.config.styles import output_tables
from fsva.config.styles.output_tables import PER_ROW, NamedColumn, TableColumn

Values = Iterable[Any]
TextColumns = Mapping[str, Sequence[str]]
# A spreadsheet takes a cell with such a first character for a formula (full-width signs too).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ANY_START = re.compile("[" + re.escape("".join(FORMULA_STARTS)) + "]")
# The start of a cell in a program that expects another separator.
_HIDDEN = re.compile(r"([,;\t\r\n]\s*)(?=[=+\-@＝＋－＠])")
_NUMBER = re.compile(r"[+-]\d+(?:[.,]\d+)?")
_MARKS = {"kantor": ",", "program": "."}
_YES_NO = {True: "ya", False: "tidak"}
# What ``safe`` has put before such a character.
_ESCAPED = re.compile(r"(^|[,;\t\r\n]\s*)'(?=[=+\-@\t\r\n＝＋－＠])")
# What GDAL calls the contents of a column; all others are text.
_NUMBER_TYPES = {"bulat": "Integer", "kelas": "Integer", "peringkat": "Integer", "angka": "Real"}


def write(
    file: str,
    columns: Mapping[str, Values],
    method: Method | None = None,
    aspects: Sequence[Measure] = (),
) -> bytes:
    """Return a table as the CSV file that its schema describes.

    Parameters
    ----------
    file : str
        Name of the file, a section of ``styles/tabel.toml``.
    columns : mapping of str to iterable
        Heading to values, all of one length, in any order; None or NaN = not known. The method
        fills the column of the baseline.
    method : Method or None
        Measures, digits and baseline, for tables that have such columns.
    aspects : sequence of Measure
        For tables that have columns of aspects.

    Returns
    -------
    bytes
        In one of the two dialects: see ``for_offices`` and ``for_programs``.

    Raises
    ------
    KeyError
        If a required column is missing, or the schema does not know a column.
    """
    schema = output_tables.all_tables()[file]
    measures = [*(method.measures() if method else ()), *aspects]
    digits = {measure.id: measure.digits for measure in measures}
    named = list(schema.named(_items(method, aspects)))
    if unknown := set(columns) - {column.name for column in named}:
        raise KeyError(*sorted(unknown))
    mark, n_rows = _MARKS[schema.form], len(list(next(iter(columns.values()))))
    texts: dict[str, Sequence[str]] = {}
    for column in named:
        if column.column.content == "dasar":
            texts[column.name] = [
                method.baseline["id"] if method and method.baseline else ""
            ] * n_rows
        elif column.name in columns or column.column.required:
            texts[column.name] = _texts(columns, column, digits, mark)
    return (for_offices if schema.form == "kantor" else for_programs)(texts)


def types(file: str, written: bytes, method: Method) -> bytes:
    """Return the types of a table's columns, one line, as GDAL reads them beside a CSV file.

    Parameters
    ----------
    file : str
        Name of the file, a section of ``styles/tabel.toml``.
    written : bytes
        The table in the form for programs.
    method : Method
        Names of the columns.
    """
    named = output_tables.all_tables()[file].named(_items(method, ()))
    contents = {column.name: column.column.content for column in named}
    headings = next(csv.reader(io.StringIO(written.decode("utf-8"))))
    kinds = (_NUMBER_TYPES.get(contents[heading], "String") for heading in headings)
    return (",".join(f'"{kind}"' for kind in kinds) + "\n").encode()


def is_missing(value: Any) -> bool:  # noqa: ANN401 - numpy's or Python's
    """Tell whether a cell is empty: None or NaN."""
    return value is None or (isinstance(value, float) and isnan(value))


def _items(method: Method | None, aspects: Sequence[Measure]) -> output_tables.Items:
    return {
        "ukuran": [measure.id for measure in method.measures()] if method else [],
        "aspek": [aspect.id for aspect in aspects],
        "kelas": [str(priority.number) for priority in method.classes] if method else [],
    }


def _texts(
    columns: Mapping[str, Values], named: NamedColumn, digits: Mapping[str, int], mark: str
) -> list[str]:
    """Return the cells of a column."""
    column, values = named.column, list(columns[named.name])
    if column.content == "angka":
        places = _places(column, named.item, columns, digits, len(values))
        return [number(v, n, mark) for v, n in zip(values, places, strict=True)]
    return ["" if is_missing(value) else _text(value, column) for value in values]


def _places(
    column: TableColumn,
    item: str,
    columns: Mapping[str, Values],
    digits: Mapping[str, int],
    n_rows: int,
) -> list[int]:
    """Return the number of decimals of every row."""
    if isinstance(column.digits, int):
        return [column.digits] * n_rows
    if item:
        return [digits[item]] * n_rows
    return [digits[measure] for measure in columns[PER_ROW]]


def _text(value: Any, column: TableColumn) -> str:  # noqa: ANN401 - numpy's or Python's
    if column.content in ("bulat", "kelas", "peringkat"):
        return number(value, 0, "")
    if column.content == "ya_tidak":
        return _YES_NO[bool(value)]
    return column.choices[value] if column.content == "pilihan" else str(value)


@lru_cache(maxsize=4096)
def number(value: Any, digits: int, mark: str) -> str:  # noqa: ANN401 - of any library
    """Write a number with fixed decimals, rounded half up, without thousands marks.

    Parameters
    ----------
    value : number or None
        A float counts as the shortest decimal that reads back as it; None and NaN give an empty
        cell.
    mark : str
        Decimal mark.

    Examples
    --------
    >>> number(0.0125, 3, ","), number(-0.04, 1, "."), number(None, 2, ".")
    ('0,013', '0.0', '')
    """
    if is_missing(value):
        return ""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return str(exact or abs(exact)).replace(".", mark)


def for_offices(columns: TextColumns) -> bytes:
    """Return columns as CSV that Excel with Indonesian settings opens directly.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        Heading to cells, all of one length; decimals with a comma.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, semicolons, CRLF; formulas are escaped.
    """
    return _lines(columns, ";", "\r\n").encode("utf-8-sig")


def for_programs(columns: TextColumns) -> bytes:
    """Return columns as CSV for programs and for ``git diff``.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        Heading to cells, all of one length; decimals with a point.

    Returns
    -------
    bytes
        UTF-8, commas, Unix line ends; formulas are escaped.
    """
    return _lines(columns, ",", "\n").encode("utf-8")


def _lines(columns: TextColumns, separator: str, line_end: str) -> str:
    target = io.StringIO(newline="")
    # With CRLF the writer quotes cells that hold either character.
    writer = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    writer.writerow(map(safe, columns))
    writer.writerows(zip(*map(_all_safe, columns.values()), strict=True))
    return target.getvalue() if line_end == "\r\n" else target.getvalue().replace("\r\n", line_end)


def _all_safe(cells: Sequence[str]) -> Sequence[str]:
    """Escape the cells of a column; most columns hold no sign that could begin a formula."""
    return [safe(cell) for cell in cells] if _ANY_START.search("\0".join(cells)) else cells


def is_yes(cell: str) -> bool:
    """Tell what a cell of yes or no says."""
    return cell == _YES_NO[True]


def unescaped(cell: str) -> str:
    """Return a text as it was before ``safe``.

    Examples
    --------
    >>> unescaped("'=1+1"), unescaped("Desa;'=1+1"), unescaped("Na'u")
    ('=1+1', 'Desa;=1+1', "Na'u")
    """
    return _ESCAPED.sub(r"\1", cell)


def safe(cell: str) -> str:
    r"""Escape a text so that no spreadsheet runs it as a formula, whatever separator it expects.

    Examples
    --------
    >>> safe("=1+1"), safe("-0,5"), safe("Desa;=1+1"), safe("Na'u")
    ("'=1+1", '-0,5', "Desa;'=1+1", "Na'u")
    """
    if not _ANY_START.search(cell) or _NUMBER.fullmatch(cell):
        return cell
    inner = _HIDDEN.sub(r"\1'", cell)
    return f"'{inner}" if inner.startswith(FORMULA_STARTS) else inner
