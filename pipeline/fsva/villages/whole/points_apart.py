"""Whether villages lie at the points that are known of them.

Owns the judgement by a gazetteer of villages. Many villages beside their points tell of a layer
that was moved, turned or sorted apart; a few far from theirs of polygons that were exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles.placement_limits import LayerLimits
from fsva.core.message_values import MessageValue, Quantity, Spot
from fsva.sources.plain import flat_grid
from fsva.sources.plain.arrays import Floats, Shapes
from fsva.sources.plain.flat_grid import Point
from fsva.sources.plain.plain_table import told
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages.oddities import Oddity

_SHOWN = 5
# Most villages that are reported one by one; more are reported as one oddity of the layer.
_FEW = 20
# So many more villages may lie beside their points: in a small layer, two prove nothing.
_BY_CHANCE = 2


def _exchanged(shapes: Shapes, spots: Shapes, far: Floats) -> NDArray[np.bool_]:
    """Tell the villages of which each lies at the point of the other."""
    spot, shape = shapely.STRtree(shapes).query(spots, predicate="within")
    at = set(zip(spot.tolist(), shape.tolist(), strict=True))
    both = [one for one, other in at if (other, one) in at and far[one] > 0 and far[other] > 0]
    return np.isin(np.arange(len(shapes)), both)


def are_enough(codes: Sequence[str], points: Mapping[str, Point], limits: LayerLimits) -> bool:
    """Tell whether so many villages have a point that the points judge the layer."""
    known = sum(code in points for code in codes)
    return known >= max(limits.least_points, limits.points_share * len(codes))


def judge(
    layer: ShapeTable, flat: Shapes, points: Mapping[str, Point], limits: LayerLimits
) -> Iterator[Oddity]:
    """Yield the oddity of a layer beside its points, or of each village far from its own.

    Parameters
    ----------
    layer : ShapeTable
        Indexed by Kemendagri code: ``nama``, ``baris``.
    flat : ndarray of Geometry
        Its villages in kilometres.
    points : mapping of str to (float, float)
        Longitude and latitude by Kemendagri code.
    """
    codes = layer.codes
    if not are_enough(codes, points, limits):
        return
    known = np.flatnonzero([code in points for code in codes])
    spots = np.array([points[codes[n]] for n in known])
    degrees = layer.geometry
    middle = float(np.median(shapely.bounds(degrees)[:, [1, 3]]))
    there: Shapes = np.asarray(shapely.points(spots * flat_grid.scale(middle)))
    far = shapely.distance(flat[known], there)
    names = list(map(str, told(layer["nama"])))
    wrong = known[(far > limits.village_point_km) | _exchanged(flat[known], there, far)]
    beside = int((far > 0).sum())
    if beside > (1 - limits.within_share) * len(far) + _BY_CHANCE or len(wrong) > _FEW:
        apart = known[far > 0]
        shown = ", ".join(f"{names[n]} ({codes[n]})" for n in apart[:_SHOWN])
        facts: dict[str, str | MessageValue] = {
            "jumlah": str(len(apart)),
            "semua": str(len(known)),
            "km": Quantity(float(np.median(far[far > 0])), 1, "km"),
        }
        yield Oddity("letak", "letak_titik_desa", found=shown, facts=facts)
        return
    away = dict(zip(known.tolist(), far.tolist(), strict=True))
    rows = layer["baris"]
    for n in wrong.tolist():
        west, south, east, north = shapely.bounds(degrees[n])
        place = Spot(float(south + north) / 2, float(west + east) / 2)
        yield Oddity(
            "letak", "letak_titik", (codes[n],), names[n], int(rows[n]), place,
            {"km": Quantity(away[n], 1, "km")},
        )  # fmt: skip
