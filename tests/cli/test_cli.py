"""The command line: what people read when all is well, and when something is not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from fsva import __version__, cli
from fsva.core import texts
from fsva.core.errors import FsvaError
from fsva.core.texts import Language
from tests.places import belu, contoh, small
from tests.places.belu import contents
from tests.places.small import BELU, ROOT

LAYER = ROOT / "boundaries" / "skematis" / "53.04-belu.geojson"
Output = pytest.CaptureFixture[str]


def command(capsys: Output, *words: str) -> tuple[int, str]:
    """Run a command in this process; return its exit code and all that it wrote."""
    code = cli.main(words)
    written = capsys.readouterr()
    return code, written.out + written.err


# Help, version, wrong words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--help"], ["Pemakaian: fsva [PILIHAN] PERINTAH", "Membuat atlas sebuah edisi."]),
        (["--help", "--bahasa", "en"], ["Usage: fsva [OPTIONS] COMMANDS", "Make the atlas"]),
        (["atlas", "--help"], ["Pemakaian: fsva atlas", "EDISI", "--batas BERKAS", "bantuan"]),
        (["atlas", "--help", "--bahasa=en"], ["Usage: fsva atlas", "EDITION", "--batas FILE"]),
        (["--bahasa", "en", "atlas", "--help"], ["Usage: fsva atlas", "EDITION"]),
        (["--versi"], [f"fsva-atlas {__version__}"]),
    ],
)
def test_help_and_version(capsys: Output, words: list[str], expected: list[str]) -> None:
    code, written = command(capsys, *words)
    assert code == 0
    assert [phrase for phrase in expected if phrase not in written] == []
    assert ("Usage" in written) is ("en" in " ".join(words).replace("=", " ").split())


def test_no_words_at_all_show_the_help(capsys: Output) -> None:
    code, written = command(capsys)
    assert code == 2
    assert written.startswith("Pemakaian: fsva")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["atlas", "editions/belu-2021", "--nope"], "--nope"),
        (["atlas"], "EDISI"),
        (["atlas", "editions/belu-2021", "--batas"], "--batas"),
        (["atlas", "editions/belu-2021", "lagi"], "lagi"),
        (["atlas", "editions/belu-2021", "--bahasa", "xx"], "--bahasa"),
        (["atals"], "atals"),
        (["batas", "atals"], "atals"),
        (["batas", "skematis"], "--world-atlas BERKAS"),
    ],
)
def test_wrong_words_are_named_in_indonesian(capsys: Output, words: list[str], named: str) -> None:
    code, written = command(capsys, *words)
    assert code == 2
    assert written.startswith("Galat: ")
    assert named in written.splitlines()[0]
    assert re.search(r"\b(No such|Missing|Invalid|unexpected|requires|option)\b", written) is None


def test_wrong_words_are_named_in_english(capsys: Output) -> None:
    code, written = command(capsys, "atlas", "--bahasa", "en")
    assert (code, written.splitlines()[0]) == (2, "Error: EDITION was not given.")


# Bad input


Damage = Callable[[Path], list[str]]


@dataclass(frozen=True)
class Bad:
    """A damage to the edition, and what the user is told.

    Parameters
    ----------
    damage : callable
        Damages the edition in a folder; returns further words of the command.
    code : int
        Exit code.
    key : str
        Section of galat.toml.
    named : tuple of str
        File, row, column, village or text that must be named.
    """

    damage: Damage
    code: int
    key: str
    named: tuple[str, ...] = field(default=())


def table(old: str, new: str) -> Damage:
    """Return a damage that replaces a text of the indicator table."""

    def damage(folder: Path) -> list[str]:
        return _replaced(folder / "indicators.csv", old, new)

    return damage


def _replaced(file: Path, old: str, new: str) -> list[str]:
    text = file.read_bytes().decode("utf-8")
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode("utf-8"))
    return []


def gone(folder: Path) -> list[str]:
    (folder / "indicators.csv").unlink()
    return []


def empty(folder: Path) -> list[str]:
    (folder / "indicators.csv").write_bytes(b"")
    return []


def of_dos(folder: Path) -> list[str]:
    file = folder / "indicators.csv"
    text = file.read_bytes().decode("utf-8-sig").replace("Tasain", "Tasaín")
    file.write_bytes(text.encode("cp850"))
    return []


def unordered(folder: Path) -> list[str]:
    """Give the edition a project of its own whose method has two cut-offs exchanged."""
    styles = folder.parent.parent / "styles"
    shutil.copytree(ROOT / "styles", styles)
    for file in sorted([*styles.glob("metode/*.toml"), *styles.glob("dasar/*.toml")]):
        text = file.read_text(encoding="utf-8")
        if "0.0093, 0.0373" in text:
            return _replaced(file, "0.0093, 0.0373", "0.0373, 0.0093")
    raise AssertionError("no cut-offs of lahan under styles/")


def layer(change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]) -> Damage:
    """Return a damage that draws the maps with a changed layer."""

    def damage(folder: Path) -> list[str]:
        file = folder / "desa.gpkg"
        change(gpd.read_file(LAYER)).to_file(file)
        return ["--batas", str(file)]

    return damage


def no_crs(folder: Path) -> list[str]:
    file = folder / "desa.shp"
    gpd.read_file(LAYER).to_file(file)
    file.with_suffix(".prj").unlink()
    return ["--batas", str(file)]


def text_file_as_layer(folder: Path) -> list[str]:
    (folder / "desa.geojson").write_text("bukan lapisan", encoding="utf-8")
    return ["--batas", str(folder / "desa.geojson")]


def other_district(villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return villages.assign(kode=villages["kode"].str.replace("53.04", "53.03"))


def bow_tie(villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Draw the first village as a bow-tie as large as it is."""
    west, south, east, north = villages.geometry.iloc[0].bounds
    ring = [(west, south), (east, north), (east, south), (west, north)]
    shapes = [shapely.Polygon(ring), *villages.geometry.iloc[1:]]
    return villages.set_geometry(gpd.GeoSeries(shapes, index=villages.index, crs=villages.crs))


