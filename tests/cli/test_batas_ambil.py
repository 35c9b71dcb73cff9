"""``fsva batas ambil``: whole answers become layers with a record, all others are refused.

The servers of these tests stand on this computer; no test reaches further.
"""

from __future__ import annotations

import json
import socketserver
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pytest
import shapely

from fsva import cli
from fsva.begin import fetch
from fsva.config.editions import boundary_sources, edition
from fsva.core import bounds, texts
from fsva.core.errors import SourceError, StyleError
from fsva.runs import run_order, tabulation
from fsva.sources.web import download, wilayah_sql
from fsva.sources.web.download import Begun, Demand, Listener
from tests.places import contoh, small
from tests.places.small import ROOT
from tests.project.rooms import MODULES, imports

MODIFIED = "Wed, 14 Feb 2024 10:00:00 GMT"
PLAIN = {"Content-Type": "text/plain", "ETag": '"satu"', "Last-Modified": MODIFIED}


@dataclass
class Answer:
    """What a server says to one path."""

    content: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: dict(PLAIN))
    status: int = 200
    cut_at: int | None = None  # breaks off once, after so many bytes
    ranges: bool = True


@dataclass
class Server:
    """A server on this computer, and what it was asked for."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)


def serve(handler: BaseHTTPRequestHandler, server: Server) -> None:
    server.asked.append((handler.path, handler.headers.get("Range")))
    answer = server.answers.get(handler.path) or server.answers.get(urlsplit(handler.path).path)
    if answer is None:
        handler.send_error(404)
        return
    content, status = answer.content, answer.status
    said = dict(answer.headers)
    asked, version = handler.headers.get("Range"), handler.headers.get("If-Range")
    if asked and answer.ranges and version == said.get("ETag"):
        start = int(asked.removeprefix("bytes=").removesuffix("-"))
        said["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        content, status = content[start:], 206
    handler.send_response_only(status)
    for name, value in {"Content-Length": str(len(content)), **said}.items():
        handler.send_header(name, value)
    handler.end_headers()
    end, answer.cut_at = answer.cut_at, None
    handler.wfile.write(content if end is None else content[:end])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "*")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            serve(self, made)

        def log_message(self, *_: object) -> None:
            """Say nothing in the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as real:
        made = Server(f"http://127.0.0.1:{real.server_port}")
        thread = threading.Thread(target=real.serve_forever, args=(0.02,))
        thread.start()
        yield made
        real.shutdown()
        thread.join()


def rings(shape: shapely.Geometry) -> list[list[list[list[float]]]]:
    """Return polygons as lists of rings of [latitude, longitude]."""
    return [
        [[[y, x] for x, y in ring.coords] for ring in (part.exterior, *part.interiors)]
        for part in getattr(shape, "geoms", [shape])
    ]


def sql(layer: gpd.GeoDataFrame) -> bytes:
    """Write a layer as the public compilation does: two statements, one ring list per village."""
    degrees = layer.to_crs(4326)
    rows = []
    for code, name, shape in zip(degrees.index, degrees["nama"], degrees.geometry, strict=True):
        parts = rings(shape)
        path = json.dumps(parts[0] if len(parts) == 1 else parts)
        escaped = name.replace("'", "''")
        rows.append(f"\t ('{code}','{escaped}',-9.1,124.9,'{path}')")
    head = "INSERT INTO wilayah_boundaries (kode,nama,lat,lng,path) VALUES\n"
    comment = '/*\nTHE SOFTWARE IS PROVIDED "AS IS"; it\'s free\n*/\n'
    half = len(rows) // 2
    both = [head + ",\n".join(part) + ";\n" for part in (rows[:half], rows[half:])]
    return (comment + "".join(both)).encode()


SQL = sql(small.layer())
PATH = "/99/desa_99.01.sql"


