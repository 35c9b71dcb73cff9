"""Whether a measure of one side is the same quantity as its namesake on the other.

Owns this rule and the list of measures that differ. ``obstacles`` tells whether classes compare.
A share in percent beside one in 0..1 is never a change, not even in a forced comparison.
"""

from __future__ import annotations

from collections.abc import Iterator

from fsva.comparison.values.result import ApartMeasure
from fsva.comparison.values.side_data import SideData
from fsva.config.methods.measures import Indicator, Measure
from fsva.config.methods.method import Method


def same(a: Measure, b: Measure) -> bool:
    """Tell whether unit and definition are the same; blanks and capitals in them do not matter.

    Parameters
    ----------
    a, b : Measure
        Of one id. The composite is a score of its own indicators on either side and has no
        definition beside its unit.
    """
    return _facts(a) == _facts(b)


def _facts(measure: Measure) -> tuple[str, ...]:
    if not isinstance(measure, Indicator):
        return (_plain(measure.unit.id),)
    unit = measure.calculation_unit
    return (
        _plain(measure.unit.id),
        _plain(measure.formula.id),
        _plain(measure.calculation or ""),
        "" if unit is None else str(unit),
    )


def _plain(words: str) -> str:
    return "".join(words.casefold().split())


def common(a: Method, b: Method) -> list[Measure]:
    """Return the measures that both methods have, as B has them and in B's order."""
    known = {measure.id: measure for measure in a.measures()}
    return [m for m in b.measures() if m.id in known and _paired(known[m.id], m, b)]


def _paired(a: Measure, b: Measure, rules: Method) -> bool:
    return b.id == rules.composite.id or same(a, b)


def other_meaning(a: Method, b: Method) -> frozenset[str]:
    """Return the ids that both methods use for different quantities."""
    known = {measure.id: measure for measure in a.measures()}
    return frozenset(m.id for m in b.measures() if m.id in known and not _paired(known[m.id], m, b))


def apart(a: SideData, b: SideData) -> tuple[ApartMeasure, ...]:
    """List the measures of one name that are not paired, with unit and definition on each side."""
    return tuple(_apart(a.rules, b.rules))


def _apart(a: Method, b: Method) -> Iterator[ApartMeasure]:
    known = {measure.id: measure for measure in a.measures()}
    for measure in b.measures():
        if measure.id in other_meaning(a, b):
            old = known[measure.id]
            yield ApartMeasure(
                measure.id,
                measure.name.model_dump(),
                old.unit.model_dump(),
                measure.unit.model_dump(),
                _definition(old),
                _definition(measure),
            )


def _definition(measure: Measure) -> dict[str, str]:
    return measure.formula.model_dump() if isinstance(measure, Indicator) else {}
