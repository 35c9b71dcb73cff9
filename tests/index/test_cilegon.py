"""Kota Cilegon 2024, a real edition of the five-indicator method, from its raw counts.

What is published: class per indicator (215 cells), standard scores, index, rank, composite class,
and the bounds of the scores. What is not: the cut-offs. The test derives from the published
classes the interval in which each cut-off must lie and takes a number within it.

Thereby tested: the reading of raw counts, the formulas and their units, rounding, directions,
bounds with clipping, weights, index, rank, the join with a real layer whose names are spelt
differently, and that cut-offs exist which part the values as published (no village lies on the
wrong side of another). Not tested: the values of the cut-offs themselves, and what becomes of a
value exactly on one (none lies on the number taken here); Belu's tests do both.

Two published figures cannot be met as they stand, and why:

- one village has the access category 1.0001 in the workbook (an aid against a range of zero); the
  program refuses it, and the test corrects it to 1;
- with four decimals, as the six-indicator method has them, clean water cannot be classified as
  published: values of classes 3 and 4 become equal. The method has six decimals there.
"""

from __future__ import annotations

import csv
import difflib
import json
import shutil
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd
import pytest

from fsva.config.editions import edition
from fsva.config.methods import method
from fsva.config.methods.method import Measure
from fsva.core import texts
from fsva.core.errors import TableError
from fsva.index import composite, indicators
from fsva.runs import run_order, tabulation
from fsva.runs.tabulation import Tabulated
from fsva.sources.tables import raw_counts
from tests.places.small import ROOT

pytestmark = pytest.mark.shared

METHOD_FILE = ROOT / "styles" / "metode" / "fsva-kota-5.toml"
OPEN = method.load_open(METHOD_FILE)
IDS = [i.id for i in OPEN.indicators]
RAW_NAMES = {
    "kelurahan": "desa", "n_sarana": "jumlah_sarana", "n_miskin_jiwa": "penduduk_desil_1",
    "akses_kategori": "akses_kategori", "n_rt_tanpa_air": "rt_tanpa_air",
    "n_nakes": "tenaga_kesehatan",
}  # fmt: skip
# Names of the published columns: p_<name> is the class, s_<name> the standard score.
PUBLISHED = {"sarana": "sarana", "tidak_sejahtera": "miskin", "akses": "akses",
             "air_bersih": "air", "nakes": "nakes"}  # fmt: skip
BOUNDS = {"sarana": "[0, 0.2500]", "tidak_sejahtera": "[0.0057, 0.2287]", "akses": "[1, 4]",
          "air_bersih": "[0, 0.0586]", "nakes": "[0.0024, 1.729]"}  # fmt: skip
Interval = tuple[Decimal, Decimal]


@pytest.fixture(scope="module")
def case(shared_dir: Path) -> pd.DataFrame:
    """Return the published edition, indexed by BPS code."""
    file = shared_dir / "cases" / "kota-cilegon-2024.csv"
    return pd.read_csv(file, dtype={"kode_bps": "str"}).set_index("kode_bps")


