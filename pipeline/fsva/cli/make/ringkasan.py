"""``fsva ringkasan``: how many villages are in which class, where, and what makes them so.

Owns the dialogue: what the summary says in short, and where its files stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from fsva.cli import class_colours, options, runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.core import printed
from fsva.core.columns import PARENT
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.config.editions.sections import Settings
    from fsva.config.methods.method import Method
    from fsva.index.summary import Sizes
    from fsva.runs.tabulation import Tabulated

FOLDER = "ringkasan"


def make(texts: Texts) -> Command:
    """Return the command."""
    return runner.command(
        texts,
        "ringkasan",
        make_summary,
        words="ringkasan.bantuan",
        folder=FOLDER,
        more=[options.as_json(texts)],
    )


def make_summary(call: Call, *, json: bool) -> None:
    """Print the summary of an edition and write its files, all or none; JSON writes nothing.

    Raises
    ------
    FsvaError
        If an input cannot be used; then the output folder stays unchanged.
    """
    from fsva.files.tables import program_records, summary_tables
    from fsva.runs import tabulation
    from fsva.runs.layers import village_sizes
    from fsva.words.legends import legend_words

    order, texts = call.order, call.texts
    tabulated = tabulation.of_order(order)
    texts = legend_words.fitting(texts, tabulated.table.codes)
    settings = order.edition.settings  # another layer is part of them
    known = village_sizes.of_edition(settings, tabulated)
    files = summary_tables.files(tabulated.table, tabulated.rules, known, settings, texts)
    if json:
        call.say_json(program_records.of_files(files))
        return
    heading = re.escape(texts("ringkasan.layar.wilayah"))
    paint = class_colours.painter(tabulated.rules, rf"(?m)^{heading} .*$")
    for line in _lines(settings, tabulated, known, texts):
        screen.say(line, paint=paint)
    call.publish(files, summary_tables.FILES)


def _lines(settings: Settings, tabulated: Tabulated, known: Sizes, texts: Texts) -> Iterator[str]:
    """Yield the summary for the terminal."""
    from fsva.index import result_columns, summary
    from fsva.index.summary import ALL, NO_DATA, VULNERABLE, WHOLE
    from fsva.words import chapter, specification

    rules = tabulated.rules
    counts = summary.tally(tabulated.table, [rules.composite], known, rules)
    places: dict[str, dict[str, int]] = {}
    percent, people = {}, {}
    for row in result_columns.records(counts):
        places.setdefault(row[PARENT], {})[row["kelas"]] = row["jumlah"]
        if row[PARENT] == WHOLE:
            people[row["kelas"]] = row["penduduk"]
        if row["kelas"] == VULNERABLE:
            percent[row[PARENT]] = row["persen"]
    name = specification.district_name(settings, texts)
    yield texts("ringkasan.layar.kepala", daerah=name, tahun=settings.year)
    baseline = rules.baseline
    key = "metode" if baseline else "metode_nasional"
    yield texts(
        f"ringkasan.layar.{key}",
        metode=rules.id,
        dasar=baseline[texts.language] if baseline else "",
    )
    if rules.composite.id in rules.proposed:
        yield texts("laporan.cut_off_usulan")
    whole = places[WHOLE]
    classed = whole[ALL] - whole[NO_DATA]
    if classed:
        yield texts(
            "ringkasan.layar.utama",
            jumlah=whole[VULNERABLE],
            semua=classed,
            persen=texts.decimal(percent[WHOLE], 2),
            **rules.sides,
        )
    if said := chapter.inhabitants(people[VULNERABLE], people[ALL], rules, texts):
        yield said
    if whole[NO_DATA]:
        yield texts("ringkasan.layar.tanpa_data", jumlah=whole[NO_DATA])
    yield texts(f"ringkasan.luas.{known.area_origin}")
    yield ""
    yield from _places(places, percent, name, rules, texts)
    yield ""
    if classed:
        yield from _factors(tabulated, texts)
    else:
        yield texts("ringkasan.layar.tiada_kelas")


def _places(
    places: Mapping[str, Mapping[str, int]],
    percent: Mapping[str, float],
    name: str,
    rules: Method,
    texts: Texts,
) -> Iterator[str]:
    """Yield a line per place: villages per class, in vulnerable classes, without a class."""
    from fsva.index import summary
    from fsva.index.summary import NO_DATA, VULNERABLE, WHOLE

    classes = summary.classes_of(rules)
    head = ["rentan", "persen", "tanpa"]
    cells = [
        [
            texts("ringkasan.layar.wilayah"),
            *classes,
            *(texts(f"ringkasan.layar.{key}", **rules.sides) for key in head),
        ]
    ]
    for place, share in percent.items():
        row = places[place]
        shown = texts.decimal(share, 2) if any(row[label] for label in classes) else "-"
        numbers = [str(row[label]) for label in (*classes, VULNERABLE)]
        cells.append([name if place == WHOLE else place, *numbers, shown, str(row[NO_DATA])])
    yield from _aligned(cells)


def _factors(tabulated: Tabulated, texts: Texts) -> Iterator[str]:
    """Yield the influential factors, the heaviest first."""
    from fsva.index import causes, result_columns
    from fsva.words import chapter

    weighed = causes.influence(tabulated.table, tabulated.rules)
    if not result_columns.count(weighed):
        yield texts("ringkasan.layar.tiada_rentan", **tabulated.rules.sides)
        return
    yield texts("ringkasan.layar.faktor", **tabulated.rules.sides)
    words = {i.id: chapter.cause(i, texts) for i in tabulated.rules.indicators}
    yield from _aligned(
        [f"  {words[row['indikator']]}", texts.decimal(row["skor"], 2)]
        for row in result_columns.records(weighed)
    )


def _aligned(lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows with aligned columns, numbers to the right."""
    yield from printed.table(list(lines), printed.width())
