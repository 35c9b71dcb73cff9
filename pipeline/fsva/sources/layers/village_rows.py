"""From the rows of a layer to one row per village of a kabupaten, with a ledger.

Owns the handling of placeholders, villages on several rows, and BPS codes. Its ledger lists every
row that is left out or united. It repairs no geometry; that is ``fsva.villages.repair``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd

from fsva.config.editions import layer_schemas
from fsva.config.styles import output_tables
from fsva.core import codes, levels
from fsva.core.codes import System
from fsva.core.columns import DISTRICT, KEMENDAGRI, PARENT, ROW
from fsva.core.errors import CodeError, LayerError, Place
from fsva.core.names import plain
from fsva.sources.tables.code_columns import Judge, hint

CODE, NAME = "kode", "nama"
SUBDISTRICT, OTHER = PARENT, "kode_lain"
LEDGER = "lapisan.csv"  # its columns: styles/tabel.toml
LEFT_OUT, UNITED = "left_out", "united"


def one_per_village(
    rows: gpd.GeoDataFrame, district_code: str, file: Path
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Keep the villages of one kabupaten, one row each, and account for all other rows.

    Parameters
    ----------
    rows : GeoDataFrame
        Columns ``kode`` (Kemendagri), ``nama``, perhaps ``kabupaten``, ``geometry``; indexed by
        the row of the layer from 0.
    district_code : str
        Kemendagri code of the kabupaten, ``53.04``.
    file : Path
        Named in errors.

    Returns
    -------
    layer : GeoDataFrame
        Indexed by Kemendagri code and sorted by it; ``nama`` and the geometry.
    ledger : DataFrame
        Columns of ``lapisan.csv``: placeholders and codeless areas left out, rows united.
        ``tindakan`` and ``alasan`` are choices of ``lapisan.csv`` in ``styles/tabel.toml``.

    Raises
    ------
    LayerError
        No village belongs to the kabupaten, has no polygon, or its name is garbled.
    CodeError
        A code is damaged, or two villages of different names share one.
    """
    rows = rows.assign(**{ROW: rows.index.astype("int64") + 1})
    villages = rows[rows[CODE].str.startswith(f"{district_code}.", na=False)]
    blank = _blank(villages)
    left = [_noted(villages[blank], LEFT_OUT, "no_village"), _strays(rows, villages)]
    villages = villages[~blank]
    if villages.empty:
        districts = ", ".join(
            sorted(set(rows[CODE].dropna().map(levels.DISTRICT.kemendagri_of)))[:5]
        )
        raise LayerError("daerah_lain", [Place(file, found=districts)], {"kode": district_code})
    if damaged := _damaged(villages, codes.likely_kemendagri, district_code, file):
        raise CodeError("kode_layer", damaged)
    _stop_at(villages[villages[NAME].fillna("").map(is_garbled)], LayerError, "nama_layer", file)
    _stop_at(_contradictory(villages), CodeError, "kode_layer_ganda", file)
    several = villages[villages[CODE].duplicated(keep=False)]
    left.append(_noted(several, UNITED, "several_rows"))
    layer = _united(villages)
    _stop_at(
        layer[layer.geometry.isna() | layer.geometry.is_empty], LayerError, "poligon_kosong", file
    )
    ledger = pd.concat(left, ignore_index=True).sort_values("baris", ignore_index=True)
    return layer.drop(columns=[DISTRICT], errors="ignore").set_index(CODE).sort_index(), ledger


