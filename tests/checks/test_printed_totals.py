"""Rows of totals and means that stand in a table: what follows from its villages, and what not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fsva.checks.findings import Finding
from tests.places import contoh, small

RULE = "jumlah_kecamatan"


def table(folder: Path, name: str) -> tuple[list[str], list[list[str]]]:
    head, *rows = (folder / name).read_text(encoding="utf-8-sig").splitlines()
    return head.split(";"), [row.split(";") for row in rows]


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def found(folder: Path, name: str, label: str, cells: dict[str, str]) -> list[Finding]:
    """Write a row with a label and some numbers below a table; return what the checks say of it."""
    head, _ = table(folder, name)
    row = ";".join(cells.get(column, label if column == "desa" else "") for column in head)
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(f"{row}\r\n")
    report = contoh.checked(contoh.order(folder))
    return [f for o in report.outcomes if o.rule == RULE for f in o.result.findings]


def written(value: Fraction, digits: int) -> str:
    return f"{float(value):.{digits}f}".replace(".", ",")


@pytest.mark.parametrize("label", ["Rata-rata", "RERATA", "Rata - rata Kabupaten"])
@pytest.mark.parametrize(("step", "wrong"), [(0, False), (5, True), (-20, True)])
def test_a_mean_of_ratios(tmp_path: Path, label: str, step: int, wrong: bool) -> None:
    folder = contoh.build(tmp_path / "e")
    head, rows = table(folder, "indikator.csv")
    values = [number(row[head.index("lahan")]) for row in rows]
    mean = sum(values, Fraction()) / len(values)
    said = found(folder, "indikator.csv", label, {"lahan": written(mean + Fraction(step, 1000), 3)})
    assert [(f.row, f.columns) for f in said] == ([(14, ("lahan",))] if wrong else [])
    assert all(f.facts["jumlah"] == pytest.approx(float(mean), abs=6e-5) for f in said)


@pytest.mark.parametrize(("stated", "wrong"), [("0,2", False), ("9,9", True)])
def test_a_ratio_of_the_district_lies_among_those_of_its_villages(
    tmp_path: Path, stated: str, wrong: bool
) -> None:
    folder = contoh.build(tmp_path / "e")
    said = found(folder, "indikator.csv", "Jumlah", {"lahan": stated})
    assert bool(said) is wrong


@pytest.mark.parametrize(("label", "right"), [("Jumlah", 12000), ("Rata-rata", 1000)])
@pytest.mark.parametrize("step", [0, 40])
def test_a_row_of_means_of_counts_is_no_sum(
    tmp_path: Path, label: str, right: int, step: int
) -> None:
    folder = contoh.build(tmp_path / "e", raw=True)
    said = found(folder, "mentah.csv", label, {"penduduk": str(right + step)})
    assert [f.facts["jumlah"] for f in said] == ([right] if step else [])


def test_names_match_however_kecamatan_are_written(tmp_path: Path) -> None:
    folder = contoh.build(tmp_path / "e", raw=True)
    kecamatan = small.KECAMATAN[0]
    n = list(small.KECAMATAN).count(kecamatan)
    said = found(folder, "mentah.csv", f"Jumlah Kec. {kecamatan}", {"penduduk": str(n * 1000 + 7)})
    assert [f.facts["jumlah"] for f in said] == [n * 1000]
