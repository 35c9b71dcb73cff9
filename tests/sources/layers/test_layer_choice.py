"""Files of several layers: a part per kecamatan, two years, kecamatan beside villages, labels."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from fsva.core.errors import CodeError, LayerError, SourceError
from fsva.sources.layers import gdal_layers
from fsva.sources.layers.layer_request import LayerRows, Request
from tests.places import small
from tests.places.framed import crosswalks, village_layer

DISTRICT = "99.01"


def raw() -> gpd.GeoDataFrame:
    """Return the layer as an office has it: code and name as fields, degrees."""
    return small.layer().reset_index().to_crs(4326)


def parts() -> dict[str, gpd.GeoDataFrame]:
    """Return the layer cut into its two kecamatan."""
    return {f"kec_{code[-2:]}": part for code, part in raw().groupby(raw()["kode"].str[:8])}


def packed(layers: dict[str, gpd.GeoDataFrame], file: Path) -> Path:
    """Write layers as those of one file: a GeoPackage, a zip of Shapefiles, or Folders of a KML."""
    if file.suffix == ".gpkg":
        for name, frame in layers.items():
            pyogrio.write_dataframe(frame, file, layer=name, append=file.exists())
    elif file.suffix == ".zip":
        for name, frame in layers.items():
            pyogrio.write_dataframe(frame, file.parent / f"{name}.shp")
        with zipfile.ZipFile(file, "w") as archive:
            for name in layers:
                for part in sorted(file.parent.glob(f"{name}.*")):
                    archive.write(part, f"batas/{part.name}")
    else:
        file.write_text(kml(layers), encoding="utf-8")
    return file


def kml(layers: dict[str, gpd.GeoDataFrame]) -> str:
    """Return layers as Folders of a KML, each with a schema of its own."""
    text = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    for layer, frame in layers.items():
        text += f'<Schema name="{layer}" id="{layer}"><SimpleField type="string" name="kode"/>'
        text += f'<SimpleField type="string" name="nama"/></Schema><Folder><name>{layer}</name>'
        for code, name, shape in frame[["kode", "nama", "geometry"]].itertuples(index=False):
            told = f'<SimpleData name="kode">{code}</SimpleData>' if code else ""
            text += (
                f'<Placemark><ExtendedData><SchemaData schemaUrl="#{layer}">{told}'
                f'<SimpleData name="nama">{name}</SimpleData></SchemaData></ExtendedData>'
                f"{_kml_shape(shape)}</Placemark>"
            )
        text += "</Folder>"
    return text + "</Document></kml>"


def _kml_shape(shape: shapely.Geometry) -> str:
    if shape.geom_type == "Point":
        return f"<Point><coordinates>{shape.x},{shape.y}</coordinates></Point>"

    def ring(line: shapely.Geometry) -> str:
        points = " ".join(f"{x:.7f},{y:.7f}" for x, y in shapely.get_coordinates(line))
        return f"<LinearRing><coordinates>{points}</coordinates></LinearRing>"

    areas = "".join(
        f"<Polygon><outerBoundaryIs>{ring(area.exterior)}</outerBoundaryIs>"
        + "".join(f"<innerBoundaryIs>{ring(hole)}</innerBoundaryIs>" for hole in area.interiors)
        + "</Polygon>"
        for area in shapely.get_parts(shape)
    )
    return f"<MultiGeometry>{areas}</MultiGeometry>"


def rows(file: Path, **said: str) -> LayerRows:
    return village_layer.read_district(Request(file, DISTRICT, "9901", **said))  # type: ignore[arg-type]


def settled(file: Path, **said: str) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    asked = Request(file, DISTRICT, "9901", **said)  # type: ignore[arg-type]
    return village_layer.settled(village_layer.read_district(asked), asked, crosswalks.none())


FILES = ("a.gpkg", "a.zip", "a.kml")


@pytest.mark.parametrize("name", FILES)
def test_a_layer_per_kecamatan_is_united(tmp_path: Path, name: str) -> None:
    file = packed(parts(), tmp_path / name)
    layer, ledger = settled(file)
    assert layer["nama"].to_dict() == dict(zip(small.CODES, small.NAMES, strict=True))
    assert ledger.empty
    assert dict(rows(file).parts) == {name: len(part) for name, part in parts().items()}


@pytest.mark.parametrize("name", FILES)
def test_a_village_at_the_edge_of_two_layers_is_read_once(tmp_path: Path, name: str) -> None:
    one, other = parts().values()
    both = {"kec_01": one, "kec_02": pd.concat([other, one.iloc[:1]], ignore_index=True)}
    layer, ledger = settled(packed(both, tmp_path / name))
    assert layer["nama"].to_dict() == dict(zip(small.CODES, small.NAMES, strict=True))
    areas = [shapely.area(one.geometry.to_numpy()).sum() for one in (layer, raw())]
    assert areas[0] == pytest.approx(areas[1], rel=1e-5)
    assert ledger["tindakan"].tolist() == ["united", "united"]


def test_a_layer_without_coordinate_system_is_named_among_others(tmp_path: Path) -> None:
    file = packed(parts(), tmp_path / "a.zip")
    with zipfile.ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in held.items():
            if name != "batas/kec_02.prj":
                archive.writestr(name, content)
    with pytest.raises(LayerError) as caught:
        rows(file)
    assert caught.value.key == "tanpa_crs"
    assert [place.found for place in caught.value.places] == ["kec_02"]


def test_a_village_with_two_outlines_in_two_layers_is_named(tmp_path: Path) -> None:
    one, other = parts().values()
    edge = one.iloc[:1].assign(geometry=one.iloc[:1].scale(1.1, 1.1))
    both = {"kec_01": one, "kec_02": pd.concat([other, edge], ignore_index=True)}
    with pytest.raises(LayerError) as caught:
        rows(packed(both, tmp_path / "a.gpkg"))
    assert caught.value.key == "desa_beberapa_lapisan"
    (place,) = caught.value.places
    assert place.village == f"{small.NAMES[0]} ({small.CODES[0]})"
    assert place.found == "kec_01, kec_02"


@pytest.mark.parametrize("name", FILES)
def test_two_years_in_one_file_are_a_choice(tmp_path: Path, name: str) -> None:
    moved = raw().assign(geometry=raw().translate(0.01))
    file = packed({"desa_2019": moved, "desa_2024": raw()}, tmp_path / name)
    with pytest.raises(LayerError) as caught:
        rows(file)
    assert caught.value.key == "lapisan_beberapa"
    assert sorted(str(p.found) for p in caught.value.places) == ["desa_2019 (12)", "desa_2024 (12)"]
    chosen, _ = settled(file, part="DESA_2024")
    assert chosen.total_bounds == pytest.approx(raw().total_bounds, abs=1e-6)
    with pytest.raises(LayerError) as caught:
        rows(file, part="desa_2020")
    assert caught.value.key == "lapisan_tak_ada"
    assert caught.value.facts["ada"] == "desa_2019, desa_2024"


def test_a_whole_layer_beside_its_parts_is_a_choice(tmp_path: Path) -> None:
    file = packed({**parts(), "semua": raw()}, tmp_path / "a.gpkg")
    with pytest.raises(LayerError) as caught:
        rows(file)
    assert caught.value.key == "lapisan_beberapa"
    assert len(caught.value.places) == 3


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("first", [True, False])
def test_villages_are_taken_where_kecamatan_stand_beside_them(
    tmp_path: Path, name: str, first: bool
) -> None:
    upper = raw().assign(kode=raw()["kode"].str[:8]).dissolve("kode", as_index=False)
    both = {"adm_kecamatan": upper, "adm_desa": raw()}
    file = packed(both if first else dict(reversed(both.items())), tmp_path / name)
    layer, _ = settled(file)
    assert layer.index.tolist() == list(small.CODES)
    assert rows(file).unread == ("adm_kecamatan",)


def test_rows_of_kecamatan_among_villages_are_left_out_with_a_note(tmp_path: Path) -> None:
    upper = raw().assign(kode=raw()["kode"].str[:8]).dissolve("kode", as_index=False)
    file = tmp_path / "a.geojson"
    pyogrio.write_dataframe(pd.concat([upper, raw()], ignore_index=True), file)
    layer, ledger = settled(file)
    assert layer.index.tolist() == list(small.CODES)
    assert ledger["baris"].tolist() == [1, 2]
    assert set(ledger["alasan"]) == {"subdistrict"}


def test_layers_without_codes_are_a_choice(tmp_path: Path) -> None:
    bare = raw().assign(shapeID=raw()["kode"], shapeName=raw()["nama"])[
        ["shapeID", "shapeName", "geometry"]
    ]
    file = packed({"a": bare, "b": bare}, tmp_path / "a.gpkg")
    with pytest.raises(LayerError) as caught:
        rows(file)
    assert caught.value.key == "lapisan_beberapa"
    assert len(rows(file, part="b").table) == 12


def labels(kind: str) -> gpd.GeoDataFrame:
    """Return shapes as they stand among villages: labels, a line, several at once."""
    own = raw().assign(kode="")
    if kind == "titik":
        return own.set_geometry(own.representative_point())
    if kind == "garis":
        return own.iloc[:1].set_geometry([shapely.LineString([(125, -9), (125.1, -9.1)])], crs=4326)
    return own.iloc[:2].set_geometry(own.iloc[:2].boundary)


@pytest.mark.parametrize("kind", ["titik", "garis", "batas"])
def test_points_and_lines_are_left_out_with_a_note(tmp_path: Path, kind: str) -> None:
    file, extra = tmp_path / "a.geojson", labels(kind)
    pyogrio.write_dataframe(
        pd.concat([raw(), extra], ignore_index=True), file, geometry_type="Unknown"
    )
    layer, ledger = settled(file)
    assert layer.index.tolist() == list(small.CODES)
    assert ledger["baris"].tolist() == list(range(13, 13 + len(extra)))
    assert set(ledger["alasan"]) == {"no_area"}


@pytest.mark.parametrize("same_folder", [True, False])
def test_labels_of_a_kml_are_left_out(tmp_path: Path, same_folder: bool) -> None:
    both = pd.concat([raw(), labels("titik")], ignore_index=True)
    own = {"desa": both} if same_folder else {"nama": labels("titik"), "desa": raw()}
    assert len(settled(packed(own, tmp_path / "a.kml"))[0]) == 12


def test_labels_with_codes_are_left_out_too(tmp_path: Path) -> None:
    coded = labels("titik").assign(kode=small.CODES)
    layer, ledger = settled(packed({"nama": coded, "desa": raw()}, tmp_path / "a.kml"))
    assert len(layer) == 12
    assert ledger.empty


def test_a_village_that_is_only_a_point_is_named(tmp_path: Path) -> None:
    own = raw()
    own.loc[4, "geometry"] = own.geometry[4].representative_point()
    file = tmp_path / "a.geojson"
    pyogrio.write_dataframe(own, file, geometry_type="Unknown")
    with pytest.raises(LayerError) as caught:
        settled(file)
    assert caught.value.key == "desa_bukan_poligon"
    assert [(p.row, p.village) for p in caught.value.places] == [(5, "Lima")]


def test_of_a_collection_the_polygons_are_taken(tmp_path: Path) -> None:
    own = raw()
    label = own.representative_point()
    own["geometry"] = [
        shapely.GeometryCollection([point, shapely.GeometryCollection([area])])
        for point, area in zip(label, raw().geometry, strict=True)
    ]
    file = tmp_path / "a.geojson"
    pyogrio.write_dataframe(own, file, geometry_type="GeometryCollection")
    layer, _ = settled(file)
    assert layer.to_crs(32751).area.tolist() == pytest.approx(
        raw().to_crs(32751).area.tolist(), rel=1e-6
    )


@pytest.mark.parametrize(
    ("written", "ailment"),
    [
        (lambda code: code.replace(".", ""), "pemisah"),
        (lambda code: code.replace("99.01", "99.1"), "nol_hilang"),
        (lambda code: code.replace(".", "-"), "pemisah"),
    ],
)
@pytest.mark.parametrize("only", [None, 4])
def test_damaged_codes_are_named_with_the_likely_one(
    tmp_path: Path, written: object, ailment: str, only: int | None
) -> None:
    own = raw()
    hit = own.index == only if only is not None else own["kode"] != ""
    own.loc[hit, "kode"] = own["kode"].map(written)[hit]  # type: ignore[arg-type]
    file = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(own, file)
    asked = Request(file, DISTRICT, "9906")
    with pytest.raises(CodeError) as caught:
        village_layer.settled(village_layer.read_district(asked), asked, crosswalks.none())
    first = caught.value.places[0]
    assert (caught.value.key, first.ailment) == ("kode_layer", ailment)
    assert first.likely == small.CODES[only or 0]
    assert len(caught.value.places) == (1 if only is not None else 12)


@pytest.mark.parametrize("numeric", [True, False])
def test_codes_without_dots_are_read_where_the_office_says_whose_they_are(
    tmp_path: Path, numeric: bool
) -> None:
    bare = raw()["kode"].str.replace(".", "")
    own = raw().assign(kode=bare.astype("int64") if numeric else bare)
    file = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(own, file)
    layer, _ = settled(file, system="kemendagri")
    assert layer["nama"].to_dict() == dict(zip(small.CODES, small.NAMES, strict=True))


def test_codes_of_kabupaten_with_one_number_are_told_apart(tmp_path: Path) -> None:
    """BPS 9901 and Kemendagri 99.01: ten digits could be of either."""
    own = raw().assign(kode=raw()["kode"].str.replace(".", ""))
    file = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(own, file)
    asked = Request(file, DISTRICT, "9901")
    read = village_layer.read_district(asked)
    with pytest.raises(CodeError) as caught:
        village_layer.settled(read, asked, small.crosswalk())
    assert caught.value.key == "kode_tanpa_titik"
    assert [p.likely for p in caught.value.places] == list(small.CODES)
    bps = pd.Index(own["kode"][::-1], name="kode_bps")  # the same digits, in another order
    both = small.crosswalk().set_axis(bps)
    with pytest.raises(CodeError) as caught:
        village_layer.settled(read, asked, both)
    assert caught.value.key == "kode_dua_sistem"
    said = Request(file, DISTRICT, "9901", system="bps")
    layer, _ = village_layer.settled(village_layer.read_district(said), said, both)
    assert layer["nama"].tolist() == list(small.NAMES[::-1])


def test_a_blank_before_the_code_does_not_hide_the_village(tmp_path: Path) -> None:
    own = raw()
    own.loc[3, "kode"] = " " + own["kode"][3]
    file = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(own, file)
    assert settled(file)[0].index.tolist() == list(small.CODES)


@pytest.mark.parametrize("empty", [range(12), [0], [3, 7, 11]])
def test_a_further_field_of_names_fills_the_first(tmp_path: Path, empty: object) -> None:
    own = raw().rename(columns={"kode": "KDEPUM"})
    own["WADMKD"], own["NAMOBJ"] = own["nama"], own["nama"]
    own.loc[list(empty), "WADMKD"] = None  # type: ignore[call-overload]
    own.loc[[n for n in range(12) if n not in empty], "NAMOBJ"] = ""  # type: ignore[operator]
    file = tmp_path / "a.shp"
    pyogrio.write_dataframe(own.drop(columns="nama"), file)
    assert settled(file)[0]["nama"].tolist() == list(small.NAMES)


def test_a_village_without_any_name_is_read(tmp_path: Path) -> None:
    own = raw()
    own.loc[2, "nama"] = None
    file = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(own, file)
    assert settled(file)[0]["nama"].iloc[2] == ""


@pytest.mark.parametrize("ending", ["shp", "gpkg", "geojson"])
@pytest.mark.parametrize("deep", [False, True])
def test_a_folder_with_a_layer_per_kecamatan_is_united(
    tmp_path: Path, ending: str, deep: bool
) -> None:
    folder = tmp_path / "batas"
    layer = small.layer().to_crs(4326).reset_index()
    for code, part in layer.groupby(layer["kode"].str[:8]):
        place = folder / code if deep else folder
        place.mkdir(parents=True, exist_ok=True)
        part.to_file(place / f"kec-{code[-2:]}.{ending}")
    (folder / "baca.txt").write_text("catatan", encoding="utf-8")
    read = small.villages_of(folder)
    assert list(read.index) == list(small.CODES)
    assert list(read["nama"]) == list(small.NAMES)


def test_a_folder_without_layers_is_none(tmp_path: Path) -> None:
    (tmp_path / "baca.txt").write_text("catatan", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        small.villages_of(tmp_path)
    assert caught.value.key == "lapisan_hilang"


@pytest.mark.parametrize("mark", ["-", "--", " . ", "?", "NULL", "<Null>", "n/a"])
def test_a_mark_for_no_name_is_no_name(tmp_path: Path, mark: str) -> None:
    layer = small.layer().to_crs(4326).reset_index()
    layer = layer.rename(columns={"kode": "KDEPUM", "nama": "NAMOBJ"}).assign(WADMKD=mark)
    layer.to_file(tmp_path / "b.geojson")
    read = small.villages_of(tmp_path / "b.geojson", names=None)
    assert list(read["nama"]) == list(small.NAMES)


@pytest.mark.parametrize("text", ["<OGRVRTDataSource/>x", "bukan lapisan", "PK tetapi rusak"])
def test_each_layer_of_a_folder_is_looked_into(tmp_path: Path, text: str) -> None:
    """What no single file may be, no file of a folder may be either; the file is named."""
    small.layer().to_crs(4326).reset_index().to_file(tmp_path / "a.geojson")
    (tmp_path / "b.gpkg").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        small.villages_of(tmp_path)
    assert caught.value.key in ("layer_format", "layer_tak_terbaca")


def test_a_layer_of_other_fields_beside_those_that_fit_is_named(tmp_path: Path) -> None:
    other = raw().rename(columns={"kode": "nomor", "nama": "sebutan"})
    lines = raw().assign(geometry=raw().boundary)
    layers = {**parts(), "ladang": other, "jalan": lines}
    assert rows(packed(layers, tmp_path / "a.gpkg")).unread == ("ladang",)
    one = {"desa": raw(), "ladang": other}
    assert rows(packed(one, tmp_path / "b.gpkg")).unread == ("ladang",)
    assert rows(packed({"desa": raw()}, tmp_path / "c.gpkg")).unread == ()


def test_layers_of_one_name_in_a_folder_are_told_apart(tmp_path: Path) -> None:
    for place, frame in (("a", raw()), ("b", raw().rename(columns={"kode": "x", "nama": "y"}))):
        (tmp_path / "batas" / place).mkdir(parents=True)
        frame.to_file(tmp_path / "batas" / place / "desa.geojson")
    assert rows(tmp_path / "batas").unread == ("desa",)


def test_a_kmz_made_of_a_kml_keeps_its_fields(tmp_path: Path) -> None:
    pyogrio.write_dataframe(raw(), tmp_path / "a.kml", driver="LIBKML")
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.write(tmp_path / "a.kml", "doc.kml")
        archive.writestr("files/ikon.png", b"no layer")
    found = rows(tmp_path / "a.kmz")
    assert sorted(found.table["kode"]) == sorted(small.CODES)
    assert sorted(found.table["nama"]) == sorted(small.NAMES)


def test_a_kmz_whose_first_kml_names_the_others_is_read(tmp_path: Path) -> None:
    """GDAL and QGIS write such files; the first layer is what neighbours are read from."""
    pyogrio.write_dataframe(raw(), tmp_path / "a.kmz", driver="LIBKML")
    with zipfile.ZipFile(tmp_path / "a.kmz") as archive:
        assert sum(name.endswith(".kml") for name in archive.namelist()) == 2
    assert [header.n_rows for header in gdal_layers.headers(tmp_path / "a.kmz")] == [len(raw())]
    assert sorted(rows(tmp_path / "a.kmz").table["kode"]) == sorted(small.CODES)


def test_all_kml_of_a_kmz_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.kmz"
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts().items():
            archive.writestr("doc.kml" if name == "kec_01" else f"{name}.kml", kml({name: part}))
    assert len(rows(file).table) == len(raw())


@pytest.mark.parametrize("damaged", ["99.O1.01.2001", "99. 01.01.2001", "9901.01.2001"])
def test_one_damaged_code_among_sound_ones_is_named(tmp_path: Path, damaged: str) -> None:
    file = tmp_path / "a.gpkg"
    raw().replace({"kode": {"99.01.01.2001": damaged}}).to_file(file)
    with pytest.raises(CodeError) as caught:
        rows(file)
    assert [(p.found, p.likely) for p in caught.value.places] == [(damaged, "99.01.01.2001")]


@pytest.mark.parametrize("mark", ["\N{ZERO WIDTH SPACE}", "\t", "\N{NO-BREAK SPACE}", "\n"])
@pytest.mark.parametrize("name", ["a.gpkg", "a.fgb", "a.geojson"])
def test_what_nobody_sees_before_a_code_is_left_off(tmp_path: Path, name: str, mark: str) -> None:
    frame = raw()
    frame.assign(kode=mark + frame["kode"]).to_file(tmp_path / name)
    assert sorted(rows(tmp_path / name).table["kode"]) == sorted(small.CODES)


def test_exchanged_fields_of_code_and_name_are_no_other_kabupaten(tmp_path: Path) -> None:
    file = tmp_path / "a.gpkg"
    raw().rename(columns={"kode": "nama", "nama": "kode"}).to_file(file)
    with pytest.raises(LayerError) as caught:
        rows(file)
    assert caught.value.key == "layer_bukan_kode"
