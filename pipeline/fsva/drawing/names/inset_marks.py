"""The link between an inset and the main map: its window, and a letter if there are several insets.

Owns the letters and their places. What an inset shows is ``fsva.drawing.names.inset``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Geod

from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.framing import packing
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.names.towns import Town
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import MM_PER_PT, Item, Mark, Stroke, Text, box_shape, shape_of
from fsva.drawing.paper.text_boxes import text_area

# On the darkest class too the window is seen by the light margin of its line.
_LINE, _DASHES, _CASING = 0.3, (1.2, 0.8), 0.12
_HALO_MM = 0.8
# Paper between the places tried for a letter, and around it.
_STEP_MM = 1.0
_APART_MM = 0.5
_EIGHTH, _METRES_PER_KM = 45.0, 1000.0


@dataclass(frozen=True, eq=False)
class InsetWindow:
    """The ground of an inset on the main map.

    Parameters
    ----------
    paper : Polygon
        Millimetres of the main map.
    letter : str
        Of the inset; "" where it is the only one.
    """

    paper: shapely.Polygon
    letter: str


def letters(count: int) -> list[str]:
    """Return the letters of the insets of a map, from A on; "" for an only one.

    Parameters
    ----------
    count : int
        How many insets the map has.

    Examples
    --------
    >>> letters(3), letters(1)
    (['A', 'B', 'C'], [''])
    """
    return [chr(ord("A") + n) for n in range(count)] if count > 1 else [""] * count


def windows(studio: Studio, arrangement: Arrangement) -> list[Item]:
    """Show on the main map which ground each inset enlarges.

    Parameters
    ----------
    arrangement : Arrangement
        Insets, and the names and discs that letters keep off.
    """
    panel = arrangement.main.panel
    shown = [
        InsetWindow(town.window(panel), letter)
        for town, letter in zip(arrangement.towns, letters(len(arrangement.towns)), strict=True)
        if not town.inset.is_far
    ]
    leaders = [*arrangement.naming.led.values(), *arrangement.naming.led_numbers.values()]
    taken = [*arrangement.naming.papers(), *(led.paper() for led in leaders)]
    taken += arrangement.tokens.papers()
    taken += [town.inset.box.polygon() for town in arrangement.towns]
    lists = arrangement.lists(studio.layout, studio.faces)
    taken += [text_area(t, studio.faces) for t in lists if isinstance(t, Text)]
    return outlined(studio, panel.box, shown, taken)


def outlined(
    studio: Studio, box: Box, shown: Sequence[InsetWindow], taken: Sequence[shapely.Geometry]
) -> list[Item]:
    """Draw windows on a map; each letter stands where it touches no name, if there is a place.

    Parameters
    ----------
    box : Box
        The map.
    taken : sequence of Geometry
        Names and lines that letters keep off, millimetres.
    """
    colours = studio.layout.colours
    strokes = (Stroke(colours.halo, _LINE + 2 * _CASING), Stroke(colours.ink, _LINE, _DASHES))
    drawn: list[Item] = [
        Mark(shape_of(one.paper), stroke=stroke) for one in shown for stroke in strokes
    ]
    papers = [*taken]
    for one in shown:
        if one.letter:
            others = [other.paper.exterior for other in shown if other is not one]
            text = _best(studio, box, one, [*papers, *others])
            drawn.append(text)
            papers.append(text_area(text, studio.faces))
    return drawn


def _best(studio: Studio, box: Box, shown: InsetWindow, taken: Sequence[shapely.Geometry]) -> Text:
    """Return the place on a window's line with the least overlap; the first of equal ones."""
    texts = [_letter_at(studio, shown.letter, at) for at in _places(shown.paper)]
    papers = shapely.buffer([text_area(text, studio.faces) for text in texts], _APART_MM)
    frame = box.inset(_APART_MM).polygon()
    lost = shapely.area(papers) - shapely.area(shapely.intersection(papers, frame))
    # Lines have no area: a little paper around them counts.
    for geometry in taken:
        lost = lost + shapely.area(shapely.intersection(papers, shapely.buffer(geometry, 0.1)))
    return texts[int(np.argmin(np.round(lost, 6)))]


