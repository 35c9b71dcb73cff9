"""Coat of arms and logo of an office: read or refused by name, placed beside the title."""

from __future__ import annotations

import base64
import io
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from fsva.config.editions import edition
from fsva.config.styles import layout
from fsva.core import bounds, texts
from fsva.core.box import Box
from fsva.core.errors import SourceError, StyleError
from fsva.drawing.elements import furniture, title, title_logos
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Picture, Sheet, Text
from fsva.drawing.paper.text_boxes import text_box
from fsva.drawing.sheets import sheet
from fsva.files.writers import svg
from fsva.runs import production, run_order
from fsva.sources.ground.logos import Logo, Logos, read
from tests.places import belu, contoh, small

GREEN, GOLD = (0, 122, 61), (250, 210, 40)
ROOM = (30.0, 12.6)
LAYOUTS = sorted(file.stem for file in (small.ROOT / "styles" / "layouts").glob("*.toml"))


def shield(size: tuple[int, int] = (90, 110)) -> Image.Image:
    """Return a picture with a see-through edge, a half see-through ring and two colours."""
    drawn = Image.new("RGBA", size, (0, 0, 0, 0))
    width, height = size
    drawn.paste((*GREEN, 128), (5, 5, width - 5, height - 5))
    drawn.paste((*GREEN, 255), (10, 10, width - 10, height - 10))
    drawn.paste((*GOLD, 255), (width // 3, height // 3, width // 2, height // 2))
    return drawn


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    target = io.BytesIO()
    picture.save(target, kind)
    return target.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG file that says it has very many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


# Reading


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_pictures_of_any_usual_kind_are_read(tmp_path: Path, mode: str) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(saved(shield().convert(mode)))
    found = read(file, ROOM)
    assert found.pixels.shape == (110, 90, 4)
    assert (found.pixels[..., 3] < 255).any() == (mode in ("LA", "P", "RGBA"))
    assert found.pixels.dtype == np.uint8


def test_a_palette_may_have_a_see_through_colour_and_a_jpeg_may_lie_on_its_side(
    tmp_path: Path,
) -> None:
    file = tmp_path / "logo"
    plain = Image.new("P", (4, 2))
    plain.putpalette([255, 255, 255, 0, 122, 61])
    plain.putpixel((0, 0), 1)
    plain.save(file, "PNG", transparency=0)
    pixels = read(file, ROOM).pixels
    assert pixels[0, 0].tolist() == [*GREEN, 255]
    assert pixels[1, 3].tolist() == [255, 255, 255, 0]
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (40, 20), "red").save(file, "JPEG", exif=turned)
    assert read(file, ROOM).pixels.shape == (40, 20, 4)


def test_what_paper_cannot_show_is_left_out_and_the_proportion_kept(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(saved(shield((1800, 2200))))
    rows, columns, _ = read(file, ROOM).pixels.shape
    assert rows == int(np.ceil(ROOM[1] / 25.4 * 600))
    assert columns == pytest.approx(rows * 1800 / 2200, abs=0.5)


def test_the_colours_of_large_areas_are_kept_exactly(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(saved(shield()))
    found = read(file, ROOM).colours
    assert {"#007A3D", "#FAD228", "#FFFFFF"} <= set(found)
    assert len(found) <= 24


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a picture of another kind": ("logo_jenis", lambda: saved(shield().convert("P"), "GIF")),
    "no picture": ("logo_jenis", lambda: b"<svg onload='x'/>" * 9),
    "nothing": ("logo_jenis", lambda: b""),
    "cut short": ("logo_rusak", lambda: saved(shield())[:-60]),
    "cut in its head": ("logo_rusak", lambda: saved(shield())[:20]),
    "a JPEG cut short": ("logo_rusak", lambda: saved(shield().convert("RGB"), "JPEG")[:-200]),
    "changed on the way": (
        "logo_rusak", lambda: saved(shield()).replace(b"IDAT", b"IDAT\x00\x01", 1)
    ),
    "more pixels than it holds": ("logo_rusak", lambda: bomb(4000, 4000)),
    "very many pixels": ("logo_piksel", lambda: bomb(10_000, 6_000)),
    "one endless row of pixels": ("logo_piksel", lambda: bomb(40_000_000, 1)),
    "absurdly many pixels": ("logo_piksel", lambda: bomb(60_000, 60_000)),
    "too many bytes": ("logo_ukuran", lambda: bytes(bounds.load().picture.most_bytes + 1)),
    "for the press": ("logo_warna", lambda: saved(Image.new("CMYK", (9, 9)), "JPEG")),
    "sixteen bits": ("logo_warna", lambda: saved(Image.new("I;16", (9, 9)))),
    "nothing to see": ("logo_tak_tampak", lambda: saved(Image.new("RGBA", (9, 9)))),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_files_that_cannot_be_used_are_refused_by_name(tmp_path: Path, case: str) -> None:
    key, content = HOSTILE[case]
    file = tmp_path / "logo.png"
    file.write_bytes(content())
    with pytest.raises(SourceError) as caught:
        read(file, ROOM)
    assert (caught.value.key, caught.value.places[0].file) == (key, file)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for file, key in ((tmp_path / "tiada.png", "berkas_hilang"), (tmp_path, "bukan_berkas")):
        with pytest.raises(SourceError) as caught:
            read(file, ROOM)
        assert (caught.value.key, caught.value.places[0].file) == (key, file)


# Placing


def picture(columns: int, rows: int) -> Logo:
    return Logo(np.full((rows, columns, 4), 255, dtype=np.uint8), ())


WIDE, HIGH = picture(400, 50), picture(60, 90)
GIVEN = {"both": Logos(HIGH, WIDE), "crest": Logos(crest=HIGH), "office": Logos(office=WIDE)}


def studio_with(form: str, given: Logos) -> Studio:
    styles = small.ROOT / "styles"
    one = layout.load(styles / "layouts" / f"{form}.toml", styles / "gaya" / "standar.toml")
    return replace(belu.made().studio, layout=one, logos=given)


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("form", LAYOUTS)
def test_logos_stand_in_the_frame_and_words_keep_clear_of_them(form: str, given: str) -> None:
    studio = studio_with(form, GIVEN[given])
    frame, rules = studio.layout.boxes.box("title"), studio.layout.logo
    for one in belu.made().maps:
        items = furniture.heading(studio, one).items
        pictures = [item for item in items if isinstance(item, Picture)]
        words = [item for item in items if isinstance(item, Text)]
        assert len(pictures) == 1 + (given == "both")
        for drawn in pictures:
            rows, columns, _ = drawn.pixels.shape
            assert drawn.box.width / drawn.box.height == pytest.approx(columns / rows)
            assert drawn.box.width <= rules.width + 1e-9
            assert drawn.box.height <= rules.height + 1e-9
            inner = frame.inset(rules.gap - 1e-6).polygon()
            assert inner.contains(drawn.box.polygon())
            around = drawn.box.inset(-rules.gap + 1e-6)
            assert not any(text_box(text, studio.faces).overlaps(around) for text in words)
        boxes = [text_box(text, studio.faces) for text in words]
        assert all(frame.polygon().contains(box.polygon()) for box in boxes)
        assert all(text.x == pytest.approx(frame.centre[0]) for text in words)
        assert min(text.size_pt for text in words) >= layout.SMALLEST_TYPE_PT


def test_without_logos_the_title_is_what_it_was() -> None:
    studio, one = belu.made().studio, belu.made().maps[0]
    box = studio.layout.boxes.box("title")
    bare = title.draw(box, one.title, one.subtitle, studio.layout, studio.faces)
    assert list(furniture.heading(studio, one).items) == bare
    with pikepdf.open(io.BytesIO(belu.made().files["atlas.pdf"])) as pdf:
        assert "/XObject" not in pdf.pages[0].Resources


def test_a_low_frame_makes_logos_smaller() -> None:
    rules = studio_with("a4-mendatar", Logos()).layout.logo
    assert title_logos.size(HIGH, Box(0, 0, 100, 8), rules)[1] == pytest.approx(8 - 2 * rules.gap)


def test_a_layout_whose_logos_leave_no_room_for_words_is_refused(tmp_path: Path) -> None:
    styles = small.ROOT / "styles"
    text = (styles / "layouts" / "a4-mendatar.toml").read_text(encoding="utf-8")
    for other in (text.replace("lebar = 30.0", "lebar = 90.0"),
                  text.replace("tinggi = 12.6", "tinggi = 14.0")):  # fmt: skip
        assert other != text
        (tmp_path / "lain.toml").write_text(other, encoding="utf-8")
        with pytest.raises(StyleError):
            layout.load(tmp_path / "lain.toml", styles / "gaya" / "standar.toml")


# In the files


def order_of(folder: Path) -> run_order.Order:
    return run_order.place(edition.load(folder), None, texts.load("id"))


def made_of(folder: Path) -> tuple[Sheet, dict[str, bytes], Studio]:
    caught: list[tuple[Studio, tuple[Sheet, ...]]] = []
    draw = sheet.sheets
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet, "sheets", lambda *a: caught.append((a[0], draw(*a))) or caught[-1][1])
        files = production.produce(order_of(folder), lambda _: None)
    studio, sheets = caught[0]
    return sheets[-1], files, studio


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = contoh.build(tmp_path_factory.mktemp("logo") / "editions" / "contoh")
    (made / "lambang.png").write_bytes(saved(shield((600, 720))))
    (made / "dinas.jpg").write_bytes(saved(Image.new("RGB", (300, 150), (20, 90, 160)), "JPEG"))
    with (made / "edition.toml").open("a", encoding="utf-8") as file:
        file.write('\n[logo]\ndaerah = "lambang.png"\ninstansi = "dinas.jpg"\n')
    return made


@pytest.fixture(scope="module")
def drawn(folder: Path) -> tuple[Sheet, dict[str, bytes], Studio]:
    return made_of(folder)


Drawn = tuple[Sheet, dict[str, bytes], Studio]


def test_the_pdf_holds_them_as_figures_with_words(drawn: Drawn) -> None:
    one, files, _ = drawn
    assert [p.alt for p in one.pictures()] == ["Lambang Kabupaten Contoh", "Logo Penyusun Contoh"]
    with pikepdf.open(io.BytesIO(files["peta-7-komposit.pdf"])) as pdf:
        images = dict(pdf.pages[0].Resources.XObject.items())
        assert sorted(images) == sorted(f"/{p.name}" for p in one.pictures())
        masked = [image for image in images.values() if "/SMask" in image]
        assert len(masked) == 1
        assert all("/Interpolate" not in image for image in (*images.values(), masked[0].SMask))
        crest = one.pictures()[0].pixels
        assert masked[0].read_bytes() == crest[..., :3].tobytes()
        assert masked[0].SMask.read_bytes() == crest[..., 3].tobytes()
        (document,) = pdf.Root.StructTreeRoot.K
        parts = list(document.K[0].K)
        assert [str(part.S) for part in parts[:4]] == ["/H1", "/Figure", "/Figure", "/Figure"]
        assert [str(part.Alt) for part in parts[1:3]] == [p.alt for p in one.pictures()]
        edges = [float(edge) * 25.4 / 72 for edge in parts[1].A.BBox]
        box = one.pictures()[0].box
        assert edges == pytest.approx([box.left, box.bottom, box.right, box.top], abs=0.01)


def pixels_of(data: bytes, box: Box, one: Sheet) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as opened:
        cells = np.asarray(opened.convert("RGB"))
    per_mm = cells.shape[1] / one.width_mm
    rows = [round((one.height_mm - y) * per_mm) for y in (box.top, box.bottom)]
    columns = [round(x * per_mm) for x in (box.left, box.right)]
    return cells[rows[0] : rows[1], columns[0] : columns[1]]


@pytest.mark.slow
def test_the_picture_shows_them_and_class_colours_stay_exact(drawn: Drawn, tmp_path: Path) -> None:
    one, files, studio = drawn
    crest = pixels_of(files["peta-7-komposit.png"], one.pictures()[0].box, one)
    assert (crest == GREEN).all(axis=2).mean() > 0.6
    assert (crest == GOLD).all(axis=2).mean() > 0.01
    _, bare, _ = made_of(contoh.build(tmp_path / "editions" / "contoh"))
    frame = studio.layout.boxes.box("map")
    with_logos, without = (
        pixels_of(found["peta-7-komposit.png"], frame, one) for found in (files, bare)
    )
    seen = 0
    for colour in belu.COLOURS:
        own = tuple(bytes.fromhex(colour[1:]))
        masks = [(cells == own).all(axis=2) for cells in (with_logos, without)]
        assert np.array_equal(*masks)
        seen += masks[0].any()
    assert seen >= 3


def test_the_same_files_give_the_same_bytes_and_are_inputs(folder: Path, drawn: Drawn) -> None:
    _, files, _ = drawn
    assert made_of(folder)[1] == files
    named = json.dumps(json.loads(files["manifest.json"]))
    assert "lambang.png" in named
    assert "dinas.jpg" in named


def test_an_svg_holds_them_with_their_words(drawn: Drawn) -> None:
    one, _, studio = drawn
    shown = replace(one.pictures()[0], alt="Lambang <A&B>")
    layers = (replace(one.layers[0], items=(shown,)),)
    text = svg.write(replace(one, layers=layers), studio.faces, {}).decode("utf-8")
    assert "<title>Lambang &lt;A&amp;B&gt;</title></image>" in text
    data = text.split("data:image/png;base64,")[1].split('"')[0]
    with Image.open(io.BytesIO(base64.b64decode(data))) as opened:
        assert np.array_equal(np.asarray(opened), shown.pixels)


def test_the_summary_map_carries_them_too(drawn: Drawn) -> None:
    _, files, _ = drawn
    with pikepdf.open(io.BytesIO(files["peta-ringkasan.pdf"])) as pdf:
        assert len(pdf.pages[0].Resources.XObject) == 2
