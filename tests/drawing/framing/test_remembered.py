"""What was found is found once, and polygons are known by their points."""

from __future__ import annotations

import numpy as np
import shapely

from fsva.drawing.framing.remembered import Remembered, digest
from fsva.sources.plain.shape_table import ShapeTable


def test_a_search_is_made_once_and_the_oldest_is_forgotten() -> None:
    made: list[str] = []
    known: Remembered[str | None] = Remembered(2)

    def find(name: str, found: str | None) -> str | None:
        """Look a name up, and note that it was looked up."""

        def search() -> str | None:
            made.append(name)
            return found

        return known.once(name, search)

    assert [find("a", "1"), find("b", None), find("b", "2"), find("a", "3")] == [
        "1",
        None,
        None,
        "1",
    ]
    assert made == ["a", "b"]
    assert find("c", "4") == "4"
    assert find("a", "5") == "5"  # the oldest, which made room
    known.forget()
    assert find("c", "6") == "6"


def test_polygons_are_known_by_their_points_and_their_order() -> None:
    one, other = shapely.box(0, 0, 1, 1), shapely.box(0, 0, 1, 2)
    polygons = np.array([one, other] * 3000, dtype=object)
    many = ShapeTable(geometry=polygons)
    same = ShapeTable(geometry=shapely.from_wkb(shapely.to_wkb(polygons)))
    assert digest(many) == digest(same)
    assert digest(many) != digest(ShapeTable(geometry=polygons[::-1]))
    assert digest(many) != digest(ShapeTable(geometry=polygons[:-1]))
