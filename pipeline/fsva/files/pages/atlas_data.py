"""The data of ``atlas.html`` for the program of the page, as one value.

Owns its keys. All numbers come from the joined table, rounded as the files print them; all words
stand in it in both languages, so that the page can change its language alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fsva.config.editions.sections import Settings
from fsva.config.methods.method import Measure, Method
from fsva.core import decimals
from fsva.core.columns import PARENT
from fsva.core.texts import LOCALES, Language, Texts
from fsva.index.joined_table import BASES, JoinedTable
from fsva.index.result_columns import Columns
from fsva.sources.plain.arrays import Floats, Shapes
from fsva.sources.plain.shape_table import ShapeTable
from fsva.words import alt_text, draft, specification, village_sentences
from fsva.words.specification import MapSpecification

# Fewer people than this could be recognised; their number is not told.
FEWEST_PEOPLE = 5


@dataclass(frozen=True)
class EarlierClasses:
    """The composite's classes of an earlier edition.

    Parameters
    ----------
    name : str
        Of the edition, e.g. ``2020``.
    classes : mapping of str to int
        Kemendagri code to class; a village without a class is absent.
    """

    name: str
    classes: Mapping[str, int]


@dataclass(frozen=True, eq=False)
class PageInputs:
    """What the page of an edition shows.

    Parameters
    ----------
    table : JoinedTable
        In the order of ``villages``.
    villages : ShapeTable
        Indexed by Kemendagri code, with geometry in metres.
    method : Method
        Names, colours, digits.
    settings : Settings
        The edition.
    maps : mapping of Language to sequence of MapSpecification
        Indicators and composite, in both languages.
    causes : Columns
        From ``fsva.index.causes.of_villages``.
    sure : array of float, shape (n_villages,)
        Probability of the composite's class, 0..1; NaN = not known.
    people : array of float, shape (n_villages,)
        Population; NaN = not known.
    number : str
        Of the run.
    classes_csv : bytes
        ``kelas.csv`` as it is written beside the page.
    earlier : sequence of EarlierClasses
        From the oldest on.
    """

    table: JoinedTable
    villages: ShapeTable
    method: Method
    settings: Settings
    maps: Mapping[Language, Sequence[MapSpecification]]
    causes: Columns
    sure: Floats
    people: Floats
    number: str
    classes_csv: bytes
    earlier: Sequence[EarlierClasses] = ()

    @property
    def ordered(self) -> ShapeTable:
        """The villages in the order of the table."""
        return self.villages.at(self.table.codes)

    @property
    def parents(self) -> Iterator[tuple[str, Shapes]]:
        """The kecamatan, sorted by name, each with the polygons of its villages."""
        for name, rows in sorted(self.villages.groups(PARENT).items()):
            yield str(name), rows.geometry


def of_edition(page: PageInputs, words: Mapping[Language, Texts], now: Language) -> dict[str, Any]:
    """Return the data of the page.

    Parameters
    ----------
    words : mapping of Language to Texts
        Both languages.
    now : Language
        The language in which the page opens.
    """
    table = page.table
    measures = list(page.method.measures())
    parents = sorted(set(table.subdistricts.tolist()))
    place = {name: n for n, name in enumerate(parents)}
    return {
        "language": now,
        "texts": {language: _texts(page, texts) for language, texts in words.items()},
        "parents": parents,
        "villages": [
            [code, bps, name, place[parent]]
            for code, bps, name, parent in zip(
                table.codes, table.bps_codes, table.names, table.subdistricts, strict=True
            )
        ],
        "digits": [measure.digits for measure in measures],
        "categories": [_categories(measure) for measure in measures],
        "values": [_numbers(table.values[m.id], m.digits) for m in measures],
        "classes": [_drawn_classes(shown, table) for shown in _first(page)],
        "basis": [[BASES.index(b) for b in table.basis[m.id].tolist()] for m in measures],
        "legend": [[_row(row) for row in shown.legend] for shown in _first(page)],
        "vulnerable": list(page.method.vulnerable),
        "ranks": table.ranks.tolist(),
        "people": people_shown(page.people),
        "sure": _numbers(page.sure, 2),
        "causes": _causes(page),
        "earlier": [[e.name, _earlier(e, table)] for e in page.earlier],
        "csv": page.classes_csv.decode("utf-8"),
        "file": f"kelas-{page.settings.district.code}-{page.settings.year}.csv",
    }


def _first(page: PageInputs) -> Sequence[MapSpecification]:
    """Return the maps in one language: colours and counts are the same in both."""
    return next(iter(page.maps.values()))


def _texts(page: PageInputs, texts: Texts) -> dict[str, Any]:
    maps, language = page.maps[texts.language], texts.language
    measures = list(page.method.measures())
    sides = page.method.sides
    said: dict[str, Any] = dict(texts.table("halaman.kata"))
    mark = draft.of(page.settings, texts)
    said["tanpa_penyebab"] = texts("halaman.kata.tanpa_penyebab", **sides)
    return said | {
        "locale": LOCALES[language],
        "judul": mark.titled(title(page.settings, texts)),
        "draf": mark.sentence,
        "skematis": texts("halaman.skematis"),
        "boleh": texts(sharing_key(page.settings)),
        "tanggal": texts(
            "halaman.tanggal",
            tanggal=specification.issued(page.settings, texts),
            nomor=page.number,
        ),
        "dasar_kelas": [texts(f"halaman.dasar_kelas.{basis}") for basis in BASES],
        "measures": [
            _measure(m, shown, page, texts) for m, shown in zip(measures, maps, strict=True)
        ],
        "sentences": list(
            village_sentences.of_villages(page.table, page.causes, page.method, texts)
        ),
    }


def title(settings: Settings, texts: Texts) -> str:
    """Return the title of the page."""
    district = specification.district_name(settings, texts)
    return texts("halaman.judul", daerah=district, tahun=settings.year)


def sharing_key(settings: Settings) -> str:
    """Return the key of what the page says about passing its borders on.

    Schematic cells are the program's own; everybody may have them.
    """
    said = {True: "ya", False: "tidak", None: "belum"}
    boundary = settings.boundary
    return "halaman.boleh_" + said[True if boundary.schematic else boundary.shareable]


def _measure(
    measure: Measure, shown: MapSpecification, page: PageInputs, texts: Texts
) -> dict[str, Any]:
    parents = dict(zip(page.table.codes, page.table.subdistricts, strict=True))
    categories = getattr(measure, "category_names", {})
    return {
        "name": texts(
            "perubahan.ukuran", nomor=measure.map_number, nama=measure.name[texts.language]
        ),
        "short": measure.name[texts.language],
        "unit": measure.unit[texts.language],
        "legend": [[" ".join(row.words.split()), row.interval] for row in shown.legend],
        "alt": alt_text.of_map(shown, parents, page.method, texts),
        "notes": [*shown.sources, *shown.notes],
        "categories": {key: name[texts.language] for key, name in categories.items()},
    }


def _categories(measure: Measure) -> bool:
    return bool(getattr(measure, "categories", None))


def _row(row: specification.LegendRow) -> list[Any]:
    return [row.priority, row.colour, row.count]


def _drawn_classes(shown: MapSpecification, table: JoinedTable) -> list[int]:
    """Return for each village its row in the legend; a class that has none does not exist."""
    places = {row.priority: n for n, row in enumerate(shown.legend)}
    return [places[shown.priorities[code]] for code in table.codes]


def _numbers(values: Floats, digits: int) -> list[float | None]:
    """Return rounded numbers, None where a value is not known."""
    known = ~np.isnan(values)
    rounded = decimals.round_half_up(np.where(known, values, 0.0), digits).tolist()
    return [number if k else None for number, k in zip(rounded, known.tolist(), strict=True)]


def people_shown(people: Floats) -> list[int | None] | None:
    """Return whole numbers, -1 where there are too few to be told; None if nobody counted."""
    if np.isnan(people).all():
        return None
    return [
        None if np.isnan(number) else -1 if 0 < number < FEWEST_PEOPLE else round(number)
        for number in people.tolist()
    ]


def _causes(page: PageInputs) -> list[list[int]]:
    order = {measure.id: n for n, measure in enumerate(page.method.measures())}
    listed = village_sentences.by_village(page.causes)
    return [[order[name] for name, _ in listed.get(code, ())] for code in page.table.codes]


def _earlier(edition: EarlierClasses, table: JoinedTable) -> list[int]:
    return [edition.classes.get(code, 0) for code in table.codes]
