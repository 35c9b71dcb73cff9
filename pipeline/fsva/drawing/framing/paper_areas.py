"""How large the villages of an edition are on its sheets, before anything is drawn.

Owns the reckoning for the checks: the polygon's area at the scale of the main map, or of the inset
that shows the village larger. What lines and names leave of it is reckoned where maps are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from fsva.config.styles.layout import Layout
from fsva.core.columns import BPS
from fsva.drawing.framing import frames, paper_choice
from fsva.sources.plain.shape_table import ShapeTable


@dataclass(frozen=True)
class PaperAreas:
    """The villages on the sheets of an edition.

    Parameters
    ----------
    mm2 : dict of str to float
        BPS code to square millimetres on the largest of its maps.
    denominator : int
        n of the main map's scale 1 : n; of a sheet of several maps, that of these.
    """

    mm2: dict[str, float]
    denominator: int


def on_layouts(layouts: Sequence[Layout], villages: ShapeTable) -> PaperAreas:
    """Return how large villages are on the paper that is chosen among several layouts.

    Parameters
    ----------
    layouts : sequence of Layout
        At least one.
    villages : ShapeTable
        The joined villages, geometry in metres.
    """
    frame = frames.frame(villages, paper_choice.choose(layouts, villages))
    geometry = villages.geometry
    main = frame.panel
    shown = shapely.area(geometry) * main.mm_per_metre**2
    if frame.windows:
        shown = shapely.area(shapely.intersection(geometry, main.ground())) * main.mm_per_metre**2
    for inset in frame.windows:
        inside = shapely.area(shapely.intersection(geometry, shapely.box(*inset.bounds)))
        larger = main.mm_per_metre * main.denominator / inset.denominator
        shown = np.maximum(shown, inside * larger**2)
    return PaperAreas(
        dict(zip(villages[BPS], shown.tolist(), strict=True)), frame.largest.denominator
    )
