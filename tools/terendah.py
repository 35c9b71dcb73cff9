"""Run the tests with the lowest versions of all libraries that pyproject.toml allows.

Makes an environment of its own in ``.terendah/``: the libraries of the atlas and of every extra at
their lowest, the tools of the tests as new as these permit. What stands after ``--`` is for pytest.

Usage: ``make test-terendah``, or ``python tools/terendah.py -- tests/index``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".terendah"
UV = ROOT / ".venv" / "uv" / "bin" / "uv"
PYTHON = PLACE / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOWEST = "3.11"


def uv(*arguments: str) -> None:
    """Run uv for this project."""
    subprocess.run([str(UV), *arguments, "--quiet"], cwd=ROOT, check=True)


def install() -> None:
    """Make the environment anew."""
    lowest, tools = str(PLACE / "terendah.txt"), str(PLACE / "uji.txt")
    uv("venv", "--clear", "--python", LOWEST, str(PLACE))
    compiled = ("pip", "compile", "--python-version", LOWEST, "--no-header")
    uv(*compiled, "pyproject.toml", "--all-extras", "--resolution", "lowest-direct", "-o", lowest)
    uv(
        *compiled,
        "pyproject.toml",
        "--all-extras",
        "--group",
        "test",
        "--group",
        "build",
        "--constraints",
        lowest,
        "-o",
        tools,
    )
    target = ("--python", str(PYTHON))
    uv("pip", "install", *target, "--requirements", tools)
    uv("pip", "install", *target, "--no-deps", "--no-build-isolation", "--editable", ".")


def main(arguments: list[str]) -> int:
    """Install, then run pytest; return its exit code."""
    install()
    given = [one for one in arguments if one != "--"]
    return subprocess.run([str(PYTHON), "-m", "pytest", *given], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
