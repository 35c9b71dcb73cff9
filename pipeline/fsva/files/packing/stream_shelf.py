"""Packed streams of a PDF by what they draw, for a writer that would make them again.

Owns the record of which were used. It knows nothing of layers: whoever asks gives the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Tags = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PackedStream:
    """A stream as it stands in a file.

    Parameters
    ----------
    tags : tuple of tuple of str
        Tag of each of its marked parts.
    size : int
        Bytes before it was packed.
    data : bytes
        Packed.
    """

    tags: Tags
    size: int
    data: bytes


class StreamShelf:
    """The streams that are known, and those that were used.

    Parameters
    ----------
    known : mapping of str to PackedStream
        By their keys.
    """

    def __init__(self, known: Mapping[str, PackedStream]) -> None:
        self._known = known
        self.used: dict[str, PackedStream] = {}

    def get(self, key: str) -> PackedStream | None:
        """Return a stream that is known."""
        found = self.used.get(key) or self._known.get(key)
        if found:
            self.used[key] = found
        return found

    def put(self, key: str, stream: PackedStream) -> None:
        """Remember a stream that was made."""
        self.used[key] = stream
