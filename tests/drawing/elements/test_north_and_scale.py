"""North arrow and scale bar."""

from __future__ import annotations

from itertools import pairwise

import pytest

from fsva.config.styles import layout
from fsva.core.box import Box
from fsva.core.texts import Language
from fsva.drawing.elements import north_and_scale
from fsva.drawing.maps.panel import Panel, north_angle
from fsva.drawing.paper.scene import Mark, Stroke, Text
from fsva.drawing.paper.text_boxes import text_box
from fsva.drawing.sheets.sheet import main_panel
from tests.places import belu, small


def panel(denominator: int) -> Panel:
    studio = belu.made().studio
    return Panel(studio.layout.boxes.box("map"), studio.villages.crs, (718e3, 8990e3),
                 denominator, 1.0)  # fmt: skip


@pytest.mark.parametrize(
    ("denominator", "km"), [(300_000, 2.5), (100_000, 1), (10_000, 0.1), (5_000_000, 50)]
)
def test_four_round_lengths_fit_into_the_bar(denominator: int, km: float) -> None:
    found = north_and_scale.segment_km(panel(denominator), 45)
    assert found == km
    assert 4 * found * 1e6 / denominator <= 45


def test_a_bar_too_short_for_any_round_length_takes_the_shortest() -> None:
    assert north_and_scale.segment_km(panel(1000), 45) == 0.1


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_arrow_points_to_true_north(language: Language) -> None:
    atlas = belu.made(language)
    angle = north_angle(main_panel(atlas.studio))
    written = belu.words(atlas.sheets[0], atlas.box("orientation"))
    (letter,) = [t for t in written if t.text == {"id": "U", "en": "N"}[language]]
    assert letter.angle == pytest.approx(angle)
    # East of the zone's middle and south of the equator true north lies to the right of up.
    assert -1 < angle < 0


def test_boxes_of_the_scale_bar_alternate() -> None:
    atlas = belu.made()
    box = Box(0, 0, 53, 28)
    items = north_and_scale.scale_bar(
        box, main_panel(atlas.studio), atlas.studio.layout, atlas.studio.texts
    )
    cells = [(m.shape.parts[0].min(axis=0), m.fill) for m in items if isinstance(m, Mark)]
    ordered = sorted(cells, key=lambda cell: (cell[0][1], cell[0][0]))
    low, high = [fill for _, fill in ordered[:4]], [fill for _, fill in ordered[4:]]
    assert len(high) == 4
    assert all(a != b for a, b in zip(low, high, strict=True))
    assert all(a != b for row in (low, high) for a, b in pairwise(row))


@pytest.mark.parametrize("name", sorted(f.stem for f in (small.ROOT / "styles/layouts").iterdir()))
def test_the_unit_stands_below_the_bar_and_apart_from_it(name: str) -> None:
    studio = belu.made().studio
    form = layout.load(small.ROOT / "styles" / "layouts" / f"{name}.toml", small.THEME)
    box = form.boxes.box("orientation")
    items = north_and_scale.draw(box, panel(300_000), form, studio.texts)
    (unit,) = [text_box(i, studio.faces) for i in items if isinstance(i, Text) and i.text == "km"]
    cells = [m.shape.parts[0] for m in items if isinstance(m, Mark) and m.stroke == Stroke(
        form.colours.ink, 0.15)]  # fmt: skip
    assert box.bottom + 0.5 < unit.bottom
    assert unit.top + 0.5 < min(part[:, 1].min() for part in cells)


@pytest.mark.parametrize("name", ["a4-mendatar", "a4-tegak", "a3-mendatar", "a3-tegak", "salindia"])
def test_the_bar_is_long_enough_and_its_numbers_are_short_and_apart(name: str) -> None:
    studio = belu.made().studio
    form = layout.load(small.ROOT / "styles" / "layouts" / f"{name}.toml", small.THEME)
    box = form.boxes.box("orientation")
    room = Box(box.left + 18 * form.furniture, box.bottom,
               box.width - 20 * form.furniture, box.height)  # fmt: skip
    for denominator in (n for n in form.map.denominators if 50_000 <= n <= 1_000_000):
        items = north_and_scale.scale_bar(room, panel(denominator), form, studio.texts)
        numbers = [item for item in items if isinstance(item, Text)][:-1]
        assert numbers[-1].x - numbers[0].x >= 14, denominator
        assert not any(t.text.endswith(",0") for t in numbers)
        boxes = [text_box(t, studio.faces) for t in numbers]
        assert all(a.right < b.left for a, b in pairwise(boxes)), denominator
