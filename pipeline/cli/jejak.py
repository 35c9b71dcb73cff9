"""``fsva jejak``: every number of one village, from the raw cell to its class.

Owns the dialogue: which village is meant, and the trace on the screen.
"""

from __future__ import annotations

import click

from pipeline import edition as editions
from pipeline.cli import runner
from pipeline.cli.commands import Command
from pipeline.cli.runner import Call
from pipeline.database import Layer
from pipeline.errors import JoinError, Place
from pipeline.texts import Texts


def make(texts: Texts) -> Command:
    """Return the command.

    Parameters
    ----------
    texts : Texts
        The reader's language.
    """

    def run(call: Call, *, desa: str) -> None:
        click.echo(trace_village(call.edition, desa, call.layer, texts))

    village = click.Argument(["desa"], metavar=texts("jejak.m_desa"))
    return runner.command(texts, "jejak", run, words="jejak.bantuan", writes=False, more=[village])


def trace_village(edition: editions.Edition, wanted: str, layer: Layer | None, texts: Texts) -> str:
    """Return the trace of a village in words.

    Parameters
    ----------
    edition : Edition
        The edition.
    wanted : str
        Name, BPS code or Kemendagri code of the village.
    layer : Path, Database or None
        Another boundary layer than the edition's.
    texts : Texts
        The language.

    Raises
    ------
    FsvaError
        If an input cannot be used, or no or several villages are meant.
    """
    from pipeline import inheritance, orders, tabulation, trace, trace_words
    from pipeline.sources import cells, tables

    made = tabulation.tabulate(orders.place(edition, layer, texts))
    code = trace.find(made.table, wanted)
    traced = trace.of_village(made.table, made.rules, code)
    titles = tables.titles(made.rules, raw=edition.settings.data.raw is not None)
    source = inheritance.source_of(made.joined.inherited.ledger, traced.bps_code)
    if source is None:
        village_name = f"{made.table.loc[code, 'desa']!s} ({traced.bps_code})"
        raise JoinError("jejak_pemekaran", [Place(edition.file, village=village_name)])
    records = cells.gather(edition, source, titles)
    village = trace_words.Village(traced, records, edition.settings, made.rules, texts)
    return trace_words.write(village)
