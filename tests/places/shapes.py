"""Editions of every shape that an office may bring: one village, no data, all in one class.

Owns the shapes and the writing of their files. All of it is invented: a place "Contoh" (99.01)
of squares of 3 km, whose values lie well within the class that each village is given.
"""

from __future__ import annotations

import math
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import shapely

from tests.places import contoh, sebelas, small

# A value in each class, from 1 to 6, by the cut-offs of Belu 2021 (method.md 2.2). Categories of
# akses know classes 1-4 only.
WITHIN = {
    "lahan": ("0.0050", "0.0200", "0.1000", "0.2000", "0.3000", "0.5000"),
    "sarana": ("0.0050", "0.0100", "0.0200", "0.0300", "0.0500", "0.0800"),
    "tidak_sejahtera": ("0.1900", "0.1750", "0.1600", "0.1400", "0.1000", "0.0500"),
    "akses": ("4", "3", "2", "1", "1", "1"),
    "air_bersih": ("0.5000", "0.3000", "0.2000", "0.1000", "0.0300", "0.0020"),
    "nakes": ("20.0000", "12.0000", "8.0000", "5.0000", "1.0000", "0.5000"),
}
Styles = Callable[[Path], None]


@dataclass(frozen=True)
class Shape:
    """An edition.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        Cells by column, one per village, with a decimal point.
    names, kecamatan : sequence of str
        Of the villages.
    urban : frozenset of int
        Which villages are kelurahan.
    kind : str
        ``kabupaten`` or ``kota``.
    method : str
        Its id.
    baseline : str or None
        Its id.
    raw : bool
        Whether the columns are raw counts.
    indicators : tuple of str
        What the method measures; by default the columns.
    styles : callable or None
        Changes the copied ``styles/`` of a project of its own.
    """

    columns: Mapping[str, Sequence[str]]
    names: Sequence[str]
    kecamatan: Sequence[str]
    urban: frozenset[int] = frozenset()
    kind: str = "kabupaten"
    method: str = "fsva-kabupaten-6"
    baseline: str | None = "belu-2021"
    raw: bool = False
    indicators: tuple[str, ...] = ()
    styles: Styles | None = field(default=None, repr=False)

    def codes(self) -> list[tuple[str, str]]:
        """Return the codes of the villages, of BPS and of Kemendagri."""
        groups = list(dict.fromkeys(self.kecamatan))
        found = []
        for n, name in enumerate(self.kecamatan):
            group = groups.index(name) + 1
            last = (1001 if n in self.urban else 2001) + n
            found.append((f"9901{group:03d}{n + 1:03d}", f"99.01.{group:02d}.{last}"))
        return found


def of_classes(*classes: int) -> Shape:
    """Return villages with all their values in one class each, half of them per kecamatan."""
    n = len(classes)
    columns = {name: [values[c - 1] for c in classes] for name, values in WITHIN.items()}
    names = [_numeral(k) for k in range(n)]
    return Shape(columns, names, ["Utara" if 2 * k < n else "Selatan" for k in range(n)])


def _numeral(n: int) -> str:
    return small.NAMES[n] if n < len(small.NAMES) else f"Desa {n + 1}"


def write(shape: Shape, project: Path) -> Path:
    """Write an edition into a project and return the edition's folder."""
    folder = project / "editions" / "contoh"
    folder.mkdir(parents=True)
    if shape.styles:
        shutil.copytree(small.ROOT / "styles", project / "styles")
        shape.styles(project / "styles")
    for name, text in (("nilai.csv", _table(shape)), ("padanan.csv", _crosswalk(shape))):
        (folder / name).write_text(text, encoding="utf-8-sig")
    (folder / "edition.toml").write_text(_toml(shape), encoding="utf-8")
    _layer(shape).to_file(folder / "desa.geojson", driver="GeoJSON")
    return folder


def _quoted(cell: str) -> str:
    """Return a cell as spreadsheets write it."""
    return '"' + cell.replace('"', '""') + '"' if re.search('[;"]', cell) else cell


