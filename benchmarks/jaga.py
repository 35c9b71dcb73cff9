"""Guard what an atlas costs: fixed jobs against a committed record.

The first edition (81 villages) and two synthetic ones (852 and 8,520, ``sintetis.py``) are made by
``fsva atlas``. Processor time is divided by that of the plain script for the first edition in the
same run, so that the machine hardly matters; peak memory and bytes written stand as they are. What
grew beyond its margin is named, with the stages that grew. Every run is cold: what an atlas keeps
for the next one lies beside its folder, so each has a folder within one of its own. POSIX.

Usage: ``make bench-jaga``; ``python benchmarks/jaga.py --catat`` writes the record anew.
"""

from __future__ import annotations

import argparse
import compileall
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sintetis
from atlas import FSVA, PLAIN, ROOT, STAGES, run_once

RECORD = Path(__file__).resolve().parent / "jaga.json"
JOBS = (81, 852, 8520)
# How much more than the record is still taken for chance.
MARGINS = {"prosesor": 1.15, "puncak_mib": 1.10, "bita": 1.02}
STAGE_MARGIN, STAGE_LEAST = 1.3, 0.01
OUTPUT = "keluaran"
Figures = dict[str, Any]


def measure(jobs: tuple[int, ...], rounds: int) -> dict[str, Figures]:
    """Return the figures of each job by its number of villages.

    Parameters
    ----------
    rounds : int
        How often the plain script and the smallest job run; the median counts.
    """
    compileall.compile_dir(ROOT / "pipeline", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        editions = {n: _edition(place, n) for n in jobs}
        unit = _plain(editions[jobs[0]], place, rounds)
        return {
            str(n): _job(editions[n], place / f"o{n}", unit, rounds if n == jobs[0] else 1)
            for n in jobs
        }


def _edition(place: Path, n: int) -> Path:
    if n == JOBS[0]:
        return ROOT / "editions" / "belu-2021"
    return sintetis.build(place / "editions" / f"d{n}", n, "53.04", f"Sintetis {n}", n)


def _plain(edition: Path, place: Path, rounds: int) -> float:
    """Return the processor time of the plain script."""
    ours, theirs = place / "polos-kelas" / OUTPUT, place / "polos"
    theirs.mkdir()
    run_once([FSVA, "atlas", edition, "--keluaran", ours])
    script: list[str | Path] = [sys.executable, PLAIN, edition, ours / "kelas.csv", theirs]
    return statistics.median(run_once(script).cpu_seconds for _ in range(rounds))


def _job(edition: Path, out: Path, unit: float, rounds: int) -> Figures:
    places = [out / str(n) / OUTPUT for n in range(rounds)]
    runs = [run_once([FSVA, "atlas", edition, "--keluaran", place]) for place in places]
    words = [sys.executable, str(STAGES), str(edition), str(out / "tahap" / OUTPUT)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE)  # noqa: S603
    stages: dict[str, float] = json.loads(done.stdout)
    return {
        "prosesor": round(statistics.median(run.cpu_seconds for run in runs) / unit, 4),
        "puncak_mib": round(statistics.median(run.peak_mib for run in runs)),
        "bita": sum(file.stat().st_size for file in places[0].iterdir()),
        "tahap": {name: round(seconds / unit, 4) for name, seconds in stages.items()},
    }


def grown(found: Mapping[str, Figures], record: Mapping[str, Figures]) -> Iterator[str]:
    """Yield a line for every figure that is larger than the record allows.

    Parameters
    ----------
    found, record : mapping of str to mapping
        Of this run, and as committed; jobs that only one has are not compared.
    """
    for job in found.keys() & record.keys():
        now, before = found[job], record[job]
        for figure, margin in MARGINS.items():
            if now[figure] > margin * before[figure]:
                share = now[figure] / before[figure]
                told = f"{now[figure]} (catatan {before[figure]}, x {share:.2f})"
                yield f"{job} desa: {figure} {told}"
        if now["prosesor"] > MARGINS["prosesor"] * before["prosesor"]:
            yield from _grown_stages(job, now["tahap"], before["tahap"])


def _grown_stages(job: str, now: Mapping[str, float], before: Mapping[str, float]) -> Iterator[str]:
    for stage, share in now.items():
        old = before.get(stage, 0.0)
        if share > STAGE_MARGIN * old + STAGE_LEAST:
            yield f"{job} desa: tahap {stage} {share:.3f} (catatan {old:.3f})"


def main() -> int:
    """Measure, compare with the record, and return 1 if anything grew."""
    parser = argparse.ArgumentParser(description="Bandingkan biaya atlas dengan catatan")
    parser.add_argument("--catat", action="store_true", help="tulis catatan baru")
    parser.add_argument("--terbesar", type=int, default=JOBS[-1], help="desa terbanyak")
    parser.add_argument("--putaran", type=int, default=3)
    options = parser.parse_args()
    jobs = tuple(n for n in JOBS if n <= options.terbesar)
    found = measure(jobs, options.putaran)
    for job, figures in found.items():
        shown = {name: figures[name] for name in MARGINS}
        print(f"{job} desa: {shown}")
    if options.catat:
        RECORD.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        return 0
    lines = list(grown(found, json.loads(RECORD.read_text(encoding="utf-8"))))
    print("\n".join(lines or ["tidak ada yang tumbuh"]))
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
