"""Measure what an atlas costs beside the plain script: time, processor time and memory, in turns.

Both run as whole processes, as an officer starts them: ``fsva atlas`` into a new folder, then
``polos.py`` with the classes of that atlas, again and again. One run of each goes before and is
not counted: it warms the disk cache, compiles bytecode and lets matplotlib list its fonts.
What counts is the ratio within a pair, since a busy machine slows both. POSIX (``os.wait4``).

The atlas is made twice in a pair: whole, and with the 49 files only for which the goals were set
(``semula.py``). Each writes into a new folder within a new folder: what a run keeps lies beside its
outputs, and a run that found it would not be cold.

``--inti 1`` gives both one core only (``taskset``); without the option each count of cores that the
machine has, up to two, is measured.

``--rincian`` takes the atlas apart instead: seconds per stage (``rincian.py``).
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PLAIN, STAGES, FIRST = HERE / "polos.py", HERE / "rincian.py", HERE / "semula.py"
FSVA = Path(sys.executable).parent / "fsva"
# Aims: of wall time and processor time beside the plain script, and MiB.
TIME, PROCESSOR, MEMORY = 0.12, 0.17, 220
# Files for which they were set; later ones (atlas.pdf, what is kept) are told apart.
N_FILES = 49


@dataclass(frozen=True)
class Job:
    """What both make: edition, another layer, and whether the plain script skips its drafts."""

    edition: Path
    layer: Path | None
    without_drafts: bool


@dataclass(frozen=True)
class Run:
    """One process: wall time in seconds, processor time in seconds, peak memory in MiB."""

    seconds: float
    cpu_seconds: float
    peak_mib: float


@dataclass(frozen=True)
class Pair:
    """One atlas, one with the first 49 files only, and the plain script right after them."""

    atlas: Run
    first: Run
    plain: Run


def run_once(command: Sequence[str | Path]) -> Run:
    """Run a command and measure it, with the processes that it starts.

    Parameters
    ----------
    command : sequence of str or Path
        Program and arguments.

    Raises
    ------
    subprocess.CalledProcessError
        The command failed; the time of a failed run would be no measurement.
    """
    # Bytecode is kept, as it is on an officer's computer.
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, env=kept
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    # Popen did not see the process end; tell it, or it warns of a running child.
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [str(c) for c in command])
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def run_pair(job: Job, cores: int) -> Pair:
    """Make both atlases once and the plain script's maps once, each into an empty folder."""
    held = ["taskset", "--cpu-list", f"0-{cores - 1}"] if cores else []
    layer: list[str | Path] = ["--batas", job.layer] if job.layer else []
    without = ["--tanpa-draf"] if job.without_drafts else []
    with contextlib.ExitStack() as stack:
        ours, early, theirs = (
            Path(stack.enter_context(tempfile.TemporaryDirectory())) / "keluaran" for _ in range(3)
        )
        theirs.mkdir()
        atlas = run_once([*held, FSVA, "atlas", job.edition, *layer, "--keluaran", ours])
        first = run_once([*held, sys.executable, FIRST, job.edition, *layer, "--keluaran", early])
        script: list[str | Path] = [sys.executable, PLAIN, job.edition, ours / "kelas.csv", theirs]
        plain = run_once([*held, *script, *layer, *without])
    return Pair(atlas, first, plain)


def measure(job: Job, count: int, cores: int = 0) -> list[Pair]:
    """Run pairs one after another, after one that is not counted.

    Parameters
    ----------
    cores : int
        On how many cores; 0 = all.
    """
    compileall.compile_dir(ROOT / "pipeline", quiet=1)
    run_pair(job, cores)
    return [run_pair(job, cores) for _ in range(count)]


def take_apart(edition: Path, layer: Path | None, count: int) -> list[dict[str, float]]:
    """Return the seconds of each stage of several atlases, each made by a process of its own."""
    compileall.compile_dir(ROOT / "pipeline", quiet=1)
    found = []
    for _ in range(count + 1):
        with tempfile.TemporaryDirectory() as folder:
            command: list[str | Path] = [sys.executable, STAGES, edition, folder]
            if layer:
                command += ["--batas", layer]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603
        found.append(json.loads(done.stdout))
    return found[1:]


