"""A database in a layer is data: its virtual tables would read any other file of the disk."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from fsva.cli import main
from fsva.core.errors import SourceError
from fsva.sources.layers import engines
from tests.places import listening, shapes, small

OTHER = "rahasia.csv"
MODULES = {
    "VirtualOGR": "'{folder}/lain.gpkg'",
    "VirtualShape": "'{folder}/lain', 'UTF-8', 4326",
    "VirtualText": "'{folder}/rahasia.csv', 'UTF-8', 0, POINT, NONE, ':'",
    "VirtualDbf": "'{folder}/lain.dbf', 'UTF-8'",
    "VirtualGeoJSON": "'{folder}/lain.geojson'",
}
WRITTEN = (
    "CREATE VIRTUAL TABLE desa USING {module}({words})",
    "create  virtual\ttable desa using {module} ({words})",
    "CREATE/* rtree( */VIRTUAL/**/TABLE desa USING {module}({words})",
    'CREATE VIRTUAL TABLE "a using rtree(" USING {module}({words})',
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write other files that no layer may show."""
    layer = small.layer().reset_index().to_crs(4326)
    layer.to_file(tmp_path / "lain.gpkg", layer="lain")
    layer.to_file(tmp_path / "lain.shp")
    layer.to_file(tmp_path / "lain.geojson")
    (tmp_path / OTHER).write_text("rahasia:kode\nsatu:dua\n", encoding="utf-8")
    return tmp_path


def database(folder: Path, sql: str, *, log: bool = False) -> Path:
    """Write a GeoPackage of villages with one more table."""
    file = folder / "desa.gpkg"
    file.unlink(missing_ok=True)
    small.layer().reset_index().to_crs(4326).to_file(file, layer="asli")
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        if log:
            opened.execute("PRAGMA journal_mode=wal")
        opened.execute("PRAGMA writable_schema=1")
        opened.execute("INSERT INTO sqlite_master VALUES ('table', 'desa', 'desa', 0, ?)", [sql])
        opened.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES ('desa', 'attributes', 'desa', 4326)"
        )
    return file


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("packed", [False, True])
def test_a_virtual_table_is_refused_before_it_is_opened(
    folder: Path, module: str, written: str, packed: bool
) -> None:
    words = MODULES[module].format(folder=folder)
    file = database(folder, written.format(module=module, words=words))
    if packed:
        archive = folder / "desa.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
            opened.write(file, "a/apa-saja.bin")
            opened.write(file, "a/desa.gpkg")
        file = archive
    with pytest.raises(SourceError) as caught:
        engines.headers(file)
    # SQLite itself refuses a table that is called otherwise than its row says.
    assert caught.value.key == ("layer_tak_terbaca" if '"a' in written else "layer_program")


@pytest.mark.parametrize("place", ["/* catatan */", "catatan"])
def test_a_description_of_damaged_bytes_is_refused(folder: Path, place: str) -> None:
    file = database(folder, f"CREATE VIEW a AS SELECT {place}")
    file.write_bytes(file.read_bytes().replace(b"catatan", b"cata\xffan"))
    with pytest.raises(SourceError, match="layer_tak_terbaca"):
        engines.headers(file)


def test_one_in_the_write_ahead_log_too(folder: Path) -> None:
    words = MODULES["VirtualGeoJSON"].format(folder=folder)
    file = database(folder, "CREATE TABLE desa (fid)")
    with closing(sqlite3.connect(file, isolation_level=None)) as editor:
        editor.execute("PRAGMA journal_mode=wal")
        editor.execute("PRAGMA writable_schema=1")
        editor.execute(
            "UPDATE sqlite_master SET rootpage=0, sql=? WHERE name='desa'",
            [f"CREATE VIRTUAL TABLE desa USING VirtualGeoJSON({words})"],
        )
        assert (folder / "desa.gpkg-wal").exists()
        with pytest.raises(SourceError, match="layer_program"):
            engines.headers(file)


