"""banding.html in a real browser: maps, matrix, filters, and nothing from outside."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fsva.comparison.maps import change_palette
from fsva.comparison.values.result import Comparison
from fsva.comparison.view import change_counts, change_lists, page_data, review_page
from fsva.comparison.view.page_data import PageVillages
from fsva.core import texts
from fsva.files.pages import village_paths
from tests.places import banding_buatan, banding_contoh, belu, small
from tests.places import browser as pages
from tests.places.browser import Browser
from tests.places.framed import plain, repair

STYLE = change_palette.load()
# A name that would close the data, one with quotes, and one that turns the direction of text.
HOSTILE = ("</script><script>alert(1)</script>", "\"'&<img src=x onerror=alert(1)>", "\u202eDesa")


@cache
def comparison(forced: tuple[str, ...] = ()) -> Comparison:
    studio = belu.made().studio
    return banding_buatan.comparison(studio.villages.geo_frame, studio.method, forced=forced)


def with_names(made: Comparison, names: tuple[str, ...]) -> Comparison:
    renamed = [replace(v, name=n) for v, n in zip(made.villages, names, strict=False)]
    return replace(made, villages=(*renamed, *made.villages[len(renamed) :]))


def land() -> PageVillages:
    made = belu.made()
    rows = made.studio.villages
    table = rows.frame[["desa", "kecamatan"]].assign(komposit_kelas=1)
    return PageVillages(rows, table)


def written(
    made: Comparison, language: texts.Language = "id", a: PageVillages | None = None
) -> bytes:
    return review_page.write(made, land(), a, STYLE, texts.load(language))


def data_of(content: bytes) -> dict[str, Any]:
    found = re.search(rb'id="data">(.*?)</script>', content, re.S)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_page_opens_where_classes_changed() -> None:
    whole = comparison()
    last = len(whole.measures) - 1
    assert data_of(written(whole))["start"] == last
    others = tuple(c for c in whole.changes if c.measure != whole.measures[last].id)
    start = data_of(written(replace(whole, changes=others)))["start"]
    counts = [sum(c.measure == m.id and bool(c.delta) for c in others)
              for m in whole.measures]  # fmt: skip
    assert counts[start] == max(counts) > 0
    assert data_of(written(replace(whole, changes=())))["start"] == last


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pages.chromium() as found:
        yield found


class Opened(pages.Opened):
    """The page of a comparison."""

    def lit(self) -> set[int]:
        """Return the villages of B's map that are not dimmed."""
        script = "[...document.querySelectorAll('#layer-b .v:not(.dim)')].map(p => +p.dataset.i)"
        return set(self.page.evaluate(script))

    def rows(self) -> list[str]:
        """Return the names in the table."""
        names: list[str] = self.page.locator("#rows button.name").all_inner_texts()
        return names


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Opened]:
    file = tmp_path / "banding.html"
    names = getattr(request, "param", ())
    file.write_bytes(written(with_names(comparison(), names)))
    made = Opened(browser, file)
    yield made
    assert made.complaints == []
    assert {url.split("#")[0] for url in made.requests} == {file.as_uri()}
    made.page.close()


@pytest.mark.chromium
def test_a_cell_of_the_matrix_selects_its_villages_on_map_and_in_table(opened: Opened) -> None:
    made = comparison()
    cells = made.cells[-1]
    rows = list(zip(made.villages, cells.classes_a, cells.classes_b, strict=True))
    a, b = next((a, b) for v, a, b in rows if v.code_a and a and b and a != b)
    wanted = {n for n, (v, x, y) in enumerate(rows) if v.code_a and (x, y) == (a, b)}
    opened.page.click(f'[data-cell="{a}-{b}"]')
    assert opened.lit() == wanted
    assert sorted(opened.rows()) == sorted(made.villages[n].name for n in wanted)
    assert opened.page.get_attribute(f'[data-cell="{a}-{b}"]', "aria-pressed") == "true"
    assert opened.page.inner_text("#picked") == f"{len(wanted)} desa dipilih"
    opened.page.click(f'[data-cell="{a}-{b}"]')
    assert len(opened.lit()) == len(made.villages)


@pytest.mark.chromium
def test_the_keyboard_alone_does_the_same(opened: Opened) -> None:
    opened.page.focus("#matrix button:not([disabled])")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator('#matrix [aria-pressed="true"]').count() == 1
    assert 0 < len(opened.lit()) < len(comparison().villages)
    opened.page.focus("#swipe")
    opened.page.keyboard.press("Home")
    assert opened.page.input_value("#swipe") == "0"


