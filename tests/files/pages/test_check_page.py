"""``periksa.html``: findings first, filters and map in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from fsva.config.editions import edition
from fsva.core import texts
from fsva.files.pages import check_page
from fsva.runs import check_run, run_order
from fsva.runs.check_run import Checked
from tests.places import belu, browser
from tests.places.browser import Browser, Opened


@cache
def checked() -> Checked:
    order = run_order.place(edition.load(belu.EDITION), None, texts.load("id"))
    return check_run.of_edition(order.edition, order.village_layer, None, order.texts)


def written(language: texts.Language = "id") -> bytes:
    made = checked()
    return check_page.write(
        made.title, made.report, made.villages, made.colours, texts.load(language)
    )


def test_findings_stand_before_the_rules() -> None:
    page = written().decode("utf-8")
    assert page.index('id="found"') < page.index("<details>")
    assert page.count("<tr class=") == sum(
        len(outcome.result.findings) for outcome in checked().report.outcomes
    )


def test_without_a_layer_there_is_no_map() -> None:
    made = checked()
    page = check_page.write(made.title, made.report, None, made.colours, texts.load("id"))
    assert b"<svg" not in page
    assert page.count(b"<tr class=") == written().count(b"<tr class=")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser.chromium() as found:
        yield found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("periksa") / "periksa.html"
    made.write_bytes(written())
    return made


@pytest.fixture
def opened(chromium: Browser, file: Path) -> Iterator[Opened]:
    made = Opened(chromium, file)
    yield made
    assert made.complaints == []
    assert {url.split("#")[0] for url in made.requests} == {file.as_uri()}
    made.page.close()


def rows(made: Opened) -> int:
    return int(made.page.locator("#found tbody tr:visible").count())


@pytest.mark.chromium
def test_level_and_kecamatan_filter_the_findings(opened: Opened) -> None:
    report = checked().report
    opened.page.select_option("#level", "info")
    assert rows(opened) == report.count("info")
    opened.page.select_option("#level", "")
    opened.page.select_option("#parent", "Lasiolat")
    found = opened.page.locator("#found tbody tr:visible").all_inner_texts()
    assert found
    assert all("Lasiolat" in text for text in found)
    opened.page.click("#clear")
    assert rows(opened) == sum(report.count(level) for level in ("galat", "peringatan", "info"))


@pytest.mark.chromium
def test_map_and_findings_lead_to_each_other(opened: Opened) -> None:
    opened.page.fill("#search", "Dualasi")
    opened.page.locator("#found button.name").first.click()
    assert opened.page.locator("#map path.on").count() == 1
    assert opened.page.get_attribute("#map", "viewBox") is not None
    at = opened.page.get_attribute("#map path.on", "data-i")
    opened.page.click("#clear")
    opened.page.locator(f'#map path[data-i="{at}"]').dispatch_event("click")
    assert "Dualasi" in opened.page.locator("#found tbody tr:visible").first.inner_text()


@pytest.mark.chromium
@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_passes_an_audit(chromium: Browser, file: Path, width: int) -> None:
    assert browser.audited(chromium, file, "", width) == []
    made = Opened(chromium, file, viewport={"width": width, "height": 800})
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    made.page.close()
