"""The outputs of many districts together: sums, what is not compared, layer and maps."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import geopandas as gpd
import pikepdf
import pytest

from fsva import cli
from fsva.config.styles import national_look
from fsva.core import texts
from fsva.index import national
from fsva.runs.national import national_run
from fsva.sources.outputs.atlas_outputs import AtlasOutput, OutputVillage
from tests.places import lapisan, provinsi_kecil
from tests.places.small import shipped_method

pytestmark = pytest.mark.usefixtures("coarse_pictures")
FILES = {
    "manifest.json", "nasional-desa.csv", "nasional-kabupaten.csv", "nasional-provinsi.csv",
    "nasional.gpkg", "peta-nasional-desa.pdf", "peta-nasional-desa.png",
    "peta-nasional-kabupaten.pdf", "peta-nasional-kabupaten.png",
}  # fmt: skip


@pytest.fixture(scope="module")
def atlases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make three atlases; the last was made with another baseline, the second has no layer."""
    folder = tmp_path_factory.mktemp("provinsi")
    for code in provinsi_kecil.NAMES:
        edition = provinsi_kecil.build(folder, code)
        out = folder / "keluaran" / code
        words = ["atlas", str(edition), "--keluaran", str(out), "--bentuk", "gpkg"]
        assert cli.main(words) == 0
    (folder / "keluaran" / "98.02" / "atlas.gpkg").unlink()
    record = folder / "keluaran" / "97.01" / "manifest.json"
    facts = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps(facts | {"dasar": "lain-2020"}), encoding="utf-8")
    return folder / "keluaran"


@pytest.fixture(scope="module")
def joined(atlases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("nasional") / "nasional"
    assert cli.main(["nasional", str(atlases / "*"), "--keluaran", str(out)]) == 0
    return out


def rows(file: Path, separator: str = ";") -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=separator))


@pytest.mark.slow
def test_one_table_holds_every_village_with_its_district(atlases: Path, joined: Path) -> None:
    assert {file.name for file in joined.iterdir()} == FILES
    found = rows(joined / "nasional-desa.csv", ",")
    assert len(found) == 36
    for code in provinsi_kecil.NAMES:
        own = rows(atlases / code / "kelas.csv", ",")
        mine = [row for row in found if row["kode_kabupaten"] == code]
        assert [row["kode_kemendagri"] for row in mine] == [row["kode_kemendagri"] for row in own]
        assert [row["kelas"] for row in mine] == [row["komposit_kelas"] for row in own]
        assert [row["komposit"] for row in mine] == [row["komposit"] for row in own]


