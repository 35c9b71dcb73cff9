"""The trace of a village in words: from the cell in the file to the class on the map.

Owns the text that ``fsva jejak`` prints. The numbers come from ``fsva.index.trace``, the cells from
``fsva.sources.tables.village_cells``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from fsva.config.editions.sections import Settings
from fsva.config.methods.baseline import digits_of
from fsva.config.methods.method import Indicator, Measure, Method
from fsva.core import printed
from fsva.core.texts import Texts
from fsva.index import trace
from fsva.index.trace import Trace, TraceStep
from fsva.sources.tables.village_cells import FileRow, VillageRecords
from fsva.words import draft, specification
from fsva.words.legends import legend_words

_LABEL = 12
_SCORE_DIGITS = 4  # of scores and contributions, so that their printed sum gives the composite
_POINT_DIGITS = 2
_NAMED = 3


@dataclass(frozen=True)
class TracedVillage:
    """The numbers and cells of a village, and what is needed to put them into words."""

    trace: Trace
    records: VillageRecords
    settings: Settings
    method: Method
    texts: Texts

    def class_name(self, priority: int) -> str:
        """Return a class as number and name."""
        name = self.method.classes[priority - 1].name[self.texts.language]
        return self.texts("jejak.prioritas", kelas=priority, nama=name)

    def is_counted(self, indicator: Indicator) -> bool:
        """Tell whether an indicator is computed from raw counts in this edition."""
        data = self.settings.data
        computed = indicator.calculation is not None and indicator.id not in data.suppliers
        return data.raw is not None and computed


def write(village: TracedVillage) -> str:
    """Return the trace of a village: heading, indicators, composite, and the answer in words."""
    blocks = [list(_heading(village))]
    blocks += [list(_step(village, step)) for step in village.trace.steps]
    blocks += [
        list(_composite(village)),
        [textwrap.fill(_answer(village), printed.paragraph_width())],
    ]
    return "\n\n".join("\n".join(block) for block in blocks)


def _heading(village: TracedVillage) -> Iterator[str]:
    texts, traced, settings = village.texts, village.trace, village.settings
    district = specification.district_name(settings, texts)
    language = texts.language
    if mark := draft.of(settings, texts):
        yield textwrap.fill(mark.sentence, printed.paragraph_width())
    place = {"desa": traced.village, "kecamatan": traced.kecamatan, "daerah": district}
    yield texts("jejak.judul", **place, tahun=settings.year)
    codes = texts("jejak.kode", bps=traced.bps_code, kemendagri=traced.code)
    if village.records.crosswalk:
        codes += f" ({_place(village.records.crosswalk, '', texts)})"
    yield from _row("kode_label", codes, texts)
    method = texts("jejak.metode", id=village.method.id, nama=village.method.name[language])
    yield from _row("metode_label", method, texts)
    baseline = village.method.baseline
    said = texts("jejak.dasar", nama=baseline[language]) if baseline else texts("jejak.nasional")
    if village.method.composite.id in village.method.proposed:
        said = f"{said}; {texts('jejak.cut_off_usulan')}"
    yield from _row("dasar_label", said, texts)
    yield from _row("berkas_label", texts("jejak.berkas"), texts)


def _step(village: TracedVillage, step: TraceStep) -> Iterator[str]:
    """Yield the trace of one indicator, from its cell to its points."""
    texts, indicator = village.texts, step.indicator
    yield _title(indicator, texts)
    yield from _cells(village, indicator)
    yield from _row("nilai_label", _value(step, texts), texts)
    yield from _origin(village, indicator)
    yield from _row("rumus_label", _formula(village, indicator), texts)
    yield from _row("kelas_label", " ".join(_class(village, step)), texts)
    if step.score is None:
        yield from _row("skor_label", texts("jejak.skor_tidak_ada"), texts)
        return
    yield from _row("skor_label", _score(step, texts), texts)
    yield from _row("poin_label", _points(step, texts), texts)


def _title(measure: Measure, texts: Texts) -> str:
    name = measure.name[texts.language]
    return texts("jejak.indikator", nomor=measure.map_number, id=measure.id, nama=name)


def _cells(village: TracedVillage, indicator: Indicator) -> Iterator[str]:
    """Yield the cells that an indicator is made from, as they stand in the file."""
    texts, record = village.texts, village.records.values
    counted = village.is_counted(indicator)
    columns = village.method.formula(indicator).columns if counted else (indicator.id,)
    for column in columns:
        if supplier := village.settings.data.suppliers.get(column):
            said = texts(f"tutupan.jejak_{supplier[0]}", berkas=PurePath(supplier[1]).name)
            yield from _row("sel_label", f"{column}: {said}", texts)
            continue
        text = record.cells[column]
        content = texts("jejak.terbaca", isi=text) if text else texts("jejak.sel_kosong")
        yield from _row("sel_label", f"{_place(record, column, texts)}: {content}", texts)


def _place(record: FileRow, column: str, texts: Texts) -> str:
    key = "jejak.tempat" if column else "jejak.baris"
    return texts(key, berkas=record.file, baris=record.row, kolom=column)


def _value(step: TraceStep, texts: Texts) -> str:
    if step.value is None:
        return texts("jejak.nilai_tidak_ada")
    indicator = step.indicator
    number = texts.decimal(step.value, indicator.digits)
    return texts("jejak.nilai", nilai=number, satuan=indicator.unit[texts.language])


def _origin(village: TracedVillage, indicator: Indicator) -> Iterator[str]:
    """Yield where the value comes from: the record of origins, the agency, an acceptance."""
    texts, language = village.texts, village.texts.language
    source = village.settings.origins[indicator.id]
    parts = [specification.of_year(source.agency, source.year, texts)]
    if record := village.records.origins.get(indicator.id):
        parts.append(_recorded(record, texts))
    yield from _row("asal_label", "; ".join(parts), texts)
    if accepted := village.records.acceptances.get(indicator.id):
        reason, file, row = accepted.made.reason[language], accepted.file, accepted.row
        said = texts("jejak.diterima", alasan=reason, berkas=file, baris=row)
        yield from _row("terima_label", said, texts)


def _recorded(record: FileRow, texts: Texts) -> str:
    """Put a row of the record of origins into words."""
    cells, kind = record.cells, record.cells.get("asal", "")
    known = texts.has(f"jejak.asal_{kind}")
    parts = [texts(f"jejak.asal_{kind}") if known else kind]
    if cells.get("keyakinan"):
        parts.append(texts("jejak.keyakinan", keyakinan=cells["keyakinan"]))
    low, high = cells.get("batas_bawah"), cells.get("batas_atas")
    if low and high and low != high:
        parts.append(texts("jejak.mungkin", dari=low, sampai=high))
    parts += [cells[name] for name in ("sumber", "catatan") if cells.get(name)]
    return f"{'; '.join(parts)} ({_place(record, '', texts)})"


def _formula(village: TracedVillage, indicator: Indicator) -> str:
    """Write the formula, also over raw columns if the village has them."""
    texts, fallback = village.texts, indicator.fallback
    parts = [legend_words.placed(indicator.formula[texts.language], texts)]
    if village.is_counted(indicator):
        parts.append(str(indicator.calculation))
        if fallback:
            value = texts.decimal(fallback.value, indicator.digits)
            parts.append(texts("jejak.cadangan", kolom=fallback.column, nilai=value))
    return "; ".join(parts)


def _class(village: TracedVillage, step: TraceStep) -> Iterator[str]:
    """Yield the origin of the class: from the value, as published, or by decision."""
    texts = village.texts
    if step.is_none and step.indicator.zero and step.computed is not None:
        yield texts(
            "jejak.kelas_nol",
            arti=step.indicator.zero.meaning[texts.language],
            kelas=village.class_name(step.computed),
        )
    elif step.computed is not None and step.value is not None:
        inequality = _inequality(step.indicator, step.value, step.computed, texts)
        name = village.class_name(step.computed)
        yield texts("jejak.kelas_nilai", pertidaksamaan=inequality, kelas=name)
    if step.priority is None:
        yield texts("jejak.kelas_kosong")
    elif step.basis == "timpa":
        decision = village.records.overrides[step.indicator.id]
        yield texts(
            "jejak.kelas_timpa",
            kelas=village.class_name(step.priority),
            alasan=decision.made.reason[texts.language],
            berkas=decision.file,
            baris=decision.row,
        )
    elif step.basis == "terbit":
        yield _as_published(village, step.indicator, step.priority)


def _as_published(village: TracedVillage, measure: Measure, priority: int) -> str:
    record, column = village.records.published, f"{measure.id}_kelas"
    where = _place(record, column, village.texts) if record else ""
    name = village.class_name(priority)
    return village.texts("jejak.kelas_terbit", kelas=name, tempat=where)


def _inequality(measure: Measure, value: float, priority: int, texts: Texts) -> str:
    """Write the cut-offs around a value, e.g. ``0,0093 < 0,0510 ≤ 0,1766``."""
    number = texts.decimal(value, measure.digits)
    if isinstance(measure, Indicator) and measure.categories:
        return texts("jejak.kategori", nilai=number)
    ends = trace.ends(measure, priority)
    below, above = ("<", "≤") if ends.upper_belongs else ("≤", "<")
    low = "" if ends.lower is None else f"{texts.decimal(ends.lower, measure.digits)} {below} "
    high = "" if ends.upper is None else f" {above} {texts.decimal(ends.upper, measure.digits)}"
    if ends.lower is None or ends.upper is None:
        return _one_sided(measure, number, ends, texts)
    return f"{low}{number}{high}"


def _one_sided(measure: Measure, number: str, ends: trace.Ends, texts: Texts) -> str:
    """Write the one cut-off of an outermost class, the value first: ``0,0093 ≤ 0,0093``."""
    if ends.upper is not None:
        sign, cut_off = ("≤" if ends.upper_belongs else "<"), ends.upper
    else:
        sign, cut_off = (">" if ends.upper_belongs else "≥"), ends.lower or Decimal(0)
    return f"{number} {sign} {texts.decimal(cut_off, measure.digits)}"


def _score(step: TraceStep, texts: Texts) -> str:
    """Write the standard score with the numbers that it is computed from."""
    indicator, digits = step.indicator, step.indicator.digits
    low, high = (texts.decimal(bound, max(digits, digits_of(bound))) for bound in indicator.bounds)
    value = texts.decimal(step.clipped or 0.0, digits)
    span = f"({high} - {low})"
    part = f"({value} - {low})" if indicator.better == "tinggi" else f"({high} - {value})"
    score = texts.decimal(step.score or 0.0, _SCORE_DIGITS)
    said = texts("jejak.skor", rumus=f"100 × {part} / {span}", skor=score, dari=low, sampai=high)
    cut = step.value is not None and step.clipped != step.value
    return f"{said} {texts('jejak.dipotong', nilai=value)}" if cut else said


def _points(step: TraceStep, texts: Texts) -> str:
    return texts(
        "jejak.poin",
        bobot=str(step.indicator.weight),
        skor=texts.decimal(step.score or 0.0, _SCORE_DIGITS),
        poin=texts.decimal(step.contribution or 0.0, _SCORE_DIGITS),
        paling=texts.decimal(step.most, _SCORE_DIGITS),
    )


def _composite(village: TracedVillage) -> Iterator[str]:
    """Yield sum, index, class and rank."""
    texts, traced, measure = village.texts, village.trace, village.method.composite
    yield _title(measure, texts)
    yield from _row("jumlah_label", _sum(village), texts)
    yield from _row("terbit_label", _published_score(village), texts)
    if traced.score is not None and traced.priority is not None:
        inequality = _inequality(measure, traced.score, traced.priority, texts)
        name = village.class_name(traced.priority)
        said = texts("jejak.kelas_nilai", pertidaksamaan=inequality, kelas=name)
        yield from _row("kelas_label", said, texts)
    elif traced.priority is not None:
        yield from _row("kelas_label", _as_published(village, measure, traced.priority), texts)
    else:
        yield from _row("kelas_label", texts("jejak.kelas_kosong"), texts)
    yield from _row("rank_label", _rank(village), texts)


def _sum(village: TracedVillage) -> str:
    """Write the sum of the points, or the indicators that are missing for it."""
    texts, traced, measure = village.texts, village.trace, village.method.composite
    if traced.total is None:
        missing = [s.indicator.name[texts.language] for s in traced.steps if s.score is None]
        return texts("jejak.jumlah_tidak_ada", indikator=", ".join(missing))
    points = " + ".join(
        texts.decimal(step.contribution or 0.0, _SCORE_DIGITS) for step in traced.steps
    )
    return texts(
        "jejak.jumlah",
        poin=points,
        jumlah=texts.decimal(traced.total, _SCORE_DIGITS),
        indeks=texts.decimal(traced.score or 0.0, measure.digits),
        desimal=measure.digits,
    )


def _published_score(village: TracedVillage) -> str:
    """Write the score that the report has published, and whether the map uses it."""
    texts, traced, measure = village.texts, village.trace, village.method.composite
    record = village.records.published
    text = record.cells.get(measure.id, "") if record else ""
    if record is None or not text:
        return texts("jejak.tidak_terbit")
    used = traced.total is None
    where = _place(record, measure.id, texts)
    return texts(f"jejak.terbit_{'dipakai' if used else 'pembanding'}", isi=text, tempat=where)


def _rank(village: TracedVillage) -> str:
    texts, traced = village.texts, village.trace
    if traced.rank is None:
        return texts("jejak.peringkat_tidak_ada")
    said = texts("jejak.peringkat", peringkat=traced.rank, jumlah=traced.n_ranked)
    if traced.score is None:
        return f"{said} {texts('jejak.peringkat_terbit')}"
    others = traced.n_same_rank - 1
    return f"{said} {texts('jejak.peringkat_sama', jumlah=others)}" if others else said


def _answer(village: TracedVillage) -> str:
    """Answer in one paragraph why the village has its colour."""
    texts, traced = village.texts, village.trace
    if traced.priority is None:
        return texts("jejak.jawab_kosong", desa=traced.village)
    parts = [_because(village), *_pulling_down(village), *_causes(village), *_next(village)]
    return " ".join(parts)


def _because(village: TracedVillage) -> str:
    texts, traced, measure = village.texts, village.trace, village.method.composite
    name = village.class_name(traced.priority or 0)
    if traced.score is None:
        return texts("jejak.jawab_tanpa_indeks", desa=traced.village, kelas=name)
    key = "jejak.jawab" if traced.basis == "nilai" else "jejak.jawab_terbit"
    return texts(
        key,
        desa=traced.village,
        kelas=name,
        pertidaksamaan=_inequality(measure, traced.score, traced.priority or 0, texts),
        indeks=texts.decimal(traced.score, measure.digits),
    )


def _pulling_down(village: TracedVillage) -> Iterator[str]:
    """Name the indicators that cost the village most of the 100 points."""
    texts, traced = village.texts, village.trace
    losing = sorted((s for s in traced.steps if s.lost > 0), key=lambda s: -s.lost)[:_NAMED]
    if not losing:
        return
    named = [
        texts(
            "jejak.hilang",
            nama=step.indicator.name[texts.language],
            hilang=texts.decimal(step.lost, _POINT_DIGITS),
            paling=texts.decimal(step.most, _POINT_DIGITS),
        )
        for step in losing
    ]
    key = "jejak.menurunkan" if traced.total is not None else "jejak.menurunkan_sebagian"
    yield texts(key, indikator="; ".join(named))


def _causes(village: TracedVillage) -> Iterator[str]:
    """Name the causes, weighed as the method weighs classes."""
    texts, traced = village.texts, village.trace
    classes = {step.indicator.id: step.priority for step in traced.steps}
    if traced.causes:
        named = [
            texts("jejak.penyebab_satu", nama=i.name[texts.language], kelas=classes[i.id])
            for i in traced.causes
        ]
        yield texts("jejak.penyebab", indikator="; ".join(named))


def _next(village: TracedVillage) -> Iterator[str]:
    """Write how many points are missing for the next class."""
    texts, traced, measure = village.texts, village.trace, village.method.composite
    if traced.score is None or traced.priority is None or measure.cut_offs is None:
        return
    if traced.priority >= len(village.method.classes):
        return
    upper = trace.ends(measure, traced.priority).upper
    if upper is not None:
        key = "jejak.berikut_lebih" if measure.closed == "atas" else "jejak.berikut_sama"
        lacks = upper - Decimal(str(traced.score))
        yield texts(
            key,
            kelas=village.class_name(traced.priority + 1),
            batas=texts.decimal(upper, measure.digits),
            kurang=texts.decimal(lacks, measure.digits),
        )


def _row(label: str, text: str, texts: Texts) -> Iterator[str]:
    """Yield a text behind its label, its further lines below its first."""
    yield printed.hanging(f"  {texts(f'jejak.{label}').ljust(_LABEL)}", text)
