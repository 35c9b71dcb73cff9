"""The steps from an edition to its supporting data: tables, sentences, charts, findings.

Owns the order and the files. The book takes ``parts`` and ``charts`` from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fsva.core import resources
from fsva.core.texts import Texts
from fsva.runs.run_order import Order

if TYPE_CHECKING:
    from pathlib import Path

    from fsva.checks.findings import Finding
    from fsva.config.editions.edition import Edition
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.paper.scene import Sheet
    from fsva.files.writers.pdf import PdfWriter
    from fsva.files.writers.png import Painter
    from fsva.sources.supporting.printed_tables import PrintedTable
    from fsva.words.supporting.table_words import SupportingPart

_CHART = "grafik-"


def tables(edition: Edition) -> tuple[PrintedTable, ...]:
    """Read the supporting tables of an edition; none if it names none.

    Raises
    ------
    SourceError, TableError
        If one cannot be used.
    """
    from fsva.sources.supporting import printed_tables

    return printed_tables.read_all(edition)


def parts(edition: Edition, texts: Texts) -> tuple[SupportingPart, ...]:
    """Return the supporting tables of an edition as a report shows them, in their order."""
    from fsva.words.supporting import table_words

    return tuple(table_words.part(table, texts) for table in tables(edition))


def charts(edition: Edition, studio: Studio) -> dict[str, Sheet]:
    """Draw the charts of an edition's supporting data.

    Parameters
    ----------
    studio : Studio
        From ``fsva.runs.sheet_materials.studio_of``.

    Returns
    -------
    dict of str to Sheet
        By the names of their files without ending, those of ``SupportingPart.chart_file``.
    """
    from fsva.config.styles import chart_layouts, supporting_look
    from fsva.drawing.supporting import supporting_chart

    plate = chart_layouts.chart(resources.style_of(edition.folder, chart_layouts.CHART))
    look = supporting_look.load(resources.style_of(edition.folder, supporting_look.FILE_NAME))
    drawn = {
        f"{_CHART}{table.source.id}": supporting_chart.sheet(studio, plate, look, table)
        for table in tables(edition)
    }
    return {stem: sheet for stem, sheet in drawn.items() if sheet is not None}


def findings(edition: Edition, read: Sequence[PrintedTable]) -> tuple[Finding, ...]:
    """Return what ``fsva periksa`` finds in supporting tables; names of kecamatan apart."""
    from fsva.checks import check_thresholds
    from fsva.checks.supporting import rates, sums, values
    from fsva.runs import check_run

    limits = check_thresholds.load(check_run.limits_file(edition)).supporting
    return (*sums.of_tables(read), *values.of_tables(read, limits), *rates.of_tables(read))


def files(order: Order) -> dict[str, bytes]:
    """Make the tables and charts of an edition's supporting data, and their manifest."""
    from fsva.files.tables import supporting_csv

    edition = order.edition
    made = supporting_csv.files(tables(edition), order.texts) | _drawn(order)
    inputs = [edition.path(source.file) for source in edition.settings.supporting]
    return order.recorded(made, "pendukung", inputs=[*inputs, *_styles(edition)])


def _styles(edition: Edition) -> list[Path]:
    from fsva.config.styles import chart_layouts, supporting_look

    names = (chart_layouts.CHART, supporting_look.FILE_NAME)
    return [resources.style_of(edition.folder, name) for name in names]


def _drawn(order: Order) -> dict[str, bytes]:
    """Draw the charts and write each as PDF and PNG."""
    from fsva.files.writers import pdf
    from fsva.runs import sheet_materials, tabulation

    tabulated = tabulation.of_order(order)
    studio = sheet_materials.studio_of(order.edition, tabulated, order.texts, order.number)
    sheets = charts(order.edition, studio)
    if not sheets:
        return {}
    writer = pdf.PdfWriter(list(sheets.values()), studio.faces)
    files = {f"{stem}.pdf": writer.write([s], s.title) for stem, s in sheets.items()}
    return files | _pictures(order.edition, studio, sheets, writer)


def _pictures(
    edition: Edition, studio: Studio, sheets: Mapping[str, Sheet], writer: PdfWriter
) -> dict[str, bytes]:
    """Draw the charts as PNG pictures from the streams of their PDF files."""
    from fsva.config.styles import chart_layouts
    from fsva.drawing.paper import scene
    from fsva.files.writers import png

    dpi = chart_layouts.chart(resources.style_of(edition.folder, chart_layouts.CHART)).dpi
    painter = painter_of(edition, studio)
    below, above = scene.split(list(sheets.values()))
    about = [png.about(sheet) for sheet in sheets.values()]
    ground = painter.ground(writer.pages([below]), dpi)
    pictures = painter.pictures(ground, writer.pages(above), about)
    return {f"{stem}.png": data for stem, data in zip(sheets, pictures, strict=True)}


def painter_of(edition: Edition, studio: Studio) -> Painter:
    """Return the painter of charts of supporting data, whose colours are not those of classes."""
    from fsva.config.styles import supporting_look
    from fsva.drawing.elements import draft_strip
    from fsva.files.writers import png

    look = supporting_look.load(resources.style_of(edition.folder, supporting_look.FILE_NAME))
    colours = [studio.layout.colours.ink, *look.colours, look.grid]
    return png.Painter(png.palette([*colours, *draft_strip.colours(studio.draft)]))
