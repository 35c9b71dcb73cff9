"""The lists of a comparison as tables, for page, workbook and document.

Owns the columns of each list. The type of a cell decides its number format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fsva.comparison.maps.change_signs import words as signed
from fsva.comparison.values.result import (
    TIERS,
    CellChange,
    Comparison,
    Counterpart,
    Matrix,
    Part,
    Reason,
    Tier,
)
from fsva.comparison.view import input_words
from fsva.config.methods.method import named_sides
from fsva.core.texts import Texts

NONE = "–"


@dataclass(frozen=True)
class ListNumber:
    """A number with its decimals; None = not known.

    Parameters
    ----------
    digits : int
        Decimals shown.
    percent : bool
        Show a share, 0..1, as a percentage.
    """

    value: float | None
    digits: int = 0
    percent: bool = False

    def text(self, texts: Texts) -> str:
        """Return the number in the format of a language."""
        if self.value is None:
            return NONE
        if self.percent:
            return f"{texts.decimal(100 * self.value, self.digits)}%"
        return texts.decimal(self.value, self.digits)


@dataclass(frozen=True)
class ClassStep:
    """A change in classes, printed with its sign; None = not known."""

    delta: int | None

    @property
    def text(self) -> str:
        """Return the printed change."""
        return NONE if self.delta is None else signed(self.delta)


@dataclass(frozen=True)
class Course:
    """Classes over three or more editions; None = no class."""

    values: tuple[float | None, ...]
    n_classes: int


Cell = str | ListNumber | ClassStep | Course
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class ListTable:
    """A list of a comparison.

    Parameters
    ----------
    key : str
        Section of ``perubahan.tabel`` in the catalogue.
    title : str
        Title in words.
    rows : tuple of tuple of Cell
        Cells by heading.
    total : int
        Number of rows without the limit of the budget.
    """

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int


def text_of(cell: Cell, texts: Texts) -> str:
    """Return a cell as text in a language."""
    if isinstance(cell, ListNumber):
        return cell.text(texts)
    if isinstance(cell, ClassStep):
        return cell.text
    if isinstance(cell, Course):
        return " ".join(NONE if v is None else texts.decimal(v, 0) for v in cell.values)
    return cell


def further(comparison: Comparison, texts: Texts) -> Iterator[ListTable]:
    """Yield the lists besides that of the changes."""
    yield measures(comparison, texts)
    yield movements(comparison, texts)
    yield ranks(comparison, texts)
    yield counterparts(comparison, texts)
    yield edits(comparison, texts)
    yield series(comparison, texts)
    yield lines(comparison, texts)
    yield pictures(comparison, texts)


def n_classes(comparison: Comparison) -> int:
    """Return the number of classes of the measures."""
    return len(comparison.measures[-1].classes)


def order(matrix: Matrix) -> tuple[int, ...]:
    """Return the order of a matrix's rows and columns: the classes, then "no class"."""
    return (*range(1, len(matrix)), 0)


def sides(comparison: Comparison) -> dict[str, str]:
    """Return the vulnerable and the other classes in words."""
    last = sum(priority.vulnerable for priority in comparison.measures[-1].classes)
    return named_sides(last, n_classes(comparison))


def tier_name(tier: Tier, comparison: Comparison, texts: Texts) -> str:
    """Return a tier of changes in words."""
    return texts(f"banding.tingkat.{tier}", **sides(comparison))


def changes(comparison: Comparison, texts: Texts) -> ListTable:
    """List every change: by tier, the largest first."""
    names, digits = _names(comparison, texts), {m.id: m.digits for m in comparison.measures}
    rows: list[Row] = [
        (
            tier_name(c.tier, comparison, texts),
            names[c.measure],
            c.village,
            c.kecamatan,
            c.code_a,
            c.code_b,
            ListNumber(c.class_a),
            ListNumber(c.class_b),
            ClassStep(c.delta),
            ListNumber(c.value_a, digits[c.measure]),
            ListNumber(c.value_b, digits[c.measure]),
            ListNumber(c.rank_a),
            ListNumber(c.rank_b),
            c.basis_a,
            c.basis_b,
            reasons(c, comparison, texts),
        )
        for c in comparison.changes
    ]
    total = sum(comparison.summary.n_tiers.get(tier, 0) for tier in TIERS)
    return _table("perubahan", rows, comparison, texts, total)


