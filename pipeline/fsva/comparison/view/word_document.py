"""``banding.docx``: paragraphs and two tables for the report, through python-docx.

Owns the file. Its dates are fixed, so that the same comparison gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from fsva.comparison.maps import change_maps
from fsva.comparison.maps.change_palette import ChangePalette
from fsva.comparison.values import drafts
from fsva.comparison.values.result import Comparison
from fsva.comparison.view import change_lists, notices, sentences
from fsva.comparison.view.change_lists import ListTable, Row
from fsva.core.errors import CompareError
from fsva.core.texts import LOCALES, Texts
from fsva.files.packing import office_parts
from fsva.files.writers import xml_text

FILE_NAME = "banding.docx"
_FACE, _SIZE_PT, _TABLE_PT = "Arial", 11, 8.5
_INK = "1A1A1A"
_WIDTH_CM = 16.0
# Letters that the margins of a cell take, and the length from which a text may wrap.
_PADDING, _LONG = 3, 30
_NO_BREAK = "\u2011"
_MOST_ROWS = 25
_HEAD_PT = 8.5
_LONGEST_PROPERTY = 255  # the format's limit for titles
# Columns of the lists in the report.
_CROSSED = (2, 3, 6, 7, 9, 10, 15)
_MEASURES = (0, 1, 2, 3, 4, 9)


def is_available() -> bool:
    """Tell whether the library that writes Word files is installed."""
    return find_spec("docx") is not None


def write(comparison: Comparison, palette: ChangePalette, texts: Texts) -> bytes:
    """Return the document.

    Raises
    ------
    CompareError
        If python-docx (extra ``banding``) is not installed.
    """
    try:
        import docx
    except ImportError as problem:
        raise CompareError("banding_docx") from problem
    word = docx.Document()
    _prepare(word, comparison, texts)
    _head(word, drafts.of(comparison, texts).sentence, palette)
    word.add_heading(_title(comparison, texts), level=1)
    _warn(word, comparison, palette, texts)
    for words in notices.of_comparison(comparison, texts):
        word.add_paragraph(_printable(words))
    for words in sentences.paragraphs(comparison, texts):
        word.add_paragraph(_printable(words))
    _table(word, _columns(change_lists.measures(comparison, texts), _MEASURES), texts)
    _table(word, _crossed(comparison, texts), texts)
    _warn(word, comparison, palette, texts)
    return office_parts.of_word(word.part.package)


def _title(comparison: Comparison, texts: Texts) -> str:
    between = change_maps.between(comparison.sides, texts)
    title = texts("perubahan.naskah.judul", daerah=comparison.sides[-1].district, antara=between)
    return _printable(drafts.of(comparison, texts).titled(title))


def _prepare(word: Any, comparison: Comparison, texts: Texts) -> None:  # noqa: ANN401
    """Set font, margins, language and properties."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    for name in ("Normal", "Heading 1", "Heading 2"):
        word.styles[name].font.name = _FACE
        word.styles[name].font.color.rgb = RGBColor.from_string(_INK)
        fonts = word.styles[name].element.rPr.rFonts
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)  # the font of a theme would override the name
    word.styles["Normal"].font.size = Pt(_SIZE_PT)
    word.styles["Normal"].paragraph_format.space_after = Pt(8)
    language = word.styles.element.find(".//" + qn("w:lang"))
    if language is not None:
        language.set(qn("w:val"), LOCALES[texts.language])
    for section in word.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
    about = word.core_properties
    about.title = _title(comparison, texts)[:_LONGEST_PROPERTY]
    about.language = LOCALES[texts.language]
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = about.last_printed = office_parts.CREATED
    about.revision = 1


def _head(word: Any, mark: str, palette: ChangePalette) -> None:  # noqa: ANN401
    """Put the mark of a draft at the head of every page."""
    from docx.shared import Pt

    if mark:
        said = word.sections[0].header.paragraphs[0].add_run(_printable(mark))
        _loud(said, palette)
        said.font.size = Pt(_HEAD_PT)


def _loud(said: Any, palette: ChangePalette) -> None:  # noqa: ANN401
    from docx.shared import RGBColor

    said.bold = True
    said.font.color.rgb = RGBColor.from_string(palette.banner.colour.removeprefix("#"))


def _warn(word: Any, comparison: Comparison, palette: ChangePalette, texts: Texts) -> None:  # noqa: ANN401
    warned = [change_maps.forced(comparison, texts)] if comparison.forced else []
    for words in filter(None, (drafts.of(comparison, texts).sentence, *warned)):
        from docx.shared import Pt

        paragraph = word.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(8)
        _loud(paragraph.add_run(_printable(words)), palette)


def _crossed(comparison: Comparison, texts: Texts) -> ListTable:
    """Return the villages whose composite crossed between the vulnerable and the secure classes."""
    whole = change_lists.changes(comparison, texts)
    wanted = {id(change) for change in sentences.crossed(comparison)}
    rows = [
        row
        for row, change in zip(whole.rows, comparison.changes, strict=True)
        if id(change) in wanted
    ]
    title = texts("perubahan.naskah.tabel_lintas")
    kept = replace(whole, title=title, rows=tuple(rows), total=len(rows))
    return _columns(kept, _CROSSED)


def _columns(table: ListTable, kept: Sequence[int]) -> ListTable:
    """Return a table with some of its columns."""
    rows: list[Row] = [tuple(row[n] for n in kept) for row in table.rows]
    return replace(table, heads=tuple(table.heads[n] for n in kept), rows=tuple(rows))


def _table(word: Any, table: ListTable, texts: Texts) -> None:  # noqa: ANN401
    """Add a table under its title; rows beyond the limit are counted."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    if not table.rows:
        return
    word.add_heading(table.title, level=2)
    drawn = word.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    head = drawn.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on every page
    kept = table.rows[:_MOST_ROWS]
    right = [not any(isinstance(v, str) for v in column) for column in zip(*kept, strict=True)]
    heads = [words.replace("-", _NO_BREAK) for words in table.heads]  # a head is narrow: 1-3
    shown = [heads, *([change_lists.text_of(value, texts) for value in row] for row in kept)]
    for n, row in enumerate(shown):
        cells = (head if n == 0 else drawn.add_row()).cells
        for cell, words, is_number in zip(cells, row, right, strict=True):
            _fill(cell, words, Pt(_TABLE_PT), bold=n == 0, right=is_number)
    _set_widths(drawn, shown)
    if table.total > _MOST_ROWS:
        left = texts.decimal(table.total - _MOST_ROWS, 0)
        word.add_paragraph(texts("perubahan.halaman.rest", jumlah=left))


def _set_widths(drawn: Any, shown: Sequence[Sequence[str]]) -> None:  # noqa: ANN401
    """Divide the width among the columns by their longest words, so that no word breaks."""
    from docx.shared import Cm

    drawn.autofit = False
    head, *rows = shown
    needed = [
        _PADDING + max([len(w) for w in words.split()] + [min(len(text), _LONG) for text in texts])
        for words, *texts in zip(head, *rows, strict=True)
    ]
    widths = [Cm(_WIDTH_CM * length / sum(needed)) for length in needed]
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    for row in drawn.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _fill(cell: Any, words: str, size: Any, *, bold: bool = False, right: bool = False) -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(_printable(words))
    run.font.size, run.bold = size, bold
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _printable(words: str) -> str:
    """Remove the characters that XML forbids, and line ends."""
    return "".join(letter for letter in xml_text.kept(words) if letter >= " " or letter == "\t")
