"""The manifest: hashes of all that went in and came out, and whether a run would change them."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from fsva.config.editions import edition
from fsva.core import resources, texts
from fsva.core.publishing import manifest
from fsva.runs import run_order
from tests.places import belu
from tests.places.small import ROOT

FACTS = {"daerah": "Kabupaten Contoh", "bahasa": "id"}


@pytest.fixture
def record() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(belu.made().files["manifest.json"])
    return loaded


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_every_output_is_recorded_with_its_hash(record: dict[str, Any]) -> None:
    others = {n: d for n, d in belu.made().files.items() if n != "manifest.json"}
    assert record["keluaran"] == {
        name: {"sha256": sha256(data), "bita": len(data)} for name, data in others.items()
    }
    assert len(others) == 7 * 4 + 8 * 2 + 5


def test_every_input_is_recorded_with_its_hash(record: dict[str, Any]) -> None:
    inputs = record["masukan"]
    for name in ("edition.toml", "indicators.csv", "terbit.csv", "asal.csv"):
        assert f"editions/belu-2021/{name}" in inputs
    assert {"boundaries/skematis/53.04-belu.geojson", "boundaries/crosswalk/53.04.csv",
            "styles/layouts/a4-mendatar.toml", "styles/gaya/standar.toml",
            "styles/fonts/LiberationSans-Bold.ttf",
            "styles/metode/fsva-kabupaten-6.toml"} <= set(inputs)  # fmt: skip
    assert inputs == {name: sha256((ROOT / name).read_bytes()) for name in inputs}


def test_versions_method_and_vintage_are_recorded(record: dict[str, Any]) -> None:
    assert record["metode"] == "fsva-kabupaten-6"
    assert record["batas"]["skematis"] is True
    assert set(manifest.LIBRARIES) <= set(record["versi"])
    assert all(re.match(r"\d+\.\d+", record["versi"][name]) for name in manifest.LIBRARIES)


def test_no_file_of_the_atlas_tells_of_a_folder_of_this_computer() -> None:
    folders = {str(folder).encode() for folder in (ROOT, ROOT.parent, Path.home()) if
               len(folder.parts) > 1}  # fmt: skip
    assert folders
    for name, data in belu.made().files.items():
        assert [folder for folder in folders if folder in data] == [], name


def test_a_file_outside_the_project_goes_by_its_own_name(tmp_path: Path) -> None:
    inside, outside = tmp_path / "a" / "b.csv", tmp_path / "c.csv"
    inside.parent.mkdir()
    for file in (inside, outside):
        file.write_bytes(b"x")
    missing = tmp_path / "a" / "none.csv"
    found = manifest.describe_inputs([inside, outside, missing], tmp_path / "a")
    assert found == {"b.csv": sha256(b"x"), "c.csv": sha256(b"x")}


def test_names_and_their_order_do_not_depend_on_how_files_are_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = [Path("a.csv"), Path("b.csv")]
    for file in files:
        file.write_bytes(b"x")
    mixed = [tmp_path / "b.csv", Path("a.csv")]
    assert list(manifest.describe_inputs(mixed, Path()).items()) == list(
        manifest.describe_inputs(files, tmp_path).items()
    )


def test_words_of_the_program_have_one_name_in_every_project(tmp_path: Path) -> None:
    both = [ROOT / "styles" / "teks" / language / "cli.toml" for language in ("id", "en")]
    assert set(manifest.describe_inputs(both, tmp_path)) == {
        "styles/teks/id/cli.toml", "styles/teks/en/cli.toml",
    }  # fmt: skip


def test_an_edition_without_a_project_has_one_number_wherever_it_lies(tmp_path: Path) -> None:
    found = []
    for place in ("a", "kantor/data pangan"):
        lone = tmp_path / place / "belu-2021"
        shutil.copytree(belu.EDITION, lone)
        found.append(run_order.place(edition.load(lone), None, texts.load("id")))
    names = list(found[0].fingerprints)
    assert {"edition.toml", "indicators.csv", "boundaries/crosswalk/53.04.csv"} < set(names)
    assert names == list(found[1].fingerprints)
    assert not [name for name in names if "kantor" in name or "belu-2021/" in name]
    assert found[0].number == found[1].number


def test_data_of_a_program_within_the_project_is_named_as_the_program_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / ".venv" / "fsva" / "_data"
    file = data / "styles" / "a.toml"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x")
    monkeypatch.setattr(resources, "packaged", lambda name: data / name)
    assert set(manifest.describe_inputs([file], tmp_path)) == {"styles/a.toml"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an output folder with one file and its manifest."""
    (tmp_path / "a.txt").write_bytes(b"a")
    record = manifest.make(FACTS, {"in.csv": "0"}, {"a.txt": b"a"})
    (tmp_path / manifest.FILE_NAME).write_bytes(record)
    return tmp_path


