"""Farm land out of a land cover raster: seconds and peak memory, as the atlas does it.

Makes a synthetic raster of ten-metre cells over a village layer (blocks of classes, tiled and
packed as offices get them) in a temporary folder and measures every village in it, each time in a
process of its own; another one that only reads and mends the layer shows what the raster adds.

Usage: ``python benchmarks/tutupan.py BERKAS KODE [--ulang 3] [--sel 10]``, for instance
``python benchmarks/tutupan.py ../shared/boundaries/desa_11.08_aceh-utara.geojson 11.08``.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd

FARM, OTHER = (11, 12), (20, 30, 40)
TILE = 512


def layer_of(file: Path, district: str) -> gpd.GeoDataFrame:
    """Read a district's villages and mend them, as the atlas does before it measures."""
    from fsva.sources.layers import crs, village_layer
    from fsva.sources.layers.layer_request import Request
    from fsva.sources.tables import crosswalks
    from fsva.villages import repair

    own, _ = village_layer.villages(Request(file, district), crosswalks.none())
    mended, _ = repair.repair(crs.project(own.only("nama"), file))
    return mended.geo_frame


def make(target: Path, layer: gpd.GeoDataFrame, cell_m: float) -> tuple[int, int]:
    """Write the raster, a row of tiles at a time; return its height and width in cells."""
    import numpy as np
    import rasterio

    west, south, east, north = layer.total_bounds
    width, height = (int((b - a) / cell_m) + 2 for a, b in ((west, east), (south, north)))
    codes = np.array([*FARM, *OTHER], dtype=np.uint8)
    place = rasterio.transform.from_origin(west - cell_m, north + cell_m, cell_m, cell_m)
    kind = {"driver": "GTiff", "dtype": "uint8", "count": 1, "crs": layer.crs.to_wkt(),
            "transform": place, "tiled": True, "blockxsize": TILE, "blockysize": TILE,
            "compress": "deflate", "nodata": 0}  # fmt: skip
    with rasterio.open(target, "w", height=height, width=width, **kind) as made:
        for top in range(0, height, TILE):
            rows = min(TILE, height - top)
            coarse = np.random.default_rng(top).integers(
                0, len(codes), (rows // 4 + 1, width // 4 + 1)
            )
            classes = codes[coarse].repeat(4, axis=0).repeat(4, axis=1)[:rows, :width]
            window = rasterio.windows.Window(0, top, width, rows)
            made.write(classes[np.newaxis], window=window)
    return height, width


def measure(file: Path, district: str, raster_file: Path | None) -> dict[str, float]:
    """Measure the villages in this process; return seconds and MiB."""
    layer = layer_of(file, district)
    seconds = share = 0.0
    if raster_file is not None:
        from fsva.sources.ground import class_rasters
        from fsva.villages import landcover

        start = time.perf_counter()
        cover = class_rasters.read_cover(raster_file, layer)
        farm = landcover.area_of(cover, FARM, 0.98)
        seconds = time.perf_counter() - start
        share = float(farm.sum() / cover.area_ha.sum())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"desa": len(layer), "bagian_pertanian": share, "tutupan_s": seconds, "memori_mib": peak}


def child(file: Path, district: str, raster_file: Path | None) -> dict[str, float]:
    """Measure in a process of its own."""
    result: dict[str, float] = run([str(file), district, "--anak", str(raster_file or "-")])
    return result


def run(words: list[str]) -> Any:  # noqa: ANN401 - what JSON holds
    """Call this very script and return what it prints."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, __file__, *words], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def main() -> None:
    """Print medians as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("berkas", type=Path)
    parser.add_argument("kode")
    parser.add_argument("--ulang", type=int, default=3)
    parser.add_argument("--sel", type=float, default=10.0)
    parser.add_argument("--anak")
    parser.add_argument("--buat", type=Path)
    words = parser.parse_args()
    if words.buat:
        print(json.dumps(make(words.buat, layer_of(words.berkas, words.kode), words.sel)))
        return
    if words.anak:
        own = None if words.anak == "-" else Path(words.anak)
        print(json.dumps(measure(words.berkas, words.kode, own)))
        return
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "tutupan.tif"
        # In a process of its own: the peak of this one would be handed on to those that follow.
        height, width = run(
            [str(words.berkas), words.kode, "--sel", str(words.sel), "--buat", str(target)]
        )
        size = target.stat().st_size / 2**20
        runs = [child(words.berkas, words.kode, target) for _ in range(words.ulang)]
        bare = [child(words.berkas, words.kode, None) for _ in range(words.ulang)]
    result = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    result |= {"juta_sel": height * width / 1e6, "berkas_mib": size}
    result["tanpa_raster_mib"] = statistics.median(run["memori_mib"] for run in bare)
    result["terlama_s"] = max(run["tutupan_s"] for run in runs)
    print(json.dumps({key: round(value, 3) for key, value in result.items()}, indent=1))


if __name__ == "__main__":
    main()
