"""The table of rules, and their run over the data of an edition.

Owns which rules there are and in which order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.checks import columns, rows, sides
from pipeline.checks.findings import Outcome, Report, Result, not_applicable
from pipeline.checks.limits import Limits
from pipeline.checks.material import Material

Rule = Callable[[Material], Result]
RULES: Mapping[str, Rule] = {
    "desa_hilang": sides.villages_accounted_for,
    "rentang": rows.in_range,
    "bagian": rows.parts_within_whole,
    "rumah_tangga": rows.people_per_household,
    "kepadatan": rows.density,
    "baris_nol": rows.row_of_zeros,
    "nol": rows.zero_like_missing,
    "kembar": columns.identical_columns,
    "pencilan": columns.outliers,
    "jumlah_kecamatan": sides.totals_add_up,
    "luas_poligon": sides.polygon_area,
    "tutupan": sides.covered_by_raster,
    "tahun_lalu": sides.change_since_last_year,
    "desa_tahun_lalu": sides.villages_of_last_year,
    "kesepakatan": sides.agreements,
    "cut_off": columns.near_cut_off,
}
READING = "berkas"  # the outcome of reading the files themselves


def run(material: Material) -> Report:
    """Apply every rule to the data of an edition.

    Parameters
    ----------
    material : Material
        What could be read.
    """
    levels = material.limits.levels
    return Report(tuple(Outcome(name, levels[name], rule(material))
                        for name, rule in RULES.items()))  # fmt: skip


def not_run(limits: Limits, known: Mapping[str, Result]) -> Report:
    """Return a report where the table could not be read: no rule has judged it.

    Parameters
    ----------
    limits : Limits
        Levels.
    known : mapping of str to Result
        Results of rules that did not need the table.
    """
    return Report(tuple(
        Outcome(name, limits.levels[name], known.get(name, not_applicable("tak_terbaca")))
        for name in RULES
    ))  # fmt: skip
