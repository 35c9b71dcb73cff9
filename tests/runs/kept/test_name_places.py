"""What the places of names depend on: nothing that their key does not hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import shapely

from fsva.config.styles.layout import Layout
from fsva.core.columns import PARENT, UNIT
from fsva.core.publishing.result_store import ResultStore
from fsva.drawing.details import kecamatan_sheets
from fsva.drawing.details.kecamatan_maps import MapGround
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.sheets import sheet
from fsva.runs.kept import name_places, value_codec, value_digests
from fsva.runs.kept.former_files import FormerFiles
from fsva.runs.kept.kept_results import Kept
from fsva.sources.plain.plain_table import words
from fsva.sources.plain.shape_table import ShapeTable
from tests.places import belu


class Forbidden:
    """Stands for what the places of names must not depend on."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"names depend on {name}")

    def __bool__(self) -> bool:
        raise AssertionError("names depend on this")


def bare(studio: Studio) -> Studio:
    """Return what the key of places holds, and nothing else."""
    nothing = cast(Any, Forbidden())
    theme, one = studio.layout.theme, "#123456"
    colours = theme.colours.model_copy(update=dict.fromkeys(type(theme.colours).model_fields, one))
    left = SimpleNamespace(lines=theme.lines, colours=colours)
    return replace(
        studio,
        layout=studio.layout.model_copy(update={"theme": left}),
        villages=studio.villages.only(UNIT, PARENT),
        settings=nothing,
        method=nothing,
        number=nothing,
        country=nothing,
        province=nothing,
        draft=nothing,
        districts=nothing,
        base=nothing,
        logos=nothing,
    )


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    store = ResultStore(tmp_path / "simpanan", {"program": "aa"})
    return Kept(store, b"kata", FormerFiles(store, tmp_path / "keluaran"))


def test_places_depend_on_nothing_but_what_their_key_holds() -> None:
    studio = belu.made().studio
    placed, plain = sheet.arranged(bare(studio)), sheet.arranged(studio)
    assert value_codec.encode(placed, Arrangement) == value_codec.encode(plain, Arrangement)
    assert len(kecamatan_sheets.parts(bare(studio), 20)) == 12


def moved(villages: ShapeTable) -> ShapeTable:
    return villages.with_geometry(shapely.transform(villages.geometry, lambda xy: xy + 1e-6))


@pytest.mark.parametrize(
    "change",
    [
        lambda s: replace(
            s, villages=s.villages.with_columns({UNIT: words([*s.villages[UNIT][:-1], "Lain"])})
        ),
        lambda s: replace(s, villages=moved(s.villages)),
        lambda s: replace(s, layout=s.layout.model_copy(update={"width": s.layout.width + 1})),
        lambda s: replace(s, texts=replace(s.texts, language="en")),
        lambda s: replace(s, surroundings=replace(s.surroundings, names=())),
    ],
)
def test_whatever_moves_names_changes_the_key(
    kept: Kept, change: Callable[[Studio], Studio]
) -> None:
    studio = belu.made().studio
    assert kept.of_places(change(studio)) != kept.of_places(studio)
    other = replace(kept, styles=b"kata lain")
    assert other.of_places(studio) != kept.of_places(studio)


def test_values_cut_offs_and_colours_do_not_change_the_key(kept: Kept) -> None:
    studio = belu.made().studio
    other = replace(studio, villages=studio.villages.without("lahan"), number="0")
    assert kept.of_places(other) == kept.of_places(studio)
    inked = studio.layout.theme.colours.model_copy(update={"ink": "#112233"})
    theme = studio.layout.theme.model_copy(update={"colours": inked, "hatches": ()})
    painted = replace(studio, layout=studio.layout.model_copy(update={"theme": theme}))
    assert kept.of_places(painted) == kept.of_places(studio)


def test_wider_lines_change_the_key(kept: Kept) -> None:
    studio = belu.made().studio
    lines = studio.layout.theme.lines.model_copy(update={"halo": 0.6})
    theme = studio.layout.theme.model_copy(update={"lines": lines})
    wider = replace(studio, layout=studio.layout.model_copy(update={"theme": theme}))
    assert kept.of_places(wider) != kept.of_places(studio)


def test_places_are_sought_once(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    studio = belu.made().studio
    first, parts = name_places.arranged(studio, kept), name_places.parts(studio, 20, kept)

    def sought(*_: object) -> None:
        raise AssertionError("sought again")

    monkeypatch.setattr(sheet, "arranged", sought)
    monkeypatch.setattr(kecamatan_sheets, "parts", sought)
    again = name_places.arranged(studio, kept)
    assert again.naming == first.naming or again.naming.named == first.naming.named
    assert len(name_places.parts(studio, 20, kept)) == len(parts)
    with pytest.raises(AssertionError, match="sought again"):
        name_places.parts(studio, 21, kept)


def written(grounds: Sequence[MapGround]) -> bytes:
    """Return grounds to the last bit of every number."""
    return value_codec.encode(tuple(grounds), tuple[MapGround, ...])


def test_grounds_of_sheets_hang_on_nothing_but_their_key_and_are_drawn_once(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = belu.made().studio
    placed = kecamatan_sheets.parts(studio, 20)
    plain = written(kecamatan_sheets.grounds(studio, placed))
    coloured = replace(bare(studio), layout=studio.layout)
    assert written(name_places.grounds(coloured, 20, placed, kept)) == plain
    drawn = kecamatan_sheets.grounds
    monkeypatch.setattr(kecamatan_sheets, "grounds", None)
    assert written(name_places.grounds(studio, 20, placed, kept)) == plain
    inked = studio.layout.theme.colours.model_copy(update={"land": "#112233"})
    theme = studio.layout.theme.model_copy(update={"colours": inked})
    painted = replace(studio, layout=studio.layout.model_copy(update={"theme": theme}))
    monkeypatch.setattr(kecamatan_sheets, "grounds", drawn)
    assert written(name_places.grounds(painted, 20, placed, kept)) != plain


def test_layouts_are_digested_whole() -> None:
    layout: Layout = belu.made().studio.layout
    lines = layout.lines.model_copy(update={"halo": layout.lines.halo + 0.01})
    theme = layout.theme.model_copy(update={"lines": lines})
    for part in ({"fitted": lines}, {"theme": theme}):
        assert value_digests.of(layout.model_copy(update=part)) != value_digests.of(layout)
    with pytest.raises(TypeError):
        value_digests.of(object())
