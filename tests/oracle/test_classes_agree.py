"""Classes, index and counts of the program against the independent judge, and against print."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.errors import FsvaError
from fsva.runs import run_order
from tests.fuzz.mutations import mutated
from tests.oracle import plain
from tests.oracle.plain import Rule, Rules, Village
from tests.places import belu, contoh, shapes, small

SIXTH = Fraction(1, 6)
CATEGORIES = {"4": 1, "3": 2, "2": 3, "1": 4}
# Report of Belu 2021: cut-offs, bounds, and [a, b) where its tables 3.2, 4.1, 4.2 print it.
BELU = Rules(
    {
        "lahan": Rule(True, ("0.0093", "0.0373", "0.1766", "0.2651", "0.3671"), SIXTH,
                      ("0", "1.6659")),
        "sarana": Rule(True, ("0.0081", "0.0172", "0.0283", "0.0398", "0.0655"), SIXTH,
                       ("0", "0.1210")),
        "tidak_sejahtera": Rule(False, ("0.1774", "0.1706", "0.1494", "0.1274", "0.0830"), SIXTH,
                                ("0.0017", "0.1971"), left_closed=True),
        "akses": Rule(False, (), SIXTH, ("1", "4"), CATEGORIES),
        "air_bersih": Rule(False, ("0.4686", "0.2703", "0.1356", "0.0574", "0.0042"), SIXTH,
                           ("0", "0.6897"), left_closed=True),
        "nakes": Rule(False, ("15.0000", "10.0000", "6.1050", "3.2100", "0.6200"), SIXTH,
                      ("0.4782", "53.3397"), left_closed=True),
    },
    Rule(True, ("32.92", "44.84", "52.50", "59.83", "67.93")),
)  # fmt: skip
# The kota method: five indicators, food outlets weigh a third; the baseline is invented.
KOTA = Rules(
    {
        "sarana": Rule(True, ("0.01", "0.02", "0.03", "0.04", "0.05"), 2 * SIXTH, ("0", "0.06")),
        "tidak_sejahtera": Rule(False, ("0.10", "0.08", "0.06", "0.04", "0.02"), SIXTH,
                                ("0", "0.12")),
        "akses": Rule(False, (), SIXTH, ("1", "4"), CATEGORIES),
        "air_bersih": Rule(False, ("0.05", "0.04", "0.03", "0", "0"), SIXTH, ("0", "0.06")),
        "nakes": Rule(False, ("0.5", "0.4", "0.3", "0.2", "0.1"), SIXTH, ("0", "0.6")),
    },
    Rule(True, ("30", "40", "50", "60", "70")),
)  # fmt: skip


def of_program(folder: Path) -> dict[str, Village]:
    """Return what the program makes of an edition, where a class rests on a value."""
    table = contoh.tabulated(run_order.place(edition.load(folder), None, texts.load("id"))).table
    found = {}
    for n, code in enumerate(table.codes):
        resting = [m for m in table.classes if table.basis[m][n] == "nilai"]
        values = {m: plain.number(str(float(table.values[m][n]))) for m in resting}
        classes = {m: int(table.classes[m][n]) for m in resting}
        found[code] = Village({m: v for m, v in values.items() if v is not None}, classes)
    return found


def differences(ours: dict[str, Village], theirs: dict[str, Village]) -> list[object]:
    """Return the cells that differ, each with both sides."""
    assert ours.keys() == theirs.keys()
    found: list[object] = []
    for code in sorted(ours):
        a, b = ours[code], theirs[code]
        for measure in sorted(a.classes.keys() | b.classes.keys()):
            one, other = a.classes.get(measure), b.classes.get(measure)
            if (one, a.values.get(measure)) != (other, b.values.get(measure)):
                found.append((code, measure, one, other, a.values.get(measure)))
    return found


def test_belu_is_judged_alike_but_for_the_class_set_by_hand() -> None:
    layers = small.ROOT / "boundaries"
    theirs = plain.edition(
        belu.EDITION / "indicators.csv",
        layers / "crosswalk" / "53.04.csv",
        layers / "skematis" / "53.04-belu.geojson",
        BELU,
    )
    found = differences(of_program(belu.EDITION), theirs)
    # Manumutin's class of food outlets is set by hand: it does not rest on its value.
    (only,) = found
    assert only[1:4] == ("sarana", None, 2)  # type: ignore[index]
    judged = sum(len(village.classes) for village in theirs.values())
    assert judged == 7 * 81 - sum(belu.PUBLISHED) == 479


def invented(random: Random, rules: Rules, digits: int, n: int) -> dict[str, list[str]]:
    """Return columns of values, half of them on a cut-off or a unit beside it, some missing."""
    columns: dict[str, list[str]] = {}
    for name, rule in rules.indicators.items():
        cells = []
        for _ in range(n):
            if rule.categories:
                cells.append(random.choice("1234"))
                continue
            unit = plain.Decimal(1).scaleb(-digits)
            high = min(plain.Decimal(rule.bounds[1]), plain.Decimal(1))
            near = plain.Decimal(random.choice(rule.cut_offs)) + unit * random.choice((-1, 0, 0, 1))
            far = (high * random.randrange(10**6) / 10**6).quantize(unit)
            value = max(random.choice((near, near, far)), plain.Decimal(0)).quantize(unit)
            cells.append("" if random.random() < 0.03 else str(value))
        columns[name] = cells
    return columns


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", ["kabupaten", "kota"])
def test_invented_editions_are_judged_alike(tmp_path: Path, name: str, seed: int) -> None:
    random = Random(f"{name} {seed}")
    rules, digits = (BELU, 4) if name == "kabupaten" else (KOTA, 6)
    names = [f"Desa {n + 1}" for n in range(80)]
    shape = shapes.Shape(
        invented(random, rules, digits, 80), names, ["Utara"] * 40 + ["Selatan"] * 40
    )
    if name == "kota":
        kota = shapes.SHAPES["kota mentah"]
        shape = shapes.replace(
            shape, kind="kota", method=kota.method, baseline=kota.baseline, styles=kota.styles,
            urban=frozenset(range(80)),
        )  # fmt: skip
    folder = shapes.write(shape, tmp_path)
    theirs = plain.edition(
        folder / "nilai.csv", folder / "padanan.csv", folder / "desa.geojson", rules
    )
    assert differences(of_program(folder), theirs) == []


def rounded_cells(file: Path, digits: int) -> None:
    """Write a table anew with the digits that the method keeps, half up, as a person would."""
    head, *rest = file.read_text(encoding="utf-8-sig").replace("\r", "").strip("\n").split("\n")
    lines = [head]
    for line in rest:
        cells = line.split(";")
        for n, text in enumerate(cells[3:], start=3):
            if (value := plain.number(text)) is not None:
                unit = plain.Decimal(1).scaleb(-digits)
                cells[n] = str(value.quantize(unit, rounding="ROUND_HALF_UP"))
        lines.append(";".join(cells))
    file.write_text("\n".join(lines), encoding="utf-8-sig")


# Numbers as people write them, on, beside and between the cut-offs of several indicators.
WRITTEN = (
    "0,0093", "0,00931", "0,00935", "0,0373", "0,17059", "0,1706", "0,17060", "0", "0,0000", "",
    " 0,25 ", "0,1494", "0,6200", "6,105", "6,10505", "3,21", "1", "4", "0,00005", "0,00421",
)  # fmt: skip


def changed(file: Path, random: Random) -> None:
    """Write other numbers into one to four cells, or any other change of a damaged table."""
    if random.random() < 0.2:
        file.write_bytes(mutated({file.name: file.read_bytes()}, random)[file.name])
        return
    rest = [line.split(";") for line in file.read_text(encoding="utf-8-sig").splitlines()]
    for _ in range(random.randrange(1, 5)):
        random.choice(rest[1:])[random.randrange(3, len(rest[0]))] = random.choice(WRITTEN)
    file.write_text("\n".join(map(";".join, rest)), encoding="utf-8-sig")


@pytest.mark.fuzz
def test_damaged_tables_that_are_accepted_are_judged_alike(tmp_path: Path) -> None:
    accepted, most = 0, 40 if settings.default.max_examples < 1000 else 400
    for seed in range(most):
        random = Random(f"rusak {seed}")
        folder = shapes.write(shapes.EVERY, tmp_path / str(seed))
        file = folder / "nilai.csv"
        changed(file, random)
        try:
            ours = of_program(folder)
        except FsvaError:
            continue
        try:
            rounded_cells(file, 4)
            theirs = plain.edition(file, folder / "padanan.csv", folder / "desa.geojson", BELU)
        except (ArithmeticError, KeyError):  # headings and notes that the plain judge cannot read
            continue
        assert differences(ours, theirs) == [], seed
        accepted += 1
    assert accepted >= most // 10