@pytest.fixture(scope="module")
def counts(case: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the raw counts as an officer's file, the category 1.0001 corrected."""
    file = tmp_path_factory.mktemp("mentah") / "mentah.csv"
    corrected = case.assign(akses_kategori=case["akses_kategori"].round().astype(int))
    write_counts(corrected, file)
    return file


def write_counts(case: pd.DataFrame, file: Path) -> None:
    columns = ["kecamatan", *RAW_NAMES, "luas_ha", "penduduk", "rumah_tangga"]
    table = case[columns].rename(columns=RAW_NAMES).reset_index()
    table.to_csv(file, sep=";", decimal=",", index=False, lineterminator="\r\n")


def values_of(counts: Path) -> pd.DataFrame:
    return indicators.compute(raw_counts.read(counts, OPEN), OPEN)


def interval(
    values: pd.Series[float], classes: pd.Series[int], measure: Measure, j: int
) -> Interval:
    """Return the decimals between which cut-off j must lie: a value with class <= j, one above.

    The first belongs to the interval and the second does not (where high is better, the value of
    the more vulnerable side is the lower one and may equal the cut-off; where low is, the upper).
    """
    step = Decimal(1).scaleb(-measure.digits)
    exact = values.map(lambda v: Decimal(str(v)).quantize(step, ROUND_HALF_UP))
    vulnerable, secure = list(exact[classes <= j]), list(exact[classes > j])
    high = measure.better == "tinggi"
    inner = (max if high else min)(vulnerable, default=None)
    outer = (min if high else max)(secure, default=None)
    beyond = step if high else -step
    assert inner is not None or outer is not None
    return (
        inner if inner is not None else outer - 2 * beyond,
        outer if outer is not None else inner + 2 * beyond,
    )


def is_open(found: Interval, measure: Measure) -> bool:
    """Tell whether there is a cut-off between the two, closure included."""
    return found[0] < found[1] if measure.better == "tinggi" else found[0] > found[1]


def cut_offs(values: pd.Series[float], classes: pd.Series[int], measure: Measure) -> list[Decimal]:
    """Return five cut-offs that lie where the published classes allow them."""
    chosen = []
    for j in range(1, 6):
        found = interval(values, classes, measure, j)
        assert is_open(found, measure), (measure.id, j, found)
        middle = (found[0] + found[1]) / 2
        step = Decimal(1).scaleb(-measure.digits)
        rounded = middle.quantize(step, ROUND_HALF_UP)
        chosen.append(found[0] if rounded == found[1] else rounded)
    return sorted(chosen, reverse=measure.better == "rendah")


def published_class(case: pd.DataFrame, name: str) -> pd.Series[int]:
    return case["p_komposit" if name == "komposit" else f"p_{PUBLISHED[name]}"]


@pytest.fixture(scope="module")
def project(
    case: pd.DataFrame, counts: Path, shared_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Make a project with the edition: styles with a baseline, crosswalk, counts, settings."""
    folder = tmp_path_factory.mktemp("proyek")
    shutil.copytree(ROOT / "styles", folder / "styles")
    own = folder / "editions" / "cilegon-2024"
    own.mkdir(parents=True)
    layer = shared_dir / "boundaries" / "desa_36.72_kota-cilegon.geojson"
    write_crosswalk(case, layer, own / "padanan.csv")
    shutil.copy(counts, own / "mentah.csv")
    write_baseline(case, counts, folder / "styles" / "dasar" / "uji.toml")
    sources = "\n".join(f'{name} = {{ instansi = "BPS", tahun = "2023" }}' for name in IDS)
    (own / "edition.toml").write_text(SETTINGS.format(layer=layer.as_posix(), sources=sources))
    return own


SETTINGS = """
tahun = 2024
tanggal = 2024-12-01
penyusun = "Uji"
metode = "fsva-kota-5"
dasar = "uji"
[daerah]
nama = "Cilegon"
jenis = "kota"
kode_kemendagri = "36.72"
kode_bps = "3672"
provinsi = "Banten"
[data]
mentah = "mentah.csv"
penyelarasan = "padanan.csv"
[batas]
berkas = "{layer}"
skematis = false
sumber = {{ id = "uji", en = "test" }}
[sumber]
{sources}
"""


def write_crosswalk(case: pd.DataFrame, layer: Path, file: Path) -> None:
    """Match the names of the layer with those of the counts: spaces aside, or the nearest."""
    features = json.loads(layer.read_text(encoding="utf-8"))["features"]
    left = {f["properties"]["nama"]: f["properties"]["kode"] for f in features}
    rows = []
    plain = {name.replace(" ", "").lower(): name for name in left}
    for code, village in case.iterrows():
        wanted = village["kelurahan"].replace(" ", "").lower()
        near = difflib.get_close_matches(wanted, list(plain), n=1, cutoff=0.8)
        name = plain.pop(near[0])
        rows.append((code, left[name], village["kelurahan"], name, village["kecamatan"]))
    assert plain == {}
    with file.open("w", newline="", encoding="utf-8") as target:
        header = ("kode_bps", "kode_kemendagri", "nama_bps", "nama_kemendagri", "kecamatan")
        csv.writer(target, delimiter=";").writerows([header, *rows])


BASELINE_HEAD = """
id = "uji"
metode = "fsva-kota-5"
nama = { id = "Uji", en = "Test" }
tanggal = 2024-12-01
sumber = { id = "uji", en = "test" }
[cut_off]
"""


def write_baseline(case: pd.DataFrame, counts: Path, file: Path) -> None:
    """Write bounds as published, and cut-offs as the published classes allow them."""
    values = values_of(counts)
    lines = [BASELINE_HEAD]
    for indicator in OPEN.indicators:
        if not indicator.categories:
            found = cut_offs(values[indicator.id], published_class(case, indicator.id), indicator)
            lines.append(f"{indicator.id} = [{', '.join(map(str, found))}]")
    index = case["indeks_komposit"].astype(float)
    found = cut_offs(index, published_class(case, "komposit"), OPEN.composite)
    lines += [f"komposit = [{', '.join(map(str, found))}]", "[skala]"]
    lines += [f"{name} = {bounds}" for name, bounds in BOUNDS.items()]
    file.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def made(project: Path) -> Tabulated:
    order = run_order.place(edition.load(project), None, texts.load("id"))
    return tabulation.tabulate(order)


@pytest.fixture(scope="module")
def table(made: Tabulated, case: pd.DataFrame) -> pd.DataFrame:
    """Return the joined table in the order of the published one."""
    return made.table.set_index("kode_bps").loc[case.index]


def test_cut_offs_exist_that_part_the_values_as_published(case: pd.DataFrame, counts: Path) -> None:
    values = values_of(counts)
    found = 0
    for indicator in OPEN.indicators:
        if not indicator.categories:
            classes = published_class(case, indicator.id)
            for j in range(1, 6):
                assert is_open(interval(values[indicator.id], classes, indicator, j), indicator)
                found += 1
    assert found == 20


def test_four_decimals_cannot_part_clean_water_as_published(
    case: pd.DataFrame, counts: Path
) -> None:
    water = next(i for i in OPEN.indicators if i.id == "air_bersih")
    coarse = water.model_copy(update={"digits": 4})
    values = values_of(counts)["air_bersih"]
    classes = published_class(case, "air_bersih")
    assert is_open(interval(values, classes, water, 3), water)
    assert not is_open(interval(values, classes, coarse, 3), coarse)


def test_all_215_classes_are_the_published_ones(case: pd.DataFrame, table: pd.DataFrame) -> None:
    same = sum(int((table[f"{n}_kelas"] == published_class(case, n)).sum()) for n in IDS)
    assert same == 215
    assert all((table[f"{name}_dasar"] == "nilai").all() for name in IDS)


@pytest.mark.parametrize("name", IDS)
def test_standard_scores_lie_within_a_tenth(
    case: pd.DataFrame, table: pd.DataFrame, made: Tabulated, name: str
) -> None:
    indicator = next(i for i in made.rules.indicators if i.id == name)
    score = composite.standard_score(table[name], indicator)
    assert len(score.dropna()) == 43
    assert (score - case[f"s_{PUBLISHED[name]}"]).abs().max() < 0.1


def test_all_43_indices_lie_within_a_twentieth(case: pd.DataFrame, table: pd.DataFrame) -> None:
    difference = (table["komposit"] - case["indeks_komposit"]).abs()
    assert len(difference.dropna()) == 43
    assert difference.max() < 0.05


def test_all_43_ranks_are_the_published_ones(case: pd.DataFrame, table: pd.DataFrame) -> None:
    assert (table["peringkat"] == case["peringkat"]).sum() == 43


def test_all_43_composite_classes_are_the_published_ones(
    case: pd.DataFrame, table: pd.DataFrame
) -> None:
    assert (table["komposit_kelas"] == case["p_komposit"]).sum() == 43


def test_the_category_of_the_workbook_that_is_none_is_refused(
    case: pd.DataFrame, tmp_path: Path
) -> None:
    file = tmp_path / "mentah.csv"
    write_counts(case, file)
    with pytest.raises(TableError) as caught:
        indicators.of_villages(raw_counts.read(file, OPEN), OPEN, frozenset(), file)
    assert caught.value.key == "nilai_bukan_kategori"
    assert [place.found for place in caught.value.places] == ["1.0001"]


def test_the_raw_counts_stay_beside_the_values(made: Tabulated) -> None:
    columns: Sequence[str] = raw_counts.used_columns(OPEN)
    assert set(columns) < set(made.joined.villages.columns)
    assert made.joined.villages[list(columns)].notna().all(axis=None)
