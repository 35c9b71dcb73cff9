"""All steps from the inputs of an edition to its one joined table.

Owns the order of these steps. It reads through ``fsva.sources`` and writes nothing. It imports
heavy libraries when a run starts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from fsva.config.editions import edition as editions
from fsva.core.columns import UNIT
from fsva.core.errors import GeometryError
from fsva.core.screens import steps
from fsva.runs.kept.mended_layer import Mender

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.config.methods.method import Method
    from fsva.index.joined_table import JoinedTable
    from fsva.runs.kept.kept_results import Kept
    from fsva.runs.run_order import Order
    from fsva.runs.succession_run import Heirs
    from fsva.runs.value_run import ReadTable, TableReader
    from fsva.sources.layers.edition_layer import EditionLayer
    from fsva.sources.layers.layer_request import LayerRows
    from fsva.sources.plain.shape_table import ShapeTable
    from fsva.sources.tables.read_tables import Table
    from fsva.villages.join import Joined
    from fsva.villages.oddities import Oddity
    from fsva.villages.sourced_columns import Supplied

    _Begun = tuple[Future[ShapeTable], Future[Table], Table, list[Oddity], Mapping[str, str]]


MENDER = Mender()  # which keeps nothing
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class EditionInputs:
    """The tables of an edition as they were read, each once.

    Parameters
    ----------
    values : ReadTable
        The table of values or raw counts.
    crosswalk : Table
        Which codes are the same village, indexed by BPS code.
    published : Table or None
        What a report has published, indexed by BPS code, before any succession.
    """

    values: ReadTable
    crosswalk: Table
    published: Table | None


@dataclass(frozen=True, eq=False)
class Tabulated:
    """The one joined table of an edition, with its method and inputs.

    Parameters
    ----------
    table : JoinedTable
        From ``fsva.index.joined_table.tabulate``.
    rules : Method
        The method with its baseline.
    joined : Joined
        Values and polygons of the villages, and the ledgers of join and mending.
    inputs : EditionInputs
        The tables as they were read.
    """

    table: JoinedTable
    rules: Method
    joined: Joined
    inputs: EditionInputs


@dataclass(frozen=True, eq=False)
class Tabulation:
    """A run with its table, while another thread still computes the ledger of the repair.

    Parameters
    ----------
    tabulated : Tabulated
        Complete for maps; ``joined.repairs`` is empty.
    ledger : Future of Table
        What mending did to the polygons.
    """

    tabulated: Tabulated
    ledger: Future[Table]

    def finished(self) -> Tabulated:
        """Return the table with the ledger of mending.

        Raises
        ------
        GeometryError
            If mending has changed a village too much.
        """
        return replace(self.tabulated, joined=_with_ledger(self.tabulated.joined, self.ledger))


def tabulate(edition: Edition, layer: EditionLayer) -> Tabulated:
    """Read the inputs of an edition and make its joined table; nothing is drawn.

    Parameters
    ----------
    layer : EditionLayer
        Its village layer, or another that this run takes instead.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    return begin(edition, layer).finished()


def of_order(order: Order) -> Tabulated:
    """Make the joined table of a command's edition, with the layer as an atlas has mended it.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    mender = mender_of(order)
    made = begin(order.edition, order.village_layer, mender=mender).finished()
    return mender.done(made)


def mender_of(order: Order) -> Mender:
    """Return what mends the layer of a command that is no atlas."""
    from fsva.runs.kept import kept_results

    return Mender(partial(kept_results.of_command, order))


def begin(
    edition: Edition,
    layer: EditionLayer,
    meanwhile: Callable[[], None] | None = None,
    mender: Mender = MENDER,
) -> Tabulation:
    """Make the joined table of an edition; the ledger of mending may follow.

    Parameters
    ----------
    layer : EditionLayer
        Its village layer.
    meanwhile : callable or None
        Called while another thread mends the layer. Without it, the join waits for the ledger.
    mender : Mender
        Mends the layer.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from fsva.config.methods import method
    from fsva.config.styles import palette, theme
    from fsva.index import joined_table
    from fsva.sources.tables import edition_tables
    from fsva.villages import inherited_values

    settings = edition.settings
    official = method.load(edition.method_file, edition.baseline_file)
    rules = palette.painted(official, theme.load(edition.theme_file), edition.theme_file)
    ground = Ground(edition, layer, mender)
    read, joined, ledger = _read_and_join(ground, rules, meanwhile)
    published = edition_tables.published(edition, rules)
    inputs = EditionInputs(read, ground.crosswalk, published)
    if published is not None:
        published = inherited_values.forget(published, joined.inherited.events)
    table = joined_table.tabulate(joined.villages, published, settings.overrides, rules)
    return Tabulation(Tabulated(table, rules, joined, inputs), ledger)


