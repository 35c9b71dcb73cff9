"""Village codes that stand in far more rows than an officer can have mistyped.

Owns the refusal before the rows are read one by one: a table of households or of many years instead
of villages would be read for a minute to be refused for the same reason.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from fsva.core import bounds
from fsva.core.columns import BPS, KEMENDAGRI, UNIT
from fsva.core.errors import CodeError, Place
from fsva.sources.cells.grid import Grid, letters
from fsva.sources.cells.headers import TableHeader


def stop_at_many(file: Path, grid: Grid, header: TableHeader) -> None:
    """Refuse a table of villages in which thousands of rows repeat codes.

    Raises
    ------
    CodeError
        Names every such row.
    """
    named = {name: n for n, name in enumerate(header.columns) if name}
    for name in (BPS, KEMENDAGRI):
        if name in named:
            _check(file, grid, header, name, named)


def _check(file: Path, grid: Grid, header: TableHeader, name: str, named: dict[str, int]) -> None:
    start = header.last + 1
    cells = [grid.text(row, named[name]) for row in range(start, len(grid.rows))]
    times = Counter(text for text in cells if any(map(str.isdigit, text)))
    if sum(times.values()) - len(times) <= bounds.load().table.repeated:
        return
    column, places = named[name], []
    for row, text in enumerate(cells, start):
        if times[text] > 1:
            village = grid.text(row, named[UNIT]) if UNIT in named else ""
            address = f"{grid.name}!{letters(column)}{row + 1}" if grid.name else None
            told = f"{village} ({text})" if village else text
            places.append(Place(file, row + 1, name, told, text, address))
    raise CodeError("kode_ganda", places)
