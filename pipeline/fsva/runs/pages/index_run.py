"""From a folder of outputs to its index page: which editions lie in it, and what they say.

Owns the search for output folders. The page is made by ``fsva.files.pages.index_page``.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from fsva.config.styles import gazetteer
from fsva.core import resources
from fsva.core.errors import FsvaError, Place, SourceError
from fsva.core.publishing import manifest
from fsva.core.texts import Texts
from fsva.files.pages import index_page
from fsva.files.pages.index_page import ListedEdition, Unread
from fsva.index import joined_table
from fsva.runs.run_order import LAND
from fsva.sources.ground import surroundings
from fsva.sources.outputs import atlas_outputs
from fsva.sources.tables import output_folders

DEPTH = 4  # folders below the one that is asked for: district, year, language and one to spare
# Files that the page leads to, the best first.
_TARGETS = ("atlas.html", "atlas.pdf")


def write(
    folder: Path, texts: Texts
) -> tuple[bytes, tuple[ListedEdition, ...], tuple[Unread, ...]]:
    """Return the page, the editions that it lists, and what could not be read.

    Parameters
    ----------
    folder : Path
        Holds output folders of ``fsva atlas``, at most ``DEPTH`` folders below it.

    Raises
    ------
    SourceError
        If the folder does not exist or holds no output folder.
    """
    if not folder.is_dir():
        raise SourceError("berkas_hilang", [Place(folder)])
    listed: list[ListedEdition] = []
    unread: list[Unread] = []

    def refused(problem: OSError) -> None:
        """Remember a folder that does not let itself be looked into."""
        place = Path(problem.filename)
        why = SourceError("folder_tak_terbaca", [Place(place, found=problem.strerror)])
        unread.append(Unread(_below(place, folder), why))

    for place in _output_folders(folder, refused):
        try:
            listed.append(_edition(place, folder))
        except FsvaError as problem:
            unread.append(Unread(_below(place, folder), problem))
    if not listed and not unread:
        raise SourceError("beranda_kosong", [Place(folder)])
    listed.sort(key=lambda one: (one.code, one.year, one.language, one.place))
    land = surroundings.read_land(resources.packaged("boundaries") / LAND.removeprefix("batas:"))
    points = {point.code: point for point in gazetteer.load().districts}
    page = index_page.write(listed, unread, points, list(land.geometry), texts)
    return page, tuple(listed), tuple(unread)


def _output_folders(folder: Path, refused: Callable[[OSError], None]) -> Iterator[Path]:
    """Yield the folders with a manifest and a table of classes, in the order of their names."""
    depth = len(folder.parts)
    for place, folders, files in os.walk(folder, onerror=refused):
        at = Path(place)
        folders.sort()
        if len(at.parts) - depth >= DEPTH:
            folders.clear()
        if {manifest.FILE_NAME, output_folders.CLASSES} <= set(files):
            yield at


def _edition(place: Path, folder: Path) -> ListedEdition:
    facts = manifest.needed(place)
    rules = atlas_outputs.method_of(place, facts)
    table, _ = output_folders.read_classes(place / output_folders.CLASSES, rules)
    classes = joined_table.of_table(table).classes[rules.composite.id].tolist()
    counts = Counter(classes)
    return ListedEdition(
        code=str(facts.get("kode", "")),
        district=str(facts.get("daerah", place.name)),
        year=str(facts.get("tahun", "")),
        language=str(facts.get("bahasa", "")),
        place=_below(place, folder),
        target=next((name for name in _TARGETS if (place / name).is_file()), ""),
        counts=tuple(counts[c.number] for c in rules.classes),
        colours=tuple(c.colour for c in rules.classes),
        names=tuple((c.name.id, c.name.en) for c in rules.classes),
        vulnerable=rules.last_vulnerable,
        without=counts[0],
        is_draft=bool(facts.get("draf")),
    )


def _below(place: Path, folder: Path) -> str:
    return place.relative_to(folder).as_posix()
