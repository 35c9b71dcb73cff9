"""Measure what an atlas costs: wall time and peak memory of whole processes.

Each round is one cold ``fsva atlas`` that writes into a fresh folder, as an officer starts it.
The first round is told apart: it also warms the disk cache. POSIX only (``os.wait4``).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Round:
    """One run: wall time in seconds and peak resident memory in MiB."""

    seconds: float
    peak_mib: float


def run_once(command: list[str]) -> Round:
    """Run a command and measure it.

    Raises
    ------
    subprocess.CalledProcessError
        The command failed; a time of a failed run would be no measurement.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    # Popen did not see the process end; tell it, or it warns of a running child.
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Round(seconds, usage.ru_maxrss / unit)


def measure(command: list[str], rounds: int) -> list[Round]:
    """Run the atlas several times, each into its own empty folder."""
    results = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            results.append(run_once([*command, "--keluaran", folder]))
    return results


def report(results: list[Round]) -> str:
    """Return the figures as lines of text; the median leaves the first round out."""
    later = results[1:] or results
    median = statistics.median(one.seconds for one in later)
    fastest = min(one.seconds for one in later)
    peak = max(one.peak_mib for one in results)
    return (
        f"putaran pertama  {results[0].seconds:8.3f} s\n"
        f"median           {median:8.3f} s  ({len(later)} putaran)\n"
        f"tercepat         {fastest:8.3f} s\n"
        f"memori puncak    {peak:8.0f} MiB"
    )


def main() -> int:
    """Measure one edition and print the figures."""
    parser = argparse.ArgumentParser(description="Ukur waktu dan memori `fsva atlas`")
    parser.add_argument("edisi", type=Path)
    parser.add_argument("--batas", type=Path)
    parser.add_argument("--putaran", type=int, default=6)
    options = parser.parse_args()
    fsva = str(Path(sys.executable).parent / "fsva")
    boundaries = ["--batas", str(options.batas)] if options.batas else []
    print(report(measure([fsva, "atlas", str(options.edisi), *boundaries], options.putaran)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