ROW = "5306032001;Raimanuk;Tasain;0,2470;0,0181;0,0893;1;0,5633;9,1286"
BAD = {
    "missing file": Bad(gone, 10, "berkas_hilang", ("indicators.csv",)),
    "empty file": Bad(empty, 10, "tabel_kosong", ("indicators.csv",)),
    "letters of DOS": Bad(of_dos, 10, "huruf_tabel", ("indicators.csv", "baris 2", "Tasa?n")),
    "missing column": Bad(table(";nakes", ";nakess"), 20, "kolom_hilang", ("nakes",)),
    "duplicate code": Bad(table("5306032002", "5306032001"), 30, "kode_ganda",
                          ("5306032001", "baris 2", "baris 3")),
    "unknown village": Bad(table("5306032001", "5306032999"), 50, "tak_ada_di_penyelarasan",
                           ("5306032999", "Tasain", "baris 2")),
    "shifted name": Bad(table("Tasain", "Teun"), 50, "nama_lain", ("5306032001", "Tasain")),
    "text in a number": Bad(table(ROW, ROW.replace("0,2470", "banyak")), 20, "bukan_angka",
                            ("banyak", "baris 2", "lahan", "Tasain")),
    "point and comma": Bad(table(ROW, ROW.replace("0,2470", "0.2470")), 20, "tanda_campur",
                           ("0.2470", "baris 2", "lahan", "Tasain")),
    "out of range": Bad(table(ROW, ROW.replace("0,0893", "8,93")), 20, "di_luar_rentang",
                        ("8,93", "baris 2", "tidak_sejahtera", "Tasain")),
    "NaN": Bad(table(ROW, ROW.replace("0,2470", "NaN")), 20, "bukan_angka", ("NaN", "lahan")),
    "too many cells": Bad(table(ROW, ROW + ";1"), 20, "sel_berlebih", ("baris 2",)),
    "cut-offs": Bad(unordered, 61, "cut_off_tinggi", ("lahan",)),
    "no polygon": Bad(layer(lambda v: v[v["kode"] != "53.04.01.2001"]), 50, "tanpa_poligon",
                      ("Kewar", "53.04.01.2001")),
    "no table row": Bad(table(ROW + "\r\n", ""), 50, "tak_ada_di_tabel", ("Tasain",)),
    "no crs": Bad(no_crs, 40, "tanpa_crs", ("desa.shp",)),
    "other district": Bad(layer(other_district), 40, "daerah_lain", ("53.03", "desa.gpkg")),
    "bow-tie": Bad(layer(bow_tie), 41, "berubah_banyak", ("desa.gpkg", "Kewar")),
    "other fields": Bad(layer(lambda v: v.rename(columns={"kode": "ID"})), 40, "skema_layer",
                        ("ID",)),
    "no layer": Bad(lambda _: ["--batas", "tidak-ada.gpkg"], 10, "lapisan_hilang",
                    ("tidak-ada.gpkg",)),
    "broken layer": Bad(text_file_as_layer, 10, "layer_format", ("desa.geojson",)),
    "unknown key": Bad(lambda folder: _replaced(folder / "edition.toml", "penyusun", "penyusn"), 11,
                       "skema_tak_dikenal", ("penyusn", "edition.toml", "penyusun")),
    "no edition": Bad(lambda folder: [str((folder / "edition.toml").rename(folder / "x"))][:0], 10,
                      "edisi_hilang", ("edition.toml",)),
}  # fmt: skip
KEPT = {"manifest.json": b"{}", "kelas.csv": b"earlier"}


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    folder = tmp_path / "proyek" / "editions" / "belu-2021"
    shutil.copytree(BELU, folder)
    return folder


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_explained_and_leaves_the_atlas_alone(
    capsys: Output, edition: Path, tmp_path: Path, name: str, language: Language
) -> None:
    bad, output = BAD[name], tmp_path / "keluaran" / "2021"
    output.mkdir(parents=True)
    for file, content in KEPT.items():
        (output / file).write_bytes(content)
    words = ["atlas", str(edition), "--keluaran", str(output), "--bahasa", language]
    code, written = command(capsys, *words, *bad.damage(edition))
    assert code == bad.code
    _explains(written, bad, language)
    assert contents(output.parent) == {f"2021/{file}": data for file, data in KEPT.items()}


