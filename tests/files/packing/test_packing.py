"""Packing: bytes that do not depend on the computer, read back by libraries of others."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib

import numpy as np
import pikepdf
import pytest
from PIL import Image

from fsva.files.packing import archive, deflate_streams, pdf_objects, picture
from fsva.files.packing.picture import PalettePicture, PictureFacts

WORDS = b"".join(b"desa %d; " % (n * n) for n in range(5000))
PACKED = "5e08d149cdb4deb7baecde47c6cb9f2ec9d26839ffa68457dfa32ec7e889ee53"
BARE = "a5a64d0ec731857ac51ff7752a5e76185aa300f7d644aae011a7c28f6ddcd650"


def test_streams_are_those_of_libdeflate_whatever_the_zlib_of_the_system() -> None:
    """Written down from the lock's version: another library, or version, must be seen."""
    assert (
        hashlib.sha256(deflate_streams.packed(WORDS)).hexdigest()
        == "5e08d149cdb4deb7baecde47c6cb9f2ec9d26839ffa68457dfa32ec7e889ee53"
    )
    assert (
        hashlib.sha256(deflate_streams.bare(WORDS)).hexdigest()
        == "a5a64d0ec731857ac51ff7752a5e76185aa300f7d644aae011a7c28f6ddcd650"
    )


def test_streams_are_read_by_zlib() -> None:
    assert zlib.decompress(deflate_streams.packed(WORDS)) == WORDS
    assert zlib.decompress(deflate_streams.bare(WORDS), wbits=-15) == WORDS


def test_a_picture_of_a_palette_is_read_by_pillow() -> None:
    cells = (np.arange(7 * 5, dtype=np.uint8) % 3).reshape(5, 7)
    colours = [255, 0, 0, 0, 128, 0, 1, 2, 3]
    said = PictureFacts(
        300, is_srgb=True, words={"Title": "Peta 1 \u2013 lahan", "Author": "Dinas"}
    )
    drawn = PalettePicture.blank(*cells.shape)
    drawn.pixels[:] = cells
    with Image.open(io.BytesIO(drawn.file(colours, said))) as image:
        image.load()
        assert (image.mode, image.size, image.getpalette()) == ("P", (7, 5), colours)
        assert np.array_equal(np.asarray(image), cells)
        assert image.info["srgb"] == 1
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.02)
        assert image.info["Title"] == "Peta 1 \u2013 lahan"


@pytest.mark.parametrize(("channels", "mode"), [(1, "L"), (2, "LA"), (3, "RGB"), (4, "RGBA")])
def test_a_picture_of_channels_is_read_by_pillow(channels: int, mode: str) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (9, 11, channels), dtype=np.uint8)
    slope = np.add.outer(np.arange(9), np.arange(11)).astype(np.uint8)[..., None]
    for pixels in (noise, np.broadcast_to(slope, noise.shape)):
        with Image.open(io.BytesIO(picture.of_channels(pixels))) as image:
            assert image.mode == mode
            assert np.array_equal(np.asarray(image).reshape(pixels.shape), pixels)


def test_a_smooth_picture_is_packed_better_than_by_pillow() -> None:
    rows, columns = np.mgrid[0:200, 0:300]
    smooth = np.round(127 + 120 * np.sin(rows / 40) * np.cos(columns / 50)).astype(np.uint8)
    target = io.BytesIO()
    Image.fromarray(smooth).save(target, "PNG")
    assert len(picture.of_channels(smooth[..., None])) < 1.1 * len(target.getvalue())


def test_an_archive_is_read_by_python_and_says_nothing_of_the_computer() -> None:
    members = {"a/b.xml": WORDS, "kosong": b"", "désa.txt": b"x"}
    with zipfile.ZipFile(io.BytesIO(archive.archive(members))) as made:
        assert made.testzip() is None
        assert {name: made.read(name) for name in made.namelist()} == members
        assert {one.date_time for one in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(one.create_system, one.external_attr >> 16) for one in made.infolist()} == {
            (3, 0o100644)
        }


def test_an_archive_of_a_library_is_packed_anew_whatever_it_packed_with() -> None:
    made = set()
    for level in (0, 1, 9):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as book:
            book.writestr("b.xml", WORDS)
            book.writestr(zipfile.ZipInfo("a.xml", (2026, 1, level + 1, 0, 0, 0)), b"<a/>")
        made.add(archive.repacked(target.getvalue()))
    assert len(made) == 1
    with zipfile.ZipFile(io.BytesIO(made.pop())) as read:
        assert read.namelist() == ["b.xml", "a.xml"]


def a_pdf(n_objects: int) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for n in range(3):
            pdf.add_blank_page()
            pdf.pages[n].Contents = pdf.make_stream(WORDS)
        pdf.Root.Many = pikepdf.Array(
            [pdf.make_indirect(pikepdf.Dictionary(Number=n)) for n in range(n_objects)]
        )
        pdf.save(
            target, deterministic_id=True, compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )  # fmt: skip
    return target.getvalue()


@pytest.mark.parametrize("n_objects", [0, 1, 99, 1000])
def test_objects_are_packed_and_found_again(n_objects: int) -> None:
    written = a_pdf(n_objects)
    packed = pdf_objects.packed(written)
    assert len(packed) < len(written)
    with pikepdf.open(io.BytesIO(packed)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [int(one.Number) for one in pdf.Root.Many.as_list()] == list(range(n_objects))
        assert [page.Contents.read_bytes() for page in pdf.pages] == [WORDS] * 3
    with pikepdf.open(io.BytesIO(written)) as before, pikepdf.open(io.BytesIO(packed)) as after:
        assert before.trailer.ID == after.trailer.ID


def test_no_stream_of_objects_is_left_to_another_zlib() -> None:
    packed = pdf_objects.packed(a_pdf(1000))
    parts = [part.split(b"\nendstream")[0] for part in packed.split(b"\nstream\n")[1:]]
    heads = [part.rsplit(b" obj\n", 1)[-1] for part in packed.split(b"\nstream\n")[:-1]]
    checked = 0
    for head, part in zip(heads, parts, strict=True):
        if b"/ObjStm" in head or b"/XRef" in head:
            assert deflate_streams.packed(zlib.decompress(part)) == part
            checked += 1
    assert checked > 10


@pytest.mark.parametrize("cut", [b"", b"%PDF-1.7\n"])
def test_what_is_no_pdf_is_refused(cut: bytes) -> None:
    with pytest.raises(ValueError, match="ends with the place of its table"):
        pdf_objects.packed(cut)
