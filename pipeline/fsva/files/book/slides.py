"""Slides as PowerPoint, through python-pptx: the same bytes for the same edition.

Owns their elements; sizes and colours are those of ``styles/paparan.toml``.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fsva.config.styles.slide_look import SlideLook, SlideType
from fsva.core.errors import UsageError
from fsva.core.texts import LOCALES, Language
from fsva.files.packing import office_parts
from fsva.words.book.slide_words import ClassRow, Slide

_TITLE_ONLY = 5  # of the library's template
_GAP_MM, _ROW_MM, _SWATCH_MM = 6.0, 12.0, 12.0


@dataclass(frozen=True)
class SlideShow:
    """What slides are made from.

    Parameters
    ----------
    slides : sequence of Slide
        In their order.
    pictures : mapping of str to bytes
        PNG by the name of the map.
    size_mm : (float, float)
        Of a slide, which is that of a map.
    look : SlideLook
        Type and colours.
    title, author, language, draft : str
        For the properties; the mark of a draft.
    """

    slides: Sequence[Slide]
    pictures: Mapping[str, bytes]
    size_mm: tuple[float, float]
    look: SlideLook
    title: str
    author: str
    language: Language
    draft: str


def write(show: SlideShow) -> bytes:
    """Return the slides as a file.

    Raises
    ------
    UsageError
        python-pptx (extra ``paparan``) is not installed.
    """
    try:
        import pptx
    except ImportError as problem:
        raise UsageError("paparan_pustaka") from problem
    file = pptx.Presentation()
    writer = _SlideWriter(file, show)
    for slide in show.slides:
        writer.add(slide)
    writer.about()
    return office_parts.of_slides(file.part.package)


def _rgb(colour: str) -> Any:  # noqa: ANN401 - python-pptx has no types for it
    from pptx.dml.color import RGBColor

    colours: Any = RGBColor
    return colours.from_string(colour.removeprefix("#"))


class _SlideWriter:
    """Writes slides into a file."""

    def __init__(self, file: Any, show: SlideShow) -> None:  # noqa: ANN401 - no types
        from pptx.util import Mm

        self._file, self._show, self._mm = file, show, Mm
        file.slide_width, file.slide_height = (Mm(side) for side in show.size_mm)

    def about(self) -> None:
        """Set the properties of the file."""
        about = self._file.core_properties
        about.title, about.author = self._show.title[:255], self._show.author[:255]
        about.language = LOCALES[self._show.language]
        about.last_modified_by = about.comments = about.keywords = ""
        about.created = about.modified = about.last_printed = office_parts.CREATED
        about.revision = 1

    def add(self, slide: Slide) -> None:
        """Add a slide with its notes."""
        made = self._file.slides.add_slide(self._file.slide_layouts[_TITLE_ONLY])
        if slide.picture:
            self._picture(made, slide)
        else:
            self._texts(made, slide)
        if slide.notes:
            made.notes_slide.notes_text_frame.text = slide.notes
        for form in made._element.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"
        ):
            form.set("lang", LOCALES[self._show.language])

    def _picture(self, made: Any, slide: Slide) -> None:  # noqa: ANN401
        """Fill a slide with a map; its title stands beside it, for those who hear the slides."""
        wide, high = (self._mm(side) for side in self._show.size_mm)
        # The map shows its title: the slide's own, which lists and readers use, lies above it.
        self._place(made.shapes.title, -20.0, 12.0)
        made.shapes.title.text_frame.text = slide.title
        content = io.BytesIO(self._show.pictures[slide.picture])
        drawn = made.shapes.add_picture(content, 0, 0, wide, high)
        about = drawn._element.nvPicPr.cNvPr
        about.set("descr", slide.alt)
        about.set("name", slide.picture)

    def _place(self, shape: Any, top: float, height: float) -> None:  # noqa: ANN401
        margin = self._show.look.margin
        shape.left, shape.top = self._mm(margin), self._mm(top)
        shape.width = self._mm(self._show.size_mm[0] - 2 * margin)
        shape.height = self._mm(height)

    def _texts(self, made: Any, slide: Slide) -> None:  # noqa: ANN401
        look, (_, high) = self._show.look, self._show.size_mm
        top = high / 3 if slide.is_first else look.margin
        self._place(made.shapes.title, top, 22)
        self._say(made.shapes.title.text_frame, [slide.title], look.title, bold=True)
        below = top + 22 + _GAP_MM
        if slide.figure:
            self._box(made, below, 26, [slide.figure], look.figure, bold=True)
            self._box(made, below + 26, 14, [slide.below], look.body)
            below += 26 + 14 + _GAP_MM
        if slide.rows:
            self._table(made, below, slide.heads, slide.rows)
        if slide.lines:
            self._box(made, below, high - below - look.margin, slide.lines, look.body)
        if self._show.draft:
            self._box(made, high - 12, 10, [self._show.draft], look.draft, bold=True)

    def _box(
        self,
        made: Any,  # noqa: ANN401
        top: float,
        height: float,
        lines: Sequence[str],
        kind: SlideType,
        *,
        bold: bool = False,
    ) -> None:
        box = made.shapes.add_textbox(0, 0, 0, 0)
        self._place(box, top, height)
        self._say(box.text_frame, lines, kind, bold=bold)

    def _say(
        self,
        frame: Any,  # noqa: ANN401
        lines: Sequence[str],
        kind: SlideType,
        *,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        frame.word_wrap = True
        for n, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
            paragraph.space_after = Pt(kind.size / 3)
            run = paragraph.add_run()
            run.text = line
            run.font.name, run.font.size, run.font.bold = self._show.look.face, Pt(kind.size), bold
            run.font.color.rgb = _rgb(kind.colour)

    def _table(
        self,
        made: Any,  # noqa: ANN401
        top: float,
        heads: Sequence[str],
        rows: Sequence[ClassRow],
    ) -> None:
        margin, (wide, high) = self._show.look.margin, self._show.size_mm
        across = wide - 2 * margin
        row_mm = min(_ROW_MM, (high - top - margin) / (len(rows) + 1))
        frame = made.shapes.add_table(
            len(rows) + 1, len(heads) + 1, self._mm(margin), self._mm(top), self._mm(across),
            self._mm(row_mm * (len(rows) + 1)),
        )  # fmt: skip
        table = frame.table
        table.first_row, table.horz_banding = True, False
        widths = (_SWATCH_MM, (across - _SWATCH_MM) * 0.6, *[(across - _SWATCH_MM) * 0.2] * 2)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = self._mm(width)
        cells = [("", *heads), *(("", row.name, row.count, row.percent) for row in rows)]
        for n, line in enumerate(cells):
            table.rows[n].height = self._mm(row_mm)
            for k, words in enumerate(line):
                cell = table.cell(n, k)
                cell.fill.solid() if k == 0 and n else cell.fill.background()
                if k == 0 and n:
                    cell.fill.fore_color.rgb = _rgb(rows[n - 1].colour)
                kind = self._show.look.small if n == 0 else self._show.look.body
                self._say(cell.text_frame, [words], kind, bold=n == 0, right=k > 1)