def _explains(written: str, bad: Bad, language: Language) -> None:
    """Check that the words, the remedy and the places of an error are there."""
    catalogue = texts.load(language)
    assert "Traceback" not in written
    assert catalogue.raw(f"galat.{bad.key}.pesan").split("{")[0] in written
    assert catalogue("galat.umum.perbaikan") in written
    row = catalogue("galat.umum.baris")
    flat = " ".join(written.split())
    assert [n for n in bad.named if n.replace("baris", row) not in flat] == []


def test_every_kind_of_error_is_an_error_of_the_program() -> None:
    codes = {one.exit_code for one in FsvaError.__subclasses__()}
    assert {bad.code for bad in BAD.values()} <= codes | {61}


def test_a_place_that_cannot_be_written_is_explained(
    capsys: Output, tmp_path: Path, edition: Path
) -> None:
    (tmp_path / "berkas").write_bytes(b"mine")
    code, written = command(capsys, "atlas", str(edition), "--keluaran", str(tmp_path / "berkas"))
    assert code == 70
    assert "atlas yang lama masih utuh" in written
    assert (tmp_path / "berkas").read_bytes() == b"mine"


def test_an_interrupted_run_says_so(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fsva.runs.production.produce", stop)
    code, written = command(capsys, "atlas", str(BELU), "--keluaran", "tak-dipakai")
    assert code == 130
    assert "Dihentikan." in written
    assert not Path("tak-dipakai").exists()


# The program as it is installed


def test_the_program_prints_errors_and_nothing_else_on_the_error_stream(tmp_path: Path) -> None:
    result = belu.run("atlas", str(tmp_path))
    assert result.returncode == 10
    assert result.stdout == ""
    assert result.stderr.startswith("Galat: ")


def test_a_terminal_that_knows_ascii_only_is_no_reason_to_fail(tmp_path: Path) -> None:
    result = belu.run("atlas", str(tmp_path), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert result.returncode == 10
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "editions").iterdir()))
def test_names_of_editions_are_safe_everywhere(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", name)


def test_names_of_outputs_are_safe_everywhere_and_say_what_they_are() -> None:
    files = belu.made().files
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z]+)+", name) for name in files)
    endings = ("pdf", "png", "pgw", "png.aux.xml")
    maps = {f"{stem}.{ending}" for stem in belu.STEMS for ending in endings}
    beside = [*(stem.replace("peta", "grafik", 1) for stem in belu.STEMS), "peta-ringkasan"]
    charts = {f"{stem}.{ending}" for stem in beside for ending in ("pdf", "png")}
    assert set(files) == maps | charts | {
        "atlas.pdf", "kelas.csv", "kelas.csvt", "gabung.csv", "laporan.txt", "manifest.json",
    }  # fmt: skip


def test_the_row_that_a_message_names_lets_the_run_go_on_without_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = contoh.build(tmp_path / "editions" / "contoh", poverty=False, coverage=False)
    file = folder / "indikator.csv"
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    file.write_text("\n".join([*lines[:2], *lines[3:]]), encoding="utf-8")
    words = ["ringkasan", str(folder), "--keluaran", str(tmp_path / "keluaran")]
    assert cli.main(words) == 50
    said = re.sub(r"\s+", " ", capsys.readouterr().err)
    told = re.search(r"kode_bps = (\d+), kecamatan = (\w+), desa = (\w+)\)", said)
    assert told is not None
    blank = ";" * (lines[0].count(";") - 2)
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"\n{';'.join(told.groups())}{blank}\n")
    assert cli.main(words) == 0
    assert told.groups() == (small.BPS_CODES[1], small.KECAMATAN[1], small.NAMES[1])
