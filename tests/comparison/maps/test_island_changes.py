"""Changes of a district of islands: every change is seen, on its map and beside A and B."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from fsva.comparison.changes import side_readers
from fsva.comparison.maps import change_palette, change_sheets, change_signs
from fsva.comparison.maps.drawn_sides import Half
from fsva.comparison.values.result import Comparison
from fsva.core import texts
from fsva.drawing.paper.scene import Mark
from fsva.runs import run_order, sheet_materials
from fsva.words import specification as maps_of
from tests.places import banding_buatan, belu, led_signs_facts, lembar_daerah, sheet_facts

STYLE = change_palette.load()


@cache
def islands(form: str = "a4-tegak") -> tuple[Half, Comparison, change_sheets.DrawnSheets]:
    """Return the changes of a made-up district of islands."""
    layer = lembar_daerah.layer_of(Path(), "gugus")
    order, made = lembar_daerah.tabulated(layer, "gugus")
    order = run_order.place(order.edition.in_layout(form), None, order.texts)
    studio = sheet_materials.studio_of(order.edition, made, order.texts, order.number)
    shown = maps_of.build(made.table, made.rules, order.edition.settings, order.texts)
    own, changed = Half(studio, tuple(shown)), banding_buatan.comparison(
        studio.villages.geo_frame, studio.method
    )  # fmt: skip
    return own, changed, change_sheets.changes(changed, own, STYLE)


@pytest.mark.slow
def test_on_a_sheet_of_several_maps_signs_stand_where_the_villages_are_large() -> None:
    own, _, drawn = islands()
    count = 0
    for sheet in drawn.sheets:
        count += led_signs_facts.assert_clear(sheet, own.studio.faces)
        whole = sheet.grounds[0].box
        assert sheet.grounds[0].metres_per_mm > sheet.grounds[1].metres_per_mm
        # The small map of the whole has none.
        assert not any(
            layer.items for layer in belu.layers(sheet, change_signs.LAYER) if layer.clip == whole
        )
    assert count > 10


@pytest.mark.slow
def test_pairs_of_islands_show_every_village_in_the_same_place_on_all_three_maps() -> None:
    own, changed, _ = islands()
    for a in (None, own):
        (sheet, *_) = change_sheets.pairs(changed, own, a, STYLE).sheets
        assert sheet_facts.cut(sheet, own.studio.faces) == []
        assert sheet_facts.hidden(sheet, own.studio.faces) == []
        count = len(sheet.grounds) // 3
        assert count * 3 == len(sheet.grounds)
        assert len({round(ground.metres_per_mm, 6) for ground in sheet.grounds}) == 1
        signed = [layer for layer in sheet.layers if layer.name == "tokens"]
        places = []
        for n in range(3):
            ground = sheet.grounds[n * count]
            corner = np.array([ground.box.left, ground.box.bottom])
            boxes = [one.box for one in sheet.grounds[n * count : (n + 1) * count]]
            discs = {
                (item.code, tuple(np.round(item.shape.parts[0].mean(axis=0) - corner, 3)))
                for layer in signed if layer.clip in boxes
                for item in layer.items if isinstance(item, Mark) and item.code
            }  # fmt: skip
            places.append(discs)
        assert places[0] == places[1] == places[2]
        assert places[0]
        # A village shows its class on its land or by a disc.
        shown = dict.fromkeys(own.studio.villages.index, 0.0)
        for layer in belu.layers(sheet, "villages"):
            if layer.clip in [one.box for one in sheet.grounds[:count]]:
                for code, area in belu.areas(layer).items():
                    shown[code] = max(shown[code], area.area)
        marked = {code for code, _ in places[0]}
        assert [code for code, mm2 in shown.items() if mm2 < 1 and code not in marked] == []


def test_legends_of_change_call_villages_as_the_maps_of_the_atlas_do(tmp_path: Path) -> None:
    layer = lembar_daerah.layer_of(Path(), "mini")
    folder = lembar_daerah.build(tmp_path / "mini", layer, "mini")
    side = side_readers.of_edition(folder, "A", texts.load("id"))
    assert side.materials is not None
    assert side.materials().texts("peta.batas_desa") == "Batas desa"  # all three are desa
