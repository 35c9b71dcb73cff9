"""The gallery shows every layout and every theme there is, with pictures that exist."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from tests.places.small import ROOT

PAGE = (ROOT / "docs" / "galeri.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[[^\]]+\]\((gambar/galeri/[a-z0-9-]+\.png)\)", PAGE)


@pytest.mark.parametrize(("folder", "prefix"), [("layouts", "tata-letak"), ("gaya", "gaya")])
def test_every_style_is_shown(folder: str, prefix: str) -> None:
    styles = {file.stem for file in (ROOT / "styles" / folder).glob("*.toml")}
    missing = {one for one in styles if f"gambar/galeri/{prefix}-{one}.png" not in SHOWN}
    assert missing == set(), "run: make galeri"


def test_pictures_exist_and_none_is_left_over() -> None:
    files = {f"gambar/galeri/{file.name}" for file in (ROOT / "docs/gambar/galeri").glob("*")}
    assert set(SHOWN) == files


@pytest.mark.parametrize("name", SHOWN)
def test_pictures_are_small(name: str) -> None:
    file = ROOT / "docs" / name
    assert file.stat().st_size < 200_000
    with Image.open(file) as picture:
        assert (picture.width, picture.mode) == (760, "P")