def _table(shape: Shape) -> str:
    lines = [";".join(("kode_bps", "kecamatan", "desa", *shape.columns))]
    for n, (bps, _) in enumerate(shape.codes()):
        values = [cells[n].replace(".", ",") for cells in shape.columns.values()]
        lines.append(";".join((bps, _quoted(shape.kecamatan[n]), _quoted(shape.names[n]), *values)))
    return "\r\n".join(lines) + "\r\n"


def _crosswalk(shape: Shape) -> str:
    lines = ["kode_bps;kode_kemendagri;nama_bps;nama_kemendagri;kecamatan"]
    for n, (bps, kemendagri) in enumerate(shape.codes()):
        name = _quoted(shape.names[n])
        lines.append(";".join((bps, kemendagri, name, name, _quoted(shape.kecamatan[n]))))
    return "\r\n".join(lines) + "\r\n"


def _toml(shape: Shape) -> str:
    table = f'{"mentah" if shape.raw else "indikator"} = "nilai.csv"'
    names = shape.indicators or tuple(shape.columns)
    sources = "\n".join(f"{name} = {contoh.SOURCE}" for name in names)
    text = contoh.EDITION.format(tables=table, sources=sources)
    base = f'dasar = "{shape.baseline}"\n' if shape.baseline else ""
    text = text.replace('"fsva-kabupaten-6"\ndasar = "belu-2021"\n', f'"{shape.method}"\n{base}')
    return text.replace('jenis = "kabupaten"', f'jenis = "{shape.kind}"')


def _layer(shape: Shape) -> gpd.GeoDataFrame:
    """Return squares in rows, as a layer in degrees."""
    across = math.ceil(math.sqrt(len(shape.names)))
    side = small.SIDE_M
    squares = []
    for n in range(len(shape.names)):
        west, south = 600e3 + n % across * side, 8990e3 + n // across * side
        squares.append(shapely.segmentize(shapely.box(west, south, west + side, south + side), 300))
    facts = {"kode": [code for _, code in shape.codes()], "nama": list(shape.names)}
    return gpd.GeoDataFrame(facts, geometry=squares, crs=small.UTM_51S).to_crs(4326)


def _zero_is_best(styles: Path) -> None:
    """Let two cut-offs of the water coincide at zero, each closed at its upper end."""
    file = styles / "dasar" / "belu-2021.toml"
    text = file.read_text(encoding="utf-8").replace('air_bersih = "bawah"\n', "")
    file.write_text(text.replace("0.0574, 0.0042]", "0, 0]"), encoding="utf-8")


def _five_classes(styles: Path) -> None:
    """Leave the sixth class and its cut-offs out; two classes are vulnerable."""
    rules = styles / "metode" / "fsva-kabupaten-6.toml"
    text = re.sub(r"\[\[kelas\]\]\nkelas = 6\n(?:.+\n)+", "", rules.read_text(encoding="utf-8"))
    text = text.replace("rentan_sampai = 3", "rentan_sampai = 2\npersen_desa = [20, 40, 60, 80]")
    rules.write_text(text, encoding="utf-8")
    numbers = styles / "dasar" / "belu-2021.toml"
    text = re.sub(r"(?m)^(\w+ = \[(?:[\d.]+, ){3}[\d.]+), [\d.]+\]", r"\1]",
                  numbers.read_text(encoding="utf-8"))  # fmt: skip
    numbers.write_text(text, encoding="utf-8")


KOTA = """id = "kota"
metode = "fsva-kota-5"
nama = { id = "Kota 2020", en = "Kota 2020" }
tanggal = 2020-11-25

[sumber]
id = "sintetis"
en = "synthetic"

[cut_off]
sarana = [0.01, 0.02, 0.03, 0.04, 0.05]
tidak_sejahtera = [0.10, 0.08, 0.06, 0.04, 0.02]
air_bersih = [0.05, 0.04, 0.03, 0, 0]
nakes = [0.5, 0.4, 0.3, 0.2, 0.1]
komposit = [30, 40, 50, 60, 70]

[skala]
sarana = [0, 0.06]
tidak_sejahtera = [0, 0.12]
akses = [1, 4]
air_bersih = [0, 0.06]
nakes = [0, 0.6]
"""


