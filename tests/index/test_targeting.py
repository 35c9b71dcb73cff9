"""Pockets, their overlay with classes 1-3, programme coverage."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.config.editions.sections import EXTREME_POVERTY
from fsva.config.methods import interventions
from fsva.config.methods.interventions import PocketLimits
from fsva.core import messages, texts
from fsva.core.errors import CodeError, FsvaError, JoinError, StyleError, TableError
from fsva.sources.cells import table_text
from fsva.sources.tables import targets
from tests.places import contoh, small
from tests.places.frames import joined_table, target_tables, targeting

METHOD = small.shipped_method()
LIMITS = PocketLimits(more_than=100, hide_below=5)
TABLE_FILE = small.ROOT / "styles" / "intervensi.toml"
RULES = interventions.load(TABLE_FILE)
Persons = list[int | None]
some_persons: st.SearchStrategy[Persons] = st.lists(
    st.one_of(st.none(), st.integers(0, 300)), min_size=12, max_size=12
)


@cache
def made_once() -> pd.DataFrame:
    villages = small.table().rename_axis("kode_bps").reset_index().set_axis(list(small.CODES))
    return joined_table.tabulate(villages, None, (), METHOD)


def table() -> pd.DataFrame:
    return made_once().copy()


def persons_of(counts: Persons) -> pd.Series[int]:
    return pd.Series(pd.array(counts, dtype="Int64"), index=list(small.BPS_CODES))


def laid_over(counts: Persons) -> pd.DataFrame:
    return targeting.overlay(table(), persons_of(counts), METHOD, LIMITS)


SAMPLE: Persons = [int(text) if text else None for text in contoh.PERSONS]


def rows_of(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def write(folder: Path, text: str) -> Path:
    file = folder / "tabel.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_pocket_has_strictly_more_than_100_persons() -> None:
    counts = pd.Series([99, 100, 101, None, 0], dtype="Int64")
    assert targeting.pockets(counts, LIMITS).tolist() == [False, False, True, pd.NA, False]


def test_the_shipped_limit_is_more_than_100() -> None:
    assert RULES.limits.more_than == 100


def test_the_overlay_takes_the_class_from_the_joined_table() -> None:
    laid, made = laid_over(SAMPLE), table()
    assert laid["kelas"].tolist() == made["komposit_kelas"].tolist()
    assert laid["rentan"].tolist() == [c <= 3 for c in made["komposit_kelas"]]
    assert set(laid["rentan"]) == {True, False}


def test_what_is_not_known_is_never_taken_for_no() -> None:
    made = table()
    made.loc[small.CODES[1], "komposit_kelas"] = pd.NA
    laid = targeting.overlay(made, persons_of(SAMPLE).drop(small.BPS_CODES[0]), METHOD, LIMITS)
    assert laid["kantong"].isna().tolist() == [n in (0, 6) for n in range(12)]
    assert pd.isna(laid["rentan"].iloc[1])
    assert pd.isna(laid["keduanya"].iloc[1])  # a pocket whose class is not known
    secure = laid[laid["rentan"].eq(False).fillna(False)]
    assert secure["keduanya"].eq(False).all()  # whatever its poverty


@given(some_persons)
def test_the_totals_sum_to_the_overlay(counts: Persons) -> None:
    laid = laid_over(counts)
    totals = targeting.totals(laid, LIMITS).sum()
    assert totals["desa"] == 12
    assert totals["rentan"] == laid["rentan"].sum()
    assert totals["kantong"] == sum(c is not None and c > 100 for c in counts)
    assert totals["kantong_tidak_diketahui"] == counts.count(None)
    assert totals["jiwa_tercantum"] == sum(c for c in counts if c and c >= 5)
    assert totals["desa_disembunyikan"] == sum(1 for c in counts if c and c < 5)


@given(some_persons)
def test_a_small_count_stands_in_no_cell_and_in_no_sum(counts: Persons) -> None:
    """Two different small counts give the same files."""
    other = [(c % 4) + 1 if c is not None and 0 < c < 5 else c for c in counts]
    laid, changed = laid_over(counts), laid_over(other)
    files = [target_tables.targets_csv(one, LIMITS, METHOD) for one in (laid, changed)]
    for file in files:
        shown = {r["jiwa_miskin_ekstrem"] for r in rows_of(file)}
        assert shown & {"1", "2", "3", "4"} == set()
    assert files[0] == files[1]
    totals = [target_tables.totals_csv(targeting.totals(o, LIMITS)) for o in (laid, changed)]
    assert totals[0] == totals[1]


@given(some_persons)
def test_the_order_of_the_poverty_table_does_not_matter(counts: Persons) -> None:
    turned = persons_of(counts).iloc[::-1]
    laid = targeting.overlay(table(), turned, METHOD, LIMITS)
    pd.testing.assert_frame_equal(laid, laid_over(counts))


def test_pockets_in_need_come_first_among_the_targets() -> None:
    found = targeting.targets(laid_over(SAMPLE))
    both = found["keduanya"].fillna(False).tolist()
    assert both == sorted(both, reverse=True)
    assert 0 < sum(both) < len(both)
    for group in (found[both], found[[not b for b in both]]):
        assert group["kelas"].is_monotonic_increasing
    assert (found["rentan"] | found["kantong"]).all()


def test_every_target_and_programme_is_served_not_served_or_not_known(tmp_path: Path) -> None:
    laid = laid_over(SAMPLE)
    coverage = targets.read_coverage(table_text.open_file(write(tmp_path, contoh.coverage_csv())))
    pairs = targeting.served(laid, coverage)
    n_targets = len(targeting.targets(laid))
    assert len(pairs) == 2 * n_targets
    counts = targeting.programmes(pairs)
    states = counts[["dilayani", "tidak_dilayani", "tidak_diketahui"]]
    assert states.sum(axis=1).tolist() == [n_targets, n_targets]
    second = pairs[(pairs["kode_bps"] == small.BPS_CODES[1]) & (pairs["program"] == "Bantuan")]
    assert second["dilayani"].isna().tolist() == [True]  # not named: not known, not "no"
    missed = pairs[pairs["dilayani"].eq(False).fillna(False) & pairs["keduanya"]]
    assert counts["keduanya_tidak_dilayani"].sum() == len(missed) > 0


@pytest.mark.parametrize(
    ("cell", "served", "ratio"),
    [("0,35", True, 0.35), ("0.35", True, 0.35), ("35%", True, 0.35), ("62,5%", True, 0.625),
     ("0", False, 0.0), ("1", True, 1.0), ("100%", True, 1.0), ("ya", True, None)],
)  # fmt: skip
def test_coverage_may_be_a_ratio(
    tmp_path: Path, cell: str, served: bool, ratio: float | None
) -> None:
    text = contoh.coverage_csv().replace(";Air;ya", f";Air;{cell}", 1)
    first = targets.read_coverage(table_text.open_file(write(tmp_path, text)))[
        small.BPS_CODES[0], "Air"
    ]
    assert first == (served, ratio)


def test_ratios_are_counted_apart_and_averaged_where_they_are_given(tmp_path: Path) -> None:
    rows = [(1, "0,5"), (5, "100%"), (7, "0"), (10, "ya"), (11, "")]  # the five targets
    lines = [f"{small.BPS_CODES[n]};{small.NAMES[n]};Air;{cell}" for n, cell in rows]
    text = "\n".join(["kode_bps;desa;program;dilayani", *lines])
    coverage = targets.read_coverage(table_text.open_file(write(tmp_path, text)))
    found = targeting.programmes(targeting.served(laid_over(SAMPLE), coverage)).loc["Air"]
    assert found.to_dict() == {
        "dilayani": 3, "dilayani_sebagian": 1, "tidak_dilayani": 1, "tidak_diketahui": 1,
        "keduanya_tidak_dilayani": 1, "cakupan_rerata": 0.5,
    }  # fmt: skip


def test_the_shipped_interventions_answer_every_indicator_of_the_six() -> None:
    causes = {*(i.id for i in METHOD.indicators), EXTREME_POVERTY}
    assert {row.indicator for row in RULES.rows} == causes


def test_a_misspelt_key_of_the_intervention_table_is_pointed_to(tmp_path: Path) -> None:
    file = tmp_path / "intervensi.toml"
    text = TABLE_FILE.read_text(encoding="utf-8").replace("lebih_dari = 100", "lebih = 100")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StyleError) as caught:
        interventions.load(file)
    assert caught.value.key == "skema_tak_dikenal"
    assert caught.value.places[0].row == text.splitlines().index("lebih = 100") + 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula_to_excel(start: str) -> None:
    names = ("dilayani", "tidak_dilayani", "tidak_diketahui", "keduanya_tidak_dilayani")
    names += ("dilayani_sebagian", "cakupan_rerata")
    counts = pd.DataFrame({name: [1] for name in names}, index=[f"{start}SUM(A1)"])
    assert rows_of(target_tables.programmes_csv(counts))[0]["program"] == f"'{start}SUM(A1)"


def test_the_poverty_table_is_read(tmp_path: Path) -> None:
    found = targets.read_persons(table_text.open_file(write(tmp_path, contoh.poverty_csv())))
    expected = persons_of(SAMPLE).items()
    assert found == {code: None if pd.isna(n) else int(n) for code, n in expected}


@pytest.mark.parametrize(
    "heading",
    ["nik", "NIK Kepala Keluarga", "No. KK", "nama", "nama_krt", "Nama Lengkap", "alamat", "no_hp",
     "tanggal_lahir", "RT/RW", "nama_ibu_kandung", "kepala_keluarga"],
)  # fmt: skip
def test_a_register_by_name_is_refused_by_its_headings(tmp_path: Path, heading: str) -> None:
    text = f"kode_bps;desa;jiwa_miskin_ekstrem;{heading}\n9901010001;Satu;1;Ani Rahasia\n"
    for read in (targets.read_persons, targets.read_coverage):
        with pytest.raises(TableError) as caught:
            read(table_text.open_file(write(tmp_path, text)))
        assert caught.value.key == "data_pribadi"
        assert [p.column for p in caught.value.places] == [heading.lower()]
        for language in texts.LANGUAGES:
            assert "Rahasia" not in messages.render(caught.value, texts.load(language))


@pytest.mark.parametrize("cell", ["5304011234560001", "NIK 5304011234560001", "'5304011234560001"])
def test_a_number_of_16_digits_is_refused_and_not_repeated(tmp_path: Path, cell: str) -> None:
    text = f"kode_bps;desa;jiwa_miskin_ekstrem;catatan\n9901010001;Satu;1;{cell}\n"
    with pytest.raises(TableError) as caught:
        targets.read_persons(table_text.open_file(write(tmp_path, text)))
    assert (caught.value.key, caught.value.places[0].column) == ("data_pribadi", "catatan")
    assert "5304011234560001" not in messages.render(caught.value, texts.load("id"))


@pytest.mark.parametrize(
    "heading", ["nama_desa", "nama kecamatan", "nama program", "catatan", "sumber", "tahun",
                "kartu", "warta"],
)  # fmt: skip
def test_headings_of_places_are_no_persons(tmp_path: Path, heading: str) -> None:
    text = f"kode_bps;desa;jiwa_miskin_ekstrem;{heading}\n9901010001;Satu;7;x\n"
    assert list(targets.read_persons(table_text.open_file(write(tmp_path, text))).values()) == [7]


@pytest.mark.parametrize(
    ("old", "new", "error", "key", "found"),
    [
        (";101", ";101,5", TableError, "bukan_jumlah", "101,5"),
        (";101", ";-1", TableError, "bukan_jumlah", "-1"),
        (";1000", ";1.000", TableError, "bukan_jumlah", "1.000"),
        (";101", ";-", TableError, "bukan_jumlah", "-"),
        ("9901010002", "9901010001", CodeError, "kode_ganda", "9901010001"),
        ("9901010002", "990101002", CodeError, "kode_bps", "990101002"),
    ],
)
def test_a_cell_that_is_no_count_of_a_village_is_named(
    tmp_path: Path, old: str, new: str, error: type[FsvaError], key: str, found: str
) -> None:
    text = contoh.poverty_csv()
    assert old in text
    with pytest.raises(error) as caught:
        targets.read_persons(table_text.open_file(write(tmp_path, text.replace(old, new, 1))))
    assert (caught.value.key, caught.value.places[0].found) == (key, found)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (";Air;ya", ";Air;sudah", "bukan_ya_tidak"),
        (";Air;ya", ";Air;35", "bukan_ya_tidak"),
        (";Air;ya", ";Air;101%", "bukan_ya_tidak"),
        (";Air;ya", ";Air;-0,1", "bukan_ya_tidak"),
        (";Air;ya", ";;ya", "sel_kosong"),
        (";Bantuan;ya", ";Air;ya", "cakupan_ganda"),
        (";Air;ya", ";air;ya", "program_ejaan"),
        (";Air;ya", ";A.I.R;ya", "program_ejaan"),
        (";Air;ya", ";A ir;ya", "program_ejaan"),
    ],
)
def test_a_table_of_programmes_is_checked(tmp_path: Path, old: str, new: str, key: str) -> None:
    with pytest.raises(TableError) as caught:
        targets.read_coverage(
            table_text.open_file(write(tmp_path, contoh.coverage_csv().replace(old, new, 1)))
        )
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [("9901010002;Dua", "9901019999;Dua", "sasaran_desa"), ("2;Dua;", "2;Tiga;", "sasaran_nama")],
)
def test_a_row_must_speak_of_a_village_of_the_edition(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    villages = dict(zip(small.BPS_CODES, small.NAMES, strict=True))
    text = contoh.poverty_csv()
    assert old in text
    targets.check_villages(
        table_text.open_file(write(tmp_path, text.replace("Dua Belas", "DUABELAS"))), villages
    )
    with pytest.raises(JoinError) as caught:
        targets.check_villages(
            table_text.open_file(write(tmp_path, text.replace(old, new, 1))), villages
        )
    assert caught.value.key == key
    assert caught.value.places[0].row == 3
