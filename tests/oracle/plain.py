"""A second reading of table and layer to classes, by the text of the method alone.

Owns the independent judge: it knows csv, json and decimal of the standard library, takes nothing
from the program, and is written from the official text. Values are compared as decimals; scores are
exact fractions, so that rounding is decided here and not by a float.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

Row = dict[str, str]


@dataclass(frozen=True)
class Rule:
    """How a number becomes a class and a score.

    Parameters
    ----------
    high_is_better : bool
        Direction, as stated.
    cut_offs : sequence of str
        c1 .. c5, from the most vulnerable class on; none where there are categories.
    weight : Fraction
        Of the score in the composite.
    bounds : (str, str)
        Values that score 0 and 100, before turning.
    categories : mapping of str to int
        Category to class.
    left_closed : bool
        Whether ranges are [a, b) by value; else (a, b].
    """

    high_is_better: bool
    cut_offs: Sequence[str] = ()
    weight: Fraction = Fraction(0)
    bounds: tuple[str, str] = ("0", "1")
    categories: Mapping[str, int] = field(default_factory=dict)
    left_closed: bool = False

    def class_of(self, value: Decimal) -> int:
        """Return the class: one more for each cut-off that the value has passed."""
        if self.categories:
            return self.categories[str(int(value))]
        ends = sorted(Decimal(cut) for cut in self.cut_offs)
        passed = sum(end <= value if self.left_closed else end < value for end in ends)
        return 1 + passed if self.high_is_better else len(ends) + 1 - passed

    def score(self, value: Decimal) -> Fraction:
        """Return the standard score 0 .. 100, high = secure."""
        low, high = (Fraction(Decimal(bound)) for bound in self.bounds)
        share = min(max((Fraction(value) - low) / (high - low), Fraction(0)), Fraction(1))
        return 100 * (share if self.high_is_better else 1 - share)


@dataclass(frozen=True)
class Rules:
    """The numbers of a method and its baseline.

    Parameters
    ----------
    indicators : mapping of str to Rule
        By their column.
    composite : Rule
        Cut-offs of the index, which has two decimals.
    """

    indicators: Mapping[str, Rule]
    composite: Rule


@dataclass(frozen=True)
class Village:
    """What a village is judged to be.

    Parameters
    ----------
    values : mapping of str to Decimal
        Known values; the composite only where all are known.
    classes : mapping of str to int
        Of the same.
    """

    values: Mapping[str, Decimal]
    classes: Mapping[str, int]


def rows(file: Path) -> list[Row]:
    """Return the rows of a table with semicolons."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";", restval=""))


def number(text: str) -> Decimal | None:
    """Return the number of a cell with a decimal comma or point; None if it is empty."""
    return Decimal(text.strip().replace(",", ".")) if text.strip() else None


def rounded(index: Fraction) -> Decimal:
    """Round half up to two decimals."""
    hundredths = Decimal((index * 200 + 1) // 2)
    return (hundredths / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def judged(row: Row, rules: Rules) -> Village:
    """Judge the row of one village."""
    told = {name: number(row[name]) for name in rules.indicators}
    values = {name: value for name, value in told.items() if value is not None}
    classes = {name: rules.indicators[name].class_of(value) for name, value in values.items()}
    if len(values) == len(rules.indicators):
        parts = (rule.weight * rule.score(values[n]) for n, rule in rules.indicators.items())
        values["komposit"] = rounded(sum(parts, Fraction(0)))
        classes["komposit"] = rules.composite.class_of(values["komposit"])
    return Village(values, classes)


def edition(table: Path, crosswalk: Path, layer: Path, rules: Rules) -> dict[str, Village]:
    """Judge the villages that are in table, crosswalk and layer, by their Kemendagri code."""
    features = json.loads(layer.read_text(encoding="utf-8"))["features"]
    drawn = {feature["properties"]["kode"] for feature in features}
    codes = {row["kode_bps"]: row["kode_kemendagri"] for row in rows(crosswalk)}
    found = {codes[row["kode_bps"]]: judged(row, rules) for row in rows(table)}
    assert found.keys() == drawn
    return found
