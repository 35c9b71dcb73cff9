"""The paragraphs of a report about a comparison.

Owns the facts of the sentences, which stand in ``styles/teks/<language>/perubahan.toml``, section
``naskah``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fsva.comparison.values.result import (
    CellChange,
    Comparison,
    MeasureSummary,
    Movement,
    Transition,
)
from fsva.comparison.view import change_lists
from fsva.core.texts import Texts

_MOST_NAMED = 3


def paragraphs(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield the paragraphs of the report, those of the composite first."""
    summary, transition = comparison.summary.measures[-1], comparison.transitions[-1]
    moved = _moves(comparison, summary, transition, texts)
    yield " ".join([*moved, *_vulnerable(comparison, transition, texts)])
    if places := list(_kecamatan(transition.movements, texts)):
        yield " ".join(places)
    if why := list(_reasons(comparison, summary, texts)):
        yield " ".join(why)
    if rest := list(_villages(comparison, texts)):
        yield " ".join(rest)


def crossed(comparison: Comparison) -> list[CellChange]:
    """Return the villages with a vulnerable composite on only one side, largest change first."""
    composite = comparison.measures[-1].id
    return [c for c in comparison.changes if c.measure == composite and c.tier == "lintas"]


def _number(number: float, texts: Texts) -> str:
    return texts.decimal(number, 0)


def _moves(
    comparison: Comparison, summary: MeasureSummary, transition: Transition, texts: Texts
) -> Iterator[str]:
    a, b = comparison.sides[0].name, comparison.sides[-1].name
    classed = sum(n for row in transition.villages[1:] for n in row[1:])
    same = classed - summary.n_rose - summary.n_fell
    facts = {
        "a": a,
        "b": b,
        "jumlah": _number(classed, texts),
        "tetap": _number(same, texts),
        "naik": _number(summary.n_rose, texts),
        "turun": _number(summary.n_fell, texts),
    }
    yield texts("perubahan.naskah.gerak", **facts)
    yield texts(
        "perubahan.naskah.lintas",
        keluar=_number(summary.n_crossed_up, texts),
        masuk=_number(summary.n_crossed_down, texts),
        **change_lists.sides(comparison),
    )


def _vulnerable(comparison: Comparison, transition: Transition, texts: Texts) -> Iterator[str]:
    """Compare the numbers of vulnerable villages, among those with a class on both sides."""
    classes = comparison.measures[-1].classes
    numbers, vulnerable = [c.number for c in classes], {c.number for c in classes if c.vulnerable}
    cells = {(a, b): transition.villages[a][b] for a in numbers for b in numbers}
    total = sum(cells.values())
    if not total:
        yield texts("perubahan.naskah.tanpa_kelas")
        return
    before = sum(n for (a, _), n in cells.items() if a in vulnerable)
    after = sum(n for (_, b), n in cells.items() if b in vulnerable)
    key = "naik" if after > before else "turun" if after < before else "tetap"
    yield texts(
        f"perubahan.naskah.rentan_{key}",
        sebelum=_number(before, texts),
        sesudah=_number(after, texts),
        persen_sebelum=texts.decimal(100 * before / total, 2),
        persen_sesudah=texts.decimal(100 * after / total, 2),
        **change_lists.sides(comparison),
    )


def _kecamatan(movements: Sequence[Movement], texts: Texts) -> Iterator[str]:
    """Name the kecamatan in which most villages rose, and in which most fell."""
    for key in ("naik", "turun"):
        moved = [(m.n_rose if key == "naik" else m.n_fell, m.kecamatan) for m in movements]
        ranked = sorted(((n, name) for n, name in moved if n), key=lambda p: (-p[0], p[1]))
        if ranked:
            named = [
                texts("perubahan.naskah.tempat", nama=name, jumlah=_number(n, texts))
                for n, name in ranked[:_MOST_NAMED]
            ]
            yield texts(f"perubahan.naskah.kecamatan_{key}", daftar=_joined(named, texts))


def _reasons(comparison: Comparison, summary: MeasureSummary, texts: Texts) -> Iterator[str]:
    ranked = sorted(summary.reasons.items(), key=lambda pair: -pair[1])
    if ranked:
        named = [
            texts(
                "perubahan.naskah.tempat",
                nama=change_lists.part(p, texts),
                jumlah=_number(n, texts),
            )
            for p, n in ranked
        ]
        yield texts("perubahan.naskah.sebab", daftar=_joined(named, texts))
    if comparison.summary.unknown:
        named = [change_lists.part(p, texts) for p in comparison.summary.unknown]
        yield texts("perubahan.naskah.tak_tahu", daftar=_joined(named, texts))
    if not comparison.measures[-1].comparable and not comparison.forced:
        yield texts("perubahan.catatan_cut_off")


def _villages(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield sentences about villages that split, merged, moved or got other codes or names."""
    kinds = {k: n for k, n in comparison.summary.n_kinds.items() if k != "tetap"}
    if kinds:
        named = [
            texts(
                "perubahan.naskah.jenis",
                nama=texts(f"banding.jenis.{kind}"),
                jumlah=_number(n, texts),
            )
            for kind, n in kinds.items()
        ]
        yield texts("perubahan.naskah.desa", daftar=_joined(named, texts))
    if kinds.get("baru") or kinds.get("hilang"):
        yield texts("perubahan.naskah.tanpa_pasangan")


def _joined(words: Sequence[str], texts: Texts) -> str:
    """Join words with commas, and the last one with "and"."""
    if len(words) < 2:
        return "".join(words)
    comma = "," if len(words) > 2 else ""
    return ", ".join(words[:-1]) + comma + texts.raw("perubahan.dan") + words[-1]
