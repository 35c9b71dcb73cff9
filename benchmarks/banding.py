"""Times of a comparison of two editions: pairs by overlay, reasons, transitions, JSON.

The villages are synthetic and say so: those of ``benchmarks/hitung.py`` on a grid of squares. In
the second edition one village in ten has another value in some indicator, one in a hundred is
split in two, one in a hundred has another code, all borders of one in twenty move by 60 m, one
in fifty has a class set by hand, and two cut-offs and the closure of one indicator are others:
every part of the inputs differs, so that all 64 mixtures are tabulated. Every case runs in a
process of its own; memory is that process's peak, libraries included.

Usage: ``python benchmarks/banding.py [--ulang 3]``
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
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hitung import rules, villages

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from fsva.comparison.values.side_data import SideData
    from fsva.config.methods.method import Method

T = TypeVar("T")
CASES = (852, 83_762)
SEED = 2022
SIDE_M = 2000.0
BUDGET = 5000


def timed(steps: dict[str, float], name: str, step: Callable[[], T]) -> T:
    """Run a step and note its seconds, and those of the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    result = step()
    steps[name] = time.perf_counter() - wall
    steps[f"{name}, prosesor"] = time.process_time() - processor
    return result


def squares(count: int) -> gpd.GeoSeries:
    """Return one square per village, side by side, with a node every 100 m."""
    import geopandas as gpd
    import numpy as np
    import shapely

    width = int(np.ceil(np.sqrt(count)))
    x, y = np.arange(count) % width * SIDE_M, np.arange(count) // width * SIDE_M
    boxes = shapely.segmentize(shapely.box(x, y, x + SIDE_M, y + SIDE_M), 100)
    return gpd.GeoSeries(boxes, crs=32751)


def changed(values: pd.DataFrame, shapes: gpd.GeoSeries) -> tuple[pd.DataFrame, gpd.GeoSeries]:
    """Return the villages of the second edition with their polygons."""
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely
    from shapely.affinity import translate

    generator = np.random.Generator(np.random.PCG64(SEED))
    new, number = values.copy(), np.arange(len(values))
    for indicator in rules().indicators:
        rows = generator.random(len(new)) < 0.1 / len(rules().indicators)
        if not indicator.categories:
            step = new[indicator.id] * generator.uniform(0.5, 1.5, len(new))
            new.loc[rows, indicator.id] = step.round(indicator.digits)
    moved = np.array(shapes.array, dtype=object)
    moved[number % 20 == 7] = [translate(s, 60, 0) for s in moved[number % 20 == 7]]
    split = number % 100 == 3
    halves = [
        shapely.clip_by_rect(s, s.bounds[0], s.bounds[1], s.bounds[0] + SIDE_M / 2, s.bounds[3])
        for s in moved[split]
    ]
    moved[split] = [s - half for s, half in zip(moved[split], halves, strict=True)]
    codes = np.array(new.index, dtype=object)
    codes[number % 100 == 50] = [f"{c[:9]}8{c[10:]}" for c in codes[number % 100 == 50]]
    born = new[split].assign(
        kode_bps=[f"99{n:08d}" for n in number[split]],
        desa=[f"{name} Baru" for name in new["desa"][split]],
    )
    born.index = pd.Index([f"{c[:9]}9{c[10:]}" for c in codes[split]])
    new.index = pd.Index(codes)
    both = pd.concat([new, born]).rename_axis("kode_kemendagri")
    layer = gpd.GeoSeries([*moved, *halves], index=both.index, crs=shapes.crs)
    return both.sort_index(), layer.sort_index()


def other_rules() -> Method:
    """Return the method with two other cut-offs and another closure."""
    base = rules()
    first, second, *rest = base.indicators
    one, two, three, four, five = first.cut_offs or (Decimal(0),) * 5
    third = (one, two, three + Decimal("0.01"), four, five)
    indicators = (first.model_copy(update={"cut_offs": third, "closed": "bawah"}), second, *rest)
    return base.model_copy(update={"indicators": indicators})


def held(values: pd.DataFrame, shapes: gpd.GeoSeries, method: Method, label: str) -> SideData:
    """Return one side as if it had been read."""
    from fsva.comparison.values.result import Side
    from fsva.comparison.values.side_data import Inputs, SideData
    from fsva.config.editions.sections import Override
    from fsva.core.toml import Bilingual
    from fsva.index import joined_table
    from fsva.sources.plain.plain_table import Table

    nothing = Bilingual(id="", en="")
    every = 50 if label == "B" else 75
    overrides = tuple(
        Override(kode_bps=code, desa="", indikator="lahan", kelas=1 + n % 6, alasan=nothing)
        for n, code in enumerate(values["kode_bps"])
        if n % every == 0
    )
    side = Side(
        label,
        f"Sintetis {label}",
        "Sintetis",
        "00.00",
        2021,
        method.id,
        None,
        "edisi",
        label,
        len(values),
    )
    table = joined_table.tabulate(Table.of_frame(values), None, overrides, method)
    indicators = [i.id for i in method.indicators]
    inputs = Inputs(
        values.set_index("kode_bps")[["kecamatan", "desa", *indicators]],
        False,
        method,
        dict(zip(values.index, values["kode_bps"], strict=True)),
        values.set_index("kode_bps")[["desa"]],
        (),
        overrides,
    )
    return SideData(side, table.frame, method, shapes, values["desa"], None, False, inputs)


def one_case(count: int) -> dict[str, float]:
    """Return the seconds of every step, and the peak memory in MiB."""
    import resource

    from fsva.comparison.changes import compare, pairing
    from fsva.comparison.values import comparison_json, comparison_thresholds
    from fsva.core import resources

    values = villages(count)
    shapes = squares(count).set_axis(values.index)
    a = held(values, shapes, rules(), "A")
    b = held(*changed(values, shapes), other_rules(), "B")
    thresholds = comparison_thresholds.load(
        resources.packaged("styles") / comparison_thresholds.FILE_NAME
    )
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    steps: dict[str, float] = {}
    timed(
        steps, "pasangan desa dengan tumpang susun", lambda: pairing.pair(a, b, thresholds.borders)
    )
    wish = compare.Wish(thresholds, BUDGET, forced=True)
    found = timed(steps, "perbandingan seluruhnya", lambda: compare.compare([a, b], wish))
    written = timed(steps, "banding.json", lambda: comparison_json.to_json(found))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    parts = len(found.summary.differing)
    classes = found.summary.n_tiers["lintas"] + found.summary.n_tiers["kelas"]
    return steps | {
        "bagian yang berbeda": parts,
        "perubahan kelas": classes,
        "MiB banding.json": len(written) / 2**20,
        "MiB sebelum": base,
        "MiB puncak": peak,
    }


def main() -> None:
    """Print a table per case: the median of the repetitions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ulang", type=int, default=3)
    parser.add_argument("--satu", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.satu:
        print(json.dumps(one_case(given.satu)))
        return
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for count in CASES:
        runs = []
        for _ in range(given.ulang):
            words = [sys.executable, __file__, "--satu", str(count)]
            done = subprocess.run(words, check=True, capture_output=True)  # noqa: S603
            runs.append(json.loads(done.stdout))
        print(f"\n{count} desa")
        for name in runs[0]:
            found = [run[name] for run in runs]
            print(
                f"  {name:45} {statistics.median(found):10.2f} "
                f"({min(found):.2f} - {max(found):.2f})"
            )


if __name__ == "__main__":
    main()
