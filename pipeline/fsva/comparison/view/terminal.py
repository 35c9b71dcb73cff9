"""A comparison as lines for the terminal: summary first, then tiers, within a budget of rows.

Owns the arrangement; ``terminal_lists`` makes the lists, and the words stand in
``styles/teks/<language>/banding.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fsva.comparison.values import drafts
from fsva.comparison.values.result import Comparison, Matrix, MeasureSummary, Part, Side, Transition
from fsva.comparison.view import change_counts, change_lists, notices, terminal_lists
from fsva.core import printed
from fsva.core.texts import Texts

_GAP = "  "


def lines(comparison: Comparison, texts: Texts, budget: int) -> Iterator[str]:
    """Yield what the terminal says of a comparison: first its size, then lists, warnings last.

    Parameters
    ----------
    budget : int
        Rows per list.
    """
    yield from heading(comparison, texts)
    yield from _summary(comparison, texts)
    if not comparison.summary.same:
        yield from _measures(comparison, texts)
        yield from _composite(comparison, texts, budget)
        yield from terminal_lists.changes(comparison, texts, budget)
        yield from terminal_lists.ranks(comparison, texts, budget)
        yield from terminal_lists.counterparts(comparison, texts, budget)
        yield from terminal_lists.series(comparison, texts, budget)
        yield from terminal_lists.edits(comparison, texts, budget)
        yield from terminal_lists.pictures(comparison, texts, budget)
    yield from forced(comparison, texts)


def heading(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield the compared sides, and a clear warning if they are not comparable."""
    a, b = comparison.sides[0], comparison.sides[-1]
    yield texts("banding.judul", a=a.name, b=b.name)
    for side in comparison.sides:
        yield from _side(side, texts)
    if mark := drafts.of(comparison, texts):
        yield mark.sentence
    yield from forced(comparison, texts)
    yield from (f"! {words}" for words in notices.of_comparison(comparison, texts))


