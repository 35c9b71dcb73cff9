"""Layers without official codes (GADM, geoBoundaries): joined by confirmed pairs, never by name."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from fsva import cli
from fsva.core.errors import FsvaError, JoinError, LayerError, SourceError
from fsva.runs import tabulation
from fsva.sources.layers.layer_request import Request
from tests.places import contoh, small
from tests.places.framed import village_layer

PAIRS = "padanan-lapisan.csv"
HEAD = ["kode_bps", "id_lapisan", "nama_bps", "nama_lapisan", "kecamatan"]


def squeezed(name: str) -> str:
    return name.replace(" ", "")


def gadm(**more: object) -> gpd.GeoDataFrame:
    """Return the twelve villages as GADM has them, and three of a neighbour of equal names."""
    own = small.layer().reset_index(drop=True).to_crs(4326)
    names = [squeezed(name).replace("Sepuluh", "Sapuluh") for name in own["nama"]]
    ids = [f"IDN.20.1.{1 + n // 6}.{n + 1}_1" for n in range(12)]
    layer = own[["geometry"]].assign(
        GID_4=ids, NAME_2="Contoh", NAME_3=small.KECAMATAN, NAME_4=names, **more
    )
    other = layer.iloc[:3].assign(GID_4=["IDN.9.1_1", "IDN.9.2_1", "IDN.9.3_1"], NAME_2="Lain")
    return gpd.GeoDataFrame(pd.concat([other, layer], ignore_index=True), crs=own.crs)


def geoboundaries() -> gpd.GeoDataFrame:
    layer = gadm().iloc[3:]
    kept = layer.rename(columns={"GID_4": "shapeID", "NAME_4": "shapeName"})
    return kept[["shapeID", "shapeName", "geometry"]].assign(shapeType="ADM4")


def office(folder: Path, layer: gpd.GeoDataFrame, *, padanan: bool = True) -> Path:
    """Write the synthetic edition with a layer without codes."""
    made = contoh.build(folder / "contoh", poverty=False, coverage=False)
    (made / "desa.geojson").unlink()
    pyogrio.write_dataframe(layer, made / "desa.gpkg")
    line = f'padanan = "{PAIRS}"\nskematis =' if padanan else "skematis ="
    toml = made / "edition.toml"
    text = toml.read_text(encoding="utf-8").replace("desa.geojson", "desa.gpkg")
    toml.write_text(text.replace("skematis =", line), encoding="utf-8")
    return made


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / PAIRS).open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def confirm(folder: Path) -> None:
    file = folder / PAIRS
    file.write_bytes(file.read_bytes().replace(b";usulan;", b";ya;"))


def selaraskan(folder: Path) -> int:
    return cli.main(["selaraskan", str(folder)])


def joined(folder: Path) -> tabulation.Tabulated:
    return contoh.tabulated(contoh.order(folder))


def test_gadm_is_joined_once_a_person_has_confirmed_the_proposals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = office(tmp_path, gadm())
    before = (folder / "padanan.csv").read_bytes()
    with pytest.raises(SourceError) as missing:
        joined(folder)
    assert missing.value.key == "padanan_lapisan"
    assert selaraskan(folder) == 0
    out = capsys.readouterr().out
    assert "Usulan baru: 12, 11 di antaranya berkode atau bernama sama." in out
    assert "Periksa: Sepuluh = Sapuluh (IDN.20.1.2.10_1)? Nama mirip, skor 85,7." in out
    assert str(folder / PAIRS) in out
    written = rows(folder)
    assert list(written[0])[:5] == HEAD
    assert [r["kode_bps"] for r in written] == list(small.BPS_CODES)
    assert [r["id_lapisan"] for r in written] == gadm()["GID_4"][3:].tolist()
    with pytest.raises(JoinError) as caught:
        joined(folder)
    assert caught.value.key == "usulan_terbuka"
    assert caught.value.places[9].found == "Sapuluh (IDN.20.1.2.10_1)"
    confirm(folder)
    made = joined(folder)
    assert made.table.frame.index.tolist() == sorted(small.CODES)
    expected = small.layer().geometry
    found = made.joined.villages.geo_frame.geometry
    assert found.area.tolist() == pytest.approx(expected.loc[found.index].area.tolist(), rel=1e-3)
    assert made.joined.ledger["nama_layer"].tolist()[9:] == ["Sapuluh", "Sebelas", "DuaBelas"]
    assert (folder / "padanan.csv").read_bytes() == before
    assert folder / PAIRS in contoh.order(folder).inputs()


def test_names_are_compared_within_the_kecamatan_only(tmp_path: Path) -> None:
    layer = gadm()
    layer.loc[3, "NAME_4"] = "Sebelas"  # Satu of Utara; Sebelas lies in Selatan
    folder = office(tmp_path, layer)
    assert selaraskan(folder) == 0
    found = {r["nama_bps"]: r for r in rows(folder)}
    assert "Satu" not in found
    assert found["Sebelas"]["id_lapisan"] == "IDN.20.1.2.11_1"


def test_without_a_file_for_pairs_the_layer_is_refused_with_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = office(tmp_path, gadm(), padanan=False)
    assert cli.main(["atlas", str(folder), "--keluaran", str(tmp_path / "atlas")]) == 40
    error = " ".join(capsys.readouterr().err.split())
    assert "Lapisan GADM ini tidak memuat kode resmi desa" in error
    assert 'padanan = "padanan-lapisan.csv"' in error
    assert selaraskan(folder) == 40
    assert not (tmp_path / "atlas").exists()


def test_a_polygon_that_nobody_paired_is_left_out_and_named(tmp_path: Path) -> None:
    layer = gadm()
    lake = layer.iloc[[-1]].assign(GID_4="IDN.20.1.2.99_1", NAME_4="Danau",
                                   geometry=[shapely.box(124.5, -9.5, 124.6, -9.4)])  # fmt: skip
    both = gpd.GeoDataFrame(pd.concat([layer, lake], ignore_index=True), crs=layer.crs)
    folder = office(tmp_path, both)
    assert selaraskan(folder) == 0
    confirm(folder)
    ledger = joined(folder).joined.rows.frame
    assert ledger.to_numpy().tolist() == [[16, "IDN.20.1.2.99_1", "Danau", "left_out", "unpaired"]]


def test_a_refused_pair_leaves_the_village_without_a_polygon(tmp_path: Path) -> None:
    folder = office(tmp_path, gadm())
    assert selaraskan(folder) == 0
    file = folder / PAIRS
    first, *rest = file.read_bytes().split(b";usulan;")
    file.write_bytes(first + b";tidak;" + b";ya;".join(rest))
    with pytest.raises(JoinError) as caught:
        joined(folder)
    assert caught.value.key == "tanpa_poligon"
    named = f"Satu ({small.BPS_CODES[0]}, {small.KECAMATAN[0]})"
    assert [place.village for place in caught.value.places] == [named]


def test_a_village_of_two_rows_is_united(tmp_path: Path) -> None:
    layer = gadm()
    parts = layer.geometry[13].geoms  # the island has two
    layer.loc[13, "geometry"] = parts[0]
    more = layer.iloc[[13]].assign(geometry=[parts[1]])
    both = gpd.GeoDataFrame(pd.concat([layer, more], ignore_index=True), crs=layer.crs)
    folder = office(tmp_path, both)
    assert selaraskan(folder) == 0
    confirm(folder)
    made = joined(folder).joined
    assert len(made.villages) == 12
    assert set(made.rows["tindakan"]) == {"united"}


def test_a_layer_that_names_no_kecamatan_is_compared_as_a_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layer = geoboundaries()
    layer["shapeName"] = layer["shapeName"].replace({"Tujuh": "Satu"})
    folder = office(tmp_path, layer)
    assert selaraskan(folder) == 0
    out = capsys.readouterr().out
    assert "Periksa: Satu = Satu" in out
    assert "Ada beberapa desa bernama sama" in out
    reasons = {r["nama_bps"]: r["alasan"] for r in rows(folder)}
    assert reasons["Dua"] == "nama sama"
    assert reasons["Satu"] == "nama sama, tetapi tidak hanya satu"
    assert "Tujuh" not in reasons
    assert {r["kecamatan"] for r in rows(folder)} == {"Utara", "Selatan"}


def test_a_country_without_names_of_kabupaten_is_refused(tmp_path: Path) -> None:
    one = geoboundaries().iloc[[0]]
    country = one.loc[one.index.repeat(1001)]
    file = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(country, file)
    with pytest.raises(LayerError) as caught:
        village_layer.read_district(Request(file, "99.01", called="Contoh"))
    assert (caught.value.key, caught.value.facts["jumlah"]) == ("layer_terlalu_luas", "1001")


@pytest.mark.parametrize(
    ("district", "called", "written"),
    [
        ("11.08", "Aceh Utara", "AcehUtara"),
        ("36.72", "Cilegon", "KotaCilegon"),
        ("36.72", "Cilegon", "Cilegon"),
        ("52.72", "Bima", "KotaBima"),
        ("52.06", "Bima", "Bima"),
    ],
)
def test_the_kabupaten_is_found_by_its_name(
    tmp_path: Path, district: str, called: str, written: str
) -> None:
    layer = gadm()
    layer["NAME_2"] = ["Bima", "KotaBima", "Lain", *[written] * 12]
    layer = layer.iloc[2:] if called == "Bima" else layer
    file = tmp_path / "a.shp"
    pyogrio.write_dataframe(layer, file)
    assert len(village_layer.read_district(Request(file, district, called=called)).table) == 12


def test_a_kabupaten_that_the_layer_does_not_know_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(gadm(), file)
    with pytest.raises(FsvaError) as caught:
        village_layer.read_district(Request(file, "53.04", called="Belu"))
    assert (caught.value.key, caught.value.places[0].found) == ("daerah_lain", "Contoh, Lain")


def test_codes_of_bps_in_gadm_need_no_pairs(tmp_path: Path) -> None:
    folder = office(tmp_path, gadm(CC_4=small.BPS_CODES), padanan=False)
    assert len(joined(folder).table) == 12


def test_a_new_edition_on_such_a_layer_proposes_and_says_what_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layer = gadm()
    layer["NAME_2"] = layer["NAME_2"].replace("Contoh", "ContohBaru")
    pyogrio.write_dataframe(layer, tmp_path / "desa.gpkg")
    lines = small.indicators_csv().replace("9901", "5369").splitlines()
    codes = ["kode_kemendagri", *(code.replace("99.01", "53.69") for code in small.CODES)]
    table = "\n".join(f"{line};{code}" for line, code in zip(lines, codes, strict=True))
    (tmp_path / "tabel.csv").write_text(table, encoding="utf-8-sig")
    folder = tmp_path / "proyek" / "editions" / "contoh-2024"
    assert cli.main(
        ["baru", "--kode", "53.69", "--nama", "Contoh Baru", "--tahun", "2024",
         "--dasar", "belu-2021", "--batas", str(tmp_path / "desa.gpkg"),
         "--tabel", str(tmp_path / "tabel.csv"), "--keluaran", str(folder)]) == 0  # fmt: skip
    out = capsys.readouterr().out
    assert "Lapisan batas: 12 desa/kelurahan, skema GADM." in out
    assert "  1. Lapisan GADM tidak memuat kode desa." in out
    assert "  2. " not in out
    assert "Usulan baru: 12" in out
    assert f'padanan = "{PAIRS}"' in (folder / "edition.toml").read_text(encoding="utf-8")
    confirm(folder)
    assert cli.main(["periksa", str(folder), "--keluaran", str(tmp_path / "periksa")]) == 0
