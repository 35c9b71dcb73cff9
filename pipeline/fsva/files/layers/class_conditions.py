"""When a village belongs to a class of a map, in the languages of GIS programs.

Owns the condition: where the class rests on the value, the bounds and their closure decide, so that
a corrected value changes its colour; where a report or the office has set the class, that class
does. Owns its form for QGIS and for OGC filters.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from fsva.config.methods.method import Indicator, MapClass, Measure
from fsva.files.layers.xml_tree import node
from fsva.index import classes
from fsva.index.joined_table import BASIS, CLASS
from fsva.words.layer_fields import LayerField, Naming

BY_VALUE = "nilai"


@dataclass(frozen=True)
class ClassCondition:
    """The villages of one class.

    Parameters
    ----------
    value, basis, priority : str
        Names of the fields.
    members : tuple of int
        Priority classes that the map joins in this one.
    low, high : Decimal or None
        Bounds of the values; None where there is none.
    closed : {"atas", "bawah"}
        Which bound belongs to the class.
    categories : tuple of int
        In place of bounds for an indicator of categories.
    """

    value: str
    basis: str
    priority: str
    members: tuple[int, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    closed: str = "atas"
    categories: tuple[int, ...] = ()

    @property
    def comparisons(self) -> tuple[tuple[str, Decimal], ...]:
        """The comparisons of the value: an operator and a bound each."""
        above, below = (">", "<=") if self.closed == "atas" else (">=", "<")
        both = ((above, self.low), (below, self.high))
        return tuple((sign, bound) for sign, bound in both if bound is not None)

    @property
    def by_value(self) -> bool:
        """Whether any value leads to the class."""
        no_room = self.low is not None and self.low == self.high
        return bool(self.categories or (self.comparisons and not no_room))

    def expression(self) -> str:
        """Return the condition as an expression of QGIS."""
        fixed = f"{_name(self.priority)} IN ({', '.join(map(str, self.members))})"
        if self.categories:
            found = f"{_name(self.value)} IN ({', '.join(map(str, self.categories))})"
        elif self.by_value:
            pairs = (f"{_name(self.value)} {sign} {bound}" for sign, bound in self.comparisons)
            found = " AND ".join(pairs)
        else:
            found = "FALSE"
        return f"CASE WHEN {_name(self.basis)} = '{BY_VALUE}' THEN {found} ELSE {fixed} END"

    def filter(self) -> Element:
        """Return the condition as an OGC filter."""
        fixed = node("ogc:And", {}, _is_not_by_value(self.basis), self._of_class())
        if not self.by_value:
            return node("ogc:Filter", {}, fixed)
        rested = _compared("EqualTo", self.basis, BY_VALUE)
        found = node("ogc:And", {}, rested, *self._of_value())
        return node("ogc:Filter", {}, node("ogc:Or", {}, found, fixed))

    def _of_class(self) -> Element:
        return _any_of([_compared("EqualTo", self.priority, str(n)) for n in self.members])

    def _of_value(self) -> list[Element]:
        if self.categories:
            equal = [_compared("EqualTo", self.value, str(n)) for n in self.categories]
            return [_any_of(equal)]
        named = {">": "GreaterThan", ">=": "GreaterThanOrEqualTo", "<": "LessThan",
                 "<=": "LessThanOrEqualTo"}  # fmt: skip
        return [_compared(named[s], self.value, str(bound)) for s, bound in self.comparisons]


def of_class(measure: Measure, shown: MapClass, fields: FieldNames) -> ClassCondition:
    """Return the condition of a class of a map.

    Parameters
    ----------
    shown : MapClass
        The class, and the priority classes that it joins.
    fields : FieldNames
        Names of the fields in the file.
    """
    names = (
        fields.name(measure.id), fields.name(f"{measure.id}{BASIS}"),
        fields.name(f"{measure.id}{CLASS}"),
    )  # fmt: skip
    if isinstance(measure, Indicator) and measure.categories:
        pairs = sorted(measure.categories.items())
        own = tuple(category for category, n in pairs if n in shown.members)
        return ClassCondition(*names, shown.members, categories=own)
    low, high = _bounds(measure, shown.members[0], shown.members[-1])
    return ClassCondition(*names, shown.members, low, high, measure.closed)


def _bounds(measure: Measure, first: int, last: int) -> tuple[Decimal | None, Decimal | None]:
    """Return the bounds of a class, or of several in a row."""
    ends = classes.interval_of_several(measure, first, last)
    cut_offs = measure.cut_offs or ()
    low, high = (None if end is None else cut_offs[end] for end in ends)
    return low, high


@dataclass(frozen=True)
class FieldNames:
    """The names of fields in a file.

    Parameters
    ----------
    fields : tuple of LayerField
        Those of the layer, under the names of ``kelas.csv``.
    naming : callable
        Their names in the file.
    """

    fields: tuple[LayerField, ...]
    naming: Naming

    def name(self, usual: str) -> str:
        """Return the name in the file of a field of ``kelas.csv``."""
        return self.naming(next(field for field in self.fields if field.name == usual))


def _name(field: str) -> str:
    return '"' + field.replace('"', '""') + '"'


def _compared(how: str, field: str, value: str) -> Element:
    return node(f"ogc:PropertyIs{how}", {}, node("ogc:PropertyName", {}, text=field),
                node("ogc:Literal", {}, text=value))  # fmt: skip


def _is_not_by_value(field: str) -> Element:
    return node("ogc:Not", {}, _compared("EqualTo", field, BY_VALUE))


def _any_of(conditions: list[Element]) -> Element:
    return conditions[0] if len(conditions) == 1 else node("ogc:Or", {}, *conditions)
