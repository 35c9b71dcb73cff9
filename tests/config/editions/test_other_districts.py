"""Names and codes of another district stop a run until each is mended or confirmed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fsva.config.editions import edition, other_districts
from fsva.config.editions.sections import District, Settings
from fsva.core.errors import EditionError
from tests.places.small import BELU


def district(kind: str, name: str, code: str, province: str) -> District:
    return District.model_validate(
        {"jenis": kind, "nama": name, "kode_kemendagri": code,
         "kode_bps": code.replace(".", ""), "provinsi": province}
    )  # fmt: skip


MALAKA = district("kabupaten", "Malaka", "53.21", "Nusa Tenggara Timur")
YOGYA = district("kabupaten", "Sleman", "34.04", "Daerah Istimewa Yogyakarta")


def test_all_districts_are_known() -> None:
    assert len(other_districts.known()) == 514 - sum(
        len(kinds) - 1 for kinds in other_districts.known().values()
    )
    assert other_districts.known()["kupang"] == {"kabupaten", "kota"}
    assert other_districts.known()["jakarta pusat"] == {"kota"}
    assert other_districts.known()["kepulauan seribu"] == {"kabupaten"}


@pytest.mark.parametrize(
    ("text", "own", "names"),
    [
        ("Dinas Pertanian Kab. Belu", MALAKA, ("Kab. Belu",)),
        ("DINAS SOSIAL BELU", MALAKA, ("BELU",)),
        ("BPS Kabupaten  Timor Tengah Utara", MALAKA, ("Kabupaten Timor Tengah Utara",)),
        ("batas desa 53.04", MALAKA, ("53.04",)),
        ("desa 53.04.09.2001", MALAKA, ("53.04",)),
        ("Dinas Pertanian Kab. Malaka", MALAKA, ()),
        ("desa 53.21.09.2001, versi 11.99", MALAKA, ()),
        ("BPS Provinsi Nusa Tenggara Timur", MALAKA, ()),
        ("BPS Provinsi Bengkulu", MALAKA, ()),
        ("Belum ada; Malakaji; Podes/BKP; TNP2K", MALAKA, ()),
        ("Dinas Energi, batu bara dan batu kapur", MALAKA, ()),
        ("Dinas Kesehatan Kota Batu", MALAKA, ("Kota Batu",)),
        ("BPS DI Yogyakarta", YOGYA, ()),
        ("Dinas Sosial Kota Yogyakarta", YOGYA, ("Kota Yogyakarta",)),
    ],
)
def test_names_and_codes_of_others_are_found(
    text: str, own: District, names: tuple[str, ...]
) -> None:
    assert other_districts.names_in(text, own) == names


def test_every_district_is_found_whole_even_within_longer_names() -> None:
    for name in other_districts.known():
        said = f"Dinas Pertanian Kabupaten {name.title()}, 2024"
        assert other_districts.names_in(said, MALAKA) == (
            () if name == "malaka" else (f"Kabupaten {name.title()}",)
        )


def test_the_kind_tells_two_districts_of_one_name_apart() -> None:
    city = district("kota", "Kupang", "53.71", "Nusa Tenggara Timur")
    assert other_districts.names_in("BPS Kota Kupang", city) == ()
    assert other_districts.names_in("BPS Kab. Kupang", city) == ("Kab. Kupang",)


def copied(folder: Path, *changes: tuple[str, str]) -> edition.Edition:
    """Copy Belu's edition as that of Malaka, with further changes of its text."""
    made = folder / "malaka-2024"
    shutil.copytree(BELU, made)
    file = made / "edition.toml"
    text = file.read_text(encoding="utf-8")
    first = (('nama = "Belu"', 'nama = "Malaka"'), ('"53.04"', '"53.21"'), ('"5306"', '"5321"'))
    for old, new in (*first, *changes):
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return edition.load(made)


def keys(settings: Settings) -> list[str]:
    return [one.key for one in other_districts.of(settings)]


def test_a_copied_edition_stops_with_every_line_that_was_left(tmp_path: Path) -> None:
    made = copied(tmp_path)
    with pytest.raises(EditionError) as caught:
        other_districts.check(made)
    assert caught.value.key == "edisi_salinan"
    places = {place.column: place for place in caught.value.places}
    assert set(places) == {"penyusun", "sumber.lahan", "sumber.tidak_sejahtera", "sumber.nakes",
                           "batas.berkas", "sekitar.berkas", "pendukung.7.sumber",
                           "pendukung.8.sumber"}  # fmt: skip
    lines = made.file.read_text(encoding="utf-8").splitlines()
    assert lines[(places["penyusun"].row or 0) - 1].startswith("penyusun")
    assert lines[(places["sumber.nakes"].row or 0) - 1].startswith("nakes")
    assert lines[(places["batas.berkas"].row or 0) - 1].startswith("berkas")


