"""The steps from an edition to the files of its targeting.

Owns the tables that it reads and the files that it makes. ``fsva.index.targeting`` owns the rules,
``fsva.words.pocket_map`` the words of the map.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fsva.core.texts import Texts
from fsva.files.tables import target_tables as writers
from fsva.runs import sheet_files, sourced_columns_run
from fsva.runs.run_order import Progress
from fsva.runs.sheet_files import PrintedSheets
from fsva.runs.tabulation import Tabulated
from fsva.words.pocket_map import FILE_STEM

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.config.methods.interventions import Interventions
    from fsva.config.methods.method import Method
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.index.action_rows import ActionRow
    from fsva.index.result_columns import Columns
    from fsva.sources.cells.table_text import TableFile
    from fsva.sources.plain.arrays import Floats
    from fsva.words.specification import MapSpecification

# Every file that a run may write; those of an earlier run that it does not write are removed.
FILES = (
    writers.TARGETS,
    writers.TOTALS,
    writers.PROGRAMMES,
    writers.PAIRS,
    writers.ACTIONS,
    f"{FILE_STEM}.pdf",
    f"{FILE_STEM}.png",
    f"{FILE_STEM}.pgw",
    f"{FILE_STEM}.png.aux.xml",
)


@dataclass(frozen=True, eq=False)
class Targeting:
    """The targeting of an edition: villages in need, pockets, programmes and actions.

    Parameters
    ----------
    laid : Columns
        From ``fsva.index.targeting.overlay``.
    served : Columns or None
        From ``fsva.index.targeting.served``; None without a table of programmes.
    actions : list of ActionRow
        From ``fsva.index.action_rows.rows``.
    rules : Interventions
        The intervention table.
    has_poverty : bool
        Whether the edition has a table or register of extremely poor persons.
    method : Method
        Its classes, and which of them are vulnerable.
    n_suppressed : int
        Villages whose count from a register is missing only because it is small.
    """

    laid: Columns
    served: Columns | None
    actions: list[ActionRow]
    rules: Interventions
    has_poverty: bool
    method: Method
    n_suppressed: int = 0


def compute(edition: Edition, tabulated: Tabulated) -> Targeting:
    """Read the tables of targeting and overlay them on the classes.

    Parameters
    ----------
    edition : Edition
        Names the tables.
    tabulated : Tabulated
        From ``fsva.runs.tabulation.tabulate``.

    Raises
    ------
    FsvaError
        If a table cannot be used, or seems to hold persons instead of counts.
    """
    from fsva.config.editions import planned_interventions
    from fsva.index import action_rows, targeting
    from fsva.sources.tables import targets

    data = edition.settings.data
    rules = planned_interventions.shipped(edition)
    coverage = _opened(edition, tabulated, data.coverage)
    persons, n_suppressed = _persons(edition, tabulated)
    laid = targeting.overlay(tabulated.table, persons, tabulated.rules, rules.limits)
    served = targeting.served(laid, targets.read_coverage(coverage)) if coverage else None
    plan = planned_interventions.of_edition(edition, tabulated.rules)
    actions = action_rows.rows(laid, tabulated.table, plan, tabulated.rules, rules.limits)
    return Targeting(
        laid, served, actions, rules, persons is not None, tabulated.rules, n_suppressed
    )


def _persons(edition: Edition, tabulated: Tabulated) -> tuple[Floats | None, int]:
    """Read the extremely poor persons of each village, or count them in a register."""
    import numpy as np

    from fsva.sources.tables import targets

    data, villages = edition.settings.data, tabulated.table
    register = data.registers.extreme_poverty
    if register is not None:
        codes = dict(zip(villages.bps_codes.tolist(), villages.codes, strict=True))
        counts = sourced_columns_run.count(edition, register, codes)
        return counts.values, int(counts.suppressed.sum())
    if source := _opened(edition, tabulated, data.extreme_poverty):
        persons = targets.read_persons(source)
        known = [persons.get(code) for code in villages.bps_codes.tolist()]
        return np.array(known, dtype=np.float64), 0
    return None, 0


def _opened(edition: Edition, tabulated: Tabulated, name: str | None) -> TableFile | None:
    """Open a table that edition.toml names, and look at its villages."""
    from fsva.sources.tables import edition_tables, targets

    if name is None:
        return None
    source = edition_tables.open_table(edition, name)
    villages = tabulated.table
    names = zip(villages.bps_codes.tolist(), villages.names.tolist(), strict=True)
    targets.check_villages(source, dict(names))
    return source


def files(
    tabulated: Tabulated,
    targeting: Targeting,
    materials: Callable[[], Studio],
    texts: Texts,
    progress: Progress,
) -> PrintedSheets:
    """Make the files of targeting.

    Parameters
    ----------
    targeting : Targeting
        From ``compute``.
    materials : callable
        Gathers what the map is drawn with; called only if there is one.
    progress : callable
        Receives a sentence after each step.

    Returns
    -------
    PrintedSheets
        ``rencana-aksi.csv``; with a table of poverty the overlay, its totals and the map; with a
        table of programmes their coverage.
    """
    made = tables(tabulated, targeting, texts)
    if not targeting.has_poverty:
        return PrintedSheets(made, {})
    studio = materials()
    drawn = sheet_files.draw(studio, (_map(studio, tabulated, targeting),), progress)
    return replace(drawn, files=made | drawn.files)


def tables(tabulated: Tabulated, targeting: Targeting, texts: Texts) -> dict[str, bytes]:
    """Make the tables among the files of targeting.

    Parameters
    ----------
    targeting : Targeting
        From ``compute``.
    """
    from fsva.index.targeting import programmes, totals

    limits, laid = targeting.rules.limits, targeting.laid
    made_files = {writers.ACTIONS: writers.actions_csv(targeting.actions, tabulated.rules, texts)}
    if targeting.has_poverty:
        made_files[writers.TARGETS] = writers.targets_csv(laid, limits, tabulated.rules)
        made_files[writers.TOTALS] = writers.totals_csv(totals(laid, limits))
    if targeting.served is not None:
        made_files[writers.PROGRAMMES] = writers.programmes_csv(programmes(targeting.served))
        made_files[writers.PAIRS] = writers.pairs_csv(targeting.served)
    return made_files


def _map(studio: Studio, tabulated: Tabulated, targeting: Targeting) -> MapSpecification:
    from fsva.runs.layers import village_sizes
    from fsva.words import pocket_map, specification

    settings, texts = studio.settings, studio.texts
    people = village_sizes.people(settings, tabulated)
    composite = specification.build(tabulated.table, tabulated.rules, settings, texts, people)[-1]
    return pocket_map.build(
        composite,
        targeting.laid,
        targeting.rules.limits,
        method=tabulated.rules,
        settings=settings,
        texts=texts,
        neutral=studio.layout.colours.foreign,
    )
