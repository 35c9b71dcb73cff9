"""Where the tables of an edition may lie: in its folder, or in the project around it.

Owns that refusal. An edition that came from somewhere else could otherwise name any file of the
computer as its table, and messages show headings and cells of tables. Registers may lie anywhere:
they hold persons and belong outside a folder that is passed on, and no message shows their content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from fsva.config.editions.sections import Settings
from fsva.core import resources, toml
from fsva.core.errors import EditionError, Place

Key = tuple[str | int, ...]


def check(file: Path, settings: Settings, path: Callable[[str], Path]) -> None:
    """Stop at a table that lies neither in the edition's folder nor in its project.

    Parameters
    ----------
    file : Path
        The edition.toml.
    path : callable
        Returns where a file that edition.toml names lies.

    Raises
    ------
    EditionError
        Links are followed first; nothing of the table has been read.
    """
    home = resources.project_of(file.parent)
    # A crosswalk may be the one that the program brings along.
    homes = (home, resources.packaged("boundaries"))
    outside = [
        (key, name)
        for key, name in _tables(settings)
        if name
        and not any(resources.resolved(path(name)).is_relative_to(folder) for folder in homes)
    ]
    if outside:
        text = toml.read_text(file)
        places = [
            Place(file, toml.line_of(text, key), _called(key), found=name) for key, name in outside
        ]
        raise EditionError("tabel_di_luar", places, {"folder": str(home)})


def _called(key: Key) -> str:
    """Return a key as messages name it; entries of a list are counted from one."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in key)


def _tables(settings: Settings) -> Iterator[tuple[Key, str | None]]:
    """Yield every key that names a table, and what it names."""
    data = settings.data
    yield ("data", "indikator"), data.indicators
    yield ("data", "mentah"), data.raw
    yield ("data", "asal"), data.origins
    yield ("data", "terbit"), data.published
    yield ("data", "penyelarasan"), data.crosswalk
    yield ("data", "pemekaran"), data.succession
    yield ("data", "miskin_ekstrem"), data.extreme_poverty
    yield ("data", "cakupan"), data.coverage
    yield ("batas", "padanan"), settings.boundary.ids
    for key, name in settings.printed.files():
        yield ("cetakan", key), name
    for number, table in enumerate(settings.supporting):
        yield ("pendukung", number, "berkas"), table.file
