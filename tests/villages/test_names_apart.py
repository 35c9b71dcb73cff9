"""Names under other codes: shifted, sorted apart, exchanged; homonyms and spellings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
import shapely

from tests.places import small
from tests.places.framed import holes, names_apart

MOUTHS = (50, 100, 250, 500)


def apart(layer: Sequence[str], table: Sequence[str] = small.NAMES) -> list[str]:
    own = small.layer().assign(nama=list(layer))
    rows = small.table().assign(desa=list(table))
    return [one.codes[0] for one in names_apart.judge(rows, small.crosswalk(), own)]


def test_the_same_names_are_in_place() -> None:
    assert apart(small.NAMES) == []
    assert apart([name.upper() for name in small.NAMES]) == []


@pytest.mark.parametrize("by", [1, -1, 5])
def test_shifted_codes_are_found(by: int) -> None:
    assert apart([*small.NAMES[by:], *small.NAMES[:by]]) == list(small.CODES)


def test_codes_shifted_without_closing_the_circle_are_found() -> None:
    assert apart(["Lain", *small.NAMES[:-1]]) == list(small.CODES[:-1])


def test_a_column_sorted_apart_is_found() -> None:
    ordered = sorted(small.NAMES)
    wrong = [c for c, a, b in zip(small.CODES, ordered, small.NAMES, strict=True) if a != b]
    assert apart(ordered) == wrong


@pytest.mark.parametrize(("one", "other"), [(0, 1), (3, 11), (5, 6)])
def test_two_exchanged_villages_are_found(one: int, other: int) -> None:
    names = list(small.NAMES)
    names[one], names[other] = names[other], names[one]
    assert apart(names) == [small.CODES[one], small.CODES[other]]


@pytest.mark.parametrize("exchange", [("Kabuna A", "Kabuna B"), ("Fatuketi I", "Fatuketi II")])
def test_look_alikes_that_are_exchanged_are_found(exchange: tuple[str, str]) -> None:
    table = [*exchange, *small.NAMES[2:]]
    assert apart([*exchange[::-1], *small.NAMES[2:]], table) == list(small.CODES[:2])


def test_spellings_do_not_stop() -> None:
    names = ["Satoe", "DUA", "Ti ga", "Empat", "Líma", "Enam Baru", *small.NAMES[6:]]
    assert apart(names) == []


def test_homonyms_do_not_stop() -> None:
    table = ["Alue", "Alue", "Alue", "Blang", "Blang", *small.NAMES[5:]]
    assert apart(table, table) == []
    spelt = ["Alue", "Alue Bili", "Alue", "Blang", "Blang Kuta", *small.NAMES[5:]]
    assert apart(spelt, table) == []


def test_a_village_without_a_name_in_the_layer_does_not_stop() -> None:
    assert apart(["", *small.NAMES[1:]]) == []


def test_a_hole_is_named_with_place_and_neighbours() -> None:
    lake = small.layer()  # the lake on the border of 6 and 12 has 0.09 km2
    assert holes.judge(lake, 0.2, MOUTHS) == []
    (found,) = holes.judge(lake, 0.05, MOUTHS)
    assert getattr(found.facts["km2"], "value", None) == pytest.approx(0.09)
    assert found.name == "Enam, Dua Belas"
    (lost,) = holes.judge(lake.drop(small.CODES[9]), 0.2, MOUTHS)  # the enclave in village 5
    assert getattr(lost.facts["km2"], "value", None) == pytest.approx(1.44)
    assert lost.name == "Lima"


def test_a_missing_village_at_the_edge_is_no_hole() -> None:
    assert holes.judge(small.layer().drop(small.CODES[0]), 0.2, MOUTHS) == []


def test_a_gap_with_a_narrow_mouth_is_a_hole() -> None:
    import shapely
    from shapely.affinity import translate

    cut = shapely.union(shapely.box(500, 500, 1500, 1500), shapely.box(0, 990, 600, 1010))
    layer = small.layer()
    shapes = layer.geometry.to_list()
    shapes[0] = shapes[0] - translate(cut, 600e3, 8990e3)
    (found,) = holes.judge(layer.set_geometry(shapes, crs=layer.crs), 0.2, MOUTHS)
    assert getattr(found.facts["km2"], "value", None) == pytest.approx(1.0, abs=0.05)
    assert found.name == "Satu"


@pytest.mark.parametrize("mouth_m", [0, 40, 90, 200])
def test_a_hole_with_an_opening_is_named(mouth_m: float) -> None:
    """Village 11, an island here: a square of 3 km around an empty one, open to the east."""

    def open_ring(shapes: list[shapely.Geometry]) -> None:
        ring = shapely.box(14e3, 0, 17e3, 3e3) - shapely.box(14.5e3, 500, 16.5e3, 2500)
        way = shapely.box(16.5e3, 1500 - mouth_m / 2, 17e3, 1500 + mouth_m / 2)
        shapes[10] = ring - way if mouth_m else ring

    (found,) = holes.judge(small.layer(open_ring), 0.2, MOUTHS)
    assert found.name == "Sebelas"
    assert getattr(found.facts["km2"], "value", None) == pytest.approx(4, rel=0.05)
    sea = shapely.box(0, 0, 1, 1)  # no land near: a bay, unless it is closed
    told = holes.judge(small.layer(open_ring), 0.2, MOUTHS, sea)
    assert bool(told) == (mouth_m <= MOUTHS[0])


@pytest.mark.parametrize("mouth_m", [400, 700, 1500])
def test_a_wide_bay_is_no_hole(mouth_m: float) -> None:
    def bay(shapes: list[shapely.Geometry]) -> None:
        ring = shapely.box(14e3, 0, 17e3, 3e3) - shapely.box(14.5e3, 500, 16.5e3, 2500)
        shapes[10] = ring - shapely.box(16.5e3, 1500 - mouth_m / 2, 17e3, 1500 + mouth_m / 2)

    assert holes.judge(small.layer(bay), 0.2, MOUTHS) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kamanasa", "Bakiruk"), ("Fatubenao", "Manumutin"), ("Wehali", "Umakatahan")],
)
@pytest.mark.parametrize("change", [lambda n: n.replace("a", "e", 1), lambda n: f"{n}h"])
def test_exchanged_villages_in_another_spelling_are_found(
    one: str, other: str, change: Callable[[str], str]
) -> None:
    table = [one, other, *small.NAMES[2:]]
    assert apart([change(other), change(one), *small.NAMES[2:]], table) == list(small.CODES[:2])
    assert apart([change(one), change(other), *small.NAMES[2:]], table) == []


@pytest.mark.parametrize(
    "names",
    [
        small.KECAMATAN,  # the field of kecamatan for that of villages
        [f"Blok {n}" for n in range(12)],
        ["Wehali", "Kletek", "Bakiruk", "Umanen", "Fahiluka", "Biudukfoho", *small.NAMES[6:7],
         "Kamanasa", "Haitimuk", "Naimana", "Lasaen", "Suai"],
    ],
)  # fmt: skip
def test_names_that_are_hardly_any_of_the_table_are_told_once(names: Sequence[str]) -> None:
    own = small.layer().assign(nama=list(names))
    (found,) = names_apart.judge(small.table(), small.crosswalk(), own)
    assert (found.key, found.codes) == ("nama_asing", ())


def test_a_few_new_names_do_not_stop() -> None:
    assert apart(["Wehali", "Kletek", "Bakiruk", "Umanen", *small.NAMES[4:]]) == []
