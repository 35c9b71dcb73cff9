"""Points of villages: which tables are gazetteers, and what is refused in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.core.errors import SourceError
from fsva.sources.ground import village_points
from tests.places import small

HEAD = "kode,nama,kecamatan,lintang,bujur"


def written(folder: Path, *rows: str, name: str = "a.csv", head: str = HEAD) -> Path:
    (folder / name).write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return folder


def read(folder: Path) -> dict[str, tuple[float, float]]:
    return village_points.read(village_points.files(folder), "53.04")


def test_the_villages_of_belu_have_points() -> None:
    points = read(small.ROOT / "boundaries" / "gazetteer")
    assert len(points) == 81
    assert all(124.7 < x < 125.3 and -9.5 < y < -8.9 for x, y in points.values())


def test_a_folder_without_gazetteers_has_no_points(tmp_path: Path) -> None:
    assert read(tmp_path / "tidak-ada") == {}
    written(tmp_path, "Indonesia,Indonesia", head="natural_earth,nama")
    assert read(tmp_path) == {}


def test_other_districts_and_villages_without_a_point_are_left_out(tmp_path: Path) -> None:
    written(tmp_path, "53.04.01.2001,Satu,A,-9.1,124.9", "53.04.01.2002,Dua,A,,",
            "53.21.01.2001,Lain,B,-9.2,124.8", "53.04.01.2003,Tiga,A,-9.3")  # fmt: skip
    assert read(tmp_path) == {"53.04.01.2001": (124.9, -9.1)}


@pytest.mark.parametrize("place", ["x,124.9", "-9.1,nan", "1e999,124.9", "-91,124.9", "-9.1,181"])
def test_a_point_that_is_no_place_is_named_with_its_line(tmp_path: Path, place: str) -> None:
    written(tmp_path, "53.04.01.2001,Satu,A,-9.1,124.9", f"53.04.01.2002,Dua,A,{place}")
    with pytest.raises(SourceError) as caught:
        read(tmp_path)
    assert caught.value.key == "titik_bukan_letak"
    assert [(p.row, p.village) for p in caught.value.places] == [(3, "53.04.01.2002")]


@pytest.mark.parametrize(
    ("content", "key"),
    [(b"\xff\xfe", "bukan_utf8"), (b"a" * 200_000, "tabel_batas"),
     (b'kode,lintang,bujur\n"' + b"x" * 200_000, "tabel_batas")],
    ids=["no text", "long heading", "long cell"],
)  # fmt: skip
def test_a_damaged_table_is_refused(tmp_path: Path, content: bytes, key: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read(tmp_path)
    assert (caught.value.key, caught.value.places[0].file) == (key, tmp_path / "a.csv")
