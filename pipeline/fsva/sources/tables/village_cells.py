"""The cells of one village in the files of an edition, with their places.

Finds them for a trace. It gives texts; the numbers of the maps come from
``fsva.sources.tables.edition_tables``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fsva.config.editions.edition import FILE_NAME, Edition
from fsva.config.editions.sections import Acceptance, Override
from fsva.core import toml
from fsva.core.columns import BPS
from fsva.sources.tables import edition_tables

Titles = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FileRow:
    """A village's row as it stands in one of the edition's files.

    Parameters
    ----------
    file : str
        Name of the file in edition.toml.
    row : int
        Row in the spreadsheet; the header is row 1.
    cells : dict of str to str
        Text by column heading.
    """

    file: str
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Decision:
    """A decision of the office in edition.toml.

    Parameters
    ----------
    file : str
        edition.toml.
    row : int
        First line of the decision.
    made : Override or Acceptance
        The decision and its reason.
    """

    file: str
    row: int
    made: Override | Acceptance


@dataclass(frozen=True)
class VillageRecords:
    """The records of one village in the files of an edition.

    Parameters
    ----------
    values : FileRow
        Its row in the table of values or raw counts.
    crosswalk : FileRow or None
        Its row in the table of matching codes.
    origins : dict of str to FileRow
        Indicator id to the origin of the value.
    published : FileRow or None
        Its row in the table of published results.
    overrides, acceptances : dict of str to Decision
        Indicator id to the decision.
    """

    values: FileRow
    crosswalk: FileRow | None
    origins: Mapping[str, FileRow]
    published: FileRow | None
    overrides: Mapping[str, Decision]
    acceptances: Mapping[str, Decision]


def gather(edition: Edition, code: str, titles: Titles | None = None) -> VillageRecords:
    """Find all records of a village in the files of an edition.

    Parameters
    ----------
    edition : Edition
        Already read and checked.
    code : str
        BPS code of a village in its table.
    titles : mapping of str to sequence of str, optional
        Other headings of that table's columns, from ``fsva.sources.tables.edition_tables``.

    Raises
    ------
    SourceError, TableError
        If a file cannot be read.
    """
    data, said = edition.settings.data, edition.settings
    origins = _rows(edition, data.origins, code, also=("indikator",))
    (values,) = _rows(edition, data.table, code, data.sheet, titles)
    return VillageRecords(
        values,
        next(iter(_rows(edition, data.crosswalk, code)), None),
        {record.cells["indikator"]: record for record in origins},
        next(iter(_rows(edition, data.published, code)), None),
        _decisions(edition, "timpa", said.overrides, code),
        _decisions(edition, "diterima", said.acceptances, code),
    )


def _rows(
    edition: Edition,
    name: str | None,
    code: str,
    part: str | None = None,
    titles: Titles | None = None,
    also: Sequence[str] = (),
) -> list[FileRow]:
    """Return the rows of a village in a table of edition.toml."""
    if name is None:
        return []
    source = edition_tables.open_table(edition, name, part)
    if titles:
        source.columns([BPS, *titles], titles)  # the sheet that the maps are drawn from
    table = source.table([BPS, *also], titles)
    return [FileRow(name, r.number, r.cells) for r in table if r.cells[BPS] == code]


def _decisions(
    edition: Edition, section: str, decisions: Sequence[Override | Acceptance], code: str
) -> dict[str, Decision]:
    text = toml.read_text(edition.file)
    return {
        decision.indicator: Decision(FILE_NAME, toml.line_of(text, (section, n)), decision)
        for n, decision in enumerate(decisions)
        if decision.code == code
    }
