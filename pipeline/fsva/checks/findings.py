"""Findings: what a rule found, where, and what it could not judge.

Owns the values; their words stand in ``styles/teks/<language>/periksa.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from fsva.core.codes import Damage
from fsva.core.message_values import MessageValue
from fsva.core.toml import Bilingual

Level = Literal["galat", "peringatan", "info"]
LEVELS: tuple[Level, ...] = ("galat", "peringatan", "info")
Fact = str | float | Bilingual | MessageValue


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, odd, or worth knowing.

    Parameters
    ----------
    key : str
        Where its words stand: a section with ``pesan``, ``harap`` and ``perbaikan``.
    file : str
        Name of the file, without its folder.
    row : int or None
        Row in the file, the header counted.
    columns : tuple of str
        The headings that it is about; all of them are marked.
    village : str
        Name of the village, or of the kecamatan; empty if it is about a whole column.
    code : str
        Code of the village, empty if there is none.
    found : Fact
        The number or text that stands there.
    facts : mapping of str to Fact
        Values for the placeholders in its words.
    level : Level or None
        In place of the level of its rule.
    damage : Damage or None
        What is wrong with a code, and which it likely was.
    cell : str or None
        Sheet and cell of a workbook.
    """

    key: str
    file: str
    row: int | None = None
    columns: tuple[str, ...] = ()
    village: str = ""
    code: str = ""
    found: Fact = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    level: Level | None = None
    damage: Damage | None = None
    cell: str | None = None


@dataclass(frozen=True)
class Gap:
    """Something that a rule needs and the edition does not have.

    Parameters
    ----------
    key : str
        Under ``periksa.alasan``.
    facts : mapping of str to Fact
        Values for the placeholders.
    """

    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class RuleResult:
    """What a rule returns.

    Parameters
    ----------
    findings : tuple of Finding
        In the order of the table.
    gaps : tuple of Gap
        What could not be judged, and why.
    applied : bool
        False if the rule could judge nothing at all: that is not "passed".
    """

    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    applied: bool = True


@dataclass(frozen=True)
class Outcome:
    """A rule and its result.

    Parameters
    ----------
    rule : str
        Its name, a section of ``periksa.aturan``.
    level : Level
        Of its findings, unless a finding says otherwise.
    result : RuleResult
        Findings and gaps.
    """

    rule: str
    level: Level
    result: RuleResult

    def level_of(self, finding: Finding) -> Level:
        """Return the level of one of the findings."""
        return finding.level or self.level


@dataclass(frozen=True)
class Report:
    """Everything that was checked.

    Parameters
    ----------
    outcomes : tuple of Outcome
        One per rule, in their order.
    """

    outcomes: tuple[Outcome, ...]

    def of_level(self, level: Level) -> Iterator[tuple[Outcome, Finding]]:
        """Yield the findings of a level with their rules."""
        for outcome in self.outcomes:
            for finding in outcome.result.findings:
                if outcome.level_of(finding) == level:
                    yield outcome, finding

    def count(self, level: Level) -> int:
        """Return how many findings there are of a level."""
        return sum(1 for _ in self.of_level(level))


def not_applicable(key: str, **facts: Fact) -> RuleResult:
    """Return the result of a rule that cannot judge anything.

    Parameters
    ----------
    key : str
        Reason, under ``periksa.alasan``.
    **facts : str or float
        Values for its placeholders.
    """
    return RuleResult((), (Gap(key, facts),), applied=False)
