"""``python -m fsva``: the command ``fsva`` where its program is not on the PATH."""

from __future__ import annotations

from fsva.cli import entry

if __name__ == "__main__":
    entry()
