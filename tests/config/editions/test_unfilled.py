"""What an edition leaves open: placeholders, guesses, file names; and what the office confirms."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from fsva.config.editions import edition, unfilled
from fsva.config.editions.sections import Confirmation, Settings
from fsva.core import placeholders, texts
from fsva.core.toml import Bilingual
from fsva.words import draft
from tests.places.small import BELU

BELU_SETTINGS = edition.load(BELU).settings


def changed(**values: object) -> Settings:
    return BELU_SETTINGS.model_copy(update=values)


def of_boundary(**values: object) -> Settings:
    return changed(boundary=BELU_SETTINGS.boundary.model_copy(update=values))


def of_years(year: str, **others: str) -> Settings:
    origins = {
        name: origin.model_copy(update={"year": others.get(name, year)})
        for name, origin in BELU_SETTINGS.origins.items()
    }
    return changed(origins=origins)


def found(settings: Settings) -> list[tuple[str, str]]:
    return [(one.key, one.cause) for one in unfilled.of(settings)]


def test_the_shipped_edition_is_complete() -> None:
    assert unfilled.of(BELU_SETTINGS) == ()
    assert not draft.of(BELU_SETTINGS, texts.load("id"))


def test_placeholders_are_those_that_new_editions_hold() -> None:
    for language in texts.LANGUAGES:
        assert placeholders.is_placeholder(texts.load(language)("baru.belum_diisi"))
    assert not placeholders.is_placeholder("Dinas Sosial")


@pytest.mark.parametrize("words", ["belum diisi", "Belum diisi (Dinas X)", "to be filled in", " "])
def test_a_word_to_be_filled_in_is_found_wherever_it_stands(words: str) -> None:
    assert found(changed(compiler=words)) == [("penyusun", "kosong")]
    assert found(of_boundary(vintage=words)) == [("batas.tahun", "kosong")]
    assert found(of_boundary(vintage=None)) == [("batas.tahun", "kosong")]
    both = Bilingual(id="BIG", en=words)
    assert found(of_boundary(producer=both)) == [("batas.sumber", "kosong")]
    origin = BELU_SETTINGS.origins["lahan"].model_copy(update={"agency": words})
    origins = {**BELU_SETTINGS.origins, "lahan": origin}
    assert found(changed(origins=origins)) == [("sumber.lahan.instansi", "kosong")]
    assert found(changed(issued=None)) == [("tanggal", "kosong")]


def test_the_last_day_of_the_year_is_a_guess() -> None:
    assert found(changed(issued=date(2021, 12, 31))) == [("tanggal", "tebakan")]
    assert found(changed(issued=date(2022, 12, 31))) == []
    assert found(changed(issued=date(2021, 12, 30))) == []


def test_years_that_are_all_the_editions_are_guesses() -> None:
    guessed = [(f"sumber.{name}.tahun", "tebakan") for name in BELU_SETTINGS.origins]
    assert found(of_years("2021")) == guessed
    assert found(of_years("2021", nakes="2020")) == []
    assert found(of_years("2020")) == []


@pytest.mark.parametrize(
    ("producer", "is_open"),
    [("53.04-belu.geojson", True), ("53.04-BELU", True), ("data/batas_desa.shp", True),
     ("desa.gpkg, 2023", True), ("BIG, peta RBI 1:25.000", False), ("Shapefile BPS", False)],
)  # fmt: skip
def test_the_name_of_a_file_is_no_source(producer: str, is_open: bool) -> None:
    both = Bilingual(id=producer, en=producer)
    expected = [("batas.sumber", "berkas")] if is_open else []
    assert found(of_boundary(producer=both)) == expected


def test_a_guess_is_confirmed_and_a_placeholder_is_not() -> None:
    reason = Bilingual(id="tercetak demikian", en="printed so")
    confirmed = (Confirmation(kunci="tanggal", alasan=reason),
                 Confirmation(kunci="sumber", alasan=reason))  # fmt: skip
    guessed = of_years("2021").model_copy(update={"issued": date(2021, 12, 31)})
    assert len(found(guessed)) == 7
    assert found(guessed.model_copy(update={"confirmed": confirmed})) == []
    assert found(changed(issued=None, confirmed=confirmed)) == [("tanggal", "kosong")]
    lines = draft.confirmed(changed(confirmed=confirmed), texts.load("id"))
    assert lines[1:] == ["  tanggal: tercetak demikian", "  sumber: tercetak demikian"]


def test_indicators_are_counted_in_the_mark() -> None:
    settings = of_years("belum diisi", nakes="2020").model_copy(update={"issued": None})
    mark = draft.of(settings, texts.load("id"))
    assert mark.missing == ("tanggal edisi", "tahun sumber data (5 indikator)")
    assert mark.titled("Peta 1") == "DRAF - Peta 1"
    assert draft.of(settings, texts.load("en")).titled("Map 1") == "DRAFT - Map 1"


def test_an_open_value_has_the_line_where_it_stands_or_its_section(tmp_path: Path) -> None:
    made = shutil.copytree(BELU, tmp_path / "belu-2021")
    file = made / "edition.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    compiler = next(n for n, line in enumerate(lines) if line.startswith("penyusun"))
    lines[compiler] = 'penyusun = "belum diisi"'
    lines.remove('tahun = "2021"')  # of [batas]
    file.write_text("\n".join(lines), encoding="utf-8")
    gaps = {gap.key: gap.line for gap in unfilled.of_file(edition.load(made))}
    assert gaps == {"penyusun": compiler + 1, "batas.tahun": lines.index("[batas]") + 1}


@pytest.mark.parametrize(
    ("year", "is_open"), [(2020, True), (2021, False), (2022, False), (2023, True)]
)
def test_a_date_outside_the_year_of_the_edition_is_open(year: int, is_open: bool) -> None:
    settings = changed(issued=date(year, 11, 25))
    assert found(settings) == ([("tanggal", "waktu")] if is_open else [])
    true = Confirmation(kunci="tanggal", alasan="terbit terlambat")  # type: ignore[call-arg,arg-type]
    assert found(settings.model_copy(update={"confirmed": (true,)})) == []


@pytest.mark.parametrize(
    ("year", "is_open"),
    [("2021", False), ("2019-2020", False), ("2022", True), ("Maret 2024", True), ("12022", False)],
)
def test_data_later_than_the_edition_are_open(year: str, is_open: bool) -> None:
    settings = of_years("2019", lahan=year)
    assert found(settings) == ([("sumber.lahan.tahun", "waktu")] if is_open else [])
    assert draft.of(settings, texts.load("id")).missing == (
        ("tahun sumber data (tidak sesuai tahun edisi) (1 indikator)",) if is_open else ()
    )


def of_district(**values: str) -> Settings:
    return changed(district=BELU_SETTINGS.district.model_copy(update=values))


@pytest.mark.parametrize("name", ["Belo", "Kab. Belu", "Belu NTT"])
def test_a_name_that_the_code_does_not_bear_is_found(name: str) -> None:
    (gap,) = unfilled.of(of_district(name=name))
    assert (gap.key, gap.cause, gap.found, gap.expected) == ("daerah.nama", "nama", name, "Belu")
    reason = Bilingual(id="ganti nama 2026", en="renamed in 2026")
    confirmed = (Confirmation(kunci="daerah.nama", alasan=reason),)
    assert unfilled.of(of_district(name=name).model_copy(update={"confirmed": confirmed})) == ()


@pytest.mark.parametrize(
    ("code", "kind", "name"),
    [
        ("53.04", "kabupaten", "BELU"),
        ("72.09", "kabupaten", "Tojo Una-Una"),
        ("31.01", "kabupaten", "Kepulauan Seribu"),
        ("53.71", "kota", "Kupang"),
        ("53.69", "kabupaten", "Apa Saja"),  # a code that the list of districts lacks
    ],
)
def test_its_name_in_any_letters_is_right(code: str, kind: str, name: str) -> None:
    assert unfilled.of(of_district(code=code, kind=kind, name=name)) == ()
