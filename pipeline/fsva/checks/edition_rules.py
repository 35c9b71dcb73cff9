"""Rules about open values in ``edition.toml``.

Turns open values into findings. ``fsva.config.editions.unfilled`` finds open values.
"""

from __future__ import annotations

from collections.abc import Iterable

from fsva.checks.check_data import Material
from fsva.checks.findings import Finding, RuleResult
from fsva.config.editions import edition
from fsva.config.editions.unfilled import CONFIRMABLE, Unfilled
from fsva.core.remedies import edition_entries

RULE = "isian"


def filled_in(material: Material) -> RuleResult:
    """Find values that the office has still to write, and guessed ones."""
    return of(material.unfilled)


def of(gaps: Iterable[Unfilled]) -> RuleResult:
    """Return open values as findings; the table is not needed."""
    return RuleResult(
        tuple(
            Finding(
                f"periksa.{RULE}.{gap.cause}",
                edition.FILE_NAME,
                gap.line,
                (gap.key,),
                "",
                "",
                gap.found,
                {"kunci": gap.key, "nama": gap.expected},
                decision=edition_entries.of_key(gap.key) if gap.cause in CONFIRMABLE else None,
            )
            for gap in gaps
        )
    )
