"""The ground of a map: sea, land, neighbours, their names, the lines of the graticule.

Owns the muted background below the villages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely

from fsva.config.editions.ground_sections import PlaceName
from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.core.texts import Texts
from fsva.core.toml import Bilingual
from fsva.drawing.lettering import labels, typesetting
from fsva.drawing.lettering.typesetting import Wording
from fsva.drawing.maps import shores
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import (
    FaceName,
    Item,
    Mark,
    Stroke,
    Text,
    box_shape,
    shape_of,
)
from fsva.drawing.paper.text_boxes import text_box
from fsva.sources.plain.shape_table import ShapeTable

HOME = "360"
COUNTRY = "negara"
# Lines of two layers nearer than this on paper mean the same line.
_SAME_LINE_MM = 0.5
# Largest distance on paper between a neighbour's border and the outline of the district if both are
# the same border.
REACH_MM = 14.0
_REACH_COARSE_MM = 1.5
_COARSE_MM = 0.4
_LEAST_HOLE_MM2 = 0.01
_NAME_GAP_MM = 1.2
# Paper around a name that keeps it apart from the district, where there is so much.
_APART_MM = 5.0


@dataclass(frozen=True, eq=False)
class NamedArea:
    """Sea or land around the district whose name is known, but not its border.

    Parameters
    ----------
    name : Bilingual
        Of the sea or the kabupaten.
    kind : {"laut", "tetangga"}
        As in ``[[sekitar.nama]]``.
    area : Geometry
        What is sure to belong to it, as far as a map shows it, degrees.
    """

    name: Bilingual
    kind: Literal["laut", "tetangga"]
    area: shapely.Geometry


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What lies around the district, in degrees (WGS 84).

    Parameters
    ----------
    land : ShapeTable
        Countries: ``iso``, ``nama``, geometry.
    neighbours : ShapeTable or None
        Neighbours: ``jenis`` (``kabupaten`` or ``negara``), ``nama``, geometry.
    names : sequence of PlaceName
        Names of seas and of neighbours without polygon.
    areas : sequence of NamedArea
        Seas and neighbours of the gazetteer, where the edition gives no names.
    holes : ShapeTable or None
        Land within the district whose owner nobody names.
    """

    land: ShapeTable
    neighbours: ShapeTable | None
    names: Sequence[PlaceName]
    areas: Sequence[NamedArea] = ()
    holes: ShapeTable | None = None

    def named(self) -> ShapeTable:
        """Return the areas whose names the map says; without neighbours, the other countries."""
        if self.neighbours is not None:
            return self.neighbours
        return self.land.rows(self.land["iso"] != HOME)


@dataclass(frozen=True, eq=False)
class DrawnGround:
    """The drawn ground of a map.

    Parameters
    ----------
    items : list of Mark
        Sea, land and lines.
    beyond : Geometry
        Land outside the district, millimetres.
    """

    items: list[Item]
    beyond: shapely.Geometry


def draw(
    panel: Panel, surroundings: Surroundings, outline: shapely.Geometry, layout: Layout
) -> DrawnGround:
    """Draw sea, land and neighbours.

    Parameters
    ----------
    outline : Geometry
        Paper that the district covers; neighbours are led up to it.
    """
    land = _on_paper(surroundings.land, "iso", panel)
    ground = shapely.union_all([geometry for _, geometry in land])
    neighbours: list[tuple[str, shapely.Geometry]] = []
    if surroundings.neighbours is not None:
        around = _on_paper(surroundings.neighbours, "jenis", panel)
        neighbours = _led_up(around, outline, ground) if around else []
    home = [(iso == HOME, g) for iso, g in land] + [(k != COUNTRY, g) for k, g in neighbours]
    colours = layout.colours
    items: list[Item] = [Mark(box_shape(panel.box), colours.sea)]
    for is_home, geometry in home:
        fill = colours.land if is_home else colours.foreign
        items.append(Mark(shape_of(geometry), fill, Stroke(fill, layout.lines.seam)))
    lines = _lines(land, neighbours, ground, outline)
    items += [
        Mark(shape_of(line), stroke=stroke)
        for line, stroke in zip(lines, line_strokes(layout), strict=True)
        if not shapely.is_empty(line)
    ]
    # Over the lines: nobody says that a border runs through a hole.
    white = layout.colours.paper
    seam = Stroke(white, layout.lines.seam)
    items += [Mark(shape_of(h), white, seam) for h in _holes(surroundings.holes, panel)]
    every: shapely.Geometry = shapely.union_all([ground, *(g for _, g in neighbours)])
    beyond: shapely.Geometry = shapely.difference(every, outline)
    return DrawnGround(items, beyond)


def _holes(holes: ShapeTable | None, panel: Panel) -> list[shapely.Geometry]:
    """Return the land within the district whose owner nobody names, on paper."""
    if holes is None:
        return []
    return list(_shown(holes, panel)[1])


