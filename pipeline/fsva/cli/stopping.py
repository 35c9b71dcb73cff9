"""Ctrl+C, and the request of the system to end (SIGTERM), at any moment.

Owns the reaction to both: the command ends in order and removes what is half done. A library may
be in one long call (GEOS, GDAL), out of which nothing can be raised; then the command ends without
order, at the second request or after some seconds. What such an end leaves, the next run removes,
as after a kill.
"""

from __future__ import annotations

import _thread
import os
import select
import signal
import sys
import threading
import time
from contextlib import suppress
from types import FrameType

from fsva.core.publishing import temporary

_REQUESTS = (signal.SIGINT, signal.SIGTERM)
_AGAIN_S = 0.05  # seconds that a stop waits for a library to load
_ORDER_S = 1.0  # seconds that an end in order has, however often it is asked for
_LOADER = "<frozen importlib._bootstrap>"
# Whether this process was asked to end; signals belong to the process, and so does this.
is_asked = False


class Stop:
    """Reaction to a request to end: ends the command, but not while a library loads.

    Parameters
    ----------
    words : str
        Are said at an end without order.
    """

    def __init__(self, words: str) -> None:
        self._words, self._asked = words, 0
        if threading.current_thread() is not threading.main_thread():
            return
        for number in _REQUESTS:
            signal.signal(number, self._ask)
        sys.unraisablehook = self._swallowed
        if sys.platform != "win32":  # whose pipes cannot be waited for
            source, target = os.pipe()
            os.set_blocking(target, False)
            signal.set_wakeup_fd(target, warn_on_full_buffer=False)
            threading.Thread(target=self._guard, args=(source,), daemon=True).start()

    @property
    def exit_code(self) -> int:
        """What shells expect after the request; 0 without one."""
        return 128 + self._asked if self._asked else 0

    def _ask(self, number: int, frame: FrameType | None) -> None:
        global is_asked
        is_asked, self._asked = True, self._asked or number
        if _is_loading(frame):
            self._ask_again()
            return
        for request in _REQUESTS:  # once is enough; only clean-up follows
            signal.signal(request, signal.SIG_IGN)
        raise KeyboardInterrupt

    def _ask_again(self) -> None:
        again = threading.Timer(_AGAIN_S, _thread.interrupt_main)
        again.daemon = True
        again.start()

    def _swallowed(self, lost: sys.UnraisableHookArgs) -> None:
        """Ask again where the end was raised in a call back from a library that goes on."""
        if self._asked and lost.exc_type is KeyboardInterrupt:
            signal.signal(signal.SIGINT, self._ask)
            self._ask_again()
        else:
            sys.__unraisablehook__(lost)

    def _guard(self, source: int) -> None:
        """Wait for a request in a thread of its own, and for the command to end because of it."""
        while (number := os.read(source, 1)[0]) not in _REQUESTS:
            pass
        from fsva.core import bounds  # its models load only when they are needed

        time.sleep(_ORDER_S)
        os.set_blocking(source, False)
        with suppress(BlockingIOError):
            os.read(source, select.PIPE_BUF)
        select.select([source], [], [], max(bounds.load().times.stop - _ORDER_S, 0))
        os.write(2, f"{self._words}\n".encode(errors="replace"))
        temporary.abandon()
        os._exit(128 + number)


def _is_loading(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == _LOADER:
            return True
        frame = frame.f_back
    return False
