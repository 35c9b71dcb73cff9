"""Commands that are killed at random moments: is the folder one whole run, and is nothing left.

Each command first runs to its end twice in both languages: only the files of these runs may stand
afterwards. Then it is killed again and again, in turn by SIGKILL, SIGTERM, SIGINT and SIGHUP. A
kill is real if the command was still at work. Run it with ``python benchmarks/dibunuh.py 50
EDISI``; the edition's project is copied and put under git.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

from percobaan import COMMANDS, LANGUAGES, Command, Place, listening, nothing

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# How a command ends that heard each of them.
ENDS = {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGINT: 130, signal.SIGHUP: -1}


def _killed(place: Place, name: str, kills: int) -> str:
    """Kill a command ``kills`` times; return what came of it."""
    command = COMMANDS[name]
    place.prepare(command)
    whole = [place.state()]
    start = time.monotonic()
    for language in LANGUAGES * 2:  # what stands may depend on what stood before
        _again(place, command)
        place.start(command, language).communicate()
        whole.append(place.state())
    longest = (time.monotonic() - start) / 4
    moments = random.Random(13)  # noqa: S311 - moments, no secrets
    damaged = traces = real = 0
    codes: Counter[str] = Counter()
    for n in range(kills):
        sent = SIGNALS[n % len(SIGNALS)]
        _again(place, command)
        run = place.start(command, LANGUAGES[n % 2])
        time.sleep(moments.uniform(0, longest))
        run.send_signal(sent)
        _, told = run.communicate()
        real += run.returncode in (ENDS[sent], -sent)
        codes[f"{sent.name} {run.returncode}"] += 1
        damaged += place.state() not in whole
        traces += b"Traceback" in told
    _again(place, command)
    place.start(command, "id").communicate()
    damaged += place.state() not in whole
    return (f"{name}: {kills} kills within {longest:.1f} s, real {real}, damaged {damaged}, "
            f"tracebacks {traces}, left after the next run {place.left()}, "
            f"ends {dict(sorted(codes.items()))}")  # fmt: skip


def _again(place: Place, command: Command) -> None:
    """Remove a whole folder where the command makes one that must not stand yet."""
    if command.begin is nothing and place.out.exists():
        shutil.rmtree(place.out)


def main() -> None:
    """Kill every command and print what came of it."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("bunuh", type=int)
    words.add_argument("edisi", type=Path)
    words.add_argument("perintah", nargs="*", default=list(COMMANDS))
    asked = words.parse_args()
    listening()
    for command in asked.perintah:
        with tempfile.TemporaryDirectory() as name:
            print(_killed(Place(Path(name), asked.edisi), command, asked.bunuh), flush=True)


if __name__ == "__main__":
    main()
