"""The rules of docs/DESIGN.md, "Who may import whom": held by reading the source and by importing.

The source shows what a module names, also inside functions; a process of its own shows what an
import really loads, libraries of libraries included.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.places.small import ROOT

MODULES = {
    ".".join(file.relative_to(ROOT / "pipeline").with_suffix("").parts).removesuffix(
        ".__init__"
    ): file
    for file in sorted((ROOT / "pipeline").rglob("*.py"))
}

# What an edition says in words and numbers: its maps, and the computations beside them. A module
# that is named nowhere is taken for one of these.
IN_WORDS = ("specification", "report")
# The way of the data. A module imports from its own station and from earlier ones.
STATIONS = (
    ("errors", "resources", "codes", "decimals", "texts", "settings", "messages", "names", "units"),
    (
        "schema",
        "database",
        "formula",
        "baseline",
        "measures",
        "method",
        "headings",
        "assumptions",
        "boundary_sources",
        "windows",
        "sections",
        "suppliers",
        "edition",
        "interventions",
    ),
    ("sources",),
    ("supplied", "succession", "inheritance", "repair", "join"),
    ("indicators", "classes", "composite", "margins", "schemes", "derive", "landcover"),
    ("atlas",),
    IN_WORDS,
    ("theme", "palette", "colour_audit", "layout", "plates", "figures"),
    ("files",),
    ("manifest", "publish"),
    (
        "orders",
        "tabulation",
        "drawing",
        "fetch",
        "production",
        "target_run",
        "certainty_run",
        "check_run",
        "succession_run",
        "harmonise_run",
        "newedition_run",
        "supply_run",
        "value_run",
    ),
    ("comparison",),
    ("cli",),
)
# The builder of the schematic layer stands beside the way: it makes an input of it.
BUILDER = ("faces", "topojson", "schematic", "context", "schematic_files")

# Libraries that belong to few: who may name them. An empty row: nobody.
OWNERS = {
    "babel": ("texts",),
    "click": ("cli",),
    "coloraide": ("colour_audit",),
    "exactextract": ("sources.raster",),
    "fiona": ("sources.engines",),
    "geopandas": (
        "sources",
        "inheritance",
        "repair",
        "join",
        "figures",
        "tabulation",
        "succession_run",
        "harmonise_run",
        "supply_run",
        "files.village_layers",
        "files.geotiff",
        "fetch",
        "comparison",
        *BUILDER,
    ),
    "mapclassify": ("schemes",),
    "matplotlib": (),
    "pikepdf": (
        "files.pdf",
        "files.pdf_fonts",
        "files.pdf_ground",
        "files.pdf_info",
        "files.pdf_pictures",
        "files.pdf_shades",
        "files.pdf_tags",
    ),
    "PIL": ("files.png", "files.colours", "files.svg", "sources.logos", "comparison.rasters"),
    "pydantic": (
        "settings",
        *STATIONS[1],
        "theme",
        "colour_audit",
        "layout",
        "plates",
        "checks.limits",
        "comparison.subjects",
        "comparison.limits",
        "comparison.result",
        "comparison.record",
        "comparison.view.palette",
    ),
    "docx": ("comparison.view.document",),
    "psycopg": ("sources.postgis",),
    "pyogrio": ("sources.engines",),
    "pypdfium2": ("files.png", "comparison.rasters"),
    "python_calamine": ("sources.workbook",),
    "pyproj": ("sources", "figures"),
    "rapidfuzz": ("harmonise",),
    "rasterio": ("sources.raster", "sources.terrain", "files.geotiff"),
    "SALib": ("sensitivity",),
    "scipy": ("sensitivity",),
    "shapely": ("sources", "repair", "figures", "comparison", *BUILDER),
    "uharfbuzz": ("figures.fonts",),
    # The network: one module speaks to it, and another takes addresses apart.
    "http": ("sources.download",),
    "socket": (),
    "urllib": ("sources.download", "boundary_sources", "database"),
    "xlsxwriter": ("files.check_report", "comparison.view.workbook"),
}

READING = {"open", "read_bytes", "read_text", "read_csv", "read_file", "read_dataframe"}
# Besides the sources: TOML of officers, words, fonts, hashes, and the builder's inputs.
READERS = ("sources", "settings", "texts", "figures.fonts", "manifest", "schematic_files")
WRITING = {"write_bytes", "write_text", "to_file", "to_csv", "mkdir", "rename", "rmtree", "unlink"}
WRITERS = ("publish", "schematic_files")

HEAVY = {"numpy", "pandas", "geopandas", "shapely", "pyproj", "pyogrio", "PIL", "pikepdf",
         "pypdfium2", "uharfbuzz", "matplotlib", "pydantic"}  # fmt: skip
PLOT_AND_FILE = {"matplotlib", "PIL", "pikepdf", "pypdfium2", "uharfbuzz", "fsva.drawing",
                 "fsva.files"}  # fmt: skip


def is_of(module: str, names: tuple[str, ...]) -> bool:
    """Tell whether a module is, or lies within, one of some parts of the package."""
    own = module.removeprefix("fsva.")
    return any(own == name or own.startswith(f"{name}.") for name in names)


def imports(module: str) -> Iterator[str]:
    """Yield what a module names in import statements; of own modules the module itself."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def station(module: str) -> int | None:
    """Return the position of a module on the way; None for the builder and the package itself."""
    if module == "fsva" or is_of(module, BUILDER):
        return None
    named = (n for n, names in enumerate(STATIONS) if is_of(module, names))
    return next(named, STATIONS.index(IN_WORDS))


