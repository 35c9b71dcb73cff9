"""Every reader of the program, with the sound files that are changed for it.

Owns the table of readers. Sound files are made by code, so that they follow the program.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import pyogrio

from fsva.comparison.changes import compare, side_readers
from fsva.comparison.changes.compare import Wish
from fsva.comparison.values import comparison_thresholds
from fsva.comparison.view import all_files, terminal
from fsva.config.editions import edition
from fsva.config.methods import baseline, method
from fsva.config.styles import layout, theme
from fsva.core import texts
from fsva.core.publishing import manifest
from fsva.files.tables import class_table
from fsva.runs import tabulation
from fsva.runs.book import book_files
from fsva.sources.cells import table_text
from fsva.sources.ground import class_rasters, logos, terrain
from fsva.sources.layers.layer_request import Request
from fsva.sources.tables import targets
from tests.fuzz.mutations import Files
from tests.fuzz.trials import Reader
from tests.places import annex, books, contoh, kept_by_atlas, small
from tests.places.framed import crs, edition_tables, raw_counts, repair, surroundings, village_layer

STYLES = small.ROOT / "styles"
DRIVERS = {"shp": "ESRI Shapefile", "gpkg": "GPKG", "geojson": "GeoJSON", "kml": "LIBKML",
           "kmz": "LIBKML", "fgb": "FlatGeobuf"}  # fmt: skip


def _made(write: Callable[[Path], object]) -> Files:
    """Return the files that a writer leaves in a folder, the first one it names first."""
    with TemporaryDirectory() as folder:
        write(Path(folder))
        return {f.name: f.read_bytes() for f in sorted(Path(folder).iterdir())}


# TOML


def _toml() -> Reader:
    made = _made(lambda folder: contoh.build(folder))
    shipped = {
        "metode.toml": "metode/fsva-kabupaten-6.toml", "kota.toml": "metode/fsva-kota-5.toml",
        "dasar.toml": "dasar/belu-2021.toml", "tata-letak.toml": "layouts/a4-mendatar.toml",
        "gaya.toml": "gaya/standar.toml",
    }  # fmt: skip
    sound = [{name: (STYLES / file).read_bytes()} for name, file in shipped.items()]
    return Reader([{"edition.toml": made["edition.toml"]}, *sound], read_settings)


def read_settings(file: Path) -> object:
    """Read a file of settings as what its name says it is."""
    match file.name:
        case "edition.toml":
            return edition.load(file.parent)
        case "metode.toml":
            return method.load(file, STYLES / "dasar" / "belu-2021.toml")
        case "kota.toml":
            return method.load_open(file)
        case "dasar.toml":
            return baseline.load(file), method.load(
                STYLES / "metode" / "fsva-kabupaten-6.toml", file
            )
        case "tata-letak.toml":
            return layout.load(file, small.THEME)
    return theme.load(file), layout.load(STYLES / "layouts" / "a4-mendatar.toml", file)


# Tables


def _csv() -> Reader:
    tables = {
        "nilai.csv": small.indicators_csv(), "padanan.csv": small.crosswalk_csv(),
        "mentah.csv": contoh.raw_csv(), "miskin.csv": contoh.poverty_csv(),
        "cakupan.csv": contoh.coverage_csv(),
    }  # fmt: skip
    return Reader([{name: text.encode("utf-8-sig")} for name, text in tables.items()], _read_csv)


def _read_csv(file: Path) -> object:
    match file.name:
        case "padanan.csv":
            return edition_tables.read_crosswalk(file)
        case "mentah.csv":
            return raw_counts.read(table_text.open_file(file), small.shipped_method())
        case "miskin.csv":
            return targets.read_persons(table_text.open_file(file))
        case "cakupan.csv":
            return targets.read_coverage(table_text.open_file(file))
    return _read_values(file)


def _read_values(file: Path) -> object:
    source = table_text.open_file(file)
    return edition_tables.read_indicators(source, small.shipped_method(), frozenset())


def _book(write: Callable[..., Path], suffix: str) -> Callable[[], Reader]:
    rows = [line.split(";") for line in small.indicators_csv().splitlines()]
    numbers = [rows[0], *([*r[:3], *(float(c.replace(",", ".")) for c in r[3:])] for r in rows[1:])]
    sheets = {"Catatan": [["Data sintetis"]], "Data": numbers}
    headed = {"Data": [["FSVA"], [], *rows, ["", "Jumlah", "", *[1.0] * 6]]}
    agreed = [["kode_bps", "desa", "sarana"], [small.BPS_CODES[2], small.NAMES[2], 0.02]]
    shapes = (sheets, headed, {"Data": numbers, "KESEPAKATAN": agreed})
    hidden = books.Layout(rows=(2,), columns=(4,), merged=((1, 1, 3, 1),))

    def made() -> Reader:
        name = f"nilai.{suffix}"
        sound = [_made(lambda folder, s=one: write(folder / name, s)) for one in shapes]
        sound.append(_made(lambda folder: write(folder / name, {"Data": numbers}, layout=hidden)))
        return Reader(sound, _read_values)

    return made


# Layers


def _layer(suffix: str, *more: str) -> Callable[[], Reader]:
    def made() -> Reader:
        sound = [files for one in (suffix, *more) for files in _layers(one)]
        return Reader(sound, _read_layer)

    return made


def _layers(suffix: str) -> list[Files]:
    whole = small.layer().reset_index().assign(jenis="kabupaten")
    rows = (whole.to_crs(4326), whole.assign(catatan="é", luas=1.5).to_crs(4326))
    return [_one_layer(rows[0], suffix), _one_layer(rows[1], suffix)]


def _one_layer(rows: gpd.GeoDataFrame, suffix: str) -> Files:
    if suffix == "zip":
        parts, target = _one_layer(rows, "shp"), io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return {"desa.zip": target.getvalue()}
    files = _made(
        lambda folder: pyogrio.write_dataframe(
            rows, folder / f"desa.{suffix}", driver=DRIVERS[suffix]
        )
    )
    first = f"desa.{suffix}"
    return {first: files.pop(first), **files}


@cache
def _crosswalk() -> object:
    return small.crosswalk()


def _read_layer(file: Path) -> object:
    """Read a layer as village layer and as one of neighbours."""
    layer, ledger = village_layer.villages(Request(file, "99.01", "9901"), _crosswalk())
    mended, _ = repair.repair(crs.project(layer, file))
    return mended, ledger, surroundings.read_neighbours(file)


# Rasters and pictures


def _raster() -> Reader:
    import rasterio

    def write(file: Path, kind: str, **more: object) -> None:
        numbers = np.arange(1200).reshape(30, 40) % 7
        profile = {"driver": "GTiff", "width": 40, "height": 30, "count": 1, "dtype": kind,
                   "crs": f"EPSG:{small.UTM_51S}", **more,
                   "transform": rasterio.Affine(500, 0, 599e3, 0, -500, 9001e3)}  # fmt: skip
        with rasterio.open(file, "w", **profile) as dataset:
            dataset.write(numbers.astype(kind), 1)

    tiled = {"tiled": True, "blockxsize": 16, "blockysize": 16}
    return Reader(
        [
            _made(lambda folder: write(folder / "tutupan.tif", "uint8", nodata=0)),
            _made(lambda folder: write(folder / "relief.tif", "float32", compress="deflate")),
            _made(lambda folder: write(folder / "tutupan.tif", "int16", compress="lzw", **tiled)),
        ],
        _read_raster,
    )


def _read_raster(file: Path) -> object:
    placed = crs.project(small.layer(), file)
    if file.name == "tutupan.tif":
        return class_rasters.read_cover(file, placed)
    west, south, east, north = placed.total_bounds.tolist()
    return terrain.read(file, placed.crs, (west, south, east, north), 500.0)


def _logo() -> Reader:
    from PIL import Image

    def write(file: Path, mode: str) -> None:
        Image.effect_noise((60, 40), 40).convert(mode).save(file)

    modes = ("RGB", "RGBA", "L", "P")
    sound = [_made(lambda folder, m=mode: write(folder / "logo.png", m)) for mode in modes]
    return Reader(sound, lambda file: logos.read(file, (20.0, 15.0)))


# Output folders


def _manifest() -> Reader:
    made = _output()
    only = {"manifest.json": made["manifest.json"], "kelas.csv": made["kelas.csv"]}
    return Reader([only], _read_output)


@cache
def _output() -> Files:
    with TemporaryDirectory() as folder:
        order = contoh.order(contoh.build(Path(folder) / "contoh-2021"))
        made = tabulation.tabulate(order.edition, order.village_layer)
        sure = np.full(len(made.table), 0.5)
        table = class_table.classes_csv(made.table, sure, made.rules)
        record = manifest.make(order.facts(), order.fingerprints, {"kelas.csv": table})
    return {"manifest.json": record, "kelas.csv": table}


def _read_output(file: Path) -> object:
    """Ask what a run asks of an earlier folder, then compare it with a sound one."""
    asked = manifest.outputs(file.parent), manifest.is_current(file.parent, {"tahun": 2021}, {})
    other = file.parent / "lain"
    other.mkdir()
    for name, content in _output().items():
        (other / name).write_bytes(content)
    held = [side_readers.of_output(other, "A"), side_readers.of_output(file.parent, "B")]
    rules = comparison_thresholds.load(STYLES / comparison_thresholds.FILE_NAME)
    compared = compare.compare(side_readers.told_apart(held), Wish(rules, 20))
    told = texts.load("id")
    shown = list(terminal.lines(compared, told, 20)), all_files.files(compared, *held, told)
    shutil.rmtree(other)
    return asked, shown


# Reports that their author has worked on


def _docx() -> Reader:
    return Reader([{"lampiran.docx": annex.new()}, {"lampiran.docx": annex.edited()}], _rewrite)


def _rewrite(file: Path) -> object:
    """Write a report again into that of its author, and into a template of the office."""
    content = file.read_bytes()
    book_files.with_author(annex.order().book.pieces, content, file)
    done = book_files.rewritten(annex.order(), content, file)
    return book_files.open_blanks(done.content, file), book_files.new(annex.order(), content)


# What earlier runs have kept


def _kept() -> Reader:
    files = list(kept_by_atlas.files().values())
    bare = [{f"{kind}.isi": content} for kind, content in kept_by_atlas.contents().items()]
    return Reader([*files, *bare], _read_kept)


def _read_kept(file: Path) -> object:
    if file.suffix == ".isi":
        return kept_by_atlas.read_content(file.stem, file.read_bytes()) or "nothing"
    return kept_by_atlas.read_file(file) or "whole"


READERS: dict[str, Callable[[], Reader]] = {
    "toml": _toml,
    "csv": _csv,
    "xlsx": _book(books.xlsx, "xlsx"),
    "xlsb": _book(books.xlsb, "xlsb"),
    "ods": _book(books.ods, "ods"),
    "geojson": _layer("geojson"),
    "gpkg": _layer("gpkg"),
    "shp": _layer("shp", "zip"),
    "kml": _layer("kml", "kmz"),
    "fgb": _layer("fgb"),
    "raster": _raster,
    "logo": _logo,
    "manifest": _manifest,
    "docx": _docx,
    "simpanan": _kept,
}
