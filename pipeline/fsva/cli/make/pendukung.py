"""``fsva pendukung``: tables and charts of the report's supporting data.

Owns the dialogue: what is shown on the screen, and where the files stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fsva.cli import options, runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.core import printed
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.words.supporting.table_words import SupportingPart

FOLDER = "pendukung"


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(call: Call, json: bool) -> None:
        """Print the tables, or write them."""
        show(call) if json else make_tables(call)

    return runner.command(
        texts,
        "pendukung",
        run,
        words="pendukung.bantuan",
        folder=FOLDER,
        more=[options.as_json(texts)],
    )


def show(call: Call) -> None:
    """Print the supporting tables as JSON; nothing is written.

    Raises
    ------
    FsvaError
        If an input cannot be used, the layer among them, as where files are written.
    """
    from fsva.runs import supporting_run, tabulation

    tabulation.tabulate(call.order.edition, call.order.village_layer)
    parts = supporting_run.parts(call.order.edition, call.texts)
    call.say_json([_record(part) for part in parts])


def _record(part: SupportingPart) -> dict[str, Any]:
    """Return a table as JSON holds it."""
    return {
        "id": part.id,
        "judul": part.caption,
        "kolom": list(part.headings),
        "baris": [list(row) for row in part.rows],
        "kalimat": list(part.sentences),
        "sumber": part.source,
    }


def make_tables(call: Call) -> None:
    """Print the supporting tables of an edition and write their files, all or none.

    Raises
    ------
    FsvaError
        If an input cannot be used; then the output folder stays unchanged.
    """
    from fsva.core.publishing import manifest
    from fsva.runs import supporting_run

    edition, texts = call.order.edition, call.texts
    read = supporting_run.tables(edition)
    if not read:
        screen.say(texts("pendukung.tiada"))
        return
    for line in _lines(supporting_run.parts(edition, texts)):
        screen.say(line)
    found = supporting_run.findings(edition, read)
    screen.say(texts("pendukung.temuan", jumlah=len(found)))
    files = supporting_run.files(call.order)
    call.publish(
        files, lambda: [*files, *manifest.own_outputs(call.folder, call.name)], "pendukung.selesai"
    )


def _lines(parts: Sequence[SupportingPart]) -> Iterator[str]:
    """Yield the tables and what they show."""
    for part in parts:
        yield part.caption
        lines = [(f"  {label}", *numbers) for label, *numbers in (part.headings, *part.rows)]
        yield from printed.table(lines, printed.width())
        yield from (f"  {sentence}" for sentence in part.sentences)
        yield ""
