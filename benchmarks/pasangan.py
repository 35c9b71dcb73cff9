"""Pairs of runs on one output folder: is it whole after each pair, with the note of the officer.

Two small atlases of the same place in two languages write to one folder at the same time, again
and again, beside a note of the officer. Run it with ``python benchmarks/pasangan.py 200 EDISI``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

NOTE = "catatan.txt"


def _whole(folder: Path) -> bool:
    """Tell whether a folder holds exactly what its manifest says, and the note."""
    record = json.loads((folder / "manifest.json").read_bytes())["keluaran"]
    names = {entry.name for entry in folder.iterdir()}
    right = all(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() == said["sha256"]
        for name, said in record.items()
    )
    return right and names == {*record, "manifest.json", NOTE} and (folder / NOTE).is_file()


def _pair(edition: str, folder: Path) -> tuple[int, ...]:
    command = [sys.executable, "-m", "fsva", "atlas", edition, "--keluaran", str(folder)]
    runs = [
        subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--bahasa", language], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for language in ("id", "en")
    ]
    return tuple(sorted(run.wait() for run in runs))


def main() -> None:
    """Run the pairs and print what came of them."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("pasangan", type=int)
    words.add_argument("edisi")
    asked = words.parse_args()
    codes: Counter[tuple[int, ...]] = Counter()
    damaged, start = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "o"
        folder.mkdir()
        (folder / NOTE).write_text("milik kantor", encoding="utf-8")
        for _ in range(asked.pasangan):
            codes[_pair(asked.edisi, folder)] += 1
            damaged += not _whole(folder)
        left = sorted(entry.name for entry in Path(name).iterdir() if entry != folder)
    seconds = time.monotonic() - start
    print(f"{asked.pasangan} pairs in {seconds:.0f} s; exit codes {dict(codes)}")
    print(f"damaged: {damaged}; left beside the folder: {left}")


if __name__ == "__main__":
    main()
