"""``fsva massal``: make the atlases of many editions in one run.

Owns the options, the progress and the status afterwards; ``fsva.runs.many`` makes the atlases.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, screen
from fsva.cli.commands import Command
from fsva.core import bounds
from fsva.core.errors import FsvaError, SourceError
from fsva.core.publishing import publish
from fsva.core.texts import Texts
from fsva.runs import run_order
from fsva.runs.many import batch_plan, edition_job, edition_list, workers
from fsva.runs.many.batch_plan import BatchChoices
from fsva.runs.many.edition_job import JobResult
from fsva.runs.many.supervision import Supervision
from fsva.runs.many.workers import LocalWorkers, Workers

if TYPE_CHECKING:
    from fsva.files.tables.batch_table import BatchRow

SOME_FAILED = FsvaError.exit_code


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(edisi: tuple[str, ...], bahasa: str, **given: Any) -> int:  # noqa: ANN401 - of click
        """Make all editions, then say what became of each."""
        return make_all(edisi, given, texts)

    return Command(
        texts,
        name="massal",
        help=texts("massal.bantuan"),
        callback=run,
        params=list(_params(texts)),
    )


def _params(texts: Texts) -> Iterator[click.Parameter]:
    folder = click.Path(path_type=Path)
    yield click.Argument(["edisi"], nargs=-1, required=True, metavar=texts("massal.m_edisi"))
    yield click.Option(
        ["--pekerja"], type=click.IntRange(1), metavar="N", help=texts("massal.o_pekerja")
    )
    yield click.Option(["--dask"], metavar=texts("massal.m_alamat"), help=texts("massal.o_dask"))
    yield click.Option(
        ["--sertifikat"],
        type=folder,
        metavar=texts("cli.m_folder"),
        help=texts("massal.o_sertifikat"),
    )
    yield click.Option(["--tanda-keyakinan"], is_flag=True, help=texts("keyakinan.o_tanda"))
    yield click.Option(["--aspek"], is_flag=True, help=texts("ringkasan.o_aspek"))
    yield options.theme(texts)
    yield options.layout(texts)
    yield click.Option(
        ["--bentuk"],
        type=click.Choice(run_order.FORMATS),
        multiple=True,
        help=texts("berkas.o_bentuk"),
    )
    output = options.output(texts)
    output.help = texts("massal.o_keluaran")
    yield output
    yield options.as_json(texts, writes=True)
    yield options.language(texts)


def make_all(words: Sequence[str], given: Mapping[str, Any], texts: Texts) -> int:
    """Make all editions, write the status, and return the exit code.

    Parameters
    ----------
    words : sequence of str
        Folders, patterns, lists.
    given : mapping of str to value
        The options by their names.

    Raises
    ------
    FsvaError
        No edition is named, or the workers cannot be had; nothing has been made then.
    """
    base = given["keluaran"]
    choices = BatchChoices(
        base,
        given["gaya"],
        given["tata_letak"],
        given["tanda_keyakinan"],
        given["aspek"],
        tuple(sorted(set(given["bentuk"]))),
    )
    folders = edition_list.folders(words)
    jobs, failed = batch_plan.plan(folders, choices, texts)
    made = _workers(given, len(jobs))
    progress = _Progress(len(jobs) + len(failed), texts, quiet=given["json"])
    for result in failed:
        progress.tell(result)
    run = Supervision(made, progress.tell, texts)
    place = batch_plan.status_folder(folders, base)
    try:
        run.run(jobs)
    finally:
        made.stop()
        every = [*failed, *run.results, *run.left(jobs)]
        rows = [_row(result, place) for result in batch_plan.ordered(every)]
        _publish(rows, progress.seconds, place, texts)
    return _told(rows, place, given["json"], texts)


def _workers(given: Mapping[str, Any], n_jobs: int) -> Workers:
    """Return the workers of this machine, or those of a scheduler."""
    known = bounds.load()
    if given["dask"]:
        from fsva.runs.many import dask_workers

        patience = known.times.scheduler
        return dask_workers.connect(given["dask"], given["sertifikat"], edition_job.make, patience)
    size = min(given["pekerja"] or workers.usual_size(), max(1, n_jobs))
    many = known.many
    return LocalWorkers(size, many.renew_after, many.deaths, edition_job.make)


@dataclass(eq=False)
class _Progress:
    """What is said while the editions are made.

    Parameters
    ----------
    total : int
        Editions.
    quiet : bool
        Whether nothing is said.
    """

    total: int
    texts: Texts
    quiet: bool
    begun: float = field(default_factory=time.monotonic)
    n_done: int = 0

    @property
    def seconds(self) -> float:
        """How long the run has taken so far."""
        return time.monotonic() - self.begun

    def tell(self, result: JobResult) -> None:
        """Say what became of an edition, and how long the others will take."""
        self.n_done += 1
        if self.quiet:
            return
        left = self.seconds / self.n_done * (self.total - self.n_done)
        screen.say(
            self.texts(
                "massal.kemajuan",
                nomor=self.n_done,
                semua=self.total,
                nama=result.job.name,
                hasil=self.texts(f"massal.hasil.{result.state}"),
                sisa=self._time(left),
            )
        )

    def _time(self, seconds: float) -> str:
        unit, number = ("menit", seconds / 60) if seconds >= 60 else ("detik", seconds)
        return self.texts(f"massal.{unit}", jumlah=round(number))


def _row(result: JobResult, place: Path) -> BatchRow:
    from fsva.files.tables.batch_table import BatchRow

    job = result.job
    outputs = os.path.relpath(job.outputs, place.absolute()) if job.code else ""
    return BatchRow(
        job.code,
        job.name,
        result.state,
        result.number,
        result.exit_code,
        result.told,
        result.seconds,
        result.cpu_seconds,
        result.memory_mib,
        str(job.folder),
        Path(outputs).as_posix() if outputs else "",
        result.draft,
    )


def _publish(rows: Sequence[BatchRow], seconds: float, place: Path, texts: Texts) -> None:
    from fsva.files.pages import batch_page
    from fsva.files.tables import batch_table

    files = {
        batch_table.FILE_NAME: batch_table.batch_csv(rows),
        batch_page.FILE_NAME: batch_page.write(rows, seconds, texts),
    }
    publish.publish(files, place, list(files))


def _told(rows: Sequence[BatchRow], place: Path, as_json: bool, texts: Texts) -> int:
    """Print the result; return the exit code."""
    counts = Counter(row.state for row in rows)
    if as_json:
        screen.say_json([asdict(row) for row in rows])
    else:
        for row in rows:
            if row.state == "gagal":
                screen.say(texts("massal.gagal", nama=row.name, sebab=row.reason), err=True)
        if drafts := [row.name for row in rows if row.draft]:
            listed = ", ".join(drafts)
            screen.say(texts("massal.draf", jumlah=len(drafts), nama=listed), err=True)
        named = {state: counts[state] for state in ("dibuat", "sama", "gagal", "belum")}
        screen.say(texts("massal.selesai", folder=place, **named))
    if counts["belum"]:
        raise SourceError("massal_terputus", (), {"jumlah": str(counts["belum"])})
    return SOME_FAILED if counts["gagal"] else 0
