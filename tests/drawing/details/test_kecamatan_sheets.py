"""Sheets per kecamatan: due only where the map is short of room, and then complete."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest
import shapely

from fsva.core.box import Box
from fsva.drawing.details import kecamatan_sheets, village_index
from fsva.drawing.details.village_index import Found
from fsva.drawing.elements import notes
from fsva.drawing.paper.scene import Layer, Mark, Sheet, Text, bounds
from fsva.drawing.paper.text_boxes import text_area, text_box
from fsva.drawing.sheets import name_furniture, name_table
from fsva.drawing.sheets.name_table import Entry
from fsva.files.writers import pdf
from fsva.words.specification import LegendRow, MapSpecification
from tests.places import daerah
from tests.places.lembar_daerah import LAYOUTS

ROWS = tuple(LegendRow(n, f"#{n}0{n}0{n}0", f"Kelas {n}", "", 0) for n in range(7))
pytestmark = [pytest.mark.shared, pytest.mark.slow]


def specification(codes: list[str]) -> MapSpecification:
    """Return a map with invented classes; every seventh village is without one."""
    priorities = {code: n % 7 for n, code in enumerate(codes)}
    return MapSpecification(
        7,
        "komposit",
        "peta-7",
        "Peta 7",
        "Uji 2021",
        "indeks",
        priorities,
        ROWS,
        ("Data.", "Batas.", "Sumber."),
        (),
    )


def pages(shared: Path, name: str) -> tuple[Sheet, ...]:
    studio, arranged = daerah.arranged(shared, name)
    return kecamatan_sheets.sheets(studio, arranged, specification(list(studio.villages.index)))


@pytest.fixture(scope="module")
def aceh(shared_dir: Path) -> tuple[Sheet, ...]:
    return pages(shared_dir, "aceh-utara")


def maps(sheets: tuple[Sheet, ...]) -> list[Sheet]:
    """Return the sheets with a map, without the index."""
    return [page for page in sheets if page.grounds]


def layers(page: Sheet, name: str) -> list[Layer]:
    """Return the layers of a name: that of the map, then those of its insets."""
    return [one for one in page.layers if one.name == name]


def layer(page: Sheet, name: str) -> Layer:
    return layers(page, name)[0]


def test_a_district_with_room_needs_no_list(shared_dir: Path) -> None:
    assert pages(shared_dir, "belu") == ()
    assert pages(shared_dir, "cilegon") == ()


def test_a_slide_without_names_of_villages_needs_no_list(shared_dir: Path) -> None:
    studio, arranged = daerah.arranged(shared_dir, "aceh-utara", "salindia")
    shown = specification(list(studio.villages.index))
    assert kecamatan_sheets.sheets(studio, arranged, shown) == ()


def test_every_kecamatan_has_a_sheet_with_its_own_title(
    aceh: tuple[Sheet, ...], shared_dir: Path
) -> None:
    studio, _ = daerah.arranged(shared_dir, "aceh-utara")
    titles = [page.title for page in maps(aceh)]
    assert len(set(titles)) == len(titles)
    for kecamatan in set(studio.villages["kecamatan"]):
        assert any(title.startswith(f"Peta Kecamatan {kecamatan}") for title in titles)


def test_villages_have_the_colour_of_their_class_and_neighbours_are_white(
    aceh: tuple[Sheet, ...], shared_dir: Path
) -> None:
    studio, _ = daerah.arranged(shared_dir, "aceh-utara")
    classes = specification(list(studio.villages.index)).priorities
    called, own = studio.villages.by_code("desa"), list[str]()
    for page in maps(aceh):
        listed = {t.text for t in layer(page, "list").texts() if t.tag and t.tag[-1] == "TH 1"}
        fills = {i.code: i.fill for i in layer(page, "villages").items if isinstance(i, Mark)}
        for inset in layers(page, "villages")[1:]:
            larger = {i.code: i.fill for i in inset.items if isinstance(i, Mark)}
            assert larger.items() <= (dict.fromkeys(larger, "#FFFFFF") | fills).items()
        for code, fill in fills.items():
            if fill != studio.layout.colours.paper:
                assert fill == ROWS[classes[code]].colour
                assert called[code] in listed
                own.append(code)
        grey = {studio.layout.colours.foreign, studio.layout.colours.land}
        assert not grey & set(fills.values())
    assert sorted(own) == sorted(studio.villages.index)


def test_the_index_leads_to_the_sheet_of_every_village(
    aceh: tuple[Sheet, ...], shared_dir: Path
) -> None:
    studio, _ = daerah.arranged(shared_dir, "aceh-utara")
    shown = {
        n: {t.text for t in layer(page, "list").texts()} for n, page in enumerate(maps(aceh), 1)
    }
    rows: list[tuple[str, ...]] = []
    for page in aceh[len(shown) :]:
        cells: dict[str, list[str]] = {}
        for text in layer(page, "list").texts():
            if text.tag and text.tag[1] != "TR 0":
                cells.setdefault(text.tag[1], []).append(text.text)
        rows += [tuple(cell) for cell in cells.values()]
    villages = [row for row in rows if len(row) == 3]
    names = studio.villages.frame[["desa", "kecamatan"]].itertuples(index=False)
    assert sorted(row[:2] for row in villages) == sorted(tuple(name) for name in names)
    for village, kecamatan, number in villages:
        assert {village, kecamatan} <= shown[int(number)]
    assert [row[0] for row in villages] == sorted((r[0] for r in villages), key=str.casefold)
    heads = [row[0] for row in rows if len(row) == 2]
    assert heads == sorted(set(studio.villages["kecamatan"]))


def test_several_sheets_of_a_kecamatan_are_a_span_in_the_index() -> None:
    found = [Found("B", "K", 2), Found("a", "K", 1), Found("C", "L", 3)]
    lines = village_index.lines(found)
    assert lines[:2] == [("", "K", "1-2"), ("", "L", "3")]
    assert [line[0] for line in lines[2:]] == ["a", "B", "C"]


def test_every_village_is_listed_once_with_number_and_class(
    aceh: tuple[Sheet, ...], shared_dir: Path
) -> None:
    studio, arranged = daerah.arranged(shared_dir, "aceh-utara")
    classes = specification(list(studio.villages.index)).priorities
    wanted = sorted(
        (kecamatan, arranged.listed[code], name, str(classes[code] or "-"))
        for code, name, kecamatan in studio.villages.frame[["desa", "kecamatan"]].itertuples()
    )
    listed: list[tuple[str, ...]] = []
    for page in maps(aceh):
        rows: dict[str, list[str]] = {}
        for text in layer(page, "list").texts():
            if text.tag and text.tag[1] not in ("Caption", "TR 0"):
                rows.setdefault(text.tag[1], []).append(text.text)
        heads = [row for row in rows.values() if len(row) == 1]
        assert heads
        kecamatan = ""
        for row in rows.values():
            kecamatan = row[0] if len(row) == 1 else kecamatan
            listed += [(kecamatan, *row)] if len(row) > 1 else []
    assert sorted(listed) == wanted


def test_the_head_of_a_kecamatan_stands_above_its_villages() -> None:
    entries = [Entry("A"), *[Entry("x", "1")] * 2, Entry("B"), *[Entry("x", "1")] * 2]
    places = list(name_table._places(entries, 4))
    assert places == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


def test_a_list_is_read_as_a_table_of_rows_with_heads(
    aceh: tuple[Sheet, ...], shared_dir: Path
) -> None:
    studio, _ = daerah.arranged(shared_dir, "aceh-utara")
    file = pdf.PdfWriter(aceh, studio.faces).write(aceh, "Daftar")
    with pikepdf.open(io.BytesIO(file)) as opened:
        (document,) = opened.Root.StructTreeRoot.K
        for n, (section, page) in enumerate(zip(document.K, opened.pages, strict=True)):
            kinds = [str(part.S) for part in section.K]
            if n >= len(maps(aceh)):
                assert kinds == ["/H1", "/Table", "/Div"]
                continue
            assert kinds == ["/H1", "/Figure", "/L", "/Table", "/Figure", "/Div"]
            caption, *rows = section.K[3].K
            assert str(caption.S) == "/Caption"
            for row in rows:
                spans = [int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in row.K]
                assert sum(spans) == 3
                assert any(str(cell.S) == "/TH" for cell in row.K)
            assert "Kecamatan" in str(section.T)
            assert page.VP[0].Measure.Subtype == "/GEO"


def test_a_list_has_the_furniture_of_a_map(aceh: tuple[Sheet, ...]) -> None:
    for n, page in enumerate(maps(aceh), start=1):
        said = " ".join(text.text for text in page.texts())
        of_map = ("Nomor cetak", "Skala 1 : ", "km", " BT", " LU", "Proyeksi UTM zona 47N")
        for words in (f"Lembar {n} dari {len(aceh)}", *of_map, "Sumber.", "Kelas: Peta 7."):
            assert words in said
        (index,) = (one for one in page.layers if one.name == "index")
        assert index.clip
        drawn = [bounds(i.shape).polygon() for i in index.items if isinstance(i, Mark)]
        assert shapely.covers(index.clip.inset(-0.01).polygon(), drawn).all()


# A slide names no villages: it has no lists, and not the boxes that they need.
@pytest.mark.parametrize("form", [form for form in LAYOUTS if form != "salindia"])
def test_rooms_of_a_list_keep_apart(shared_dir: Path, form: str) -> None:
    studio = daerah.studio(shared_dir, "aceh-utara", form)
    one = specification(list(studio.villages.index))
    rooms = name_furniture.rooms(studio, one)
    others = [studio.layout.boxes.box(name) for name in ("title", "map", "stamp")]
    every = [rooms.table, rooms.orientation, rooms.notes, rooms.index, *others]
    assert not any(a.inset(0.01).overlaps(b) for a, b in combinations(every, 2))
    frame = studio.layout.boxes.box("frame")
    assert shapely.covers(frame.polygon(), [box.polygon() for box in every]).all()
    needed = notes.height(name_furniture.paragraphs(studio, one), studio.faces,
                          studio.layout.type.note, rooms.notes.width)  # fmt: skip
    assert needed <= rooms.notes.height


def test_nothing_on_a_list_overlaps_or_leaves_its_box(
    aceh: tuple[Sheet, ...], shared_dir: Path
) -> None:
    studio, _ = daerah.arranged(shared_dir, "aceh-utara")
    for page in aceh:
        for name in ("names", "key", "list", "furniture") if page.grounds else ("list",):
            for drawn in layers(page, name):
                texts = [i for i in drawn.items if isinstance(i, Text)]
                ink = shapely.buffer([text_area(t, studio.faces) for t in texts], -0.05)
                pairs = shapely.STRtree(ink).query(ink, predicate="intersects").T.tolist()
                assert [(texts[i].text, texts[j].text) for i, j in pairs if i < j] == []
                assert min(t.size_pt for t in texts) >= 6
        paper = Box(0, 0, page.width_mm, page.height_mm).polygon()
        boxes = [text_box(t, studio.faces).polygon() for t in page.texts()]
        assert shapely.covers(paper, boxes).all()


def test_every_village_is_named_or_numbered_on_its_sheet(
    aceh: tuple[Sheet, ...], shared_dir: Path
) -> None:
    studio, _ = daerah.arranged(shared_dir, "aceh-utara")
    found = [
        item.code
        for page in maps(aceh)
        for names in layers(page, "names")
        for item in names.items
        if isinstance(item, Text) and item.code
    ]
    assert set(found) == set(studio.villages.index)


def test_no_number_stands_in_another_kecamatan(aceh: tuple[Sheet, ...], shared_dir: Path) -> None:
    studio, _ = daerah.arranged(shared_dir, "aceh-utara")
    kecamatan = studio.kecamatan
    panels = [
        pair
        for page in maps(aceh)
        for pair in zip(layers(page, "villages"), layers(page, "names"), strict=True)
    ]
    for below, names in panels:
        villages = [i for i in below.items if isinstance(i, Mark)]
        areas = [shapely.build_area(shapely.MultiLineString(list(i.shape.parts))) for i in villages]
        tree = shapely.STRtree(areas)
        for text in names.texts():
            if text.code and text.text.isdigit():
                ink = text_area(text, studio.faces)
                under = {villages[n].code for n in tree.query(ink, predicate="intersects")}
                assert {kecamatan[code] for code in under} <= {kecamatan[text.code]}
