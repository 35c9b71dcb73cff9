"""How long steps take whose parts nobody counts, for the bar of progress.

Owns the reading of ``styles/kemajuan.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fsva.core import resources, toml
from fsva.core.errors import StyleError

FILE_NAME = "kemajuan.toml"


@dataclass(frozen=True)
class StepTimes:
    """How long the steps of a run take, from earlier measurements.

    Parameters
    ----------
    milliseconds : mapping of str to float
        By step, for each village.
    """

    milliseconds: Mapping[str, float]

    def seconds(self, step: str, size: int) -> float:
        """Return how long a step is expected to take; 0 for one that is not known."""
        return self.milliseconds.get(step, 0.0) * size / 1000


def load() -> StepTimes:
    """Return the times; only the program's own file counts."""
    read = toml.read(resources.packaged("styles") / FILE_NAME, StyleError)
    return StepTimes({name: float(each) for name, each in read["milidetik"].items()})
