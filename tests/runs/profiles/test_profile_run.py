"""Profiles of Belu as files: which there are, pages, bookmarks, and that nothing is cut off."""

from __future__ import annotations

import io
import json
import shutil
from functools import cache
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest
import shapely

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.box import Box
from fsva.core.errors import UsageError
from fsva.core.texts import Language
from fsva.drawing.paper.scene import Sheet, Text
from fsva.drawing.paper.text_boxes import text_area
from fsva.drawing.profiles import kecamatan_profiles, village_profiles
from fsva.runs import run_order
from fsva.runs.profiles import profile_run
from fsva.runs.profiles.profile_run import ProfileWish
from fsva.words.profiles import kecamatan_words
from tests.places import contoh, small


@cache
def belu(language: Language = "id") -> dict[str, bytes]:
    order = run_order.place(edition.load(small.BELU), None, texts.load(language))
    return profile_run.make(order, ProfileWish()).files


@cache
def sheets() -> tuple[list[Sheet], profile_run.Desk]:
    """Return the sheets of all villages and kecamatan of Belu."""
    order = contoh.order(small.BELU)
    tabulated = contoh.belu()
    desk = profile_run._desk(order, tabulated)
    writer = profile_run._writer(order, tabulated, None)
    profiles = [writer.village(at) for at in range(len(tabulated.table))]
    numbers = profile_run._numbers(tabulated)
    whole = kecamatan_profiles.sheets(desk, kecamatan_words.of_kecamatan(writer), numbers, None)
    drawn = village_profiles.sheets(desk, profiles)
    return [*drawn, *(sheet for one in whole for sheet in one)], desk


@pytest.mark.slow
def test_every_vulnerable_village_and_every_kecamatan_has_a_file() -> None:
    table, method = contoh.belu().table, contoh.belu().rules
    classes = table.classes[method.composite.id].tolist()
    vulnerable = {c for c, n in zip(table.codes, classes, strict=True) if n in (1, 2, 3)}
    assert len(vulnerable) == 21  # Tabel 5.1: 0 + 4 + 17
    assert set(belu()) == {
        *(f"profil-{code}.pdf" for code in vulnerable),
        *(f"profil-{code[:8]}.pdf" for code in table.codes),
        *("profil-desa.pdf", "profil-kecamatan.pdf", "manifest.json"),
    }


def test_a_page_and_a_bookmark_per_village() -> None:
    with pikepdf.open(io.BytesIO(belu()["profil-desa.pdf"])) as opened:
        assert len(opened.pages) == 21
        with opened.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
        assert "Fulur (Lamaknen)" in titles
        assert len(set(titles)) == 21
        (document,) = opened.Root.StructTreeRoot.K
        for section in document.K:
            kinds = [str(part.S) for part in section.K]
            assert kinds == ["/H1", "/Figure", "/Table", "/Figure", "/Div"]
        assert opened.Root.MarkInfo.Marked


def test_the_manifest_names_every_file_and_its_number_stands_on_the_sheets() -> None:
    facts = json.loads(belu()["manifest.json"])
    assert set(facts["keluaran"]) == set(belu()) - {"manifest.json"}
    assert "styles/profil.toml" in facts["masukan"]
    drawn, _ = sheets()
    said = " ".join(text.text for text in drawn[0].texts())
    assert f"Nomor cetak {drawn[0].number}." in said
    assert "Batas skematis" in said


@pytest.mark.slow
def test_the_same_inputs_give_the_same_bytes() -> None:
    again = profile_run.make(contoh.order(small.BELU), ProfileWish()).files
    assert again == belu()


def test_nothing_leaves_the_paper_or_overlaps() -> None:
    drawn, desk = sheets()
    assert len(drawn) >= 81 + 12
    for sheet in drawn:
        paper = Box(0, 0, sheet.width_mm, sheet.height_mm).polygon()
        texts_drawn = [
            item
            for layer in sheet.layers
            if layer.name in ("facts", "list", "words", "foot", "title")
            for item in layer.items
            if isinstance(item, Text)
        ]
        ink = shapely.buffer([text_area(t, desk.studio.faces) for t in texts_drawn], -0.1)
        assert shapely.covers(paper, ink).all()
        pairs = shapely.STRtree(ink).query(ink, predicate="intersects").T.tolist()
        found = [(texts_drawn[i].text, texts_drawn[j].text) for i, j in pairs if i < j]
        assert found == [], sheet.title
        assert min(t.size_pt for t in texts_drawn) >= 6


def test_words_stay_in_their_frames() -> None:
    drawn, desk = sheets()
    boxes = desk.plate.village
    for sheet in drawn[:81]:
        for name, box in (("words", "words"), ("list", "measures"), ("facts", "facts")):
            (layer,) = (one for one in sheet.layers if one.name == name)
            areas = [text_area(t, desk.studio.faces) for t in layer.texts()]
            assert shapely.covers(boxes.box(box).polygon(), areas).all(), (sheet.title, name)


def test_boxes_of_the_plate_keep_apart() -> None:
    _, desk = sheets()
    for boxes, left in ((desk.plate.village, ()), (desk.plate.kecamatan, ("more",))):
        names = [name for name in type(boxes).model_fields if name not in left]
        for a, b in combinations(names, 2):
            assert not boxes.box(a).inset(0.01).overlaps(boxes.box(b)), (a, b)


def test_the_english_profile_has_no_indonesian_heading() -> None:
    with pikepdf.open(io.BytesIO(belu("en")["profil-desa.pdf"])) as opened:
        assert str(opened.Root.Lang) == "en"
    drawn = profile_run._desk(
        run_order.place(edition.load(small.BELU), None, texts.load("en")), contoh.belu()
    )
    assert drawn.studio.texts("profil.kepala_perlu") == "What the next class needs"


def _copy(folder: Path, **changed: str) -> Path:
    """Copy the edition of Belu into a project of its own, with lines of edition.toml changed."""
    project = folder / "proyek"
    shutil.copytree(small.ROOT / "styles", project / "styles")
    shutil.copytree(small.ROOT / "boundaries", project / "boundaries")
    shutil.copytree(small.BELU, project / "editions" / "belu-2021")
    file = project / "editions" / "belu-2021" / "edition.toml"
    text = file.read_text(encoding="utf-8")
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return file.parent


def test_an_earlier_edition_with_other_cut_offs_is_refused(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    baseline = folder.parents[1] / "styles" / "dasar" / "belu-2021.toml"
    text = baseline.read_text(encoding="utf-8")
    assert "67.93" in text
    baseline.write_text(text.replace("67.93", "67.94"), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        profile_run.make(contoh.order(small.BELU), ProfileWish(last_year=edition.load(folder)))
    assert refused.value.key == "lalu_cut_off"


def test_an_earlier_edition_of_another_district_is_refused(tmp_path: Path) -> None:
    other = edition.load(contoh.build(tmp_path / "contoh"))
    with pytest.raises(UsageError) as refused:
        profile_run.make(contoh.order(small.BELU), ProfileWish(last_year=other))
    assert refused.value.key == "lalu_daerah"


def test_with_the_same_edition_before_every_village_is_unchanged() -> None:
    wish = ProfileWish(kecamatan=False, last_year=edition.load(small.BELU))
    made = profile_run.make(contoh.order(small.BELU), wish)
    assert (made.villages, made.kecamatan) == (21, 0)
    assert "profil-kecamatan.pdf" not in made.files
