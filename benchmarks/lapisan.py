"""Time and memory of reading one kabupaten out of a national village layer.

The national layer is made by tiling the five shared layers (1,295 villages) until there are about
83,000 villages, each tile with codes of its own; it stands in a temporary folder and is
nobody's map. Every reading runs in a process of its own; memory is that process's peak,
libraries included. Beside it, the same file is read whole, as a script without a filter does.

Usage: ``python benchmarks/lapisan.py [--desa 83000] [--ulang 3] [--format gpkg]``
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "boundaries"
WAYS = {
    "imports only": "",
    "one kabupaten": "village_layer.villages(Request(file, '53.04', '5306'), crosswalks.none())",
    "whole layer": "engines.read(file, engines.headers(file)[0])",
}
DRIVERS = {"gpkg": "GPKG", "fgb": "FlatGeobuf", "shp": "ESRI Shapefile"}


def make(file: Path, villages: int, driver: str) -> int:
    """Write the national layer; return how many villages it has."""
    import geopandas as gpd
    import pandas as pd
    import pyogrio

    parts = [pyogrio.read_dataframe(one) for one in sorted(SHARED.glob("desa_*.geojson"))]
    base = pd.concat(parts, ignore_index=True)
    tiles = []
    for n in range(round(villages / len(base))):
        codes = base["kode"] if n == 0 else f"{60 + n % 40:02d}." + base["kode"].str[3:]
        moved = base.geometry.translate(0.05 * (n % 8), 0.05 * (n // 8))
        tiles.append(gpd.GeoDataFrame({"KDEPUM": codes, "WADMKD": base["nama"]}, geometry=moved))
    # The wanted rows stand among the others, not at the beginning.
    country = pd.concat([*tiles[1:], tiles[0]], ignore_index=True)
    country = gpd.GeoDataFrame(country, crs=4326)
    pyogrio.write_dataframe(country, file, driver=driver)
    return len(country)


def measure(file: Path, code: str) -> tuple[float, float]:
    """Read in a process of its own; return seconds of reading and peak memory in MiB."""
    script = (
        "import json, resource, sys, time\n"
        "from pathlib import Path\n"
        "from fsva.sources.layers import engines, village_layer\n"
        "from fsva.sources.layers.layer_request import Request\n"
        "from fsva.sources.tables import crosswalks\n"
        f"file = Path({str(file)!r})\n"
        "start = time.perf_counter()\n"
        f"{code}\n"
        "took = time.perf_counter() - start\n"
        "print(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own script
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def main() -> None:
    """Make the layer, measure each way of reading, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desa", type=int, default=83_000)
    parser.add_argument("--ulang", type=int, default=3)
    parser.add_argument("--format", choices=sorted(DRIVERS), default="gpkg")
    parser.add_argument("--buat", type=Path, help="only write the layer to this file")
    chosen = parser.parse_args()
    if chosen.buat:
        print(make(chosen.buat, chosen.desa, DRIVERS[chosen.format]))
        return
    if not SHARED.is_dir():
        parser.error("needs the reference layers in ../shared/boundaries")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"nasional.{chosen.format}"
        # In a process of its own: a child's peak memory begins with its parent's.
        command = [sys.executable, __file__, "--desa", str(chosen.desa), "--format",
                   chosen.format, "--buat", str(file)]  # fmt: skip
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - this script
        count = int(done.stdout)
        size = sum(part.stat().st_size for part in Path(folder).iterdir()) / 2**20
        print(
            f"{count} villages, {size:.0f} MiB, {chosen.format}, Python {platform.python_version()}"
        )
        print("| reading | seconds (median) | lowest - highest | peak memory, MiB |")
        print("|---|---|---|---|")
        for name, code in WAYS.items():
            runs = [measure(file, code) for _ in range(chosen.ulang)]
            times, memory = [run[0] for run in runs], max(run[1] for run in runs)
            print(
                f"| {name} | {statistics.median(times):.2f} | {min(times):.2f} - "
                f"{max(times):.2f} | {memory:.0f} |"
            )


if __name__ == "__main__":
    main()
