"""What is no file, or too large, is refused before it is read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from fsva.core import bounds, decimals, toml
from fsva.core.errors import EditionError, SourceError
from fsva.core.message_values import Quantity
from fsva.sources.cells import table_text
from fsva.sources.layers import drivers


def refused(file: Path, most: int = 100) -> SourceError:
    with pytest.raises(SourceError) as caught:
        bounds.content(file, most)
    return caught.value


def test_a_file_over_its_bound_is_refused_with_both_figures(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(bytes(2_500_000))
    problem = refused(file, 1_000_000)
    assert (problem.key, problem.places[0].found) == ("berkas_besar", Quantity(2.5, 1, "MB"))
    assert problem.facts == {"batas": Quantity(1.0, 1, "MB")}
    assert len(bounds.content(file, 2_500_000)) == 2_500_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_pipes_devices_and_links_to_themselves_are_no_files(tmp_path: Path) -> None:
    pipe, loop = tmp_path / "pipa", tmp_path / "lingkaran"
    os.mkfifo(pipe)
    loop.symlink_to(loop.name)
    assert [refused(f).key for f in (pipe, Path("/dev/zero"), tmp_path)] == ["bukan_berkas"] * 3
    assert refused(loop).key in ("berkas_hilang", "berkas_tak_terbaca")
    with pytest.raises(SourceError):
        table_text.open_file(pipe)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_beside_a_shapefile_is_not_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "desa.shp"
    file.write_bytes(b"\x00\x00\x27\x0a")
    os.mkfifo(tmp_path / "desa.dbf")
    with pytest.raises(SourceError) as caught:
        drivers.of(file)
    assert (caught.value.key, caught.value.places[0].file) == (
        "bukan_berkas",
        tmp_path / "desa.dbf",
    )


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 30 + "]" * 30,
        ".".join("a" * 30) + " = 1",
        "a = [" + "0," * 60_000 + "]",
        "a = 9223372036854775808",
        "a = " + "[" * 5000,
        "a = 1e400",
    ],
)
def test_toml_that_is_too_deep_or_too_long_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "edition.toml"
    file.write_text(text)
    with pytest.raises(EditionError) as caught:
        toml.read(file, EditionError)
    assert caught.value.key == "toml_batas"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (";" * 20_000 + "\nkode_bps;lahan\n", "tabel_kolom"),
        ("kode_bps;lahan\n" + "\n" * 300_000, "tabel_baris"),
        ("kode_bps;lahan\n" + ";\n" * 100 + ",".join(["1"] * 4_000_000), "tabel_sel"),
        ('kode_bps;lahan\n1;"' + "a" * 200_000, "sel_panjang"),
    ],
)
def test_a_text_with_too_much_is_refused(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / "tabel.csv"
    file.write_text(text)
    with pytest.raises(SourceError) as caught:
        table_text.read(file, ("kode_bps", "lahan"))
    assert caught.value.key == key


def test_a_number_of_thousands_of_digits_is_none() -> None:
    with pytest.raises(ValueError, match="999"):
        decimals.parse("9" * 5000)
    assert decimals.parse("9" * 400) == 10**400 - 1
