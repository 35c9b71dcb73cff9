"""Fields of village layers: those of known producers, and those of an office's own layer."""

from __future__ import annotations

import pytest

from fsva.config.editions import headings, layer_schemas

WORDS = headings.shipped()


@pytest.mark.parametrize(
    ("names", "code", "name"),
    [
        (("OBJECTID", "KD_DESA", "NM_DESA", "LUAS"), "KD_DESA", "NM_DESA"),
        (("KODE", "DESA"), "KODE", "DESA"),
        (("KODE_KEL", "KELURAHAN"), "KODE_KEL", "KELURAHAN"),
        (("KODEDESA", "NAMADESA"), "KODEDESA", "NAMADESA"),
        (("Kode Desa", "Desa/Kel", "Kecamatan"), "Kode Desa", "Desa/Kel"),
        (("Kode_Kemen", "GAMPONG"), "Kode_Kemen", "GAMPONG"),  # cut by a Shapefile
        (("KODE_PUM", "NAMOBJ"), "KODE_PUM", "NAMOBJ"),
        (("KODE_WIL", "DESA", "NAMA_DESA"), "KODE_WIL", "NAMA_DESA"),
    ],
)
def test_an_office_s_own_fields_are_found_by_their_words(
    names: tuple[str, ...], code: str, name: str
) -> None:
    assert layer_schemas.recognise(names, layer_schemas.shipped()) is None
    found = layer_schemas.by_headings(names, WORDS)
    assert found is not None
    assert (found.code, found.name, found.schema.name) == (code, name, f"{code}, {name}")
    assert found.schema.writing == "salah_satu"  # the rows decide


def test_both_codes_and_the_kecamatan_are_read() -> None:
    names = ("KODE_BPS", "KODE_DAGRI", "NM_DESA", "NM_KEC", "KD_KEC")
    found = layer_schemas.by_headings(names, WORDS)
    assert found is not None
    assert (found.code, found.other, found.name, found.subdistrict) == (
        "KODE_DAGRI", "KODE_BPS", "NM_DESA", "NM_KEC",
    )  # fmt: skip


@pytest.mark.parametrize(
    "names",
    [
        ("id", "name"),  # an id is no code of a village
        ("KODE", "KECAMATAN"),  # a layer of kecamatan
        ("KODE", "KODE_DESA", "DESA"),  # two codes of whichever system
        ("KODE", "DESA", "KELURAHAN"),  # two names
        ("NAMA_DESA", "LUAS"),
    ],
)
def test_fields_that_could_mean_two_things_are_left_to_the_office(names: tuple[str, ...]) -> None:
    assert layer_schemas.by_headings(names, WORDS) is None