def join_values(edition: Edition, layer: EditionLayer, rules: Method) -> Joined:
    """Read table, crosswalk and layer, mend the layer, and join the three.

    Parameters
    ----------
    layer : EditionLayer
        The village layer.
    rules : Method
        Its cut-offs and bounds may be open: the join uses only names, digits and ranges.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    _, joined, ledger = _read_and_join(Ground(edition, layer), rules, None)
    return _with_ledger(joined, ledger)


def join_read(ground: Ground, reader: TableReader, read: ReadTable) -> Joined:
    """Join a table that was read with crosswalk and layer.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    return _with_ledger(*_joined(ground, reader, read, None))


def _read_and_join(
    ground: Ground, rules: Method, meanwhile: Callable[[], None] | None
) -> tuple[ReadTable, Joined, Future[Table]]:
    from fsva.config.editions import other_districts
    from fsva.runs import value_run

    edition = ground.edition
    other_districts.check(edition)
    accepted = frozenset(
        (acceptance.code, acceptance.indicator) for acceptance in edition.settings.acceptances
    )
    reader = value_run.TableReader(edition, rules, ground.supplied(rules), accepted)
    read = reader.read(value_run.open_table(edition))
    return read, *_joined(ground, reader, read, meanwhile)


def _joined(
    ground: Ground, reader: TableReader, read: ReadTable, meanwhile: Callable[[], None] | None
) -> tuple[Joined, Future[Table]]:
    from fsva.runs import placement_run
    from fsva.sources.tables import extra_columns
    from fsva.villages import areas_apart, join, names_shifted

    edition, data = ground.edition, ground.edition.settings.data
    table, inherited = reader.inherited(read, ground.heirs)
    named = {code: str(name) for code, name in table.by_code(UNIT).items()}
    editions.check(edition, named, reader.rules)
    if meanwhile:
        ground.begin()
        meanwhile()
    with steps.taking("lapisan", len(table)):
        drawn = ground.layer if meanwhile else ground.checked()
    names = join.JoinedFiles(
        edition.path(data.table), edition.path(data.crosswalk), ground.layer_name
    )
    file = ground.layer_name
    coded = names_shifted.with_others(drawn.villages, drawn.others)
    stated = extra_columns.with_areas(table, read.source, areas_apart.AREA)
    apart = placement_run.of_names(edition, stated, ground.crosswalk, coded, file)
    joined = join.join(table, ground.crosswalk, drawn.villages, names)
    inherited = inherited.also(drawn.redrawn)
    holes = placement_run.of_holes(edition, drawn.villages, ground.kept)
    joined = replace(
        joined,
        inherited=inherited,
        rows=drawn.rows,
        supplied=reader.supplied,
        oddities=(*drawn.oddities, *apart, *holes),
        layers=ground.rows.parts,
        unread=ground.rows.unread,
    )
    return joined, drawn.ledger


def _with_ledger(joined: Joined, ledger: Future[Table]) -> Joined:
    return replace(joined, repairs=ledger.result())


@dataclass(frozen=True, eq=False)
class _Drawn:
    """The mended layer of an edition, what was done to it, and its codes of the other system."""

    villages: ShapeTable
    ledger: Future[Table]
    redrawn: Table
    rows: Table
    oddities: Sequence[Oddity]
    others: Mapping[str, str]


