"""What may reach a terminal or a message: letters that show as themselves, and no password.

Owns both for every text, whatever data, path or address it comes from.
"""

from __future__ import annotations

import re
import shutil
import textwrap

HIDDEN = "***"
# Columns of a paragraph that reads well; of a file or pipe, which has no width; at the very least.
PARAGRAPH, _ENDLESS, _LEAST = 96, 100_000, 40
# A label and the gap behind it: what follows is continued below itself.
_LABEL = re.compile(r"\s*[^\W\d]\S*(?: \S+){0,3} {2,}(?=\S)|\s*")
# user:password@ of any address, also of one that a path has folded or that is percent-encoded. A
# password may hold a slash or an at sign: all up to the last one of the word is hidden.
_OF_ADDRESS = re.compile(r"(:/+)[^\s:@/]*:\S*@")
_OF_ENCODED = re.compile(r"(%3A(?:%2F)+)(?:(?!%3A)\S)*%3A\S*(%40)", re.IGNORECASE)
_OF_KEY = re.compile(
    r"((?:password|passfile|passwd|pwd|passphrase|access_token|token|api_?key|secret)\s*(?:=|%3D)\s*)"
    r"(?:'(?:[^'\\]|\\.)*'?|\"(?:[^\"\\]|\\.)*\"?|[^\s&;,'\"]+)",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    r"""Replace what a terminal obeys or hides, in each line of a text.

    Escapes, C1 controls, carriage returns, letters that turn the direction of writing or have no
    width: each becomes a blank. Only line ends stay.

    Examples
    --------
    >>> plain("Tas\x1b[2Jain\r\u202egnol"), plain("a\nb")
    ('Tas [2Jain  gnol', 'a\nb')
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)


def without_passwords(text: str) -> str:
    """Hide the passwords of addresses and connections in a text.

    Examples
    --------
    >>> without_passwords("https://budi:rahasia@h/x.gpkg"), without_passwords("host=h password=a")
    ('https://***@h/x.gpkg', 'host=h password=***')
    """
    text = _OF_ADDRESS.sub(rf"\1{HIDDEN}@", text)
    text = _OF_ENCODED.sub(rf"\1{HIDDEN}\2", text)
    return _OF_KEY.sub(rf"\1{HIDDEN}", text)


def shown(text: str) -> str:
    """Return a text of any number of lines as it may be printed."""
    return plain(without_passwords(text))


def one_line(text: str) -> str:
    """Return a fact, name or path as it may be printed within a line."""
    return shown(text).replace("\n", " ")


def width() -> int:
    """Return the columns of the terminal: COLUMNS, else what it says; a pipe has no end."""
    return max(_LEAST, shutil.get_terminal_size((_ENDLESS, 0)).columns)


def paragraph_width() -> int:
    """Return the columns that a paragraph fills: what reads well, or what the terminal has."""
    return min(PARAGRAPH, width())


def wrapped(text: str, columns: int) -> str:
    """Break the lines of a text that are longer than a terminal is wide, never within a word.

    What continues stands below what it continues: behind the label of its line, else a little
    further in than the line begins.

    Examples
    --------
    >>> print(wrapped("  desa    Tasain di Raimanuk", 20))
      desa    Tasain di
              Raimanuk
    """
    return "\n".join(
        line if len(line) <= columns else _folded(line, columns) for line in text.split("\n")
    )


def _folded(line: str, columns: int) -> str:
    found = _LABEL.match(line)
    start = len(found[0]) if found else 0
    begins = len(line) - len(line.lstrip())
    indent = start if begins < start <= columns // 2 else min(begins + 2, columns // 2)
    return textwrap.fill(
        line[begins:],
        columns,
        initial_indent=" " * begins,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
