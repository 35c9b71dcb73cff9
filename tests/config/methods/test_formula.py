"""Formulas: the small language, its limits, its units, and what becomes of missing operands."""

from __future__ import annotations

import math
import operator
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.methods import formula
from fsva.config.methods.formula import Formula, FormulaError
from fsva.core import decimals, units
from fsva.core.units import NUMBER
from fsva.index import indicators

COLUMNS = {
    "sawah": units.parse("ha"),
    "luas_ha": units.parse("ha"),
    "penduduk": units.parse("jiwa"),
    "nakes": units.parse("nakes"),
    "rasio": NUMBER,
    "bagian": NUMBER,
}
ALL_NUMBERS = dict.fromkeys(COLUMNS, NUMBER)


def read(text: str, unit: str = "1") -> Formula:
    return formula.parse(text, COLUMNS, units.parse(unit))


def refused(text: str, unit: str = "1") -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        read(text, unit)
    return caught.value


@pytest.mark.parametrize(
    ("text", "unit", "columns"),
    [
        ("sawah / luas_ha", "ha/ha", ("sawah", "luas_ha")),
        ("(penduduk / nakes) / (penduduk / km2(luas_ha))", "km2/nakes",
         ("penduduk", "nakes", "luas_ha")),
        ("persen(sawah / luas_ha)", "%", ("sawah", "luas_ha")),
        ("  -sawah +\n 2 * luas_ha", "ha", ("sawah", "luas_ha")),
        ("1 - rasio", "1", ("rasio",)),
        ("ha(km2(sawah))", "ha", ("sawah",)),
    ],
)  # fmt: skip
def test_a_sound_formula_has_its_unit_and_columns(
    text: str, unit: str, columns: tuple[str, ...]
) -> None:
    found = read(text, unit)
    assert (found.unit, found.columns) == (units.parse(unit), columns)


@pytest.mark.parametrize(
    ("text", "kind", "position", "expected"),
    [
        ("sawah / luas_hs", "kolom", 8, "luas_ha"),
        ("  sawah / luas_hs", "kolom", 10, "luas_ha"),
        ("kn2(luas_ha)", "fungsi", 0, "km2"),
        ("sawah / km2(luas_ha, 2)", "fungsi", 8, "km2(...)"),
        ("rasio + sawah", "satuan", 0, "1 + ha"),
        ("rasio + km2(penduduk)", "satuan", 8, "km2(ha), jiwa"),
        ("sawah / penduduk", "hasil", 0, "1"),
        ("rasio +", "tulisan", 0, "+ - * / ( )"),
        ("(rasio", "tulisan", 0, "+ - * / ( )"),
        ("", "tulisan", 0, "+ - * / ( )"),
    ],
)
def test_what_is_wrong_is_pointed_to(text: str, kind: str, position: int, expected: str) -> None:
    error = refused(text)
    assert (error.kind, error.position, error.expected) == (kind, position, expected)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')", "rasio.real", "rasio[0]", "rasio if rasio else 1", "lambda: 1",
        "rasio ** 2", "rasio // 2", "rasio % 2", "rasio @ rasio", "rasio < 1", "not rasio",
        "rasio and 1", "rasio, 1", "(a := 1)", "[1]", "{1}", "'a'", "True", "None", "...",
        "1e9", "0x1F", "2j", "1_000", "3ha", "f'{rasio}'", "+rasio", "~rasio", "9" * 40,
        "rasio; rasio", "# rasio", "rasio\\", "km2(*rasio)", "km2(x=rasio)", "$rasio", "ràsio",
    ],
)  # fmt: skip
def test_nothing_but_arithmetic_is_let_in(text: str) -> None:
    assert refused(text).kind in {"larangan", "fungsi"}


@pytest.mark.parametrize(
    "text", ["-" * 100 + "rasio", "(" * 290 + "1", "+".join(["rasio"] * 40), "rasio" + " " * 400]
)
def test_length_and_depth_have_limits(text: str) -> None:
    assert refused(text).kind in {"panjang", "tulisan"}


@given(st.one_of(st.text(max_size=60), st.text("rasiokm2luh_0159.+-*/() ,\n", max_size=60)))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text: str) -> None:
    result: Formula | FormulaError
    try:
        result = read(text)
    except FormulaError as error:
        result = error
    if isinstance(result, FormulaError):
        assert 0 <= result.position <= len(text)
    else:
        assert result.unit == NUMBER


