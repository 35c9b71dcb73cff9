"""Layout and theme are data: the shipped ones, and what a file may not say."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from fsva.config.styles import layout
from fsva.config.styles.layout import Boxes, Layout
from fsva.core.box import Box
from fsva.core.errors import StyleError
from tests.places.small import ROOT, THEME

FILE = ROOT / "styles" / "layouts" / "a4-mendatar.toml"
A4_MM = (297, 210)


def test_the_shipped_layout_is_a4_landscape_at_300_dpi() -> None:
    made = layout.load(FILE, THEME)
    assert (made.width, made.height) == pytest.approx(A4_MM, abs=0.05)
    pixels = [mm / 25.4 * made.dpi for mm in (made.width, made.height)]
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


def test_a_layout_of_an_office_without_logo_has_room_in_its_title(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    start = text.index("[logo]")
    file = tmp_path / FILE.name
    file.write_text(text[:start] + text[text.index("\n[", start) :], encoding="utf-8")
    made, shipped = layout.load(file, THEME), layout.load(FILE, THEME)
    assert made.logo.height == pytest.approx(shipped.logo.height, abs=0.7)
    assert made.logo.width == pytest.approx(shipped.logo.width, rel=0.3)
    title = made.boxes.box("title")
    assert made.logo.height + 2 * made.logo.gap <= title.height + 1e-9


def shipped(name: str) -> Layout:
    return layout.load(FILE.with_name(f"{name}.toml"), THEME)


@pytest.mark.parametrize("name", sorted(f.stem for f in FILE.parent.glob("*.toml")))
def test_boxes_of_every_layout_lie_in_the_frame_and_apart(name: str) -> None:
    made = shipped(name)
    boxes = {one: made.boxes.box(one) for one in made.boxes.given}
    frame = boxes.pop("frame").inset(-1e-9)
    assert all(frame.polygon().contains(box.polygon()) for box in boxes.values())
    assert [(a, b) for a, b in combinations(boxes, 2) if boxes[a].overlaps(boxes[b])] == []
    around = boxes["map"].inset(-made.type.coordinate * 0.3528)  # coordinates stand there
    assert frame.polygon().contains(around.polygon())
    assert [a for a, box in boxes.items() if a != "map" and box.overlaps(around)] == []


@pytest.mark.parametrize("way", ["mendatar", "tegak", "lebar"])
def test_a3_is_a4_enlarged_by_the_root_of_two_with_its_letters(way: str) -> None:
    small, large = shipped(f"a4-{way}"), shipped(f"a3-{way}")
    assert (large.width, large.height) == pytest.approx(
        (small.width * 2**0.5, small.height * 2**0.5), abs=0.1
    )
    assert large.boxes.box("legend").width == pytest.approx(
        small.boxes.box("legend").width * 2**0.5, abs=0.01
    )
    for size in ("title", "body", "note", "coordinate", "neighbour"):
        assert getattr(large.type, size) == pytest.approx(
            getattr(small.type, size) * 2**0.5, abs=0.01
        )
    assert large.type.village[0] > small.type.village[0] * 1.3
    assert large.map.denominators == small.map.denominators


def test_nothing_on_a_slide_is_smaller_than_12_points_and_only_kecamatan_are_named() -> None:
    made = shipped("salindia")
    sizes = [s for value in made.type.model_dump().values() for s in
             (value if isinstance(value, tuple) else (value,))]  # fmt: skip
    assert min(sizes) >= 12
    assert made.type.village == ()


@pytest.mark.parametrize("way", ["mendatar", "tegak"])
def test_a_column_is_as_wide_as_the_text_of_a_report_and_names_kecamatan_in_7_points(
    way: str,
) -> None:
    made = shipped(f"kolom-{way}")
    assert made.width == 160
    assert made.height <= 247  # A4 between margins of 25 mm
    assert made.type.village == ()
    assert min(made.type.kecamatan) >= 7
    assert {"locator", "stamp"}.isdisjoint(made.boxes.given)
    legend, plan = made.boxes.box("legend"), made.boxes.box("map")
    assert legend.top < plan.bottom < made.boxes.box("title").bottom


def test_a_new_paper_is_ten_lines(tmp_path: Path) -> None:
    lines = ['turunan = "a4-tegak"', "perbesaran = 2", 'nama = { id = "A2", en = "A2" }',
             "lebar = 420", "tinggi = 594", "[huruf]", "catatan = 9", "kecamatan = 12"]  # fmt: skip
    file = tmp_path / "a2-tegak.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    made, a4 = layout.load(file, THEME), shipped("a4-tegak")
    assert made.boxes.box("map").width == 2 * a4.boxes.box("map").width
    assert (made.type.note, made.type.body) == (9, 2 * a4.type.body)
    assert made.type.kecamatan == (12, pytest.approx(10.2), 6)
    assert (made.furniture, made.map.margin, made.map.tolerance) == (2, 6, a4.map.tolerance)
    assert (made.dpi, made.boxes.given) == (a4.dpi, a4.boxes.given)


@pytest.mark.parametrize(
    ("lines", "key", "row"),
    [
        (['nama = { id = "A", en = "A" }', 'turunan = "a9"'], "gaya_turunan", 2),
        (['turunan = "kantor"'], "gaya_turunan", 1),
        (['turunan = "a4-tegak"', "perbesaran = 0"], "skema_batas", 2),
        (['turunan = "a4-tegak"', 'perbesaran = "besar"'], "skema_bilangan", 2),
        (['turunan = "a4-tegak"', "perbesaran = inf"], "skema_batas", 2),
        (['turunan = "a4-tegak"', "[kotak]", "peta = [9, 9, 9, 9]"], "skema_kurang", None),
    ],
)
def test_a_layout_that_builds_on_nothing_is_refused(
    tmp_path: Path, lines: list[str], key: str, row: int | None
) -> None:
    file = tmp_path / "kantor.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(StyleError) as caught:
        layout.load(file, THEME)
    assert caught.value.key == key
    assert caught.value.places[0].file == file
    if row:
        assert caught.value.places[0].row == row