def forced(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield the warning of a forced comparison."""
    if comparison.forced:
        yield ""
        yield texts("banding.dipaksa.judul")
        for part in comparison.forced:
            yield f"!!! {texts(f'banding.dipaksa.{part}')}"


def _side(side: Side, texts: Texts) -> Iterator[str]:
    yield notices.of_side(side, texts)
    if side.lacks:
        missing = ", ".join(texts(f"banding.kurang.{what}") for what in side.lacks)
        yield texts("banding.sisi_kurang", apa=missing)


def parts(named: Sequence[Part], texts: Texts) -> str:
    """Return the names of parts of the inputs, separated by commas."""
    return ", ".join(texts(f"banding.bagian.{part}") for part in named)


def _summary(comparison: Comparison, texts: Texts) -> Iterator[str]:
    summary = comparison.summary
    yield ""
    if summary.same:
        yield texts("banding.sama")
    else:
        yield from _counts(comparison, texts)
    if summary.unknown:
        yield texts("banding.tak_tahu", bagian=parts(summary.unknown, texts))


def _counts(comparison: Comparison, texts: Texts) -> Iterator[str]:
    summary = comparison.summary
    yield texts("banding.ringkas.judul")
    paired = {k: n for k, n in summary.n_kinds.items() if k not in ("baru", "hilang")}
    kinds = ", ".join(
        f"{texts.decimal(n, 0)} {texts(f'banding.jenis.{k}')}" for k, n in paired.items()
    )
    total = texts.decimal(sum(paired.values()), 0)
    yield texts("banding.ringkas.desa", jumlah=total, jenis=kinds)
    new, gone = summary.n_kinds.get("baru", 0), summary.n_kinds.get("hilang", 0)
    if new or gone:
        yield texts("banding.ringkas.tanpa", baru=new, hilang=gone)
    yield from _tallies(comparison, texts)
    yield texts("banding.ringkas.peringkat", jumlah=texts.decimal(summary.n_ranks, 0))
    if comparison.n_edits:
        yield texts(
            "banding.ringkas.masukan",
            jumlah=texts.decimal(comparison.n_edits, 0),
            bagian=parts(summary.differing, texts),
        )


def _tallies(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield the counts of the composite, then those of all maps."""
    last = comparison.summary.measures[-1]
    yield f"{_GAP}{change_counts.title(last.measure, comparison, texts)}:"
    rows = zip(change_counts.words(comparison, texts), change_counts.of_measure(last), strict=True)
    for name, number in rows:
        yield _GAP + texts("banding.ringkas.tingkat", nama=name, jumlah=texts.decimal(number, 0))
    yield _GAP + change_counts.overall(comparison, texts)


def _measures(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield a table of the changed measures."""
    shown = [summary for summary in comparison.summary.measures if any(summary.n_tiers.values())]
    if not shown:
        return
    names = _names(comparison, texts)
    rows = [["", *texts("banding.ukuran.kepala", **change_lists.sides(comparison)).split("|")]]
    rows += [[names[summary.measure], *_numbers(summary, texts)] for summary in shown]
    yield ""
    yield texts("banding.ukuran.judul")
    yield from table(rows)


def _names(comparison: Comparison, texts: Texts) -> dict[str, str]:
    mark = f" {texts('banding.ukuran.tak_sebanding')}"
    return {
        m.id: m.name[texts.language] + ("" if m.comparable else mark) for m in comparison.measures
    }


def _numbers(summary: MeasureSummary, texts: Texts) -> list[str]:
    counts = (
        summary.n_rose,
        summary.n_fell,
        summary.n_crossed_up,
        summary.n_crossed_down,
        summary.n_values,
        summary.n_tiers["derau"],
    )
    reasons = sorted(summary.reasons.items(), key=lambda item: -item[1])
    named = ", ".join(f"{texts(f'banding.bagian.{part}')} {n}" for part, n in reasons)
    return [*(texts.decimal(n, 0) for n in counts), named or "-"]


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows with aligned columns; the first and last column are left-aligned.

    Parameters
    ----------
    rows : sequence of sequence of str
        Rows of equal length.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    is_wide = sum(widths) + len(_GAP) * len(widths) > printed.width()
    for row in rows:
        first, *middle, last = row
        cells = [cell.rjust(w) for cell, w in zip(middle, widths[1:-1], strict=True)]
        if not is_wide:
            yield (_GAP + _GAP.join([first.ljust(widths[0]), *cells, last])).rstrip()
            continue
        # A narrow screen has a line for the name and one for its numbers.
        yield from [_GAP + first] if first else []
        yield (2 * _GAP + _GAP.join([*cells, last])).rstrip()


def _composite(comparison: Comparison, texts: Texts, budget: int) -> Iterator[str]:
    """Yield the matrix of the composite, and the risen and fallen villages per kecamatan."""
    if not comparison.transitions:
        return
    composite = comparison.transitions[-1]
    name = next(m.name[texts.language] for m in comparison.measures if m.id == composite.measure)
    sides = {"nama": name, "a": comparison.sides[0].label, "b": comparison.sides[-1].label}
    yield ""
    yield texts("banding.peralihan.judul", **sides)
    yield from table(matrix(composite.villages, texts))
    if composite.population is not None:
        yield ""
        yield texts("banding.peralihan.jiwa", **sides)
        yield from table(matrix(composite.population, texts))
    yield from _movements(composite, name, texts, _moved(comparison, budget))


def matrix(numbers: Matrix, texts: Texts) -> list[list[str]]:
    """Return a matrix with its headings: the classes, then "no class".

    Parameters
    ----------
    numbers : tuple of tuples of int
        Row and column 0 mean no class; they come last, and only if they are not empty.
    """
    any_none = sum(numbers[0]) + sum(row[0] for row in numbers) > 0
    order = [n for n in change_lists.order(numbers) if n or any_none]
    heads = [str(n) if n else texts("banding.peralihan.tanpa") for n in order]
    rows = [
        [head, *(texts.decimal(numbers[a][b], 0) if numbers[a][b] else "." for b in order), ""]
        for head, a in zip(heads, order, strict=True)
    ]
    return [["", *heads, ""], *rows]


def _movements(
    transition: Transition, name: str, texts: Texts, moved: dict[tuple[str, int], list[str]]
) -> Iterator[str]:
    """Yield the risen and fallen villages of each kecamatan, with their numbers of classes."""
    shown = [m for m in transition.movements if m.n_rose or m.n_fell]
    if not shown:
        return
    yield ""
    yield texts("banding.kecamatan.judul", nama=name)
    for m in shown:
        up, down = f"+{m.classes_up}" if m.classes_up else "0", str(-m.classes_down)
        yield texts(
            "banding.kecamatan.baris",
            nama=m.kecamatan,
            naik=m.n_rose,
            turun=m.n_fell,
            kelas_naik=up,
            kelas_turun=down,
            jumlah=m.n_villages,
        )
        for key, sign, total in (("naik", 1, m.n_rose), ("turun", -1, m.n_fell)):
            if total:
                names = moved[m.kecamatan, sign]
                rest = total - len(names)
                more = [texts("banding.kecamatan.lagi", jumlah=rest)] if rest else []
                yield texts(f"banding.kecamatan.{key}", daftar=", ".join([*names, *more]))


def _moved(comparison: Comparison, budget: int) -> dict[tuple[str, int], list[str]]:
    """Return the villages that rose or fell per kecamatan and direction, largest change first."""
    cells = comparison.cells[-1]
    by_movement: dict[tuple[str, int], list[tuple[int, str]]] = {}
    rows = zip(comparison.villages, cells.classes_a, cells.classes_b, strict=True)
    for village, before, after in rows:
        if village.code_a and village.code_b and before and after and before != after:
            key = village.kecamatan, 1 if after > before else -1
            by_movement.setdefault(key, []).append((after - before, village.name))
    return {
        key: [f"{name} {step:+d}" for step, name in sorted(some, key=lambda x: -abs(x[0]))[:budget]]
        for key, some in by_movement.items()
    }