def _places(window: shapely.Polygon) -> list[tuple[float, float]]:
    """Return points along the line of a window, from its upper left corner on."""
    line = window.exterior
    corners = shapely.get_coordinates(line)
    start = line.project(shapely.Point(corners[np.argmax(corners[:, 1] - corners[:, 0])]))
    steps = (start + np.arange(0.0, line.length, _STEP_MM)) % line.length
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, steps))
    return [(x, y) for x, y in points.tolist()]


def _letter_at(studio: Studio, words: str, at: tuple[float, float]) -> Text:
    colours, size = studio.layout.colours, studio.layout.type.kecamatan[0]
    halo = Stroke(colours.halo, _HALO_MM)
    base = at[1] - CAP_HEIGHT / 2 * size * MM_PER_PT
    return Text(words, at[0], base, size, "bold", colours.ink, "centre", halo=halo)


def title(studio: Studio, arrangement: Arrangement, town: Town) -> str:
    """Return the heading of an inset: its letter, if there are several, its scale, and where it is.

    Where it lies is said of ground that the main map does not show.
    """
    mark = letters(len(arrangement.towns))[arrangement.towns.index(town)]
    main = arrangement.main if town.inset.is_far else None
    if town.inset.told:
        scale = studio.texts.decimal(town.inset.panel.denominator, 0)
        return studio.texts("peta.bagian", huruf=mark, penyebut=scale)
    return heading(studio, mark, town.inset.panel, main)


def headed(layout: Layout, box: Box, head: Box, words: str) -> list[Item]:
    """Draw the frame of an inset, and the strip with its title.

    Parameters
    ----------
    box, head : Box
        The inset, and the strip above it.
    words : str
        The title, from ``title``, ``heading`` or ``of_whole``.
    """
    ink, size, (x, middle) = layout.colours.ink, packing.title_pt(layout), head.centre
    base = middle - CAP_HEIGHT / 2 * size * MM_PER_PT
    stroke = Stroke(ink, layout.lines.frame / 2)
    return [
        Mark(box_shape(head), layout.colours.paper, stroke),
        Text(words, x, base, size, "bold", ink, "centre"),
        Mark(box_shape(box), stroke=stroke),
    ]


def of_whole(studio: Studio, panel: Panel) -> str:
    """Return the title of the small map of the whole district."""
    return studio.texts("peta.seluruh", penyebut=studio.texts.decimal(panel.denominator, 0))


def heading(studio: Studio, mark: str, panel: Panel, beyond: DrawnDistrict | None = None) -> str:
    """Return the heading of an inset.

    Parameters
    ----------
    mark : str
        Its letter, or "".
    panel : Panel
        The inset.
    beyond : DrawnDistrict or None
        The main map, if it does not show the ground of the inset.
    """
    texts, scale = studio.texts, studio.texts.decimal(panel.denominator, 0)
    words = texts("peta.inset", penyebut=scale)
    if mark:
        words = texts("peta.inset_huruf", huruf=mark, penyebut=scale)
    if beyond is None:
        return words
    metres, direction = _away(beyond, panel)
    distance = texts.decimal(metres / _METRES_PER_KM, 0)
    where = texts(f"peta.arah_{direction}")
    return texts("peta.inset_jauh", judul=words, jarak=distance, arah=where)


def _away(main: DrawnDistrict, far: Panel) -> tuple[float, int]:
    """Return how far an inset lies from what the main map shows, and in which eighth.

    Returns
    -------
    metres : float
        On the ground.
    direction : int
        0 is east, 1 north-east, and so on.
    """
    west, south, east, north = shapely.total_bounds(main.shown()).tolist()
    lon0, lat0 = main.panel.degrees_of_paper((west + east) / 2, (south + north) / 2)
    lon1, lat1 = far.degrees_of_paper(*far.box.centre)
    azimuth, _, metres = Geod(ellps="WGS84").inv(lon0, lat0, lon1, lat1)
    return float(metres), round((90.0 - azimuth) / _EIGHTH) % 8
