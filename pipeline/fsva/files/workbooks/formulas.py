"""Formulas of a spreadsheet: the method's arithmetic as Excel and LibreOffice compute it.

Owns the translation. Every function here has its counterpart in ``fsva.index``, whose result is
stored with the formula; numbers are rounded where the program rounds them, so that both agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import floor

from fsva.config.methods import formula
from fsva.config.methods.formula import ColumnName, Constant, Formula, Part, Scaled
from fsva.config.methods.method import Indicator, Measure
from fsva.core import decimals

NOTHING = "-"  # what the official forms print where nothing is known
_NOISE = 6  # digits beyond the last, from which the program rounds (fsva.core.decimals)


def rounded(expression: str, digits: int) -> str:
    """Return an expression rounded half up, free of binary noise first."""
    return f"ROUND(ROUND({expression},{digits + _NOISE}),{digits})"


def priority(cell: str, cut_offs: str, measure: Measure) -> str:
    """Return the class of a number by its cut-offs.

    Parameters
    ----------
    cell : str
        The number's cell.
    cut_offs : str
        The range with the measure's cut-offs, in any order.
    """
    sign = "<" if measure.closed == "atas" else "<="
    digits = measure.digits
    passed = f"SUMPRODUCT(--(ROUND({cut_offs},{digits}){sign}ROUND({cell},{digits})))"
    n_classes = len(measure.cut_offs or ()) + 1
    found = f"1+{passed}" if measure.better == "tinggi" else f"{n_classes}-{passed}"
    has_zero = isinstance(measure, Indicator) and measure.zero
    return f"IF({cell}=0,1,{found})" if has_zero else found


def category(cell: str, categories: str, classes: str) -> str:
    """Return the class of a category by a table of both."""
    return f"INDEX({classes},MATCH({cell},{categories},0))"


def standard_score(cell: str, low: str, high: str, indicator: Indicator) -> str:
    """Return the standard score of a value between two bounds."""
    share = f"MAX(0,MIN(1,({cell}-{low})/({high}-{low})))"
    found = f"100*{share}" if indicator.better == "tinggi" else f"100*(1-{share})"
    return f"IF({cell}=0,0,{found})" if indicator.zero else found


def composite(scores: Sequence[str], weights: Sequence[str], digits: int) -> str:
    """Return the weighted sum of scores, in the order of the indicators."""
    parts = "+".join(f"{weight}*{score}" for weight, score in zip(weights, scores, strict=True))
    return rounded(parts, digits)


def either(test: str, found: str, *others: str) -> str:
    """Return what is found where a test holds, else the first other cell with a number, else "-".

    Examples
    --------
    >>> either("ISNUMBER(G6)", "1+G6", "Terbit!G6")
    '=IF(ISNUMBER(G6),1+G6,IF(ISNUMBER(Terbit!G6),Terbit!G6,"-"))'
    """
    rest = f'"{NOTHING}"'
    for other in reversed(others):
        rest = f"IF(ISNUMBER({other}),{other},{rest})"
    return f"=IF({test},{found},{rest})"


def raw_value(indicator: Indicator, read: Formula, cells: Mapping[str, str]) -> str:
    """Return an indicator computed from the cells of its raw columns; "-" where one is empty.

    Parameters
    ----------
    read : Formula
        The method's.
    cells : mapping of str to str
        Cell by raw column, those of the formula and of its fallback.
    """
    operands = [cells[name] for name in read.columns]
    counted = f"COUNT({','.join(operands)})={len(operands)}"
    expression = _part(read.root, cells)
    digits, empty = indicator.digits, f'"{NOTHING}"'
    value = expression if indicator.categories else rounded(expression, digits)
    if indicator.zero and not indicator.categories:
        least = _number(10.0**-digits)
        value = f"IF(AND({value}=0,{expression}<>0),{least},{value})"
    if indicator.fallback:
        zero, instead = cells[indicator.fallback.column], _number(float(indicator.fallback.value))
        empty = f'IF(AND(ISNUMBER({zero}),{zero}=0),{instead},"{NOTHING}")'
    return f"=IF({counted},IFERROR({value},{empty}),{empty})"


def _part(part: Part, cells: Mapping[str, str]) -> str:
    if isinstance(part, Constant):
        return _number(part.value)
    if isinstance(part, ColumnName):
        return cells[part.name]
    if isinstance(part, Scaled):
        return f"({_number(part.factor)}*{_part(part.part, cells)})"
    return _joined(part, cells)


def _joined(operation: formula.Operation, cells: Mapping[str, str]) -> str:
    left, right = _part(operation.left, cells), _part(operation.right, cells)
    return f"({left}{operation.sign}{right})"


def _number(value: float) -> str:
    """Return a number as formulas write it, without an exponent."""
    whole = floor(value)
    return str(whole) if whole == value else f"{Decimal(repr(value)):f}"


def ascending(measure: Measure) -> list[float]:
    """Return the cut-offs as numbers of cells, in their order."""
    return [
        decimals.to_units(cut_off, measure.digits) / 10**measure.digits
        for cut_off in measure.cut_offs or ()
    ]
