"""Raw counts of an edition: read as they stand, refused where they are no counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fsva.config.editions import edition
from fsva.config.methods import method
from fsva.core import texts
from fsva.core.errors import EditionError, FsvaError, StyleError, TableError
from fsva.index import indicators
from fsva.runs import run_order, tabulation
from fsva.sources.cells import table_text
from tests.places import small
from tests.places.framed import raw_counts, value_run

METHOD = small.shipped_method()
COLUMNS = raw_counts.used_columns(METHOD)
Write = Callable[..., Path]


def counts(**changed: str) -> dict[str, str]:
    """Return the cells of a village, some of them changed."""
    cells = {
        "luas_sawah": "12,5", "luas_ladang": "30", "luas_pekarangan": "7,5", "luas_ha": "400",
        "jumlah_sarana": "9", "rumah_tangga": "350", "penduduk_desil_1": "120",
        "penduduk": "1400", "akses_kategori": "2", "rt_tanpa_air": "70", "tenaga_kesehatan": "4",
    }  # fmt: skip
    return cells | changed


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a writer of a table with one village per dict of cells."""

    def make(*villages: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Path:
        lines = [";".join(("kode_bps", "kecamatan", "desa", *columns))]
        for n, cells in enumerate(villages):
            keys = (small.BPS_CODES[n], "Utara", small.NAMES[n])
            lines.append(";".join((*keys, *(cells[c] for c in columns))))
        file = tmp_path / "mentah.csv"
        file.write_text("\r\n".join(lines), encoding="utf-8-sig", newline="")
        return file

    return make


def values(file: Path) -> pd.DataFrame:
    return value_run.with_indicators(
        raw_counts.read(table_text.open_file(file), METHOD), METHOD, frozenset(), file
    )


def test_the_table_is_that_of_the_indicators_with_the_counts_beside(write: Write) -> None:
    frame = values(write(counts()))
    assert list(frame.columns) == [
        "kecamatan", "desa", "baris", *COLUMNS, *(i.id for i in METHOD.indicators),
    ]  # fmt: skip
    row = frame.loc[small.BPS_CODES[0]]
    assert (row["kecamatan"], row["desa"], row["baris"]) == ("Utara", "Satu", 2)
    assert {i.id: row[i.id] for i in METHOD.indicators} == {
        "lahan": 0.125, "sarana": 0.0257, "tidak_sejahtera": 0.0857, "akses": 2.0,
        "air_bersih": 0.2, "nakes": 1.0,
    }  # fmt: skip
    assert row["luas_sawah"] == 12.5


@pytest.mark.parametrize(
    ("column", "text", "missing"),
    [
        ("luas_sawah", "", {"lahan"}),
        ("luas_ha", "", {"lahan", "nakes"}),
        ("luas_ha", "0", {"lahan", "nakes"}),
        ("rumah_tangga", "0", {"sarana", "air_bersih"}),
        ("penduduk", "0", {"tidak_sejahtera", "nakes"}),
        ("tenaga_kesehatan", "0", {"nakes"}),
        ("akses_kategori", "", {"akses"}),
    ],
)
def test_a_missing_or_zero_divisor_leaves_the_indicator_unknown(
    write: Write, column: str, text: str, missing: set[str]
) -> None:
    row = values(write(counts(**{column: text}))).iloc[0]
    assert {i.id for i in METHOD.indicators if row[i.id] is pd.NA} == missing


@pytest.mark.parametrize(
    ("changed", "key", "found"),
    [
        ({"penduduk": "banyak"}, "bukan_angka", "banyak"),
        ({"penduduk": "-1"}, "mentah_negatif", "-1"),
        ({"luas_ha": "1.400"}, "tanda_ribuan", "1.400"),
        ({"luas_ha": "40"}, "nilai_di_luar_rentang", "1.25"),
        ({"akses_kategori": "5"}, "nilai_bukan_kategori", "5"),
        ({"akses_kategori": "1,5"}, "nilai_bukan_kategori", "1.5"),
    ],
)
def test_what_is_no_count_is_refused_with_its_cell(
    write: Write, changed: dict[str, str], key: str, found: str
) -> None:
    file = write(counts(), counts(**changed))
    with pytest.raises(TableError) as caught:
        values(file)
    assert caught.value.key == key
    place = caught.value.places[0]
    assert (place.file, place.row, place.found) == (file, 3, found)


def test_an_impossible_value_names_its_formula_and_may_be_accepted(write: Write) -> None:
    file = write(counts(luas_ha="40"))
    table = raw_counts.read(table_text.open_file(file), METHOD)
    with pytest.raises(TableError) as caught:
        value_run.with_indicators(table, METHOD, frozenset(), file)
    assert str(caught.value.places[0].column).startswith("lahan = (luas_sawah + luas_ladang")
    accepted = frozenset({(small.BPS_CODES[0], "lahan")})
    assert value_run.with_indicators(table, METHOD, accepted, file)["lahan"].tolist() == [1.25]


def test_a_column_that_is_not_there_is_named(write: Write) -> None:
    with pytest.raises(TableError) as caught:
        raw_counts.read(table_text.open_file(write(counts(), columns=COLUMNS[1:])), METHOD)
    assert caught.value.key == "kolom_hilang"
    assert [p.column for p in caught.value.places] == [COLUMNS[0]]


def test_a_method_without_formulas_cannot_compute_from_counts(write: Write) -> None:
    first, *others = METHOD.indicators
    bare = first.model_copy(update={"calculation": None, "calculation_unit": None})
    changed = METHOD.model_copy(update={"indicators": (bare, *others)})
    with pytest.raises(StyleError) as caught:
        raw_counts.read(table_text.open_file(write(counts())), changed)
    assert caught.value.key == "rumus_kurang"
    assert [p.column for p in caught.value.places] == ["lahan.hitung"]


NATIONAL = method.load(small.ROOT / "styles" / "metode" / "fsva-2025-11.toml")


@pytest.mark.parametrize(
    ("available", "produced", "ncpr"),
    [(150, 20, 2.0), (0, 0, 0.0), (None, 0, 0.0), (0, 20, pd.NA), (None, None, pd.NA),
     (150, 0, 2.0)],
)  # fmt: skip
def test_no_production_counts_as_worst_only_where_the_ratio_is_missing(
    available: float | None, produced: float | None, ncpr: float
) -> None:
    cells = dict.fromkeys(raw_counts.used_columns(NATIONAL), 1.0)
    cells |= {"konsumsi_normatif": 300, "ketersediaan_pokok": available, "produksi_pokok": produced}
    row = {name: np.array([np.nan if v is None else v]) for name, v in cells.items()}
    (found,) = indicators.compute(row, NATIONAL)["ncpr"].tolist()
    assert np.isnan(found) if ncpr is pd.NA else found == ncpr


def in_edition(folder: Path, old: str, new: str) -> Path:
    """Make an edition like Belu's in which the tables are named otherwise."""
    text = (small.BELU / edition.FILE_NAME).read_text(encoding="utf-8")
    assert old in text
    own = folder / "editions" / "uji"
    own.mkdir(parents=True)
    (own / edition.FILE_NAME).write_text(text.replace(old, new), encoding="utf-8")
    return own


@pytest.mark.parametrize("new", ["", 'indikator = "a.csv"\nmentah = "b.csv"'])
def test_an_edition_names_values_or_counts_and_not_both(tmp_path: Path, new: str) -> None:
    folder = in_edition(tmp_path, 'indikator = "indicators.csv"\nasal', f"{new}\nasal")
    with pytest.raises(EditionError) as caught:
        edition.load(folder)
    assert "indikator / mentah" in caught.value.facts["harap"]


def test_the_counts_are_an_input_of_the_run_and_are_read_from_their_file(tmp_path: Path) -> None:
    folder = in_edition(
        tmp_path, 'indikator = "indicators.csv"\nasal = "asal.csv"\nterbit = "terbit.csv"',
        'mentah = "mentah.csv"',
    )  # fmt: skip
    order = run_order.place(edition.load(folder), None, texts.load("id"))
    assert folder / "mentah.csv" in order.inputs()
    with pytest.raises(FsvaError) as caught:
        tabulation.tabulate(order.edition, order.village_layer)
    assert caught.value.key == "berkas_hilang"
    assert caught.value.places[0].file == folder / "mentah.csv"
