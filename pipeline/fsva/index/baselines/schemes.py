"""Other ways to cut a distribution into classes, for comparison with the empirical one.

Owns the calls of mapclassify, which is imported only when one of its schemes is asked for. It
proposes breaks; ``fsva.index.classes`` always makes the classes.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fsva.core.errors import CutOffError, Place, UsageError

# Name that people type -> class of mapclassify and its arguments. These schemes give the
# same breaks on every run; the multiples of the standard deviation give six classes.
SCHEMES: Mapping[str, tuple[str, Mapping[str, Any] | None]] = {
    "jenks": ("FisherJenks", None),
    "kuantil": ("Quantiles", None),
    "selang-sama": ("EqualInterval", None),
    "simpangan-baku": ("StdMean", {"multiples": [-1.5, -0.75, 0, 0.75, 1.5]}),
}


def breaks(
    values: NDArray[np.float64], scheme: str, measure_id: str, n_cut_offs: int
) -> tuple[float, ...]:
    """Return the inner breaks that a scheme proposes.

    Parameters
    ----------
    values : array of float, shape (n_villages,)
        Known values in the indicator's unit.
    scheme : str
        One of ``SCHEMES``.
    n_cut_offs : int
        One fewer than classes.

    Returns
    -------
    tuple of float
        From the smallest on.

    Raises
    ------
    UsageError
        If mapclassify is not installed.
    CutOffError
        If the values have too few different numbers for the classes of this scheme.
    """
    name, options = SCHEMES[scheme]
    arguments = options or {"k": n_cut_offs + 1}
    if len(arguments.get("multiples", range(n_cut_offs))) != n_cut_offs:
        raise _too_few(values, scheme, measure_id, n_cut_offs)
    try:
        import mapclassify
    except ImportError as problem:
        raise UsageError("mapclassify_hilang", (), {"skema": scheme}) from problem
    try:
        bins = _bins(getattr(mapclassify, name), values, arguments)
    except (ValueError, UserWarning) as problem:
        raise _too_few(values, scheme, measure_id, n_cut_offs) from problem
    if len(bins) < n_cut_offs:
        raise _too_few(values, scheme, measure_id, n_cut_offs)
    return tuple(float(b) for b in bins[:n_cut_offs])


def _bins(
    classifier: Any,  # noqa: ANN401  # mapclassify ships no annotations
    values: NDArray[np.float64],
    arguments: Mapping[str, Any],
) -> NDArray[np.float64]:
    """Run a classifier; its warning that it found fewer classes is an error here."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        # mapclassify warns so when numba is absent; the breaks are the same.
        warnings.filterwarnings("ignore", "Numba not installed", UserWarning)
        bins: NDArray[np.float64] = classifier(values, **arguments).bins
    return bins


def _too_few(
    values: NDArray[np.float64], scheme: str, measure_id: str, n_cut_offs: int
) -> CutOffError:
    n_different = str(len(np.unique(values)))
    place = Place(column=measure_id, found=n_different)
    return CutOffError("skema_gagal", [place], {"skema": scheme, "jumlah": str(n_cut_offs + 1)})
