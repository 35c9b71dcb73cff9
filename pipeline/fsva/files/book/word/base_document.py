"""The document that a report begins with where an office gives no template: styles and footers.

Owns the parts of it that python-docx makes. Its sizes and colours are those of
``styles/buku/word.toml``.
"""

from __future__ import annotations

from typing import Any

from fsva.config.styles.book_look import BookLook, BookType
from fsva.core.errors import UsageError
from fsva.core.texts import LOCALES, Texts
from fsva.files.book.word import fields
from fsva.files.book.word.word_xml import Element, element, name, run, tab
from fsva.files.packing import office_parts
from fsva.words.book.content import BookText

# The styles of a report by what they are for: the names that Word has for them.
STYLES = {
    "isi": "Normal",
    "judul_1": "heading 1",
    "judul_2": "heading 2",
    "judul_3": "heading 3",
    "judul": "Title",
    "anak_judul": "Subtitle",
    "keterangan": "caption",
    "toc_1": "toc 1",
    "toc_2": "toc 2",
    "toc_3": "toc 3",
    "daftar": "table of figures",
    "kaki": "footer",
    "butir_0": "FSVA Daftar",
    "butir_1": "FSVA Subdaftar",
    "sumber": "FSVA Sumber",
    "sel": "FSVA Sel",
    "sel_kecil": "FSVA Sel Kecil",
    "gambar": "FSVA Gambar",
    "isian": "FSVA Isian",
    "batas": "FSVA Batas",
    "draf": "FSVA Draf",
    "tengah": "FSVA Tengah",
    "kanan": "FSVA Kanan",
    "tengah_tebal": "FSVA Tengah Tebal",
    "lampiran": "FSVA Lampiran",
}
_CHAPTER, _REST = 0, 2
_INDENT_MM = {"butir_0": (8.0, 8.0), "butir_1": (19.0, 11.0)}


def make(book: BookText, look: BookLook, texts: Texts) -> bytes:
    """Return a document without text.

    Raises
    ------
    UsageError
        python-docx (extra ``buku``) is not installed.
    """
    try:
        import docx
    except ImportError as problem:
        raise UsageError("buku_pustaka", (), {"pustaka": "docx"}) from problem
    word = docx.Document()
    _Styles(word, look, texts).set()
    _pages(word, look)
    _foot(word.sections[0], book)
    _about(word, book, texts)
    return office_parts.of_word(word.part.package)


def _pages(word: Any, look: BookLook) -> None:  # noqa: ANN401 - python-docx has no types
    from docx.shared import Mm

    section, paper = word.sections[0], look.paper
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.left_margin = section.right_margin = Mm(paper.side)
    section.top_margin, section.bottom_margin = Mm(paper.top), Mm(paper.bottom)


def _foot(section: Any, book: BookText) -> None:  # noqa: ANN401
    paragraph = section.footer.paragraphs[0]._p
    for part in (run(book.running), tab(), tab(), *fields.page()):
        paragraph.append(part)


def _about(word: Any, book: BookText, texts: Texts) -> None:  # noqa: ANN401
    """Set the properties."""
    about = word.core_properties
    about.title, about.subject, about.author = book.title[:255], book.subject, book.author[:255]
    about.language = LOCALES[texts.language]
    about.last_modified_by = about.comments = about.keywords = ""
    about.revision = 1
    about.created = about.modified = about.last_printed = office_parts.CREATED
    package = word.part.package
    for number, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[number]  # the picture of an empty page


