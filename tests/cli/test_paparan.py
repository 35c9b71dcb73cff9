"""``fsva paparan``: titles, maps with their words, notes, the same bytes twice."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pptx
import pytest

from fsva import cli
from tests.places import belu


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("paparan")
    assert cli.main(["paparan", str(belu.EDITION), "--keluaran", str(made)]) == 0
    return made


@pytest.fixture(scope="module")
def slides(folder: Path) -> list[Any]:
    content = (folder / "paparan.pptx").read_bytes()
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def words(slide: Any) -> str:  # noqa: ANN401 - python-pptx has no types
    said = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
    cells = [c.text for s in slide.shapes if s.has_table for r in s.table.rows for c in r.cells]
    return " | ".join([*said, *cells])


def test_every_slide_has_a_title(slides: list[Any]) -> None:
    assert len(slides) == 13
    assert all(slide.shapes.title.text_frame.text for slide in slides)


def test_the_headline_is_that_of_the_report(slides: list[Any]) -> None:
    said = words(slides[1])
    assert "21 dari 81" in said
    assert "25,93%" in said
    assert [c for c in said.split(" | ") if c.endswith("%")] == [
        "0,00%", "4,94%", "20,99%", "27,16%", "34,57%", "12,35%",
    ]  # fmt: skip


def test_the_places_are_counted(slides: list[Any]) -> None:
    assert words(slides[2]).splitlines()[0].endswith("Kecamatan Raimanuk: 7 dari 9 desa/kelurahan")


def test_the_seven_maps_fill_their_slides_and_say_what_they_show(slides: list[Any]) -> None:
    pictures = [s for slide in slides for s in slide.shapes if hasattr(s, "image")]
    assert [p.name for p in pictures] == list(belu.STEMS)
    for picture, counts in zip(pictures, belu.COUNTS, strict=True):
        alt = picture._element.nvPicPr.cNvPr.get("descr")
        assert all(f": {count};" in f"{alt};".replace(". ", "; ") for count in counts)
        assert (picture.left, picture.top) == (0, 0)


def test_maps_causes_and_headline_have_notes(slides: list[Any]) -> None:
    notes = [s.notes_slide.notes_text_frame.text if s.has_notes_slide else "" for s in slides]
    assert "41 dari 81 desa/kelurahan (50,62%)" in notes[3]
    assert sum(map(bool, notes)) >= 11


@pytest.mark.slow
def test_twice_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert cli.main(["paparan", str(belu.EDITION), "--keluaran", str(tmp_path)]) == 0
    for file in folder.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_without_the_library_the_extra_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with patch.dict("sys.modules", {"pptx": None}):
        assert cli.main(["paparan", str(belu.EDITION), "--keluaran", str(tmp_path / "x")]) != 0
    assert "EKSTRA=paparan" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
