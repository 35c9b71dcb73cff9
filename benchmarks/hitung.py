"""Times of the computation: classes, composite, summary, and how sure the classes are.

The villages are synthetic and say so: drawn from a seed between the bounds of the six-indicator
method, in kabupaten of 163 and kecamatan of 12 villages, so that the same functions can be timed
for one kabupaten (81), a large one (852) and the whole country (83,762 villages). Every case
runs in a process of its own; memory is that process's peak, libraries included.

Usage: ``python benchmarks/hitung.py [--ulang 3]``
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import pandas as pd

    from fsva.config.methods.method import Method

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[1]
SEED = 2021
# Villages, draws for the certainty with ranks.
CASES = ((81, 10_000), (852, 10_000), (83_762, 1_000))


def villages(count: int) -> pd.DataFrame:
    """Return synthetic villages: codes, kecamatan, values with the method's digits."""
    import numpy as np
    import pandas as pd

    generator = np.random.Generator(np.random.PCG64(SEED))
    numbers = np.arange(count)
    district, place = numbers // 163, numbers % 163
    codes = [
        f"{10 + d // 40:02d}.{1 + d % 40:02d}.{1 + p // 12:02d}.{2001 + p:04d}"
        for d, p in zip(district, place, strict=True)
    ]
    frame = pd.DataFrame(
        {
            "kode_bps": [code.replace(".", "")[:10] for code in codes],
            "kecamatan": [f"Sintetis {code[6:8]}" for code in codes],
            "desa": [f"Sintetis {n}" for n in numbers],
        },
        index=pd.Index(codes, name="kode_kemendagri"),
    )
    for indicator in rules().indicators:
        low, high = (float(bound) for bound in indicator.bounds)
        drawn = low + (high - low) * generator.beta(1, 3, count)
        if indicator.categories:
            drawn = generator.choice(sorted(indicator.categories), count).astype(float)
        frame[indicator.id] = pd.array(np.round(drawn, indicator.digits), dtype="Float64")
    return frame


def rules() -> Method:
    """Return the six-indicator method with Belu's baseline."""
    from fsva.config.methods import method

    styles = ROOT / "styles"
    return method.load(
        styles / "metode" / "fsva-kabupaten-6.toml", styles / "dasar" / "belu-2021.toml"
    )


def timed(steps: dict[str, float], name: str, step: Callable[[], T]) -> T:
    """Run a step and note its seconds."""
    start = time.perf_counter()
    result = step()
    steps[name] = time.perf_counter() - start
    return result


def one_case(count: int, draws: int) -> dict[str, float]:
    """Return the seconds of every step, and the peak memory in MiB."""
    import resource

    from fsva.config.editions.assumptions import Assumptions
    from fsva.index import joined_table, summary
    from fsva.index.sureness import error_intervals, sensitivity, uncertainty
    from fsva.index.sureness.uncertainty import Sampling
    from fsva.sources.plain.plain_table import Table

    method, values = rules(), villages(count)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    steps: dict[str, float] = {}
    given = Table.of_frame(values)
    table = timed(
        steps,
        "kelas dan komposit",
        lambda: joined_table.tabulate(given, None, (), method),
    )
    known = summary.sizes({}, len(values), None)
    timed(steps, "ringkasan", lambda: summary.tally(table, list(method.measures()), known, method))
    assumed = Assumptions.model_validate({"galat": {"lahan": {"nisbi": 0.05}}})
    spread = timed(
        steps, "selang nilai", lambda: error_intervals.ranges(table, method, assumed, None)
    )
    plain = error_intervals.ranges(table, method, Assumptions.model_validate({}), None)
    fewer = Sampling(2_000 if count < 10_000 else 200, 1, ranks=False)
    timed(
        steps,
        f"keyakinan, {fewer.draws} undian tanpa peringkat",
        lambda: uncertainty.simulate(table, plain, method, fewer),
    )
    timed(
        steps,
        f"keyakinan, {draws} undian",
        lambda: uncertainty.simulate(table, spread, method, Sampling(draws, 1)),
    )
    weights = min(draws, 1_000) if count > 10_000 else draws
    timed(
        steps,
        f"bobot dan skala lain, {weights} undian",
        lambda: sensitivity.alternatives(table, method, 0.25, Sampling(weights, 1)),
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return steps | {"MiB sebelum": base, "MiB puncak": peak}


def main() -> None:
    """Print a table per case: the median of the repetitions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ulang", type=int, default=3)
    parser.add_argument("--satu", nargs=2, type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if given.satu:
        print(json.dumps(one_case(*given.satu)))
        return
    print(f"Python {platform.python_version()}, desa sintetis, benih {SEED}")
    for count, draws in CASES:
        command = [sys.executable, __file__, "--satu", str(count), str(draws)]
        runs = [
            json.loads(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603
            for _ in range(given.ulang)
        ]
        print(f"\n{count} desa")
        for name in runs[0]:
            values = [run[name] for run in runs]
            print(
                f"  {name:<45} {statistics.median(values):10.3f}"
                f"   ({min(values):.3f} - {max(values):.3f})"
            )


if __name__ == "__main__":
    main()
