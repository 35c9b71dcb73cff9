"""Calls of the system that fail below Python: is the folder one whole run, and is it said.

Each call (open, write, rename, fsync ...) that a command makes on its project, its output folder
and its temporary folder fails once, in a run of its own: no space, a fault of the disk, no
permission, or the end of the process. Seen are the folder, the exit code, what is left and what is
printed. Calls of one kind on one file count as one where there are more than are asked for.

Linux with gcc. Run it with ``python benchmarks/gangguan.py EDISI [PERINTAH ...] --sekali 60``.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from percobaan import COMMANDS, LANGUAGES, Command, Place, State, listening

SOURCE = Path(__file__).with_suffix(".c")
WRITING = ("create", "write", "rename", "fsync", "unlink", "mkdir", "rmdir", "truncate", "mark",
           "link", "lock")  # fmt: skip
READING = ("open", "read", "list", "map")
FULL, BROKEN, DENIED, KILL = errno.ENOSPC, errno.EIO, errno.EACCES, 0
FAULTS = {**dict.fromkeys(WRITING, (FULL, BROKEN, DENIED, KILL)),
          **dict.fromkeys(READING, (BROKEN, DENIED))}  # fmt: skip
NAMES = {FULL: "ENOSPC", BROKEN: "EIO", DENIED: "EACCES", KILL: "SIGKILL"}
TOKEN = re.compile(r"[0-9a-f]{8,}")


@dataclass(frozen=True)
class Fault:
    """A call that fails: the nth of its kind."""

    call: str
    nth: int
    number: int


class Disturber:
    """The program that lets calls fail, and a command in its place."""

    def __init__(self, place: Place, command: Command) -> None:
        self.place, self.command = place, command
        self.program, self.log = place.top / "gangguan", place.top / "panggilan"
        subprocess.run(["gcc", "-O2", "-o", self.program, SOURCE], check=True)  # noqa: S603, S607
        self.kept = place.top / "semula"

    def run(self, fault: Fault | None, language: str = "en") -> tuple[int, str]:
        """Run the command, once undisturbed to list its calls; return exit code and words."""
        self.log.unlink(missing_ok=True)
        places = (self.place.out.parent, self.place.temporary, self.place.top / "proyek")
        asked = ("semua", "0", "0") if fault is None else (
            fault.call, str(fault.nth), str(fault.number))  # fmt: skip
        before = [self.program, ":".join(map(str, places)), *asked, self.log]
        run = self.place.start(self.command, language, list(map(str, before)))
        _, told = run.communicate()
        return run.returncode, told.decode("utf-8", "replace")

    def called(self) -> list[tuple[str, str]]:
        """Return the calls of the last run with their paths, tokens of names left out."""
        if not self.log.exists():
            return []
        rows = (row.split("\t") for row in self.log.read_text(errors="replace").splitlines())
        return [(row[0], TOKEN.sub("*", row[-1])) for row in rows]

    def keep(self) -> None:
        """Remember the folder as it is before each fault."""
        shutil.copytree(self.place.out.parent, self.kept, symlinks=True)

    def restore(self) -> None:
        """Put the folder back."""
        shutil.rmtree(self.place.out.parent)
        shutil.copytree(self.kept, self.place.out.parent, symlinks=True)
        shutil.rmtree(self.place.temporary)
        self.place.temporary.mkdir()


def _faults(calls: list[tuple[str, str]], most: int) -> Iterator[Fault]:
    """Choose the calls that fail: all of a kind, or one of every path and then others."""
    chance = random.Random(13)  # noqa: S311 - a choice, no secret
    of_kind: dict[str, list[str]] = defaultdict(list)
    for call, path in calls:
        of_kind[call].append(path)
    for call, paths in sorted(of_kind.items()):
        numbers = list(range(1, len(paths) + 1))
        if len(numbers) > most:
            first = {path: n for n, path in reversed(list(enumerate(paths, 1)))}
            told = chance.sample(sorted(first.values()), min(most, len(first)))
            others = sorted(set(numbers) - set(told))
            numbers = sorted(told + chance.sample(others, most - len(told)))
        for n in numbers:
            yield from (Fault(call, n, number) for number in FAULTS[call])


def _judged(fault: Fault, code: int, told: str, states: tuple[State, State, State]) -> list[str]:
    """Return what is wrong after a fault; the states are those before, hoped for, and found."""
    old, new, found = states
    wrong = []
    if found not in (old, new):
        wrong.append("damaged")
    if code == 0 and found != new:
        wrong.append("success that is none")
    if "Traceback" in told:
        wrong.append("traceback")
    if fault.number != KILL and code < 0:
        wrong.append(f"died of signal {-code}")
    if fault.number != KILL and code and not told.strip():
        wrong.append("no word")
    return wrong


def _short(told: str) -> str:
    """Return what a message says first, and which file it names."""
    lines = [line.strip() for line in told.splitlines()]
    named = [line for line in lines[1:] if line.startswith(("file", "found", "berkas", "isi"))]
    return " ".join([*lines[:1], *named])[:300]


def _disturbed(place: Place, name: str, most: int, shown: bool) -> str:
    command = COMMANDS[name]
    place.prepare(command)
    place.start(command, LANGUAGES[0]).communicate()
    disturber = Disturber(place, command)
    old = place.state()
    disturber.keep()
    code, told = disturber.run(None)
    if code:
        raise SystemExit(f"{name}: {code}\n{told}")
    new, calls = place.state(), disturber.called()
    wrong: Counter[str] = Counter()
    codes: Counter[int] = Counter()
    for fault in _faults(calls, most):
        disturber.restore()
        code, told = disturber.run(fault)
        if not (hit := disturber.called()):  # not called as often this time
            continue
        codes[code] += 1
        seen = _judged(fault, code, told, (old, new, place.state()))
        if place.left():
            place.start(command, "en").communicate()
            seen += [f"left {TOKEN.sub('*', one)}" for one in place.left()]
            seen += [] if place.state() == new else ["the next run is not whole"]
        for one in seen:
            wrong[one] += 1
        if seen or (shown and code):
            path = os.path.relpath(hit[0][1], place.top)
            words = told if "Traceback" in told else _short(told)
            print(f"  {fault.call} {fault.nth} {NAMES[fault.number]} {path}: code {code}: "
                  f"{', '.join(seen)} | {words}", flush=True)  # fmt: skip
    return (f"{name}: {len(calls)} calls, {codes.total()} faults, wrong {dict(wrong)}, "
            f"exit codes {dict(sorted(codes.items()))}")  # fmt: skip


def main() -> None:
    """Disturb every command and print what came of it."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("edisi", type=Path)
    words.add_argument("perintah", nargs="*", default=list(COMMANDS))
    words.add_argument("--sekali", type=int, default=60, help="calls of a kind at most")
    words.add_argument("--kata", action="store_true", help="print every message")
    asked = words.parse_args()
    listening()
    for command in asked.perintah:
        with tempfile.TemporaryDirectory() as name:
            place = Place(Path(name), asked.edisi)
            print(_disturbed(place, command, asked.sekali, asked.kata), flush=True)


if __name__ == "__main__":
    main()
