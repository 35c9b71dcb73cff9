"""What can go wrong, named after the thing that failed.

Owns the error classes and their exit codes. Their words stand in
``styles/teks/<language>/galat.toml`` under the error's key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from fsva.core.message_values import MessageValue
from fsva.core.remedies.edition_entries import EditionEntry

T = TypeVar("T")
# What the system says when the memory does not suffice to load a library.
_NO_ROOM = ("failed to map segment", "annot allocate memory")
R = TypeVar("R")


@dataclass(frozen=True)
class Place:
    """The place of a problem, as exactly as it is known.

    Parameters
    ----------
    file : Path or None
        The file as the user named it.
    row : int or None
        Row in the spreadsheet or line in the text file, counted from 1 with the header.
    column : str or None
        Column heading or key.
    village : str or None
        Name and code of the village.
    found : str, MessageValue or None
        The text or value that stands there.
    cell : str or None
        Sheet and cell of a workbook, e.g. ``Data!F12``.
    ailment : str or None
        What is wrong with a code, a key of ``styles/teks/<language>/kode.toml``.
    likely : str or None
        The code that was likely meant.
    """

    file: Path | None = None
    row: int | None = None
    column: str | None = None
    village: str | None = None
    found: str | MessageValue | None = None
    cell: str | None = None
    ailment: str | None = None
    likely: str | None = None


@dataclass
class FsvaError(Exception):
    """A problem that the user can mend, with its places and the key of its words.

    Parameters
    ----------
    key : str
        Section of ``styles/teks/<language>/galat.toml``; it holds what is wrong, what was
        expected and the remedy.
    places : sequence of Place
        All places; the printer shortens the list.
    facts : dict of str to str or MessageValue
        Values for the placeholders in the words.
    others : sequence of FsvaError
        Further problems that were found in the same step.
    decisions : sequence of EditionEntry
        What the office can write into ``edition.toml`` if it is true; perhaps nothing.
    """

    key: str
    places: Sequence[Place] = ()
    facts: Mapping[str, str | MessageValue] = field(default_factory=dict)
    others: Sequence[FsvaError] = ()
    decisions: Sequence[EditionEntry] = ()
    words: str = field(default="", init=False, repr=False, compare=False)
    stage: str = field(default="", init=False, repr=False, compare=False)

    exit_code = 1

    def __str__(self) -> str:
        """Return the words of the error if it has them, else its key, facts and first place.

        The command line writes its own messages; users of ``fsva.api`` read this one.
        """
        if self.words:
            return self.words
        first = f" at {self.places[0]}" if self.places else ""
        return f"{self.key} {self.facts}{first}"


class UsageError(FsvaError):
    """The command was called in a way that makes no sense."""

    exit_code = 2


class StoppedError(FsvaError):
    """The person at the keyboard, or the system, stopped the command."""

    exit_code = 130


class SourceError(FsvaError):
    """A file is missing, empty, unreadable, or not of the kind it should be."""

    exit_code = 10


class EditionError(FsvaError):
    """edition.toml says something unknown, impossible or contradictory."""

    exit_code = 11


class TableError(FsvaError):
    """A cell, column or row of an indicator table cannot be used."""

    exit_code = 20


class CodeError(FsvaError):
    """A village code breaks its grammar or stands twice."""

    exit_code = 30


class LayerError(FsvaError):
    """A boundary layer lacks what a map needs: fields, coordinate system, villages."""

    exit_code = 40


class GeometryError(FsvaError):
    """A polygon cannot be mended without changing the village."""

    exit_code = 41


class JoinError(FsvaError):
    """Table, crosswalk and layer do not account for each other one to one."""

    exit_code = 50


class StyleError(FsvaError):
    """A method, layout or text file under styles/ is wrong."""

    exit_code = 60


class CutOffError(StyleError):
    """Cut-offs of an indicator do not run in one direction, or their number is wrong."""

    exit_code = 61


class PublishError(FsvaError):
    """The outputs could not be put in their place; the earlier ones stand."""

    exit_code = 70


class BusyError(FsvaError):
    """Another run writes to the same place; nothing was written."""

    exit_code = 71


class CompareError(FsvaError):
    """Two editions cannot be compared, or only with ``--paksa``."""

    exit_code = 80


def each(items: Iterable[T], work: Callable[[T], R], before: Sequence[FsvaError] = ()) -> list[R]:
    """Do some work for every item, then stop once with all the errors.

    Parameters
    ----------
    items : iterable
        For instance columns; an error in one does not hide the errors in the next.
    work : callable
        Is called with each.
    before : sequence of FsvaError
        Errors found earlier; they come first.

    Returns
    -------
    list
        The result for each item.

    Raises
    ------
    FsvaError
        The first error, with the others in its ``others``.
    """
    done: list[R] = []
    failed: list[FsvaError] = list(before)
    for item in items:
        try:
            done.append(work(item))
        except FsvaError as problem:
            failed.append(problem)
    stop_at(failed)
    return done


def failures(items: Iterable[T], work: Callable[[T], object]) -> list[FsvaError]:
    """Do some work for every item, and return the errors.

    Parameters
    ----------
    items : iterable
        Columns or checks.
    work : callable
        Is called with each.

    Returns
    -------
    list of FsvaError
        In the order of the items.
    """
    failed: list[FsvaError] = []
    for item in items:
        try:
            work(item)
        except FsvaError as problem:
            failed.append(problem)
    return failed


def of_system(problem: BaseException) -> FsvaError | None:
    """Return what the system refuses to a command as an error of ours; None if it is a defect.

    Parameters
    ----------
    problem : BaseException
        As Python raised it: a file that may not be opened, a disk that is full, no more memory.
    """
    if isinstance(problem, OSError):
        if isinstance(problem.filename, str):
            place = Place(Path(problem.filename), found=problem.strerror)
            return SourceError("berkas_tak_terbaca", [place])
        return PublishError("sistem_menolak", [Place(found=problem.strerror or str(problem))])
    no_room = isinstance(problem, ImportError) and any(w in str(problem) for w in _NO_ROOM)
    return SourceError("memori_habis") if no_room or isinstance(problem, MemoryError) else None


def told_at(stage: str, problem: FsvaError) -> FsvaError:
    """Note at which stage an error is told: its remedies may name only what exists by then.

    Parameters
    ----------
    stage : str
        A section of the texts, e.g. ``baru``: its ``perbaikan.<key>`` stand in for those of the
        errors, its ``perbaikan_semua`` for all.
    """
    for error in (problem, *problem.others):
        error.stage = stage
    return problem


def stop_at(problems: Sequence[FsvaError]) -> None:
    """Raise several problems as one error; do nothing if there are none.

    Parameters
    ----------
    problems : sequence of FsvaError
        In the order of the message.

    Raises
    ------
    FsvaError
        The first, the others in its ``others``.
    """
    every = [error for problem in problems for error in (problem, *problem.others)]
    for error in every:
        error.others = ()  # the first one lists them all
    if every:
        every[0].others = every[1:]
        raise every[0]
