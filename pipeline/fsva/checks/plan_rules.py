"""Rules about open values in the action plan.

Turns open keys into findings. ``fsva.config.methods.interventions`` finds open keys.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain

from fsva.checks.check_data import Material
from fsva.checks.findings import Finding, RuleResult, not_applicable
from fsva.config.editions import edition

RULE = "rencana_aksi"


def filled_in(material: Material) -> RuleResult:
    """Count the interventions that lack an agency, a programme, a strategy, funds or a year."""
    if material.plan is None:
        return not_applicable(RULE)
    planned = list(chain.from_iterable(material.plan.values()))
    open_keys = Counter(chain.from_iterable(row.unfilled() for row in planned))
    return RuleResult(
        tuple(
            Finding(
                f"periksa.aturan.{RULE}",
                edition.FILE_NAME,
                None,
                (f"intervensi.{key}",),
                found=str(count),
                facts={"kunci": key, "jumlah": str(count), "semua": str(len(planned))},
            )
            for key, count in sorted(open_keys.items())
        )
    )
