"""Findings: what a rule found, where, and what it could not check.

Owns the values; their words stand in ``styles/teks/<language>/periksa.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from fsva.core.codes import Damage
from fsva.core.message_values import MessageValue
from fsva.core.remedies.edition_entries import EditionEntry
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
        Section of the catalogue with ``pesan``, ``harap`` and ``perbaikan``.
    file : str
        Name of the file, without its folder.
    row : int or None
        Row in the file, counted from the header as 1.
    columns : tuple of str
        Headings of the cells to mark.
    village : str
        Name of the village or kecamatan; empty if the finding is about a whole column.
    code : str
        Code of the village; may be empty.
    found : Fact
        Number or text in the cell.
    facts : mapping of str to Fact
        Values for the placeholders in its words.
    level : Level or None
        Replaces the level of its rule.
    damage : Damage or None
        Kind of damage of a code, and the code that was likely meant.
    cell : str or None
        Sheet and cell of a workbook.
    decision : EditionEntry or None
        What the office writes into ``edition.toml`` if it is true.
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
    decision: EditionEntry | None = None


@dataclass(frozen=True)
class Gap:
    """Data that a rule needs and the edition lacks.

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
    """What a rule found, and what it could not look at.

    Parameters
    ----------
    findings : tuple of Finding
        In the order of the table.
    gaps : tuple of Gap
        What could not be checked, and why.
    applied : bool
        False if the rule could check nothing: that is not "passed".
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
        Level of its findings, unless a finding has its own.
    """

    rule: str
    level: Level
    result: RuleResult

    def level_of(self, finding: Finding) -> Level:
        """Return the level of one of the findings."""
        return finding.level or self.level


@dataclass(frozen=True)
class Report:
    """The results of all rules."""

    outcomes: tuple[Outcome, ...]

    def of_level(self, level: Level) -> Iterator[tuple[Outcome, Finding]]:
        """Yield the findings of a level with their rules."""
        for outcome in self.outcomes:
            for finding in outcome.result.findings:
                if outcome.level_of(finding) == level:
                    yield outcome, finding

    def count(self, level: Level) -> int:
        """Return the number of findings of a level."""
        return sum(1 for _ in self.of_level(level))


def not_applicable(key: str, **facts: Fact) -> RuleResult:
    """Return the result of a rule that cannot check anything.

    Parameters
    ----------
    key : str
        Reason, under ``periksa.alasan``.
    **facts : str or float
        Values for its placeholders.
    """
    return RuleResult((), (Gap(key, facts),), applied=False)
