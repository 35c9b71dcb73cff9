"""One fault of a published report, and the villages that its lists name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from fsva.core.message_values import MessageValue
from fsva.core.names import plain
from fsva.index.joined_table import JoinedTable

Fact = str | MessageValue
_LIKE = 0.65  # of 1: how alike names within one kecamatan are that mean the same village


@dataclass(frozen=True)
class Erratum:
    """One fault.

    Parameters
    ----------
    kind : str
        Section of ``styles/teks/<language>/ralat.toml``.
    place : str
        Where it stands in the report.
    subject : str
        Id of the indicator, the composite or the supporting table.
    printed, right : Fact
        What stands there, and what follows.
    facts : mapping of str to Fact
        For the placeholders of its sentence.
    """

    kind: str
    place: str
    subject: str
    printed: Fact
    right: Fact
    facts: Mapping[str, Fact] = field(default_factory=dict)


class VillageNames:
    """Finds the village that a printed name means.

    Parameters
    ----------
    table : JoinedTable
        The villages.
    aliases : mapping of str to str
        Other names by BPS code, such as those of Kemendagri.
    """

    def __init__(self, table: JoinedTable, aliases: Mapping[str, str]) -> None:
        self.table = table
        self._within: dict[str, dict[str, int]] = {}
        for at, (code, parent, name) in enumerate(
            zip(table.bps_codes, table.subdistricts, table.names, strict=True)
        ):
            names = self._within.setdefault(plain(str(parent)), {})
            names[plain(str(name))] = at
            if other := aliases.get(str(code)):
                names.setdefault(plain(other), at)

    def within(self, subdistrict: str, name: str) -> int | None:
        """Return the village of a name in its kecamatan, however it is spelled; None if none is."""
        names = self._within.get(plain(subdistrict), {})
        near = difflib.get_close_matches(plain(name), names, n=1, cutoff=_LIKE)
        return names[near[0]] if near else None

    def elsewhere(self, name: str) -> int | None:
        """Return the village with exactly this name in any kecamatan."""
        wanted = plain(name)
        return next((names[wanted] for names in self._within.values() if wanted in names), None)
