"""The glossary, and the Indonesian words of the code that it must hold.

Owns how a word is told to be Indonesian: a literal of the code whose parts the prose of the
docstrings and the names of the code do not use. ``python -m tests.project.glossary``
(``make glosarium``) writes the table of keys in docs/GLOSARIUM.md from the models.
"""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from fsva.core.toml import Section
from tests.places.small import ROOT
from tests.project.rooms import MODULES, tree

GLOSSARY = ROOT / "docs" / "GLOSARIUM.md"
MARKS = ("<!-- keys: written by make glosarium -->\n", "<!-- end of keys -->\n")
TERM = re.compile(r"^\| `([a-z0-9_]+)` \| ([^|]+) \| ([^|]+) \|$", re.M)
LITERAL = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*(?:\.(?:csv|json|txt|html|xlsx|toml))?")
# Calls whose words are keys of the catalogues of texts or of errors, or words of Python.
OTHER_CALLS = ("texts", "words", "raw", "has", "encode", "decode", "TypeVar", "getattr")
OTHER_ARGUMENTS = ("encoding", "engine", "mode", "how", "kind", "dtype")
# Words of libraries, formats and standards.
_OF_LIBRARIES = """tls tcp spawn distributed darwin zoom  geography
    a4 ab arcgis bg blink brettel cat center collapse css cstheme ctx d65 dbname dc edgecolor
    facecolor forbid forbidden ge geography geopandas geotiff greater ht ignore iso italic jenks js
    keepalives kern kg lab le linux
    locale localhost ls ltr machado maybe medium mismatch mitre msg normal nul ogr ogc pandas pdfaid
    pdfuaid photometric picked pillow proxy pydantic pypdfium2 pyproj rb ref regular rev select
    shapely
    activex ctrlprops drawings embeddings externallinks media mimetype pivotcache pivottables
    printersettings si thumbnails wb
    r101 r102 r103 r104 spanned
    2a a3 auto c14n cols descr dxa jinja2 lxml multilevel pic preserve separate strike sz toc
    typst wp
    srid sslpassword subcommand swipe td timeout txt uharfbuzz urgency urls utf va valign vars
    auto criteria solid vcenter bright dumb truecolor
    big fix vb visibility win32 xb xf
    aliases attributetableconfig capitalization capstyle constraints custom customdash enabled
    enableorderby fid forceraster joinstyle labeling miter obstacle rendering rhr simple solid
    symbollevels symbols undefined v2 xmlns zstd
    abstract attr authid basic behavior centered child customproperties dataset datasource
    destinationsrs exclusive expanded halign inverted layername layerorder manager mapcanvas
    maplayer meters mutually preset presets projectlayers projectname provider rendermaptile
    spatialrefsys subgroup thousand xmax xmin ymax ymin interrupted
"""
TECHNICAL = frozenset(re.findall(r"\w+", _OF_LIBRARIES))


def rows() -> dict[str, tuple[str, str]]:
    """Return the terms of the glossary with their English identifiers and meanings."""
    found = TERM.findall(GLOSSARY.read_text(encoding="utf-8").partition(MARKS[0])[0])
    assert len({term for term, *_ in found}) == len(found), "a term stands twice"
    return {term: (identifier.strip(), meaning.strip()) for term, identifier, meaning in found}


def parts(word: str) -> Iterator[str]:
    """Yield the words of a name, numbers and single letters left out."""
    yield from (p for p in re.split(r"[_.\- ]", word) if len(p) > 1 and not p.isdigit())


@cache
def english() -> frozenset[str]:
    """Return the words of docstrings outside of code, and of the names of the code."""
    words: set[str] = set()
    for module in MODULES:
        for node in ast.walk(tree(module)):
            words.update(_of_docstring(node), _of_name(node))
    return frozenset(words)


