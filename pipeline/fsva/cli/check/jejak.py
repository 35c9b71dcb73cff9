"""``fsva jejak``: every number of one village, from the raw cell to its class.

Owns the dialogue: the choice of the village, and the trace on the screen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import class_colours, options, runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.config.editions import edition as editions
from fsva.config.editions.database import Layer
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.errors import JoinError, Place
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.config.methods.method import Measure
    from fsva.index.trace import TraceStep
    from fsva.words.trace_words import TracedVillage


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(call: Call, *, desa: str, json: bool) -> None:
        """Trace one village."""
        from fsva.words import trace_words

        village = traced(call.edition, desa, call.layer, texts)
        if json:
            call.say_json(_record(village))
        else:
            word = texts.raw("jejak.prioritas").partition("{")[0].strip()
            paint = class_colours.painter(village.method, rf"\b{re.escape(word)}\s+\d(?!\S)")
            screen.say(trace_words.write(village), paint=paint)

    village = click.Argument(["desa"], metavar=texts("jejak.m_desa"))
    return runner.command(
        texts,
        "jejak",
        run,
        words="jejak.bantuan",
        writes=False,
        more=[village, options.as_json(texts)],
    )


def traced(
    edition: editions.Edition, wanted: str, layer: Layer | None, texts: Texts
) -> TracedVillage:
    """Return the trace of a village with its cells and what its words need.

    Parameters
    ----------
    wanted : str
        Name, BPS code or Kemendagri code of the village.
    layer : Path, Database or None
        Another boundary layer than the edition's.

    Raises
    ------
    FsvaError
        If an input cannot be used, or no village or several match.
    """
    from fsva.config.editions import headings
    from fsva.index import trace
    from fsva.runs import run_order, tabulation
    from fsva.sources.tables import village_cells
    from fsva.villages import inherited_values
    from fsva.words.trace_words import TracedVillage

    order = run_order.place(edition, layer, texts)
    tabulated = tabulation.of_order(order)
    code = trace.find(tabulated.table, wanted)
    steps = trace.of_village(tabulated.table, tabulated.rules, code)
    titles = headings.of_method(tabulated.rules, raw=edition.settings.data.raw is not None)
    source = inherited_values.source_of(tabulated.joined.inherited.ledger, steps.bps_code)
    if source is None:
        village_name = f"{steps.village} ({steps.bps_code})"
        raise JoinError("jejak_pemekaran", [Place(edition.file, village=village_name)])
    records = village_cells.gather(edition, source, titles)
    return TracedVillage(steps, records, edition.settings, tabulated.rules, texts)


def _record(village: TracedVillage) -> dict[str, Any]:
    """Return a trace as JSON holds it: numbers with the decimals of their map."""
    trace, composite = village.trace, village.method.composite
    row = village.records.values
    return {
        KEMENDAGRI: trace.code,
        BPS: trace.bps_code,
        PARENT: trace.kecamatan,
        UNIT: trace.village,
        "kelas": trace.priority,
        "skor": _rounded(trace.score, composite),
        "dasar": trace.basis,
        "peringkat": trace.rank,
        "jumlah_desa": trace.n_villages,
        "tabel": {"berkas": row.file, "baris": row.row},
        "penyebab": [indicator.id for indicator in trace.causes],
        "ukuran": [_of_step(step, composite) for step in trace.steps],
    }


def _of_step(step: TraceStep, composite: Measure) -> dict[str, Any]:
    """Return an indicator of the village; points and scores as on the map of the composite."""
    indicator = step.indicator
    return {
        "ukuran": indicator.id,
        "nilai": _rounded(step.value, indicator),
        "kelas": step.priority,
        "kelas_hitung": step.computed,
        "dasar": step.basis,
        "cut_off": list(indicator.cut_offs) if indicator.cut_offs is not None else None,
        "skor": _rounded(step.score, composite),
        "bobot": indicator.weight,
        "poin": _rounded(step.contribution, composite),
    }


def _rounded(value: float | None, measure: Measure) -> float | None:
    """Return a number as the tables have it, rounded half up."""
    from fsva.files.tables import cells

    text = cells.number(value, measure.digits, ".")
    return float(text) if text else None
