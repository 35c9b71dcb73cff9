"""The look of national maps: every share of vulnerable villages has a colour."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.config.styles import national_look
from fsva.config.styles.national_look import NationalLook
from fsva.core import toml
from fsva.core.errors import StyleError
from tests.places.small import ROOT


def test_the_upper_end_of_a_step_belongs_to_it() -> None:
    look = national_look.load()
    assert [look.step(share) for share in (0.0, 5.0, 5.01, 100.0)] == [0, 0, 1, 5]


@pytest.mark.parametrize("last", ["90", "50"])
def test_steps_that_leave_a_share_without_colour_are_refused(tmp_path: Path, last: str) -> None:
    shipped = (ROOT / "styles" / "nasional.toml").read_text(encoding="utf-8")
    file = tmp_path / "nasional.toml"
    file.write_text(shipped.replace("sampai = 100", f"sampai = {last}"), encoding="utf-8")
    with pytest.raises(StyleError) as caught:
        toml.load(file, NationalLook, StyleError)
    assert caught.value.key == "skema_mustahil"
