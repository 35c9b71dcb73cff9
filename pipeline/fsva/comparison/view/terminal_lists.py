"""The lists of a comparison as lines for the terminal, each with a limit of rows.

Owns the lines of changes, ranks, counterparts, series and inputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fsva.comparison.values.result import (
    TIERS,
    CellChange,
    Class,
    ComparedMeasure,
    Comparison,
    Counterpart,
    Edit,
    Reason,
    Tier,
)
from fsva.comparison.view import change_lists, input_words
from fsva.core.texts import Texts


def changes(comparison: Comparison, texts: Texts, budget: int) -> Iterator[str]:
    """Yield the changes, tier by tier."""
    measures = {measure.id: measure for measure in comparison.measures}
    for tier in TIERS:
        total = comparison.summary.n_tiers[tier]
        if total:
            name = change_lists.tier_name(tier, comparison, texts)
            yield ""
            yield texts("banding.perubahan.judul", tingkat=name, jumlah=texts.decimal(total, 0))
            of_tier = [listed for listed in comparison.changes if listed.tier == tier]
            yield from _limited(
                [
                    change(cell_change, measures[cell_change.measure], texts)
                    for cell_change in of_tier[:budget]
                ],
                total,
                texts,
            )


def pictures(comparison: Comparison, texts: Texts, budget: int) -> Iterator[str]:
    """Yield the differing parts of pages."""
    if comparison.pictures:
        table = change_lists.pictures(comparison, texts)
        yield ""
        yield f"{table.title}: {texts.decimal(table.total, 0)}"
        lines = [
            "  " + " | ".join(change_lists.text_of(cell, texts) for cell in row)
            for row in table.rows[:budget]
        ]
        yield from _limited(lines, table.total, texts)


def _limited(lines: Sequence[str], total: int, texts: Texts) -> Iterator[str]:
    yield from lines
    if total > len(lines):
        yield texts("banding.perubahan.lagi", jumlah=texts.decimal(total - len(lines), 0))


def change(cell_change: CellChange, measure: ComparedMeasure, texts: Texts) -> str:
    """Return a change as one line."""
    facts = {
        "desa": cell_change.village,
        "kecamatan": cell_change.kecamatan,
        "ukuran": measure.name[texts.language],
        "nilai_a": _value(cell_change.value_a, measure, texts),
        "nilai_b": _value(cell_change.value_b, measure, texts),
    }
    named: Sequence[Tier] = ("lintas", "kelas", "ada")
    before, after = _class(cell_change.class_a, texts), _class(cell_change.class_b, texts)
    if cell_change.tier not in named:
        why = reasons(cell_change, texts)
        return texts("banding.perubahan.baris_nilai", kelas=after, sebab=why, **facts)
    why = reasons(cell_change, texts)
    has_values = (cell_change.value_a, cell_change.value_b) != (None, None)
    key = "banding.perubahan.baris" if has_values else "banding.perubahan.baris_tanpa_nilai"
    return texts(key, kelas_a=before, kelas_b=after, sebab=why, **facts)


def reasons(cell_change: CellChange, texts: Texts) -> str:
    """Return the reasons of a change, for the end of a line."""
    if cell_change.reasons:
        named = ", ".join(_share(reason, texts) for reason in cell_change.reasons)
        return texts("banding.perubahan.sebab", daftar=named)
    if cell_change.possible:
        named = ", ".join(texts(f"banding.bagian.{part}") for part in cell_change.possible)
        return texts("banding.perubahan.mungkin", daftar=named)
    if cell_change.causes:
        named = ", ".join(change_lists.caused(cell_change, texts))
        return texts("banding.perubahan.sebab", daftar=named)
    return texts("banding.perubahan.tak_ditemukan") if cell_change.is_unexplained else ""


def _share(reason: Reason, texts: Texts) -> str:
    digits = 0 if reason.share == int(reason.share) else 2
    sign = "+" if reason.share > 0 else ""
    share = sign + texts.decimal(reason.share, digits)
    return texts(
        "banding.perubahan.andil", bagian=texts(f"banding.bagian.{reason.part}"), andil=share
    )


def _value(value: float | None, measure: ComparedMeasure, texts: Texts) -> str:
    if value is None:
        return texts("banding.perubahan.kosong")
    return texts.decimal(value, measure.digits)


def _class(number: Class, texts: Texts) -> str:
    return texts("banding.perubahan.tanpa") if number is None else str(number)


def ranks(comparison: Comparison, texts: Texts, budget: int) -> Iterator[str]:
    """Yield the largest shifts of rank."""
    if not comparison.ranks:
        return
    yield ""
    yield texts("banding.peringkat.judul")
    lines = [
        texts(
            f"banding.peringkat.{'sendiri' if rank.own else 'lain'}",
            desa=rank.village,
            kecamatan=rank.kecamatan,
            a=rank.rank_a or "-",
            b=rank.rank_b or "-",
        )
        for rank in comparison.ranks[:budget]
    ]
    yield from _limited(lines, comparison.summary.n_ranks, texts)


def counterparts(comparison: Comparison, texts: Texts, budget: int) -> Iterator[str]:
    """Yield the villages that split, merged, moved or got other codes or names."""
    if not comparison.counterparts:
        return
    yield ""
    yield texts("banding.hubungan.judul")
    lines = [_counterpart(counterpart, texts) for counterpart in comparison.counterparts[:budget]]
    yield from _limited(lines, len(comparison.counterparts), texts)


def _counterpart(counterpart: Counterpart, texts: Texts) -> str:
    if counterpart.code_a is None:
        return texts(
            "banding.hubungan.baru",
            desa=counterpart.name_b,
            kode=counterpart.code_b,
            luas=_area(counterpart.area_b_km2, texts),
        )
    if counterpart.code_b is None:
        return texts(
            "banding.hubungan.hilang",
            desa=counterpart.name_a,
            kode=counterpart.code_a,
            luas=_area(counterpart.area_a_km2, texts),
        )
    return texts(
        "banding.hubungan.pasangan",
        jenis=texts(f"banding.jenis.{counterpart.kind}"),
        desa_a=counterpart.name_a,
        kode_a=counterpart.code_a,
        desa_b=counterpart.name_b,
        kode_b=counterpart.code_b,
        luas=_land(counterpart, texts),
    )


def _area(area: float | None, texts: Texts) -> str:
    if area is None:
        return ""
    return texts("banding.hubungan.luas_satu", luas=texts.decimal(area, 2))


def _land(counterpart: Counterpart, texts: Texts) -> str:
    """Return areas, shares and people of two villages, as far as they are known."""
    words = ""
    if counterpart.area_a_km2 is not None and counterpart.area_b_km2 is not None:
        areas = (
            texts.decimal(area, 2) for area in (counterpart.area_a_km2, counterpart.area_b_km2)
        )
        words += texts("banding.hubungan.luas", **dict(zip("ab", areas, strict=True)))
    if counterpart.share_a is not None and counterpart.share_b is not None:
        words += texts(
            "banding.hubungan.bagian",
            bagian_a=texts.decimal(100 * counterpart.share_a, 1),
            bagian_b=texts.decimal(100 * counterpart.share_b, 1),
        )
    if counterpart.population is not None and counterpart.error is not None:
        words += texts(
            "banding.hubungan.penduduk",
            jiwa=texts.decimal(counterpart.population, 0),
            galat=texts.decimal(100 * counterpart.error, 1),
        )
    return words


def series(comparison: Comparison, texts: Texts, budget: int) -> Iterator[str]:
    """Yield the villages that keep changing class, and the mean composite class per kecamatan."""
    if len(comparison.sides) < 3:
        return
    names = {measure.id: measure.name[texts.language] for measure in comparison.measures}
    often = [row for row in comparison.series if row.n_changes > 1]
    if often:
        yield ""
        yield texts("banding.deret.judul")
        lines = [
            texts(
                "banding.deret.baris",
                desa=row.village,
                kecamatan=row.kecamatan,
                ukuran=names.get(row.measure, row.measure),
                kelas=_sequence(row.classes, texts),
                jumlah=row.n_changes,
            )
            for row in often[:budget]
        ]
        yield from _limited(lines, len(often), texts)
    last = comparison.measures[-1].id
    yield ""
    yield texts("banding.deret.kecamatan", nama=names[last])
    for line in comparison.lines:
        if line.measure == last:
            means = ["-" if m is None else texts.decimal(m, 2) for m in line.mean_class]
            yield texts(
                "banding.deret.baris_kecamatan", nama=line.kecamatan, rerata=" -> ".join(means)
            )


def _sequence(classes: Sequence[Class], texts: Texts) -> str:
    return " -> ".join(_class(number, texts) for number in classes)


def edits(comparison: Comparison, texts: Texts, budget: int) -> Iterator[str]:
    """Yield the differences of the inputs."""
    if not comparison.edits:
        return
    total = texts.decimal(comparison.n_edits, 0)
    yield ""
    yield texts("banding.masukan.judul", jumlah=total)
    digits = {measure.id: measure.digits for measure in comparison.measures}
    lines = [_edit(edit, digits, texts) for edit in comparison.edits[:budget]]
    yield from _limited(lines, comparison.n_edits, texts)


def _edit(edit: Edit, digits: dict[str, int], texts: Texts) -> str:
    return texts(
        "banding.masukan.baris",
        bagian=texts(f"banding.bagian.{edit.part}"),
        desa=f"{edit.village} ({edit.code}), " if edit.village else "",
        apa=edit.what,
        a=_entry(edit.a, edit.what, digits, texts),
        b=_entry(edit.b, edit.what, digits, texts),
    )


def _entry(text: str | None, what: str, digits: Mapping[str, int], texts: Texts) -> str:
    """Return a value of the inputs, or that there is none."""
    return input_words.entry(text, what, digits, texts) or texts("banding.masukan.tiada")
