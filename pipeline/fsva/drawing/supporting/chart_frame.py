"""What charts of supporting data have in common: colours, sizes of words, the room to draw in.

Owns them; title and foot are those of all charts, ``fsva.drawing.elements.chart_paper``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from fsva.config.styles.chart_layouts import ChartPlate
from fsva.config.styles.supporting_look import SupportingLook
from fsva.core.box import Box
from fsva.drawing.elements.chart_paper import ChartPaper, ChartWords
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import MM_PER_PT, Item, Sheet
from fsva.sources.supporting.printed_tables import PrintedTable
from fsva.words import specification
from fsva.words.supporting import table_words


@dataclass(frozen=True, eq=False)
class ChartFrame:
    """A chart before its lines or bars.

    Parameters
    ----------
    studio : Studio
        Colours of the paper, type faces, language.
    plate : ChartPlate
        Sizes of all charts.
    look : SupportingLook
        Colours and sizes of these.
    table : PrintedTable
        The numbers.
    """

    studio: Studio
    plate: ChartPlate
    look: SupportingLook
    table: PrintedTable

    def colour(self, n: int) -> str:
        """Return the colour of a series."""
        return self.look.colours[n % len(self.look.colours)]

    def cap(self, size_pt: float) -> float:
        """Return the height of letters in millimetres."""
        return CAP_HEIGHT * size_pt * MM_PER_PT

    def width(self, words: str, size_pt: float) -> float:
        """Return the width of words in millimetres."""
        return self.studio.faces["regular"].width_mm(words, size_pt)

    def fitting(self, words: str, size_pt: float, room: float) -> float:
        """Return the size at which words fit a room, not below the smallest type of charts."""
        width = self.width(words, size_pt)
        least = self.plate.type.foot
        return size_pt if width <= room else max(least, size_pt * room / width)

    @cached_property
    def paper(self) -> ChartPaper:
        """Title, foot and what is said of the chart."""
        texts, settings, table = self.studio.texts, self.studio.settings, self.table
        where = specification.district_name(settings, texts)
        source = table_words.source_line(table, texts)
        words = ChartWords(
            table.source.title[texts.language],
            table_words.subtitle(table, where, texts),
            source,
            source,
            table_words.in_words(table, texts),
        )
        return ChartPaper(self.studio, self.plate, words)

    @property
    def room(self) -> Box:
        """What is left between head and foot."""
        head, floor = self.plate.boxes.box("head"), self.paper.floor
        return Box(head.left, floor, head.width, head.bottom - floor)

    def sheet(self, items: Sequence[Item]) -> Sheet:
        """Return the sheet with head, items and foot."""
        return self.paper.sheet("drawing", items, self.room)

    @property
    def ink(self) -> str:
        """The colour of words."""
        return self.studio.layout.colours.ink
