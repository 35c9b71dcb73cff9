"""``fsva paparan``: the slides of an edition.

Owns the dialogue: place of the file.
"""

from __future__ import annotations

from fsva.cli import runner
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.core.texts import Texts


def make(texts: Texts) -> Command:
    """Return the command."""
    from fsva.runs.book.slides_run import FOLDER

    return runner.command(texts, "paparan", make_slides, words="paparan.bantuan", folder=FOLDER)


def make_slides(call: Call) -> None:
    """Write the slides of an edition with their manifest, all or none.

    Raises
    ------
    FsvaError
        If an input cannot be used; then the output folder stays unchanged.
    """
    from fsva.core.publishing import manifest
    from fsva.runs.book import slides_run

    files = slides_run.make(call.order)
    call.publish(files, (slides_run.SLIDES, manifest.FILE_NAME), "paparan.selesai")