class _Styles:
    """Sets the styles of a document."""

    def __init__(self, word: Any, look: BookLook, texts: Texts) -> None:  # noqa: ANN401
        self._word, self._look, self._texts = word, look, texts

    def set(self) -> None:
        """Set all of them."""
        look = self._look
        self._body()
        for key in ("heading_1", "heading_2", "heading_3"):
            self._type(f"Heading {key[-1]}", getattr(look, key), bold=True)
        self._type("Title", look.title, bold=True, centred=True)
        self._type("Subtitle", look.subtitle, centred=True)
        self._type("Caption", look.caption, bold=True)
        self._type("FSVA Sumber", look.note)
        self._type("FSVA Isian", look.blank)
        self._shade("FSVA Isian", look.blank.ground)
        for key in ("butir_0", "butir_1"):
            self._indented(key)
        self._cells()
        self._contents()
        self._small_ones()
        self._number_headings()

    def _style(self, called: str) -> Any:  # noqa: ANN401
        from docx.enum.style import WD_STYLE_TYPE

        styles = self._word.styles
        if called in [style.name for style in styles]:
            return styles[called]
        is_ours = called.startswith("FSVA")
        made = styles.add_style(called, WD_STYLE_TYPE.PARAGRAPH, builtin=not is_ours)
        made.base_style = styles["Normal"]
        return made

    def _body(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt

        style, body = self._word.styles["Normal"], self._look.body
        self._type("Normal", body)
        style.paragraph_format.line_spacing = body.lines
        style.paragraph_format.space_after = Pt(body.after)
        language = self._word.styles.element.find(".//" + qn("w:lang"))
        if language is not None:
            language.set(qn("w:val"), LOCALES[self._texts.language])

    def _type(
        self, called: str, kind: BookType, *, bold: bool = False, centred: bool = False
    ) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        style = self._style(called)
        style.font.name, style.font.size = self._look.face, Pt(kind.size)
        style.font.bold, style.font.italic = bold, False
        style.font.color.rgb = RGBColor.from_string(kind.colour.removeprefix("#"))
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's face would override the name
        for unwanted in ("w:spacing", "w:kern"):
            for found in style.element.rPr.findall(qn(unwanted)):
                style.element.rPr.remove(found)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(kind.before), Pt(kind.after)
        borders = style.element.pPr.find(qn("w:pBdr"))
        if borders is not None:
            style.element.pPr.remove(borders)
        if centred:
            form.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _shade(self, called: str, colour: str) -> None:
        properties = self._style(called).element.get_or_add_pPr()
        shade = element("w:shd", val="clear", color="auto", fill=colour.removeprefix("#"))
        properties.insert_element_before(
            shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
        )

    def _indented(self, key: str) -> None:
        from docx.shared import Mm, Pt

        form = self._style(STYLES[key]).paragraph_format
        left, hanging = _INDENT_MM[key]
        form.left_indent, form.first_line_indent = Mm(left), -Mm(hanging)
        form.space_after, form.line_spacing = Pt(self._look.listing.after), self._look.listing.lines
        form.tab_stops.add_tab_stop(Mm(left))

    def _cells(self) -> None:
        from docx.shared import Pt

        cell = self._look.cell
        kinds = (("FSVA Sel", cell.size, cell.gap), ("FSVA Sel Kecil", cell.small, cell.gap / 2))
        for called, size, gap in kinds:
            style = self._style(called)
            style.font.size = Pt(size)
            form = style.paragraph_format
            form.space_before = form.space_after = Pt(gap)
            form.line_spacing = 1.0

    def _contents(self) -> None:
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Mm, Pt

        wide, _ = self._look.paper.room(turned=False)
        for called in ("toc 1", "toc 2", "toc 3", "table of figures"):
            form = self._style(called).paragraph_format
            depth = int(called[-1]) - 1 if called[-1].isdigit() else 0
            form.left_indent, form.space_after = Mm(5 * depth), Pt(self._look.listing.after)
            form.line_spacing = self._look.listing.lines + 0.15
            form.right_indent = Mm(10)
            form.tab_stops.add_tab_stop(Mm(wide), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)

    def _small_ones(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
        from docx.shared import Mm, Pt

        for called in ("FSVA Gambar", "FSVA Tengah"):
            self._style(called).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._style("FSVA Gambar").paragraph_format.line_spacing = 1.0
        wide, _ = self._look.paper.room(turned=False)
        right = self._style("FSVA Kanan").paragraph_format
        right.left_indent, right.alignment = Mm(wide / 2), WD_ALIGN_PARAGRAPH.CENTER
        right.keep_with_next = True
        bold = self._style("FSVA Tengah Tebal")
        bold.font.bold = True
        bold.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        annex = self._style("FSVA Lampiran")
        annex.font.bold = True
        annex.paragraph_format.left_indent = Mm(wide * 0.45)
        edge = self._style("FSVA Batas")
        edge.font.size = Pt(1)
        form = edge.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(1)
        foot = self._look.foot
        self._type("Footer", foot)
        stops = self._style("Footer").paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Mm(wide / 2), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Mm(wide), WD_TAB_ALIGNMENT.RIGHT)
        draft = foot.model_copy(update={"colour": foot.draft})
        self._type("FSVA Draf", draft, bold=True, centred=True)

    def _number_headings(self) -> None:
        """Give headings numbers, chapters with their word before it."""
        numbering = self._word.part.numbering_part.element
        numbers, number = heading_numbers(numbering, self._texts, self._heading_ids())
        numbering.insert(0, numbers)
        numbering.append(number)
        num_id = number.get(name("w:numId"))
        for level in range(_REST + 1):
            properties = self._style(f"Heading {level + 1}").element.get_or_add_pPr()
            properties.insert_element_before(
                element("w:numPr", element("w:ilvl", val=level), element("w:numId", val=num_id)),
                "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl",
            )  # fmt: skip

    def _heading_ids(self) -> list[str]:
        return [self._style(f"Heading {n}").style_id for n in (1, 2, 3)]


def heading_numbers(numbering: Element, texts: Texts, styles: list[str]) -> tuple[Element, Element]:
    """Return the two elements that number headings.

    Parameters
    ----------
    numbering : element
        The numbering part, whose numbers are taken.
    styles : list of str
        Ids of the styles of the three levels.
    """
    taken = [int(n.get(name("w:numId"))) for n in numbering.iter(name("w:num"))]
    kinds = [int(n.get(name("w:abstractNumId"))) for n in numbering.iter(name("w:abstractNum"))]
    kind, number = max(kinds, default=0) + 1, max(taken, default=0) + 1
    levels = [
        element(
            "w:lvl",
            element("w:start", val=1),
            element("w:numFmt", val="decimal"),
            element("w:pStyle", val=style),
            element("w:suff", val="space"),
            element("w:lvlText", val=_level_text(level, texts)),
            element("w:lvlJc", val="left"),
            element("w:pPr", element("w:ind", left=0, firstLine=0)),
            ilvl=level,
        )
        for level, style in enumerate(styles)
    ]
    abstract = element(
        "w:abstractNum", element("w:multiLevelType", val="multilevel"), *levels, abstractNumId=kind
    )
    return abstract, element("w:num", element("w:abstractNumId", val=kind), numId=number)


def _level_text(level: int, texts: Texts) -> str:
    dotted = ".".join(f"%{n + 1}" for n in range(level + 1))
    return texts("buku.bab", nomor=dotted) if level == _CHAPTER else f"{dotted}."
