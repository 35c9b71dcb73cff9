"""Paths of PDF: many shapes in one go give what each gives alone."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from fsva.drawing.paper.scene import Shape, line_shape, ring_shape
from fsva.files.writers import pdf_paths


def part(*points: tuple[float, float]) -> NDArray[np.float64]:
    return np.array(points, dtype=np.float64)


@pytest.mark.parametrize(
    ("shape", "path"),
    [
        (line_shape((0, 0), (1, 2.006)), "0 0 m\n100 201 l"),
        (ring_shape((0, 0), (1, 0), (1, 1)), "0 0 m\n100 0 l\n100 100 l h"),
        # Points that paper cannot tell apart are one; a line of one point is none.
        (line_shape((0, 0), (0.001, 0), (1, 0), (1, 0.004)), "0 0 m\n100 0 l"),
        (line_shape((5, 5), (5.001, 5)), ""),
        (ring_shape((0, 0), (0.001, 0), (0.002, 0)), ""),
        (Shape((), closed=True), ""),
        (
            Shape((part((0, 0), (1, 0)), part((1, 0), (2, 0))), closed=False),
            "0 0 m\n100 0 l\n100 0 m\n200 0 l",
        ),
        (
            Shape((part((3, 3), (3, 3)), part((0, 0), (-1, 0))), closed=False),
            "0 0 m\n-100 0 l",
        ),
        (
            Shape(
                (
                    part((0, 0), (9, 0), (9, 9), (0, 0)),
                    part((2, 1), (3, 1), (3, 2), (2, 1)),
                ),
                closed=True,
            ),
            "0 0 m\n900 0 l\n900 900 l h\n200 100 m\n300 100 l\n300 200 l h",
        ),
    ],
)
def test_a_path_is_whole_hundredths_of_a_millimetre(shape: Shape, path: str) -> None:
    others = [line_shape((n, 0), (n, 1)) for n in (1, 2, 3)]
    pdf_paths.forget()
    assert pdf_paths.of(shape) == path
    pdf_paths.forget()
    pdf_paths.remember([others[0], shape, *others[1:], shape])
    assert pdf_paths.of(shape) == path
    beside = ["100 0 m\n100 100 l", "200 0 m\n200 100 l", "300 0 m\n300 100 l"]
    assert [pdf_paths.of(one) for one in others] == beside


def test_as_many_paths_are_remembered_as_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_paths, "_REMEMBERED", 4)
    monkeypatch.setattr(pdf_paths, "_AT_ONCE", 2)
    pdf_paths.forget()
    shapes = [line_shape((n, 0), (n, 1)) for n in range(1, 10)]
    pdf_paths.remember(shapes[:3])
    pdf_paths.remember(shapes[2:5])  # more than there is room for: the first are dropped
    assert list(pdf_paths._KNOWN) == shapes[2:5]
    assert pdf_paths.of(shapes[0]) == "100 0 m\n100 100 l"
    pdf_paths.trim()
    assert pdf_paths._KNOWN
    pdf_paths.remember(shapes)  # a layer of more shapes, all of which are asked for
    assert list(pdf_paths._KNOWN) == shapes
    pdf_paths.trim()
    assert pdf_paths._KNOWN == {}
