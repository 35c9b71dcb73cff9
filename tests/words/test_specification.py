"""What a map says before it is drawn: ranges as printed, rows, notes, sources."""

from __future__ import annotations

import pandas as pd
import pytest

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.texts import Language
from fsva.core.toml import Bilingual
from fsva.words.specification import MapSpecification
from tests.places import belu
from tests.places.frames import joined_table, specification
from tests.places.small import BELU, CODES, KECAMATAN, NAMES, indicator, shipped_method

ID = texts.load("id")


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
    # Manumutin is a kelurahan; the villages without a value are desa.
    sarana = belu.made().maps[1].notes
    assert [note for note in sarana if "1 kelurahan ditetapkan" in note]
    assert [note for note in sarana if "2 desa tidak tersedia" in note]
    noted = [any("ditetapkan" in note for note in one.notes) for one in belu.made().maps]
    assert noted == [False, True, False, False, False, False, False]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([3], "3"), ([2, 4], "2,\u00a04"), ([1, 2], "1,\u00a02"), ([6, 1, 2, 3, 4], "1-4,\u00a06")],
)
def test_maps_in_a_row_are_written_as_a_range(numbers: list[int], words: str) -> None:
    assert specification._runs(numbers) == words


def test_several_maps_are_plural_in_english() -> None:
    sources = belu.made("en").maps[-1].sources[0]
    assert "(Maps\u00a02,\u00a04)" in sources
    assert "(Map\u00a01)" in sources


def test_legends_say_what_the_report_of_belu_prints() -> None:
    composite = belu.made().maps[-1]
    said = [(row.counted("campuran", ID), row.interval) for row in composite.legend]
    assert said == [  # Tabel 5.1
        ("Prioritas 1, rentan pangan tinggi: 0 desa", "sampai 32,92"),
        ("Prioritas 2, rentan pangan sedang: 4 desa", "di atas 32,92 sampai 44,84"),
        ("Prioritas 3, rentan pangan rendah: 17 desa", "di atas 44,84 sampai 52,50"),
        ("Prioritas 4, tahan pangan rendah: 22 desa", "di atas 52,50 sampai 59,83"),
        ("Prioritas 5, tahan pangan sedang: 28 desa", "di atas 59,83 sampai 67,93"),
        ("Prioritas 6, tahan pangan tinggi: 10 desa", "di atas 67,93"),
    ]
    assert composite.direction == "0 = rentan pangan tinggi, 100 = tahan pangan tinggi"


def test_a_legend_says_which_side_is_good_and_how_many_villages_there_are() -> None:
    maps = {one.measure_id: one for one in belu.made().maps}
    assert maps["lahan"].direction == "makin besar makin baik"
    assert maps["nakes"].direction == "makin kecil makin baik"
    assert maps["akses"].direction == ""  # its categories say it
    assert {one.totals for one in maps.values()} == {("Jumlah: 81 desa dan kelurahan",)}
    assert [row.interval for row in maps["akses"].legend][4:] == [
        "kelas ini tidak ada pada peta ini"
    ] * 2


def test_no_title_says_twice_that_it_is_a_map() -> None:
    for one in (*belu.made().maps, *belu.made("en").maps):
        assert one.title.split().count("PETA") + one.title.split().count("MAP") == 1


def test_a_method_of_an_office_may_begin_its_titles_with_the_word_for_a_map() -> None:
    titled = indicator("sarana").model_copy(
        update={"title": Bilingual(id="Peta sarana", en="Map of it")}
    )
    assert specification._name(titled, ID) == "Sarana"
    alone = titled.model_copy(update={"title": Bilingual(id="Peta", en="Map")})
    assert specification._name(alone, ID) == "Peta"
