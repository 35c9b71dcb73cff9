"""SVG in programs that know no clip paths and load no fonts: still the picture of the PDF."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from PIL import Image

from fsva.core.box import Box
from fsva.drawing.paper import cut_layers, fonts, scene
from fsva.drawing.paper.scene import Layer, Mark, Picture, Shade, Shape, Stroke, Text
from fsva.files.writers import svg
from fsva.words import alt_text
from tests.places import belu, programs
from tests.places.small import ROOT

SVG = "{http://www.w3.org/2000/svg}"
BOX = Box(10, 10, 20, 10)
FACES = fonts.load(ROOT / "styles" / "fonts")
# Draws an SVG with Qt, without any font of its own.
QT = """
import sys
from qgis.PyQt import QtGui, QtSvg
app = QtGui.QGuiApplication(["draw", "-platform", "offscreen"])
image = QtGui.QImage(int(sys.argv[3]), int(sys.argv[4]), QtGui.QImage.Format_RGB32)
image.fill(0xFFFFFFFF)
painter = QtGui.QPainter(image)
painter.setRenderHint(QtGui.QPainter.Antialiasing)
QtSvg.QSvgRenderer(sys.argv[1]).render(painter)
painter.end()
image.save(sys.argv[2])
"""


def written(n: int) -> bytes:
    atlas = belu.made()
    captions = alt_text.of_villages(atlas.maps[n], atlas.studio.places, atlas.studio.texts)
    return svg.write(atlas.sheets[n], atlas.studio.faces, captions, outlined=True)


def cut(*items: scene.Item) -> tuple[scene.Item, ...]:
    return cut_layers.inside(Layer("cut", items, BOX), FACES).items


def area(shape: Shape) -> float:
    """Return the area under the even-odd rule."""
    sides = [shapely.Polygon(part) for part in shape.parts]
    total = shapely.Polygon()
    for side in sides:
        total = total.symmetric_difference(side)
    return float(total.area)


def test_a_file_has_no_clip_path_no_font_and_says_every_text() -> None:
    data = written(6)
    assert b"clip" not in data.lower()
    assert b"@font-face" not in data
    assert b"<text" not in data
    root = ElementTree.fromstring(data)  # noqa: S314 - written by the code under test
    said = sorted(str(p.get("aria-label")) for p in root.iter(f"{SVG}path") if p.get("aria-label"))
    words = [t.text for t in belu.made().sheets[6].texts() if t.text.strip()]
    assert said == sorted(words)


def test_an_area_ends_at_the_box_and_keeps_its_hole() -> None:
    outer, hole = Box(0, 0, 25, 30), Box(12, 12, 4, 4)
    shape = Shape(scene.box_shape(outer).parts + scene.box_shape(hole).parts, closed=True)
    (drawn,) = cut(Mark(shape, "#112233"))
    assert isinstance(drawn, Mark)
    assert area(drawn.shape) == pytest.approx(15 * 10 - 16)
    assert scene.bounds(drawn.shape) == Box(10, 10, 15, 10)


def test_a_line_ends_half_its_width_before_the_edge() -> None:
    line = Mark(scene.line_shape((0, 15), (50, 15)), stroke=Stroke("#000000", 2.0))
    (drawn,) = cut(line)
    assert isinstance(drawn, Mark)
    assert scene.bounds(drawn.shape) == Box(11, 15, 18, 0)


def test_an_outlined_area_gets_no_line_along_the_edge() -> None:
    area_mark = Mark(scene.box_shape(Box(5, 12, 10, 4)), "#112233", Stroke("#000000", 0.5))
    filled, line = cut(area_mark)
    assert isinstance(filled, Mark)
    assert isinstance(line, Mark)
    assert (filled.stroke, line.fill, line.shape.closed) == (None, None, False)
    # Three sides: the left one lies outside.
    assert sum(shapely.LineString(p).length for p in line.shape.parts) == pytest.approx(
        4.75 * 2 + 4
    )


def test_what_lies_outside_is_left_out_and_inside_kept() -> None:
    inner = Mark(scene.box_shape(Box(12, 12, 2, 2)), "#112233")
    outer = Mark(scene.box_shape(Box(40, 12, 2, 2)), "#112233")
    here, there = Text("di sini", 12, 12, 8), Text("di sana", 60, 12, 8)
    assert cut(inner, outer, here, there) == (inner, here)


def test_pictures_lose_what_reaches_beyond_the_box() -> None:
    dark = np.arange(100, dtype=np.uint8).reshape(10, 10)
    (shade,) = cut(Shade(Box(5, 5, 10, 10), dark))
    assert isinstance(shade, Shade)
    assert shade.box == Box(10, 10, 5, 5)
    assert shade.darkness.tolist() == dark[:5, 5:].tolist()
    coloured = np.dstack([dark] * 4)
    assert cut(Picture(Box(50, 5, 10, 10), coloured, "lambang")) == ()


@pytest.mark.qgis
def test_qt_draws_the_picture_of_the_pdf(tmp_path: Path) -> None:
    file, shot = tmp_path / "peta.svg", tmp_path / "peta.png"
    file.write_bytes(written(6))
    size = (2246, 1588)
    done = subprocess.run(
        [str(programs.SYSTEM_PYTHON), "-c", QT, str(file), str(shot), *map(str, size)],
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert shot.exists(), done.stderr.decode()
    drawn = np.asarray(Image.open(shot).convert("RGB")).astype(int)
    ours = Image.open(io.BytesIO(belu.made().files["peta-7-komposit.png"])).convert("RGB")
    other = np.asarray(ours.resize(size, Image.Resampling.BOX)).astype(int)
    off = np.abs(drawn - other).max(axis=2)
    # Edges of letters and lines are smoothed differently; nothing may be missing or elsewhere.
    assert (off > 96).mean() < 0.01
