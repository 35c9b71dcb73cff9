"""Layout and theme are data: the shipped ones, and what a file may not say."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from fsva.config.styles import layout
from fsva.config.styles.layout import Boxes
from fsva.core.box import Box
from fsva.core.errors import StyleError
from tests.places.small import ROOT, THEME

FILE = ROOT / "styles" / "layouts" / "a4-mendatar.toml"
A4_MM = (297, 210)


def test_the_shipped_layout_is_a4_landscape_at_300_dpi() -> None:
    shipped = layout.load(FILE, THEME)
    assert (shipped.width, shipped.height) == pytest.approx(A4_MM, abs=0.05)
    pixels = [mm / 25.4 * shipped.dpi for mm in (shipped.width, shipped.height)]
    assert [round(p) for p in pixels] == [3508, 2480]


def test_lines_are_thinner_where_villages_are_small_and_keep_their_order() -> None:
    shipped = layout.load(FILE, THEME)
    fit = [shipped.for_villages(side).lines for side in (40.0, 16.0, 8.0, 3.0, 0.0)]
    assert fit[0] == fit[1] == shipped.lines
    assert [lines.village for lines in fit] == [0.26, 0.26, 0.13, 0.07, 0.07]
    assert fit[2].kecamatan == pytest.approx(shipped.lines.kecamatan * 0.5**0.5, abs=5e-4)
    for lines in fit:
        assert lines.seam <= lines.village < lines.kecamatan < lines.kabupaten
    assert fit[2].dashes == tuple(round(d * 0.5**0.5, 2) for d in shipped.lines.dashes)


def test_lines_have_the_official_widths_and_texts_can_be_read() -> None:
    shipped = layout.load(FILE, THEME)
    lines = shipped.lines
    assert lines.village == 0.26
    assert lines.kecamatan + 2 * lines.casing == pytest.approx(0.7, abs=0.02)
    sizes = [s for value in shipped.type.model_dump().values() for s in
             (value if isinstance(value, tuple) else (value,))]  # fmt: skip
    assert min(sizes) >= 6


def test_boxes_do_not_overlap_and_lie_in_the_frame() -> None:
    shipped = layout.load(FILE, THEME)
    boxes = {name: shipped.boxes.box(name) for name in Boxes.model_fields}
    frame = boxes.pop("frame")
    assert frame.overlaps(Box(0, 0, *A4_MM))
    for name, box in boxes.items():
        assert frame.left <= box.left, name
        assert box.right <= frame.right, name
        assert frame.bottom <= box.bottom, name
        assert box.top <= frame.top, name
    assert [(a, b) for a, b in combinations(boxes, 2) if boxes[a].overlaps(boxes[b])] == []


@pytest.mark.parametrize(
    ("source", "old", "new", "key", "column"),
    [
        (FILE, "lebar = 297.0", "lebar = -1", "skema_batas", "lebar"),
        (FILE, "dpi = 300", "dpi = 30", "skema_batas", "dpi"),
        (FILE, "penyebut = [", "penyebut = [10000000000000, ", "skema_batas", "peta.penyebut.1"),
        (FILE, "catatan = 6.0", "catatan = 5.9", "skema_batas", "huruf.catatan"),
        (THEME, 'laut = "#DDEBF3"', 'laut = "biru"', "skema_pola", "warna.laut"),
        (FILE, "judul = 15", "jdul = 15", "skema_tak_dikenal", "huruf.jdul"),
        (THEME, "pantai = 0.15\n", "", "skema_kurang", "garis.pantai"),
        (FILE, "peta = [12.5, 12.5, 196.5, 168.5]", "peta = [12.5, 12.5, 296.5, 168.5]",
         "skema_mustahil", None),
        (FILE, "peta = [12.5, 12.5, 196.5, 168.5]", "peta = [12.5, 12.5, 196.5]", "skema_daftar",
         "kotak.peta.4"),
    ],
)  # fmt: skip
def test_impossible_layouts_are_refused_with_file_and_key(
    tmp_path: Path, source: Path, old: str, new: str, key: str, column: str | None
) -> None:
    text = source.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "tata.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StyleError) as caught:
        layout.load(*(file if source == given else given for given in (FILE, THEME)))
    assert caught.value.key == key
    assert caught.value.places[0].file == file
    if column is not None:
        assert caught.value.places[0].column == column
        assert caught.value.places[0].row is not None


@pytest.mark.parametrize("name", ["a4-mendatar", "a4-tegak", "a3-mendatar", "a3-tegak", "salindia"])
def test_a_layout_of_an_office_without_logo_has_room_in_its_title(
    tmp_path: Path, name: str
) -> None:
    text = (ROOT / "styles" / "layouts" / f"{name}.toml").read_text(encoding="utf-8")
    start = text.index("[logo]")
    file = tmp_path / f"{name}.toml"
    file.write_text(text[:start] + text[text.index("\n[", start) :], encoding="utf-8")
    made = layout.load(file, THEME)
    shipped = layout.load(ROOT / "styles" / "layouts" / f"{name}.toml", THEME)
    assert made.logo.height == pytest.approx(shipped.logo.height, abs=0.7)
    assert made.logo.width == pytest.approx(shipped.logo.width, rel=0.3)
    title = made.boxes.box("title")
    assert made.logo.height + 2 * made.logo.gap <= title.height + 1e-9