def report_stages(found: Sequence[dict[str, float]]) -> str:
    """Return the median seconds of each stage, and its share of the whole, as lines of text."""
    whole = statistics.median(sum(one.values()) for one in found)
    medians = {name: statistics.median(one[name] for one in found) for name in found[0]}
    rows = [f"{name:<38}{s:7.3f} s {s / whole:6.1%}" for name, s in medians.items()]
    return "\n".join([*rows, f"{'seluruhnya':<38}{whole:7.3f} s"])


def report(pairs: Sequence[Pair]) -> str:
    """Return the figures as lines of text, with the medians of the ratios against the aims."""
    whole = _table("seluruh berkas", [(p.atlas, p.plain) for p in pairs])
    first = _table(f"{N_FILES} berkas semula", [(p.first, p.plain) for p in pairs])
    return "\n".join([*whole, *first])


def _table(title: str, pairs: Sequence[tuple[Run, Run]]) -> list[str]:
    """Return the figures of one kind of atlas beside those of the plain script."""
    rows = [
        f"{n:>8}{ours.seconds:>10.2f}{plain.seconds:>10.2f}{ours.seconds / plain.seconds:>9.3f}"
        f"{ours.cpu_seconds:>10.2f}{plain.cpu_seconds:>10.2f}"
        f"{ours.cpu_seconds / plain.cpu_seconds:>9.3f}"
        f"{ours.peak_mib:>10.0f}{plain.peak_mib:>11.0f}"
        for n, (ours, plain) in enumerate(pairs, start=1)
    ]
    wall = statistics.median(ours.seconds / plain.seconds for ours, plain in pairs)
    spent = statistics.median(ours.cpu_seconds / plain.cpu_seconds for ours, plain in pairs)
    ratio = statistics.median(ours.peak_mib / plain.peak_mib for ours, plain in pairs)
    peak = statistics.median(ours.peak_mib for ours, _ in pairs)
    return [
        title,
        "pasangan   atlas s   polos s   nisbah  prosesor     polos   nisbah  atlas MiB  polos MiB",
        *rows,
        f"nisbah waktu            {wall:.3f}  (sasaran: paling banyak {TIME})",
        f"nisbah waktu prosesor   {spent:.3f}  (sasaran: paling banyak {PROCESSOR})",
        f"puncak memori           {peak:.0f} MiB  (sasaran: paling banyak {MEMORY} MiB), "
        f"nisbah {ratio:.3f}",
    ]


def main() -> int:
    """Measure one edition and print the figures."""
    parser = argparse.ArgumentParser(description="Ukur `fsva atlas` terhadap skrip geopandas biasa")
    parser.add_argument("edisi", type=Path)
    parser.add_argument("--batas", type=Path, help="lapisan batas desa lain")
    parser.add_argument("--pasangan", type=int, default=5, help="banyaknya pasangan (baku: 5)")
    parser.add_argument("--inti", type=int, choices=(1, 2), help="inti prosesor (baku: 1, lalu 2)")
    parser.add_argument(
        "--tanpa-draf", action="store_true", help="skrip biasa tanpa gambar antara matplotlib"
    )
    parser.add_argument("--rincian", action="store_true", help="waktu tiap tahap satu atlas")
    options = parser.parse_args()
    if options.rincian:
        print(report_stages(take_apart(options.edisi, options.batas, options.pasangan)))
        return 0
    job = Job(options.edisi, options.batas, options.tanpa_draf)
    for cores in [options.inti] if options.inti else cores_to_measure():
        print(f"inti prosesor: {cores or 'semua'}")
        print(report(measure(job, options.pasangan, cores)))
    return 0


def cores_to_measure() -> list[int]:
    """Return one core, then two, where a process can be held to them; else all together."""
    if shutil.which("taskset") is None:
        return [0]
    return [1, 2][: os.cpu_count() or 1]


if __name__ == "__main__":
    raise SystemExit(main())
