"""Nothing of data or paths commands a terminal, and no password is printed, by any command."""

from __future__ import annotations

import ast
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from fsva.cli import main
from fsva.core import printed
from tests.places import shapes
from tests.project.rooms import MODULES, tree

# Escape, bell, backspace, two C1 controls, carriage return, turned writing, no width, line end.
SIGNS = "\x1b[2J\x1b]0;x\x07\b\x9b31m\x85\r\u202e\u2066\u200b\u2028\n"
NAME = f"Sa{SIGNS}tu"
SCREENS = (
    ["ringkasan", "A"], ["jejak", "A", "9901001001"], ["keyakinan", "A"], ["periksa", "A"],
    ["sasaran", "A"], ["selaraskan", "A"], ["atlas", "A"], ["banding", "A", "B", "--layar"],
    ["banding", "A", "B", "--paksa"], ["baseline", "A", "--coba"], ["jejak", "A", f"Sa{SIGNS}"],
    ["atlas", "A", "--batas", f"desa{SIGNS}.gpkg"], ["metode", "periksa", f"x{SIGNS}"],
    ["atlas", f"A{SIGNS}"],
    ["banding", f"A{SIGNS}", "B"], [f"atlas{SIGNS}"], ["atlas", f"-{SIGNS}"],
    ["baru", "C", "--batas", "A/desa.geojson", "--tabel", "A/nilai.csv", "--kode", "99.01",
     "--tahun", "2021", "--nama", f"Con{SIGNS}toh"],
    ["batas", "ambil", f"99.01{SIGNS}"],
)  # fmt: skip


@pytest.fixture(autouse=True)
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let click take away no escapes, as on a terminal."""
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_words, **_more: False)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write two editions whose villages and kecamatan have names that a terminal would obey."""
    top = tmp_path_factory.mktemp("proyek")
    shape = shapes.of_classes(1, 2, 3, 4, 5, 6)
    odd = replace(shape, names=[NAME, *shape.names[1:]], kecamatan=[f"U{SIGNS}tara"] * 6)
    first = shapes.write(odd, top).rename(top / "editions" / "A")
    second = first.with_name("B")
    shutil.copytree(first, second)
    values = (second / "nilai.csv").read_text(encoding="utf-8-sig")
    (second / "nilai.csv").write_text(values.replace("0,1000", "0,3000"), encoding="utf-8-sig")
    return top / "editions"


@pytest.mark.parametrize("words", SCREENS, ids=lambda words: ascii(" ".join(words)))
def test_no_control_character_of_a_name_or_path_reaches_the_terminal(
    editions: Path, words: list[str], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(editions)
    main(words)
    out, err = capsys.readouterr()
    assert out + err
    assert "Traceback" not in err
    assert [c for c in out + err if not c.isprintable() and c != "\n"] == []
    # A line end of a name would let it write lines of its own.
    assert not [line for line in (out + err).splitlines() if line.startswith(("tu", "tara", "tu;"))]


@pytest.mark.slow
def test_there_is_one_way_to_the_screen() -> None:
    """``fsva.cli.screen`` prints everything but questions and bars, which take no data."""
    found = set()
    for module in MODULES:
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in ("print", "click.echo", "click.secho") or called.endswith(
                    ("stdout.write", "stderr.write")
                ):
                    found.add(module)
    assert found == {"fsva.cli.screen"}


WORD = "rahasia"  # part of every address below that nobody may read
LONG = "x" * 90
AT = "127.0.0.1:1"  # nobody listens there
PAIRS = "host=127.0.0.1 port=1"
ADDRESSES = (
    "https://budi:rahasia@example.org/desa.gpkg",
    f"https://budi:ra/rahasia@{AT}/desa.gpkg",
    f"ftp://budi:p@rahasia@{AT}/x",
    f"mysql://u:rahasia@{AT}/d",
    f"https://u:{LONG}rahasia@{AT}/x",
    f"{PAIRS} password=rahasia dbname=d tabel=x",
    f"dbname=d {PAIRS} password='rahasia a' tabel=x",
    f"PG:{PAIRS} password=rahasia",
    f"PG:{PAIRS} passfile=/x/rahasia password=rahasia tabel=",
    f"postgresql://u:rahasia@{AT}/d",
    f"postgresql://u:1#rahasia@{AT}/d?tabel=x",
    f"postgresql://u:1?rahasia@{AT}/d&tabel=x",
    f"postgresql://u:1/rahasia@{AT}/d?tabel=x",
    "postgresql%3A%2F%2Fu%3Arahasia%40h%2Fd",
    f"jdbc:postgresql://{AT}/d?user=u&password=rahasia",
    "MSSQL:server=h;uid=u;pwd=rahasia;",
    f"https://{AT}/x?token=rahasia",
    "OCI:u/x@h password=rahasia",
    f"postgresql://{AT}/d?password=rahasia",
    f"postgresql://u@{AT}/d?passfile=/x/rahasia",
)
KEYS = ("batas.berkas", "sekitar.berkas", "dasar_peta.sungai", "logo.daerah", "data.indikator",
        "gaya", "metode", "dasar", "tata_letak", "batas.padanan")  # fmt: skip


def said(folder: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    main(words)
    out, err = capsys.readouterr()
    written = [f.read_text("utf-8", "replace") for f in folder.rglob("*") if f.suffix == ".json"]
    return "".join([out, err, *written])


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_password_of_an_address_is_printed(
    tmp_path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = shapes.write(shapes.of_classes(1, 2, 3, 4, 5, 6), tmp_path)
    for command in (["ringkasan"], ["jejak"]):
        words = [*command, str(edition), *(["Satu"] if command == ["jejak"] else [])]
        assert WORD not in said(edition, [*words, "--batas", address], capsys), command
    new = ["baru", str(tmp_path / "baru"), "--tabel", str(edition / "nilai.csv"), "--kode", "99.01",
           "--tahun", "2021", "--batas", address]  # fmt: skip
    assert WORD not in said(edition, new, capsys)
    for words in (["ringkasan", address], ["banding", address, str(edition)],
                  ["banding", str(edition), "--dari", address],
                  ["batas", "ambil", address], ["batas", "ambil", "99.01", "--daftar", address],
                  ["batas", "ambil", "99.01", "--sumber", address]):  # fmt: skip
        assert WORD not in said(edition, words, capsys), words


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_nor_one_that_the_edition_names(
    tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = shapes.write(shapes.of_classes(1, 2, 3, 4, 5, 6), tmp_path)
    file = edition / "edition.toml"
    before = file.read_text(encoding="utf-8")
    section, _, name = key.rpartition(".")
    for address in ADDRESSES[::3]:
        lines = [line for line in before.splitlines() if not line.startswith(f"{name} = ")]
        entry = f"{name} = {json.dumps(address)}"
        heading = f"[{section}]"
        if section and heading not in lines:
            lines.append(heading)
        lines.insert(lines.index(heading) + 1 if section else 0, entry)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        assert WORD not in said(edition, ["ringkasan", str(edition)], capsys), address


@pytest.mark.parametrize(
    "text", ["Desa Sandi = Baru", "a@b", "19:30 @ kantor", "/home/a@b/c", "https://h/@a/x:1", "a=b"]
)
def test_what_is_no_password_is_printed_as_it_is(text: str) -> None:
    assert printed.shown(text) == text
