"""atlas.gpkg: whole, valid, the same bytes, and every number as in kelas.csv."""

from __future__ import annotations

import csv
import io
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from fsva.files.layers import geopackage
from fsva.files.tables import class_table
from tests.places import belu, lapisan
from tests.places.lapisan import MadeLayers
from tests.places.small import ROOT


@pytest.fixture(scope="module")
def made() -> MadeLayers:
    return lapisan.belu()


@pytest.fixture(scope="module")
def file(made: MadeLayers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("gpkg") / "atlas.gpkg"
    written.write_bytes(made.files["atlas.gpkg"])
    return written


def tracked() -> pd.DataFrame:
    return pd.read_csv(belu.TRACKED / "kelas.csv", dtype={"kode_bps": str})


def test_every_value_class_basis_and_rank_is_that_of_kelas_csv(file: Path) -> None:
    read = pyogrio.read_dataframe(file, layer="desa")
    expected = tracked().drop(columns="tahun_dasar")
    assert set(expected) <= set(read)
    for name in expected:
        both = pd.DataFrame({"a": read[name], "b": expected[name]})
        assert (both["a"].isna() == both["b"].isna()).all(), name
        known = both.dropna()
        assert (known["a"].astype(str) == known["b"].astype(str)).all() or (
            known["a"].astype(float) == known["b"].astype(float)
        ).all(), name


def test_what_is_not_known_is_null_and_never_zero(made: MadeLayers) -> None:
    base = lapisan.opened(made.files["atlas.gpkg"])
    lost = sum(not row[m] for row in belu.made().rows() for m in belu.IDS[:6])
    nulls = [base.execute(f'SELECT count(*) FROM desa WHERE "{m}" IS NULL').fetchone()[0]
             for m in belu.IDS[:6]]  # fmt: skip
    assert sum(nulls) == lost == 59
    # The edition has no count of people, and schematic borders no area.
    for name in ("penduduk", "luas_ha"):
        found = base.execute(f"SELECT DISTINCT typeof({name}) FROM desa").fetchall()
        assert found == [("null",)]
    kinds = base.execute("SELECT DISTINCT typeof(kode_bps), typeof(lahan_kelas) FROM desa")
    assert kinds.fetchall() == [("text", "integer")]


def test_standard_scores_and_sureness_are_those_of_the_method(made: MadeLayers) -> None:
    rows = made.table
    # Kewar: lahan 0.1947 between the bounds of the baseline, high is better.
    low, high = (float(b) for b in made.run.tabulated.rules.indicators[0].bounds)
    assert rows["53.04.01.2001"]["lahan_skor"] == round(100 * (0.1947 - low) / (high - low), 2)
    with (belu.TRACKED / "kelas.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            own = rows[row["kode_kemendagri"]]
            assert own["komposit_keyakinan"] == float(row["komposit_keyakinan"])


def test_kecamatan_and_kabupaten_count_the_villages_of_each_class(file: Path) -> None:
    whole = pyogrio.read_dataframe(file, layer="kabupaten")
    parts = pyogrio.read_dataframe(file, layer="kecamatan")
    assert whole["kode_kemendagri"].tolist() == ["53.04"]
    assert len(parts) == 12
    for measure, counts in zip(belu.IDS, belu.COUNTS, strict=True):
        for n, count in enumerate(counts, start=1):
            assert whole[f"{measure}_jumlah_{n}"].item() == count
            assert parts[f"{measure}_jumlah_{n}"].sum() == count
    assert whole["komposit_rentan"].item() == 21
    assert whole["komposit_rentan_persen"].item() == 25.93  # report: 21 of 81 villages
    raimanuk = parts.set_index("kecamatan").loc["Raimanuk"]
    assert (raimanuk["komposit_rentan"], raimanuk["jumlah_desa"]) == (7, 9)
    assert raimanuk["kode_bps"] == "5306032"


@pytest.mark.parametrize("layer", belu.LAYERS)
def test_polygons_are_mended_and_not_simplified(
    layer: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    real = None
    if layer == "nyata":
        shared = request.getfixturevalue("shared_dir")
        real = shared / "boundaries" / "desa_53.04_belu.geojson"
    made = lapisan.belu(("gpkg",), "id", real)
    (tmp_path / "a.gpkg").write_bytes(made.files["atlas.gpkg"])
    villages = made.run.studio.villages
    for name in ("desa", "kecamatan", "kabupaten"):
        read = gpd.read_file(tmp_path / "a.gpkg", layer=name)
        assert read.crs == villages.crs
        assert read.geometry.is_valid.all()
        assert set(read.geom_type) == {"MultiPolygon"}
        assert read.area.sum() == pytest.approx(villages.areas.sum(), rel=1e-9)
    drawn = gpd.read_file(tmp_path / "a.gpkg", layer="desa").geometry.to_numpy()
    assert shapely.coverage_is_valid(drawn)
    points = shapely.get_num_coordinates(drawn).sum()
    assert points == shapely.get_num_coordinates(villages.geometry).sum()
    assert shapely.equals(drawn, villages.geometry).all()


def test_the_file_is_a_valid_geopackage_whose_fields_are_told_in_both_languages(
    made: MadeLayers,
) -> None:
    base = lapisan.opened(made.files["atlas.gpkg"])
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
    listed = dict(base.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall())
    assert listed == {"desa": "features", "kecamatan": "features", "kabupaten": "features",
                      "layer_styles": "attributes"}  # fmt: skip
    for name in ("desa", "kecamatan", "kabupaten"):
        columns = [row[1] for row in base.execute(f"PRAGMA table_info({name})")][2:]
        told = base.execute(
            "SELECT column_name, title, description FROM gpkg_data_columns WHERE table_name = ?"
            " ORDER BY rowid",
            (name,),
        ).fetchall()
        assert [row[0] for row in told] == columns
        assert all(title and description for _, title, description in told)
    (title, meaning), = base.execute(
        "SELECT title, description FROM gpkg_data_columns"
        " WHERE table_name = 'desa' AND column_name = 'akses_kelas'"
    )  # fmt: skip
    assert title == "Akses penghubung: kelas / Transport access: class"
    assert "1 yang paling rentan" in meaning
    assert "1 is the most vulnerable" in meaning


def test_the_index_holds_the_box_of_every_shape(made: MadeLayers) -> None:
    base = lapisan.opened(made.files["atlas.gpkg"])
    for table in made.run.tables:
        rows = base.execute(f"SELECT * FROM rtree_{table.name}_geom ORDER BY id").fetchall()
        boxes = np.array([(w, s, e, n) for _, w, e, s, n in rows])
        expected = shapely.bounds(table.shapes)
        # The index rounds outwards to 32 bits.
        assert (boxes[:, :2] <= expected[:, :2]).all()
        assert (boxes[:, 2:] >= expected[:, 2:]).all()
        assert np.abs(boxes - expected).max() < 2


AGAIN = """
import hashlib, sys
from pathlib import Path
from tests.places import lapisan
print(hashlib.sha256(lapisan.belu(("gpkg",)).files["atlas.gpkg"]).hexdigest())
"""


def test_same_inputs_give_the_same_bytes_in_another_process_at_another_time(
    made: MadeLayers,
) -> None:
    import hashlib

    around = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'pipeline'}", "PYTHONHASHSEED": "7",
              "TZ": "Asia/Jakarta"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", AGAIN], capture_output=True, text=True, check=True, env=around
    )
    content = made.files["atlas.gpkg"]
    assert done.stdout.strip() == hashlib.sha256(content).hexdigest()
    base = lapisan.opened(content)
    dates = base.execute(
        "SELECT last_change FROM gpkg_contents UNION SELECT update_time FROM layer_styles"
    ).fetchall()
    assert dates == [("1980-01-01T00:00:00.000Z",)]
    assert content[96:100] == bytes(4)  # no version of SQLite
    assert base.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_leftovers_of_the_pages_are_blank(made: MadeLayers) -> None:
    """What SQLite leaves between the cells of a page differs with its version; no word is lost."""
    base = sqlite3.connect(":memory:", factory=lapisan.Opened)
    base.execute("CREATE TABLE t (words TEXT)")
    base.executemany("INSERT INTO t VALUES (?)", [("kata " * n,) for n in range(1, 200)])
    base.execute("DELETE FROM t WHERE length(words) % 3 = 0")
    base.commit()
    dirty = base.serialize()
    clean = bytearray(dirty)
    geopackage._blank_gaps(clean)
    assert clean.count(0) > dirty.count(0)
    assert list(lapisan.opened(bytes(clean)).iterdump()) == list(base.iterdump())
    content = bytearray(made.files["atlas.gpkg"])
    geopackage._blank_gaps(content)
    assert content == made.files["atlas.gpkg"]
    assert lapisan.opened(bytes(content)).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_kelas_csv_does_not_change_with_the_layers(made: MadeLayers) -> None:
    run = made.run
    sure = run.sure.of_class(run.tabulated.table.classes["komposit"],
                             run.tabulated.rules.composite)  # fmt: skip
    written = class_table.classes_csv(run.tabulated.table, sure, run.tabulated.rules)
    assert written == (belu.TRACKED / "kelas.csv").read_bytes()


def test_an_edit_in_a_gis_keeps_the_index_true(made: MadeLayers, file: Path) -> None:
    base = sqlite3.connect(file)
    names = [n for (n,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    base.close()
    assert len(names) == 3 * 6
    copy = file.with_name("sunting.gpkg")
    copy.write_bytes(made.files["atlas.gpkg"])
    frame = gpd.read_file(copy, layer="desa").iloc[:1]
    pyogrio.write_dataframe(frame, copy, layer="desa", append=True)
    base = sqlite3.connect(copy)
    assert base.execute("SELECT count(*) FROM rtree_desa_geom").fetchone() == (82,)
    base.close()


def test_the_list_of_fields_documents_short_names(made: MadeLayers) -> None:
    text = made.files["bidang.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == sum(len(table.fields) for table in made.run.tables)
    for name in ("desa", "kecamatan", "kabupaten"):
        short = [row["bidang_shp"] for row in rows if row["lapisan"] == name]
        assert max(map(len, short)) <= 10
        assert len({one.lower() for one in short}) == len(short)
    (akses,) = (r for r in rows if (r["lapisan"], r["bidang"]) == ("desa", "akses_kelas"))
    assert akses["bidang_shp"] == "p4_kelas"
    assert (akses["nama"], akses["nama_en"]) == ("Akses penghubung: kelas",
                                                 "Transport access: class")  # fmt: skip


VALIDATED = """
import json, sys
from osgeo_utils.samples import validate_gpkg
found = validate_gpkg.check(sys.argv[1], extra_checks=True, warning_as_error=False,
                            abort_at_first_error=False)
print(json.dumps([str(one) for one in found]), flush=True)
"""


@pytest.mark.qgis  # which brings GDAL to Debian's Python
@pytest.mark.parametrize("formats", [("gpkg",), ("gpkg", "qgz")])
def test_the_validator_of_gdal_finds_nothing(formats: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "atlas.gpkg"
    file.write_bytes(lapisan.belu(formats).files["atlas.gpkg"])
    assert lapisan.in_qgis(VALIDATED, str(file), home=tmp_path) == []
