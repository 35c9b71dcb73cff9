"""Rules about ``edition.toml`` itself: what it leaves open.

Owns how an open value becomes a finding. What is open is ``fsva.config.editions.unfilled``'s.
"""

from __future__ import annotations

from collections.abc import Iterable

from fsva.checks.check_data import Material
from fsva.checks.findings import Finding, RuleResult
from fsva.config.editions import edition
from fsva.config.editions.unfilled import Unfilled

RULE = "isian"


def filled_in(material: Material) -> RuleResult:
    """Find what the office has still to write, and what was guessed."""
    return of(material.unfilled)


def of(gaps: Iterable[Unfilled]) -> RuleResult:
    """Return open values as findings; they need no table."""
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
                {"kunci": gap.key},
            )
            for gap in gaps
        )
    )