def test_an_untouched_folder_is_current(folder: Path) -> None:
    assert manifest.is_current(folder, FACTS, {"in.csv": "0"})


@pytest.mark.parametrize(
    ("facts", "inputs"),
    [
        ({**FACTS, "bahasa": "en"}, {"in.csv": "0"}),
        (FACTS, {"in.csv": "1"}),
        (FACTS, {"in.csv": "0", "new.csv": "0"}),
        (FACTS, {}),
    ],
)
def test_another_input_is_a_reason_to_run(
    folder: Path, facts: dict[str, str], inputs: dict[str, str]
) -> None:
    assert not manifest.is_current(folder, facts, inputs)


@pytest.mark.parametrize("damage", ["changed", "missing", "no manifest", "broken", "list"])
def test_a_touched_folder_is_a_reason_to_run(folder: Path, damage: str) -> None:
    record = folder / manifest.FILE_NAME
    match damage:
        case "changed":
            (folder / "a.txt").write_bytes(b"b")
        case "missing":
            (folder / "a.txt").unlink()
        case "no manifest":
            record.unlink()
        case "broken":
            record.write_bytes(record.read_bytes()[:-9])
        case "list":
            record.write_bytes(b"[]")
    assert not manifest.is_current(folder, FACTS, {"in.csv": "0"})


def test_another_version_of_a_library_is_a_reason_to_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = {**manifest.program(), "shapely": "0.0"}
    monkeypatch.setattr(manifest, "program", lambda further: versions)
    assert not manifest.is_current(folder, FACTS, {"in.csv": "0"})


def test_what_a_run_uses_beside_is_named_with_its_version_without_loading_it(folder: Path) -> None:
    record = json.loads(manifest.make(FACTS, {"in.csv": "0"}, {"a.txt": b"a"}, ("rasterio",)))
    assert record["versi"]["rasterio"] == metadata.version("rasterio")
    assert "rasterio" not in manifest.program()
    # A folder that was made without it is made anew.
    assert not manifest.is_current(folder, FACTS, {"in.csv": "0"}, ("rasterio",))


def test_what_is_not_installed_is_left_out() -> None:
    assert manifest.program(("tidak-ada-paket-ini",)) == manifest.program()


def test_an_order_says_which_packages_it_uses() -> None:
    plain = run_order.place(edition.load(belu.EDITION), None, texts.load("id"))
    assert plain.libraries == ()
    assert replace(plain, formats=("geotiff", "svg")).libraries == ("rasterio",)
    settings = plain.edition.settings
    boundary = settings.boundary.model_copy(update={"engine": "fiona"})
    changed = settings.model_copy(update={"boundary": boundary})
    assert replace(plain, edition=replace(plain.edition, settings=changed)).libraries == ("fiona",)


def test_the_order_depends_on_every_file_that_it_names() -> None:
    order = run_order.place(edition.load(belu.EDITION), None, texts.load("id"))
    inputs = order.inputs()
    assert [file for file in inputs if not file.is_file()] == []
    assert len(manifest.describe_inputs(inputs, order.root)) == len(set(inputs))


def test_git_shows_a_change_of_the_manifest_line_by_line() -> None:
    facts = {"daerah": "Kabupaten Contoh", "batas": {"berkas": "a.geojson", "tahun": "2021"}}
    inputs = {"editions/contoh/indicators.csv": "1a", "styles/dasar/contoh.toml": "2b"}
    lines = [
        manifest.make(facts, inputs | changed, {"kelas.csv": b"x"}).decode("utf-8").splitlines()
        for changed in ({}, {"styles/dasar/contoh.toml": "3c"})
    ]
    other = [(a, b) for a, b in zip(*lines, strict=True) if a != b]
    assert other == [('  "styles/dasar/contoh.toml": "2b"', '  "styles/dasar/contoh.toml": "3c"')]
    assert all(line.count('": ') <= 1 for line in lines[0])
    named = [line.split('"')[1] for line in lines[0] if line.startswith('  "') and "/" in line]
    assert named == sorted(named)


@pytest.mark.parametrize(
    "content",
    [b'{"keluaran": "teks"}', b'{"keluaran": {"a.pdf": "teks"}}', b'{"keluaran": {"a.pdf": {}}}',
     b'{"keluaran": {"../a.pdf": {"sha256": "0"}}}', b'{"keluaran": ["a.pdf"]}', b"[" * 100_000,
     b'{"keluaran":' * 100_000, b"\xff"],
    ids=range(8),
)  # fmt: skip
def test_a_manifest_of_somebody_else_names_no_outputs(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    assert manifest.outputs(tmp_path) == {}
    assert not manifest.is_current(tmp_path, {}, {})
