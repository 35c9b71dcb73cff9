"""The rooms of the package in the order of the data, and who may name which library.

Owns the one table of folders: ``test_imports.py`` holds it against the source, and
``python -m tests.project.rooms`` (``make denah``) writes it into docs/DESIGN.md.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.places.small import ROOT

SOURCE = ROOT / "pipeline"
PACKAGE = SOURCE / "fsva"

# A room imports from rooms above it, never from rooms below it.
ROOMS = {
    "core": "errors and exit codes, words and number formats, TOML, codes, files that appear whole",
    "config": "what people decide, as checked values: methods, editions, styles",
    "sources": "reading what an office brings: cells, tables, layers, ground, public sources",
    "villages": "one clean row per village: repair, join, succession, columns from elsewhere",
    "index": "indicators, classes, composite, the joined table, and what follows from them",
    "words": "what maps and reports say, before anything is drawn",
    "checks": "rules that judge the data of an edition",
    "drawing": "sheets as values in millimetres: paper, lettering, maps, names, elements, sheets",
    "files": "writers: sheets and tables become bytes",
    "runs": "from an edition to its files, step after step",
    "begin": "from an office's files to a new edition; the schematic layer",
    "comparison": "what changed between editions, why, and the files that show it",
    "cli": "the command fsva: begin, check, make, compare",
}

# Libraries that belong to few, and the modules or rooms that may name them. An empty row: nobody.
OWNERS: dict[str, tuple[str, ...]] = {
    "babel": ("core.texts",),
    "click": ("cli",),
    "coloraide": ("drawing.maps.colour_audit",),
    "deflate": ("files.packing",),
    "distributed": ("runs.many.dask_workers",),
    "docx": (
        "comparison.view.word_document",
        "files.book.word.base_document",
        "files.packing.office_parts",
    ),
    "exactextract": ("sources.ground.class_rasters",),
    "filelock": ("core.publishing.locks", "core.publishing.temporary"),
    "fiona": ("sources.layers.gdal_layers",),
    # Frames of pandas and geopandas are for notebooks (API), for comparison, for the builder of new
    # editions, and for what a raster gives. A run passes on plain tables (``sources.plain``).
    "geopandas": (
        "api",
        "sources.plain.shape_table",
        "sources.ground.class_rasters",
        "villages.landcover",
        "files.layers.geoparquet",
        "begin",
        "comparison",
    ),
    # The network: one module speaks to it, and others take addresses apart.
    "http": ("sources.web.connections", "sources.web.download"),
    "jinja2": ("words.book.template",),
    "lxml": ("files.book",),
    "mapclassify": ("index.baselines.schemes",),
    "matplotlib": ("api", "drawing.sheets.map_axes"),
    "pandas": (
        "api",
        "sources.plain.plain_table",
        "sources.ground.class_rasters",
        "villages.landcover",
        "index.joined_table",
        "begin",
        "comparison",
    ),
    "pikepdf": (
        "files.writers.pdf",
        "files.writers.pdf_fonts",
        "files.writers.pdf_ground",
        "files.writers.pdf_info",
        "files.writers.pdf_outline",
        "files.writers.pdf_pictures",
        "files.writers.pdf_shades",
        "files.writers.pdf_tags",
    ),
    "PIL": (
        "sources.ground.logos",
        "files.writers.png",
        "files.writers.colour_profile",
        "comparison.pictures.page_pixels",
    ),
    "pptx": ("files.book.slides", "files.packing.office_parts"),
    "psycopg": ("sources.layers.postgis",),
    "pydantic": (
        "core.bounds",
        "core.section",
        "core.toml",
        "config",
        "checks.check_thresholds",
        "drawing.maps.colour_audit",
        "comparison.values",
        "comparison.maps.change_palette",
    ),
    "pyarrow": ("files.layers.geoparquet",),
    "pyogrio": ("sources.layers.drivers", "sources.layers.gdal_layers", "files.layers.shapefile"),
    "pypdfium2": ("files.writers.png", "comparison.pictures.page_pixels"),
    "pyproj": ("sources", "drawing", "files.layers", "files.national", "files.qgis", "runs.kept"),
    "python_calamine": ("sources.cells.workbooks.workbook",),
    "rapidfuzz": ("begin.harmonise",),
    "rasterio": (
        "sources.ground.class_rasters",
        "sources.ground.terrain",
        "files.writers.geotiff",
    ),
    "SALib": ("index.sureness.sensitivity",),
    "scipy": ("index.sureness.sensitivity",),
    "shapely": (
        "core.box",
        "sources",
        "villages",
        "drawing",
        "files.pages.atlas_page",
        "files.pages.index_page",
        "files.pages.village_paths",
        "files.layers",
        "files.qgis",
        "files.qgis",
        "runs.kept",
        "runs.layers.atlas_files",
        "runs.national.national_run",
        "begin",
        "comparison",
    ),
    "socket": ("sources.web.connections",),
    "typst": ("files.book.typeset",),
    "uharfbuzz": ("drawing.paper.fonts",),
    "urllib": (
        "files.pages.index_page",  # quotes relative addresses
        "sources.layers.postgis",
        "sources.web.connections",
        "sources.web.download",
        "config.editions.boundary_sources",
        "config.editions.database",
        "files.pages.batch_page",  # only how an address is written
        "runs.many.dask_workers",  # likewise
    ),
    "zipfile": (
        "core.bounds",  # only its types
        "sources.cells.workbooks.unpacked",
        "sources.layers.archives",
        "sources.layers.drivers",
        "files.packing.archive",
        "files.book.word.word_package",
    ),
    # Checksums, and what it raises; deflate packs.
    "zlib": (
        "files.book.word.word_xml",  # numbers that follow from names
        "files.book.word.word_package",  # only the error of a damaged archive
        "sources.cells.workbooks.workbook",  # likewise
        "sources.cells.workbooks.unpacked",  # likewise
        "sources.ground.logos",
        "sources.layers.drivers",  # as above
        "drawing.paper.images",
        "files.packing",
        "files.writers.pdf_fonts",
    ),
    "xlsxwriter": (
        "files.tables.check_report",
        "files.workbooks",
        "comparison.view.change_workbook",
    ),
}


def name_of(file: Path) -> str:
    """Return the dotted name of a module below ``pipeline/``."""
    dotted = ".".join(file.relative_to(SOURCE).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


MODULES = {name_of(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def is_of(module: str, names: tuple[str, ...]) -> bool:
    """Tell whether a module is, or lies within, one of some parts of the package."""
    own = module.removeprefix("fsva.")
    return any(own == name or own.startswith(f"{name}.") for name in names)


@cache
def tree(module: str) -> ast.Module:
    """Return the parsed source of a module, parsed once."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> tuple[str, ...]:
    """Return what a module names in import statements; of own modules the module itself."""
    return tuple(_imports(module))


def _imports(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def design_table() -> str:
    """Return the table of rooms as docs/DESIGN.md prints it."""
    head = "| room | owns | libraries that only it, or a part of it, may name |\n|---|---|---|\n"
    return head + "".join(
        f"| `{room}` | {owns} | {_libraries(room)} |\n" for room, owns in ROOMS.items()
    )


def _libraries(room: str) -> str:
    rows = []
    for library, owners in OWNERS.items():
        own = [f"`{name}`" for name in owners if name == room or name.startswith(f"{room}.")]
        if own:
            rows.append(library if own == [f"`{room}`"] else f"{library} ({', '.join(own)})")
    return "; ".join(rows) or "none"


MARKS = ("<!-- rooms: written by make denah -->\n", "<!-- end of rooms -->\n")


def rewrite_design() -> None:
    """Write the table of rooms in docs/DESIGN.md anew."""
    file = ROOT / "docs" / "DESIGN.md"
    before, rest = file.read_text(encoding="utf-8").split(MARKS[0], 1)
    after = rest.split(MARKS[1], 1)[1]
    text = before + MARKS[0] + design_table() + MARKS[1] + after
    file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    rewrite_design()
