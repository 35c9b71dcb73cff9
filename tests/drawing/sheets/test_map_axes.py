"""A map on axes of matplotlib, by the colours, paths and words of its artists."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
import shapely
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

import fsva
from fsva.api import Atlas
from fsva.config.styles import theme
from fsva.drawing.maps import border_colours
from fsva.drawing.sheets import map_axes
from tests.places import belu, small
from tests.places.small import THEME

HATCHED = (1, 2, 3)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return fsva.open(belu.EDITION)


@pytest.fixture(scope="module")
def axes(atlas: Atlas) -> Axes:
    figure = Figure(figsize=(11, 7))
    return atlas.plot("lahan", ax=figure.add_axes((0.05, 0.1, 0.5, 0.8)))


def villages_of(ax: Axes) -> dict[str, PathPatch]:
    return {str(one.get_gid()): one for one in ax.patches if isinstance(one, PathPatch)}


def lines_of(ax: Axes) -> dict[str, LineCollection]:
    return {str(o.get_gid()): o for o in ax.collections if isinstance(o, LineCollection)}


def test_every_village_has_the_official_colour_of_its_class(atlas: Atlas, axes: Axes) -> None:
    classes, drawn = atlas.villages["lahan_kelas"], villages_of(axes)
    assert {code: to_hex(one.get_facecolor()).upper() for code, one in drawn.items()} == {
        str(code): belu.COLOURS[number - 1] for code, number in classes.items()
    }


def signed_area(patch: PathPatch) -> float:
    """Return the area that a path fills: rings that run the other way are holes."""
    rings = [shapely.linearrings(ring) for ring in patch.get_path().to_polygons()]
    signs = np.where(shapely.is_ccw(rings), 1, -1)
    return float(signs @ shapely.area(shapely.polygons(rings)))


def test_every_village_covers_its_polygon(atlas: Atlas, axes: Axes) -> None:
    drawn = villages_of(axes)
    for code, shape in atlas.villages.geometry.items():
        assert signed_area(drawn[str(code)]) == pytest.approx(shape.area, rel=1e-9)


def test_an_island_and_an_enclave_stay_what_they_are() -> None:
    for shape in small.polygons():
        assert signed_area(PathPatch(map_axes._outline(shape))) == pytest.approx(shape.area)


def test_hatched_classes_carry_the_lines_of_the_theme_and_others_none(
    atlas: Atlas, axes: Axes
) -> None:
    villages, lines, styles = atlas.villages, lines_of(axes), theme.load(THEME)
    assert {name for name in lines if name.startswith("arsir")} == {f"arsir-{n}" for n in HATCHED}
    for number in HATCHED:
        hatch, drawn = styles.hatch(number), lines[f"arsir-{number}"]
        assert hatch is not None
        assert {to_hex(c) for c in drawn.get_colors()} == {hatch.colour.lower()}
        assert drawn.get_linewidths()[0] == pytest.approx(hatch.width * 72 / 25.4)
        segments = shapely.linestrings(np.array(drawn.get_segments()))
        own = shapely.union_all(villages.geometry[villages["lahan_kelas"] == number].to_numpy())
        assert shapely.length(shapely.difference(segments, own.buffer(1))).max() == 0
        steps = np.diff(np.array(drawn.get_segments()), axis=1)[:, 0]
        angles = np.degrees(np.arctan2(steps[:, 1], steps[:, 0])) % 180
        nearest = np.min([np.abs((angles - a + 90) % 180 - 90) for a in hatch.angles], axis=0)
        assert nearest.max() < 0.01


def test_fine_lines_are_as_far_apart_as_on_paper(axes: Axes) -> None:
    hatch = theme.load(THEME).hatch(3)
    assert hatch is not None
    assert hatch.angles == (0,)
    (west, east), room = axes.get_xlim(), axes.get_window_extent()
    (south, north), dpi = axes.get_ylim(), axes.figure.dpi
    metres = max((east - west) / room.width, (north - south) / room.height) * dpi / 25.4
    heights = np.unique(np.round([line[0][1] for line in lines_of(axes)["arsir-3"].get_segments()]))
    assert np.min(np.diff(heights)) <= hatch.spacing * metres + 2
    assert np.median(np.diff(heights)) == pytest.approx(hatch.spacing * metres, abs=2)


def test_the_legend_counts_every_class_also_empty_ones(atlas: Atlas) -> None:
    ax = atlas.plot("akses", ax=Figure().subplots())
    legend = ax.get_legend()
    assert legend is not None
    said = [text.get_text() for text in legend.get_texts()]
    counted = [text.rsplit("(", 1)[1].split()[0] for text in said]
    assert tuple(map(int, counted)) == belu.COUNTS[belu.IDS.index("akses")]
    assert said[0].startswith("1  Rentan pangan tinggi:")
    colours = [to_hex(one.get_facecolor()).upper() for one in legend.get_patches()]
    assert tuple(colours) == belu.COLOURS
    hatched = [o for o in legend.findobj(LineCollection) if isinstance(o, LineCollection)]
    assert [len(one.get_segments()) > 1 for one in hatched] == [True] * len(HATCHED)


def test_borders_are_drawn_each_kind_once(axes: Axes) -> None:
    styles = theme.load(THEME)
    lines = lines_of(axes)
    within = {to_hex(colour).upper() for colour in lines["batas-desa"].get_colors()}
    assert within <= {border_colours.within(c, styles.borders) for c in (*belu.COLOURS, "#FFFFFF")}
    assert len(within) > 3
    for name, colour in (
        ("batas-kecamatan", styles.colours.kecamatan_line),
        ("batas-kabupaten", styles.colours.kabupaten_line),
    ):
        assert to_hex(lines[name].get_colors()[0]) == colour.lower()


def test_title_and_the_word_on_schematic_borders_stand_there(axes: Axes) -> None:
    assert axes.get_title().splitlines()[0] == belu.TITLES[0].upper()
    (said,) = [text for text in axes.texts if text.get_gid() == "batas-skematis"]
    assert said.get_text() == "Batas skematis, bukan batas resmi"


def test_given_axes_leave_pyplot_and_its_settings_alone() -> None:
    code = (
        "import sys, fsva, matplotlib\n"
        "from matplotlib.figure import Figure\n"
        "rc = matplotlib.rcParams\n"
        "said = lambda: {key: rc[key] for key in rc if key != 'backend'}\n"
        "before = said()\n"
        f"atlas = fsva.open({str(belu.EDITION)!r})\n"
        "ax = Figure().subplots()\n"
        "assert atlas.plot('komposit', ax=ax) is ax\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
        "assert said() == before"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.fixture
def without_windows() -> Iterator[None]:
    before = pyplot.get_backend()
    pyplot.switch_backend("Agg")
    yield
    pyplot.close("all")
    pyplot.switch_backend(before)


@pytest.mark.parametrize("measure", belu.IDS)
@pytest.mark.usefixtures("without_windows")
def test_a_figure_of_its_own_holds_title_and_legend(atlas: Atlas, measure: str) -> None:
    ax = atlas.plot(measure)
    figure, legend = ax.get_figure(), ax.get_legend()
    assert isinstance(figure, Figure)
    assert figure is pyplot.gcf()
    assert isinstance(figure.canvas, FigureCanvasAgg)
    assert legend is not None
    figure.draw_without_rendering()
    for part in (legend, ax.title):
        box = part.get_window_extent()
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= figure.bbox.width
        assert box.y1 <= figure.bbox.height


def test_without_matplotlib_the_error_names_its_extra(atlas: Atlas) -> None:
    with (
        patch.dict(sys.modules, {"matplotlib": None}),
        pytest.raises(fsva.FsvaError, match=r"fsva-atlas\[matplotlib\]"),
    ):
        atlas.plot("komposit")


def test_the_picture_is_written(axes: Axes, tmp_path: Path) -> None:
    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    figure.savefig(tmp_path / "lahan.svg")
    drawn = (tmp_path / "lahan.svg").read_text(encoding="utf-8")
    assert 'id="53.04.01.2001"' in drawn
    assert belu.COLOURS[0].lower() in drawn


def shares_its_room(ax: Axes, dpi: float) -> None:
    """Hold that map, legend and words stand in the axes and none over another."""
    legend = ax.get_legend()
    assert legend is not None
    shown = [ax.transData.transform(one.get_path().vertices) for one in villages_of(ax).values()]
    points = np.concatenate(shown)
    boxes = [
        shapely.box(*points.min(axis=0), *points.max(axis=0)),
        shapely.box(*legend.get_window_extent().extents),
        *(shapely.box(*text.get_window_extent().extents) for text in ax.texts),
    ]
    room = shapely.box(*ax.bbox.extents).buffer(dpi / 72)
    assert all(shapely.covers(room, box) for box in boxes)
    for number, box in enumerate(boxes):
        assert not shapely.intersects(box, boxes[number + 1 :]).any()


@pytest.mark.parametrize(
    ("size", "shape"), [((12, 9), (1, 2)), ((8, 6), (1, 1)), ((9, 14), (2, 1)), ((16, 5), (1, 2))]
)
def test_map_and_legend_stay_in_their_axes(
    atlas: Atlas, size: tuple[float, float], shape: tuple[int, int]
) -> None:
    figure = Figure(figsize=size)
    FigureCanvasAgg(figure)
    for ax in np.ravel(figure.subplots(*shape)):
        atlas.plot("air_bersih", ax=ax)
        figure.draw_without_rendering()
        shares_its_room(ax, figure.dpi)
        assert ax.title.get_window_extent().width <= ax.bbox.width * 1.02


def test_the_legend_stands_where_the_map_stays_larger(atlas: Atlas) -> None:
    def lefts(size: tuple[float, float]) -> tuple[float, float]:
        ax = atlas.plot("komposit", ax=Figure(figsize=size).add_axes((0, 0, 1, 0.85)))
        legend = ax.get_legend()
        assert legend is not None
        ax.figure.draw_without_rendering()
        points = [one.get_path().vertices for one in villages_of(ax).values()]
        east = ax.transData.transform(np.concatenate(points))[:, 0].max()
        return float(east), legend.get_window_extent().x0

    east, legend = lefts((14, 5))
    assert legend > east
    east, legend = lefts((6, 9))
    assert legend < east
