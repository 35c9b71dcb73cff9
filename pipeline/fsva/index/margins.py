"""How far a value is from another class: the nearest cut-off and the way to it.

Owns distances in the measure's unit and in steps of its last printed digit. How probable it is
that a value lies on the other side is computed by ``fsva.index.sureness.uncertainty``.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fsva.config.methods.method import Indicator, Measure
from fsva.core import decimals
from fsva.index import classes

COLUMNS = {"cut_off": "Float64", "jarak": "Float64", "langkah": "Int64", "ke_kelas": "Int8"}


def margins(values: pd.Series[float], measure: Measure) -> pd.DataFrame:
    """Measure how far each value is from the nearest other class.

    Parameters
    ----------
    values : Series of Float64, shape (n_villages,)
        In the measure's unit; NA = not known.
    measure : Measure
        Indicator or composite. Categories have no distances.

    Returns
    -------
    DataFrame, shape (n_villages, 4)
        ``cut_off``: the nearest one; ``jarak``: cut-off minus value, in the measure's unit,
        positive where the value would have to rise; ``langkah``: the fewest steps of the last
        digit that change the class, with the same sign, never 0; ``ke_kelas``: the class that
        is reached then. All NA where the value is NA, a category, or a
        zero that says "there is none".

    Notes
    -----
    A value printed equal to a cut-off has the distance 0 and lies one step from the next
    class. Of two classes equally many steps away, the more vulnerable one is named.
    """
    frame = pd.DataFrame(index=values.index, columns=list(COLUMNS)).astype(COLUMNS)
    if isinstance(measure, Indicator) and measure.categories:
        return frame
    known = (values.notna() & ~classes.means_none(values, measure)).to_numpy()
    units = decimals.units_of_floats(np.asarray(values[known], dtype=np.float64), measure.digits)
    cut_offs, steps = _nearest(units, measure)
    frame.loc[known, "cut_off"] = cut_offs / 10**measure.digits
    frame.loc[known, "jarak"] = (cut_offs - units) / 10**measure.digits
    frame.loc[known, "langkah"] = steps
    frame.loc[known, "ke_kelas"] = classes.of_units(units + steps, measure)
    return frame


def _nearest(
    units: NDArray[np.int64], measure: Measure
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the nearest cut-off of each value, and the signed steps beyond it."""
    cuts = np.unique([decimals.to_units(c, measure.digits) for c in measure.ascending_cut_offs])
    upper_end = measure.closed == "atas"
    above = np.searchsorted(cuts, units, side="left" if upper_end else "right")
    far = np.iinfo(np.int64).max // 2
    padded = np.concatenate([[-far], cuts, [far]]).astype(np.int64)
    below, over = padded[above], padded[above + 1]
    up = over + (1 if upper_end else 0) - units
    down = units - below + (0 if upper_end else 1)
    rises = _rises(up, down, measure)
    return np.where(rises, over, below), np.where(rises, up, -down)


def _rises(up: NDArray[np.int64], down: NDArray[np.int64], measure: Measure) -> NDArray[np.bool_]:
    """Tell where the nearer class lies above; at equal steps the more vulnerable one counts."""
    return up < down if measure.better == "tinggi" else up <= down
