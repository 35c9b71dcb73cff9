"""An error in the terminal: what is wrong, where, what was expected, what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fsva.core import messages, printed, texts
from fsva.core.errors import FsvaError, JoinError, Place, SourceError, TableError
from tests.project.error_keys import raised

ID, EN = texts.load("id"), texts.load("en")


def out_of_range(n_places: int) -> TableError:
    places = [
        Place(Path("a b") / "indicators.csv", 8 + n, "lahan", f"Desa {n} (530603200{n})", "1,5")
        for n in range(n_places)
    ]
    return TableError("di_luar_rentang", places, {"dari": "0", "sampai": "1"})


def test_the_whole_message_in_indonesian() -> None:
    error = TableError(
        "tanda_campur", [Place(Path("indicators.csv"), 12, "sarana", "Teun (5306032002)", "0.02")]
    )
    assert messages.render(error, ID).splitlines() == [
        "Galat: Koma desimal dan titik desimal tercampur dalam satu tabel.",
        "",
        "  berkas      indicators.csv",
        '  baris 12  kolom sarana  desa Teun (5306032002)  terbaca "0.02"',
        "",
        "  seharusnya  Satu tanda desimal untuk seluruh tabel; sel yang disebut memakai "
        "tanda yang lebih",
        "              jarang.",
        "  perbaikan   Ubah sel itu ke tanda yang sama dengan sel lain; jangan memakai "
        "pemisah ribuan.",
    ]


def test_the_whole_message_in_english() -> None:
    assert messages.render(SourceError("berkas_hilang", [Place(Path("a.csv"))]), EN) == (
        "Error: The file was not found.\n\n"
        "  file      a.csv\n\n"
        "  expected  A file in the place that was named.\n"
        "  remedy    Check its name and folder, capital letters included, and run again."
    )


@pytest.mark.parametrize(
    ("n_places", "shown", "more"), [(1, 1, None), (5, 5, None), (6, 5, 1), (42, 5, 37)]
)
def test_five_places_are_shown_and_the_others_counted(
    n_places: int, shown: int, more: int | None
) -> None:
    lines = messages.render(out_of_range(n_places), ID).splitlines()
    assert sum(line.startswith("  baris ") for line in lines) == shown
    assert lines.count("  berkas      a b/indicators.csv") == 1
    counted = [line.strip() for line in lines if "lagi" in line]
    assert counted == ([f"dan {more} lagi"] if more else [])


def test_further_errors_follow_with_their_places_and_remedies() -> None:
    error = out_of_range(1)
    alone = messages.render(error, ID)
    error.others = [out_of_range(2), out_of_range(1)]
    text = messages.render(error, ID)
    assert text == "\n\n".join([alone, messages.render(out_of_range(2), ID), alone])


def test_places_stand_below_each_other() -> None:
    places = [line for line in messages.render(out_of_range(4), EN).splitlines() if "row" in line]
    assert len(places) == 4
    for word in ("column", "village", "found"):
        assert len({line.index(word) for line in places}) == 1


def test_files_are_named_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kantor"
    folder.mkdir()
    monkeypatch.chdir(folder)
    below, beside = folder / "data" / "a.csv", tmp_path / "b.csv"
    error = JoinError("nama_lain", [Place(below), Place(beside)], {"berkas": str(below)})
    text = messages.render(error, EN)
    assert "  file      data/a.csv\n" in text
    assert f"  file      {beside}\n" in text
    assert "as in data/a.csv." in text


def test_what_was_found_cannot_disturb_the_terminal() -> None:
    place = Place(Path("a.csv"), 2, "lahan", found="\x1b[31m{merah}\n" + "x" * 500)
    text = messages.render(TableError("bukan_angka", [place]), ID)
    assert "\x1b" not in text
    assert "{merah}" in text
    assert max(map(len, text.splitlines())) <= printed.PARAGRAPH


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_error_the_code_raises_can_be_printed(language: texts.Language) -> None:
    for at in raised():
        facts = dict.fromkeys(at.facts | {"harap", "maksud"}, "nilai")
        error: FsvaError = at.classes[0](at.key, [Place(Path("a.csv"), 1)], facts)
        lines = messages.render(error, texts.load(language)).splitlines()
        assert len(lines) >= 6
        assert not any(re.search(r"\{\w*\}", line) for line in lines), at


@pytest.mark.parametrize("letter", ["\x1b[2J", "\x9b31m", "\b", "\u202e"])
def test_a_path_never_reaches_the_terminal_with_its_control_characters(letter: str) -> None:
    error = SourceError("berkas_hilang", [Place(Path(f"/desa{letter}.csv"))])
    printed = messages.render(error, texts.load("id"))
    assert all(c.isprintable() or c == "\n" for c in printed)


def test_a_message_needs_no_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "cwd", gone)
    said = messages.render(SourceError("berkas_hilang", [Place(tmp_path / "a.csv")]), ID)
    assert str(tmp_path / "a.csv") in said
