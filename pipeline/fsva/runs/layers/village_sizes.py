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
