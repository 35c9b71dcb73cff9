"""Registers by name and address (DTKS, Regsosek, P3KE): only the village of each row is taken.

Owns the reading. A message of this module names file, row and column and never what stands in a
cell: a mistaken column could hold a NIK or a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fsva.core import codes, toml
from fsva.core.errors import CodeError, JoinError, Place, SourceError, TableError
from fsva.core.names import plain
from fsva.sources.cells import delimited
from fsva.sources.cells.grid import Grid
from fsva.sources.cells.workbooks import workbook

# The header stands in one of the first rows.
_HEADER_ROWS = 20


@dataclass(frozen=True)
class Wanted:
    """Which rows of a register count.

    Parameters
    ----------
    code_field : str
        Column with the village's code, BPS or Kemendagri; spaces and case do not matter.
    conditions : mapping of str to sequence of str
        Column to the texts that it must have one of.
    """

    code_field: str
    conditions: Mapping[str, Sequence[str]]


def villages(
    file: Path, wanted: Wanted, kemendagri: Mapping[str, str], district: tuple[str, str]
) -> list[str]:
    """Return the village of every row that counts, and nothing else of it.

    Parameters
    ----------
    file : Path
        CSV (UTF-8), XLSX, XLSB or ODS; of a workbook the first sheet that has the columns.
    kemendagri : mapping of str to str
        Kemendagri code to BPS code of the edition's villages.
    district : (str, str)
        Kemendagri and BPS code of the kabupaten; rows of others are left out.

    Returns
    -------
    list of str
        BPS codes, in the order of the register.

    Raises
    ------
    SourceError, TableError
        Missing or unreadable file, a column that is not there, no row of the kabupaten.
    CodeError
        A text that is no village code.
    JoinError
        A village of the kabupaten that the edition does not have.
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
    """Find the sheet or the separator, and the header row, by the columns that are needed."""
    needed = [wanted.code_field, *wanted.conditions]
    for grid in _grids(file):
        for top, cells in enumerate(grid.rows[:_HEADER_ROWS]):
            headings = [plain(cell) for cell in cells]
            if all(headings.count(plain(name)) == 1 for name in needed):
                return grid, top, {name: headings.index(plain(name)) for name in needed}
    raise TableError("register_kolom", [Place(file, column=name) for name in needed])


def _grids(file: Path) -> Iterator[Grid]:
    if not file.is_file():
        raise SourceError("berkas_hilang", [Place(file)])
    content = file.read_bytes()
    if workbook.is_workbook(file, content):
        yield from workbook.read(file, content)
        return
    text = toml.read_text(file)
    for separator in delimited.SEPARATORS:
        if separator in text:
            yield delimited.split(file, text, separator)


def _rows(
    grid: Grid, top: int, columns: Mapping[str, int], wanted: Wanted
) -> Iterator[tuple[int, str]]:
    """Yield row number and code of the rows that meet the conditions; empty rows are left out."""
    for row in range(top + 1, len(grid.rows)):
        if not any(grid.rows[row]):
            continue
        texts = {name: grid.text(row, column) for name, column in columns.items()}
        if all(texts[name] in accepted for name, accepted in wanted.conditions.items()):
            yield row + 1, texts[wanted.code_field]
