"""The window of the locator map that an edition may name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fsva.config.editions import edition
from fsva.core.errors import EditionError
from tests.places.small import BELU

WINDOW = "[118.7, -11.2, 125.6, -7.9]"


@pytest.mark.parametrize(
    "window",
    [
        "[nan, -11.2, 125.6, -7.9]",
        "[118.7, -7.9, 125.6, -11.2]",
        "[118.7, -7.9, 118.7, -7.9]",
        "[0, 0, 1, inf]",
        "[]",
    ],
)
def test_a_window_that_is_none_is_refused(tmp_path: Path, window: str) -> None:
    folder = tmp_path / "editions" / "belu"
    shutil.copytree(BELU, folder)
    text = (folder / "edition.toml").read_text(encoding="utf-8")
    (folder / "edition.toml").write_text(text.replace(WINDOW, window), encoding="utf-8")
    with pytest.raises(EditionError, match="skema_"):
        edition.load(folder)
