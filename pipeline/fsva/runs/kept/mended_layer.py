"""The mended layer, kept from one run to the next.

Owns what it depends on: the polygons as they were read and projected, and which villages may change
much. Mending is ``fsva.villages.repair``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from fsva.runs.kept.kept_results import Kept

if TYPE_CHECKING:
    from fsva.sources.plain.shape_table import ShapeTable
    from fsva.sources.tables.read_tables import Table

T = TypeVar("T")


def _nothing() -> None:
    """Return that nothing is kept."""


@dataclass(frozen=True, eq=False)
class Mender:
    """Mends a layer, or takes it as an earlier run has mended it.

    Parameters
    ----------
    find : callable
        Returns what was kept, or None, once the layer is read.
    """

    find: Callable[[], Kept | None] = _nothing

    @cached_property
    def kept(self) -> Kept | None:
        """What was kept; None keeps nothing."""
        return self.find()

    def done(self, made: T) -> T:
        """Bring what was kept within its bounds, and return what was made with it.

        What could not be kept costs the next run time and nothing else; an atlas says so.
        """
        if self.kept is not None:
            self.kept.store.tidy()
        return made

    def clean(self, layer: ShapeTable, accepted: Collection[str]) -> ShapeTable:
        """Return the layer as ``fsva.villages.repair.clean`` does."""
        from fsva.villages import repair
        from fsva.villages.mended import mending_columns
        from fsva.villages.mended.mending_columns import Polygons

        kept = self.kept
        if kept is None:
            return repair.clean(layer, accepted)
        found = kept.value(
            kept.store.key("lapisan", _digest(kept, layer, accepted)),
            Polygons,
            layer.crs,
            lambda: Polygons(repair.clean(layer, accepted).geometry),
        )
        return mending_columns.with_polygons(layer, found)

    def account(self, layer: ShapeTable, mended: ShapeTable, accepted: Collection[str]) -> Table:
        """Return the ledger as ``fsva.villages.repair.account`` does."""
        from fsva.villages import repair
        from fsva.villages.mended import mending_columns

        kept = self.kept
        if kept is None:
            return repair.account(layer, mended, accepted)
        rows = kept.value(
            kept.store.key("perbaikan", _digest(kept, layer, accepted)),
            mending_columns.MendingColumns,
            layer.crs,
            lambda: mending_columns.apart(repair.account(layer, mended, accepted)),
        )
        return mending_columns.together(rows, layer)


def _digest(kept: Kept, layer: ShapeTable, accepted: Collection[str]) -> bytes:
    return kept.digest(layer.codes, layer.crs, layer.geometry, sorted(accepted))
