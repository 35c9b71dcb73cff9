"""The files of a report: Word, written again where its author has worked on it, and PDF.

Owns their names, and what is kept of an author's changes before they are replaced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.core.errors import Place
from fsva.core.publishing import manifest
from fsva.core.screens import steps
from fsva.core.texts import Texts
from fsva.runs.book import edition_book
from fsva.runs.book.edition_book import DrawnBook

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.files.book.word.document import WordOrder
    from fsva.files.book.word.rerun import AuthorChange, Rewritten
    from fsva.words.book.content import BookText, Piece

FOLDER, WORD = "buku", ".docx"
_PDF, _BEFORE, _CHANGES = ".pdf", "-sebelum-", "-suntingan-"
_KEPT_DIGITS = 8


@dataclass(frozen=True)
class MadeDocument:
    """A document as files.

    Parameters
    ----------
    name : str
        Of its files, without ending.
    files : dict of str to bytes
        File name to content.
    rewritten : Rewritten or None
        What was done to an earlier Word file; None where there was none.
    kept : str
        Name of the file that keeps the earlier Word file, if anything of it was replaced that its
        author had written.
    open_blanks : int
        Places that the author has still to fill in.
    text : BookText
        What it says, without what its author has written.
    """

    name: str
    files: dict[str, bytes]
    rewritten: Rewritten | None
    kept: str
    open_blanks: int
    text: BookText

    @property
    def word(self) -> str:
        """Name of its Word file."""
        return f"{self.name}{WORD}"


def is_kept(file: str) -> bool:
    """Tell whether a file keeps what an author has written: no later run removes it."""
    return _BEFORE in file or _CHANGES in file


def make(drawn: DrawnBook, name: str, folder: Path, standing: bytes | None) -> MadeDocument:
    """Make the Word file and the PDF of a document.

    Parameters
    ----------
    name : str
        One of ``fsva.runs.book.edition_book.DOCUMENTS``.
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
    with steps.taking("buku", len(drawn.material.table)):
        book = edition_book.compose(drawn, name)
        return _written(drawn, book, folder / f"{name}{WORD}", standing)


def _written(drawn: DrawnBook, book: BookText, file: Path, standing: bytes | None) -> MadeDocument:
    """Write a composed document as PDF and Word; ``file`` is where its Word file stands."""
    text, name = book, file.stem
    if standing is not None:
        book = replace(book, pieces=with_author(book.pieces, standing, file))
    typeset = edition_book.typeset(drawn, book)
    said = word_order(drawn, book, typeset.page_of)
    files = {f"{name}{_PDF}": typeset.pdf}
    if standing is None:
        word = new(said, _template(drawn.edition))
        # What cannot be read of a new file came with the template.
        left = open_blanks(word, said.template or file)
        return MadeDocument(name, files | {f"{name}{WORD}": word}, None, "", left, text)
    done = rewritten(said, standing, file)
    files[f"{name}{WORD}"] = done.content
    kept, beside = _kept(name, standing, done, drawn.texts)
    left = open_blanks(done.content, file)
    return MadeDocument(name, files | beside, done, kept, left, text)


def with_author(pieces: Sequence[Piece], standing: bytes, file: Path) -> tuple[Piece, ...]:
    """Return the pieces of a report with what its author has written into a Word file.

    Raises
    ------
    SourceError
        It is no Word file.
    """
    from fsva.files.book.word import rerun, word_package

    with word_package.reading(Place(file)):
        package = rerun.opened(standing, Place(file))
        return rerun.filled(pieces, rerun.written_by_author(package))


def rewritten(order: WordOrder, standing: bytes, file: Path) -> Rewritten:
    """Write a report again into the Word file on which its author has worked.

    Raises
    ------
    SourceError
        It is no Word file.
    """
    from fsva.files.book.word import rerun, word_package

    with word_package.reading(Place(file)):
        return rerun.rewrite(order, rerun.opened(standing, Place(file)))


def new(order: WordOrder, template: bytes | None) -> bytes:
    """Return a new Word file, in the template of the office if there is one.

    Raises
    ------
    SourceError
        The template is no Word file.
    """
    from fsva.files.book.word import document, word_package

    with word_package.reading(Place(order.template)):
        return document.new(order, template)


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
    from fsva.files.book.word import rerun, word_package

    with word_package.reading(Place(file)):
        return len(rerun.open_blanks(rerun.opened(standing, Place(file))))


def keeping(made: MadeDocument, standing: bytes) -> MadeDocument:
    """Return a document with the earlier Word file beside it, under another name."""
    kept = _beside(made.name, standing)
    return replace(made, files={**made.files, kept: standing}, kept=kept)


def _beside(name: str, standing: bytes) -> str:
    return f"{name}{_BEFORE}{manifest.hash_bytes(standing)[:_KEPT_DIGITS]}{WORD}"


def word_order(drawn: DrawnBook, book: BookText, page_of: Mapping[str, str]) -> WordOrder:
    """Return what a Word document of an edition is made from."""
    from fsva.files.book.word.document import WordOrder
    from fsva.words.book.content import Figure

    shown = {block.picture for block in book.blocks() if isinstance(block, Figure)}
    painted = {n: (p.png, p.width_mm, p.height_mm) for n, p in drawn.pictures.items() if n in shown}
    look = edition_book.look_of(drawn.edition)
    return WordOrder(book, painted, page_of, look, drawn.texts, template_file(drawn.edition))


def template_file(edition: Edition) -> Path | None:
    """Return the Word template that the office gives."""
    given = edition.settings.book.template
    return edition.path(given) if given else None


def _template(edition: Edition) -> bytes | None:
    from fsva.core import bounds

    file = template_file(edition)
    return bounds.content(file, bounds.load().workbook.most_bytes) if file else None


def _kept(
    name: str, standing: bytes, done: Rewritten, texts: Texts
) -> tuple[str, dict[str, bytes]]:
    """Return the earlier Word file under another name, and what its author had changed."""
    if not done.changed:
        return "", {}
    kept = _beside(name, standing)
    lines = [texts("buku.suntingan_kepala", berkas=kept), ""]
    for change in done.changed:
        lines += [*_told(change, texts), ""]
    listed = kept.replace(_BEFORE, _CHANGES).replace(WORD, ".txt")
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
