"""Boundary layers of any office: formats, schemas, engines, filters, placeholders, systems."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.errors import CodeError, FsvaError, LayerError, SourceError
from fsva.core.messages import render
from fsva.core.publishing import manifest
from fsva.runs import run_order, tabulation
from fsva.sources.layers import layer_files
from fsva.sources.layers.layer_request import Request
from tests.places import contoh, small
from tests.places.framed import crs, engines, layer_choice, village_layer

DISTRICT, BPS_DISTRICT = "99.01", "9901"
ENGINES = ("pyogrio", "fiona")
FORMATS = ("a.gpkg", "a.shp", "a.zip", "a.gdb", "a.gdb.zip", "a.geojson", "a.kml", "a.kmz", "a.fgb")
# The wheel of fiona does not open these.
ONLY_PYOGRIO = ("a.kml", "a.kmz")
DRIVERS = {".kml": "LIBKML", ".kmz": "LIBKML", ".fgb": "FlatGeobuf"}


def raw() -> gpd.GeoDataFrame:
    """Return the twelve villages and three of a neighbour, in degrees."""
    own = small.layer().reset_index().to_crs(4326)
    other = own.iloc[:3].assign(kode=["99.02.01.2001", "99.011.1.2001", "99.10.01.2001"])
    return gpd.GeoDataFrame(pd.concat([other, own], ignore_index=True), crs=own.crs)


def write(layer: gpd.GeoDataFrame, file: Path, **options: object) -> Path:
    """Write a layer in the format of its name; archives through their plain form."""
    if file.suffix == ".zip":
        plain = write(
            layer, file.parent / (file.stem if "gdb" in file.stem else f"{file.stem}.shp")
        )
        with zipfile.ZipFile(file, "w") as archive:
            for part in layer_files.of_layer(plain):
                archive.write(part, part.relative_to(file.parent))
        (shutil.rmtree if plain.is_dir() else Path.unlink)(plain)
        return file
    if file.suffix == ".gdb":
        options |= {"driver": "OpenFileGDB", "geometry_type": "MultiPolygon",
                    "promote_to_multi": True}  # fmt: skip
    elif file.suffix in DRIVERS:
        options |= {"driver": DRIVERS[file.suffix]}
    pyogrio.write_dataframe(layer, file, **options)
    return file


def request(file: Path, **more: str) -> Request:
    return replace(Request(file, DISTRICT, BPS_DISTRICT), **more)


def villages(file: Path, **more: str) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    return village_layer.villages(request(file, **more), small.crosswalk())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_villages_of_the_kabupaten(tmp_path: Path, name: str) -> None:
    file = write(raw(), tmp_path / name)
    layer, ledger = villages(file)
    assert layer.index.tolist() == sorted(small.CODES)
    assert layer["nama"].tolist() == list(small.NAMES)
    assert ledger.empty
    projected = crs.project(layer, file)
    assert projected.area.tolist() == pytest.approx(small.layer().area.tolist(), rel=1e-3)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - set(ONLY_PYOGRIO)))
def test_both_engines_give_the_same_rows(tmp_path: Path, name: str) -> None:
    pytest.importorskip("fiona", reason="fiona has no wheel for this Python")
    layer = raw().assign(nama=lambda frame: frame["nama"].replace("Satu", "Béda"))
    high = layer.set_geometry(shapely.force_3d(layer.geometry, 7.0))
    # A File Geodatabase is made without heights: its kind of shape is fixed beforehand.
    file = write(layer if "gdb" in name else high, tmp_path / name)
    ours, theirs = (village_layer.read_district(request(file, engine=one)) for one in ENGINES)
    assert (ours.schema, ours.is_bps) == (theirs.schema, theirs.is_bps)
    assert ours.table[["kode", "nama"]].equals(theirs.table[["kode", "nama"]])
    assert ours.table.geometry.geom_equals(theirs.table.geometry).all()
    assert not shapely.has_z(np.asarray([*ours.table.geometry, *theirs.table.geometry])).any()
    assert ours.table.crs == theirs.table.crs
    assert len(ours.table) == 12


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["a.shp", "a.gdb", "a.gpkg", "a.geojson"])
def test_a_layer_in_a_folder_of_a_zip_is_found(tmp_path: Path, name: str, engine: str) -> None:
    if engine == "fiona":
        pytest.importorskip("fiona", reason="fiona has no wheel for this Python")
    plain, file = write(raw(), tmp_path / name), tmp_path / "kiriman kantor.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("baca saya.txt", "dari kantor")
        for part in layer_files.of_layer(plain):
            inner = part.relative_to(tmp_path)
            archive.write(part, f"RBI 2023/Batas Desa/{inner}")
            archive.writestr(f"__MACOSX/._{inner.name}", "bukan lapisan")
    assert villages(file, engine=engine)[0].index.tolist() == sorted(small.CODES)


def test_a_zip_without_a_layer_or_broken_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("folder/baca saya.txt", "tidak ada lapisan")
        archive.writestr("folder/a.shp", "bukan lapisan")
    whole = file.read_bytes()
    broken = (whole[: len(whole) // 2], "layer_tak_terbaca"), (b"PK", "layer_tak_terbaca")
    for content, key in ((whole, "layer_format"), *broken):
        file.write_bytes(content)
        with pytest.raises(SourceError) as caught:
            villages(file)
        assert (caught.value.key, caught.value.places[0].file) == (key, file)


@pytest.mark.parametrize("name", ONLY_PYOGRIO)
def test_what_the_second_engine_cannot_open_is_said(tmp_path: Path, name: str) -> None:
    pytest.importorskip("fiona", reason="fiona has no wheel for this Python")
    file = write(raw(), tmp_path / name)
    with pytest.raises(SourceError) as caught:
        villages(file, engine="fiona")
    assert (caught.value.key, caught.value.places[0].file) == ("fiona_format", file)


def test_the_second_engine_makes_the_same_atlas(tmp_path: Path) -> None:
    pytest.importorskip("fiona", reason="fiona has no wheel for this Python")
    folder = contoh.build(tmp_path / "contoh")
    first = contoh.tabulated(contoh.order(folder)).joined
    toml = folder / "edition.toml"
    text = toml.read_text(encoding="utf-8").replace("skematis =", 'mesin = "fiona"\nskematis =')
    toml.write_text(text, encoding="utf-8")
    order = contoh.order(folder)
    assert order.village_layer.request.engine == "fiona"
    second = tabulation.tabulate(order.edition, order.village_layer).joined
    assert second.villages.geo_frame.to_wkb().equals(first.villages.geo_frame.to_wkb())
    assert second.ledger.frame.equals(first.ledger.frame)


def test_a_missing_second_engine_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fiona", None)
    file = write(raw(), tmp_path / "a.gpkg")
    with pytest.raises(SourceError) as caught:
        villages(file, engine="fiona")
    assert caught.value.key == "fiona_paket"
    assert "EKSTRA=fiona" in render(caught.value, texts.load("id"))


@pytest.mark.parametrize("name", FORMATS)
def test_the_driver_hands_over_only_the_kabupaten(tmp_path: Path, name: str) -> None:
    file = write(raw(), tmp_path / name)
    header, fields = layer_choice.recognise(request(file))
    where = village_layer.condition(header, fields, request(file))
    assert len(engines.read(file, header)) == 15
    rows = engines.read(file, header, fields.all, where)
    assert sorted(rows["kode"]) == sorted(small.CODES)


REAL = ("11.08_aceh-utara", "36.72_kota-cilegon", "53.03_timor-tengah-utara", "53.04_belu",
        "53.21_malaka")  # fmt: skip


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("real", REAL)
def test_a_real_layer_is_the_same_in_every_format_and_by_both_engines(
    shared_dir: Path, tmp_path: Path, real: str
) -> None:
    pytest.importorskip("fiona", reason="fiona has no wheel for this Python")
    source, district = shared_dir / "boundaries" / f"desa_{real}.geojson", real[:5]
    first, _ = village_layer.villages(Request(source, district), small.crosswalk())
    expected = shapely.area(shapely.make_valid(first.geometry.to_numpy()))
    big = pyogrio.read_dataframe(source).rename(columns={"kode": "KDEPUM", "nama": "WADMKD"})
    big["KDPKAB"], big["METADATA"] = district, "TASWIL1000020221227_DATA_BATAS"
    for name in FORMATS:
        file = write(big[["KDEPUM", "WADMKD", "KDPKAB", "METADATA", "geometry"]], tmp_path / name)
        for engine in ENGINES[: 1 if name in ONLY_PYOGRIO else 2]:
            found, ledger = village_layer.villages(
                Request(file, district, engine=engine), small.crosswalk()
            )
            assert ledger.empty
            assert found["nama"].equals(first["nama"]), (name, engine)
            areas = shapely.area(shapely.make_valid(found.geometry.to_numpy()))
            assert areas == pytest.approx(expected, rel=1e-6), (name, engine)


@pytest.mark.gdal  # pyogrio writes no measures
@pytest.mark.parametrize("name", ["a.gpkg", "a.shp", "a.gdb"])
def test_heights_and_measures_are_dropped_without_a_word(tmp_path: Path, name: str) -> None:
    plain, file = write(raw(), tmp_path / "plain.geojson"), tmp_path / name
    kind = ["-f", "OpenFileGDB"] if file.suffix == ".gdb" else []
    shape = [] if file.suffix == ".shp" else ["-nlt", "MULTIPOLYGONZM"]
    subprocess.run(["ogr2ogr", *kind, "-dim", "XYZM", *shape, file, plain], check=True)
    layer, _ = villages(file)  # warnings are errors here
    assert len(layer) == 12
    shapes = layer.geometry.to_numpy()
    assert not shapely.has_z(shapes).any()
    assert not shapely.has_m(shapes).any()


BPS = dict(zip(small.NAMES, small.BPS_CODES, strict=True))


def of_schema(code: str, name: str, style: str, **more: str) -> gpd.GeoDataFrame:
    """Return the layer with other fields, codes written in a style, and further fields."""
    own = raw().iloc[3:].reset_index(drop=True)
    codes = {
        "kemendagri": own["kode"],
        "bps": own["nama"].map(BPS),
        "hdx": "ID" + own["nama"].map(BPS),
        "number": own["nama"].map(BPS).astype("int64"),
        "float": own["nama"].map(BPS).astype("float64"),
    }[style]
    return own.assign(**{code: codes, name: own["nama"]}, **more).drop(
        columns=[c for c in ("kode", "nama") if c not in (code, name)]
    )


@pytest.mark.parametrize(
    ("schema", "code", "name", "style"),
    [
        ("big-rbi", "KDEPUM", "WADMKD", "kemendagri"),
        ("big-rbi", "kdepum", "NAMOBJ", "kemendagri"),
        ("kemendagri", "kode_kemendagri", "nama_desa", "kemendagri"),
        ("kemendagri", "kode_desa", "desa", "bps"),
        ("bps-wilkerstat", "iddesa", "nmdesa", "bps"),
        ("bps-wilkerstat", "iddesa", "nmdesa", "number"),
        ("bps-wilkerstat", "iddesa", "nmdesa", "float"),
        ("hdx-cod", "ADM4_PCODE", "ADM4_EN", "hdx"),
        ("hdx-cod", "adm4_pcode", "adm4_name", "hdx"),
        ("podes", "ID_DESA", "NAMA_DESA", "bps"),
        ("kode-nama", "kode", "nama", "kemendagri"),
        ("kode-nama", "KODE", "NAMA", "bps"),
        ("kode-nama", "kode", "nama", "hdx"),
    ],
)
@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_known_schemas_need_no_configuration(
    tmp_path: Path, schema: str, code: str, name: str, style: str, suffix: str
) -> None:
    own = of_schema(code, name, style).rename(columns=lambda c: c[:10] if suffix == ".shp" else c)
    file = write(own, tmp_path / f"a{suffix}")
    assert village_layer.read_district(request(file)).schema.id == schema
    layer, ledger = villages(file)
    assert layer["nama"].to_dict() == dict(zip(small.CODES, small.NAMES, strict=True))
    assert ledger.empty


@pytest.mark.parametrize("number", [True, False])
def test_podes_codes_of_eight_or_nine_digits_are_refused_with_the_likely_ones(
    tmp_path: Path, number: bool
) -> None:
    short = {"9901010001": "990110001", "9901010002": "990110002", "9901020009": "99012009"}
    own = of_schema("ID_DESA", "NAMA_DESA", "bps")
    own["ID_DESA"] = own["ID_DESA"].replace(short)
    if number:
        own["ID_DESA"] = own["ID_DESA"].astype("int64")
    file = write(own, tmp_path / "a.gpkg")
    assert village_layer.read_district(request(file)).schema.id == "podes"
    with pytest.raises(CodeError) as caught:
        villages(file)
    found = {place.found: place.likely for place in caught.value.places}
    assert found == {text: code for code, text in short.items()}
    said = render(caught.value, texts.load("id"))
    assert "kehilangan angka nol; barangkali maksudnya 9901010001" in " ".join(said.split())


def test_gadm_is_joined_by_its_codes_of_bps(tmp_path: Path) -> None:
    own = of_schema("CC_4", "NAME_4", "bps", GID_4="IDN.1.1.1.1_1")
    layer, _ = villages(write(own, tmp_path / "a.gpkg"))
    assert layer.index.tolist() == sorted(small.CODES)


@pytest.mark.parametrize(
    ("fields", "facts"),
    [
        ({"GID_4": "IDN.1.1.1.1_1", "NAME_4": "Satu"}, {"skema": "GADM"}),
        ({"CC_4": "", "GID_4": "IDN.1.1.1.1_1", "NAME_4": "Satu"}, {"skema": "GADM"}),
        ({"shapeID": "84B1", "shapeName": "Satu"}, {"skema": "geoBoundaries"}),
    ],
)
def test_layers_without_official_codes_are_refused_by_name(
    tmp_path: Path, fields: dict[str, str], facts: dict[str, str]
) -> None:
    file = write(raw().drop(columns=["kode", "nama"]).assign(**fields), tmp_path / "a.gpkg")
    with pytest.raises(LayerError) as caught:
        villages(file)
    assert (caught.value.key, caught.value.facts) == ("layer_tanpa_kode", facts)


def test_unknown_fields_are_listed_and_a_mapping_names_them(tmp_path: Path) -> None:
    file = write(of_schema("sandi", "sebutan", "bps"), tmp_path / "a.gpkg")
    with pytest.raises(LayerError) as caught:
        villages(file)
    assert (caught.value.key, caught.value.facts) == ("skema_layer", {"ada": "sandi, sebutan"})
    layer, _ = villages(file, code_field="SANDI", name_field="sebutan")
    assert layer.index.tolist() == sorted(small.CODES)
    with pytest.raises(LayerError) as caught:
        villages(file, code_field="kd", name_field="sebutan")
    assert [place.column for place in caught.value.places] == ["kd"]


def test_another_layer_than_the_edition_s_need_not_have_its_fields(tmp_path: Path) -> None:
    folder = contoh.build(tmp_path / "contoh")
    own = of_schema("sandi", "sebutan", "kemendagri")
    write(own, folder / "desa.gpkg")
    toml = folder / "edition.toml"
    fields = 'kolom_kode = "sandi"\nkolom_nama = "sebutan"\nskematis ='
    text = toml.read_text(encoding="utf-8").replace("desa.geojson", "desa.gpkg")
    toml.write_text(text.replace("skematis =", fields), encoding="utf-8")
    assert contoh.order(folder).village_layer.rows.schema.id == "edisi"
    loaded, words = edition.load(folder), texts.load("id")
    other = write(of_schema("iddesa", "nmdesa", "bps"), tmp_path / "lain.gpkg")
    for layer, schema in ((other, "bps-wilkerstat"), (folder / "desa.gpkg", "edisi")):
        asked = run_order.place(loaded, layer, words).village_layer
        assert asked.rows.schema.id == schema
    write(of_schema("iddesa", "nmdesa", "bps"), folder / "desa.gpkg")
    with pytest.raises(LayerError) as caught:
        _ = contoh.order(folder).village_layer.rows
    assert caught.value.key == "ruas_hilang"


def test_the_layer_with_the_villages_is_found_among_others(tmp_path: Path) -> None:
    file = tmp_path / "a.gpkg"
    points = raw().set_geometry(raw().geometry.representative_point())
    pyogrio.write_dataframe(points, file, layer="titik")
    pyogrio.write_dataframe(raw()[["geometry"]], file, layer="lain", append=True)
    pyogrio.write_dataframe(raw(), file, layer="desa", append=True)
    assert layer_choice.recognise(request(file))[0].layer == "desa"
    assert len(villages(file)[0]) == 12


@pytest.mark.parametrize(
    ("code", "error", "key"),
    [
        ("99010101", CodeError, "kode_layer_bps"),
        ("990101001", CodeError, "kode_layer_bps"),
        ("99010100O1", CodeError, "kode_layer_bps"),
        ("9901999001", LayerError, "layer_tanpa_penyelarasan"),
    ],
)
def test_bps_codes_that_lead_nowhere_are_named(
    tmp_path: Path, code: str, error: type[FsvaError], key: str
) -> None:
    own = of_schema("iddesa", "nmdesa", "bps")
    own.loc[4, "iddesa"] = code
    with pytest.raises(error) as caught:
        villages(write(own, tmp_path / "a.gpkg"))
    assert caught.value.key == key
    assert [(p.row, p.village, p.found) for p in caught.value.places] == [(5, "Lima", code)]


def test_a_layer_of_another_kabupaten_says_whose_it_is(tmp_path: Path) -> None:
    file = write(raw(), tmp_path / "a.gpkg")
    with pytest.raises(LayerError) as caught:
        village_layer.villages(Request(file, "53.04", "5306"), small.crosswalk())
    assert caught.value.key == "daerah_lain"
    assert caught.value.places[0].found == "99.01, 99.02, 99.10"


def test_a_layer_of_bps_codes_of_another_kabupaten_says_whose_it_is(tmp_path: Path) -> None:
    file = write(of_schema("iddesa", "nmdesa", "bps"), tmp_path / "a.gpkg")
    with pytest.raises(LayerError) as caught:
        village_layer.villages(Request(file, "53.04", "5306"), small.crosswalk())
    assert caught.value.key == "daerah_lain"
    assert caught.value.places[0].found == "9901"


# --- Placeholders, several rows, letters ------------------------------------------------------


def big() -> gpd.GeoDataFrame:
    return of_schema("KDEPUM", "WADMKD", "kemendagri", KDPKAB=DISTRICT)


def test_placeholders_and_strays_are_left_out_and_named(tmp_path: Path) -> None:
    layer = big()
    layer.loc[0, "KDEPUM"] = "99.01.--.----"
    layer.loc[1, "WADMKD"] = "AREA TIDAK TERDEFINISI"
    layer.loc[2, "KDEPUM"] = None
    layer.loc[3, "KDEPUM"] = "99.02.01.2004"
    layer.loc[4, ["KDEPUM", "KDPKAB"]] = ["", "99.02"]
    kept, ledger = villages(write(layer, tmp_path / "a.gpkg"))
    assert kept.index.tolist() == sorted(small.CODES[5:])
    assert ledger.to_numpy().tolist() == [
        [1, "99.01.--.----", "Satu", "left_out", "no_village"],
        [2, small.CODES[1], "AREA TIDAK TERDEFINISI", "left_out", "no_village"],
        [3, "", "Tiga", "left_out", "no_code"],
        [4, "99.02.01.2004", "Empat", "left_out", "other_district"],
    ]


def test_codeless_areas_beside_the_villages_are_named_those_elsewhere_not(tmp_path: Path) -> None:
    layer = raw()
    layer.loc[[1, 7], "kode"] = None
    layer.loc[1, "geometry"] = shapely.box(100, 0, 100.1, 0.1)
    kept, ledger = villages(write(layer, tmp_path / "a.gpkg"))
    assert len(kept) == 11
    assert ledger[["baris", "nama", "alasan"]].to_numpy().tolist() == [[8, "Lima", "no_code"]]


@pytest.mark.parametrize("name", ["Empat", "E M P A T", ""])
def test_a_village_on_several_rows_becomes_one(tmp_path: Path, name: str) -> None:
    layer = raw()
    whole = layer.geometry[6]
    west, south, east, north = whole.bounds
    half = shapely.box(west, south, (west + east) / 2, north)
    rest = layer.iloc[[6]].assign(nama=name, geometry=[whole - half])
    layer.loc[6, "geometry"] = whole & half
    layer = gpd.GeoDataFrame(pd.concat([layer, rest], ignore_index=True), crs=layer.crs)
    kept, ledger = villages(write(layer, tmp_path / "a.gpkg"))
    assert len(kept) == 12
    assert kept["nama"][small.CODES[3]] == "Empat"
    assert kept.geometry[small.CODES[3]].symmetric_difference(whole).area < 1e-9
    assert kept.geometry[small.CODES[3]].geom_type == "Polygon"
    assert ledger["baris"].tolist() == [7, 16]
    assert set(ledger["tindakan"]) == {"united"}


def test_two_villages_with_one_code_are_no_village_on_two_rows(tmp_path: Path) -> None:
    layer = raw()
    layer.loc[5, "kode"] = layer.loc[4, "kode"]
    with pytest.raises(CodeError) as caught:
        villages(write(layer, tmp_path / "a.gpkg"))
    assert caught.value.key == "kode_layer_ganda"
    assert [place.village for place in caught.value.places] == ["Dua", "Tiga"]


@pytest.mark.parametrize("encoding", ["UTF-8", "CP1252"])
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("zipped", [False, True])
def test_a_shapefile_that_hides_its_encoding_is_read_rightly(
    tmp_path: Path, encoding: str, engine: str, zipped: bool
) -> None:
    if engine == "fiona":
        pytest.importorskip("fiona", reason="fiona has no wheel for this Python")
    layer = raw()
    layer.loc[3:, "nama"] = ["Béda", *small.NAMES[1:]]
    file = tmp_path / "a.shp"
    write(layer, file, encoding=encoding)
    file.with_suffix(".cpg").unlink()
    if zipped:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            for part in layer_files.of_layer(file):
                archive.write(part, part.name)
        file = tmp_path / "a.zip"
    assert villages(file, engine=engine)[0]["nama"].iloc[0] == "Béda"


def test_names_in_another_encoding_than_stated_are_found(tmp_path: Path) -> None:
    layer = raw().assign(nama="Béda")
    file = tmp_path / "a.shp"
    write(layer, file, encoding="UTF-8")
    file.with_suffix(".cpg").write_text("ISO-8859-1", encoding="ascii")
    with pytest.raises(LayerError) as caught:
        villages(file)
    assert (caught.value.key, caught.value.places[0].found) == ("nama_layer", small.CODES[0])
    assert caught.value.places[0].village == "BÃ©da"


# --- Files and systems ------------------------------------------------------------------------


def test_all_parts_of_a_layer_are_known(tmp_path: Path) -> None:
    shape = write(raw(), tmp_path / "a.shp")
    (tmp_path / "a.txt").write_text("bukan bagian", encoding="ascii")
    suffixes = [part.suffix for part in layer_files.of_layer(shape)]
    assert suffixes == [".cpg", ".dbf", ".prj", ".shp", ".shx"]
    folder = write(raw(), tmp_path / "b.gdb")
    (folder / "x.lock").touch()
    inner = layer_files.of_layer(folder)
    assert inner == sorted(inner)
    assert {part.parent for part in inner} == {folder}
    assert "x.lock" not in {part.name for part in inner}
    assert layer_files.of_layer(tmp_path / "c.gpkg") == [tmp_path / "c.gpkg"]
    assert layer_files.of_layer(tmp_path / "tiada" / "c.shp") == [tmp_path / "tiada" / "c.shp"]


@pytest.mark.parametrize(
    ("layer", "parts", "others"),
    [
        ("a.shp", ["a.DBF", "a.cpg", "a.prj", "a.qix", "a.sbn", "a.shx"],
         ["a.shp.KANTOR.12.lock", "a.shp.xml", "a.gpkg", "b.dbf"]),
        ("a.gpkg", ["a.gpkg-journal", "a.gpkg-wal"], ["a.gpkg-shm", "a.gpkg.bak", "a.csv"]),
        ("a.tab", ["a.dat", "a.id", "a.ind", "a.map"], ["a.txt"]),
        ("a.mif", ["a.mid"], ["a.map"]),
        ("a.tif", ["a.tfw", "a.tif.aux.xml", "a.tif.msk", "a.tif.ovr"], ["a.csv", "a.png"]),
        ("a.geojson", [], ["a.geojson.bak", "a.prj"]),
        ("a.lain", ["a.idx", "a.lain-x", "a.lain.y"], ["a.lock", "ab.idx"]),
    ],
)  # fmt: skip
def test_all_that_a_reader_opens_beside_a_layer_belongs_to_it(
    tmp_path: Path, layer: str, parts: list[str], others: list[str]
) -> None:
    for name in (layer, *parts, *others):
        (tmp_path / name).touch()
    assert [part.name for part in layer_files.of_layer(tmp_path / layer)] == sorted([layer, *parts])


# The editor is another process, as QGIS is: SQLite's locks are a process's.
EDITOR = """
import sqlite3, sys
editor = sqlite3.connect(sys.argv[1])
editor.execute("pragma journal_mode=wal")
for (name,) in editor.execute("select name from sqlite_master where type = 'trigger'").fetchall():
    editor.execute(f'drop trigger "{name}"')  # they call functions that only GDAL has
