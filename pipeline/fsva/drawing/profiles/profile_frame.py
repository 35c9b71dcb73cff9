"""What all profile sheets share: heading, frames, headings of their parts, foot.

Owns these; each kind of profile owns what stands between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fsva.config.styles.profile_plate import ProfilePlate
from fsva.core.box import Box
from fsva.drawing.elements import draft_strip, title_logos
from fsva.drawing.maps import border_colours
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper import digests
from fsva.drawing.paper.fonts import CAP_HEIGHT, Face, line_height, wrap
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    FaceName,
    GroundExtent,
    Item,
    Layer,
    Mark,
    Sheet,
    Stroke,
    Tag,
    Text,
    box_shape,
)
from fsva.words import specification
from fsva.words.specification import MapSpecification

PAD_MM = 2.5
_STEP = 1.16
# Words that find no room are set smaller by steps, down to the least.
_STEP_PT, _LEAST_PT = 0.25, 3.0


@dataclass(frozen=True, eq=False)
class Desk:
    """What profiles are drawn with.

    Parameters
    ----------
    studio : Studio
        Geometry, colours, words, type faces.
    plate : ProfilePlate
        Sizes.
    shown : MapSpecification
        The composite's map: classes of the villages, sources.
    """

    studio: Studio
    plate: ProfilePlate
    shown: MapSpecification

    @property
    def ink(self) -> str:
        """Colour of letters and frames."""
        return self.studio.layout.colours.ink

    def colour(self, priority: int) -> str:
        """Return the colour of a class."""
        method = self.studio.method
        return method.classes[priority - 1].colour if priority else method.no_data_colour

    def framed(self, *boxes: Box) -> list[Item]:
        """Draw thin frames."""
        stroke = Stroke(self.ink, self.studio.layout.lines.frame / 2)
        return [Mark(box_shape(box), stroke=stroke) for box in boxes]

    def paragraph(
        self, words: str, box: Box, top: float, size: float, face: FaceName, tag: Tag
    ) -> tuple[list[Item], float]:
        """Set words from a height down; return them and the height below them."""
        items: list[Item] = []
        y = top
        for line in wrap(words, self.studio.faces[face], size, box.width - 2 * PAD_MM):
            base = y - CAP_HEIGHT * size * MM_PER_PT
            items.append(Text(line, box.left + PAD_MM, base, size, face, self.ink, tag=tag))
            y -= step_mm(size)
        return items, y

    def heading(self, title: str, subtitle: str, box: Box) -> Layer:
        """Draw the title with the logos of the office."""
        layout, kind = self.studio.layout, self.plate.type
        sizes = layout.type.model_copy(update={"title": kind.title, "subtitle": kind.subtitle})
        own = layout.model_copy(update={"type": sizes})
        items = title_logos.heading(self.studio, box, title, subtitle, own)
        return Layer("title", (*self.framed(box), *items), tag=("title",), apart=True)

    def _foot(self, box: Box, number: str) -> Layer:
        """Write sources, date and print number."""
        texts, settings = self.studio.texts, self.studio.settings
        items: list[Item] = []
        words = texts(
            "profil.kaki",
            sumber=" ".join(self.shown.sources),
            tanggal=specification.issued(settings, texts),
            nomor=number,
        )
        size, top = self.plate.type.small, box.top
        if settings.boundary.schematic:
            warning = texts("peta.batas_skematis")
            items, top = self.paragraph(warning, box, top, size, "bold", ("notes", "P 89"))
        below, _ = self.paragraph(words, box, top, size, "regular", ("notes", "P 90"))
        return Layer("foot", (*items, *below))

    def sheet(
        self,
        title: str,
        layers: Sequence[Layer],
        in_words: dict[str, str],
        grounds: tuple[GroundExtent, ...],
        foot: Box,
    ) -> Sheet:
        """Put layers onto a sheet, and its sources and print number at its foot."""
        settings, texts = self.studio.settings, self.studio.texts
        drawn = Sheet(
            self.plate.width,
            self.plate.height,
            title,
            texts.language,
            tuple(layers),
            author=settings.compiler,
            edition=texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
            source=" ".join(self.shown.sources),
            in_words=in_words,
            grounds=grounds,
        )
        number = digests.print_number(drawn, self.studio.draft.sentence)
        layers = (*drawn.layers, self._foot(foot, number))
        drawn = replace(drawn, layers=layers, number=number)
        return draft_strip.marked(drawn, self.studio, self.plate.village.box("title").top)


def step_mm(size: float) -> float:
    """Return the distance of two lines by their type size."""
    return line_height(size) * _STEP


def in_room(
    words: str, face: Face, size: float, room: tuple[float, float]
) -> tuple[Sequence[str], float]:
    """Return words in lines, and their type size, as large as a room allows; nothing is cut off.

    Parameters
    ----------
    size : float
        The largest, points.
    room : (float, float)
        Width and height, millimetres.
    """
    width, height = room
    for tried in np.arange(size, _LEAST_PT, -_STEP_PT).tolist():
        set_lines = wrap(words, face, tried, width)
        widest = max(face.width_mm(line, tried) for line in set_lines)
        if widest <= width and (len(set_lines) == 1 or len(set_lines) * step_mm(tried) <= height):
            return set_lines, tried
    return wrap(words, face, _LEAST_PT, width), _LEAST_PT


def ink_on(desk: Desk, colour: str) -> str:
    """Return the colour of letters that is read best on another: dark or that of the paper."""
    inks = (desk.ink, desk.studio.layout.colours.paper)
    return max(inks, key=lambda ink: border_colours.contrast(ink, colour))


def lines(desk: Desk, parts: Sequence[tuple[str, bool]], box: Box, first: int) -> Iterator[Item]:
    """Yield headings and paragraphs one below the other.

    Parameters
    ----------
    parts : sequence of (str, bool)
        Words, and whether they are a heading.
    first : int
        Number of the first paragraph among the notes of the sheet.
    """
    top = box.top - PAD_MM
    for n, (words, is_heading) in enumerate(parts, start=first):
        size = desk.plate.type.heading if is_heading else desk.plate.type.body
        face: FaceName = "bold" if is_heading else "regular"
        top -= 1.2 if is_heading and n > first else 0.0
        items, top = desk.paragraph(words, box, top, size, face, ("notes", f"P {n}"))
        yield from items
        top -= 0.5
