"""Every file of every command carries the mark of a draft, and loses it when all is filled in.

A new writer is met here without being named: each kind of file is looked at by its ending, and an
ending that nobody has decided on fails.
"""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
import python_calamine
from docx.oxml.ns import qn
from PIL import Image

from fsva import cli
from fsva.config.editions import edition as editions
from fsva.config.styles import draft_style
from fsva.core import texts
from fsva.core.publishing.result_store import FOLDER
from fsva.runs import run_order
from tests.places import contoh, lapisan, sunting_belu
from tests.project.rooms import MODULES, imports, tree

pytestmark = pytest.mark.usefixtures("coarse_pictures")

SENTENCE = "DRAF - belum lengkap: "
# Data for programs: the manifest says it, or DRAF.txt beside them.
UNMARKED = {".csv", ".csvt", ".json", ".pgw", ".xml", ".qml", ".sld", ".tfw", ".shp", ".shx",
            ".dbf", ".prj", ".cpg", ".parquet"}  # fmt: skip
OPEN = (
    ("tanggal = 2021-11-25", 'tanggal = "belum diisi"'),
    ('penyusun = "Penyusun Contoh"', 'penyusun = "belum diisi"'),
    ('id = "gambar tangan", en = "drawn by hand"', 'id = "desa.geojson", en = "desa.geojson"'),
)
COMMANDS = {
    "atlas": ("--aspek", "--tanda-keyakinan", "--bentuk", "svg", "--bentuk", "webp",
              "--bentuk", "geotiff", "--bentuk", "qgz", "--bentuk", "shp", "--bentuk", "geojson"),
    "periksa": (), "ringkasan": (), "sasaran": (), "profil": (), "keyakinan": ("--undian", "200"),
    "excel": (), "formulir": (),
    "buku": (), "paparan": (),
}  # fmt: skip


def edition(folder: Path, *, is_open: bool) -> Path:
    made = contoh.build(folder)
    for whole, gap in OPEN if is_open else ():
        sunting_belu.replace(made / "edition.toml", whole, gap)
    return made


def run_all(made: Path, folder: Path) -> None:
    for name, more in COMMANDS.items():
        assert cli.main([name, str(made), "--keluaran", str(folder / name), *more]) in (0, 1)
    whole = edition(made.with_name("lengkap"), is_open=False)
    pair = [str(made), str(whole)]
    assert cli.main(["banding", *pair, "--keluaran", str(folder / "banding")]) == 0


def pdf(data: bytes) -> list[str]:
    """Return the title and the text of every page."""
    with pikepdf.open(io.BytesIO(data)) as document:
        title = str(document.docinfo.get("/Title"))
    pages = pypdfium2.PdfDocument(data)
    return [title, *(page.get_textpage().get_text_range() for page in pages)]


def picture(data: bytes) -> list[str]:
    """Return DRAF if the upper edge is the strip."""
    with Image.open(io.BytesIO(data)) as image:
        pixel = image.convert("RGB").getpixel((5, 5))
    ground = draft_style.load().strip.ground
    return ["DRAF" if "#{:02X}{:02X}{:02X}".format(*pixel) == ground.upper() else "-"]


def workbook(data: bytes) -> list[str]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [str(book.get_sheet_by_name(name).to_python()[:2]) for name in book.sheet_names]


def raster(data: bytes) -> list[str]:
    import rasterio

    with rasterio.MemoryFile(data).open() as opened:
        return [opened.tags()["Title"]]


def word(data: bytes) -> list[str]:
    """Return the text, and the head of each kind of pages of each section."""
    file = docx.Document(io.BytesIO(data))
    heads = [
        "".join(t.text or "" for t in head._element.iter(qn("w:t")))
        for section in file.sections
        for head in (section.header, section.first_page_header)
        if head is section.header or section.different_first_page_header_footer
    ]
    return [zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode(), *heads]


def layers(data: bytes) -> list[str]:
    """Return what a GeoPackage says of each layer."""
    base = lapisan.opened(data)
    said = base.execute("SELECT description FROM gpkg_contents WHERE data_type = 'features'")
    return [description for (description,) in said]


def project(data: bytes) -> list[str]:
    """Return the title of a project, and what each of its layouts says."""
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("atlas.qgs"))  # noqa: S314
    layouts = (" ".join(item.get("labelText") or "" for item in layout.iter("LayoutItem"))
               for layout in root.iter("Layout"))  # fmt: skip
    return [str(root.findtext("title")), *layouts]


def text(data: bytes) -> list[str]:
    return [data.decode()]


