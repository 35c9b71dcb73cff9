"""The rules of docs/DESIGN.md, "Who may import whom": held by reading the source and by importing.

The source shows what a module names, also inside functions; a process of its own shows what an
import really loads, libraries of libraries included.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pandas as pd
import pytest

from tests.places import small
from tests.places.small import ROOT
from tests.project.rooms import (
    MODULES,
    OWNERS,
    PACKAGE,
    ROOMS,
    design_table,
    imports,
    is_of,
    tree,
)

READING = {"open", "read_bytes", "read_text", "read_csv", "read_file", "read_dataframe"}
# Besides the sources: locks, what stands where a file is written, TOML of officers, words, fonts,
# hashes, the builder's inputs, and the word said before any library is loaded.
READERS = (
    "core.publishing.publish",
    "core.publishing.locks",
    "core.publishing.temporary",
    "sources",
    "core.bounds",
    "core.toml",
    "core.texts",
    "core.publishing.manifest",
    "drawing.paper.fonts",
    "begin.schematic.schematic_files",
    "__main__",
)
WRITING = {"write_bytes", "write_text", "to_file", "to_csv", "mkdir", "rename", "rmtree", "unlink"}
WRITERS = (
    "core.publishing.publish",
    "core.publishing.result_store",
    "core.publishing.locks",
    "core.publishing.temporary",
)

HEAVY = {"numpy", "pandas", "geopandas", "shapely", "pyproj", "pyogrio", "PIL", "pikepdf",
         "pypdfium2", "uharfbuzz", "matplotlib", "pydantic"}  # fmt: skip
# What an atlas with its layers may load: the libraries that it names, and what those bring along;
# neither pandas nor geopandas, and not GDAL, as long as the layer of villages is plain GeoJSON.
FOR_AN_ATLAS = HEAVY - {"geopandas", "matplotlib", "pandas", "pyogrio"} | {
    "annotated_types", "babel", "certifi", "click", "deflate", "filelock", "lxml",
    "packaging", "pydantic_core", "pypdfium2_cfg", "pypdfium2_raw", "typing_extensions",
    "typing_inspection",
}  # fmt: skip
PLOT_AND_FILE = {"matplotlib", "PIL", "pikepdf", "pypdfium2", "uharfbuzz", "fsva.drawing",
                 "fsva.files"}  # fmt: skip
# What rows and columns of a frame are taken apart and put together by; lists, dicts, arrays and
# polygons have none of these.
FRAME_WORDS = {
    "assign", "combine_first", "drop_duplicates", "droplevel", "dropna", "duplicated", "explode",
    "fillna", "groupby", "iloc", "isna", "iterrows", "itertuples", "loc", "melt", "merge",
    "nlargest", "notna", "nsmallest", "pivot", "reindex", "reset_index", "set_axis", "set_index",
    "sort_index", "sort_values", "to_dict", "to_frame", "value_counts",
}  # fmt: skip
FLAT = {"__init__.py", "__main__.py", "api.py", "py.typed"}
FOLDERS = [PACKAGE, *sorted(p.parent for p in PACKAGE.rglob("__init__.py") if p.parent != PACKAGE)]


def calls(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
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


def room_of(module: str) -> int | None:
    """Return the position of a module's room; None for what stands flat in the package."""
    parts = module.split(".")
    return list(ROOMS).index(parts[1]) if len(parts) > 1 and parts[1] in ROOMS else None


def test_the_source_is_read() -> None:
    assert "fsva.sources.layers.village_layer" in imports("fsva.runs.tabulation")
    assert "pyogrio" in imports("fsva.sources.layers.gdal_layers")
    assert "pyogrio.raw.read" in set(calls("fsva.sources.layers.gdal_layers"))


