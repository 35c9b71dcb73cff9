"""One edition of many: what is asked of a worker, and what it answers.

Owns both values and the making itself, which runs in a process of its own, perhaps on another
machine. It imports heavy libraries when it makes an atlas.
"""

from __future__ import annotations

import gc
import os
import sys
import time
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fsva.config.editions import edition as editions
from fsva.core import errors, messages, texts
from fsva.core.errors import FsvaError, Place, SourceError
from fsva.core.publishing import manifest, publish
from fsva.core.texts import Language, Texts
from fsva.runs import run_order

if TYPE_CHECKING:
    from fsva.runs.run_order import Order

State = Literal["dibuat", "sama", "gagal", "belum"]
_MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class EditionJob:
    """An edition that a worker is to make.

    Parameters
    ----------
    folder : Path
        Of the edition.
    outputs : Path
        Folder of its atlas.
    name : str
        Of the district, with the year.
    code : str
        Of the district, ``53.04``; empty if the edition cannot be read.
    language : Language
        Of maps and messages.
    theme, layout : str or None
        In place of the edition's.
    marks_unsure, with_aspects, formats
        As ``fsva.runs.run_order.Order``.
    program : str
        Hash of the program that asks; a worker with another one refuses.
    """

    folder: Path
    outputs: Path
    name: str
    code: str
    language: Language
    theme: str | None = None
    layout: str | None = None
    marks_unsure: bool = False
    with_aspects: bool = False
    formats: tuple[str, ...] = ()
    program: str = ""


@dataclass(frozen=True)
class JobResult:
    """What became of an edition.

    Parameters
    ----------
    job : EditionJob
        The edition.
    state : {"dibuat", "sama", "gagal", "belum"}
        Made, unchanged, failed, or not tried.
    number : str
        Print number of the run; empty if there is none.
    told : str
        Why it failed, as the command ``fsva atlas`` says it.
    exit_code : int
        As of ``fsva atlas``.
    seconds, cpu_seconds : float
        Time that it took, and processor time of its worker.
    memory_mib : float
        The most that its worker has held so far; 0 where the system does not say.
    draft : str
        The mark of its sheets, with what the edition leaves open; empty where it is complete.
    """

    job: EditionJob
    state: State
    number: str = ""
    told: str = ""
    exit_code: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    memory_mib: float = 0.0
    draft: str = ""


def make(job: EditionJob) -> JobResult:
    """Make the atlas of an edition unless it is there already; whatever fails is an answer.

    Parameters
    ----------
    job : EditionJob
        The edition.
    """
    # Whatever its surroundings say, PROJ fetches no grids: results would depend on them.
    os.environ["PROJ_NETWORK"] = "OFF"
    begun, worked = time.perf_counter(), time.process_time()
    gc.disable()  # what an edition holds lives to its end: collected once then, not all along
    words = texts.load(job.language)
    try:
        result = _made(job, words)
    except FsvaError as error:
        result = _failed(job, messages.render(error, words), error.exit_code)
    except Exception as problem:  # a defect of ours in one edition must not stop the others
        refused = errors.of_system(problem)
        told = traceback.format_exc() if refused is None else messages.render(refused, words)
        result = _failed(job, told, 1 if refused is None else refused.exit_code)
    gc.enable()
    gc.collect()
    seconds, spent = time.perf_counter() - begun, time.process_time() - worked
    return replace(
        result,
        seconds=seconds,
        cpu_seconds=spent,
        memory_mib=_memory(),
    )


def _failed(job: EditionJob, told: str, exit_code: int) -> JobResult:
    return JobResult(job, "gagal", told=told, exit_code=exit_code)


def _made(job: EditionJob, words: Texts) -> JobResult:
    from fsva.runs import production
    from fsva.words import draft

    here = manifest.program()["program"]
    if job.program != here:
        places = [Place(found=here[: manifest.NUMBER_DIGITS])]
        raise SourceError("massal_program", places, {"ada": job.program[: manifest.NUMBER_DIGITS]})
    order = _order(job, words)
    number, mark = order.number, draft.of(order.edition.settings, words).sentence
    if manifest.is_current(job.outputs, order.facts(), order.fingerprints, order.libraries):
        publish.tidy(job.outputs)
        return JobResult(job, "sama", number, draft=mark)
    files = production.produce(order, lambda _: None)
    publish.publish(
        files,
        job.outputs,
        lambda: [*manifest.own_outputs(job.outputs, manifest.ATLAS), manifest.FILE_NAME],
    )
    return JobResult(job, "dibuat", number, draft=mark)


def _order(job: EditionJob, words: Texts) -> Order:
    edition = editions.load(job.folder).in_theme(job.theme).in_layout(job.layout)
    return replace(
        run_order.place(edition, None, words),
        marks_unsure=job.marks_unsure,
        with_aspects=job.with_aspects,
        formats=job.formats,
    )


def _memory() -> float:
    """Return the most memory that this process has held, MiB."""
    if sys.platform == "win32":
        return 0.0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1 if sys.platform == "darwin" else 1024) / _MEBIBYTE
