"""Kota Cilegon 2024, a real edition of the five-indicator method, from its raw counts.

What is published: class per indicator (215 cells), standard scores, index and rank. The cut-offs of
its baseline year and the bounds of its scores are facts that stand here as an office would enter
them; no number is taken from the classes that are to be met.

Thereby tested: the reading of raw counts, the formulas and their units, rounding to six digits,
directions, values on a cut-off (14 kelurahan at 0 with c4 = c5 = 0), bounds with clipping, weights,
index, rank, and the join with a real layer whose names are spelt differently. The composite
cut-offs are known as ranges only (K2 lies between 54.01 and 55.30; K1 below the 41.90 of Bulakan,
which is class 2, as class 1 includes its upper end): they are entered so that the edition is
complete, and prove nothing.

One village has the access category 1.0001 in the workbook, an aid against a range of zero. It is
read as 1, and the check says so.
"""

from __future__ import annotations

import csv
import difflib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from fsva.config.editions import edition
from fsva.config.methods import method
from fsva.core import texts
from fsva.core.errors import TableError
from fsva.runs import run_order, tabulation
from fsva.runs.tabulation import Tabulated
from fsva.sources.cells import table_text
from tests.places import contoh
from tests.places.framed import raw_counts, value_run
from tests.places.frames import classes, composite
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
CUT_OFFS = {
    "sarana": "[0.011642, 0.025207, 0.035602, 0.046553, 0.064471]",
    "tidak_sejahtera": "[0.098738, 0.066102, 0.052120, 0.029909, 0.018458]",
    "air_bersih": "[0.003505, 0.001365, 0.000485, 0, 0]",
    "nakes": "[0.640814, 0.245610, 0.125992, 0.038665, 0.019593]",
    "komposit": "[41.89, 54.50, 57.00, 65.00, 69.50]",
}
BOUNDS = {"sarana": "[0, 0.2499807]", "tidak_sejahtera": "[0.0056701, 0.2287298]",
          "akses": "[1, 4]", "air_bersih": "[0, 0.0586276]",
          "nakes": "[0.0023983, 1.7290222]"}  # fmt: skip


@pytest.fixture(scope="module")
def case(shared_dir: Path) -> pd.DataFrame:
    """Return the published edition, indexed by BPS code."""
    file = shared_dir / "cases" / "kota-cilegon-2024.csv"
    return pd.read_csv(file, dtype={"kode_bps": "str"}).set_index("kode_bps")


@pytest.fixture(scope="module")
def counts(case: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the raw counts as an officer's file, with the category 1.0001 as it stands."""
    file = tmp_path_factory.mktemp("mentah") / "mentah.csv"
    write_counts(case, file)
    return file


def write_counts(case: pd.DataFrame, file: Path) -> None:
    columns = ["kecamatan", *RAW_NAMES, "luas_ha", "penduduk", "rumah_tangga"]
    table = case[columns].rename(columns=RAW_NAMES).reset_index()
    table.to_csv(file, sep=";", decimal=",", index=False, lineterminator="\r\n")


def published_class(case: pd.DataFrame, name: str) -> pd.Series[int]:
    return case[f"p_{PUBLISHED[name]}"]


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
    write_baseline(folder / "styles" / "dasar" / "uji.toml")
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
tahun = "2020"
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


def write_baseline(file: Path) -> None:
    """Write the numbers of the baseline year as an office would enter them."""
    lines = [BASELINE_HEAD, *(f"{name} = {numbers}" for name, numbers in CUT_OFFS.items())]
    lines += ["[skala]", *(f"{name} = {numbers}" for name, numbers in BOUNDS.items())]
    file.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def made(project: Path) -> Tabulated:
    order = run_order.place(edition.load(project), None, texts.load("id"))
    return tabulation.tabulate(order.edition, order.village_layer)


@pytest.fixture(scope="module")
def table(made: Tabulated, case: pd.DataFrame) -> pd.DataFrame:
    """Return the joined table in the order of the published one."""
    return made.table.frame.set_index("kode_bps").loc[case.index]


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


def test_all_43_indices_are_the_published_ones(case: pd.DataFrame, table: pd.DataFrame) -> None:
    difference = (table["komposit"] - case["indeks_komposit"]).abs()
    assert len(difference.dropna()) == 43
    assert difference.max() < 0.01


def test_all_43_ranks_are_the_published_ones(case: pd.DataFrame, table: pd.DataFrame) -> None:
    assert (table["peringkat"] == case["peringkat"]).sum() == 43


@pytest.mark.parametrize(("name", "met"), [("atas", 172), ("bawah", 158)])
def test_the_closure_decides_fourteen_classes(
    case: pd.DataFrame, table: pd.DataFrame, made: Tabulated, name: str, met: int
) -> None:
    """A tie in the more vulnerable class meets 158 of 172: the kelurahan at 0 become class 4."""
    same = 0
    for one in made.rules.indicators:
        if not one.categories:
            closed = name if one.better == "rendah" else "atas"
            found = classes.classify(table[one.id], one.model_copy(update={"closed": closed}))
            same += int((found == published_class(case, one.id)).sum())
    assert same == met


@pytest.mark.parametrize("name", ["sarana", "tidak_sejahtera", "air_bersih", "nakes"])
def test_four_digits_do_not_give_the_published_classes(
    case: pd.DataFrame, table: pd.DataFrame, made: Tabulated, name: str
) -> None:
    one = next(i for i in made.rules.indicators if i.id == name)
    assert one.digits == 6
    coarse = classes.classify(table[name], one.model_copy(update={"digits": 4}))
    same = int((coarse == published_class(case, name)).sum())
    assert same == {"sarana": 42, "tidak_sejahtera": 43, "air_bersih": 42, "nakes": 43}[name]


def test_the_category_with_an_aid_is_read_as_the_category(
    case: pd.DataFrame, made: Tabulated, table: pd.DataFrame
) -> None:
    (code,) = case.index[case["akses_kategori"] == 1.0001]
    assert (case.at[code, "kelurahan"], table.at[code, "akses"]) == ("Cikerai", 1)
    assert made.joined.villages.frame.set_index("kode_bps").at[code, "akses_kategori"] == 1.0001


def test_the_check_names_the_category_with_an_aid(project: Path) -> None:
    order = run_order.place(edition.load(project), None, texts.load("id"))
    report = contoh.checked(order)
    (found,) = next(o for o in report.outcomes if o.rule == "kategori").result.findings
    assert (found.village, found.columns, found.found) == ("Cikerai", ("akses_kategori",), "1.0001")
    assert found.facts["kategori"] == 1


def test_a_number_that_is_near_no_category_is_refused(case: pd.DataFrame, tmp_path: Path) -> None:
    file = tmp_path / "mentah.csv"
    write_counts(case.replace({"akses_kategori": {1.0001: 1.4}}), file)
    with pytest.raises(TableError) as caught:
        value_run.with_indicators(
            raw_counts.read(table_text.open_file(file), OPEN), OPEN, frozenset(), file
        )
    assert caught.value.key == "nilai_bukan_kategori"
    assert [place.found for place in caught.value.places] == ["1.4"]


def test_the_raw_counts_stay_beside_the_values(made: Tabulated) -> None:
    columns: Sequence[str] = raw_counts.used_columns(OPEN)
    assert set(columns) < set(made.joined.villages.columns)
    assert made.joined.villages.frame[list(columns)].notna().all(axis=None)
