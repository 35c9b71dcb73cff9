"""The PDFs in the viewers that people have: no seams between villages, no line lost, one hatching.

Each viewer draws the same file as a screen or a printer would. PDFium (Chrome, Edge) comes with
the project; poppler (Evince, Okular), cairo and MuPDF are used where they are installed.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
import shapely
from numpy.typing import NDArray
from PIL import Image

from fsva.core.box import Box
from fsva.drawing.paper.scene import Item, Layer, Mark, Sheet, Stroke, line_shape
from fsva.files.writers.pdf import PdfWriter
from tests.places import belu
from tests.places.belu import Made

Pixels = NDArray[np.int64]
FILL = "#3B703B"
WHITE = 255
SCREEN_DPI = (72, 96, 150)
# A seam of bare paper would be 140-196 steps lighter; below this it is not seen, let alone white.
UNSEEN = 28


def _pdfium(pdf: bytes, dpi: int, folder: Path) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        drawn: Image.Image = document[0].render(scale=dpi / 72).to_pil()
        return drawn


def _command(*words: str) -> Callable[[bytes, int, Path], Image.Image]:
    """Return a viewer that is a program; IN, OUT and DPI stand for what they say."""

    def draw(pdf: bytes, dpi: int, folder: Path) -> Image.Image:
        source, target = folder / "sheet.pdf", folder / "sheet.png"
        source.write_bytes(pdf)
        known = {"IN": str(source), "OUT": str(target), "DPI": str(dpi),
                 "STEM": str(target.with_suffix(""))}  # fmt: skip
        subprocess.run(
            [known.get(w, w) for w in words], check=True, capture_output=True, timeout=60
        )
        with Image.open(target) as image:
            return image.convert("RGB")

    return draw


VIEWERS: dict[str, Callable[[bytes, int, Path], Image.Image]] = {
    "pdfium": _pdfium,
    "poppler": _command("pdftoppm", "-r", "DPI", "-png", "-singlefile", "IN", "STEM"),
    "cairo": _command("pdftocairo", "-r", "DPI", "-png", "-singlefile", "IN", "STEM"),
    "mupdf": _command("mutool", "draw", "-q", "-r", "DPI", "-o", "OUT", "IN"),
}
# poppler comes in two: as it draws a picture, and through cairo as Evince does.
MARKS = {"poppler": pytest.mark.poppler, "cairo": pytest.mark.poppler, "mupdf": pytest.mark.mupdf}
EVERY = ["pdfium", *(pytest.param(name, marks=mark) for name, mark in MARKS.items())]


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


def pixels(image: Image.Image) -> Pixels:
    return np.asarray(image.convert("RGB")).astype(np.int64)


def written(atlas: Made, *layers: Layer) -> bytes:
    first = atlas.sheets[0]
    sheet = Sheet(first.width_mm, first.height_mm, "t", "id", layers, in_words={"map": "x"})
    return PdfWriter([sheet], atlas.studio.faces).pages([sheet])


def villages(atlas: Made, seam_mm: float | None) -> Layer:
    """Return all villages of the main map in one colour, with or without what closes seams."""
    layer = belu.layers(atlas.sheets[0], "villages")[0]
    stroke = Stroke(FILL, seam_mm) if seam_mm else None
    marks = (i for i in layer.items if isinstance(i, Mark))
    items: tuple[Item, ...] = tuple(replace(i, fill=FILL, stroke=stroke) for i in marks)
    return replace(layer, items=items)


@cache
def inside(atlas: Made, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Return the pixels of a picture that lie wholly in the district."""
    layer, sheet = belu.layers(atlas.sheets[0], "villages")[0], atlas.sheets[0]
    union = shapely.union_all(list(belu.areas(layer).values()))
    # Slits between simplified neighbours belong to the district; its lakes are wider than this.
    closed = shapely.buffer(shapely.buffer(union, 0.03), -0.03)
    inner = shapely.buffer(closed, -1.5 * sheet.width_mm / shape[1])
    shapely.prepare(inner)
    rows, columns = np.indices(shape)
    x = (columns + 0.5) / shape[1] * sheet.width_mm
    y = (1 - (rows + 0.5) / shape[0]) * sheet.height_mm
    found: NDArray[np.bool_] = shapely.contains_xy(inner, x, y)
    return found


def lighter(atlas: Made, image: Image.Image) -> NDArray[np.int64]:
    """Return by how many steps of 255 each pixel inside the district is lighter than the fill."""
    drawn = pixels(image)
    base = np.array(list(bytes.fromhex(FILL[1:])))
    found: NDArray[np.int64] = (drawn - base).max(axis=2)[inside(atlas, drawn.shape[:2])]
    return found


@pytest.mark.parametrize("viewer", EVERY)
@pytest.mark.parametrize("dpi", SCREEN_DPI)
def test_no_white_seam_lies_between_villages(
    atlas: Made, tmp_path: Path, viewer: str, dpi: int
) -> None:
    seam = atlas.studio.layout.lines.seam
    image = VIEWERS[viewer](written(atlas, villages(atlas, seam)), dpi, tmp_path)
    found = lighter(atlas, image)
    assert len(found) > 50_000
    assert found.max() <= UNSEEN