def _of_docstring(node: ast.AST) -> list[str]:
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
        return []
    code = r"``[^`]*``|`[^`]*`|\*[^*]*\*|\"[^\"]*\"|\{[^}]*\}|>>>.*"
    return re.findall(r"[a-z]+", re.sub(code, " ", ast.get_docstring(node) or ""))


def _of_name(node: ast.AST) -> list[str]:
    name = ""
    if isinstance(node, ast.FunctionDef):
        name = node.name
    elif isinstance(node, ast.Attribute):
        name = node.attr
    elif isinstance(node, ast.ClassDef):
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name)
    return [word.lower() for word in name.strip("_").split("_")]


def literals(module: str) -> Iterator[str]:
    """Yield the literals of a module that may be words of data: no docstrings, no texts."""
    whole = tree(module)
    skipped = {id(constant) for node in ast.walk(whole) for constant in _not_data(node)}
    for node in ast.walk(whole):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in skipped and LITERAL.fullmatch(text):
            yield text


def _not_data(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the constants of docstrings, of texts that are put together, and of other keys."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.Call):
        name = ast.unparse(node.func).rpartition(".")[2]
        of_words = name in OTHER_CALLS
        if of_words or name.endswith("Error") or name == "error":
            yield from (part for argument in node.args for part in ast.walk(argument))
        yield from (k.value for k in node.keywords if of_words or k.arg in OTHER_ARGUMENTS)


def models() -> list[type[Section]]:
    """Return every model of a TOML section, sorted by name."""
    for module in MODULES:
        import_module(module)
    found, ahead = set(), [Section]
    while ahead:
        below = ahead.pop().__subclasses__()
        found.update(model for model in below if model.__module__.startswith("fsva."))
        ahead.extend(below)
    return sorted(found, key=lambda model: (model.__module__, model.__name__))


def aliases() -> Iterator[tuple[str, str, type[Section]]]:
    """Yield every key of a TOML file that has another name in the code, that name, its model."""
    for model in models():
        for name, field in model.model_fields.items():
            if name in model.__annotations__ and field.alias and field.alias != name:
                yield field.alias, name, model


def headers() -> Iterator[str]:
    """Yield the columns, the words in cells and the names of tables that are read or written."""
    for folder in ("editions", "boundaries"):
        for file in sorted((ROOT / folder).rglob("*.csv")):
            with file.open(encoding="utf-8-sig", newline="") as opened:
                first = opened.readline().strip()
            yield from next(csv.reader([first], delimiter=";" if ";" in first else ","))
    declared = tomllib.loads((ROOT / "styles" / "tabel.toml").read_text(encoding="utf-8"))
    for table in declared["tabel"]:
        yield table["berkas"].removesuffix(".csv")
        for column in (c for c in table["kolom"] if isinstance(c, dict)):
            yield re.sub(r"\{\w+\}_?", "", column["nama"])
            yield from (word.replace(",", "") for word in column.get("pilihan", {}).values())


def in_use() -> set[str]:
    """Return every word of the code, the styles and the editions."""
    places = (ROOT / "pipeline" / "fsva", ROOT / "styles", ROOT / "editions", ROOT / "boundaries")
    files = (
        f for place in places for f in place.rglob("*.*") if f.suffix in {".py", ".toml", ".csv"}
    )
    text = "\n".join(f.read_text(encoding="utf-8") for f in files)
    return set(re.findall(r"[a-z0-9]+", text))


def key_table() -> str:
    """Return the table of keys as the models have them."""
    lines = [
        f"| `{key}` | `{name}` | `{model.__module__.removeprefix('fsva.')}`, `{model.__name__}` |\n"
        for key, name, model in sorted(aliases(), key=lambda row: (row[0], row[2].__name__))
    ]
    return "| key | identifier | module, model |\n|---|---|---|\n" + "".join(lines)


def rewrite() -> None:
    """Write the table of keys in docs/GLOSARIUM.md anew."""
    before, _, rest = GLOSSARY.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    text = before + MARKS[0] + key_table() + MARKS[1] + after
    GLOSSARY.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    rewrite()
