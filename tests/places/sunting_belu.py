"""A second edition of Belu, SYNTHETIC: the shipped one with thirty stated edits.

Owns the list of edits, what each does to the classes of indicators, and the writing of the
edited edition. Nothing here happened; it is invented so that every reason occurs.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from fsva.comparison.values.result import Part
from tests.places.small import BELU, ROOT

CROSSWALK = "boundaries/crosswalk/53.04.csv"
LAYER = "boundaries/skematis/53.04-belu.geojson"
METHOD = "styles/metode/fsva-kabupaten-6.toml"
BASELINE = "styles/dasar/belu-2021.toml"
EDITION = "editions/belu-2021"
Effect = tuple[
    str, str, int | None, int | None
]  # village (name in B), indicator, class before and after


@dataclass(frozen=True)
class Suntingan:
    """One edit.

    Parameters
    ----------
    part : Part
        Which part of the inputs it changes.
    what : str
        Cell or key, as the comparison names it.
    village : str or None
        The village, if it concerns one.
    a, b : str or None
        As the comparison says it was and is.
    effects : tuple of Effect
        Every class of an indicator that changes by it.
    """

    part: Part
    what: str
    village: str | None
    a: str | None
    b: str | None
    effects: tuple[Effect, ...] = ()


SUNTINGAN = (
    Suntingan("data", "lahan", "Tasain", "0.247", "0.147", (("Tasain", "lahan", 4, 3),)),
    Suntingan("data", "nakes", "Teun", "5.6666", "9", (("Teun", "nakes", 4, 3),)),
    Suntingan("data", "air_bersih", "Duarato", "0", "0.3", (("Duarato", "air_bersih", 6, 2),)),
    Suntingan("data", "tidak_sejahtera", "Makir", "0.1329", "0.16",
              (("Makir", "tidak_sejahtera", 4, 3),)),
    Suntingan("data", "akses", "Leowalu", "1", "3", (("Leowalu", "akses", 4, 2),)),
    Suntingan("data", "sarana", "Raifatus", "0.0439", "0.07", (("Raifatus", "sarana", 5, 6),)),
    # The value is lost; the published class, the same, stands in.
    Suntingan("data", "lahan", "Nualain", "0.0064", None),
    # One unit of the last digit: noise.
    Suntingan("data", "nakes", "Lakmaras", "20.8115", "20.8116"),
    Suntingan("dasar", "cut_off.sarana.c3", None, "0.0283", "0.0286",
              (("Rafae", "sarana", 4, 3),)),
    Suntingan("dasar", "cut_off.tidak_sejahtera.c5", None, "0.0830", "0.0850",
              (("Kewar", "tidak_sejahtera", 5, 6), ("Aitoun", "tidak_sejahtera", 5, 6),
               ("Mandeu", "tidak_sejahtera", 5, 6))),
    Suntingan("dasar", "cut_off.air_bersih.c2", None, "0.2703", "0.2500",
              (("Debululik", "air_bersih", 3, 2),)),
    Suntingan("dasar", "cut_off.nakes.c1", None, "15.0000", "14.9000",
              (("Maudemu", "nakes", 2, 1),)),
    Suntingan("dasar", "skala.nakes.maks", None, "53.3397", "53.4000"),
    Suntingan("metode", "tutup.lahan", None, "atas", "bawah",
              (("Loonuna", "lahan", 1, 2), ("Raiulun", "lahan", 2, 3), ("Mandeu", "lahan", 3, 4),
               ("Maumutin", "lahan", 4, 5))),
    Suntingan("metode", "bobot.sarana", None, "1/6", "101/600"),
    Suntingan("metode", "bobot.akses", None, "1/6", "33/200"),
    # The place keeps its code; the crosswalk gives it the row of the other village.
    Suntingan("kode", "kode", "Lutha Rato", "53.04.18.2005 / 5306081003",
              "53.04.18.2005 / 5306081002",
              (("Lutha Rato", "sarana", 4, 3), ("Lutha Rato", "air_bersih", 5, 3),
               ("Lutha Rato", "nakes", 4, 1))),
    Suntingan("kode", "kode", "Henes", "53.04.18.2008 / 5306081002",
              "53.04.18.2008 / 5306081003",
              (("Henes", "sarana", 3, 4), ("Henes", "air_bersih", 3, 5),
               ("Henes", "nakes", 1, 4))),
    Suntingan("kode", "kode", "Fatukbot", "53.04.22.1001 / 5306062003",
              "53.04.22.1001 / 5306062001",
              (("Fatukbot", "sarana", 5, 3), ("Fatukbot", "nakes", 5, 4))),
    Suntingan("kode", "kode", "Manuaman", "53.04.22.1004 / 5306062001",
              "53.04.22.1004 / 5306062003",
              (("Manuaman", "sarana", 3, 5), ("Manuaman", "nakes", 4, 5))),
    # The layer gives a place the code of another village.
    Suntingan("batas", "kode di lapisan", "Fohoeka", "53.04.23.2001", "53.04.23.2003",
              (("Fohoeka", "lahan", 5, 4), ("Fohoeka", "tidak_sejahtera", 6, 5),
               ("Fohoeka", "air_bersih", 3, 2))),
    Suntingan("batas", "kode di lapisan", "Dubesi", "53.04.23.2003", "53.04.23.2001",
              (("Dubesi", "lahan", 4, 5), ("Dubesi", "tidak_sejahtera", 5, 6),
               ("Dubesi", "air_bersih", 2, 3))),
    Suntingan("batas", "kode di lapisan", "Mahuitas", "53.04.01.2008", "53.04.01.2015",
              (("Mahuitas", "lahan", 4, 5), ("Mahuitas", "sarana", 5, 4),
               ("Mahuitas", "tidak_sejahtera", 6, 4), ("Mahuitas", "air_bersih", 6, 4),
               ("Mahuitas", "nakes", 1, 5))),
    Suntingan("batas", "kode di lapisan", "Dirun", "53.04.01.2015", "53.04.01.2008",
              (("Dirun", "lahan", 5, 4), ("Dirun", "sarana", 4, 5),
               ("Dirun", "tidak_sejahtera", 4, 6), ("Dirun", "air_bersih", 4, 6),
               ("Dirun", "nakes", 5, 1))),
    Suntingan("timpa", "timpa.lahan", "Ekin", None, "3", (("Ekin", "lahan", 2, 3),)),
    Suntingan("timpa", "timpa.sarana", "Bauho", None, "5", (("Bauho", "sarana", 6, 5),)),
    Suntingan("timpa", "timpa.sarana", "Manumutin", "3", "4", (("Manumutin", "sarana", 3, 4),)),
    Suntingan("timpa", "terbit.nakes_kelas", "Takirin", "1", "2", (("Takirin", "nakes", 1, 2),)),
    Suntingan("timpa", "terbit.air_bersih_kelas", "Tulakadi", "4", "3",
              (("Tulakadi", "air_bersih", 4, 3),)),
    Suntingan("timpa", "terbit.tidak_sejahtera_kelas", "Silawan", "6", "5",
              (("Silawan", "tidak_sejahtera", 6, 5),)),
)  # fmt: skip
_CELLS = (
    ("indicators.csv", "Tasain", "lahan", "0,1470"),
    ("indicators.csv", "Teun", "nakes", "9,0000"),
    ("indicators.csv", "Duarato", "air_bersih", "0,3000"),
    ("indicators.csv", "Makir", "tidak_sejahtera", "0,1600"),
    ("indicators.csv", "Leowalu", "akses", "3"),
    ("indicators.csv", "Raifatus", "sarana", "0,0700"),
    ("indicators.csv", "Nualain", "lahan", ""),
    ("indicators.csv", "Lakmaras", "nakes", "20,8116"),
    ("terbit.csv", "Takirin", "nakes_kelas", "2"),
    ("terbit.csv", "Tulakadi", "air_bersih_kelas", "3"),
    ("terbit.csv", "Silawan", "tidak_sejahtera_kelas", "5"),
)
_NUMBERS = (
    (BASELINE, "sarana = [0.0081, 0.0172, 0.0283", "sarana = [0.0081, 0.0172, 0.0286"),
    (BASELINE, "0.1274, 0.0830]", "0.1274, 0.0850]"),
    (BASELINE, "air_bersih = [0.4686, 0.2703", "air_bersih = [0.4686, 0.2500"),
    (BASELINE, "nakes = [15.0000", "nakes = [14.9000"),
    (BASELINE, "53.3397]", "53.4000]"),
)
_SWAPPED_CODES = (
    ("53.04.18.2005", "53.04.18.2008"),
    ("53.04.22.1001", "53.04.22.1004"),
)
_SWAPPED_PLACES = (
    ("53.04.23.2001", "53.04.23.2003"),
    ("53.04.01.2008", "53.04.01.2015"),
)
_OVERRIDES = """
[[timpa]]
kode_bps = "5306081006"
desa = "Ekin"
indikator = "lahan"
kelas = 3
alasan = { id = "sintetis", en = "synthetic" }

