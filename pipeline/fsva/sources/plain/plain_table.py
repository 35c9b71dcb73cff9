"""Tables as plain columns, which a run passes on from the reader to the map.

Owns their form, and the way to and from a frame of pandas: the API, comparison and the builder of
new editions work on frames. A run needs none, and pandas costs a tenth of an atlas' time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fsva.sources.plain.arrays import Words

if TYPE_CHECKING:
    import pandas as pd

Column: TypeAlias = NDArray[Any]
# What str.strip takes off, and marks without width.
_UNSEEN = "\N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{WORD JOINER}"
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + _UNSEEN
Chosen: TypeAlias = "NDArray[np.bool_] | NDArray[np.intp] | Sequence[int] | slice"


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of the same rows.

    Parameters
    ----------
    index : array of str or int
        What a row is found by: a code, or its number in a file.
    columns : mapping of str to array
        By name, in their order. Numbers that are not known are NaN, words None; among whole
        numbers, such as classes and ranks, 0 is none.
    key : str
        Name of the index.
    """

    index: Column = field(default_factory=lambda: words(()))
    columns: Mapping[str, Column] = field(default_factory=dict)
    key: str = ""

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.index)

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a column of that name."""
        return name in self.columns

    def __getitem__(self, name: str) -> Column:
        """Return a column."""
        return self.columns[name]

    @property
    def codes(self) -> tuple[str, ...]:
        """The index as words."""
        return tuple(map(str, self.index))

    @cached_property
    def positions(self) -> Mapping[Any, int]:
        """The position of a row by its index; of several rows the first."""
        return {one: len(self) - 1 - n for n, one in enumerate(self.index[::-1])}

    def by_code(self, name: str) -> dict[str, Any]:
        """Return a column by the codes of the rows."""
        return dict(zip(self.codes, self.columns[name], strict=True))

    def is_in(self, codes: Collection[Any]) -> NDArray[np.bool_]:
        """Mark the rows whose index is among some."""
        return is_in(self.index, codes)

    def rows(self, chosen: Chosen) -> Self:
        """Return some rows, by a boolean for each or by their positions."""
        columns = {name: column[chosen] for name, column in self.columns.items()}
        return replace(self, index=self.index[chosen], columns=columns)

    def at(self, codes: Iterable[Any]) -> Self:
        """Return the rows of some codes, all of which the table has."""
        return self.rows(np.array([self.positions[code] for code in codes], dtype=np.intp))

    def beside(self, codes: Iterable[Any]) -> Self:
        """Return one row per code, in their order; NaN, 0 or None where a code is not here."""
        wanted = list(codes)
        places = np.array([self.positions.get(code, -1) for code in wanted], dtype=np.intp)
        columns = {name: _taken(column, places) for name, column in self.columns.items()}
        return replace(self, index=words(wanted), columns=columns)

    def sorted(self) -> Self:
        """Return the rows in the order of their index."""
        return self.rows(np.argsort(self.index, kind="stable"))

    def with_columns(self, columns: Mapping[str, Column]) -> Self:
        """Return the table with columns in place of those of the same name, or at its end."""
        return replace(self, columns={**self.columns, **columns})

    def without(self, *names: str) -> Self:
        """Return the table without some columns, whether it has them or not."""
        return replace(self, columns={n: c for n, c in self.columns.items() if n not in names})

    def only(self, *names: str) -> Self:
        """Return the table with some of its columns."""
        return replace(self, columns={name: self.columns[name] for name in names})

    def groups(self, name: str) -> dict[Any, Self]:
        """Return the rows of each value of a column, in the order in which values come first."""
        found: dict[Any, list[int]] = {}
        for n, value in enumerate(self.columns[name]):
            found.setdefault(value, []).append(n)
        return {value: self.rows(places) for value, places in found.items()}

    def records(self) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Yield the index and the cells of each row."""
        for n, one in enumerate(self.index):
            yield one, {name: column[n] for name, column in self.columns.items()}

    @property
    def frame(self) -> pd.DataFrame:
        """The columns as a frame of pandas, in which NA is not known."""
        import pandas as pd

        columns = {name: _of_pandas(column) for name, column in self.columns.items()}
        index = pd.Index(list(self.index), name=self.key or None)
        return pd.DataFrame(columns, index=index, columns=list(columns))

    @classmethod
    def of_frame(cls, frame: pd.DataFrame) -> Table:
        """Return the columns of a frame of pandas."""
        return Table(np.asarray(frame.index), columns_of(frame), str(frame.index.name or ""))


