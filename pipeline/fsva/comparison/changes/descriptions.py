"""The measures, villages and counterparts of a comparison, apart from any change.

Owns the step from the sides and their pairs to the values of ``result``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from fsva.comparison.changes import pairing as pairs
from fsva.comparison.changes.changes import MeasurePair
from fsva.comparison.changes.measure_definitions import common
from fsva.comparison.changes.mixed_edition import PairedRows
from fsva.comparison.changes.obstacles import comparable
from fsva.comparison.changes.pairing import LandLink, Pairing
from fsva.comparison.values.result import (
    Cells,
    ClassName,
    ComparedMeasure,
    ComparedVillage,
    Counterpart,
    Edit,
    Kind,
)
from fsva.comparison.values.side_data import SideData
from fsva.config.methods.measures import Indicator
from fsva.config.methods.measures import Measure as Rule
from fsva.config.methods.method import Method
from fsva.core.columns import PARENT, UNIT
from fsva.index.joined_table import CLASS

_SQUARE_KM = 1e6
Numbers = NDArray[np.float64]


def measures(
    a: SideData, b: SideData, rules: Sequence[Edit], forced: bool
) -> tuple[ComparedMeasure, ...]:
    """Describe the measures that both sides have.

    Parameters
    ----------
    a, b : SideData
        Sides; an output folder has no cut-offs and bounds.
    forced : bool
        Whether classes do not compare.
    """
    of_a = {measure.id: measure for measure in a.rules.measures()}
    classes = _class_names(max((b.rules, a.rules), key=lambda rules: rules.n_classes))
    composite = b.rules.composite.id
    return tuple(
        ComparedMeasure(
            m.id,
            m.map_number,
            m.name.model_dump(),
            m.unit.model_dump(),
            m.digits,
            m.better,
            classes,
            comparable(m, rules, m.id == composite, forced),
            _cut_offs(a, of_a[m.id]),
            _cut_offs(b, m),
            _bounds(a, of_a[m.id]),
            _bounds(b, m),
        )
        for m in common(a.rules, b.rules)
    )


def _class_names(rules: Method) -> tuple[ClassName, ...]:
    return tuple(
        ClassName(c.number, c.name.model_dump(), c.colour, c.number in rules.vulnerable)
        for c in rules.classes
    )


def _cut_offs(held: SideData, measure: Rule) -> tuple[float, ...] | None:
    return _floats(measure.cut_offs) if held.inputs and measure.cut_offs else None


def _bounds(held: SideData, measure: Rule) -> tuple[float, float] | None:
    if held.inputs is None or not isinstance(measure, Indicator):
        return None
    return float(measure.bounds[0]), float(measure.bounds[1])


def _floats(numbers: Sequence[Decimal]) -> tuple[float, ...]:
    return tuple(map(float, numbers))


def rows(pairing: Pairing) -> PairedRows:
    """Return the pairs of villages, in the order of B's codes."""
    partners = sorted((new, old) for new, old in pairing.partner.items() if old is not None)
    return PairedRows(tuple(old for _, old in partners), tuple(new for new, _ in partners))


def villages(a: SideData, b: SideData, pairing: Pairing) -> tuple[ComparedVillage, ...]:
    """List the villages: pairs, then new ones, then those that are gone."""
    called = _names(a), _names(b)
    people = _all_people(a), _all_people(b)
    return tuple(
        ComparedVillage(
            old,
            new,
            *(called[1][new] if new else called[0][old or ""]),
            kind,
            people[0].get(old),
            people[1].get(new),
        )
        for old, new, kind in _all(pairing)
    )


def _names(held: SideData) -> dict[str, tuple[str, str]]:
    """Return name and kecamatan of the villages by code."""
    columns = held.table[UNIT].tolist(), held.table[PARENT].tolist()
    names = zip(*columns, strict=True)
    return dict(zip(map(str, held.table.index), names, strict=True))


def _all_people(held: SideData) -> dict[str | None, float]:
    if held.population is None:
        return {}
    return {str(code): float(n) for code, n in held.population.dropna().items()}


def _all(pairing: Pairing) -> Iterator[tuple[str | None, str | None, Kind]]:
    known = rows(pairing)
    for old, new in zip(known.a, known.b, strict=True):
        yield old, new, pairing.kinds[new]
    for new in sorted(code for code, old in pairing.partner.items() if old is None):
        yield None, new, "baru"
    for old in sorted(code for code, kind in pairing.gone.items() if kind == "hilang"):
        yield old, None, "hilang"


def cells(beside: MeasurePair, a: SideData, b: SideData, pairing: Pairing) -> Cells:
    """Return the values and classes of a measure for every village of ``villages``."""
    new = sorted(code for code, old in pairing.partner.items() if old is None)
    gone = sorted(code for code, kind in pairing.gone.items() if kind == "hilang")
    name, digits = beside.measure.id, beside.measure.digits
    nothing = [None] * len(new), [None] * len(gone)
    return Cells(
        name,
        (*_values(beside.values_a, digits), *nothing[0], *_values(_of(a, gone, name), digits)),
        (*_values(beside.values_b, digits), *_values(_of(b, new, name), digits), *nothing[1]),
        (*_classes(beside.classes_a), *nothing[0], *_classes(_of(a, gone, f"{name}{CLASS}"))),
        (*_classes(beside.classes_b), *_classes(_of(b, new, f"{name}{CLASS}")), *nothing[1]),
    )


