"""Other ways to cut a distribution into six classes, for comparison with the empirical one.

Owns the door to mapclassify, which is imported only when one of its schemes is asked for. It
proposes breaks; the classes themselves are always made by ``fsva.index.classes``.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fsva.core.errors import CutOffError, Place, UsageError

N_CUT_OFFS = 5
# Name that people type -> class of mapclassify and its arguments. Only schemes that give the
# same breaks on every run and can give six classes.
SCHEMES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "jenks": ("FisherJenks", {"k": 6}),
    "kuantil": ("Quantiles", {"k": 6}),
    "selang-sama": ("EqualInterval", {"k": 6}),
    "simpangan-baku": ("StdMean", {"multiples": [-1.5, -0.75, 0, 0.75, 1.5]}),
}


def breaks(values: NDArray[np.float64], scheme: str, measure_id: str) -> tuple[float, ...]:
    """Return the five inner breaks that a scheme proposes.

    Parameters
    ----------
    values : array of float, shape (n_villages,)
        Known values in the indicator's unit.
    scheme : str
        One of ``SCHEMES``.
    measure_id : str
        The indicator, for messages.

    Returns
    -------
    tuple of five float
        From the smallest on.

    Raises
    ------
    UsageError
        If mapclassify is not installed.
    CutOffError
        If the values have too few different numbers for six classes of this scheme.
    """
    name, arguments = SCHEMES[scheme]
    try:
        import mapclassify
    except ImportError as problem:
        raise UsageError("mapclassify_hilang", (), {"skema": scheme}) from problem
    try:
        bins = _bins(getattr(mapclassify, name), values, arguments)
    except (ValueError, UserWarning) as problem:
        raise _too_few(values, scheme, measure_id) from problem
    if len(bins) < N_CUT_OFFS:
        raise _too_few(values, scheme, measure_id)
    return tuple(float(b) for b in bins[:N_CUT_OFFS])


def _bins(
    classifier: Any,  # noqa: ANN401  # mapclassify ships no annotations
    values: NDArray[np.float64],
    arguments: Mapping[str, Any],
) -> NDArray[np.float64]:
    """Run a classifier; its warning that it found fewer classes is an error here."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        # Said when the faster library is absent; the breaks are the same.
        warnings.filterwarnings("ignore", "Numba not installed", UserWarning)
        bins: NDArray[np.float64] = classifier(values, **arguments).bins
    return bins


def _too_few(values: NDArray[np.float64], scheme: str, measure_id: str) -> CutOffError:
    found = str(len(np.unique(values)))
    return CutOffError("skema_gagal", [Place(column=measure_id, found=found)], {"skema": scheme})
