"""Which differences of the inputs can be why a value is another, and which cannot."""

from __future__ import annotations

import pandas as pd
import pytest

from fsva.comparison.changes.value_causes import ValueCauses
from fsva.comparison.values.result import Edit, Side
from fsva.comparison.values.side_data import Inputs, SideData
from fsva.config.methods import method
from fsva.core import resources

OLD, NEW, BPS = "99.01.01.2001", "99.01.01.2009", "9901001001"
RULES = method.load_open(resources.packaged("styles") / "metode" / "fsva-kota-5.toml")


def side(label: str, code: str) -> SideData:
    table = pd.DataFrame({"kode_bps": [BPS], "desa": ["Satu"]}, index=[code])
    inputs = Inputs(pd.DataFrame(), True, RULES, {code: BPS}, pd.DataFrame())
    told = Side(label, label, "Kota Uji", "99.01", 2024, RULES.id, None, "edisi", label, 1)
    return SideData(told, table, RULES, inputs=inputs)


def causes(measure: str, *edits: Edit) -> list[tuple[str, str]]:
    found = ValueCauses(side("A", OLD), side("B", NEW), edits).of(measure, OLD, NEW)
    return [(cause.part, cause.what) for cause in found]


def edit(part: str, what: str, code: str | None = None, b: str = "2") -> Edit:
    return Edit(part, what, code, None, None, b)  # type: ignore[arg-type]


COUNT = edit("data", "rumah_tangga", NEW)
CODE = edit("kode", "kode", NEW)
PRINTED = edit("timpa", "terbit.sarana_kelas", BPS)
SPLIT = edit("kode", "pemekaran.mekar", None, f"{BPS} -> {BPS}+9901001002")


@pytest.mark.parametrize(
    ("measure", "edits", "expected"),
    [
        ("sarana", [COUNT], [("data", "rumah_tangga")]),  # sarana / rumah tangga
        ("nakes", [COUNT], []),  # luas / tenaga kesehatan
        ("komposit", [COUNT], [("data", "rumah_tangga")]),
        ("sarana", [edit("data", "rumah_tangga", "99.01.01.2002")], []),
        ("sarana", [edit("metode", "hitung.sarana")], [("metode", "hitung.sarana")]),
        ("sarana", [edit("metode", "hitung.nakes"), edit("metode", "tutup.sarana")], []),
        ("sarana", [edit("dasar", "skala.sarana.min"), edit("dasar", "cut_off.sarana.c1")], []),
        ("komposit", [edit("dasar", "skala.sarana.min")], [("dasar", "skala.sarana.min")]),
        ("komposit", [edit("dasar", "cut_off.sarana.c1")], []),
        ("sarana", [PRINTED], [("timpa", "terbit.sarana_kelas")]),
        ("sarana", [edit("timpa", "timpa.nakes", BPS)], []),
        ("sarana", [SPLIT, COUNT], [("data", "rumah_tangga"), ("kode", "pemekaran.mekar")]),
        ("sarana", [edit("kode", "pemekaran.mekar", None, "9901001007 -> 9901001008")], []),
        ("sarana", [CODE, COUNT], [("data", "rumah_tangga")]),
        ("sarana", [CODE], [("kode", "kode")]),
        ("sarana", [edit("data", "baris", BPS)], [("data", "baris")]),
        ("sarana", [edit("data", "kolom", None, "rumah_tangga")], [("data", "kolom")]),
        ("sarana", [edit("data", "kolom", None, "catatan")], []),
    ],
)
def test_a_value_is_another_for_what_it_is_computed_from(
    measure: str, edits: list[Edit], expected: list[tuple[str, str]]
) -> None:
    assert causes(measure, *edits) == expected
