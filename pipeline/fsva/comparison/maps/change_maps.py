"""The maps of change: which village moved by how many classes.

Owns their specifications. ``fsva.drawing`` draws them like any map of the atlas, in the same frame
and with the same furniture.
"""

from __future__ import annotations

from collections.abc import Iterator

from fsva.comparison.maps.change_palette import Absence, ChangeGroup, ChangePalette
from fsva.comparison.maps.change_signs import Sign, words
from fsva.comparison.values.result import Cells, ComparedMeasure, Comparison, Side
from fsva.core.texts import Texts
from fsva.words.legends import legend_words
from fsva.words.specification import LegendRow, MapSpecification


def build(
    comparison: Comparison, palette: ChangePalette, district: str, texts: Texts
) -> tuple[MapSpecification, ...]:
    """Describe a map of change per indicator and composite.

    Parameters
    ----------
    palette : ChangePalette
        Names and colours of the changes.
    district : str
        Kind and name in the language.
    """
    return tuple(
        _one(comparison, measure, cells, (palette, district, texts))
        for measure, cells in zip(comparison.measures, comparison.cells, strict=True)
    )


def deltas(comparison: Comparison, measure: str) -> dict[str, int]:
    """Return by how many classes each village of B moved, where both sides have a class.

    Parameters
    ----------
    measure : str
        Id of an indicator or the composite.

    Returns
    -------
    dict of str to int
        Kemendagri code in B to classes, positive = more food secure.
    """
    cells = next(c for c in comparison.cells if c.measure == measure)
    rows = zip(comparison.villages, cells.classes_a, cells.classes_b, strict=True)
    return {
        v.code_b: b - a
        for v, a, b in rows
        if v.code_a and v.code_b and a is not None and b is not None
    }


def signs(
    comparison: Comparison, shown: MapSpecification, palette: ChangePalette
) -> dict[str, Sign]:
    """Return the signs in the villages of a map of change; unchanged villages have none.

    Parameters
    ----------
    shown : MapSpecification
        From ``build``.
    """
    style = palette.signs
    absent = {
        len(palette.groups) + n: row.sign
        for n, row in enumerate((palette.no_class, palette.no_counterpart), start=1)
    }
    marks = {
        code: (absent[row], style.other) for code, row in shown.priorities.items() if row in absent
    }
    for code, delta in deltas(comparison, shown.measure_id).items():
        if delta:
            marks[code] = (words(delta), style.up if delta > 0 else style.down)
    return marks


def between(sides: tuple[Side, ...], texts: Texts) -> str:
    """Name the two editions behind the name of the district, by year, folder or revision."""
    a, b = sides[0], sides[-1]
    if a.year is not None and b.year is not None and a.year != b.year:
        return texts("perubahan.antara", a=a.year, b=b.year)
    first, last = (side.name.removeprefix(side.district).strip() for side in (a, b))
    year = str(b.year) if b.year is not None else ""
    marks = [_mark(name, year) for name in (first, last)]
    if year and all(marks):  # of one year: what stands in brackets behind it
        return texts("perubahan.antara_setahun", tahun=year, a=marks[0], b=marks[1])
    return texts("perubahan.antara", a=first, b=last)


def _mark(name: str, year: str) -> str:
    """Return what tells an edition from another of its year: a folder, a revision, a letter."""
    rest = name.removeprefix(year).strip()
    return rest[1:-1] if rest.startswith("(") and rest.endswith(")") else ""


def forced(comparison: Comparison, texts: Texts) -> str:
    """Return the warning of a comparison by force; empty if the classes do compare."""
    if not comparison.forced:
        return ""
    return texts("perubahan.dipaksa", apa=_what_differs(comparison, texts))


def _what_differs(comparison: Comparison, texts: Texts) -> str:
    named = [texts(f"perubahan.beda.{part}") for part in comparison.forced]
    return texts("perubahan.dan").join(named)


