"""Tests of the promise that one command alone uses the network, with a server that listens."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import geopandas as gpd
import pytest

from fsva.cli import commands, main
from fsva.core import texts
from tests.places import listening, shapes
from tests.places.listening import Heard

VILLAGE = "Satu"
COMMANDS: dict[str, Callable[[Path, str], list[str]]] = {
    "atlas": lambda folder, layer: ["atlas", str(folder), "--batas", layer],
    "periksa": lambda folder, layer: ["periksa", str(folder), "--batas", layer],
    "ringkasan": lambda folder, layer: ["ringkasan", str(folder), "--batas", layer],
    "jejak": lambda folder, layer: ["jejak", str(folder), VILLAGE, "--batas", layer],
    **{
        name: lambda folder, layer, name=name: [name, str(folder), "--batas", layer]
        for name in ("andai", "buku", "excel", "formulir", "paparan")
    },
    "keyakinan": lambda folder, layer: ["keyakinan", str(folder), "--batas", layer],
    "profil": lambda folder, layer: ["profil", str(folder), "--batas", layer],
    "sasaran": lambda folder, layer: ["sasaran", str(folder), "--batas", layer],
    "selaraskan": lambda folder, layer: ["selaraskan", str(folder), "--batas", layer],
    "baseline": lambda folder, layer: [
        "baseline", str(folder), "--nama", "coba", "--batas", layer],
    "baru": lambda folder, layer: [
        "baru", str(folder.parent / "baru"), "--batas", layer,
        "--tabel", str(folder / "nilai.csv"), "--kode", "99.01", "--tahun", "2021"],
}  # fmt: skip


# These read no layer.
OTHERS = {
    "beranda": lambda folder: ["beranda", str(folder)],
    "massal": lambda folder: ["massal", str(folder)],
    "pendukung": lambda folder: ["pendukung", str(folder)],
    "nasional": lambda folder: ["nasional", str(folder)],
    "gaya audit": lambda _: ["gaya", "audit"],
    "metode periksa": lambda _: ["metode", "periksa", "fsva-kabupaten-6"],
    "skema edition": lambda _: ["skema", "edition"],
    "batas skematis": lambda folder: ["batas", "skematis", "--world-atlas", str(folder / "x.json"),
                                      "--keluaran", str(folder)],
    "banding": lambda folder: ["banding", str(folder), str(folder), "--paksa", "--layar"],
    "banding --dari": lambda folder: ["banding", str(folder), "--dari", "HEAD", "--layar"],
}  # fmt: skip


@pytest.fixture
def heard() -> Iterator[Heard]:
    """Run a server on this computer that counts who asks it."""
    with listening.server() as server:
        yield server


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """Write a small edition in a project of its own."""
    return shapes.write(shapes.of_classes(1, 2, 3, 4, 5, 6), tmp_path)


def programs(folder: Path, heard: Heard) -> list[Path]:
    """Write a layer of each kind that points to the server."""
    made = []
    for kind in listening.PROGRAMS:
        file = folder / f"{kind}.geojson"
        file.write_text(listening.program(kind, f"/vsicurl/{heard.url}/x", heard.url), "utf-8")
        made.append(file)
    return made


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_asks_a_server_that_its_layer_names(
    heard: Heard, edition: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    layers = [*map(str, programs(edition, heard)), f"/vsicurl/{heard.url}/x.geojson", heard.url]
    for layer in layers:
        assert main(COMMANDS[command](edition, layer)) != 0, layer
        assert "Traceback" not in capsys.readouterr().err
    assert heard.asked == []


# These read the layers that an edition names, without an option for another one.
OF_EDITIONS = {
    "massal": lambda folder: ["massal", str(folder), "--pekerja", "1", "--keluaran",
                              str(folder.parent / "semua")],
    "banding": lambda folder: ["banding", str(folder), str(folder), "--paksa", "--layar"],
    **{name: lambda folder, name=name: [name, str(folder)]
       for name in ("buku", "excel", "formulir", "paparan", "periksa", "profil", "sasaran")},
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("key", ["batas.berkas", "sekitar.berkas"])
@pytest.mark.parametrize("command", OF_EDITIONS)
def test_nor_does_any_command_ask_one_that_its_edition_names(
    heard: Heard, edition: Path, command: str, key: str, capfd: pytest.CaptureFixture[str]
) -> None:
    file = edition / "edition.toml"
    before = file.read_text(encoding="utf-8")
    for layer in programs(edition, heard):
        text = before.replace('berkas = "desa.geojson"', f'berkas = "{layer.name}"')
        if key == "sekitar.berkas":
            text = f'{before}\n[sekitar]\nberkas = "{layer.name}"\n'
        file.write_text(text, encoding="utf-8")
        main(OF_EDITIONS[command](edition))
        assert "Traceback" not in capfd.readouterr().err
    assert heard.asked == []


@pytest.mark.slow
@pytest.mark.parametrize("command", ["beranda", "nasional", "banding"])
def test_nor_one_that_files_of_an_output_folder_name(
    heard: Heard, edition: Path, command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whoever posts a folder of outputs may write addresses into every file of it."""
    outputs = edition.parent / "keluaran"
    out, other = outputs / "satu" / "2021", outputs / "dua" / "2022"
    assert main(["atlas", str(edition), "--keluaran", str(out), "--bentuk", "gpkg"]) == 0
    shutil.copytree(out, other)
    for file in other.iterdir():
        if file.suffix in (".json", ".csv", ".html", ".txt"):
            text = file.read_text(encoding="utf-8-sig")
            file.write_text(text.replace("Contoh", f"{heard.url}/vsicurl"), encoding="utf-8")
    for kind, layer in zip(listening.PROGRAMS, programs(edition, heard), strict=True):
        (other / "desa.gpkg").write_bytes(layer.read_bytes())
        (other / f"{kind}.geojson").write_bytes(layer.read_bytes())
        said = {"beranda": [str(outputs)], "nasional": [f"{outputs}/*/*", "--keluaran",
                str(outputs.parent / "nasional")], "banding": [str(out), str(other)]}  # fmt: skip
        main([command, *said[command]])
        assert "Traceback" not in capfd.readouterr().err
    assert heard.asked == []


