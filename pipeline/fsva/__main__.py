"""The program ``fsva``, also where it is not on the PATH: ``python -m fsva``.

Owns the first moment, in which the command itself is loaded, and the last, after it. It imports
nothing that takes time.
"""

from __future__ import annotations

import atexit
import os
import signal


def start() -> None:
    """Load the command, run it, and leave with its exit code.

    Ctrl+C while it loads ends it at once: nothing is made yet.
    """
    _leave_at_stop("")
    import tomllib

    from fsva.core import resources

    file = resources.packaged("styles") / "teks" / "id" / "layar.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    _leave_at_stop(words["dihentikan"])
    from fsva.cli import entry

    try:
        entry()
    except SystemExit as end:
        code = end.code
    # Taking apart all that is loaded costs Python 35 ms; the system frees it at once.
    atexit._run_exitfuncs()
    os._exit(code if isinstance(code, int) else 0)


def _leave_at_stop(words: str) -> None:
    def leave(number: int, _frame: object) -> None:
        """Leave at once."""
        os.write(2, f"{words}\n".encode())
        os._exit(128 + number)

    signal.signal(signal.SIGINT, leave)


if __name__ == "__main__":
    start()
