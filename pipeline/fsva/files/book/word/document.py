"""A new Word document of a report: its pieces in sections, in the office's template or in ours.

Owns sections, where the text begins, and what a template lacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from fsva.config.styles.book_look import BookLook
from fsva.core.errors import Place, SourceError
from fsva.core.texts import Texts
from fsva.files.book import pages
from fsva.files.book.pages import PageGroup
from fsva.files.book.word import (
    base_document,
    controls,
    draft_head,
    page_feet,
    record,
    word_package,
    word_xml,
)
from fsva.files.book.word.base_document import STYLES
from fsva.files.book.word.blocks import (
    BlockWriter,
    BookSetting,
    Outline,
    PlacedPicture,
    outline_of,
)
from fsva.files.book.word.word_package import WordPackage
from fsva.files.book.word.word_xml import TWIPS_PER_MM, Element, element, name, words_of
from fsva.words.book.content import Blank, BookHeading, BookText, Break, Part, Piece

PNG = "image/png"
MEDIA = "media/fsva-"
_HERE = "[isi buku]"  # a paragraph of a template that says so is where the text begins
_NUMBERS = {"sampul": None, "awal": "lowerRoman", "isi": "decimal"}
_BEFORE_TYPE = ("headerReference", "footerReference")
_AFTER = ("cols", "docGrid")


@dataclass(frozen=True, eq=False)
class WordOrder:
    """What a Word document is made from.

    Parameters
    ----------
    book : BookText
        The report.
    pictures : mapping of str to (bytes, float, float)
        PNG, width and height in millimetres by name.
    page_of : mapping of str to str
        Printed page numbers by key, stored as results of fields.
    look : BookLook
        Sizes and colours.
    texts : Texts
        The language.
    template : Path or None
        The office's template.
    """

    book: BookText
    pictures: Mapping[str, tuple[bytes, float, float]]
    page_of: Mapping[str, str]
    look: BookLook
    texts: Texts
    template: Path | None = None

    def base(self) -> bytes:
        """Return the document without text that one in our look begins with."""
        return base_document.make(self.book, self.look, self.texts)


def new(order: WordOrder, template: bytes | None) -> bytes:
    """Return a new document.

    Parameters
    ----------
    template : bytes or None
        The content of the office's template.

    Raises
    ------
    UsageError
        python-docx (extra ``buku``) is not installed.
    SourceError
        The template is no Word file.
    """
    base = WordPackage(order.base())
    package = base if template is None else _opened(template, order.template)
    number = "" if template is None else _complete(package, base, order.texts)
    writer = BlockWriter(setting_of(order, package, outline_of(order.book.blocks()), number))
    body = package.body
    last = body.find(name("w:sectPr"))
    if last is None:
        last = deepcopy(base.body.find(name("w:sectPr")))
        body.append(last)
    if template is None:
        for child in list(body):
            if child is not last:
                body.remove(child)
    place = _place(body, last)
    turned_foot = page_feet.turned(package, order.look) if template is None else ""
    for made in _sections(order, writer, last, turned_foot):
        place.addprevious(made)
    if place is not last:
        body.remove(place)
    draft_head.mark(package, order.book.draft, draft_style(package))
    record.write(package, record.parts_in(package))
    return package.packed()


def _opened(content: bytes, file: Path | None) -> WordPackage:
    with word_package.reading(Place(file)):
        return WordPackage(content)


def setting_of(
    order: WordOrder, package: WordPackage, outline: Sequence[Outline], number: str
) -> BookSetting:
    """Return what blocks are written with, after the pictures were put into the document."""
    placed = {
        key: PlacedPicture(package.put_picture(f"{MEDIA}{key}", content, PNG), width, height)
        for key, (content, width, height) in order.pictures.items()
    }
    return BookSetting(
        styles_of(package), placed, outline, order.page_of, order.look, order.texts, number
    )


def styles_of(package: WordPackage) -> dict[str, str]:
    """Return the ids of the styles of a document by their names in small letters."""
    part = package.part_of("styles")
    if part is None:
        return {}
    found = {}
    for style in package.root(part).iter(name("w:style")):
        called = style.find(name("w:name"))
        if called is not None and style.get(name("w:type")) == "paragraph":
            found[str(called.get(name("w:val"))).lower()] = str(style.get(name("w:styleId")))
    return found


def draft_style(package: WordPackage) -> str:
    """Return the id of the style of the mark of a draft; empty in a document without it."""
    return styles_of(package).get(STYLES["draf"].lower(), "")


def _complete(package: WordPackage, base: WordPackage, texts: Texts) -> str:
    """Add to a template the styles it lacks; return the list that numbers headings.

    Returns
    -------
    str
        Empty where the template's own headings are numbered.
    """
    part, own = package.part_of("styles"), base.part_of("styles")
    if part is None or own is None:
        raise SourceError("buku_bukan_word", [Place(found="styles.xml")])
    root, ours = package.root(part), base.root(own)
    has = styles_of(package)
    wanted = {STYLES[key].lower() for key in STYLES}
    for style in ours.iter(name("w:style")):
        called = style.find(name("w:name"))
        known = str(called.get(name("w:val"))).lower() if called is not None else ""
        if known in wanted and known not in has:
            added = deepcopy(style)
            for numbered in added.iter(name("w:numPr")):
                numbered.getparent().remove(numbered)
            root.append(added)
    package.change(part, root)
    package.parts[part] = word_xml.written(root)
    return _numbering(package, base, root, texts)


def _numbering(package: WordPackage, base: WordPackage, styles: Element, texts: Texts) -> str:
    """Add the list that numbers headings, unless the template's headings are numbered."""
    ids = styles_of(package)
    first = ids[STYLES["judul_1"].lower()]
    for style in styles.iter(name("w:style")):
        if (
            style.get(name("w:styleId")) == first
            and style.find(f".//{name('w:numPr')}") is not None
        ):
            return ""
    part = package.part_of("numbering")
    if part is None:
        own = base.part_of("numbering")
        content = base.parts[own] if own else b""
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
        package.put("numbering.xml", content, "numbering", kind)
        part = package.part_of("numbering") or ""
    root = package.root(part)
    levels = [ids[STYLES[f"judul_{n}"].lower()] for n in (1, 2, 3)]
    abstract, number = base_document.heading_numbers(root, texts, levels)
    for style in abstract.iter(name("w:pStyle")):
        style.getparent().remove(style)  # the template's styles stay as they are
    first_number = root.find(name("w:num"))
    if first_number is None:
        root.append(abstract)
    else:
        first_number.addprevious(abstract)
    root.append(number)
    package.change(part, root)
    return str(number.get(name("w:numId")))


