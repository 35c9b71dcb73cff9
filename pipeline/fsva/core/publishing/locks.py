"""Runs that write to one place wait for each other.

Owns the lock of an output folder or file: the operating system holds it, so that it ends with its
process however that ends. Who holds it stands in the lock file, for the message of who waits.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from fsva.core.errors import BusyError, Place

ENDING = ".kunci"
_NOTE_AT = 1  # Windows lets nobody read the byte that is locked, the first one
_NOTE_BYTES = 200
_MOST_COMMAND_WORDS = 2


@contextmanager
def held(target: Path, patience: float) -> Iterator[None]:
    """Hold the place of a folder or file, and that of the folder that it lies in.

    The folder around it may be the output folder of another run, which copies what it finds there
    and exchanges the whole: nobody may write inside meanwhile. Locks are always taken from the
    outer to the inner, so that no two runs wait for each other.

    Parameters
    ----------
    target : Path
        Absolute, all links resolved; it need not exist, the folder around it must.
    patience : float
        Seconds to wait for another run.

    Raises
    ------
    BusyError
        Another run holds one of them for longer than that; it is named.
    OSError
        The folder around the target may not be written to.
    """
    end = time.monotonic() + patience
    around = target.parent
    with ExitStack() as stack:
        # Who may not write where the folder around lies cannot exchange that folder either.
        if around.name and os.access(around.parent, os.W_OK):
            stack.enter_context(_one(around, end))
        stack.enter_context(_one(target, end))
        yield


@contextmanager
def _one(target: Path, end: float) -> Iterator[None]:
    from filelock import FileLock, Timeout

    file = target.with_name(f".{target.name}{ENDING}")
    # Whoever may write here may lock here: the file of a killed run may be another user's.
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o666))  # what cannot be made is not waited for
    lock = FileLock(file, mode=0o666, poll_interval=0.02, fallback_to_soft=False)
    try:
        lock.acquire(timeout=max(end - time.monotonic(), 0.0))
    except Timeout as busy:
        raise _busy(target, file) from busy
    try:
        _sign(file)
        yield
    finally:
        # A file that is gone tells who waited for it to look again. Windows removes it below. One
        # that cannot be removed is held by nobody, and the next run takes it.
        try:
            with suppress(OSError):
                if sys.platform != "win32":
                    file.unlink(missing_ok=True)
        finally:
            lock.release()


def _sign(file: Path) -> None:
    """Write process, command and time of day into a lock file that is held."""
    words = f"{os.getpid()}\n{_command()}\n{time.strftime('%Y-%m-%d %H.%M.%S')}\n"
    with file.open("r+b", buffering=0) as content:
        content.seek(_NOTE_AT)
        content.write(words.encode("utf-8").ljust(_NOTE_BYTES))


def _command() -> str:
    """Return the command without what was said to it: an address may hold a password."""
    words = [Path(sys.argv[0]).name]
    for word in sys.argv[1 : 1 + _MOST_COMMAND_WORDS]:
        if not (word.isascii() and word.isalpha()):
            break
        words.append(word)
    return " ".join(words)[:100]


def _busy(target: Path, file: Path) -> BusyError:
    """Return the error that names the holder, as far as it has signed."""
    words: list[str] = []
    with suppress(OSError), file.open("rb", buffering=0) as content:
        content.seek(_NOTE_AT)
        words = content.read(_NOTE_BYTES).decode("utf-8", "replace").split("\n")
    process, command, since, *_ = [*words, "", "", ""]
    return BusyError(
        "sedang_dipakai",
        [Place(target)],
        {"proses": process or "?", "perintah": command or "?", "sejak": since or "?"},
    )
