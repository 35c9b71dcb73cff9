"""The check of an edition finds each file that its atlas could not be drawn with."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from fsva import cli
from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.errors import FsvaError
from fsva.runs import check_run, production, run_order
from tests.places import contoh

TABLE = {"terbit": '[data]\nterbit = "rusak.csv"', "asal": '[data]\nasal = "rusak.csv"'}
SECTIONS = {
    "sekitar": '[sekitar]\nberkas = "rusak.geojson"',
    "lambang": '[logo]\ndaerah = "rusak.png"',
    "instansi": '[logo]\ninstansi = "rusak.png"',
    "sungai": '[dasar_peta]\nsungai = "rusak.geojson"',
    "jalan": '[dasar_peta]\njalan = "rusak.geojson"',
    "kota": '[dasar_peta]\nibu_kota = "rusak.geojson"',
    "relief": '[dasar_peta]\nrelief = "rusak.tif"',
}
PRODUCER = '\nsumber = { id = "BIG", en = "BIG" }'


def built(folder: Path, key: str) -> Path:
    """Make an edition that names a file which is damaged."""
    made = contoh.build(folder / "editions" / "e")
    file = made / "edition.toml"
    text = file.read_text(encoding="utf-8")
    if key in TABLE:
        text = text.replace("[data]", TABLE[key])
    else:
        more = SECTIONS[key] + (PRODUCER if "dasar_peta" in SECTIONS[key] else "")
        text = f"{text}\n{more}\n"
    file.write_text(text, encoding="utf-8")
    for name in ("rusak.csv", "rusak.geojson", "rusak.png", "rusak.tif"):
        (made / name).write_bytes(b"\xff;\x01")
    return made


@pytest.mark.slow
@pytest.mark.parametrize("key", [*TABLE, *SECTIONS])
def test_a_file_that_stops_the_atlas_is_found_by_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    folder = built(tmp_path, key)
    with pytest.raises(FsvaError) as caught:
        production.produce(
            run_order.place(edition.load(folder), None, texts.load("id")), lambda _: None
        )
    assert cli.main(["periksa", str(folder), "--keluaran", str(tmp_path / "o")]) == 1
    place = caught.value.places[0].file
    assert place is not None
    assert place.name.startswith("rusak")
    assert f"{place.name}" in capsys.readouterr().out
    asked = run_order.place(edition.load(folder), None, texts.load("id"))
    report = check_run.of_edition(asked.edition, asked.village_layer, None, asked.texts).report
    assert f"galat.{caught.value.key}" in [f.key for f in report.outcomes[0].result.findings]


def test_a_sound_line_around_the_villages_is_no_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = built(tmp_path, "sungai")
    west, south, east, north = gpd.read_file(folder / "desa.geojson").total_bounds
    line = shapely.LineString([(west, north + 0.3 * (north - south)), (east, north)])
    gpd.GeoDataFrame(geometry=[line], crs=4326).to_file(folder / "rusak.geojson")
    assert cli.main(["periksa", str(folder), "--keluaran", str(tmp_path / "o")]) == 0
    assert "rusak" not in capsys.readouterr().out
