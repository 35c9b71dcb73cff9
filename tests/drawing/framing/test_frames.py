"""What the main map and the insets of islands show: nothing lost, nothing covered, all larger."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from fsva.config.styles import layout
from fsva.config.styles.layout import Layout
from fsva.core.box import Box
from fsva.drawing.framing import packing
from fsva.drawing.framing.map_frame import Frame
from fsva.drawing.maps import panel as panels
from fsva.drawing.maps.panel import Panel
from fsva.drawing.names import inset_marks
from fsva.drawing.sheets import sheet
from tests.places import kepulauan, lembar_daerah, small
from tests.places.framed import frames

LAYOUTS = {
    name: layout.load(small.ROOT / "styles" / "layouts" / f"{name}.toml", small.THEME)
    for name in ("a4-mendatar", "a4-tegak", "a3-mendatar", "salindia")
}


def district(name: str) -> gpd.GeoDataFrame:
    codes, areas = zip(*kepulauan.made(name), strict=True)
    return gpd.GeoDataFrame(index=list(codes), geometry=list(areas), crs=kepulauan.UTM_52S)


def plain(villages: gpd.GeoDataFrame, form: Layout) -> Panel:
    rules = form.map
    west, south, east, north = map(float, villages.total_bounds)
    bounds = (west, south, east, north)
    box = form.boxes.box("map")
    return panels.fit(bounds, villages.crs, box, rules.denominators, rules.margin)


def shown_in(frame: Frame) -> shapely.Geometry:
    """Return the ground of the main map that no inset covers, and that of the insets."""
    panel = frame.panel
    west, south, *_ = panel.ground().bounds
    covered = [
        shapely.transform(
            window.box.polygon(),
            lambda at: (
                (at - (panel.box.left, panel.box.bottom)) / panel.mm_per_metre + (west, south)
            ),
        )
        for window in frame.windows
    ]
    main = shapely.difference(panel.ground(), shapely.union_all(covered))
    return shapely.union_all([main, *(shapely.box(*window.bounds) for window in frame.windows)])


@pytest.mark.slow
@pytest.mark.parametrize("form", LAYOUTS)
@pytest.mark.parametrize("name", ["kembar", "gugus", "terpencil", "nusantara"])
def test_the_whole_district_is_shown_and_no_inset_covers_land(name: str, form: str) -> None:
    villages = district(name)
    frame = frames.frame(villages, LAYOUTS[form])
    assert frame.windows
    land = shapely.union_all(villages.geometry.to_numpy())
    assert shapely.difference(land, shapely.buffer(shown_in(frame), 1)).area == 0
    boxes = [window.box for window in frame.windows]
    sheet_box = LAYOUTS[form].boxes.box("map")
    (paper,) = frame.panel.to_paper(np.array([land], dtype=object))
    for n, box in enumerate(boxes):
        # Left and width add up to the right edge but for the last bits of a float.
        assert sheet_box.inset(-1e-6).polygon().covers(box.polygon())
        assert not shapely.intersects(box.polygon(), paper)
        assert frame.head is None or not box.inset(1e-6).overlaps(frame.panel.box)
        assert not any(box.overlaps(other) for other in boxes[n + 1 :])
    # An inset holds its ground at its scale, with a margin.
    for window in frame.windows:
        scale = panels.MM_PER_M / window.denominator / frame.panel.distortion
        west, south, east, north = window.bounds
        assert (east - west) * scale + 2 * packing.MARGIN_MM <= window.box.width + 1e-6
        assert (north - south) * scale + 2 * packing.MARGIN_MM <= window.box.height - 4.9


def test_far_parts_do_not_shrink_the_rest() -> None:
    for name, most in (("kembar", 150_000), ("terpencil", 200_000)):
        villages, form = district(name), LAYOUTS["a4-mendatar"]
        frame = frames.frame(villages, form)
        assert plain(villages, form).denominator >= 500_000
        assert frame.panel.denominator <= most
        (window,) = frame.windows
        assert window.is_far
        assert window.denominator <= frame.panel.denominator
        main = villages[villages.within(frame.panel.ground())]
        assert len(main) == {"kembar": 12, "terpencil": 24}[name]


@pytest.mark.slow
def test_each_of_four_groups_of_islets_has_an_inset_beside_a_map_of_all() -> None:
    villages = district("gugus")
    frame = frames.frame(villages, LAYOUTS["a4-tegak"])
    assert villages.within(frame.panel.ground()).all()
    assert len(frame.windows) >= 4
    assert {window.is_far for window in frame.windows} == {False}
    # No map holds islands of two groups, which are the kecamatan.
    for window in frame.windows:
        inside = villages.index[villages.within(shapely.box(*window.bounds).buffer(1))]
        assert len({code[:8] for code in inside}) == 1
        assert frame.panel.denominator >= 1.5 * window.denominator


@pytest.mark.slow
@pytest.mark.parametrize(("name", "form"), [("gugus", "a4-tegak"), ("nusantara", "a4-mendatar")])
def test_islands_among_much_sea_have_maps_that_fill_the_paper(name: str, form: str) -> None:
    villages, layout_ = district(name), LAYOUTS[form]
    frame = frames.frame(villages, layout_)
    assert frame.head
    # All maps together, with their titles, cover the paper but for what lies between them.
    around = Box(frame.panel.box.left, frame.panel.box.bottom, frame.panel.box.width,
                 frame.panel.box.height + frame.head.height)  # fmt: skip
    boxes = [*(window.box for window in frame.windows), around]
    paper = layout_.boxes.box("map").polygon()
    covered = shapely.union_all([box.polygon() for box in boxes])
    assert covered.area == pytest.approx(sum(box.width * box.height for box in boxes))
    assert covered.area > 0.93 * paper.area
    assert around.width * around.height < 0.25 * paper.area
    # Every village is on a map of a group, larger than on a map of the whole could be.
    held = shapely.union_all([shapely.box(*window.bounds) for window in frame.windows])
    areas = villages.geometry.to_numpy()
    assert (shapely.area(shapely.intersection(areas, held)) > shapely.area(areas) / 2).all()
    (scale,) = {window.denominator for window in frame.windows}
    assert scale * 2 <= plain(villages, layout_).denominator
    assert frame.largest.denominator == scale
    # Read from the top: no map stands in a line below that of the next.
    tops = [window.box.top for window in frame.windows]
    assert all(b - a < 15 for a, b in pairwise(tops))


@pytest.mark.slow
def test_districts_without_far_parts_keep_their_map() -> None:
    for villages in (small.layer(), district("induk")):
        for form in LAYOUTS.values():
            frame = frames.frame(villages, form)
            assert frame.windows == ()
            assert frame.panel == plain(villages, form)


@pytest.mark.shared
def test_the_real_districts_without_tiny_villages_keep_their_map(shared_dir: Path) -> None:
    for name, (file, *_) in lembar_daerah.DISTRICTS.items():
        if name == "aceh-utara":  # many of its 852 villages are tiny
            continue
        villages = gpd.read_file(shared_dir / "boundaries" / file)
        villages = villages[villages.geometry.notna()].to_crs(villages.estimate_utm_crs())
        villages.geometry = shapely.make_valid(villages.geometry.to_numpy())
        form = LAYOUTS["a4-mendatar"]
        assert frames.frame(villages, form) == Frame(
            plain(villages, form), (), frames.frame(villages, form).worth
        )


@pytest.mark.slow
def test_the_same_district_has_the_same_frame() -> None:
    form = LAYOUTS["a4-mendatar"]
    first = frames.frame(district("gugus"), form)
    frames.OF_ISLANDS.forget()
    assert frames.frame(district("gugus"), form) == first


def test_an_inset_of_far_ground_says_where_it_lies_and_shows_every_class() -> None:
    layer = lembar_daerah.layer_of(Path(), "kembar")
    made = lembar_daerah.drawn(layer, "kembar", "a4-mendatar")
    names = sheet.arranged(made.studio)
    (town,) = names.towns
    # The islands lie 200 km apart to the east and 20 km to the north (tests/places/kepulauan.py).
    assert inset_marks.title(made.studio, names, town) == "Inset   1 : 140.000, 201 km di timur"
    assert names.unseen == []
    assert set(names.shown_mm2) == set(made.studio.places)
    assert names.naming.named | town.naming.named == set(made.studio.places)


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize(("name", "form"), [("seribu", "salindia"), ("wakatobi", "a4")])
def test_every_village_of_real_islands_shows_its_class(
    shared_dir: Path, name: str, form: str
) -> None:
    layer = shared_dir / "boundaries" / lembar_daerah.ISLANDS[name][0]
    made = lembar_daerah.drawn(layer, name, form)
    names = sheet.arranged(made.studio)
    assert names.unseen == []
    assert len(names.towns) >= 3
    alone = plain(made.studio.villages, made.studio.layout)
    assert max(town.inset.panel.mm_per_metre for town in names.towns) > 2 * alone.mm_per_metre


def test_islets_far_out_stay_on_the_map_of_the_whole_so_that_the_others_are_larger() -> None:
    """Two villages, each with an island and one islet far away."""
    islands = [shapely.box(x, 0, x + 2e3, 2e3) for x in (0.0, 12e3)]
    islets = [shapely.box(x, y, x + 300, y + 300) for x, y in ((4e3, 26e3), (9e3, -24e3))]
    areas = [shapely.MultiPolygon(pair) for pair in zip(islands, islets, strict=True)]
    areas = [shapely.affinity.translate(area, 5e5, 9e6) for area in areas]
    villages = gpd.GeoDataFrame(
        index=["81.01.01.2001", "81.01.01.2002"], geometry=areas, crs=kepulauan.UTM_52S
    )
    frame = frames.frame(villages, LAYOUTS["a4-mendatar"])
    held = shapely.union_all([shapely.box(*window.bounds) for window in frame.windows])
    parts = shapely.get_parts(np.array(areas, dtype=object))
    assert [bool(held.covers(part)) for part in parts] == [True, False, True, False]
    assert frame.panel.ground().covers(shapely.union_all(parts))
    assert all(w.denominator * 2 <= frame.panel.denominator for w in frame.windows)
