"""Commands that are killed at random moments: is the folder one whole run, and is nothing left.

Each command first runs to its end twice in both languages: only the files of these runs may stand
afterwards. Then it is killed again and again, in turn by SIGKILL, SIGTERM, SIGINT and SIGHUP. Run
it with ``python benchmarks/dibunuh.py 50 EDISI``; the edition's project is copied and put under
git.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
NOTE = "catatan.txt"
# The status of many editions, which tells times.
STATUS = "massal"
COMMANDS = {
    "atlas": ("atlas", "{edition}"),
    "ringkasan": ("ringkasan", "{edition}"),
    "banding": ("banding", "{edition}", "--dari", "HEAD"),
    "periksa": ("periksa", "{edition}"),
    "massal": ("massal", "{edition}", "--pekerja", "2"),
    "bentuk": ("atlas", "{edition}", "--peta", "7", "--bentuk", "gpkg", "--bentuk", "shp",
               "--bentuk", "html", "--bentuk", "qgz"),
    "excel": ("excel", "{edition}"),
    "formulir": ("formulir", "{edition}"),
    "buku": ("buku", "{edition}"),
    "paparan": ("paparan", "{edition}"),
    "profil": ("profil", "{edition}"),
    "keyakinan": ("keyakinan", "{edition}"),
    "sasaran": ("sasaran", "{edition}"),
    "nasional": ("nasional", "{atlas}"),
}  # fmt: skip
State = dict[str, str]


class Place:
    """A project under git, an output folder with a note of the officer, and a temporary folder."""

    def __init__(self, top: Path, edition: Path) -> None:
        shutil.copytree(edition.parent.parent, top / "proyek")
        self.edition = top / "proyek" / "editions" / edition.name
        self.out, self.temporary = top / "keluaran" / "o", top / "sementara"
        self.temporary.mkdir()
        self.atlas = top / "jadi" / "atlas"
        said = ["-c", "user.name=x", "-c", "user.email=x@y"]
        for words in (["init", "-q"], ["add", "-A"], [*said, "commit", "-qm", "x"]):
            subprocess.run(["git", *words], cwd=top / "proyek", check=True)  # noqa: S603, S607
        with (self.edition / "edition.toml").open("a", encoding="utf-8") as file:
            file.write("\n# berubah\n")

    def clear(self) -> None:
        """Begin with an output folder that holds only the note."""
        shutil.rmtree(self.out.parent, ignore_errors=True)
        self.out.mkdir(parents=True)
        (self.out / NOTE).write_text("milik kantor", encoding="utf-8")

    def make_atlas(self) -> None:
        """Make the atlas that commands over outputs read."""
        words = ["atlas", str(self.edition), "--keluaran", str(self.atlas), "--bentuk", "gpkg"]
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "fsva", *words], check=True, stdout=subprocess.DEVNULL
        )

    def start(self, command: str, language: str) -> subprocess.Popen[bytes]:
        """Start a command."""
        words = [word.format(edition=self.edition, atlas=self.atlas) for word in COMMANDS[command]]
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "fsva", *words, "--keluaran", str(self.out),
             "--bahasa", language],
            env={**os.environ, "TMPDIR": str(self.temporary)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def state(self) -> State:
        """Return the hash of each file in the output folder, without status and hidden files."""
        inside = {file: file.relative_to(self.out).parts for file in self.out.rglob("*")}
        files = [
            file
            for file, parts in inside.items()
            if file.is_file() and STATUS not in parts and not any(p[0] == "." for p in parts)
        ]
        return {str(f.relative_to(self.out)): hashlib.sha256(f.read_bytes()).hexdigest()
                for f in files}  # fmt: skip

    def left(self) -> list[str]:
        """Return what stands beside the output folder and in the temporary one."""
        beside = [entry.name for entry in self.out.parent.iterdir() if entry != self.out]
        beside += [entry.name for entry in self.out.rglob(".*") if entry.name != ".fsva-simpanan"]
        return sorted([*beside, *(entry.name for entry in self.temporary.iterdir())])


def _killed(place: Place, command: str, kills: int) -> str:
    """Kill a command ``kills`` times; return what came of it."""
    if "{atlas}" in COMMANDS[command]:
        place.make_atlas()
    place.clear()
    whole = [place.state()]
    start = time.monotonic()
    for language in ("id", "en", "id", "en"):  # what stands may depend on what stood before
        place.start(command, language).wait()
        whole.append(place.state())
    longest = (time.monotonic() - start) / 4
    moments = random.Random(13)  # noqa: S311 - moments, no secrets
    damaged = 0
    codes: Counter[int] = Counter()
    for n in range(kills):
        sent = SIGNALS[n % len(SIGNALS)]
        run = place.start(command, ("id", "en")[n % 2])
        time.sleep(moments.uniform(0, longest))
        run.send_signal(sent)
        codes[run.wait()] += 1
        damaged += place.state() not in whole
    place.start(command, "id").wait()
    damaged += place.state() not in whole
    return (f"{command}: {kills} kills within {longest:.1f} s, damaged {damaged}, "
            f"left after the next run {place.left()}, exit codes {dict(codes)}")  # fmt: skip


def main() -> None:
    """Kill every command and print what came of it."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("bunuh", type=int)
    words.add_argument("edisi", type=Path)
    words.add_argument("perintah", nargs="*", default=list(COMMANDS))
    asked = words.parse_args()
    for command in asked.perintah:
        with tempfile.TemporaryDirectory() as name:
            print(_killed(Place(Path(name), asked.edisi), command, asked.bunuh), flush=True)


if __name__ == "__main__":
    main()
