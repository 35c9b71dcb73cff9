"""From the inputs of an edition to its one joined table: everything before a map.

Owns the order of these steps. It reads through ``pipeline.sources`` and writes nothing. Heavy
libraries are imported when a run really happens.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import edition as editions
from pipeline.errors import GeometryError
from pipeline.orders import Order

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from pipeline.inheritance import Inherited
    from pipeline.join import Joined
    from pipeline.method import Method
    from pipeline.succession_run import Heirs


@dataclass(frozen=True, eq=False)
class Tabulated:
    """The one joined table of an edition, and what it was made with.

    Parameters
    ----------
    table : DataFrame
        From ``pipeline.atlas.tabulate``, indexed by Kemendagri code.
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


def tabulate(order: Order) -> Tabulated:
    """Read the inputs of an edition and make its joined table; nothing is drawn.

    Parameters
    ----------
    order : Order
        Edition and boundary layer.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from pipeline import atlas, inheritance, method
    from pipeline.sources import tables

    edition, settings = order.edition, order.edition.settings
    rules = method.load(edition.method_file, edition.baseline_file)
    joined = join_values(order, rules)
    name = settings.data.published
    published = tables.read_published(edition.path(name), rules) if name else None
    if published is not None:
        published = inheritance.forget(published, joined.inherited.events)
    table = atlas.tabulate(joined.villages, published, settings.overrides, rules)
    return Tabulated(table, rules, joined, published)


def join_values(order: Order, rules: Method) -> Joined:
    """Read table, crosswalk and layer, mend the layer, and join the three.

    Parameters
    ----------
    order : Order
        Edition and boundary layer.
    rules : Method
        Its cut-offs and bounds may be open: only names, digits and ranges are looked at.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from pipeline import join, succession_run
    from pipeline.sources import crs, layers, tables

    edition, settings = order.edition, order.edition.settings
    table_file = edition.path(settings.data.table)
    crosswalk_file = edition.path(settings.data.crosswalk)
    accepted = frozenset((one.code, one.indicator) for one in settings.acceptances)
    crosswalk = tables.read_crosswalk(crosswalk_file)
    heirs = succession_run.read(edition, crosswalk)
    table, inherited = _values(order, rules, accepted, heirs)
    editions.check(edition, table, rules)
    file = order.layer_name
    layer, rows = layers.settled(order.rows, order.request, crosswalk, _ids(order))
    layer, repairs = _mended(crs.project(layer[["nama", "geometry"]], file), file)
    layer, redrawn = heirs.of_layer(layer, file)
    inherited = inherited.also(redrawn)
    names = join.Names(table_file, crosswalk_file, file)
    joined = join.join(table, crosswalk, layer, names)
    return replace(joined, repairs=repairs, inherited=inherited, rows=rows)


def _ids(order: Order) -> pd.Series[str] | None:
    """Read which polygon of a layer without official codes is which village."""
    from pipeline.sources import crosswalks

    name = order.edition.settings.boundary.ids
    if order.rows.is_coded or name is None:
        return None
    return crosswalks.read_ids(order.edition.path(name))


def _mended(layer: gpd.GeoDataFrame, file: Path) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Mend a layer; repairing knows no files, so the layer's is named here if it fails."""
    from pipeline import repair

    try:
        return repair.repair(layer)
    except GeometryError as problem:
        places = [replace(place, file=file) for place in problem.places]
        raise GeometryError(problem.key, places, problem.facts) from problem


def _values(
    order: Order, rules: Method, accepted: frozenset[tuple[str, str]], heirs: Heirs
) -> tuple[pd.DataFrame, Inherited]:
    """Read the values of the edition's villages, or compute them from their raw counts."""
    from pipeline import indicators
    from pipeline.sources import raw, tables

    data = order.edition.settings.data
    file = order.edition.path(data.table)
    if data.raw is None:
        return heirs.of_values(tables.read_indicators(file, rules, accepted, data.sheet), None)
    counts, inherited = heirs.of_values(raw.read(file, rules, data.sheet), rules)
    return indicators.of_villages(counts, rules, accepted, file), inherited
