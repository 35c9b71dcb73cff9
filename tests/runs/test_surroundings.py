"""What a run depends on is in its manifest; the clock of the computer is not among it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import shapes
from tests.places.belu import contents
from tests.places.small import ROOT

# Runs commands with a clock of 2 January 1970, as after a flat battery.
OLD_CLOCK = """
import json, sys, time
DAY = 86400.0
for name in ("localtime", "gmtime"):
    told = getattr(time, name)
    setattr(time, name, lambda moment=None, told=told: told(DAY if moment is None else moment))
time.time = lambda: DAY
from fsva.cli import main
sys.exit(max(main(words) for words in json.load(sys.stdin)))
"""
# Runs a command and tells which files of a folder Python opened, and whose modules it loaded.
WATCHED = """
import json, sys
from importlib import metadata
top, words, opened = sys.argv[1], json.load(sys.stdin), set()
def note(event, facts):
    if event == "open" and isinstance(facts[0], str) and facts[0].startswith(top):
        opened.add(facts[0])
sys.addaudithook(note)
from fsva.cli import main
assert main(words) == 0
owners = metadata.packages_distributions()
loaded = {module.split(".")[0] for module in list(sys.modules)}
used = {name.lower() for module in loaded for name in owners.get(module, ())}
print("\\n" + json.dumps([sorted(opened), sorted(used)]))
"""
# They parse, check, lock or say; no byte of an output is theirs.
BYSTANDERS = {"affine", "annotated-types", "attrs", "certifi", "click", "filelock",
              "cloudpickle", "fsva-atlas", "lxml", "packaging", "pydantic_core", "pydantic-core",
              "pyarrow", "python-dateutil", "six", "tzdata",
              "typing-extensions", "typing_extensions", "typing-inspection", "pytz"}  # fmt: skip


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return shapes.write(shapes.of_classes(1, 2, 3, 4, 5, 6), tmp_path / "proyek")


@pytest.mark.slow
def test_a_clock_before_1980_changes_no_byte(edition: Path, tmp_path: Path) -> None:
    for library in ("docx", "pptx", "typst"):
        pytest.importorskip(library)
    other = edition.with_name("lain")
    shutil.copytree(edition, other)
    values = (other / "nilai.csv").read_text(encoding="utf-8-sig")
    (other / "nilai.csv").write_text(values.replace("0,1000", "0,3000"), encoding="utf-8-sig")
    made = []
    for start in ("from fsva.cli import main; import json, sys; "
                  "sys.exit(max(main(w) for w in json.load(sys.stdin)))", OLD_CLOCK):  # fmt: skip
        out = tmp_path / str(len(made))
        commands = [
            ["atlas", str(edition), "--bentuk", "svg", "--keluaran", str(out / "atlas")],
            ["periksa", str(edition), "--keluaran", str(out / "periksa")],
            ["ringkasan", str(edition), "--keluaran", str(out / "ringkasan")],
            ["banding", str(edition), str(other), "--keluaran", str(out / "banding")],
            ["buku", str(edition), "--keluaran", str(out / "buku")],
            ["paparan", str(edition), "--keluaran", str(out / "paparan")],
            ["excel", str(edition), "--keluaran", str(out / "excel")],
        ]
        subprocess.run([sys.executable, "-c", start], input=json.dumps(commands), text=True,
                       check=True, capture_output=True, cwd=ROOT)  # fmt: skip
        made.append({folder.name: contents(folder) for folder in out.iterdir()})
    assert made[0] == made[1]
    assert {"banding.docx", "banding.xlsx"} <= set(made[0]["banding"])
    packed = {Path(name).suffix for files in made[0].values() for name in files}
    assert {".docx", ".xlsx", ".pptx"} <= packed


@pytest.mark.slow
def test_the_manifest_names_every_file_and_library_that_a_run_uses(
    edition: Path, tmp_path: Path
) -> None:
    pytest.importorskip("rasterio")
    out = tmp_path / "atlas"
    words = ["atlas", str(edition), "--keluaran", str(out)]
    words += [word for form in ("svg", "geotiff", "webp") for word in ("--bentuk", form)]
    done = subprocess.run([sys.executable, "-c", WATCHED, str(edition)], input=json.dumps(words),
                          text=True, check=True, capture_output=True, cwd=ROOT)  # fmt: skip
    opened, used = json.loads(done.stdout.splitlines()[-1])
    record = json.loads((out / "manifest.json").read_bytes())
    top = edition.parent.parent
    assert {Path(name).relative_to(top).as_posix() for name in opened} <= set(record["masukan"])
    assert len(opened) >= 3
    assert set(used) - BYSTANDERS - set(record["versi"]) == set()
