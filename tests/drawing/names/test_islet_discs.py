"""On small maps every village of islets shows its class: by an islet large enough, or a disc."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from fsva.config.styles import chart_layouts
from fsva.core.box import Box
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.names import islet_discs
from fsva.drawing.paper.scene import Mark
from fsva.drawing.sheets import overview
from tests.places import belu
from tests.places.framed import plain
from tests.places.small import ROOT

PLATE = chart_layouts.overview(ROOT / "styles" / "peta-ringkasan.toml")


def district(*areas: shapely.Geometry) -> DrawnDistrict:
    """Return villages whose areas are given in millimetres of a panel of 100 mm."""
    panel = Panel(Box(0, 0, 100, 100), belu.made().studio.villages.crs, (0, 0), 1_000_000, 1.0)
    paper: NDArray[np.object_] = np.array(areas, dtype=object)
    codes = tuple(f"53.04.01.{2001 + n}" for n in range(len(areas)))
    return DrawnDistrict(panel, codes, codes, codes, paper)


def square(x: float, y: float, side: float) -> shapely.Polygon:
    return shapely.box(x, y, x + side, y + side)


def having(*areas: shapely.Geometry) -> list[int]:
    """Return which of some villages have a disc."""
    shown = district(*areas)
    placed = islet_discs.place(shown, belu.made().studio.layout)
    return [n for n, code in enumerate(shown.codes) if code in placed.places]


def test_many_specks_are_no_island() -> None:
    specks = shapely.union_all([square(10 + 2 * n, 20 + n % 3 * 2, 0.6) for n in range(20)])
    assert specks.area > 7
    assert having(specks, square(70, 70, 3.0)) == [0]


def test_villages_that_share_an_islet_have_one_each() -> None:
    assert having(square(50, 50, 1.0), square(51, 50, 1.0)) == [0, 1]


def test_villages_of_a_large_island_are_as_on_a_mainland() -> None:
    small = square(70, 50, 1.0)
    # Neighbours share the points of their border.
    edge = [(70, 40), (70, 50), (70, 51), (70, 70), (40, 70), (40, 40)]
    assert having(shapely.Polygon(edge), small) == []


def test_a_larger_islet_shows_its_class_itself() -> None:
    assert having(square(20, 20, 3.0), square(80, 80, 1.0)) == [1]


def test_the_summary_gives_every_islet_a_disc_of_its_class_on_each_map() -> None:
    made = belu.made()
    villages = made.studio.villages.geo_frame
    villages["geometry"] = villages.representative_point().buffer(100, cap_style="square")
    studio, maps = replace(made.studio, villages=plain(villages)), made.maps
    measures = {m.id: m for m in studio.method.measures()}
    shown = overview.sheet(studio, PLATE, maps, measures)
    layers = {layer.name: layer for layer in shown.layers}
    marks = [m for m in layers["villages"].items if isinstance(m, Mark) and m.code and m.fill]
    for code in studio.places:
        own = [m.fill for m in marks if m.code == code]
        assert len(own) == 2 * len(maps)
        assert own[::2] == own[1::2]
    said = [text.text for text in layers["foot"].texts()]
    assert "Lingkaran: kelas desa di pulau kecil." in " ".join(said)


def test_thousands_of_islets_have_no_discs(monkeypatch: pytest.MonkeyPatch) -> None:
    islets = [square(20 * n, 50, 1.0) for n in range(1, 4)]
    assert having(*islets) == [0, 1, 2]
    monkeypatch.setattr(islet_discs, "_MOST", 2)
    assert having(*islets) == []
