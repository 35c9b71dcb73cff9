"""Measure `fsva massal` beside a loop of the shell: time, processor time, memory of the workers.

The editions are synthetic (``sintetis.py``), 163 villages on average, under the codes of the
country's kabupaten. The loop makes some of them only; its figure is for each edition. POSIX.

Usage: ``python benchmarks/massal.py --edisi 514 --pekerja 2 --gelung 20``.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import tempfile
from pathlib import Path

import sintetis
from atlas import FSVA, Run, run_once


def loop(editions: list[Path], out: Path) -> list[Run]:
    """Make editions one after the other, each by a process of its own."""
    folders = [(edition, out / edition.name) for edition in editions]
    return [run_once([FSVA, "atlas", edition, "--keluaran", place]) for edition, place in folders]


def report(run: Run, status: Path) -> str:
    """Return the figures of a run of many: time, processor time and memory of its workers."""
    with status.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    n, memory = len(rows), [float(row["memori_mib"]) for row in rows if row["memori_mib"]]
    spent = sum(float(row["detik_prosesor"].replace(",", ".")) for row in rows)
    states = [row["hasil"] for row in rows]
    told = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    most, median = max(memory), statistics.median(memory)
    return (
        f"massal: {n} edisi ({told}), {run.seconds:.1f} s, {run.seconds / n:.2f} s per edisi\n"
        f"prosesor pekerja: {spent:.1f} s, {spent / n:.2f} s per edisi\n"
        f"memori pekerja: terbanyak {most:.0f} MiB, median {median:.0f} MiB"
    )


def main() -> int:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description="Ukur `fsva massal` terhadap gelung shell")
    parser.add_argument("--edisi", type=int, default=514)
    parser.add_argument("--pekerja", type=int, default=2)
    parser.add_argument("--gelung", type=int, default=10, help="edisi yang dibuat satu per satu")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        editions = sintetis.write_all(project, options.edisi, 1)
        words = [str(project / "editions" / "*"), "--pekerja", str(options.pekerja)]
        command: list[str | Path] = [FSVA, "massal", *words, "--keluaran", project / "o"]
        print(report(run_once(command), project / "o" / "massal" / "massal.csv"))
        print(f"lagi, tidak ada yang berubah: {run_once(command).seconds:.1f} s")
        if runs := loop(editions[: options.gelung], project / "g"):
            seconds = statistics.mean(run.seconds for run in runs)
            spent = statistics.mean(run.cpu_seconds for run in runs)
            print(f"gelung: {len(runs)} edisi, {seconds:.2f} s, prosesor {spent:.2f} s per edisi")
    return 0


if __name__ == "__main__":
    sys.exit(main())