def _with_kota(styles: Path) -> None:
    (styles / "dasar" / "kota.toml").write_text(KOTA, encoding="utf-8")


# A village of every class; a class of all indicators is the composite class 1, 1, 2, 4, 5 or 6.
EVERY = of_classes(1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1)
LONG = "Persiapan Transmigrasi Pemukiman Kembali Masyarakat Terasing Bukit Tigapuluh Sejahtera"
NAMES = (
    'Dusun "Sungai Kering" II', "O'Hare; Baru", LONG, '=HYPERLINK("x")', "<b>Tebal</b> & Co",
    "Ñandú", "A", "Tujuh", "Kampung Baru", "Kampung Baru",
    "Sungai Rumbai Tengah Selatan Baru", "Dua Belas",
)  # fmt: skip
LONG_KECAMATAN = "Pangkalan Jambu Perbatasan Tanah Merah Kepulauan Sungai Rotan Hilir"
KECAMATAN = (*[LONG_KECAMATAN] * 6, *['Guci "Hulu"; <Timur>'] * 6)
INDICATORS_OF_A_KOTA = ("sarana", "tidak_sejahtera", "akses", "air_bersih", "nakes")
WATER = ("0.5000", "0.3000", "0.2000", *["0.0000"] * 6, "0.2000", "0.3000", "0.5000")


def blank(shape: Shape, *names: str) -> Shape:
    """Return a shape in which some columns are empty."""
    empty = {name: [""] * len(shape.names) for name in names}
    return replace(shape, columns={**shape.columns, **empty})


def _eleven() -> Shape:
    cells = {name: [value] * 12 for name, value in sebelas.GOOD.items()}
    cells["stunting"] = ["45.0", "35.0", "25.0", "15.0"] * 3
    return replace(EVERY, columns=cells, method="fsva-2025-11", baseline=None)


def _kota() -> Shape:
    counts = {
        "luas_ha": ["100"] * 12,
        "jumlah_sarana": [str(2 * n) for n in range(1, 13)],
        "rumah_tangga": ["400"] * 12,
        "penduduk_desil_1": [str(10 * n) for n in range(12)],
        "penduduk": ["1000"] * 12,
        "akses_kategori": ["1"] * 12,
        "rt_tanpa_air": ["0"] * 6 + ["18"] * 6,
        "tenaga_kesehatan": ["4"] * 11 + ["5"],
    }
    return replace(EVERY, columns=counts, raw=True, kind="kota", method="fsva-kota-5",
                   baseline="kota", urban=frozenset(range(12)), styles=_with_kota,
                   indicators=INDICATORS_OF_A_KOTA)  # fmt: skip


SHAPES = {
    "tahan": of_classes(4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6),
    "rentan": of_classes(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3),
    "tanpa data": blank(EVERY, *EVERY.columns),
    "satu desa": of_classes(4),
    "dua desa": of_classes(1, 6),
    "satu kecamatan": replace(EVERY, kecamatan=["Utara"] * 12),
    "setara": of_classes(*[3] * 12),
    "berimpit": replace(EVERY, styles=_zero_is_best,
                        columns={**EVERY.columns, "air_bersih": WATER}),
    "lima kelas": replace(of_classes(1, 2, 3, 4, 5, 5, 5, 5, 4, 3, 2, 1), styles=_five_classes),
    "tanpa air": blank(EVERY, "air_bersih"),
    "tanpa sebagian": replace(
        EVERY,
        columns={**EVERY.columns, "air_bersih": ["", "", "", *EVERY.columns["air_bersih"][3:]]},
    ),
    "campur": replace(EVERY, urban=frozenset({0, 3, 5})),
    "nama": replace(EVERY, names=NAMES, kecamatan=KECAMATAN),
    "sebelas": _eleven(),
    "sebelas tanpa stunting": blank(_eleven(), "stunting"),
    "kota mentah": _kota(),
    "kota tanpa nakes": replace(
        _kota(), columns={**_kota().columns, "tenaga_kesehatan": ["0"] * 12}
    ),
}  # fmt: skip
