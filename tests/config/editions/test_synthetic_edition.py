"""The shipped synthetic edition: its values follow the rule that its README states."""

from __future__ import annotations

import csv
import io
from decimal import ROUND_HALF_UP, Decimal

from fsva.config.editions import edition, unfilled
from fsva.core import texts
from fsva.words import draft
from tests.places.small import ROOT

FIRST, SECOND = (ROOT / "editions" / name for name in ("belu-2021", "belu-2022-sintetis"))
RATIOS = ("lahan", "sarana", "tidak_sejahtera", "air_bersih", "nakes")
FACTORS = tuple(map(Decimal, ("1.15", "1.3", "0.85", "0.7")))


def rows(name: str) -> list[list[dict[str, str]]]:
    return [
        list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig")), delimiter=";"))
        for folder in (FIRST, SECOND)
    ]


def test_every_third_value_is_multiplied_in_turn() -> None:
    first, second = rows("indicators.csv")
    number = 0
    for before, after in zip(first, second, strict=True):
        assert {k: v for k, v in before.items() if k not in RATIOS} == {
            k: v for k, v in after.items() if k not in RATIOS
        }
        for name in RATIOS:
            if not before[name]:
                assert not after[name]
                continue
            number += 1
            expected = Decimal(before[name].replace(",", "."))
            if number % 3 == 0:
                expected *= FACTORS[(number // 3 - 1) % 4]
                if name != "nakes":
                    expected = min(expected, Decimal(1))
                expected = expected.quantize(Decimal("0.0001"), ROUND_HALF_UP)
            assert Decimal(after[name].replace(",", ".")) == expected


def test_the_published_classes_are_those_of_2021() -> None:
    first, second = rows("terbit.csv")
    assert first == second


def test_an_invented_edition_is_marked_in_both_languages() -> None:
    settings = edition.load(SECOND).settings
    assert [gap.key for gap in unfilled.of(settings)] == [unfilled.SYNTHETIC]
    said = draft.of(settings, texts.load("id"))
    assert said.sentence == "SINTETIS - data buatan untuk contoh, bukan data kantor"
    assert said.titled("Peta 7") == "SINTETIS - Peta 7"
    assert said.cap == "SINTETIS"
    assert draft.of(settings, texts.load("en")).cap == "SYNTHETIC"
    assert not draft.of(edition.load(FIRST).settings, texts.load("id"))
