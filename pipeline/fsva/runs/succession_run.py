"""The succession table of an edition, applied to its table of values and its layer.

Owns the kind of code: events apply to BPS codes in tables and to Kemendagri codes in the layer. The
crosswalk converts events into the other kind where it knows all their codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.core import codes
from fsva.core.columns import KEMENDAGRI
from fsva.villages.succession import Event, needed, read_events, translated

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.config.methods.method import Method
    from fsva.sources.plain.shape_table import ShapeTable
    from fsva.sources.tables.read_tables import Table
    from fsva.villages.inherited_values import Inherited


@dataclass(frozen=True, eq=False)
class Heirs:
    """The events of an edition and the villages that they lead to.

    Parameters
    ----------
    events : tuple of Event
        By date; none if the edition has no succession table.
    crosswalk : Table
        The villages of the edition, indexed by BPS code.
    file : Path
        The succession table, named in errors.
    """

    events: tuple[Event, ...]
    crosswalk: Table
    file: Path

    def of_values(self, table: Table, method: Method | None) -> tuple[Table, Inherited]:
        """Bring a table of values to the villages of the edition.

        Parameters
        ----------
        table : Table
            Indexed by BPS code.
        method : Method or None
            Declares which raw columns are counts; None for a table of ratios.

        Raises
        ------
        JoinError
            The table follows an event in part, or a code is unknown.
        """
        from fsva.sources.tables import crosswalks
        from fsva.villages import inherited_values

        if not self.events:
            return table, inherited_values.Inherited()
        bps = self._in_kind(codes.is_bps, {v: k for k, v in self._kemendagri().items()})
        due = needed(bps, table.codes, self.crosswalk.codes, self.file)
        counts = inherited_values.additive_columns(method) if method else ()
        names = crosswalks.village_names(self.crosswalk)
        carried, ledger = inherited_values.carry(table, due, counts, names)
        return carried, inherited_values.Inherited(due, ledger)

    def of_layer(self, layer: ShapeTable, file: Path) -> tuple[ShapeTable, Table]:
        """Bring a mended layer to the villages of the edition; return it and its ledger.

        Parameters
        ----------
        layer : ShapeTable
            Indexed by Kemendagri code.
        file : Path
            The layer, named in errors.

        Raises
        ------
        JoinError
            The layer follows an event in part, or a code is unknown.
        LayerError
            The layer has a village that was split.
        """
        from fsva.villages import inherited_values

        known = self._in_kind(codes.is_kemendagri, self._kemendagri())
        events = [event for event in known if event.kind != "ganti nama"]  # no polygon changes
        target = self._kemendagri().values()
        due = needed(events, layer.codes, target, self.file) if events else ()
        names = dict(zip(target, self.crosswalk["nama_kemendagri"], strict=True))
        return inherited_values.redraw(layer, due, names, file)

    def _kemendagri(self) -> dict[str, str]:
        """Return the Kemendagri code of every BPS code of the edition."""
        return {bps: str(code) for bps, code in self.crosswalk.by_code(KEMENDAGRI).items()}

    def _in_kind(
        self, is_kind: Callable[[str], bool], other: Mapping[str, str]
    ) -> tuple[Event, ...]:
        """Return the events in one kind of code; an event given in both kinds counts once."""
        of_kind = [event for event in self.events if is_kind(event.links[0].old)]
        rest = [event for event in self.events if event not in of_kind]
        known = {(event.on, event.olds, event.news) for event in of_kind}
        more = [e for e in translated(rest, other) if (e.on, e.olds, e.news) not in known]
        return tuple(sorted([*of_kind, *more], key=lambda e: (e.on, e.links[0].old)))


def read(edition: Edition, crosswalk: Table) -> Heirs:
    """Read the succession table of an edition, if it names one.

    Parameters
    ----------
    edition : Edition
        ``[data] pemekaran`` in edition.toml.
    crosswalk : Table
        From ``fsva.sources.tables.edition_tables.read_crosswalk``.

    Raises
    ------
    SourceError, TableError, CodeError, JoinError
        The table cannot be used.
    """
    from fsva.sources.tables import successions

    name = edition.settings.data.succession
    if name is None:
        return Heirs((), crosswalk, edition.file)
    file = edition.path(name)
    return Heirs(read_events(successions.read(file), file), crosswalk, file)
