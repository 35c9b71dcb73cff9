"""The chart of a supporting table, of the kind that the edition or the table asks for."""

from __future__ import annotations

from fsva.config.styles.chart_layouts import ChartPlate
from fsva.config.styles.supporting_look import SupportingLook
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Sheet
from fsva.drawing.supporting import bar_chart, line_chart
from fsva.drawing.supporting.chart_frame import ChartFrame
from fsva.sources.supporting.printed_tables import PrintedTable
from fsva.words.supporting import table_words


def sheet(
    studio: Studio, plate: ChartPlate, look: SupportingLook, table: PrintedTable
) -> Sheet | None:
    """Draw the chart of a table; None where the edition wants none or no number is known."""
    kind = table_words.chart_kind(table)
    known = any(value is not None for row in table.rows for value in row.values)
    if kind == "tidak" or not known:
        return None
    frame = ChartFrame(studio, plate, look, table)
    return line_chart.sheet(frame) if kind == "garis" else bar_chart.sheet(frame)
