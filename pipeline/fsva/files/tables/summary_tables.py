"""The summary of an edition as files: tables for Excel and for git, and the text of chapter 5.

Owns the columns of ``ringkasan.csv``, ``faktor.csv``, ``penyebab.csv`` and
``penyebab-kelas.csv`` (for Excel: UTF-8 with BOM, semicolons, decimal commas, CRLF) and of
``aspek.csv`` (like ``kelas.csv``: comma, decimal point, LF). The last column of each names the
baseline that the classes follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from fsva.config.editions.sections import Settings
from fsva.config.methods.method import Measure, Method
from fsva.core import texts as catalogues
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.texts import LANGUAGES, Texts
from fsva.files.tables import dialects
from fsva.index import aspects, causes, summary
from fsva.index.aspects import Aspect
from fsva.index.summary import WHOLE, Sizes
from fsva.words import chapter

COUNTS, FACTORS, ASPECTS = "ringkasan.csv", "faktor.csv", "aspek.csv"
CAUSES, CLASS_CAUSES, CHAPTER = "penyebab.csv", "penyebab-kelas.csv", "bab-5.txt"
FILES = (COUNTS, FACTORS, CAUSES, CLASS_CAUSES, ASPECTS, CHAPTER)


def files(
    table: pd.DataFrame, method: Method, known: Sizes, settings: Settings, texts: Texts
) -> dict[str, bytes]:
    """Summarise an edition and return the summary's files.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``.
    method : Method
        With its baseline.
    known : Sizes
        Population and area, from ``fsva.index.summary.sizes``.
    settings : Settings
        Name and year of the edition.
    texts : Texts
        Language of the names and of chapter 5.

    Returns
    -------
    dict of str to bytes
        File name to content, the names of ``FILES``.
    """
    parts = all_aspects(method)
    scored = table.join(aspects.tabulate(table, method, parts))
    counts = summary.tally(scored, [*method.measures(), *parts], known)
    text = chapter.write(table, counts, method, settings, texts)
    return {
        COUNTS: counts_csv(counts, method, settings, known),
        FACTORS: factors_csv(table, method, texts),
        CAUSES: causes_csv(table, method, texts),
        CLASS_CAUSES: class_causes_csv(table, method, texts),
        ASPECTS: aspects_csv(scored, method, parts),
        CHAPTER: text.encode("utf-8"),
    }


def all_aspects(method: Method) -> tuple[Aspect, ...]:
    """Return the aspects of a method with their names in all languages."""
    known = {language: catalogues.load(language) for language in LANGUAGES}
    return aspects.of_method(method, aspects.names(method, known))


def counts_csv(counts: pd.DataFrame, method: Method, settings: Settings, known: Sizes) -> bytes:
    """Return the counts of one kabupaten in long form as ``ringkasan.csv``.

    Parameters
    ----------
    counts : DataFrame
        From ``fsva.index.summary.tally``.
    method : Method
        Names its baseline.
    settings : Settings
        Name of the kabupaten.
    known : Sizes
        Tells where the areas come from.
    """
    whole = settings.district.full_name
    origin = "" if known.area_origin == "tidak ada" else known.area_origin
    return dialects.for_offices(
        {
            "wilayah": [whole if k == WHOLE else f"Kecamatan {k}" for k in counts[PARENT]],
            "ukuran": list(counts["ukuran"]),
            "kelas": list(counts["kelas"]),
            "jumlah": _numbers(counts["jumlah"], 0),
            "persen": _numbers(counts["persen"], 2),
            "penduduk": _numbers(counts["penduduk"], 0),
            "luas_ha": _numbers(counts["luas_ha"], 2),
            "asal_luas": [origin] * len(counts),
            **dialects.baseline_column(method, len(counts)),
        }
    )


def factors_csv(table: pd.DataFrame, method: Method, texts: Texts) -> bytes:
    """Return weights of the indicators and mean scores as ``faktor.csv``, the heaviest first.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``.
    method : Method
        Names and weights.
    texts : Texts
        Language of the names.
    """
    weighed = causes.influence(table, method).rename(columns={"indikator": "ukuran"})
    both = summary.means(table, method).merge(weighed, on="ukuran", how="left", validate="1:1")
    rows = both.sort_values("urutan", kind="stable")  # the composite, not weighed, stands last
    weights = {i.id: float(i.weight) for i in method.indicators}
    return dialects.for_offices(
        {
            "urutan": _numbers(rows["urutan"], 0),
            "ukuran": list(rows["ukuran"]),
            "nama": _names(rows["ukuran"], method, texts),
            "bobot": _numbers(rows["ukuran"].map(weights), 4),
            "jumlah_desa": _numbers(rows["jumlah"], 0),
            "poin": _numbers(rows["poin"], 0),
            "skor": _numbers(rows["skor"], 4),
            "rerata_rentan": _numbers(rows["rerata_rentan"], 2),
            "desa_rentan": _numbers(rows["desa_rentan"], 0),
            "rerata_tahan": _numbers(rows["rerata_tahan"], 2),
            "desa_tahan": _numbers(rows["desa_tahan"], 0),
            **dialects.baseline_column(method, len(rows)),
        }
    )


def causes_csv(table: pd.DataFrame, method: Method, texts: Texts) -> bytes:
    """Return the causes of every vulnerable village as ``penyebab.csv``.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``.
    method : Method
        Names of the indicators.
    texts : Texts
        Language of the names.

    Notes
    -----
    A vulnerable village without any indicator in class 1-3 has one row without a cause.
    """
    total = table[f"{method.composite.id}_kelas"]
    own = table[causes.is_vulnerable(total)].assign(prioritas=total)
    found = causes.of_villages(table, method).set_index(KEMENDAGRI)
    rows = own[[BPS, PARENT, UNIT, "prioritas"]].join(found)
    rows = rows.sort_values(BPS, kind="stable")
    return dialects.for_offices(
        {
            **{key: list(rows[key]) for key in (BPS, PARENT, UNIT)},
            "kelas": _numbers(rows["prioritas"], 0),
            "urutan": _numbers(rows["urutan"], 0),
            "indikator": _words(rows["indikator"]),
            "kelas_indikator": _numbers(rows["kelas"], 0),
            "skor": _numbers(rows["skor"], 4),
            "penyebab": _causes(rows["indikator"], method, texts),
            **dialects.baseline_column(method, len(rows)),
        }
    )


def class_causes_csv(table: pd.DataFrame, method: Method, texts: Texts) -> bytes:
    """Return the dominant causes of each class with villages as ``penyebab-kelas.csv``.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``.
    method : Method
        Names of the indicators.
    texts : Texts
        Language of the names.
    """
    rows = causes.of_classes(table, method)
    return dialects.for_offices(
        {
            "kelas": _numbers(rows["kelas"], 0),
            "desa_kelas": _numbers(rows[UNIT], 0),
            "urutan": _numbers(rows["urutan"], 0),
            "indikator": _words(rows["indikator"]),
            "jumlah_desa": _numbers(rows["jumlah"], 0),
            "poin": _numbers(rows["poin"], 0),
            "skor": _numbers(rows["skor"], 4),
            "penyebab": _causes(rows["indikator"], method, texts),
            **dialects.baseline_column(method, len(rows)),
        }
    )


def aspects_csv(scored: pd.DataFrame, method: Method, parts: Sequence[Aspect]) -> bytes:
    """Return score, class and basis of the aspects of every village as ``aspek.csv``.

    Parameters
    ----------
    scored : DataFrame
        The joined table with the columns of ``fsva.index.aspects.tabulate``.
    method : Method
        Names its baseline.
    parts : sequence of Aspect
        From ``fsva.index.aspects.of_method``.
    """
    columns: dict[str, Sequence[str]] = {KEMENDAGRI: _words(scored.index)}
    columns |= {key: list(scored[key]) for key in (BPS, PARENT, UNIT)}
    for part in parts:
        columns[part.id] = _numbers(scored[part.id], part.digits, mark=".")
        columns[f"{part.id}_kelas"] = _numbers(scored[f"{part.id}_kelas"], 0)
        columns[f"{part.id}_dasar"] = list(scored[f"{part.id}_dasar"])
    columns |= dialects.baseline_column(method, len(scored))
    return dialects.for_programs(columns)


def _names(ids: Iterable[str], method: Method, texts: Texts) -> list[str]:
    measures: dict[str, Measure] = {m.id: m for m in method.measures()}
    return [measures[name].name[texts.language] for name in ids]


def _causes(ids: Iterable[str], method: Method, texts: Texts) -> list[str]:
    words = {i.id: chapter.cause(i, texts) for i in method.indicators}
    return ["" if pd.isna(name) else words[name] for name in ids]


def _words(values: Iterable[Any]) -> list[str]:
    return ["" if pd.isna(v) else str(v) for v in values]


def _numbers(values: pd.Series[float], digits: int, mark: str = ",") -> list[str]:
    """Write numbers with so many decimals, rounded half up, without thousands marks."""
    unit = Decimal(1).scaleb(-digits)
    exact = (None if pd.isna(v) else Decimal(str(v)) for v in values)
    texts = ("" if v is None else str(v.quantize(unit, ROUND_HALF_UP)) for v in exact)
    return [text.replace(".", mark) for text in texts]
