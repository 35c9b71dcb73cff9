"""A comparison as JSON: in step with its published schema, the same bytes twice."""

from __future__ import annotations

import json
from dataclasses import replace

from fsva.comparison.values import comparison_json
from fsva.comparison.values.result import PARTS, TIERS
from tests.places.banding_contoh import CHANGES, COMPARISON
from tests.places.small import ROOT


def test_the_published_schema_is_that_of_the_code() -> None:
    published = ROOT / "docs" / "skema-banding.json"
    assert published.read_bytes() == comparison_json.schema()


def test_json_holds_every_change_under_indonesian_keys() -> None:
    written = json.loads(comparison_json.to_json(COMPARISON))
    assert len(written["perubahan"]) == len(CHANGES)
    first = written["perubahan"][0]
    assert (first["desa"], first["kelas_a"], first["kelas_b"]) == ("Tiga", 5, 3)
    assert first["sebab"] == [{"bagian": "data", "andil": -2.0}]
    required = json.loads(comparison_json.schema())["required"]
    assert set(required) <= set(written)


def test_json_is_the_same_twice_and_differs_with_the_comparison() -> None:
    assert comparison_json.to_json(COMPARISON) == comparison_json.to_json(replace(COMPARISON))
    assert comparison_json.to_json(replace(COMPARISON, changes=())) != comparison_json.to_json(
        COMPARISON
    )


def test_a_change_is_one_line() -> None:
    lines = comparison_json.to_json(COMPARISON).decode("utf-8").splitlines()
    assert sum('"tingkat": "derau"' in line and '"sebab"' in line for line in lines) == 2


def test_the_delta_of_a_change_is_its_reasons_sum() -> None:
    for change in CHANGES:
        if change.reasons and change.delta is not None:
            assert sum(reason.share for reason in change.reasons) == change.delta
        assert change.tier in TIERS
        assert all(reason.part in PARTS for reason in change.reasons)
