"""Lists of editions that are no lists: refused with their names, never a traceback."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from fsva.core.errors import FsvaError
from fsva.runs.many import edition_list

MARK = "edition.toml"


def folders(place: Path, *words: str) -> list[Path]:
    return edition_list.folders([str(place / word) for word in words], MARK)


def refused(place: Path, word: str) -> tuple[str, Path | None]:
    with pytest.raises(FsvaError) as caught:
        folders(place, word)
    return caught.value.key, caught.value.places[0].file


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / MARK).touch()
    return tmp_path


@pytest.mark.parametrize(
    "content",
    [b"a\0b\n", b"\xff\xfea\0\n\0", b"SQLite format 3\0", b"\x80\x81", "a\nb".encode("utf-16-be")],
    ids=["nul", "utf-16", "geopackage", "cp1252", "utf-16 without mark"],
)
def test_a_file_that_is_no_text_is_refused(place: Path, content: bytes) -> None:
    (place / "daftar.txt").write_bytes(content)
    assert refused(place, "daftar.txt") == ("bukan_utf8", place / "daftar.txt")


@pytest.mark.parametrize("length", [1, 2, 5])
def test_lists_that_name_each_other_in_a_circle_are_refused(place: Path, length: int) -> None:
    for n in range(length):
        (place / f"{n}.txt").write_text(f"a\n{(n + 1) % length}.txt\n", encoding="utf-8")
    assert refused(place, "0.txt") == ("massal_lingkaran", place / "0.txt")


def test_a_list_may_stand_in_two_others(place: Path) -> None:
    (place / "satu.txt").write_text("\ufeffa\n# b\n", encoding="utf-8")
    (place / "dua.txt").write_text("satu.txt\nb\nsatu.txt\n", encoding="utf-8")
    assert folders(place, "dua.txt", "satu.txt") == [place / "a", place / "b"]


@pytest.mark.parametrize("pattern", ["*", "*/x/*", "a/x/*"])
def test_a_folder_that_a_pattern_cannot_look_into_is_named(
    place: Path, monkeypatch: pytest.MonkeyPatch, pattern: str
) -> None:
    closed = place / ("" if pattern == "*" else "a/x")
    closed.mkdir(parents=True, exist_ok=True)
    scandir = os.scandir

    def refusing(name: str) -> object:
        if Path(name) == closed:
            raise OSError(errno.EIO, os.strerror(errno.EIO), name)
        return scandir(name)

    monkeypatch.setattr(os, "scandir", refusing)
    assert refused(place, pattern) == ("folder_tak_terbaca", closed)


def test_folders_above_those_that_a_pattern_searches_need_not_be_read(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_into: list[str] = []
    scandir = os.scandir

    def seen(name: str) -> object:
        looked_into.append(str(name))
        return scandir(name)

    monkeypatch.setattr(os, "scandir", seen)
    assert folders(place, "*") == [place / "a", place / "b"]
    assert set(looked_into) == {str(place)}
