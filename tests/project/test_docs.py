"""What the manuals name exists: files, modules, and the targets of their links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.places.small import ROOT
from tests.project.rooms import MODULES, ROOMS

FILES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted(ROOT.glob("*/README.md")),
]
# Folders of the program; editions/ and outputs/ of the manuals' examples are made by their reader.
FOLDERS = ("pipeline", "styles", "tests", "tools", "docs", "benchmarks", "boundaries", ".ci")
PATH = re.compile(rf"(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./<>*-]*")
# Files that a manual's reader makes.
MADE = re.compile(
    r"NAMA|<|\*|(malaka|aceh-utara|metode-kami)|crosswalk/(53\.21|11\.08)|contoh|persentil|kantor"
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)
MODULE = re.compile(rf"`(?:fsva\.)?((?:{'|'.join(ROOMS)})(?:\.[a-z_]+)+)(?<!\.toml)`")


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def prose(file: Path) -> str:
    """Return a page without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", text_of(file), flags=re.M | re.S)


def named(file: Path) -> Iterator[str]:
    """Yield every path of the project that a page names in code."""
    for code in re.findall(r"`([^`\n]+)`", prose(file)):
        if PATH.fullmatch(code) and not MADE.search(code):
            yield code


def anchor(heading: str) -> str:
    """Return the anchor of a heading as GitHub and the site make it."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def names(file: Path) -> set[str]:
    return {str(path) for path in named(file)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_path_that_a_page_names_exists(file: Path) -> None:
    missing = {path for path in named(file) if not (ROOT / path).exists()}
    assert missing == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_leads_somewhere(file: Path) -> None:
    for link in LINK.findall(prose(file)):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, part = unquote(link).partition("#")
        page = (file.parent / target).resolve() if target else file
        assert page.exists(), link
        if part:
            assert part in {anchor(heading) for heading in HEADING.findall(prose(page))}, link


def test_modules_that_design_names_exist() -> None:
    known = {name.removeprefix("fsva.") for name in MODULES}
    found = set(MODULE.findall(text_of(ROOT / "docs" / "DESIGN.md")))
    assert len(found) > 40
    assert {name for name in found if name not in known} == set()


def test_design_and_contributing_name_many_places() -> None:
    assert len(names(ROOT / "docs" / "DESIGN.md")) > 50
    assert len(names(ROOT / "CONTRIBUTING.md")) > 20