def calls(module: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def loaded_by(code: str) -> set[str]:
    """Return the modules that a new process has loaded after running some code."""
    report = "import json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"],
        cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_source_is_read() -> None:
    assert "fsva.sources.layers.village_layer" in set(imports("fsva.runs.tabulation"))
    assert "pyogrio" in set(imports("fsva.sources.layers.engines"))
    assert "pyogrio.read_dataframe" in set(calls("fsva.sources.layers.engines"))


def test_every_name_stands_in_one_place() -> None:
    names = [name for group in (*STATIONS, BUILDER) for name in group]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("module", sorted(m for m in MODULES if station(m) is not None))
def test_imports_follow_the_way_of_the_data(module: str) -> None:
    own = station(module)
    assert own is not None
    later = [
        name
        for name in imports(module)
        if name in MODULES and (there := station(name)) is not None and there > own
    ]
    assert later == []


def test_only_its_command_uses_the_builder_and_the_builder_uses_only_the_foundation() -> None:
    users = {m for m in MODULES for name in imports(m) if is_of(name, BUILDER)}
    outside = {m for m in users if not is_of(m, BUILDER)}
    assert outside == {"fsva.cli.begin.batas_skematis"}
    inner = {name for m in MODULES if is_of(m, BUILDER) for name in imports(m) if name in MODULES}
    assert {name for name in inner if not is_of(name, (*BUILDER, *STATIONS[0]))} == set()


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_library_is_named_only_by_its_owners(library: str) -> None:
    users = {m for m in MODULES for name in imports(m) if name.split(".")[0] == library}
    strangers = {module for module in users if not is_of(module, OWNERS[library])}
    assert strangers == set()


def test_figures_know_no_writer_and_sources_no_figure() -> None:
    for module in MODULES:
        if is_of(module, ("figures", "sources")):
            others = (
                "files",
                "publish",
                "manifest",
                "orders",
                "tabulation",
                "drawing",
                "production",
                "cli",
            )
            assert [name for name in imports(module) if is_of(name, others)] == []


@pytest.mark.parametrize("module", sorted(MODULES))
def test_only_sources_open_data_and_only_publish_writes(module: str) -> None:
    # rasterio and Pillow open pictures in memory by the same word as a file.
    names = set(calls(module)) - {"settings.read_text", "plain.open", "Image.open"}
    used = {name.rsplit(".", 1)[-1] for name in names}
    if not is_of(module, READERS):
        assert used & READING == set()
    if not is_of(module, WRITERS):
        # A column of a table is renamed with the same word as a file.
        assert used & (WRITING - {"rename"}) == set()


@pytest.mark.parametrize("words", ["--help", "atlas --help", "--versi"])
def test_help_comes_at_once(words: str) -> None:
    run = f"from pipeline import cli\nassert cli.main({words.split()!r}) == 0"
    light = {"pydantic"} if words.startswith("atlas") else set()
    loaded = loaded_by(run)
    assert "click" in loaded
    assert loaded & (HEAVY - light) == set()


def test_nothing_to_do_is_found_out_without_heavy_libraries() -> None:
    code = "from pipeline import edition, manifest, orders, publish"
    assert loaded_by(code) & (HEAVY - {"pydantic"}) == set()


@pytest.mark.parametrize(
    "module",
    ["sources.tables", "sources.layers", "repair", "join", "atlas", "specification", "report"],
)
def test_what_stands_left_of_the_figures_loads_nothing_that_draws_or_writes(module: str) -> None:
    loaded = loaded_by(f"import fsva.{module}")
    assert "pandas" in loaded
    assert loaded & PLOT_AND_FILE == set()


def test_figures_load_no_writer_of_files() -> None:
    loaded = loaded_by("import fsva.drawing.sheets.sheet")
    assert "fsva.drawing.sheets.sheet" in loaded
    assert loaded & (PLOT_AND_FILE - {"uharfbuzz", "fsva.drawing"}) == set()
