"""Whatever file comes: it is read, or refused by an error of our own; nothing else happens.

`make test` tries 50 inputs per reader, the same in every run; `make fuzz` at least 2,000,
and others with `make fuzz BENIH=7`. ``tests.fuzz.trials.inputs`` makes an input
again.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from tests.fuzz import trials
from tests.fuzz.readers import READERS
from tests.fuzz.trials import Reader

pytestmark = [
    pytest.mark.fuzz,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes as on Unix"),
]
FEW = 50
# The profile of `make fuzz` has 1,000 examples.
BATCHES = 1 if settings.default.max_examples < 1000 else 40


@cache
def made(name: str) -> Reader:
    return READERS[name]()


@pytest.mark.parametrize("name", READERS)
def test_sound_files_are_read(name: str, tmp_path: Path) -> None:
    for n, sound in enumerate(made(name).sound):
        folder = tmp_path / str(n)
        folder.mkdir()
        for file, content in sound.items():
            (folder / file).write_bytes(content)
        assert made(name).read(folder / next(iter(sound))) is not None


@pytest.mark.parametrize("batch", range(BATCHES))
@pytest.mark.parametrize("name", READERS)
def test_no_file_does_harm(
    name: str, batch: int, record_property: Callable[[str, object], None]
) -> None:
    outcomes = trials.tried(name, made(name), range(batch * FEW, (batch + 1) * FEW))
    counts = Counter(one.kind for one in outcomes)
    record_property("fuzz", (name, counts["read"], counts["refused"], counts["fault"]))
    assert [(one.number, one.said) for one in outcomes if one.kind == "fault"] == []
