"""``atlas.html``: its figures against the table of classes, and the page in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.errors import UsageError
from fsva.files.pages import atlas_data
from fsva.index import result_columns
from fsva.runs import run_order, tabulation
from fsva.runs.pages import page_run
from fsva.runs.tabulation import Tabulated
from tests.places import belu, browser
from tests.places.browser import Browser, Opened

# A name that would close the data, one with quotes, and one that turns the direction of text.
HOSTILE = ("</script><script>alert(1)</script>", "\"'&<img src=x onerror=alert(1)>", "\u202eDesa")


@cache
def tabulated() -> Tabulated:
    order = run_order.place(edition.load(belu.EDITION), None, texts.load("id"))
    return tabulation.tabulate(order.edition, order.village_layer)


@cache
def written(
    made: Tabulated, language: texts.Language = "id", earlier: tuple[Path, ...] = ()
) -> bytes:
    settings = edition.load(belu.EDITION).settings
    sure = np.full(len(made.table), 0.9)
    classes_csv = belu.made().files["kelas.csv"]
    made_of = (settings, made, sure, classes_csv, "0123abcd", earlier)
    (content,) = page_run.files(*made_of, texts.load(language)).values()
    return content


def data_of(content: bytes) -> dict[str, Any]:
    found = re.search(rb'id="data">(.*?)</script>', content, re.S)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def rows_of_classes() -> list[dict[str, str]]:
    text = belu.made().files["kelas.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def named(made: Tabulated, names: tuple[str, ...]) -> Tabulated:
    changed = result_columns.words([*names, *made.table.names[len(names) :]])
    return replace(made, table=replace(made.table, names=changed))


def test_values_and_classes_are_those_of_the_table_of_classes() -> None:
    data = data_of(written(tabulated()))
    expected = {row["kode_kemendagri"]: row for row in rows_of_classes()}
    measures = [measure.id for measure in tabulated().rules.measures()]
    assert len(data["villages"]) == len(expected) == 81
    for n, (code, *_) in enumerate(data["villages"]):
        for at, measure in enumerate(measures):
            row = expected[code]
            value, drawn = data["values"][at][n], data["legend"][at][data["classes"][at][n]][0]
            assert (f"{value}" if value is not None else "") == str(
                float(row[measure]) if row[measure] else ""
            )
            assert drawn == int(row[f"{measure}_kelas"] or 0)


def test_the_legend_counts_what_the_report_prints() -> None:
    # Report, table 5.1: no village in class 1, then 4, 17, 22, 28 and 10.
    legend = data_of(written(tabulated()))["legend"][-1]
    assert [count for priority, _, count in legend if priority] == [0, 4, 17, 22, 28, 10]


def test_the_map_without_a_program_has_the_colour_of_each_class() -> None:
    content = written(tabulated()).decode("utf-8")
    colours = {c.number: c.colour for c in tabulated().rules.classes}
    fills = re.findall(r'<path class="v"[^>]* data-i="(\d+)" fill="(#[0-9A-F]{6})"', content)
    classes = tabulated().table.classes["komposit"].tolist()
    assert len(fills) == len(classes)
    assert all(colour == colours[classes[int(n)]] for n, colour in fills)


def test_every_village_shows_its_class_however_small() -> None:
    content = written(tabulated()).decode("utf-8")
    size = max(map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', content)[0]))
    discs = re.findall(r'<circle data-i="(\d+)" cx="\d+" cy="\d+" r="(\d+)" fill="(#\w+)"', content)
    spots = data_of(content.encode())["spots"]
    assert len(discs) == len(spots)
    for n, radius, _ in discs:
        assert max(int(radius), spots[int(n)][2]) * 700 / size >= 3.4  # pixels


@pytest.mark.parametrize(
    ("schematic", "shareable", "said"),
    [
        (True, None, "boleh dibagikan."),
        (False, True, "boleh dibagikan."),
        (False, False, "tidak boleh dibagikan di luar kantor"),
        (False, None, "Kantor belum menyatakan"),
    ],
)
def test_the_page_says_whether_its_borders_may_be_passed_on(
    schematic: bool, shareable: bool | None, said: str
) -> None:
    settings = edition.load(belu.EDITION).settings
    more = {"schematic": schematic, "shareable": shareable}
    changed = settings.model_copy(update={"boundary": settings.boundary.model_copy(update=more)})
    assert said in texts.load("id")(atlas_data.sharing_key(changed))


def test_too_few_people_are_not_told() -> None:
    assert atlas_data.people_shown(np.array([np.nan, np.nan])) is None
    assert atlas_data.people_shown(np.array([0.0, 1.0, 4.0, 5.0, np.nan])) == [0, -1, -1, 5, None]


def test_names_from_data_stay_text() -> None:
    content = written(named(tabulated(), HOSTILE)).decode("utf-8")
    assert "<script>alert" not in content
    assert "<img" not in content
    assert data_of(content.encode())["villages"][0][2] == HOSTILE[0]


def test_earlier_editions_are_read_from_their_outputs(tmp_path: Path) -> None:
    (tmp_path / "kelas.csv").write_bytes(belu.made().files["kelas.csv"])
    (tmp_path / "manifest.json").write_text('{"kode": "53.04", "tahun": 2020}', "utf-8")
    (name, classes), = data_of(written(tabulated(), earlier=(tmp_path,)))["earlier"]  # fmt: skip
    assert name == "2020"
    assert Counter(classes) == {2: 4, 3: 17, 4: 22, 5: 28, 6: 10}


def test_an_earlier_edition_of_another_district_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kelas.csv").write_bytes(belu.made().files["kelas.csv"])
    (tmp_path / "manifest.json").write_text('{"kode": "53.21", "daerah": "Malaka"}', "utf-8")
    with pytest.raises(UsageError, match="sebelumnya_daerah"):
        written(tabulated(), earlier=(tmp_path,))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser.chromium() as found:
        yield found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("laman") / "atlas.html"
    made.write_bytes(written(tabulated()))
    return made


@pytest.fixture
def opened(chromium: Browser, file: Path) -> Iterator[Opened]:
    made = Opened(chromium, file)
    yield made
    assert made.complaints == []
    assert {url.split("#")[0] for url in made.requests} == {file.as_uri()}
    made.page.close()


def shown(made: Opened) -> list[str]:
    names: list[str] = made.page.locator("#table tbody tr:visible th").all_inner_texts()
    return names


@pytest.mark.chromium
def test_a_village_is_chosen_on_the_map_by_mouse_and_by_key(opened: Opened) -> None:
    page = opened.page
    at = [v[2] for v in data_of(written(tabulated()))["villages"]].index("Tasain")
    page.locator(f'#villages path[data-i="{at}"]').click()
    assert "Tasain" in page.locator("#village h3").inner_text()
    assert "0,4049" not in page.locator("#village").inner_text()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    other = page.locator("#village h3").inner_text()
    assert "Tasain" not in other
    page.keyboard.press("Escape")
    assert page.locator("#village h3").count() == 0


@pytest.mark.chromium
def test_what_is_read_of_a_village_is_what_the_table_says(opened: Opened) -> None:
    opened.page.fill("#search", "Teun")
    said = opened.page.locator("#village").inner_text().replace("\xa0", " ")
    (row,) = [r for r in rows_of_classes() if r["desa"] == "Teun"]
    for measure in tabulated().rules.indicators:
        if not measure.categories:
            assert row[measure.id].replace(".", ",") in said
    assert f"{row['peringkat']} dari 81" in said
    assert "Penyebabnya, terberat lebih dahulu: Rasio rumah tangga tanpa akses air bersih" in said


@pytest.mark.chromium
def test_a_class_of_the_legend_filters_map_and_table(opened: Opened) -> None:
    opened.page.locator("#legend button").filter(has_text=re.compile("^2 ")).click()
    expected = {r["desa"] for r in rows_of_classes() if r["komposit_kelas"] == "2"}
    assert set(shown(opened)) == expected
    lit = opened.page.locator("#villages path:not(.dim)").count()
    assert lit == len(expected) == 4
    opened.page.click("#clear")
    assert len(shown(opened)) == 81


@pytest.mark.chromium
def test_the_table_sorts_by_value(opened: Opened) -> None:
    opened.page.locator("#table thead button").nth(8).click()
    scores = [float(r["komposit"]) for r in rows_of_classes() if r["komposit"]]
    first = opened.page.locator("#table tbody tr:visible").first.inner_text()
    assert f"{min(scores):.2f}".replace(".", ",") in first


@pytest.mark.chromium
def test_the_address_brings_back_what_was_seen(chromium: Browser, opened: Opened) -> None:
    page = opened.page
    page.select_option("#measure", "4")
    page.fill("#search", "Tasain")
    page.click("#zoom-in")
    page.click("#language")
    page.wait_for_url(re.compile("bahasa=en.*jendela"))
    address = page.evaluate("location.hash")
    again = Opened(chromium, Path(page.url[7:].split("#")[0]), address)
    boxes = [p.locator("#map").get_attribute("viewBox").split() for p in (page, again.page)]
    first, second = ([float(number) for number in box] for box in boxes)
    assert second == pytest.approx(first, abs=1)
    for script in ("document.getElementById('village').innerText",
                   "document.getElementById('h-map').innerText",
                   "document.documentElement.lang"):  # fmt: skip
        assert again.page.evaluate(script) == page.evaluate(script)
    again.page.close()


@pytest.mark.chromium
@pytest.mark.parametrize("address", ["#peta=99&desa=x&kelas=a.b", "#jendela=0.0.-5&kecamatan=<b>"])
def test_an_address_from_elsewhere_does_no_harm(
    chromium: Browser, file: Path, address: str
) -> None:
    made = Opened(chromium, file, address)
    assert made.complaints == []
    assert len(shown(made)) == 81
    made.page.close()


@pytest.mark.chromium
def test_the_download_is_the_table_of_classes(opened: Opened) -> None:
    with opened.page.expect_download() as waited:
        opened.page.click("#download")
    content = Path(waited.value.path()).read_bytes()
    assert content == belu.made().files["kelas.csv"]
    assert waited.value.suggested_filename == "kelas-53.04-2021.csv"


@pytest.mark.chromium
def test_both_languages_are_in_the_page(opened: Opened) -> None:
    opened.page.click("#language")
    said = opened.page.locator("body").inner_text()
    for word in ("Desa/kelurahan", "Rentan", "Sumber data", "Peringkat", "Legenda", "nilai"):
        assert word not in said
    assert opened.page.evaluate("document.documentElement.lang") == "en"
    assert "0.4124" in said


@pytest.mark.chromium
def test_without_a_program_there_are_map_and_table(chromium: Browser, file: Path) -> None:
    made = Opened(chromium, file, java_script_enabled=False)
    assert made.page.locator("#villages path").count() == 81
    assert len(shown(made)) == 81
    assert made.page.locator("noscript p").is_visible()
    assert not made.page.locator("#measure").is_visible()
    assert "28 desa/kelurahan" in made.page.locator("#legend").inner_text()
    made.page.close()


@pytest.mark.chromium
def test_the_printed_page_keeps_everything(opened: Opened) -> None:
    import pypdfium2

    opened.page.fill("#search", "Teun")
    opened.page.click("#clear")
    content = opened.page.pdf(prefer_css_page_size=True)
    with pypdfium2.PdfDocument(content) as document:
        text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    text = "".join(text.split())  # PDFium parts the letters of small type
    for row in rows_of_classes():
        place, score = f"{row['desa']}{row['kecamatan']}", row["komposit"].replace(".", ",")
        assert "".join(place.split()) in text
        assert score in text
    assert "Teun,KecamatanRaimanuk:prioritas2" in text


@pytest.mark.chromium
def test_every_printed_page_has_the_headings_and_no_empty_place(
    chromium: Browser, file: Path
) -> None:
    import pypdfium2

    made = Opened(chromium, file)
    content = made.page.pdf(prefer_css_page_size=True)
    made.page.close()
    with pypdfium2.PdfDocument(content) as document:
        sheets = ["".join(s.get_textpage().get_text_range().split()) for s in document]
    with_villages = [s for s in sheets if any(row["desa"] in s for row in rows_of_classes())]
    with_heads = [s for s in sheets if "Desa/kelurahanKecamatan" in s and "Peringkat" in s]
    assert with_heads == with_villages
    assert len(with_heads) > 1
    assert "Desayangdipilih" not in "".join(sheets)


@pytest.mark.chromium
@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_passes_an_audit_at_every_width(chromium: Browser, file: Path, width: int) -> None:
    assert browser.audited(chromium, file, "#desa=53.04.13.2008&kelas=2", width) == []
    made = Opened(chromium, file, viewport={"width": width, "height": 800})
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    # A village may have a name of two letters.
    made.page.evaluate("document.querySelector('#table .name').textContent = 'Oe'")
    small = made.page.evaluate(
        "[...document.querySelectorAll('button, select, input')].filter(e => e.offsetParent)"
        ".map(e => [e.id || e.textContent, e.getBoundingClientRect()])"
        ".filter(([, box]) => Math.min(box.width, box.height) < 24)"
    )
    assert small == []
    made.page.close()


@pytest.mark.chromium
def test_hostile_names_run_nothing(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "atlas.html"
    file.write_bytes(written(named(tabulated(), HOSTILE)))
    made = Opened(chromium, file)
    made.page.fill("#search", HOSTILE[1])
    assert made.complaints == []
    assert HOSTILE[1] in made.page.locator("#village h3").inner_text()
    made.page.close()