def reasons(change: CellChange, comparison: Comparison, texts: Texts) -> str:
    """Return the reasons for a change: each part with its share, or the possible parts.

    Parameters
    ----------
    change : CellChange
        Has its reasons, largest first.
    """
    if change.reasons:
        return "; ".join(_share(reason, texts) for reason in change.reasons)
    if change.possible:
        named = ", ".join(part(reason, texts) for reason in change.possible)
        return texts("perubahan.tabel.mungkin", daftar=named)
    if change.causes:
        told = input_words.of_causes(change.causes, comparison, texts)
        return "; ".join(
            texts("perubahan.tabel.sebab_nilai", bagian=part(name, texts), apa=what)
            for name, what in told.items()
        )
    return texts("perubahan.tabel.tak_ditemukan") if change.is_unexplained else ""


def caused(change: CellChange, texts: Texts) -> Iterator[str]:
    """Yield each part that changed a value, with its columns or keys.

    Parameters
    ----------
    change : CellChange
        A change of value without a change of class.
    """
    for name in dict.fromkeys(cause.part for cause in change.causes):
        what = ", ".join(cause.what for cause in change.causes if cause.part == name)
        yield texts("perubahan.tabel.sebab_nilai", bagian=part(name, texts), apa=what)


def part(name: Part, texts: Texts) -> str:
    """Return a part of the inputs in words."""
    return texts(f"banding.bagian.{name}")


def _share(reason: Reason, texts: Texts) -> str:
    number = texts.decimal(abs(reason.share), 2)
    return f"{part(reason.part, texts)} {'+' if reason.share > 0 else '−'}{number}"


def measures(comparison: Comparison, texts: Texts) -> ListTable:
    """List the changes of each measure."""
    names = _names(comparison, texts)
    rows: list[Row] = []
    for summary in comparison.summary.measures:
        main = max(summary.reasons, key=lambda p: summary.reasons[p], default=None)
        directions = (summary.n_rose, summary.n_fell, summary.n_crossed_up, summary.n_crossed_down)
        known = (summary.n_gained, summary.n_lost)
        values = (summary.n_values, summary.n_tiers.get("derau", 0))
        counts = (*directions, *known, *values)
        rows.append(
            (names[summary.measure], *map(ListNumber, counts), part(main, texts) if main else NONE)
        )
    return _table("ukuran", rows, comparison, texts)


def movements(comparison: Comparison, texts: Texts) -> ListTable:
    """List the risen and fallen villages of each kecamatan."""
    names = _names(comparison, texts)
    rows: list[Row] = [
        (
            names[t.measure],
            m.kecamatan,
            *map(
                ListNumber,
                (
                    m.n_villages,
                    m.n_rose,
                    m.n_fell,
                    m.classes_up,
                    m.classes_down,
                    m.n_crossed_up,
                    m.n_crossed_down,
                ),
            ),
        )
        for t in comparison.transitions
        for m in t.movements
        if m.n_rose or m.n_fell
    ]
    return _table("kecamatan", rows, comparison, texts)


def ranks(comparison: Comparison, texts: Texts) -> ListTable:
    """List the villages with another rank."""
    rows: list[Row] = [
        (
            r.village,
            r.kecamatan,
            r.code_b,
            ListNumber(r.rank_a),
            ListNumber(r.rank_b),
            texts("perubahan.tabel.sendiri" if r.own else "perubahan.tabel.lain"),
        )
        for r in comparison.ranks
    ]
    return _table("peringkat", rows, comparison, texts, comparison.summary.n_ranks)


