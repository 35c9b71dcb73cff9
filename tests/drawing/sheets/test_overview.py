"""The summary map shows every map of the atlas, in its colours, in cells of one size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.styles import chart_layouts
from fsva.core.box import Box
from fsva.drawing.paper.scene import Mark, Sheet
from fsva.drawing.paper.text_boxes import text_box
from fsva.drawing.sheets import overview, overview_grid
from tests.places import belu
from tests.places.framed import plain
from tests.places.small import ROOT

PLATE = chart_layouts.overview(ROOT / "styles" / "peta-ringkasan.toml")


@cache
def drawn() -> Sheet:
    made = belu.made()
    measures = {m.id: m for m in made.studio.method.measures()}
    return overview.sheet(made.studio, PLATE, made.maps, measures)


def fills() -> Iterator[Mark]:
    (villages,) = [layer for layer in drawn().layers if layer.name == "villages"]
    return (item for item in villages.items if isinstance(item, Mark) and item.fill)


def test_every_village_has_on_every_small_map_the_colour_of_the_large_one() -> None:
    made = belu.made()
    shown = [(fill.code, fill.fill) for fill in fills()]
    wanted = [
        (code, belu.COLOURS[priority - 1])
        for one in made.maps
        for code, priority in one.priorities.items()
    ]
    assert sorted(shown) == sorted((code, colour) for code, colour in wanted)


def test_maps_stay_in_their_cells() -> None:
    room = PLATE.boxes.box("maps")
    points = np.vstack([part for fill in fills() for part in fill.shape.parts])
    assert points[:, 0].min() >= room.left
    assert points[:, 0].max() <= room.right
    assert points[:, 1].min() >= room.bottom
    assert points[:, 1].max() <= room.top


def test_the_composite_is_larger_and_the_foot_tells_both_scales() -> None:
    areas: dict[str, list[float]] = {}
    for fill in fills():
        points = np.vstack(fill.shape.parts)
        areas.setdefault(fill.code, []).append(float(np.ptp(points, axis=0).prod()))
    for *others, composite in areas.values():
        assert len(others) == 6
        assert composite > 1.3**2 * max(others)
    (foot,) = [layer for layer in drawn().layers if layer.name == "foot"]
    said = " ".join(text.text for text in foot.texts())
    assert "Peta kecil berskala 1 : 1.000.000, peta besar 1 : 600.000" in said


def test_on_upright_paper_a_wide_district_stands_above_its_small_maps() -> None:
    room = Box(0, 0, 190, 250)
    above = overview_grid.with_large(room, 8, 4, 10, lambda width: 20.0, 1.5, (55, 60))
    *small, large, legend = above.cells
    assert (large.top, legend.top, large.bottom) == (250, 250, legend.bottom)
    assert legend.height >= 60
    assert all(cell.top < large.bottom for cell in small)
    cells = above.cells
    assert not any(a.overlaps(b) for n, a in enumerate(cells) for b in cells[n + 1 :])

    def high(cell: Box) -> float:
        """Return how high the map in a cell is."""
        return min(cell.height - above.head, cell.width / 1.5)

    equal = overview_grid.grid(room, 8, 4, 10, lambda width: 20.0, 1.5)
    assert high(large) > 1.3 * high(small[0])
    assert high(small[0]) > 0.75 * high(equal.cells[0])


def test_cells_are_equal_where_the_others_would_be_too_small() -> None:
    for room, count in ((Box(0, 0, 60, 400), 8), (Box(0, 0, 320, 160), 3)):
        parted = overview_grid.with_large(room, count, 2, 10, lambda width: 10.0, 1.0, (60, 60))
        assert parted == overview_grid.grid(room, count, 2, 10, lambda width: 10.0, 1.0)
    wide = overview_grid.with_large(
        Box(0, 0, 320, 160), 8, 2, 10, lambda width: 10.0, 1.0, (60, 60)
    )
    *small, large, legend = wide.cells
    assert {(c.width, c.height) for c in small} == {(small[0].width, small[0].height)}
    assert len(small) == 6
    assert (large.width, large.bottom, large.right) == (legend.width, legend.top, 320)
    assert not any(large.overlaps(cell) or legend.overlaps(cell) for cell in small)


def test_words_keep_apart() -> None:
    boxes = [text_box(text, belu.made().studio.faces) for text in drawn().texts()]
    for n, box in enumerate(boxes):
        assert box.left >= 5
        assert box.right <= PLATE.width - 5
        assert not any(box.overlaps(other) for other in boxes[n + 1 :])


def test_small_maps_are_named_and_described() -> None:
    said = " ".join(text.text for text in drawn().texts())
    assert [f"Peta {n}." in said for n in range(1, 8)] == [True] * 7
    spoken = drawn().in_words["map"]
    assert spoken.count("Jumlah desa/kelurahan per kelas") == 7


def test_every_small_map_tells_its_counts() -> None:
    (words,) = [layer for layer in drawn().layers if layer.name == "words"]
    counts = [text.text for text in words.texts() if text.text.isdigit()]
    assert counts == [str(n) for counted in belu.COUNTS for n in counted]


@pytest.mark.parametrize("taller", [0.5, 0.7, 1.0, 1.34, 1.8, 3.0])
def test_nothing_is_cut_on_a_district_of_any_shape(taller: float) -> None:
    made = belu.made()
    villages = made.studio.villages.geo_frame
    villages["geometry"] = villages.scale(1 / taller, taller, origin=(0, 0)).translate(
        *(villages.total_bounds[:2] * (1 - 1 / taller, 1 - taller))
    )
    studio = replace(made.studio, villages=plain(villages))
    measures = {m.id: m for m in made.studio.method.measures()}
    shown = overview.sheet(studio, PLATE, made.maps, measures)
    room = PLATE.boxes.box("maps")
    (words,) = [layer for layer in shown.layers if layer.name == "words"]
    boxes = [text_box(text, made.studio.faces) for text in words.texts()]
    for n, box in enumerate(boxes):
        assert room.left <= box.left
        assert box.right <= room.right
        assert room.bottom <= box.bottom + 0.6
        assert box.top <= room.top + 0.6
        assert not any(box.overlaps(other) for other in boxes[n + 1 :])


def test_a_tall_district_stands_in_one_row_of_columns() -> None:
    made = belu.made()
    villages = made.studio.villages.geo_frame
    villages["geometry"] = villages.scale(0.6, 1.6, origin=(0, 0)).translate(
        *(villages.total_bounds[:2] * (1 - 0.6, 1 - 1.6))
    )
    measures = {m.id: m for m in made.studio.method.measures()}
    shown = overview.sheet(
        replace(made.studio, villages=plain(villages)), PLATE, made.maps, measures
    )
    (drawn_villages,) = [layer for layer in shown.layers if layer.name == "villages"]
    points = np.vstack([p for mark in drawn_villages.items if isinstance(mark, Mark)
                        for p in mark.shape.parts])  # fmt: skip
    # In two rows a map would be at most half as high as the room.
    assert np.ptp(points[:, 1]) < PLATE.boxes.box("maps").height
    one = points[points[:, 0] < points[:, 0].min() + 20]
    assert np.ptp(one[:, 1]) > 0.5 * PLATE.boxes.box("maps").height


def test_it_is_a_file_of_the_atlas() -> None:
    assert {"peta-ringkasan.pdf", "peta-ringkasan.png"} <= set(belu.made().files)


@given(st.integers(1, 14), st.floats(0.2, 5))
def test_cells_have_one_size_and_keep_apart(count: int, ratio: float) -> None:
    room = Box(10, 10, 320, 160)
    made = overview_grid.grid(room, count, 4, 10, lambda _: 10.0, ratio)
    assert len(made.cells) == count
    assert made.columns * made.rows >= count
    for n, cell in enumerate(made.cells):
        assert cell.left >= room.left - 1e-9
        assert cell.right <= room.right + 1e-9
        assert cell.bottom >= room.bottom - 1e-9
        assert not any(cell.inset(0.01).overlaps(other) for other in made.cells[n + 1 :])


@pytest.mark.parametrize(("ratio", "columns"), [(0.2, 8), (1.0, 4), (6.0, 2)])
def test_the_shape_of_the_district_decides_the_grid(ratio: float, columns: int) -> None:
    made = overview_grid.grid(Box(0, 0, 320, 160), 8, 4, 10, lambda _: 10.0, ratio)
    assert made.columns == columns
