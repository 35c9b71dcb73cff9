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
from fsva.core.publishing.result_store import ResultStore, place_beside
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
        from fsva.runs.kept import value_codec

        if (data := self.store.get(key)) is not None:
            try:
                found: T = value_codec.decode(data, kind, crs)
            except value_codec.DamagedError:
                pass  # of another making: worked out again, and written over
            else:
                return found
        made = make()
        self.store.put(key, value_codec.encode(made, kind))
        return made

    def finished(self, texts: Texts, progress: Progress) -> None:
        """Bring the store within its bounds, and say if nothing could be kept."""
        from fsva.runs.kept import kept_streams

        self.former.save()
        kept_streams.save(self.store, self.former.key("isi-pdf", self.styles), self.streams)
        self.store.tidy()
        if problem := self.store.trouble:
            reason = problem.strerror or type(problem).__name__
            progress(texts("cli.simpanan_tak_tertulis", folder=self.store.folder, sebab=reason))


def of_atlas(order: Order) -> Kept | None:
    """Return what an atlas has kept beside the outputs of a command that keeps nothing itself."""
    if order.outputs is None or not place_beside(order.outputs).is_dir():
        return None
    try:
        return beside(order.outputs, order, keeps=False)
    except SourceError:  # of an input that has no hash: the command itself reports it
        return None


def beside(outputs: Path, order: Order, *, keeps: bool = True) -> Kept:
    """Return what was kept beside an output folder.

    Parameters
    ----------
    outputs : Path
        Where the files of the run will stand.
    order : Order
        The run.
    keeps : bool
        Whether the run keeps results of its own, as an atlas does.
    """
    seen = order.fingerprints
    styles = {n: h for n, h in seen.items() if "styles/teks/" in n or n.endswith(".ttf")}
    program = manifest.program(order.libraries)
    store = ResultStore(place_beside(outputs), program, keeps=keeps)
    digest = manifest.hash_bytes(json.dumps(styles, sort_keys=True).encode("utf-8"))
    return Kept(store, digest.encode("ascii"), FormerFiles(store, outputs))
