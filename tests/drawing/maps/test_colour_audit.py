"""Class colours as all readers see them: thresholds of the shipped themes, and what fails."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from fsva import cli
from fsva.config.methods import method
from fsva.config.styles import palette, theme
from fsva.config.styles.theme import Theme
from fsva.core.errors import StyleError, UsageError
from fsva.drawing.maps import border_colours, colour_audit
from fsva.drawing.maps.colour_audit import Audit, ColourDistances
from fsva.drawing.paper.colours import rgb
from fsva.files.writers import png
from tests.places.belu import COLOURS
from tests.places.small import ROOT, THEME

STYLES = ROOT / "styles"
THEMES = sorted((STYLES / "gaya").glob("*.toml"))
LIMITS = colour_audit.load_limits(STYLES / "audit-warna.toml")
ELEVEN = STYLES / "metode" / "fsva-2025-11.toml"


def audits(file: Path, limits: ColourDistances = LIMITS, **changes: object) -> list[Audit]:
    """Audit the maps of the national method, of six and of four classes, in a theme."""
    style: Theme = theme.load(file).model_copy(update=changes)
    rules = palette.painted(method.load_open(ELEVEN), style, file)
    kinds = sorted({rules.classes_of(m) for m in rules.measures()}, key=len, reverse=True)
    first = rules.first_secure
    return [colour_audit.audit(kind, rules.no_data_colour, style, limits, first) for kind in kinds]


def distance(audited: Audit, first: int, second: int, vision: colour_audit.Vision) -> float:
    (pair,) = (p for p in audited.pairs if (p.first, p.second) == (first, second))
    return pair.distances[vision]


def test_official_colours_fail_deutan_readers_as_measured_before() -> None:
    six, _ = audits(THEME)
    measured = [distance(six, *pair, "deutan") for pair in ((1, 6), (2, 5), (3, 4))]
    assert measured == [11.5, 13.1, 15.6]
    (pair,) = (p for p in six.pairs if (p.first, p.second) == (3, 5))
    assert pair.lightness == 0.6
    assert pair.near == ("deutan", "kelabu")


def test_all_pairs_are_measured_with_no_data() -> None:
    six, four = audits(THEME)
    assert (six.n_classes, len(six.pairs)) == (6, 21)
    assert (four.n_classes, len(four.pairs)) == (4, 10)


@pytest.mark.parametrize("file", THEMES, ids=lambda f: f.stem)
def test_every_shipped_theme_can_be_read_by_all(file: Path) -> None:
    assert [one.n_findings for one in audits(file)] == [0, 0]


def test_without_the_hatch_the_official_colours_are_a_finding() -> None:
    six, four = audits(THEME, channel="tidak")
    found = {(p.first, p.second) for p in six.pairs if p.is_finding}
    assert found == {(1, 6), (2, 4), (2, 5), (2, 6), (3, 4), (3, 5)}
    assert {(p.first, p.second) for p in four.pairs if p.is_finding} == {(1, 4), (2, 3)}
    assert [one.n_findings for one in audits(THEME, channel="angka")] == [0, 0]


def test_the_safe_palette_needs_no_hatch_and_grey_is_ordered() -> None:
    safe = STYLES / "gaya" / "aman-warna.toml"
    assert [one.n_findings for one in audits(safe, channel="tidak")] == [0, 0]
    grey = theme.load(STYLES / "gaya" / "kelabu.toml").palette
    assert grey is not None
    light = [colour_audit.lightness(colour_audit.sights(c)["normal"]) for c in grey.classes[6]]
    assert light == sorted(light)
    assert min(b - a for a, b in pairwise(light)) >= LIMITS.grey


@pytest.mark.parametrize("file", THEMES, ids=lambda f: f.stem)
def test_no_other_colour_is_so_near_that_a_picture_could_take_it_for_a_class(file: Path) -> None:
    style = theme.load(file)
    rules = palette.painted(method.load_open(ELEVEN), style, file)
    classes = {c.colour for c in rules.classes}
    muted = {*style.colours.model_dump().values(), *(h.colour for h in style.hatches)}
    muted |= {border_colours.within(c, style.borders) for c in (*classes, rules.no_data_colour)}
    near = [(a, b) for a in classes for b in muted if not png._apart(rgb(a), rgb(b))]
    assert near == []


@pytest.mark.parametrize("file", THEMES, ids=lambda f: f.stem)
def test_village_borders_are_seen_in_every_class_of_every_theme(file: Path) -> None:
    for measured in audits(file, LIMITS):
        assert [b.number for b in measured.borders] == [0, *range(1, measured.n_classes + 1)]
        for edge in measured.borders:
            assert edge.contrast >= 2
            assert not edge.is_finding


def test_a_village_border_that_is_too_faint_is_a_finding() -> None:
    strict = LIMITS.model_copy(update={"border": 2.5})
    six, _ = audits(THEME, strict)
    assert [b.number for b in six.borders if b.is_finding] == [0, 3, 4, 5]
    assert six.n_findings == 4


def test_a_hatch_that_is_too_faint_is_a_finding() -> None:
    faint = LIMITS.model_copy(update={"hatch": 20.0})
    six, _ = audits(THEME, faint)
    assert [(line.number, line.is_finding) for line in six.lines] == [
        (1, False), (2, True), (3, True)]  # fmt: skip
    assert six.n_findings == 2


def test_a_theme_replaces_colours_and_nothing_else_of_the_method() -> None:
    official = method.load_open(ELEVEN)
    assert palette.painted(official, theme.load(THEME), THEME) is official
    assert tuple(c.colour for c in official.classes) == COLOURS
    grey = STYLES / "gaya" / "kelabu.toml"
    style = theme.load(grey)
    painted = palette.painted(official, style, grey)
    assert style.palette is not None
    assert tuple(c.colour for c in painted.classes) == style.palette.classes[6]
    stunting = next(i for i in painted.indicators if i.map_classes)
    assert tuple(c.colour for c in stunting.map_classes) == style.palette.classes[4]
    assert [c.name for c in painted.classes] == [c.name for c in official.classes]
    assert [i.cut_offs for i in painted.indicators] == [i.cut_offs for i in official.indicators]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('6 = ["#262626", ', "6 = [", "skema_mustahil"),
        ("kelas = 2\nsudut = [135]", "kelas = 1\nsudut = [135]", "skema_mustahil"),
        ("sudut = [135]\njarak = 1.5", "sudut = [0]\njarak = 1.8", "skema_mustahil"),
        ('kanal_kedua = "arsir"', 'kanal_kedua = "titik"', "skema_pilihan"),
        ('warna = "#989898"', 'warna = "abu"', "skema_pola"),
        ("jarak = 1.8", "jarak = 0", "skema_batas"),
    ],
)
def test_impossible_themes_are_refused(tmp_path: Path, old: str, new: str, key: str) -> None:
    text = (STYLES / "gaya" / "kelabu.toml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "gaya.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StyleError) as caught:
        theme.load(file)
    assert caught.value.key == key
    assert caught.value.places[0].file == file


def test_a_palette_must_fit_the_classes_of_every_map(tmp_path: Path) -> None:
    text = (STYLES / "gaya" / "kelabu.toml").read_text(encoding="utf-8")
    file = tmp_path / "gaya.toml"
    file.write_text("\n".join(t for t in text.splitlines() if t[:4] != "4 = "), encoding="utf-8")
    with pytest.raises(StyleError) as caught:
        audits(file)
    assert caught.value.key == "palet_kurang"
    assert caught.value.facts == {"jumlah": "4"}


def test_the_command_prints_tables_and_tells_findings_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["gaya", "audit"]) == 0
    shown = capsys.readouterr().out
    assert "Gaya aman-warna, peta 6 kelas" in shown
    assert "*11,5" in shown
    bare = tmp_path / "polos.toml"
    text = THEME.read_text(encoding="utf-8")
    bare.write_text(text.replace('kanal_kedua = "arsir"', 'kanal_kedua = "tidak"'), "utf-8")
    assert cli.main(["gaya", "audit", str(bare), "--bahasa", "en"]) == 1
    assert "FINDING: can be confused" in capsys.readouterr().out


def test_the_command_writes_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["gaya", "audit", "standar", "--metode", str(ELEVEN), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    (only,) = record["gaya"]
    assert (only["gaya"], only["temuan"]) == ("standar", 0)
    assert [m["jumlah_kelas"] for m in only["peta"]] == [6, 4]
    pairs = {tuple(p["kelas"]): p for p in only["peta"][0]["pasangan"]}
    assert pairs[1, 6]["deutan"] == 11.5
    assert pairs[1, 6]["terlalu_dekat"] == ["deutan"]
    assert pairs[1, 6]["penanda_kedua"] is True


def test_without_coloraide_the_command_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "coloraide", None)
    with pytest.raises(UsageError) as caught:
        colour_audit.sights("#FFFFFF")
    assert caught.value.key == "coloraide_hilang"
