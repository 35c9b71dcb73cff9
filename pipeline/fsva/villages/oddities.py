"""What is odd about places and shapes of a village layer.

Owns the value; who finds it is ``fsva.villages.placement``, ``names_apart`` and ``holes``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely import Geometry

from fsva.config.editions.layer_acceptances import LayerAcceptance, Oddness
from fsva.core.message_values import MessageValue
from fsva.core.remedies import edition_entries
from fsva.core.remedies.edition_entries import EditionEntry

# Told as a warning: nothing stops at them.
NOTES = frozenset({"letak_sebagian", "kode_bps_kemendagri"})


@dataclass(frozen=True)
class Oddity:
    """One thing that is odd about a layer.

    Parameters
    ----------
    kind : Oddness
        By which it can be accepted.
    key : str
        Its words: a section of ``galat.toml`` and of ``lapisan.toml``.
    codes, name : tuple of str, str
        Kemendagri codes of the villages that it is about, none for the whole layer; their name.
    row : int or None
        Row of the layer, counted from 1.
    found : str or MessageValue
        What stands there.
    facts : mapping of str to str or MessageValue
        Values for the placeholders in its words.
    accepted : LayerAcceptance or None
        What lets it stand.
    outline : Geometry or None
        Of a hole, in the coordinate system of its layer.
    in_layer : str
        Name of the first village in the layer; empty where it is ``name``.
    """

    kind: Oddness
    key: str
    codes: tuple[str, ...] = ()
    name: str = ""
    row: int | None = None
    found: str | MessageValue = ""
    facts: Mapping[str, str | MessageValue] = field(default_factory=dict)
    accepted: LayerAcceptance | None = None
    outline: Geometry | None = None
    in_layer: str = ""

    @property
    def is_note(self) -> bool:
        """Whether it is only reported, and nothing stops at it."""
        return self.accepted is None and self.key in NOTES

    @property
    def decision(self) -> EditionEntry:
        """What the office writes to accept it."""
        village = (self.codes[0], self.in_layer or self.name) if self.codes else None
        return edition_entries.of_layer(self.kind, village)