@pytest.mark.slow
def test_a_district_with_another_baseline_is_named_and_counted_nowhere(
    atlases: Path, joined: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["nasional", str(atlases / "*"), "--keluaran", str(tmp_path / "o")]
    assert cli.main(words) == 0
    told = capsys.readouterr()
    said = (
        "Kabupaten Contoh Jauh (97.01) memakai tahun dasar lain-2020, yang lain umumnya belu-2021"
    )
    assert said in told.err
    assert "Tanpa lapisan, jadi tidak digambar (1): Kabupaten Contoh Timur." in told.out
    districts = {row["kode_kabupaten"]: row for row in rows(joined / "nasional-kabupaten.csv")}
    assert [districts[code]["sebanding"] for code in provinsi_kecil.NAMES] == ["ya", "ya", "tidak"]
    assert districts["97.01"]["rentan"] == districts["97.01"]["kelas_1"] == ""
    (province,) = rows(joined / "nasional-provinsi.csv")
    assert (province["kode_provinsi"], province["kabupaten"], province["desa"]) == ("98", "2", "24")
    own = [row for row in rows(atlases / "98.01" / "kelas.csv", ",") if row["komposit_kelas"]]
    vulnerable = sum(row["komposit_kelas"] in "123" for row in own)
    assert int(province["rentan"]) == 2 * vulnerable
    assert province["persen"] == f"{100 * vulnerable / len(own):.2f}".replace(".", ",")


def test_the_layer_holds_villages_and_districts_in_degrees(joined: Path) -> None:
    villages = gpd.read_file(joined / "nasional.gpkg", layer="desa")
    districts = gpd.read_file(joined / "nasional.gpkg", layer="kabupaten")
    assert villages.crs == districts.crs == "EPSG:4326"
    assert len(villages) == 24
    assert set(districts["kode_kabupaten"]) == {"97.01", "98.01"}
    assert dict(zip(districts["kode_kabupaten"], districts["sebanding"], strict=True)) == {
        "97.01": 0,
        "98.01": 1,
    }
    whole = villages[villages["kode_kabupaten"] == "98.01"].union_all()
    outline = districts[districts["kode_kabupaten"] == "98.01"].geometry.iloc[0]
    assert outline.symmetric_difference(whole).area < 1e-12


def test_maps_name_what_is_not_compared_and_the_same_inputs_give_the_same_bytes(
    atlases: Path, joined: Path, tmp_path: Path
) -> None:
    again = tmp_path / "lagi"
    assert cli.main(["nasional", str(atlases / "*"), "--keluaran", str(again)]) == 0
    for file in joined.iterdir():
        assert file.read_bytes() == (again / file.name).read_bytes(), file.name
    with pikepdf.open(joined / "peta-nasional-kabupaten.pdf") as pdf:
        assert len(pdf.pages) == 1
        width, height = (float(n) * 25.4 / 72 for n in list(pdf.pages[0].mediabox)[2:])
    look = national_look.load()
    assert (width, height) == pytest.approx((look.width, look.height), abs=0.2)


def test_layers_with_a_draft_in_them_are_marked(
    atlases: Path, joined: Path, tmp_path: Path
) -> None:
    shutil.copytree(atlases, tmp_path / "keluaran")
    record = tmp_path / "keluaran" / "98.01" / "manifest.json"
    facts = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps(facts | {"draf": ["tanggal"]}), encoding="utf-8")
    out = tmp_path / "nasional"
    assert cli.main(["nasional", str(tmp_path / "keluaran" / "*"), "--keluaran", str(out)]) == 0
    name = facts["daerah"]
    for folder, said in ((joined, ""), (out, name)):
        base = lapisan.opened((folder / "nasional.gpkg").read_bytes())
        query = "SELECT identifier, description FROM gpkg_contents WHERE data_type = 'features'"
        told = base.execute(query).fetchall()
        assert len(told) == 2
        for title, what in told:
            assert title.startswith("DRAF") == what.startswith("DRAF") == bool(said)
            assert said in what
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["draf"] == [name]
    assert "draf" not in json.loads((joined / "manifest.json").read_text(encoding="utf-8"))


def test_two_years_of_a_district_and_folders_that_are_no_atlas_are_refused(
    atlases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(atlases / "98.01", tmp_path / "lagi")
    words = ["nasional", str(atlases / "98.01"), str(tmp_path / "lagi")]
    assert cli.main([*words, "--keluaran", str(tmp_path / "o")]) == 80
    (tmp_path / "lagi" / "manifest.json").unlink()
    assert cli.main([*words, "--keluaran", str(tmp_path / "o")]) == 10
    assert "manifest" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def village(class_: int, people: float) -> OutputVillage:
    return OutputVillage("98.01.01.2001", "9801010001", "Utara", "Satu", 50.0, class_, people)


def test_shares_are_of_villages_with_a_class_and_people_are_unknown_as_a_whole() -> None:
    rules = shipped_method()
    villages = (village(1, 100), village(4, 300), village(0, float("nan")), village(6, 50))
    output = AtlasOutput(Path(), "98.01", "A", "2024", rules, "x", "1", villages)
    count = national.of_district(output)
    assert (count.n_villages, count.classed, count.vulnerable) == (4, 3, 1)
    assert count.share == pytest.approx(100 / 3)
    assert (count.people, count.vulnerable_people) == (450, 100)
    unknown = AtlasOutput(
        Path(), "98.02", "B", "2024", rules, "x", "2", (village(1, float("nan")),)
    )
    (province,) = national.of_provinces([output, unknown])
    assert province.people != province.people
    assert province.classes == (2, 0, 0, 1, 0, 1)


def test_most_decide_what_is_compared() -> None:
    rules = shipped_method()
    outputs = [
        AtlasOutput(Path(), f"98.0{n}", "A", "2024", rules, base, "1", (village(1, 1),))
        for n, base in enumerate(["x", "y", "y"], start=1)
    ]
    found = national.compared(outputs)
    assert found.baseline == "y"
    assert [output.code for output in found.others] == ["98.01"]


def test_the_upper_end_of_a_step_belongs_to_it() -> None:
    look = national_look.load()
    assert [look.step(share) for share in (0, 5, 5.01, 15, 100)] == [0, 0, 1, 1, 5]
    assert texts.load("id").has("nasional.judul_desa")
    assert national_run.VILLAGE_MAP + ".pdf" in FILES