def to_kemendagri(rows: gpd.GeoDataFrame, crosswalk: pd.DataFrame, file: Path) -> gpd.GeoDataFrame:
    """Replace the BPS codes of rows by the Kemendagri codes of the crosswalk.

    Parameters
    ----------
    rows : GeoDataFrame
        Columns ``kode`` (BPS, ten digits), ``nama``, ``geometry``.
    crosswalk : DataFrame
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
    blank = _blank(rows) | (rows[CODE].fillna("") == "")
    real = rows[~blank]
    district = codes.district_of(real[CODE]) or codes.district_of(crosswalk.index)
    judge = partial(codes.likely_bps, known=frozenset(crosswalk.index))
    if damaged := _damaged(real, judge, district, file):
        raise CodeError("kode_layer_bps", damaged)
    _stop_at(real[~real[CODE].isin(crosswalk.index)], LayerError, "layer_tanpa_penyelarasan", file)
    known = crosswalk[KEMENDAGRI].astype("string")
    return rows.assign(**{CODE: rows[CODE].map(known).where(~blank, rows[CODE])})


def check_system(
    rows: gpd.GeoDataFrame, crosswalk: pd.DataFrame, system: System | None, file: Path
) -> None:
    """Stop where ten digits are, or may be, Kemendagri codes without their dots.

    Parameters
    ----------
    rows : GeoDataFrame
        Columns ``kode`` (ten digits, of the kabupaten), ``nama``.
    crosswalk : DataFrame
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
    villages = rows[rows[CODE].fillna("").map(codes.is_bps).astype(bool)]
    if system is not None or villages.empty:
        return
    dotted = villages[CODE].map(lambda code: codes.dotted(str(code)))
    as_bps, as_other = villages[CODE].isin(crosswalk.index), dotted.isin(crosswalk[KEMENDAGRI])
    if as_bps.all() and as_other.all():
        partners = dict(zip(crosswalk[KEMENDAGRI], crosswalk.index, strict=True))
        _stop_at(
            villages[villages[CODE] != dotted.map(partners)], CodeError, "kode_dua_sistem", file
        )
    elif as_other.sum() > as_bps.sum() or (not as_bps.any() and dotted.map(_is_kind).all()):
        places = [
            replace(_place(file, row), ailment="pemisah", likely=dotted[n])
            for n, row in villages.iterrows()
        ]
        raise CodeError("kode_tanpa_titik", places)


def _is_kind(code: str) -> bool:
    """Tell whether a code has the digit of a desa, kelurahan or desa persiapan; few of BPS have."""
    return codes.KemendagriCode.parse(code).kind is not None


