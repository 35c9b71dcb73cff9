"""Which sheets of an atlas are drawn: one map, no sheets per kecamatan, all of them unasked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from fsva.core import bounds
from fsva.core.errors import UsageError
from fsva.runs import production, sheet_files
from fsva.runs.run_order import Order
from fsva.runs.sheet_choice import SheetChoice
from fsva.words.specification import MapSpecification
from tests.places import contoh


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> Order:
    folder = tmp_path_factory.mktemp("contoh")
    return contoh.order(contoh.build(folder, poverty=False, coverage=False))


@pytest.fixture(scope="module")
def whole(order: Order) -> dict[str, bytes]:
    return production.produce(order, lambda _: None)


def maps_in(files: dict[str, bytes]) -> list[str]:
    return sorted(n for n in files if n.startswith("peta-") and n.endswith((".pdf", ".png")))


def test_one_map_is_the_map_of_the_atlas_and_tables_are_whole(
    order: Order, whole: dict[str, bytes]
) -> None:
    asked = replace(order, sheets=SheetChoice((4,)))
    files = production.produce(asked, lambda _: None)
    assert maps_in(files) == ["peta-4-akses.pdf", "peta-4-akses.png"]
    assert not [name for name in files if name.startswith("grafik")]
    assert files["kelas.csv"] == whole["kelas.csv"]
    assert json.loads(files["manifest.json"])["peta"] == [4]
    assert "peta" not in json.loads(whole["manifest.json"])


def test_one_map_alone_makes_no_file_of_the_whole_atlas(
    order: Order, whole: dict[str, bytes]
) -> None:
    files = production.produce(replace(order, sheets=SheetChoice((4,))), lambda _: None)
    assert sheet_files.ATLAS in whole
    assert sheet_files.ATLAS not in files


@pytest.mark.parametrize("more", [{"with_aspects": True}, {"sheets": SheetChoice((4,))}])
def test_sheets_per_kecamatan_show_the_composite_whatever_maps_are_drawn(
    order: Order, more: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def recorded(_studio: object, _names: object, one: MapSpecification, *_: object) -> tuple[()]:
        shown.append(one.measure_id)
        return ()

    monkeypatch.setattr(sheet_files, "_listed", recorded)
    production.produce(replace(order, **more), lambda _: None)
    assert shown == ["komposit"]


def test_a_map_that_does_not_exist_is_refused_with_those_that_do(order: Order) -> None:
    with pytest.raises(UsageError) as refused:
        production.produce(replace(order, sheets=SheetChoice((4, 12))), lambda _: None)
    assert refused.value.key == "peta_tiada"
    assert refused.value.facts == {"nomor": "12", "ada": "1, 2, 3, 4, 5, 6, 7"}


def test_large_districts_get_sheets_per_kecamatan_only_when_asked() -> None:
    most = bounds.load().sheets.villages
    assert SheetChoice().lists(most)
    assert not SheetChoice().lists(most + 1)
    assert SheetChoice(per_kecamatan=True).lists(most + 1)
    assert not SheetChoice(per_kecamatan=False).lists(1)
    assert [SheetChoice(per_kecamatan=w).is_too_large(most + 1) for w in (None, True, False)] == [
        True, False, False,
    ]  # fmt: skip


def test_a_run_says_that_sheets_per_kecamatan_must_be_asked_for(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = bounds.load()
    few = limits.model_copy(update={"sheets": limits.sheets.model_copy(update={"villages": 3})})
    monkeypatch.setattr(bounds, "load", lambda: few)
    told: list[str] = []
    files = production.produce(replace(order, sheets=SheetChoice((7,))), told.append)
    assert [line for line in told if "--lembar-kecamatan" in line]
    assert sheet_files.NAME_LIST not in files


def test_the_choice_changes_the_manifest_only_where_one_is_made(order: Order) -> None:
    assert SheetChoice().facts() == {}
    told = replace(order, sheets=SheetChoice((7, 4), per_kecamatan=False)).facts()
    assert told["peta"] == [4, 7]
    assert told["lembar_kecamatan"] is False
