"""The paper of a chart: its title, its foot, and the sheet that holds what is drawn between them.

Owns what all charts have in common; sizes are those of ``styles/grafik.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from fsva.config.styles.chart_layouts import ChartPlate
from fsva.core.box import Box
from fsva.drawing.elements import draft_strip
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.fonts import CAP_HEIGHT, wrap
from fsva.drawing.paper.scene import MM_PER_PT, Item, Layer, Sheet, Text
from fsva.words import specification
from fsva.words.specification import district_name

_LINE_STEP = 1.45
_GAP_MM = 1.6
_UNDER_FOOT_MM = 0.6


@dataclass(frozen=True)
class ChartWords:
    """What is written around a chart and said of it.

    Parameters
    ----------
    title, subtitle : str
        Above it.
    foot : str
        Below it, broken into lines.
    source : str
        For the metadata.
    drawing : str
        What the drawing shows, for those who listen.
    """

    title: str
    subtitle: str
    foot: str
    source: str
    drawing: str


@dataclass(frozen=True, eq=False)
class ChartPaper:
    """A chart without what it shows.

    Parameters
    ----------
    studio : Studio
        Colours of the paper, type faces, language.
    plate : ChartPlate
        Sizes of all charts.
    """

    studio: Studio
    plate: ChartPlate
    words: ChartWords

    @cached_property
    def foot_lines(self) -> tuple[str, ...]:
        """The foot, broken into lines."""
        box, size = self.plate.boxes.box("foot"), self.plate.type.foot
        return wrap(self.words.foot, self.studio.faces["regular"], size, box.width)

    @property
    def floor(self) -> float:
        """Height above which the foot leaves the paper free, millimetres."""
        foot = self.plate.boxes.box("foot")
        step = self.plate.type.foot * MM_PER_PT * _LINE_STEP
        return foot.bottom + len(self.foot_lines) * step + _GAP_MM

    def sheet(self, name: str, items: Sequence[Item], room: Box) -> Sheet:
        """Return the chart with its head and foot.

        Parameters
        ----------
        name : str
            Of the layer of the items.
        items : sequence of Item
            What it shows.
        room : Box
            Where they lie; a millimetre beyond it is theirs, too.
        """
        studio, plate, words = self.studio, self.plate, self.words
        texts, settings = studio.texts, studio.settings
        whole = Box(0, room.bottom - 1, plate.width, room.height + 2)
        drawn = Sheet(
            plate.width,
            plate.height,
            f"{words.title} - {district_name(settings, texts)} {settings.year}",
            texts.language,
            (
                Layer("head", tuple(self._head()), tag=("title",)),
                Layer(name, tuple(items), whole, ("map",)),
                Layer("foot", tuple(self._foot()), tag=("notes", "P 0")),
            ),
            author=settings.compiler,
            edition=texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
            source=words.source,
            in_words={"map": words.drawing},
        )
        return draft_strip.marked_chart(drawn, studio)

    def _head(self) -> list[Item]:
        """Write title and subtitle; a title that is too wide is set smaller."""
        plate, words, ink = self.plate, self.words, self.studio.layout.colours.ink
        box = draft_strip.chart_head(plate.boxes.box("head"), plate.height, self.studio.draft)
        size = plate.type.title
        first = box.top - CAP_HEIGHT * size * MM_PER_PT
        second = first - plate.type.subtitle * MM_PER_PT * _LINE_STEP
        width = self.studio.faces["bold"].width_mm(words.title, size)
        fitting = size if width <= box.width else size * box.width / width
        return [
            Text(words.title, box.left, first, fitting, "bold", ink),
            Text(words.subtitle, box.left, second, plate.type.subtitle, colour=ink),
        ]

    def _foot(self) -> list[Item]:
        """Set the lines of the foot from its bottom up."""
        box, size = self.plate.boxes.box("foot"), self.plate.type.foot
        step, ink = size * MM_PER_PT * _LINE_STEP, self.studio.layout.colours.ink
        return [
            Text(line, box.left, box.bottom + n * step + _UNDER_FOOT_MM, size, colour=ink)
            for n, line in enumerate(reversed(self.foot_lines))
        ]