class Ground:
    """Crosswalk, succession and layer of an edition; the layer is read when first asked for.

    Parameters
    ----------
    edition : Edition
        Names the tables.
    layer : EditionLayer
        The village layer.
    mender : Mender
        Mends the layer.
    """

    def __init__(self, edition: Edition, layer: EditionLayer, mender: Mender = MENDER) -> None:
        from fsva.runs import succession_run
        from fsva.sources.tables import edition_tables

        self._read, self.edition, self.layer_name = layer, edition, layer.name
        self._mender = mender
        file = self.edition.path(self.edition.settings.data.crosswalk)
        self.crosswalk = edition_tables.read_crosswalk(file)
        self.heirs: Heirs = succession_run.read(self.edition, self.crosswalk)

    def begin(self) -> None:
        """Read the layer now; another thread mends it."""
        _ = self._begun

    def checked(self) -> _Drawn:
        """Return the layer once the ledger shows that mending changes no village too much."""
        self.layer.ledger.result()
        return self.layer

    @cached_property
    def layer(self) -> _Drawn:
        """The mended layer; its ledger may still be at work."""
        mending, ledger, rows, oddities, others = self._begun
        layer, redrawn = self.heirs.of_layer(mending.result(), self.layer_name)
        return _Drawn(layer, ledger, redrawn, rows, oddities, others)

    @property
    def kept(self) -> Kept | None:
        """What earlier runs have kept, once the layer is read."""
        return self._mender.kept

    @property
    def rows(self) -> LayerRows:
        """The rows of the kabupaten in the layer."""
        return self._read.rows

    @cached_property
    def _begun(self) -> _Begun:
        from fsva.runs import placement_run
        from fsva.sources.layers import crs, projected_villages, village_layer

        read, file = self._read, self.layer_name
        ids = assigned_ids(self.edition, read.rows)
        layer, rows = village_layer.settled(read.rows, read.request, self.crosswalk, ids)
        kept = self._mender.kept
        oddities = placement_run.of_layer(self.edition, crs.in_degrees(layer, file), file, kept)
        placed = any(oddity.kind == "letak" for oddity in oddities)
        drawn = projected_villages.of_layer(layer, file, anywhere=placed)
        may = placement_run.changing(self.edition, layer)
        # GEOS works in a thread of its own and leaves this one free.
        worker = ThreadPoolExecutor(1)
        mending = worker.submit(_naming(file, self._mender.clean), drawn, may)
        account = _naming(file, self._mender.account)
        ledger = worker.submit(lambda: account(drawn, mending.result(), may))
        worker.shutdown(wait=False)
        return mending, ledger, rows, oddities, village_layer.other_codes(layer)

    def supplied(self, rules: Method) -> Supplied:
        """Read the columns that the table lacks; land cover is measured in the checked layer.

        Raises
        ------
        FsvaError
            If an input cannot be used.
        """
        from fsva.runs import sourced_columns_run
        from fsva.villages import sourced_columns as supplying

        data = self.edition.settings.data
        if not data.suppliers:
            return supplying.Supplied()
        layer = self.checked().villages if data.land_cover else None
        return sourced_columns_run.read(self.edition, rules, self.crosswalk, layer)


def assigned_ids(edition: Edition, rows: LayerRows) -> dict[str, str] | None:
    """Read which polygon of a layer without official codes is which village."""
    from fsva.sources.tables import crosswalks

    name = edition.settings.boundary.ids
    if rows.is_coded or name is None:
        return None
    return crosswalks.read_ids(edition.path(name))


def _naming(file: Path, step: Callable[P, R]) -> Callable[P, R]:
    """Return a step of mending that names the layer if it fails; mending knows no files."""

    def run(*positional: P.args, **named: P.kwargs) -> R:
        """Do the step."""
        try:
            return step(*positional, **named)
        except GeometryError as problem:
            places = [replace(place, file=file) for place in problem.places]
            raise replace(problem, places=places) from problem

    return run
