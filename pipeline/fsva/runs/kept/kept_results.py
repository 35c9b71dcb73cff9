"""What a run keeps and takes over, in one value.

Owns the key of what lies around the values of a village: layer, layout, names.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from fsva.core.columns import PARENT, UNIT
from fsva.core.errors import SourceError
from fsva.core.publishing import manifest
from fsva.core.publishing.result_store import FOLDER, ResultStore, place_beside
from fsva.core.texts import Texts
from fsva.runs.kept.former_files import FormerFiles
from fsva.runs.run_order import Order, Progress

if TYPE_CHECKING:
    from pyproj import CRS

    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.files.packing.stream_shelf import StreamShelf

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Kept:
    """The results of earlier runs, and the folder of the one before.

    Parameters
    ----------
    store : ResultStore
        Beside the output folder.
    styles : bytes
        Digest of all words and type faces of the program.
    former : FormerFiles
        The files of the output folder, which are taken over where they would not change.
    """

    store: ResultStore
    styles: bytes
    former: FormerFiles

    def of_places(self, studio: Studio) -> bytes:
        """Return the digest of all that decides where names stand.

        Parameters
        ----------
        studio : Studio
            Its settings, method, colours, base layers and draft do not count: no name stands
            elsewhere because of them.
        """
        villages, layout = studio.villages, studio.layout
        named = [villages[name].tolist() for name in (UNIT, PARENT)]
        sizes = (layout.model_dump(exclude={"theme"}), layout.theme.lines)
        around = (studio.surroundings, *sizes, studio.texts.language)
        drawn = (villages.codes, villages.crs, villages.geometry)
        return self.digest(*drawn, named, *around)

    def digest(self, *values: object) -> bytes:
        """Return the digest of values, and of the words and type faces that are used with them."""
        from fsva.runs.kept import value_digests

        return value_digests.of(self.styles, *values)

    @cached_property
    def streams(self) -> StreamShelf:
        """The streams of the files of the output folder."""
        from fsva.runs.kept import kept_streams

        return kept_streams.load(self.store, self.former.key("isi-pdf", self.styles))

    def value(self, key: str, kind: type[T], crs: CRS, make: Callable[[], T]) -> T:
        """Return a result that was kept, else work it out and keep it.

        Parameters
        ----------
        key : str
            Of the store.
        kind : type
            What it is, as fields declare it.
        crs : CRS
            Its projection.
        make : callable
            Works it out.
        """
        found = self.found(key, kind, crs)
        if found is None:
            found = make()
            self.keep(key, kind, found)
        return found

    def found(self, key: str, kind: type[T], crs: CRS) -> T | None:
        """Return a result that was kept; None if there is none, or one of another making.

        Parameters
        ----------
        key, kind, crs
            As for ``value``.
        """
        from fsva.runs.kept import value_codec

        if (data := self.store.get(key)) is None:
            return None
        try:
            return value_codec.decode(data, kind, crs)
        except value_codec.DamagedError:
            return None

    def keep(self, key: str, kind: type[T], result: T) -> None:
        """Keep a result, in place of one that was kept."""
        from fsva.runs.kept import value_codec

        self.store.put(key, value_codec.encode(result, kind))

    def finished(self, texts: Texts, progress: Progress) -> None:
        """Bring the store within its bounds, and say if nothing could be kept."""
        from fsva.runs.kept import kept_streams

        self.former.save()
        kept_streams.save(self.store, self.former.key("isi-pdf", self.styles), self.streams)
        self.store.tidy()
        if problem := self.store.trouble:
            reason = problem.strerror or type(problem).__name__
            progress(texts("cli.simpanan_tak_tertulis", folder=self.store.folder, sebab=reason))


def of_command(order: Order, held: dict[str, bytes] | None = None) -> Kept | None:
    """Return what earlier runs have kept beside the outputs of a command that is no atlas.

    A command that writes files keeps results for the next one; another one only takes them.

    Parameters
    ----------
    order : Order
        The run.
    held : dict of str to bytes, or None
        As for the store: what the sides of a comparison share.
    """
    if order.outputs is None:
        return None
    if held is None and not order.keeps and not place_beside(order.outputs).is_dir():
        return None
    try:
        return beside(order.outputs, order, keeps=order.keeps, held=held)
    except SourceError:  # of an input that has no hash: the command itself reports it
        return None


def beside(
    outputs: Path, order: Order, *, keeps: bool = True, held: dict[str, bytes] | None = None
) -> Kept:
    """Return what was kept beside an output folder.

    Parameters
    ----------
    outputs : Path
        Where the files of the run will stand.
    order : Order
        The run.
    keeps : bool
        Whether the run keeps results of its own.
    held : dict of str to bytes, or None
        As for the store.
    """
    seen = order.fingerprints
    styles = {n: h for n, h in seen.items() if "styles/teks/" in n or n.endswith(".ttf")}
    program = manifest.program(order.libraries)
    store = ResultStore(place_beside(outputs), program, keeps=keeps, held=held)
    store.adopt(outputs / FOLDER)
    digest = manifest.hash_bytes(json.dumps(styles, sort_keys=True).encode("utf-8"))
    return Kept(store, digest.encode("ascii"), FormerFiles(store, outputs))
