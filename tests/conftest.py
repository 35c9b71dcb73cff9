"""Fixtures that every test may use: where the checkout is, and the reference data beside it."""

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.places import programs

# A slow machine is no defect, and the same examples are tried in every run.
settings.register_profile("atlas", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("atlas")
# `make fuzz`: many examples, other ones in every run.
settings.register_profile(
    "fuzz", deadline=None, derandomize=False, max_examples=1_000, print_blob=True
)
# `make mutasi`: a mutant that lives through a few examples is a gap in the tests with figures.
settings.register_profile("mutasi", deadline=None, derandomize=True, max_examples=12)

# Messages are compared as they are written to a pipe, whatever terminal the tests run in.
os.environ["COLUMNS"] = "100000"

REPO_ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """Top folder of the checkout."""
    return REPO_ROOT


@pytest.fixture(scope="session")
def shared_dir(repo_root: Path) -> Path:
    """Folder of reference data beside the checkout (``../shared``), or skip.

    Real boundary layers may not be redistributed, so they stay outside the repository.
    Tests that ask for this fixture also carry ``@pytest.mark.shared``.
    """
    folder = repo_root.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the reference data in ../shared (relative to the checkout)")
    return folder


def pytest_configure(config: pytest.Config) -> None:
    """Let ``pd.Series[float]`` mean ``pd.Series`` where types are checked as the tests run.

    Only the stubs of pandas know what a column holds; typeguard reads the annotations themselves.
    """
    if config.getoption("typeguard_packages", None):
        import pandas as pd

        for kind in (pd.Series, pd.Index):
            kind.__class_getitem__ = classmethod(lambda cls, _: cls)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests that invent their examples, for `make fuzz`."""
    if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
        item.add_marker("fuzz")


@pytest.hookimpl(tryfirst=True)  # before fixtures are made
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a program that is not here, and say which."""
    for mark in item.iter_markers():
        if reason := programs.missing(mark.name):
            pytest.skip(reason)


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Say in a line that bytes differ; comparing large files line by line takes minutes."""
    if op == "==" and isinstance(left, bytes) and isinstance(right, bytes):
        return [f"{len(left)} bytes == {len(right)} bytes, but they differ"]
    if op == "==" and isinstance(left, dict) and isinstance(right, dict):
        names = sorted(n for n in {*left, *right} if left.get(n) != right.get(n))
        of_files = isinstance(next(iter({**left, **right}.values()), None), bytes)
        return [f"files differ: {', '.join(map(str, names))}"] if of_files else None
    return None


@pytest.fixture(scope="module")
def coarse_pictures() -> Iterator[None]:
    """Draw pictures at 72 pixels per inch, for tests that look at their words or colours alone.

    How fine they are is seen by ``tests/files/writers/test_png.py``.
    """
    from fsva.files.writers.png import Painter

    fine = Painter.ground
    with patch.object(Painter, "ground", lambda painter, below, dpi: fine(painter, below, 72)):
        yield


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:  # noqa: ANN401
    """Print after `make fuzz` what became of the files of each reader (``tests/fuzz``)."""
    kinds = ("read", "refused", "fault")
    found: dict[str, Counter[str]] = {}
    done = [r for state in ("passed", "failed") for r in terminalreporter.stats.get(state, ())]
    for report in done:
        for name, *counts in (value for key, value in report.user_properties if key == "fuzz"):
            found.setdefault(name, Counter()).update(dict(zip(kinds, counts, strict=True)))
    if config.getoption("hypothesis_profile", None) == "fuzz":
        terminalreporter.section("files per reader")
        for name, counts in found.items():
            told = ", ".join(f"{counts[kind]} {kind}" for kind in kinds)
            terminalreporter.write_line(f"{name}: {sum(counts.values())} files, {told}")


def pytest_collection_finish() -> None:
    """Keep what was collected out of every later search for garbage: it took 27 s of 368."""
    gc.freeze()
    gc.set_threshold(20_000)
