"""An invented comparison over real villages: how the views look with a district's worth of rows.

Owns no truth: classes and values are drawn from a seeded generator, and the names of the editions
say "sintetis".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from fsva.comparison.values.result import (
    PARTS,
    TIERS,
    CellChange,
    Cells,
    ClassName,
    ComparedMeasure,
    ComparedVillage,
    Comparison,
    Counterpart,
    Edit,
    Matrix,
    MeasureSummary,
    Movement,
    PictureChange,
    Reason,
    SeriesLine,
    SeriesRow,
    Side,
    Summary,
    Tier,
    Transition,
)
from fsva.config.methods.method import Method

UNKNOWN, CHANGED = 0.03, 0.25


def comparison(
    villages: pd.DataFrame, method: Method, seed: int = 1, forced: tuple[str, ...] = ()
) -> Comparison:
    """Invent a comparison.

    Parameters
    ----------
    villages : DataFrame
        Indexed by Kemendagri code: ``desa``, ``kecamatan``. The last village has no counterpart.
    method : Method
        Measures and classes.
    seed : int
        Of the generator.
    forced : tuple of str
        As in ``Comparison``.
    """
    rng = np.random.default_rng(seed)
    rows = _villages(villages)
    measures = tuple(_measure(m, method) for m in method.measures())
    cells = tuple(_cells(measure.id, rows, rng) for measure in measures)
    changes = sorted(
        (c for m, one in zip(measures, cells, strict=True) for c in _changes(m, rows, one, rng)),
        key=lambda c: (TIERS.index(c.tier), -abs(c.delta or 0), c.measure, c.code_b),
    )
    sides = (_side("A", 2021, len(rows) - 1, method), _side("B", 2022, len(rows), method))
    return Comparison(
        sides, forced, _summary(measures, changes, rows), measures, rows, cells,
        (Counterpart(None, rows[-1].code_b, None, rows[-1].name, None, rows[-1].kecamatan, "baru",
                     (), None, 3.2),),
        tuple(changes),
        tuple(_transition(m.id, rows, c) for m, c in zip(measures, cells, strict=True)),
        (Edit("data", "lahan", rows[0].code_b, rows[0].name, "0.1000", "0.2000"),), n_edits=1,
        pictures=(PictureChange("peta-1-lahan.png", "isi desa", (str(rows[0].code_b),), 0.021),),
    )  # fmt: skip


def over_three(made: Comparison) -> Comparison:
    """Return the same with a third edition between A and B."""
    middle = replace(made.sides[0], label="B", year=2021, name="Kabupaten sintetis 2021b")
    sides = (made.sides[0], middle, replace(made.sides[1], label="C"))
    last = made.cells[-1]
    found = list(zip(made.villages, last.classes_a, last.classes_b, strict=True))
    rows = [
        SeriesRow(
            str(v.code_b), v.name, v.kecamatan, last.measure, (None, None, None), (a, b, a), 2
        )
        for v, a, b in found
        if a and b and a != b
    ]
    lines = [
        SeriesLine(k, last.measure, (3.5, 3.25, 4.0), (0.5, 0.25, None))
        for k in sorted({v.kecamatan for v in made.villages})
    ]
    return replace(made, sides=sides, series=tuple(rows), lines=tuple(lines))


def _side(label: str, year: int, n: int, method: Method) -> Side:
    name = f"Kabupaten sintetis {year}"
    return Side(label, name, "Kabupaten sintetis", "99.01", year, method.id, "belu-2021", "edisi",
                f"sintetis-{year}", n)  # fmt: skip


def _villages(frame: pd.DataFrame) -> tuple[ComparedVillage, ...]:
    codes = [str(code) for code in frame.index]
    pairs = zip(codes, frame["desa"], frame["kecamatan"], strict=True)
    known = [ComparedVillage(c, c, str(name), str(k), "tetap") for c, name, k in pairs]
    return (*known[:-1], replace(known[-1], code_a=None, kind="baru"))


def _measure(of: object, method: Method) -> ComparedMeasure:
    m = of
    assert hasattr(m, "id")
    classes = tuple(ClassName(c.number, dict(c.name), c.colour, c.number in method.vulnerable)
                    for c in method.classes)  # fmt: skip
    cuts = tuple(map(float, m.cut_offs)) if m.cut_offs else None
    return ComparedMeasure(m.id, m.map_number, dict(m.name), dict(m.unit), m.digits, m.better,
                           classes, cut_offs_a=cuts, cut_offs_b=cuts)  # fmt: skip


def _cells(measure: str, rows: Sequence[ComparedVillage], rng: np.random.Generator) -> Cells:
    n = len(rows)
    before = rng.integers(1, 7, n)
    step = np.where(rng.random(n) < CHANGED, rng.integers(-3, 4, n), 0)
    after = np.clip(before + step, 1, 6)
    absent_a, absent_b = rng.random(n) < UNKNOWN, rng.random(n) < UNKNOWN
    value = rng.random(n).round(4)
    later = (value + 0.05 * (after - before)).round(4)
    a = [None if miss or v.code_a is None else int(k)
         for v, k, miss in zip(rows, before, absent_a, strict=True)]  # fmt: skip
    b = [None if miss else int(k) for k, miss in zip(after, absent_b, strict=True)]
    values_a = [None if k is None else float(x) for k, x in zip(a, value, strict=True)]
    values_b = [None if k is None else float(x) for k, x in zip(b, later, strict=True)]
    return Cells(measure, tuple(values_a), tuple(values_b), tuple(a), tuple(b))


def _changes(
    measure: ComparedMeasure,
    rows: Sequence[ComparedVillage],
    cells: Cells,
    rng: np.random.Generator,
) -> list[CellChange]:
    found = []
    columns = (cells.values_a, cells.values_b, cells.classes_a, cells.classes_b)
    for village, *cell in zip(rows, *columns, strict=True):
        value_a, value_b, a, b = cell
        if village.code_a and village.code_b and (a != b or value_a != value_b):
            tier: Tier = "nilai" if a == b else "kelas" if a and b else "ada"
            if a and b and (a <= 3) != (b <= 3):
                tier = "lintas"
            share = (b - a) if a and b else (1 if b else -1)
            part = PARTS[int(rng.integers(0, len(PARTS)))]
            reasons = (Reason(part, float(share)),) if a != b else ()
            found.append(
                CellChange(village.code_a, village.code_b, village.name, village.kecamatan,
                           measure.id, tier, value_a, value_b, a, b, "nilai", "nilai",
                           reasons=reasons)
            )  # fmt: skip
    return found


def _matrix(rows: Sequence[ComparedVillage], cells: Cells) -> Matrix:
    counts = np.zeros((7, 7), dtype=int)
    for village, a, b in zip(rows, cells.classes_a, cells.classes_b, strict=True):
        if village.code_a and village.code_b:
            counts[a or 0, b or 0] += 1
    return tuple(tuple(row) for row in counts.tolist())


def _transition(measure: str, rows: Sequence[ComparedVillage], cells: Cells) -> Transition:
    movements = []
    found = list(zip(rows, cells.classes_a, cells.classes_b, strict=True))
    for kecamatan in sorted({v.kecamatan for v in rows}):
        moves = [(a, b) for v, a, b in found if v.kecamatan == kecamatan and v.code_a and a and b]
        steps = [b - a for a, b in moves]
        up, down = [s for s in steps if s > 0], [s for s in steps if s < 0]
        movements.append(
            Movement(kecamatan, len(moves), len(up), len(down), sum(up), -sum(down),
                     sum(a <= 3 < b for a, b in moves), sum(b <= 3 < a for a, b in moves))
        )  # fmt: skip
    return Transition(measure, _matrix(rows, cells), None, tuple(movements))


def _summary(
    measures: Sequence[ComparedMeasure],
    changes: Sequence[CellChange],
    rows: Sequence[ComparedVillage],
) -> Summary:
    def tiers(own: Sequence[CellChange]) -> dict[Tier, int]:
        return {t: sum(c.tier == t for c in own) for t in TIERS}

    parts = []
    for measure in measures:
        own = [c for c in changes if c.measure == measure.id]
        moved = [(c.class_a, c.class_b) for c in own if c.class_a and c.class_b]
        parts.append(
            MeasureSummary(
                measure.id, tiers(own), sum(b > a for a, b in moved), sum(b < a for a, b in moved),
                sum(a <= 3 < b for a, b in moved), sum(b <= 3 < a for a, b in moved),
                sum(c.class_a is None and c.class_b is not None for c in own),
                sum(c.class_b is None and c.class_a is not None for c in own),
                {p: n for p in PARTS if (n := sum(bool(c.reasons) and c.reasons[0].part == p
                                                  for c in own))},
                sum(c.value_a != c.value_b for c in own),
            )
        )  # fmt: skip
    kinds = {"tetap": len(rows) - 1, "baru": 1}
    return Summary(False, tiers(changes), kinds, 12, tuple(parts), ("data",), ())  # type: ignore[arg-type]
