"""Islands stand in the insets of the print layouts where they stand on our sheets."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import geopandas as gpd
import numpy as np
import pytest

from fsva.drawing.framing import frames
from fsva.drawing.maps import inset_graticule
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names import arrangement, inset_marks, tokens
from fsva.drawing.paper.scene import Text
from fsva.drawing.sheets import sheet
from fsva.files.qgis import layout_insets
from fsva.files.qgis.layout_items import LayoutSheet
from tests.places import kepulauan, lapisan
from tests.places.framed import plain


def studio_of(name: str) -> Studio:
    """Return the studio of Belu with the villages of a district of islands."""
    codes, areas = zip(*kepulauan.made(name), strict=True)
    villages = gpd.GeoDataFrame(index=list(codes), geometry=list(areas), crs=kepulauan.UTM_52S)
    villages["kecamatan"] = [code[:8] for code in codes]
    villages["desa"] = [f"Desa {code[-4:]}" for code in codes]
    return replace(lapisan.belu(("gpkg", "qgz")).run.studio, villages=plain(villages))


def drawn(studio: Studio) -> list[Element]:
    layout = studio.layout
    colours = (layout.colours.ink, layout.colours.paper)
    paper = LayoutSheet("Peta 7", layout.height, ("Liberation Sans",), *colours)
    small = layout_insets.framed(studio)
    return list(layout_insets.draw(studio, paper, small, "Peta 7"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kembar", "gugus", "terpencil"])
def test_each_inset_of_the_sheets_is_a_map_of_its_ground(name: str) -> None:
    studio = studio_of(name)
    frame = frames.frame(studio.villages, studio.layout)
    assert frame.windows
    maps = {item.get("id"): item for item in drawn(studio) if item.find("Extent") is not None}
    assert list(maps) == [f"inset_{n}" for n in range(1, len(frame.windows) + 1)]
    for window, item in zip(frame.windows, maps.values(), strict=True):
        extent = item.find("Extent")
        assert extent is not None
        west, south, east, north = (
            float(extent.get(edge, "")) for edge in ("xmin", "ymin", "xmax", "ymax")
        )
        assert (west, south) < (window.bounds[0], window.bounds[1])
        assert (east, north) > (window.bounds[2], window.bounds[3])
        wide, _, unit = str(item.get("size")).partition(",")
        assert unit.endswith("mm")
        # Its scale: millimetres of ground by millimetres of paper.
        assert (east - west) * 1000 / float(wide) == pytest.approx(window.denominator, rel=0.001)
        assert item.get("followPresetName") == "Peta 7"


@pytest.mark.slow
def test_insets_of_islands_have_the_lines_of_our_sheets() -> None:
    studio = studio_of("gugus")
    small = layout_insets.framed(studio)
    maps = {item.get("id"): item for item in drawn(studio) if item.find("Extent") is not None}
    assert len(maps) == len(small.insets) >= 1
    for (one, _), item in zip(small.insets, maps.values(), strict=True):
        grid = item.find("ComposerMapGrid")
        assert grid is not None
        drawn_here = inset_graticule.of(one.panel, (), studio.layout, studio.texts, studio.faces)
        said = {item.text for item in drawn_here.labels if isinstance(item, Text)}
        east = [text for text in said if text.endswith("BT")]
        # The words of our own sheet lie on lines that QGIS draws, too.
        step = float(grid.get("intervalX", ""))
        for text in east:
            parts = [float(n) for n in re.findall(r"\d+", text)]
            degrees = sum(n / 60**k for k, n in enumerate(parts))
            assert degrees / step == pytest.approx(round(degrees / step), abs=1e-6)
        assert grid.get("leftAnnotationPosition") == "0"
        # A coordinate in the middle of its line's end leaves no frame; QGIS 3.22 has no BETWEEN.
        bounds = re.findall(
            r"@grid_number ([<>]) (-?[\d.]+)", str(grid.get("annotationExpression"))
        )
        assert [sign for sign, _ in bounds[:4]] == ["<", ">", "<", ">"]
        west, east_end, south, north = (float(number) for _, number in bounds[:4])
        box, size = one.panel.box, studio.layout.type.note
        long = studio.faces["regular"].width_mm("128°00′00″ BT", size)
        for longitude, edge in ((west, box.left), (east_end, box.right)):
            ((x, _),) = one.panel.paper_of_degrees(np.array([longitude]), np.array([south]))
            assert abs(x - edge) >= long / 2 - 0.5
        for latitude, edge in ((south, box.bottom), (north, box.top)):
            ((_, y),) = one.panel.paper_of_degrees(np.array([west]), np.array([latitude]))
            assert abs(y - edge) >= long / 2 - 0.5


def test_a_district_on_one_piece_of_land_has_none() -> None:
    studio = lapisan.belu(("gpkg", "qgz")).run.studio
    small = layout_insets.framed(studio)
    assert small.insets == ()
    assert drawn(studio) == []
    assert small.panel.denominator == 300_000


@pytest.mark.slow
def test_discs_letters_and_titles_stand_where_the_sheets_have_them() -> None:
    studio = studio_of("gugus")
    names = arrangement.arrange(studio, sheet.main_panel(studio))
    small = layout_insets.of_sheets(studio, names)
    layout = studio.layout
    paper = LayoutSheet("Peta 7", layout.height, ("Liberation Sans",), "#000000", "#FFFFFF")
    places = {code: spot for one in small.tokens for code, spot in one.places.items()}
    colours = dict.fromkeys(places, "#6E1F1F")
    found = {item.get("id"): item for item in layout_insets.discs(paper, small, colours)}
    discs = [name for name in found if str(name).startswith("cakram_")]
    assert len(discs) == len(places)
    for code, (x, y) in places.items():
        left, top, _ = str(found[f"cakram_{code}"].get("position")).split(",")
        assert float(left) + tokens.RADIUS_MM == pytest.approx(x, abs=0.01)
        assert layout.height - float(top) - tokens.RADIUS_MM == pytest.approx(y, abs=0.01)
    said = [item.get("labelText") for item in layout_insets.letters(paper, small)]
    titles = [title for _, title in small.insets]
    assert len(titles) == len(names.towns) >= 1
    near = [town for town in names.towns if not town.inset.is_far]
    assert said == [
        inset_marks.letters(len(names.towns))[names.towns.index(t)] for t in near if len(titles) > 1
    ]
    rows = list(layout_insets.explained(studio, paper, small))
    assert len(rows) == (2 if places else 0)


def test_an_enlarged_town_is_an_inset_of_the_layouts_too() -> None:
    run = lapisan.belu(("gpkg", "qgz")).run
    small = layout_insets.of_sheets(run.studio, sheet.arranged(run.studio))
    ((town, title),) = small.insets
    assert title == "Inset   1 : 125.000"
    assert town.panel.denominator == 125_000
    assert small.letters == ()