@pytest.mark.chromium
def test_filters_choose_by_kecamatan_tier_reason_and_name(opened: Opened) -> None:
    made, view = comparison(), opened.page
    own = [c for c in made.changes if c.measure == "komposit"]
    kecamatan = own[0].kecamatan
    view.select_option("#f-kec", label=kecamatan)
    assert opened.lit() == {n for n, v in enumerate(made.villages) if v.kecamatan == kecamatan}
    view.click("#clear")
    view.select_option("#f-tier", label="Berpindah antara rentan (1-3) dan tahan (4-6)")
    assert sorted(opened.rows()) == sorted(c.village for c in own if c.tier == "lintas")
    view.click("#clear")
    part = own[0].reasons[0].part
    view.select_option("#f-why", label=texts.load("id")(f"banding.bagian.{part}"))
    wanted = {c.village for c in own if any(r.part == part for r in c.reasons)}
    assert set(opened.rows()) == wanted
    view.click("#clear")
    view.fill("#f-text", own[0].village[:4].upper())
    assert own[0].village in opened.rows()


@pytest.mark.chromium
def test_the_numbers_of_risen_and_fallen_are_those_of_the_matrix(opened: Opened) -> None:
    own = comparison().summary.measures[-1]
    said = opened.page.inner_text("#moved")
    assert said == (
        f"Naik (lebih tahan): {own.n_rose} desa; turun (lebih rentan): {own.n_fell} desa."
    )
    assert opened.page.inner_text("#count").endswith(f"dari {len(comparison().villages)} desa")


@pytest.mark.chromium
def test_another_measure_shows_its_own_classes(opened: Opened) -> None:
    made = comparison()
    opened.page.select_option("#measure", "0")
    colours = {c.number: c.colour for c in made.measures[0].classes} | {0: "#ffffff"}
    fills = opened.page.evaluate(
        "[...document.querySelectorAll('#layer-b .v')].map(p => p.getAttribute('fill'))"
    )
    assert fills == [colours[b or 0] for b in made.cells[0].classes_b]


@pytest.mark.chromium
def test_swiping_moves_the_edge_and_what_lies_left_of_it_is_a(opened: Opened) -> None:
    view = opened.page
    right = "(() => { const r = document.querySelector('#left rect');"
    right += " return +r.getAttribute('x') + +r.getAttribute('width'); })()"
    places = []
    for at in ("0", "50", "100"):
        view.fill("#swipe", at)
        places.append(view.evaluate(right))
    assert places[0] <= 0 < places[1] < places[2]
    assert places[2] >= data_of(written(comparison()))["map"]["w"]
    view.locator("#stage").scroll_into_view_if_needed()
    box = view.locator("#stage").bounding_box()
    assert box is not None
    view.mouse.move(box["x"] + 10, box["y"] + 100)
    view.mouse.down()
    view.mouse.move(box["x"] + box["width"] / 4, box["y"] + 100)
    view.mouse.up()
    assert abs(float(view.input_value("#swipe")) - 25) <= 1


@pytest.mark.chromium
def test_a_zoomed_map_pans_and_the_edge_stays_between_the_maps(opened: Opened) -> None:
    view = opened.page
    view.click("#zoom-in")
    view.wait_for_timeout(100)
    west = float((view.get_attribute("#map", "viewBox") or "").split()[0])
    view.locator("#stage").scroll_into_view_if_needed()
    box = view.locator("#stage").bounding_box()
    assert box is not None
    view.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 100)
    view.mouse.down()
    view.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 100)
    view.mouse.up()
    view.wait_for_timeout(100)
    moved = [float(n) for n in (view.get_attribute("#map", "viewBox") or "").split()]
    assert moved[0] > west
    assert view.input_value("#swipe") == "50"
    edge = float(view.get_attribute("#edge", "x1") or "nan")
    assert edge == pytest.approx(moved[0] + moved[2] / 2, rel=0.01)  # still in the middle
    assert view.locator("#names text:visible").count() > 0


@pytest.mark.chromium
def test_risen_and_fallen_villages_are_chosen_by_direction(opened: Opened) -> None:
    own = comparison().summary.measures[-1]
    for way, number in (("1", own.n_rose), ("-1", own.n_fell)):
        opened.page.select_option("#f-way", way)
        assert len(opened.rows()) == len(opened.lit()) == number


@pytest.mark.chromium
def test_the_values_of_a_village_stand_beside_the_map(opened: Opened) -> None:
    made = comparison()
    change = next(c for c in made.changes if c.measure == "komposit")
    opened.page.fill("#f-text", change.village)
    opened.page.locator("#rows button.name").first.click()
    said = opened.page.inner_text("#village")
    assert change.village in said
    assert said.count("Peta ") == len(made.measures)
    for value in (change.value_a, change.value_b):
        assert value is None or texts.load("id").decimal(value, 2) in said


