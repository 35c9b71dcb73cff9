"""``fsva ringkasan``: how many villages are in which class, where, and what makes them so.

Owns the dialogue: what the summary says in short, and where its files stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from fsva.cli import runner
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.core.columns import PARENT
from fsva.core.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

    from fsva.config.editions.sections import Settings
    from fsva.config.methods.method import Method
    from fsva.index.summary import Sizes
    from fsva.runs.tabulation import Tabulated

FOLDER = "ringkasan"


def make(texts: Texts) -> Command:
    """Return the command."""
    return runner.command(
        texts, "ringkasan", make_summary, words="ringkasan.bantuan", folder=FOLDER
    )


def make_summary(call: Call) -> None:
    """Print the summary of an edition and write its files, whole or not at all.

    Raises
    ------
    FsvaError
        If an input cannot be used; the output folder is as it was.
    """
    from fsva.files.tables import summary_tables
    from fsva.runs import tabulation

    texts, made = call.texts, tabulation.tabulate(call.order)
    settings = call.order.edition.settings  # another layer is part of them
    known = sizes(settings, made)
    for line in _lines(settings, made, known, texts):
        click.echo(line)
    files = summary_tables.files(made.table, made.rules, known, settings, texts)
    call.publish(files, summary_tables.FILES)


def sizes(settings: Settings, made: Tabulated) -> Sizes:
    """Gather population and area of an edition; schematic borders give no area.

    Parameters
    ----------
    settings : Settings
        Say whether the borders are schematic.
    """
    from fsva.index import summary

    villages = made.joined.villages
    schematic = settings.boundary.schematic
    return summary.sizes(villages, None if schematic else villages.geometry.area)


def _lines(settings: Settings, made: Tabulated, known: Sizes, texts: Texts) -> Iterator[str]:
    """Yield the summary as it is shown in the terminal."""
    from fsva.index import summary
    from fsva.index.summary import ALL, NO_DATA, VULNERABLE, WHOLE
    from fsva.words import specification

    rules = made.rules
    counts = summary.tally(made.table, [rules.composite], known, rules)
    rows = counts.pivot(index=PARENT, columns="kelas", values="jumlah")
    own = counts[counts["kelas"] == VULNERABLE]
    percent = dict(zip(own[PARENT], own["persen"], strict=True))
    name = specification.district_name(settings, texts)
    yield texts("ringkasan.layar.kepala", daerah=name, tahun=settings.year)
    baseline = rules.baseline
    key = "metode" if baseline else "metode_nasional"
    yield texts(f"ringkasan.layar.{key}", metode=rules.id,
                dasar=baseline[texts.language] if baseline else "")  # fmt: skip
    if rules.composite.id in rules.proposed:
        yield texts("laporan.cut_off_usulan")
    whole = rows.loc[WHOLE]
    classed = whole[ALL] - whole[NO_DATA]
    if classed:
        yield texts("ringkasan.layar.utama", jumlah=whole[VULNERABLE], semua=classed,
                    persen=texts.decimal(percent[WHOLE], 2), **rules.sides)  # fmt: skip
    if whole[NO_DATA]:
        yield texts("ringkasan.layar.tanpa_data", jumlah=whole[NO_DATA])
    yield texts(f"ringkasan.luas.{known.area_origin}")
    yield ""
    yield from _places(rows, percent, name, rules, texts)
    yield ""
    yield from _factors(made, texts)


def _places(
    rows: pd.DataFrame, percent: Mapping[str, float], name: str, rules: Method, texts: Texts
) -> Iterator[str]:
    """Yield a line per place: villages per class, in vulnerable ones, without a class."""
    from fsva.index import summary
    from fsva.index.summary import NO_DATA, VULNERABLE, WHOLE

    classes = summary.classes_of(rules)
    head = ["rentan", "persen", "tanpa"]
    cells = [[texts("ringkasan.layar.wilayah"), *classes,
              *(texts(f"ringkasan.layar.{key}", **rules.sides) for key in head)]]  # fmt: skip
    for place, share in percent.items():
        row = rows.loc[place]
        shown = texts.decimal(share, 2) if row[list(classes)].any() else "-"
        numbers = [str(row[label]) for label in (*classes, VULNERABLE)]
        cells.append([name if place == WHOLE else place, *numbers, shown, str(row[NO_DATA])])
    yield from _aligned(cells)


def _factors(made: Tabulated, texts: Texts) -> Iterator[str]:
    """Yield the influential factors, the heaviest first."""
    from fsva.index import causes
    from fsva.words import chapter

    weighed = causes.influence(made.table, made.rules)
    if not len(weighed):
        yield texts("ringkasan.layar.tiada_rentan", **made.rules.sides)
        return
    yield texts("ringkasan.layar.faktor", **made.rules.sides)
    words = {i.id: chapter.cause(i, texts) for i in made.rules.indicators}
    yield from _aligned(
        [f"  {words[row['indikator']]}", texts.decimal(row["skor"], 2)]
        for row in weighed.to_dict("records")
    )


def _aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows with their columns under each other, numbers to the right."""
    kept = list(rows)
    widths = [max(map(len, column)) for column in zip(*kept, strict=True)]
    for first, *rest in kept:
        numbers = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *numbers])