# Quarters: sums, differences and products of a few of them are exact in binary floats, so that a
# divisor is zero in floats if and only if it is zero.
numbers = st.integers(-4000, 4000).map(lambda n: n / 4)
cells = st.one_of(st.none(), numbers, st.just(0.0))
names = st.sampled_from(sorted(COLUMNS))
exact_parts = st.recursive(
    st.one_of(names, st.integers(0, 1000).map(str), st.sampled_from(["0.5", "2.25"])),
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from("+-*"), part).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        part.map(lambda text: f"(-{text})"),
    ),
    max_leaves=4,
)
ratios = st.one_of(exact_parts, st.tuples(exact_parts, exact_parts).map(" / ".join))
expressions = st.tuples(ratios, st.sampled_from("+-*"), ratios).map(
    lambda t: f"({t[0]}) {t[1]} pecahan(persen({t[2]}))"
)
SIGNS = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def by_hand(part: formula.Part, row: dict[str, float | None]) -> Fraction | None:
    """Compute a formula for one village in exact fractions."""
    if isinstance(part, formula.Constant):
        return Fraction(part.value)
    if isinstance(part, formula.ColumnName):
        value = row[part.name]
        return None if value is None else Fraction(value)
    if isinstance(part, formula.Scaled):
        inner = by_hand(part.part, row)
        return None if inner is None else inner * Fraction(str(part.factor))
    left, right = by_hand(part.left, row), by_hand(part.right, row)
    if left is None or right is None:
        return None
    if part.sign == "/":
        return left / right if right else None
    exact: Fraction = SIGNS[part.sign](left, right)
    return exact


@given(expressions, st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, cells)), max_size=5))
def test_a_whole_table_is_computed_as_each_village_by_hand(
    text: str, rows: list[dict[str, float | None]]
) -> None:
    found = formula.parse(text, ALL_NUMBERS, NUMBER)
    columns = {name: np.array([row[name] for row in rows], dtype=float) for name in COLUMNS}
    computed = indicators.evaluate(found, columns, len(rows))
    for value, row in zip(computed.tolist(), rows, strict=True):
        exact = by_hand(found.root, row)
        if exact is None:
            assert math.isnan(value)
        else:
            assert math.isfinite(value)
            assert abs(Fraction(value) - exact) <= scale(found.root, row) * Fraction(1, 10**9)


def scale(part: formula.Part, row: dict[str, float | None]) -> Fraction:
    """Return the size of the largest number on the way, against which rounding is judged."""
    own = abs(by_hand(part, row) or Fraction(0))
    if isinstance(part, formula.Operation):
        return max(own, scale(part.left, row), scale(part.right, row), Fraction(1))
    if isinstance(part, formula.Scaled):
        return max(own, scale(part.part, row), Fraction(1))
    return max(own, Fraction(1))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("rasio / bagian", (1.0, 0.0)),
        ("rasio / bagian", (0.0, 0.0)),
        ("bagian / (rasio / bagian)", (1.0, 0.0)),
        ("0 * (rasio / bagian)", (1.0, 0.0)),
        ("0 * rasio", (None, 1.0)),
        ("bagian + rasio", (None, 1.0)),
        ("bagian / (rasio * rasio)", (1e200, 1.0)),
    ],
)
def test_what_cannot_be_computed_is_missing_never_zero_or_infinite(
    text: str, row: tuple[float | None, float]
) -> None:
    columns = {n: np.array([v], dtype=float) for n, v in zip(("rasio", "bagian"), row, strict=True)}
    assert np.isnan(indicators.evaluate(read(text), columns, 1)).tolist() == [True]


def test_a_number_alone_fills_the_column() -> None:
    columns = {"rasio": np.array([1.0, 2.0, 3.0])}
    assert indicators.evaluate(read("2.5"), columns, 3).tolist() == [2.5, 2.5, 2.5]


def test_halves_round_away_from_zero_and_missing_stays() -> None:
    values = np.array([0.00005, 0.12345, -0.12345, 2.675, np.nan])
    *rounded, missing = decimals.round_half_up(values, 4).tolist()
    assert rounded == [0.0001, 0.1235, -0.1235, 2.675]
    assert np.isnan(missing)
    assert values[0] == 0.00005
    assert decimals.round_half_up(values, 2).tolist()[3] == 2.68
