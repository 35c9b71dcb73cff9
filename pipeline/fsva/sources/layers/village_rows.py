"""From the rows of a layer to one row per village of a kabupaten, with a ledger.

Owns the handling of placeholders, villages on several rows, and BPS codes. Its ledger lists every
row that is left out or united. It repairs no geometry; that is ``fsva.villages.repair``.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.editions import layer_schemas
from fsva.config.styles import output_tables
from fsva.core import codes, levels
from fsva.core.codes import System
from fsva.core.columns import DISTRICT, KEMENDAGRI, PARENT, ROW
from fsva.core.errors import CodeError, LayerError, Place
from fsva.core.names import plain
from fsva.sources.plain import plain_table
from fsva.sources.plain.plain_table import Table
from fsva.sources.plain.shape_table import ShapeTable
from fsva.sources.tables.code_columns import Judge, hint

CODE, NAME = "kode", "nama"
SUBDISTRICT, OTHER = PARENT, "kode_lain"
LEDGER = "lapisan.csv"  # its columns: styles/tabel.toml
LEFT_OUT, UNITED = "left_out", "united"


def one_per_village(rows: ShapeTable, district_code: str, file: Path) -> tuple[ShapeTable, Table]:
    """Keep the villages of one kabupaten, one row each, and account for all other rows.

    Parameters
    ----------
    rows : ShapeTable
        Columns ``kode`` (Kemendagri), ``nama``, perhaps ``kabupaten``, ``geometry``; indexed by
        the row of the layer from 0.
    district_code : str
        Kemendagri code of the kabupaten, ``53.04``.
    file : Path
        Named in errors.

    Returns
    -------
    layer : ShapeTable
        Indexed by Kemendagri code and sorted by it; ``nama`` and the geometry.
    ledger : Table
        Columns of ``lapisan.csv``: placeholders and codeless areas left out, rows united.
        ``tindakan`` and ``alasan`` are choices of ``lapisan.csv`` in ``styles/tabel.toml``.

    Raises
    ------
    LayerError
        No village belongs to the kabupaten, has no polygon, or its name is garbled.
    CodeError
        A code is damaged, or two villages of different names share one.
    """
    rows = rows.with_columns({ROW: rows.index.astype(np.int64) + 1})
    own = _of_district(rows, district_code)
    villages = rows.rows(own)
    blank = _blank(villages)
    left = [_noted(villages.rows(blank), LEFT_OUT, "no_village"), _strays(rows, own)]
    villages = villages.rows(~blank)
    if not len(villages):
        known = {levels.DISTRICT.kemendagri_of(code) for code in rows[CODE] if code is not None}
        districts = ", ".join(sorted(known)[:5])
        raise LayerError("daerah_lain", [Place(file, found=districts)], {"kode": district_code})
    if damaged := _damaged(villages, codes.likely_kemendagri, district_code, file):
        raise CodeError("kode_layer", damaged)
    garbled = [is_garbled(name) for name in plain_table.told(villages[NAME])]
    _stop_at(villages.rows(np.array(garbled, dtype=bool)), LayerError, "nama_layer", file)
    _stop_at(_contradictory(villages), CodeError, "kode_layer_ganda", file)
    left.append(_noted(villages.rows(_repeated(villages)), UNITED, "several_rows"))
    layer = _united(villages)
    bare = shapely.is_missing(layer.geometry) | shapely.is_empty(layer.geometry)
    _stop_at(layer.rows(bare), LayerError, "poligon_kosong", file)
    by_code = replace(layer.without(DISTRICT, CODE), index=layer[CODE], key=CODE)
    return by_code.sorted(), _by_row(left)


def _by_row(ledgers: Sequence[Table]) -> Table:
    """Return the rows of ledgers by their number in the layer."""
    every = plain_table.stacked(ledgers)
    return replace(every.rows(np.argsort(every[ROW], kind="stable")), index=every.index)


def _of_district(rows: ShapeTable, district_code: str) -> NDArray[np.bool_]:
    """Mark the rows whose code is of a kabupaten."""
    return plain_table.begin(rows[CODE], (f"{district_code}.",))


def _repeated(rows: ShapeTable) -> NDArray[np.bool_]:
    """Mark the rows that share their code with another."""
    times = Counter(rows[CODE])
    return np.array([times[code] > 1 for code in rows[CODE]], dtype=bool)


def to_kemendagri(rows: ShapeTable, crosswalk: Table, file: Path) -> ShapeTable:
    """Replace the BPS codes of rows by the Kemendagri codes of the crosswalk.

    Parameters
    ----------
    rows : ShapeTable
        Columns ``kode`` (BPS, ten digits), ``nama``, ``geometry``.
    crosswalk : Table
        Indexed by BPS code: ``kode_kemendagri``.
    file : Path
        Named in errors.

    Raises
    ------
    CodeError
        A code is not a BPS code.
    LayerError
        A code is unknown to the crosswalk.
    """
    blank = _blank(rows) | (plain_table.told(rows[CODE]) == "")
    real = rows.rows(~blank)
    district = codes.district_of(real[CODE]) or codes.district_of(crosswalk.codes)
    judge = partial(codes.likely_bps, known=frozenset(crosswalk.codes))
    if damaged := _damaged(real, judge, district, file):
        raise CodeError("kode_layer_bps", damaged)
    known = crosswalk.by_code(KEMENDAGRI)
    strange = real.rows(~plain_table.is_in(real[CODE], known.keys()))
    _stop_at(strange, LayerError, "layer_tanpa_penyelarasan", file)
    pairs = zip(rows[CODE], blank, strict=True)
    return rows.with_columns({CODE: plain_table.words(c if b else known[c] for c, b in pairs)})


def check_system(rows: ShapeTable, crosswalk: Table, system: System | None, file: Path) -> None:
    """Stop where ten digits are, or may be, Kemendagri codes without their dots.

    Parameters
    ----------
    rows : ShapeTable
        Columns ``kode`` (ten digits, of the kabupaten), ``nama``.
    crosswalk : Table
        Indexed by BPS code: ``kode_kemendagri``; may be empty.
    system : {"kemendagri", "bps"} or None
        The coding system that the office states.
    file : Path
        Named in errors.

    Raises
    ------
    CodeError
        They are Kemendagri codes, or every one is a code of both systems.
    """
    is_bps = [codes.is_bps(code) for code in plain_table.told(rows[CODE])]
    villages = rows.rows(np.array(is_bps, dtype=bool))
    if system is not None or not len(villages):
        return
    dotted = [codes.dotted(str(code)) for code in villages[CODE]]
    as_bps = plain_table.is_in(villages[CODE], crosswalk.codes)
    as_other = plain_table.is_in(dotted, set(crosswalk[KEMENDAGRI]))
    if as_bps.all() and as_other.all():
        partners = dict(zip(crosswalk[KEMENDAGRI], crosswalk.codes, strict=True))
        pairs = zip(villages[CODE], dotted, strict=True)
        other = np.array([code != partners[there] for code, there in pairs], dtype=bool)
        _stop_at(villages.rows(other), CodeError, "kode_dua_sistem", file)
    elif as_other.sum() > as_bps.sum() or (not as_bps.any() and all(map(_is_kind, dotted))):
        places = [
            replace(place, ailment="pemisah", likely=likely)
            for place, likely in zip(_places(file, villages), dotted, strict=True)
        ]
        raise CodeError("kode_tanpa_titik", places)


def _is_kind(code: str) -> bool:
    """Tell whether a code has the digit of a desa, kelurahan or desa persiapan; few of BPS have."""
    return codes.KemendagriCode.parse(code).kind is not None


def without_upper(rows: ShapeTable) -> tuple[ShapeTable, ShapeTable]:
    """Separate the rows of kecamatan if their villages are in the layer too.

    Parameters
    ----------
    rows : ShapeTable
        Column ``kode``, of villages and perhaps of kecamatan.
    """
    texts, parent = plain_table.told(rows[CODE]), levels.PARENTS[0]
    above = {parent.kemendagri_of(c) for c in texts if codes.is_kemendagri(c)}
    above |= {parent.bps_of(c) for c in texts if codes.is_bps(c)}
    upper = plain_table.is_in(texts, above)
    return rows.rows(~upper), rows.rows(upper)


def no_areas(rows: ShapeTable, layer: ShapeTable, district_code: str, file: Path) -> ShapeTable:
    """Return the rows of points and lines; stop at a village without a polygon.

    Parameters
    ----------
    rows : ShapeTable
        ``kode``, ``nama``; may be empty.
    layer : ShapeTable
        From ``one_per_village``.
    district_code : str
        Kemendagri code of the kabupaten.
    file : Path
        Named in errors.

    Raises
    ------
    LayerError
        A village is a point or a line.
    """
    if not len(rows):
        return rows
    own = _of_district(rows, district_code)
    is_code = [codes.is_kemendagri(code) for code in plain_table.told(rows[CODE])]
    alone = own & ~plain_table.is_in(rows[CODE], layer.codes) & np.array(is_code, dtype=bool)
    _stop_at(rows.rows(alone), LayerError, "desa_bukan_poligon", file)
    return rows


def with_left_out(
    ledger: Table, unpaired: ShapeTable, apart: ShapeTable, upper: ShapeTable
) -> Table:
    """Add to a ledger the rows that are not villages, and those without a confirmed village.

    Parameters
    ----------
    ledger : Table
        From ``one_per_village``.
    unpaired : ShapeTable
        Of a layer without official codes; ``kode`` is its own id.
    apart, upper : ShapeTable
        Rows of points and lines; rows of kecamatan.
    """
    why = ((unpaired, "unpaired"), (apart, "no_area"), (upper, "subdistrict"))
    left = [_noted(rows, LEFT_OUT, reason) for rows, reason in why if len(rows)]
    return _by_row([ledger, *left])


def is_garbled(name: str) -> bool:
    """Tell whether a name was read in the wrong encoding.

    Examples
    --------
    >>> is_garbled("BÃ©da"), is_garbled("Béda"), is_garbled("Na'u")
    (True, False, False)
    """
    if any(unicodedata.category(letter) in ("Cc", "Co", "Cn") for letter in name):
        return True
    if "\N{REPLACEMENT CHARACTER}" in name:
        return True
    try:
        return name.encode("cp1252").decode("utf-8") != name
    except UnicodeError:
        return False


def _blank(rows: ShapeTable) -> NDArray[np.bool_]:
    """Tell which rows of the kabupaten are not villages, by their code or name."""
    known = layer_schemas.blanks()
    pairs = zip(plain_table.told(rows[CODE]), plain_table.told(rows[NAME]), strict=True)
    blank = [known.is_blank_code(code) or known.is_blank_name(name) for code, name in pairs]
    return np.array(blank, dtype=bool)


def _strays(rows: ShapeTable, own: NDArray[np.bool_]) -> Table:
    """Note rows that may belong to the kabupaten but whose code does not say so.

    In a layer with a field for the kabupaten this field decides; in other layers the rows without
    codes within the extent of the kabupaten.
    """
    others = rows.rows(~own)
    if DISTRICT in rows:
        told = others.rows(others[DISTRICT].astype(bool))
        is_blank = layer_schemas.blanks().is_blank_code
        empty = [is_blank(code) for code in plain_table.told(told[CODE])]
        return _noted(told, LEFT_OUT, *("no_code" if one else "other_district" for one in empty))
    empty_rows = others.rows(plain_table.told(others[CODE]) == "")
    if not own.any() or not len(empty_rows):
        return _noted(empty_rows, LEFT_OUT, "no_code")
    around = shapely.box(*rows.rows(own).total_bounds)
    near = shapely.intersects(empty_rows.geometry, around)
    return _noted(empty_rows.rows(near), LEFT_OUT, "no_code")


def _noted(rows: ShapeTable, action: str, *reasons: str) -> Table:
    """Return a ledger of rows, with one reason for all or one for each."""
    why = reasons * len(rows) if len(reasons) == 1 else reasons
    cells: Sequence[plain_table.Column] = (
        rows.index.astype(np.int64) + 1,
        plain_table.told(rows[CODE]),
        plain_table.told(rows[NAME]),
        plain_table.words([action] * len(rows)),
        plain_table.words(why),
    )
    return Table(rows.index, dict(zip(output_tables.headings(LEDGER), cells, strict=True)))


def _contradictory(villages: ShapeTable) -> ShapeTable:
    """Return the rows that share their code with a row of another name."""
    names: dict[str, set[str]] = defaultdict(set)
    for code, name in zip(villages[CODE], plain_table.told(villages[NAME]), strict=True):
        names[code] |= {plain(name)} - {""}
    several = {code for code, known in names.items() if len(known) > 1}
    return villages.rows(plain_table.is_in(villages[CODE], several))


def _united(villages: ShapeTable) -> ShapeTable:
    """Unite the polygons of a village that stands on several rows."""
    if not (several := _repeated(villages)).any():
        return villages
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    mended = shapely.make_valid(
        villages.geometry[several], method="structure", keep_collapsed=False
    )
    for code, shape in zip(villages[CODE][several], mended, strict=True):
        parts[code].append(shape)
    names: dict[str, str] = {}
    for code, name in zip(villages[CODE], villages[NAME], strict=True):
        names[code] = names.get(code) or name
    firsts = {code: n for n, code in reversed([*enumerate(villages[CODE])])}
    first = villages.rows(sorted(firsts.values()))
    whole = [
        shapely.union_all(parts[code]) if code in parts else shape
        for code, shape in zip(first[CODE], first.geometry, strict=True)
    ]
    named = {NAME: plain_table.words(names[code] for code in first[CODE])}
    return first.with_geometry(whole).with_columns(named)


def _stop_at(
    rows: ShapeTable, error: type[LayerError] | type[CodeError], key: str, file: Path
) -> None:
    if len(rows):
        raise error(key, _places(file, rows))


def _damaged(rows: ShapeTable, judge: Judge, district: str | None, file: Path) -> list[Place]:
    """Return the places of damaged codes, each with the likely one."""
    damages = [judge(str(code), district) for code in rows[CODE]]
    pairs = zip(_places(file, rows), damages, strict=True)
    return [hint(place, damage) for place, damage in pairs if damage]


def _places(file: Path, rows: ShapeTable) -> list[Place]:
    # GDAL counts the rows of a layer from 0; people count from 1.
    cells = zip(rows.index, rows[NAME], rows[CODE], strict=True)
    return [Place(file, int(n) + 1, CODE, str(name), str(code)) for n, name, code in cells]
