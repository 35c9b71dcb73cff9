"""The second channel: fine lines tell vulnerable classes apart without their colours."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from fsva import cli
from fsva.config.editions import edition
from fsva.config.styles import inheritance, layout, theme
from fsva.config.styles.theme import Hatch
from fsva.core.box import Box
from fsva.core.errors import EditionError, StyleError
from fsva.drawing.maps import second_channel
from fsva.drawing.paper.scene import Layer, Mark, Sheet
from tests.places import belu, small
from tests.places.belu import Made

THEME = theme.load(small.THEME)
LAYOUT = layout.load(small.ROOT / "styles" / "layouts" / "a4-mendatar.toml", small.THEME)
SEVEN = range(7)


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


def hatch(priority: int) -> Hatch:
    found = THEME.hatch(priority)
    assert found is not None
    return found


def marks(drawn: Sheet, villages: Layer) -> dict[str, Mark]:
    """Return the lines of a panel by their colour."""
    own = (one for one in belu.layers(drawn, "class hatching") if one.clip == villages.clip)
    found = [item for layer in own for item in layer.items if isinstance(item, Mark)]
    return {mark.stroke.colour: mark for mark in found if mark.stroke}


@pytest.mark.parametrize("n", SEVEN)
def test_lines_lie_in_villages_of_their_class_and_in_all_of_them(atlas: Made, n: int) -> None:
    classes = {r["kode_kemendagri"]: int(r[f"{belu.IDS[n]}_kelas"]) for r in atlas.rows()}
    for villages, _ in belu.panels(atlas.sheets[n]):
        found = marks(atlas.sheets[n], villages)
        areas = {c: a for c, a in belu.areas(villages).items() if shapely.area(a) > 0.1}
        shown = {classes[code] for code in areas} & {1, 2, 3}
        assert set(found) == {hatch(priority).colour for priority in shown}
        for priority in shown:
            lines = belu.lines(found[hatch(priority).colour])
            own = [area for code, area in areas.items() if classes[code] == priority]
            ground = shapely.union_all(own).buffer(0.01)
            inside = shapely.length(shapely.intersection(lines, ground))
            assert inside == pytest.approx(shapely.length(lines), rel=0.002)
            assert shapely.intersects(lines, own).all()


def test_lines_are_thin_and_differ_in_direction(atlas: Made) -> None:
    villages, _ = next(belu.panels(atlas.sheets[0]))
    directions = {}
    for colour, mark in marks(atlas.sheets[0], villages).items():
        assert mark.stroke is not None
        assert 0.1 <= mark.stroke.width_mm <= 0.2
        steps = np.array([part[1] - part[0] for part in mark.shape.parts])
        long = steps[np.hypot(*steps.T) > 0.1]
        angles = np.degrees(np.arctan2(long[:, 1], long[:, 0])) % 180
        directions[colour] = set(np.round(angles).astype(int).tolist()) - {180}
    expected = {hatch(n).colour: {round(a) for a in hatch(n).angles} for n in (1, 2, 3)}
    assert directions == expected


def test_the_legend_shows_the_lines_of_every_hatched_class(atlas: Made) -> None:
    (words,) = belu.layers(atlas.sheets[6], "words")
    drawn = [i.stroke.colour for i in words.items if isinstance(i, Mark) and i.stroke]
    assert {hatch(n).colour for n in (1, 2, 3)} <= set(drawn)


def test_a_village_between_two_lines_gets_one_of_its_own() -> None:
    tiny = np.array([shapely.box(10.2, 10.5, 10.5, 10.8)], dtype=object)
    for priority in (1, 2, 3):
        (lines,) = second_channel.cut(tiny, hatch(priority))
        assert len(lines) == len(hatch(priority).angles)
        drawn = shapely.MultiLineString(list(lines))
        assert shapely.length(drawn) > 0.2
        assert shapely.contains(tiny[0].buffer(0.001), drawn)


def test_lines_of_neighbours_meet() -> None:
    left, right = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)
    one, other = second_channel.cut(np.array([left, right], dtype=object), hatch(3))
    assert [line[1].tolist() for line in one] == [line[0].tolist() for line in other]


def test_a_sample_is_hatched_within_its_frame() -> None:
    box = Box(214.5, 90.0, 8.5, 4.2)
    for priority in (1, 2, 3):
        mark = second_channel.swatch(box, hatch(priority))
        assert len(mark.shape.parts) >= 2
        assert shapely.contains(box.polygon().buffer(0.001), belu.lines(mark))


def test_the_hatch_of_pockets_is_bolder_than_those_of_classes() -> None:
    from fsva.drawing.maps import hatching

    bold = hatching.lines(shapely.box(0, 0, 20, 20), LAYOUT)
    widths = [mark.stroke.width_mm for mark in bold if isinstance(mark, Mark) and mark.stroke]
    finest = max(h.width for h in THEME.hatches)
    assert max(widths) > 3 * finest
    assert (45,) not in {h.angles for h in THEME.hatches}


def test_a_theme_without_second_channel_has_no_lines() -> None:
    other = THEME.model_copy(update={"channel": "tidak"})
    assert [other.hatch(n) for n in range(7)] == [None] * 7


def test_a_theme_says_only_what_differs_from_the_one_it_builds_on(tmp_path: Path) -> None:
    file = tmp_path / "kantor.toml"
    lines = ['turunan = "standar"', 'nama = { id = "Kantor", en = "Office" }', "[garis]",
             "desa = 0.1", "[[arsir]]", "kelas = 1", "sudut = [45]", "jarak = 2", "tebal = 0.2",
             'warna = "#000000"']  # fmt: skip
    file.write_text("\n".join(lines), encoding="utf-8")
    made = theme.load(file)
    assert (made.name.id, made.lines.village, made.lines.kecamatan) == ("Kantor", 0.1, 0.45)
    assert [hatch.colour for hatch in made.hatches] == ["#000000"]
    assert made.colours == THEME.colours
    assert inheritance.lineage(file, "gaya") == (
        file,
        small.ROOT / "styles" / "gaya" / "standar.toml",
    )


@pytest.mark.parametrize(
    ("lines", "key", "row"),
    [
        (['nama = { id = "A", en = "A" }', 'turunan = "merah"'], "gaya_turunan", 2),
        (['turunan = "kantor"'], "gaya_turunan", 1),
        (['turunan = "../gaya/standar"'], "gaya_turunan", 1),
        (["turunan = 3"], "gaya_turunan", 1),
        (['turunan = "standar"', "[garis]", "dessa = 1"], "skema_tak_dikenal", 3),
        (['nama = { id = "A", en = "A" }'], "skema_kurang", 1),
    ],
)
def test_a_theme_that_builds_on_nothing_is_refused(
    tmp_path: Path, lines: list[str], key: str, row: int
) -> None:
    file = tmp_path / "kantor.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(StyleError) as caught:
        theme.load(file)
    assert (caught.value.key, caught.value.places[0].row) == (key, row)


@pytest.mark.slow
def test_the_numbers_are_the_standard_theme_but_for_their_channel(tmp_path: Path) -> None:
    made = theme.load(small.THEME.with_name("angka.toml"))
    assert (made.channel, made.palette) == ("angka", None)
    assert made.without_numbers().model_copy(update={"name": THEME.name}) == THEME
    out = tmp_path / "angka"
    assert cli.main(["atlas", str(small.BELU), "--gaya", "angka", "--keluaran", str(out)]) == 0
    record = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {"styles/gaya/angka.toml", "styles/gaya/standar.toml"} <= set(record["masukan"])


def test_another_theme_is_named_on_the_sheet_and_in_the_manifest(tmp_path: Path) -> None:
    out = tmp_path / "kelabu"
    words = ["atlas", str(small.BELU), "--gaya", "kelabu", "--keluaran", str(out)]
    assert cli.main(words) == 0
    record = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert record["gaya"] == "kelabu"
    assert "styles/gaya/kelabu.toml" in record["masukan"]
    assert cli.main(words) == 0
    pdf = (out / "peta-7-komposit.pdf").read_bytes()
    assert pdf != belu.made().files["peta-7-komposit.pdf"]
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        shown = document[0].get_textpage().get_text_range()
    assert "Gaya: Kelabu; warna kelas bukan warna resmi." in shown


def test_an_official_edition_says_nothing_of_its_theme() -> None:
    shown = " ".join(text.text for text in belu.made().sheets[6].texts())
    assert "Gaya:" not in shown


@pytest.mark.parametrize("name", ["merah", "../metode/fsva-kota-5", ""])
def test_an_unknown_theme_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(EditionError) as caught:
        edition.load(small.BELU).in_theme(name)
    assert caught.value.key == "gaya_hilang"
    assert caught.value.facts["ada"] == "aman-warna, angka, kelabu, standar"
