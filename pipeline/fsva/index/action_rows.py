"""The rows of the yearly action plan: village, cause, what it has, and what the next class needs.

Owns which villages and causes get rows, and in which order. The words of a row are made by
``fsva.words.action_words``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

import numpy as np

from fsva.config.editions.sections import EXTREME_POVERTY
from fsva.config.methods.interventions import Planned, PocketLimits
from fsva.config.methods.method import Indicator, Method
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.index import better_class_values, causes
from fsva.index import result_columns as tables
from fsva.index.better_class_values import Need
from fsva.index.joined_table import JoinedTable
from fsva.index.result_columns import Columns
from fsva.sources.plain.arrays import Mask
from fsva.sources.tables.targets import PERSONS


@dataclass(frozen=True)
class Cause:
    """Why a village gets a row.

    Parameters
    ----------
    measure : str
        Id of the indicator, or ``miskin_ekstrem`` for a pocket.
    rank : int or None
        1 = heaviest; None for a pocket, which has no weight beside indicators.
    priority : int or None
        Class of the village in the indicator.
    basis : str or None
        What that class rests on, as in the joined table.
    value : float or None
        What the village has; None = not known.
    target : Decimal or None
        What it needs: the first value of the next class, or the most persons below a pocket.
    reached : int or None
        The next class.
    """

    measure: str
    rank: int | None = None
    priority: int | None = None
    basis: str | None = None
    value: float | None = None
    target: Decimal | None = None
    reached: int | None = None


@dataclass(frozen=True)
class ActionRow:
    """One row of the plan.

    Parameters
    ----------
    code, parent, village : str
        BPS code, kecamatan, name.
    priority : int or None
        Class of the composite.
    pocket : bool or None
        Whether it is a pocket of extreme poverty; None = not known.
    cause : Cause or None
        None where a vulnerable village has no weak indicator.
    planned : Planned or None
        None without a cause.
    """

    code: str
    parent: str
    village: str
    priority: int | None
    pocket: bool | None
    cause: Cause | None
    planned: Planned | None


def rows(
    laid: Columns,
    table: JoinedTable,
    plan: Mapping[str, Sequence[Planned]],
    method: Method,
    limits: PocketLimits,
) -> list[ActionRow]:
    """Write the rows of the action plan.

    Parameters
    ----------
    laid : Columns
        From ``fsva.index.targeting.overlay``.
    table : JoinedTable
        Values, classes and what they rest on.
    plan : mapping of str to sequence of Planned
        From ``fsva.config.methods.interventions.plan``.
    limits : PocketLimits
        The number of persons that a pocket exceeds.

    Returns
    -------
    list of ActionRow
        Vulnerable villages and pockets of any class, ordered by class and code; villages
        without a class come last. The rows of a village begin with its pocket; its weak
        indicators follow, the heaviest first, each with all its interventions.
    """
    pockets = tables.yes(laid["kantong"])
    weak = _weak(table, method, pockets)
    chosen = tables.at(laid, tables.yes(laid["rentan"]) | pockets)
    actions: list[ActionRow] = []
    for village in _by_class(chosen):
        of_village = weak.get(village[KEMENDAGRI], [])
        if village["kantong"]:
            target = Decimal(limits.more_than)
            poverty = Cause(EXTREME_POVERTY, value=village[PERSONS], target=target)
            of_village = [poverty, *of_village]
        reasons: list[Cause | None] = [*of_village] or [None]
        actions += chain.from_iterable(_of_cause(village, cause, plan) for cause in reasons)
    return actions


def _by_class(chosen: Columns) -> list[dict[str, Any]]:
    """Return villages as dicts in the order of the plan; None = not known."""
    last = 99
    return sorted(
        tables.records(chosen),
        key=lambda village: (village["kelas"] or last, village[KEMENDAGRI]),
    )


def _of_cause(
    village: Mapping[str, Any], cause: Cause | None, plan: Mapping[str, Sequence[Planned]]
) -> list[ActionRow]:
    return [
        ActionRow(
            village[BPS],
            village[PARENT],
            village[UNIT],
            village["kelas"],
            village["kantong"],
            cause,
            planned,
        )
        for planned in (plan[cause.measure] if cause else [None])
    ]


def _weak(table: JoinedTable, method: Method, pockets: Mask) -> dict[str, list[Cause]]:
    """Return the weak indicators of vulnerable villages and pockets, the heaviest first."""
    needed = {i.id: _needs(table, i) for i in method.indicators}
    causes_of: dict[str, list[Cause]] = {}
    for row in tables.records(causes.of_villages(table, method, pockets)):
        code, name = row[KEMENDAGRI], row["indikator"]
        at = table.positions[code]
        value, need = float(table.values[name][at]), needed[name][at]
        cause = Cause(
            name,
            row["urutan"],
            row["kelas"],
            table.basis[name][at],
            None if np.isnan(value) else value,
            need.value if need else None,
            need.priority if need else None,
        )
        causes_of.setdefault(code, []).append(cause)
    return causes_of


def _needs(table: JoinedTable, indicator: Indicator) -> list[Need | None]:
    """Return what each village needs for the next class of an indicator."""
    return better_class_values.needs(
        table.values[indicator.id], table.classes[indicator.id], indicator
    )


def unanswered(actions: Sequence[ActionRow]) -> list[str]:
    """Return the ids of the causes for which no intervention names a programme, in order.

    Parameters
    ----------
    actions : sequence of ActionRow
        From ``rows``.
    """
    return sorted(
        {
            row.cause.measure
            for row in actions
            if row.cause and row.planned and row.planned.what.programme is None
        }
    )
