"""How much of its colour a village shows beside lines and names, against a plain reckoning."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import CRS

from fsva.config.styles import layout
from fsva.core.box import Box
from fsva.drawing.maps import visible
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.maps.visible import VisibleAreas
from tests.places.small import ROOT

STYLES = ROOT / "styles"
LAYOUT = layout.load(STYLES / "layouts" / "a4-mendatar.toml", STYLES / "gaya" / "standar.toml")
SIDE, N = 5.0, 6  # millimetres, villages in a row


@pytest.fixture(scope="module")
def grid() -> DrawnDistrict:
    """Return a wavy grid of villages in four kecamatan; the panel cuts its right edge."""
    steps = np.arange(N * 4 + 1) / 4
    x, y = np.meshgrid(steps, steps)
    x, y = 10 + SIDE * (x + 0.08 * np.sin(9 * y)), 10 + SIDE * (y + 0.08 * np.sin(7 * x))
    rings = []
    for row in range(N):
        for column in range(N):
            down, up = row * 4, row * 4 + 4
            left, right = column * 4, column * 4 + 4
            path = [(down, k) for k in range(left, right)]
            path += [(k, right) for k in range(down, up)]
            path += [(up, k) for k in range(right, left, -1)]
            path += [(k, left) for k in range(up, down, -1)]
            rings.append(shapely.Polygon([(x[at], y[at]) for at in path]))
    areas = np.array(rings, dtype=object)
    codes = tuple(str(n) for n in range(N * N))
    kecamatan = tuple(f"{n // N // 3}{n % N // 3}" for n in range(N * N))
    panel = Panel(Box(0, 0, 38, 60), CRS.from_epsg(32751), (0.0, 0.0), 100_000, 1.0)
    return DrawnDistrict(panel, codes, codes, kecamatan, areas)


def reckoned(district: DrawnDistrict, papers: list[shapely.Geometry]) -> list[float]:
    """Take every line and every paper off every village."""
    lines, edges = LAYOUT.lines, district.edges
    over = shapely.union_all(
        [
            shapely.buffer(edges.kecamatan, lines.kecamatan / 2 + lines.casing),
            shapely.buffer(edges.outline, lines.coast / 2),
            *shapely.buffer(edges.between, lines.village / 2),
            *papers,
        ]
    )
    left: list[float] = shapely.area(shapely.difference(district.shown(), over)).tolist()
    return left


def test_lines_of_all_kinds_and_the_edge_of_the_panel_are_taken_off(grid: DrawnDistrict) -> None:
    found = visible.areas(grid, LAYOUT)
    assert list(found.values()) == pytest.approx(reckoned(grid, []), abs=1e-3)
    cut = shapely.area(grid.shown()) < shapely.area(grid.areas) - 1
    assert 0 < cut.sum() < len(cut)


def test_papers_are_taken_off_anew_each_time(grid: DrawnDistrict) -> None:
    seen = VisibleAreas(grid, LAYOUT)
    bare = seen.beside()
    name, other = shapely.box(12, 12, 21, 14), shapely.box(20, 13, 26, 15)
    covered = seen.beside([name, other])
    assert list(covered.values()) == pytest.approx(reckoned(grid, [name, other]), abs=1e-3)
    assert sum(covered.values()) < sum(bare.values()) - 10
    assert seen.beside() == bare


def test_lines_between_villages_as_narrow_as_a_few_lines_are_left_out(grid: DrawnDistrict) -> None:
    lines = LAYOUT.lines
    wide = LAYOUT.lines.model_copy(update={"village": SIDE / 3.0})
    coarse = LAYOUT.model_copy(update={"theme": LAYOUT.theme.model_copy(update={"lines": wide})})
    assert coarse.lines.village == SIDE / 3.0
    colours = dict.fromkeys(grid.codes, "#E69F00")
    assert grid.has_village_lines(LAYOUT)
    assert len(grid.village_lines(colours, LAYOUT)) == len(grid.edges.between)
    assert not grid.has_village_lines(coarse)
    assert grid.village_lines(colours, coarse) == []
    # What is not drawn covers nothing.
    bare = visible.areas(grid, coarse)
    inner = next(n for n, c in enumerate(grid.codes) if c == str(N + 1))
    assert bare[str(N + 1)] == pytest.approx(shapely.area(grid.areas[inner]), abs=1e-9)
    assert lines.village < SIDE / 4


def test_of_thousands_of_tiny_villages_only_the_others_are_reckoned(
    grid: DrawnDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny = replace(grid, areas=grid.areas.copy())
    tiny.areas[:12] = shapely.affinity.scale(shapely.box(0, 0, 0.9, 0.9), 1, 1, origin=(0, 0))
    monkeypatch.setattr(visible, "_MOST_TINY", 11)
    few, many = visible.areas(grid, LAYOUT), visible.areas(tiny, LAYOUT)
    assert all(many[code] < visible.LEAST_MM2 for code in grid.codes[:12])
    inner = [code for n, code in enumerate(grid.codes) if n >= 24]
    assert [many[code] for code in inner] == pytest.approx([few[code] for code in inner], abs=1.5)
