"""The values of an edition's villages, wherever they stand or are computed from.

Owns the order: the table, then what comes from elsewhere, then the formulas. It knows no layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import CodeError, FsvaError, Place
from pipeline.orders import Order

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.inheritance import Inherited
    from pipeline.method import Method
    from pipeline.succession_run import Heirs
    from pipeline.supplied import Supplied

Accepted = frozenset[tuple[str, str]]


def read(
    order: Order,
    rules: Method,
    accepted: Accepted | None,
    supplied: Supplied,
    heirs: Heirs | None,
) -> tuple[pd.DataFrame, Inherited]:
    """Read the values of the edition's villages, or compute them from their raw counts.

    Parameters
    ----------
    order : Order
        The edition.
    rules : Method
        Names, digits, formulas.
    accepted : frozenset of (code, indicator id) or None
        Values that may lie outside the possible range; None: all of them.
    supplied : Supplied
        Columns that do not come from the table; they are those of the villages of the edition.
    heirs : Heirs or None
        What the succession table does to the table's rows; None leaves them as they stand.

    Raises
    ------
    FsvaError
        If the table cannot be used.
    """
    from pipeline import indicators, inheritance
    from pipeline import supplied as supplying

    data = order.edition.settings.data
    table = _rows(order, rules, accepted, supplied)
    inherited = inheritance.Inherited()
    if heirs is not None:
        table, inherited = heirs.of_values(table, rules if data.raw else None)
    if supplied.columns:
        table = _beside(order, rules, table, supplied)
    if data.raw is not None:
        file = order.edition.path(data.table)
        table = indicators.of_villages(table, rules, accepted, file)
    return supplying.mark(table, supplied, data, rules), inherited


def _rows(
    order: Order, rules: Method, accepted: Accepted | None, supplied: Supplied
) -> pd.DataFrame:
    """Read the columns that the table does hold."""
    from pipeline.sources import companion, raw, tables

    data = order.edition.settings.data
    file = order.edition.path(data.table)
    try:
        companion.check(file, _titles(order, rules), data.sheet)
        if data.raw is not None:
            return raw.read(file, rules, data.sheet, supplied.columns)
        rest = tuple(i for i in rules.indicators if i.id not in supplied.columns)
        partly = rules.model_copy(update={"indicators": rest})
        return tables.read_indicators(file, partly, accepted, data.sheet)
    except CodeError as problem:
        problem.places = _with_likely(order, problem)
        raise


def _with_likely(order: Order, problem: CodeError) -> list[Place]:
    """Name the likely village of damaged codes by those that the crosswalk knows."""
    from pipeline import codes
    from pipeline.sources import coded, tables

    if problem.key != "kode_bps":
        return list(problem.places)
    settings = order.edition.settings
    try:
        known = tables.read_crosswalk(order.edition.path(settings.data.crosswalk)).index
    except FsvaError:
        return list(problem.places)  # what is wrong with the crosswalk is told after the table
    district, codes_known = settings.district.bps_code, frozenset(known)
    return [
        place if place.likely
        else coded.hint(place, codes.likely_bps(place.found or "", district, codes_known))
        for place in problem.places
    ]  # fmt: skip


def _beside(order: Order, rules: Method, table: pd.DataFrame, supplied: Supplied) -> pd.DataFrame:
    """Put the other columns beside them, agreed values first."""
    from pipeline import supplied as supplying
    from pipeline.sources import absent

    data = order.edition.settings.data
    file = order.edition.path(data.table)
    agreed = absent.read_agreed(file, supplied.columns, data.sheet, _titles(order, rules))
    if data.raw is not None:
        # Agreed values of indicators are put in with those of the others, after the formulas.
        agreed = agreed[[column for column in agreed if column in rules.columns]]
    return supplying.put(table, supplied, supplied.columns, agreed)


def _titles(order: Order, rules: Method) -> dict[str, tuple[str, ...]]:
    """Return the headings of all columns that the edition's table may have."""
    from pipeline.sources import tables

    raw = order.edition.settings.data.raw is not None
    return tables.titles(rules) | (tables.titles(rules, raw=True) if raw else {})
