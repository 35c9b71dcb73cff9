"""Population and area of the villages of an edition.

Owns where they come from: the table's columns, also beside ready ratios, else the polygons of
official borders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fsva.config.editions.sections import Settings
from fsva.core.columns import BPS
from fsva.core.errors import CodeError, SourceError, TableError
from fsva.runs.tabulation import Tabulated

if TYPE_CHECKING:
    from fsva.index.summary import Sizes
    from fsva.sources.plain.arrays import Floats

_COLUMNS = ("penduduk", "luas_ha")


def of_edition(settings: Settings, tabulated: Tabulated) -> Sizes:
    """Return population and area of each village, where known.

    Parameters
    ----------
    settings : Settings
        Schematic borders have no area that means anything.
    """
    from fsva.index import summary
    from fsva.sources.tables import read_tables

    villages = tabulated.joined.villages
    stated = [name for name in _COLUMNS if name in villages]
    columns = {name: read_tables.floats(villages[name]) for name in stated}
    if settings.data.raw is None:
        columns |= _beside(tabulated)
    drawn = None if settings.boundary.schematic else villages.areas
    return summary.sizes(columns, len(villages), drawn)


def _beside(tabulated: Tabulated) -> dict[str, Floats]:
    """Return what stands beside ready ratios, in the order of the villages; NaN = not known.

    No class rests on these columns: one that cannot be read stops no atlas and counts as not
    known. ``fsva periksa`` names its cells.
    """
    from fsva.sources.tables import extra_columns

    source, codes = tabulated.inputs.values.source, tabulated.joined.villages[BPS]
    try:
        found = extra_columns.in_order(source, tabulated.rules, codes)
    except (TableError, SourceError, CodeError):
        return {}
    return {name: found[name] for name in _COLUMNS if name in found}


def people(settings: Settings, tabulated: Tabulated) -> list[float]:
    """Return the population of each village, in the order of the table; NaN = not known."""
    persons: list[float] = of_edition(settings, tabulated).people.tolist()
    return persons