def _of(held: SideData, codes: list[str], column: str) -> Numbers:
    return np.asarray(held.table.loc[codes, column].to_numpy(dtype=np.float64, na_value=np.nan))


def _values(values: Numbers, digits: int) -> list[float | None]:
    return [None if v != v else round(v, digits) for v in values.tolist()]


def _classes(values: Numbers) -> list[int | None]:
    return [None if v != v else int(v) for v in values.tolist()]


def counterparts(
    a: SideData, b: SideData, pairing: Pairing, density_ratio: float
) -> tuple[Counterpart, ...]:
    """List every village that is not the same on both sides, with the land and people it shares.

    Parameters
    ----------
    density_ratio : float
        For the error of people carried by area.
    """
    show = _CounterpartView(a, b, pairing, density_ratio)
    changed = {new for new, kind in pairing.kinds.items() if kind not in ("tetap", "baru")}
    named = {(old, new) for new, old in pairing.partner.items() if old and new in changed}
    land = {(old, new) for old, new in pairing.links if new in changed or old in pairing.gone}
    described = [
        show.pair(old, new) for old, new in sorted(named | land, key=lambda k: (k[1], k[0]))
    ]
    described += [show.new(new) for new, old in sorted(pairing.partner.items()) if old is None]
    described += [show.gone(old) for old, kind in sorted(pairing.gone.items()) if kind == "hilang"]
    return tuple(described)


class _CounterpartView:
    """Counterparts as people see them; without the areas of schematic borders."""

    def __init__(self, a: SideData, b: SideData, pairing: Pairing, density_ratio: float) -> None:
        self.a, self.b, self.pairing, self.ratio = a, b, pairing, density_ratio
        self.names_a, self.names_b = _names(a), _names(b)
        self.people = _all_people(a)
        self.measured = pairing.land is not None and not (a.schematic or b.schematic)

    def pair(self, old: str, new: str) -> Counterpart:
        """Show a village of A beside one of B."""
        main = self.pairing.partner[new] == old
        kind = self.pairing.kinds[new] if main else self._kind(old, new)
        names_a, names_b = self.names_a[old], self.names_b[new]
        signs = pairs.signs(old, new, self.pairing, self.a, self.b)
        link = self.pairing.links.get((old, new)) if self.measured else None
        areas = self._area("a", old), self._area("b", new)
        return Counterpart(
            old,
            new,
            names_a[0],
            names_b[0],
            names_a[1],
            names_b[1],
            kind,
            signs,
            *areas,
            *self._shares(link, old),
        )

    def _kind(self, old: str, new: str) -> Kind:
        kind = self.pairing.kinds[new]
        link = self.pairing.gone.get(old)
        return link or (kind if kind in ("mekar", "gabung", "tata ulang") else "batas berubah")

    def new(self, code: str) -> Counterpart:
        """Show a village of B that has no counterpart."""
        name, kecamatan = self.names_b[code]
        return Counterpart(
            None, code, None, name, None, kecamatan, "baru", (), None, self._area("b", code)
        )

    def gone(self, code: str) -> Counterpart:
        """Show a village of A that has no counterpart."""
        name, kecamatan = self.names_a[code]
        return Counterpart(
            code, None, name, None, kecamatan, None, "hilang", (), self._area("a", code)
        )

    def _area(self, label: str, code: str) -> float | None:
        land = self.pairing.land
        if land is None or not self.measured:
            return None
        areas = land.area_a if label == "a" else land.area_b
        return round(float(areas[code]) / _SQUARE_KM, 4)

    def _shares(
        self, link: LandLink | None, old: str
    ) -> tuple[float | None, float | None, float | None, float | None]:
        if link is None:
            return None, None, None, None
        people = self.people.get(old)
        carried = None if people is None else round(people * link.share_a, 1)
        error = round(density_error(link.share_a, self.ratio), 4)
        return round(link.share_a, 4), round(link.share_b, 4), carried, error


def density_error(share: float, ratio: float) -> float:
    """Return by how much the share of people may differ from the share of land.

    Parameters
    ----------
    share : float
        Of land, 0..1.
    ratio : float
        How many times as dense one part may be as the other.

    Returns
    -------
    float
        Half the range of the share of people.

    Examples
    --------
    Of half a village live a third to two thirds of its people, if one half is twice as dense:

    >>> round(density_error(0.5, 2), 4), density_error(1.0, 2)
    (0.1667, 0.0)
    """
    most = ratio * share / (ratio * share + 1 - share)
    least = share / (share + ratio * (1 - share))
    return (most - least) / 2
