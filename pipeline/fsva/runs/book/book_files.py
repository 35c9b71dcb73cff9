"""The files of a report: Word, written again where its author has worked on it, and PDF.

Owns their names, and what is kept of an author's changes before they are replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.core.errors import Place
from fsva.core.publishing import manifest
from fsva.core.texts import Texts
from fsva.runs.book import edition_book
from fsva.runs.book.edition_book import DrawnBook
from fsva.runs.run_order import Order

if TYPE_CHECKING:
    from fsva.files.book.word.document import WordOrder
    from fsva.files.book.word.rerun import AuthorChange, Rewritten
    from fsva.words.book.content import BookText

FOLDER, WORD, PDF = "buku", "buku.docx", "buku.pdf"
KEPT = "buku-s"  # what of an author is kept: no later run removes it
_KEPT_DIGITS = 8


@dataclass(frozen=True)
class MadeBook:
    """A report as files.

    Parameters
    ----------
    files : dict of str to bytes
        File name to content.
    rewritten : Rewritten or None
        What was done to an earlier Word file; None where there was none.
    kept : str
        Name of the file that keeps the earlier Word file, if anything of it was replaced that its
        author had written.
    open_blanks : int
        Places that the author has still to fill in.
    """

    files: dict[str, bytes]
    rewritten: Rewritten | None
    kept: str
    open_blanks: int


def make(order: Order, drawn: DrawnBook, folder: Path, standing: bytes | None) -> MadeBook:
    """Make the Word file and the PDF of a report.

    Parameters
    ----------
    order : Order
        Edition, language.
    folder : Path
        Where they stand, for errors.
    standing : bytes or None
        The Word file on which its author has worked; None to begin anew.

    Raises
    ------
    FsvaError
        The earlier file or the office's template is no Word file; the look or the template of the
        text cannot be used.
    """
    from fsva.files.book.word import document, rerun
    from fsva.files.book.word.word_package import WordPackage

    book = edition_book.compose(order, drawn)
    package = None
    if standing is not None:
        package = rerun.opened(standing, Place(folder / WORD))
        pieces = rerun.filled(book.pieces, rerun.written_by_author(package))
        book = replace(book, pieces=pieces)
    typeset = edition_book.typeset(order, book, drawn)
    said = word_order(order, book, drawn, typeset.page_of)
    files = {PDF: typeset.pdf}
    if package is None or standing is None:
        files[WORD] = document.new(said, _template(order))
        left = len(rerun.open_blanks(WordPackage(files[WORD])))
        return MadeBook(files, None, "", left)
    done = rerun.rewrite(said, package)
    files[WORD] = done.content
    kept, beside = _kept(standing, done, order.texts)
    return MadeBook(files | beside, done, kept, len(rerun.open_blanks(package)))


def can_read() -> bool:
    """Tell whether the library that reads Word files is installed."""
    return find_spec("lxml") is not None


def open_blanks(standing: bytes, file: Path) -> int:
    """Count the places of a Word file that its author has still to fill in.

    Raises
    ------
    SourceError
        It is no Word file.
    """
    from fsva.files.book.word import rerun

    return len(rerun.open_blanks(rerun.opened(standing, Place(file))))


def keeping(made: MadeBook, standing: bytes, texts: Texts) -> MadeBook:
    """Return a report with the earlier Word file beside it, under another name."""
    kept = texts("buku.sebelum", sidik=manifest.hash_bytes(standing)[:_KEPT_DIGITS])
    return replace(made, files={**made.files, kept: standing}, kept=kept)


def word_order(
    order: Order, book: BookText, drawn: DrawnBook, page_of: Mapping[str, str]
) -> WordOrder:
    """Return what a Word document of an edition is made from."""
    from fsva.files.book.word.document import WordOrder

    painted = {n: (p.png, p.width_mm, p.height_mm) for n, p in drawn.pictures.items()}
    look = edition_book.look_of(order)
    return WordOrder(book, painted, page_of, look, order.texts, template_file(order))


def template_file(order: Order) -> Path | None:
    """Return the Word template that the office gives."""
    given = order.edition.settings.book.template
    return order.edition.path(given) if given else None


def _template(order: Order) -> bytes | None:
    from fsva.core import bounds

    file = template_file(order)
    return bounds.content(file, bounds.load().workbook.most_bytes) if file else None


def _kept(standing: bytes, done: Rewritten, texts: Texts) -> tuple[str, dict[str, bytes]]:
    """Return the earlier Word file under another name, and what its author had changed."""
    if not done.changed:
        return "", {}
    digest = manifest.hash_bytes(standing)[:_KEPT_DIGITS]
    kept = texts("buku.sebelum", sidik=digest)
    lines = [texts("buku.suntingan_kepala", berkas=kept), ""]
    for change in done.changed:
        lines += [*_told(change, texts), ""]
    listed = texts("buku.suntingan", sidik=digest)
    return kept, {kept: standing, listed: "\n".join(lines).encode("utf-8")}


def _told(change: AuthorChange, texts: Texts) -> list[str]:
    """Return the lines of a part that its author had changed, before and after."""
    import difflib

    if change.only_form:
        return [texts("buku.suntingan_bentuk", bagian=change.tag)]
    if not change.generated:
        head = texts("buku.suntingan_tanpa_catatan", bagian=change.tag)
        return [head, *(f"  {line}" for line in change.found if line.strip())]
    told = difflib.ndiff(change.generated, change.found)
    marked = [line.rstrip() for line in told if line.startswith(("- ", "+ ")) and line[2:].strip()]
    return [texts("buku.suntingan_bagian", bagian=change.tag), *marked]
