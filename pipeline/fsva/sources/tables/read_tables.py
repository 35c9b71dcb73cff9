"""The tables that readers return, and the plain numbers of villages for whoever computes.

Owns the way from the one to the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fsva.core.columns import KEYS, PARENT, ROW, UNIT
from fsva.sources.plain import plain_table
from fsva.sources.plain.arrays import Floats, Words
from fsva.sources.plain.plain_table import Table as Table


@dataclass(frozen=True, eq=False)
class VillageNumbers:
    """The numbers of villages as they were read, each column of shape (n_villages,).

    Parameters
    ----------
    codes : tuple of str
        BPS codes.
    subdistricts, names : array of str
        Kecamatan and village.
    rows : array of int
        Row in the file, counted from 1.
    numbers : mapping of str to array of float
        Raw columns and indicators by name; NaN = not known.
    texts : mapping of str to array of str
        What stands beside a number, such as ``terukur_<column>``; None where nothing does.
    """

    codes: tuple[str, ...]
    subdistricts: Words
    names: Words
    rows: NDArray[np.int64]
    numbers: Mapping[str, Floats]
    texts: Mapping[str, Words] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of villages."""
        return len(self.codes)

    def __contains__(self, column: object) -> bool:
        """Tell whether a column of numbers or of texts is there."""
        return column in self.numbers or column in self.texts

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of each village by its BPS code."""
        return {code: n for n, code in enumerate(self.codes)}

    def beside(self, column: str, codes: Iterable[str]) -> Floats:
        """Return a column of numbers in the order of other villages; NaN = not here."""
        values, places = self.numbers[column], self.positions
        return np.array([values[places[c]] if c in places else np.nan for c in codes], dtype=float)


def names(table: Table) -> dict[str, str]:
    """Return the names of the villages of a table by BPS code."""
    return {code: str(name) for code, name in table.by_code(UNIT).items()}


def village_numbers(table: Table) -> VillageNumbers:
    """Return the numbers of a reader's table.

    Parameters
    ----------
    table : Table
        Indexed by BPS code: ``kecamatan``, ``desa``, ``baris``, columns of numbers and of texts.
    """
    others = {name: c for name, c in table.columns.items() if name not in {*KEYS, ROW}}
    return VillageNumbers(
        table.codes,
        words(table, PARENT),
        words(table, UNIT),
        table[ROW].astype(np.int64),
        {name: floats(column) for name, column in others.items() if is_numeric(column)},
        {name: column for name, column in others.items() if not is_numeric(column)},
    )


def is_numeric(column: plain_table.Column) -> bool:
    """Tell whether a column holds numbers, not words."""
    return column.dtype.kind in ("f", "i", "u")


def floats(column: plain_table.Column) -> Floats:
    """Return a column of numbers as such; NaN = not known."""
    return column.astype(np.float64)


def words(table: Table, name: str) -> Words:
    """Return a column of words; None = not known, blank if it is not there."""
    return table[name] if name in table else plain_table.words([""] * len(table))
