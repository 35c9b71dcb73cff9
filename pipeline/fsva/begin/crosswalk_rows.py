"""The rows of a table of matching codes, without and with new proposals.

Owns the treatment of existing rows: confirmed and refused rows stay, a proposal that still fits
waits on, and one that no longer fits is removed. It reads and writes no files;
``fsva.sources.tables.crosswalks`` and ``fsva.core.publishing.publish`` do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fsva.begin.harmonise import Codes, Known, Proposal
from fsva.config.styles import output_tables
from fsva.sources.tables.crosswalks import (
    CODES,
    CONFIRMED,
    PROPOSED,
    REASON,
    REFUSED,
    SCORE,
    STATUS,
    CrosswalkForm,
)

Row = Mapping[str, str]


@dataclass(frozen=True)
class Book:
    """The rows of a table of matching codes, by decision.

    Parameters
    ----------
    kept : tuple of mapping
        Rows that stay, in their order.
    withdrawn : tuple of mapping
        Proposals that no longer fit: a code is now unknown, or belongs to a confirmed pair.
    outdated : tuple of mapping
        Confirmed rows with a code that table or layer lacks; they stay.
    known : Known
        Pairs of the rows that stay.
    """

    kept: tuple[Row, ...]
    withdrawn: tuple[Row, ...]
    outdated: tuple[Row, ...]
    known: Known


def sort_out(
    rows: Iterable[Row], table: set[str], layer: set[str], form: CrosswalkForm = CODES
) -> Book:
    """Decide for every row whether it stays.

    Parameters
    ----------
    rows : iterable of mapping
        Cells by column; an empty or missing ``status`` counts as confirmed.
    table, layer : set of str
        All codes of the two sides.
    form : CrosswalkForm
        Of the table (``fsva.sources.tables.crosswalks``).
    """
    code_of_table, code_of_layer, *_ = form.columns

    def codes(row: Row) -> Codes:
        """Return the code of the table and that of the layer."""
        return row[code_of_table], row[code_of_layer]

    rows = tuple(rows)
    confirmed = [row for row in rows if _is(row, CONFIRMED)]
    taken = {code for row in confirmed for code in codes(row)}
    kept: list[Row] = []
    withdrawn: list[Row] = []
    for row in rows:
        one, other = codes(row)
        fits = one in table and other in layer and not {one, other} & taken
        (kept if fits or not _is(row, PROPOSED) else withdrawn).append(row)
        taken |= {one, other} if fits and _is(row, PROPOSED) else set()
    return Book(
        tuple(kept),
        tuple(withdrawn),
        tuple(r for r in confirmed if codes(r)[0] not in table or codes(r)[1] not in layer),
        Known(
            [codes(row) for row in confirmed],
            [codes(row) for row in kept if _is(row, PROPOSED)],
            frozenset(codes(row) for row in rows if _is(row, REFUSED)),
        ),
    )


def _is(row: Row, status: str) -> bool:
    return (row.get(STATUS, "").lower() or CONFIRMED) == status


def as_row(proposal: Proposal, form: CrosswalkForm = CODES) -> dict[str, str]:
    """Return a proposal as a row without a decision.

    Parameters
    ----------
    proposal : Proposal
        Its score gets a decimal comma, as in the spreadsheets of offices.
    """
    one, other = proposal.table, proposal.layer
    cells = (one.code, other.code, one.name, other.name, one.group_name)
    score = f"{proposal.score:.1f}".replace(".", ",")
    return {
        **dict(zip(form.columns, cells, strict=True)),
        STATUS: PROPOSED,
        SCORE: score,
        REASON: output_tables.all_tables()[form.file].word(REASON, proposal.reason),
    }


def columns(
    headings: Sequence[str], rows: Sequence[Row], form: CrosswalkForm = CODES
) -> dict[str, list[str]]:
    """Return the rows of the file and those of proposals as columns.

    Parameters
    ----------
    headings : sequence of str
        Columns of the file as it stood, perhaps more than its form has; they stay.
    """
    names = dict.fromkeys([*filter(None, headings), *form.headings])
    return {name: [row.get(name, "") for row in rows] for name in names}
