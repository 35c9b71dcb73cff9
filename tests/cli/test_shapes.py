"""Every command on every shape of edition: no traceback, the right exit code, right figures.

The figures follow from cut-offs and bounds of Belu 2021 by hand (method.md 2.2, 2.4). A village
with all six values in class k has the index 16.44, 31.46, 44.16, 57.16, 67.28 or 78.51: by the
cut-offs 32.92 44.84 52.50 59.83 67.93 the composite class 1, 1, 2, 4, 5 or 6.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fsva import cli
from fsva.config.editions import edition
from fsva.core import texts
from fsva.drawing.sheets import sheet
from fsva.runs import run_order, sheet_materials, tabulation
from fsva.words import specification
from tests.places import shapes

pytestmark = pytest.mark.usefixtures("coarse_pictures")

# What no sentence and no cell may hold: an absence that nobody has put into words.
BARE = re.compile(r"\b(nan|NaN|None|NaT|inf)\b|<NA>|\{\w+\}")
USAGE, NO_METHOD, NO_SPREAD = 2, 60, 61


@dataclass(frozen=True)
class Figures:
    """What is known of a shape without the program.

    Parameters
    ----------
    counts : tuple of int
        Villages per composite class.
    empty : int
        Villages without one.
    said : tuple of str
        What the trace of the first village says.
    others : mapping of str to tuple of int
        Villages per class of indicators.
    codes : mapping of str to int
        Exit codes other than 0.
    printed : bool
        Whether all files of maps and comparison are written, which takes a while.
    sobol : bool
        Whether Sobol indices are asked for, which takes a while too.
    """

    counts: tuple[int, ...]
    empty: int = 0
    said: tuple[str, ...] = ()
    others: dict[str, tuple[int, ...]] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    printed: bool = False
    sobol: bool = False


NOTHING = {"baseline": NO_SPREAD, "sobol": USAGE}
EVERY = (4, 2, 0, 2, 2, 2)
# Of the kota by hand: 61.11 + 1.39 n for the first six kelurahan, 12.5 less for the others.
FIGURES = {
    "tahan": Figures((0, 0, 0, 4, 4, 4), said=("indeks 57,16", "9 dari 12", "3 desa lain")),
    "rentan": Figures((8, 4, 0, 0, 0, 0), said=("indeks 16,44", "9 dari 12", "3 desa lain")),
    "tanpa data": Figures((0,) * 6, 12, ("tidak mempunyai kelas komposit",),
                          {"lahan": (0,) * 6}, NOTHING, printed=True, sobol=True),
    "satu desa": Figures((0, 0, 0, 1, 0, 0), 0, ("indeks 57,16", "1 dari 1 "),
                         {"akses": (0, 0, 0, 1, 0, 0)}, NOTHING, printed=True, sobol=True),
    "dua desa": Figures((1, 0, 0, 0, 0, 1), said=("indeks 16,44", "2 dari 2 "), sobol=True),
    "satu kecamatan": Figures(EVERY, said=("indeks 16,44",)),
    "setara": Figures((0, 12, 0, 0, 0, 0), said=("indeks 44,16", "1 dari 12", "11 desa lain"),
                      codes={"baseline": NO_SPREAD}),
    # Zero is the best value: class 6, and class 5 between the two cut-offs is empty (2.3). The
    # index of class 5 becomes 67.28 + (100 - 95.65) / 6 = 68.00, above 67.93.
    "berimpit": Figures((4, 2, 0, 2, 0, 4), 0, ("indeks 16,44",),
                        {"air_bersih": (2, 2, 2, 0, 0, 6)}, sobol=True),
    "lima kelas": Figures((4, 2, 0, 2, 4), said=("indeks 16,44", "11 dari 12", "1 desa lain")),
    "tanpa air": Figures((0,) * 6, 12, ("tidak mempunyai kelas komposit",),
                         {"air_bersih": (0,) * 6, "lahan": (2,) * 6}, NOTHING),
    "campur": Figures(EVERY, said=("Kemendagri 99.01.01.1001",)),
    "nama": Figures(EVERY, said=('Dusun "Sungai Kering" II',)),
    # By weights and bounds 82.07 with 45 % stunting, and 1.0667 more for each 10 % less.
    "sebelas": Figures((0, 0, 0, 0, 0, 12), 0, ("indeks 82,07", "10 dari 12", "2 desa lain"),
                       {"stunting": (3, 3, 0, 3, 0, 3)}, {"baseline": NO_METHOD}),
    "sebelas tanpa stunting": Figures((0,) * 6, 12, ("tidak mempunyai kelas komposit",),
                                      {"pph": (0, 0, 0, 0, 0, 12)},
                                      {"baseline": NO_METHOD, "sobol": USAGE}),
    "kota mentah": Figures((0, 0, 0, 2, 10, 0), 0, ("indeks 62,50", "8 dari 12", "1 desa lain"),
                           {"air_bersih": (0, 6, 0, 0, 0, 6), "nakes": (0, 0, 0, 11, 1, 0)}),
    "kota tanpa nakes": Figures((0,) * 6, 12, ("tidak mempunyai kelas komposit",),
                                {"sarana": (2, 2, 2, 2, 2, 2), "nakes": (0,) * 6}, NOTHING),
}  # fmt: skip


def commands(folder: Path, out: Path, figures: Figures) -> dict[str, list[str]]:
    """Return what is typed for an edition, by a name of its own."""
    own = edition.load(folder)
    base = ["--dasar", str(own.baseline_file)] if own.baseline_file else []
    code = next(iter(csv.DictReader(_table(folder), delimiter=";")))["kode_bps"]
    typed = {
        "periksa": ["periksa", str(folder)],
        "ringkasan": ["ringkasan", str(folder)],
        "sasaran": ["sasaran", str(folder)],
        "keyakinan": ["keyakinan", str(folder), "--undian", "100"],
        "jejak": ["jejak", str(folder), code],
        "baseline": ["baseline", str(folder), "--coba"],
        "selaraskan": ["selaraskan", str(folder)],
        "metode": ["metode", "periksa", str(own.method_file), *base],
        "banding": ["banding", str(folder), str(folder), "--exit-code", "--layar"],
    }
    if figures.sobol:
        typed["sobol"] = [*typed["keyakinan"], "--sobol"]
    if figures.printed:
        typed["banding"].remove("--layar")
        typed["atlas"] = ["atlas", str(folder), "--aspek", "--tanda-keyakinan"]
        typed["summary"] = [*typed["ringkasan"], "--bahasa", "en"]
        typed["trace"] = [*typed["jejak"], "--bahasa", "en"]
    silent = {"jejak", "trace", "baseline", "selaraskan", "metode"}
    writing = {n for n, words in typed.items() if n not in silent and "--layar" not in words}
    return {n: [*words, "--keluaran", str(out / n)] if n in writing else words
            for n, words in typed.items()}  # fmt: skip


def _table(folder: Path) -> io.StringIO:
    return io.StringIO((folder / "nilai.csv").read_text(encoding="utf-8-sig"))


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"))


def counts(found: list[dict[str, str]], measure: str) -> list[int]:
    """Return the villages per class of a measure in the whole district, then those without."""
    whole = found[0]["wilayah"]
    own = [r for r in found if (r["wilayah"], r["ukuran"]) == (whole, measure)]
    return [int(r["jumlah"]) for r in own if r["kelas"].isdigit() or r["kelas"] == "tanpa data"]


QUICK = ("tanpa data", "sebelas", "satu desa")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in FIGURES],
)
def test_every_command_tells_what_is_so(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = FIGURES[name]
    folder, out = shapes.write(shapes.SHAPES[name], tmp_path), tmp_path / "hasil"
    crosswalk = (folder / "padanan.csv").read_bytes()
    told: dict[str, str] = {}
    for command, words in commands(folder, out, figures).items():
        code = cli.main(words)
        said = capsys.readouterr()
        assert (command, code) == (command, figures.codes.get(command, 0)), said.err
        told[command] = said.out
        assert not BARE.search(said.out + said.err), (command, BARE.search(said.out + said.err))
    assert (folder / "padanan.csv").read_bytes() == crosswalk
    for file in (f for f in out.rglob("*") if f.suffix in (".csv", ".txt")):
        text = file.read_text(encoding="utf-8-sig")
        assert not BARE.search(text), (file.name, BARE.search(text))
    _check(name, told, out)
    if not figures.printed:
        draw(folder)


def _check(name: str, told: dict[str, str], out: Path) -> None:
    """Hold what commands have told and written to what is known."""
    figures = FIGURES[name]
    found = rows(out / "ringkasan" / "ringkasan.csv")
    total, vulnerable = sum(figures.counts), sum(figures.counts[: _last_vulnerable(figures)])
    assert counts(found, "komposit") == [*figures.counts, figures.empty]
    for measure, expected in figures.others.items():
        assert counts(found, measure)[:-1] == list(expected), measure
    for words in figures.said:
        assert words in told["jejak"]
    kinds = {code.split(".")[3][0] == "1" for _, code in shapes.SHAPES[name].codes()}
    unit = "desa/kelurahan" if len(kinds) > 1 else "kelurahan" if True in kinds else "desa"
    headline = f"{vulnerable} dari {total} {unit}"
    assert (headline in told["ringkasan"]) == (headline in told["sasaran"]) == (total > 0)
    blank = [m for m, n in figures.others.items() if not sum(n)]
    assert all(f"{m}: Tidak satu pun dari" in told["periksa"] for m in blank)
    classes = {r["kode_bps"]: r["kelas"] for r in rows(out / "sasaran" / "rencana-aksi.csv")}
    assert len(classes) == vulnerable
    assert "Tidak ada perbedaan" in told["banding"]


def _last_vulnerable(figures: Figures) -> int:
    return 2 if len(figures.counts) == 5 else 3


def draw(folder: Path) -> None:
    """Draw all maps with a legend that counts every village once."""
    order = run_order.place(edition.load(folder), None, texts.load("id"))
    made = tabulation.tabulate(order.edition, order.village_layer)
    maps = specification.build(made.table, made.rules, order.edition.settings, order.texts)
    for one in maps:
        assert sum(row.count for row in one.legend) == len(made.table)
    studio = sheet_materials.studio_of(order.edition, made, order.texts, order.number)
    assert len(sheet.sheets(studio, maps)) == len(maps)
