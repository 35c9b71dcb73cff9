"""The values of an edition's villages, wherever they stand or are computed from.

Owns the order: the table, then what comes from elsewhere, then the formulas. It knows no layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fsva.core.errors import CodeError, FsvaError, Place
from fsva.runs.run_order import Order

if TYPE_CHECKING:
    import pandas as pd

    from fsva.config.methods.method import Method
    from fsva.runs.succession_run import Heirs
    from fsva.villages.inheritance import Inherited
    from fsva.villages.sourced_columns import Supplied

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
    from fsva.index import indicators
    from fsva.villages import inheritance
    from fsva.villages import sourced_columns as supplying

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
    from fsva.sources.tables import agreement_sheet, edition_tables, raw_counts

    data = order.edition.settings.data
    file = order.edition.path(data.table)
    try:
        agreement_sheet.check(file, _titles(order, rules), data.sheet)
        if data.raw is not None:
            return raw_counts.read(file, rules, data.sheet, supplied.columns)
        rest = tuple(i for i in rules.indicators if i.id not in supplied.columns)
        partly = rules.model_copy(update={"indicators": rest})
        return edition_tables.read_indicators(file, partly, accepted, data.sheet)
    except CodeError as problem:
        problem.places = _with_likely(order, problem)
        raise


def _with_likely(order: Order, problem: CodeError) -> list[Place]:
    """Name the likely village of damaged codes by those that the crosswalk knows."""
    from fsva.core import codes
    from fsva.sources.tables import code_columns, edition_tables

    if problem.key != "kode_bps":
        return list(problem.places)
    settings = order.edition.settings
    try:
        known = edition_tables.read_crosswalk(order.edition.path(settings.data.crosswalk)).index
    except FsvaError:
        return list(problem.places)  # what is wrong with the crosswalk is told after the table
    district, codes_known = settings.district.bps_code, frozenset(known)
    return [
        place if place.likely
        else code_columns.hint(place, codes.likely_bps(place.found or "", district, codes_known))
        for place in problem.places
    ]  # fmt: skip


def _beside(order: Order, rules: Method, table: pd.DataFrame, supplied: Supplied) -> pd.DataFrame:
    """Put the other columns beside them, agreed values first."""
    from fsva.sources.tables import columns_elsewhere
    from fsva.villages import sourced_columns as supplying

    data = order.edition.settings.data
    file = order.edition.path(data.table)
    agreed = columns_elsewhere.read_agreed(
        file, supplied.columns, data.sheet, _titles(order, rules)
    )
    if data.raw is not None:
        # Agreed values of indicators are put in with those of the others, after the formulas.
        agreed = agreed[[column for column in agreed if column in rules.columns]]
    return supplying.put(table, supplied, supplied.columns, agreed)


def _titles(order: Order, rules: Method) -> dict[str, tuple[str, ...]]:
    """Return the headings of all columns that the edition's table may have."""
    from fsva.sources.tables import edition_tables

    raw = order.edition.settings.data.raw is not None
    return edition_tables.titles(rules) | (edition_tables.titles(rules, raw=True) if raw else {})