def _place(body: Element, last: Element) -> Element:
    """Return the element before which the text goes: a mark in a template, else its end."""
    for paragraph in body.iter(name("w:p")):
        words = words_of(paragraph)
        if words.strip().lower() == _HERE and paragraph.getparent() is body:
            return paragraph
    return last


def _sections(
    order: WordOrder, writer: BlockWriter, last: Element, turned_foot: str
) -> list[Element]:
    """Return the pieces of all groups of pages; the last section is that of the document."""
    made: list[Element] = []
    groups = pages.groups(order.book.pieces)
    template = deepcopy(last)
    for n, group in enumerate(groups):
        made += _pieces(order, writer, group)
        section = _section(template, group, order.look)
        if group.turned and turned_foot:
            page_feet.refer(section, turned_foot)
        if n + 1 < len(groups):
            made.append(_edge(writer, section))
        else:
            _become(last, section)
    return made


def _edge(writer: BlockWriter, section: Element) -> Element:
    """Return the paragraph that ends a section, as small as may be."""
    edge = writer.of([])[0]
    form = edge.find(name("w:pPr"))
    if form is None:
        form = element("w:pPr")
        edge.insert(0, form)
    form.append(section)
    return edge


def _become(last: Element, section: Element) -> None:
    for child in list(last):
        last.remove(child)
    last.extend(list(section))


def _section(template: Element, group: PageGroup, look: BookLook) -> Element:
    """Return the properties of a section: paper as it lies, and how its pages are numbered."""
    kept = {kind: template.findall(name(f"w:{kind}")) for kind in (*_BEFORE_TYPE, *_AFTER)}
    size, margins = _paper(template, group, look)
    number = _NUMBERS[group.kind]
    counted = element("w:pgNumType", fmt=number, start=1 if group.begins else None)
    return element(
        "w:sectPr",
        *(deepcopy(e) for kind in _BEFORE_TYPE for e in kept[kind]),
        element("w:type", val="nextPage"),
        size,
        margins,
        counted if number else None,
        *(deepcopy(e) for e in kept["cols"]),
        element("w:titlePg") if group.kind == "sampul" else None,
        *(deepcopy(e) for e in kept["docGrid"]),
    )


def _paper(template: Element, group: PageGroup, look: BookLook) -> tuple[Element, Element]:
    """Return size and margins; upright pages are those of the template."""
    size, margins = (template.find(name(f"w:{kind}")) for kind in ("pgSz", "pgMar"))
    if not group.turned and size is not None and margins is not None:
        return deepcopy(size), deepcopy(margins)
    paper = look.paper
    wide, high = round(paper.height * TWIPS_PER_MM), round(paper.width * TWIPS_PER_MM)
    side, top, bottom = (
        round(mm * TWIPS_PER_MM)
        for mm in (paper.turned_side, paper.turned_top, paper.turned_bottom)
    )
    turned = element("w:pgSz", w=wide, h=high, orient="landscape")
    around = element(
        "w:pgMar", top=top, right=side, bottom=bottom, left=side,
        header=round(top / 2), footer=round(bottom / 2), gutter=0,
    )  # fmt: skip
    return turned, around


def _pieces(order: WordOrder, writer: BlockWriter, group: PageGroup) -> list[Element]:
    made: list[Element] = []
    after_break = False
    for n, piece in enumerate(group.pieces):
        if isinstance(piece, Break):
            after_break = True
            continue
        if isinstance(piece, BookHeading):
            at_top = after_break or n == 0
            made.append(writer.heading(piece, on_new_page=after_break, at_top=at_top))
        else:
            if after_break:
                made += writer.of([Break()])
            made += _piece(order, writer, piece)
        after_break = False
    return made


def _piece(order: WordOrder, writer: BlockWriter, piece: Piece) -> list[Element]:
    if isinstance(piece, Part):
        return [part_control(order, writer, piece)]
    if isinstance(piece, Blank):
        return [writer.blank(piece)]
    return writer.of([piece])


def parts_of(book: BookText) -> list[Part]:
    """Return the generated parts of a report as they stand in a document."""
    return [
        piece
        for group in pages.groups(book.pieces)
        for piece in group.pieces
        if isinstance(piece, Part)
    ]


def part_control(order: WordOrder, writer: BlockWriter, part: Part) -> Element:
    """Return the control of a generated part."""
    alias = order.texts("buku.nama_bagian", nama=part.tag)
    return controls.control(
        controls.tag_of(controls.GENERATED, part.tag), alias, part_content(writer, part)
    )


def part_content(writer: BlockWriter, part: Part) -> list[Element]:
    """Return what stands in the control of a part.

    It begins with an empty paragraph: LibreOffice prints the codes of fields in the first one.
    """
    return [writer.edge(keeps=True), *writer.of(part.blocks)]
