"""TOML files become models; what is refused is pointed to by its line."""

from __future__ import annotations

import datetime
import time
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import Field, model_validator

from fsva.core import toml
from fsva.core.errors import EditionError, SourceError, StyleError
from fsva.core.toml import Bilingual, Section


class Part(Section):
    """A section of a section."""

    size: int = Field(alias="ukuran", ge=3, le=9)
    ratio: Decimal = Field(Decimal(1), alias="nisbah")


class Whole(Section):
    """A file."""

    name: str = Field(alias="nama", pattern=r"^\d{2}\.\d{2}$")
    title: Bilingual | None = Field(None, alias="judul")
    parts: tuple[Part, ...] = Field((), alias="bagian")
    pair: tuple[Decimal, Decimal] = Field((Decimal(0), Decimal(1)), alias="pasangan")
    real: bool = Field(True, alias="asli")
    day: datetime.date | None = Field(None, alias="tanggal")


def write(folder: Path, text: str) -> Path:
    file = folder / "a.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_numbers_are_read_as_they_are_printed(tmp_path: Path) -> None:
    file = write(tmp_path, 'nama = "12.34"\n[[bagian]]\nukuran = 4\nnisbah = 0.1770\n')
    assert str(toml.load(file, Whole, StyleError).parts[0].ratio) == "0.1770"


def test_a_bilingual_text_is_chosen_by_language() -> None:
    text = Bilingual(id="desa", en="village")
    assert (text["id"], text["en"]) == ("desa", "village")


OK = 'nama = "12.34"\n'


@pytest.mark.parametrize(
    ("text", "key", "row", "column", "fact"),
    [
        (OK + "jdul = 1\n", "skema_tak_dikenal", 2, "jdul", "judul"),
        (OK + "zzz = 1\n", "skema_tak_dikenal", 2, "zzz", "asli, bagian, judul, nama"),
        (OK + "[[bagian]]\n# u\nukran = 3\n", "skema_tak_dikenal", 4, "bagian.1.ukran", "ukuran"),
        (OK + "[[bagian]]\nukuran = 3\n[[bagian]]\nnisbah = 1\n", "skema_kurang", 4,
         "bagian.2.ukuran", "ukuran"),
        (OK + 'judul = { id = "a", eng = "b" }\n', "skema_tak_dikenal", 2, "judul.eng", "en"),
        (OK + "judul = 3\n", "skema_bagian", 2, "judul", ""),
        ('asli = true\nnama = "12-34"\n', "skema_pola", 2, "nama", "d{2}.d{2}"),
        ("nama = 12.34\n", "skema_teks", 1, "nama", ""),
        (OK + "[[bagian]]\nukuran = 10\n", "skema_batas", 3, "bagian.1.ukuran", "≤ 9"),
        (OK + "[[bagian]]\nukuran = 2\n", "skema_batas", 3, "bagian.1.ukuran", "≥ 3"),
        (OK + '[[bagian]]\nukuran = "x"\n', "skema_bulat", 3, "bagian.1.ukuran", ""),
        (OK + "[[bagian]]\nukuran = 3.5\n", "skema_bulat", 3, "bagian.1.ukuran", ""),
        (OK + '[[bagian]]\nukuran = 3\nnisbah = "x"\n', "skema_bilangan", 4, "bagian.1.nisbah", ""),
        (OK + "[[bagian]]\nukuran = 3\nnisbah = nan\n", "skema_bilangan", 4, "bagian.1.nisbah", ""),
        (OK + "pasangan = [1]\n", "skema_daftar", 2, "pasangan.2", ""),
        (OK + "pasangan = [1, 2, 3]\n", "skema_daftar", 2, "pasangan", ""),
        (OK + "pasangan = 1\n", "skema_daftar", 2, "pasangan", ""),
        (OK + 'asli = "ja"\n', "skema_benar_salah", 2, "asli", ""),
        (OK + 'tanggal = "25 Mei"\n', "skema_tanggal", 2, "tanggal", ""),
        (OK + "asli = ya\n", "toml", 2, None, None),
        (OK + 'tanggal = "25\n', "toml", 2, None, None),
        (OK + OK, "toml", 2, None, None),
    ],
)  # fmt: skip
def test_a_refusal_names_line_key_and_likely_meaning(
    tmp_path: Path, text: str, key: str, row: int, column: str | None, fact: str | None
) -> None:
    file = write(tmp_path, text)
    with pytest.raises(StyleError) as caught:
        toml.load(file, Whole, StyleError)
    error = caught.value
    place = error.places[0]
    assert (error.key, place.file, place.row, place.column) == (key, file, row, column)
    assert fact is None or fact in " ".join(error.facts.values())


