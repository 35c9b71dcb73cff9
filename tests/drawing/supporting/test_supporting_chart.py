"""Charts of supporting data: every number has its place, words keep apart and on the paper."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.editions import edition
from fsva.config.styles import chart_layouts, supporting_look
from fsva.core import texts
from fsva.drawing.paper.scene import Mark, Sheet
from fsva.drawing.paper.text_boxes import text_box
from fsva.drawing.supporting import number_axis, supporting_chart
from fsva.runs import supporting_run
from fsva.words.supporting import table_words
from tests.places import belu, pendukung
from tests.places.pendukung import Cells
from tests.places.small import BELU, ROOT

ID = texts.load("id")

PLATE = chart_layouts.chart(ROOT / "styles" / chart_layouts.CHART)
LOOK = supporting_look.load(ROOT / "styles" / supporting_look.FILE_NAME)
NAMES = (
    "pangan-pokok", "pangan-kecamatan", "padi", "jagung", "ubi-kayu", "ubi-jalar",
    "penduduk-miskin", "gizi-buruk", "kematian",
)  # fmt: skip


@cache
def drawn() -> dict[str, Sheet]:
    return supporting_run.charts(edition.load(BELU), belu.made().studio)


def test_every_table_of_belu_has_its_chart() -> None:
    assert tuple(drawn()) == tuple(f"grafik-{name}" for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_words_keep_apart_on_the_paper_and_can_be_read(name: str) -> None:
    faces, sheet = belu.made().studio.faces, drawn()[f"grafik-{name}"]
    boxes = [(text.text, text_box(text, faces)) for text in sheet.texts()]
    for n, (words, box) in enumerate(boxes):
        assert box.left >= 2, words
        assert box.right <= PLATE.width - 1, words
        assert box.bottom >= 1, words
        assert box.top <= PLATE.height - 1, words
        assert not [other for other, next_ in boxes[n + 1 :] if box.overlaps(next_)], words
    assert min(text.size_pt for text in sheet.texts()) >= 6


def test_a_line_has_a_dot_per_known_number_at_its_height() -> None:
    table = pendukung.belu()["ubi-jalar"]
    marks = [m for m in drawn()["grafik-ubi-jalar"].layers[1].items if isinstance(m, Mark)]
    dots = [m.shape.parts[0] for m in marks if m.fill]
    known = [value for row in table.rows for value in row.values if value is not None]
    assert len(dots) == len(known)
    # The first panel's line: 29; 29,9; -; 17; 16.
    heights = [float(dot[:-1, 1].mean()) for dot in dots[:4]]
    per_tonne = (heights[1] - heights[0]) / 0.9
    assert heights[0] - heights[2] == pytest.approx(12 * per_tonne)
    assert heights[2] - heights[3] == pytest.approx(1 * per_tonne)


def test_bars_are_as_long_as_their_numbers() -> None:
    table = pendukung.belu()["kematian"]
    marks = [m for m in drawn()["grafik-kematian"].layers[1].items if isinstance(m, Mark)]
    bars = [m.shape.parts[0] for m in marks if m.fill][len(table.columns) :]  # after the legend
    lengths = [float(bar[:, 0].max() - bar[:, 0].min()) for bar in bars]
    numbers = [int(value) for row in table.rows for value in row.values if value]
    unit = max(lengths) / 12
    assert lengths == pytest.approx([n * unit for n in numbers])


def test_a_chart_is_told_in_words() -> None:
    words = drawn()["grafik-gizi-buruk"].in_words["map"]
    assert "naik dari 58 balita pada tahun 2016 menjadi 328 balita pada tahun 2020" in words
    assert "Angka tertinggi pada tahun 2020 adalah 80 balita (Tasifeto Barat)" in words


def test_words_of_a_table_repeat_nothing() -> None:
    tables = pendukung.belu()
    twice = table_words.caption(tables["pangan-kecamatan"], ID)
    assert twice == ("Produksi total serealia dan umbi-umbian per kecamatan, 2016–2020 (ton)")
    share = list(table_words.sentences(tables["penduduk-miskin"], ID))
    assert share[-1] == "Rata-ratanya 15,68 persen."  # (15,82 + 15,95 + 15,70 + 15,54 + 15,37) / 5
    deaths = list(table_words.sentences(tables["kematian"], ID))
    assert deaths[0] == "Kematian ibu seluruhnya 12 jiwa."
    assert deaths[1] == (
        "Kematian ibu tertinggi adalah 3 jiwa (Lamaknen), yang terendah 0 jiwa (5 kecamatan)."
    )


def test_the_edition_may_want_bars_or_no_chart(tmp_path: Path) -> None:
    rows: Cells = (("kecamatan", "2018", "2019", "2020"), ("A", "1", "2", "3"), ("B", "1", "", "3"))
    studio = belu.made().studio
    none = pendukung.table(tmp_path, rows, grafik="tidak")
    assert supporting_chart.sheet(studio, PLATE, LOOK, none) is None
    bars = supporting_chart.sheet(
        studio, PLATE, LOOK, pendukung.table(tmp_path, rows, grafik="batang")
    )
    assert bars is not None
    empty: Cells = (rows[0], ("A", "", "", ""))
    assert supporting_chart.sheet(studio, PLATE, LOOK, pendukung.table(tmp_path, empty)) is None


@pytest.mark.fuzz
@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1), st.booleans())
def test_an_axis_holds_all_numbers_in_few_round_steps(
    numbers: list[Decimal], from_zero: bool
) -> None:
    axis = number_axis.axis(numbers, from_zero=from_zero)
    assert axis.ticks[0] <= min(numbers)
    assert axis.ticks[-1] >= max(numbers)
    assert 2 <= len(axis.ticks) <= 8
    if from_zero:
        assert Decimal(0) in axis.ticks
