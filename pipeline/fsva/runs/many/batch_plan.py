"""What a run of many editions is asked for, and where each atlas goes.

Owns the choices of the run and the jobs that follow from them. An edition that cannot be read, or
whose outputs are another's, is an answer and stops no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fsva.config.editions import edition as editions
from fsva.config.editions.edition import Edition
from fsva.core import messages
from fsva.core.errors import EditionError, FsvaError, Place
from fsva.core.publishing import manifest
from fsva.core.resources import project_of, resolved
from fsva.core.texts import Texts
from fsva.runs.many.edition_job import EditionJob, JobResult

FOLDER = "massal"


@dataclass(frozen=True)
class BatchChoices:
    """The options of the run, for all editions alike.

    Parameters
    ----------
    base : Path or None
        Folder below which all atlases go; None: each into the outputs of its project.
    theme, layout : str or None
        In place of the editions' own.
    marks_unsure, with_aspects, formats
        As ``fsva.runs.run_order.Order``.
    """

    base: Path | None = None
    theme: str | None = None
    layout: str | None = None
    marks_unsure: bool = False
    with_aspects: bool = False
    formats: tuple[str, ...] = ()

    def outputs(self, edition: Edition, language: str) -> Path:
        """Return the folder of the atlas of an edition."""
        return (
            edition.outputs(language) if self.base is None else self.base / edition.place(language)
        )


def status_folder(folders: Iterable[Path], base: Path | None) -> Path:
    """Return where the status of a run goes: below ``base``, else in the first project."""
    first = next(iter(folders))
    return (base or project_of(first) / "outputs") / FOLDER


def plan(
    folders: Iterable[Path], choices: BatchChoices, texts: Texts
) -> tuple[list[EditionJob], list[JobResult]]:
    """Return what is to be made, and the editions of which it is plain that they cannot be.

    Parameters
    ----------
    folders : iterable of Path
        From ``fsva.runs.many.edition_list.folders``.
    texts : Texts
        The language of maps and messages.
    """
    jobs: list[EditionJob] = []
    failed: list[JobResult] = []
    taken: dict[Path, Path] = {}
    program = manifest.program()["program"]
    for folder in folders:
        try:
            edition = editions.load(folder)
            outputs = choices.outputs(edition, texts.language)
            first = taken.setdefault(resolved(outputs), folder)
            if first != folder:
                raise EditionError("massal_keluaran", [Place(edition.file)], {"lain": str(first)})
            jobs.append(_job(edition, outputs, choices, texts, program))
        except FsvaError as error:
            told = messages.render(error, texts)
            nothing = EditionJob(folder, folder, folder.name, "", texts.language)
            failed.append(JobResult(nothing, "gagal", told=told, exit_code=error.exit_code))
    return jobs, failed


def _job(
    edition: Edition, outputs: Path, choices: BatchChoices, texts: Texts, program: str
) -> EditionJob:
    settings = edition.settings
    return EditionJob(
        edition.folder.absolute(),
        outputs.absolute(),
        f"{settings.district.full_name} {settings.year}",
        settings.district.code,
        texts.language,
        choices.theme,
        choices.layout,
        choices.marks_unsure,
        choices.with_aspects,
        choices.formats,
        program,
    )


def ordered(results: Iterable[JobResult]) -> Iterator[JobResult]:
    """Yield results by the code of their district, those without one last."""
    yield from sorted(results, key=lambda r: (not r.job.code, r.job.code, str(r.job.folder)))
