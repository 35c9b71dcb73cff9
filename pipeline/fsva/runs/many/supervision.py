"""The run of many editions: which is made when, and what happens when a worker dies.

Owns the order. One failure stops nothing; an edition whose worker died is tried again alone, when
no other is made, and given up after its last death.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field

from fsva.core import messages
from fsva.core.errors import SourceError
from fsva.core.texts import Texts
from fsva.runs.many.edition_job import EditionJob, JobResult
from fsva.runs.many.workers import Workers

_LOOK_S = 2.0  # seconds after which it is asked whether the workers are still there
Tell = Callable[[JobResult], None]


@dataclass(eq=False)
class Supervision:
    """A run of many editions.

    Parameters
    ----------
    workers : Workers
        They make the editions.
    tell : callable
        Hears of every edition that is done.
    texts : Texts
        The language.
    """

    workers: Workers
    tell: Tell
    texts: Texts
    results: list[JobResult] = field(default_factory=list, init=False)
    _running: dict[Future[JobResult], EditionJob] = field(default_factory=dict, init=False)
    _deaths: Counter[EditionJob] = field(default_factory=Counter, init=False)

    def run(self, jobs: Iterable[EditionJob]) -> None:
        """Make all editions; ``results`` holds what became of each, also if this is stopped.

        Parameters
        ----------
        jobs : iterable of EditionJob
            In the order in which they are begun.
        """
        waiting, alone = deque(jobs), deque[EditionJob]()
        while (waiting or alone or self._running) and not self.workers.is_gone():
            while waiting and len(self._running) < self.workers.size:
                self._start(waiting.popleft())
            if alone and not self._running:
                self._start(alone.popleft())
            alone.extend(self._collected())

    def left(self, jobs: Iterable[EditionJob]) -> list[JobResult]:
        """Return the editions that have no answer, as not tried."""
        done = {result.job for result in self.results}
        return [JobResult(job, "belum") for job in jobs if job not in done]

    def _start(self, job: EditionJob) -> None:
        self._running[self.workers.submit(job)] = job

    def _collected(self) -> list[EditionJob]:
        """Wait for an edition; return those whose worker died and that are to be tried alone."""
        done, _ = wait(self._running, _LOOK_S, FIRST_COMPLETED)
        again = []
        for future in done:
            job = self._running.pop(future)
            error = None if future.cancelled() else future.exception()
            if future.cancelled():
                continue
            if error is None:
                self._finish(future.result())
            elif self.workers.is_death(error):
                again += self._died(job)
            elif not self.workers.is_gone():
                raise error
        return again

    def _died(self, job: EditionJob) -> list[EditionJob]:
        """Count a death of a worker over an edition; return it if it is to be tried again."""
        self._deaths[job] += 1
        if self._deaths[job] < self.workers.most_deaths:
            return [job]
        self._finish(self._given_up(job))
        return []

    def _finish(self, result: JobResult) -> None:
        self.results.append(result)
        self.tell(result)

    def _given_up(self, job: EditionJob) -> JobResult:
        error = SourceError("massal_mati", (), {"jumlah": str(self._deaths[job])})
        told = messages.render(error, self.texts)
        return JobResult(job, "gagal", told=told, exit_code=error.exit_code)
