"""The file of a baseline: what it may say, and what is refused with its name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fsva.config.methods import baseline
from fsva.core.errors import StyleError
from tests.places.small import ROOT

BELU = ROOT / "styles" / "dasar" / "belu-2021.toml"


def changed(folder: Path, old: str, new: str) -> Path:
    text = BELU.read_text(encoding="utf-8")
    assert old in text
    file = folder / BELU.name
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_belu_s_numbers_are_read_as_they_are_printed() -> None:
    found = baseline.load(BELU)
    assert (found.id, found.method) == ("belu-2021", "fsva-kabupaten-6")
    assert isinstance(found.frozen, date)
    assert found.bounds["lahan"] == (Decimal("0"), Decimal("1.6659"))
    assert found.cut_offs["lahan"] == tuple(
        Decimal(c) for c in ("0.0093", "0.0373", "0.1766", "0.2651", "0.3671")
    )
    assert [len(cuts) for cuts in found.cut_offs.values()] == [5] * len(found.cut_offs)


def test_what_a_baseline_does_not_say_is_as_the_method_has_it(tmp_path: Path) -> None:
    head = BELU.read_text(encoding="utf-8").partition("[tutup]")[0]
    (tmp_path / "bare.toml").write_text(head, encoding="utf-8")
    found = baseline.load(tmp_path / "bare.toml")
    assert (found.closed, found.proposed) == ({}, ())


@pytest.mark.parametrize(
    ("written", "digits"), [("15.0000", 4), ("15", 0), ("0.10", 2), ("1E+3", 0), ("NaN", 0)]
)
def test_digits_are_those_that_are_written(written: str, digits: int) -> None:
    assert baseline.digits_of(Decimal(written)) == digits


def test_scale_bounds_rise() -> None:
    own = baseline.load(BELU).model_dump(by_alias=True)
    for low, high in ((1, 1), (2, 1)):
        bad = {**own, "skala": {**own["skala"], "lahan": (low, high)}}
        with pytest.raises(ValueError, match="skala: a < b"):
            baseline.Baseline.model_validate(bad)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    file = changed(tmp_path, "metode =", "metod =")
    with pytest.raises(StyleError) as caught:
        baseline.load(file)
    assert {p.file for p in caught.value.places} == {file}
