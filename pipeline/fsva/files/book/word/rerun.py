"""A report written again into a document that its author has worked on.

Owns what a later run may touch: its own controls in the document, pictures, and its record. All
other parts of the file keep their bytes, and all of the document outside the controls stays equal
as canonical XML. What the author changed within a control is returned, and the caller keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fsva.core.errors import Place
from fsva.core.texts import Texts
from fsva.files.book.word import controls, document, draft_head, record, word_package
from fsva.files.book.word.blocks import BlockWriter, Outline, outline_of
from fsva.files.book.word.document import WordOrder
from fsva.files.book.word.record import PartRecord
from fsva.files.book.word.word_package import WordPackage
from fsva.files.book.word.word_xml import Element, bookmark_name, name, words_of
from fsva.words.book.content import Blank, Block, Contents, Figure, Part, Piece


@dataclass(frozen=True)
class AuthorChange:
    """A generated part that its author has changed.

    Parameters
    ----------
    tag : str
        Of the part.
    generated, found : tuple of str
        Its lines as the program wrote them, and as they stand.
    """

    tag: str
    generated: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def only_form(self) -> bool:
        """Whether only the form of the words, or a picture, differs."""
        return self.generated == self.found


@dataclass(frozen=True)
class Rewritten:
    """What a later run did to a document.

    Parameters
    ----------
    content : bytes
        The file.
    replaced : tuple of str
        Tags of the parts that are new now.
    changed : tuple of AuthorChange
        Parts that the author had changed; they are replaced too.
    removed : tuple of str
        Parts that the author has taken out; they are not put back.
    missing : tuple of str
        Parts that the document never had, because the template is newer.
    is_bare : bool
        Whether the document has none of its controls any more, as after LibreOffice saved it as
        .docx; then nothing was done to it.
    """

    content: bytes
    replaced: tuple[str, ...]
    changed: tuple[AuthorChange, ...]
    removed: tuple[str, ...]
    missing: tuple[str, ...]
    is_bare: bool = False


def opened(content: bytes, place: Place) -> WordPackage:
    """Return an earlier document.

    Raises
    ------
    SourceError
        It is no Word file.
    """
    with word_package.reading(place):
        return WordPackage(content)


def written_by_author(package: WordPackage) -> dict[str, tuple[str, ...]]:
    """Return what the author has written into the places that are left to him, by their keys."""
    found = {}
    for tag, sdt in controls.found(package.document, controls.BLANK):
        lines = [line for line in record.of(package, sdt).lines if line.strip()]
        if not controls.is_open(sdt) and lines and not _is_hint(lines):
            found[tag] = tuple(lines)
    return found


def open_blanks(package: WordPackage) -> list[str]:
    """Return the tags of the places that the author has not filled in."""
    written = written_by_author(package)
    tags = [tag for tag, _ in controls.found(package.document, controls.BLANK)]
    return [tag for tag in dict.fromkeys(tags) if tag not in written]


def _is_hint(lines: Sequence[str]) -> bool:
    """Tell whether there is only the hint: some programs drop the mark that it is one."""
    return len(lines) == 1 and lines[0].startswith("[") and lines[0].endswith("]")


def filled(pieces: Sequence[Piece], written: dict[str, tuple[str, ...]]) -> tuple[Piece, ...]:
    """Return the pieces of a report with what its author has written."""
    return tuple(
        Blank(p.key, p.guide, written.get(controls.tag_of(controls.BLANK, p.key), ()))
        if isinstance(p, Blank)
        else p
        for p in pieces
    )


def rewrite(order: WordOrder, package: WordPackage) -> Rewritten:
    """Write a report again into a document.

    Parameters
    ----------
    order : WordOrder
        The report as it is now.
    package : WordPackage
        The document as its author left it; it is changed.
    """
    before = record.read(package)
    standing = [
        (tag, sdt, record.of(package, sdt))
        for tag, sdt in controls.found(package.document, controls.GENERATED)
    ]
    if before and not standing:
        return Rewritten(package.source, (), (), (), (), is_bare=True)
    parts = {controls.tag_of(controls.GENERATED, p.tag): p for p in document.parts_of(order.book)}
    writer = _writer(order, package, [parts[tag] for tag, *_ in standing if tag in parts])
    replaced, changed = [], []
    for tag, sdt, here in standing:
        if tag not in parts:
            continue
        elements = document.part_content(writer, parts[tag])
        new = record.of(package, controls.control(tag, "", elements))
        if _is_same(parts[tag].blocks, here, new):
            continue
        changed += _by_author(tag, before.get(tag), here, parts[tag])
        # What was made for the comparison was moved there: it is made again.
        controls.fill(sdt, document.part_content(writer, parts[tag]))
        replaced.append(tag)
    package.drop_unused(document.MEDIA)
    now = {**before, **record.parts_in(package)}
    marked = draft_head.mark(package, order.book.draft, document.draft_style(package))
    same = not replaced and now == before and not marked
    if not same:
        record.write(package, now)
    there = {tag for tag, *_ in standing}
    return Rewritten(
        package.source if same else package.packed(),
        tuple(dict.fromkeys(replaced)),
        tuple(changed),
        tuple(tag for tag in parts if tag in before and tag not in there),
        tuple(tag for tag in parts if tag not in before and tag not in there),
    )


def _writer(order: WordOrder, package: WordPackage, parts: Sequence[Part]) -> BlockWriter:
    """Return what writes the parts that stand in a document; only their pictures are put in."""
    shown = {b.picture for part in parts for b in part.blocks if isinstance(b, Figure)}
    pictures = {key: picture for key, picture in order.pictures.items() if key in shown}
    outline = _outline(order, package)
    return BlockWriter(document.setting_of(replace(order, pictures=pictures), package, outline, ""))


def _by_author(
    tag: str, told: PartRecord | None, here: PartRecord, part: Part
) -> list[AuthorChange]:
    """Return what an author has changed in a part; all of it where nothing was recorded."""
    if told is None:
        return [AuthorChange(tag, (), here.lines)]
    if told.mark == here.mark or _is_contents(part.blocks):
        return []
    return [AuthorChange(tag, told.lines, here.lines)]


def _is_contents(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, Contents) for block in blocks)


def _is_same(blocks: Sequence[Block], here: PartRecord, new: PartRecord) -> bool:
    """Tell whether a part stands as it is written now; contents by their words alone."""
    if not _is_contents(blocks):
        return here.mark == new.mark
    return _entries(here) == _entries(new)


def _entries(part: PartRecord) -> list[str]:
    """Return the entries of contents without tabs and numbers of pages, which Word counts."""
    return ["".join((line.rpartition("\t")[0] or line).split()) for line in part.lines if line]


def _outline(order: WordOrder, package: WordPackage) -> list[Outline]:
    """Return what contents list: the headings of the document, the captions of the report."""
    ours = outline_of(order.book.blocks())
    return [
        *_headings(package, ours, order.texts),
        *(entry for entry in ours if entry.kind != "isi"),
    ]


def _headings(package: WordPackage, ours: Sequence[Outline], texts: Texts) -> list[Outline]:
    """Return the headings of a document in their order, the author's own among them.

    They are counted as Word counts them; one of ours that was renamed keeps its bookmark.
    """
    styles = document.styles_of(package)
    level_of = {styles[f"heading {n}"]: n for n in (1, 2, 3) if f"heading {n}" in styles}
    keys = {bookmark_name(entry.key): entry.key for entry in ours}
    counts = [0, 0, 0]
    listed = []
    for paragraph in package.body.iter(name("w:p")):
        style = paragraph.find(f"{name('w:pPr')}/{name('w:pStyle')}")
        level = level_of.get("" if style is None else str(style.get(name("w:val"))))
        words = words_of(paragraph).strip()
        if level is None or not words:
            continue
        marks = (str(b.get(name("w:name"))) for b in paragraph.iter(name("w:bookmarkStart")))
        key = next((keys[mark] for mark in marks if mark in keys), "")
        number = _number(paragraph, level, counts, texts)
        listed.append(Outline("isi", level, f"{number} {words}".strip(), key))
    return listed


def _number(paragraph: Element, level: int, counts: list[int], texts: Texts) -> str:
    """Return the number of a heading, counted on; nothing for one that has none."""
    number = paragraph.find(f"{name('w:pPr')}/{name('w:numPr')}/{name('w:numId')}")
    if number is not None and number.get(name("w:val")) == "0":
        return ""
    counts[level - 1] += 1
    counts[level:] = [0] * (len(counts) - level)
    dotted = ".".join(map(str, counts[:level]))
    return texts("buku.bab", nomor=dotted) if level == 1 else f"{dotted}."
