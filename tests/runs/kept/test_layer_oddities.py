"""Oddities of a layer that were kept equal those found, and hold for that layer and place only."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from fsva.core.message_values import Extent, Quantity, Spot
from fsva.core.publishing.result_store import FOLDER, ResultStore
from fsva.runs.kept import layer_oddities
from fsva.runs.kept.former_files import FormerFiles
from fsva.runs.kept.kept_results import Kept
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages.oddities import Oddity
from tests.places import framed, small

FOUND = [
    Oddity("letak", "letak_lapisan", found=Extent(124.0, -10.5, 125.0, -9.0), facts={"km": "7"}),
    Oddity(
        "celah",
        "celah",
        ("53.04.01.2001", "53.04.01.2002"),
        "Satu, Dua",
        facts={"km2": Quantity(1.25, 2), "tempat": Spot(-9.5, 124.5), "tetangga": "Satu"},
        outline=shapely.box(0, 0, 10, 20.5),
        in_layer="Satu",
    ),
    Oddity("bentuk", "bentuk_kecil", ("53.04.01.2001",), "Satu", 3, Quantity(0.1, 4, "m2")),
]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    store = ResultStore(tmp_path / FOLDER, {"program": "aa"})
    return Kept(store, b"gaya", FormerFiles(store, tmp_path / "2021"))


@pytest.fixture
def layer() -> ShapeTable:
    return framed.shape_table_of(small.layer())


class Rule:
    """A rule that notes how often it judges."""

    def __init__(self) -> None:
        self.times = 0

    def judge(self, layer: ShapeTable, *_: object) -> list[Oddity]:
        self.times += 1
        return FOUND if len(layer) else []


def test_what_was_found_comes_back_equal_without_another_search(
    kept: Kept, layer: ShapeTable
) -> None:
    rule = Rule()
    first = layer_oddities.judged(kept, "celah", rule.judge, layer, 0.2)
    assert layer_oddities.judged(kept, "celah", rule.judge, layer, 0.2) == first == FOUND
    assert rule.times == 1


def test_another_layer_name_place_or_threshold_is_judged_anew(
    kept: Kept, layer: ShapeTable
) -> None:
    rule = Rule()
    names = layer["nama"].copy()
    names[0] = "Lain"
    shapes = layer.geometry.copy()
    shapes[0] = shapely.transform(shapes[0], lambda points: points + 1e-9)
    others = [
        (layer, 0.2),
        (layer, 0.3),
        (layer.with_columns({"nama": names}), 0.2),
        (layer.with_geometry(shapes), 0.2),
    ]
    for one, known in others:
        layer_oddities.judged(kept, "celah", rule.judge, one, known)
    assert rule.times == len(others)


def test_without_a_store_every_run_judges(layer: ShapeTable) -> None:
    rule = Rule()
    layer_oddities.judged(None, "celah", rule.judge, layer)
    layer_oddities.judged(None, "celah", rule.judge, layer)
    assert rule.times == 2
