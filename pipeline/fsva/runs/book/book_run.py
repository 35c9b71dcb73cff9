"""The order of a report: from an edition to all files that ``fsva buku`` writes.

Owns which documents there are, and the manifest of their folder.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fsva.core import resources
from fsva.core.publishing import manifest
from fsva.runs import tabulation
from fsva.runs.book import book_files, edition_book, pictures
from fsva.runs.book.book_files import MadeBook
from fsva.runs.run_order import Order

LIBRARIES = ("jinja2", "python-docx", "typst")
_BOOK_PAPER = "a4"


def make(order: Order, folder: Path, standing: bytes | None, *, anew: bool) -> MadeBook:
    """Make all files of a report.

    Parameters
    ----------
    folder : Path
        Where they will stand.
    standing : bytes or None
        The Word file that stands there.
    anew : bool
        Begin anew; the Word file that stands there is kept under another name.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    order = on_paper(order)
    drawn = edition_book.gather(order, tabulation.tabulate(order.edition, order.village_layer))
    made = book_files.make(order, drawn, folder, None if anew else standing)
    if anew and standing is not None:
        made = book_files.keeping(made, standing, order.texts)
    files = dict(made.files)
    files[manifest.FILE_NAME] = _manifest(order, files)
    return replace(made, files=files)


def on_paper(order: Order) -> Order:
    """Return the order on the paper of a report, maps lying as the edition's layout does."""
    layout = order.edition.settings.layout
    paper, _, way = layout.partition("-")
    known = paper in ("a4", "a3") and way in ("", "mendatar", "tegak")
    wanted = "-".join(filter(None, (_BOOK_PAPER, way))) if known else _BOOK_PAPER
    return replace(order, edition=order.edition.in_layout(wanted))


def _manifest(order: Order, files: dict[str, bytes]) -> bytes:
    """Return the manifest of the folder: inputs of the atlas, and those of the report."""
    style = order.edition.folder
    template = book_files.template_file(order)
    more = [
        resources.style_of(style, edition_book.LOOK),
        resources.style_of(style, "buku/word.toml"),
        *(
            resources.style_of(style, pictures.template_of(order, name))
            for name in edition_book.TEMPLATES
        ),
        *([template] if template else []),
    ]
    inputs = dict(order.fingerprints) | manifest.describe_inputs(more, order.root)
    facts = {"nomor": order.number, "perintah": "buku", **order.facts()}
    return manifest.make(facts, inputs, files, (*order.libraries, *LIBRARIES))
