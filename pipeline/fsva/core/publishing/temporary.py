"""Temporary folders that no killed run leaves behind.

Owns their place and their end: each is held by a lock, and who makes one first removes those of
runs that are no more.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TOKEN_BYTES = 8
_LOCK = ".kunci"
_held: dict[Path, Path] = {}  # folders of this process, with the notes that tell of them


@contextmanager
def folder(prefix: str) -> Iterator[Path]:
    """Give a private folder that is removed afterwards, by the next run if this one is killed.

    Parameters
    ----------
    prefix : str
        Begin of its name; folders with the same begin whose lock is free are removed.

    Yields
    ------
    Path
        Empty; only this user may look into it.
    """
    from filelock import FileLock

    home = Path(tempfile.gettempdir())
    _sweep(home, prefix)
    place = home / f"{prefix}{secrets.token_hex(_TOKEN_BYTES)}"
    lock = FileLock(place.with_name(place.name + _LOCK), fallback_to_soft=False)
    with lock:
        place.mkdir(mode=0o700)
        _held[place] = Path(lock.lock_file)
        try:
            yield place
        finally:
            _remove(place, _held.pop(place))


def abandon() -> None:
    """Remove all such folders of this process, which ends at once and in no order."""
    for place, note in list(_held.items()):
        _remove(place, note)


def write(content: bytes, file: Path) -> None:
    """Write a file into such a folder; nobody else knows of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of such a folder by their names."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def _sweep(home: Path, prefix: str) -> None:
    """Remove folders whose run is no more; those of other users cannot be opened and stay.

    A folder without a note counts as one: Windows removes the note of a run that could not
    remove its folder.
    """
    from filelock import FileLock, Timeout

    found = home.glob(f"{prefix}*")
    for place in sorted({file.with_name(file.name.removesuffix(_LOCK)) for file in found}):
        note = place.with_name(place.name + _LOCK)
        with suppress(Timeout, OSError), FileLock(note, timeout=0, fallback_to_soft=False):
            _remove(place, note)


def _remove(place: Path, note: Path) -> None:
    """Remove a folder, and the note that tells of it once nothing is left for the next run."""
    shutil.rmtree(place, ignore_errors=True)
    if not place.exists():
        _forget(note)


def _forget(note: Path) -> None:
    """Remove a lock file that is held; Windows does so when it is let go."""
    with suppress(PermissionError):
        note.unlink(missing_ok=True)
