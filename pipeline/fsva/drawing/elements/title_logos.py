"""The coat of arms on the left of a title and the logo of the office on its right.

Owns their places in the title's frame, and that the words keep clear of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fsva.config.styles.layout import Layout, LogoRules
from fsva.core.box import Box
from fsva.drawing.elements import title
from fsva.drawing.paper.scene import Item, Picture
from fsva.sources.ground.logos import Logo
from fsva.words import specification

if TYPE_CHECKING:
    from fsva.drawing.maps.sheet_inputs import Studio


def heading(
    studio: Studio,
    box: Box,
    title_words: str,
    subtitle: str,
    layout: Layout,
    points: float | None = None,
) -> list[Item]:
    """Draw title and subtitle with the logos that the office gives.

    Parameters
    ----------
    layout : Layout
        Type sizes, ink, and the room of the logos.
    points : float or None
        Size of the title; None for the largest at which this one fits.
    """
    pictures = draw(studio, box, layout.logo)
    words = beside(box, pictures, layout.logo.gap)
    return [*pictures, *title.draw(words, title_words, subtitle, layout, studio.faces, points)]


def words_box(studio: Studio, box: Box, rules: LogoRules) -> Box:
    """Return what the logos leave of a title's frame for the words."""
    return beside(box, draw(studio, box, rules), rules.gap)


def draw(studio: Studio, box: Box, rules: LogoRules) -> list[Picture]:
    """Place the logos at the ends of a title's frame, halfway up."""
    settings, texts = studio.settings, studio.texts
    district = specification.district_name(settings, texts)
    pictures = []
    if crest := studio.logos.crest:
        width, height = size(crest, box, rules)
        place = Box(box.left + rules.gap, box.centre[1] - height / 2, width, height)
        words = texts("logo.daerah", daerah=district)
        pictures.append(Picture(place, crest.pixels, words, tag=("crest",)))
    if office := studio.logos.office:
        width, height = size(office, box, rules)
        left = box.right - rules.gap - width
        place = Box(left, box.centre[1] - height / 2, width, height)
        words = texts("logo.instansi", penyusun=settings.compiler)
        pictures.append(Picture(place, office.pixels, words, tag=("office",)))
    return pictures


def size(logo: Logo, box: Box, rules: LogoRules) -> tuple[float, float]:
    """Return width and height in millimetres: as large as the room allows, undistorted.

    Parameters
    ----------
    box : Box
        Frame of the title, which may be lower than the layout's own.
    """
    rows, columns, _ = logo.pixels.shape
    high = min(rules.height, box.height - 2 * rules.gap)
    width = min(rules.width, high * columns / rows)
    return width, width * rows / columns


def beside(box: Box, pictures: list[Picture], gap: float) -> Box:
    """Return what the logos leave of a title's frame, its middle unmoved.

    Parameters
    ----------
    gap : float
        Millimetres between a logo and the frame, and between it and the words.
    """
    if not pictures:
        return box
    taken = max(picture.box.width for picture in pictures) + 2 * gap
    return Box(box.left + taken, box.bottom, box.width - 2 * taken, box.height)