def test_what_is_confirmed_with_a_reason_stops_no_more(tmp_path: Path) -> None:
    reason = 'alasan = { id = "sebelum pemekaran", en = "before the split" }'
    accepted = f'\n[[dibenarkan]]\nkunci = "sumber"\n{reason}\n'
    made = copied(tmp_path, ("\n# Nilai di luar", f"{accepted}\n# Nilai di luar"))
    assert keys(made.settings) == [
        "penyusun", "pendukung.7.sumber", "pendukung.8.sumber", "batas.berkas", "sekitar.berkas",
    ]  # fmt: skip
    more = made.file.read_text(encoding="utf-8") + "".join(
        f'\n[[dibenarkan]]\nkunci = "{key}"\n{reason}\n'
        for key in ("penyusun", "batas.berkas", "sekitar", "pendukung")
    )
    made.file.write_text(more, encoding="utf-8")
    other_districts.check(edition.load(made.folder))


def test_a_schematic_source_beside_an_official_layer_stops(tmp_path: Path) -> None:
    real = ('berkas = "batas:skematis/53.04-belu.geojson"\nskematis = true',
            'berkas = "desa.gpkg"\nskematis = false')  # fmt: skip
    around = ("53.04-sekitar", "53.21-sekitar")
    made = copied(tmp_path, real, around, ("Belu", "Malaka"))
    with pytest.raises(EditionError) as caught:
        other_districts.check(made)
    assert (caught.value.key, caught.value.facts["nama"]) == (
        "sumber_skematis",
        "titik acuan tiap desa, reference point of each village",
    )
    assert [place.column for place in caught.value.places] == ["batas.sumber"]


def test_the_code_in_the_name_of_a_layer_is_read(tmp_path: Path) -> None:
    settings = edition.load(BELU).settings

    def of(layer: str) -> list[str]:
        boundary = settings.boundary.model_copy(update={"layer": layer})
        return keys(settings.model_copy(update={"boundary": boundary}))

    assert of("desa_5306.shp") == of("desa_5304.shp") == of("desa-2023.gpkg") == []
    assert of("53.21_desa.shp") == of("desa_5321.shp") == of("desa_malaka.gpkg") == ["batas.berkas"]


def test_the_plan_of_another_district_is_found_with_its_line(tmp_path: Path) -> None:
    plan = (
        '\n[[intervensi]]\nindikator = "nakes"\ninstansi = { id = "Dinkes", en = "Health" }\n'
        '\n[[intervensi]]\nindikator = "lahan"\n'
        'instansi = { id = "Dinas Pertanian Kab. Belu", en = "Agriculture" }\n'
        'sumber_dana = "APBD Kabupaten Belu"\n'
    )
    made = copied(tmp_path, ("\n# Nilai di luar", f"{plan}\n# Nilai di luar"))
    with pytest.raises(EditionError) as caught:
        other_districts.check(made)
    lines = made.file.read_text(encoding="utf-8").splitlines()
    at = {place.column: lines[(place.row or 0) - 1] for place in caught.value.places}
    assert at["intervensi.1.instansi"].startswith('instansi = { id = "Dinas Pertanian')
    assert at["intervensi.1.sumber_dana"].startswith("sumber_dana")
    assert not any(str(key).startswith("intervensi.0") for key in at)


def test_a_district_is_no_neighbour_of_its_own(tmp_path: Path) -> None:
    labels = "".join(
        f'\n[[sekitar.nama]]\nnama = {{ id = "{name}", en = "{name}" }}\njenis = "{kind}"\n'
        "lintang = -9.4\nbujur = 124.8\n"
        for name, kind in (("Kabupaten Malaka", "tetangga"), ("Timor Tengah Utara", "tetangga"),
                           ("Selat Malaka", "laut"), ("53.04", "tetangga"), ("Malaka", "tetangga"))
    )  # fmt: skip
    made = copied(tmp_path, ("\n# Sumber data", f"{labels}\n# Sumber data"))
    found = [foreign for foreign in other_districts.of(made.settings) if "nama" in foreign.key]
    assert [(one.key, one.names) for one in found] == [
        ("sekitar.nama.1", ("Kabupaten Malaka",)),
        ("sekitar.nama.4", ("53.04",)),
        ("sekitar.nama.5", ("Malaka",)),
    ]
    with pytest.raises(EditionError) as caught:
        other_districts.check(made)
    lines = made.file.read_text(encoding="utf-8").splitlines()
    at = [lines[(p.row or 0) - 1] for p in caught.value.places if "nama" in str(p.column)]
    assert at == ["[[sekitar.nama]]"] * 3
    reason = 'alasan = { id = "nama teluk", en = "name of a bay" }'
    accepted = f'\n[[dibenarkan]]\nkunci = "sekitar.nama.1"\n{reason}\n'
    made.file.write_text(made.file.read_text("utf-8") + accepted, encoding="utf-8")
    assert "sekitar.nama.1" not in keys(edition.load(made.folder).settings)


