"""Tests of the promise that one command alone uses the network, with a server that listens."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fsva.cli import main
from tests.places import listening, shapes
from tests.places.listening import Heard

VILLAGE = "Satu"
COMMANDS: dict[str, Callable[[Path, str], list[str]]] = {
    "atlas": lambda folder, layer: ["atlas", str(folder), "--batas", layer],
    "periksa": lambda folder, layer: ["periksa", str(folder), "--batas", layer],
    "ringkasan": lambda folder, layer: ["ringkasan", str(folder), "--batas", layer],
    "jejak": lambda folder, layer: ["jejak", str(folder), VILLAGE, "--batas", layer],
    "keyakinan": lambda folder, layer: ["keyakinan", str(folder), "--batas", layer],
    "sasaran": lambda folder, layer: ["sasaran", str(folder), "--batas", layer],
    "selaraskan": lambda folder, layer: ["selaraskan", str(folder), "--batas", layer],
    "baseline": lambda folder, layer: [
        "baseline", str(folder), "--nama", "coba", "--batas", layer],
    "baru": lambda folder, layer: [
        "baru", str(folder.parent / "baru"), "--batas", layer,
        "--tabel", str(folder / "nilai.csv"), "--kode", "99.01", "--tahun", "2021"],
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


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_asks_a_server_that_its_layer_names(
    heard: Heard, edition: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    layers = [*map(str, programs(edition, heard)), f"/vsicurl/{heard.url}/x.geojson", heard.url]
    for layer in layers:
        assert main(COMMANDS[command](edition, layer)) != 0, layer
        assert "Traceback" not in capsys.readouterr().err
    assert heard.asked == []


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
