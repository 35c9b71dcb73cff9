"""Village layers from a real PostgreSQL with PostGIS; the password appears nowhere."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from fsva import cli
from fsva.config.editions import database, edition
from fsva.core import bounds, texts
from fsva.core.errors import EditionError, FsvaError, LayerError, SourceError
from fsva.core.messages import render
from fsva.sources.layers.layer_request import Request
from tests.places import contoh, postgres, small
from tests.places.framed import crs, plain, postgis, village_layer
from tests.places.postgres import PASSWORD, Server

DISTRICT, BPS_DISTRICT = "99.01", "9901"


def request(table: str, code: str | None = None, name: str | None = None) -> Request:
    return Request(Path(table), DISTRICT, BPS_DISTRICT, code, name)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres.running() as started:
        fill(started)
        yield started


def villages() -> gpd.GeoDataFrame:
    own = small.layer().reset_index().to_crs(4326)
    other = own.iloc[:3].assign(kode=["99.02.01.2001", "99.11.01.2001", "99.10.01.2001"])
    return gpd.GeoDataFrame(pd.concat([other, own], ignore_index=True), crs=own.crs)


def fill(server: Server) -> None:
    """Make tables as offices have them: BIG's with heights, BPS's with numbers, and damage."""
    import psycopg

    bps = dict(zip(small.CODES, small.BPS_CODES, strict=True))
    rows = [
        (code, name, code[:5], int(bps.get(code, "9902001001")),
         shapely.to_wkb(shapely.force_3d(shape, 9.0), include_srid=False))
        for code, name, shape in villages().itertuples(index=False)
    ]  # fmt: skip
    with psycopg.connect(**database.parse(server.uri("x")).options) as connection:  # type: ignore[arg-type]
        connection.execute(
            'CREATE SCHEMA batas; CREATE TABLE batas.desa ("KDEPUM" text, "WADMKD" text, '
            '"KDPKAB" text, iddesa bigint, geom geometry(GeometryZ, 4326))'
        )
        for row in reversed(rows):
            connection.execute(
                "INSERT INTO batas.desa VALUES (%s, %s, %s, %s, ST_SetSRID(%s::geometry, 4326))",
                row,
            )
        connection.execute(
            'CREATE TABLE bps AS SELECT iddesa, "WADMKD" AS nmdesa, '
            "ST_Transform(ST_Force2D(geom), 32751) AS wkb_geometry FROM batas.desa;"
            'CREATE TABLE tanpa_srid AS SELECT "KDEPUM" AS kode, "WADMKD" AS nama, '
            "ST_SetSRID(geom, 0) AS geom FROM batas.desa;"
            "CREATE TABLE daftar (kode text, nama text)"
        )


def read(text: str) -> gpd.GeoDataFrame:
    found = database.parse(text)
    asked = request(found.name)
    return village_layer.settled(postgis.read_district(found, asked), asked, small.crosswalk())[0]


@pytest.mark.postgis
@pytest.mark.parametrize("table", ["batas.desa", "bps", "public.bps"])
def test_a_table_gives_the_same_villages_as_a_file(server: Server, table: str) -> None:
    layer = read(server.uri(table))
    assert layer["nama"].to_dict() == dict(zip(small.CODES, small.NAMES, strict=True))
    projected = crs.project(layer, Path(table))
    assert projected.crs.to_epsg() == small.UTM_51S
    assert projected.area.tolist() == pytest.approx(small.layer().area.tolist(), rel=1e-6)
    assert not shapely.has_z(layer.geometry.to_numpy()).any()


@pytest.mark.postgis
def test_the_words_of_gdal_are_understood(server: Server) -> None:
    assert read(server.pairs("batas.desa")).equals(read(server.uri("batas.desa")))


@pytest.mark.postgis
def test_the_database_hands_over_only_the_kabupaten(server: Server) -> None:
    rows = postgis.read_district(database.parse(server.uri("batas.desa")), request("x"))
    assert sorted(rows.table["kode"]) == sorted(small.CODES)
    assert rows.schema.id == "big-rbi"


def fingerprint(found: database.Database) -> str:
    return plain(postgis.read_district(found, request("x"))).fingerprint()


@pytest.mark.postgis
def test_the_fingerprint_follows_the_rows(server: Server) -> None:
    import psycopg

    found = database.parse(server.uri("batas.desa"))
    before = fingerprint(found)
    assert before == fingerprint(found)
    with psycopg.connect(**found.options) as connection:  # type: ignore[arg-type]
        connection.execute("UPDATE batas.desa SET \"WADMKD\" = 'Tigaa' WHERE \"WADMKD\" = 'Tiga'")
        connection.commit()
        changed = fingerprint(found)
        connection.execute("UPDATE batas.desa SET \"WADMKD\" = 'Tiga' WHERE \"WADMKD\" = 'Tigaa'")
    assert changed != before
    assert fingerprint(found) == before


@pytest.mark.postgis
@pytest.mark.parametrize(
    ("table", "key"),
    [("tiada", "postgis_tabel"), ("daftar", "postgis_bentuk"), ("tanpa_srid", "postgis_srid_nol")],
)
def test_a_table_that_is_no_layer_is_refused(server: Server, table: str, key: str) -> None:
    with pytest.raises(FsvaError) as caught:
        read(server.uri(table))
    assert caught.value.key == key


@pytest.mark.postgis
def test_a_table_of_another_kabupaten_says_whose_it_is(server: Server) -> None:
    found = database.parse(server.uri("batas.desa"))
    with pytest.raises(LayerError) as caught:
        postgis.read_district(found, Request(Path("x"), "53.04", "5306"))
    assert caught.value.key == "daerah_lain"
    assert caught.value.places[0].found == "99.01, 99.02, 99.10, 99.11"


@pytest.mark.postgis
def test_no_password_in_what_is_printed(server: Server) -> None:
    wrong = "salah-sekali"
    found = database.parse(server.uri("batas.desa", wrong))
    with pytest.raises(SourceError) as caught:
        postgis.read_district(found, request(found.name))
    assert caught.value.key == "postgis_sambung"
    assert "petugas" in caught.value.facts["sebab"]
    shown = [render(caught.value, texts.load(language)) for language in texts.LANGUAGES]
    shown += [repr(found), found.name, str(caught.value), repr(caught.value.__cause__)]
    assert not any(wrong in text for text in shown)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a second for locks, three for queries."""
    short = {"database_lock": 1, "database_query": 3}
    times = bounds.load().times.model_copy(update=short)
    short_bounds = bounds.load().model_copy(update={"times": times})
    monkeypatch.setattr(bounds, "load", lambda: short_bounds)


