"""The steps from an edition to what would lift its villages, and to what other values would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from fsva.core import decimals
from fsva.core.errors import Place, UsageError
from fsva.core.names import plain
from fsva.core.texts import Texts
from fsva.runs import tabulation
from fsva.runs.run_order import Order

if TYPE_CHECKING:
    from fsva.config.methods.method import Indicator, Method
    from fsva.index.joined_table import JoinedTable
    from fsva.words.needed.needed_words import VillageNeed

_OPTION = "--isi"


@dataclass(frozen=True, eq=False)
class Needed:
    """What lifts the villages of an edition.

    Parameters
    ----------
    needs : tuple of VillageNeed
        By village, in the order of the table.
    table : JoinedTable
        The villages.
    method : Method
        Names and digits.
    """

    needs: tuple[VillageNeed, ...]
    table: JoinedTable
    method: Method


@dataclass(frozen=True)
class Effect:
    """What other values do to one village.

    Parameters
    ----------
    village, subdistrict : str
        Its names.
    values : tuple of (str, float, Decimal, int, int)
        Of each indicator: its id, the value before and after, the class before and after.
    scores, priorities, ranks : tuple of two
        Composite, its class and its rank, before and after; NaN and 0 = none.
    """

    village: str
    subdistrict: str
    values: tuple[tuple[str, float, Decimal, int, int], ...]
    scores: tuple[float, float]
    priorities: tuple[int, int]
    ranks: tuple[int, int]


def compute(order: Order) -> Needed:
    """Compute what lifts each vulnerable village of an edition.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from fsva.words.needed import needed_words

    made = tabulation.of_order(order)
    table = made.table.by_bps_code()
    return Needed(tuple(needed_words.needs(table, made.rules)), table, made.rules)


def files(order: Order, needed: Needed, texts: Texts) -> dict[str, bytes]:
    """Return ``andai.csv`` and its manifest."""
    from fsva.files.tables import needed_table

    content = needed_table.write(needed.needs, needed.table, needed.method, texts)
    made = {needed_table.FILE: content}
    return order.recorded(made, "andai")


def effects(order: Order, asked: Sequence[str]) -> tuple[list[Effect], Method]:
    """Return what other values do to the villages that they are of; no file is touched.

    Parameters
    ----------
    asked : sequence of str
        ``desa.indikator=nilai``; the village by name or code.

    Raises
    ------
    UsageError
        An unknown or ambiguous village, an unknown indicator, an impossible value.
    """
    from fsva.index import what_if

    made = tabulation.of_order(order)
    table, rules = made.table, made.rules
    changes = dict(_change(text, table, rules) for text in asked)
    numbers = {key: float(value) for key, value in changes.items()}
    after = what_if.changed(table, rules, numbers)
    villages = dict.fromkeys(at for at, _ in changes)
    return [_effect(at, changes, table, after, rules) for at in villages], rules


def _change(text: str, table: JoinedTable, rules: Method) -> tuple[tuple[int, str], Decimal]:
    """Read ``desa.indikator=nilai``."""
    key, _, written = text.rpartition("=")
    village, _, name = key.rpartition(".")
    indicators = {i.id: i for i in rules.indicators}
    if not village or name.strip() not in indicators:
        known = ", ".join(indicators)
        raise UsageError("andai_tulisan", [Place(column=_OPTION, found=text)], {"ada": known})
    indicator = indicators[name.strip()]
    return (_village(village, table), indicator.id), _value(written, indicator, text)


def _village(written: str, table: JoinedTable) -> int:
    wanted = plain(written)
    keys = zip(table.names, table.bps_codes, table.codes, strict=True)
    found = [at for at, key in enumerate(keys) if wanted in {plain(str(one)) for one in key}]
    if not found:
        raise UsageError("andai_desa", [Place(column=_OPTION, found=written)])
    if len(found) > 1:
        named = [f"{table.names[at]} ({table.bps_codes[at]})" for at in found]
        places = [Place(column=_OPTION, village=name, found=written) for name in named]
        raise UsageError("andai_desa_banyak", places)
    return found[0]


def _value(written: str, indicator: Indicator, text: str) -> Decimal:
    """Read a value with the indicator's digits, within its possible range."""
    number = decimals.parse(written) if decimals.is_number(written) else None
    low, high = indicator.possible
    if number is None or not low <= number <= high or not _is_whole(number, indicator):
        place = Place(column=_OPTION, found=text)
        raise UsageError("andai_nilai", [place], {"dari": str(low), "sampai": str(high)})
    return number


def _is_whole(number: Decimal, indicator: Indicator) -> bool:
    """Tell whether a number has no more digits than the indicator, or is one of its categories."""
    if indicator.categories:
        return number in indicator.categories
    units = decimals.to_units(number, indicator.digits)
    return Decimal(units).scaleb(-indicator.digits) == number


def _effect(
    at: int,
    changes: dict[tuple[int, str], Decimal],
    before: JoinedTable,
    after: JoinedTable,
    rules: Method,
) -> Effect:
    whole = rules.composite.id
    values = tuple(
        (
            name,
            float(before.values[name][at]),
            value,
            int(before.classes[name][at]),
            int(after.classes[name][at]),
        )
        for (village, name), value in changes.items()
        if village == at
    )

    return Effect(
        str(before.names[at]),
        str(before.subdistricts[at]),
        values,
        (float(before.values[whole][at]), float(after.values[whole][at])),
        (int(before.classes[whole][at]), int(after.classes[whole][at])),
        (int(before.ranks[at]), int(after.ranks[at])),
    )
