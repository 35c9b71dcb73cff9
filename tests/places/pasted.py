"""The lines of ``edition.toml`` that a message tells an officer to write, and their writing.

Owns what somebody does who follows a remedy to the letter: copies the lines to the end of the file.
"""

from __future__ import annotations

import re
from pathlib import Path

_LINE = re.compile(r"\s*(?:\[\[[\w.]+\]\]|\w+ = \".*\")\s*")
HEADING = "Bila memang benar, terima dengan menyalin baris ini"


def lines(message: str) -> list[str]:
    """Return the lines of TOML below each heading of a message, as they stand there."""
    _, *parts = message.split(HEADING)
    return [line for part in parts for line in part.splitlines()[1:] if _LINE.fullmatch(line)]


def follow(folder: Path, message: str) -> int:
    """Write the lines of a message into an edition; return how many entries they are."""
    written = lines(message)
    with (folder / "edition.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(written) + "\n")
    return sum("[[" in line for line in written)
