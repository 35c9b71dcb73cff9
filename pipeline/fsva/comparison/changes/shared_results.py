"""What the sides of a comparison share, so that none works out what another has.

Owns where results are kept; what is kept is ``fsva.runs.kept``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from fsva.comparison.values.side_data import SideData
from fsva.core.publishing.result_store import place_beside
from fsva.runs.kept import kept_frames, kept_results
from fsva.runs.kept.mended_layer import Mender
from fsva.runs.run_order import Order


@dataclass(frozen=True)
class Shared:
    """The results of one comparison.

    Parameters
    ----------
    folder : Path or None
        Output folder of the comparison, if the command line names it.
    keeps : bool
        Whether results are kept for later runs, as by every command that writes files.
    held : dict of str to bytes
        Results of this run, by their keys.
    """

    folder: Path | None = None
    keeps: bool = False
    held: dict[str, bytes] = field(default_factory=dict)

    def placed(self, order: Order) -> Order:
        """Return the order of a side with the place of its results."""
        usual = order.edition.outputs(order.texts.language)
        is_usual = self.folder is None or place_beside(usual).is_dir()
        return replace(order, outputs=usual if is_usual else self.folder, keeps=self.keeps)

    def mender(self, order: Order) -> Mender:
        """Return what mends the layer of a side, unless another side or run has mended it."""
        return Mender(partial(kept_results.of_command, order, self.held))


def keep(sides: Sequence[SideData]) -> None:
    """Keep the frames of maps for later runs, and bring what is kept within its bounds."""
    for side in sides:
        if side.kept and side.tabulated:
            kept_frames.keep(side.kept, side.tabulated.joined.villages)
            side.kept.store.tidy()
