"""The tables in the chapters of a report.

Owns which columns they have. Their counts, shares and ranges are those of maps and summary.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from fsva.config.methods.method import Indicator, Measure
from fsva.core import texts as catalogues
from fsva.core.texts import Texts
from fsva.index import aspects, result_columns, summary
from fsva.words import specification
from fsva.words.book.content import LEFT, MIDDLE, RIGHT, BookTable, Caption
from fsva.words.book.material import BookMaterial
from fsva.words.legends import legend_words


def distribution(material: BookMaterial, measure: Measure) -> BookTable:
    """Return the table of range, villages and share of each class of a measure."""
    texts = material.texts
    shares = material.percents(measure)
    rows = [
        (row.words, row.interval, _whole(row.count, texts), percent(share, texts))
        for row, share in zip(material.rows(measure), shares, strict=True)
    ]
    classed = sum(row.count for row in material.rows(measure))
    rows.append((texts("buku.tabel.jumlah"), "", _whole(classed, texts), _all(classed, texts)))
    if without := len(material.table) - classed:
        rows.append((texts("peta.tanpa_data"), "", _whole(without, texts), ""))
    key = "komposit" if measure is material.method.composite else "sebaran"
    title = texts(f"buku.tabel.judul_{key}", nama=material.words(measure))
    heads = material.heads("sebaran")
    return BookTable(
        Caption("tabel", f"tabel-{measure.id}", title),
        (heads[0], _sentence_case(measure.unit[texts.language]), *heads[1:]),
        tuple(rows),
        (LEFT, LEFT, RIGHT, RIGHT),
        (0.34, 0.3, 0.2, 0.16),
        " ".join(material.maps[measure.id].sources[:2]),
    )


def _sentence_case(words: str) -> str:
    """Return words with a large first letter; names within them keep theirs."""
    return words[:1].upper() + words[1:]


def percent(share: float, texts: Texts) -> str:
    """Return a share with two decimals and its sign; nothing for none."""
    return "" if isnan(share) else f"{texts.decimal(share, 2)}%"


def _all(classed: int, texts: Texts) -> str:
    return percent(100.0, texts) if classed else ""


def _whole(number: int, texts: Texts) -> str:
    return texts.decimal(number, 0)


def by_aspect(material: BookMaterial) -> Iterator[tuple[str, list[Indicator]]]:
    """Yield each aspect in words with its indicators, in the order of the maps."""
    known = {language: catalogues.load(language) for language in catalogues.LANGUAGES}
    names = aspects.names(material.method, known)
    for aspect, name in names.items():
        own = [i for i in material.method.indicators if i.aspect == aspect]
        yield name[material.texts.language], own


def indicators(material: BookMaterial) -> BookTable:
    """Return the table of indicators with definition and source (1.1)."""
    texts, language = material.texts, material.texts.language
    rows: list[tuple[str, ...]] = []
    groups = set()
    for place, (name, own) in enumerate(by_aspect(material)):
        groups.add(len(rows))
        rows.append((f"{chr(ord('A') + place)}. {name}", "", ""))
        for indicator in own:
            origin = material.settings.origins[indicator.id]
            source = specification.of_year(origin.agency, origin.year, texts)
            formula = legend_words.placed(indicator.formula[language], texts)
            rows.append((material.words(indicator), formula, source))
    place_name = specification.district_name(material.settings, texts)
    title = texts("buku.tabel.judul_indikator", daerah=place_name, tahun=material.settings.year)
    return BookTable(
        Caption("tabel", "tabel-indikator", title),
        material.heads("indikator"),
        tuple(rows),
        (LEFT, LEFT, LEFT),
        (0.33, 0.42, 0.25),
        groups=frozenset(groups),
    )


def weights(material: BookMaterial) -> BookTable:
    """Return the table of weights with a sum per aspect (1.2)."""
    texts = material.texts
    rows: list[tuple[str, ...]] = []
    for name, own in by_aspect(material):
        rows += [(f"{i.map_number}.", material.words(i), str(i.weight)) for i in own]
        total = sum(i.weight for i in own)
        rows.append(("", texts("buku.tabel.sub_total", aspek=name), str(total)))
    return BookTable(
        Caption("tabel", "tabel-bobot", texts("buku.tabel.judul_bobot")),
        material.heads("bobot"),
        tuple(rows),
        (RIGHT, LEFT, MIDDLE),
        (0.08, 0.72, 0.2),
    )


def means(material: BookMaterial) -> BookTable:
    """Return the table of mean scores of vulnerable and other villages."""
    texts, method = material.texts, material.method
    rows = [
        (
            material.words(material.measures[row["ukuran"]]),
            _mean(row["rerata_rentan"], texts),
            _mean(row["rerata_tahan"], texts),
        )
        for row in result_columns.records(summary.means(material.table, method))
    ]
    return BookTable(
        Caption("tabel", "tabel-rerata", texts("buku.tabel.judul_rerata")),
        material.heads("rerata", **method.sides),
        tuple(rows),
        (LEFT, RIGHT, RIGHT),
        (0.6, 0.2, 0.2),
        texts("buku.tabel.catatan_rerata"),
    )


def _mean(value: float, texts: Texts) -> str:
    return "–" if isnan(value) else texts.decimal(value, 2)