@pytest.mark.chromium
def test_the_address_brings_back_the_choice(browser: Browser, opened: Opened) -> None:
    view = opened.page
    view.select_option("#measure", "2")
    view.select_option("#f-way", "1")
    view.click("[data-mode=change]")
    view.wait_for_url(re.compile("cara=change.*arah=1"))
    again = browser.new_page()
    again.goto(view.url)
    again.wait_for_selector("html[data-ready]")
    rows = "[...document.querySelectorAll('#rows button.name')].map(b => b.textContent)"
    assert again.evaluate(rows) == view.evaluate(rows)
    assert again.input_value("#measure") == "2"
    assert again.get_attribute("[data-mode=change]", "aria-pressed") == "true"
    again.close()


@pytest.mark.chromium
@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_passes_an_audit(browser: Browser, tmp_path: Path, width: int) -> None:
    file = tmp_path / "banding.html"
    file.write_bytes(written(comparison(("dasar",))))
    assert pages.audited(browser, file, "", width) == []


@pytest.mark.chromium
def test_blinking_turns_between_the_maps_only_when_asked(opened: Opened) -> None:
    view = opened.page
    view.click("[data-mode=blink]")
    width = "+document.querySelector('#left rect').getAttribute('width')"
    before = view.evaluate(width)
    view.wait_for_timeout(1200)
    assert view.evaluate(width) == before > 0
    view.click("#turn")
    assert view.evaluate(width) == 0
    view.click("#blink")
    seen = set()
    for _ in range(10):  # the page's policy forbids to wait for an expression
        view.wait_for_timeout(400)
        seen.add(view.evaluate(width) > 0)
    assert seen == {True, False}
    view.click("#blink")


@pytest.mark.chromium
def test_the_map_of_change_has_signs(opened: Opened) -> None:
    made, view = comparison(), opened.page
    view.click("[data-mode=change]")
    steps = [b - a for v, a, b in
             zip(made.villages, made.cells[-1].classes_a, made.cells[-1].classes_b, strict=True)
             if v.code_a and a and b and a != b]  # fmt: skip
    signs = view.evaluate("[...document.querySelectorAll('#layer-b text')].map(t => t.textContent)")
    shown = sorted(sign for sign in signs if sign[:1] in "+−" and sign)
    wanted = sorted(f"+{s}" if s > 0 else f"−{-s}" for s in steps)
    assert len(shown) >= len(wanted) - 3
    assert set(shown) <= set(wanted)


@pytest.mark.chromium
@pytest.mark.parametrize("opened", [HOSTILE], indirect=True)
def test_hostile_names_are_shown_as_they_are_and_run_nothing(opened: Opened) -> None:
    opened.page.fill("#f-text", "alert")
    assert set(opened.rows()) == set(HOSTILE[:2])
    opened.page.fill("#f-text", "Desa")
    assert HOSTILE[2] in opened.rows()
    assert opened.page.locator("img").count() == 0


