"""The plain script: Peta 1-7 as an experienced geopandas user would write them.

The measure that the atlas is held against (docs/PERFORMANCE.md). It reads the same layer, the
classes that the atlas has written (``kelas.csv``) and the same names and colours, and draws a new
figure per map with ``GeoDataFrame.plot``, saved as PDF and as PNG of 300 dpi. Neither tuned nor
slowed: nothing is read, projected or dissolved twice, and all areas stand on the sheet before
the first name, because each ``GeoDataFrame.plot`` makes matplotlib draw the sheet as it is so
far. Few users know of these interim draws; ``--tanpa-draf`` leaves them out, for comparison.

It does less than the atlas: names may overlap, there is no inset of the town, the layer is not
mended, nothing is checked.

Usage: ``python benchmarks/polos.py EDISI KELAS KELUARAN [--batas BERKAS] [--tanpa-draf]``.
"""

from __future__ import annotations

import argparse
import gc
import textwrap
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrow, Patch, Rectangle
from matplotlib.patheffects import withStroke
from pyproj import Transformer
from shapely.geometry import box

ROOT = Path(__file__).resolve().parent.parent
BOUNDARIES, STYLES = ROOT / "boundaries", ROOT / "styles"
A4_LANDSCAPE = (11.69, 8.27)
MARGIN_M = 3000.0
SEA, LAND, ABROAD, LINE, INK = "#DDEBF3", "#F4F1EA", "#E6E3DB", "#8C867A", "#1A1A1A"
GRATICULE = 10 / 60
BAR_KM = (0, 5, 10)


@dataclass(frozen=True)
class Data:
    """Everything that the seven maps have in common."""

    edition: dict[str, Any]
    measures: list[dict[str, Any]]
    classes: list[dict[str, Any]]
    villages: gpd.GeoDataFrame
    kecamatan: gpd.GeoDataFrame
    kabupaten: gpd.GeoDataFrame
    neighbours: gpd.GeoDataFrame
    land: gpd.GeoDataFrame


def load(edition_folder: Path, classes_file: Path, layer_file: Path | None) -> Data:
    """Read layer, classes, context and names, and join the classes to the villages."""
    edition = _toml(edition_folder / "edition.toml")
    layer_file = layer_file or _file(edition_folder, edition["batas"]["berkas"])
    method = _toml(STYLES / "metode" / f"{edition['metode']}.toml")
    classes = pd.read_csv(classes_file, dtype={"kode_kemendagri": str})
    layer = gpd.read_file(layer_file)[["kode", "geometry"]]
    villages = layer.merge(classes, left_on="kode", right_on="kode_kemendagri")
    villages = villages.to_crs(villages.estimate_utm_crs())
    kecamatan = villages[["kecamatan", "geometry"]].dissolve("kecamatan").reset_index()
    around = gpd.read_file(_file(edition_folder, edition["sekitar"]["berkas"]))
    window = box(*edition["sekitar"]["jendela_lokator"])
    return Data(
        edition=edition,
        measures=_measures(edition, method),
        classes=method["kelas"],
        villages=villages,
        kecamatan=kecamatan,
        kabupaten=kecamatan[["geometry"]].dissolve(),
        neighbours=around.to_crs(villages.crs),
        land=gpd.read_file(BOUNDARIES / "konteks" / "daratan.geojson").clip(window),
    )


