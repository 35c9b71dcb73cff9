"""Whether codes and names of a layer belong together: names that stand under other codes.

Owns the judgement. Homonyms and other spellings are no fault: a name is misplaced only if the layer
has it under a code whose own name is missing too, or if two villages carry each other's name in
another spelling. Where most names are strange and nowhere else, the layer as a whole is.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from fsva.core.columns import KEMENDAGRI, UNIT
from fsva.core.names import bare, plain
from fsva.sources.plain.plain_table import Table
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages.oddities import Oddity

# Likeness (0..1) from which two names may be spellings of one; least number of strange names that
# make the layer as a whole odd.
_ALIKE = 0.6
_LEAST = 5


def judge(table: Table, crosswalk: Table, layer: ShapeTable) -> list[Oddity]:
    """Return the villages whose name the layer has under another code.

    Parameters
    ----------
    table : Table
        Indexed by BPS code: ``desa``.
    crosswalk : Table
        Indexed by BPS code: ``kode_kemendagri``.
    layer : ShapeTable
        Indexed by Kemendagri code: ``nama``.
    """
    known, in_layer = crosswalk.by_code(KEMENDAGRI), layer.by_code("nama")
    paired = ((known[bps], n) for bps, n in table.by_code(UNIT).items() if bps in known)
    in_table = {str(code): str(name) for code, name in paired if code in in_layer}
    there = {code: str(in_layer[code]) for code in in_table}
    apart = {code for code in in_table if there[code] and key(in_table[code]) != key(there[code])}
    places: dict[str, list[str]] = defaultdict(list)
    for code in sorted(apart):
        places[key(there[code])].append(code)
    elsewhere = {
        code: places[key(in_table[code])] for code in sorted(apart) if key(in_table[code]) in places
    }
    strange = {c for c in apart - elsewhere.keys() if not alike(in_table[c], there[c])}
    if not elsewhere and len(strange) >= _LEAST and 2 * len(strange) > len(in_table):
        return [_strange(sorted(strange), there)]
    elsewhere |= {one: [other] for one, other in _exchanged(strange, in_table, there)}
    return [
        Oddity(
            "nama",
            "nama_kode_tertukar",
            (code, *elsewhere[code]),
            in_table[code],
            found=f"{there[code]} ({code})",
            facts={"lain": ", ".join(elsewhere[code])},
            in_layer=there[code],
        )
        for code in sorted(elsewhere)
    ]


def _strange(codes: Sequence[str], there: Mapping[str, str]) -> Oddity:
    """Return the oddity of a layer whose names are hardly any of the table's."""
    shown = ", ".join(there[code] for code in codes[:_LEAST])
    return Oddity("nama", "nama_asing", found=shown, facts={"jumlah": str(len(codes))})


def _exchanged(
    strange: Collection[str], in_table: Mapping[str, str], there: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the villages that carry each other's name in another spelling, each with the other."""
    for one in sorted(strange):
        for other in sorted(strange):
            if (
                one != other
                and alike(in_table[one], there[other])
                and alike(in_table[other], there[one])
            ):
                yield one, other
                break


def alike(one: str, other: str) -> bool:
    """Tell whether two names may be spellings of one, or have one in common as a part."""
    first, second = key(one), key(other)
    if first and second and (first in second or second in first):
        return True
    likeness = SequenceMatcher(None, first, second, autojunk=False)
    return likeness.quick_ratio() >= _ALIKE and likeness.ratio() >= _ALIKE


@lru_cache(maxsize=8192)  # a name is looked at in the table and in the layer, by several checks
def key(name: str) -> str:
    """Return a name without marks, accents, case, and the kind of village before it."""
    return plain("".join(c for c in unicodedata.normalize("NFKD", bare(name)) if c.isalnum()))