def test_no_command_shows_the_other_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edition = shapes.write(shapes.of_classes(1, 2, 3, 4, 5, 6), folder / "proyek")
    words = MODULES["VirtualText"].format(folder=folder)
    file = database(folder, f"CREATE VIRTUAL TABLE desa USING VirtualText({words})")
    for command in ("atlas", "ringkasan", "periksa", "selaraskan"):
        assert main([command, str(edition), "--batas", str(file)]) != 0
    said = capsys.readouterr()
    assert "kode:" not in said.out + said.err
    assert "tabel maya" in said.err


def test_the_spatial_index_of_a_geopackage_is_data(folder: Path) -> None:
    file = folder / "desa.gpkg"
    small.layer().reset_index().to_crs(4326).to_file(file, layer="desa", SPATIAL_INDEX="YES")
    with closing(sqlite3.connect(file)) as opened:
        indexes = opened.execute("SELECT sql FROM sqlite_master WHERE sql LIKE '%rtree(%'")
        assert any("VIRTUAL" in sql for (sql,) in indexes)
    assert [header.n_rows for header in engines.headers(file)] == [12]


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        f"{ENDLESS} asli.* FROM asli, n",
        f"{ENDLESS} asli.* FROM asli, n WHERE n.i < 0",
        f"SELECT *, ({ENDLESS} count(*) FROM n) AS x FROM asli",
        "SELECT a.* FROM asli a, asli b, asli c, asli d, asli e, asli f, asli g, asli h, asli i"
        " WHERE a.fid + b.fid + c.fid + d.fid + e.fid + f.fid + g.fid + h.fid + i.fid < 0",
        "SELECT *, hex(zeroblob(400000000)) AS x FROM asli",
        "SELECT *, ST_MinX(geom) AS x FROM asli",
    ],
)
def test_a_view_without_an_end_is_refused(folder: Path, query: str) -> None:
    file = viewed(folder, query)
    with pytest.raises(SourceError) as caught:
        engines.headers(file)
    assert caught.value.key == "layer_program"


def test_a_view_with_an_end_is_a_layer(folder: Path) -> None:
    headers = engines.headers(viewed(folder, "SELECT * FROM asli WHERE fid <= 5"))
    shown = next(header for header in headers if header.layer == "desa")
    assert len(engines.read(folder / "desa.gpkg", shown)) == 5


def test_a_view_of_what_is_not_there_is_no_matter_of_coordinate_systems(folder: Path) -> None:
    with pytest.raises(SourceError) as caught:
        engines.headers(viewed(folder, "SELECT * FROM tidak_ada"))
    assert caught.value.key == "layer_tak_terbaca"


def viewed(folder: Path, query: str) -> Path:
    """Write a GeoPackage of villages whose layer ``desa`` is a view."""
    file = folder / "desa.gpkg"
    small.layer().reset_index().to_crs(4326).to_file(file, layer="asli")
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.execute(f"CREATE VIEW desa AS {query}")
        opened.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES ('desa', 'features', 'desa', 4326)"
        )
        opened.execute("INSERT INTO gpkg_geometry_columns "
                       "VALUES ('desa', 'geom', 'POLYGON', 4326, 0, 0)")  # fmt: skip
    return file


@pytest.mark.parametrize("name", ["desa.geojson", "a/desa.kml", "desa.shp", "desa.gpkg"])
def test_a_member_of_an_archive_is_what_its_ending_says_or_refused(
    tmp_path: Path, name: str
) -> None:
    file = tmp_path / "desa.zip"
    for content in (b"root:x:0:0\n", b"GIF89a", b"", listening.program("vrt", "/x", "/y").encode()):
        with zipfile.ZipFile(file, "w") as opened:
            opened.writestr(name, content)
        with pytest.raises(SourceError) as caught:
            engines.headers(file)
        assert caught.value.key in ("layer_format", "lapisan_zip")
