"""The method is data: what its file may say and what it may not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fsva.config.methods import method
from fsva.core.errors import CutOffError, FsvaError, StyleError
from tests.places import small

FILE = small.ROOT / "styles" / "metode" / "fsva-kabupaten-6.toml"
TEXT = FILE.read_text(encoding="utf-8")
BASELINE = small.ROOT / "styles" / "dasar" / "belu-2021.toml"
BASELINE_TEXT = BASELINE.read_text(encoding="utf-8")
COLOURS = ["#6E1F1F", "#E85961", "#F4A1A7", "#C9E077", "#94C945", "#3B703B"]


def test_the_shipped_method_is_the_six_indicator_one() -> None:
    shipped = small.shipped_method()
    assert shipped.id == FILE.stem
    assert [m.id for m in shipped.measures()] == [
        "lahan",
        "sarana",
        "tidak_sejahtera",
        "akses",
        "air_bersih",
        "nakes",
        "komposit",
    ]
    assert [c.colour for c in shipped.classes] == COLOURS
    assert {i.weight for i in shipped.indicators} == {Fraction(1, 6)}


@pytest.mark.parametrize("name", ["lahan", "nakes"])
def test_cut_offs_are_handed_out_from_the_smallest_on(name: str) -> None:
    cut_offs = small.indicator(name).ascending_cut_offs
    assert list(cut_offs) == sorted(cut_offs)
    assert len(cut_offs) == 5


def refused(folder: Path, old: str, new: str) -> FsvaError:
    """Return the error for a text changed in the method's or the baseline's file."""
    method_file, baseline_file = changed(folder, old, new)
    with pytest.raises(FsvaError) as caught:
        method.load(method_file, baseline_file)
    guilty = method_file if old in TEXT else baseline_file
    assert caught.value.places[0].file == guilty
    return caught.value


def changed(folder: Path, old: str, new: str) -> tuple[Path, Path]:
    """Copy method and baseline with one text changed in that of the two which holds it."""
    assert (old in TEXT) or (old in BASELINE_TEXT)
    files = folder / FILE.name, folder / BASELINE.name
    for file, text in zip(files, (TEXT, BASELINE_TEXT), strict=True):
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return files


def line(text: str) -> int:
    """Return the line of the shipped file that holds a text."""
    shipped = TEXT if text in TEXT else BASELINE_TEXT
    return next(n for n, row in enumerate(shipped.splitlines(), 1) if text in row)


LAHAN = "0.0093, 0.0373, 0.1766, 0.2651, 0.3671"
KATEGORI = "kategori = { 4 = 1, 3 = 2, 2 = 3, 1 = 4 }"
NAKES = "15.0000, 10.0000, 6.1050, 3.2100, 0.6200"


@pytest.mark.parametrize(
    ("old", "new", "key", "column", "found"),
    [
        (LAHAN, "0.0373, 0.0093, 0.1766, 0.2651, 0.3671", "cut_off_tinggi", "lahan.cut_off",
         "0.0373 → 0.0093"),
        (NAKES, "0.6200, 3.2100, 6.1050, 10, 15", "cut_off_rendah", "nakes.cut_off",
         "0.6200 → 3.2100"),
        ("44.84, 52.50", "52.50, 44.84", "cut_off_tinggi", "komposit.cut_off", "52.50 → 44.84"),
    ],
)  # fmt: skip
def test_cut_offs_run_in_one_direction(
    tmp_path: Path, old: str, new: str, key: str, column: str, found: str
) -> None:
    error = refused(tmp_path, old, new)
    place = error.places[0]
    assert isinstance(error, CutOffError)
    assert (error.key, place.column) == (key, column)
    assert str(place.found).startswith(found)
    assert place.row == line(old)


def test_cut_offs_may_coincide(tmp_path: Path) -> None:
    files = changed(tmp_path, LAHAN, "0, 0, 0, 0.1, 0.1")
    assert method.load(*files).indicators[0].cut_offs is not None


def test_closure_is_the_methods_unless_the_baseline_says_otherwise() -> None:
    open_ = {m.id: m.closed for m in method.load_open(FILE).measures()}
    assert set(open_.values()) == {"atas"}
    belu = {m.id: m.closed for m in small.shipped_method().measures()}
    assert {name for name in belu if belu[name] == "bawah"} == {
        "tidak_sejahtera",
        "air_bersih",
        "nakes",
    }


def test_an_indicator_that_names_no_closure_includes_the_upper_end(tmp_path: Path) -> None:
    files = changed(tmp_path, 'tutup = "atas"\n', "")
    assert method.load(*files).indicators[0].closed == "atas"


def test_closure_of_a_measure_that_is_none_is_refused(tmp_path: Path) -> None:
    files = changed(tmp_path, '[tutup]\ntidak_sejahtera = "bawah"', '[tutup]\nmiskin = "bawah"')
    with pytest.raises(FsvaError) as caught:
        method.load(*files)
    assert (caught.value.key, caught.value.places[0].column) == ("dasar_indikator", "tutup.miskin")


def test_a_baseline_with_more_digits_gives_them_to_its_indicator(tmp_path: Path) -> None:
    """0.046566 and 0.046553 are both 0.0466 with four digits, and two classes with six."""
    files = changed(tmp_path, "sarana = [0.0081", "sarana = [0.008112")
    made = {m.id: m.digits for m in method.load(*files).measures()}
    assert (made["sarana"], made["lahan"], made["komposit"]) == (6, 4, 2)


def test_a_method_without_its_baseline_is_refused() -> None:
    with pytest.raises(FsvaError) as caught:
        method.load(FILE)
    assert caught.value.places[0].file == FILE


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('metode = "fsva-kabupaten-6"', 'metode = "fsva-kota-5"', "dasar_metode_lain"),
        ("nakes = [0.4782", "naks = [0.4782", "dasar_indikator"),
        ("desimal = 0", "desimal = 0\nskala = [1, 4]", "dasar_ganda"),
    ],
)
def test_a_baseline_fills_only_what_its_method_leaves_open(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    files = changed(tmp_path, old, new)
    with pytest.raises(FsvaError) as caught:
        method.load(*files)
    assert (caught.value.key, caught.value.places[0].file) == (key, files[1])


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        ("warna_tanpa_data", "warna_tnpa_data", "skema_tak_dikenal", "warna_tanpa_data"),
        ('bobot = "1/6"', 'bobt = "1/6"', "skema_tak_dikenal", "bobot"),
        ('bobot = "1/6"', "", "skema_kurang", "bobot"),
        ('bobot = "1/6"', 'bobot = "2/6"', "skema_mustahil", "bobot = 1"),
        ('bobot = "1/6"', 'bobot = "-1/6"', "skema_mustahil", "bobot > 0"),
        ('bobot = "1/6"', 'bobot = "1/0"', "skema_mustahil", "1/6"),
        ('bobot = "1/6"', "bobot = [1]", "skema_mustahil", "1/6"),
        ('baik = "tinggi"', 'baik = "tingi"', "skema_pilihan", "'tinggi', 'rendah'"),
        ("desimal = 4", "desimal = 40", "skema_batas", "≤ 8"),
        ("peta = 2", "peta = 3", "skema_mustahil", "peta 1..n"),
        (LAHAN, "0.0093", "cut_off_banyak", "5"),
        (f"lahan = [{LAHAN}]", "", "dasar_kurang", ""),
        (f"{KATEGORI}", f"{KATEGORI}\ncut_off = [1, 2, 3, 4, 5]", "skema_mustahil", "kategori"),
        ("lahan = [0, 1.6659]", "lahan = [1.6659, 0]", "skema_mustahil", "skala"),
        ("rentang = [0, 1]", "rentang = [1, 1]", "skema_mustahil", "rentang"),
        ("{ 4 = 1, 3", "{ 4 = 7, 3", "skema_mustahil", "akses: kategori: 1..6"),
        ("kelas = 2\n", "kelas = 3\n", "skema_mustahil", "kelas 1..n"),
        ("#6E1F1F", "merah", "skema_pola", "#[0-9A-Fa-f]{6}"),
    ],
)
def test_impossible_values_are_refused(
    tmp_path: Path, old: str, new: str, key: str, text: str
) -> None:
    error = refused(tmp_path, old, new)
    assert isinstance(error, StyleError)
    assert error.key == key
    assert text in " ".join(error.facts.values())


def test_no_cut_off_colour_or_class_name_stands_in_the_code() -> None:
    data = [*COLOURS, "0.0093", "0.1766", "6.105", "67.93", "Rentan pangan"]
    for file in sorted((small.ROOT / "pipeline").rglob("*.py")):
        code = file.read_text(encoding="utf-8")
        assert [word for word in data if word.casefold() in code.casefold()] == [], file.name