def sources(server: Server, folder: Path, **changes: object) -> Path:
    """Write a list of one source on the server."""
    said: dict[str, object] = {
        "id": "contoh",
        "alamat": f"{server.address}/{{prov}}/desa_{{kab}}.sql",
        "format": "sql-wilayah",
        "penulisan_kode": "bertitik",
        "lisensi": "MIT",
        "jenis_isi": ["text/plain"],
        "batas_bita": 5_000_000,
        **changes,
    }
    words = 'nama = { id = "Contoh", en = "Sample" }\n'
    words += 'atribusi = { id = "Kompilasi \\"Contoh\\" (MIT)", en = "Sample compilation (MIT)" }\n'
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in said.items())
    file = folder / "sumber.toml"
    file.write_text(f"[[sumber]]\n{lines}{words}", encoding="utf-8")
    return file


def run(*words: str | Path) -> int:
    return cli.main(["batas", "ambil", "99.01", *map(str, words)])


def areas_differ(layer: gpd.GeoDataFrame) -> float:
    """Return the largest share by which a village's area differs from the drawn one."""
    drawn = small.layer().area
    return float(((layer.to_crs(small.UTM_51S).area - drawn) / drawn).abs().max())


def test_a_whole_file_becomes_a_layer_with_its_record(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answers[PATH] = Answer(SQL)
    file = tmp_path / "desa.geojson"
    assert run("--daftar", sources(server, tmp_path), "--keluaran", file) == 0
    layer = gpd.read_file(file).set_index("kode")
    assert list(layer.index) == list(small.CODES)
    assert list(layer["nama"]) == list(small.NAMES)
    assert areas_differ(layer) < 1e-6
    assert layer.geometry[small.CODES[4]].interiors  # the enclave is still cut out
    assert layer.geometry[small.CODES[10]].geom_type == "MultiPolygon"
    record = boundary_sources.records_beside(file).of("desa.geojson")
    assert record is not None
    assert record.licence == "MIT"
    assert (record.day.isoformat(), record.day_from) == ("2024-02-14", "last-modified")
    assert record.addresses == (server.address + PATH,)
    assert record.sha256 == download._hash(file.read_bytes())
    assert record.fetched_sha256 == (download._hash(SQL),)
    assert record.n_villages == 12
    out = capsys.readouterr().out
    assert 'berkas = "desa.geojson"' in out
    assert {f.name for f in tmp_path.iterdir()} == {"desa.geojson", "SOURCES.toml", "sumber.toml"}


def test_the_same_answer_gives_the_same_bytes(server: Server, tmp_path: Path) -> None:
    server.answers[PATH] = Answer(SQL)
    listed, folders = sources(server, tmp_path), [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        assert run("--daftar", listed, "--keluaran", folder / "d.geojson") == 0
    for name in ("d.geojson", "SOURCES.toml"):
        one, other = (folder / name for folder in folders)
        assert one.read_bytes() == other.read_bytes()


def test_overlaps_and_gaps_are_mended(server: Server, tmp_path: Path) -> None:
    server.answers[PATH] = Answer(sql(small.layer(small.sliver)))
    file = tmp_path / "desa.geojson"
    assert run("--daftar", sources(server, tmp_path), "--keluaran", file) == 0
    mended = gpd.read_file(file).to_crs(small.UTM_51S).geometry.to_numpy()
    assert shapely.coverage_is_valid(shapely.set_precision(mended, 0.001), 20)


def test_the_map_names_the_source(server: Server, tmp_path: Path) -> None:
    server.answers[PATH] = Answer(SQL)
    file = tmp_path / "desa.geojson"
    assert run("--daftar", sources(server, tmp_path), "--keluaran", file) == 0
    folder = contoh.build(tmp_path / "proyek" / "editions" / "contoh-2021")
    loaded = edition.load(folder)
    order = run_order.place(loaded, file, texts.load("id"))
    boundary = order.edition.settings.boundary
    assert boundary.producer["id"] == 'Kompilasi "Contoh" (MIT)'
    assert boundary.producer["en"] == "Sample compilation (MIT)"
    assert boundary.vintage == "2024"
    assert not boundary.schematic
    assert tmp_path / "SOURCES.toml" in order.inputs()
    assert len(tabulation.tabulate(order.edition, order.village_layer).table) == 12
    file.write_bytes(file.read_bytes().replace(b"Satu", b"satu"))
    changed = run_order.place(loaded, file, texts.load("id")).edition.settings.boundary
    assert changed.producer["id"] == 'Kompilasi "Contoh" (MIT); diubah setelah diambil'


def test_without_a_record_the_map_names_the_file(tmp_path: Path) -> None:
    folder = contoh.build(tmp_path / "proyek" / "editions" / "contoh-2021")
    order = run_order.place(edition.load(folder), tmp_path / "x.geojson", texts.load("id"))
    assert order.edition.settings.boundary.producer["id"] == "x.geojson"
    assert tmp_path / "SOURCES.toml" not in order.inputs()


def refused(
    server: Server, folder: Path, capsys: pytest.CaptureFixture[str], **changes: object
) -> tuple[int, str]:
    """Run, and check that nothing was written; return the code and the message."""
    file = folder / "out" / "desa.geojson"
    code = run("--daftar", sources(server, folder, **changes), "--keluaran", file)
    assert not file.exists()
    assert not (folder / "out" / "SOURCES.toml").exists()
    return code, capsys.readouterr().err


def test_what_breaks_off_is_continued(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answers[PATH] = Answer(SQL, cut_at=3000)
    code, message = refused(server, tmp_path, capsys)
    assert code == SourceError.exit_code
    assert "terputus setelah 3000 bita" in message
    file = tmp_path / "out" / "desa.geojson"
    kept = file.with_name(".desa.geojson.sebagian")
    begun = download.read_begun(kept)
    assert begun is not None
    assert begun.content == SQL[:3000]
    assert run("--daftar", tmp_path / "sumber.toml", "--keluaran", file) == 0
    assert server.asked == [(PATH, None), (PATH, "bytes=3000-")]
    assert len(gpd.read_file(file)) == 12
    assert not kept.exists()
    record = tomllib.loads((tmp_path / "out" / "SOURCES.toml").read_text(encoding="utf-8"))
    assert record["ambil"][0]["sha256_asal"] == [download._hash(SQL)]


@pytest.mark.parametrize("headers", [{"ETag": '"dua"'}, {"ETag": 'W/"satu"'}, {}])
def test_another_version_begins_anew(server: Server, headers: dict[str, str]) -> None:
    server.answers["/x"] = Answer(b"baru" * 9, {"Content-Type": "text/plain", **headers})
    demand = Demand(f"{server.address}/x", ("text/plain",), 100)
    begun = Begun(demand.address, '"satu"', b"lama")
    assert download.fetch(demand, Listener(), begun).content == b"baru" * 9


def test_a_server_that_cannot_continue_begins_anew(server: Server) -> None:
    server.answers["/x"] = Answer(b"baru" * 9, ranges=False)
    demand = Demand(f"{server.address}/x", ("text/plain",), 100)
    assert download.fetch(demand, Listener(), Begun(demand.address, '"satu"', b"baru")).content == (
        b"baru" * 9
    )


def test_the_beginning_of_another_address_is_left_alone(server: Server) -> None:
    server.answers["/x"] = Answer(b"12345")
    demand = Demand(f"{server.address}/x", ("text/plain",), 100)
    begun = Begun(f"{server.address}/y", '"satu"', b"99")
    assert download.fetch(demand, Listener(), begun).content == b"12345"
    assert server.asked == [("/x", None)]


def test_what_was_kept_and_then_damaged_is_not_trusted(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(Begun("a", '"m"', b"isi").to_bytes())
    assert download.read_begun(file) == Begun("a", '"m"', b"isi")
    file.write_bytes(file.read_bytes() + b"!")
    assert download.read_begun(file) is None
    file.write_bytes(b"no header")
    assert download.read_begun(file) is None


def test_a_wrong_kind_is_refused(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answers[PATH] = Answer(b"<html>masuk</html>", {"Content-Type": "text/html"})
    code, message = refused(server, tmp_path, capsys)
    assert code == SourceError.exit_code
    assert "berjenis text/html" in message


def test_another_host_is_not_followed(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = server.address.replace("127.0.0.1", "localhost") + PATH
    server.answers[PATH] = Answer(b"", {"Location": away}, status=302)
    code, message = refused(server, tmp_path, capsys)
    assert code == SourceError.exit_code
    assert away in message
    assert len(server.asked) == 1


def test_another_path_of_the_same_host_is_followed(server: Server) -> None:
    server.answers["/lama"] = Answer(b"", {"Location": "/baru"}, status=301)
    server.answers["/baru"] = Answer(b"isi")
    demand = Demand(f"{server.address}/lama", ("text/plain",), 100)
    assert download.fetch(demand, Listener()).content == b"isi"


@pytest.mark.parametrize("says", [True, False])
def test_too_much_is_refused(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], says: bool
) -> None:
    server.answers[PATH] = Answer(SQL)
    if not says:
        server.answers[PATH].headers["Content-Length"] = "10"
    code, message = refused(server, tmp_path, capsys, batas_bita=1000 if says else 9)
    assert code == SourceError.exit_code
    assert "lebih besar" in message


def test_a_kabupaten_that_the_source_lacks_is_said_so(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, message = refused(server, tmp_path, capsys)
    assert code == SourceError.exit_code
    assert "404" in message


@pytest.mark.parametrize(
    "content",
    [
        SQL[: len(SQL) // 3],
        SQL.rstrip()[:-1],
        b"SELECT 1;",
        SQL.replace(b",path)", b",jalan)"),
        SQL.replace(b"'[[[", b"'[[["[:-1] + b"x", 1),
        b"\xff\xfe",
    ],
)
def test_damaged_content_is_refused(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    server.answers[PATH] = Answer(content)
    code, message = refused(server, tmp_path, capsys)
    assert code == SourceError.exit_code
    assert "tidak seperti yang dijanjikan" in message


@pytest.mark.parametrize(
    ("old", "new", "exit_code"),
    [
        (b"'99.01.01.2001'", b"'99.02.01.2001'", 40),
        (b"'99.01.01.2001'", b"'99.01.01.20O1'", 30),
        (b"'99.01.01.2001'", b"'99.01.01.2002'", 30),
    ],
)
def test_wrong_codes_are_refused(
    server: Server,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    old: bytes,
    new: bytes,
    exit_code: int,
) -> None:
    assert old in SQL
    server.answers[PATH] = Answer(SQL.replace(old, new))
    assert refused(server, tmp_path, capsys)[0] == exit_code


def test_without_network_the_message_says_how_to_bring_the_file(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as closed:
        port = closed.server_port
    address = f"http://127.0.0.1:{port}/{{kab}}.sql"
    code, message = refused(server, tmp_path, capsys, alamat=address)
    assert code == SourceError.exit_code
    assert f"http://127.0.0.1:{port}/99.01.sql" in message
    assert "--berkas" in message
    assert server.asked == []


def test_a_file_brought_by_hand_needs_no_network(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brought, file = tmp_path / "bawaan.sql", tmp_path / "desa.geojson"
    brought.write_bytes(SQL)
    words = ("--daftar", sources(server, tmp_path), "--keluaran", file, "--berkas", brought)
    assert run(*words) == SourceError.exit_code
    assert "--tanggal" in capsys.readouterr().err
    assert run(*words, "--tanggal", "2025-07-21") == 0
    assert server.asked == []
    record = boundary_sources.records_beside(file).of("desa.geojson")
    assert record is not None
    assert (record.day.isoformat(), record.day_from) == ("2025-07-21", "pengguna")
    assert record.addresses == (server.address + PATH,)


def test_records_of_other_layers_stay(server: Server, tmp_path: Path) -> None:
    server.answers[PATH] = Answer(SQL)
    listed = sources(server, tmp_path)
    mine = '# Catatan kantor\n[[berkas]]\nnama = "lain.shp"\n'
    (tmp_path / "SOURCES.toml").write_text(mine, encoding="utf-8")
    for name in ("b.geojson", "a.geojson", "b.geojson"):
        assert run("--daftar", listed, "--keluaran", tmp_path / name) == 0
    records = boundary_sources.records_beside(tmp_path / "a.geojson").records
    assert [record.file for record in records] == ["a.geojson", "b.geojson"]
    text = (tmp_path / "SOURCES.toml").read_text(encoding="utf-8")
    assert text.startswith(mine)
    assert tomllib.loads(text)["berkas"] == [{"nama": "lain.shp"}]


def test_progress_tells_what_has_come(server: Server) -> None:
    content = bytes(3 * download.CHUNK)
    server.answers["/x"] = Answer(content)
    told: list[tuple[int, int | None]] = []
    demand = Demand(f"{server.address}/x", ("text/plain",), len(content))
    download.fetch(demand, Listener(lambda done, total: told.append((done, total))))
    assert told[-1] == (len(content), len(content))
    assert [done for done, _ in told] == sorted({done for done, _ in told})


SLOW = {
    "content": b'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nETag: "a"\r\n\r\n',
    "head": b"HTTP/1.0 200 OK\r\nX-A: ",
}


@pytest.mark.parametrize("part", SLOW)
def test_a_server_that_sends_a_byte_now_and_then_is_not_waited_for(part: str) -> None:
    """Each byte comes in time: no limit of silence is reached, but that of the whole."""
    stop = threading.Event()

    class Drip(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(4096)
            self.request.sendall(SLOW[part])
            with suppress(OSError):
                while not stop.wait(0.05):
                    self.request.sendall(b"x")

    kept: list[Begun] = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Drip) as real:
        threading.Thread(target=real.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://127.0.0.1:{real.server_address[1]}/x"
        start = time.monotonic()
        demand = Demand(address, ("text/plain",), 1000, start + 0.5)
        with pytest.raises(SourceError, match="ambil_lama"):
            download.fetch(demand, Listener(keep=kept.append))
        assert time.monotonic() - start < 5
        stop.set()
        real.shutdown()
    assert [begun.content.strip(b"x") for begun in kept] == ([b""] if part == "content" else [])


def test_all_pages_together_have_one_limit(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = bounds.load().times.model_copy(update={"whole_fetch": 0.0})
    short_bounds = bounds.load().model_copy(update={"times": times})
    monkeypatch.setattr(bounds, "load", lambda: short_bounds)
    listed = sources(server, tmp_path, **ARCGIS, alamat=f"{server.address}/query")
    source = boundary_sources.load(listed).choose(None)
    with pytest.raises(SourceError, match="ambil_lama"):
        fetch.ask(source, "99.01", Listener())


@pytest.mark.parametrize("brought", ["sql-wilayah", "arcgis"])
def test_deep_nesting_is_no_layer(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], brought: str
) -> None:
    deep = "[" * 100_000
    head = "INSERT INTO w (kode,nama,path) VALUES ('99.01.01.2001','A','"
    text = f"{head}{deep}');"
    further = ARCGIS if brought == "arcgis" else {}
    kind = {"Content-Type": "application/json"} if further else PLAIN
    server.answers[PATH] = Answer((deep if further else text).encode(), kind)
    code, said = refused(server, tmp_path, capsys, **further, alamat=server.address + PATH)
    assert code == SourceError.exit_code
    assert "tidak seperti yang dijanjikan" in said


def test_an_interruption_keeps_what_has_come(server: Server) -> None:
    content = bytes(4 * download.CHUNK)
    server.answers["/x"] = Answer(content)
    kept: list[Begun] = []

    def stop(done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    demand = Demand(f"{server.address}/x", ("text/plain",), len(content))
    with pytest.raises(KeyboardInterrupt):
        download.fetch(demand, Listener(stop, kept.append))
    assert 0 < len(kept[0].content) < len(content)


# --- An ArcGIS service --------------------------------------------------------------------------


def pages(size: int, says_more: bool = True) -> dict[str, Answer]:
    """Return the answers of a service that gives so many villages at a time."""
    degrees = small.layer().to_crs(4326)
    said = [
        {
            "type": "Feature",
            "properties": {"KDEPUM": code.replace(".", ""), "WADMKD": name},
            "geometry": shapely.geometry.mapping(shape),
        }
        for code, name, shape in zip(degrees.index, degrees["nama"], degrees.geometry, strict=True)
    ]
    found = {}
    for first in range(0, 12 + size, size):
        page: dict[str, object] = {
            "type": "FeatureCollection",
            "features": said[first : first + size],
        }
        if says_more and first + size < 12:
            page["properties"] = {"exceededTransferLimit": True}
        found[str(first)] = Answer(json.dumps(page).encode(), {"Content-Type": "application/json"})
    return found


ARCGIS = {
    "format": "arcgis",
    "penulisan_kode": "angka",
    "kolom_kode": "KDEPUM",
    "kolom_nama": "WADMKD",
    "syarat": "KDPKAB = '{kab}'",
    "jenis_isi": ["application/json"],
}


@pytest.mark.parametrize(("says_more", "n_asked"), [(True, 4), (False, 4)])
def test_a_service_is_asked_page_by_page(
    server: Server, tmp_path: Path, says_more: bool, n_asked: int
) -> None:
    said = {**ARCGIS, "alamat": f"{server.address}/query", "per_halaman": 4}
    listed = sources(server, tmp_path, **said)
    source = boundary_sources.load(listed).choose("contoh")
    for first, answer in pages(4, says_more).items():
        server.answers[source.url("99.01", int(first)).removeprefix(server.address)] = answer
    file = tmp_path / "desa.geojson"
    words = ("--daftar", listed, "--keluaran", file, "--tanggal", "2023-01-31")
    assert run(*words) == 0
    assert list(gpd.read_file(file)["kode"]) == list(small.CODES)
    asked = [parse_qs(urlsplit(path).query) for path, _ in server.asked]
    assert [q["resultOffset"] for q in asked] == [[str(4 * n)] for n in range(n_asked)]
    assert {q["where"][0] for q in asked} == {"KDPKAB = '99.01'"}
    record = boundary_sources.records_beside(file).of("desa.geojson")
    assert record is not None
    assert len(record.addresses) == len(record.fetched_sha256) == n_asked


@pytest.mark.parametrize(
    "content",
    [
        b'{"error": {"code": 400, "message": "Invalid field"}}',
        b'{"type": "FeatureCollection", "features": [{"ty',
        b'{"type": "FeatureCollection", "features": [{"properties": {"A": 1}, "geometry": null}]}',
        b"[]",
    ],
)
def test_what_a_service_says_wrong_is_refused(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    server.answers["/query"] = Answer(content, {"Content-Type": "application/json"})
    code, message = refused(server, tmp_path, capsys, **ARCGIS, alamat=f"{server.address}/query")
    assert code == SourceError.exit_code
    assert "tidak seperti yang dijanjikan" in message


@pytest.mark.slow
def test_no_other_command_comes_to_the_network() -> None:
    users: dict[str, set[str]] = {"fsva.begin.fetch": set(), "fsva.sources.web.download": set()}
    for module in MODULES:
        for name in set(imports(module)) & set(users):
            users[name].add(module)
    assert users["fsva.begin.fetch"] == {"fsva.cli.begin.batas_ambil"}
    assert users["fsva.sources.web.download"] == {"fsva.begin.fetch", "fsva.cli.begin.batas_ambil"}


# --- The list and the grammar ---------------------------------------------------------------------


def test_the_shipped_list_names_licences_and_asks_over_https() -> None:
    listed = boundary_sources.load(ROOT / "styles" / boundary_sources.LIST_NAME)
    assert {source.format for source in listed.sources} == {"sql-wilayah", "arcgis"}
    for source in listed.sources:
        assert source.url("53.04").startswith("https://")
        assert "{" not in source.url("53.04")
    first = listed.choose(None)
    assert first.url("53.04").endswith("/db/kel/53/wilayah_boundaries_kel_53.04.sql")


REFUSED = [
    "http://example.org/{kab}", "file://localhost/etc/passwd", "ftp://localhost/{kab}", "https:///x",
    "https://{kab}.example.org/", "https://example.org/{kabupaten}", "https://example.org/{0}",
    "https://example.org/{", "https://example.org/{kab:>99}", "https://example.org/{kab!r}",
    "https://example.org/{kab.__class__}", "https://example.org:99999999/{kab}",
    "https://example.org/é", "https://example.org/a b", "https://localhost\\@example.org/",
    "data:text/plain,x", "{kab}", "",
]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_a_source_without_https_or_of_another_form_is_refused(
    server: Server, tmp_path: Path, address: str
) -> None:
    with pytest.raises(StyleError):
        boundary_sources.load(sources(server, tmp_path, alamat=address))


@pytest.mark.parametrize("condition", ["KAB = '{kabupaten}'", "{}", "{kab", "}"])
def test_a_condition_of_another_form_is_refused(
    server: Server, tmp_path: Path, condition: str
) -> None:
    with pytest.raises(StyleError):
        boundary_sources.load(sources(server, tmp_path, **ARCGIS | {"syarat": condition}))


def test_a_source_with_a_password_is_refused_and_not_printed(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = refused(server, tmp_path, capsys, alamat="https://budi:rahasia@example.org/{kab}")
    assert code == StyleError.exit_code
    assert "rahasia" not in said


@pytest.mark.parametrize(
    ("words", "key"),
    [(["5304"], "5304"), (["53.04.01"], "53.04.01"), (["53.04", "--sumber", "x"], "x")],
)
def test_wrong_words_are_refused_before_anything_is_asked(
    words: list[str], key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["batas", "ambil", *words]) == 2
    assert key in capsys.readouterr().err


def test_rings_within_rings_are_holes_and_beside_them_islands() -> None:
    outer = "[[-9,124],[-9,126],[-7,126],[-7,124],[-9,124]]"
    inner = "[[-8.5,124.5],[-8.5,125],[-8,125],[-8,124.5]]"
    island = "[[-5,124],[-5,125],[-4,125],[-4,124]]"
    text = f"INSERT INTO w (nama, path, kode) VALUES ('A', '[{outer},{inner},{island}]', '1');"
    ((code, name, shape),) = wilayah_sql.villages(text)
    assert (code, name) == ("1", "A")
    assert shape is not None
    assert shapely.area(shape) == pytest.approx(4 - 0.25 + 1)
    ((_, _, missing),) = wilayah_sql.villages(
        "INSERT INTO w (kode,nama,path) VALUES ('1','A',NULL);"
    )
    assert missing is None


@pytest.mark.shared
def test_a_real_kabupaten_goes_through_the_format_and_back(shared_dir: Path) -> None:
    frame = gpd.read_file(shared_dir / "boundaries" / "desa_53.04_belu.geojson").set_index("kode")
    listed = boundary_sources.load(ROOT / "styles" / boundary_sources.LIST_NAME)
    source = listed.choose(None)
    answers = fetch.by_hand(source, "53.04", [sql(frame)])
    layer, ledger = fetch.layer(source, "53.04", answers)
    assert len(layer) == len(ledger) == 81
    before = frame.to_crs(32751).area.sum()
    assert layer.to_crs(32751).areas.sum() == pytest.approx(before, rel=1e-3)
