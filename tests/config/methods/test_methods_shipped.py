"""The methods under styles/ hold what the guidelines say, and what a method of one's own may be."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from fsva import cli
from fsva.config.editions import edition
from fsva.config.editions.sections import Settings
from fsva.config.methods import formula, measures, method
from fsva.config.methods.method import Indicator, Method
from fsva.core import texts
from fsva.core.errors import FsvaError, StyleError
from fsva.core.texts import Language
from fsva.words.legends import ranges
from tests.places import small
from tests.places.frames import classes, composite, joined_table, specification

FOLDER = small.ROOT / "styles" / "metode"
FILES = sorted(FOLDER.glob("*.toml"))
NATIONAL_FILE = FOLDER / "fsva-2025-11.toml"
NATIONAL = method.load(NATIONAL_FILE)
STUNTING = next(i for i in NATIONAL.indicators if i.id == "stunting")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_method_is_named_as_its_file_and_computes_from_counts(file: Path) -> None:
    rules = method.load_open(file)
    assert rules.id == file.stem
    used = {c for i in rules.indicators for c in rules.formula(i).columns}
    used |= {i.fallback.column for i in rules.indicators if i.fallback}
    assert used == set(rules.columns)


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("fsva-kabupaten-6", {"ketersediaan": "1/3", "akses": "1/3", "pemanfaatan": "1/3"}),
        ("fsva-kota-5", {"ketersediaan": "1/3", "akses": "1/3", "pemanfaatan": "1/3"}),
        ("fsva-2025-11", {"ketersediaan": "335/1000", "akses": "33/100",
                          "pemanfaatan": "335/1000"}),
    ],
)  # fmt: skip
def test_aspects_weigh_what_the_guidelines_say(name: str, weights: dict[str, str]) -> None:
    rules = method.load_open(FOLDER / f"{name}.toml")
    found: dict[str, Fraction] = {}
    for indicator in rules.indicators:
        found[indicator.aspect] = found.get(indicator.aspect, Fraction(0)) + indicator.weight
    assert found == {aspect: Fraction(weight) for aspect, weight in weights.items()}


def test_the_kota_method_is_that_of_the_kabupaten_without_land() -> None:
    kota = method.load_open(FOLDER / "fsva-kota-5.toml")
    kabupaten = method.load_open(FOLDER / "fsva-kabupaten-6.toml")
    assert [i.id for i in kota.indicators] == [i.id for i in kabupaten.indicators][1:]
    for own, other in zip(kota.indicators, kabupaten.indicators[1:], strict=True):
        assert own.calculation == other.calculation
        assert (own.better, own.closed, own.aspect) == (other.better, other.closed, other.aspect)
    assert [str(i.weight) for i in kota.indicators] == ["1/3", "1/6", "1/6", "1/6", "1/6"]


def test_the_national_method_fixes_every_number_itself() -> None:
    assert method.open_numbers(NATIONAL) == ()
    assert NATIONAL.baseline is None
    assert len(NATIONAL.indicators) == 11
    assert {measure.closed for measure in NATIONAL.measures()} == {"bawah"}


def standardised(indicator: Indicator, value: Decimal) -> Fraction:
    low, high = map(Fraction, indicator.bounds)
    share = (Fraction(value) - low) / (high - low)
    return 100 * (share if indicator.better == "tinggi" else 1 - share)


def test_the_national_composite_cut_offs_follow_from_all_its_other_numbers() -> None:
    """Equation 2: weights, bounds, directions and 55 cut-offs give the five of the guidelines.

    One wrong digit in any of them, or stunting with its map's cut-offs, would show.
    """
    sums = [
        sum(i.weight * standardised(i, i.cut_offs[j]) for i in NATIONAL.indicators if i.cut_offs)
        for j in range(5)
    ]
    exact = [Decimal(s.numerator) / Decimal(s.denominator) for s in map(Fraction, sums)]
    rounded = tuple(e.quantize(Decimal("0.01"), ROUND_HALF_UP) for e in exact)
    assert rounded == NATIONAL.composite.cut_offs


@pytest.mark.parametrize("indicator", NATIONAL.indicators, ids=lambda i: i.id)
def test_national_ranges_include_their_lower_end(indicator: Indicator) -> None:
    cut_offs = pd.Series(list(map(float, indicator.cut_offs or ())), dtype="Float64")
    on_the_cut = [2, 3, 4, 5, 6] if indicator.better == "tinggi" else [1, 2, 3, 4, 5]
    assert classes.classify(cut_offs, indicator).tolist() == on_the_cut
    step = 10.0**-indicator.digits
    below = [1, 2, 3, 4, 5] if indicator.better == "tinggi" else [2, 3, 4, 5, 6]
    assert classes.classify(cut_offs - step, indicator).tolist() == below


def national_table() -> pd.DataFrame:
    """Return the joined table of twelve villages whose values run through the bounds."""
    keys = {"kode_bps": small.BPS_CODES, "kecamatan": small.KECAMATAN, "desa": small.NAMES}
    values = {
        i.id: pd.array(
            [float(low + (high - low) * n / 11) for n in range(12)],
            dtype="Float64",
        )
        for i in NATIONAL.indicators
        for low, high in [i.bounds]
    }
    values["stunting"] = pd.array(
        [0, 19.99, 20, 24.99, 25, 29.99, 30, 34.99, 35, 39.99, 40, pd.NA], dtype="Float64"
    )
    villages = pd.DataFrame(keys | values, index=list(small.CODES))
    return joined_table.tabulate(villages, None, (), NATIONAL)


def test_the_table_keeps_six_classes_of_stunting() -> None:
    table = national_table()
    expected = [6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, pd.NA]
    assert table["stunting_kelas"].tolist() == expected
    assert table["komposit"].isna().tolist() == [False] * 11 + [True]
    scores = composite.standard_score(table["stunting"], STUNTING)
    assert scores.iloc[0] == 100


def national_settings() -> Settings:
    belu = edition.load(small.BELU).settings
    origin = next(iter(belu.origins.values()))
    origins = {i.id: origin for i in NATIONAL.indicators}
    return belu.model_copy(update={"origins": origins, "baseline": None})


@pytest.mark.parametrize(
    ("language", "first"), [("id", "40,00 atau lebih"), ("en", "40.00 or more")]
)
def test_the_map_of_stunting_has_four_classes_of_its_own(language: Language, first: str) -> None:
    maps = specification.build(
        national_table(), NATIONAL, national_settings(), texts.load(language)
    )
    assert len(maps) == 12
    stunting = maps[10]
    assert list(stunting.priorities.values()) == [4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1, 0]
    assert [(r.priority, r.colour, r.count) for r in stunting.legend] == [
        (0, "#FFFFFF", 1), (1, "#6E1F1F", 1), (2, "#F4A1A7", 4), (3, "#C9E077", 4),
        (4, "#3B703B", 2),
    ]  # fmt: skip
    assert stunting.legend[1].interval == first
    if language == "id":
        assert [r.interval for r in stunting.legend[2:]] == [
            "30,00 sampai di bawah 40,00", "20,00 sampai di bawah 30,00", "di bawah 20,00",
        ]  # fmt: skip
    assert [sum(r.priority > 0 for r in m.legend) for m in maps] == [6] * 10 + [4, 6]


def test_a_class_between_coinciding_cut_offs_has_no_interval() -> None:
    cut_offs = tuple(map(Decimal, (3, 2, 2, 2, 1)))
    measure = NATIONAL.indicators[0].model_copy(update={"cut_offs": cut_offs, "digits": 0})
    words = texts.load("id")
    printed = [ranges.of_class(measure, n, words) for n in range(1, 7)]
    assert printed == [
        "3 atau lebih",
        "2 sampai di bawah 3",
        "-",
        "-",
        "1 sampai di bawah 2",
        "di bawah 1",
    ]


def test_maps_of_national_methods_name_no_baseline() -> None:
    maps = specification.build(national_table(), NATIONAL, national_settings(), texts.load("id"))
    words, national = (
        texts.load("id").raw(f"peta.{key}").split("{", 1)[0]
        for key in ("dasar", "cut_off_nasional")
    )
    said = [line for one in maps for line in one.sources if line.startswith(words)]
    assert all(line.startswith(national) for line in said)
    assert len(national) > len(words)


TEXT = NATIONAL_FILE.read_text(encoding="utf-8")


def refused(folder: Path, old: str, new: str) -> FsvaError:
    assert old in TEXT
    file = folder / NATIONAL_FILE.name
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FsvaError) as caught:
        method.load(file)
    assert caught.value.places[0].file == file
    return caught.value


RATIO = "konsumsi_normatif / ketersediaan_pokok"


@pytest.mark.parametrize(
    ("old", "new", "key", "letter", "found"),
    [
        (RATIO, "konsumsi_normatif / ketersedian_pokok", "rumus_kolom", "31", "ketersedian_pokok"),
        (RATIO, "konsumsi_normatif /", "rumus_tulisan", "11", "konsumsi_normatif /"),
        (RATIO, "konsumsi_normatif.x", "rumus_larangan", "11", "konsumsi_normatif.x"),
        (RATIO, "eval(konsumsi_normatif)", "rumus_fungsi", "11", "eval(konsumsi_normatif)"),
        (RATIO, "konsumsi_normatif + penduduk", "rumus_satuan", "11",
         "konsumsi_normatif + penduduk"),
        (RATIO, "konsumsi_normatif", "rumus_hasil", "11", "g/jiwa/hari"),
        (RATIO, "konsumsi_normatif" + " " * 300, "rumus_panjang", "311", "317"),
    ],
)  # fmt: skip
def test_a_wrong_formula_is_pointed_to_by_line_and_letter(
    tmp_path: Path, old: str, new: str, key: str, letter: str, found: str
) -> None:
    error = refused(tmp_path, old, new)
    assert isinstance(error, StyleError)
    assert (error.key, error.facts["huruf"]) == (key, letter)
    place = error.places[0]
    row = next(n for n, line in enumerate(TEXT.splitlines(), 1) if RATIO in line)
    assert (place.row, place.column, place.found) == (row, "ncpr.hitung", found)


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        ("satuan_hitung = \"1\"\n", "", "skema_mustahil", "hitung + satuan_hitung"),
        ("gabungan = [2, 3]", "gabungan = [2]", "skema_mustahil", "gabungan: 1.."),
        ("gabungan = [2, 3]", "gabungan = [3, 2]", "skema_mustahil", "gabungan: 1.."),
        ("kelas = 2\ngabungan", "kelas = 3\ngabungan", "skema_mustahil", "kelas: 1..n"),
        ('kolom_nol = "produksi_pokok"', 'kolom_nol = "produksi"', "skema_mustahil",
         "produksi_pokok"),
        ("[kolom.balita]", "[kolom.stunting]", "skema_mustahil", "kolom.stunting"),
        ("[kolom.balita]", "[kolom.desa]", "skema_mustahil", "kolom.desa"),
        ("[kolom.balita]", "[kolom.lambda]", "skema_mustahil", "kolom.lambda"),
        ('satuan = "ton"', 'satuan = "ton per ha"', "skema_mustahil", "jiwa/km2"),
        ("0.375", "0.3755", "cut_off_desimal", "3"),
        ("skala = [0, 75]\n", "", "dasar_kurang", ""),
        ("bobot = 0.095", "bobot = 0.09", "skema_mustahil", "bobot = 1"),
    ],
)  # fmt: skip
def test_what_a_method_cannot_be_is_refused(
    tmp_path: Path, old: str, new: str, key: str, text: str
) -> None:
    error = refused(tmp_path, old, new)
    assert error.key == key
    assert text in " ".join(error.facts.values())


def test_a_method_of_ones_own_needs_no_code(tmp_path: Path) -> None:
    """Three indicators, other columns, other weights: a file is enough to compute a composite."""
    file = tmp_path / "kantor-3.toml"
    file.write_text(own_method(), encoding="utf-8")
    rules = method.load(file)
    assert [i.id for i in rules.indicators] == ["a", "b", "c"]
    score = composite.index(pd.DataFrame({n: [0.2, 1.0] for n in "abc"}, dtype="Float64"), rules)
    assert score.tolist() == [20.0, 100.0]


def own_method() -> str:
    """Return the text of a method of three ratios, made from the shipped classes."""
    words = '{ id = "x", en = "y" }'
    shared = f'nama = {words}\njudul = {words}\nsatuan = {words}\ndesimal = 2\nbaik = "tinggi"\n'
    cut_off = 'tutup = "atas"\ncut_off = [0.1, 0.2, 0.3, 0.4, 0.5]\n'
    parts = [f'id = "kantor-3"\nnama = {words}\nwarna_tanpa_data = "#FFFFFF"\n']
    for n, (name, weight) in enumerate([("a", "1/2"), ("b", "1/3"), ("c", "1/6")], start=1):
        parts.append(
            f'[[indikator]]\nid = "{name}"\npeta = {n}\naspek = "akses"\nrumus = {words}\n'
            f'{shared}{cut_off}skala = [0, 1]\nrentang = [0, 1]\nbobot = "{weight}"\n'
            f'hitung = "m{name} / penduduk"\nsatuan_hitung = "1"\n'
        )
    parts.append(f'[komposit]\nid = "komposit"\npeta = 4\n{shared}{cut_off}')
    columns = [f'[kolom.{c}]\nsatuan = "jiwa"\nnama = {words}\n' for c in ("ma", "mb", "mc")]
    parts += [*columns, f'[kolom.penduduk]\nsatuan = "jiwa"\nnama = {words}\n']
    shipped = TEXT[TEXT.index("[[kelas]]") : TEXT.index("\n# Kolom data mentah")]
    return "\n".join([*parts, shipped])


def test_the_manual_names_every_key_and_function() -> None:
    manual = (small.ROOT / "docs" / "metode.md").read_text(encoding="utf-8")
    sections = [Method, Indicator, measures.RawColumn, measures.Fallback, measures.ZeroMeaning,
                measures.MapClass, measures.PriorityClass, measures.Composite]  # fmt: skip
    keys = {f.alias or name for s in sections for name, f in s.model_fields.items()}
    headings = {
        "indikator",
        "komposit",
        "kelas",
        "kolom",
        "dasar",
        "kelas_peta",
        "bila_kosong",
        "nol",
        "usulan",
    }
    assert [key for key in sorted(keys - headings) if f"`{key}`" not in manual] == []
    assert [name for name in formula.FUNCTIONS if f"`{name}(...)`" not in manual] == []
    assert str(formula.LONGEST) in manual


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(["metode", "periksa", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_periksa_prints_definitions_weights_and_classes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, "fsva-2025-11")
    assert code == 0
    for words in (
        "Tabel 1.1", "Tabel 1.2", "persen(balita_stunting / balita)  (%)",
        "0,00, bila produksi_pokok tercatat 0", "tidak ada produksi: dihitung",
        "30,00 sampai di bawah 40,00", "0,375 sampai di bawah 0,500",
        "40,00; 35,00; 30,00; 25,00; 20,00", "33,50%",
        "Skor 0 pada nilai 50,00, skor 100 pada nilai 120,00.",
        "69,71 sampai di bawah 77,29", "Tiap selang memuat ujung bawahnya.", "Metode ini sah.",
    ):  # fmt: skip
        assert words in out


def test_periksa_shows_what_is_open_and_what_a_baseline_fills_in(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, bare, _ = run(capsys, "fsva-kabupaten-6", "--bahasa", "en")
    assert "12 numbers" in bare
    assert bare.count("Cut-offs: set by the baseline.") == 6
    assert bare.count("Scale: set by the baseline.") == 6
    _, filled, _ = run(capsys, "fsva-kabupaten-6", "--bahasa", "en", "--dasar", "belu-2021")
    assert "set by the baseline" not in filled
    for words in ("Baseline: Belu 2021.", "above 0.0093 up to 0.0373", "6.1050 to below 10.0000",
                  "Score 0 at the value 53.3397, score 100 at the value 0.4782.",
                  "Each interval includes its upper end."):  # fmt: skip
        assert words in filled


def test_periksa_reads_a_file_of_ones_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "kantor-3.toml"
    file.write_text(own_method(), encoding="utf-8")
    code, out, _ = run(capsys, str(file))
    assert code == 0
    assert "ma / penduduk" in out
    file.write_text(own_method().replace("ma / penduduk", "ma / pendudk"), encoding="utf-8")
    code, out, err = run(capsys, str(file))
    assert (code, out) == (StyleError.exit_code, "")
    assert "Barangkali maksudnya: penduduk." in err


@pytest.mark.parametrize(
    ("words", "code"),
    [(("fsva-kabupaten",), 60), (("fsva-kota-5", "--dasar", "belu"), 60),
     (("fsva-kota-5", "--dasar", "belu-2021"), 60), (("tidak-ada.toml",), 10)],
)  # fmt: skip
def test_periksa_says_what_is_not_there(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int
) -> None:
    found, out, err = run(capsys, *words)
    assert (found, out) == (code, "")
    assert err.startswith("Galat: ")
