"""Everything that one map says, before anything is drawn.

Owns the words and numbers of a map: title, legend rows, classes per village, sources, notes. It
holds no lengths on paper and no polygons, so that a map can be tested, compared and put in words
without drawing it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fsva.config.editions.sections import Settings
from fsva.config.methods.method import Indicator, MapClass, Measure, Method
from fsva.core import placeholders
from fsva.core.texts import Texts
from fsva.index import joined_table
from fsva.index.aspects import Aspect
from fsva.index.joined_table import JoinedTable
from fsva.words import layer_words, sourced_words
from fsva.words.legends import basis_notes, legend_words, ranges


@dataclass(frozen=True)
class LegendRow:
    """A class as the legend of a map shows it.

    Parameters
    ----------
    priority : int
        Priority class, or 0 for villages without a class.
    colour : str
        ``#RRGGBB``.
    name, interval : str
        Name of the class and its range of values in the language's number format.
    count : int
        Villages of the map in this class.
    heading : str
        Printed before the name where one row stands for several classes, e.g. ``4-6``.
    first : int
        The most vulnerable of the classes that a map joins in this row; 0 if it joins none.
    joined : bool
        Whether the row is a class of this map alone, and no priority class.
    """

    priority: int
    colour: str
    name: str
    interval: str
    count: int
    heading: str = ""
    first: int = 0
    joined: bool = False

    @property
    def most_vulnerable(self) -> int:
        """Priority class that decides how the row is hatched; 0 = no data."""
        return self.first or self.priority

    @property
    def words(self) -> str:
        """The text beside the sample: number or heading, then the name."""
        heading = self.heading or (str(self.priority) if self.priority else "")
        return f"{heading}  {self.name}" if heading else self.name

    def counted(self, unit: str, texts: Texts) -> str:
        """Return the row as a legend says it, e.g. ``Prioritas 2, rentan: 4 desa``.

        Parameters
        ----------
        unit : {"desa", "kelurahan", "campuran"}
            What the map counts.
        """
        called = self.heading or self.name
        if self.heading and legend_words.is_several(self.heading):
            name = legend_words.within(self.name)
            called = texts("peta.prioritas", nomor=self.heading, nama=name)
        elif self.heading:
            called = f"{self.heading}  {self.name}"
        elif self.priority:
            kind, name = "kelas" if self.joined else "prioritas", legend_words.within(self.name)
            called = texts(f"peta.{kind}", nomor=self.priority, nama=name)
        number = texts.decimal(self.count, 0)
        return texts(f"peta.hitung_{unit}", kelas=called, jumlah=number)


@dataclass(frozen=True)
class Highlight:
    """Villages that a map marks with hatching over their colour.

    Parameters
    ----------
    codes : frozenset of str
        Kemendagri codes.
    name : str
        What the hatching means, as printed in the legend.
    """

    codes: frozenset[str]
    name: str


@dataclass(frozen=True)
class MapSpecification:
    """The content of Peta n.

    Parameters
    ----------
    number : int
        n.
    measure_id : str
        Indicator or composite.
    file_stem : str
        Name of the files without their ending, e.g. ``peta-1-lahan``.
    title, subtitle : str
        As printed.
    unit : str
        Heading of the legend's ranges.
    priorities : dict of str to int
        Kemendagri code to class as in the legend; 0 = no data.
    legend : tuple of LegendRow
        The map's classes, all of the method's unless it joins some of them for this map, and, where
        there are such villages, "no data" first.
    sources, notes : tuple of str
        Sentences below the legend.
    highlight : Highlight or None
        Villages that are hatched.
    unsure : frozenset of str
        Kemendagri codes of villages whose names stand in italics: their class is not sure.
    direction : str
        What a score means, or which side of the values is good.
    totals : tuple of str
        All villages of the map, and the people in its vulnerable ones.
    source_in_short : str
        Of a composite, for sheets without room for the sources of all indicators.
    name : str
        The title without number, in ordinary letters.
    """

    number: int
    measure_id: str
    file_stem: str
    title: str
    subtitle: str
    unit: str
    priorities: dict[str, int]
    legend: tuple[LegendRow, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    highlight: Highlight | None = None
    unsure: frozenset[str] = frozenset()
    direction: str = ""
    totals: tuple[str, ...] = ()
    source_in_short: str = ""
    name: str = ""


def build(
    table: JoinedTable,
    method: Method,
    settings: Settings,
    texts: Texts,
    people: Sequence[float] | None = None,
) -> tuple[MapSpecification, ...]:
    """Describe the maps of an edition.

    Parameters
    ----------
    table : JoinedTable
        The one joined table (``fsva.index.joined_table.tabulate``).
    method : Method
        Names, cut-offs, colours.
    settings : Settings
        Names, years and sources of the edition.
    people : sequence of float or None
        Population of each village of the table; NaN = not known.

    Returns
    -------
    tuple of MapSpecification
        In the order of the maps.
    """
    measures = method.measures()
    return tuple(_one(table, method, one, settings, texts, people) for one in measures)


def build_aspects(
    scored: JoinedTable,
    method: Method,
    parts: Sequence[Aspect],
    settings: Settings,
    texts: Texts,
    people: Sequence[float] | None = None,
) -> tuple[MapSpecification, ...]:
    """Describe the maps of the aspects, which follow the composite's.

    Parameters
    ----------
    scored : JoinedTable
        From ``fsva.index.aspects.tabulate``.
    method : Method
        Names and colours of the classes.
    parts : sequence of Aspect
        From ``fsva.index.aspects.of_method``.
    settings : Settings
        Names, years and sources of the edition.
    people : sequence of float or None
        Population of each village of the table; NaN = not known.
    """
    return tuple(_one(scored, method, part, settings, texts, people) for part in parts)


def mark_unsure(
    shown: MapSpecification, codes: frozenset[str], threshold: float, texts: Texts
) -> MapSpecification:
    """Mark the villages of a map whose class is not sure, and add a note.

    Parameters
    ----------
    codes : frozenset of str
        Kemendagri codes of the villages; without any the map stays as it is.
    threshold : float
        Probability, 0..1, below which a class is not sure.
    """
    if not codes:
        return shown
    below = texts.decimal(threshold, 2)
    note = texts("keyakinan.catatan_peta", jumlah=len(codes), batas=below)
    return replace(shown, unsure=codes, notes=(*shown.notes, note))


def _one(
    table: JoinedTable,
    method: Method,
    measure: Measure,
    settings: Settings,
    texts: Texts,
    people: Sequence[float] | None,
) -> MapSpecification:
    title = texts("peta.judul", nomor=measure.map_number, judul=_name(measure, texts))
    subtitle = texts("peta.anak_judul", daerah=district_name(settings, texts), tahun=settings.year)
    name = measure.aspect if isinstance(measure, Aspect) else measure.id
    return MapSpecification(
        number=measure.map_number,
        measure_id=measure.id,
        file_stem=f"peta-{measure.map_number}-{name.replace('_', '-')}",
        title=title.upper(),
        subtitle=subtitle.upper(),
        unit=measure.unit[texts.language],
        priorities=_shown(table, measure, method.classes_of(measure)),
        legend=_legend(table, method, measure, texts),
        sources=_sources(method, measure, settings, texts),
        notes=basis_notes.notes(table, measure, texts),
        direction=legend_words.direction(measure, method, texts),
        totals=tuple(legend_words.totals(table, measure, method, people, texts)),
        source_in_short=_source_in_short(method, measure, texts),
        name=_name(measure, texts),
    )


def _name(measure: Measure, texts: Texts) -> str:
    """Return the title of a map; one that begins with the word for a map loses it."""
    word = texts("peta.judul", nomor="", judul="").split()[0].rstrip(".")
    said = legend_words.placed(measure.title[texts.language], texts)
    first, _, rest = said.partition(" ")
    if rest and first.lower() == word.lower():
        said = rest[:1].upper() + rest[1:]
    return said


def _shown(table: JoinedTable, measure: Measure, shown: Sequence[MapClass]) -> dict[str, int]:
    """Return the class that the map shows for each village; 0 = no data."""
    number = {0: 0} | {member: c.number for c in shown for member in c.members}
    priorities = table.classes[measure.id].tolist()
    return {code: number[n] for code, n in zip(table.codes, priorities, strict=True)}


def district_name(settings: Settings, texts: Texts) -> str:
    """Return kind and name of the district in the language, e.g. ``Kabupaten Belu``."""
    return texts(f"peta.daerah_{settings.district.kind}", nama=settings.district.name)


def issued(settings: Settings, texts: Texts) -> str:
    """Return the date of an edition in words, or that it is still to be filled in."""
    return texts.date(settings.issued) if settings.issued else texts("baru.belum_diisi")


def _legend(
    table: JoinedTable, method: Method, measure: Measure, texts: Texts
) -> tuple[LegendRow, ...]:
    counts = joined_table.count_classes(table, measure, method.n_classes)
    classes = method.classes_of(measure)
    # A map with classes of its own numbers them otherwise: no row of it is a priority.
    joined = any(len(style.members) > 1 for style in classes)
    rows = [
        LegendRow(
            style.number,
            style.colour,
            style.name[texts.language],
            _interval(measure, style, texts),
            sum(counts[member] for member in style.members),
            first=style.members[0],
            joined=joined,
        )
        for style in classes
    ]
    # If one map has a village without data, all maps get the row, so that rows stay in place. The
    # maps of aspects decide this for themselves and do not change the others.
    shown = {m.id for m in (*method.measures(), measure)}
    if any((table.classes[name] == 0).any() for name in shown):
        missing = LegendRow(0, method.no_data_colour, texts("peta.tanpa_data"), "", counts[0])
        rows.insert(0, missing)
    return tuple(rows)


def _interval(measure: Measure, style: MapClass, texts: Texts) -> str:
    """Return the range of a class, or that no value of the measure leads to it."""
    said = ranges.of_class(measure, style.members[0], texts, style.members[-1])
    return texts("rentang.tidak_ada") if said == ranges.NONE else said


def _sources(method: Method, measure: Measure, settings: Settings, texts: Texts) -> tuple[str, ...]:
    """Agency and year of the map's indicator, or of all for a composite; then the borders."""
    if isinstance(measure, Indicator):
        data = texts("peta.sumber_indikator", sumber=_origin(settings, measure, method, texts))
    else:
        shown: dict[str, list[int]] = {}
        indicators = measure.indicators if isinstance(measure, Aspect) else method.indicators
        for indicator in indicators:
            origin = _origin(settings, indicator, method, texts)
            shown.setdefault(origin, []).append(indicator.map_number)
        parts = [
            texts(
                "peta.sumber_peta" if len(numbers) == 1 else "peta.sumber_peta_jamak",
                sumber=origin,
                nomor=_runs(numbers),
            )
            for origin, numbers in shown.items()
        ]
        data = texts("peta.sumber_indikator", sumber="; ".join(parts))
    boundary = settings.boundary
    producer = boundary.producer[texts.language]
    if boundary.vintage:
        producer = of_year(producer, boundary.vintage, texts)
    borders = texts(layer_words.border_key(boundary, texts), sumber=producer)
    around = texts("peta.sumber_daratan")
    national = texts("peta.cut_off_nasional", metode=method.name[texts.language])
    baseline = method.baseline
    cut_offs = texts("peta.dasar", dasar=baseline[texts.language]) if baseline else national
    if measure.id in method.proposed:
        cut_offs = f"{cut_offs} {texts('peta.cut_off_usulan')}"
    return data, cut_offs, borders, around


def _source_in_short(method: Method, measure: Measure, texts: Texts) -> str:
    """Say on which maps the sources of a composite stand; nothing of an indicator."""
    if isinstance(measure, Indicator):
        return ""
    indicators = measure.indicators if isinstance(measure, Aspect) else method.indicators
    numbers = _runs([indicator.map_number for indicator in indicators])
    return texts("peta.sumber_singkat", nomor=numbers)


def _runs(numbers: Sequence[int]) -> str:
    """Write numbers in order, three and more in a row as a range: 1-4, 6."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [[f"{r[0]}-{r[-1]}"] if len(r) > 2 else map(str, r) for r in runs]
    return ",\u00a0".join(part for both in parts for part in both)


def of_year(agency: str, year: str, texts: Texts) -> str:
    """Name who made something and when; what the office has still to write stands there once."""
    if placeholders.is_placeholder(agency) and placeholders.is_placeholder(year):
        return agency
    return texts("peta.instansi_tahun", instansi=agency, tahun=year)


def _origin(settings: Settings, indicator: Indicator, method: Method, texts: Texts) -> str:
    origin = settings.origins[indicator.id]
    said = of_year(origin.agency, origin.year, texts)
    return sourced_words.with_source(said, indicator, method, settings.data, texts)
