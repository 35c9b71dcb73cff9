"""The blocks of a report as paragraphs and tables of Word.

Owns their elements. A style that a document does not have falls back to its body text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fsva.config.styles.book_look import BookLook
from fsva.core.texts import Texts
from fsva.files.book.word import controls, fields
from fsva.files.book.word.base_document import STYLES
from fsva.files.book.word.word_xml import (
    EMU_PER_MM,
    TWIPS_PER_MM,
    Element,
    bookmark,
    bookmark_name,
    element,
    name,
    number_of,
    paragraph,
    printable,
    run,
    tab,
)
from fsva.words.book.content import (
    Blank,
    Block,
    BookHeading,
    BookParagraph,
    BookTable,
    Break,
    Caption,
    Contents,
    Emphasis,
    Figure,
    Listing,
    Reference,
    Sentence,
)

_ALIGNS = {"kiri": "left", "tengah": "center", "kanan": "right"}
_TWIPS_PER_POINT = 20
_HEAD_STYLES = {1: "judul_1", 2: "judul_2", 3: "judul_3"}


@dataclass(frozen=True)
class PlacedPicture:
    """A picture within a document.

    Parameters
    ----------
    rel_id : str
        Of its relationship.
    width_mm, height_mm : float
        Its own size.
    """

    rel_id: str
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class Outline:
    """What contents list: an entry of a report.

    Parameters
    ----------
    kind : str
        ``isi`` for a heading, else that of a caption.
    level : int
        Of a heading.
    """

    kind: str
    level: int
    words: str
    key: str


@dataclass(frozen=True, eq=False)
class BookSetting:
    """What blocks are written with.

    Parameters
    ----------
    styles : mapping of str to str
        Ids of the document's styles by their names in small letters.
    pictures : mapping of str to PlacedPicture
        By their names.
    outline : sequence of Outline
        What contents list, in order.
    page_of : mapping of str to str
        Printed page numbers by key.
    heading_number : str
        Number of a list that headings must name, where their styles do not.
    """

    styles: Mapping[str, str]
    pictures: Mapping[str, PlacedPicture]
    outline: Sequence[Outline]
    page_of: Mapping[str, str]
    look: BookLook
    texts: Texts
    heading_number: str = ""

    def style(self, key: str) -> str:
        """Return the id of a style; empty where the document lacks it."""
        return self.styles.get(STYLES[key].lower(), "")


def outline_of(blocks: Sequence[Block]) -> list[Outline]:
    """Return what contents list of some blocks."""
    listed = []
    for block in blocks:
        if isinstance(block, BookHeading):
            listed.append(Outline("isi", block.level, block.whole, block.key))
        elif isinstance(block, BookTable | Figure) and (caption := block.caption):
            words = f"{caption.label}. {caption.title}"
            listed.append(Outline(caption.kind, 1, words, caption.key))
    return listed


class BlockWriter:
    """Writes blocks.

    Parameters
    ----------
    setting : BookSetting
        Styles, pictures, numbers of pages.
    """

    def __init__(self, setting: BookSetting) -> None:
        self._set = setting
        self._makers: dict[type, Callable[[Any], Iterator[Element]]] = {
            BookHeading: self._heading,
            BookParagraph: self._paragraph,
            Listing: self._listing,
            BookTable: self._grid,
            Figure: self._figure,
            Blank: self._blank,
            Contents: self._contents,
            Break: self._break,
        }

    def of(self, blocks: Sequence[Block]) -> list[Element]:
        """Return the elements of some blocks, an empty paragraph for none."""
        made = [e for block in blocks for e in self._makers[type(block)](block)]
        if made and made[-1].tag == name("w:tbl"):
            made.append(self._par("batas"))  # Word wants a paragraph behind a table
        return made or [self._par("batas")]

    def edge(self, *, keeps: bool = False) -> Element:
        """Return an empty paragraph, as small as may be, perhaps kept with what follows."""
        return self._par("batas", form=[element("w:keepNext")] if keeps else [])

    def _par(self, style: str, *content: Element, form: Sequence[Element] = ()) -> Element:
        return paragraph(self._set.style(style), *content, form=form)

    def heading(
        self, block: BookHeading, *, on_new_page: bool = False, at_top: bool = False
    ) -> Element:
        """Return a heading, perhaps at the top of a page; its number is that of Word."""
        form = [element("w:keepNext")]
        if on_new_page:
            form.append(element("w:pageBreakBefore"))
        number = self._set.heading_number if block.numbered else "0"
        if number:
            level = element("w:ilvl", val=block.level - 1)
            form.append(element("w:numPr", level, element("w:numId", val=number)))
        if at_top:
            form.append(element("w:spacing", before=0))
        words = bookmark(bookmark_name(block.key), run(block.words))
        return self._par(_HEAD_STYLES[block.level], *words, form=form)

    def _heading(self, block: BookHeading) -> Iterator[Element]:
        yield self.heading(block)

    def _paragraph(self, block: BookParagraph) -> Iterator[Element]:
        style = block.style if block.style in STYLES else "isi"
        yield self._par(style, *self._sentence(block.sentence))

    def _sentence(self, sentence: Sentence) -> Iterator[Element]:
        for part in sentence:
            if isinstance(part, Reference):
                yield from fields.reference(part.key, part.words)
            elif isinstance(part, Emphasis):
                yield run(part.words, italic=True)
            else:
                yield run(part)

    def _listing(self, block: Listing) -> Iterator[Element]:
        for entry, after in zip(block.entries, [*block.entries[1:], None], strict=True):
            style = "butir_1" if entry.level else "butir_0"
            form = []
            if after is None:
                after_points = self._set.look.body.after
                form.append(element("w:spacing", after=round(after_points * _TWIPS_PER_POINT)))
            elif after.level > entry.level:
                form.append(element("w:keepNext"))
            words = (run(entry.label), tab(), *self._sentence(entry.sentence))
            yield self._par(style, *words, form=form)

    def _caption(self, said: Caption, *, above: bool) -> Element:
        form = [element("w:keepNext")] if above else []
        return self._par("keterangan", *fields.caption(said), form=[*form, self._jc("tengah")])

    def _jc(self, align: str) -> Element:
        return element("w:jc", val=_ALIGNS[align])

    def _grid(self, block: BookTable) -> Iterator[Element]:
        if block.caption:
            yield self._caption(block.caption, above=True)
        wide, _ = self._set.look.paper.room(turned=block.turned)
        widths = [round(share * wide * TWIPS_PER_MM / sum(block.widths)) for share in block.widths]
        columns = element("w:tblGrid", *(element("w:gridCol", w=w) for w in widths))
        head = self._row(block, block.heads, widths, is_head=True)
        rows = [
            self._group(block, row[0], widths) if n in block.groups else
            self._row(block, row, widths, keeps=block.is_short and n + 1 < len(block.rows))
            for n, row in enumerate(block.rows)
        ]  # fmt: skip
        yield element("w:tbl", self._table_form(widths, block), columns, head, *rows)
        if block.note:
            yield self._par("sumber", run(block.note))
        else:
            after = round(self._set.look.note.after * _TWIPS_PER_POINT)
            yield self._par("batas", form=[element("w:spacing", after=after)])

    def _table_form(self, widths: Sequence[int], block: BookTable) -> Element:
        colour = self._set.look.cell.line.removeprefix("#")
        borders = [
            element(f"w:{edge}", val="single", sz=4, space=0, color=colour)
            for edge in ("top", "bottom", "insideH")
        ]
        said = f"{block.caption.label}. {block.caption.title}" if block.caption else ""
        return element(
            "w:tblPr",
            element("w:tblW", w=sum(widths), type="dxa"),
            element("w:jc", val="center"),
            element("w:tblBorders", *borders),
            element("w:tblLayout", type="fixed"),
            element("w:tblLook", val="0420", firstRow=1, noVBand=1),
            element("w:tblCaption", val=printable(said)) if said else None,
        )

    def _row(
        self,
        block: BookTable,
        cells: Sequence[str],
        widths: Sequence[int],
        *,
        is_head: bool = False,
        keeps: bool = False,
    ) -> Element:
        fill = self._set.look.cell.head if is_head else ""
        on_end = block.on_end if is_head else frozenset()
        made = [
            self._cell(
                block, words, width, align,
                fill=fill, bold=is_head, on_end=n in on_end, low=bool(on_end),
                keeps=is_head or keeps,
            )
            for n, (words, width, align) in enumerate(
                zip(cells, widths, block.aligns, strict=True)
            )
        ]  # fmt: skip
        marks = [element("w:cantSplit")]
        if on_end:
            tall = round(block.head_mm * TWIPS_PER_MM)
            marks.append(element("w:trHeight", val=tall, hRule="exact"))
        if is_head:
            marks.append(element("w:tblHeader"))
        return element("w:tr", element("w:trPr", *marks), *made)

    def _group(self, block: BookTable, words: str, widths: Sequence[int]) -> Element:
        fill = self._set.look.cell.group
        cell = self._cell(
            block, words, sum(widths), "kiri", fill=fill, bold=True, span=len(widths), keeps=True
        )
        return element("w:tr", element("w:trPr", element("w:cantSplit")), cell)

    def _cell(
        self,
        block: BookTable,
        words: str,
        width: int,
        align: str,
        *,
        fill: str = "",
        bold: bool = False,
        span: int = 1,
        on_end: bool = False,
        low: bool = False,
        keeps: bool = False,
    ) -> Element:
        form = [
            element("w:tcW", w=width, type="dxa"),
            element("w:gridSpan", val=span) if span > 1 else None,
            element("w:shd", val="clear", color="auto", fill=fill.removeprefix("#"))
            if fill
            else None,
            element("w:textDirection", val="btLr") if on_end else None,
            element("w:vAlign", val="center" if on_end else "bottom") if low else None,
        ]
        keep = [element("w:keepNext")] if keeps else []
        style = "sel_kecil" if block.small else "sel"
        side = self._jc("kiri" if on_end else align)
        said = self._par(style, run(words, bold=bold), form=[*keep, side])
        return element("w:tc", element("w:tcPr", *form), said)

    def _figure(self, block: Figure) -> Iterator[Element]:
        placed = self._set.pictures[block.picture]
        size = self._set.look.paper.fitted(placed.width_mm, placed.height_mm, turned=block.turned)
        drawn = element("w:r", _drawing(block, placed.rel_id, size))
        yield self._par("gambar", drawn, form=[element("w:keepNext")])
        yield self._caption(block.caption, above=False)

    def blank(self, block: Blank) -> Element:
        """Return the control that the author fills in."""
        texts = self._set.texts
        guide = texts("buku.isian_teks", petunjuk=block.guide)
        alias = f"{texts('buku.isian_nama')}: {block.key}"
        tag = controls.tag_of(controls.BLANK, block.key)
        return controls.control(tag, alias, [self._par("isian", run(guide))], is_blank=True)

    def _blank(self, block: Blank) -> Iterator[Element]:
        yield self.blank(block)

    def _break(self, _block: Break) -> Iterator[Element]:
        yield self._par("batas", element("w:r", element("w:br", type="page")))

    def _contents(self, block: Contents) -> Iterator[Element]:
        listed = [entry for entry in self._set.outline if entry.kind == block.of]
        instruction = (
            'TOC \\o "1-3" \\h \\z \\u'
            if block.of == "isi"
            else f'TOC \\h \\z \\c "{fields.SEQUENCES[block.of]}"'
        )
        last = len(listed) - 1
        if not listed:
            yield self._par("toc_1", *fields.opened(instruction), fields.closed())
        for n, entry in enumerate(listed):
            style = f"toc_{entry.level}" if block.of == "isi" else "daftar"
            before = fields.opened(instruction) if n == 0 else []
            after = [fields.closed()] if n == last else []
            yield self._par(style, *before, self._entry(entry), *after)

    def _entry(self, entry: Outline) -> Element:
        page = self._set.page_of.get(entry.key, "")
        content = [run(entry.words), tab(), *fields.page_of(entry.key, page)]
        return fields.link(entry.key, content)


def _drawing(block: Figure, rel_id: str, size: tuple[float, float]) -> Element:
    """Return a picture in its line, with what it shows in words."""
    wide, high = (round(mm * EMU_PER_MM) for mm in size)
    number = number_of(block.picture, 2_000_000)
    named = {"_id": number, "_name": block.picture, "_descr": printable(block.alt)}
    picture = element(
        "pic:pic",
        element(
            "pic:nvPicPr",
            element("pic:cNvPr", **named),
            element("pic:cNvPicPr"),
        ),
        element(
            "pic:blipFill",
            element("a:blip", r_embed=rel_id),
            element("a:stretch", element("a:fillRect")),
        ),
        element(
            "pic:spPr",
            element("a:xfrm", element("a:off", _x=0, _y=0), element("a:ext", _cx=wide, _cy=high)),
            element("a:prstGeom", element("a:avLst"), _prst="rect"),
        ),
    )
    data = element(
        "a:graphicData", picture, _uri="http://schemas.openxmlformats.org/drawingml/2006/picture"
    )
    return element(
        "w:drawing",
        element(
            "wp:inline",
            element("wp:extent", _cx=wide, _cy=high),
            element("wp:docPr", **named),
            element("a:graphic", data),
            _distT=0, _distB=0, _distL=0, _distR=0,
        ),
    )  # fmt: skip