def without_upper(rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Separate the rows of kecamatan if their villages are in the layer too.

    Parameters
    ----------
    rows : GeoDataFrame
        Column ``kode``, of villages and perhaps of kecamatan.
    """
    texts, parent = rows[CODE].fillna(""), levels.PARENTS[0]
    above = {parent.kemendagri_of(c) for c in texts if codes.is_kemendagri(c)}
    above |= {parent.bps_of(c) for c in texts if codes.is_bps(c)}
    upper = texts.isin(above).astype(bool)
    return rows[~upper], rows[upper]


def no_areas(
    rows: gpd.GeoDataFrame, layer: gpd.GeoDataFrame, district_code: str, file: Path
) -> gpd.GeoDataFrame:
    """Return the rows of points and lines; stop at a village without a polygon.

    Parameters
    ----------
    rows : GeoDataFrame
        ``kode``, ``nama``; may be empty.
    layer : GeoDataFrame
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
    if rows.empty:
        return rows
    told = rows[CODE].fillna("")
    alone = told.str.startswith(f"{district_code}.") & ~told.isin(layer.index)
    _stop_at(rows[alone & told.map(codes.is_kemendagri)], LayerError, "desa_bukan_poligon", file)
    return rows


def with_left_out(
    ledger: pd.DataFrame,
    unpaired: gpd.GeoDataFrame,
    apart: gpd.GeoDataFrame,
    upper: gpd.GeoDataFrame,
) -> pd.DataFrame:
    """Add to a ledger the rows that are not villages, and those without a confirmed village.

    Parameters
    ----------
    ledger : DataFrame
        From ``one_per_village``.
    unpaired : GeoDataFrame
        Of a layer without official codes; ``kode`` is its own id.
    apart, upper : GeoDataFrame
        Rows of points and lines; rows of kecamatan.
    """
    why = ((unpaired, "unpaired"), (apart, "no_area"), (upper, "subdistrict"))
    left = [_noted(rows, LEFT_OUT, reason) for rows, reason in why if len(rows)]
    both = pd.concat([ledger, *left], ignore_index=True) if left else ledger
    return both.sort_values("baris", ignore_index=True)


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


def _blank(rows: gpd.GeoDataFrame) -> pd.Series[bool]:
    """Tell which rows of the kabupaten are not villages, by their code or name."""
    known = layer_schemas.blanks()
    blank = [
        known.is_code(code) or known.is_name(name)
        for code, name in zip(rows[CODE].fillna(""), rows[NAME].fillna(""), strict=True)
    ]
    return pd.Series(blank, rows.index, dtype=bool)


def _strays(rows: gpd.GeoDataFrame, villages: gpd.GeoDataFrame) -> pd.DataFrame:
    """Note rows that may belong to the kabupaten but whose code does not say so.

    In a layer with a field for the kabupaten this field decides; in other layers the rows without
    codes within the extent of the kabupaten.
    """
    others = rows.drop(index=villages.index)
    if DISTRICT in rows:
        empty = others[CODE].fillna("").map(layer_schemas.blanks().is_code).astype(bool)
        told = others[others[DISTRICT].astype(bool)]
        reasons = empty[told.index].map({True: "no_code", False: "other_district"})
        return _noted(told, LEFT_OUT, reasons)
    empty_rows = others[others[CODE].fillna("") == ""]
    if villages.empty or empty_rows.empty:
        return _noted(empty_rows, LEFT_OUT, "no_code")
    west, south, east, north = villages.total_bounds
    return _noted(empty_rows.cx[west:east, south:north], LEFT_OUT, "no_code")


def _noted(rows: gpd.GeoDataFrame, action: str, reason: str | pd.Series[str]) -> pd.DataFrame:
    columns = {
        "baris": rows.index.astype("int64") + 1,
        CODE: rows[CODE].fillna(""),
        NAME: rows[NAME].fillna(""),
        "tindakan": action,
        "alasan": reason,
    }
    return pd.DataFrame(columns, columns=list(output_tables.headings(LEDGER)), index=rows.index)


def _contradictory(villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows that share their code with a row of another name."""
    names = villages[NAME].fillna("").map(plain)
    count = names[names != ""].groupby(villages[CODE]).nunique()
    return villages[villages[CODE].isin(count[count > 1].index)]


def _united(villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Unite the polygons of a village that stands on several rows."""
    several = villages[villages[CODE].duplicated(keep=False)]
    if several.empty:
        return villages
    shapes = several.geometry.make_valid(method="structure", keep_collapsed=False)
    whole = {code: part.union_all() for code, part in shapes.groupby(several[CODE])}
    first = villages.drop_duplicates(CODE).copy()
    names = villages[villages[NAME].fillna("") != ""].drop_duplicates(CODE).set_index(CODE)[NAME]
    first[NAME] = first[CODE].map(names).fillna(first[NAME])
    first.geometry = [
        whole.get(code, shape) for code, shape in zip(first[CODE], first.geometry, strict=True)
    ]
    return first


def _stop_at(
    rows: gpd.GeoDataFrame, error: type[LayerError] | type[CodeError], key: str, file: Path
) -> None:
    if len(rows):
        raise error(key, [_place(file, row) for _, row in rows.iterrows()])


def _damaged(rows: gpd.GeoDataFrame, judge: Judge, district: str | None, file: Path) -> list[Place]:
    """Return the places of damaged codes, each with the likely one."""
    damages = [judge(str(code), district) for code in rows[CODE]]
    wrong = rows[[damage is not None for damage in damages]].iterrows()
    found = (damage for damage in damages if damage)
    return [hint(_place(file, row), one) for (_, row), one in zip(wrong, found, strict=True)]


def _place(file: Path, row: pd.Series) -> Place:
    # GDAL counts the rows of a layer from 0; people count from 1.
    return Place(file, int(str(row.name)) + 1, CODE, str(row[NAME]), str(row[CODE]))
