"""The summary of an edition as files: tables for Excel and for git, and the text of chapter 5.

Owns the values of ``ringkasan.csv``, ``faktor.csv``, ``penyebab.csv``, ``penyebab-kelas.csv`` and
``aspek.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from fsva.config.editions.action_plan import CommonCauses
from fsva.config.editions.sections import Settings
from fsva.config.methods.method import Measure, Method
from fsva.core import texts as catalogues
from fsva.core.columns import KEMENDAGRI, PARENT, UNIT
from fsva.core.texts import LANGUAGES, Texts
from fsva.files.tables import cells
from fsva.files.tables.cells import Values
from fsva.index import aspects, causes, result_columns, summary
from fsva.index.aspects import Aspect
from fsva.index.joined_table import BASIS, CLASS, JoinedTable
from fsva.index.result_columns import Columns
from fsva.index.summary import WHOLE, Sizes
from fsva.words import chapter, draft

COUNTS, FACTORS, ASPECTS = "ringkasan.csv", "faktor.csv", "aspek.csv"
CAUSES, CLASS_CAUSES, CHAPTER = "penyebab.csv", "penyebab-kelas.csv", "bab-5.txt"
_COUNTED = ("ukuran", "kelas", "jumlah", "persen", "penduduk", "luas_ha")
FILES = (COUNTS, FACTORS, CAUSES, CLASS_CAUSES, ASPECTS, CHAPTER)


def files(
    table: JoinedTable, method: Method, known: Sizes, settings: Settings, texts: Texts
) -> dict[str, bytes]:
    """Return the files of an edition's summary.

    Parameters
    ----------
    table : JoinedTable
        From ``fsva.index.joined_table.tabulate``.
    known : Sizes
        Population and area, from ``fsva.index.summary.sizes``.

    Returns
    -------
    dict of str to bytes
        File name to content, the names of ``FILES``.
    """
    parts = all_aspects(method)
    scored = aspects.tabulate(table, method, parts)
    counts = summary.tally(scored, [*method.measures(), *parts], known, method)
    text = chapter.write(table, counts, method, settings, texts)
    if mark := draft.of(settings, texts).sentence:
        text = f"{mark}\n\n{text}"
    return {
        COUNTS: counts_csv(counts, method, settings, known, texts),
        FACTORS: factors_csv(table, method, texts),
        CAUSES: causes_csv(table, method, texts),
        CLASS_CAUSES: class_causes_csv(table, method, settings.causes, texts),
        ASPECTS: aspects_csv(scored, method, parts),
        CHAPTER: text.encode("utf-8"),
    }


def all_aspects(method: Method) -> tuple[Aspect, ...]:
    """Return the aspects of a method with their names in all languages."""
    known = {language: catalogues.load(language) for language in LANGUAGES}
    return aspects.of_method(method, aspects.names(method, known))


def counts_csv(
    counts: Columns, method: Method, settings: Settings, known: Sizes, texts: Texts
) -> bytes:
    """Return the counts of one kabupaten in long form as ``ringkasan.csv``.

    Parameters
    ----------
    counts : Columns
        From ``fsva.index.summary.tally``.
    known : Sizes
        Tells where the areas come from.
    """
    whole = settings.district.full_name
    places = [
        whole if name == WHOLE else texts("ringkasan.kecamatan", nama=name)
        for name in counts[PARENT]
    ]
    columns: dict[str, Values] = {
        **{name: counts[name] for name in _COUNTED},
        "wilayah": places,
        "asal_luas": [known.area_origin] * len(places),
    }
    return cells.write(COUNTS, columns, method)


def factors_csv(table: JoinedTable, method: Method, texts: Texts) -> bytes:
    """Return weights of the indicators and mean scores as ``faktor.csv``, the heaviest first.

    Parameters
    ----------
    table : JoinedTable
        From ``fsva.index.joined_table.tabulate``.
    """
    means = summary.means(table, method)
    weighed = causes.influence(table, method)
    place = {name: n for n, name in enumerate(weighed["indikator"].tolist())}
    # The composite has no weight and stands last.
    order = np.argsort([place.get(name, len(place)) for name in means["ukuran"]], kind="stable")
    means = result_columns.at(means, order)
    weights = {i.id: float(i.weight) for i in method.indicators}
    rest = [None] * (len(order) - len(place))
    columns: dict[str, Values] = {
        **means,
        **{name: [*weighed[name].tolist(), *rest] for name in ("urutan", "poin", "skor")},
        "nama": _names(means["ukuran"], method, texts),
        "bobot": [weights.get(name) for name in means["ukuran"]],
        "jumlah_desa": [*weighed["jumlah"].tolist(), *rest],
    }
    return cells.write(FACTORS, columns, method)


def causes_csv(table: JoinedTable, method: Method, texts: Texts) -> bytes:
    """Return the causes of every vulnerable village as ``penyebab.csv``.

    Parameters
    ----------
    table : JoinedTable
        From ``fsva.index.joined_table.tabulate``.

    Notes
    -----
    A vulnerable village with no indicator in class 1-3 has one row without a cause.
    """
    vulnerable = causes.vulnerable(table, method).by_bps_code()
    factors = causes.of_villages(vulnerable, method)
    of_village = result_columns.groups(factors[KEMENDAGRI])
    # The village and the cause of each row; -1 where a village has none.
    pairs = np.array(
        [(n, c) for n, code in enumerate(vulnerable.codes) for c in of_village.get(code, [-1])],
        dtype=np.intp,
    ).reshape(-1, 2)
    lines, which = vulnerable.at(pairs[:, 0]), pairs[:, 1].tolist()
    listed = {
        name: [None if c < 0 else column[c] for c in which] for name, column in factors.items()
    }
    columns: dict[str, Values] = {
        **lines.keys,
        **{name: listed[name] for name in ("urutan", "indikator", "skor")},
        "kelas": lines.classes[method.composite.id],
        "kelas_indikator": listed["kelas"],
        "penyebab": _causes(listed["indikator"], method, texts),
    }
    return cells.write(CAUSES, columns, method)


def class_causes_csv(
    table: JoinedTable, method: Method, common: CommonCauses, texts: Texts
) -> bytes:
    """Return the dominant causes of each class with villages as ``penyebab-kelas.csv``.

    Parameters
    ----------
    table : JoinedTable
        From ``fsva.index.joined_table.tabulate``.
    common : CommonCauses
        How common a weak indicator must be within a class.
    """
    of_classes = causes.of_classes(table, method, common)
    columns: dict[str, Values] = {
        **{name: of_classes[name] for name in ("kelas", "urutan", "indikator", "poin", "skor")},
        "desa_kelas": of_classes[UNIT],
        "jumlah_desa": of_classes["jumlah"],
        "penyebab": _causes(of_classes["indikator"], method, texts),
    }
    return cells.write(CLASS_CAUSES, columns, method)


def aspects_csv(scored: JoinedTable, method: Method, parts: Sequence[Aspect]) -> bytes:
    """Return score, class and basis of the aspects of every village as ``aspek.csv``.

    Parameters
    ----------
    scored : JoinedTable
        The joined table with the columns of ``fsva.index.aspects.tabulate``.
    parts : sequence of Aspect
        From ``fsva.index.aspects.of_method``.
    """
    scores = scored.columns()
    names = [f"{part.id}{end}" for part in parts for end in ("", CLASS, BASIS)]
    columns: dict[str, Values] = {
        KEMENDAGRI: scored.codes,
        **scored.keys,
        **{name: scores[name] for name in names},
    }
    return cells.write(ASPECTS, columns, method, parts)


def _names(ids: Iterable[str], method: Method, texts: Texts) -> list[str]:
    measures: dict[str, Measure] = {m.id: m for m in method.measures()}
    return [measures[name].name[texts.language] for name in ids]


def _causes(ids: Iterable[str | None], method: Method, texts: Texts) -> list[str]:
    words = {i.id: chapter.cause(i, texts) for i in method.indicators}
    return [words[name] if name else "" for name in ids]
