"""``fsva selaraskan``: propose pairs of villages of the table and the boundary layer.

Owns the dialogue: proposals, villages without one, next steps. ``fsva.begin.harmonise`` makes the
proposals; they join nothing before a person confirms them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fsva.cli import options, runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.config.editions import edition as editions
from fsva.core.columns import PARENT, UNIT
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.begin.harmonise_run import Harmonised
    from fsva.config.editions.database import Layer

MOST_NAMED = 20


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(call: Call, json: bool) -> None:
        """Propose pairs for one edition."""
        done = propose(call.edition, call.layer, texts, quiet=json)
        if json:
            screen.say_json(record(done))

    return runner.command(
        texts,
        "selaraskan",
        run,
        words="selaraskan.bantuan",
        writes=False,
        more=[options.as_json(texts, writes=True)],
    )


def propose(
    edition: editions.Edition, layer: Layer | None, texts: Texts, *, quiet: bool = False
) -> Harmonised:
    """Write proposals into the edition's table of matching codes, and print them.

    Parameters
    ----------
    layer : Path, Database or None
        Another boundary layer than the edition's.
    quiet : bool
        Whether they are not printed.

    Raises
    ------
    FsvaError
        If an input cannot be used; then the table of matching codes stays unchanged.

    Returns
    -------
    Harmonised
        What was proposed.
    """
    from fsva.begin import harmonise_run
    from fsva.core.publishing import publish
    from fsva.files.tables import cells
    from fsva.runs import run_order

    order = run_order.place(edition, layer, texts)
    done = harmonise_run.of_edition(order.edition, order.village_layer)
    if done.changes:
        publish.write(cells.for_offices(done.columns()), done.file, over=done.stood)
    for line in () if quiet else describe(done, texts):
        screen.say(line)
    return done


def record(done: Harmonised) -> dict[str, Any]:
    """Return proposals, kecamatan and villages without a partner as JSON holds them."""
    matches, book = done.found, done.book
    names = {p.table.group: p.table.group_name for p in matches.proposals}
    return {
        "dipastikan": len(book.known.confirmed),
        "menunggu": len(book.known.waiting),
        PARENT: [
            {PARENT: names.get(one, one), "kode": other, "skor": score}
            for one, other, score in matches.kecamatan
        ],
        "usulan": [
            {
                "kode_tabel": p.table.code,
                "desa_tabel": p.table.name,
                "kode_layer": p.layer.code,
                "desa_layer": p.layer.name,
                "skor": p.score,
                "alasan": p.reason,
            }
            for p in matches.proposals
        ],
        "sisa_tabel": [{"kode": v.code, UNIT: v.name} for v in matches.table_left],
        "sisa_layer": [{"kode": v.code, UNIT: v.name} for v in matches.layer_left],
        "ditarik": list(book.withdrawn),
        "usang": list(book.outdated),
        "berkas": str(done.file),
    }


def describe(done: Harmonised, texts: Texts) -> Iterator[str]:
    """Yield the proposals and the next steps.

    Parameters
    ----------
    done : Harmonised
        From ``harmonise_run.of_edition``.
    """
    matches, book = done.found, done.book
    yield texts("selaraskan.sudah", jumlah=len(book.known.confirmed))
    names = {p.table.group: p.table.group_name for p in matches.proposals}
    for one, other, score in matches.kecamatan:
        if one in names and other:  # a layer without kecamatan has no other
            facts = {"nama": names[one], "kode": other, "skor": texts.decimal(score, 1)}
            yield texts("selaraskan.kecamatan", **facts)
    for proposal in matches.proposals:
        if proposal.reason in ("mirip", "nama_kembar"):
            yield texts(
                f"selaraskan.{proposal.reason}",
                tabel=proposal.table.name,
                layer=proposal.layer.name,
                kode=proposal.layer.code,
                skor=texts.decimal(proposal.score, 1),
            )
    same = sum(p.reason in ("nama_sama", "kode") for p in matches.proposals)
    yield texts("selaraskan.usulan", jumlah=len(matches.proposals), sama=same)
    yield from _leftover(done, texts)
    waiting = len(matches.proposals) + len(book.known.waiting)
    key = "putuskan" if waiting else "selesai"
    yield texts(f"selaraskan.{key}", jumlah=waiting, berkas=done.file)


def _leftover(done: Harmonised, texts: Texts) -> Iterator[str]:
    """Yield villages without a partner, and rows of the file that no longer fit."""
    book, matches = done.book, done.found
    for key, villages in (("sisa_tabel", matches.table_left), ("sisa_layer", matches.layer_left)):
        if villages:
            names = [f"{v.name} ({v.code})" for v in villages]
            yield texts(f"selaraskan.{key}", jumlah=len(villages), desa=_shortened(names, texts))
    for key, rows in (("ditarik", book.withdrawn), ("usang", book.outdated)):
        if rows:
            one, other, name, *_ = done.form.columns
            names = [f"{r[name]} ({r[one]} = {r[other]})" for r in rows]
            yield texts(f"selaraskan.{key}", jumlah=len(rows), desa=_shortened(names, texts))


def _shortened(names: Sequence[str], texts: Texts) -> str:
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown}, {texts('galat.umum.dan_lagi', n=more)}" if more > 0 else shown
