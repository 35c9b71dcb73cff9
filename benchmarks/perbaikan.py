"""Mending a village layer: seconds and peak memory, as the atlas does it.

Every measurement is a process of its own that reads, projects and mends the layer; another one
that only reads and projects shows what mending adds. Wall time of mending alone (valid polygons,
coverage, strips, ledger), peak memory of the process; medians.

Usage: ``python benchmarks/perbaikan.py BERKAS KODE [--ulang 5]``, for instance
``python benchmarks/perbaikan.py ../shared/boundaries/desa_11.08_aceh-utara.geojson 11.08``.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path


def measure(file: Path, district: str, mends: bool) -> dict[str, float]:
    """Read, project and perhaps mend a layer in this process; return seconds and MiB."""
    import shapely

    from fsva.sources.layers import crs, village_layer
    from fsva.sources.layers.layer_request import Request
    from fsva.sources.tables import crosswalks
    from fsva.villages import repair

    own, _ = village_layer.villages(Request(file, district), crosswalks.none())
    layer = crs.project(own, file)
    seconds = coverage = 0.0
    changed = 0
    if mends:
        start = time.perf_counter()
        repair.to_coverage(layer.geometry)
        coverage = time.perf_counter() - start
        start = time.perf_counter()
        _, ledger = repair.repair(layer)
        seconds = time.perf_counter() - start
        changed = len(repair.touched(ledger))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "desa": len(layer),
        "berubah": changed,
        "simpul": int(shapely.get_num_coordinates(layer.geometry).sum()),
        "perbaikan_s": seconds,
        "tanpa_catatan_s": coverage,
        "memori_mib": peak,
    }


def child(file: Path, district: str, mends: bool) -> dict[str, float]:
    """Measure in a process of its own."""
    words = [str(file), district, "--anak", "ya" if mends else "tidak"]
    done = subprocess.run(  # noqa: S603 - this very script
        [sys.executable, __file__, *words], capture_output=True, text=True, check=True
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main() -> None:
    """Print medians as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("berkas", type=Path)
    parser.add_argument("kode")
    parser.add_argument("--ulang", type=int, default=5)
    parser.add_argument("--anak", choices=["ya", "tidak"])
    words = parser.parse_args()
    if words.anak:
        print(json.dumps(measure(words.berkas, words.kode, words.anak == "ya")))
        return
    runs = [child(words.berkas, words.kode, True) for _ in range(words.ulang)]
    bare = [child(words.berkas, words.kode, False) for _ in range(words.ulang)]
    result = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    result["tanpa_perbaikan_mib"] = statistics.median(run["memori_mib"] for run in bare)
    result["terlama_s"] = max(run["perbaikan_s"] for run in runs)
    print(json.dumps({key: round(value, 2) for key, value in result.items()}, indent=1))


if __name__ == "__main__":
    main()
