"""Population and area of the villages of an edition.

Owns where they come from: the table's columns, else the polygons of official borders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fsva.config.editions.sections import Settings
from fsva.runs.tabulation import Tabulated

if TYPE_CHECKING:
    from fsva.index.summary import Sizes


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
    stated = [name for name in ("penduduk", "luas_ha") if name in villages]
    columns = {name: read_tables.floats(villages[name]) for name in stated}
    drawn = None if settings.boundary.schematic else read_tables.floats(villages.geometry.area)
    return summary.sizes(columns, len(villages), drawn)


def people(settings: Settings, tabulated: Tabulated) -> list[float]:
    """Return the population of each village, in the order of the table; NaN = not known."""
    persons: list[float] = of_edition(settings, tabulated).people.tolist()
    return persons
