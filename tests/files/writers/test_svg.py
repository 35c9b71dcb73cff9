"""The sheets as SVG: well-formed whatever the names, text as text, the picture of the PDF."""

from __future__ import annotations

import base64
import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import uharfbuzz as hb
from PIL import Image

from fsva.drawing.paper.scene import Layer, Text
from fsva.files.writers import svg
from fsva.words import alt_text
from tests.files.writers.test_png import bare_points, rgb
from tests.places import belu, programs
from tests.places.belu import Made

SVG = "{http://www.w3.org/2000/svg}"
CONTROL = "Sa\x00tu\x0b\ufffe"
HOSTILE = 'Desa <script>alert(1)</script> & "x" \']]>  é'


def written(atlas: Made, n: int) -> bytes:
    captions = alt_text.of_villages(atlas.maps[n], atlas.studio.places, atlas.studio.texts)
    return svg.write(atlas.sheets[n], atlas.studio.faces, captions)


def parsed(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314 - written by the code under test


@pytest.mark.parametrize("n", [0, 6])
def test_every_text_of_the_sheet_is_there_as_text(n: int) -> None:
    atlas = belu.made()
    root = parsed(written(atlas, n))
    found = [t.text or "" for t in root.iter(f"{SVG}text") if t.get("aria-hidden") is None]
    assert sorted(" ".join(t.split()) for t in found) == sorted(
        " ".join(t.text.split()) for t in atlas.sheets[n].texts()
    )
    hidden = [t for t in root.iter(f"{SVG}text") if t.get("aria-hidden") == "true"]
    assert len(hidden) == sum(t.halo is not None for t in atlas.sheets[n].texts())


def test_a_file_is_as_large_as_the_sheet_and_says_what_it_is() -> None:
    atlas = belu.made()
    root = parsed(written(atlas, 6))
    assert (root.get("width"), root.get("height")) == ("297.0mm", "210.0mm")
    assert root.get("viewBox") == "0 0 29700 21000"
    assert root.findtext(f"{SVG}title") == atlas.sheets[6].title
    assert (root.findtext(f"{SVG}desc") or "").startswith(atlas.sheets[6].in_words["map"])


def test_a_village_says_its_name_and_class_under_the_pointer() -> None:
    atlas = belu.made()
    root = parsed(written(atlas, 6))
    said = {t.text for path in root.iter(f"{SVG}path") for t in path.iter(f"{SVG}title")}
    rows = {r["desa"]: (r["kecamatan"], int(r["komposit_kelas"])) for r in atlas.rows()}
    assert len(said) == 81
    for words in said:
        found = re.fullmatch(r"(.+), Kecamatan (.+): (\d) .+", str(words))
        assert found is not None
        assert (found[2], int(found[3])) == rows[found[1]]


def test_names_are_escaped() -> None:
    atlas = belu.made()
    layer = Layer("names <b>", (Text(HOSTILE, 10, 10, 8), *atlas.sheets[0].layers[-1].items))
    sheet = replace(atlas.sheets[0], title=HOSTILE, layers=(*atlas.sheets[0].layers[:-1], layer))
    code = next(iter(atlas.maps[0].priorities))
    data = svg.write(sheet, atlas.studio.faces, {code: HOSTILE})
    root = parsed(data)
    assert b"<script" not in data
    assert root.findtext(f"{SVG}title") == HOSTILE
    captions = [t.text for p in root.iter(f"{SVG}path") for t in p.iter(f"{SVG}title")]
    assert set(captions) == {HOSTILE}
    words = [(t.text or "").replace("\u00a0", " ") for t in root.iter(f"{SVG}text")]
    assert words.count(HOSTILE) == 1


def test_control_characters_leave_the_file_well_formed() -> None:
    atlas = belu.made()
    text = Text(CONTROL, 10, 10, 8)
    sheet = replace(atlas.sheets[0], title=CONTROL, layers=(Layer("a", (text,)),))
    root = parsed(svg.write(sheet, atlas.studio.faces, {}))
    assert root.findtext(f"{SVG}title") == "Satu"
    assert [t.text for t in root.iter(f"{SVG}text")] == ["Satu"]


def test_the_fonts_hold_every_letter_of_the_sheet() -> None:
    atlas = belu.made()
    text = written(atlas, 0).decode()
    rules = re.findall(r"font-weight:(\w+);font-style:(\w+);src:url\(data:font/ttf;base64,(.*?)\)",
                       text)  # fmt: skip
    faces = {("bold", "normal"): "bold", ("normal", "normal"): "regular",
             ("normal", "italic"): "italic"}  # fmt: skip
    assert len(rules) == 3
    for weight, slope, data in rules:
        face = faces[weight, slope]
        held = set(hb.Face(hb.Blob(base64.b64decode(data))).unicodes)
        used = {ord(c) for t in atlas.sheets[0].texts() if t.face == face for c in t.text}
        assert used <= held
        assert len(held) <= len(used) + 5


def test_two_runs_write_the_same_bytes() -> None:
    assert written(belu.made(), 3) == written(belu.made(), 3)


@pytest.mark.chromium
def test_a_browser_draws_the_picture_of_the_pdf(tmp_path: Path) -> None:
    atlas, file, shot = belu.made(), tmp_path / "peta.svg", tmp_path / "peta.png"
    file.write_bytes(written(atlas, 6))
    done = subprocess.run(
        [str(programs.chromium()), "--headless", "--no-sandbox", "--disable-gpu",
         "--hide-scrollbars",
         "--force-device-scale-factor=2", "--window-size=1123,794", f"--screenshot={shot}",
         f"--user-data-dir={tmp_path / 'profile'}", file.as_uri()],
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert shot.exists(), done.stderr.decode()
    # A CSS inch has 96 pixels, drawn twice as fine.
    per_mm = 96 * 2 / 25.4
    drawn = np.asarray(Image.open(shot).convert("RGB")).astype(int)
    classes = {r["kode_kemendagri"]: int(r["komposit_kelas"]) for r in atlas.rows()}
    for code, x, y in bare_points(atlas, 6):
        row, column = int((209.97 - y) * per_mm), int(x * per_mm)
        assert tuple(drawn[row, column]) == rgb(belu.COLOURS[classes[code] - 1]), code
    ours = Image.open(io.BytesIO(atlas.files["peta-7-komposit.png"])).convert("RGB")
    size = (round(297 * per_mm), round(209.97 * per_mm))
    other = np.asarray(ours.resize(size, Image.Resampling.BOX)).astype(int)
    height, width = min(drawn.shape[0], size[1]), min(drawn.shape[1], size[0])
    off = np.abs(drawn[:height, :width] - other[:height, :width]).max(axis=2)
    # Edges of letters and lines are smoothed differently; nothing may be missing or elsewhere.
    assert (off > 96).mean() < 0.01
