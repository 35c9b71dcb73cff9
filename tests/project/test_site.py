"""The site of manuals: every page is listed, every room has a page of the reference."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.places.small import ROOT
from tests.project.rooms import ROOMS
from tools import situs

LISTED = set(
    re.findall(r"^ +- (\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M)
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("situs") / "pages"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(situs, "PAGES", folder)
        situs.gather()
    return folder


def test_every_page_is_in_the_menu_and_every_entry_is_a_page(pages: Path) -> None:
    found = {file.relative_to(pages).as_posix() for file in pages.rglob("*.md")}
    assert found == {*LISTED, "README.md", "README.id.md"}


def test_linked_files_come_along(pages: Path) -> None:
    assert (pages / "docs" / "gambar" / "peta-7.png").is_file()
    assert (pages / "docs" / "skema-edisi.json").is_file()


def test_every_room_has_its_modules_in_the_reference(pages: Path) -> None:
    assert situs.rooms() == list(ROOMS)
    for room in ROOMS:
        text = (pages / "api" / f"{room}.md").read_text(encoding="utf-8")
        named = set(re.findall(r"^::: (\S+)$", text, re.M))
        modules = (ROOT / "pipeline" / "fsva" / room).rglob("*.py")
        assert len(named) == sum(1 for _ in modules)
