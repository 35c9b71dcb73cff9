"""The appraisal of derived cut-offs: spread, counts per class, warnings.

Owns the words and bars that ``fsva baseline`` prints. The numbers come from
``fsva.index.derivation`` and the classes from ``fsva.index.classes``, as in the atlas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

import numpy as np

from fsva.config.methods.method import Indicator, Measure, Method
from fsva.core.texts import Texts
from fsva.index import classes, composite
from fsva.index.baselines import histogram
from fsva.index.baselines.histogram import Histogram
from fsva.sources.plain.arrays import Floats

FEWEST_VALUES = 30
MOST_MISSING = Decimal("0.2")  # share of the villages
_BAR = 32
_CELL = 10


def write(
    values: Mapping[str, Floats], derived: Method, present: Method | None, texts: Texts
) -> str:
    """Return histograms, counts per class and warnings of a derived baseline.

    Parameters
    ----------
    values : mapping of str to array of float, shape (n_villages,)
        Of every indicator, by its id; NaN = no value.
    present : Method or None
        The method with the numbers of the edition's present baseline.
    """
    now = {m.id: m for m in present.measures()} if present else {}
    scores, n_classes = composite.index(values, derived), derived.n_classes
    blocks = [
        _block(values[i.id], i, now.get(i.id), values[i.id], n_classes, texts)
        for i in derived.indicators
    ]
    former = composite.index(values, present) if present else scores
    whole = derived.composite
    last = _block(scores, whole, now.get(whole.id), former, n_classes, texts)
    if whole.id in derived.proposed:
        last.append(f"  ! {texts('baseline.p_usulan')}")
    blocks.append(last)
    key = list(_key(present, texts))
    return "\n\n".join("\n".join(block) for block in [key, *blocks]) + "\n"


def _key(present: Method | None, texts: Texts) -> Iterator[str]:
    yield texts("baseline.kunci")
    if present and present.baseline:
        yield texts("baseline.kunci_sekarang", dasar=present.baseline[texts.language])


def _block(
    values: Floats,
    measure: Measure,
    present: Measure | None,
    former: Floats,
    n_classes: int,
    texts: Texts,
) -> list[str]:
    """Return the lines of one measure; ``former`` are its values under the present baseline."""
    known = _known(values)
    head = texts(
        "baseline.ukuran",
        nomor=measure.map_number,
        nama=measure.name[texts.language],
        satuan=measure.unit[texts.language],
        jumlah=known,
        kosong=len(values) - known,
    )
    lines = [head]
    if known and not (isinstance(measure, Indicator) and measure.categories):
        # The composite of the present baseline has another scale, so its cut-offs are left out.
        marked = present if isinstance(measure, Indicator) else None
        lines += _bars(histogram.histogram(values), measure, marked, texts)
    lines += _classes(measure, values, present, former, n_classes, texts)
    lines += [f"  ! {warning}" for warning in warnings(values, measure, texts)]
    return lines


def _bars(
    spread: Histogram, measure: Measure, present: Measure | None, texts: Texts
) -> Iterator[str]:
    """Yield a line per step: its range, a bar, its count, the cut-offs that fall into it."""
    marks = _marks(spread, measure, present)
    edges = [texts.decimal(edge, measure.digits) for edge in spread.edges]
    width = max(map(len, edges))
    tallest = max(spread.counts)
    for step, ((low, high), count) in enumerate(zip(pairwise(edges), spread.counts, strict=True)):
        bar = "#" * (-(-count * _BAR // tallest))
        line = f"  {low:>{width}} - {high:>{width}} |{bar:<{_BAR}} {count:>6}  {marks[step]}"
        yield line.rstrip()


def _marks(spread: Histogram, measure: Measure, present: Measure | None) -> list[str]:
    """Return for each step the names of the cut-offs in it, the present ones in brackets."""
    marks: list[list[str]] = [[] for _ in spread.counts]
    for of, pattern in ((measure, "c{}"), (present, "(c{})")):
        for number, cut_off in enumerate(of.cut_offs or () if of else (), start=1):
            marks[spread.step_of(float(cut_off))].append(pattern.format(number))
    return [" ".join(names) for names in marks]


def _classes(
    measure: Measure,
    values: Floats,
    present: Measure | None,
    former: Floats,
    n_classes: int,
    texts: Texts,
) -> Iterator[str]:
    """Yield the table of cut-offs and counts per class, derived and present."""
    rows = {"kelas": [str(number) for number in range(1, n_classes + 1)]}
    for name, of, column in (("usulan", measure, values), ("sekarang", present, former)):
        if of is None:
            continue
        if of.cut_offs:
            rows[f"cut_off_{name}"] = [texts.decimal(c, of.digits) for c in of.cut_offs]
        rows[f"jumlah_{name}"] = [str(n) for n in counts(column, of, n_classes)]
    width = max(len(texts(f"baseline.{row}")) for row in rows)
    for row, cells in rows.items():
        label = texts(f"baseline.{row}")
        yield f"  {label:<{width}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)


def counts(values: Floats, measure: Measure, n_classes: int) -> tuple[int, ...]:
    """Count the villages that a measure's cut-offs put into each class.

    Parameters
    ----------
    values : array of float, shape (n_villages,)
        NaN is in no class.
    n_classes : int
        Of the method.

    Returns
    -------
    tuple of int
        From class 1 on.
    """
    priorities = classes.classify(values, measure)
    return tuple(int((priorities == number).sum()) for number in range(1, n_classes + 1))


def _known(values: Floats) -> int:
    return int((~np.isnan(values)).sum())


def warnings(values: Floats, measure: Measure, texts: Texts) -> list[str]:
    """Return warnings to read before the numbers of a measure are frozen.

    Parameters
    ----------
    values : array of float, shape (n_villages,)
        Of the baseline year.

    Returns
    -------
    list of str
        Cut-offs that coincide; classes without villages; a scale beyond the possible values; fewer
        than 30 values; more than a fifth of the villages without a value.
    """
    known, total = _known(values), len(values)
    warned = []
    if same := _coinciding(measure.cut_offs or ()):
        warned.append(texts("baseline.p_berimpit", pasangan=", ".join(same)))
    per_class = counts(values, measure, len(measure.cut_offs or ()) + 1)
    empty = [str(n) for n, count in enumerate(per_class, start=1) if not count]
    if empty and measure.cut_offs:
        warned.append(texts("baseline.p_kelas_kosong", kelas=", ".join(empty)))
    if isinstance(measure, Indicator) and _beyond(measure):
        low, high = (texts.decimal(bound, measure.digits) for bound in measure.bounds)
        warned.append(texts("baseline.p_luar_rentang", rendah=low, tinggi=high))
    if known < FEWEST_VALUES:
        warned.append(texts("baseline.p_sedikit", jumlah=known, batas=FEWEST_VALUES))
    if total - known > MOST_MISSING * total:
        percent = texts.decimal(Decimal(100 * (total - known)) / total, 1)
        warned.append(texts("baseline.p_kosong", kosong=total - known, total=total, persen=percent))
    return warned


def _coinciding(cut_offs: Sequence[Decimal]) -> list[str]:
    pairs = enumerate(pairwise(cut_offs), start=1)
    return [f"c{number} = c{number + 1}" for number, (one, two) in pairs if one == two]


def _beyond(indicator: Indicator) -> bool:
    """Tell whether an accepted impossible value stretches the scale."""
    (low, high), (least, most) = indicator.bounds, indicator.possible
    return low < least or high > most
