"""Writing the outputs: all of them at once, or none.

Owns the exchange of the output folder, and of a single file. The new files are written beside
it and exchanged with it in one step; a run that fails or is killed leaves the earlier files as
they were. All of it happens while the place is held (``fsva.core.publishing.locks``): whatever then
lies beside it with a name of ours was left by a run that was killed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import secrets
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from fsva.core.errors import BusyError, Place, PublishError
from fsva.core.publishing import locks
from fsva.core.resources import resolved

_NEW, _OLD = ".baru", ".lama"
_TOKEN_BYTES = 4
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2

Names = Collection[str] | Callable[[], Collection[str]]


def publish(
    files: Mapping[str, bytes], folder: Path, former: Names, *, fresh: bool = False
) -> list[Path]:
    """Write the files of a run into a folder, replacing those of the run before.

    Parameters
    ----------
    files : mapping of str to bytes
        File name to content.
    folder : Path
        Output folder; made if it is missing.
    former : collection of str, or callable
        Names of the files of the run before. Other files in the folder are kept: they are the
        user's. A callable is asked when nobody else can change the folder any more.
    fresh : bool
        Whether a folder that stands there already is refused.

    Returns
    -------
    list of Path
        Folders of earlier runs that cannot be removed. They do no harm.

    Raises
    ------
    PublishError
        If the folder cannot be written or exchanged; the earlier files stand.
    BusyError
        If another run writes there and does not end.
    """
    with _refusing(folder, is_folder=True):
        place = _resolved(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        with locks.held(place, _patience()):
            if fresh and place.exists():
                raise PublishError("edisi_ada", [Place(folder)])
            _recover(place)
            names = former() if callable(former) else former
            _replace(files, place, names)
            return _swept(place)


def write(content: bytes, file: Path, *, over: bytes | Literal[True] | None = True) -> None:
    """Write one file, whole or not at all; a file of that name is replaced.

    Parameters
    ----------
    file : Path
        Its folder is made if it is missing; the other files there are left alone.
    over : bytes, None or True
        What must stand there for it to be replaced, None for nothing: who made the content from
        what was there does not undo what another has written meanwhile. True is whatever it is.

    Raises
    ------
    PublishError
        If it cannot be written; an earlier file stands.
    BusyError
        If another run writes it and does not end.
    """
    with _refusing(file):
        place = _followed(file)
        place.parent.mkdir(parents=True, exist_ok=True)
        with locks.held(place, _patience()):
            _swept(place)
            if over is not True and over != standing(place):
                raise PublishError("berkas_berubah", [Place(file)])
            new = _beside(place, _NEW)
            try:
                _write(content, new)
                new.replace(place)
            except BaseException:
                new.unlink(missing_ok=True)
                raise


def tidy(folder: Path) -> None:
    """Remove what killed runs have left beside a folder in which nothing is to be written.

    Who may not write there, or finds another run at work, leaves it to the next run.
    """
    with suppress(OSError, BusyError):
        place = _resolved(folder)
        noted = [one.with_name(f".{one.name}{locks.ENDING}") for one in (place, place.parent)
                 if one.name]  # fmt: skip
        if any(lock.exists() for lock in noted) or _left(place, _OLD) or _left(place, _NEW):
            with locks.held(place, 0.0):
                _swept(place)


def standing(file: Path) -> bytes | None:
    """Return what stands in a file before it is worked on, None if there is none.

    Raises
    ------
    PublishError
        If it cannot be read.
    SourceError
        If it is a folder, a pipe or a device, or larger than any file that is worked on.
    """
    from fsva.core import bounds

    with _refusing(file):
        if not file.exists():
            return None
        return bounds.content(file, bounds.load().workbook.most_bytes)


def remove(file: Path) -> None:
    """Remove a file that has done its service; nothing happens if there is none.

    Raises
    ------
    PublishError
        If it is there and cannot be removed.
    """
    with _refusing(file):
        file.unlink(missing_ok=True)


def _patience() -> float:
    """Return how long to wait for another run, seconds; putting an atlas in place takes one."""
    from fsva.core import bounds  # the models of settings load where something is written

    return bounds.load().times.lock


@contextmanager
def _refusing(place: Path, *, is_folder: bool = False) -> Iterator[None]:
    """Turn what the system refuses into an error with words."""
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        places = [Place(place, found=reason)]
        if is_folder:
            raise PublishError("tak_tertulis", places) from problem
        raise PublishError("berkas_tak_tertulis", places) from problem


def _resolved(folder: Path) -> Path:
    """Return what a link leads to: a link stays a link, and its folder is exchanged."""
    place = _followed(folder)
    if not place.name or (os.path.lexists(place) and not place.is_dir()):
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    return place


def _followed(place: Path) -> Path:
    """Return where a path leads over all links, the same for all who mean that place."""
    try:
        end = resolved(place)
    except (RuntimeError, ValueError) as problem:  # a link to itself; a NUL
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from problem
    if end.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return end


def _beside(place: Path, ending: str) -> Path:
    """Return a name beside a folder or file that nothing has yet."""
    return place.with_name(f".{place.name}{ending}-{secrets.token_hex(_TOKEN_BYTES)}")


def _left(place: Path, ending: str) -> list[Path]:
    """Return what runs left beside a held place; names of earlier versions have no token."""
    token = rf"(-[0-9a-f]{{{2 * _TOKEN_BYTES}}})?"
    name = re.compile(re.escape(f".{place.name}{ending}") + token)
    return sorted(entry for entry in place.parent.iterdir() if name.fullmatch(entry.name))


def _recover(place: Path) -> None:
    """Undo an exchange that was cut off between its two steps."""
    aside = [entry for entry in _left(place, _OLD) if entry.is_dir()]
    if aside and not place.exists():
        max(aside, key=lambda entry: entry.lstat().st_ctime_ns).rename(place)


def _swept(place: Path) -> list[Path]:
    """Remove what runs have left; return what cannot be removed."""
    failed = [entry for entry in _left(place, _OLD) if not _turned(entry, place)]
    return failed + [entry for entry in _left(place, _NEW) if not _removed(entry)]


def _turned(aside: Path, place: Path) -> bool:
    """Rename what was put aside: half removed, it must not be taken for the run before."""
    try:
        aside.rename(_beside(place, _NEW))
    except OSError:  # named by the caller, and tried again by the next run
        return False
    return True


def _removed(entry: Path) -> bool:
    try:
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    except OSError:  # as above
        return False
    return True


def _replace(files: Mapping[str, bytes], place: Path, former: Collection[str]) -> None:
    new, own = _beside(place, _NEW), {*files, *former}
    try:
        new.mkdir()
        _carry(place, new, own)
        for name, content in sorted(files.items()):
            _write(content, new / name)
        _exchange(new, place, own)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _write(content: bytes, file: Path) -> None:
    """Write a file that is on the disk when this returns, not only on its way there."""
    with file.open("xb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def _carry(source: Path, target: Path, own: Collection[str] = ()) -> None:
    """Copy what is the user's; what stands in the target already, unchanged, is left."""
    for entry in sorted(source.iterdir()) if source.is_dir() else []:
        if entry.name in own:
            continue
        copy = target / entry.name
        if entry.is_dir() and not entry.is_symlink():
            copy.mkdir(exist_ok=True)
            _carry(entry, copy)
            shutil.copystat(entry, copy)
        elif not _is_same(entry, copy):
            copy.unlink(missing_ok=True)
            shutil.copy2(entry, copy, follow_symlinks=False)


