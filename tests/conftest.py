"""Fixtures that every test may use: where the checkout is, and the reference data beside it."""

from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no defect, and the same examples are tried in every run.
settings.register_profile("atlas", deadline=None, derandomize=True)
settings.load_profile("atlas")

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
