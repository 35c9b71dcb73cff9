"""Chapter 5 of the report: where the vulnerable villages are, and what makes them so.

Owns the text of ``bab-5.txt``. It computes nothing: every number comes from ``fsva.index.summary``
and ``fsva.index.causes``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from fsva.config.editions.action_plan import CommonCauses
from fsva.config.editions.sections import Settings
from fsva.config.methods.measures import Indicator
from fsva.config.methods.method import Method
from fsva.core.columns import KEMENDAGRI, PARENT
from fsva.core.texts import Texts
from fsva.index import causes, joined_table, result_columns, summary
from fsva.index.joined_table import JoinedTable
from fsva.index.result_columns import Columns
from fsva.index.summary import ALL, NO_DATA, VULNERABLE, WHOLE
from fsva.words import specification
from fsva.words.legends import legend_words, ranges
from fsva.words.lists import village_lists


def write(
    table: JoinedTable, counts: Columns, method: Method, settings: Settings, texts: Texts
) -> str:
    """Return the text of chapter 5 of an edition.

    Parameters
    ----------
    table : JoinedTable
        From ``fsva.index.joined_table.tabulate``, of one kabupaten.
    counts : Columns
        From ``fsva.index.summary.tally`` of the same table.
    method : Method
        Names of classes and indicators.
    settings : Settings
        Name and year of the edition.

    Returns
    -------
    str
        Sections 5.1 and 5.2. Of a class without villages 5.1 says that it has none, and 5.2
        says nothing. Where no village has a class both say only that.
    """
    figures = _counted(result_columns.at(counts, counts["ukuran"] == method.composite.id))
    ordered = table.by_bps_code()
    if not figures.classed(WHOLE):
        return _unknown(figures, settings, texts)
    blocks = [
        [texts("ringkasan.bab.kepala")],
        [texts("ringkasan.bab.kondisi")],
        [*_opening(figures, method, settings, texts), *_classes(ordered, figures, method, texts)],
        list(_headline(figures, method, texts)),
        list(_table(figures, method, texts)),
        list(_means(table, method, texts)),
        [texts("ringkasan.bab.penyebab")],
        *_section_causes(ordered, method, settings.causes, texts),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _unknown(figures: _Counted, settings: Settings, texts: Texts) -> str:
    """Return the chapter of an edition in which no village has a composite class."""
    name = specification.district_name(settings, texts)
    said = texts(
        "ringkasan.bab.pengantar_kosong",
        daerah=name,
        tahun=settings.year,
        jumlah=figures.number[WHOLE, ALL],
    )
    blocks = [
        texts("ringkasan.bab.kepala"),
        texts("ringkasan.bab.kondisi"),
        said,
        texts("ringkasan.bab.penyebab"),
        texts("ringkasan.bab.tiada_kelas"),
    ]
    return "\n\n".join(blocks) + "\n"


@dataclass(frozen=True)
class _Counted:
    """Villages, shares and people of the composite by kecamatan and label."""

    number: Mapping[tuple[str, str], int]
    percent: Mapping[tuple[str, str], float]
    people: Mapping[tuple[str, str], float]

    def kecamatan(self) -> list[str]:
        """Return the kecamatan in their order."""
        return [place for place, label in self.number if label == ALL and place != WHOLE]

    def classed(self, kecamatan: str) -> int:
        """Return the number of villages that have a class."""
        return self.number[kecamatan, ALL] - self.number[kecamatan, NO_DATA]


def _counted(counts: Columns) -> _Counted:
    keys = list(zip(counts[PARENT], counts["kelas"], strict=True))
    return _Counted(
        dict(zip(keys, counts["jumlah"].tolist(), strict=True)),
        dict(zip(keys, counts["persen"].tolist(), strict=True)),
        dict(zip(keys, counts["penduduk"].tolist(), strict=True)),
    )


def cause(indicator: Indicator, texts: Texts) -> str:
    """Return an indicator as a cause in words, e.g. "rendahnya rasio lahan pertanian".

    Parameters
    ----------
    indicator : Indicator
        Its own words for the cause, or else its name and direction.
    """
    if indicator.cause:
        return indicator.cause[texts.language]
    kind = "kategori" if indicator.categories else indicator.better
    return texts(
        f"ringkasan.sebab.{kind}", nama=legend_words.within(indicator.name[texts.language])
    )


def _opening(figures: _Counted, method: Method, settings: Settings, texts: Texts) -> Iterator[str]:
    missing = figures.number[WHOLE, NO_DATA]
    key = "ringkasan.bab.pengantar_tanpa" if missing else "ringkasan.bab.pengantar"
    name = specification.district_name(settings, texts)
    classed = figures.classed(WHOLE)
    yield texts(key, daerah=name, tahun=settings.year, jumlah=classed, tanpa=missing)
    if method.baseline:
        yield texts("laporan.tahun_dasar", dasar=method.baseline[texts.language])
    if method.composite.id in method.proposed:
        yield texts("laporan.cut_off_usulan")


def _classes(
    ordered: JoinedTable, figures: _Counted, method: Method, texts: Texts
) -> Iterator[str]:
    """Yield each class with its villages by kecamatan."""
    for style in method.classes:
        key = (WHOLE, str(style.number))
        name = style.name[texts.language]
        if not figures.number[key]:
            none = _percent(0.0, texts)
            yield texts("ringkasan.bab.kelas_kosong", nomor=style.number, nama=name, persen=none)
            continue
        yield texts(
            "ringkasan.bab.kelas",
            nomor=style.number,
            nama=name,
            jumlah=figures.number[key],
            persen=_percent(figures.percent[key], texts),
        )
        members = ordered.at(ordered.classes[method.composite.id] == style.number)
        for place, (kecamatan, listed) in enumerate(
            village_lists.by_kecamatan(members, texts), start=1
        ):
            yield "   " + texts(
                "ringkasan.bab.kecamatan",
                nomor=style.number,
                urutan=place,
                nama=kecamatan,
                desa=listed,
            )


def _percent(value: float, texts: Texts) -> str:
    return texts.decimal(value, 2)


def _headline(figures: _Counted, method: Method, texts: Texts) -> Iterator[str]:
    """Say how many villages are vulnerable, and in which kecamatan, if there are any."""
    if not figures.number[WHOLE, VULNERABLE]:
        return
    having = [k for k in figures.kecamatan() if figures.number[k, VULNERABLE]]
    counted = [
        texts(
            "ringkasan.bab.utama_kecamatan",
            nama=k,
            jumlah=figures.number[k, VULNERABLE],
            semua=figures.classed(k),
        )
        for k in having
    ]
    yield texts(
        "ringkasan.bab.utama",
        jumlah=figures.number[WHOLE, VULNERABLE],
        semua=figures.classed(WHOLE),
        persen=_percent(figures.percent[WHOLE, VULNERABLE], texts),
        daftar=village_lists.joined(counted, texts),
        **method.sides,
    )
    if said := inhabitants(
        figures.people[WHOLE, VULNERABLE], figures.people[WHOLE, ALL], method, texts
    ):
        yield said
    free = [k for k in figures.kecamatan() if k not in having and figures.classed(k)]
    if free:
        yield texts(
            "ringkasan.bab.tiada_di", daftar=village_lists.joined(free, texts), **method.sides
        )


def inhabitants(vulnerable: float, every: float, method: Method, texts: Texts) -> str:
    """Say how many people live in vulnerable villages; nothing where that is not known.

    Parameters
    ----------
    vulnerable, every : float
        People in the vulnerable villages, and in all; NaN = not known.
    """
    if isnan(vulnerable):
        return ""
    number = texts.decimal(vulnerable, 0)
    if isnan(every) or not every:
        return texts("ringkasan.bab.penduduk", jiwa=number, **method.sides)
    return texts(
        "ringkasan.bab.penduduk_dari",
        jiwa=number,
        semua=texts.decimal(every, 0),
        persen=_percent(100 * vulnerable / every, texts),
        **method.sides,
    )


def _table(figures: _Counted, method: Method, texts: Texts) -> Iterator[str]:
    """Yield table 5.1, its columns under each other."""
    yield texts("ringkasan.bab.tabel")
    lines = [texts("ringkasan.bab.kolom").split(";")]
    for label in summary.classes_of(method):
        shown = ranges.of_class(method.composite, int(label), texts)
        share = figures.percent[WHOLE, label]
        percent = "" if isnan(share) else f"{_percent(share, texts)}%"
        lines.append([label, shown, str(figures.number[WHOLE, label]), percent])
    yield from _aligned(lines)


def _aligned(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows with two columns of words and then columns of numbers."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for cells in lines:
        padded = [
            cell.ljust(width) if n < 2 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        yield "  ".join(padded).rstrip()


def _means(table: JoinedTable, method: Method, texts: Texts) -> Iterator[str]:
    """Yield the mean scores of vulnerable and other classes, if both have villages."""
    classes = table.classes[method.composite.id]
    vulnerable = len(causes.vulnerable(table, method))
    measures = {m.id: m for m in method.measures()}
    if vulnerable in (0, np.count_nonzero(classes)):
        return
    yield texts("ringkasan.bab.rerata", **method.sides)
    for row in result_columns.records(summary.means(table, method)):
        measure = measures[row["ukuran"]]
        pair = [_mean(row[f"rerata_{g}"], row[f"desa_{g}"], texts) for g in ("rentan", "tahan")]
        yield texts(
            "ringkasan.bab.rerata_baris",
            nama=measure.name[texts.language],
            rentan=pair[0],
            tahan=pair[1],
        )


def _mean(value: float, villages: int, texts: Texts) -> str:
    if isnan(value):
        return texts("ringkasan.bab.rerata_tiada")
    return texts("ringkasan.bab.rerata_nilai", rerata=texts.decimal(value, 2), jumlah=villages)


def _section_causes(
    ordered: JoinedTable, method: Method, common: CommonCauses, texts: Texts
) -> Iterator[list[str]]:
    """Yield the blocks of section 5.2."""
    words = {i.id: cause(i, texts) for i in method.indicators}
    weighed = causes.influence(ordered, method)
    if not result_columns.count(weighed):
        yield [texts("ringkasan.bab.tiada_rentan", **method.sides)]
        return
    yield list(by_class(ordered, common, method, words, texts))
    points = ", ".join(
        texts("ringkasan.bab.poin", kelas=n, poin=method.first_secure - n)
        for n in method.vulnerable
    )
    yield [
        texts("ringkasan.bab.faktor", poin=points, **method.sides),
        *factors(weighed, words, texts),
    ]
    yield [texts("ringkasan.bab.per_desa"), *by_village(ordered, method, words, texts)]


def by_class(
    ordered: JoinedTable,
    common: CommonCauses,
    method: Method,
    words: dict[str, str],
    texts: Texts,
) -> Iterator[str]:
    """Yield the dominant causes of each class that has villages.

    Parameters
    ----------
    ordered : JoinedTable
        In the order of the BPS codes.
    words : dict of str to str
        Each indicator as a cause, from ``cause``.
    """
    dominant = causes.of_classes(ordered, method, common)
    sizes = joined_table.count_classes(ordered, method.composite, method.n_classes)
    for number in method.vulnerable:
        if not sizes[number]:
            continue
        factors = result_columns.at(dominant, dominant["kelas"] == number)
        listed = "; ".join(
            texts(
                "ringkasan.bab.sebab_dari",
                urutan=row["urutan"],
                sebab=words[row["indikator"]],
                jumlah=row["jumlah"],
                semua=row["desa"],
            )
            for row in result_columns.records(factors)
        )
        key = "kelas_sebab" if listed else "kelas_tanpa_sebab"
        percent = 100 * common.share_of(number)
        shown = texts.decimal(float(percent), 0 if percent.denominator == 1 else 1)
        yield texts(
            f"ringkasan.bab.{key}", nomor=number, jumlah=sizes[number], daftar=listed, persen=shown
        )


def factors(weighed: Columns, words: dict[str, str], texts: Texts) -> Iterator[str]:
    """Yield the influential factors, the heaviest first.

    Parameters
    ----------
    weighed : Columns
        From ``fsva.index.causes.influence``.
    words : dict of str to str
        Each indicator as a cause, from ``cause``.
    """
    for row in result_columns.records(result_columns.at(weighed, weighed["poin"] > 0)):
        score = texts.decimal(row["skor"], 2)
        yield texts(
            "ringkasan.bab.faktor_baris",
            urutan=row["urutan"],
            skor=score,
            sebab=words[row["indikator"]],
            jumlah=row["jumlah"],
        )


def by_village(
    ordered: JoinedTable, method: Method, words: dict[str, str], texts: Texts
) -> Iterator[str]:
    """Yield every vulnerable village with its causes in order.

    Parameters
    ----------
    ordered : JoinedTable
        In the order of the BPS codes.
    words : dict of str to str
        Each indicator as a cause, from ``cause``.
    """
    of_village = causes.of_villages(ordered, method)
    listed = {
        code: "; ".join(
            texts("ringkasan.bab.sebab_kelas", sebab=words[row["indikator"]], kelas=row["kelas"])
            for row in result_columns.records(result_columns.at(of_village, positions))
        )
        for code, positions in result_columns.groups(of_village[KEMENDAGRI]).items()
    }
    vulnerable = causes.vulnerable(ordered, method)
    numbers = vulnerable.classes[method.composite.id].tolist()
    names = zip(vulnerable.codes, vulnerable.names, vulnerable.subdistricts, numbers, strict=True)
    for code, village, kecamatan, number in names:
        key = "desa_sebab" if code in listed else "desa_tanpa_sebab"
        yield texts(
            f"ringkasan.bab.{key}",
            desa=village,
            kecamatan=kecamatan,
            nomor=number,
            daftar=listed.get(code, ""),
            **method.sides,
        )
