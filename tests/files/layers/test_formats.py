"""Shapefile, GeoJSON, GeoParquet, an office's own names, borders that may not be passed on."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

from fsva import cli
from fsva.begin.schematic import publication
from fsva.config.editions import edition as editions
from fsva.core import texts
from fsva.core.errors import EditionError, UsageError
from fsva.runs import run_order, tabulation
from fsva.runs.layers import drawn_shapes, gis_files
from fsva.villages.oddities import Oddity
from tests.places import contoh, lapisan
from tests.places.lapisan import MadeLayers


@pytest.fixture(scope="module")
def made() -> MadeLayers:
    return lapisan.belu()


def written(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_shapefiles_have_short_names_texts_as_codes_and_empty_for_unknown(
    made: MadeLayers, tmp_path: Path
) -> None:
    read = pyogrio.read_dataframe(written(made.files, tmp_path) / "desa.shp")
    assert max(map(len, read.columns.drop("geometry"))) <= 10
    assert read["kode_bps"][0] == "5306080012"
    assert read["desa"].tolist() == [row["desa"] for row in made.table.values()]
    values = [row["air_bersih"] for row in made.table.values()]
    for shown, expected in zip(read["p5_nilai"], values, strict=True):
        assert (np.isnan(shown) and expected is None) or shown == expected
    assert read["penduduk"].isna().all()
    assert read.crs.to_epsg() == 32751
    assert (tmp_path / "desa.cpg").read_text() == "UTF-8"
    qml = (tmp_path / "desa.qml").read_text(encoding="utf-8")
    assert "&quot;p7_nilai&quot; &gt; 67.93" in qml


def test_shapefiles_have_no_date_of_their_making(made: MadeLayers) -> None:
    assert made.files["desa.dbf"][1:4] == bytes((80, 1, 1))


def test_geojson_is_in_degrees_with_null_for_unknown(made: MadeLayers) -> None:
    whole = json.loads(made.files["desa.geojson"])
    assert "crs" not in whole
    assert "skematis" in whole["description"]
    first = whole["features"][0]
    assert first["properties"]["kode_bps"] == "5306080012"
    assert first["properties"]["penduduk"] is None
    shapes = [shapely.geometry.shape(f["geometry"]) for f in whole["features"]]
    west, south, east, north = shapely.total_bounds(shapes)
    assert 124 < west < east < 126
    assert -10 < south < north < -8
    villages = made.run.studio.villages.to_crs(4326).geometry
    distance = shapely.hausdorff_distance(np.array(shapes, dtype=object), villages)
    assert distance.max() < 1e-8


def test_geoparquet_is_read_by_geopandas_as_it_was(made: MadeLayers) -> None:
    pytest.importorskip("pyarrow")
    read = gpd.read_parquet(io.BytesIO(made.files["desa.parquet"]))
    assert read["kode_bps"][0] == "5306080012"
    assert read["lahan_kelas"].tolist() == [r["lahan_kelas"] for r in made.table.values()]
    assert read["penduduk"].isna().all()
    assert read.crs.to_epsg() == 32751
    assert shapely.equals(read.geometry, made.run.studio.villages.geometry).all()
    again = lapisan.of_order(replace(made.run.order, formats=("geoparquet",)))
    assert again.files["desa.parquet"] == made.files["desa.parquet"]


def test_geoparquet_without_its_library_is_refused_with_the_extra(
    made: MadeLayers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    run = replace(made.run, order=replace(made.run.order, formats=("geoparquet",)))
    with pytest.raises(UsageError) as refused:
        run.files(lambda _: None)
    assert refused.value.key == "geoparquet_tanpa_pustaka"


OWN = """
[lapisan.kolom]
lahan_kelas = "P1_KLS"
desa = "NAMOBJ"
kecamatan = "WADMKC"
"""


def edition(tmp_path: Path, more: str = "", *, raw: bool = False) -> Path:
    folder = contoh.build(tmp_path / "editions" / "contoh", raw=raw)
    file = folder / "edition.toml"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    return folder


def test_an_office_gives_fields_its_own_names(tmp_path: Path) -> None:
    made = lapisan.of_edition(edition(tmp_path, OWN), lapisan.EVERY)
    folder = written(made.files, tmp_path)
    for name in ("atlas.gpkg", "desa.shp", "desa.geojson"):
        layer = {"layer": "desa"} if name == "atlas.gpkg" else {}
        read = pyogrio.read_dataframe(folder / name, **layer)
        assert {"P1_KLS", "NAMOBJ", "WADMKC"} <= set(read)
        assert "desa" not in read
    base = lapisan.opened(made.files["atlas.gpkg"])
    style = made.run.styles(made.run._long)[0]
    assert style.names.field == "NAMOBJ"
    assert all('"P1_KLS"' in one.condition.expression() for one in style.classes if one.condition)
    found = [base.execute(f"SELECT count(*) FROM desa WHERE {one.condition.expression()}"
                          ).fetchone()[0] for one in style.classes if one.condition]  # fmt: skip
    assert sum(found) == 12
    assert '"WADMKC"' in made.files["bidang.csv"].decode() or "WADMKC" in made.files[
        "bidang.csv"
    ].decode("utf-8-sig")


@pytest.mark.parametrize(
    ("line", "formats", "key"),
    [
        ('lahan_klas = "X"', ("gpkg",), "kolom_lapisan_asing"),
        ('lahan_kelas = "DESA"', ("gpkg",), "kolom_lapisan_kembar"),
        ('lahan_kelas = "FID"', ("gpkg",), "kolom_lapisan_kembar"),
        ('lahan_kelas = "KLS"\nakses_kelas = "kls"', ("gpkg",), "kolom_lapisan_kembar"),
        ('lahan_kelas = "P2_NILAI"', ("shp",), "kolom_lapisan_kembar"),
        ('lahan_kelas = "KELAS_LAHAN"', ("shp",), "kolom_lapisan_panjang"),
    ],
)
def test_names_that_no_layer_can_have_are_refused(
    tmp_path: Path, line: str, formats: tuple[str, ...], key: str
) -> None:
    folder = edition(tmp_path, f"\n[lapisan.kolom]\n{line}\n")
    with pytest.raises(EditionError) as refused:
        lapisan.of_edition(folder, formats)
    assert refused.value.key == key
    assert refused.value.places[0].column == f"lapisan.kolom.{line.split(' ')[0]}"


def test_a_name_twice_says_which_fields_have_it(tmp_path: Path) -> None:
    said = 'lahan_kelas = "DESA"\nakses_kelas = "K"\nsarana_kelas = "k"'
    folder = edition(tmp_path, f"\n[lapisan.kolom]\n{said}\n")
    with pytest.raises(EditionError) as refused:
        lapisan.of_edition(folder, ("gpkg",))
    facts = refused.value.facts["dipakai"]
    assert facts == "DESA: desa; K: sarana_kelas; k: akses_kelas"


def official(tmp_path: Path, said: str = "") -> Path:
    folder = edition(tmp_path, raw=True)
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8").replace("skematis = true", f"skematis = false{said}")
    file.write_text(text, encoding="utf-8")
    return folder


def test_layers_say_that_their_borders_may_not_be_passed_on(tmp_path: Path) -> None:
    made = lapisan.of_edition(official(tmp_path), lapisan.EVERY)
    said = "TIDAK BOLEH DIBAGIKAN"
    assert said in json.loads(made.files["desa.geojson"])["description"]
    base = lapisan.opened(made.files["atlas.gpkg"])
    told = base.execute("SELECT description FROM gpkg_contents WHERE data_type = 'features'")
    assert all(said in text for (text,) in told)
    notice = made.files[gis_files.RIGHTS].decode()
    assert "gambar tangan" in notice
    assert "--skematis" in notice
    # People and area come from the table.
    assert made.table["99.01.01.2001"]["penduduk"] == 1000
    assert made.table["99.01.01.2001"]["luas_ha"] == 100.0


def test_layers_whose_borders_may_be_passed_on_say_nothing_of_it(tmp_path: Path) -> None:
    made = lapisan.of_edition(official(tmp_path, "\nboleh_dibagikan = true"))
    assert gis_files.RIGHTS not in made.files
    assert b"TIDAK BOLEH" not in made.files["atlas.gpkg"]


@pytest.mark.slow
@pytest.mark.shared
def test_schematic_cells_hold_no_line_of_the_borders(shared_dir: Path) -> None:
    layer = shared_dir / "boundaries" / "desa_53.04_belu.geojson"
    order = run_order.place(editions.load(lapisan.BELU), layer, texts.load("id"))
    drawn = run_order.in_cells(order, publication.cells)
    made = lapisan.of_order(replace(drawn, formats=("gpkg",)))
    assert gis_files.RIGHTS not in made.files
    assert drawn.edition.settings.boundary.schematic
    cells = made.run.tables[0].shapes
    real = lapisan.belu(("gpkg",), "id", layer).run.tables[0].shapes
    assert len(cells) == len(real) == 81
    assert shapely.coverage_is_valid(cells)
    # Each cell lies about its village, and shares no line of its border.
    inner = shapely.point_on_surface(real)
    assert shapely.dwithin(cells, inner, 150).all()
    common = shapely.length(shapely.intersection(shapely.boundary(cells), shapely.boundary(real)))
    assert common.sum() == 0
    # Classes do not depend on what is drawn.
    columns = made.run.tables[0].columns["komposit_kelas"]
    assert columns == lapisan.belu(("gpkg",)).run.tables[0].columns["komposit_kelas"]


def test_borders_that_are_schematic_already_are_not_drawn_again() -> None:
    order = run_order.place(editions.load(lapisan.BELU), None, texts.load("id"))
    with pytest.raises(UsageError) as refused:
        run_order.in_cells(order, publication.cells)
    assert refused.value.key == "sudah_skematis"


@pytest.mark.shared
def test_the_office_gets_its_own_polygons_on_request(shared_dir: Path, tmp_path: Path) -> None:
    layer = shared_dir / "boundaries" / "desa_53.04_belu.geojson"
    order = run_order.place(editions.load(lapisan.BELU), layer, texts.load("id"))
    made = lapisan.of_order(replace(order, formats=("gpkg",), own_shapes=True))
    (tmp_path / "a.gpkg").write_bytes(made.files["atlas.gpkg"])
    read = gpd.read_file(tmp_path / "a.gpkg", layer="desa").set_index("kode_kemendagri")
    source = gpd.read_file(layer)
    (code,) = (name for name in source if "kode" in name.lower())
    own = source.set_index(code).geometry.loc[read.index]
    assert read.crs.to_epsg() == 4326
    assert (shapely.get_num_coordinates(read.geometry)
            == shapely.get_num_coordinates(own.to_numpy())).all()  # fmt: skip
    assert shapely.equals_exact(read.geometry, _multi(own), 0).all()
    base = lapisan.opened(made.files["atlas.gpkg"])
    (said,) = base.execute("SELECT description FROM gpkg_contents WHERE table_name = 'desa'")
    assert "tidak diperbaiki" in said[0]


def _multi(shapes: gpd.GeoSeries) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    flat = shapes.force_2d().to_numpy()
    return np.array([shapely.MultiPolygon(list(shapely.get_parts(one))) for one in flat])


def test_cells_and_own_polygons_exclude_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = official(tmp_path)
    assert cli.main(["atlas", str(folder), "--skematis", "--geometri-asli"]) == 2
    assert "tidak dapat dipakai bersama" in capsys.readouterr().err


def test_holes_of_the_borders_are_not_drawn_among_cells(tmp_path: Path) -> None:
    order = run_order.place(editions.load(official(tmp_path)), None, texts.load("id"))
    begun = tabulation.begin(order.edition, order.village_layer)
    lake = Oddity("celah", "celah", outline=shapely.box(0, 0, 1, 1))
    joined = replace(begun.tabulated.joined, oddities=(lake,))
    with_lake = replace(begun, tabulated=replace(begun.tabulated, joined=joined))
    assert drawn_shapes.shown(order, with_lake).tabulated.joined.unclaimed() == [lake.outline]
    celled = replace(order, cells=lambda villages, _land: villages)
    assert drawn_shapes.shown(celled, with_lake).tabulated.joined.unclaimed() == []
