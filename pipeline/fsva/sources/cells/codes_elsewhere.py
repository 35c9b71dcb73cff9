"""Village codes that a table holds in another form than a column of one system.

Owns four such forms: a column of codes of either system, BPS codes with a prefix (HDX), codes in
four columns (Podes: province, kabupaten, kecamatan, village), and Kemendagri codes alone, whose BPS
codes are known from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from fsva.core import codes
from fsva.core.columns import BPS, KEMENDAGRI
from fsva.sources.cells.grid import Grid
from fsva.sources.cells.grouped_headings import Heading
from fsva.sources.cells.headers import TableHeader

EITHER = "kode_wilayah"
_PARTS = {"r101": 2, "r102": 2, "r103": 3, "r104": 3}
_PREFIXED = re.compile(r"ID(\d{10})", re.IGNORECASE)


@dataclass(frozen=True)
class KnownPairs:
    """Which BPS code belongs to which Kemendagri code.

    Parameters
    ----------
    source : str
        What says so, for messages.
    bps_of : mapping of str to str
        BPS codes by Kemendagri code.
    """

    source: str = ""
    bps_of: Mapping[str, str] = field(default_factory=dict)


Pairs = Callable[[], KnownPairs]  # asked only for a table without BPS codes


def brought(grid: Grid, header: TableHeader, pairs: Pairs = KnownPairs) -> tuple[Grid, TableHeader]:
    """Move the codes of a table to a column of their system.

    Parameters
    ----------
    grid, header : Grid, TableHeader
        A sheet and its header.
    pairs : callable
        Gives the known pairs, for a table with Kemendagri codes only.

    Returns
    -------
    Grid, TableHeader
        Unchanged if the table already has such a column.
    """
    header = _named(grid, header)
    if BPS in header.columns:
        return _without_prefix(grid, header), header
    if KEMENDAGRI in header.columns:
        return _paired(grid, header, pairs())
    return _united(grid, header)


def _named(grid: Grid, header: TableHeader) -> TableHeader:
    """Name a column of codes of either system by its content."""
    if EITHER not in header.columns:
        return header
    column = header.columns.index(EITHER)
    texts = [grid.text(row, column) for row in range(header.last + 1, len(grid.rows))]
    name = (
        KEMENDAGRI
        if sum("." in text and codes.is_kemendagri(text) for text in texts) * 2
        > sum(map(bool, texts))
        else BPS
    )
    if name in header.columns:
        return header
    columns = tuple(name if n == column else heading for n, heading in enumerate(header.columns))
    return replace(header, columns=columns)


def _without_prefix(grid: Grid, header: TableHeader) -> Grid:
    column = header.columns.index(BPS)
    texts = [cells[column] if column < len(cells) else "" for cells in grid.rows]
    if not any(map(_PREFIXED.fullmatch, texts[header.last + 1 :])):
        return grid
    rows = tuple(
        (*cells[:column], match[1], *cells[column + 1 :])
        if (match := _PREFIXED.fullmatch(text))
        else cells
        for cells, text in zip(grid.rows, texts, strict=True)
    )
    return replace(grid, rows=rows)


def _united(grid: Grid, header: TableHeader) -> tuple[Grid, TableHeader]:
    """Merge province, kabupaten, kecamatan and village of a Podes table into one code."""
    plain = [heading.text.split(" ")[0] for heading in header.headings]
    if not set(_PARTS) <= set(plain):
        return grid, header
    places = [(plain.index(name), digits) for name, digits in _PARTS.items()]
    return _with_codes(grid, header, "R101-R104", lambda cells: _whole(cells, places))


def _paired(grid: Grid, header: TableHeader, pairs: KnownPairs) -> tuple[Grid, TableHeader]:
    """Set the known BPS codes beside Kemendagri codes; blank where a code has none."""
    column, bps_of = header.columns.index(KEMENDAGRI), pairs.bps_of
    if not any(grid.text(row, column) in bps_of for row in range(header.last + 1, len(grid.rows))):
        return grid, header

    def code(cells: tuple[str, ...]) -> str:
        """Return the BPS code of a row."""
        return bps_of.get(cells[column], "") if column < len(cells) else ""

    grid, header = _with_codes(grid, header, pairs.source, code)
    return grid, replace(header, paired=pairs.source)


def _with_codes(
    grid: Grid, header: TableHeader, heading: str, code: Callable[[tuple[str, ...]], str]
) -> tuple[Grid, TableHeader]:
    """Append a column of BPS codes, each made from the cells of its row."""
    width = len(header.columns)
    rows = tuple(
        (*cells, *[""] * (width - len(cells)), code(cells) if n > header.last else "")
        for n, cells in enumerate(grid.rows)
    )
    added = Heading((heading,), BPS, exact=False, grouped=False)
    return replace(grid, rows=rows), replace(
        header, headings=(*header.headings, added), columns=(*header.columns, BPS)
    )


def _whole(cells: tuple[str, ...], places: list[tuple[int, int]]) -> str:
    """Join the parts of a code without gaps; parts that are not numbers stay unchanged."""
    parts = [(cells[n] if n < len(cells) else "", digits) for n, digits in places]
    if all(text.isdigit() and len(text) <= digits for text, digits in parts):
        return "".join(text.zfill(digits) for text, digits in parts)
    return "".join(text for text, _ in parts)
