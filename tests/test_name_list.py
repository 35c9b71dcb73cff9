"""The list on sheets of its own: due only where the map is short of room, and then complete."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import shapely

from pipeline.figures import name_list
from pipeline.figures.boxes import text_area, text_box
from pipeline.figures.scene import Box, Layer, Sheet, Text
from pipeline.specification import MapSpecification
from tests import daerah

MOST_LOST = 0
pytestmark = [pytest.mark.shared, pytest.mark.slow]


def specification(codes: list[str]) -> MapSpecification:
    """Return a map with invented classes; every seventh village is without one."""
    priorities = {code: n % 7 for n, code in enumerate(codes)}
    return MapSpecification(
        7, "komposit", "peta-7", "Peta 7", "Uji 2021", "indeks", priorities, (), ("Sumber.",), ()
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
        (arranged.listed[code], f"{name} · {classes[code] or '-'}")
        for code, name in studio.villages["desa"].items()
    )
    listed = []
    for page in aceh:
        texts = [i for i in layer(page, "list").items if isinstance(i, Text)]
        listed += [(a.text, b.text) for a, b in pairwise(texts)
                   if a.text.isdigit() and a.y == b.y]  # fmt: skip
    assert sorted(listed) == wanted


def test_nothing_on_a_list_overlaps_or_leaves_its_box(
    aceh: tuple[Sheet, ...], shared_dir: Path
) -> None:
    studio, _ = daerah.arranged(shared_dir, "aceh-utara")
    for page in aceh:
        for name in ("names", "list"):
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
