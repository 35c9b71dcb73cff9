"""What may reach a terminal or a message: letters that show as themselves, and no password.

Owns both for every text, whatever data, path or address it comes from.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator, Sequence

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


def flat(text: str) -> str:
    r"""Return a text on one line, with blanks for what a terminal obeys or hides.

    Examples
    --------
    >>> flat("Tas\x1b[2Jain\nTimur")
    'Tas [2Jain Timur'
    """
    return plain(text).replace("\n", " ")


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
    return flat(without_passwords(text))


def width() -> int:
    """Return the columns of the terminal: COLUMNS, else what it says; a pipe has no end."""
    return max(_LEAST, shutil.get_terminal_size((_ENDLESS, 0)).columns)


def paragraph_width() -> int:
    """Return the columns that a paragraph fills: what reads well, or what the terminal has."""
    return min(PARAGRAPH, width())


def hanging(label: str, text: str) -> str:
    """Return a paragraph behind its label; its further lines stand below its first, no word broken.

    Examples
    --------
    >>> hanging("  desa  ", "Tasain")
    '  desa  Tasain'
    """
    return textwrap.fill(
        text,
        paragraph_width(),
        initial_indent=label,
        subsequent_indent=" " * len(label),
        break_long_words=False,
        break_on_hyphens=False,
    )


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


_GAP = "  "


def table(rows: Sequence[Sequence[str]], columns: int) -> Iterator[str]:
    r"""Yield a table as lines: words of the first column to the left, numbers to the right.

    Where it is wider than the terminal its first column is folded, and the other columns stand in
    blocks below each other, each behind the first column.

    Parameters
    ----------
    rows : sequence of sequence of str
        Of equal length; the headings first.
    columns : int
        Those of the terminal.

    Examples
    --------
    >>> print(*table([("Desa", "2019", "2020"), ("Teun", "1", "22")], 80), sep="\n")
    Desa  2019  2020
    Teun     1    22
    >>> print(*table([("Desa", "2019", "2020"), ("Teun", "1", "22")], 12), sep="\n")
    Desa  2019
    Teun     1
    <BLANKLINE>
    Desa  2020
    Teun    22
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rest = sum(len(_GAP) + width for width in widths[1:])
    first = min(widths[0], max(columns // 2, columns - rest))
    for n, block in enumerate(_blocks(widths[1:], columns - first)):
        if n:
            yield ""
        for label, *cells in rows:
            *above, last = _labels(label, first)
            yield from above
            padded = (cells[k].rjust(widths[k + 1]) for k in block)
            yield _GAP.join([last.ljust(first), *padded]).rstrip()


def _blocks(widths: Sequence[int], room: int) -> Iterator[list[int]]:
    """Yield the columns that fit into some room beside each other."""
    block: list[int] = []
    used = 0
    for k, width in enumerate(widths):
        if block and used + len(_GAP) + width > room:
            yield block
            block, used = [], 0
        block.append(k)
        used += len(_GAP) + width
    yield block


def _labels(label: str, room: int) -> list[str]:
    """Return the first cell of a row in as many lines as it takes."""
    begins = len(label) - len(label.lstrip())
    return textwrap.wrap(
        label.lstrip(),
        room,
        initial_indent=" " * begins,
        subsequent_indent=" " * min(begins + 2, room // 2),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [label]
