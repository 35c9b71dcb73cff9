"""Numbers and places on the Earth that a message says: values until a language writes them.

Owns the values and the digits that are said of them; the words stand in
``styles/teks/<language>/galat.toml`` under ``umum``.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsva.core.texts import Texts


class MessageValue:
    """A value that each language writes in its own marks and words."""

    @abstractmethod
    def words(self, texts: Texts) -> str:
        """Return the value as a reader of the language sees it."""


@dataclass(frozen=True)
class Quantity(MessageValue):
    """A number with the digits that are shown, and its unit."""

    value: float
    digits: int
    unit: str = ""

    def words(self, texts: Texts) -> str:
        """Return number and unit."""
        return f"{texts.decimal(self.value, self.digits)} {self.unit}".rstrip()


@dataclass(frozen=True)
class Spot(MessageValue):
    """A point, in degrees; south is negative."""

    latitude: float
    longitude: float

    def words(self, texts: Texts) -> str:
        """Return latitude and longitude, to about ten metres."""
        said = {"lintang": self.latitude, "bujur": self.longitude}
        written = {name: texts.decimal(degrees, 4) for name, degrees in said.items()}
        return texts("galat.umum.titik", **written)


@dataclass(frozen=True)
class Extent(MessageValue):
    """A rectangle of meridians and parallels, in degrees."""

    west: float
    south: float
    east: float
    north: float
    digits: int = 3

    def words(self, texts: Texts) -> str:
        """Return the four edges by name."""
        said = {"barat": self.west, "selatan": self.south, "timur": self.east, "utara": self.north}
        written = {name: texts.decimal(edge, self.digits) for name, edge in said.items()}
        return texts("galat.umum.kotak", **written)


@dataclass(frozen=True)
class Remarked(MessageValue):
    """A value with a remark of its own: what differs from place to place of one error.

    Parameters
    ----------
    value : str or MessageValue
        What stands there.
    key : str
        The remark among the words, with ``{terbaca}`` for the value.
    facts : tuple of (str, str or MessageValue)
        Values for its other placeholders.
    """

    value: str | MessageValue
    key: str
    facts: tuple[tuple[str, str | MessageValue], ...]

    def words(self, texts: Texts) -> str:
        """Return the value with its remark."""
        said = {"terbaca": self.value, **dict(self.facts)}
        told = {k: v.words(texts) if isinstance(v, MessageValue) else v for k, v in said.items()}
        return texts(self.key, **told)
