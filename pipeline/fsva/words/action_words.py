"""What a row of the action plan says in words: names, agency, programme, sign of success.

Owns the cells that are not numbers. A key that the office has not filled in is marked as such,
never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from fsva.config.editions.sections import EXTREME_POVERTY
from fsva.config.methods.interventions import Planned
from fsva.config.methods.method import Indicator, Method
from fsva.core.texts import Texts
from fsva.core.toml import Bilingual
from fsva.index.action_rows import ActionRow, Cause


class ActionCells(NamedTuple):
    """The words of a row.

    Attributes
    ----------
    priority_name, cause : str
        Names of the composite's class and of the cause; empty where there is none.
    agency, programme, strategy, funds, year : str
        Of the intervention, or that it is still to be filled in.
    source : str
        Where a shipped programme is taken from.
    success : str
        The sign of success.
    """

    priority_name: str
    cause: str
    agency: str = ""
    programme: str = ""
    strategy: str = ""
    source: str = ""
    success: str = ""
    funds: str = ""
    year: str = ""


def cells(row: ActionRow, method: Method, texts: Texts) -> ActionCells:
    """Return the words of a row of the action plan.

    Parameters
    ----------
    row : ActionRow
        From ``fsva.index.action_rows.rows``.
    """
    names = {style.number: style.name[texts.language] for style in method.classes}
    name = names[row.priority] if row.priority else ""
    if row.cause is None or row.planned is None:
        return ActionCells(name, "")
    what, empty = row.planned.what, texts("sasaran.belum_diisi")
    return ActionCells(
        name,
        cause_name(row.cause.measure, method, texts),
        _agency(row.planned, texts),
        _said(what.programme, texts),
        _said(what.strategy, texts),
        what.source or "",
        what.success[texts.language] if what.success else _success(row.cause, method, texts),
        what.funds or empty,
        str(what.year or empty),
    )


def cause_name(measure: str, method: Method, texts: Texts) -> str:
    """Return the name of an indicator, or of extreme poverty."""
    names: Mapping[str, Bilingual] = {i.id: i.name for i in method.indicators}
    if measure == EXTREME_POVERTY:
        return texts("sasaran.sebab_kantong")
    return names[measure][texts.language]


def _said(words: Bilingual | None, texts: Texts) -> str:
    return words[texts.language] if words else texts("sasaran.belum_diisi")


def _agency(planned: Planned, texts: Texts) -> str:
    """Return the agency; that of the shipped table is a proposal, and the cell says so."""
    agency = planned.what.agency
    if planned.proposed and agency:
        return texts("sasaran.usulan_instansi", instansi=agency[texts.language])
    return _said(agency, texts)


def _success(cause: Cause, method: Method, texts: Texts) -> str:
    """Say from which value on the village is in its next class."""
    if cause.target is None:
        return texts("sasaran.belum_diisi")
    if cause.measure == EXTREME_POVERTY:
        return texts("sasaran.berhasil_kantong", nilai=texts.decimal(cause.target, 0))
    (indicator,) = (i for i in method.indicators if i.id == cause.measure)
    return texts(
        f"sasaran.berhasil_{'kategori' if indicator.categories else indicator.better}",
        nama=indicator.name[texts.language],
        nilai=_target(cause.target, indicator, texts),
        kelas=cause.reached,
    )


def _target(target: Decimal, indicator: Indicator, texts: Texts) -> str:
    if indicator.categories:
        name = indicator.category_names.get(str(target))
        return name[texts.language] if name else str(target)
    return texts.decimal(target, indicator.digits)
