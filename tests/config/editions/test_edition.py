"""edition.toml: what it names, and what of it is refused."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fsva.config.editions import edition
from fsva.config.editions.edition import Edition
from fsva.core import texts
from fsva.core.errors import EditionError, Place, SourceError
from fsva.runs import run_order
from fsva.sources.cells import table_text
from fsva.sources.tables import edition_tables
from tests.places import small

TEXT = (small.BELU / edition.FILE_NAME).read_text(encoding="utf-8")


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return a writer of a copy of Belu's edition.toml with one text replaced."""

    def write(old: str, new: str) -> Path:
        assert old in TEXT
        (tmp_path / edition.FILE_NAME).write_text(TEXT.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return write


def line(text: str, nth: int = 1) -> int:
    rows = [n for n, row in enumerate(TEXT.splitlines(), 1) if row.startswith(text)]
    return rows[nth - 1]


def test_folder_and_file_name_the_same_edition() -> None:
    by_folder = edition.load(small.BELU)
    assert by_folder == edition.load(small.BELU / "edition.toml")
    assert by_folder.settings.district.full_name == "Kabupaten Belu"
    assert by_folder.method_file.is_file()
    for name in (by_folder.settings.data.crosswalk, by_folder.settings.boundary.layer):
        assert by_folder.path(name).is_relative_to(small.ROOT / "boundaries")


@pytest.mark.parametrize(
    ("said", "may"),
    [
        ("skematis = true", True),
        ("skematis = false", False),
        ("skematis = false\nboleh_dibagikan = true", True),
        ("skematis = true\nboleh_dibagikan = false", False),
        ('skematis = false\nboleh_dibagikan = "belum diisi"', False),
        ('skematis = true\nboleh_dibagikan = "belum diisi"', True),
    ],
)
def test_official_borders_are_passed_on_only_if_the_office_says_so(
    changed: Callable[[str, str], Path], said: str, may: bool
) -> None:
    loaded = edition.load(changed("skematis = true", said))
    assert loaded.settings.boundary.may_be_passed_on is may
    if may and "boleh_dibagikan = true" in said:
        # What the office has said of its layer says nothing of another one.
        other = run_order.place(loaded, Path("desa.gpkg"), texts.load("id"))
        assert not other.edition.settings.boundary.may_be_passed_on


@pytest.mark.parametrize("name", ["Kabupaten Belu", "Kab. Belu", "KABUPATEN Belu", "Belu"])
def test_a_name_goes_without_the_word_that_stands_before_it(
    changed: Callable[[str, str], Path], name: str
) -> None:
    folder = changed('nama = "Belu"', f'nama = "{name}"')
    assert edition.load(folder).settings.district.full_name == "Kabupaten Belu"


def test_a_province_goes_without_its_kind(changed: Callable[[str, str], Path]) -> None:
    folder = changed('"Nusa Tenggara Timur"', '"Provinsi Nusa Tenggara Timur"')
    assert edition.load(folder).settings.district.province == "Nusa Tenggara Timur"


def test_files_stand_relative_to_the_edition_or_absolute(tmp_path: Path) -> None:
    belu = edition.load(small.BELU)
    assert belu.path("indicators.csv") == small.BELU / "indicators.csv"
    assert belu.path(str(tmp_path / "desa.gpkg")) == tmp_path / "desa.gpkg"


def test_an_edition_outside_a_project_uses_the_packaged_styles(
    changed: Callable[[str, str], Path],
) -> None:
    folder = changed("Belu", "Belu")
    assert edition.load(folder).method_file == edition.load(small.BELU).method_file


def test_an_edition_of_another_project_uses_the_styles_of_that_project(tmp_path: Path) -> None:
    shutil.copytree(small.ROOT / "styles" / "metode", tmp_path / "styles" / "metode")
    folder = tmp_path / "editions" / "x"
    folder.mkdir(parents=True)
    shutil.copy(small.BELU / edition.FILE_NAME, folder)
    assert edition.load(folder).method_file.is_relative_to(tmp_path / "styles")


def test_a_folder_without_edition_toml_is_no_edition(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        edition.load(tmp_path)
    assert caught.value.key == "edisi_hilang"
    assert caught.value.places == [Place(tmp_path / "edition.toml")]


@pytest.mark.parametrize(
    ("old", "new", "key", "row", "column", "text"),
    [
        ("penyusun =", "penyusn =", "skema_tak_dikenal", "penyusun", "penyusn", "penyusun"),
        ("skematis = true\n", "", "skema_kurang", "[batas]", "batas.skematis", "skematis"),
        ("bujur =", "bujr =", "skema_tak_dikenal", "bujur", "sekitar.nama.1.bujr", "bujur"),
        ("tahun = 2021", "tahun = 1021", "skema_batas", "tahun", "tahun", "≥ 2000"),
        ("2021-11-25", '"25-11-2021"', "skema_tanggal", "tanggal", "tanggal", ""),
        ('"53.04"', '"5304"', "skema_pola", "kode_kemendagri", "daerah.kode_kemendagri", "9]{2}"),
        ('"kabupaten"', '"provinsi"', "skema_pilihan", "jenis", "daerah.jenis", "'kota'"),
        ("kelas = 3", "kelas = 0", "skema_batas", "kelas", "timpa.1.kelas", "≥ 1"),
        ('"5306060011"', "5306060011", "skema_teks", 'kode_bps = "5306060011', "timpa.1.kode_bps",
         ""),
        ("skematis = true", "skematis = true\nkolom_kode = 'nama'", "skema_mustahil", "[batas]",
         "batas", "kolom_kode ≠ kolom_nama"),
    ],
)  # fmt: skip
def test_a_refusal_points_to_the_line(
    changed: Callable[[str, str], Path],
    old: str,
    new: str,
    key: str,
    row: str,
    column: str,
    text: str,
) -> None:
    folder = changed(old, new)
    with pytest.raises(EditionError) as caught:
        edition.load(folder)
    error, place = caught.value, caught.value.places[0]
    assert (error.key, place.file, place.column) == (key, folder / "edition.toml", column)
    assert place.row == line(row)
    assert text in " ".join(error.facts.values())


@pytest.mark.parametrize(("key", "kind"), [("metode", "metode"), ("tata_letak", "layouts")])
def test_an_unknown_style_is_refused_with_the_known_ones(
    changed: Callable[[str, str], Path], key: str, kind: str
) -> None:
    belu = edition.load(changed(f'{key} = "', f'{key} = "x-'))
    with pytest.raises(EditionError) as caught:
        _ = belu.method_file if key == "metode" else belu.layout_files
    error = caught.value
    assert error.key == "gaya_hilang"
    known = {f.stem for f in (small.ROOT / "styles" / kind).glob("*.toml")}
    papers = {"a3", "a4", "kolom"} if kind == "layouts" else set()
    assert error.facts == {"ada": ", ".join(sorted(known | papers))}


def checked(folder: Path) -> None:
    belu: Edition = edition.load(folder)
    method = small.shipped_method()
    everywhere = frozenset(
        (a.code, a.indicator) for a in edition.load(small.BELU).settings.acceptances
    )
    table = edition_tables.read_indicators(
        table_text.open_file(small.BELU / "indicators.csv"), method, everywhere
    )
    edition.check(belu, table.by_code("desa"), method)


def test_the_decisions_of_belu_speak_of_its_villages() -> None:
    checked(small.BELU)


@pytest.mark.parametrize(
    ("old", "new", "key", "column", "found", "row"),
    [
        ("5306060011", "5306060099", "keputusan_desa", "timpa.1.kode_bps", "5306060099",
         'kode_bps = "5306060011'),
        ("Manumutin", "Manumutn", "keputusan_nama", "timpa.1.desa", "Manumutn",
         'desa = "Manumutin'),
        ('indikator = "sarana"', 'indikator = "sarna"', "keputusan_indikator",
         "timpa.1.indikator", "sarna", 'indikator = "sarana'),
        ("kelas = 3", "kelas = 9", "keputusan_kelas", "timpa.1.kelas", "9", "kelas = 3"),
        ("5306032005", "5306032004", "keputusan_nama", "diterima.3.desa", "Faturika",
         'desa = "Faturika'),
        ("akses = {", "akse = {", "sumber_indikator", "sumber.akse", None, "akses = {"),
    ],
)  # fmt: skip
def test_decisions_about_nobody_are_refused(
    changed: Callable[[str, str], Path],
    old: str,
    new: str,
    key: str,
    column: str,
    found: str | None,
    row: str,
) -> None:
    folder = changed(old, new)
    with pytest.raises(EditionError) as caught:
        checked(folder)
    place = caught.value.places[0]
    assert caught.value.key == key
    assert place == Place(folder / "edition.toml", line(row), column, found=found)


@pytest.mark.parametrize(
    ("key", "line", "said"),
    [
        # A blank name meant the edition's own folder, and any layer in it was taken.
        ("batas.berkas", 'berkas = ""', "≥ 1"),
        ("daerah.nama", f'nama = "{"A" * 81}"', "≤ 80"),
        ("penyusun", f'penyusun = "{"A" * 301}"', "≤ 300"),
    ],
)
def test_texts_too_short_or_too_long_are_refused_by_their_letters(
    tmp_path: Path, key: str, line: str, said: str
) -> None:
    folder = tmp_path / "edisi"
    shutil.copytree(small.BELU, folder)
    file = folder / "edition.toml"
    name = line.split(" = ")[0]
    text = re.sub(rf'(?m)^{name} = ".*"$', line, file.read_text(encoding="utf-8"), count=1)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        edition.load(folder)
    assert caught.value.key == "skema_panjang"
    assert [place.column for place in caught.value.places] == [key]
    assert caught.value.facts["harap"] == said
