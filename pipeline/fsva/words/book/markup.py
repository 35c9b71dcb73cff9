"""The templates of a report: what their lines mean.

Owns the marks that a template may use and turns a filled-in template into pieces. Words of data
pass through ``guarded``, so that a name of a village can never be read as a mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fsva.core.errors import Place, StyleError
from fsva.words.book.content import (
    Blank,
    Block,
    BookHeading,
    BookParagraph,
    Break,
    Contents,
    Emphasis,
    Inline,
    ListEntry,
    Listing,
    Part,
    Piece,
    Reference,
    Sentence,
)

# A reference in a sentence, which only the template's own function ``rujuk`` writes.
OPEN, CLOSE = "\ue100", "\ue101"
_MARKS = "*#-+:|\n\r" + OPEN + CLOSE
_HIDDEN = {ord(mark): 0xE000 + n for n, mark in enumerate(_MARKS)}
_SHOWN = {0xE000 + n: (mark if mark.isprintable() and mark < OPEN else " ")
          for n, mark in enumerate(_MARKS)}  # fmt: skip
_INLINE = re.compile(rf"{OPEN}(?P<key>[^{CLOSE}]*){CLOSE}|\*(?P<words>[^*]+)\*")
_BULLET = "•"
Maker = Callable[[str, str], list[Piece]]


def guarded(words: str) -> str:
    """Return words of data in which no letter is a mark of a template.

    Examples
    --------
    >>> sentence(guarded("# *Desa*"))
    ('# *Desa*',)
    """
    return words.translate(_HIDDEN)


def reference(key: str) -> str:
    """Return the mark of a reference to a table, map or chart."""
    return f"{OPEN}{key}{CLOSE}"


def sentence(words: str) -> Sentence:
    """Return a sentence with its references and its words in italics."""
    parts: list[Inline] = []
    end = 0
    for found in _INLINE.finditer(words):
        parts.append(_shown(words[end : found.start()]))
        key = found["key"]
        parts.append(
            Reference(_shown(key)) if key is not None else Emphasis(_shown(found["words"]))
        )
        end = found.end()
    parts.append(_shown(words[end:]))
    return tuple(part for part in parts if part != "")


def _shown(words: str) -> str:
    return words.translate(_SHOWN)


@dataclass
class _Reading:
    """What has been read of a template."""

    pieces: list[Piece] = field(default_factory=list)
    tag: str | None = None
    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    entries: list[ListEntry] = field(default_factory=list)

    def put(self, *pieces: Piece) -> None:
        """Add pieces to the open part, or to the report itself."""
        if self.tag is None:
            self.pieces.extend(pieces)
            return
        blocks = [piece for piece in pieces if not isinstance(piece, Part)]
        if len(blocks) < len(pieces):
            raise _UnknownMarkError(f"::bagian {self.tag}")
        self.blocks.extend(blocks)

    def end(self) -> None:
        """End the open paragraph or list."""
        if self.lines:
            self.put(BookParagraph(sentence(" ".join(self.lines))))
        if self.entries:
            self.put(Listing(tuple(self.entries)))
        self.lines, self.entries = [], []


def pieces(text: str, make: Maker, file: Path) -> list[Piece]:
    """Return the pieces of a filled-in template.

    Parameters
    ----------
    text : str
        Lines; an empty line ends a paragraph or a list.
    make : callable
        Called with name and rest of a mark that stands for tables, figures or lists.
    file : Path
        The template, for errors.

    Raises
    ------
    StyleError
        An unknown mark; a part that does not end or begins within another.
    """
    read = _Reading()
    for row, line in enumerate(text.splitlines(), 1):
        try:
            _line(line.strip(), read, make)
        except _UnknownMarkError as problem:
            raise StyleError("buku_templat", [Place(file, row, found=str(problem))]) from problem
    read.end()
    if read.tag is not None:
        raise StyleError("buku_templat", [Place(file, found=f"::bagian {read.tag}")])
    return read.pieces


class _UnknownMarkError(Exception):
    """A line that begins like a mark and is none."""


def _line(line: str, read: _Reading, make: Maker) -> None:
    if line.startswith(("- ", "+ ")):
        if read.lines:
            read.end()
        label = _BULLET if line[0] == "-" else f"{len(read.entries) + 1}."
        read.entries.append(ListEntry(label, sentence(line[2:])))
        return
    if not line or line.startswith(("#", "::")):
        read.end()
    if line.startswith("#"):
        read.put(_heading(line))
    elif line.startswith("::"):
        _mark(*_split(line[2:]), line, read, make)
    elif line:
        read.lines.append(line)


def _split(line: str) -> tuple[str, str]:
    name, _, rest = line.partition(" ")
    return name, rest.strip()


def _heading(line: str) -> BookHeading:
    """Return a heading: ``#`` per level; ``!`` behind them for one that does not count."""
    marks = len(line) - len(line.lstrip("#"))
    words = line[marks:]
    numbered = not words.startswith("!")
    if marks > 3:
        raise _UnknownMarkError(line)
    return BookHeading(marks, _shown(words.removeprefix("!").strip()), numbered)


def _mark(name: str, rest: str, line: str, read: _Reading, make: Maker) -> None:
    if name == "bagian":
        if read.tag is not None or not rest:
            raise _UnknownMarkError(line)
        read.tag = _shown(rest)
    elif name == "selesai":
        if read.tag is None:
            raise _UnknownMarkError(line)
        part = Part(read.tag, tuple(read.blocks))
        read.tag, read.blocks = None, []
        read.pieces.append(part)
    else:
        own = list(_own(name, rest, line))
        if name == "daftar" and read.tag is None:
            # Contents are made by the program: they are a part of their own.
            read.put(Part(f"daftar-{rest}", tuple(own)))
        else:
            read.put(*own, *(() if name in _OWN else _made(name, rest, line, make)))


_OWN = {"isian", "halaman", "daftar", "kertas"}


def _own(name: str, rest: str, line: str) -> Iterator[Block]:
    """Yield the block of a mark that needs no figures."""
    if name == "isian":
        key, _, guide = rest.partition("|")
        if not guide.strip():
            raise _UnknownMarkError(line)
        yield Blank(_shown(key.strip()), _shown(guide.strip()))
    elif name == "halaman":
        yield Break("isi" if rest == "isi" else "halaman")
    elif name == "daftar":
        of = _LISTS.get(rest)
        if of is None:
            raise _UnknownMarkError(line)
        yield of
    elif name == "kertas":
        style, _, words = rest.partition("|")
        yield BookParagraph(sentence(words.strip()), style.strip())


_LISTS = {name: Contents(name) for name in ("isi", "peta", "tabel", "grafik")}


def _made(name: str, rest: str, line: str, make: Maker) -> list[Piece]:
    try:
        return make(name, _shown(rest))
    except KeyError as problem:
        raise _UnknownMarkError(line) from problem
