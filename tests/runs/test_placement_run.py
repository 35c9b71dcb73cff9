"""A layer that lies wrong stops the run; what the office accepts stands in laporan.txt."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely.affinity import translate

from fsva.core.errors import EditionError, FsvaError, GeometryError, LayerError
from fsva.core.message_values import MessageValue
from fsva.drawing.elements import furniture
from fsva.runs import placement_run, sheet_materials
from fsva.runs.run_order import Order
from fsva.villages.join import Joined
from fsva.words import oddity_words, specification
from fsva.words.specification import MapSpecification
from tests.places import contoh, small

REASON = 'alasan = { id = "sudah diperiksa", en = "checked" }'


def edition(folder: Path, layer: gpd.GeoDataFrame, decisions: str = "") -> Path:
    """Write the edition of the small place with a real layer on the land of Timor."""
    contoh.build(folder)
    text = (folder / "edition.toml").read_text(encoding="utf-8")
    text = text.replace("skematis = true", "skematis = false")
    (folder / "edition.toml").write_text(text + decisions, encoding="utf-8")
    layer.reset_index().to_file(folder / "desa.geojson", driver="GeoJSON")
    return folder


def decision(kind: str, n: int | None = None) -> str:
    who = "" if n is None else f'kode_kemendagri = "{small.CODES[n]}"\ndesa = "{small.NAMES[n]}"\n'
    return f'\n[[batas.diterima]]\njenis = "{kind}"\n{who}{REASON}\n'


def on_timor(damage: small.Damage | None = None) -> gpd.GeoDataFrame:
    layer = small.layer(damage).to_crs(4326)
    return layer.set_geometry(layer.translate(0.45, -0.35))


def joined(folder: Path) -> Joined:
    return contoh.tabulated(contoh.order(folder)).joined


def said(folder: Path) -> list[str]:
    order = contoh.order(folder)
    made = joined(folder)
    changes = placement_run.of_changes(order.edition, made.repairs)
    from dataclasses import replace

    return oddity_words.lines(replace(made, oddities=(*made.oddities, *changes)), order.texts)


def changed(n: int, shape: shapely.Geometry) -> gpd.GeoDataFrame:
    layer = on_timor()
    shapes = layer.geometry.to_list()
    shapes[n] = shape
    return layer.set_geometry(gpd.GeoSeries(shapes, layer.index, crs=4326))


def test_a_sound_layer_is_silent(tmp_path: Path) -> None:
    assert said(edition(tmp_path / "e", on_timor())) == []


def exchanged() -> gpd.GeoDataFrame:
    return on_timor().assign(nama=[*small.NAMES[1::-1], *small.NAMES[2:]])


def far_island() -> gpd.GeoDataFrame:
    return changed(10, translate(on_timor().geometry.iloc[10], 3.0, -1.5))


CASES = {
    "nama": (exchanged, "nama_kode_tertukar"),
    "letak": (
        lambda: changed(10, translate(on_timor().geometry.iloc[10], 3.0, -1.5)),
        "letak_jauh",
    ),
    "bentuk": (
        lambda: changed(10, shapely.box(124.6, -9.5, 124.60001, -9.49999)),
        "bentuk_kecil",
    ),
}


def test_each_exchanged_village_says_its_own_place(tmp_path: Path) -> None:
    with pytest.raises(LayerError) as caught:
        joined(edition(tmp_path / "e", exchanged()))
    texts = contoh.order(tmp_path / "e").texts
    said = [place.found.words(texts) for place in caught.value.places
            if isinstance(place.found, MessageValue)]  # fmt: skip
    one, other = small.CODES[:2]
    assert said == [
        f"{small.NAMES[1]} ({one}); namanya pada {other}",
        f"{small.NAMES[0]} ({other}); namanya pada {one}",
    ]


def test_a_layer_of_other_names_can_be_accepted(tmp_path: Path) -> None:
    strange = on_timor().assign(nama=[f"Blok {n}" for n in range(12)])
    with pytest.raises(LayerError) as caught:
        joined(edition(tmp_path / "a", strange))
    assert caught.value.key == "nama_asing"
    lines = said(edition(tmp_path / "b", strange, decision("nama")))
    assert any("12 desa bernama lain" in line and "sudah diperiksa" in line for line in lines)


@pytest.mark.parametrize("kind", sorted(CASES))
@pytest.mark.parametrize("whole", [True, False])
def test_a_stop_can_be_accepted_with_a_reason(tmp_path: Path, kind: str, whole: bool) -> None:
    make, key = CASES[kind]
    with pytest.raises(LayerError) as caught:
        joined(edition(tmp_path / "a", make()))
    assert caught.value.key == key
    names = (1, 0) if kind == "nama" else (10, 10)
    who = decision(kind) if whole else decision(kind, names[1])
    if kind == "nama" and not whole:  # the layer calls village 1 by the name of village 2
        who = who.replace('desa = "Satu"', 'desa = "Dua"')
    lines = said(edition(tmp_path / "b", make(), who))
    assert "Keganjilan lapisan batas yang diterima" in lines
    assert any("sudah diperiksa" in line for line in lines)


def test_a_layer_elsewhere_can_be_accepted(tmp_path: Path) -> None:
    far = on_timor().set_geometry(on_timor().translate(40))
    with pytest.raises(LayerError) as caught:
        joined(edition(tmp_path / "a", far))
    assert caught.value.key == "letak_lapisan"
    assert any(
        "seluruh lapisan" in one for one in said(edition(tmp_path / "b", far, decision("letak")))
    )


def test_a_polygon_that_mending_changes_can_be_accepted(tmp_path: Path) -> None:
    def bow_tie(shapes: list[shapely.Geometry]) -> None:
        small.overlap(shapes)
        shapes[6] = shapely.box(0, 6000, 3400, 9000)

    with pytest.raises(GeometryError) as caught:
        joined(edition(tmp_path / "a", on_timor(bow_tie)))
    assert all("-" not in str(place.found) for place in caught.value.places)
    names = {str(place.village).split(" (")[0] for place in caught.value.places}
    who = "".join(decision("perubahan", small.NAMES.index(name)) for name in sorted(names))
    lines = said(edition(tmp_path / "b", on_timor(bow_tie), who))
    assert sum("oleh perbaikan: sudah diperiksa" in line for line in lines) == len(names)


def test_a_decision_about_no_village_stops(tmp_path: Path) -> None:
    wrong = decision("letak", 3).replace("Empat", "Lima")
    with pytest.raises(EditionError) as caught:
        joined(edition(tmp_path / "e", on_timor(), wrong))
    assert caught.value.key == "diterima_lapisan"


def test_an_area_is_never_negative(tmp_path: Path) -> None:
    """A hole larger than its outline: GEOS gives such a polygon a negative area."""
    inside_out = shapely.Polygon(
        shapely.box(124.6, -9.5, 124.601, -9.499).exterior,
        [shapely.box(124.598, -9.502, 124.604, -9.496).exterior],
    )
    with pytest.raises(FsvaError) as caught:
        joined(edition(tmp_path / "e", changed(10, inside_out)))
    shown = [str(place.found) for place in caught.value.places]
    assert shown
    assert not any("-" in text for text in shown if "m2" in text), shown


def test_names_of_the_table_that_were_shifted_stop_and_can_be_accepted(tmp_path: Path) -> None:
    folder = edition(tmp_path / "a", on_timor())
    for name in ("indikator.csv", "padanan.csv"):  # pairs by name, as a new edition makes them
        shift_names(folder / name)
    with pytest.raises(LayerError) as caught:
        joined(folder)
    assert caught.value.key == "nama_bergeser"
    assert {place.file.name for place in caught.value.places if place.file} == {"indikator.csv"}
    with (folder / "edition.toml").open("a", encoding="utf-8") as file:
        file.write(decision("nama"))
    assert any("bergeser 1 baris" in line and "sudah diperiksa" in line for line in said(folder))


def test_layers_that_were_not_read_are_told(tmp_path: Path) -> None:
    folder = edition(tmp_path / "e", on_timor())
    (folder / "batas").mkdir()
    (folder / "desa.geojson").rename(folder / "batas" / "desa.geojson")
    other = on_timor().reset_index().rename(columns={"kode": "nomor", "nama": "sebutan"})
    other.to_file(folder / "batas" / "ladang.geojson")
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8").replace('"desa.geojson"', '"batas"')
    file.write_text(text, encoding="utf-8")
    (line,) = said(folder)
    assert line.endswith(": ladang")


def shift_names(file: Path) -> None:
    """Move names down by a row; a crosswalk follows them with its Kemendagri codes."""
    head, *rows = (line.split(";") for line in file.read_text(encoding="utf-8-sig").splitlines())
    code = head.index("kode_bps")
    follow = [n for n, name in enumerate(head) if n != code]
    if file.name == "indikator.csv":
        follow = [head.index("desa"), head.index("kecamatan")]
    before = [list(row) for row in rows]
    for n, row in enumerate(rows):
        for column in follow:
            row[column] = before[n - 1][column]
    file.write_text("\n".join(";".join(row) for row in (head, *rows)), encoding="utf-8-sig")


@pytest.mark.parametrize("accepted", [False, True])
def test_a_hole_is_white_and_noted_on_the_sheet_until_it_is_accepted(
    tmp_path: Path, accepted: bool
) -> None:
    def without_enclave(shapes: list[shapely.Geometry]) -> None:
        shapes[9] = translate(shapes[9], 9000, 0)  # village 10 lay within village 5

    decisions = decision("celah") if accepted else ""
    folder = edition(tmp_path / "e", on_timor(without_enclave), decisions)
    order = contoh.order(folder)
    studio = sheet_materials.studio_of(order.edition, contoh.tabulated(order), order.texts, "")
    notes = [p.text for p in furniture.paragraphs(studio, specified(order))]
    said = [text for text in notes if text.startswith("Putih di dalam daerah")]
    assert said == ([] if accepted else [
        "Putih di dalam daerah: 1 celah (1,4 km²) tanpa desa di lapisan batas."])  # fmt: skip


def specified(order: Order) -> MapSpecification:
    made = contoh.tabulated(order)
    return specification.build(made.table, made.rules, order.edition.settings, order.texts)[0]


@pytest.mark.parametrize(
    ("window", "fits"),
    [("[0, 0, 1, 1]", False), ("[122, -11, 126, -8]", True), ("[122, 8, 126, 11]", False)],
)
def test_a_window_of_the_locator_without_the_district_stops(
    tmp_path: Path, window: str, fits: bool
) -> None:
    folder = edition(tmp_path / "e", on_timor(), f"\n[sekitar]\njendela_lokator = {window}\n")
    order = contoh.order(folder)
    made = contoh.tabulated(order)
    if fits:
        assert sheet_materials.studio_of(order.edition, made, order.texts, "").province is not None
        return
    with pytest.raises(EditionError) as caught:
        sheet_materials.studio_of(order.edition, made, order.texts, "")
    assert caught.value.key == "jendela_lokator"
    assert caught.value.places[0].row is not None
