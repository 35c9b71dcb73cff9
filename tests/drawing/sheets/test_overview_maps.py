"""Far islands do not shrink the small maps of the summary: they stand in insets."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely

from fsva.config.styles import chart_layouts
from fsva.core.box import Box
from fsva.drawing.paper.scene import Mark, Text
from fsva.drawing.paper.text_boxes import text_box
from fsva.drawing.sheets import overview_maps
from tests.places import belu, lembar_daerah
from tests.places.framed import plain
from tests.places.small import ROOT

PLATE = chart_layouts.overview(ROOT / "styles" / "peta-ringkasan.toml")
WINDOW = Box(8, 20, 78, 62)
FAR_M = 120_000.0


def test_a_district_in_one_piece_fills_its_window() -> None:
    small = overview_maps.prepare(belu.made().studio, PLATE, WINDOW)
    assert len(small.parts) == 1
    assert small.around == ()
    assert not small.has_discs


def test_far_villages_stand_in_an_inset_within_the_window_of_each_map() -> None:
    atlas = belu.made()
    villages = atlas.studio.villages.geo_frame
    moved = villages.geometry.iloc[0].centroid
    islands = [shapely.Point(moved.x + FAR_M, moved.y + 3_000 * n).buffer(1_400) for n in range(3)]
    villages.iloc[:3, villages.columns.get_loc("geometry")] = islands
    studio = replace(atlas.studio, villages=plain(villages))
    small = overview_maps.prepare(studio, PLATE, WINDOW)
    whole = overview_maps.prepare(atlas.studio, PLATE, WINDOW)
    assert small.panel.denominator <= 2 * whole.panel.denominator
    main, *insets = small.parts
    shown = [set(part.district.codes) for part in (main, *insets)]
    assert set.union(*shown) == set(villages.index)
    assert set(villages.index[:3]) <= set.union(*shown[1:])
    second = Box(200, 100, WINDOW.width, WINDOW.height)
    for window in (WINDOW, second):
        items = small.draw(atlas.maps[0], studio, window)
        points = [p for i in items if isinstance(i, Mark) for p in i.shape.parts]
        west, south = np.vstack(points).min(axis=0)
        east, north = np.vstack(points).max(axis=0)
        assert window.left - 0.5 <= west <= east <= window.right + 0.5
        assert window.bottom - 0.5 <= south <= north <= window.top + 0.5
        titles = [i for i in items if isinstance(i, Text)]
        assert any("km di timur" in title.text for title in titles)
        assert all(
            window.left <= text_box(title, studio.faces).left
            and text_box(title, studio.faces).right <= window.right
            for title in titles
        )


@pytest.mark.slow
def test_groups_of_islets_stand_side_by_side_and_fill_the_window() -> None:
    made = lembar_daerah.drawn(lembar_daerah.layer_of(Path(), "gugus"), "gugus", "a4")
    small = overview_maps.prepare(made.studio, PLATE, WINDOW)
    assert small.is_parted
    panels = [part.district.panel for part in small.parts]
    assert len(panels) > 1
    assert len({panel.denominator for panel in panels}) == 1
    boxes = [panel.box for panel in panels]
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    assert all(WINDOW.inset(-0.01).polygon().covers(box.polygon()) for box in boxes)
    # What a frame takes is little: maps with gaps between them fill the window.
    paper = sum(box.width * box.height for box in boxes)
    assert paper > 0.9 * WINDOW.width * WINDOW.height
    shown = set.union(*(set(part.district.codes) for part in small.parts))
    assert shown == set(made.studio.villages.codes)
