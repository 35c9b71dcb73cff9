"""A class that changes because a value on a cut-off belongs elsewhere: the method's doing."""

from __future__ import annotations

import pandas as pd
import pytest

from fsva.comparison.changes import compare
from fsva.comparison.changes.compare import Wish
from fsva.comparison.values import comparison_thresholds
from fsva.core import resources
from fsva.core.errors import CompareError
from tests.places import banding_kecil as kecil
from tests.places import small
from tests.places.banding_kecil import Bahan

LIMITS = comparison_thresholds.load(resources.packaged("styles") / comparison_thresholds.FILE_NAME)


def sides() -> tuple[Bahan, Bahan]:
    """Return the small kabupaten with one village on c5 of a low-is-better indicator, twice."""
    table = small.table()
    table["air_bersih"] = pd.array([0.0042, *[0.3] * 11], dtype="Float64")
    before = small.shipped_method()
    indicators = tuple(i.model_copy(update={"closed": "atas"}) for i in before.indicators)
    after = before.model_copy(update={"indicators": indicators})
    return Bahan(table, rules=before), Bahan(table, rules=after)


def test_a_class_that_changes_by_closure_is_the_methods() -> None:
    old, new = sides()
    held = kecil.side("A", old), kecil.side("B", new, 2022)
    with pytest.raises(CompareError) as refused:
        compare.compare(held, Wish(LIMITS, 100))
    assert refused.value.key == "banding_metode"
    assert "tutup.air_bersih" in {place.column for place in refused.value.places}
    found = compare.compare(held, Wish(LIMITS, 100, forced=True))
    (change,) = [c for c in found.changes if c.tier in ("kelas", "lintas")]
    assert (change.village, change.measure) == ("Satu", "air_bersih")
    assert (change.class_a, change.class_b) == (5, 6)
    assert [(r.part, r.share) for r in change.reasons] == [("metode", 1)]