def test_the_table_is_the_folder_list() -> None:
    folders = {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders - {"_data"} == set(ROOMS)
    assert {p.name for p in PACKAGE.iterdir() if p.is_file()} <= FLAT


def test_the_manual_prints_the_table() -> None:
    assert design_table() in (ROOT / "docs" / "DESIGN.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_a_folder_can_be_taken_in_at_a_glance(folder: Path) -> None:
    assert len([p for p in folder.glob("*.py") if p.name != "__init__.py"]) <= 18


def test_a_module_has_at_most_400_lines() -> None:
    lengths = {m: len(f.read_text(encoding="utf-8").splitlines()) for m, f in MODULES.items()}
    assert {module: length for module, length in lengths.items() if length > 400} == {}


def test_imports_follow_the_way_of_the_data() -> None:
    against = [
        (module, name)
        for module in MODULES
        for name in imports(module)
        if (own := room_of(module)) is not None
        and (((there := room_of(name)) is not None and there > own) or name == "fsva.api")
    ]
    assert against == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_the_parts_of_a_folder_import_each_other_without_a_circle(folder: Path) -> None:
    base = ".".join(folder.relative_to(PACKAGE.parent).parts)
    graph: dict[str, set[str]] = defaultdict(set)
    for module in MODULES:
        for name in imports(module):
            own, there = (_part(m, base) for m in (module, name))
            if own and there and own != there:
                graph[own].add(there)
    list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


def _part(module: str, base: str) -> str | None:
    """Return the part of a folder in which a module lies: a subfolder or the module itself."""
    if module not in MODULES or not module.startswith(f"{base}."):
        return None
    return module.removeprefix(f"{base}.").split(".")[0]


def test_no_class_name_is_used_twice() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for module in MODULES:
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.ClassDef):
                owners[node.name].append(module)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_no_module_name_is_used_twice() -> None:
    """A command's module has the name of its command, here ``baseline``."""
    files = [f for f in PACKAGE.rglob("*.py") if f.stem != "__init__"]
    named = Counter(f.stem for f in files if not f.is_relative_to(PACKAGE / "cli"))
    assert len(named) > 400
    assert [name for name, times in named.items() if times > 1] == []


def test_only_its_command_uses_the_builder_and_the_builder_uses_only_the_foundation() -> None:
    builder = ("begin.schematic",)
    inside = {m for m in MODULES if is_of(m, builder)}
    outside = {m for m in MODULES if m not in inside for n in imports(m) if is_of(n, builder)}
    assert outside == {"fsva.cli.begin.batas_skematis", "fsva.cli.make.atlas"}
    used = {name for m in inside for name in imports(m) if name in MODULES}
    assert {name for name in used if not is_of(name, (*builder, "core"))} == set()


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_library_is_named_only_by_its_owners(library: str) -> None:
    users = {m for m in MODULES for name in imports(m) if name.split(".")[0] == library}
    assert {module for module in users if not is_of(module, OWNERS[library])} == set()


def reshaping(node: ast.AST) -> str | None:
    """Return what a piece of code does that only the rows and columns of a frame can do."""
    if isinstance(node, ast.Attribute) and node.attr in FRAME_WORDS:
        return node.attr
    of_columns = isinstance(node, ast.Subscript) and isinstance(node.slice, ast.List)
    return ast.unparse(node) if of_columns else None


def test_whoever_does_not_own_pandas_passes_its_tables_on_and_reshapes_none() -> None:
    assert all(hasattr(pd.DataFrame, word) or hasattr(pd.Series, word) for word in FRAME_WORDS)
    # Cells of a workbook are merged, and tiles are assigned: these words are not of tables there.
    own_words = ("drawing", "sources.cells")
    owners = (*OWNERS["pandas"], *OWNERS["geopandas"], *own_words)
    others = [m for m in MODULES if not is_of(m, owners)]
    assert {"fsva.runs.tabulation", "fsva.words.report", "fsva.cli.runner"} <= set(others)
    found = {m: {w for n in ast.walk(tree(m)) if (w := reshaping(n))} for m in others}
    assert {module: words for module, words in found.items() if words} == {}


def test_only_sources_open_data_and_only_publish_writes() -> None:
    # rasterio and Pillow open pictures in memory by the same word as a file. A column of a table
    # is renamed with the same word as a file.
    plain = {"toml.read_text", "plain.open", "Image.open", "os.open", "formatter.write_text"}
    used = {m: {c.rsplit(".", 1)[-1] for c in set(calls(m)) - plain} for m in MODULES}
    assert {m: u & READING for m, u in used.items() if u & READING and not is_of(m, READERS)} == {}
    writing = WRITING - {"rename"}
    assert {m: u & writing for m, u in used.items() if u & writing and not is_of(m, WRITERS)} == {}


@pytest.mark.parametrize("words", ["--help", "atlas --help", "--versi"])
def test_help_comes_at_once(words: str) -> None:
    run = f"from fsva import cli\nassert cli.main({words.split()!r}) == 0"
    light = {"pydantic"} if words.startswith("atlas") else set()
    loaded = loaded_by(run)
    assert "click" in loaded
    assert loaded & (HEAVY - light) == set()


def test_an_atlas_loads_only_the_libraries_that_it_needs(tmp_path: Path) -> None:
    arguments = ["atlas", str(small.BELU), "--bentuk", "gpkg", "--keluaran", str(tmp_path / "x")]
    code = (
        "import sys\nfrom fsva.cli import entry\n"
        f"sys.argv = ['fsva', *{arguments}]\n"
        "try:\n entry()\nexcept SystemExit as end:\n assert not end.code"
    )
    installed = {name.split("-")[0] for name in packages_distributions()}
    loaded = {name.split(".")[0] for name in loaded_by(code)} & installed
    assert {name for name in loaded if not name.startswith("_")} - {"fsva"} <= FOR_AN_ATLAS


def test_an_atlas_reads_no_words_of_errors(tmp_path: Path) -> None:
    """They are half of all words, and parsing them took a two-hundredth of an atlas."""
    arguments = ["atlas", str(small.BELU), "--peta", "7", "--keluaran", str(tmp_path / "x")]
    code = (
        "import pathlib\nread, plain = [], pathlib.Path.read_text\n"
        "def heard(file, **how):\n read.append(file.name)\n return plain(file, **how)\n"
        "pathlib.Path.read_text = heard\n"
        "from fsva.cli import main\n"
        f"assert main({arguments}) == 0\n"
        "assert 'periksa.toml' in read\nassert 'galat.toml' not in read"
    )
    assert "fsva.cli" in loaded_by(code)


def test_nothing_to_do_is_found_out_without_heavy_libraries() -> None:
    code = (
        "from fsva.config.editions import edition\n"
        "from fsva.core.publishing import manifest, publish\n"
        "from fsva.runs import run_order"
    )
    assert loaded_by(code) & (HEAVY - {"pydantic"}) == set()


def test_what_stands_left_of_the_figures_loads_nothing_that_draws_or_writes() -> None:
    modules = (
        "fsva.sources.tables.edition_tables",
        "fsva.sources.layers.village_layer",
        "fsva.villages.repair",
        "fsva.villages.join",
        "fsva.index.joined_table",
        "fsva.words.specification",
        "fsva.words.report",
    )
    loaded = loaded_by(f"import {', '.join(modules)}")
    assert loaded >= set(modules)
    assert loaded & PLOT_AND_FILE == set()


def test_figures_load_no_writer_of_files() -> None:
    loaded = loaded_by("import fsva.drawing.sheets.sheet")
    assert "fsva.drawing.sheets.sheet" in loaded
    assert loaded & (PLOT_AND_FILE - {"uharfbuzz", "fsva.drawing"}) == set()
