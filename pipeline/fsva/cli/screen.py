"""The screen that a command writes to, and the keys that stop it.

Owns what happens to letters that a screen does not know, to a screen or pipe that takes no more,
and to Ctrl+C. What is said stands elsewhere.
"""

from __future__ import annotations

import _thread
import codecs
import contextlib
import io
import os
import signal
import sys
import threading
import unicodedata
from collections.abc import Mapping
from types import FrameType

_UNKNOWN = "?"
_AGAIN_S = 0.05  # how long a stop waits for a library that is being loaded
_LOADER = "<frozen importlib._bootstrap>"


def take_all_letters(signs: Mapping[str, str]) -> None:
    """Let screens and pipes of any encoding take every letter.

    Parameters
    ----------
    signs : mapping of str to str
        What stands for signs that an encoding lacks, ``≤`` for instance; of other letters the
        plain one is shown.
    """

    def plainer(problem: UnicodeError) -> tuple[str, int]:
        if not isinstance(problem, UnicodeEncodeError):
            raise problem
        letters = problem.object[problem.start : problem.end]
        return "".join(signs.get(one) or _plain(one) for one in letters), problem.end

    codecs.register_error("fsva", plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="fsva")


def _plain(letter: str) -> str:
    """Return a letter without its accents; a mark of doubt for what is no Latin letter."""
    plain = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode("ascii")
    return plain or _UNKNOWN


def flush() -> None:
    """Write what is still held back for the screen.

    Raises
    ------
    OSError
        The disk or pipe behind it takes no more; it is asked no more after this.
    """
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except OSError:
        give_up()
        raise


def give_up() -> None:
    """Write nothing more to the standard output: at the end Python would try and fail again."""
    with contextlib.suppress(OSError, ValueError):  # it may be closed, or no file at all
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Stop:
    """Whether somebody pressed Ctrl+C; asks the command to end, but not while a library loads."""

    def __init__(self) -> None:
        self.is_asked = False
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.is_asked = True
        if _is_loading(frame):
            again = threading.Timer(_AGAIN_S, _thread.interrupt_main)
            again.daemon = True
            again.start()
            return
        signal.signal(number, signal.SIG_IGN)  # once is enough; what follows only tidies up
        raise KeyboardInterrupt


def _is_loading(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == _LOADER:
            return True
        frame = frame.f_back
    return False
