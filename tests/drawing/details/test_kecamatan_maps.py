"""The map of a part of a kecamatan says what the white land beside it is."""

from __future__ import annotations

import pytest

from fsva.core.columns import PARENT
from fsva.drawing.details import kecamatan_maps
from tests.places import belu


@pytest.mark.parametrize("is_parted", [True, False])
def test_the_other_part_of_a_kecamatan_is_named_as_such(*, is_parted: bool) -> None:
    studio = belu.made().studio
    villages = studio.villages
    name = str(villages[PARENT].value_counts().index[0])
    group = villages[villages[PARENT] == name]
    shown = group.iloc[: len(group) // 2] if is_parted else group
    detail = kecamatan_maps.settle(studio, shown, studio.layout.boxes.box("map"))
    around = [" ".join(place.wording.lines) for place in detail.neighbours]
    assert (f"{name} (lembar lain)" in around) == is_parted
    assert name not in around
