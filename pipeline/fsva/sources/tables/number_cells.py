"""Numbers, classes and ranks as they stand in the cells of an edition's tables.

Owns how the text of one cell becomes a number. Which columns there are, and which numbers are
possible, is ``fsva.sources.tables.edition_tables``'s matter.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from fsva.config.methods.method import N_CLASSES, Indicator, Measure
from fsva.core import decimals
from fsva.sources.cells.table_text import TextTable

# Column beside an indicator: what stands in the table where it was read as something else.
WRITTEN = "tertulis_"


def number_of(measure: Measure) -> Callable[[str], float]:
    """Return how the cells of a measure are read: rounded half up to its digits.

    Parameters
    ----------
    measure : Measure
        Of a categorical indicator the numbers are not rounded: 1.4 is no category, and must not
        become one. A number that stands for a category becomes it. Where a zero says "there is
        none", an amount is never rounded to it.
    """

    def parse(text: str) -> float:
        try:
            number = decimals.parse(text)
        except ValueError:
            raise ValueError("bukan_angka") from None
        if isinstance(measure, Indicator) and measure.categories:
            return measure.read_category(float(number))
        units = decimals.to_units(number, measure.digits)
        if number > 0 and not units and isinstance(measure, Indicator) and measure.zero:
            units = 1  # a zero says "there is none"; this is a small amount
        return float(Decimal(units).scaleb(-measure.digits))

    return parse


def decimal_of(text: str) -> float:
    """Read a number with all its digits."""
    try:
        return float(decimals.parse(text))
    except ValueError:
        raise ValueError("bukan_angka") from None


def class_of(text: str) -> int:
    """Read a priority class."""
    if text not in {str(n) for n in range(1, N_CLASSES + 1)}:
        raise ValueError("bukan_kelas")
    return int(text)


def rank_of(text: str) -> int:
    """Read a rank."""
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise ValueError("bukan_peringkat")
    return int(text)


def read_otherwise(table: TextTable, indicator: Indicator) -> list[str | None]:
    """Return the numbers that were read as a category near them, such as 1.0001.

    Parameters
    ----------
    table : TextTable
        Its cells are numbers or blank.
    indicator : Indicator
        The column.

    Returns
    -------
    list of str or None
        Per row; empty if every cell was read as it stands.
    """
    if not indicator.categories:
        return []
    texts = [row.cells[indicator.id] for row in table]
    exact = [decimal_of(text) if text else None for text in texts]
    found = [f"{x:.10g}" if x is not None and indicator.read_category(x) != x else None
             for x in exact]  # fmt: skip
    return found if any(found) else []
