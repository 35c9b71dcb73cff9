"""``fsva keyakinan``: the certainty of the class of every village.

Owns the options and the dialogue. ``fsva.runs.certainty_run`` owns the computation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fsva.cli import options, runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.config.editions.assumptions import Assumptions
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.index.result_columns import Columns
    from fsva.index.sureness.uncertainty import Certainty
    from fsva.runs.certainty_run import Question

FOLDER = "keyakinan"
_LEAST_SURE = 5


@dataclass(frozen=True)
class CertaintyOptions:
    """Options besides edition and language.

    Parameters
    ----------
    draws, seed : int or None
        Replace those of the assumptions.
    sobol : bool
        Compute Sobol indices.
    """

    assumptions: Path | None
    draws: int | None
    seed: int | None
    sobol: bool

    def apply(self, assumed: Assumptions) -> Assumptions:
        """Return the assumptions with the draws and the seed of the command line."""
        given = {"draws": self.draws, "seed": self.seed}
        return assumed.model_copy(update={k: v for k, v in given.items() if v is not None})


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(
        call: Call,
        asumsi: Path | None,
        undian: int | None,
        benih: int | None,
        sobol: bool,
        json: bool,
    ) -> None:
        """Take the options together, then compute."""
        judge(call, CertaintyOptions(asumsi, undian, benih, sobol), as_json=json)

    return runner.command(
        texts,
        "keyakinan",
        run,
        words="keyakinan.bantuan",
        folder=FOLDER,
        more=list(_params(texts)),
    )


def _params(texts: Texts) -> Iterator[click.Parameter]:
    number = texts("keyakinan.m_angka")
    output = options.output(texts)
    output.help = texts("keyakinan.o_keluaran")
    yield output
    yield click.Option(
        ["--asumsi"],
        type=click.Path(path_type=Path),
        metavar=texts("cli.m_berkas"),
        help=texts("keyakinan.o_asumsi"),
    )
    yield click.Option(
        ["--undian"],
        type=click.IntRange(100, 1_000_000),
        metavar=number,
        help=texts("keyakinan.o_undian"),
    )
    yield click.Option(
        ["--benih"], type=click.IntRange(0), metavar=number, help=texts("keyakinan.o_benih")
    )
    yield click.Option(["--sobol"], is_flag=True, help=texts("keyakinan.o_sobol"))
    yield options.as_json(texts)


def judge(call: Call, choices: CertaintyOptions, *, as_json: bool = False) -> None:
    """Write the certainty of an edition's classes, all files or none, and print a summary.

    Parameters
    ----------
    as_json : bool
        Print the tables as JSON and write nothing.

    Raises
    ------
    FsvaError
        If an input cannot be used; then the output folder stays unchanged.
    """
    from fsva.files.tables import certainty_tables as writers
    from fsva.files.tables import program_records
    from fsva.index.sureness import sensitivity
    from fsva.runs import certainty_run, tabulation

    order, edition, texts = call.order, call.edition, call.texts
    assumed = choices.apply(certainty_run.assumptions(edition, choices.assumptions))
    tabulated = tabulation.of_order(order)
    place = choices.assumptions or edition.file
    question = certainty_run.ask(edition, tabulated, assumed, place)
    sure = question.answer()
    spread = assumed.weight_spread
    others = sensitivity.alternatives(tabulated.table, tabulated.rules, spread, sure.sampling)
    counted = certainty_run.summary(question, sure, others)
    files = {
        writers.VILLAGES: writers.villages_csv(
            tabulated.table, question.spread, sure, others, tabulated.rules, texts.language
        ),
        writers.SUMMARY: writers.summary_csv(counted, tabulated.rules),
    }
    if choices.sobol:
        indices = sensitivity.sobol(
            tabulated.table, question.spread, tabulated.rules, (spread, assumed.seed)
        )
        files[writers.SOBOL] = writers.sobol_csv(indices, tabulated.rules)
    if as_json:
        call.say_json(program_records.of_files(files))
        return
    for line in _lines(question, sure, others, counted, texts):
        screen.say(line)
    owned = [writers.VILLAGES, writers.SUMMARY, writers.SOBOL]
    call.publish(files, owned, "keyakinan.selesai", ("SALib",) if choices.sobol else ())


def _lines(
    question: Question, sure: Certainty, others: Columns, counted: Columns, texts: Texts
) -> Iterator[str]:
    """Yield the numbers of stable classes, and the least certain composite classes."""
    import numpy as np

    from fsva.index import result_columns
    from fsva.runs.certainty_run import STABLE

    threshold = texts.decimal(STABLE, 2)
    draws = texts.decimal(sure.sampling.draws, 0)
    yield texts("keyakinan.cara", undian=draws, benih=sure.sampling.seed)
    yield texts("keyakinan.judul_stabil")
    names = {m.id: m.name[texts.language] for m in question.tabulated.rules.measures()}
    for row in result_columns.records(counted):
        counts = {"stabil": row["stabil"], "jumlah": row["jumlah_desa"], "batas": threshold}
        if not row["jumlah_desa"]:
            yield from _of_nothing(row["soal"], names[row["ukuran"]], texts)
        elif row["soal"] == "galat":
            yield texts("keyakinan.stabil", nama=names[row["ukuran"]], **counts)
        else:
            yield texts("keyakinan.bobot", **counts)
    if not np.isnan(others["peluang_bobot"]).all():
        yield _scalings(question, others, texts)
    yield from _least_sure(question, sure, texts)


def _of_nothing(asked: str, name: str, texts: Texts) -> Iterator[str]:
    """Yield a remark for a measure without classes; without a composite no weights are varied."""
    if asked == "galat":
        yield texts("keyakinan.tiada_kelas", nama=name)
    else:
        yield texts("keyakinan.tiada_bobot")


def _scalings(question: Question, others: Columns, texts: Texts) -> str:
    """Return the number of composite classes that other scalings change."""
    shown = question.tabulated.table.classes[question.tabulated.rules.composite.id]
    moved = {}
    for name in ("tahun", "peringkat"):
        other = others[f"kelas_skala_{name}"]
        moved[name] = int(((other > 0) & (shown > 0) & (other != shown)).sum())
    return texts("keyakinan.skala", **moved)


def _least_sure(question: Question, sure: Certainty, texts: Texts) -> Iterator[str]:
    tabulated = question.tabulated
    table, shown = tabulated.table, tabulated.table.classes[tabulated.rules.composite.id]
    shares = enumerate(sure.of_class(shown, tabulated.rules.composite).tolist())
    least = sorted((share, n) for n, share in shares if share < 1)[:_LEAST_SURE]
    if least:
        yield texts("keyakinan.terendah")
    for share, n in least:
        yield texts(
            "keyakinan.baris_terendah",
            desa=table.names[n],
            kecamatan=table.subdistricts[n],
            kelas=int(shown[n]),
            peluang=texts.decimal(share, 3),
        )