@pytest.mark.chromium
def test_it_opens_small_dark_and_in_english(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "banding.html"
    file.write_bytes(written(comparison(("dasar",)), "en"))
    made = Opened(browser, file, viewport={"width": 390, "height": 800}, color_scheme="dark")
    assert made.complaints == []
    wide = made.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    assert "FORCED" in made.page.inner_text('[role="alert"]')
    assert made.page.get_attribute("html", "lang") == "en"
    made.page.close()


@pytest.mark.chromium
def test_english_says_one_village_and_two_villages(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "banding.html"
    file.write_bytes(written(comparison(), "en"))
    made = Opened(browser, file)
    cells = comparison().cells[-1]
    pairs = Counter(zip(cells.classes_a, cells.classes_b, strict=True))
    seen = set()
    for (a, b), villages in pairs.items():
        if not (a and b):
            continue
        noun = "village" if villages == 1 else "villages"
        seen.add(noun)
        cell = made.page.locator(f'[data-cell="{a}-{b}"]')
        assert (cell.get_attribute("aria-label") or "").endswith(f": {villages} {noun}")
        cell.click()
        assert made.page.inner_text("#picked") == f"{villages} {noun} selected"
        made.page.click(f'[data-cell="{a}-{b}"]')
    assert seen == {"village", "villages"}
    made.page.fill("#f-text", comparison().villages[0].name)
    assert made.page.inner_text("#count").endswith(f" of {len(comparison().villages)} villages")
    assert "{" not in made.page.inner_text("body")
    assert made.complaints == []
    made.page.close()


@pytest.mark.chromium
@pytest.mark.shared
def test_852_villages_open_fast(browser: Browser, tmp_path: Path, shared_dir: Path) -> None:
    import geopandas as gpd

    layer = gpd.read_file(shared_dir / "boundaries" / "desa_11.08_aceh-utara.geojson")
    layer = repair.repair(layer.set_index("kode").to_crs(32647))[0]
    layer["desa"], layer["kecamatan"] = layer["nama"], [str(code)[:8] for code in layer.index]
    made = banding_buatan.comparison(layer, small.shipped_method())
    file = tmp_path / "banding.html"
    own = PageVillages(plain(layer), layer[["desa"]])
    file.write_bytes(review_page.write(made, own, None, STYLE, texts.load("id")))
    assert file.stat().st_size < 1_500_000
    opened = Opened(browser, file)
    assert opened.complaints == []
    assert len(opened.lit()) == 852
    ready = opened.page.evaluate("performance.now()")
    assert ready < 15000  # far above what was measured: the machine may be busy
    opened.page.close()


def test_names_cannot_leave_the_data() -> None:
    content = written(with_names(comparison(), HOSTILE))
    assert content.count(b"</script>") == 2
    assert b"<img" not in content
    shown = [v[2] for v in data_of(content)["villages"]]
    assert shown[:3] == list(HOSTILE)


def test_the_page_asks_for_nothing_and_runs_only_its_own_program() -> None:
    content = written(comparison()).decode("utf-8")
    assert re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?\s*(?!#)[a-z]+:", content) == []
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', content)
    assert policy
    assert policy[1].startswith(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"
    )


def test_the_same_comparison_gives_the_same_page() -> None:
    assert written(comparison()) == written(comparison())


def test_without_borders_there_is_no_map_and_the_page_says_why() -> None:
    content = review_page.write(comparison(), None, None, STYLE, texts.load("id")).decode("utf-8")
    assert data_of(content.encode())["map"] is None
    assert "Batas desa tidak diketahui" in content


def test_a_large_comparison_lists_only_what_changed_and_has_no_map() -> None:
    made = comparison()
    few = STYLE.model_copy(update={"page": STYLE.page.model_copy(update={"villages": 50})})
    content = review_page.write(made, land(), None, few, texts.load("id"))
    data = data_of(content)
    assert data["map"] is None
    assert "lebih dari 50" in content.decode("utf-8")
    named = {(c.code_a, c.code_b) for c in made.changes}
    listed = {(v[0], v[1]) for v in data["villages"]}
    assert named <= listed < {(v.code_a, v.code_b) for v in made.villages}
    assert data["cells"][-1]["matrix"] == [list(row) for row in made.transitions[-1].villages]


def test_changes_beyond_the_budget_keep_their_tier() -> None:
    made = comparison()
    whole = page_data.of_comparison(made, None, None, STYLE, texts.load("id"))
    cut = page_data.of_comparison(replace(made, changes=()), None, None, STYLE, texts.load("id"))
    for before, after in zip(whole["cells"], cut["cells"], strict=True):
        assert [c[:2] for c in before["changes"]] == [c[:2] for c in after["changes"]]


def test_a_with_borders_of_its_own_has_its_own_classes() -> None:
    data = data_of(written(comparison(), a=land()))
    assert data["map"]["classes_a"][-1] == "1" * len(land().villages)
    assert data_of(written(comparison()))["map"]["classes_a"] is None


def test_the_forced_warning_and_every_list_stand_in_the_page_itself() -> None:
    content = review_page.write(
        banding_contoh.COMPARISON, None, None, STYLE, texts.load("id")
    ).decode("utf-8")
    assert 'role="alert"' in content
    assert "DIPAKSA" in content
    for title in ("Desa yang tidak tetap", "Perbedaan masukan", "Gambar yang tampak berbeda",
                  "Desa yang terus berganti kelas", "Rata-rata kelas per kecamatan"):  # fmt: skip
        assert f"<summary>{title}" in content
    assert "<polyline" in content
    assert "&lt;b&gt;&quot;Tiga&quot; &amp; =Baru&lt;/b&gt;" in content


def test_paths_are_whole_numbers_that_close() -> None:
    villages = belu.made().studio.villages
    drawn = village_paths.draw(villages, village_paths.window([villages], 500))
    assert len(drawn.paths) == len(villages)
    for path in drawn.paths:
        assert re.fullmatch(r"(M-?\d+,-?\d+(l-?\d+,-?\d+|[hv]-?\d+)+z)+", path)


def printed(browser: Browser, file: Path, before: str | None = None) -> tuple[list[str], list[str]]:
    """Print a page to PDF; return the text of its pages, and what it complained of."""
    import pypdfium2

    made = Opened(browser, file)
    if before:
        made.page.click(before)
    content = made.page.pdf(prefer_css_page_size=True)
    complaints = made.complaints
    assert made.page.locator("#prints svg").count() == 0  # and the screen is as it was
    made.page.close()
    with pypdfium2.PdfDocument(content) as document:
        return [sheet.get_textpage().get_text_range() for sheet in document], complaints


@pytest.mark.chromium
@pytest.mark.parametrize("before", [None, "[data-mode=change]"], ids=["swipe", "change"])
def test_the_printed_page_is_whole(browser: Browser, tmp_path: Path, before: str | None) -> None:
    made = comparison()
    file = tmp_path / "banding.html"
    file.write_bytes(written(made))
    sheets, complaints = printed(browser, file, before)
    text = " ".join(" ".join(sheets).split())  # a heading of two words may stand in two lines
    assert complaints == []
    # The first sheet: the chosen measure, both maps by name and the change, none half.
    shown = f"Ditampilkan: Peta 7 - {made.measures[-1].name['id']}; semua desa."
    assert shown in " ".join(sheets[0].split())
    assert all(side.name in sheets[0] for side in made.sides)
    assert sheets[0].count("Perubahan kelas") == 1
    # The matrix: every number of it, row by row.
    where = text[text.index("Peralihan kelas") : text.index("Sebab perubahan kelas")]
    numbers = [int(word) for word in re.findall(r"(?<![\w,.])\d+(?![\w,.])", where)]
    wanted = [n for row in made.transitions[-1].villages for n in row if n]
    assert not Counter(wanted) - Counter(numbers)
    # The table: every village that changed; the folded sections: open.
    own = {c.village for c in made.changes if c.measure == "komposit"}
    listed = text[text.index("Kelas lama") : text.index("Per ukuran")]
    assert {name for name in own if name not in listed} == set()
    assert "Mendapat kelas" in text
    assert "Bagian luas lama" in text


@pytest.mark.chromium
def test_what_was_filtered_is_said_on_paper(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "banding.html"
    file.write_bytes(written(comparison()))
    made = Opened(browser, file)
    made.page.select_option("#f-kec", index=1)
    name = made.page.locator("#f-kec option").nth(1).inner_text()
    said = made.page.locator("#chosen").text_content() or ""
    made.page.close()
    assert name in said
    assert "desa dipilih" in said


@pytest.mark.chromium
def test_the_numbers_at_the_head_are_those_of_the_chosen_map(opened: Opened) -> None:
    summary = comparison().summary
    for n in (len(summary.measures) - 1, 0, 2):
        opened.page.select_option("#measure", str(n))
        own = summary.measures[n]
        shown = [int(opened.page.inner_text(f'[data-count="{key}"]')) for key in change_counts.KEYS]
        crossed = own.n_tiers["lintas"]
        assert shown == [own.n_tiers["kelas"] + crossed, crossed, own.n_values, own.n_tiers["ada"]]
        assert comparison().measures[n].name["id"] in opened.page.inner_text("#numbers-of")
    cells = sum(m.n_tiers["kelas"] + m.n_tiers["lintas"] for m in summary.measures)
    assert f"{cells} sel berganti kelas" in opened.page.inner_text("#all-maps")
    assert "di 7 dari 7 peta" in opened.page.inner_text("#all-maps")


@pytest.mark.chromium
def test_without_a_program_there_are_the_map_of_changes_and_its_table(
    browser: Browser, tmp_path: Path
) -> None:
    found = comparison()
    file = tmp_path / "banding.html"
    file.write_bytes(written(found))
    made = Opened(browser, file, java_script_enabled=False)
    assert made.page.locator("noscript svg.map path").count() == len(found.villages)
    own = [c for c in found.changes if c.measure == "komposit"]
    assert made.page.locator("noscript tbody tr").count() == len(own)
    for dead in ("#measure", "#map", "#rows", "#swipe"):
        assert not made.page.locator(dead).is_visible()
    made.page.close()


def test_what_differs_is_named_as_a_report_names_it() -> None:
    found = comparison()
    rows = change_lists.edits(found, texts.load("id")).rows
    of_values = [row for row in rows if row[0] == "data"]
    assert of_values
    names = {m.name["id"] for m in found.measures}
    assert {row[1] for row in of_values} <= names
    assert not [row for row in of_values if "." in str(row[4])]  # decimal comma