def _toml(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _measures(edition: dict[str, Any], method: dict[str, Any]) -> list[dict[str, Any]]:
    """Return indicators and composite, with the cut-offs of the method or of its baseline."""
    measures = [*method["indikator"], method["komposit"]]
    cut_offs: dict[str, list[float]] = {}
    if "dasar" in edition:
        cut_offs = _toml(STYLES / "dasar" / f"{edition['dasar']}.toml")["cut_off"]
    return [{"cut_off": cut_offs.get(one["id"]), **one} for one in measures]


def _file(folder: Path, name: str) -> Path:
    if name.startswith("batas:"):
        return BOUNDARIES / name.removeprefix("batas:")
    return folder / name


def draw(data: Data, measure: dict[str, Any]) -> Figure:
    """Draw one map on a new figure."""
    figure = plt.figure(figsize=A4_LANDSCAPE)
    frame = figure.add_axes((0.045, 0.06, 0.66, 0.81))
    draw_areas(frame, data, measure)
    draw_graticule(frame, data)
    locator = figure.add_axes((0.725, 0.22, 0.255, 0.15))
    draw_locator(locator, data)
    draw_names(frame, data)
    side = figure.add_axes((0.725, 0.39, 0.255, 0.48))
    draw_legend(side, data, measure)
    draw_orientation(side, frame)
    draw_sources(figure.add_axes((0.725, 0.03, 0.255, 0.17)), data, measure)
    district = f"{data.edition['daerah']['jenis']} {data.edition['daerah']['nama']}"
    title = f"Peta {measure['peta']}. {measure['judul']['id']}".upper()
    figure.text(0.5, 0.945, title, ha="center", weight="bold", size=13)
    subtitle = f"{district} Tahun {data.edition['tahun']}".upper()
    figure.text(0.5, 0.91, subtitle, ha="center", weight="bold", size=11)
    figure.add_artist(Rectangle((0.012, 0.015), 0.976, 0.97, fill=False, linewidth=1))
    return figure


def draw_areas(axes: Axes, data: Data, measure: dict[str, Any]) -> None:
    """Fill the villages by class, with what lies around them and the borders."""
    colours = {one["kelas"]: one["warna"] for one in data.classes}
    fills = data.villages[f"{measure['id']}_kelas"].map(colours).fillna("white")
    around = np.where(data.neighbours["jenis"] == "negara", ABROAD, LAND)
    axes.set_facecolor(SEA)
    data.neighbours.plot(ax=axes, color=around, edgecolor=LINE, linewidth=0.8, linestyle="--")
    data.villages.plot(ax=axes, color=fills, edgecolor="#4D4D4D", linewidth=0.74)
    data.kecamatan.boundary.plot(ax=axes, color="#333333", linewidth=2.0)
    data.kabupaten.boundary.plot(ax=axes, color="#111111", linewidth=2.3)
    west, south, east, north = data.villages.total_bounds
    window = (west - MARGIN_M, south - MARGIN_M, east + MARGIN_M, north + MARGIN_M)
    show(axes, window)


def show(axes: Axes, window: tuple[float, float, float, float]) -> None:
    """Set the limits of axes to a window, widened to the shape of the axes."""
    west, south, east, north = window
    place = axes.get_position()
    shape = place.width * A4_LANDSCAPE[0] / (place.height * A4_LANDSCAPE[1])
    width, height = (
        max(east - west, (north - south) * shape),
        max(north - south, (east - west) / shape),
    )
    x, y = (west + east) / 2, (south + north) / 2
    axes.set(xlim=(x - width / 2, x + width / 2), ylim=(y - height / 2, y + height / 2))
    axes.set(xlabel="", ylabel="", aspect="auto")


def draw_locator(axes: Axes, data: Data) -> None:
    """Show where the kabupaten lies in its province."""
    axes.set_facecolor(SEA)
    colours = np.where(data.land["nama"] == "Indonesia", LAND, ABROAD)
    data.land.plot(ax=axes, color=colours, edgecolor="#7F9FB2", linewidth=0.4)
    data.kabupaten.to_crs(4326).plot(ax=axes, color="#B3261E")
    show(axes, data.edition["sekitar"]["jendela_lokator"])
    axes.set(xticks=[], yticks=[])
    province = data.edition["daerah"]["provinsi"]
    axes.set_title(f"Lokasi dalam Provinsi {province}", size=7, weight="bold", pad=3)


def draw_graticule(axes: Axes, data: Data) -> None:
    """Draw meridians and parallels every ten minutes, with degrees and minutes at the frame."""
    projected = Transformer.from_crs(4326, data.villages.crs, always_xy=True)
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    corners = projected.transform(
        [west, east, west, east], [south, south, north, north], direction="INVERSE"
    )
    longitudes, latitudes = (_multiples(min(part), max(part)) for part in corners)
    along = np.linspace(-0.5, 0.5, 51)
    xs, ys = [], []
    for longitude in longitudes:
        x, y = projected.transform(np.full(51, longitude), latitudes.mean() + along)
        axes.plot(x, y, color="#A9BAC4", linewidth=0.3, zorder=1.5)
        xs.append(np.interp(south, y, x))
    for latitude in latitudes:
        x, y = projected.transform(longitudes.mean() + along, np.full(51, latitude))
        axes.plot(x, y, color="#A9BAC4", linewidth=0.3, zorder=1.5)
        ys.append(np.interp(west, x, y))
    axes.set_xticks(xs, [_degrees(one, "BT") for one in longitudes], size=6.5)
    axes.set_yticks(
        ys, [_degrees(-one, "LS") for one in latitudes], size=6.5, rotation=90, va="center"
    )
    axes.set(xlim=(west, east), ylim=(south, north))


def _multiples(low: float, high: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.arange(np.ceil(low / GRATICULE), np.floor(high / GRATICULE) + 1) * GRATICULE


def _degrees(value: float, side: str) -> str:
    degrees, minutes = divmod(round(value * 60), 60)
    return f"{degrees}°{minutes:02d}' {side}"


def draw_names(axes: Axes, data: Data) -> None:
    """Write the names of villages, kecamatan and neighbours."""
    halo = [withStroke(linewidth=1.8, foreground="white")]
    for point, name in zip(
        data.villages.representative_point(), data.villages["desa"], strict=True
    ):
        axes.text(point.x, point.y, name, size=6.5, ha="center", va="center", path_effects=halo)
    for point, name in zip(
        data.kecamatan.representative_point(), data.kecamatan["kecamatan"], strict=True
    ):
        axes.text(
            point.x,
            point.y - 900,
            name.upper(),
            size=7.6,
            weight="bold",
            ha="center",
            va="center",
            path_effects=halo,
        )
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    visible = data.neighbours.clip((west, south, east, north))
    for point, name in zip(visible.representative_point(), visible["nama"], strict=True):
        axes.text(
            point.x,
            point.y,
            name.upper(),
            size=9,
            weight="bold",
            color="#7A7466",
            ha="center",
            clip_on=True,
        )
    transformer = Transformer.from_crs(4326, data.villages.crs, always_xy=True)
    for sea in data.edition["sekitar"].get("nama", []):
        x, y = transformer.transform(sea["bujur"], sea["lintang"])
        axes.text(
            x,
            y,
            sea["nama"]["id"].upper(),
            size=9,
            style="italic",
            color="#4A7FA0",
            ha="center",
            clip_on=True,
        )


def draw_legend(axes: Axes, data: Data, measure: dict[str, Any]) -> None:
    """List classes with interval and number of villages, and the kinds of lines."""
    axes.set(xticks=[], yticks=[])
    counts = data.villages[f"{measure['id']}_kelas"].value_counts()
    rows = [
        Patch(
            facecolor=one["warna"],
            edgecolor=INK,
            linewidth=0.5,
            label=f"{one['kelas']}  {one['nama']['id']}\n"
            f"{interval(measure, one['kelas'])}  ({counts.get(one['kelas'], 0)} desa/kel.)",
        )
        for one in data.classes
    ]
    lines = [
        Line2D([], [], color="#4D4D4D", linewidth=0.74, label="Batas desa/kelurahan"),
        Line2D([], [], color="#333333", linewidth=2.0, label="Batas kecamatan"),
        Line2D([], [], color="#111111", linewidth=2.3, label="Batas kabupaten/kota"),
        Line2D([], [], color=LINE, linewidth=0.8, linestyle="--", label="Batas tetangga"),
    ]
    axes.legend(
        handles=[*rows, *lines],
        loc="lower left",
        fontsize=7,
        title=f"Legenda ({measure['satuan']['id']})",
        title_fontproperties={"weight": "bold", "size": 8},
        frameon=False,
        handleheight=1.6,
    )


def interval(measure: dict[str, Any], number: int) -> str:
    """Write the range of values of a class with decimal commas."""
    cuts = measure["cut_off"]
    if cuts is None:
        names = measure["nama_kategori"]
        found = [key for key, value in measure["kategori"].items() if value == number]
        return ", ".join(names[key]["id"] for key in found) or "-"
    texts = [f"{cut:.{measure['desimal']}f}".replace(".", ",") for cut in cuts]
    high = measure["baik"] == "tinggi"
    if number == 1:
        return f"≤ {texts[0]}" if high else f"≥ {texts[0]}"
    if number == 6:
        return f"> {texts[-1]}" if high else f"< {texts[-1]}"
    one, other = texts[number - 2], texts[number - 1]
    return f"> {one} - {other}" if high else f"{other} - < {one}"


def draw_orientation(axes: Axes, frame: Axes) -> None:
    """Draw north arrow, scale in numbers and scale bar."""
    figure = axes.figure
    width_m = frame.get_xlim()[1] - frame.get_xlim()[0]
    width_mm = frame.get_position().width * A4_LANDSCAPE[0] * 25.4
    per_km = frame.get_position().width * 1000 / width_m
    arrow = FancyArrow(
        0.755,
        0.80,
        0,
        0.03,
        width=0.004,
        head_width=0.016,
        head_length=0.02,
        transform=figure.transFigure,
        facecolor=INK,
        clip_on=False,
    )
    axes.add_artist(arrow)
    figure.text(0.755, 0.853, "U", ha="center", weight="bold", size=9)
    scale = f"Skala 1 : {width_m / width_mm * 1000:,.0f}".replace(",", ".")
    figure.text(0.875, 0.845, scale, ha="center", weight="bold", size=9)
    left, bottom = 0.80, 0.80
    for (start, end), colour in zip(pairwise(BAR_KM), ("black", "white"), strict=True):
        place = (left + start * per_km, bottom)
        figure.add_artist(
            Rectangle(
                place,
                (end - start) * per_km,
                0.008,
                facecolor=colour,
                edgecolor="black",
                linewidth=0.6,
            )
        )
    for km in BAR_KM:
        figure.text(left + km * per_km, bottom + 0.014, str(km), ha="center", size=7)
    figure.text(left + BAR_KM[-1] * per_km + 0.012, bottom, "km", size=7)


def draw_sources(axes: Axes, data: Data, measure: dict[str, Any]) -> None:
    """Write sources with years, projection and compiler."""
    axes.set(xticks=[], yticks=[])
    sources = data.edition["sumber"]
    named = sources.values() if measure["id"] not in sources else [sources[measure["id"]]]
    texts = dict.fromkeys(f"{one['instansi']}, {one['tahun']}" for one in named)
    lines = [
        f"Sumber data: {'; '.join(texts)}.",
        f"Batas desa: {data.edition['batas']['sumber']['id']}.",
        "Daratan sekitar: Natural Earth 1:10 juta.",
        f"Proyeksi {data.villages.crs.name.replace('/', '-')}.",
        f"Penyusun: {data.edition['penyusun']}. Edisi {data.edition['tanggal']:%d-%m-%Y}.",
    ]
    if data.edition["batas"]["skematis"]:
        lines.insert(0, "Batas skematis, bukan batas resmi")
    wrapped = "\n".join(textwrap.fill(line, 68) for line in lines)
    axes.text(0.02, 0.95, wrapped, size=6.2, va="top")


def no_draft(canvas: FigureCanvasAgg, *arguments: object, **options: object) -> None:
    """Stand in for the interim draw of matplotlib."""


def main() -> int:
    """Draw the maps of an edition and save each as PDF and PNG."""
    parser = argparse.ArgumentParser(description="Peta 1-7 dengan skrip geopandas biasa")
    parser.add_argument("edisi", type=Path)
    parser.add_argument("kelas", type=Path)
    parser.add_argument("keluaran", type=Path)
    parser.add_argument("--batas", type=Path)
    parser.add_argument("--tanpa-draf", action="store_true")
    options = parser.parse_args()
    mpl.use("Agg")
    if options.tanpa_draf:
        FigureCanvasAgg.draw_idle = no_draft  # type: ignore[method-assign, assignment]
    for font in sorted((STYLES / "fonts").glob("*.ttf")):
        font_manager.fontManager.addfont(font)
    plt.rcParams["font.family"] = "Liberation Sans"
    plt.rcParams["pdf.fonttype"] = 42
    data = load(options.edisi, options.kelas, options.batas)
    for measure in data.measures:
        figure = draw(data, measure)
        stem = f"peta-{measure['peta']}-{measure['id'].replace('_', '-')}"
        figure.savefig(options.keluaran / f"{stem}.pdf")
        figure.savefig(options.keluaran / f"{stem}.png", dpi=300)
        plt.close(figure)
        # Else canvases of 35 MB wait for the collector: the peak would be a matter of chance.
        gc.collect()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
