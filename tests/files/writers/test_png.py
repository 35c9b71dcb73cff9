"""The pictures: size, resolution, exact colours, each village in the colour of its class."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import pikepdf
import pypdfium2
import pytest
import shapely
from numpy.typing import NDArray
from PIL import Image

from fsva.drawing.paper.scene import Layer, Mark
from fsva.files.writers import on_request, png
from tests.places import belu
from tests.places.belu import Made

DPI = 300
PIXELS = (3508, 2480)
PX_PER_MM = DPI / 25.4
SEVEN = range(7)


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


def picture(atlas: Made, n: int) -> Image.Image:
    return Image.open(io.BytesIO(atlas.files[f"{belu.STEMS[n]}.png"]))


@cache
def pixels(atlas: Made, n: int) -> NDArray[np.uint8]:
    """Return the numbers of the palette's colours, shape (rows, columns)."""
    return np.asarray(picture(atlas, n))


@cache
def class_numbers(atlas: Made, n: int) -> list[int]:
    """Return the palette's number of each class colour, which must be in it exactly."""
    flat = picture(atlas, n).getpalette() or []
    entries = [tuple(flat[i : i + 3]) for i in range(0, len(flat), 3)]
    return [entries.index(rgb(colour)) for colour in belu.COLOURS]


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


@pytest.mark.parametrize("n", SEVEN)
def test_a_picture_is_an_a4_sheet_at_300_dpi_with_a_palette(atlas: Made, n: int) -> None:
    image = picture(atlas, n)
    assert image.format == "PNG"
    assert image.size == PIXELS
    assert image.info["dpi"] == pytest.approx((DPI, DPI), abs=0.02)
    assert image.mode == "P"
    # Time and program are the words that PNG writers like to leave behind.
    assert set(image.info) == {"dpi", "srgb", "Title", "Author", "Description", "Edition", "Source"}


@pytest.mark.parametrize("n", SEVEN)
def test_a_picture_says_what_it_is(atlas: Made, n: int) -> None:
    said = picture(atlas, n).info
    sheet, one = atlas.sheets[n], atlas.maps[n]
    # The real layer is not that of the edition: its source is not told, so its maps are drafts.
    head = "DRAF - " if atlas.studio.draft else ""
    assert said["Title"] == f"{head}{one.title} - {one.subtitle}"
    assert said["Author"] == "Dinas Pertanian dan Ketahanan Pangan Kabupaten Belu"
    assert said["Description"] == sheet.in_words["map"]
    assert said["Edition"] == "Edisi 25 November 2021."
    assert said["Source"] == " ".join(one.sources)
    assert said["srgb"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("n", SEVEN)
def test_a_picture_takes_a_third_of_a_full_colour_file(atlas: Made, n: int) -> None:
    with pypdfium2.PdfDocument(atlas.files[f"{belu.STEMS[n]}.pdf"]) as pdf:
        drawn = pdf[0].render(scale=DPI / 72).to_pil()
    naive = io.BytesIO()
    drawn.save(naive, "PNG")
    assert len(atlas.files[f"{belu.STEMS[n]}.png"]) < len(naive.getvalue()) / 3


@pytest.mark.parametrize("n", SEVEN)
def test_the_classes_that_occur_have_their_exact_colours(atlas: Made, n: int) -> None:
    assert [count > 300 for count in _seen(atlas, n)] == [count > 0 for count in belu.COUNTS[n]]


@pytest.mark.parametrize("n", SEVEN)
def test_the_share_of_each_colour_is_the_share_of_the_area(atlas: Made, n: int) -> None:
    classes = {r["kode_kemendagri"]: int(r[f"{belu.IDS[n]}_kelas"]) for r in atlas.rows()}
    areas = np.zeros(6)
    for villages, _ in belu.panels(atlas.sheets[n]):
        lines = belu.hatched(atlas.sheets[n], villages)
        shapely.prepare(lines)
        for code, paper in belu.areas(villages).items():
            areas[classes[code] - 1] += shapely.area(shapely.difference(paper, lines))
    seen = _seen(atlas, n)
    # Borders, names and halos cover a part of every colour, of small villages a larger one.
    assert seen / seen.sum() == pytest.approx(areas / areas.sum(), abs=0.025)


def _seen(atlas: Made, n: int) -> NDArray[np.int64]:
    """Return how many pixels of the map's frame have the colour of each class."""
    box = atlas.box("map")
    left, right = (round(x * PX_PER_MM) for x in (box.left, box.right))
    top, bottom = (PIXELS[1] - round(y * PX_PER_MM) for y in (box.top, box.bottom))
    counts = np.bincount(pixels(atlas, n)[top:bottom, left:right].ravel(), minlength=256)
    return counts[class_numbers(atlas, n)]


@pytest.mark.slow
@pytest.mark.parametrize("n", SEVEN)
def test_each_village_has_the_colour_of_its_class_where_nothing_covers_it(
    atlas: Made, n: int
) -> None:
    classes = {r["kode_kemendagri"]: int(r[f"{belu.IDS[n]}_kelas"]) for r in atlas.rows()}
    seen = set()
    for code, x, y in bare_points(atlas, n):
        row, column = PIXELS[1] - 1 - int(y * PX_PER_MM), int(x * PX_PER_MM)
        found = class_numbers(atlas, n).index(pixels(atlas, n)[row, column]) + 1
        assert found == classes[code], code
        seen.add(code)
    assert len(seen) == 81


@cache
def bare_points(atlas: Made, n: int) -> list[tuple[str, float, float]]:
    """Return a point of every village on each panel that no border, name or hatch covers."""
    points = []
    for villages, names in belu.panels(atlas.sheets[n]):
        hatched = belu.hatched(atlas.sheets[n], villages)
        covered = shapely.union(_covered(atlas, names), hatched)
        for code, area in belu.areas(villages).items():
            bare = shapely.difference(area, covered)
            if shapely.area(bare) > 0.3:
                spot = max(shapely.get_parts(bare), key=shapely.area)
                centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(spot))[0]
                points.append((code, *centre.tolist()))
    return points


