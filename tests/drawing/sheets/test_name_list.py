"""The list on sheets of its own: due only where the map is short of room, and then complete."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest
import shapely

from fsva.core.box import Box
from fsva.drawing.elements import notes
from fsva.drawing.paper.scene import Layer, Mark, Sheet, Text, bounds
from fsva.drawing.paper.text_boxes import text_area, text_box
from fsva.drawing.sheets import name_furniture, name_list, name_table
from fsva.drawing.sheets.name_table import Entry
from fsva.files.writers import pdf
from fsva.words.specification import MapSpecification
from tests.places import daerah
from tests.places.lembar_daerah import LAYOUTS

MOST_LOST = 0
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
        (),
        ("Data.", "Batas.", "Sumber."),
        (),
    )


def pages(shared: Path, name: str) -> tuple[Sheet, ...]:
    studio, arranged = daerah.arranged(shared, name)
    return name_list.sheets(studio, arranged, specification(list(studio.villages.index)))


@pytest.fixture(scope="module")
def aceh(shared_dir: Path) -> tuple[Sheet, ...]:
    return pages(shared_dir, "aceh-utara")


def layer(page: Sheet, name: str) -> Layer:
    (found,) = (one for one in page.layers if one.name == name)
    return found


def test_a_district_with_room_needs_no_list(shared_dir: Path) -> None:
    assert pages(shared_dir, "belu") == ()
    assert pages(shared_dir, "cilegon") == ()


def test_every_village_is_listed_once_with_number_and_class(
    aceh: tuple[Sheet, ...], shared_dir: Path
) -> None:
    studio, arranged = daerah.arranged(shared_dir, "aceh-utara")
    classes = specification(list(studio.villages.index)).priorities
    wanted = sorted(
        (kecamatan, arranged.listed[code], name, str(classes[code] or "-"))
        for code, name, kecamatan in studio.villages[["desa", "kecamatan"]].itertuples()
    )
    listed: list[tuple[str, ...]] = []
    for page in aceh:
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
        for section, page in zip(document.K, opened.pages, strict=True):
            kinds = [str(part.S) for part in section.K]
            assert kinds == ["/H1", "/Figure", "/Table", "/Figure", "/Div"]
            caption, *rows = section.K[2].K
            assert str(caption.S) == "/Caption"
            for row in rows:
                spans = [int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in row.K]
                assert sum(spans) == 3
                assert any(str(cell.S) == "/TH" for cell in row.K)
            assert "Kecamatan" in str(section.T)
            assert page.VP[0].Measure.Subtype == "/GEO"


def test_a_list_has_the_furniture_of_a_map(aceh: tuple[Sheet, ...]) -> None:
    for n, page in enumerate(aceh, start=1):
        said = " ".join(text.text for text in page.texts())
        of_map = ("Manifes", "Skala 1 : ", "km", " BT", " LU", "Proyeksi UTM zona 47N")
        for words in (f"Lembar {n} dari {len(aceh)}", *of_map, "Sumber.", "Kelas: Peta 7."):
            assert words in said
        (index,) = (one for one in page.layers if one.name == "index")
        assert index.clip
        drawn = [bounds(i.shape).polygon() for i in index.items if isinstance(i, Mark)]
        assert shapely.covers(index.clip.inset(-0.01).polygon(), drawn).all()


@pytest.mark.parametrize("form", [*LAYOUTS])
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
        for name in ("names", "list", "furniture"):
            texts = [i for i in layer(page, name).items if isinstance(i, Text)]
            ink = shapely.buffer([text_area(t, studio.faces) for t in texts], -0.05)
            pairs = shapely.STRtree(ink).query(ink, predicate="intersects").T.tolist()
            assert [(texts[i].text, texts[j].text) for i, j in pairs if i < j] == []
            assert min(t.size_pt for t in texts) >= 6
        paper = Box(0, 0, page.width_mm, page.height_mm).polygon()
        boxes = [text_box(t, studio.faces).polygon() for t in page.texts()]
        assert shapely.covers(paper, boxes).all()


def test_every_village_is_found_on_the_map_or_on_that_of_its_sheet(
    aceh: tuple[Sheet, ...], shared_dir: Path
) -> None:
    studio, arranged = daerah.arranged(shared_dir, "aceh-utara")
    found = [
        item.code
        for page in aceh
        for item in layer(page, "names").items
        if isinstance(item, Text) and item.code
    ]
    lost = set(studio.villages.index) - set(found) - arranged.naming.named
    assert len(lost) <= MOST_LOST, lost
