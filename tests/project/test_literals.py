"""Words and colours that people see are data in ``styles/``, not literals in the package.

A literal of two words in a row, or a colour, stands here with its reason or fails. Words inside
markup count; the markup does not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.project.rooms import MODULES, tree

COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b")
# Two words in a row, or one at the end of a part of an f-string.
PHRASE = re.compile(
    r"[^\W\d_]{2,}[,:;.]? [^\W\d_]{2,}|(?:^|\s)[^\W\d_]{3,}[,:;.]? $|^ [^\W\d_]{3,}\b"
)
MARKUP = re.compile(r"<[^<>]*>?|^[^<>]*?\"[^<>]*>|^[^<>]*>|\b[\w:-]+=\"[^\"]*\"?")

# Modules whose literals are in a language of machines, or end in a manual by a command.
LANGUAGES = {
    "fsva.sources.layers.postgis": "SQL",
    "fsva.sources.layers.code_prefixes": "SQL",
    "fsva.sources.layers.plain_geojson": "SQL",
    "fsva.sources.layers.virtual_tables": "SQL",
    "fsva.sources.web.wilayah_sql": "SQL",
    "fsva.files.book.word.base_document": "names of styles of Word",
    "fsva.files.book.word.fields": "codes of fields of Word",
    "fsva.files.writers.pdf_content": "operators of PDF",
    "fsva.files.writers.pdf_fonts": "PostScript",
    "fsva.files.writers.pdf_info": "XMP",
    "fsva.files.layers.class_conditions": "expressions of QGIS",
    "fsva.files.layers.geopackage": "SQL",
    "fsva.files.qgis.map_items": "SVG and expressions of QGIS",
    "fsva.files.qgis.project_layers": "sources of QGIS",
    "fsva.files.writers.geotiff": "XML of GDAL and QGIS",
    "fsva.files.writers.worldfile": "XML of GDAL",
    "fsva.comparison.values.result": "docs/skema-banding.json, written by a command",
    "fsva.comparison.values.subjects": "docs/skema-banding.json, written by a command",
}
VOCABULARY = "a kind in files that programs read, the same in all languages"
LAYER = "the name of a layer of a sheet, which nobody reads"
EXCEPTIONS = {
    **dict.fromkeys(("ganti nama", "ganti kode", "tata ulang", "batas berubah"), VOCABULARY),
    **dict.fromkeys(("kode di lapisan", "isi desa", "garis batas", "kepala lembar"), VOCABULARY),
    "tanpa data": "a label in ringkasan.csv",
    "Form ": "begins the names of sheets, the same in all languages",
    **dict.fromkeys(("inset ground", "inset frame", "inset names", "class hatching"), LAYER),
    **dict.fromkeys(("locator country", "locator head"), LAYER),
    " has no attribute ": "what Python says of a module",
    "module ": "what Python says of a module",
    **dict.fromkeys(("kabupaten ", "kota "), "begins names in gazetteers"),
    "Table Grid": "a style of Word",
    "heading ": "the name of a style of Word",
    "drawing ": "part of a record that is hashed",
    "[isi buku]": "the mark in an office's template, told in docs/buku.md",
    "a PDF file ends with the place of its table": "a reason that only a programmer reads",
    "a table of objects says how wide its columns are": "a reason that only a programmer reads",
    **dict.fromkeys((">IIBBBBB", ">IIB"), "the layout of bytes in a PNG file"),
    "ESRI Shapefile": "the name of a driver",
    **dict.fromkeys(("too complex", "too large"), "what GDAL says of a layer"),
    **dict.fromkeys(("failed to map segment", "annot allocate memory"), "what Linux says"),
    "field larger than": "what csv says of an endless cell",
    **dict.fromkeys(("center right", "lower left"), "places in matplotlib"),
    "Numba not installed": "a warning of mapclassify",
    "UTM zone ": "how EPSG names a projection",
    "sRGB IEC61966-2.1": "the name of a profile",
    "Liberation Sans, Arial, Helvetica, sans-serif": "names of fonts",
    "@font-face{font-family:Liberation Sans;font-weight:": "the name of a font",
    " rotate(": "SVG",
    " translate(": "SVG",
    " scale(": "SVG",
    "barat < timur, selatan < utara": "keys of a file",
    "arsir.sudut, arsir.jarak ≠ arsir.sudut, arsir.jarak": "keys of a file",
    "# --- Ditulis oleh `fsva batas ambil`; jangan menulis di bawah baris ini ---\n":
        "the mark by which a file's own part is known again",
    "Constant values encountered": "a warning of SALib, by which it is known",
    "map apart": "classes of an element of a page",
    "#000000": "the ink of a text that is given none",
    '<rect width="100%" height="100%" fill="#FFFFFF"/>': "paper",
}  # fmt: skip
PATTERNS = {"fsva.sources.tables.targets": "headings by which a table of persons is known"}


def literals(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module that are no docstrings, with their lines."""
    prose = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def seen(text: str) -> bool:
    """Tell whether a text holds words or a colour that a person might see."""
    return bool(COLOUR.search(text) or PHRASE.search(MARKUP.sub(" ", text)))


def offenders(name: str) -> list[str]:
    """Return the literals of a module that should be data."""
    if name in LANGUAGES or name in PATTERNS:
        return []
    return [
        f"{name}:{line}: {text!r}"
        for line, text in literals(tree(name))
        if text not in EXCEPTIONS and seen(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [("tidak ada data", True), ("color: #ABC;", True), ("<p>Tidak ada</p>", True),
     ("#EEEEEE", True), ('<ul class="key" id="key">', False), ("kode_bps", False),
     ("peta.judul", False),
     ('" aria-hidden="true"><b>', False), ("Kecamatan ", True), (" jiwa", True), ("no data", True)],
)  # fmt: skip
def test_words_and_colours_are_found(text: str, found: bool) -> None:
    assert seen(text) is found


def test_the_package_holds_no_words_and_no_colours() -> None:
    assert [one for name in MODULES for one in offenders(name)] == []


def test_no_exception_is_idle() -> None:
    used = {text for name in MODULES for _, text in literals(tree(name))}
    assert set(EXCEPTIONS) <= used
    assert {*LANGUAGES, *PATTERNS} <= set(MODULES)
