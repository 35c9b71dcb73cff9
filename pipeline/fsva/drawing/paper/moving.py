"""Items of a sheet elsewhere and in another size, for sheets that are put together of others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fsva.drawing.paper.scene import Item, Layer, Mark, Placement, Shape, Stroke, Tag, Text


def layer(given: Layer, place: Placement, tag: Tag = ()) -> Layer:
    """Return a layer where a sheet is placed.

    Parameters
    ----------
    place : Placement
        Of the sheet to which the layer belongs.
    tag : tuple of str
        What it is there to a reader; without one what it was.
    """
    clip = place.on_paper(given.clip) if given.clip else None
    items = tuple(item(one, place) for one in given.items)
    return replace(given, items=items, clip=clip, tag=tag or given.tag)


def item(one: Item, place: Placement) -> Item:
    """Return an item where a sheet is placed."""
    scale = place.scale
    corner = np.array([place.left, place.bottom])
    if isinstance(one, Text):
        x, y = corner + scale * np.array([one.x, one.y])
        return replace(
            one,
            x=float(x),
            y=float(y),
            size_pt=one.size_pt * scale,
            spacing_mm=one.spacing_mm * scale,
            halo=_stroke(one.halo, scale) if one.halo else None,
        )
    if isinstance(one, Mark):
        parts = tuple(corner + scale * part for part in one.shape.parts)
        stroke = _stroke(one.stroke, scale) if one.stroke else None
        return replace(one, shape=Shape(parts, one.shape.closed), stroke=stroke)
    return replace(one, box=place.on_paper(one.box))


def _stroke(stroke: Stroke, scale: float) -> Stroke:
    dash = tuple(mm * scale for mm in stroke.dash_mm)
    return Stroke(stroke.colour, stroke.width_mm * scale, dash)