@pytest.mark.postgis
@pytest.mark.usefixtures("hurried")
def test_a_locked_table_ends_with_a_message(server: Server) -> None:
    import psycopg

    found = database.parse(server.uri("batas.desa"))
    with psycopg.connect(**found.options) as other:  # type: ignore[arg-type]
        other.execute("LOCK TABLE batas.desa IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(SourceError) as caught:
            postgis.read_district(found, request(found.name))
        other.rollback()
    assert caught.value.key == "postgis_terkunci"
    assert "1 detik" in render(caught.value, texts.load("id"))
    assert len(read(server.uri("batas.desa"))) == 12


@pytest.mark.postgis
@pytest.mark.usefixtures("hurried")
def test_a_slow_view_ends_with_a_message(server: Server) -> None:
    import psycopg

    found = database.parse(server.uri("lambat"))
    with psycopg.connect(**found.options) as other:  # type: ignore[arg-type]
        other.execute(
            'CREATE OR REPLACE VIEW lambat AS SELECT "KDEPUM", "WADMKD", "KDPKAB", geom '
            "FROM batas.desa WHERE pg_sleep(0.5) IS NOT NULL"
        )
    start = time.monotonic()
    with pytest.raises(SourceError) as caught:
        postgis.read_district(found, request(found.name))
    assert caught.value.key == "postgis_lama"
    assert time.monotonic() - start < 7


@pytest.mark.postgis
def test_part_of_a_password_is_no_option_that_is_printed(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """A question mark in a password that is not encoded begins the options."""
    whole = server.uri("batas.desa", "12?rahasia=3")
    assert cli.main(["ringkasan", str(small.BELU), "--batas", whole]) == SourceError.exit_code
    said = capsys.readouterr()
    assert "rahasia" not in said.out + said.err


@pytest.mark.postgis
def test_a_name_is_a_name_and_no_command(server: Server) -> None:
    with pytest.raises(SourceError) as caught:
        read(server.uri('daftar"; DROP TABLE daftar; --'))
    assert caught.value.key in {"postgis_tabel", "postgis_sambung"}
    with pytest.raises(SourceError) as caught:
        read(server.uri("daftar"))
    assert caught.value.key == "postgis_bentuk"
    assert caught.value.facts["ada"] == "kode (text), nama (text)"


@pytest.fixture(scope="module")
def oddly(server: Server) -> Server:
    """Add tables as databases have them: two geometries, geography, text, mixed SRIDs, blanks."""
    import psycopg

    with psycopg.connect(**database.parse(server.uri("x")).options) as connection:  # type: ignore[arg-type]
        connection.execute(
            'CREATE VIEW rapi AS SELECT "KDEPUM" AS kode, "WADMKD" AS nama, '
            "ST_Force2D(geom) AS geom FROM batas.desa;"
            "CREATE TABLE dua AS SELECT kode, nama, ST_Centroid(geom) AS titik, geom FROM rapi;"
            "CREATE TABLE bola AS SELECT kode, nama, geom::geography AS geog FROM rapi;"
            "CREATE TABLE teks AS SELECT kode, nama, ST_AsText(geom) AS geom FROM rapi;"
            "CREATE TABLE campur AS SELECT kode, nama, CASE WHEN kode < '99.01.02' THEN geom "
            "ELSE ST_Transform(geom, 32751) END AS geom FROM rapi;"
            "CREATE TABLE spasi AS SELECT ' ' || kode || E'\\t' AS kode, nama, geom FROM rapi;"
            "CREATE TABLE bom AS SELECT U&'\\FEFF' || kode AS kode, nama, geom FROM rapi;"
            "CREATE TABLE label AS SELECT kode, nama, geom FROM rapi UNION ALL "
            "SELECT kode, nama, ST_Centroid(geom) FROM rapi UNION ALL "
            "SELECT NULL, NULL, ST_Boundary(geom) FROM rapi;"
            "CREATE TABLE kumpulan AS SELECT kode, nama, ST_Collect(geom, ST_Centroid(geom)) "
            "AS geom FROM rapi;"
            "CREATE TABLE polos AS SELECT replace(kode, '.', '') AS kode, nama, geom FROM rapi;"
            "CREATE TABLE sepolos AS SELECT CASE WHEN nama = 'Satu' THEN replace(kode, '.', '') "
            "ELSE kode END AS kode, nama, geom FROM rapi;"
            "CREATE TABLE nol AS SELECT kode, nama, CASE WHEN kode < '99.01.02' THEN geom "
            "ELSE ST_SetSRID(geom, 0) END AS geom FROM rapi"
        )
    return server


@pytest.mark.postgis
def test_of_two_geometry_columns_the_office_chooses(oddly: Server) -> None:
    with pytest.raises(SourceError) as caught:
        read(oddly.uri("dua"))
    assert caught.value.key == "postgis_kolom_bentuk"
    assert [place.column for place in caught.value.places] == ["titik", "geom"]
    found = database.parse(oddly.uri("dua"))
    asked = replace(request(found.name), shape_field="geom")
    assert len(postgis.read_district(found, asked).table) == 12
    with pytest.raises(SourceError) as caught:
        postgis.read_district(found, replace(asked, shape_field="bentuk"))
    assert caught.value.facts["ada"] == "titik, geom"


@pytest.mark.postgis
@pytest.mark.parametrize("table", ["bola", "spasi", "bom", "label", "kumpulan"])
def test_geography_blanks_and_labels_are_read_as_in_files(oddly: Server, table: str) -> None:
    assert read(oddly.uri(table)).index.tolist() == sorted(small.CODES)


@pytest.mark.postgis
@pytest.mark.parametrize(
    ("table", "key", "said"),
    [
        ("teks", "postgis_bentuk", "kode (text), nama (text)"),
        ("campur", "postgis_srid", "4326, 32751"),
        ("tanpa_srid", "postgis_srid_nol", "geom"),
        ("nol", "postgis_srid_nol", "geom"),
        ("polos", "kode_tanpa_titik", "barangkali maksudnya 99.01.01.2001"),
        ("sepolos", "kode_layer", "barangkali maksudnya 99.01.01.2001"),
    ],
)
def test_what_cannot_be_read_is_told_as_it_is(
    oddly: Server, table: str, key: str, said: str
) -> None:
    with pytest.raises(FsvaError) as caught:
        read(oddly.uri(table))
    assert caught.value.key == key
    assert said in render(caught.value, texts.load("id"))


@pytest.mark.postgis
@pytest.mark.parametrize(
    ("table", "then"), [("teks", "desa_fsva"), ("campur", "campur"), ("nol", "nol")]
)
def test_a_remedy_in_sql_works_as_it_is_written(oddly: Server, table: str, then: str) -> None:
    import psycopg

    with pytest.raises(FsvaError) as caught:
        read(oddly.uri(table))
    said = texts.load("id")(f"galat.{caught.value.key}.perbaikan", **caught.value.facts)
    sql = re.search(r"(CREATE VIEW|UPDATE)[^;]+", said.replace("X::", "geom::"))
    with psycopg.connect(**database.parse(oddly.uri("x")).options) as connection:  # type: ignore[arg-type]
        assert sql is not None
        connection.execute(sql.group())
    areas = [
        shapely.area(read(oddly.uri(name)).geometry.to_numpy()).tolist() for name in (then, "rapi")
    ]
    assert areas[0] == pytest.approx(areas[1], rel=1e-6)


@pytest.mark.postgis
def test_a_database_without_an_encoding_is_told_how_to_name_it(oddly: Server) -> None:
    import psycopg

    options = dict(database.parse(oddly.uri("x")).options)
    with psycopg.connect(**options) as connection:  # type: ignore[arg-type]
        connection.autocommit = True
        connection.execute(
            "CREATE DATABASE huruf ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' "
            "TEMPLATE template0"
        )
    with psycopg.connect(**options | {"dbname": "huruf"}) as connection:  # type: ignore[arg-type]
        connection.execute(
            "CREATE EXTENSION postgis; CREATE TABLE desa (kode text, nama text, geom geometry)"
        )
        for code, name, shape in villages().itertuples(index=False):
            connection.execute(
                "INSERT INTO desa VALUES (%s, %s, ST_SetSRID(%s::geometry, 4326))",
                (code, name, shapely.to_wkb(shape)),
            )
        connection.execute(
            r"UPDATE desa SET nama = convert_from('\x53e97475'::bytea, 'SQL_ASCII') "
            "WHERE nama = 'Satu'"
        )
    uri = oddly.uri("desa").replace("/postgres?", "/huruf?")
    with pytest.raises(SourceError) as caught:
        read(uri)
    assert caught.value.key == "postgis_huruf"
    assert "Sétu" in read(f"{uri}&client_encoding=WIN1252")["nama"].tolist()


@pytest.mark.postgis
def test_the_extension_may_lie_in_a_schema_of_its_own(oddly: Server) -> None:
    import psycopg

    with psycopg.connect(**database.parse(oddly.uri("x")).options) as connection:  # type: ignore[arg-type]
        connection.autocommit = True
        connection.execute("CREATE DATABASE lain")
    options = dict(database.parse(oddly.uri("x")).options) | {"dbname": "lain"}
    with psycopg.connect(**options) as connection:  # type: ignore[arg-type]
        connection.execute("CREATE TABLE desa (kode text, nama text)")
    other = oddly.uri("desa").replace("/postgres?", "/lain?")
    with pytest.raises(SourceError) as caught:
        read(other)
    assert caught.value.key == "postgis_ekstensi"
    with psycopg.connect(**options) as connection:  # type: ignore[arg-type]
        connection.execute(
            'CREATE SCHEMA "Gis"; CREATE EXTENSION postgis SCHEMA "Gis";'
            'SET search_path = public, "Gis";'
            "ALTER TABLE desa ADD geom geometry(Geometry, 4326)"
        )
        for code, name, shape in villages().itertuples(index=False):
            connection.execute(
                "INSERT INTO desa VALUES (%s, %s, ST_SetSRID(%s::geometry, 4326))",
                (code, name, shapely.to_wkb(shape)),
            )
    assert read(other).index.tolist() == sorted(small.CODES)


# --- Commands on an edition whose layer stands in the database ---------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the synthetic edition without its layer's file."""
    made = contoh.build(tmp_path / "proyek" / "editions" / "contoh-2021")
    (made / "desa.geojson").unlink()
    return made


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.mark.postgis
def test_an_atlas_is_made_from_the_database_and_made_again_only_if_rows_changed(
    server: Server, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import psycopg

    out = tmp_path / "atlas"
    words = ["atlas", str(folder), "--batas", server.uri("batas.desa"), "--keluaran", str(out)]
    assert cli.main(words) == 0
    assert "12 desa cocok dengan lapisan batas batas.desa (PostGIS postgres)" in (
        capsys.readouterr().out
    )
    record = json.loads((out / "manifest.json").read_bytes())["batas"]
    assert record["berkas"] == "batas.desa (PostGIS postgres)"
    assert record["sidik"] == fingerprint(database.parse(server.uri("batas.desa")))
    first = everything(out)
    assert cli.main(words) == 0
    assert "tidak ada yang berubah" in capsys.readouterr().out.lower()
    move = "UPDATE batas.desa SET geom = ST_Translate(geom, %s, 0) WHERE \"KDPKAB\" = '99.01'"
    options = database.parse(server.uri("x")).options
    with psycopg.connect(**options) as connection:  # type: ignore[arg-type]
        connection.execute(move, [0.001])
    try:
        assert cli.main(words) == 0
        assert "tidak ada yang berubah" not in capsys.readouterr().out.lower()
        assert everything(out) != first
    finally:
        with psycopg.connect(**options) as connection:  # type: ignore[arg-type]
            connection.execute(move, [-0.001])
    for name, content in first.items():
        assert PASSWORD.encode() not in content, name
        assert str(server.folder).encode() not in content, name


@pytest.mark.postgis
def test_every_command_reads_the_layer_that_the_edition_names_in_the_database(
    server: Server, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    toml = folder / "edition.toml"
    said = server.uri("batas.desa").replace(f":{PASSWORD}", "")
    text = toml.read_text(encoding="utf-8").replace("desa.geojson", said)
    toml.write_text(text, encoding="utf-8")
    for words in (
        ["periksa"], ["ringkasan"], ["sasaran"], ["keyakinan", "--undian", "100"],
        ["jejak", "Satu"], ["selaraskan"], ["baseline", "--coba"],
    ):  # fmt: skip
        name, *more = words
        places = [] if name in {"jejak", "selaraskan", "baseline"} else [
            "--keluaran", str(tmp_path / name)]  # fmt: skip
        assert cli.main([name, str(folder), *more, *places]) == 0, name
    shown = capsys.readouterr()
    assert PASSWORD not in shown.out + shown.err
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or PASSWORD.encode() not in file.read_bytes(), file


@pytest.mark.postgis
def test_a_new_edition_names_the_database_without_the_password(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    import psycopg

    options = database.parse(server.uri("x")).options
    with psycopg.connect(**options) as connection:  # type: ignore[arg-type]
        connection.execute(
            "CREATE TABLE contoh AS SELECT replace(\"KDEPUM\", '99.01', '53.69') AS kode, "
            '"WADMKD" AS nama, geom FROM batas.desa'
        )
    table = small.indicators_csv().replace("9901", "5369")
    (tmp_path / "tabel.csv").write_text(table, encoding="utf-8-sig")
    made = tmp_path / "proyek" / "editions" / "contoh-2024"
    assert cli.main(
        ["baru", "--kode", "53.69", "--nama", "Contoh", "--tahun", "2024", "--dasar", "belu-2021",
         "--batas", server.uri("contoh"), "--tabel", str(tmp_path / "tabel.csv"),
         "--keluaran", str(made)]) == 0  # fmt: skip
    assert "skema kode dan nama" in capsys.readouterr().out
    text = (made / "edition.toml").read_text(encoding="utf-8")
    assert PASSWORD not in text
    found = edition.load(made).layer
    assert isinstance(found, database.Database)
    assert (found.table, found.options["host"]) == ("contoh", str(server.folder))
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert cli.main(["periksa", str(made), "--keluaran", str(tmp_path / "periksa")]) == 0


@pytest.mark.postgis
def test_a_table_with_capital_letters_in_its_name_is_found(server: Server) -> None:
    import psycopg

    options = database.parse(server.uri("x")).options
    with psycopg.connect(**options) as connection:  # type: ignore[arg-type]
        connection.execute('CREATE TABLE "Desa 2023" AS SELECT * FROM batas.desa')
    assert len(read(server.uri("Desa%202023"))) == 12


@pytest.mark.postgis
def test_a_layer_without_codes_is_read_by_the_name_of_the_kabupaten(server: Server) -> None:
    import psycopg

    options = database.parse(server.uri("x")).options
    with psycopg.connect(**options) as connection:  # type: ignore[arg-type]
        connection.execute(
            'CREATE TABLE gadm AS SELECT \'IDN.\' || "KDEPUM" AS "GID_4", "WADMKD" AS "NAME_4", '
            "'Utara' AS \"NAME_3\", CASE \"KDPKAB\" WHEN '99.01' THEN 'ContohBaru' ELSE 'Lain' END "
            'AS "NAME_2", geom FROM batas.desa'
        )
    found = database.parse(server.uri("gadm"))
    asked = Request(found, DISTRICT, BPS_DISTRICT, called="Contoh Baru")
    rows = village_layer.read_district(asked)
    assert (rows.is_coded, rows.schema.id) == (False, "gadm")
    assert sorted(rows.table["kode"]) == sorted(f"IDN.{code}" for code in small.CODES)
    assert set(rows.table["kecamatan"]) == {"Utara"}
    with pytest.raises(LayerError) as caught:
        village_layer.read_district(Request(found, DISTRICT, BPS_DISTRICT, called="Belu"))
    assert (caught.value.key, caught.value.places[0].found) == ("daerah_lain", "ContohBaru, Lain")


# --- Without a server ---------------------------------------------------------------------------


def test_a_connection_string_is_taken_apart() -> None:
    text = f"postgresql://gis:{PASSWORD}%21@server:5433/batas?tabel=public.desa&sslmode=require"
    found = database.parse(text)
    assert found.table == "public.desa"
    assert found.options == {
        "host": "server", "port": "5433", "user": "gis", "password": f"{PASSWORD}!",
        "dbname": "batas", "sslmode": "require",
    }  # fmt: skip
    assert found.name == "public.desa (PostGIS batas)"
    assert PASSWORD not in repr(found)


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql://gis:{PASSWORD}@server/batas",
        f"postgresql://gis:{PASSWORD}@server:port/batas?tabel=desa",
        f"postgresql://gis:{PASSWORD}@server/batas?tabel=",
        f"PG:host=server password={PASSWORD} tabel=a tables=b",
        f"PG:{PASSWORD}",
        f"PG:password='{PASSWORD} tabel=desa",
        "PG:",
    ],
)
def test_a_string_that_says_too_little_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        database.parse(text)
    assert caught.value.key == "postgis_tulisan"
    assert PASSWORD not in render(caught.value, texts.load("id")) + str(caught.value)


@pytest.mark.parametrize("secret", ["password", "sslpassword"])
def test_a_password_in_edition_toml_is_refused(tmp_path: Path, secret: str) -> None:
    folder = contoh.build(tmp_path / "contoh")
    toml = folder / "edition.toml"
    said = f"PG:host=server dbname=batas {secret}={PASSWORD} tabel=desa"
    text = toml.read_text(encoding="utf-8").replace("desa.geojson", said)
    toml.write_text(text, encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        _ = edition.load(folder).layer
    line = next(n for n, row in enumerate(text.splitlines(), 1) if PASSWORD in row)
    assert (caught.value.key, caught.value.places[0].row) == ("postgis_sandi", line)
    assert PASSWORD not in render(caught.value, texts.load("id"))


def test_a_connection_is_written_without_its_password() -> None:
    text = f"postgresql://gis:{PASSWORD}@server/batas?tabel=a.b%20c&sslpassword={PASSWORD}"
    written = database.parse(text).text
    assert PASSWORD not in written
    again = database.parse(written)
    assert (again.table, again.options) == (
        "a.b c", {"host": "server", "user": "gis", "dbname": "batas"})  # fmt: skip


@pytest.mark.parametrize("text", ["desa.gpkg", "postgres.gpkg", "/data/PG.shp", "PGdesa.zip"])
def test_a_file_is_no_connection(text: str) -> None:
    assert not database.is_connection(text)


def test_a_server_out_of_reach_is_named(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="needs psycopg (the extra postgis)")
    found = database.parse(f"PG:host={tmp_path} dbname=batas password={PASSWORD} tabel=desa")
    with pytest.raises(SourceError) as caught:
        postgis.read_district(found, request(found.name))
    assert caught.value.key == "postgis_sambung"
    assert PASSWORD not in render(caught.value, texts.load("id"))
