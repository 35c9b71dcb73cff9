"""Points of villages: the gazetteers that a project keeps under ``boundaries/gazetteer``.

Owns which files are read; a point is no border.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.core import bounds, toml
from fsva.core.errors import Place, SourceError

if TYPE_CHECKING:
    from fsva.sources.plain.flat_grid import Point

COLUMNS, NAME = ("kode", "lintang", "bujur"), "nama"


def files(folder: Path) -> list[Path]:
    """Return the gazetteers of a folder in the order of their names.

    Parameters
    ----------
    folder : Path
        ``boundaries/gazetteer``; it need not exist, and other tables may stand in it.

    Raises
    ------
    SourceError
        It cannot be looked into.
    """
    return [file for file in bounds.files_in(folder, "*.csv") if _is_gazetteer(file)]


def read(gazetteers: Sequence[Path], district: str) -> dict[str, Point]:
    """Read longitude and latitude of the villages of a district that have a point.

    Parameters
    ----------
    gazetteers : sequence of Path
        From ``files``.
    district : str
        Kemendagri code of two levels.

    Raises
    ------
    SourceError
        A point is no place on the earth.
    """
    return {code: point for file in gazetteers for code, point in _points(file, district)}


def names(gazetteers: Sequence[Path], district: str) -> dict[str, str]:
    """Read the names of the villages of a district; those without one are left out."""
    rows = (row for file in gazetteers for row in _rows(file))
    return {r["kode"]: r[NAME] for r in rows if r["kode"].startswith(f"{district}.") and r[NAME]}


def _points(file: Path, district: str) -> Iterator[tuple[str, Point]]:
    for line, row in enumerate(_rows(file), start=2):
        if row["kode"].startswith(f"{district}.") and row["lintang"] and row["bujur"]:
            yield row["kode"], _point(file, line, row)


def _point(file: Path, line: int, row: dict[str, str]) -> Point:
    try:
        point = float(row["bujur"]), float(row["lintang"])
    except ValueError as error:
        raise _refused(file, line, row) from error
    if not (all(map(math.isfinite, point)) and abs(point[0]) <= 180 and abs(point[1]) <= 90):
        raise _refused(file, line, row)
    return point


def _refused(file: Path, line: int, row: dict[str, str]) -> SourceError:
    found = f"{row['lintang']}, {row['bujur']}"
    return SourceError("titik_bukan_letak", [Place(file, line, village=row["kode"], found=found)])


def _is_gazetteer(file: Path) -> bool:
    head = next(_lines(file), [])
    return set(COLUMNS) <= set(head)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    lines = _lines(file)
    head = next(lines)
    for cells in lines:
        row = dict(zip(head, cells, strict=False))
        yield {name: row.get(name, "").strip() for name in (*COLUMNS, NAME)}


def _lines(file: Path) -> Iterator[list[str]]:
    try:
        yield from csv.reader(toml.read_text(file).splitlines())
    except csv.Error as error:
        raise SourceError("tabel_batas", [Place(file)]) from error
