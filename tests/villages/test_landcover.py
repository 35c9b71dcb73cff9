"""Farm land of an edition out of a land cover raster: from the file to table, map and report."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pypdfium2
import pytest
import shapely

from fsva import cli
from fsva.config.editions import edition
from fsva.core import messages, texts
from fsva.core.errors import EditionError, FsvaError, TableError
from fsva.runs import tabulation
from fsva.words import sourced_words
from tests.places import contoh, small
from tests.sources.ground.test_class_rasters import write
from tests.villages import test_succession

pytest.importorskip("exactextract", reason="needs the extra raster")
pytest.importorskip("rasterio", reason="needs the extra raster")
pytestmark = pytest.mark.filterwarnings("ignore:Use `@` matmul:PendingDeprecationWarning")

CELL_M = 30
WET, DRY, OTHER, NOTHING = 11, 12, 50, 0
SHARE = f"kelas_lahan_pertanian = [{WET}, {DRY}]"
AREAS = f"kolom = {{ luas_sawah = [{WET}], luas_ladang = [{DRY}] }}"
ORIGIN_X, TOP = 600e3, 8_999_100.0


def stripes() -> np.ndarray[Any, np.dtype[np.int16]]:
    """Return the classes: within each 3,000 m a wet stripe of 600 m and a dry one of 300 m."""
    metres = (np.arange(600) * CELL_M) % 3000
    row = np.where(metres < 600, WET, np.where(metres < 900, DRY, OTHER)).astype(np.int16)
    return np.tile(row, (340, 1))


def stripe_share(first: float, last: float) -> dict[str, float]:
    """Return by Kemendagri code which share of each village lies within stripes of each 3 km."""
    ground = shapely.union_all(
        [shapely.box(x + first, -1e3, x + last, 12e3) for x in range(0, 18_000, 3000)]
    )
    return {
        code: shapely.area(shapely.intersection(shape, ground)) / shapely.area(shape)
        for code, shape in zip(small.CODES, small.polygons(), strict=True)
    }


def build(folder: Path, said: str = SHARE, *, raw: bool = False, **more: Any) -> Path:  # noqa: ANN401
    """Write an edition whose farm land comes from a raster."""
    contoh.build(folder, poverty=False, coverage=False, raw=raw)
    classes = more.pop("classes", stripes())
    write(folder / "tutupan.tif", classes, corner=(ORIGIN_X, TOP), cell=CELL_M, **more)
    name = "mentah.csv" if raw else "indikator.csv"
    gone = {"lahan"} | ({"luas_sawah", "luas_ladang"} if raw else set())
    _without(folder / name, gone)
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8").replace("skematis = true", "skematis = false")
    text += f'\n[data.tutupan_lahan]\nberkas = "tutupan.tif"\n{said}\n'
    file.write_text(text, encoding="utf-8")
    return folder


def _without(file: Path, columns: set[str], more: dict[str, list[str]] | None = None) -> None:
    table = pd.read_csv(file, sep=";", dtype=str, encoding="utf-8-sig", keep_default_na=False)
    table = table.drop(columns=[c for c in columns if c in table]).assign(**(more or {}))
    table.to_csv(file, sep=";", index=False, encoding="utf-8-sig")


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def made(folder: Path) -> tabulation.Tabulated:
    return contoh.tabulated(contoh.order(folder))


@pytest.mark.parametrize("raw", [False, True])
def test_the_ratio_is_the_share_of_the_classes_in_each_village(tmp_path: Path, raw: bool) -> None:
    table = made(build(tmp_path / "p" / "editions" / "uji", raw=raw)).table.frame
    expected = stripe_share(0, 900)
    assert len({round(share, 3) for share in expected.values()}) >= 3
    # The layer's file keeps seven decimals of a degree: a centimetre.
    assert table["lahan"].to_dict() == pytest.approx(expected, abs=6e-5)
    assert set(table["lahan_dasar"]) == {"nilai"}
    assert set(table["lahan_asal"]) == {"raster"}
    assert "sarana_asal" not in table
    assert table["lahan_kelas"].notna().all()


def test_areas_go_through_the_formula_of_the_method(tmp_path: Path) -> None:
    folder = build(tmp_path / "p" / "editions" / "uji", AREAS, raw=True)
    flat = dict(zip(small.CODES, shapely.area(np.array(small.polygons())) / 1e4, strict=True))
    _without(folder / "mentah.csv", set(), {"luas_ha": [f"{area:.1f}" for area in flat.values()]})
    tabulated = made(folder)
    villages = tabulated.joined.villages.geo_frame
    wet, dry = stripe_share(0, 600), stripe_share(600, 900)
    for code in small.CODES:
        # Hectares on the ground: within 0.2 % of those on the map.
        assert villages["luas_sawah"][code] == pytest.approx(
            wet[code] * flat[code], rel=2e-3, abs=1e-6
        )
        assert villages["luas_ladang"][code] == pytest.approx(
            dry[code] * flat[code], rel=2e-3, abs=1e-6
        )
        numbers = villages.loc[code, ["luas_sawah", "luas_ladang", "luas_pekarangan", "luas_ha"]]
        farm, own = sum(map(float, numbers.iloc[:3])), float(numbers.iloc[3])
        assert tabulated.table.frame["lahan"][code] == pytest.approx(farm / own, abs=5.1e-5)
    assert set(tabulated.table.frame["lahan_asal"]) == {"raster"}


def test_geographic_and_flat_rasters_agree(tmp_path: Path) -> None:
    flat = made(build(tmp_path / "a" / "editions" / "uji")).table.frame
    folder = build(tmp_path / "b" / "editions" / "uji")
    _warped(folder / "tutupan.tif")
    degrees = made(folder).table.frame
    # The raster was resampled to cells of 3 m: stripes are off by 1.5 m at most on each side.
    assert degrees["lahan"].to_numpy() == pytest.approx(flat["lahan"].to_numpy(), abs=2e-3)


def _warped(file: Path) -> None:
    """Project a raster into degrees, nearest cell, ten times as fine."""
    import rasterio
    from rasterio.warp import Resampling, calculate_default_transform, reproject

    with rasterio.open(file) as old:
        place, width, height = calculate_default_transform(
            old.crs, "EPSG:4326", old.width, old.height, *old.bounds, resolution=3 / 111_320
        )
        new = np.zeros((height, width), dtype=np.int16)
        reproject(old.read(1), new, src_transform=old.transform, src_crs=old.crs,
                  dst_transform=place, dst_crs="EPSG:4326", resampling=Resampling.nearest,
                  dst_nodata=NOTHING)  # fmt: skip
    write(file, new, crs="EPSG:4326", transform=place, nodata=NOTHING)


def test_villages_that_the_raster_leaves_open_have_no_data(tmp_path: Path) -> None:
    classes = stripes()
    classes[:, 280:] = NOTHING  # from x = 8,400 m on
    folder = build(tmp_path / "p" / "editions" / "uji", classes=classes, nodata=NOTHING)
    tabulated = made(folder)
    table = tabulated.table.frame
    bounds = {c: s.bounds for c, s in zip(small.CODES, small.polygons(), strict=True)}
    for code, (_, _, east, _) in bounds.items():
        assert pd.isna(table["lahan"][code]) == (east > 8_400)
        assert table["lahan_dasar"][code] == ("kosong" if east > 8_400 else "nilai")
        assert table["lahan_asal"][code] == ("" if east > 8_400 else "raster")
    assert len(tabulated.joined.supplied.uncovered) == table["lahan"].isna().sum() > 0
    said = sourced_words.warnings(tabulated.joined.supplied, {}, texts.load("id"))
    assert [line.split(":")[0] for line in said] == ["kurang tercakup raster, jadi tanpa data"]
    assert cli.main(["periksa", str(folder), "--keluaran", str(tmp_path / "out")]) == 0
    page = (tmp_path / "out" / "periksa.html").read_text(encoding="utf-8")
    assert "hanya mencakup 80 persen luas desa ini: tidak ada data" in page.replace("80,0", "80")


def test_an_agreed_value_wins_and_is_marked(tmp_path: Path) -> None:
    folder = build(tmp_path / "p" / "editions" / "uji")
    agreed = {"kesepakatan_lahan": ["0,1234", *["-"] * 11]}
    _without(folder / "indikator.csv", set(), agreed)
    table = made(folder).table.frame.set_index("kode_bps")
    assert table["lahan"][small.BPS_CODES[0]] == 0.1234
    assert table["lahan_asal"].to_list().count("kesepakatan") == 1
    assert table["lahan_asal"][small.BPS_CODES[0]] == "kesepakatan"


def outputs(folder: Path, out: Path, command: str = "atlas") -> dict[str, bytes]:
    assert cli.main([command, str(folder), "--keluaran", str(out)]) == 0
    return {f.name: f.read_bytes() for f in out.rglob("*") if f.is_file()}


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text: str = document[0].get_textpage().get_text_range()
    return " ".join(text.split())


@pytest.mark.slow
def test_manifest_report_map_and_table_name_the_raster(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    classes = stripes()
    classes[:, 280:] = NOTHING
    folder = build(tmp_path / "p" / "editions" / "uji", classes=classes, nodata=NOTHING)
    files = outputs(folder, tmp_path / "out")
    hashed = hashlib.sha256((folder / "tutupan.tif").read_bytes()).hexdigest()
    manifest = json.loads(files["manifest.json"])
    assert manifest["masukan"]["editions/uji/tutupan.tif"] == hashed
    report = files["laporan.txt"].decode()
    assert "lahan: raster tutupan lahan tutupan.tif, kelas 11, 12; " in report
    assert "kurang tercakup raster, jadi tanpa data: " in report
    head = files["kelas.csv"].decode().splitlines()[0].split(",")
    assert head[head.index("lahan_dasar") + 1] == "lahan_asal"
    said = "dihitung dari raster tutupan lahan tutupan.tif"
    assert said in words_of(files["peta-1-lahan.pdf"])
    assert said not in words_of(files["peta-2-sarana.pdf"])
    assert str(tmp_path) not in report + files["manifest.json"].decode()
    capsys.readouterr()
    assert cli.main(["jejak", str(folder), small.NAMES[0]]) == 0
    assert "lahan: dihitung dari raster tutupan.tif" in capsys.readouterr().out
    # Nothing changed, nothing is made; another raster makes all anew.
    assert cli.main(["atlas", str(folder), "--keluaran", str(tmp_path / "out")]) == 0
    assert "dihitung" not in capsys.readouterr().out
    write(folder / "tutupan.tif", stripes(), corner=(ORIGIN_X, TOP), cell=CELL_M)
    assert outputs(folder, tmp_path / "out")["kelas.csv"] != files["kelas.csv"]


def test_checks_look_at_the_measured_ratio_and_survive_a_broken_raster(tmp_path: Path) -> None:
    folder = build(tmp_path / "p" / "editions" / "uji")
    assert "periksa.xlsx" in outputs(folder, tmp_path / "a", "periksa")
    (folder / "tutupan.tif").write_bytes(b"II*\0")
    assert cli.main(["periksa", str(folder), "--keluaran", str(tmp_path / "b")]) == 1
    page = (tmp_path / "b" / "periksa.html").read_text(encoding="utf-8")
    assert "Raster ini tidak dapat dibaca" in page
    assert "indikator.csv" in page


REFUSED = {
    "both": (f"{SHARE}\n{AREAS}", "skema_mustahil"),
    "neither": ("", "skema_mustahil"),
    "twice": ("kelas_lahan_pertanian = [11, 12, 11]", "skema_mustahil"),
    "text": ('kelas_lahan_pertanian = ["sawah"]', "skema_bulat"),
    "no class": ("kelas_lahan_pertanian = []", "skema_mustahil"),
    "cover": (f"{SHARE}\ntercakup_paling_sedikit = 98", "skema_batas"),
    "areas beside ratios": (AREAS, "skema_mustahil"),
    "unknown class": ("kelas_lahan_pertanian = [11, 21]", "tutupan_kelas"),
    "unknown indicator": (f'{SHARE}\nindikator = "sawah"', "tutupan_indikator"),
    "no area": (f'{SHARE}\nindikator = "sarana"', "tutupan_rumus"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_settings_that_cannot_be_meant_are_refused_with_their_line(
    tmp_path: Path, name: str
) -> None:
    said, key = REFUSED[name]
    with pytest.raises(EditionError) as caught:
        made(build(tmp_path / "p" / "editions" / "uji", said))
    assert caught.value.key == key
    place = caught.value.places[0]
    lines = (tmp_path / "p" / "editions" / "uji" / "edition.toml").read_text("utf-8").splitlines()
    assert place.row is not None
    assert "data" in (place.column or "")
    assert place.row <= len(lines)
    for language in texts.LANGUAGES:
        messages.render(caught.value, texts.load(language))


def test_an_unknown_class_is_named_beside_the_known_ones(tmp_path: Path) -> None:
    folder = build(tmp_path / "p" / "editions" / "uji", "kelas_lahan_pertanian = [11, 21]")
    with pytest.raises(EditionError) as caught:
        made(folder)
    assert (caught.value.places[0].found, caught.value.facts["ada"]) == ("21", "11, 12, 50")
    line = (folder / "edition.toml").read_text("utf-8").splitlines()[caught.value.places[0].row - 1]  # type: ignore[operator]
    assert line.startswith("kelas_lahan_pertanian")


@pytest.mark.parametrize("column", ["penduduk", "luas_sawha"])
def test_only_areas_are_measured(tmp_path: Path, column: str) -> None:
    folder = build(tmp_path / "p" / "editions" / "uji", AREAS, raw=True)
    change(folder, "luas_ladang = [", f"{column} = [")
    with pytest.raises(EditionError) as caught:
        made(folder)
    assert (caught.value.key, caught.value.places[0].found) == ("tutupan_kolom", column)
    assert "luas_sawah" in caught.value.facts["ada"]


def test_schematic_borders_are_not_measured_on(tmp_path: Path) -> None:
    folder = build(tmp_path / "p" / "editions" / "uji")
    change(folder, "skematis = false", "skematis = true")
    with pytest.raises(EditionError) as caught:
        made(folder)
    assert caught.value.key == "tutupan_skematis"


@pytest.mark.parametrize("raw", [False, True])
def test_a_filled_column_beside_the_raster_is_a_second_source(tmp_path: Path, raw: bool) -> None:
    folder = build(tmp_path / "p" / "editions" / "uji", AREAS if raw else SHARE, raw=raw)
    column, name = ("luas_ladang", "mentah.csv") if raw else ("lahan", "indikator.csv")
    _without(folder / name, set(), {column: ["", "-", "0,5", *[""] * 9]})
    with pytest.raises(TableError) as caught:
        made(folder)
    assert (caught.value.key, caught.value.facts["kolom"]) == ("dua_sumber", column)
    assert [(p.row, p.found) for p in caught.value.places] == [(4, "0,5")]


def test_a_ratio_per_inhabitant_is_not_taken_for_a_share_of_the_area(tmp_path: Path) -> None:
    folder = build(tmp_path / "p" / "editions" / "uji")
    styles = small.ROOT / "styles" / "metode" / "fsva-kabupaten-6.toml"
    own = styles.read_text(encoding="utf-8").replace(
        "luas_pekarangan) / luas_ha", "luas_pekarangan) / penduduk"
    )
    own = own.replace('satuan_hitung = "ha/ha"', 'satuan_hitung = "ha/jiwa"')
    _own_styles(folder, own)
    with pytest.raises(FsvaError) as caught:
        made(folder)
    assert caught.value.key == "tutupan_rumus"
    assert "penduduk" in caught.value.facts["rumus"]
    areas = build(tmp_path / "q" / "editions" / "uji", AREAS, raw=True)
    _own_styles(areas, own)
    assert made(areas).table.frame["lahan"].notna().all()


def _own_styles(folder: Path, method: str) -> None:
    import shutil

    styles = folder.parent.parent / "styles"
    shutil.copytree(small.ROOT / "styles", styles)
    (styles / "metode" / "fsva-kabupaten-6.toml").write_text(method, encoding="utf-8")
    assert edition.load(folder).method_file.is_relative_to(styles)


def test_each_part_of_a_split_village_has_its_own_measured_ratio(tmp_path: Path) -> None:
    folder = build(tmp_path / "p" / "editions" / "uji")
    layer = test_succession.split_layer().reset_index().to_crs(4326)
    layer.to_file(folder / "desa.geojson", driver="GeoJSON")
    test_succession.crosswalk(folder, [], [test_succession.BARU])
    test_succession.write(folder, *test_succession.SPLIT)
    change(folder, "[data]\n", '[data]\npemekaran = "pemekaran.csv"\n')
    table = made(folder).table.frame.set_index("kode_bps")
    # All stripes of the 3 km lie in the western half, which kept its code.
    parts = [test_succession.A, test_succession.NEW]
    assert table.loc[parts, "lahan"].to_list() == pytest.approx([0.6, 0.0], abs=6e-5)
    assert table.loc[parts, "sarana"].isna().all()  # an old ratio says nothing of either
    assert table.loc[parts, "lahan_asal"].to_list() == ["raster", "raster"]
