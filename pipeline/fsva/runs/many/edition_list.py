"""Which editions a run is about: folders, patterns, and lists of both in a text file.

Owns the way from the words of the command line to folders; whether an edition can be used is seen
when it is made.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from fsva.core import toml
from fsva.core.errors import Place, SourceError, UsageError
from fsva.core.resources import resolved

_MARKS = frozenset("*?[")
SETTINGS = "edition.toml"


def folders(words: Iterable[str], mark: str = SETTINGS) -> list[Path]:
    """Return the folders of the editions, each once, in the order in which they are named.

    Parameters
    ----------
    words : iterable of str
        A folder; a pattern (``editions/*-2024``), of which folders with the mark count; or a text
        file with one folder or pattern on each line, from the folder of the file.
    mark : str
        The file that makes a folder one of those that are meant.

    Raises
    ------
    UsageError
        A pattern fits no such folder, or a list names none.
    SourceError
        A list cannot be read, or a folder that a pattern looks into.
    """
    found = [folder for word in words for folder in _named(word, Path(), mark)]
    return list({resolved(folder): folder for folder in found}.values())


def _named(word: str, base: Path, mark: str, within: tuple[Path, ...] = ()) -> Iterator[Path]:
    place = base / word
    if _MARKS & set(word) and not place.is_dir():
        yield from _fitting(place, mark)
    elif place.is_file() and place.name != mark:
        yield from _listed(place, mark, within)
    else:
        yield place.parent if place.name == mark else place


def _fitting(pattern: Path, mark: str) -> list[Path]:
    for part in (*reversed(pattern.parents), pattern):
        if _MARKS & set(part.name):
            _look_into(part.parent)
    names = glob.glob(str(pattern), recursive=True)  # noqa: PTH207 - that of Path takes no root
    found = sorted(map(Path, names))
    editions = [folder for folder in found if (folder / mark).is_file()]
    if not editions:
        raise UsageError("massal_pola", [Place(found=str(pattern))], {"pola": str(pattern)})
    return editions


def _look_into(pattern: Path) -> None:
    """Look into each folder that fits; a search by patterns passes over those it may not see."""
    for name in glob.glob(str(pattern), recursive=True):  # noqa: PTH207 - as above
        try:
            os.scandir(name).close()
        except NotADirectoryError:
            pass
        except OSError as problem:
            places = [Place(Path(name), found=problem.strerror)]
            raise SourceError("folder_tak_terbaca", places) from problem


def _listed(file: Path, mark: str, within: tuple[Path, ...]) -> Iterator[Path]:
    """Yield what a list names, which stands in other lists; one that names itself is refused."""
    if resolved(file) in within:
        raise UsageError("massal_lingkaran", [Place(file)])
    text = toml.read_text(file)
    if "\0" in text:  # UTF-16, or no text at all
        raise SourceError("bukan_utf8", [Place(file)])
    lines = [line.strip() for line in text.splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    if not named:
        raise UsageError("massal_daftar", [Place(file)])
    for line in named:
        yield from _named(line, file.parent, mark, (*within, resolved(file)))
