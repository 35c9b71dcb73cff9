"""The structure of the PDFs, read back as a program that reads aloud would."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object

from tests.places import belu
from tests.places.belu import Made

FILES = [*(f"{stem}.pdf" for stem in belu.STEMS), "atlas.pdf"]
# Cover, contents, charts, summary map.
ATLAS_READ = (["H1", "Figure", "L", "Div"], ["H1", "TOC"], ["H1", "Sect"], ["H1", "Figure", "Div"])
READ = ["H1", "Figure", "Table", "L", "Figure", "Div"]


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


@pytest.fixture
def opened(atlas: Made, name: str) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(atlas.files[name])) as pdf:
        yield pdf


def kids(element: Object) -> list[Object]:
    """Return the elements in an element; links hold references to annotations beside them."""
    inner = [kid for kid in element.get("/K", Array()) if isinstance(kid, Dictionary)]
    return [kid for kid in inner if kid.get("/Type") != Name.OBJR]


def kind(element: Object) -> str:
    return str(element.S).removeprefix("/")


def elements(element: Object) -> Iterator[Object]:
    yield element
    for kid in kids(element):
        yield from elements(kid)


def sections(pdf: pikepdf.Pdf) -> list[Object]:
    (document,) = pdf.Root.StructTreeRoot.K
    assert kind(document) == "Document"
    return kids(document)


def marks(page: pikepdf.Page) -> list[tuple[str, int | None]]:
    """Return type and number of the outermost marked parts of a page; nothing lies between."""
    found: list[tuple[str, int | None]] = []
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("BDC", "BMC"):
            if depth == 0:
                number = operands[1].get("/MCID") if len(operands) > 1 else None
                found.append((str(operands[0])[1:], None if number is None else int(number)))
            depth += 1
        elif str(operator) == "EMC":
            depth -= 1
        elif str(operator) in ("S", "f*", "B*", "TJ", "Do", "sh"):
            assert depth > 0, "drawn, but neither tagged nor decoration"
    assert depth == 0
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_that_it_is_tagged(opened: pikepdf.Pdf, name: str) -> None:
    assert opened.Root.MarkInfo.Marked
    assert [kind(s) for s in sections(opened)] == ["Sect"] * len(opened.pages)
    for section, page in zip(sections(opened), opened.pages, strict=True):
        assert page.obj.Tabs == Name.S
        kinds = [kind(part) for part in kids(section)]
        # A key of numbered villages follows the map; not every map needs one.
        of_map = (READ, [*READ[:2], "L", *READ[2:]])
        # The strip of a draft is a note too.
        others = [*ATLAS_READ, *([*one, "Div"] for one in ATLAS_READ)]
        assert kinds in (of_map if name != "atlas.pdf" else (*of_map, *others))


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_every_mark_on_a_page_belongs_to_one_element_and_every_element_s_mark_is_there(
    opened: pikepdf.Pdf, name: str
) -> None:
    numbers = opened.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    linked = sum(len(page.obj.get("/Annots", [])) for page in opened.pages)
    assert linked == (16 if name == "atlas.pdf" else 0)
    assert sorted(parents) == list(range(len(opened.pages) + linked))
    for section, page in zip(sections(opened), opened.pages, strict=True):
        owners = parents[int(page.obj.StructParents)]
        tagged = [(tag, n) for tag, n in marks(page) if n is not None]
        assert len({n for _, n in tagged}) == len(tagged)
        assert {tag for tag, n in marks(page) if n is None} == {"Artifact"}
        for tag, n in tagged:
            assert kind(owners[n]) == tag
            assert n in [int(kid) for kid in owners[n].K if not isinstance(kid, Dictionary)]
        claimed = [int(k) for e in elements(section) for k in e.get("/K", [])
                   if not isinstance(k, Dictionary)]  # fmt: skip
        assert sorted(claimed) == sorted(n for _, n in tagged)


@pytest.mark.parametrize("name", FILES)
def test_elements_know_their_parents_and_pages(opened: pikepdf.Pdf, name: str) -> None:
    for section, page in zip(sections(opened), opened.pages, strict=True):
        for element in elements(section):
            assert element.Pg.objgen == page.obj.objgen
            for kid in kids(element):
                assert kid.P.objgen == element.objgen


@pytest.mark.parametrize("name", FILES)
def test_pictures_have_words_and_a_place(atlas: Made, opened: pikepdf.Pdf, name: str) -> None:
    sheets = atlas.sheets if name == "atlas.pdf" else [atlas.sheets[FILES.index(name)]]
    maps = sections(opened)[2:9] if name == "atlas.pdf" else sections(opened)
    for section, sheet in zip(maps, sheets, strict=True):
        figures = [part for part in kids(section) if kind(part) == "Figure"]
        assert [str(f.Alt) for f in figures] == [sheet.in_words["map"], sheet.in_words["locator"]]
        frame = [float(edge) * 25.4 / 72 for edge in figures[0].A.BBox]
        box = atlas.box("map")
        assert frame == pytest.approx([box.left, box.bottom, box.right, box.top], abs=0.01)


@pytest.mark.parametrize("name", FILES[:1])
def test_the_legend_is_a_table_of_equal_rows_with_heads(opened: pikepdf.Pdf, name: str) -> None:
    (table,) = (e for e in elements(sections(opened)[0]) if kind(e) == "Table")
    caption, *rows = kids(table)
    assert kind(caption) == "Caption"
    assert [kind(row) for row in rows] == ["TR"] * 7
    cells = [[(kind(c), str(c.A.Scope) if kind(c) == "TH" else "") for c in kids(r)] for r in rows]
    assert cells == [[("TH", "/Row"), ("TD", "")]] * 7  # six classes and the total


@pytest.mark.shared
def test_the_key_of_numbered_villages_is_a_list_of_numbers_and_names(shared_dir: Path) -> None:
    atlas = belu.made(layer=shared_dir / "boundaries" / "desa_53.04_belu.geojson")
    keyed = [t for t in atlas.sheets[0].texts() if t.tag[:1] == ("key",) and t.tag[-1] == "LBody"]
    assert keyed
    with pikepdf.open(io.BytesIO(atlas.files[FILES[0]])) as pdf:
        lists = [e for e in elements(sections(pdf)[0]) if kind(e) == "L"]
        rows = [kids(row) for e in lists[:-1] for row in kids(e) if kind(row) == "LI"]
        assert [[kind(part) for part in row] for row in rows] == [["Lbl", "LBody"]] * len(keyed)
    names = {row["desa"] for row in atlas.rows()}
    assert {text.text for text in keyed} <= names


def test_text_comes_in_the_order_of_reading() -> None:
    atlas = belu.made()
    with pikepdf.open(io.BytesIO(atlas.files[FILES[6]])) as pdf:
        read = [tag for tag, number in marks(pdf.pages[0]) if number is not None]
    order = [read.index(tag) for tag in ("H1", "Figure", "Caption", "TH", "P")]
    assert order == sorted(order)


def test_every_word_beside_furniture_is_read() -> None:
    for sheet in belu.made().sheets:
        passed_over = [t.text for layer in sheet.layers for t in layer.items
                       if hasattr(t, "text") and not (t.tag or layer.tag)]  # fmt: skip
        furniture = r"\d+°\d\d′ (BT|LS|LU)|[\d,]+|km|U|Skala 1 : [\d.]+"
        assert [words for words in passed_over if not re.fullmatch(furniture, words)] == []


def test_structure_types_are_those_of_the_standard() -> None:
    standard = {"Document", "Sect", "Div", "H1", "P", "L", "LI", "Lbl", "LBody", "Table", "Caption",
                "TR", "TH", "TD", "Figure", "TOC", "TOCI", "Reference", "Link", "H2"}  # fmt: skip
    with pikepdf.open(io.BytesIO(belu.made().files["atlas.pdf"])) as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        assert {kind(e) for e in elements(document)} <= standard
