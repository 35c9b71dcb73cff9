"""Values as bytes and back: to the last bit, by the declared types only."""

from __future__ import annotations

import json
import math
import pickle
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.paper import digests
from fsva.drawing.sheets import sheet
from fsva.runs.kept import value_codec, value_digests
from fsva.runs.kept.value_codec import DamagedError
from tests.places import belu

UTM = CRS.from_epsg(32751)


@dataclass(frozen=True, eq=False)
class Record:
    """One of each kind."""

    words: str
    number: float
    count: int
    flag: bool
    perhaps: float | None
    kind: Literal["a", "b"]
    pairs: dict[str, tuple[float, float]]
    codes: frozenset[str]
    row: list[int | str]
    points: NDArray[np.float64]
    areas: NDArray[np.object_]
    line: shapely.LineString
    crs: CRS


def record() -> Record:
    points = np.array([[0.1 + 0.2, math.pi], [1e-300, -0.0]])
    areas = np.array([shapely.box(0, 0, 1 / 3, 1), shapely.Point(2, 3).buffer(1)], dtype=object)
    return Record(
        "Fatuba'a é 村", 0.1 + 0.2, 7, True, None, "b", {"a": (1 / 3, 2.0)}, frozenset("ab"),
        [1, "dua"], points, areas, shapely.LineString([(0, 0), (1 / 7, 3)]), UTM,
    )  # fmt: skip


def test_every_kind_comes_back_to_the_last_bit() -> None:
    one = record()
    found = value_codec.decode(value_codec.encode(one, Record), Record, UTM)
    assert value_digests.of(found) == value_digests.of(one)
    assert found.crs is UTM
    assert found.points.tobytes() == one.points.tobytes()
    assert [a.wkb for a in found.areas] == [a.wkb for a in one.areas]
    assert (found.words, found.pairs, found.row) == (one.words, one.pairs, one.row)


def test_what_is_not_declared_is_a_defect() -> None:
    for kind, value in ((int | str, 1.5j), (str, 3), (bool, "ya"), (tuple[int, int], (1,))):
        with pytest.raises(TypeError):
            value_codec.encode(value, kind)


def test_numbers_of_numpy_and_of_python_are_the_same_value() -> None:
    kind = tuple[float, int]
    one = value_codec.encode((np.float64(0.5), np.int64(3)), kind)
    assert one == value_codec.encode((0.5, 3), kind)
    assert value_digests.of(np.float64(0.5)) == value_digests.of(0.5)


@pytest.mark.parametrize(
    "tree",
    ["[]", "7", '{"a": 1}', '["x"]', "[" * 3000, str([*range(13)])],
)
def test_bytes_that_are_no_such_value_are_damaged(tree: str) -> None:
    head = f"[{tree}, [], 0]".encode()
    with pytest.raises(DamagedError):
        value_codec.decode(len(head).to_bytes(8, "big") + head, Record, UTM)


@pytest.mark.parametrize("words", ["", "[]", "{", 'PROJCRS["WGS 84 / UTM zone 51S"', "EPSG:0"])
def test_words_that_are_no_projection_are_damaged(words: str) -> None:
    head = json.dumps([words, [], 0]).encode()
    with pytest.raises(DamagedError):
        value_codec.decode(len(head).to_bytes(8, "big") + head, CRS, UTM)


def test_no_object_of_python_is_ever_loaded() -> None:
    whole = value_codec.encode(record(), Record)
    other = (
        b"",
        b"bukan hasil",
        pickle.dumps(print),
        whole[:-1],
        whole[:40],
        whole[8:],
        b"\xff" * 90,
    )
    for data in other:
        with pytest.raises(DamagedError):
            value_codec.decode(data, Record, UTM)


def test_places_of_names_draw_the_same_sheets() -> None:
    studio = belu.made().studio
    placed = sheet.arranged(studio)
    data = value_codec.encode(placed, Arrangement)
    found = value_codec.decode(data, Arrangement, studio.villages.crs)
    maps = belu.made().maps
    once, again = (sheet.sheets(studio, maps, one) for one in (placed, found))
    assert [digests.exactly(one) for one in once] == [digests.exactly(one) for one in again]
