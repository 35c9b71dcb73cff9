"""The checks of supporting data find what is wrong in the report of Belu, and nothing right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from fsva.checks import check_thresholds, finding_words, rules
from fsva.checks.findings import Finding
from fsva.checks.supporting import places, rates, sums, values
from fsva.core import texts
from fsva.index.supporting import sums_and_growth
from tests.checks import test_checks
from tests.places import pendukung, small
from tests.places.pendukung import Cells

LIMITS = check_thresholds.load(small.ROOT / "styles" / check_thresholds.FILE_NAME).supporting
BELU = tuple(pendukung.belu().values())
INDONESIAN = texts.load("id")


def said(findings: Iterable[Finding], kind: str) -> set[tuple[str, str, str, str]]:
    """Return table, row, first column and proposal of the findings of a kind."""
    return {
        (
            f.file.removesuffix(".csv"),
            f.village,
            f.columns[0],
            finding_words.fact(f.facts.get("seharusnya", f.facts.get("sekitar", "")), INDONESIAN),
        )
        for f in findings
        if f.key == f"periksa.pendukung.{kind}"
    }


def test_growth_is_wrong_in_eight_of_twelve_rows_of_table_2_3() -> None:
    found = rates.of_tables(BELU)
    table = "pangan-kecamatan"
    assert said(found, "tanda") == {
        (table, "Raimanuk", "pertumbuhan", "-45,34"),
        (table, "Kakuluk Mesak", "pertumbuhan", "-43,55"),
        (table, "Lamaknen", "pertumbuhan", "-11,71"),
    }
    assert said(found, "laju") == {
        (table, "Kota Atambua", "pertumbuhan", "45,14"),
        (table, "Atambua Barat", "pertumbuhan", "39,57"),
        (table, "Atambua Selatan", "pertumbuhan", "83,41"),
        (table, "Tasifeto Timur", "pertumbuhan", "-19,58"),
        (table, "Raihat", "pertumbuhan", "-4,87"),
    }


def test_the_totals_of_tables_2_4_to_2_7_are_shifted_by_a_year_and_no_others() -> None:
    shifted = {name for name, *_ in said(sums.of_tables(BELU), "geser")}
    assert shifted == {"padi", "jagung", "ubi-kayu", "ubi-jalar"}
    assert {name: sums.shift(table) for name, table in pendukung.belu().items()} == {
        name: int(name in shifted) for name in pendukung.belu()
    }


def test_a_total_that_has_not_moved_with_the_others_is_judged_below_its_own_year() -> None:
    """49.605,72 is the sum of maize in 2020; 9.310,30 is meant for rice in 2020 (9.391,4)."""
    found = [f for f in sums.of_tables(BELU) if f.key.endswith("pendukung.kolom")]
    last = {f.facts["tabel"]: f.facts for f in found if f.facts["tahun"] == "2020"}
    assert set(last) == {"Tabel 2.4"}
    numbers = [last["Tabel 2.4"][name].value for name in ("seharusnya", "selisih")]
    assert numbers == pytest.approx([9391.4, -81.1])
    assert not any(f.facts["tabel"] == "Tabel 2.5" for f in found)


def test_totals_shifted_to_the_left_are_one_finding_and_no_five() -> None:
    padi = pendukung.belu()["padi"]
    own = sums_and_growth.sums(padi.rows)
    total = replace(padi.total, values=(*own[1:], Decimal("9999")))
    (found,) = sums.of_tables([replace(padi, total=total)])
    assert found.key.endswith("pendukung.geser_kiri")
    assert (found.facts["jumlah"], found.facts["tahun"]) == ("4", "2017, 2018, 2019, 2020")
    assert sums.of_tables([replace(padi, total=replace(padi.total, values=tuple(own)))]) == ()


def test_a_year_copied_and_two_numbers_that_lack_or_have_a_digit() -> None:
    found = values.of_tables(BELU, LIMITS)
    assert said(found, "salin") == {("pangan-kecamatan", "", "2018", "")}
    (copied,) = [f for f in found if f.key.endswith("salin")]
    assert (copied.facts["jumlah"], copied.facts["semua"]) == ("11", "12")
    assert said(found, "digit_jumlah") == {
        ("padi", "Lamaknen", "2018", "3.395"),
        ("ubi-kayu", "Atambua Selatan", "2019", "85"),
    }
    assert said(found, "digit") == set()


def test_table_2_2_and_2_3_are_held_against_the_tables_of_their_crops() -> None:
    found = sums.of_tables(BELU)
    assert ("pangan-pokok", "Ubi jalar", "2020", "268,50") in said(found, "rincian")
    # Ten thousand too much, in the printed total as well.
    assert said(found, "bagian") >= {
        ("pangan-kecamatan", "Tasifeto Barat", "2020", "9.307,40"),
        ("pangan-kecamatan", "Lasiolat", "2020", "4.045,10"),
    }
    (short,) = [f for f in found if f.key.endswith("bagian_kurang")]
    assert short.columns == ("2019",)
    assert short.facts["hanya"] == "Tabel 2.4, Tabel 2.5"
    assert said(found, "bagian_kolom") == {("pangan-kecamatan", "", "2018", "")}


def test_tables_3_1_4_3_and_4_4_are_right() -> None:
    right = [pendukung.belu()[name] for name in ("penduduk-miskin", "gizi-buruk", "kematian")]
    assert sums.of_tables(right) == ()
    assert rates.of_tables(right) == ()
    assert values.of_tables(right, LIMITS) == ()


def test_rounding_alone_is_no_fault(tmp_path: Path) -> None:
    """Three halves behind the printed 1 may be 4,4; four of them cannot be 7."""
    head = ("kecamatan", "2019", "2020")
    rows: Cells = (head, ("A", "1", "1"), ("B", "1", "1"), ("C", "1", "1"), ("Jumlah", "4", "7"))
    (found,) = sums.of_tables([pendukung.table(tmp_path, rows)])
    assert found.columns == ("2020",)
    assert finding_words.fact(found.facts["seharusnya"], INDONESIAN) == "3"


def test_a_sum_of_a_row_that_is_none(tmp_path: Path) -> None:
    rows: Cells = (
        ("kecamatan", "2019", "2020", "total"),
        ("A", "1", "2", "3"),
        ("B", "1", "2", "5"),
    )
    (found,) = sums.of_tables([pendukung.table(tmp_path, rows)])
    assert (found.village, found.columns) == ("B", ("total",))


def test_a_jump_that_the_printed_total_confirms_is_no_slip(tmp_path: Path) -> None:
    def table(total: str) -> tuple[Finding, ...]:
        rows: Cells = (
            ("kecamatan", "2018", "2019", "2020"), ("A", "100", "1010", "101"),
            ("B", "200", "210", "205"), ("Jumlah", "300", total, "306"),
        )  # fmt: skip
        return values.of_tables([pendukung.table(tmp_path, rows)], LIMITS)

    assert table("1220") == ()
    assert said(table("311"), "digit_jumlah") == {("beras", "A", "2019", "101")}
    assert said(table("-"), "digit") == {("beras", "A", "2019", "101,0")}


def test_rows_are_the_kecamatan_of_the_edition(tmp_path: Path) -> None:
    rows: Cells = (("Kecamatan", "2020"), ("Utara", "1"), ("Barat", "2"))
    material = test_checks.material()
    given = test_checks.replace(material, supporting=(pendukung.table(tmp_path, rows),))
    found = places.accounted_for(given).findings
    kinds = [f.key.rpartition(".")[2] for f in found]
    assert kinds == ["wilayah_lain", "wilayah_hilang"]
    assert found[0].found == "Barat"
    assert found[1].facts["nama"] == "Selatan"
    report = rules.run(given)
    assert {o.rule for o in report.outcomes if o.result.applied} >= {
        sums.RULE, values.RULE, rates.RULE, places.RULE,
    }  # fmt: skip
    assert all(
        finding_words.sentence(f, part, INDONESIAN) is not None
        for f in found
        for part in ("pesan", "harap", "perbaikan")
    )


def test_every_finding_has_words_in_both_languages() -> None:
    found = [*sums.of_tables(BELU), *rates.of_tables(BELU), *values.of_tables(BELU, LIMITS)]
    for language in (INDONESIAN, texts.load("en")):
        for finding in found:
            for part in ("pesan", "harap", "perbaikan"):
                assert finding_words.sentence(finding, part, language)


def test_without_supporting_data_the_rules_do_not_apply() -> None:
    report = rules.run(test_checks.material())
    idle = {o.rule for o in report.outcomes if not o.result.applied}
    assert {sums.RULE, values.RULE, rates.RULE, places.RULE} <= idle