def test_a_kota_may_lie_beside_the_kabupaten_of_its_name() -> None:
    settings = edition.load(BELU).settings
    city = district("kota", "Kupang", "53.71", "Nusa Tenggara Timur")
    place = settings.surroundings.names[0]

    def stops(name: str) -> bool:
        words = place.name.model_copy(update={"id": name, "en": name})
        label = place.model_copy(update={"name": words, "kind": "tetangga"})
        around = settings.surroundings.model_copy(update={"names": (label,)})
        changed = settings.model_copy(update={"surroundings": around, "district": city})
        return "sekitar.nama.0" in keys(changed)

    assert [stops(name) for name in ("Kab. Kupang", "Kupang", "Kota Kupang")] == [
        False, False, True]  # fmt: skip


def test_the_shipped_edition_passes() -> None:
    other_districts.check(edition.load(BELU))


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("metode =", 'alamat = "Jl. Eltari, Kabupaten Malaka"\nmetode ='), "alamat"),
        (("metode =", 'hak_cipta = "Pemerintah Kab. Malaka"\nmetode ='), "hak_cipta"),
        (("[penyebab]", '[logo]\ndaerah = "logo-malaka.png"\n[penyebab]'), "logo.daerah"),
        (("[penyebab]", '[logo]\ninstansi = "dinas_TTU.png"\n[penyebab]'), "logo.instansi"),
        (("Dinas Kesehatan Kab. Belu", "Dinkes TTU"), "sumber.nakes"),
        (("Nusa Tenggara Timur", "Nusa Tenggara Barat"), "daerah.provinsi"),
        (('nama = "Belu"', 'nama = "Malaka"'), "daerah.nama"),
        (('nama = "Belu"', 'nama = "Kupang"'), "daerah.nama"),
    ],
)
def test_what_else_is_printed_is_the_districts_own(
    tmp_path: Path, change: tuple[str, str], key: str
) -> None:
    made = changed(tmp_path, change)
    assert key in keys(made.settings)
    entry = f'\n[[dibenarkan]]\nkunci = "{key}"\nalasan = "memang demikian"\n'
    made.file.write_text(made.file.read_text(encoding="utf-8") + entry, encoding="utf-8")
    assert key not in keys(edition.load(made.folder).settings)


@pytest.mark.parametrize(
    "change",
    [
        ("metode =", 'alamat = "Jl. Malang 3, Atambua, Kab. Belu"\nmetode ='),
        ("metode =", 'hak_cipta = "Pemerintah Kabupaten Belu"\nmetode ='),
        ("[penyebab]", '[logo]\ndaerah = "logo-belu.png"\ninstansi = "otto.png"\n[penyebab]'),
        ("Nusa Tenggara Timur", "Provinsi NUSA TENGGARA TIMUR"),
        ("Nusa Tenggara Timur", "NTT"),
    ],
)
def test_own_names_and_streets_stop_nothing(tmp_path: Path, change: tuple[str, str]) -> None:
    assert keys(changed(tmp_path, change).settings) == []


def changed(folder: Path, change: tuple[str, str]) -> edition.Edition:
    """Copy Belu's edition with one change of its text."""
    made = folder / "belu-2021"
    shutil.copytree(BELU, made)
    file = made / "edition.toml"
    text = file.read_text(encoding="utf-8")
    assert change[0] in text
    file.write_text(text.replace(*change), encoding="utf-8")
    return edition.load(made)


@pytest.mark.parametrize("code", ["92.01", "91.01"])
def test_papua_was_split_with_other_codes(tmp_path: Path, code: str) -> None:
    made = changed(tmp_path, ("Nusa Tenggara Timur", "Papua Barat Daya"))
    moved = made.settings.district.model_copy(update={"code": code})
    settings = made.settings.model_copy(update={"district": moved})
    assert "daerah.provinsi" not in keys(settings)
