"""Registers by name and address (DTKS, Regsosek, P3KE), of which only the villages are read.

Owns the reader. Its messages name file, row and column, and never the content of a cell: a wrong
column could hold a NIK or a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fsva.core import bounds, codes
from fsva.core.errors import CodeError, JoinError, Place, TableError
from fsva.core.names import plain
from fsva.sources.cells import delimited, encodings
from fsva.sources.cells.grid import Grid
from fsva.sources.cells.workbooks import workbook

# Number of rows in which the header is searched.
_HEADER_ROWS = 20


@dataclass(frozen=True)
class Wanted:
    """The rows of a register that count.

    Parameters
    ----------
    code_field : str
        Column of village codes, BPS or Kemendagri; spaces and case of the heading do not count.
    conditions : mapping of str to sequence of str
        Column to its accepted texts.
    """

    code_field: str
    conditions: Mapping[str, Sequence[str]]


def villages(
    file: Path, wanted: Wanted, kemendagri: Mapping[str, str], district: tuple[str, str]
) -> list[str]:
    """Return the village of every row that counts, and nothing else.

    Parameters
    ----------
    file : Path
        CSV (UTF-8), XLSX, XLSB or ODS; in a workbook, the first sheet with the columns.
    kemendagri : mapping of str to str
        Kemendagri code to BPS code of the edition's villages.
    district : (str, str)
        Kemendagri and BPS code of the kabupaten; rows of other ones do not count.

    Returns
    -------
    list of str
        BPS codes, in the order of the register.

    Raises
    ------
    SourceError, TableError
        Missing or unreadable file, a missing column, no row of the kabupaten.
    CodeError
        A text that is not a village code.
    JoinError
        A village of the kabupaten that the edition lacks.
    """
    grid, top, columns = _table(file, wanted)
    rows = list(_rows(grid, top, columns, wanted))
    broken = [n for n, code in rows if not (codes.is_bps(code) or codes.is_kemendagri(code))]
    if broken:
        raise CodeError("register_kode", _places(file, broken, wanted))
    of_district = [(n, code) for n, code in rows if _is_of(code, district)]
    if not of_district:
        raise TableError("register_kosong", [Place(file)], {"kode": district[0]})
    known = {**kemendagri, **{code: code for code in kemendagri.values()}}
    unknown = [n for n, code in of_district if code not in known]
    if unknown:
        raise JoinError("register_desa", _places(file, unknown, wanted))
    return [known[code] for _, code in of_district]


def _is_of(code: str, district: tuple[str, str]) -> bool:
    return code.startswith(f"{district[0]}." if "." in code else district[1])


def _places(file: Path, rows: Sequence[int], wanted: Wanted) -> list[Place]:
    return [Place(file, row, wanted.code_field) for row in rows]


def _table(file: Path, wanted: Wanted) -> tuple[Grid, int, dict[str, int]]:
    """Find sheet or separator, and header row, by the required columns."""
    needed = [wanted.code_field, *wanted.conditions]
    for grid in _grids(file):
        for top, cells in enumerate(grid.rows[:_HEADER_ROWS]):
            headings = [plain(cell) for cell in cells]
            if all(headings.count(plain(name)) == 1 for name in needed):
                return grid, top, {name: headings.index(plain(name)) for name in needed}
    raise TableError("register_kolom", [Place(file, column=name) for name in needed])


def _grids(file: Path) -> Iterator[Grid]:
    content = bounds.content(file, bounds.load().people.most_bytes)
    if workbook.is_workbook(file, content):
        yield from workbook.read(file, content)
        return
    text = encodings.read(file, content).text
    delimited.check_size(file, text, bounds.load().people)
    for separator in delimited.SEPARATORS:
        if separator in text:
            yield delimited.split(file, text, separator)


def _rows(
    grid: Grid, top: int, columns: Mapping[str, int], wanted: Wanted
) -> Iterator[tuple[int, str]]:
    """Yield row number and code of the rows that meet the conditions, without empty rows."""
    for row in range(top + 1, len(grid.rows)):
        if not any(grid.rows[row]):
            continue
        texts = {name: grid.text(row, column) for name, column in columns.items()}
        if all(texts[name] in accepted for name, accepted in wanted.conditions.items()):
            yield row + 1, texts[wanted.code_field]
