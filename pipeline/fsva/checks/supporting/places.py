"""A rule about the rows of supporting tables: every kecamatan of the edition, and no other."""

from __future__ import annotations

from fsva.checks.check_data import Material
from fsva.checks.findings import RuleResult, not_applicable
from fsva.checks.supporting import sums
from fsva.core.names import bare_above, plain

RULE = "pendukung_wilayah"


def accounted_for(material: Material) -> RuleResult:
    """Find rows that name no kecamatan of the edition, and kecamatan without a row."""
    tables = [table for table in material.supporting if table.by_kecamatan]
    if not tables:
        return not_applicable("pendukung")
    names = {_key(name): name for name in material.table.subdistricts}
    other = [
        sums.finding(table, "wilayah_lain", row, [table.head], row.label)
        for table in tables
        for row in table.rows
        if _key(row.label) not in names
    ]
    missing = [
        sums.finding(table, "wilayah_hilang", None, [table.head], "", nama=name)
        for table in tables
        for key, name in names.items()
        if key not in {_key(row.label) for row in table.rows}
    ]
    return RuleResult((*other, *missing))


def _key(kecamatan: str) -> str:
    """Return the name of a kecamatan as it is compared: without that word, marks and case."""
    return plain(bare_above(kecamatan))