def line_strokes(layout: Layout) -> tuple[Stroke, Stroke, Stroke]:
    """Return how coasts, borders of countries and borders of neighbouring kabupaten are drawn."""
    colours, widths = layout.colours, layout.lines
    return (
        shores.strokes(layout).coast,
        Stroke(colours.neighbour_line, widths.neighbour * 1.5, (3.0, 1.0, 0.4, 1.0)),
        Stroke(colours.neighbour_line, widths.neighbour, (1.6, 0.9)),
    )


def _lines(
    land: list[tuple[str, shapely.Geometry]],
    neighbours: list[tuple[str, shapely.Geometry]],
    ground: shapely.Geometry,
    outline: shapely.Geometry,
) -> tuple[shapely.Geometry, shapely.Geometry, shapely.Geometry]:
    """Return coasts, borders of countries, borders of kabupaten; each line is of one kind only."""
    drawn, coast = [(k, _edge(g)) for k, g in neighbours], _edge(ground)
    country = shapely.union_all(
        [line for k, line in drawn if k == COUNTRY] or [_edge(g) for _, g in land]
    )
    kabupaten = shapely.union_all([line for k, line in drawn if k != COUNTRY])
    coastal = shapely.union(outline, _wide(coast, _SAME_LINE_MM, 0))
    free = shapely.difference(country, coastal)
    covered = shapely.union(coastal, _wide(free, _SAME_LINE_MM, 0))
    return shapely.difference(coast, outline), free, shapely.difference(kabupaten, covered)


def _led_up(
    neighbours: list[tuple[str, shapely.Geometry]],
    outline: shapely.Geometry,
    ground: shapely.Geometry,
) -> list[tuple[str, shapely.Geometry]]:
    """Extend neighbours to the district where their layer was drawn for another outline.

    Land between a neighbour and the district becomes the neighbour's. Land that the district covers
    is cut from the neighbour.
    """
    gap = shapely.difference(
        shapely.intersection(_wide(outline, REACH_MM, _REACH_COARSE_MM), ground), outline
    )
    gap = shapely.difference(gap, shapely.union_all([g for _, g in neighbours]))
    led: list[tuple[str, shapely.Geometry]] = []
    for kind, geometry in neighbours:
        near = shapely.intersection(gap, _wide(geometry, REACH_MM))
        gap = shapely.difference(gap, near)
        grown = shapely.union(shapely.difference(geometry, outline), _wide(near, 0.01, 0))
        led.append((kind, _polygonal(grown)))
    led = [(kind, geometry) for kind, geometry in led if not shapely.is_empty(geometry)]
    return _without_holes(led, outline, ground)


def _without_holes(
    neighbours: list[tuple[str, shapely.Geometry]],
    outline: shapely.Geometry,
    ground: shapely.Geometry,
) -> list[tuple[str, shapely.Geometry]]:
    """Give enclosed land between neighbours and district to the neighbour with the longest border.

    A remainder between two layers is no exclave and must not look like one.
    """
    filled = list(neighbours)
    covered = shapely.union_all([outline, *(geometry for _, geometry in neighbours)])
    parts = shapely.get_parts(covered)
    rings = [shapely.Polygon(ring) for part in parts for ring in part.interiors]
    inside = shapely.intersection(np.array(rings, dtype=object), ground)
    holes = shapely.difference(inside, covered)
    for hole in holes[shapely.area(holes) > _LEAST_HOLE_MM2]:
        grown = _polygonal(_wide(hole, _SAME_LINE_MM, 0))
        held = [shapely.area(shapely.intersection(grown, geometry)) for _, geometry in filled]
        kind, geometry = filled[int(np.argmax(held))]
        piece = _wide(hole, 0.01, 0)
        filled[int(np.argmax(held))] = (kind, _polygonal(shapely.union(geometry, piece)))
    return filled


def _edge(area: shapely.Geometry) -> shapely.Geometry:
    """Return the outline of an area; for an empty collection an empty one, not None."""
    edge: shapely.Geometry | None = shapely.boundary(area)
    return shapely.MultiLineString() if edge is None else edge


def _wide(
    geometry: shapely.Geometry, distance: float, tolerance: float = _COARSE_MM
) -> shapely.Geometry:
    """Return the paper within a distance; coarse corners are enough for intersections."""
    wide: shapely.Geometry = shapely.buffer(
        shapely.simplify(geometry, tolerance), distance, quad_segs=2
    )
    return wide


def _on_paper(areas: ShapeTable, column: str, panel: Panel) -> list[tuple[str, shapely.Geometry]]:
    """Return the parts of polygons that the panel shows, in millimetres, with a column."""
    rows, shown = _shown(areas, panel)
    return [(str(areas[column][n]), area) for n, area in zip(rows, shown, strict=True)]


