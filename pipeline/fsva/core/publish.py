"""Writing the outputs: all of them at once, or none.

Owns the exchange of the output folder, and of a single file. The new files are written beside
it and exchanged with it in one step; a run that fails or is killed leaves the earlier files as
they were.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from fsva.core.errors import Place, PublishError

_NEW, _OLD = ".baru", ".lama"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def publish(files: Mapping[str, bytes], folder: Path, former: Collection[str]) -> None:
    """Write the files of a run into a folder, replacing those of the run before.

    Parameters
    ----------
    files : mapping of str to bytes
        File name to content.
    folder : Path
        Output folder; made if it is missing.
    former : collection of str
        Names of the files of the run before. Other files in the folder are kept: they are the
        user's.

    Raises
    ------
    PublishError
        If the folder cannot be written or exchanged; the earlier files stand.
    """
    folder = folder.resolve()  # a link stays a link: its target is exchanged
    if not folder.name or (folder.exists() and not folder.is_dir()):
        raise PublishError("tak_tertulis", [Place(folder, found=os.strerror(errno.ENOTDIR))])
    new, old = _beside(folder, _NEW), _beside(folder, _OLD)
    try:
        _recover(folder, old)
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        _keep_foreign(folder, new, {*files, *former})
        for name, content in sorted(files.items()):
            (new / name).write_bytes(content)
        _exchange(new, folder, old)
    except OSError as problem:
        shutil.rmtree(new, ignore_errors=True)
        reason = problem.strerror or type(problem).__name__
        raise PublishError("tak_tertulis", [Place(folder, found=reason)]) from problem


def write(content: bytes, file: Path) -> None:
    """Write one file, whole or not at all; a file of that name is replaced.

    Parameters
    ----------
    file : Path
        Its folder is made if it is missing; the other files there are left alone.

    Raises
    ------
    PublishError
        If it cannot be written; an earlier file stands.
    """
    new = _beside(file, _NEW)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(content)
        new.replace(file)
    except OSError as problem:
        new.unlink(missing_ok=True)
        reason = problem.strerror or type(problem).__name__
        raise PublishError("berkas_tak_tertulis", [Place(file, found=reason)]) from problem


def remove(file: Path) -> None:
    """Remove a file that is no longer needed; do nothing if it does not exist.

    Raises
    ------
    PublishError
        If it is there and cannot be removed.
    """
    try:
        file.unlink(missing_ok=True)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise PublishError("berkas_tak_tertulis", [Place(file, found=reason)]) from problem


def _beside(folder: Path, ending: str) -> Path:
    return folder.with_name(f".{folder.name}{ending}")


def _recover(folder: Path, old: Path) -> None:
    """Undo an exchange that was cut off between its two steps."""
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _keep_foreign(folder: Path, new: Path, files: Collection[str]) -> None:
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        if entry.name in files:
            continue
        if entry.is_dir():
            shutil.copytree(entry, new / entry.name, symlinks=True)
        else:
            shutil.copy2(entry, new / entry.name, follow_symlinks=False)


def _exchange(new: Path, folder: Path, old: Path) -> None:
    """Replace the old folder by the new one and remove the old one.

    Once the new folder is in place, an old file that cannot be removed is no failure: the next run
    removes it.
    """
    if not folder.exists():
        new.rename(folder)
    elif _exchanged_at_once(new, folder):
        shutil.rmtree(new, ignore_errors=True)
    else:
        folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)


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
