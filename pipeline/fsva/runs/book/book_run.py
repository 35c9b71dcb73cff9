"""The order of a report: from an edition to all files that ``fsva buku`` writes.

Owns which documents there are, and the manifest of their folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from fsva.core import resources
from fsva.runs import tabulation
from fsva.runs.book import book_files, edition_book
from fsva.runs.book.book_files import MadeDocument
from fsva.runs.run_order import Order

LIBRARIES = ("jinja2", "lxml", "python-docx", "typst")
_BOOK_PAPER = "a4"


@dataclass(frozen=True)
class MadeBook:
    """All files of a report.

    Parameters
    ----------
    documents : tuple of MadeDocument
        The report and the annex to the decree.
    files : dict of str to bytes
        File name to content, the manifest included.
    """

    documents: tuple[MadeDocument, ...]
    files: dict[str, bytes]


def make(
    order: Order, folder: Path, standing: Mapping[str, bytes | None], *, anew: bool
) -> MadeBook:
    """Make all files of a report.

    Parameters
    ----------
    folder : Path
        Where they will stand.
    standing : mapping of str to bytes or None
        The Word files that stand there, by the name of their document.
    anew : bool
        Begin anew; the Word files that stand there are kept under other names.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from fsva.files.tables import caption_table

    order = on_paper(order)
    drawn = edition_book.gather(
        order.edition, tabulation.of_order(order), order.texts, order.number
    )
    documents = []
    for name in edition_book.DOCUMENTS:
        there = standing.get(name)
        made = book_files.make(drawn, name, folder, None if anew else there)
        documents.append(book_files.keeping(made, there) if anew and there is not None else made)
    files = {file: content for made in documents for file, content in made.files.items()}
    book = next(made.text for made in documents if made.name == edition_book.REPORT)
    sizes = {n: (p.width_mm, p.height_mm) for n, p in drawn.pictures.items()}
    files[caption_table.CAPTIONS] = caption_table.captions_csv(book, sizes)
    files = order.recorded(files, "buku", inputs=_inputs(order), libraries=LIBRARIES)
    return MadeBook(tuple(documents), files)


def on_paper(order: Order) -> Order:
    """Return the order on the paper of a report, maps lying as the edition's layout does."""
    layout = order.edition.settings.layout
    paper, _, way = layout.partition("-")
    known = paper in ("a4", "a3") and way in ("", "mendatar", "tegak")
    wanted = "-".join(filter(None, (_BOOK_PAPER, way))) if known else _BOOK_PAPER
    return replace(order, edition=order.edition.in_layout(wanted))


def _inputs(order: Order) -> list[Path]:
    """Return what only the report depends on."""
    edition, language = order.edition, order.texts.language
    template = book_files.template_file(edition)
    return [
        resources.style_of(edition.folder, edition_book.LOOK),
        resources.style_of(edition.folder, "buku/word.toml"),
        *(edition_book.template_file(edition, name, language) for name in edition_book.DOCUMENTS),
        *([template] if template else []),
    ]