def _is_same(file: Path, copy: Path) -> bool:
    if not os.path.lexists(copy):
        return False
    one, other = file.lstat(), copy.lstat()
    return (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def _exchange(new: Path, place: Path, own: Collection[str]) -> None:
    """Put the new folder in the place of the old one.

    What the user has saved in the old one since it was copied follows.
    """
    if not place.exists():
        new.rename(place)
        return
    aside = _put(new, place)
    try:
        _carry(aside, place, own)
    except OSError:
        _put_back(new, place, aside)
        raise


def _put(new: Path, place: Path) -> Path:
    """Put a folder in the place of another, in one step where the system can, else in two.

    Returns
    -------
    Path
        Where the other stands now.
    """
    if _exchanged_at_once(new, place):
        return new
    old = _beside(place, _OLD)
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise
    return old


def _put_back(new: Path, place: Path, aside: Path) -> None:
    if aside == new and _exchanged_at_once(aside, place):
        return
    place.rename(new)
    aside.rename(place)


def _exchanged_at_once(file: Path, other: Path) -> bool:
    """Exchange two folders in a single step where the system can (Linux)."""
    if not sys.platform.startswith("linux"):
        return False
    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if exchange is None:
        return False
    paths = os.fsencode(file), os.fsencode(other)
    return bool(
        exchange(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], ctypes.c_uint(_RENAME_EXCHANGE)) == 0
    )
