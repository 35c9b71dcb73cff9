"""The promises name tests and commands that exist, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.places.small import ROOT

PAGES = (ROOT / "docs" / "JANJI.md", ROOT / "docs" / "berkas-jahat.md")
TEST = re.compile(r"`(tests/[\w/]+\.py)`")
COMMAND = re.compile(r"`python (?:-m pytest )?((?:benchmarks|tests)/[\w/]+\.py)")

NEW = "baru"


def rows(page: Path) -> list[list[str]]:
    """Return the cells of the rows of a page's tables, without their heads."""
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_row_names_tests_that_exist(page: Path) -> None:
    assert len(rows(page)) >= 10
    for cells in rows(page):
        named = TEST.findall(" ".join(cells))
        assert named, cells[0]
        for file in named:
            assert "\ndef test_" in (ROOT / file).read_text(encoding="utf-8"), file


def test_every_promise_is_in_both_languages_with_a_figure_from_a_command_that_exists() -> None:
    for indonesian, english, _, figure in rows(PAGES[0]):
        assert indonesian.startswith("**")
        assert english.startswith("**")
        commands = COMMAND.findall(figure) or re.findall(r"seperti di atas", figure)
        assert commands, indonesian
        assert all((ROOT / file).is_file() for file in commands if "/" in file)


def test_findings_stand_in_the_order_of_their_numbers() -> None:
    numbers = [cells[0] for cells in rows(PAGES[1])]
    reported = [int(number) for number in numbers if number != NEW]
    assert reported == sorted(reported)
    # What was found later stands below the report's findings.
    assert numbers == [*map(str, reported), *[NEW] * numbers.count(NEW)]


@pytest.mark.parametrize("readme", ["README.md", "README.id.md"])
def test_readmes_and_the_menu_lead_to_them(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in ("docs/JANJI.md", "SECURITY.md"):
        assert f"({page})" in text
        assert f"- {page}\n" in menu
