"""Marks and texts as drawing operators: hundredths of a millimetre, halo below, words once."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from fsva.core.box import Box
from fsva.drawing.paper import fonts
from fsva.drawing.paper.scene import (
    Align,
    Item,
    Layer,
    Mark,
    Shape,
    Stroke,
    Text,
    box_shape,
    line_shape,
)
from fsva.files.writers import pdf_content
from tests.places.small import ROOT

FACES = fonts.load(ROOT / "styles" / "fonts")
SQUARE = box_shape(Box(10, 20, 5, 5))
RED = Stroke("#FF0000", 0.26)


def drawn(*items: Item, clip: Box | None = None) -> list[str]:
    layer = Layer("layer", items, clip, ("map",))
    return pdf_content.stream(layer, FACES).content.decode("ascii").splitlines()


def test_a_unit_is_a_hundredth_of_a_millimetre() -> None:
    scale = drawn()[1]
    assert float(scale.split()[0]) * pdf_content.UNITS_PER_MM == pytest.approx(72 / 25.4, rel=1e-6)
    assert "1000 2000 m" in drawn(Mark(SQUARE, "#000000"))


@pytest.mark.parametrize(
    ("mark", "operator"),
    [
        (Mark(SQUARE, "#FF0000"), "f*"),
        (Mark(SQUARE, stroke=RED), "S"),
        (Mark(SQUARE, "#FF0000", RED), "B*"),
        (Mark(SQUARE), "n"),
    ],
)
def test_a_mark_is_filled_or_stroked_as_it_says(mark: Mark, operator: str) -> None:
    lines = drawn(mark)
    assert lines[-3:-1] == [operator, "EMC"]
    assert ("1 0 0 rg" in lines) is (mark.fill is not None)
    assert any(line.startswith("1 0 0 RG 26 w") for line in lines) is (mark.stroke is not None)


def test_only_rings_are_closed() -> None:
    assert any(line.endswith(" h") for line in drawn(Mark(SQUARE, "#000000")))
    line = drawn(Mark(line_shape((0, 0), (1, 1)), stroke=RED))
    assert not any(one.endswith(" h") for one in line)


def test_dashes_are_written_in_the_same_unit() -> None:
    dashed = Stroke("#000000", 0.3, (1.6, 0.9))
    assert any("[160 90] 0 d" in one for one in drawn(Mark(SQUARE, stroke=dashed)))


def test_points_that_fall_together_on_paper_are_written_once() -> None:
    points = np.array([(0, 0), (1, 0), (1.001, 0.001), (2, 0)], dtype=np.float64)
    lines = drawn(Mark(Shape((points,), closed=False), stroke=RED))
    assert [one for one in lines if one.endswith(" l")] == ["100 0 l", "200 0 l"]


def test_a_part_smaller_than_paper_shows_is_left_out() -> None:
    dot = Shape((np.full((4, 2), 3.0),), closed=True)
    assert not any(one.endswith(" m") for one in drawn(Mark(dot, "#000000")))


def test_a_layer_is_clipped_to_its_box() -> None:
    assert drawn(clip=Box(1, 2, 3, 4))[3] == "100 200 300 400 re W n"


def test_halos_lie_below_the_letters_of_all_names_and_are_no_second_words() -> None:
    halo = Stroke("#FFFFFF", 0.55)
    lines = drawn(*(Text(name, 1, 1, 7, halo=halo) for name in ("Desa", "Lain")))
    ends = [line.split()[-1] for line in lines[3:11]]
    assert ends == ["BMC", "BDC", "ET", "ET", "EMC", "BDC", "ET", "ET"]
    assert lines[3:5] == ["/Artifact BMC", "/Span <</ActualText <FEFF0020>>> BDC"]
    assert all(" 1 Tr 1 1 1 RG 55 w" in line for line in lines[5:7])
    assert lines[7:9] == ["EMC EMC", "/Figure <</MCID 0>> BDC"]
    assert all(" 0 Tr " in line for line in lines[9:11])


def test_words_set_apart_are_found_as_words() -> None:
    lines = drawn(Text("AB", 1, 1, 7, spacing_mm=0.6), Text("AB", 1, 1, 7, spacing_mm=0.6))
    marks = [line for line in lines if line.endswith("BDC")]
    word = "/Span <</ActualText <FEFF00410042>>> BDC"
    assert marks == ["/Figure <</MCID 0>> BDC", word, "/Figure <</MCID 1>> BDC", word]
    assert "ActualText" not in " ".join(drawn(Text("AB", 1, 1, 7)))
    assert "ActualText" not in " ".join(drawn(Text("AB", 1, 1, 7, angle=90)))
    # poppler reads letters in a slant one by one.
    assert word in drawn(Text("AB", 1, 1, 7, angle=12))


def test_what_a_reader_meets_is_marked_by_what_it_is_and_the_rest_as_decoration() -> None:
    cell = ("legend", "TR 1", "TD 2")
    items = (Text("a", 0, 0, 7, tag=("title",)), Text("b", 0, 0, 7, tag=cell), Mark(SQUARE))
    made = pdf_content.stream(Layer("layer", items), FACES, first=5)
    marks = re.findall(r"^/.* B[DM]C$", made.content.decode("ascii"), re.MULTILINE)
    assert marks == ["/H1 <</MCID 5>> BDC", "/TD <</MCID 6>> BDC", "/Artifact BMC"]
    assert (made.first, made.tags) == (5, (("title",), cell))
    assert pdf_content.parts(Layer("layer", items)) == 2


def test_a_line_of_text_ends_in_a_space_and_decoration_does_not() -> None:
    space = f"{FACES['regular'].shape(' ')[0].number:04X}"
    words = pdf_content.stream(Layer("words", (Text("a", 0, 0, 7),), tag=("notes", "P 0")), FACES)
    frame = pdf_content.stream(Layer("frame", (Text("a", 0, 0, 7),)), FACES)
    assert f"{space}>] TJ".encode() in words.content
    assert f"{space}>] TJ".encode() not in frame.content


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("centre", 0.5), ("right", 1.0)])
@pytest.mark.parametrize("angle", [0.0, 90.0, -1.5])
def test_a_text_starts_where_its_alignment_says(align: Align, share: float,
                                                angle: float) -> None:  # fmt: skip
    text = Text("Belu", 50, 60, 10, align=align, angle=angle)
    found = re.search(r"(\S+ ){2}(\S+) (\S+) (\S+) (\S+) Tm", "\n".join(drawn(text)))
    assert found is not None
    back = share * fonts.text_width(text, FACES) * 100
    expected = (
        5000 - back * math.cos(math.radians(angle)),
        6000 - back * math.sin(math.radians(angle)),
    )
    assert (float(found[4]), float(found[5])) == pytest.approx(expected, abs=1)


def test_letters_stand_as_wide_as_they_were_measured() -> None:
    text = Text("AVATAR To", 0, 0, 12, "bold", spacing_mm=0.4)
    (array,) = re.findall(r"\[(.*)\] TJ", "\n".join(drawn(text)))
    face = FACES["bold"]
    glyphs = [int(g, 16) for run in re.findall(r"<(.*?)>", array) for g in re.findall("....", run)]
    natural = sum(face.natural_width(glyph) for glyph in glyphs) / face.units_per_em * 1000
    moved = sum(int(n) for n in re.findall(r"(?<=>)(-?\d+)", array))
    size_mm = 12 * 25.4 / 72
    # The last letter carries its spacing too; the space that ends the line follows it.
    end = FACES["bold"].width_mm(" ", 12)
    expected = fonts.text_width(text, FACES) + 0.4 + end
    assert (natural - moved) / 1000 * size_mm == pytest.approx(expected, abs=0.02)