def in_words(
    comparison: Comparison, shown: MapSpecification, texts: Texts, key: str = "alt"
) -> str:
    """Describe a map of change for readers who cannot see it.

    Parameters
    ----------
    comparison : Comparison
        Names the sides.
    shown : MapSpecification
        From ``build``.
    key : {"alt", "alt_pasangan"}
        Whether the map stands alone or beside those of A and B.
    """
    a, b = _ends(comparison)
    rows = [
        texts("perubahan.alt_baris", nama=row.name, jumlah=texts.decimal(row.count, 0))
        for row in shown.legend
    ]
    return texts(f"perubahan.{key}", nama=shown.title, a=a.name, b=b.name, daftar="; ".join(rows))


def _one(
    comparison: Comparison,
    measure: ComparedMeasure,
    cells: Cells,
    how: tuple[ChangePalette, str, Texts],
) -> MapSpecification:
    palette, district, texts = how
    shown = dict(_shown(comparison, cells, palette))
    title = texts("perubahan.judul", nomor=measure.map_number, nama=measure.name[texts.language])
    warned = f" · {texts('perubahan.pita')}" if comparison.forced else ""
    subtitle = f"{district} {between(comparison.sides, texts)}{warned}"
    mark = f"{texts('perubahan.cap')} - " if comparison.forced else ""
    sides = tuple(texts("perubahan.sisi", **_facts(s, texts)) for s in _ends(comparison))
    return MapSpecification(
        number=measure.map_number,
        measure_id=measure.id,
        file_stem=f"perubahan-{measure.map_number}-{measure.id.replace('_', '-')}",
        title=f"{mark}{title}".upper(),
        subtitle=subtitle.upper(),
        unit=texts("perubahan.satuan"),
        priorities=shown,
        legend=tuple(_legend(shown, palette, texts)),
        sources=sides,
        notes=tuple(_notes(comparison, measure, texts)),
        source_in_short=" ".join(sides),
        totals=(legend_words.of_villages(shown, texts),),
    )


def _ends(comparison: Comparison) -> tuple[Side, Side]:
    return comparison.sides[0], comparison.sides[-1]


def _facts(side: Side, texts: Texts) -> dict[str, str]:
    baseline = texts("perubahan.tahun_dasar", dasar=side.baseline) if side.baseline else ""
    return {"label": side.label, "nama": side.name, "metode": side.method, "dasar": baseline}


def _shown(
    comparison: Comparison, cells: Cells, palette: ChangePalette
) -> Iterator[tuple[str, int]]:
    """Yield each village of B with its row of the legend, counted from 1."""
    absent = len(palette.groups) + 1
    rows = zip(comparison.villages, cells.classes_a, cells.classes_b, strict=True)
    for village, a, b in rows:
        if village.code_b is None:
            continue
        if village.code_a is None:
            yield village.code_b, absent + 1
        elif a is None or b is None:
            yield village.code_b, absent
        else:
            yield village.code_b, palette.group_of(b - a) + 1


def _legend(shown: dict[str, int], palette: ChangePalette, texts: Texts) -> Iterator[LegendRow]:
    """Yield the rows: the same on all maps of change, empty ones too."""
    counts = list(shown.values())
    rows: list[ChangeGroup | Absence] = [*palette.groups, palette.no_class, palette.no_counterpart]
    for number, row in enumerate(rows, start=1):
        name = row.name[texts.language]
        yield LegendRow(number, row.colour, name, "", counts.count(number), row.sign)


def _notes(comparison: Comparison, measure: ComparedMeasure, texts: Texts) -> Iterator[str]:
    if warning := forced(comparison, texts):
        yield warning
    moved = list(deltas(comparison, measure.id).values())
    yield texts(
        "perubahan.catatan_arah",
        naik=sum(d > 0 for d in moved),
        turun=sum(d < 0 for d in moved),
        contoh_naik=words(1),
        contoh_turun=words(-2),
    )
    if not measure.comparable and not comparison.forced:
        yield texts("perubahan.catatan_cut_off")
    if labels := [side.label for side in comparison.sides if measure.id in side.proposed]:
        yield texts("perubahan.catatan_usulan", sisi=", ".join(labels))
    if gone := sum(v.code_b is None for v in comparison.villages):
        yield texts("perubahan.catatan_hilang", jumlah=gone)
