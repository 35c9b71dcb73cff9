"""Whether values of a table lie on the polygons of their villages, told by the areas of both.

Owns the judgement for tables that state areas. Floats that are all one multiple of those of the
polygons tell a layer of another scale, or areas in another unit. Names shifted within a kecamatan,
in table or layer, leave every code in its kecamatan; but then the areas of the table are those of
the villages beside. A table without areas tells nothing, and neither do areas that fit no polygon.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import shapely

from fsva.core.codes import BpsCode
from fsva.core.columns import KEMENDAGRI, PARENT, ROW, UNIT
from fsva.core.message_values import MessageValue, Quantity
from fsva.sources.plain.arrays import Floats
from fsva.sources.plain.plain_table import Table
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages.oddities import Oddity

AREA = "luas_ha"
_DRAWN = "poligon"
_M2_PER_HA = 1e4
# Two areas agree if they differ by less than the first share, and disagree from the second on.
_SAME, _OTHER = 0.1, 0.25
# Shifts of names that are tried, in rows. A shift is found where at least so many villages of a
# kecamatan, and this share of them, agree after it, and at most that share agrees without it.
_SHIFTS = (1, -1, 2, -2, 3, -3)
_LEAST, _FITTING, _STANDING = 4, 0.75, 0.4
# The areas of a layer are a multiple of those of the table if there are so many villages, this
# share of them differ by one factor within the last tolerance, and the factor is larger than that
# between two surveys.
_LEAST_SCALED, _SCALED, _FACTOR, _ONE_FACTOR = 5, 0.6, 1.8, 0.25
# Stated areas with a smaller deviation (of their logarithms) are estimates, and prove nothing.
_ALL_EQUAL = 0.2
_SHOWN = 5
_TEN = 10


def judge(table: Table, crosswalk: Table, layer: ShapeTable) -> list[Oddity]:
    """Return an oddity of a layer of another scale, or of each kecamatan whose areas are shifted.

    Parameters
    ----------
    table : Table
        Indexed by BPS code: ``kecamatan``, ``desa``, ``baris``, and perhaps ``luas_ha``.
    crosswalk : Table
        Indexed by BPS code: ``kode_kemendagri``.
    layer : ShapeTable
        In metres, indexed by Kemendagri code.
    """
    if AREA not in table:
        return []
    rows = table.rows(table.is_in(crosswalk.codes))
    rows = rows.rows(np.argsort(rows[ROW], kind="stable"))
    partners = crosswalk.at(rows.codes)[KEMENDAGRI]
    size = dict(zip(layer.codes, shapely.area(layer.geometry) / _M2_PER_HA, strict=True))
    drawn = np.array([size.get(code, np.nan) for code in partners], dtype=float)
    rows = rows.with_columns({KEMENDAGRI: partners, _DRAWN: drawn})
    known = rows.rows((rows[AREA].astype(float) > 0) & (drawn > 0))
    if scaled := _scaled(known):
        return [scaled]
    parents = np.array([BpsCode.parse(code).subdistrict_code for code in known.codes])
    groups = (known.rows(parents == parent) for parent in np.unique(parents))
    named = layer.by_code("nama")
    found = [oddity for group in groups for oddity in _shifted(group)]
    return [replace(oddity, in_layer=str(named[oddity.codes[0]])) for oddity in found]


def _scaled(known: Table) -> Oddity | None:
    """Return the oddity of a layer whose areas are one multiple of the table's."""
    stated = known[AREA].astype(float)
    if len(known) < _LEAST_SCALED or float(np.std(np.log(stated))) < _ALL_EQUAL:
        return None
    factors = np.log(known[_DRAWN] / stated)
    usual = float(np.median(factors))
    alike = float(np.mean(np.abs(factors - usual) < np.log1p(_ONE_FACTOR)))
    if abs(usual) <= np.log(_FACTOR) or alike < _SCALED:
        return None
    factor = float(np.exp(usual))
    facts: dict[str, str | MessageValue] = {
        "kali": Quantity(factor, 2 if factor < _TEN else 0),
        "jumlah": str(len(known)),
    }
    return Oddity("bentuk", "luas_skala", facts=facts)


def _shifted(group: Table) -> Iterator[Oddity]:
    """Yield the oddity of a kecamatan, in the order of the table."""
    stated, drawn = group[AREA].astype(float), group[_DRAWN]
    if _share(stated, drawn, _OTHER) > _STANDING:
        return
    for rows in _SHIFTS:
        fitting = _share(stated, np.roll(drawn, rows), _SAME)
        if fitting >= _FITTING and fitting * len(group) >= _LEAST:
            names = [f"{n} ({c})" for c, n in group.by_code(UNIT).items()]
            facts = {"jumlah": str(len(group)), "baris": str(abs(rows)),
                     "wilayah": str(group[PARENT][0])}  # fmt: skip
            shown = ", ".join(names[:_SHOWN])
            codes = tuple(map(str, group[KEMENDAGRI]))
            yield Oddity("nama", "luas_bergeser", codes, str(group[UNIT][0]), None, shown, facts)
            return


def _share(stated: Floats, drawn: Floats, tolerance: float) -> float:
    return float(np.mean(np.abs(np.log(drawn / stated)) < np.log1p(tolerance)))
