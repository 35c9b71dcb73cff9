"""The tables that readers return: of pandas for readers, plain columns for whoever computes.

Owns both forms and the way between them. Modules that only pass a table on name it ``Table`` and
need not import its library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import is_numeric_dtype

from fsva.core.columns import KEYS, PARENT, ROW, UNIT

Table: TypeAlias = pd.DataFrame
WordColumn: TypeAlias = "pd.Series[str]"
NumberColumn: TypeAlias = "pd.Series[float]"
Floats: TypeAlias = NDArray[np.float64]
Words: TypeAlias = NDArray[np.object_]


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
    return {str(code): str(name) for code, name in table[UNIT].items()}


def village_numbers(table: Table) -> VillageNumbers:
    """Return the plain columns of a reader's table.

    Parameters
    ----------
    table : DataFrame
        Indexed by BPS code: ``kecamatan``, ``desa``, ``baris``, columns of numbers and of texts.
    """
    others = [str(name) for name in table if name not in {*KEYS, ROW}]
    numeric = {name: is_numeric_dtype(table[name]) for name in others}
    return VillageNumbers(
        tuple(map(str, table.index)),
        words(table, PARENT),
        words(table, UNIT),
        table[ROW].to_numpy(dtype=np.int64),
        {name: floats(table[name]) for name in others if numeric[name]},
        {name: words(table, name) for name in others if not numeric[name]},
    )


def with_columns(
    table: Table, numbers: Mapping[str, Floats], texts: Mapping[str, Words] | None = None
) -> Table:
    """Return a reader's table with columns put at its end; those of the same name give way."""
    made = {name: number_column(values) for name, values in numbers.items()}
    said = {name: pd.array(column, dtype="string") for name, column in (texts or {}).items()}
    new = pd.DataFrame({**made, **said}, index=table.index)
    return table.drop(columns=[name for name in new if name in table]).join(new)


def number_column(values: Floats) -> pd.api.extensions.ExtensionArray:
    """Return numbers as pandas holds them in a reader's table: NA, never NaN, is not known."""
    return pd.arrays.FloatingArray(np.array(values), np.isnan(values))


def floats(column: pd.Series[Any]) -> Floats:
    """Return a column of numbers of a reader's table; NaN = not known."""
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def words(table: Table, name: str) -> Words:
    """Return a column of words of a reader's table; None = not known, blank if it is not there."""
    column = np.full(len(table), "", dtype=object)
    if name in table:
        column[:] = table[name]
        column[table[name].isna()] = None
    return column
