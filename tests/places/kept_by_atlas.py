"""What the small synthetic atlas keeps for later runs.

Owns how it is made, and how each kind of it is read back.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from fsva.core.publishing.result_store import FOLDER, ResultStore
from fsva.drawing.framing.known_frames import KnownFrames
from fsva.drawing.names.arrangement import Arrangement
from fsva.runs import production
from fsva.runs.kept import kept_results, kept_streams, value_codec
from fsva.runs.kept.former_files import FormerFiles
from fsva.villages.mended.mending_columns import MendingColumns, Polygons
from tests.places import contoh, small

KINDS = {
    "bingkai": KnownFrames,
    "lapisan": Polygons,
    "perbaikan": MendingColumns,
    "nama": Arrangement,
}
PROGRAM = {"fsva-atlas": "1"}


class Held(ResultStore):
    """A store in which the same bytes stand under every key."""

    def __init__(self, content: bytes) -> None:
        super().__init__(Path("tidak-ada"), PROGRAM, keeps=False)
        self.content = content

    def get(self, key: str) -> bytes | None:
        """Return them."""
        return self.content


@cache
def contents() -> dict[str, bytes]:
    """Return what is kept, by its kind."""
    with TemporaryDirectory() as name:
        order = contoh.order(contoh.build(Path(name) / "editions" / "contoh"))
        kept = kept_results.beside(Path(name) / "outputs" / "2021", order)
        production.produce(order, lambda words: None, kept)
        files = sorted((Path(name) / "outputs" / FOLDER).iterdir())
        held = {file.stem: kept.store.get(file.stem) for file in files}
    return {key.rpartition("-")[0]: content for key, content in held.items() if content}


@cache
def files() -> dict[str, dict[str, bytes]]:
    """Return each of them as the file of a store of its own, by its kind."""
    made = {}
    for kind, content in contents().items():
        with TemporaryDirectory() as name:
            store = ResultStore(Path(name), PROGRAM)
            store.put(store.key(kind), content)
            made[kind] = {file.name: file.read_bytes() for file in Path(name).iterdir()}
    return made


def read_file(file: Path) -> object:
    """Return what the store says of a file; what was kept, or nothing at all.

    Raises
    ------
    AssertionError
        It says something else.
    """
    kind = file.stem.rpartition("-")[0]
    store = ResultStore(file.parent, PROGRAM)
    found = store.get(store.key(kind))
    assert found in (None, contents()[kind]), kind
    return found is None


def read_content(kind: str, content: bytes) -> object:
    """Read what stands in a result, as if the store believed it."""
    store = Held(content)
    if kind == "berkas":
        return FormerFiles(store, Path("tidak-ada")).taken("atlas.pdf", b"")
    if kind == "isi-pdf":
        return kept_streams.load(store, "isi-pdf")
    try:
        with np.errstate(invalid="ignore"):  # coordinates that are no numbers
            return value_codec.decode(content, KINDS[kind], small.layer().crs)
    except value_codec.DamagedError:
        return None
