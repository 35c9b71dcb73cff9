"""The inset: which villages it enlarges, how much, and where it finds room."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from fsva.config.styles import layout
from fsva.core.box import Box
from fsva.drawing.lettering import free_paper
from fsva.drawing.maps.panel import Panel
from fsva.drawing.names.inset import Inset
from fsva.drawing.paper.scene import Layer, Mark, Text
from fsva.drawing.paper.text_boxes import text_area
from fsva.drawing.sheets.sheet import main_panel
from tests.places import belu, lembar_daerah, small
from tests.places.belu import Made
from tests.places.framed import inset

LAYOUT = layout.load(small.ROOT / "styles" / "layouts" / "a4-mendatar.toml", small.THEME)
FRAME = LAYOUT.boxes.box("map")


def test_areas_near_each_other_are_one_group_the_largest_first() -> None:
    def square(x: float) -> shapely.Geometry:
        return shapely.box(x, 0, x + 1, 1)

    areas = np.array([square(x) for x in (0, 20, 2, 21.5, 4, 40)], dtype=object)
    assert inset.clusters(areas) == [[0, 2, 4], [1, 3], [5]]
    # The last square joins two groups.
    assert inset.clusters(areas[[0, 4, 2]]) == [[0, 1, 2]]


def found(nameless: list[str], district: shapely.Geometry, denominator: int) -> list[Inset]:
    """Look for insets of the small kabupaten, whose villages are 3 km wide."""
    villages = small.layer().assign(kecamatan=small.KECAMATAN)
    main = Panel(FRAME, villages.crs, (608e3, 8994e3), denominator, 1.0)
    free = free_paper.of_panel(FRAME).without(district)
    return [
        window
        for town in inset.towns(villages, nameless, main)
        for window in inset.windows(villages, town, main, free, LAYOUT)
    ]


TOWN = list(small.CODES[:4])


def test_small_villages_without_names_are_enlarged_on_free_paper() -> None:
    district = Box(FRAME.left, FRAME.bottom, 120, 100).polygon()
    windows = found(TOWN, district, 1_000_000)
    assert windows
    for made in windows:
        assert set(TOWN) <= set(made.codes)
        assert 1_000_000 / made.panel.denominator >= 1.5
        assert not shapely.intersects(made.box.polygon(), district)
        assert shapely.within(made.box.polygon(), FRAME.polygon())
        assert made.head.bottom == pytest.approx(made.panel.box.top)


@pytest.mark.parametrize(
    ("nameless", "district", "denominator"),
    [
        ([], shapely.Point(0, 0), 1_000_000),
        (TOWN[:3], shapely.Point(0, 0), 1_000_000),
        (TOWN, FRAME.polygon(), 1_000_000),
        # Villages of 20 mm are no town, whatever their names.
        (TOWN, shapely.Point(0, 0), 150_000),
    ],
    ids=["all named", "too few", "no room", "large"],
)
def test_there_is_no_inset_without_a_town_and_room(
    nameless: list[str], district: shapely.Geometry, denominator: int
) -> None:
    assert found(nameless, district, denominator) == []


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


def test_belu_enlarges_the_town_of_atambua_beside_the_district(atlas: Made) -> None:
    main, town = belu.layers(atlas.sheets[0], "villages")
    assert town.clip is not None
    names = {r["kode_kemendagri"]: r["desa"] for r in atlas.rows()}
    shown = {names[code] for code in belu.areas(town)}
    assert {"Atambua", "Tulamalae", "Beirafu", "Berdao", "Tenukiik"} <= shown
    outline = shapely.union_all(list(belu.areas(main).values()))
    assert not shapely.intersects(town.clip.polygon(), outline)


def test_the_dashed_window_shows_what_the_inset_enlarges(atlas: Made) -> None:
    panel = main_panel(atlas.studio)
    _, town = belu.layers(atlas.sheets[0], "villages")
    (names,) = belu.layers(atlas.sheets[0], "names")
    (window,) = _dashed(names)
    main = belu.areas(belu.layers(atlas.sheets[0], "villages")[0])
    shown = {code for code, area in main.items() if shapely.area(
        shapely.intersection(area, window)) > 0.5}  # fmt: skip
    assert shown <= set(belu.areas(town))
    assert shapely.within(window, panel.box.polygon())
    assert town.clip is not None
    west, south, east, north = shapely.bounds(window)
    gain = town.clip.width / (east - west)
    assert town.clip.height / (north - south) == pytest.approx(gain, rel=1e-3)
    assert gain >= 1.5


def _dashed(names: Layer) -> list[shapely.Geometry]:
    marks = [m for m in names.items if isinstance(m, Mark) and m.stroke and m.stroke.dash_mm]
    return [shapely.Polygon(m.shape.parts[0]) for m in marks if m.shape.closed]


def test_of_a_group_too_wide_to_show_its_closest_part_is_enlarged() -> None:
    corners = [(n % 3, n // 3) for n in range(9)] + [(30 * n, 40) for n in range(4)]
    squares = [shapely.box(x, y, x + 1, y + 1) for x, y in corners]
    town = gpd.GeoDataFrame(
        {"kecamatan": "A"}, index=[f"{n:02}" for n in range(13)],
        geometry=shapely.transform(np.array(squares, dtype=object), lambda xy: xy * 1000 + 6e5),
        crs=32751,
    )  # fmt: skip
    main = Panel(FRAME, town.crs, (640e3, 620e3), 800_000, 1.0)
    free = free_paper.of_panel(FRAME).without(Box(FRAME.left, FRAME.bottom, 150, 120).polygon())
    assert inset.windows(town, town, main, free, LAYOUT) == []
    shown = [set(one.codes) for one in inset.cores(town, main, free, LAYOUT)]
    assert shown
    assert all(codes <= set(town.index[:9]) for codes in shown)


@pytest.mark.slow
@pytest.mark.shared
def test_several_insets_are_told_apart_by_letters_on_their_windows(shared_dir: Path) -> None:
    layer = shared_dir / "boundaries" / lembar_daerah.DISTRICTS["malaka"][0]
    made = lembar_daerah.drawn(layer, "malaka", "a4-tegak")
    first, faces = made.sheets[0], made.studio.faces
    frames = belu.layers(first, "inset frame")
    heads = [t.text for frame in frames for t in frame.items if isinstance(t, Text)]
    letters = [head.split()[1] for head in heads]
    assert letters == ["A", "B", "C"][: len(letters)]
    assert len(letters) > 1
    (names,) = belu.layers(first, "names")
    written = [t for t in names.items if isinstance(t, Text)]
    others = [text_area(t, faces) for t in written if t.text not in letters]
    for letter, window in zip(letters, _dashed(names), strict=True):
        (text,) = [t for t in written if t.text == letter]
        paper = text_area(text, faces)
        assert shapely.intersects(paper, window.exterior)
        assert not shapely.intersects(paper, others).any(), letter
