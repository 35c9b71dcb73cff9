"""``fsva excel``: the forms 0 to 4 of an edition as a workbook with live formulas."""

from __future__ import annotations

from fsva.cli import runner
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.core.texts import Texts

FOLDER = "excel"


def make(texts: Texts) -> Command:
    """Return the command."""
    return runner.command(texts, "excel", make_workbook, words="excel.bantuan", folder=FOLDER)


def make_workbook(call: Call) -> None:
    """Write the workbook of an edition and the national template, all files or none.

    Raises
    ------
    FsvaError
        If an input cannot be used; then the output folder stays unchanged.
    """
    from fsva.runs import workbook_run

    files = workbook_run.files(call.order)
    call.publish(files, list(files))
