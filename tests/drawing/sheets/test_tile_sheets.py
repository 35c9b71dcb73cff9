"""Tile maps: one equal square per village, and nothing that claims a scale or a place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from fsva import cli
from fsva.config.editions import edition
from fsva.core import texts
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Mark, Sheet, Text
from fsva.drawing.sheets import sheet
from fsva.runs import production, run_order, sheet_materials
from fsva.runs.run_order import Order
from fsva.words import specification, tile_words
from tests.places import belu, contoh, small

ID = texts.load("id")


@pytest.fixture(scope="module")
def order() -> Order:
    return replace(run_order.place(edition.load(small.BELU), None, ID), is_tiled=True)


@pytest.fixture(scope="module")
def studio(order: Order) -> Studio:
    return sheet_materials.asked(order, contoh.belu())()


@pytest.fixture(scope="module")
def drawn(order: Order, studio: Studio) -> Sheet:
    made = contoh.belu()
    maps = specification.build(made.table, made.rules, order.edition.settings, ID)
    return sheet.sheets(studio, maps[-1:])[0]


def test_each_village_is_a_square_of_the_same_size_in_its_class(
    drawn: Sheet, studio: Studio
) -> None:
    (villages,) = belu.layers(drawn, "villages")
    areas = belu.areas(villages)
    assert set(areas) == set(studio.places)
    sizes = np.array([area.area for area in areas.values()])
    assert sizes.max() - sizes.min() < 1e-3
    for area in areas.values():
        west, south, east, north = area.bounds
        assert east - west == pytest.approx(north - south, abs=1e-4)
    assert shapely.union_all(list(areas.values())).area == pytest.approx(sizes.sum(), rel=1e-6)
    classes = contoh.belu().table.classes["komposit"]
    colours = {c.number: c.colour for c in studio.method.classes}
    fills = {m.code: m.fill for m in villages.items if isinstance(m, Mark)}
    rows = dict(zip(studio.villages.index, classes.tolist(), strict=True))
    assert {fills[code] == colours[number] for code, number in rows.items()} == {True}


def test_the_sheet_says_what_it_is_and_claims_no_scale(drawn: Sheet) -> None:
    assert drawn.grounds == ()
    said = [text.text for text in drawn.texts()]
    assert "tidak berskala, bukan letak sebenarnya" in said
    assert not [text for text in said if text.startswith("Skala") or "°" in text or text == "U"]
    assert not [text for text in said if "Proyeksi" in text]


def test_every_village_has_its_name_or_a_number_of_the_key(drawn: Sheet, studio: Studio) -> None:
    names = sheet.arranged(studio)
    assert names.naming.named | set(names.numbers) == set(studio.places)
    assert names.complete
    assert names.unseen == []
    written = {t.text for layer in drawn.layers for t in layer.items if isinstance(t, Text)}
    for code in names.numbers:
        assert studio.places[code][0] in written


@pytest.mark.slow
def test_terminal_report_and_manifest_tell_of_the_tiles(order: Order, studio: Studio) -> None:
    told: list[str] = []
    files = production.produce(order, told.append)
    assert studio.tiles is not None
    assert studio.tiles.beside is not None
    (line,) = [line for line in told if line.startswith("Peta ubin:")]
    assert f"{100 * studio.tiles.beside:.0f} persen" in line
    assert line in files["laporan.txt"].decode("utf-8")
    assert not [name for name in files if name.endswith((".pgw", ".aux.xml"))]
    assert order.facts()["susunan"] == "ubin"
    assert "susunan" not in replace(order, is_tiled=False).facts()


def test_islands_without_neighbours_are_told_so() -> None:
    assert "tidak ada desa yang bertetangga" in tile_words.told(None, None, 0.44, ID)
    assert "0,4 lebar ubin" in tile_words.told(None, None, 0.44, ID)


def test_tile_maps_have_a_folder_beside_the_atlas(tmp_path: Path) -> None:
    folder = contoh.build(tmp_path / "editions" / "contoh-2021")
    assert cli.main(["atlas", str(folder), "--susunan", "ubin"]) == 0
    made = tmp_path / "outputs" / "contoh" / "2021" / "ubin"
    assert (made / "peta-7-komposit.pdf").is_file()
    assert "Peta ubin:" in (made / "laporan.txt").read_text(encoding="utf-8")
