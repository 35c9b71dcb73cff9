"""The atlas has the same bytes on another processor: libraries choose their ways by it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places.small import ROOT

# What an old processor lets OpenBLAS, NumPy and the C library choose.
OLD = {
    "OPENBLAS_CORETYPE": "Nehalem",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX,-AVX2,-FMA,-FMA4,-AVX512F",
}
PRODUCTS = """
import numpy as np
print((np.random.default_rng(1).normal(size=(999, 8)) @ np.full((8, 3), 0.1)).sum().hex())
"""


def run(*words: str, old: bool) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *words],
        env=os.environ | (OLD if old else {}),
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout


@pytest.mark.slow
def test_the_atlas_is_the_same_on_an_old_processor(tmp_path: Path) -> None:
    if run("-c", PRODUCTS, old=False) == run("-c", PRODUCTS, old=True):
        pytest.skip("this processor is an old one itself, or NumPy does not use OpenBLAS")
    for name, old in (("baru", False), ("lama", True)):
        words = ("editions/belu-2021", "--bentuk", "gpkg", "--keluaran", str(tmp_path / name))
        run("-m", "fsva", "atlas", *words, old=old)
    made, again = (
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir() if file.is_file()}
        for name in ("baru", "lama")
    )
    assert len(made) > 60
    assert made == again
