"""Every village of a district of islands shows its class, by its area or by a disc."""

from __future__ import annotations

from math import pi
from pathlib import Path

import numpy as np
import pytest
import shapely

from fsva.core import texts
from fsva.core.box import Box
from fsva.drawing.maps import visible
from fsva.drawing.maps.district import DrawnDistrict
from fsva.drawing.maps.panel import Panel
from fsva.drawing.names import tokens
from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.paper.scene import Mark, Sheet
from fsva.drawing.sheets import sheet
from fsva.words import unseen_words
from tests.places import belu, lembar_daerah
from tests.places.lembar_daerah import Drawn


@pytest.fixture(scope="module")
def islets() -> Drawn:
    layer = lembar_daerah.layer_of(Path(), "nusantara")
    return lembar_daerah.drawn(layer, "nusantara", "a4-mendatar")


@pytest.fixture(scope="module")
def names(islets: Drawn) -> Arrangement:
    return sheet.arranged(islets.studio)


def discs(drawn: Sheet) -> dict[str, Mark]:
    """Return the discs on the main map and in its insets."""
    layers = [one for one in drawn.layers if one.name == "tokens"]
    assert layers
    return {m.code: m for layer in layers for m in layer.items if isinstance(m, Mark) and m.code}


def paper(mark: Mark) -> shapely.Geometry:
    return shapely.Polygon(mark.shape.parts[0])


@pytest.mark.slow
def test_every_village_shows_at_least_a_square_millimetre(names: Arrangement) -> None:
    assert names.unseen == []
    assert len(names.shown_mm2) == 60
    assert min(names.shown_mm2.values()) >= visible.LEAST_MM2


def test_discs_have_the_colours_of_their_classes_on_each_map(islets: Drawn) -> None:
    first, last = (discs(one) for one in islets.sheets)
    assert first.keys() == last.keys()
    for drawn, shown in zip(islets.sheets, (first, last), strict=True):
        fills = {
            m.code: m.fill for layer in drawn.layers if layer.name == "villages"
            for m in layer.items if isinstance(m, Mark)
        }  # fmt: skip
        assert {code: mark.fill for code, mark in shown.items()} == {c: fills[c] for c in shown}
    assert [m.fill for m in first.values()] != [m.fill for m in last.values()]


def test_discs_are_apart_and_as_large_as_told(islets: Drawn) -> None:
    shown = [paper(mark) for mark in discs(islets.sheets[0]).values()]
    assert len(shown) > 20
    for area in shown:
        assert area.area == pytest.approx(pi * tokens.RADIUS_MM**2, rel=0.01)
    pairs = shapely.STRtree(shown).query(shown, predicate="intersects")
    assert (pairs[0] == pairs[1]).all()


def test_names_of_kecamatan_stand_beside_the_islands(names: Arrangement) -> None:
    panels = [(names.main, names.naming), *((t.district, t.naming) for t in names.towns)]
    assert len({name for _, naming in panels for name in naming.kecamatan_names}) == 4
    for district, naming in panels:
        for place in naming.kecamatan_names.values():
            assert not shapely.intersects(place.area(), district.outline())


def test_the_report_names_villages_that_are_hardly_seen(islets: Drawn) -> None:
    texts, places = islets.studio.texts, islets.studio.places
    codes = list(places)[:7]
    told = unseen_words.told(codes, places, texts)
    assert told.startswith("7 desa")
    assert places[codes[4]][0] in told
    assert places[codes[5]][0] not in told
    assert "2 lainnya" in told
    block = unseen_words.lines(codes, places, texts)
    assert len(block) == 8
    assert places[codes[6]][0] in block[7]
    assert unseen_words.lines([], places, texts) == []


def test_the_report_lists_kecamatan_without_a_name_and_names_that_were_looked_up() -> None:
    words = texts.load("id")
    assert unseen_words.unnamed([], words) == []
    (told,) = unseen_words.unnamed(["Nibong", "Samudera"], words)
    assert "2 kecamatan" in told
    assert "Nibong, Samudera" in told
    many = [f"Kecamatan {n}" for n in range(1, 581)]
    (screen,) = unseen_words.unnamed_told(many, words)
    assert "580 kecamatan" in screen
    assert "Kecamatan 5 dan 575 lainnya" in screen
    assert unseen_words.unnamed(many, words) == [screen, *(f"  {name}" for name in many)]
    assert unseen_words.borrowed([], words) == []
    names = [("tetangga", "Bireuen"), ("laut", "Selat Malaka"), ("laut", "Selat Malaka")]
    _, seas, others = unseen_words.borrowed(names, words)
    assert seas == "  laut: Selat Malaka"
    assert others == "  daerah tetangga: Bireuen"


def mainland(*areas: shapely.Geometry) -> DrawnDistrict:
    """Return villages whose areas are given in millimetres of a panel of 60 mm."""
    panel = Panel(Box(0, 0, 60, 60), belu.made().studio.villages.crs, (0, 0), 100_000, 1.0)
    codes = tuple(f"53.04.01.{2001 + n}" for n in range(len(areas)))
    paper = np.array(areas, dtype=object)
    return DrawnDistrict(panel, codes, codes, codes, paper)


def test_a_disc_lies_over_no_village_that_it_would_hide() -> None:
    sliver, small = shapely.box(30, 30, 30.4, 30.4), shapely.box(30.4, 29, 32.4, 31)
    rest = shapely.difference(shapely.box(0, 0, 60, 60), shapely.union_all([sliver, small]))
    district = mainland(sliver, small, rest)
    placed = tokens.beside(district, {district.codes[0]}, (), ())
    (spot,) = placed.places.values()
    assert not tokens.disc_of(spot).intersects(small)
    assert placed.leaders


def test_without_room_for_a_line_a_disc_stands_on_its_village_if_no_class_is_lost() -> None:
    sliver = shapely.box(30, 30, 30.4, 30.4)
    names = shapely.difference(shapely.box(0, 0, 60, 60), shapely.box(29, 29, 31.5, 31.5))
    alone = mainland(sliver, shapely.difference(shapely.box(0, 0, 60, 60), sliver))
    placed = tokens.beside(alone, {alone.codes[0]}, (names,), ())
    assert placed.places == {alone.codes[0]: pytest.approx((30.2, 30.2))}
    small = shapely.box(30.4, 29, 32.4, 31)
    rest = shapely.difference(shapely.box(0, 0, 60, 60), shapely.union_all([sliver, small]))
    crowded = mainland(sliver, small, rest)
    assert tokens.beside(crowded, {crowded.codes[0]}, (names,), ()).places == {}


@pytest.mark.shared
@pytest.mark.slow
def test_a_district_of_many_villages_shows_the_class_of_nearly_all(shared_dir: Path) -> None:
    layer = lembar_daerah.layer_of(shared_dir / "boundaries", "aceh-utara")
    drawn = lembar_daerah.drawn(layer, "aceh-utara", "a4-tegak")
    assert len(sheet.arranged(drawn.studio).unseen) <= 1
