"""Rivers, roads and capital towns of an office: drawn below the names, refused by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from pyproj import CRS

from fsva.config.editions import edition
from fsva.config.editions.ground_sections import BaseFiles
from fsva.config.styles import theme
from fsva.core import texts
from fsva.core.box import Box
from fsva.core.errors import LayerError, SourceError
from fsva.core.publishing import manifest
from fsva.drawing.elements import legend
from fsva.drawing.paper import fonts
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Item, Mark, Sheet, Text, bounds
from fsva.drawing.paper.text_boxes import text_box
from fsva.drawing.sheets import sheet
from fsva.runs import production, run_order
from fsva.words.specification import LegendRow
from tests.places import belu, contoh, small
from tests.places.framed import base_layers

UTM = CRS.from_epsg(small.UTM_51S)
WINDOW = shapely.box(598e3, 8988e3, 620e3, 9001e3)
RIVER = shapely.LineString([(600e3, 8991e3), (606e3, 8995e3), (611e3, 8999e3)])
ROAD = shapely.LineString([(600e3, 8998e3), (611e3, 8992e3)])
TOWN = shapely.Point(604.5e3, 8994.5e3)


def write(file: Path, *shapes: shapely.Geometry, **columns: object) -> Path:
    frame = gpd.GeoDataFrame(columns or {"n": range(len(shapes))}, geometry=list(shapes), crs=UTM)
    if file.suffix == ".geojson":
        frame = frame.to_crs(4326)
    frame.to_file(file)
    return file


@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson"])
def test_lines_of_any_format_are_cut_to_the_map(tmp_path: Path, ending: str) -> None:
    far = shapely.LineString([(700e3, 8991e3), (710e3, 8995e3)])
    long = shapely.LineString([(500e3, 8995e3), (700e3, 8995e3)])
    found = base_layers.read_lines(write(tmp_path / f"s.{ending}", far, long), UTM, WINDOW)
    assert shapely.length(found) == pytest.approx(22e3, rel=0.001)


def test_towns_come_with_their_names_in_a_fixed_order(tmp_path: Path) -> None:
    points = [TOWN, shapely.Point(610e3, 8992e3), shapely.Point(900e3, 8992e3)]
    names = ["Mota\u0007 <b>&amp;\nBaru", "Atas", "Jauh"]
    file = write(tmp_path / "k.gpkg", *points, kota=names)
    found = base_layers.read_towns(file, "kota", UTM, WINDOW)
    assert found["nama"].tolist() == ["Atas", "Mota <b>&amp; Baru"]


def refused(file: Path, error: type[Exception] = LayerError) -> str:
    with pytest.raises(error) as caught:
        base_layers.read_lines(file, UTM, WINDOW)
    problem = caught.value
    assert isinstance(problem, LayerError | SourceError)
    assert problem.places[0].file == file
    return problem.key


def test_layers_that_cannot_be_used_are_refused_by_name(tmp_path: Path) -> None:
    assert refused(tmp_path / "tiada.gpkg", SourceError) == "berkas_hilang"
    broken = tmp_path / "rusak.gpkg"
    broken.write_bytes(b"bukan lapisan" * 50)
    assert refused(broken, SourceError) == "layer_format"
    area = write(tmp_path / "luas.gpkg", shapely.box(600e3, 8991e3, 601e3, 8992e3))
    assert refused(area) == "dasar_peta_jenis"
    assert refused(write(tmp_path / "titik.gpkg", TOWN)) == "dasar_peta_jenis"
    placeless = write(tmp_path / "crs.shp", RIVER)
    placeless.with_suffix(".prj").unlink()
    assert refused(placeless) == "tanpa_crs"
    far = shapely.LineString([(700e3, 8991e3), (710e3, 8995e3)])
    assert refused(write(tmp_path / "jauh.gpkg", far)) == "dasar_peta_di_luar"
    empty = tmp_path / "kosong.gpkg"
    gpd.GeoDataFrame({"n": []}, geometry=gpd.GeoSeries([], crs=UTM)).to_file(
        empty, engine="pyogrio", geometry_type="LineString"
    )
    assert refused(empty) == "layer_kosong"


def test_towns_need_their_field_and_names_that_are_names(tmp_path: Path) -> None:
    file = write(tmp_path / "k.gpkg", TOWN, nama=["x" * 61])
    with pytest.raises(LayerError) as caught:
        base_layers.read_towns(file, "nama", UTM, WINDOW)
    assert caught.value.key == "dasar_peta_nama"
    with pytest.raises(LayerError) as caught:
        base_layers.read_towns(file, "kota", UTM, WINDOW)
    assert (caught.value.key, caught.value.facts["ada"]) == ("ruas_hilang", "nama")


# On the sheet


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = contoh.build(tmp_path_factory.mktemp("dasar") / "editions" / "contoh")
    write(made / "sungai.gpkg", RIVER)
    write(made / "jalan.shp", ROAD)
    write(made / "kota.geojson", TOWN, nama=["Kota <Contoh>"])
    with (made / "edition.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[dasar_peta]\nsungai = "sungai.gpkg"\njalan = "jalan.shp"\n'
            'ibu_kota = "kota.geojson"\nsumber = { id = "uji", en = "test" }\n'
        )
    return made


@pytest.fixture(scope="module")
def drawn(folder: Path) -> tuple[Sheet, dict[str, bytes]]:
    caught: list[tuple[Sheet, ...]] = []
    draw = sheet.sheets
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet, "sheets", lambda *a: caught.append(draw(*a)) or caught[-1])
        order = run_order.place(edition.load(folder), None, texts.load("id"))
        files = production.produce(order, lambda _: None)
    return caught[0][-1], files


def test_the_base_lies_over_the_villages_and_below_borders_and_names(
    drawn: tuple[Sheet, dict[str, bytes]],
) -> None:
    one, _ = drawn
    names = [layer.name for layer in one.layers]
    assert names.index("villages") < names.index("base") < names.index("names")
    assert names.index("names") < names.index("towns")
    (base,) = belu.layers(one, "base")
    style = theme.load(small.THEME).base
    strokes = {m.stroke.colour: m.stroke.width_mm for m in base.items if isinstance(m, Mark)
               and m.stroke}  # fmt: skip
    assert strokes[style.river.colour] == style.river.width
    assert strokes[style.road.colour] == style.road.width
    assert strokes[style.road.casing_colour] > style.road.width
    assert base.clip == belu.layers(one, "villages")[0].clip


def test_a_town_is_named_where_no_other_name_stands(
    drawn: tuple[Sheet, dict[str, bytes]],
) -> None:
    one, _ = drawn
    faces = fonts.load(small.ROOT / "styles" / "fonts")
    (towns,) = belu.layers(one, "towns")
    (name,) = (item for item in towns.items if isinstance(item, Text))
    assert name.text == "Kota <Contoh>"
    box = text_box(name, faces)
    (layer,) = belu.layers(one, "names")
    others = [text_box(item, faces) for item in layer.items if isinstance(item, Text)]
    assert not any(box.overlaps(other) for other in others)


def test_the_legend_shows_what_is_given_and_nothing_else() -> None:
    studio = belu.made().studio
    box = studio.layout.boxes.box("legend")
    assert legend.base_rows(box, BaseFiles(), studio.layout, studio.texts) == []
    given = BaseFiles(sungai="s.gpkg", ibu_kota="k.gpkg")  # type: ignore[call-arg]
    items = legend.base_rows(box, given, studio.layout, studio.texts)
    assert [item.text for item in items if isinstance(item, Text)] == ["Sungai", "Ibu kota"]


def test_the_legend_has_room_for_them_beside_seven_rows() -> None:
    atlas = belu.made()
    studio, layout = atlas.studio, atlas.studio.layout
    box = layout.boxes.box("legend")
    missing = LegendRow(0, "#FFFFFF", "Tidak ada data", "", 3)
    one = replace(atlas.maps[6], legend=(missing, *atlas.maps[6].legend))
    given = BaseFiles(sungai="s", jalan="j", ibu_kota="k")  # type: ignore[call-arg]
    rows = legend.base_rows(box, given, layout, studio.texts)
    others = [
        *legend.draw(box, one, layout, studio.texts, studio.faces, below=legend.foot(layout, 4)),
        *legend.line_rows(box, layout, studio.texts, ["#FFFFFF"]),
    ]
    taken = [paper(item, studio.faces) for item in others]
    for item in rows:
        own = paper(item, studio.faces)
        assert box.left <= own.left
        assert own.right <= box.right
        assert not any(own.overlaps(other) for other in taken)


def paper(item: Item, faces: Faces) -> Box:
    if isinstance(item, Text):
        return text_box(item, faces)
    assert isinstance(item, Mark)
    return bounds(item.shape)


def test_base_layers_are_inputs_and_their_source_is_printed(
    folder: Path, drawn: tuple[Sheet, dict[str, bytes]]
) -> None:
    one, files = drawn
    order = run_order.place(edition.load(folder), None, texts.load("id"))
    inputs = manifest.describe_inputs(order.inputs(), order.root)
    named = {Path(name).name for name in inputs}
    assert {"sungai.gpkg", "jalan.shp", "jalan.dbf", "jalan.prj", "kota.geojson"} <= named
    assert "Dasar peta: uji." in " ".join(text.text for text in one.texts())
    again = production.produce(order, lambda _: None)
    assert again["atlas.pdf"] == files["atlas.pdf"]


def test_an_unknown_key_of_the_base_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    made = contoh.build(tmp_path / "editions" / "contoh")
    with (made / "edition.toml").open("a", encoding="utf-8") as file:
        file.write('\n[dasar_peta]\nsunga = "s.gpkg"\n')
    with pytest.raises(Exception, match="skema_tak_dikenal"):
        edition.load(made)
