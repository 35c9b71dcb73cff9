"""``fsva jejak``: every number of one village, from the raw cell to its class.

Owns the dialogue: the choice of the village, and the trace on the screen.
"""

from __future__ import annotations

import click

from fsva.cli import runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.config.editions import edition as editions
from fsva.config.editions.database import Layer
from fsva.core.errors import JoinError, Place
from fsva.core.texts import Texts


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(call: Call, *, desa: str) -> None:
        """Trace one village."""
        screen.say(trace_village(call.edition, desa, call.layer, texts))

    village = click.Argument(["desa"], metavar=texts("jejak.m_desa"))
    return runner.command(texts, "jejak", run, words="jejak.bantuan", writes=False, more=[village])


def trace_village(edition: editions.Edition, wanted: str, layer: Layer | None, texts: Texts) -> str:
    """Return the trace of a village in words.

    Parameters
    ----------
    wanted : str
        Name, BPS code or Kemendagri code of the village.
    layer : Path, Database or None
        Another boundary layer than the edition's.

    Raises
    ------
    FsvaError
        If an input cannot be used, or no or several villages match.
    """
    from fsva.index import trace
    from fsva.runs import run_order, tabulation
    from fsva.sources.tables import edition_tables, village_cells
    from fsva.villages import inheritance
    from fsva.words import trace_words

    order = run_order.place(edition, layer, texts)
    tabulated = tabulation.tabulate(order.edition, order.village_layer)
    code = trace.find(tabulated.table, wanted)
    traced = trace.of_village(tabulated.table, tabulated.rules, code)
    titles = edition_tables.titles(tabulated.rules, raw=edition.settings.data.raw is not None)
    source = inheritance.source_of(tabulated.joined.inherited.ledger, traced.bps_code)
    if source is None:
        village_name = f"{traced.village} ({traced.bps_code})"
        raise JoinError("jejak_pemekaran", [Place(edition.file, village=village_name)])
    records = village_cells.gather(edition, source, titles)
    village = trace_words.TracedVillage(traced, records, edition.settings, tabulated.rules, texts)
    return trace_words.write(village)
