"""A chart says what its map's legend says: the same counts, names, ranges and colours."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.styles import chart_layouts
from fsva.drawing.elements import draft_strip
from fsva.drawing.paper.scene import Mark, Sheet, Text
from fsva.drawing.paper.text_boxes import text_box
from fsva.drawing.sheets import chart
from fsva.words.draft import Draft
from fsva.words.specification import LegendRow
from tests.places import belu
from tests.places.small import ROOT

PLATE = chart_layouts.chart(ROOT / "styles" / "grafik.toml")
PRINTED = {
    # Tabel 2.1, 2.8, 3.2, 5.1; 4.1 and 4.2 with the shares that their counts give.
    "lahan": ("14,81", "14,81", "20,99", "19,75", "14,81", "14,81"),
    "sarana": ("1,23", "4,94", "27,16", "25,93", "30,86", "9,88"),
    "tidak_sejahtera": ("1,23", "0,00", "1,23", "7,41", "40,74", "49,38"),
    "akses": ("1,23", "0,00", "7,41", "91,36", "0,00", "0,00"),
    "air_bersih": ("16,05", "13,58", "19,75", "20,99", "16,05", "13,58"),
    "nakes": ("33,33", "16,05", "13,58", "19,75", "16,05", "1,23"),
    "komposit": ("0,00", "4,94", "20,99", "27,16", "34,57", "12,35"),
}


@cache
def drawn(position: int) -> Sheet:
    made = belu.made()
    return chart.sheet(made.studio, PLATE, made.maps[position])


@pytest.mark.parametrize("position", range(7))
def test_counts_and_percents_are_those_of_the_report(position: int) -> None:
    one, said = belu.made().maps[position], [t.text for t in drawn(position).texts()]
    percents = [word.strip("()%") for word in said if word.endswith("%)")]
    assert tuple(percents) == PRINTED[one.measure_id]
    counts = [int(word) for word in said if word.isdigit()]
    assert tuple(counts) == belu.COUNTS[position]


@pytest.mark.parametrize("position", range(7))
def test_bars_carry_the_colours_of_the_map_in_the_length_of_their_counts(position: int) -> None:
    layers = {layer.name: layer for layer in drawn(position).layers}
    fills = [i for i in layers["bars"].items if isinstance(i, Mark) and i.fill]
    counts = belu.COUNTS[position]
    shown = [(c, n) for c, n in zip(belu.COLOURS, counts, strict=True) if n]
    assert [fill.fill for fill in fills] == [colour for colour, _ in shown]
    lengths = [fill.shape.parts[0][:, 0].max() - PLATE.boxes.box("bars").left for fill in fills]
    per_village = PLATE.boxes.box("bars").width / max(counts)
    assert lengths == pytest.approx([n * per_village for _, n in shown])


@pytest.mark.parametrize("position", range(7))
def test_words_keep_apart_and_on_the_paper(position: int) -> None:
    faces = belu.made().studio.faces
    boxes = [text_box(text, faces) for text in drawn(position).texts()]
    for n, box in enumerate(boxes):
        assert box.left >= 2
        assert box.right <= PLATE.width - 2
        assert box.bottom >= 1
        assert box.top <= PLATE.height - 1
        assert not any(box.overlaps(other) for other in boxes[n + 1 :])


@pytest.mark.parametrize("position", range(7))
def test_small_print_can_be_read(position: int) -> None:
    assert min(text.size_pt for text in drawn(position).texts()) >= 6


def test_charts_are_files_of_the_atlas_with_words_for_the_blind() -> None:
    files = belu.made().files
    names = [stem.replace("peta", "grafik", 1) for stem in belu.STEMS]
    assert {f"{n}.{ending}" for n in names for ending in ("pdf", "png")} <= set(files)
    assert (
        "3 Rentan pangan rendah, di atas 44,84 sampai 52,50 (skor 0-100): 17 (20,99%)"
        in (drawn(6).in_words["map"])
    )


@pytest.mark.parametrize("position", range(7))
def test_a_chart_is_told_apart_from_its_map(position: int) -> None:
    made = belu.made()
    said, one = drawn(position).in_words["map"], made.maps[position]
    assert said.startswith(f"Grafik batang {one.name}: ")
    assert said != made.sheets[position].in_words["map"]
    for count, percent in zip(belu.COUNTS[position], PRINTED[one.measure_id], strict=True):
        assert f": {count} ({percent}%)" in said


def test_english_charts_have_no_indonesian_word() -> None:
    made = belu.made("en")
    said = [t.text for t in chart.sheet(made.studio, PLATE, made.maps[0]).texts()]
    assert said[0] == made.maps[0].name
    assert "(14.81%)" in said
    assert not [word for word in said if "desa" in word.lower() or "jumlah" in word.lower()]


@given(st.lists(st.integers(0, 99), min_size=6, max_size=6), st.integers(0, 99))
def test_percents_are_of_villages_with_a_class(counts: list[int], missing: int) -> None:
    rows = [LegendRow(n, "#000000", "", "", c) for n, c in enumerate([missing, *counts])]
    first, *others = chart.bars(rows)
    assert first.percent is None
    known = [bar.percent for bar in others if bar.percent is not None]
    assert len(known) == (6 if sum(counts) else 0)
    assert sum(known) == pytest.approx(100 if sum(counts) else 0, abs=0.06)
    assert max(bar.share for bar in (first, *others)) == (1 if sum(counts) + missing else 0)


def test_a_chart_belongs_to_its_map() -> None:
    one = belu.made().maps[0]
    assert drawn(0).title.startswith(one.name)


@pytest.mark.parametrize("position", range(7))
def test_a_chart_has_the_name_of_its_map_and_no_number(position: int) -> None:
    title = drawn(position).texts()[0].text
    assert belu.TITLES[position].endswith(f". {title}")
    assert "Grafik" not in " ".join(text.text for text in drawn(position).texts())


def test_ranges_have_their_unit_and_categories_none() -> None:
    one, said = belu.made().maps[6], [text.text for text in drawn(6).texts()]
    assert sum(word.endswith(f" ({one.unit})") for word in said) == 6
    assert not any(belu.made().maps[3].unit in text.text for text in drawn(3).texts())


def test_digits_of_a_column_end_at_one_line() -> None:
    ends = {text.x for text in drawn(6).texts() if text.text.isdigit()}
    shares = {text.x for text in drawn(6).texts() if text.text.startswith("(")}
    assert len(ends) == len(shares) == 1
    assert max(ends) < min(shares)


def test_the_title_of_a_draft_keeps_off_its_strip() -> None:
    made = belu.made()
    draft = Draft(("tanggal edisi",), (), made.studio.texts)
    sheet = chart.sheet(replace(made.studio, draft=draft), PLATE, made.maps[0])
    strip = next(layer for layer in sheet.layers if layer.name == draft_strip.NAME)
    ground = next(item for item in strip.items if isinstance(item, Mark)).shape.parts[0][:, 1]
    head = next(layer for layer in sheet.layers if layer.name == "head")
    boxes = [text_box(t, made.studio.faces) for t in head.items if isinstance(t, Text)]
    assert ground.max() == pytest.approx(PLATE.height)
    assert ground.min() - max(box.top for box in boxes) >= 1.5
    said = next(text_box(t, made.studio.faces) for t in strip.items if isinstance(t, Text))
    assert ground.min() < said.bottom < said.top < PLATE.height
    assert min(box.bottom for box in boxes) > PLATE.boxes.box("bars").top