def test_without_the_line_below_the_borders_there_would_be_seams(
    atlas: Made, tmp_path: Path
) -> None:
    bare = written(atlas, villages(atlas, None))
    found = lighter(atlas, VIEWERS["pdfium"](bare, 96, tmp_path))
    assert (found > UNSEEN).sum() > 100


def test_what_closes_seams_stays_under_the_border_lines() -> None:
    lines = belu.made().studio.layout.lines
    assert lines.seam < lines.village


# Lines at the size of a screen

FRAME = Box(20, 20, 200, 150)


@pytest.mark.parametrize("viewer", EVERY)
@pytest.mark.parametrize(
    "name", ["graticule", "coast", "neighbour", "village", "kecamatan", "frame"]
)
def test_a_thin_line_does_not_vanish_on_a_screen(tmp_path: Path, viewer: str, name: str) -> None:
    atlas = belu.made()
    lines, colours = atlas.studio.layout.lines, atlas.studio.layout.colours
    shades = {"graticule": colours.graticule, "coast": colours.coast, "frame": colours.ink,
              "neighbour": colours.neighbour_line, "village": colours.village_line,
              "kecamatan": colours.kecamatan_line}  # fmt: skip
    stroke = Stroke(shades[name], getattr(lines, name))
    # Lines at twenty places between the pixels, upright and level.
    upright = [line_shape((25 + n * 8.037, 20), (25 + n * 8.037, 95)) for n in range(20)]
    level = [line_shape((20, 100 + n * 3.019), (200, 100 + n * 3.019)) for n in range(20)]
    layer = Layer("lines", tuple(Mark(s, stroke=stroke) for s in (*upright, *level)))
    drawn = pixels(VIEWERS[viewer](written(atlas, layer), 96, tmp_path))
    per_mm, height = 96 / 25.4, atlas.sheets[0].height_mm
    dark = WHITE - drawn.min(axis=2)
    ink = WHITE - min(bytes.fromhex(shades[name][1:]))
    for n in range(20):
        column = round((25 + n * 8.037) * per_mm)
        row = round((height - 100 - n * 3.019) * per_mm)
        across = dark[int((height - 60) * per_mm), column - 2 : column + 3]
        down = dark[row - 2 : row + 3, int(150 * per_mm)]
        assert across.max() > 0.15 * ink, (name, n)
        assert down.max() > 0.15 * ink, (name, n)
        assert across.max() > 12
        assert down.max() > 12


# Hatching


@pytest.mark.parametrize("viewer", EVERY[1:])
@pytest.mark.parametrize("n", [0, 6])
def test_hatches_are_as_dark_in_every_viewer_as_in_the_picture(
    tmp_path: Path, viewer: str, n: int
) -> None:
    atlas = belu.made()
    name = belu.STEMS[n]
    with Image.open(_stored(tmp_path, atlas, f"{name}.png")) as picture:
        ours = pixels(picture)
    theirs = pixels(VIEWERS[viewer](atlas.files[f"{name}.pdf"], 300, tmp_path))
    height, width = (min(a, b) for a, b in zip(ours.shape[:2], theirs.shape[:2], strict=True))
    ours, theirs = ours[:height, :width], theirs[:height, :width]
    hatched = _hatched(atlas, n)
    assert hatched
    for box in hatched:
        left, right = (round(x * 300 / 25.4) for x in (box.left, box.right))
        top, bottom = (round((209.97 - y) * 300 / 25.4) for y in (box.top, box.bottom))
        means = [part[top:bottom, left:right].mean(axis=(0, 1)) for part in (ours, theirs)]
        assert means[0] == pytest.approx(means[1], abs=4)


def _stored(folder: Path, atlas: Made, name: str) -> Path:
    file = folder / name
    file.write_bytes(atlas.files[name])
    return file


def _hatched(atlas: Made, n: int) -> list[Box]:
    """Return a square inside each village of class 1-3 that no name and no border touches."""
    one, sheet = atlas.maps[n], atlas.sheets[n]
    layer = belu.layers(sheet, "villages")[0]
    names = belu.layers(sheet, "names")[0]
    drawn: list[Any] = [t.paper(atlas.studio) for face in ("regular", "bold")
                        for t in belu.labels(names, face)]  # fmt: skip
    drawn += [belu.lines(m) for m in names.items if isinstance(m, Mark)]
    covered = shapely.buffer(shapely.union_all(drawn), 0.8)
    boxes = []
    for code, area in belu.areas(layer).items():
        free = shapely.difference(area, covered)
        if one.priorities[code] in (1, 2, 3) and not shapely.is_empty(free):
            circle = shapely.get_coordinates(shapely.maximum_inscribed_circle(free))
            (x, y), reach = circle[0], float(np.hypot(*(circle[1] - circle[0]))) * 0.7
            if reach > 2:
                boxes.append(Box(float(x) - reach, float(y) - reach, 2 * reach, 2 * reach))
    return boxes
