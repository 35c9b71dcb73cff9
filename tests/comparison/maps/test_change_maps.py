"""Maps of change: the atlas's frame, a palette of their own, and signs beside the colours."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from coloraide import Color

from fsva.comparison.maps import change_maps, change_palette, change_sheets, change_signs, led_signs
from fsva.comparison.maps.drawn_sides import Half
from fsva.comparison.values.result import Comparison
from fsva.core import texts
from fsva.core.errors import StyleError
from fsva.drawing.paper.scene import Mark, Sheet, Text
from fsva.drawing.paper.text_boxes import text_box
from fsva.words.specification import LegendRow, MapSpecification
from tests.places import banding_buatan, banding_contoh, belu, daerah, led_signs_facts
from tests.places.belu import COLOURS

COLOUR_VISION = (None, "protan", "deutan", "tritan")
STYLE = change_palette.load()


def half() -> Half:
    made = belu.made()
    return Half(made.studio, tuple(made.maps))


@cache
def comparison(forced: tuple[str, ...] = ()) -> Comparison:
    studio = belu.made().studio
    return banding_buatan.comparison(studio.villages.geo_frame, studio.method, forced=forced)


@cache
def changes(forced: tuple[str, ...] = ()) -> change_sheets.DrawnSheets:
    return change_sheets.changes(comparison(forced), half(), STYLE)


@cache
def pairs(forced: tuple[str, ...] = ()) -> change_sheets.DrawnSheets:
    return change_sheets.pairs(comparison(forced), half(), None, STYLE)


def specification(made: Comparison = banding_contoh.COMPARISON) -> MapSpecification:
    return change_maps.build(made, STYLE, "Kabupaten Contoh", texts.load("id"))[0]


def fills(sheet: Sheet) -> dict[str, str | None]:
    layers = [layer for layer in sheet.layers if layer.name == "villages"]
    return {i.code: i.fill for i in layers[0].items if isinstance(i, Mark)}


def test_lines_are_explained_in_the_colours_of_the_map() -> None:
    """The legend of the atlas shows borders on the classes; a map of change has no such colour."""
    furniture = [belu.layers(sheet, "furniture")[0] for sheet in changes().sheets]
    ink = {item.fill for layer in furniture for item in layer.items if isinstance(item, Mark)}
    assert {row.colour for row in specification().legend} <= ink
    assert ink.isdisjoint(COLOURS)


def test_every_village_of_b_stands_in_the_row_of_its_change() -> None:
    one = specification()
    rows = {code: one.legend[row - 1].heading for code, row in one.priorities.items()}
    assert rows == {
        "99.01.01.2001": "−1",
        "99.01.01.2002": "0",
        "99.01.02.2003": "≤ −2",
        "99.01.02.2007": "+1",
        "99.01.02.2014": "–",
        "99.01.02.2008": "×",
    }
    assert [row.count for row in one.legend] == [0, 1, 1, 1, 1, 1, 1]


def test_the_village_that_is_gone_is_said_in_a_note_and_drawn_nowhere() -> None:
    one = specification()
    assert "99.01.02.2005" not in one.priorities
    assert any("tanpa padanan di edisi baru" in note for note in one.notes)


def test_signs_say_direction_and_size() -> None:
    made = banding_contoh.COMPARISON
    found = change_maps.signs(made, specification(), STYLE)
    assert {code: sign for code, (sign, _) in found.items()} == {
        "99.01.01.2001": "−1",
        "99.01.02.2003": "−2",
        "99.01.02.2007": "+1",
        "99.01.02.2014": "–",
        "99.01.02.2008": "×",
    }


def test_villages_have_the_colours_of_the_legend() -> None:
    made = comparison()
    moved = change_maps.deltas(made, "komposit")
    shown = fills(changes().sheets[-1])
    for code, delta in moved.items():
        if code in shown:
            assert shown[code] == STYLE.groups[STYLE.group_of(delta)].colour
    assert shown[str(made.villages[-1].code_b)] == STYLE.no_counterpart.colour


def test_frame_and_furniture_are_those_of_the_atlas() -> None:
    atlas, change = belu.made().sheets[-1], changes().sheets[-1]
    for name in ("ground", "furniture", "locator", "names"):
        (before,), (after,) = belu.layers(atlas, name), belu.layers(change, name)
        written = [[t.text for t in one.items if isinstance(t, Text)] for one in (before, after)]
        if name == "names":  # numbers and their key would be read as changes
            assert not any(text.isdigit() for text in written[1])
            assert set(written[1]) <= set(written[0])
            continue
        assert written[0] == written[1]
        # Samples of lines stand on the colours of the map, of which there are not as many.
        kept = [[i for i in one.items if i.tag[:1] != ("lines",)] for one in (before, after)]
        assert len(kept[0]) == len(kept[1])
    assert (change.width_mm, change.height_mm) == (atlas.width_mm, atlas.height_mm)


def test_signs_stand_in_their_village_and_on_no_name() -> None:
    studio = belu.made().studio
    sheet = changes().sheets[-1]
    (_, names), *_ = belu.panels(sheet)
    (villages, *_), (drawn, *_) = (belu.layers(sheet, n) for n in ("villages", change_signs.LAYER))
    areas = belu.areas(villages)
    taken = [text_box(t, studio.faces) for t in names.items if isinstance(t, Text)]
    placed = [t for t in drawn.items if isinstance(t, Text)]
    assert len(placed) > 15
    for text in placed:
        box = text_box(text, studio.faces)
        assert areas[text.code].contains(box.polygon()), text
        assert not any(box.overlaps(other) for other in taken), text


def test_every_changed_village_has_its_sign_in_it_beside_it_or_is_named() -> None:
    names = belu.made().studio.villages.by_code("desa")
    made = comparison()
    for sheet, one in zip(changes().sheets, made.measures, strict=True):
        placed = {i.code for layer in belu.layers(sheet, change_signs.LAYER) for i in layer.items}
        moved = {c for c, d in change_maps.deltas(made, one.id).items() if d}
        words = " ".join(t.text for t in belu.layers(sheet, "words")[0].texts())
        assert [names[code] for code in moved - placed if names[code] not in words] == []
        assert len(moved - placed) <= 2


def test_signs_beside_their_villages_cover_neither_names_nor_signs() -> None:
    faces = belu.made().studio.faces
    assert sum(led_signs_facts.assert_clear(sheet, faces) for sheet in changes().sheets) >= 2


def test_pairs_have_signs_in_the_villages_that_hold_them() -> None:
    for sheet in pairs().sheets:
        (drawn,) = belu.layers(sheet, change_signs.LAYER)
        *_, villages = belu.layers(sheet, "villages")
        areas = belu.areas(villages)
        for text in drawn.texts():
            assert areas[text.code].contains(text_box(text, belu.made().studio.faces).polygon())
    assert any(belu.layers(sheet, change_signs.LAYER)[0].items for sheet in pairs().sheets)


def test_a_village_that_finds_no_place_for_its_sign_is_named_with_it() -> None:
    sheet = changes().sheets[-1]
    codes = list(belu.made().maps[-1].priorities)
    marks = dict.fromkeys(codes, ("+1", "#000000"))
    layout, faces = belu.made().studio.layout, belu.made().studio.faces
    same, lost = led_signs.add(
        sheet, marks, codes, (STYLE.signs, layout, faces), lambda n: led_signs.outline(sheet, n)
    )
    assert (same, lost) == (sheet, tuple(sorted(codes)))  # too many for lines
    said = change_sheets._listed("tanpa_ruang", lost, marks, half())
    assert said.startswith("Berubah, tanpa ruang untuk tandanya: ")
    assert said.endswith(f"+1, dan {len(codes) - 6} lainnya (semua di banding.xlsx).")


@pytest.mark.slow
@pytest.mark.shared
def test_changed_villages_without_a_name_are_told_and_no_unwritten_list_is(
    shared_dir: Path,
) -> None:
    studio, arranged = daerah.arranged(shared_dir, "ttu")
    assert not arranged.complete
    made = banding_buatan.comparison(studio.villages.geo_frame, studio.method)
    drawn = change_sheets.changes(made, Half(studio, tuple(belu.made().maps)), STYLE)
    maps = change_maps.build(made, STYLE, "X", studio.texts)
    referred = studio.texts("daftar_nama.rujukan")
    for sheet, shown in zip(drawn.sheets, maps, strict=True):
        said = " ".join(text.text for text in sheet.texts())
        assert referred not in said
        changed = set(change_maps.signs(made, shown, STYLE)) & arranged.nameless
        assert changed
        assert "Berubah, tanpa nama pada peta:" in said
        first = studio.villages.by_code("desa")[min(changed)]
        assert first in said


def test_pairs_say_where_signs_without_room_stand() -> None:
    made = comparison()
    for sheet, one in zip(pairs().sheets, made.measures, strict=True):
        (drawn,) = belu.layers(sheet, change_signs.LAYER)
        palette_map = change_maps.build(made, STYLE, "X", texts.load("id"))[one.map_number - 1]
        lost = set(change_maps.signs(made, palette_map, STYLE)) - {i.code for i in drawn.items}
        words = " ".join(t.text for t in sheet.texts())
        assert (f"Tanda {len(lost)} desa tidak muat di sini" in words) is bool(lost)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((2020, ""), (2021, ""), "2020 – 2021"),
        ((2021, " (belu-2021)"), (2021, " (koreksi)"), "2021: belu-2021 – koreksi"),
        ((2021, " (1a2b3c4)"), (2021, " (A)"), "2021: 1a2b3c4 – A"),
        ((None, " (lama)"), (None, " (baru)"), "(lama) – (baru)"),
    ],
)
def test_a_title_names_the_district_once(
    a: tuple[int | None, str], b: tuple[int | None, str], expected: str
) -> None:
    sides = [
        replace(side, year=year, name=f"{side.district} {year}{mark}" if year
                else f"{side.district}{mark}")
        for side, (year, mark) in zip(comparison().sides, (a, b), strict=True)
    ]  # fmt: skip
    assert change_maps.between(tuple(sides), texts.load("id")) == expected
    made = replace(comparison(), sides=tuple(sides))
    (one, *_) = change_maps.build(made, STYLE, "Kabupaten Belu", texts.load("id"))
    assert one.subtitle.count("KABUPATEN") == 1


def test_colours_of_change_are_no_colours_of_priority_and_are_told_apart_by_all() -> None:
    own = [group.colour for group in STYLE.groups]
    own += [STYLE.no_class.colour, STYLE.no_counterpart.colour]
    for vision in COLOUR_VISION:
        seen = [_seen(colour, vision) for colour in own]
        for one, other in combinations(seen, 2):
            assert one.delta_e(other, method="2000") > 10, (vision, one, other)
        if vision is None:
            for one in seen:
                for colour in COLOURS:
                    assert one.delta_e(_seen(colour, None), method="2000") > 15


def _seen(colour: str, vision: str | None) -> Color:
    return Color(colour).filter(vision) if vision else Color(colour)


def test_a_forced_comparison_says_so_on_every_sheet_in_words() -> None:
    for drawn in (changes(("metode",)), pairs(("metode",))):
        for sheet in drawn.sheets:
            words = " ".join(t.text for t in sheet.texts())
            assert sheet.title.startswith("DIPAKSA")
            assert "KABUPATEN BELU 2021 – 2022 · TIDAK SEBANDING" in words
            (title,) = belu.layers(sheet, "title")
            fills = [i.fill for i in title.items if isinstance(i, Mark)]
            assert fills == [STYLE.banner.colour]
            assert "Perubahan kelas di sini bukan perubahan keadaan desa" in words
    assert not any("DIPAKSA" in t.text for s in changes().sheets for t in s.texts())


def test_pairs_show_a_and_b_and_the_change_at_one_scale() -> None:
    made, sheet = comparison(), pairs().sheets[-1]
    before, after, change = belu.layers(sheet, "villages")
    cells = made.cells[-1]
    colours = dict(enumerate((belu.made().studio.method.no_data_colour, *COLOURS)))
    shown = {i.code: i.fill for i in before.items if isinstance(i, Mark)}
    for village, a in zip(made.villages, cells.classes_a, strict=True):
        assert shown[str(village.code_b)] == colours[a or 0]
    assert len(before.items) == len(after.items) == len(change.items)
    scales = {round(ground.metres_per_mm, 6) for ground in sheet.grounds}
    assert len(scales) == 1


def test_a_with_borders_of_its_own_is_drawn_on_them() -> None:
    own = half()
    drawn = change_sheets.pairs(comparison(), own, own, STYLE).sheets[-1]
    words = " ".join(t.text for t in drawn.texts())
    assert "digambar pada batas" not in words
    assert "digambar pada batas" in " ".join(t.text for t in pairs().sheets[-1].texts())


def test_rows_of_both_legends_stand_level_if_one_edition_lacks_data() -> None:
    before = half()
    shown = before.maps[-1]
    missing = LegendRow(0, before.studio.method.no_data_colour, "Tidak ada data", "", 1)
    lacking = replace(shown, legend=(missing, *shown.legend))
    after = Half(before.studio, (*before.maps[:-1], lacking))
    sheet = change_sheets.pairs(comparison(), after, before, STYLE).sheets[-1]
    rows = [t for t in sheet.texts() if t.text.startswith(("Prioritas", "Tidak ada data"))]
    heights = Counter(round(t.y, 3) for t in rows)
    assert list(heights.values()) == [2] * 7
    assert [t.text for t in rows if t.text.startswith("Tidak")] == [
        "Tidak ada data: 0 desa",
        "Tidak ada data: 1 desa",
    ]


@pytest.mark.parametrize("forced", [(), ("metode", "dasar")])
@pytest.mark.parametrize("kind", ["changes", "pairs"])
def test_texts_stay_on_paper_and_off_each_other(kind: str, forced: tuple[str, ...]) -> None:
    faces = belu.made().studio.faces
    for sheet in (changes(forced) if kind == "changes" else pairs(forced)).sheets:
        for layer in sheet.layers:
            if layer.name in ("words", "title"):
                boxes = [text_box(t, faces) for t in layer.items if isinstance(t, Text)]
                assert all(b.left > 5 and b.right < sheet.width_mm - 5 for b in boxes)
                assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
                assert all(b.bottom > 6 and b.top < sheet.height_mm - 6 for b in boxes)


def test_files_are_the_same_twice_and_hold_every_map() -> None:
    made = replace(comparison(), measures=comparison().measures[-1:], cells=comparison().cells[-1:])
    files = change_sheets.files(made, half(), None, STYLE)
    assert sorted(files) == [
        "pasangan-7-komposit.pdf", "pasangan-7-komposit.png", "perubahan-7-komposit.pdf",
        "perubahan-7-komposit.png", "perubahan.pdf",
    ]  # fmt: skip
    assert change_sheets.files(made, half(), None, STYLE) == files


def test_every_change_has_exactly_one_colour(tmp_path: object) -> None:
    data = STYLE.model_dump(by_alias=True)
    data["golongan"][0]["dari"] = 3
    with pytest.raises(ValueError, match="golongan"):
        change_palette.ChangePalette.model_validate(data)


def test_a_style_file_with_a_wrong_key_is_refused_with_its_line(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "perubahan.toml"
    text = (belu.ROOT / "styles" / "perubahan.toml").read_text(encoding="utf-8")
    file.write_text(text.replace("warna_naik", "warna_nail"), encoding="utf-8")
    with pytest.raises(StyleError):
        change_palette.load(file)


def test_a_side_is_named_once_where_its_source_stands_beside_it() -> None:
    side = replace(comparison().sides[0], source="koreksi", name="Kabupaten Belu 2021 (koreksi)")
    assert (side.plain_name, side.place) == ("Kabupaten Belu 2021", "koreksi")
    told = replace(side, revision="1a2b3c4d5e", source="editions/x", name="Kota X 2021 (1a2b3c4)")
    assert (told.plain_name, told.place) == ("Kota X 2021", "editions/x, 1a2b3c4")
    assert replace(side, name="Kota X (lama)").plain_name == "Kota X (lama)"
