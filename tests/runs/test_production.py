"""The steps from an edition to its files: another layer, what is named, what is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fsva.config.editions import edition
from fsva.core import texts
from fsva.runs import production, run_order
from fsva.runs.run_order import Order
from tests.places import belu
from tests.places.small import BELU, ROOT

ID = texts.load("id")


@pytest.fixture
def other(tmp_path: Path) -> Order:
    return run_order.place(edition.load(BELU), tmp_path / "desa resmi.gpkg", ID)


def test_the_edition_s_own_layer_is_the_default() -> None:
    order = run_order.place(edition.load(BELU), None, ID)
    assert order.layer == ROOT / "boundaries" / "skematis" / "53.04-belu.geojson"
    assert order.edition.settings.boundary.schematic


def test_another_layer_is_named_and_not_called_schematic(other: Order, tmp_path: Path) -> None:
    boundary = other.edition.settings.boundary
    assert other.layer == tmp_path / "desa resmi.gpkg"
    assert not boundary.schematic
    assert boundary.vintage is None
    assert boundary.producer["id"] == boundary.producer["en"] == "desa resmi.gpkg"
    assert other.facts()["batas"] == {
        "berkas": "desa resmi.gpkg", "skematis": False, "tahun": None, "sumber": "desa resmi.gpkg",
    }  # fmt: skip


def test_another_layer_takes_the_place_of_the_edition_s_among_the_inputs(other: Order) -> None:
    names = [file.name for file in other.inputs()]
    assert "desa resmi.gpkg" in names
    assert "53.04-belu.geojson" not in names


@pytest.mark.slow
def test_people_are_told_of_every_map() -> None:
    told: list[str] = []
    production.produce(run_order.place(edition.load(BELU), None, ID), told.append)
    assert told[0] == "81 desa/kelurahan cocok dengan lapisan batas 53.04-belu.geojson"
    assert told[1] == "Grafik dan peta ringkasan selesai"
    assert [line.strip() for line in told[2:]] == list(belu.STEMS)


@pytest.mark.slow
def test_people_are_told_that_names_cannot_be_compared(tmp_path: Path) -> None:
    content = json.loads((ROOT / "boundaries" / "skematis" / "53.04-belu.geojson").read_bytes())
    for feature in content["features"][:2]:
        feature["properties"]["nama"] = ""
    layer = tmp_path / "desa.geojson"
    layer.write_text(json.dumps(content))
    told: list[str] = []
    files = production.produce(run_order.place(edition.load(BELU), layer, ID), told.append)
    assert told[1].startswith("Perhatian: 2 desa/kelurahan tidak bernama di lapisan batas")
    report = bytes(files["laporan.txt"]).decode("utf-8")
    assert report.count(" / (tanpa nama)\n") == 2


@pytest.mark.shared
@pytest.mark.slow
def test_maps_of_another_layer_name_it_as_their_source(shared_dir: Path) -> None:
    atlas = belu.made(layer=shared_dir / "boundaries" / "desa_53.04_belu.geojson")
    for drawn in atlas.sheets:
        said = belu.prose(drawn, atlas.box("notes"))
        assert "Batas desa: sumbernya belum disebut (berkas desa_53.04_belu.geojson)." in said
    record = json.loads(atlas.files["manifest.json"])
    assert record["masukan"].keys() >= {"desa_53.04_belu.geojson"}


@pytest.mark.parametrize(
    ("change", "language", "folder"),
    [
        ({}, "id", "belu/2021"),
        ({}, "en", "belu/2021-en"),
        ({"kind": "kota"}, "id", "kota-belu/2021"),
        ({"name": "Timor Tengah Utara"}, "id", "timor-tengah-utara/2021"),
        ({"name": "Fakfak / Kaimana"}, "id", "fakfak-kaimana/2021"),
    ],
)
def test_the_folder_of_an_atlas_is_safe_and_says_what_it_is(
    change: dict[str, str], language: str, folder: str
) -> None:
    loaded = edition.load(BELU)
    district = loaded.settings.district.model_copy(update=change)
    settings = loaded.settings.model_copy(update={"district": district})
    found = edition.Edition(loaded.folder, settings).outputs(language)
    assert found == ROOT / "outputs" / folder
