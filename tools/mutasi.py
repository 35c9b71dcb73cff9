"""Mutation testing of the modules that decide classes: do their tests see a fault.

mutmut writes the mutants: copies of a function with one small thing changed (a sign, a bound, an
argument). It finds a package only at the top of a checkout or in ``src/``, so this script lays a
copy with that plan into ``.mutasi/``. The mutants are run by ``tools/mutasi_loop.py``: mutmut's own
loop collects the tests anew for each, and takes twenty times as long. A mutant that no test
notices is a survivor; the share of mutants noticed is told by module, and every survivor.

Usage: ``make mutasi``, or ``python tools/mutasi.py MODULE ...`` for some modules alone. A survivor
is shown by ``cd .mutasi && PYTHONPATH=../.venv/mutmut python -m mutmut show NAME``.
"""

from __future__ import annotations

import json
import os
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
BESIDE = ("boundaries", "docs", "editions", "outputs", "styles", "tools")
NOTICED = ("killed", "timeout")
GENERATE = """
from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants
copy_src_dir(); copy_also_copy_files(); create_mutants(1)
"""


def tests(modules: tuple[str, ...]) -> list[str]:
    """Return the tests of their own; whole atlases would notice more, and take hours."""
    files = (Path(module) for module in modules)
    return [f"mutants/tests/{file.parent}/test_{file.name}" for file in files]


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
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"src/fsva/{module}" for module in modules],
        "also_copy": list(BESIDE),
    }
    lines = "".join(f"{key} = {value}\n" for key, value in settings.items())
    text = f"{text.replace(before, after)}\n[tool.mutmut]\n{lines}"
    (WORK / "pyproject.toml").write_text(text, encoding="utf-8")


def python(*arguments: str) -> None:
    """Run Python in the copy, with mutmut and the loop at hand."""
    path = os.pathsep.join((str(MUTMUT), str(ROOT / "tools")))
    environment = {**os.environ, "PYTHONPATH": path, "MUTANT_UNDER_TEST": "mutant_generation"}
    subprocess.run([sys.executable, *arguments], cwd=WORK, env=environment, check=True)


def main(arguments: list[str]) -> int:
    """Make and run the mutants, print the figures; 1 if fewer than nine in ten were noticed."""
    modules = tuple(arguments) or MODULES
    lay(modules)
    (WORK / "mutants").mkdir()
    python("-c", GENERATE)
    python(
        "-m",
        "pytest",
        "--rootdir=mutants",
        "-c",
        "mutants/pyproject.toml",
        "-q",
        "-p",
        "mutasi_loop",
        "-p",
        "no:cacheprovider",
        "--hypothesis-profile=mutasi",
        *tests(modules),
    )
    found: dict[str, str] = json.loads((WORK / "hasil.json").read_text(encoding="utf-8"))
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
