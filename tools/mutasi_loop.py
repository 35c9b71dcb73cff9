"""The loop of ``tools/mutasi.py``, a plugin of pytest: every mutant in a process of its own.

The tests are collected once, and run once, so that no fork imports a library anew; what they left
in caches is forgotten, or a mutant would go unseen. Each mutant is switched on in a fork that runs
the tests of its module which reach its function, the quickest first, until one fails. Tests that
work longer than half a second, such as whole atlases, are left out: what only they notice counts as
a survivor.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

SWITCH = "MUTANT_UNDER_TEST"
# A mutant that turns a loop endless is noticed by the clock.
LONGEST_S = 60
LONGEST_TEST_S = 0.5
Reached = dict[str, list[int]]


def _forked(work: Callable[[], int]) -> int:
    """Run something in a process of its own and return its exit code; -1 if it took too long."""
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST_S)
        os._exit(work())
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _warm(items: list[pytest.Item]) -> None:
    os.environ[SWITCH] = ""
    for item in items:
        _passes(item)
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper):
            thing.cache_clear()
    gc.freeze()  # forks do not copy what they never change


def _passes(item: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _reached(items: list[pytest.Item], file: Path) -> Reached:
    """Return the tests that reach each function, the quickest first."""

    def work() -> int:
        from mutmut.state import state

        signal.alarm(0)
        os.environ[SWITCH] = "stats"
        seconds: dict[int, float] = {}
        reached: Reached = {}
        for n, item in enumerate(items):
            state()._stats.clear()
            start = time.process_time()
            if not _passes(item):
                return 1
            seconds[n] = time.process_time() - start
            if seconds[n] > LONGEST_TEST_S:
                continue
            for function in state()._stats:
                if function.rpartition(".")[0].rpartition(".")[2] == item.path.stem[len("test_") :]:
                    reached.setdefault(function, []).append(n)
        ordered = {name: sorted(tests, key=seconds.__getitem__) for name, tests in reached.items()}
        file.write_text(json.dumps(ordered), encoding="utf-8")
        return 0

    if _forked(work):
        raise pytest.UsageError("the tests fail without any mutant: run them first")
    found: Reached = json.loads(file.read_text(encoding="utf-8"))
    return found


def _state(mutant: str, tests: list[pytest.Item]) -> str:
    def work() -> int:
        os.environ[SWITCH] = mutant
        return 0 if all(_passes(test) for test in tests) else 1

    if not tests:
        return "no tests"
    code = _forked(work)
    return "survived" if code == 0 else "timeout" if code == -signal.SIGALRM else "killed"


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run all mutants instead of all tests, and write what became of each."""
    place = Path.cwd()
    names: list[str] = []
    for file in sorted((place / "mutants").rglob("*.meta")):
        names += json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    _warm(session.items)
    reached = _reached(session.items, place / "tes.json")
    found: dict[str, str] = {}
    for name in names:
        tests = [session.items[n] for n in reached.get(name.partition("__mutmut_")[0], [])]
        found[name] = _state(name, tests)
        (place / "hasil.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    return True
