"""Tests of fsva.sources.layers.drivers: a layer is data and no program, whatever its name says."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from fsva.config.editions.layer_schemas import Engine
from fsva.core import messages, texts
from fsva.core.errors import SourceError
from fsva.sources.layers import drivers, engines
from tests.places import listening
from tests.places.listening import Heard

ENDINGS = ("geojson", "gpkg", "kml")


@pytest.fixture
def heard() -> Iterator[Heard]:
    """Run a server on this computer that counts who asks it."""
    with listening.server() as server:
        yield server


def layer() -> gpd.GeoDataFrame:
    """Return one square."""
    return gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.box(124, -9, 125, -8)], crs=4326)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", listening.PROGRAMS)
def test_no_layer_that_is_a_program_is_obeyed(
    heard: Heard, tmp_path: Path, kind: str, ending: str
) -> None:
    secret = tmp_path / "rahasia.geojson"
    layer().to_file(secret, driver="GeoJSON")
    for n, target in enumerate((f"/vsicurl/{heard.url}/x.geojson", str(secret))):
        file = tmp_path / f"desa{n}.{ending}"
        file.write_text(listening.program(kind, target, heard.url), encoding="utf-8")
        with pytest.raises(SourceError) as caught:
            engines.read_first(file)
        assert caught.value.key in ("layer_format", "layer_tak_terbaca")
        assert heard.url not in messages.render(caught.value, texts.load("id"))
    assert heard.asked == []


@pytest.mark.parametrize("kind", listening.PROGRAMS)
def test_nor_is_one_within_a_zip(heard: Heard, tmp_path: Path, kind: str) -> None:
    for name in ("desa.geojson", "desa.vrt", "dalam/desa.kml"):
        file = tmp_path / "desa.zip"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(name, listening.program(kind, f"/vsicurl/{heard.url}/x", heard.url))
        with pytest.raises(SourceError):
            engines.headers(file)
    assert heard.asked == []


@pytest.mark.parametrize("engine", ["pyogrio", "fiona"])
@pytest.mark.parametrize("kind", ["link", "url", "LINK"])
def test_a_coordinate_system_at_an_address_is_not_asked_for(
    heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, engine: Engine
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")  # curl would then go past any proxy
    file = tmp_path / "desa.geojson"
    text = json.loads(layer().to_json())
    file.write_text(
        json.dumps(text | {"crs": {"type": kind, "properties": dict.fromkeys(
            ("href", "url"), heard.url)}}), encoding="utf-8")  # fmt: skip
    header = engines.headers(file)[0]
    assert len(engines.read(file, header, engine=engine)) == 1
    assert heard.asked == []


@pytest.mark.parametrize("name", ["GML", "CSV", "DXF"])
def test_a_format_that_we_do_not_document_is_refused_by_its_content(
    tmp_path: Path, name: str
) -> None:
    begins = {"GML": "<gml:FeatureCollection/>", "CSV": "kode,WKT\n1,POINT (1 1)\n", "DXF": "0\n"}
    for ending in ENDINGS:
        file = tmp_path / f"desa.{ending}"
        file.write_text(begins[name], encoding="utf-8")
        with pytest.raises(SourceError):
            engines.headers(file)


@pytest.mark.parametrize(
    ("made", "ending"), [("a.fgb", "geojson"), ("a.geojson", "fgb"), ("a.fgb", "kml")]
)
def test_the_content_decides_and_not_the_ending(tmp_path: Path, made: str, ending: str) -> None:
    pyogrio.write_dataframe(layer(), tmp_path / made)
    file = (tmp_path / made).rename(tmp_path / f"desa.{ending}")
    with drivers.only(drivers.of(file)):
        assert len(pyogrio.read_dataframe(file)) == 1


def test_others_in_the_process_find_all_drivers_again(tmp_path: Path) -> None:
    before = pyogrio.list_drivers()
    with drivers.only(("GPKG",)):
        assert list(pyogrio.list_drivers()) == ["GPKG"]
    assert pyogrio.list_drivers() == before
    assert pyogrio.get_gdal_config_option("GDAL_HTTP_PROXY") is None
