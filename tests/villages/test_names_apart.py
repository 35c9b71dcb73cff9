"""Names under other codes: shifted, sorted apart, exchanged; homonyms and spellings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fsva.villages import holes, names_apart
from tests.places import small


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
    assert holes.judge(lake, 0.2) == []
    (found,) = holes.judge(lake, 0.05)
    assert getattr(found.facts["km2"], "value", None) == pytest.approx(0.09)
    assert found.name == "Enam, Dua Belas"
    (lost,) = holes.judge(lake.drop(small.CODES[9]), 0.2)  # the enclave in village 5
    assert getattr(lost.facts["km2"], "value", None) == pytest.approx(1.44)
    assert lost.name == "Lima"


def test_a_missing_village_at_the_edge_is_no_hole() -> None:
    assert holes.judge(small.layer().drop(small.CODES[0]), 0.2) == []


def test_a_gap_with_a_narrow_mouth_is_a_hole() -> None:
    import shapely
    from shapely.affinity import translate

    cut = shapely.union(shapely.box(500, 500, 1500, 1500), shapely.box(0, 990, 600, 1010))
    layer = small.layer()
    shapes = layer.geometry.to_list()
    shapes[0] = shapes[0] - translate(cut, 600e3, 8990e3)
    (found,) = holes.judge(layer.set_geometry(shapes, crs=layer.crs), 0.2)
    assert getattr(found.facts["km2"], "value", None) == pytest.approx(1.0, abs=0.05)
    assert found.name == "Satu"
