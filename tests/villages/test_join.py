"""Joining table, crosswalk and layer: one to one, both sides accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.core.errors import JoinError
from fsva.villages.join import LEDGER_COLUMNS, Joined, JoinedFiles, join
from tests.places import small

NAMES = JoinedFiles(Path("indicators.csv"), Path("99.01.csv"), Path("desa.geojson"))
TABLE, CROSSWALK, LAYER = small.table(), small.crosswalk(), small.layer()
some = st.sets(st.integers(0, 11), min_size=1, max_size=11)


def joined() -> Joined:
    return join(TABLE, CROSSWALK, LAYER, NAMES)


def test_the_ledger_holds_every_row_of_its_inputs_once() -> None:
    ledger = joined().ledger
    assert tuple(ledger.columns) == LEDGER_COLUMNS
    assert ledger["kode_bps"].tolist() == sorted(TABLE.index) == sorted(CROSSWALK.index)
    assert ledger["kode_kemendagri"].tolist() == sorted(LAYER.index)
    assert ledger["nama_tabel"].tolist() == TABLE["desa"].tolist()
    assert ledger["nama_layer"].tolist() == LAYER["nama"].tolist()


@given(st.permutations(range(12)), st.permutations(range(12)), st.permutations(range(12)))
def test_the_order_of_the_inputs_does_not_matter(
    rows: list[int], pairs: list[int], shapes: list[int]
) -> None:
    found = join(TABLE.iloc[rows], CROSSWALK.iloc[pairs], LAYER.iloc[shapes], NAMES)
    expected = joined()
    assert found.ledger.equals(expected.ledger)
    assert found.villages.equals(expected.villages)


def test_each_village_keeps_its_own_values_and_polygon() -> None:
    villages = joined().villages
    assert villages.crs == LAYER.crs
    for code, bps in zip(small.CODES, small.BPS_CODES, strict=True):
        assert villages.loc[code, "kode_bps"] == bps
        assert villages.loc[code, "lahan"] == TABLE.loc[bps, "lahan"]
        assert villages.geometry[code].equals(LAYER.geometry[code])


def test_names_that_differ_are_listed_and_spelling_is_not() -> None:
    layer = LAYER.assign(nama=["SATU", "Du A", "Tigo", *small.NAMES[3:]])
    ledger = join(TABLE, CROSSWALK, layer, NAMES).ledger
    differing = ledger.loc[ledger["keterangan"] == "other_name", "nama_layer"]
    assert differing.tolist() == ["Tigo"]
    assert set(ledger["keterangan"]) == {"same", "other_name"}


def villages(numbers: set[int], codes: tuple[str, ...] = small.BPS_CODES) -> set[str]:
    return {f"{small.NAMES[n]} ({codes[n]})" for n in numbers}


def others(numbers: set[int]) -> list[int]:
    return [n for n in range(12) if n not in numbers]


def stopped(caught: pytest.ExceptionInfo[JoinError]) -> tuple[str, Path | None, set[str | None]]:
    places = caught.value.places
    return caught.value.key, places[0].file, {place.village for place in places}


@given(some)
def test_it_names_all_villages_that_the_crosswalk_does_not_know(lost: set[int]) -> None:
    with pytest.raises(JoinError) as caught:
        join(TABLE, CROSSWALK.iloc[others(lost)], LAYER, NAMES)
    assert stopped(caught) == ("tak_ada_di_penyelarasan", NAMES.table, villages(lost))
    assert {p.row for p in caught.value.places} == {n + 2 for n in lost}


@given(some)
def test_it_names_all_villages_that_the_table_lacks(lost: set[int]) -> None:
    with pytest.raises(JoinError) as caught:
        join(TABLE.iloc[others(lost)], CROSSWALK, LAYER, NAMES)
    assert stopped(caught) == ("tak_ada_di_tabel", NAMES.crosswalk, villages(lost))


@given(some)
def test_it_names_all_villages_without_a_polygon(lost: set[int]) -> None:
    with pytest.raises(JoinError) as caught:
        join(TABLE, CROSSWALK, LAYER.iloc[others(lost)], NAMES)
    assert stopped(caught) == ("tanpa_poligon", NAMES.table, villages(lost))
    assert {p.found for p in caught.value.places} == {small.CODES[n] for n in lost}


@given(some)
def test_it_names_all_polygons_without_a_row(lost: set[int]) -> None:
    kept = others(lost)
    with pytest.raises(JoinError) as caught:
        join(TABLE.iloc[kept], CROSSWALK.iloc[kept], LAYER, NAMES)
    expected = ("poligon_tanpa_tabel", NAMES.layer, villages(lost, small.CODES))
    assert stopped(caught) == expected


def test_it_stops_where_names_are_shifted_against_their_codes() -> None:
    shifted = TABLE.assign(desa=[*small.NAMES[1:4], small.NAMES[0], *small.NAMES[4:]])
    with pytest.raises(JoinError) as caught:
        join(shifted, CROSSWALK, LAYER, NAMES)
    assert stopped(caught) == ("nama_lain", NAMES.table, villages({0, 1, 2, 3}))
    assert [p.found for p in caught.value.places] == ["Dua", "Tiga", "Empat", "Satu"]
    assert [p.row for p in caught.value.places] == [2, 3, 4, 5]
