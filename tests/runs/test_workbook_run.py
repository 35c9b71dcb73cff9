"""What the workbook of forms says of agreed values."""

from __future__ import annotations

from pathlib import Path

from fsva.core import texts
from fsva.runs import workbook_run
from tests.places import contoh


def test_agreed_values_are_told_with_what_was_measured(tmp_path: Path) -> None:
    folder = contoh.build(tmp_path, poverty=False, coverage=False)
    file = folder / "indikator.csv"
    head, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    sign = ";" if ";" in head else ","
    agreed = [f"{row}{sign}{'0,25' if n == 1 else '-'}" for n, row in enumerate(rows)]
    file.write_text("\n".join([f"{head}{sign}kesepakatan_lahan", *agreed]), encoding="utf-8-sig")
    order = contoh.order(folder)
    inputs = workbook_run.form_inputs(order.edition, contoh.tabulated(order), texts.load("id"))
    (one,) = [item for item in inputs.agreements if item.kind == "nilai"]
    assert (one.village, one.measure, one.agreed) == ("Dua", "lahan", 0.25)
    measured = rows[1].split(sign)[head.split(sign).index("lahan")]
    assert one.before.replace(".", ",") == measured.replace(".", ",")
