"""Joining table, crosswalk and layer: one to one, both sides accounted for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.editions.layer_acceptances import LayerAcceptance
from fsva.config.styles import output_tables
from fsva.core.errors import JoinError
from fsva.core.toml import Bilingual
from fsva.villages.join import JoinedFiles
from fsva.villages.oddities import Oddity
from tests.places import framed, small

join = framed.join.join
NAMES = JoinedFiles(Path("indicators.csv"), Path("99.01.csv"), Path("desa.geojson"))
TABLE, CROSSWALK, LAYER = small.table(), small.crosswalk(), small.layer()
some = st.sets(st.integers(0, 11), min_size=1, max_size=11)


def joined() -> Any:  # noqa: ANN401
    return join(TABLE, CROSSWALK, LAYER, NAMES)


def test_the_ledger_holds_every_row_of_its_inputs_once() -> None:
    ledger = joined().ledger
    assert tuple(ledger.columns) == output_tables.headings("gabung.csv")
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
    return {called(n, codes) for n in numbers}


def called(n: int, codes: tuple[str, ...] = small.BPS_CODES) -> str:
    """Return what messages call a village: its name, code and kecamatan."""
    return f"{small.NAMES[n]} ({codes[n]}, {small.KECAMATAN[n]})"


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
    near = {small.KECAMATAN[n] for n in kept}  # a kecamatan without any village has no name
    expected = {
        called(n, small.CODES)
        if small.KECAMATAN[n] in near
        else f"{small.NAMES[n]} ({small.CODES[n]})"
        for n in lost
    }
    assert stopped(caught) == ("poligon_tanpa_tabel", NAMES.layer, expected)


def test_each_village_of_the_ledger_keeps_its_names_on_all_sides_and_its_kecamatan() -> None:
    layer = LAYER.assign(nama=[name.upper() for name in small.NAMES])
    found = join(TABLE, CROSSWALK, layer, NAMES)
    ledger = found.ledger
    assert ledger.index.tolist() == list(range(12))
    assert ledger["kecamatan"].tolist() == list(small.KECAMATAN)
    assert ledger["nama_tabel"].tolist() == list(small.NAMES)
    assert ledger["nama_penyelarasan"].tolist() == [*small.NAMES[:-1], "Duabelas"]
    assert ledger["nama_layer"].tolist() == [name.upper() for name in small.NAMES]
    indicators = [i.id for i in small.shipped_method().indicators]
    assert found.villages.columns.tolist() == [
        "kode_bps", "kecamatan", "desa", *indicators, "geometry",
    ]  # fmt: skip
    assert found.villages.index.tolist() == list(small.CODES)


def test_each_error_says_in_which_file_the_other_side_is_missing() -> None:
    kept = others({3})
    renamed = TABLE.assign(desa=[*small.NAMES[:3], "Lain", *small.NAMES[4:]])
    every: list[tuple[str, JoinError]] = []
    for name, table, crosswalk, layer in (
        ("no crosswalk", TABLE, CROSSWALK.iloc[kept], LAYER),
        ("no row", TABLE.iloc[kept], CROSSWALK, LAYER),
        ("no polygon", TABLE, CROSSWALK, LAYER.iloc[kept]),
        ("polygon alone", TABLE.iloc[kept], CROSSWALK.iloc[kept], LAYER),
        ("other name", renamed, CROSSWALK, LAYER),
    ):
        with pytest.raises(JoinError) as caught:
            join(table, crosswalk, layer, NAMES)
        every.append((name, caught.value))
    said = {name: (e.facts, [(p.row, p.column, p.found) for p in e.places]) for name, e in every}
    assert said == {
        "no crosswalk": (
            {"berkas": "99.01.csv"}, [(5, "kode_bps", small.BPS_CODES[3])],
        ),
        "no row": (
            {"berkas": "indicators.csv",
             "contoh": f"kode_bps = {small.BPS_CODES[3]}, kecamatan = Utara, desa = Empat"},
            [(None, None, None)],
        ),
        "no polygon": (
            {"berkas": "desa.geojson"}, [(5, "kode_kemendagri", small.CODES[3])],
        ),
        "polygon alone": (
            {"berkas": "indicators.csv", "padanan": "99.01.csv"}, [(None, None, None)],
        ),
        "other name": ({"berkas": "99.01.csv"}, [(5, "desa", "Lain")]),
    }  # fmt: skip


def test_everything_that_is_wrong_is_said_at_once_and_no_village_twice() -> None:
    table = TABLE.drop(index=small.BPS_CODES[0])
    table.loc[small.BPS_CODES[4], "desa"] = "Lain"
    crosswalk = CROSSWALK.drop(index=small.BPS_CODES[1])
    layer = LAYER.drop(index=small.CODES[2])
    with pytest.raises(JoinError) as caught:
        join(table, crosswalk, layer, NAMES)
    every = [caught.value, *caught.value.others]
    assert [(e.key, [p.village for p in e.places]) for e in every] == [
        ("tak_ada_di_penyelarasan", [called(1)]),
        ("tak_ada_di_tabel", [called(0)]),
        ("nama_lain", [f"Lima ({small.BPS_CODES[4]})"]),
        ("tanpa_poligon", [called(2)]),
        ("poligon_tanpa_tabel", [called(1, small.CODES)]),
    ]


def test_it_stops_where_names_are_shifted_against_their_codes() -> None:
    shifted = TABLE.assign(desa=[*small.NAMES[1:4], small.NAMES[0], *small.NAMES[4:]])
    with pytest.raises(JoinError) as caught:
        join(shifted, CROSSWALK, LAYER, NAMES)
    named = {f"{small.NAMES[n]} ({small.BPS_CODES[n]})" for n in range(4)}
    assert stopped(caught) == ("nama_lain", NAMES.table, named)
    assert [p.found for p in caught.value.places] == ["Dua", "Tiga", "Empat", "Satu"]
    assert [p.row for p in caught.value.places] == [2, 3, 4, 5]


def test_only_holes_that_nothing_accepts_are_unclaimed() -> None:
    lake, sound = shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)
    reason = Bilingual(id="danau", en="a lake")
    accepted = LayerAcceptance.model_construct(kind="celah", reason=reason)
    found = replace(
        joined(),
        oddities=(
            Oddity("celah", "celah", outline=lake),
            Oddity("celah", "celah", outline=sound, accepted=accepted),
            Oddity("letak", "letak_kabupaten"),
        ),
    )
    assert found.unclaimed() == [lake]


def test_a_village_without_kecamatan_is_called_by_name_and_code() -> None:
    crosswalk, code = CROSSWALK.assign(kecamatan=["", *small.KECAMATAN[1:]]), small.BPS_CODES[0]
    with pytest.raises(JoinError) as caught:
        join(TABLE.iloc[1:], crosswalk, LAYER, NAMES)
    assert [p.village for p in caught.value.places] == [f"{small.NAMES[0]} ({code})"]
    assert caught.value.facts["contoh"] == f"kode_bps = {code}, kecamatan = , desa = Satu"
    table = TABLE.assign(kecamatan=["", *small.KECAMATAN[1:]])
    with pytest.raises(JoinError) as caught:
        join(table, CROSSWALK.iloc[1:], LAYER, NAMES)
    assert [p.village for p in caught.value.places] == [f"{small.NAMES[0]} ({code})"]


def test_a_crosswalk_without_kecamatan_names_its_villages_too() -> None:
    bare = CROSSWALK.drop(columns="kecamatan")
    with pytest.raises(JoinError) as caught:
        join(TABLE.iloc[1:], bare, LAYER, NAMES)
    assert [p.village for p in caught.value.places] == [f"Satu ({small.BPS_CODES[0]})"]
    assert join(TABLE, bare, LAYER, NAMES).ledger.equals(joined().ledger)


def test_the_joined_villages_say_what_their_index_is() -> None:
    found = joined().villages
    assert found.index.name == "kode_kemendagri"
