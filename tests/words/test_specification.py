"""What a map says before it is drawn: ranges as printed, rows, notes, sources."""

from __future__ import annotations

import pandas as pd
import pytest

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.texts import Language
from fsva.words.specification import MapSpecification
from tests.places import belu
from tests.places.frames import joined_table, specification
from tests.places.small import BELU, CODES, KECAMATAN, NAMES, indicator, shipped_method

ID, EN = texts.load("id"), texts.load("en")


@pytest.mark.parametrize(
    ("measure", "priority", "expected"),
    [
        ("lahan", 1, "≤ 0,0093"),
        ("lahan", 2, "> 0,0093 - 0,0373"),
        ("lahan", 6, "> 0,3671"),
        ("nakes", 1, "≥ 15,0000"),
        ("nakes", 2, "10,0000 - < 15,0000"),
        ("nakes", 6, "< 0,6200"),
        ("akses", 5, "-"),
    ],
)
def test_ranges_are_written_as_the_report_prints_them(
    measure: str, priority: int, expected: str
) -> None:
    assert specification.interval_text(indicator(measure), priority, ID) == expected


def test_ranges_of_one_indicator_follow_one_another() -> None:
    texts_of = [specification.interval_text(indicator("sarana"), n, EN) for n in range(1, 7)]
    numbers = [[float(w) for w in text.split() if w[0].isdigit()] for text in texts_of]
    ends, starts = [n[-1] for n in numbers[:-1]], [n[0] for n in numbers[1:]]
    assert ends == starts == sorted(ends)


def test_categories_are_named_and_classes_without_one_have_a_dash() -> None:
    akses = indicator("akses")
    named = [specification.interval_text(akses, n, ID) for n in range(1, 7)]
    assert named[4:] == ["-", "-"]
    assert len(set(named[:4])) == 4
    assert "-" not in named[:4]


def made(values: dict[str, list[float | None]], language: Language) -> tuple[MapSpecification, ...]:
    """Describe the maps of the small kabupaten; where no values are given all are 1."""
    method = shipped_method()
    villages = pd.DataFrame(
        {"kode_bps": [f"99010100{n:02d}" for n in range(12)], "kecamatan": KECAMATAN,
         "desa": NAMES},
        index=pd.Index(CODES, name="kode_kemendagri"),
    )  # fmt: skip
    for one in method.indicators:
        villages[one.id] = pd.array(values.get(one.id, [1.0] * 12), dtype="Float64")
    table = joined_table.tabulate(villages, None, (), method)
    settings = edition.load(BELU).settings
    return specification.build(table, method, settings, texts.load(language))


def test_maps_come_in_the_order_of_their_numbers_with_fixed_names() -> None:
    maps = made({}, "id")
    assert [one.number for one in maps] == list(range(1, 8))
    assert tuple(one.file_stem for one in maps) == belu.STEMS


@pytest.mark.parametrize(("language", "name"), [("id", "Tidak ada data"), ("en", "No data")])
def test_villages_without_data_get_a_row_of_their_own_first(language: Language, name: str) -> None:
    lahan, sarana, *_ = made({"lahan": [None, None, *[0.01] * 10]}, language)
    assert (lahan.legend[0].priority, lahan.legend[0].name, lahan.legend[0].count) == (0, name, 2)
    assert [row.count for row in lahan.legend] == [2, 0, 10, 0, 0, 0, 0]
    assert lahan.priorities[CODES[0]] == 0
    assert lahan.priorities[CODES[2]] == 2
    assert [note for note in lahan.notes if "2" in note]
    # The row stands on all maps, so that rows stay in place.
    assert [row.priority for row in sarana.legend] == list(range(7))
    assert sarana.legend[0].count == 0
    assert sarana.notes == ()


def test_without_gaps_there_is_no_row_for_missing_data() -> None:
    for one in made({}, "id"):
        assert [row.priority for row in one.legend] == list(range(1, 7))
        assert sum(row.count for row in one.legend) == 12


@pytest.mark.parametrize("n", range(7))
def test_counts_of_the_legend_are_counts_of_the_villages(n: int) -> None:
    one = belu.made().maps[n]
    shown = list(one.priorities.values())
    assert [row.count for row in one.legend] == [shown.count(row.priority) for row in one.legend]
    assert len(shown) == 81


def test_the_composite_names_the_source_of_every_indicator() -> None:
    *_, composite = belu.made().maps
    sources = composite.sources[0]
    for agency in ("DPKP/BPS", "Podes", "Dinas Sosial", "TNP2K", "Dinas Kesehatan"):
        assert agency in sources
    assert all(f"{n}" in sources for n in range(1, 7))


def test_the_override_of_belu_is_noted_on_its_map_only() -> None:
    noted = [any("ditetapkan" in note for note in one.notes) for one in belu.made().maps]
    assert noted == [False, True, False, False, False, False, False]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([3], "3"), ([2, 4], "2, 4"), ([1, 2], "1, 2"), ([6, 1, 2, 3, 4], "1-4, 6")],
)
def test_maps_in_a_row_are_written_as_a_range(numbers: list[int], words: str) -> None:
    assert specification._runs(numbers) == words


def test_several_maps_are_plural_in_english() -> None:
    sources = belu.made("en").maps[-1].sources[0]
    assert "(Maps 2, 4)" in sources
    assert "(Map 1)" in sources