editor.commit()
for line in iter(lambda: print("siap", flush=True) or sys.stdin.readline(), ""):
    editor.execute(line)
    editor.commit()
"""


def test_what_an_editor_has_written_beside_an_open_geopackage_counts(tmp_path: Path) -> None:
    file = write(raw(), tmp_path / "a.gpkg")
    with subprocess.Popen(
        [sys.executable, "-c", EDITOR, file], stdin=PIPE, stdout=PIPE, text=True
    ) as editor:
        assert editor.stdin is not None
        assert editor.stdout is not None
        assert editor.stdout.readline() == "siap\n"
        before = engines.values(file, engines.headers(file)[0], "nama")
        hashes = manifest.describe_inputs(layer_files.of_layer(file), tmp_path)
        print("update a set nama = 'Berubah' where fid = 1", file=editor.stdin, flush=True)
        assert editor.stdout.readline() == "siap\n"
        after = engines.values(file, engines.headers(file)[0], "nama")
        assert (set(after) - set(before)) == {"Berubah"}
        assert manifest.describe_inputs(layer_files.of_layer(file), tmp_path) != hashes
        editor.stdin.close()


def test_the_parts_beside_what_a_link_leads_to_belong_to_it(tmp_path: Path) -> None:
    there, link = tmp_path / "data" / "a.gpkg", tmp_path / "b.gpkg"
    there.parent.mkdir()
    there.touch()
    there.with_name("a.gpkg-wal").touch()
    link.symlink_to(there)
    assert {link, there.with_name("a.gpkg-wal")} <= set(layer_files.of_layer(link))


@pytest.mark.parametrize("name", ["a.gdb", "a.kml"])
def test_a_missing_or_broken_layer_is_named(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    with pytest.raises(SourceError) as caught:
        villages(file)
    assert caught.value.key == "lapisan_hilang"
    if file.suffix == ".gdb":
        file.mkdir()
    else:
        file.write_text("<kml>", encoding="ascii")
    with pytest.raises(SourceError) as caught:
        villages(file)
    assert caught.value.key == "layer_tak_terbaca"


ESRI = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
COMPOUND = (
    f'COMPD_CS["WGS 84 + EGM2008",{ESRI},VERT_CS["EGM2008 height",'
    'VERT_DATUM["EGM2008 geoid",2005],UNIT["metre",1]]]'
)
UNKNOWN = ESRI.replace("D_WGS_1984", "Datum lokal").replace("6378137.0,298.257223563",
                                                            "6377397.155,299.1528128")  # fmt: skip


@pytest.mark.parametrize("system", [ESRI, COMPOUND, "EPSG:9518", "EPSG:4979", "EPSG:9470"])
def test_systems_without_number_and_with_heights_are_understood(system: str) -> None:
    layer = small.layer().to_crs(4326).set_crs(system, allow_override=True)
    flat = crs.project(layer, Path("a.gpkg"))
    assert flat.crs.to_epsg() == small.UTM_51S
    assert flat.area.tolist() == pytest.approx(small.layer().area.tolist(), rel=1e-6)


def test_a_datum_that_nobody_knows_is_refused() -> None:
    layer = small.layer().to_crs(4326).set_crs(UNKNOWN, allow_override=True)
    with pytest.raises(LayerError) as caught:
        crs.project(layer, Path("a.gpkg"))
    assert caught.value.key == "crs_tak_dikenal"


def test_flat_systems_keep_their_number() -> None:
    for code in (4326, 32751, 23830, 9470, 3857):
        assert crs.flat(crs.CRS.from_epsg(code)).to_epsg() == code


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])
def test_the_first_layer_is_read_whatever_it_is_called(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"lapisan{suffix}"
    frame = gpd.GeoDataFrame({"nama": ["a", "b"]}, geometry=[shapely.box(0, 0, 1, 1)] * 2, crs=4326)
    frame.to_file(file, layer="lain")
    (header,) = engines.headers(file)
    read = engines.read_first(file)
    assert header.layer == "lain"
    assert read is not None
    assert read.equals(engines.read(file, header))