def _covered(atlas: Made, names: Layer) -> shapely.Geometry:
    """Return the paper under borders, names, key and inset, with a little room around."""
    labels = [*belu.labels(names, "regular"), *belu.labels(names, "bold")]
    paper = [shapely.buffer(label.paper(atlas.studio), 0.6) for label in labels]
    for mark in (item for item in names.items if isinstance(item, Mark)):
        paper.append(shapely.buffer(belu.lines(mark), 0.5))
    if names.name == "names":
        frames = belu.layers(atlas.sheets[0], "inset names")
        paper += [frame.clip.polygon() for frame in frames if frame.clip]
    return shapely.union_all(paper)


# The palette


def test_palette_keeps_given_colours_and_stays_small() -> None:
    colours = png.palette([*belu.COLOURS, "#FFFFFF", "#DDEBF3"]).getpalette() or []
    entries = [tuple(colours[i : i + 3]) for i in range(0, len(colours), 3)]
    assert {rgb(c) for c in (*belu.COLOURS, "#FFFFFF", "#DDEBF3")} <= set(entries)
    assert len(entries) <= 256


def test_palette_of_many_colours_is_cut_to_what_a_picture_can_hold() -> None:
    many = [f"#{n:02X}{n:02X}80" for n in range(0, 256, 2)]
    entries = png.palette(many).getpalette() or []
    assert len(entries) // 3 <= 256


@pytest.mark.parametrize("colour", [*belu.COLOURS, "#FFFFFF", "#1A1A1A"])
def test_packing_a_picture_keeps_a_colour_exactly(colour: str) -> None:
    how = png.Print(png.palette([*belu.COLOURS, "#1A1A1A"]), 150)
    pixels = np.full((4, 4, 3), rgb(colour), dtype=np.uint8)
    packed = png.encode(png.reduced(pixels, how.colours), how, {})
    read = Image.open(io.BytesIO(packed))
    assert read.convert("RGB").getpixel((2, 2)) == rgb(colour)
    assert read.info["dpi"] == pytest.approx((150, 150), abs=0.02)


def test_a_picture_of_many_strips_is_reduced_as_one() -> None:
    colours = png.palette([*belu.COLOURS, "#1A1A1A"])
    pixels = np.random.default_rng(7).integers(0, 256, (1103, 5, 3), dtype=np.uint8)
    whole = Image.fromarray(pixels).quantize(palette=colours, dither=Image.Dither.NONE)
    reduced = png.reduced(pixels, colours)
    assert np.array_equal(reduced.pixels, np.asarray(whole))


def _page(points: tuple[int, int], *drawn: bytes) -> bytes:
    with pikepdf.new() as pdf:
        for content in drawn:
            page = pdf.add_blank_page(page_size=points)
            page.Contents = pdf.make_stream(content)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def test_pictures_of_any_size_are_drawn_in_the_same_memory() -> None:
    colours = png.palette([*belu.COLOURS, "#1A1A1A"])
    reds = [f"1 0 0 rg {n} 0 3 3 re f".encode() for n in range(5)]
    painter = png.Painter(colours, (20, 20))
    for points in ((20, 10), (50, 40), (10, 10)):
        below, above = _page(points, b"0 0 1 rg 4 4 2 2 re f"), _page(points, *reds)
        drawn = [list(p.pictures(p.ground(below, 72), above, [{}] * 5))
                 for p in (painter, png.Painter(colours))]  # fmt: skip
        assert drawn[0] == drawn[1]
        assert len(set(drawn[0])) == 5
        assert {Image.open(io.BytesIO(one)).size for one in drawn[0]} == {points}


def test_a_webp_picture_has_the_pixels_of_its_png() -> None:
    painted = {"peta-7-komposit": belu.made().files[f"{belu.STEMS[6]}.png"]}
    assert on_request.pictures(("svg",), painted) == {}
    made = on_request.pictures(("webp",), painted)["peta-7-komposit.webp"]
    assert made == on_request.pictures(("webp",), painted)["peta-7-komposit.webp"]
    with Image.open(io.BytesIO(made)) as webp, Image.open(io.BytesIO(*painted.values())) as drawn:
        assert webp.format == "WEBP"
        assert np.array_equal(np.asarray(webp), np.asarray(drawn.convert("RGB")))
    assert len(made) < len(painted["peta-7-komposit"])