[[timpa]]
kode_bps = "5306070010"
desa = "Bauho"
indikator = "sarana"
kelas = 5
alasan = { id = "sintetis", en = "synthetic" }
"""

# Names as the edited layer has them; one village of each exchange is enough.
_ACCEPTANCES = """
[[batas.diterima]]
jenis = "nama"
kode_kemendagri = "53.04.18.2005"
desa = "Henes"
alasan = { id = "sintetis: penyelarasan tertukar dengan Lutha Rato", en = "synthetic: crosswalk exchanged with Lutha Rato" }

[[batas.diterima]]
jenis = "nama"
kode_kemendagri = "53.04.22.1001"
desa = "Manuaman"
alasan = { id = "sintetis: penyelarasan tertukar dengan Fatukbot", en = "synthetic: crosswalk exchanged with Fatukbot" }

[[batas.diterima]]
jenis = "nama"
kode_kemendagri = "53.04.23.2003"
desa = "Dubesi"
alasan = { id = "sintetis: kode di lapisan tertukar dengan Fohoeka", en = "synthetic: code in the layer exchanged with Fohoeka" }

[[batas.diterima]]
jenis = "nama"
kode_kemendagri = "53.04.01.2015"
desa = "Dirun"
alasan = { id = "sintetis: kode di lapisan tertukar dengan Mahuitas", en = "synthetic: code in the layer exchanged with Mahuitas" }
"""  # noqa: E501


def copy(folder: Path) -> Path:
    """Copy the shipped edition with its styles and boundaries; return the edition's folder."""
    for name in ("styles", "boundaries", EDITION):
        shutil.copytree(ROOT / name, folder / name)
    assert (folder / EDITION / "edition.toml").read_bytes() == (BELU / "edition.toml").read_bytes()
    return folder / EDITION