class Agreeing(Section):
    """Sections whose keys must agree."""

    parts: tuple[Part, ...] = Field((), alias="bagian")

    @model_validator(mode="after")
    def _grow(self) -> Agreeing:
        if [part.size for part in self.parts] != sorted(part.size for part in self.parts):
            raise ValueError("bagian.ukuran naik")
        return self


def test_what_a_whole_file_contradicts_is_named_without_its_text(tmp_path: Path) -> None:
    file = write(tmp_path, "[[bagian]]\nukuran = 5\n[[bagian]]\nukuran = 3\n")
    with pytest.raises(StyleError) as caught:
        toml.load(file, Agreeing, StyleError)
    place = caught.value.places[0]
    assert (caught.value.key, caught.value.facts["harap"]) == (
        "skema_mustahil",
        "bagian.ukuran naik",
    )
    # The whole file is no cell: neither a line nor a text of it, least of all Python's.
    assert (place.row, place.column, place.found) == (None, None, None)


def test_all_places_of_one_kind_are_named(tmp_path: Path) -> None:
    file = write(tmp_path, OK + "a = 1\nb = 2\n[[bagian]]\nukuran = 1\n")
    with pytest.raises(EditionError) as caught:
        toml.load(file, Whole, EditionError)
    assert [(p.row, p.column) for p in caught.value.places] == [(2, "a"), (3, "b")]


@pytest.mark.parametrize(
    ("content", "key"),
    [(None, "berkas_hilang"), ('nama = "é"'.encode("cp1252"), "bukan_utf8")],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None, key: str) -> None:
    file = tmp_path / "a.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        toml.load(file, Whole, StyleError)
    assert (caught.value.key, caught.value.places[0].file) == (key, file)


@pytest.mark.parametrize(  # also in quotes, where a model would still take it for a number
    "value",
    [
        "1e999999999",
        "1e-999999999",
        "1e99999999999999999999",
        "[" * 5000,
        "1" * 5000,
        '"1e999"',
        '"-1E-999"',
        '["1e99999999999999999999"]',
        f'"{"9" * 400}"',
    ],
)
def test_a_number_or_nesting_without_end_is_refused(tmp_path: Path, value: str) -> None:
    file = tmp_path / "edition.toml"
    file.write_text(f"bobot = {value}\n", encoding="utf-8")
    with pytest.raises(EditionError, match="toml"):
        toml.read(file, EditionError)


@pytest.mark.parametrize("value", ["0.0", "1e-5", "1.5e300", "-0.00"])
def test_numbers_of_people_stay_exact(tmp_path: Path, value: str) -> None:
    file = tmp_path / "edition.toml"
    file.write_text(f"bobot = {value}\n", encoding="utf-8")
    assert toml.read(file, EditionError)["bobot"] == Decimal(value)


@pytest.mark.parametrize("name", ["a\0b.csv", "a" * 300 + ".csv", "tidak/ada.csv"])
def test_a_name_that_no_file_can_have_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="berkas_"):
        toml.read_bytes(tmp_path / name)


@pytest.mark.parametrize("escape", ["\\u0000", "\\U00000000"])
@pytest.mark.parametrize(
    "line",
    [
        'berkas = "a{}b.geojson"',
        '"{}" = 1',
        'x = [["{}"], 2]',
        'x = {{ y = "/a{}/b" }}',
        'x = """\n{}"""',
    ],
    ids=["value", "key", "list", "table", "lines"],
)
def test_a_text_with_nul_is_refused_with_its_row(tmp_path: Path, line: str, escape: str) -> None:
    """No call of the system takes such a name: nine keys of files ended in a traceback."""
    file = tmp_path / "edition.toml"
    file.write_text("tahun = 2021\n" + line.format(escape) + "\n", encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        toml.read(file, EditionError)
    assert caught.value.key == "toml_nul"
    assert [place.row for place in caught.value.places] == [3 if "\n" in line else 2]


def test_a_comment_and_a_literal_text_may_name_it(tmp_path: Path) -> None:
    file = tmp_path / "edition.toml"
    file.write_text("a = 1  # \\u0000\nb = '\\u0000'\n", encoding="utf-8")
    assert toml.read(file, EditionError) == {"a": 1, "b": "\\u0000"}


def test_each_of_ten_thousand_entries_is_found_without_reading_the_text_ten_thousand_times() -> (
    None
):
    text = "".join(f'[[timpa]]\nkode_bps = "{n}"\nkelas = 3\n' for n in range(10_000))
    begun = time.process_time()
    lines = [toml.line_of(text, ("timpa", n, "kelas")) for n in range(10_000)]
    assert lines == [3 * n + 3 for n in range(10_000)]
    assert time.process_time() - begun < 5
