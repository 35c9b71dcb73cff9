"""Tables whose names do not belong to their codes, told by the kecamatan of the layer."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fsva.villages.names_shifted import Named, judge, undotted

# Three kecamatan of eight villages; the ministry numbers them in another order than BPS.
ORDER = (5, 2, 7, 0, 3, 6, 1, 4)
NAMES = [f"Desa {group}{letter}" for group in "KLM" for letter in "abcdefgh"]
CODES = [f"5306{group:03}{village:03}" for group in (10, 20, 30) for village in range(1, 9)]
LAYER = [Named(f"53.04.{3 - n // 8:02}.20{ORDER[n % 8]:02}", name) for n, name in enumerate(NAMES)]
WITH_BPS = [Named(v.code, v.name, code) for v, code in zip(LAYER, CODES, strict=True)]


def found(names: Sequence[str], layer: Sequence[Named] = LAYER) -> list[str]:
    table = [Named(code, name) for code, name in zip(CODES, names, strict=True)]
    return [oddity.key for oddity in judge(table, layer)]


def turned(by: int) -> list[str]:
    return [*NAMES[by:], *NAMES[:by]]


def test_names_at_their_codes_are_in_place() -> None:
    assert found(NAMES) == []
    assert found(NAMES, WITH_BPS) == []
    assert found([name.upper() for name in NAMES]) == []


@pytest.mark.parametrize("by", [1, -1, 2, -2])
def test_names_shifted_by_rows_are_found(by: int) -> None:
    table = [Named(code, name) for code, name in zip(CODES, turned(by), strict=True)]
    (told,) = judge(table, LAYER)
    assert (told.key, told.facts["baris"]) == ("nama_bergeser", str(abs(by)))
    assert told.facts["jumlah"] == str(3 * abs(by))


def test_kemendagri_codes_without_dots_are_no_codes_of_bps() -> None:
    table = [Named(village.code.replace(".", ""), village.name) for village in LAYER]
    (told,) = undotted(table, LAYER)
    assert (told.key, told.facts["jumlah"]) == ("kode_bps_kemendagri", "24")
    assert judge(table, LAYER) == []
    assert undotted(LAYER, LAYER) == []


def test_a_shift_that_lost_a_name_is_found() -> None:
    assert found(["Judul", *NAMES[:-1]]) == ["nama_bergeser"]


def test_names_sorted_apart_are_found() -> None:
    assert found([*NAMES[::3], *NAMES[1::3], *NAMES[2::3]]) == ["nama_kecamatan_lain"]


@pytest.mark.parametrize("by", [1, 5])
def test_codes_of_the_layer_tell_it_within_one_kecamatan(by: int) -> None:
    assert found([*NAMES[by:8], *NAMES[:by], *NAMES[8:]], WITH_BPS) == ["nama_kode_lain"]


def test_other_spellings_and_homonyms_are_no_fault() -> None:
    spelt = ["Desa K-a", "Lain", *NAMES[2:]]
    assert found(spelt) == []
    same = [Named(v.code, "Alue" if n % 5 == 0 else v.name) for n, v in enumerate(LAYER)]
    assert found([v.name for v in same], same) == []


def test_a_kecamatan_that_was_split_is_no_fault() -> None:
    split = [Named(v.code.replace(".03.20", ".07.20") if n < 3 else v.code, v.name)
             for n, v in enumerate(LAYER)]  # fmt: skip
    united = [Named(v.code.replace(".02.20", ".03.30"), v.name) for v in LAYER]
    assert found(NAMES, split) == []
    assert found(NAMES, united) == []


def test_a_village_that_moved_to_another_kecamatan_is_no_fault() -> None:
    moved = [Named("53.04.02.2099" if n in (0, 20) else v.code, v.name)
             for n, v in enumerate(LAYER)]  # fmt: skip
    assert found(NAMES, moved) == []