def write(folder: Path) -> Path:
    """Write the edited edition as a project of its own; return the edition's folder."""
    edition = copy(folder)
    for file, village, column, text in _CELLS:
        cell(edition / file, village, column, text)
    for file, old, new in _NUMBERS:
        replace(folder / file, old, new)
    _change_method(folder / METHOD)
    _swap_codes(folder / CROSSWALK)
    _swap_places(folder / LAYER)
    replace(edition / "edition.toml", "kelas = 3\n", "kelas = 4\n")
    with (edition / "edition.toml").open("a", encoding="utf-8") as file:
        file.write(_OVERRIDES + _ACCEPTANCES)
    return edition


def cell(file: Path, village: str, column: str, text: str) -> None:
    """Change one cell of an officer's table."""
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig")), delimiter=";"))
    place, name = rows[0].index(column), rows[0].index("desa")
    (row,) = [row for row in rows if row[name] == village]
    assert row[place] != text
    row[place] = text
    save(file, rows)


def save(file: Path, rows: list[list[str]]) -> None:
    """Write an officer's table."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    file.write_bytes(out.getvalue().encode("utf-8-sig"))


def replace(file: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file.name, old)
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def _change_method(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    head, *sections = text.split("[[indikator]]")
    changes = {"lahan": ('tutup = "atas"', 'tutup = "bawah"'),
               "sarana": ('bobot = "1/6"', 'bobot = "101/600"'),
               "akses": ('bobot = "1/6"', 'bobot = "33/200"')}  # fmt: skip
    for n, section in enumerate(sections):
        for name, (old, new) in changes.items():
            if f'\nid = "{name}"\n' in section:
                sections[n] = section.replace(old, new, 1)
    file.write_text("[[indikator]]".join([head, *sections]), encoding="utf-8", newline="\n")


def _swap_codes(file: Path) -> None:
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig")), delimiter=";"))
    place = rows[0].index("kode_kemendagri")
    other = dict(_SWAPPED_CODES) | {b: a for a, b in _SWAPPED_CODES}
    for row in rows[1:]:
        row[place] = other.get(row[place], row[place])
    save(file, rows)


def _swap_places(file: Path) -> None:
    layer = json.loads(file.read_text(encoding="utf-8"))
    other = dict(_SWAPPED_PLACES) | {b: a for a, b in _SWAPPED_PLACES}
    for feature in layer["features"]:
        facts = feature["properties"]
        facts["kode"] = other.get(facts["kode"], facts["kode"])
    file.write_text(json.dumps(layer), encoding="utf-8")
