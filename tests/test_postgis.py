"""Village layers from a real PostgreSQL with PostGIS; the password appears nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from pipeline import database, texts
from pipeline.errors import FsvaError, LayerError, SourceError
from pipeline.messages import render
from pipeline.sources import crs, layers, postgis
from pipeline.sources.request import Request
from tests import postgres, small
from tests.postgres import PASSWORD, Server

DISTRICT, BPS_DISTRICT = "99.01", "9901"


def request(table: str, code: str | None = None, name: str | None = None) -> Request:
    return Request(Path(table), DISTRICT, BPS_DISTRICT, code, name)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    pytest.importorskip("psycopg", reason="needs psycopg (the extra postgis)")
    reason = postgres.missing()
    if reason:
        pytest.skip(reason)
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
    return layers.settled(postgis.read_district(found, asked), asked, small.crosswalk())[0]


@pytest.mark.parametrize("table", ["batas.desa", "bps", "public.bps"])
def test_a_table_gives_the_same_villages_as_a_file(server: Server, table: str) -> None:
    layer = read(server.uri(table))
    assert layer["nama"].to_dict() == dict(zip(small.CODES, small.NAMES, strict=True))
    projected = crs.project(layer, Path(table))
    assert projected.crs.to_epsg() == small.UTM_51S
    assert projected.area.tolist() == pytest.approx(small.layer().area.tolist(), rel=1e-6)
    assert not shapely.has_z(layer.geometry.to_numpy()).any()


def test_the_words_of_gdal_are_understood(server: Server) -> None:
    assert read(server.pairs("batas.desa")).equals(read(server.uri("batas.desa")))


def test_the_database_hands_over_only_the_kabupaten(server: Server) -> None:
    rows = postgis.read_district(database.parse(server.uri("batas.desa")), request("x"))
    assert sorted(rows.frame["kode"]) == sorted(small.CODES)
    assert rows.schema.id == "big-rbi"


def fingerprint(found: database.Database) -> str:
    return postgis.read_district(found, request("x")).fingerprint()


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


@pytest.mark.parametrize(
    ("table", "key"),
    [("tiada", "postgis_tabel"), ("daftar", "postgis_tabel"), ("tanpa_srid", "tanpa_crs")],
)
def test_a_table_that_is_no_layer_is_refused(server: Server, table: str, key: str) -> None:
    with pytest.raises(FsvaError) as caught:
        read(server.uri(table))
    assert caught.value.key == key


def test_a_table_of_another_kabupaten_says_whose_it_is(server: Server) -> None:
    found = database.parse(server.uri("batas.desa"))
    with pytest.raises(LayerError) as caught:
        postgis.read_district(found, Request(Path("x"), "53.04", "5306"))
    assert caught.value.key == "daerah_lain"
    assert caught.value.places[0].found == "99.01, 99.02, 99.10, 99.11"


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


def test_a_name_is_a_name_and_no_command(server: Server) -> None:
    with pytest.raises(SourceError) as caught:
        read(server.uri('daftar"; DROP TABLE daftar; --'))
    assert caught.value.key in {"postgis_tabel", "postgis_sambung"}
    with pytest.raises(SourceError) as caught:
        read(server.uri("daftar"))
    assert caught.value.key == "postgis_tabel"


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
