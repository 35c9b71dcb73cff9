"""From the inputs of an edition to its one joined table: everything before a map.

Owns the order of these steps. It reads through ``fsva.sources`` and writes nothing. Heavy
libraries are imported when a run really happens.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from fsva.config.editions import edition as editions
from fsva.core.errors import GeometryError
from fsva.runs.run_order import Order

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from fsva.config.methods.method import Method
    from fsva.runs.succession_run import Heirs
    from fsva.villages.join import Joined
    from fsva.villages.sourced_columns import Supplied


P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Tabulated:
    """The one joined table of an edition, and what it was made with.

    Parameters
    ----------
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``, indexed by Kemendagri code.
    rules : Method
        The method with its baseline.
    joined : Joined
        Values and polygons of the villages, and the ledger of the join.
    published : DataFrame or None
        What a report has published, indexed by BPS code.
    """

    table: pd.DataFrame
    rules: Method
    joined: Joined
    published: pd.DataFrame | None


def tabulate(order: Order, meanwhile: Callable[[], None] | None = None) -> Tabulated:
    """Read the inputs of an edition and make its joined table; nothing is drawn.

    Parameters
    ----------
    order : Order
        Edition and boundary layer.
    meanwhile : callable or None
        Is called while the layer is mended, which keeps another thread busy. With it, the ledger
        of mending may be unfinished when this returns: ``joined.repairs`` waits for it and
        raises the error of a layer that would change too much.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from fsva.config.methods import method
    from fsva.config.styles import palette, theme
    from fsva.index import joined_table
    from fsva.sources.tables import edition_tables
    from fsva.villages import inheritance

    edition, settings = order.edition, order.edition.settings
    official = method.load(edition.method_file, edition.baseline_file)
    rules = palette.painted(official, theme.load(edition.theme_file), edition.theme_file)
    joined = join_values(order, rules, meanwhile=meanwhile)
    name = settings.data.published
    published = edition_tables.read_published(edition.path(name), rules) if name else None
    if published is not None:
        published = inheritance.forget(published, joined.inherited.events)
    table = joined_table.tabulate(joined.villages, published, settings.overrides, rules)
    return Tabulated(table, rules, joined, published)


def join_values(
    order: Order,
    rules: Method,
    supplied: Supplied | None = None,
    *,
    meanwhile: Callable[[], None] | None = None,
) -> Joined:
    """Read table, crosswalk and layer, mend the layer, and join the three.

    Parameters
    ----------
    order : Order
        Edition and boundary layer.
    rules : Method
        Its cut-offs and bounds may be open: only names, digits and ranges are looked at.
    supplied : Supplied or None
        Numbers that do not come from the table, if they have been read already.
    meanwhile : callable or None
        As for ``tabulate``.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from fsva.runs import value_run
    from fsva.villages import join

    edition, settings = order.edition, order.edition.settings
    table_file = edition.path(settings.data.table)
    crosswalk_file = edition.path(settings.data.crosswalk)
    accepted = frozenset((one.code, one.indicator) for one in settings.acceptances)
    ground = _Ground(order)
    supplied = ground.supplied(rules) if supplied is None else supplied
    table, inherited = value_run.read(order, rules, accepted, supplied, ground.heirs)
    editions.check(edition, table, rules)
    if meanwhile:
        ground.begin()
        meanwhile()
    drawn = ground.layer if meanwhile else ground.checked()
    names = join.JoinedFiles(table_file, crosswalk_file, order.layer_name)
    joined = join.join(table, ground.crosswalk, drawn.villages, names)
    inherited = inherited.also(drawn.redrawn)
    return replace(
        joined, mending=drawn.ledger.result, inherited=inherited, rows=drawn.rows, supplied=supplied
    )


def supplied_numbers(order: Order, rules: Method) -> Supplied:
    """Read what an edition takes from elsewhere than its table, with the layer if it is needed.

    Parameters
    ----------
    order : Order
        Edition and boundary layer.
    rules : Method
        Raw columns and indicators.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from fsva.villages.sourced_columns import Supplied

    data = order.edition.settings.data
    return _Ground(order).supplied(rules) if data.suppliers else Supplied()


@dataclass(frozen=True, eq=False)
class _Drawn:
    """The mended layer of an edition, and what was done to it."""

    villages: gpd.GeoDataFrame
    ledger: Future[pd.DataFrame]
    redrawn: pd.DataFrame
    rows: pd.DataFrame


class _Ground:
    """Crosswalk, succession and layer of an edition; the layer is read when first asked for."""

    def __init__(self, order: Order) -> None:
        from fsva.runs import succession_run
        from fsva.sources.tables import edition_tables

        edition = order.edition
        self.order = order
        self.crosswalk = edition_tables.read_crosswalk(
            edition.path(edition.settings.data.crosswalk)
        )
        self.heirs: Heirs = succession_run.read(edition, self.crosswalk)

    def begin(self) -> None:
        """Read the layer now; it is mended while other things are done."""
        _ = self._begun

    def checked(self) -> _Drawn:
        """Return the layer when it is known that mending changes no village too much."""
        self.layer.ledger.result()
        return self.layer

    @cached_property
    def layer(self) -> _Drawn:
        """The mended layer; its ledger may still be at work."""
        mending, ledger, rows = self._begun
        layer, redrawn = self.heirs.of_layer(mending.result(), self.order.layer_name)
        return _Drawn(layer, ledger, redrawn, rows)

    @cached_property
    def _begun(self) -> tuple[Future[gpd.GeoDataFrame], Future[pd.DataFrame], pd.DataFrame]:
        from fsva.sources.layers import crs, village_layer
        from fsva.villages import repair

        order, file = self.order, self.order.layer_name
        layer, rows = village_layer.settled(order.rows, order.request, self.crosswalk, _ids(order))
        drawn = crs.project(layer[["nama", "geometry"]], file)
        # GEOS works in a thread of its own and leaves this one free.
        mender = ThreadPoolExecutor(1)
        mending = mender.submit(_naming(file, repair.clean), drawn)
        account = _naming(file, repair.account)
        ledger = mender.submit(lambda: account(drawn, mending.result()))
        mender.shutdown(wait=False)
        return mending, ledger, rows

    def supplied(self, rules: Method) -> Supplied:
        """Read what the table does not hold; land cover is measured in the checked layer."""
        from fsva.runs import sourced_columns_run
        from fsva.villages import sourced_columns as supplying

        data = self.order.edition.settings.data
        if not data.suppliers:
            return supplying.Supplied()
        layer = self.checked().villages if data.land_cover else None
        return sourced_columns_run.read(self.order, rules, self.crosswalk, layer)


def _ids(order: Order) -> pd.Series[str] | None:
    """Read which polygon of a layer without official codes is which village."""
    from fsva.sources.tables import crosswalks

    name = order.edition.settings.boundary.ids
    if order.rows.is_coded or name is None:
        return None
    return crosswalks.read_ids(order.edition.path(name))


def _naming(file: Path, step: Callable[P, R]) -> Callable[P, R]:
    """Return a step of mending that names the layer if it fails; mending knows no files."""

    def run(*positional: P.args, **named: P.kwargs) -> R:
        try:
            return step(*positional, **named)
        except GeometryError as problem:
            places = [replace(place, file=file) for place in problem.places]
            raise GeometryError(problem.key, places, problem.facts) from problem

    return run
