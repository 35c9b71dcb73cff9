"""Coordinates inside insets: true, inside the frame, off names."""

from __future__ import annotations

import pytest
import shapely
from pyproj import CRS

from fsva.config.styles import layout
from fsva.core import texts
from fsva.core.box import Box
from fsva.drawing.maps import graticule, inset_graticule
from fsva.drawing.maps.panel import Panel
from fsva.drawing.paper import fonts
from fsva.drawing.paper.scene import Text
from fsva.drawing.paper.text_boxes import text_area
from tests.places import small

A4 = layout.load(small.ROOT / "styles" / "layouts" / "a4-mendatar.toml", small.THEME)
FACES = fonts.load(small.ROOT / "styles" / "fonts")
WORDS = texts.load("id")


def inset(denominator: int, width: float = 60.0, height: float = 40.0) -> Panel:
    return Panel(Box(20, 20, width, height), CRS.from_epsg(32748), (675e3, 9375e3), denominator, 1)


def labels(
    panel: Panel,
    taken: tuple[shapely.Geometry, ...] = (),
    land: tuple[shapely.Geometry, ...] = (),
) -> list[Text]:
    drawn = inset_graticule.of(panel, taken, A4, WORDS, FACES, land)
    return [one for one in drawn.labels if isinstance(one, Text)]


@pytest.mark.parametrize("denominator", [10_000, 60_000, 250_000, 1_000_000])
def test_an_inset_of_any_scale_says_a_longitude_and_a_latitude(denominator: int) -> None:
    panel = inset(denominator)
    written = labels(panel)
    assert any("BT" in text.text for text in written)
    assert any("LS" in text.text for text in written)
    for text in written:
        assert panel.box.polygon().covers(text_area(text, FACES))
        longitude, latitude = panel.degrees_of_paper(text.x, text.y)
        degrees, rest = text.text.split("°")
        minutes, _, more = rest.partition("′")
        seconds = more.split("″")[0] if "″" in more else "0"
        said = int(degrees) + int(minutes) / 60 + int(seconds) / 3600
        # The middle of a coordinate stands on its line, the line leans a little.
        true = longitude if "BT" in text.text else -latitude
        assert abs(said - true) * 111_200 * 1000 / denominator < 1.5


def test_coordinates_keep_off_names() -> None:
    panel = inset(60_000)
    lower = shapely.box(20, 20, 80, 26)
    assert labels(panel)
    assert not any(text_area(t, FACES).intersects(lower) for t in labels(panel, (lower,)))


def test_coordinates_keep_off_villages_where_the_sea_has_room() -> None:
    panel = inset(60_000)
    island = shapely.box(20, 20, 70, 40)  # the whole lower left
    written = labels(panel, land=(island,))
    assert {text.text[-2:] for text in written} == {"BT", "LS"}
    assert not any(text_area(text, FACES).intersects(island) for text in written)
    assert any(text_area(text, FACES).intersects(island) for text in labels(panel))


def test_an_inset_full_of_villages_says_one_coordinate_of_each_axis() -> None:
    panel = inset(60_000, 140, 100)
    land = shapely.difference(panel.box.polygon(), shapely.box(150, 20, 160, 30))
    written = labels(panel, land=(land,))
    assert sorted(text.text[-2:] for text in written) == ["BT", "LS"]
    assert len(labels(panel)) > 2


def test_whole_minutes_have_no_seconds() -> None:
    assert graticule.degree_text(-20700, "latitude", WORDS) == "5°45′ LS"
    assert graticule.degree_text(383430, "longitude", WORDS) == "106°30′30″ BT"