def columns_of(frame: pd.DataFrame) -> dict[str, Column]:
    """Return the columns of a frame of pandas by their names, without those of shapes."""
    return {
        str(name): column_of(frame[name]) for name in frame if str(frame[name].dtype) != "geometry"
    }


def column_of(series: pd.Series[Any]) -> Column:
    """Return a column of pandas: numbers with NaN, whole numbers as they are, words with None."""
    kind = series.dtype.kind
    if kind in ("i", "u", "b") and not series.isna().any():
        return series.to_numpy(dtype={"b": np.bool_}.get(kind, np.int64))
    if kind in ("f", "i", "u"):
        return series.to_numpy(dtype=np.float64, na_value=np.nan)
    return words(series.astype(object).where(series.notna(), None))


def words(values: Iterable[Any]) -> Words:
    """Return values of any kind as a column."""
    listed = values if isinstance(values, list | tuple) else list(values)
    column = np.empty(len(listed), dtype=object)
    column[:] = listed
    return column


def numbers(values: Iterable[float | None]) -> NDArray[np.float64]:
    """Return numbers as a column; NaN where there is none."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def of_values(values: Iterable[Any]) -> Column:
    """Return values of one kind as a column: numbers, whole numbers or words."""
    listed = list(values)
    kinds = {type(value) for value in listed if value is not None}
    if kinds and kinds <= {int, float}:
        whole = kinds == {int} and None not in listed
        return np.array(listed, dtype=np.int64) if whole else numbers(listed)
    return words(listed)


def told(column: Column) -> Words:
    """Return a column of words with a blank where none is known."""
    return words("" if value is None else value for value in column)


def is_in(column: Iterable[Any], known: Collection[Any]) -> NDArray[np.bool_]:
    """Mark the values that are among some."""
    held = known if isinstance(known, set | frozenset | Mapping) else frozenset(known)
    return np.array([value in held for value in column], dtype=bool)


def stacked(tables: Sequence[Table]) -> Table:
    """Return the rows of tables under each other, numbered anew; columns as the first has them."""
    first = tables[0]
    columns = {name: np.concatenate([table[name] for table in tables]) for name in first.columns}
    return Table(np.arange(sum(map(len, tables))), columns)


def as_text(values: Column) -> Words:
    """Return values as text without blanks around; whole numbers, stored so or not, as digits.

    Blanks are those that nobody sees, too: the byte order mark and spaces without width.
    """
    if values.dtype.kind == "f":
        known = values[~np.isnan(values)]
        whole = bool((known % 1 == 0).all())
        cells = [None if np.isnan(v) else int(v) if whole else v for v in values.tolist()]
    else:
        cells = [None if v is None or v != v else v for v in values.tolist()]
    return words(None if v is None else str(v).strip(_BLANKS) for v in cells)


def begin(column: Column, beginnings: tuple[str, ...]) -> NDArray[np.bool_]:
    """Mark the words that begin so."""
    return np.array([bool(v) and v.startswith(beginnings) for v in column], dtype=bool)


def each(column: Column, change: Callable[[str], str]) -> Words:
    """Change each word; None stays."""
    return words(None if word is None else change(word) for word in column)


def _taken(column: Column, places: NDArray[np.intp]) -> Column:
    """Return the cells at some places; -1 is nowhere."""
    here = places >= 0
    empty: Any = {"f": np.nan, "O": None}.get(column.dtype.kind, 0)
    found = np.full(len(places), empty, dtype=column.dtype)
    found[here] = column[places[here]]
    return found


def _of_pandas(column: Column) -> Any:  # noqa: ANN401 - an array of pandas, or a plain one
    import pandas as pd

    if column.dtype.kind == "f":
        return pd.arrays.FloatingArray(np.array(column, dtype=np.float64), np.isnan(column))
    if column.dtype in (np.int8, np.int32):  # classes and ranks
        return pd.arrays.IntegerArray(np.array(column), column == 0)
    if column.dtype.kind == "O" and all(v is None or isinstance(v, str) for v in column):
        missing = any(value is None for value in column)
        return pd.array(column, dtype="string" if missing else "str")
    return column