def counterparts(comparison: Comparison, texts: Texts) -> ListTable:
    """List the villages that split, merged, moved or got other codes or names."""
    rows: list[Row] = [_counterpart(counterpart, texts) for counterpart in comparison.counterparts]
    return _table("hubungan", rows, comparison, texts)


def _counterpart(counterpart: Counterpart, texts: Texts) -> Row:
    signs = ", ".join(texts(f"perubahan.tanda.{sign}") for sign in counterpart.signs)
    return (
        texts(f"banding.jenis.{counterpart.kind}"),
        counterpart.name_a or NONE,
        counterpart.code_a or NONE,
        counterpart.name_b or NONE,
        counterpart.code_b or NONE,
        counterpart.kecamatan_b or counterpart.kecamatan_a or NONE,
        signs or NONE,
        ListNumber(counterpart.area_a_km2, 2),
        ListNumber(counterpart.area_b_km2, 2),
        ListNumber(counterpart.share_a, 1, percent=True),
        ListNumber(counterpart.share_b, 1, percent=True),
        ListNumber(counterpart.population),
        ListNumber(counterpart.error, 1, percent=True),
    )


def edits(comparison: Comparison, texts: Texts) -> ListTable:
    """List the differences of the inputs."""
    digits = {measure.id: measure.digits for measure in comparison.measures}
    rows: list[Row] = [
        (
            part(e.part, texts),
            input_words.named(e.what, comparison, texts),
            e.village or NONE,
            e.code or NONE,
            input_words.entry(e.a, e.what, digits, texts) or NONE,
            input_words.entry(e.b, e.what, digits, texts) or NONE,
        )
        for e in comparison.edits
    ]
    return _table("masukan", rows, comparison, texts, comparison.n_edits)


def series(comparison: Comparison, texts: Texts) -> ListTable:
    """List the villages that keep changing over three or more editions."""
    most = n_classes(comparison)
    names = _names(comparison, texts)
    rows: list[Row] = [
        (
            s.village,
            s.kecamatan,
            names.get(s.measure, s.measure),
            Course(s.classes, most),
            " ".join(NONE if c is None else str(c) for c in s.classes),
            ListNumber(s.n_changes),
        )
        for s in comparison.series
    ]
    return _table("deret", rows, comparison, texts)


def lines(comparison: Comparison, texts: Texts) -> ListTable:
    """List the mean class of each kecamatan over three or more editions."""
    most = n_classes(comparison)
    names = _names(comparison, texts)
    rows: list[Row] = [
        (
            line.kecamatan,
            names.get(line.measure, line.measure),
            Course(line.mean_class, most),
            "  ".join(ListNumber(v, 2).text(texts) for v in line.mean_class),
            "  ".join(ListNumber(v, 1, percent=True).text(texts) for v in line.vulnerable),
        )
        for line in comparison.lines
    ]
    return _table("deret_kecamatan", rows, comparison, texts)


def pictures(comparison: Comparison, texts: Texts) -> ListTable:
    """List the differing parts of pages."""
    names = {v.code_b or v.code_a: v.name for v in comparison.villages}
    rows: list[Row] = []
    for picture in comparison.pictures:
        villages = ", ".join(str(names.get(code, code)) for code in picture.codes)
        element = texts(f"perubahan.unsur.{picture.element}")
        rows.append(
            (picture.page, element, villages or NONE, ListNumber(picture.share, 4, percent=True))
        )
    return _table("gambar", rows, comparison, texts)


def _table(
    key: str,
    rows: list[tuple[Cell, ...]],
    comparison: Comparison,
    texts: Texts,
    total: int | None = None,
) -> ListTable:
    heads = texts(f"perubahan.tabel.{key}.kepala", **sides(comparison)).split("|")
    title = texts(f"perubahan.tabel.{key}.judul")
    return ListTable(key, title, tuple(heads), tuple(rows), len(rows) if total is None else total)


def _names(comparison: Comparison, texts: Texts) -> dict[str, str]:
    return {m.id: m.name[texts.language] for m in comparison.measures}
