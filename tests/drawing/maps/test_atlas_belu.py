"""The seven maps of Belu 2021 as they are read: colours, names, legends, notes, scale."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import combinations, pairwise

import pytest
import shapely
from pyproj import Geod

from fsva.core import texts
from fsva.core.box import Box
from fsva.drawing.maps import shores
from fsva.drawing.paper.scene import Layer, Mark, Sheet, Text
from fsva.drawing.paper.text_boxes import text_area, text_box
from tests.places import belu
from tests.places.belu import Made

# What a map adds to what all maps share.
OWN = ("title", "villages", "class hatching", "edges", "words", "stamp", "draft")
TOLERANCE_MM = 0.05
SEVEN = range(7)
INTERVALS = {
    0: ("sampai 0,0093", "di atas 0,0093 sampai 0,0373", "di atas 0,0373 sampai 0,1766",
        "di atas 0,1766 sampai 0,2651", "di atas 0,2651 sampai 0,3671", "di atas 0,3671"),
    4: ("0,4686 atau lebih", "0,2703 sampai di bawah 0,4686", "0,1356 sampai di bawah 0,2703",
        "0,0574 sampai di bawah 0,1356", "0,0042 sampai di bawah 0,0574", "di bawah 0,0042"),
    6: ("sampai 32,92", "di atas 32,92 sampai 44,84", "di atas 44,84 sampai 52,50",
        "di atas 52,50 sampai 59,83", "di atas 59,83 sampai 67,93", "di atas 67,93"),
}  # fmt: skip


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


def test_maps_share_all_layers_but_fills_and_words(atlas: Made) -> None:
    first = atlas.sheets[0]
    assert len(atlas.sheets) == 7
    for drawn in atlas.sheets[1:]:
        common = [[id(one) for one in sheet.layers if one.name not in OWN]
                  for sheet in (first, drawn)]  # fmt: skip
        assert common[0] == common[1]
        assert len(common[0]) >= 8
        for a, b in zip(
            belu.layers(first, "villages"), belu.layers(drawn, "villages"), strict=True
        ):
            assert [(m.code, id(m.shape)) for m in a.items if isinstance(m, Mark)] == [
                (m.code, id(m.shape)) for m in b.items if isinstance(m, Mark)
            ]


@pytest.mark.parametrize("n", SEVEN)
def test_every_village_has_the_colour_of_its_class(atlas: Made, n: int) -> None:
    expected = {
        row["kode_kemendagri"]: belu.COLOURS[int(row[f"{belu.IDS[n]}_kelas"]) - 1]
        for row in atlas.rows()
    }
    main, *insets = belu.layers(atlas.sheets[n], "villages")
    marks = [item for item in main.items if isinstance(item, Mark)]
    assert {mark.code: mark.fill for mark in marks} == expected
    assert len(marks) == 81
    for inset in insets:
        assert all(isinstance(m, Mark) and m.fill == expected[m.code] for m in inset.items)


@pytest.mark.parametrize("n", SEVEN)
def test_legend_has_six_classes_with_the_counts_of_the_report(atlas: Made, n: int) -> None:
    rows = belu.legend(atlas.sheets[n], atlas.box("legend"))
    assert tuple(row.colour for row in rows) == belu.COLOURS
    counted = tuple(int(row.words[0].removesuffix(" desa").rsplit(": ")[-1]) for row in rows)
    assert counted == belu.COUNTS[n]
    assert rows[0].words[0].startswith("Prioritas 1, rentan pangan tinggi: ")
    assert rows[5].words[0].startswith("Prioritas 6, tahan pangan tinggi: ")


@pytest.mark.parametrize(("n", "intervals"), INTERVALS.items())
def test_legend_prints_intervals_as_the_report_does(
    atlas: Made, n: int, intervals: tuple[str, ...]
) -> None:
    rows = belu.legend(atlas.sheets[n], atlas.box("legend"))
    assert tuple(row.words[-1] for row in rows) == intervals


def test_legend_rows_stand_at_the_same_places_on_all_maps(atlas: Made) -> None:
    places = {
        tuple(row.y for row in belu.legend(drawn, atlas.box("legend"))) for drawn in atlas.sheets
    }
    assert len(places) == 1


@pytest.mark.parametrize("n", SEVEN)
def test_no_two_texts_overlap(atlas: Made, n: int) -> None:
    drawn = atlas.sheets[n].texts()
    papers = shapely.buffer(
        [text_area(text, atlas.studio.faces) for text in drawn], -TOLERANCE_MM / 2
    )
    pairs = shapely.STRtree(papers).query(papers, predicate="intersects").T.tolist()
    overlapping = [(drawn[i].text, drawn[j].text) for i, j in pairs if i < j]
    assert overlapping == []


@pytest.mark.parametrize("n", SEVEN)
def test_texts_are_readable_and_stand_where_they_are_seen(atlas: Made, n: int) -> None:
    drawn = atlas.sheets[n]
    paper = Box(0, 0, drawn.width_mm, drawn.height_mm)
    for layer in drawn.layers:
        room = layer.clip or paper
        for text in (item for item in layer.items if isinstance(item, Text)):
            assert text.size_pt >= 6 - 1e-9, text
            assert _within(text_box(text, atlas.studio.faces), room), text


@pytest.mark.parametrize("name", ["title", "orientation", "legend", "locator", "notes"])
def test_texts_of_a_box_stay_in_it(atlas: Made, name: str) -> None:
    box = atlas.box(name)
    for drawn in atlas.sheets:
        inside = belu.words(drawn, box)
        assert inside
        for text in inside:
            assert _within(text_box(text, atlas.studio.faces), box), text


def _within(inner: Box, outer: Box) -> bool:
    room = outer.inset(-TOLERANCE_MM)
    return (
        room.left <= inner.left
        and inner.right <= room.right
        and room.bottom <= inner.bottom
        and inner.top <= room.top
    )


def _numbers(atlas: Made) -> dict[str, str]:
    """Return the key of the main map: number to village."""
    (names,) = belu.layers(atlas.sheets[0], "names")
    texts = [i for i in names.items if isinstance(i, Text)]
    plain = [text for text in texts if text.halo is None and not text.code]
    lines = [(a.text, b.text) for a, b in pairwise(plain) if a.y == b.y and a.text.isdigit()]
    return dict(lines)


def test_every_village_is_named_once_or_numbered_with_a_key(atlas: Made) -> None:
    villages = {row["desa"] for row in atlas.rows()}
    key = _numbers(atlas)
    seen: set[str] = set()
    for _, names in belu.panels(atlas.sheets[0]):
        named = Counter(label.name for label in belu.labels(names, "regular"))
        numbers = [n for n in _bold(names) if n.isdigit()]
        assert set(named) <= villages
        assert set(numbers) <= set(key)
        named += Counter(key[n] for n in numbers)
        assert set(named.values()) == {1}
        seen |= set(named)
    assert seen == villages
    assert list(key) == [str(n) for n in range(1, len(key) + 1)]


def _bold(names: Layer) -> list[str]:
    return [label.name for label in belu.labels(names, "bold")]


def test_every_kecamatan_is_named_once(atlas: Made) -> None:
    named = [
        n for _, names in belu.panels(atlas.sheets[0]) for n in _bold(names) if not n.isdigit()
    ]
    assert sorted(named) == sorted({row["kecamatan"].upper() for row in atlas.rows()})


def test_names_of_kecamatan_stand_mostly_over_their_villages(atlas: Made) -> None:
    members: dict[str, list[str]] = {}
    for row in atlas.rows():
        members.setdefault(row["kecamatan"].upper(), []).append(row["kode_kemendagri"])
    for villages, names in belu.panels(atlas.sheets[0]):
        areas = belu.areas(villages)
        for label in (n for n in belu.labels(names, "bold") if n.name in members):
            own = shapely.union_all([areas[c] for c in members[label.name] if c in areas])
            paper = label.paper(atlas.studio)
            assert shapely.area(shapely.intersection(paper, own)) > 0.5 * shapely.area(paper)


def test_borders_are_dark_on_a_light_casing_and_dashed_around_the_district(atlas: Made) -> None:
    wanted = shores.strokes(atlas.studio.layout)
    panels = [names for _, names in belu.panels(atlas.sheets[0])]
    strokes = [{i.stroke for i in n.items if isinstance(i, Mark) and not i.fill} for n in panels]
    assert {*wanted.kecamatan, *wanted.kabupaten} <= strokes[0]
    assert all({*wanted.kecamatan} <= drawn for drawn in strokes)


@pytest.mark.parametrize("n", SEVEN)
def test_title_is_the_one_of_the_report(atlas: Made, n: int) -> None:
    written = belu.prose(atlas.sheets[n], atlas.box("title"))
    assert written == f"{belu.TITLES[n]} Kabupaten Belu Tahun 2021".upper()


def test_scale_is_true_on_the_ground(atlas: Made) -> None:
    main = belu.layers(atlas.sheets[0], "villages")[0]
    stated = _stated(belu.words(atlas.sheets[0], atlas.box("orientation")))
    paper = belu.areas(main)
    for one, other in _farthest(atlas):
        mm = shapely.distance(shapely.centroid(paper[one]), shapely.centroid(paper[other]))
        assert mm * stated / 1e3 == pytest.approx(_metres(atlas, one, other), rel=0.002)


def test_scale_of_the_inset_is_true_too(atlas: Made) -> None:
    _, inset = belu.layers(atlas.sheets[0], "villages")
    (frame,) = belu.layers(atlas.sheets[0], "inset frame")
    stated = _stated([item for item in frame.items if isinstance(item, Text)])
    assert inset.clip is not None
    whole = [c for c, area in belu.areas(inset).items() if
             shapely.within(area, inset.clip.inset(0.5).polygon())]  # fmt: skip
    paper = belu.areas(inset)
    one, other = max(combinations(whole, 2), key=lambda p: shapely.distance(*(paper[c] for c in p)))
    mm = shapely.distance(shapely.centroid(paper[one]), shapely.centroid(paper[other]))
    assert mm * stated / 1e3 == pytest.approx(_metres(atlas, one, other), rel=0.005)


def test_scale_bar_measures_what_it_says(atlas: Made) -> None:
    written = belu.words(atlas.sheets[0], atlas.box("orientation"))
    marks = {t.text: t.x for t in written if re.fullmatch(r"\d+(,\d+)?", t.text)}
    assert len(marks) == 5
    for text, x in marks.items():
        km = float(text.replace(",", "."))
        assert (x - marks["0"]) * _stated(written) / 1e6 == pytest.approx(km, abs=1e-6)


def _stated(written: list[Text]) -> int:
    found = [m for t in written if (m := re.search(r"1 : ([\d.]+)$", t.text))]
    return int(found[0][1].replace(".", ""))


def _farthest(atlas: Made) -> list[tuple[str, str]]:
    """Return the most western and eastern, and the most northern and southern village."""
    centres = atlas.studio.villages.geo_frame.centroid
    x, y = centres.x, centres.y
    return [(x.idxmin(), x.idxmax()), (y.idxmin(), y.idxmax())]


def _metres(atlas: Made, one: str, other: str) -> float:
    """Return the distance of two villages on the ellipsoid."""
    centres = atlas.studio.villages.geo_frame.centroid.to_crs(4326)
    a, b = centres[one], centres[other]
    return float(Geod(ellps="WGS84").inv(a.x, a.y, b.x, b.y)[2])


@pytest.mark.parametrize("n", SEVEN)
def test_note_counts_the_villages_whose_class_is_the_published_one(atlas: Made, n: int) -> None:
    counted = sum(row[f"{belu.IDS[n]}_dasar"] == "terbit" for row in atlas.rows())
    assert counted == belu.PUBLISHED[n]
    note = re.search(
        r"(\d+) desa tidak (?:tersedia|lengkap)", belu.prose(atlas.sheets[n], atlas.box("notes"))
    )
    assert (int(note[1]) if note else 0) == belu.PUBLISHED[n]


def test_schematic_maps_say_so_and_others_do_not(atlas: Made) -> None:
    schematic = atlas.studio.settings.boundary.schematic
    for drawn in atlas.sheets:
        says = "Batas skematis, bukan batas resmi" in belu.prose(drawn, atlas.box("notes"))
        assert says is schematic


def test_schematic_layer_is_the_default() -> None:
    assert belu.made().studio.settings.boundary.schematic


@pytest.mark.parametrize("n", SEVEN)
def test_sources_projection_and_compiler_are_named(atlas: Made, n: int) -> None:
    notes = belu.prose(atlas.sheets[n], atlas.box("notes"))
    for expected in ("UTM zona 51S", "WGS 84", "Dinas Pertanian"):
        assert expected in notes
    stamp = belu.prose(atlas.sheets[n], atlas.box("stamp"))
    listed = json.loads(atlas.files["manifest.json"])["lembar"]
    (number,) = listed[f"{belu.STEMS[n]}.pdf"]
    assert number == atlas.sheets[n].number
    whole = f"Lembar {n + 1} dari 7 Edisi 25 November 2021 Nomor cetak {number}"
    # The real layer is not that of the edition: its source is not told, so its maps are drafts.
    open_ = f"Lembar {n + 1} dari 7 Nomor cetak {number} DRAF - Edisi 25 November 2021"
    assert stamp == (open_ if atlas.studio.draft else whole)
    years = {"2019", "2020"} if n == 6 else {("2020", "2019")[n in (1, 3, 4)]}
    (sources,) = re.findall(r"Sumber data: .*?\d\d(?=\.| \(Peta [\d, ]+\)\.)", notes)
    assert set(re.findall(r"\b20\d\d\b", sources)) == years


# Languages


def _fixed(language: texts.Language) -> set[str]:
    """Return the words for maps that one language has and the other has not."""
    own, other = (
        {
            key: text
            for key, text in texts.load(one).entries["peta"].items()
            if isinstance(text, str)
        }
        for one in (language, _other(language))
    )
    heads = {key: text.split("{")[0].strip() for key, text in own.items()}
    foreign = {text.split("{")[0].strip() for text in other.values()}
    return {head for head in heads.values() if len(head) > 3 and head not in foreign}


def _other(language: texts.Language) -> texts.Language:
    return "en" if language == "id" else "id"


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_map_speaks_one_language(language: texts.Language) -> None:
    atlas = belu.made(language)
    strange = _fixed(_other(language))
    assert len(strange) > 15
    for drawn in atlas.sheets:
        for phrase in _phrases(atlas, drawn):
            begins = [w for w in strange if re.match(rf"{re.escape(w)}\b", phrase)]
            assert begins == [], phrase


def test_catalogue_words_are_on_the_map() -> None:
    for language, head in (("id", "Legenda"), ("en", "Legend")):
        atlas = belu.made(language)
        assert head in [t.text for t in atlas.sheets[0].texts()]


def _phrases(atlas: Made, drawn: Sheet) -> list[str]:
    """Return the texts outside the notes, and the sentences of the notes."""
    notes = belu.words(drawn, atlas.box("notes"))
    sentences = re.split(r"(?<=[.;]) ", " ".join(t.text for t in notes))
    return [*(t.text for t in drawn.texts() if t not in notes), *sentences]


def test_english_maps_use_english_numbers_and_class_names() -> None:
    atlas = belu.made("en")
    rows = belu.legend(atlas.sheets[0], atlas.box("legend"))
    assert rows[1].words[-1] == "above 0.0093 up to 0.0373"
    assert not any("pangan" in word.lower() for row in rows for word in row.words)