def slides(data: bytes) -> list[str]:
    """Return what the first slide says, and the title of the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return [file.read(n).decode() for n in ("ppt/slides/slide1.xml", "docProps/core.xml")]


READERS = {".pptx": slides, ".pdf": pdf, ".png": picture, ".webp": picture,
           ".xlsx": workbook, ".tif": raster,
           ".docx": word, ".txt": text, ".html": text, ".svg": text,
           ".geojson": text, ".gpkg": layers, ".qgz": project}  # fmt: skip


def parts(folder: Path) -> dict[str, list[str]]:
    """Return what each file says that people open, part by part."""
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and FOLDER not in file.parts and file.suffix not in UNMARKED:
            name = file.relative_to(folder).as_posix()
            found[name] = READERS[file.suffix](file.read_bytes())
    return found


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the edition and its outputs while it is open."""
    folder = tmp_path_factory.mktemp("draf")
    made = edition(folder / "editions" / "contoh", is_open=True)
    run_all(made, folder / "keluaran")
    return made, folder / "keluaran"


@pytest.mark.slow
def test_every_file_that_people_open_carries_the_mark(outputs: tuple[Path, Path]) -> None:
    found = parts(outputs[1])
    assert {Path(name).suffix for name in found} == set(READERS)
    assert [(name, n) for name, said in found.items()
            for n, one in enumerate(said) if "DRAF" not in one] == []  # fmt: skip
    for name in ("atlas/laporan.txt", "ringkasan/bab-5.txt", "periksa/periksa.html",
                 "banding/banding.html", "sasaran/DRAF.txt"):  # fmt: skip
        assert f"{SENTENCE}" in found[name][0]
        assert "penyusun" in found[name][0]


@pytest.mark.slow
def test_tables_are_told_of_by_the_manifest_or_a_file_beside_them(
    outputs: tuple[Path, Path],
) -> None:
    _, folder = outputs
    keys = ["tanggal", "penyusun", "batas.sumber"]
    assert json.loads((folder / "atlas" / "manifest.json").read_text())["draf"] == keys
    for name in ("ringkasan", "sasaran", "keyakinan"):
        said = (folder / name / "DRAF.txt").read_text(encoding="utf-8")
        assert all(f"  {key}: " in said for key in keys)
        made = json.loads((folder / name / "manifest.json").read_text(encoding="utf-8"))
        assert "DRAF.txt" in made["keluaran"]
    record = json.loads((folder / "banding" / "banding.json").read_text(encoding="utf-8"))
    assert [side["draf"] for side in record["sisi"]] == [keys, []]


def test_the_terminal_warns(outputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    made, _ = outputs
    assert cli.main(["jejak", str(made), "Satu"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(SENTENCE)
    assert "edisi ini DRAF" in err
    assert "tanggal edisi; penyusun; sumber batas (nama berkas)" in err


@pytest.mark.slow
def test_the_mark_goes_when_all_is_filled_in(outputs: tuple[Path, Path]) -> None:
    made, folder = outputs
    edition(made, is_open=False)
    run_all(made, folder)
    found = parts(folder)
    assert not any("DRAF" in one for said in found.values() for one in said)
    assert not any(name.endswith("DRAF.txt") for name in found)
    assert "draf" not in json.loads((folder / "atlas" / "manifest.json").read_text())


def test_every_function_that_makes_a_sheet_hands_it_to_the_strip() -> None:
    import ast

    makers = []
    drawing = "fsva.drawing.paper.scene"
    for name in (name for name in MODULES if drawing in imports(name)):
        for node in ast.walk(tree(name)):
            if not isinstance(node, ast.FunctionDef):
                continue
            called = [ast.unparse(n.func) for n in ast.walk(node) if isinstance(n, ast.Call)]
            if "Sheet" in called:
                marks = {"draft_strip.marked", "draft_strip.marked_chart", "draft_mark.marked"}
                marked = marks & set(called)
                makers.append((name, bool(marked)))
    assert len(makers) >= 12
    assert [name for name, marked in makers if not marked] == []


def test_the_manifest_says_which_cut_offs_are_a_proposal(tmp_path: Path) -> None:
    made = sunting_belu.copy(tmp_path)
    facts = run_order.place(editions.load(made), None, texts.load("id")).facts()
    assert "usulan" not in facts
    baseline = tmp_path / "styles" / "dasar" / "belu-2021.toml"
    text = baseline.read_text(encoding="utf-8")
    baseline.write_text('usulan = ["komposit"]\n' + text, encoding="utf-8")
    facts = run_order.place(editions.load(made), None, texts.load("id")).facts()
    assert facts["usulan"] == ["komposit"]