@pytest.mark.slow
@pytest.mark.parametrize("key", ["sekitar.berkas", "dasar_peta.sungai", "dasar_peta.ibu_kota",
                                 "dasar_peta.relief", "batas.berkas"])  # fmt: skip
def test_nor_one_that_the_edition_names(heard: Heard, edition: Path, key: str) -> None:
    file = edition / "edition.toml"
    before = file.read_text(encoding="utf-8")
    section, name = key.split(".")
    for layer in programs(edition, heard):
        text = before.replace('berkas = "desa.geojson"', f'berkas = "{layer.name}"')
        if section != "batas":
            text = f'{before}\n[{section}]\n{name} = "{layer.name}"\n'
        file.write_text(text, encoding="utf-8")
        assert main(["atlas", str(edition)]) in (10, 40)
    assert heard.asked == []


def test_every_command_is_tried() -> None:
    tried = {*COMMANDS, *(" ".join(words.split()[:2]) for words in OTHERS)} - {"banding --dari"}
    assert {"batas ambil", *tried} == set(all_commands())


def all_commands() -> Iterator[str]:
    """Yield every command of the program as it is typed."""
    root = commands.root(texts.load("id"))
    for name in root.list_commands(click.Context(root)):
        command = root.get_command(click.Context(root), name)
        if isinstance(command, click.Group):
            yield from (f"{name} {one}" for one in command.list_commands(click.Context(command)))
        else:
            yield name


SURROUNDINGS = """
import os, sys
url = sys.argv[1]
for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "GDAL_HTTP_PROXY",
             "PROJ_NETWORK_ENDPOINT", "GDAL_HTTPS_PROXY"):
    os.environ[name] = url
os.environ |= {"PROJ_NETWORK": "ON", "CPL_VSIL_CURL_ALLOWED_FILENAME": url, "GDAL_SKIP": "",
               "OGR_SKIP": "", "SPATIALITE_SECURITY": "relaxed", "no_proxy": "*", "NO_PROXY": "*",
               "GDAL_HTTP_MAX_RETRY": "3", "CPL_CURL_VERBOSE": "YES"}
from fsva.cli import main
for line in sys.stdin.read().splitlines():
    print(line, main(line.split("\t")), flush=True)
"""


@pytest.mark.slow
def test_nor_does_any_when_the_surroundings_ask_for_the_network(
    heard: Heard, edition: Path
) -> None:
    """Variables of GDAL, curl and PROJ that turn the network on, and grids that a system names."""
    layer = gpd.read_file(edition / "desa.geojson")
    grids = f"+proj=longlat +ellps=bessel +nadgrids={heard.url}/g.tif +no_defs +type=crs"
    layer.set_crs(grids, allow_override=True).to_file(edition / "kisi.gpkg")
    for system in (4238, 4267, 4301):
        layer.to_crs(system).to_file(edition / f"s{system}.gpkg")
    layers = [edition / "kisi.gpkg", *edition.glob("s4*.gpkg"), *programs(edition, heard)]
    lines = [COMMANDS["ringkasan"](edition, str(file)) for file in layers]
    lines += [words(edition) for words in OTHERS.values()]
    done = subprocess.run(
        [sys.executable, "-c", SURROUNDINGS, heard.url], check=True, capture_output=True, text=True,
        input="\n".join("\t".join(words) for words in lines), cwd=edition,
    )  # fmt: skip
    assert done.stdout.count("\n") >= len(lines)
    assert "Traceback" not in done.stderr
    assert heard.asked == []


@pytest.mark.parametrize("kind", ["link", "url", "name"])
def test_nor_one_of_the_coordinate_system(heard: Heard, edition: Path, kind: str) -> None:
    file = edition / "desa.geojson"
    layer = json.loads(file.read_text(encoding="utf-8"))
    said = dict.fromkeys(("href", "url", "name"), f"{heard.url}/crs")
    file.write_text(json.dumps(layer | {"crs": {"type": kind, "properties": said}}), "utf-8")
    other = edition.with_name("kedua")
    shutil.copytree(edition, other)
    assert main(["ringkasan", str(edition)]) == 0
    assert main(["banding", str(edition), str(other), "--paksa", "--layar"]) == 0
    assert heard.asked == []
