"""The insets on the map of a kecamatan, for islands that lie apart: their maps, titles and windows.

Owns their drawing. ``kecamatan_maps`` decides which insets there are.
"""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from fsva.drawing.details import kecamatan_maps
from fsva.drawing.details.kecamatan_maps import DetailInset, DetailMap
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import inset_marks
from fsva.drawing.names.inset_marks import InsetWindow
from fsva.drawing.paper.scene import Item, Layer
from fsva.words.specification import MapSpecification

_MAP = ("map",)
_LETTER_MM = 4.0


def panels(detail: DetailMap) -> tuple[Panel, ...]:
    """Return the panels of a map and of its insets."""
    return (detail.panel, *(one.detail.panel for one in detail.insets))


def layers(
    studio: Studio, detail: DetailMap, shown: MapSpecification, numbers: dict[str, str]
) -> Iterator[Layer]:
    """Draw windows on the map, and the insets over it.

    Parameters
    ----------
    shown : MapSpecification
        Classes and their colours.
    numbers : dict of str to str
        Kemendagri code to number.
    """
    if not detail.insets:
        return
    marks = inset_marks.letters(len(detail.insets))
    near = zip(detail.insets, marks, strict=True)
    seen = [InsetWindow(_ground(detail, one), mark) for one, mark in near if not one.place.is_far]
    windows = inset_marks.outlined(studio, detail.panel.box, seen, kecamatan_maps.papers(detail))
    yield Layer("windows", tuple(windows), detail.panel.box, _MAP)
    for one, mark in zip(detail.insets, marks, strict=True):
        around = kecamatan_maps.grounded(studio, one.detail, is_inset=True)
        yield from kecamatan_maps.layers(studio, one.detail, shown, numbers, around=around)
        yield Layer("inset frame", tuple(_frame(studio, detail, one, mark)), tag=_MAP)


def windows(detail: DetailMap) -> list[shapely.Polygon]:
    """Return the paper of the windows on a map, each with room for its letter."""
    near = [one for one in detail.insets if not one.place.is_far]
    return [_ground(detail, one).buffer(_LETTER_MM) for one in near]


def _ground(detail: DetailMap, one: DetailInset) -> shapely.Polygon:
    """Return the ground of an inset on the paper of the map."""
    (window,) = detail.panel.to_paper(shapely.from_wkb([one.place.panel.ground().wkb])).tolist()
    return shapely.Polygon(window)


def _frame(studio: Studio, detail: DetailMap, one: DetailInset, mark: str) -> list[Item]:
    """Draw the strip with the title of an inset, and its frame."""
    place = one.place
    beyond = detail.own if place.is_far else None
    words = inset_marks.heading(studio, mark, place.panel, beyond)
    return inset_marks.headed(studio.layout, place.panel.box, place.head, words)
