"""Mutation testing of the modules that decide classes: are their tests worth their time.

mutmut changes one small thing of a function at a time (a sign, a bound, an argument) and runs the
tests that reach it; a change that no test notices is a survivor. mutmut finds a package only at the
top of a checkout or in ``src/``, so this script lays a copy with that plan into ``.mutasi/`` and
works there. It tells the share of changes noticed by module, and every survivor.

Usage: ``make mutasi``, or ``python tools/mutasi.py MODULE ...`` for some modules alone. A survivor
is shown by ``cd .mutasi && python -m mutmut show NAME`` with ``PYTHONPATH=../.venv/mutmut``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".mutasi"
MUTMUT = ROOT / ".venv" / "mutmut"
# What decides the class of a village.
MODULES = (
    "config/methods/baseline.py",
    "index/classes.py",
    "index/composite.py",
    "index/derivation.py",
    "index/indicators.py",
    "villages/join.py",
    "villages/succession.py",
)
# Tests with figures from the method, without whole atlases: a mutant is tried in a second.
TESTS = (
    "tests/config/methods",
    "tests/index/test_classes.py",
    "tests/index/test_composite.py",
    "tests/index/test_derivation.py",
    "tests/index/test_indicators.py",
    "tests/sources/tables/test_raw_counts.py",
    "tests/villages/test_join.py",
    "tests/villages/test_succession.py",
)
BESIDE = ("boundaries", "docs", "editions", "outputs", "styles", "tools")
NOTICED = {"killed", "timeout", "segfault"}


def lay(modules: tuple[str, ...]) -> None:
    """Lay the copy that mutmut works in."""
    shutil.rmtree(WORK, ignore_errors=True)
    bare = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "pipeline", WORK / "src", ignore=bare)
    for folder in (*BESIDE, "tests"):
        shutil.copytree(ROOT / folder, WORK / folder, ignore=bare)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    before, after = 'pythonpath = [".", "pipeline"]', 'pythonpath = [".", "src"]'
    if before not in text:
        raise SystemExit(f"pyproject.toml: {before} is not there any more")
    text = text.replace(before, after)
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"src/fsva/{module}" for module in modules],
        "also_copy": list(BESIDE),
        "pytest_add_cli_args_test_selection": list(TESTS),
    }
    lines = "".join(f"{key} = {value}\n" for key, value in settings.items())
    (WORK / "pyproject.toml").write_text(f"{text}\n[tool.mutmut]\n{lines}", encoding="utf-8")


def mutmut(*arguments: str, silent: bool = False) -> str:
    """Run mutmut in the copy and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=WORK, env={**os.environ, "PYTHONPATH": str(MUTMUT)}, check=True, text=True,
        stdout=subprocess.PIPE if silent else None,
    )  # fmt: skip
    return done.stdout or ""


def results() -> dict[str, str]:
    """Return what became of every mutant by its name."""
    printed = mutmut("results", "--all", "true", silent=True)
    return dict(re.findall(r"^\s*(\S+): (.+)$", printed, re.MULTILINE))


def main(arguments: list[str]) -> int:
    """Run mutmut and print the figures; 1 if fewer than nine in ten mutants were noticed."""
    lay(tuple(arguments) or MODULES)
    mutmut("run", "--max-children", os.environ.get("FSVA_PROSES", "1"))
    found = results()
    whole: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    for name, state in sorted(found.items()):
        module = name.partition(".x")[0]
        whole[module] += 1
        noticed[module] += state in NOTICED
        if state not in NOTICED:
            print(f"{state:10} {name}")
    for module in sorted(whole):
        print(f"{module:32} {noticed[module]:5} / {whole[module]:5}")
    share = sum(noticed.values()) / max(1, sum(whole.values()))
    print(f"{sum(noticed.values())} / {sum(whole.values())} = {share:.1%}")
    return 0 if share >= 0.9 else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
