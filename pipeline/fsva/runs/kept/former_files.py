"""Files of the earlier run that a new one would write again, byte for byte.

Owns the list of them: which file was made from what, and the hash that it had. A file is taken over
only if the manifest of the output folder and the file itself have that hash.
"""

from __future__ import annotations

import json
import os
from functools import cached_property
from pathlib import Path

from fsva.core import bounds
from fsva.core.errors import SourceError
from fsva.core.publishing import manifest
from fsva.core.publishing.result_store import ResultStore


class FormerFiles:
    """The files of an output folder.

    Parameters
    ----------
    store : ResultStore
        Holds the list.
    folder : Path
        The output folder as it stands before the run.
    """

    def __init__(self, store: ResultStore, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._made: dict[str, tuple[str, str]] = {}

    def taken(self, name: str, made_from: bytes) -> bytes | None:
        """Return a file that was made from the same, as it stands; None if there is none.

        Parameters
        ----------
        name : str
            Of the file.
        made_from : bytes
            Digest of all that its content depends on.
        """
        source, content_hash = self._listed.get(name, ("", ""))
        if source != made_from.hex() or self._published.get(name) != content_hash:
            return None
        try:
            content = bounds.content(self._folder / name, bounds.load().store.most_bytes)
        except SourceError:
            return None
        if manifest.hash_bytes(content) != content_hash:
            return None
        self._made[name] = (source, content_hash)
        return content

    def made(self, name: str, made_from: bytes, content: bytes) -> None:
        """Remember what a file was made from."""
        self._made[name] = (made_from.hex(), manifest.hash_bytes(content))

    def save(self) -> None:
        """Keep the list for the next run."""
        self._store.put(self._key, json.dumps(self._made).encode("ascii"))

    def key(self, kind: str, *inputs: bytes) -> str:
        """Return the key of what is kept of this output folder, wherever it lies.

        Parameters
        ----------
        kind, *inputs
            As for the store.
        """
        place = os.path.relpath(self._folder.absolute(), self._store.folder.parent)
        return self._store.key(kind, os.fsencode(place), *inputs)

    @cached_property
    def _key(self) -> str:
        return self.key("berkas")

    @cached_property
    def _published(self) -> dict[str, str]:
        """The hashes in the manifest of the folder."""
        return manifest.outputs(self._folder)

    @cached_property
    def _listed(self) -> dict[str, tuple[str, str]]:
        """What each file was made from, and its hash; none if the list is damaged."""
        try:
            listed = json.loads(self._store.get(self._key) or b"{}")
            return {
                str(name): (str(source), str(found)) for name, (source, found) in listed.items()
            }
        except (ValueError, TypeError, AttributeError, RecursionError):
            return {}
