"""Folders of shared data: what is in them, and those that cannot be looked into."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from fsva.core import bounds
from fsva.core.errors import SourceError


def test_files_of_a_folder_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).touch()
    found = bounds.files_in(tmp_path, "*.csv")
    assert [file.name for file in found] == ["a.csv", "b.csv"]
    assert bounds.files_in(tmp_path / "tidak-ada", "*.csv") == []
    assert bounds.files_in(tmp_path / "c.txt", "*.csv") == []


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_folder_that_cannot_be_looked_into_is_not_taken_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refusing(folder: Path) -> object:
        raise OSError(number, os.strerror(number), str(folder))

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(SourceError) as refused:
        bounds.files_in(tmp_path, "*.csv")
    (place,) = refused.value.places
    assert (refused.value.key, place.file) == ("folder_tak_terbaca", tmp_path)
    assert place.found == os.strerror(number)
