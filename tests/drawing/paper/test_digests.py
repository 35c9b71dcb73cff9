"""The print number of a sheet depends on what it shows and on nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from fsva.core.box import Box
from fsva.drawing.paper import digests
from fsva.drawing.paper.images import Picture, Shade
from fsva.drawing.paper.scene import Item, Layer, Mark, Sheet, Stroke, Text, line_shape, ring_shape

BOX = Box(10, 10, 20, 5)
STROKE = Stroke("#000000", 0.2)
MARK = Mark(ring_shape((0, 0), (10, 0), (10, 10)), "#FF0000", STROKE, "53.04.01.2001")
TEXT = Text("Fatuba'a", 3.0, 4.0, 7.0)
SHADE = Shade(BOX, np.zeros((2, 3), dtype=np.uint8))
PICTURE = Picture(BOX, np.zeros((2, 3, 4), dtype=np.uint8), "Lambang")


def sheet(*items: Item, name: str = "names", clip: Box | None = None) -> Sheet:
    return Sheet(297, 210, "Peta 1", "id", (Layer(name, items, clip),), edition="25 November 2021")


def test_equal_drawings_have_equal_numbers_of_eight_hexadecimal_digits() -> None:
    number = digests.print_number(sheet(MARK, TEXT, SHADE, PICTURE))
    assert re.fullmatch(r"[0-9a-f]{8}", number)
    again = Mark(ring_shape((0, 0), (10, 0), (10, 10)), "#FF0000", STROKE, "53.04.01.2001")
    assert digests.print_number(sheet(again, TEXT, SHADE, PICTURE)) == number


def test_less_than_files_hold_is_no_difference() -> None:
    moved = replace(MARK, shape=ring_shape((0, 0.0001), (10, 0), (10.0002, 10)))
    near = replace(TEXT, x=3.0001)
    assert digests.print_number(sheet(moved, near)) == digests.print_number(sheet(MARK, TEXT))


@pytest.mark.parametrize(
    "changed",
    [
        replace(MARK, fill="#FE0000"),
        replace(MARK, fill=None),
        replace(MARK, stroke=Stroke("#000000", 0.3)),
        replace(MARK, stroke=Stroke("#000000", 0.2, (1.0, 1.0))),
        replace(MARK, stroke=None),
        replace(MARK, code="53.04.01.2002"),
        replace(MARK, tag=("map",)),
        replace(MARK, shape=ring_shape((0, 0), (10.02, 0), (10, 10))),
        replace(MARK, shape=line_shape((0, 0), (10, 0), (10, 10), (0, 0))),
        replace(TEXT, text="Fatuba`a"),
        replace(TEXT, x=3.02),
        replace(TEXT, y=4.02),
        replace(TEXT, size_pt=7.1),
        replace(TEXT, face="bold"),
        replace(TEXT, colour="#000001"),
        replace(TEXT, align="right"),
        replace(TEXT, angle=45.0),
        replace(TEXT, halo=STROKE),
        replace(TEXT, spacing_mm=0.5),
        replace(TEXT, tag=("title",)),
        replace(SHADE, darkness=np.ones((2, 3), dtype=np.uint8)),
        replace(SHADE, box=Box(10, 10, 20, 6)),
        replace(PICTURE, pixels=np.ones((2, 3, 4), dtype=np.uint8)),
        replace(PICTURE, alt="Logo"),
    ],
)
def test_whatever_differs_on_a_sheet_differs_in_its_number(changed: Item) -> None:
    whole = [MARK, TEXT, SHADE, PICTURE]
    other = [changed if type(item) is type(changed) else item for item in whole]
    assert digests.print_number(sheet(*other)) != digests.print_number(sheet(*whole))


def test_order_clip_title_and_place_count_too() -> None:
    plain = digests.print_number(sheet(MARK, TEXT))
    others = [
        digests.print_number(sheet(TEXT, MARK)),
        digests.print_number(sheet(MARK, TEXT, clip=BOX)),
        digests.print_number(sheet(MARK, TEXT), 1, 7),
        digests.print_number(replace(sheet(MARK, TEXT), title="Peta 2")),
        digests.print_number(replace(sheet(MARK, TEXT), language="en")),
        digests.print_number(replace(sheet(MARK, TEXT), edition="26 November 2021")),
        digests.print_number(replace(sheet(MARK, TEXT), width_mm=420)),
        digests.print_number(replace(sheet(), layers=())),
    ]
    assert len({plain, *others}) == 1 + len(others)


def test_two_marks_are_not_one_of_two_parts() -> None:
    one, other = line_shape((0, 0), (1, 0)), line_shape((0, 1), (1, 1))
    both = replace(one, parts=(*one.parts, *other.parts))
    apart = sheet(Mark(one, stroke=STROKE), Mark(other, stroke=STROKE))
    together = sheet(Mark(both, stroke=STROKE))
    assert digests.print_number(apart) != digests.print_number(together)
