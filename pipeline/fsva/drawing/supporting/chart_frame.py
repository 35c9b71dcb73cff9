"""What lines and bars have in common: head, foot, colours, and the sheet that holds them.

Owns the room of a chart between its head and its foot; sizes are those of ``grafik.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fsva.config.styles.chart_layouts import ChartPlate
from fsva.config.styles.supporting_look import SupportingLook
from fsva.core.box import Box
from fsva.drawing.elements import draft_strip
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.fonts import CAP_HEIGHT, wrap
from fsva.drawing.paper.scene import MM_PER_PT, Item, Layer, Sheet, Text
from fsva.sources.supporting.printed_tables import PrintedTable
from fsva.words import specification
from fsva.words.supporting import table_words

_LINE_STEP = 1.45
_GAP_MM = 1.6


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

    @property
    def foot_lines(self) -> tuple[str, ...]:
        """The source, broken into lines."""
        words = table_words.source_line(self.table, self.studio.texts)
        box, size = self.plate.boxes.box("foot"), self.plate.type.foot
        return wrap(words, self.studio.faces["regular"], size, box.width)

    @property
    def room(self) -> Box:
        """What is left between head and foot."""
        head, foot = self.plate.boxes.box("head"), self.plate.boxes.box("foot")
        step = self.plate.type.foot * MM_PER_PT * _LINE_STEP
        bottom = foot.bottom + len(self.foot_lines) * step + _GAP_MM
        return Box(head.left, bottom, head.width, head.bottom - bottom)

    def sheet(self, items: Sequence[Item]) -> Sheet:
        """Return the sheet with head, items and foot."""
        texts, settings, source = self.studio.texts, self.studio.settings, self.table.source
        title = source.title[texts.language]
        where = specification.district_name(settings, texts)
        drawn = Sheet(
            self.plate.width,
            self.plate.height,
            f"{title} - {where} {settings.year}",
            texts.language,
            (
                Layer("head", tuple(self._head(title, where)), tag=("title",)),
                Layer("drawing", tuple(items), self._whole, ("map",)),
                Layer("foot", tuple(self._foot()), tag=("notes", "P 0")),
            ),
            author=settings.compiler,
            edition=texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
            source=table_words.source_line(self.table, texts),
            in_words={"map": table_words.in_words(self.table, texts)},
        )
        return draft_strip.marked_chart(drawn, self.studio)

    def _head(self, title: str, where: str) -> list[Item]:
        head = self.plate.boxes.box("head")
        box = draft_strip.chart_head(head, self.plate.height, self.studio.draft)
        sizes, ink = self.plate.type, self.ink
        first = box.top - self.cap(sizes.title)
        second = first - sizes.subtitle * MM_PER_PT * _LINE_STEP
        bold = self.studio.faces["bold"].width_mm(title, sizes.title)
        size = sizes.title * min(1.0, box.width / bold)
        said = table_words.subtitle(self.table, where, self.studio.texts)
        return [
            Text(title, box.left, first, size, "bold", ink),
            Text(said, box.left, second, sizes.subtitle, colour=ink),
        ]

    def _foot(self) -> list[Item]:
        box, size = self.plate.boxes.box("foot"), self.plate.type.foot
        step = size * MM_PER_PT * _LINE_STEP
        return [
            Text(line, box.left, box.bottom + n * step + 0.6, size, colour=self.ink)
            for n, line in enumerate(reversed(self.foot_lines))
        ]

    @property
    def _whole(self) -> Box:
        """The room with what reaches a little beyond it."""
        room = self.room
        return Box(0, room.bottom - 1, self.plate.width, room.height + 2)

    @property
    def ink(self) -> str:
        """The colour of words."""
        return self.studio.layout.colours.ink
