"""Whether codes and names of a layer belong together: names that stand under other codes.

Owns the judgement. Homonyms and other spellings are no fault: a name is misplaced only if the layer
has it under a code whose own name is missing too.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict

import geopandas as gpd
import pandas as pd

from fsva.core.columns import KEMENDAGRI, UNIT
from fsva.core.names import plain
from fsva.villages.oddities import Oddity


def judge(table: pd.DataFrame, crosswalk: pd.DataFrame, layer: gpd.GeoDataFrame) -> list[Oddity]:
    """Return the villages whose name the layer has under another code.

    Parameters
    ----------
    table : DataFrame
        Indexed by BPS code: ``desa``.
    crosswalk : DataFrame
        Indexed by BPS code: ``kode_kemendagri``.
    layer : GeoDataFrame
        Indexed by Kemendagri code: ``nama``.
    """
    paired = table.join(crosswalk[[KEMENDAGRI]], how="inner").set_index(KEMENDAGRI)[UNIT]
    in_table = {str(c): str(name) for c, name in paired.items() if c in layer.index}
    there = {code: str(layer.at[code, "nama"]) for code in in_table}
    apart = {code for code in in_table if there[code] and _key(in_table[code]) != _key(there[code])}
    places: dict[str, list[str]] = defaultdict(list)
    for code in sorted(apart):
        places[_key(there[code])].append(code)
    return [
        Oddity(
            "nama",
            "nama_kode_tertukar",
            (code, *places[_key(in_table[code])]),
            in_table[code],
            found=f"{there[code]} ({code})",
            facts={"lain": ", ".join(places[_key(in_table[code])])},
        )
        for code in sorted(apart)
        if places.get(_key(in_table[code]))
    ]


def _key(name: str) -> str:
    """Return a name without marks, accents and case."""
    return plain("".join(c for c in unicodedata.normalize("NFKD", name) if c.isalnum()))
