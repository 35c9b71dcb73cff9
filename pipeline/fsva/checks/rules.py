"""The list of rules, and their application to the data of an edition.

Owns the list of rules and their order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fsva.checks import (
    column_rules,
    cross_rules,
    edition_rules,
    plan_rules,
    printed_totals,
    repetition_rules,
    scale_rules,
    village_rules,
)
from fsva.checks.check_data import Material
from fsva.checks.check_thresholds import CheckThresholds
from fsva.checks.findings import Outcome, Report, RuleResult, not_applicable
from fsva.checks.supporting import places, rates, sums, values

Rule = Callable[[Material], RuleResult]
RULES: Mapping[str, Rule] = {
    edition_rules.RULE: edition_rules.filled_in,
    "desa_hilang": cross_rules.villages_accounted_for,
    "susunan": village_rules.layout,
    "rentang": village_rules.in_range,
    "kategori": village_rules.category_with_aid,
    "bagian": village_rules.parts_within_whole,
    "rumah_tangga": village_rules.people_per_household,
    "kepadatan": village_rules.density,
    "baris_nol": village_rules.row_of_zeros,
    "nol": village_rules.zero_like_missing,
    "nol_berarti": village_rules.zero_that_means_none,
    "penanda": scale_rules.stand_ins,
    "satuan": scale_rules.other_unit,
    "tanpa_nilai": scale_rules.without_value,
    "kolom_kosong": column_rules.blank_indicators,
    "kembar": column_rules.identical_columns,
    repetition_rules.RULE: repetition_rules.copied,
    "pencilan": column_rules.outliers,
    "jumlah_kecamatan": printed_totals.totals_add_up,
    "luas_poligon": cross_rules.polygon_area,
    "desa_kecil": cross_rules.seen_on_paper,
    "celah": cross_rules.holes,
    "tutupan": cross_rules.covered_by_raster,
    "tahun_lalu": cross_rules.change_since_last_year,
    "desa_tahun_lalu": cross_rules.villages_of_last_year,
    "kesepakatan": cross_rules.agreements,
    "cut_off_usulan": column_rules.proposed_cut_offs,
    "cut_off": column_rules.near_cut_off,
    plan_rules.RULE: plan_rules.filled_in,
    sums.RULE: sums.add_up,
    values.RULE: values.plausible,
    rates.RULE: rates.follow,
    places.RULE: places.accounted_for,
}
READING = "berkas"  # the outcome of reading the files


def run(material: Material) -> Report:
    """Apply every rule to the data of an edition."""
    levels = material.limits.levels
    return Report(
        tuple(Outcome(name, levels[name], rule(material)) for name, rule in RULES.items())
    )


def not_run(limits: CheckThresholds, known: Mapping[str, RuleResult]) -> Report:
    """Return a report without the results of rules, for a table that cannot be read.

    Parameters
    ----------
    known : mapping of str to RuleResult
        Results of rules that do not need the table.
    """
    return Report(
        tuple(
            Outcome(name, limits.levels[name], known.get(name, not_applicable("tak_terbaca")))
            for name in RULES
        )
    )
