"""The program ``fsva``, also where it is not on the PATH: ``python -m fsva``.

Owns the first moment, in which the command itself is loaded. It imports nothing that takes time.
"""

from __future__ import annotations

import os
import signal


def start() -> None:
    """Load the command and run it; Ctrl+C while it loads ends it at once: nothing is made yet."""
    _leave_at_stop("")
    import tomllib

    from fsva.core import resources

    file = resources.packaged("styles") / "teks" / "id" / "layar.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    _leave_at_stop(words["dihentikan"])
    from fsva.cli import entry

    entry()


def _leave_at_stop(words: str) -> None:
    def leave(number: int, _frame: object) -> None:
        """Leave at once."""
        os.write(2, f"{words}\n".encode())
        os._exit(128 + number)

    signal.signal(signal.SIGINT, leave)


if __name__ == "__main__":
    start()
