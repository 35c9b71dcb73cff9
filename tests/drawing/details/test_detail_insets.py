"""A far island on the sheet of its kecamatan stands in an inset, and does not shrink the rest."""

from __future__ import annotations

from functools import cache

import shapely

from fsva.drawing.details import detail_insets, kecamatan_maps
from fsva.drawing.details.kecamatan_maps import DetailMap
from fsva.drawing.paper.scene import Text
from fsva.drawing.paper.text_boxes import text_area
from fsva.runs.kept import value_codec
from tests.places import belu, pulau_jauh


@cache
def settled(*, has_insets: bool) -> DetailMap:
    studio, group = pulau_jauh.kecamatan()
    box = studio.layout.boxes.box("map")
    return kecamatan_maps.settle(studio, group, box, has_insets=has_insets)


def test_the_map_is_far_larger_than_one_of_everything() -> None:
    plain, with_insets = settled(has_insets=False), settled(has_insets=True)
    assert plain.insets == ()
    assert with_insets.panel.denominator * 2 < plain.panel.denominator
    assert with_insets.codes == plain.codes


def test_every_village_is_told_and_parts_beyond_the_map_bear_their_names() -> None:
    detail = settled(has_insets=True)
    assert detail.lost == set()
    (inset,) = detail.insets
    far = set(inset.detail.own.codes)
    assert len(far) == 2
    assert inset.detail.told == far
    assert len(detail.told) == len(detail.codes)


def test_insets_cover_no_village_and_say_where_they_lie() -> None:
    studio, group = pulau_jauh.kecamatan()
    detail = settled(has_insets=True)
    (inset,) = detail.insets
    for area in detail.own.shown():
        assert not shapely.intersects(area, inset.place.box.polygon())
    shown = belu.made().maps[-1]
    numbers = {str(code): str(n) for n, code in enumerate(group.index, start=1)}
    layers = list(detail_insets.layers(studio, detail, shown, numbers))
    said = [item.text for layer in layers for item in layer.items if isinstance(item, Text)]
    assert any("km di timur laut" in words for words in said)
    frame = inset.place.box.inset(-0.01).polygon()
    for layer in layers:
        if layer.name == "inset frame":
            for item in layer.items:
                if isinstance(item, Text):
                    assert shapely.within(text_area(item, studio.faces), frame)


def test_a_kept_map_is_the_same_map() -> None:
    detail = settled(has_insets=True)
    data = value_codec.encode(detail, DetailMap)
    again = value_codec.decode(data, DetailMap, detail.panel.crs)
    assert value_codec.encode(again, DetailMap) == data
    assert again.told == detail.told