def _shown(areas: ShapeTable, panel: Panel) -> tuple[list[int], list[shapely.Geometry]]:
    """Return which polygons the panel shows, and their parts on it, in millimetres."""
    window = panel.ground(margin_mm=2)
    west, south, east, north = panel.degrees(margin_mm=2)
    around = shapely.box(west - 0.2, south - 0.2, east + 0.2, north + 0.2)
    near = shapely.intersection(areas.geometry, around)
    kept = np.flatnonzero(~shapely.is_empty(near))
    shown = panel.to_paper(shapely.intersection(panel.project(near[kept]), window))
    parts = [_polygonal(geometry) for geometry in shown]
    seen = [
        (int(n), part) for n, part in zip(kept, parts, strict=True) if not shapely.is_empty(part)
    ]
    return [n for n, _ in seen], [part for _, part in seen]


def _polygonal(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = [p for p in shapely.get_parts(geometry) if isinstance(p, shapely.Polygon)]
    return shapely.MultiPolygon(parts)


def names(
    panel: Panel,
    surroundings: Surroundings,
    occupied: shapely.Geometry,
    layout: Layout,
    texts: Texts,
    faces: Faces,
) -> list[Text]:
    """Write the names of visible neighbours, and of seas at the places that the edition gives.

    Parameters
    ----------
    surroundings : Surroundings
        Neighbours and names.
    occupied : Geometry
        Paper that is taken by the district and by insets, millimetres.
    layout, texts, faces
        Sizes and colours, language, type faces.
    """
    written = told_names(panel, surroundings, layout, texts, faces)
    taken = [text_box(text, faces).inset(-1).polygon() for text in written]
    holes = _holes(surroundings.holes, panel)
    occupied = shapely.union_all([_wide(occupied, _NAME_GAP_MM), *taken, *holes])
    frame = panel.box.inset(1.5).polygon()
    around = [("tetangga", *one) for one in _on_paper(surroundings.named(), "nama", panel)]
    said = {text.text for text in written}
    around += [
        (one.kind, one.name[texts.language], panel.to_paper(panel.project(np.array([one.area])))[0])
        for one in surroundings.areas
        if one.name[texts.language].upper() not in said
    ]
    for kind, words, geometry in around:
        shown = shapely.intersection(geometry, frame)
        ways = typesetting.wordings(words.upper(), faces, _look(kind, layout)[0], _sizes(layout))
        written += _named(_polygonal(shapely.difference(shown, occupied)), ways, kind, layout)
    return written


def told_names(
    panel: Panel, surroundings: Surroundings, layout: Layout, texts: Texts, faces: Faces
) -> list[Text]:
    """Return the names whose places the edition gives, as far as the panel shows them.

    Parameters
    ----------
    surroundings : Surroundings
        Names with their places.
    layout, texts, faces
        Sizes and colours, language, type faces.
    """
    written: list[Text] = []
    for place in surroundings.names:
        at = panel.paper_of_degrees(np.array([place.longitude]), np.array([place.latitude]))[0]
        words = place.name[texts.language]
        text = _name(words, place.kind, float(at[0]), float(at[1]), layout)
        text = _moved_in(text, panel.box, faces)
        if panel.box.holds(text_box(text, faces)):
            written.append(text)
    return written


def _sizes(layout: Layout) -> tuple[float, ...]:
    size, least = layout.type.neighbour, layout.type.note
    return size, max(size * 7 / 9, least), least


def _named(free: shapely.Geometry, ways: list[Wording], kind: str, layout: Layout) -> list[Text]:
    """Write a name where free paper is widest, clear of the district where there is room."""
    apart = shapely.buffer(free, -_APART_MM, quad_segs=2)
    for paper in (apart, free):
        placed = labels.candidates(np.array([_polygonal(paper)], dtype=object), [ways]).best()
        if 0 in placed:
            face, colour = _look(kind, layout)
            return placed[0].texts(face, colour, None)
    return []


def _look(kind: str, layout: Layout) -> tuple[FaceName, str]:
    """Return the type face and the colour of names of seas, or of neighbours."""
    if kind == "laut":
        return "italic", layout.colours.sea_name
    return "bold", layout.colours.neighbour_name


def _name(words: str, kind: str, x: float, y: float, layout: Layout) -> Text:
    face, colour = _look(kind, layout)
    spacing = 0.6 if kind == "laut" else 0.0
    size = layout.type.neighbour
    return Text(words.upper(), x, y, size, face, colour, "centre", spacing_mm=spacing)


def _moved_in(text: Text, box: Box, faces: Faces) -> Text:
    """Move a name that the frame would cut; a name whose place is outside the frame stays."""
    covered, inner = text_box(text, faces), box.inset(_NAME_GAP_MM)
    if not (box.left < text.x < box.right and box.bottom < text.y < box.top):
        return text
    right = max(0.0, inner.left - covered.left) - max(0.0, covered.right - inner.right)
    up = max(0.0, inner.bottom - covered.bottom) - max(0.0, covered.top - inner.top)
    return replace(text, x=text.x + right, y=text.y + up) if right or up else text
