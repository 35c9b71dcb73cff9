"""Islands stand in the insets of the print layouts where they stand on our sheets."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

import geopandas as gpd
import pytest

from fsva.drawing.framing import frames
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.files.qgis import layout_insets
from fsva.files.qgis.layout_items import LayoutSheet
from tests.places import kepulauan, lapisan


def studio_of(name: str) -> Studio:
    """Return the studio of Belu with the villages of a district of islands."""
    codes, areas = zip(*kepulauan.made(name), strict=True)
    villages = gpd.GeoDataFrame(index=list(codes), geometry=list(areas), crs=kepulauan.UTM_52S)
    villages["kecamatan"] = [code[:8] for code in codes]
    return replace(lapisan.belu(("gpkg", "qgz")).run.studio, villages=villages)


def drawn(studio: Studio) -> list[Element]:
    layout = studio.layout
    colours = (layout.colours.ink, layout.colours.paper)
    sheet = LayoutSheet("Peta 7", layout.height, ("Liberation Sans",), *colours)
    _, insets = layout_insets.framed(studio)
    return list(layout_insets.draw(studio, sheet, insets, "Peta 7"))


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


def test_a_district_on_one_piece_of_land_has_none() -> None:
    studio = lapisan.belu(("gpkg", "qgz")).run.studio
    panel, insets = layout_insets.framed(studio)
    assert insets == ()
    assert drawn(studio) == []
    assert panel.denominator == 300_000
