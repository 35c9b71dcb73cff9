"""The letters of a text table: UTF-8, the UTF-16 of Excel's "Unicode text", or Windows-1252.

Owns the choice, by the bytes alone. What is not sure is refused: a wrong letter makes another
name of a village.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from fsva.core.errors import Place, SourceError

_SHOWN = 120  # bytes of a line in a message
_UTF_8 = "UTF-8"
_UTF_16 = "UTF-16"
_WINDOWS = "Windows-1252"
# In Latin text every other byte of UTF-16 is zero; few letters are others.
_LATIN_SHARE = 0.9
# Letters of UTF-8 inside other bytes: the file mixes encodings.
_UTF_8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
# What Windows writes without being asked for: apostrophes, quotation marks, dashes, dots, squares.
_APOSTROPHES = "\u2018\u2019"
_SIGNS = frozenset(f"{_APOSTROPHES}\u00a0\u201c\u201d\u2013\u2014\u2026\u00b0\u00b2\u00b3")
# Letters that no place of Indonesia has: in the code pages of DOS other letters stand there.
_FOREIGN = frozenset("\u00ff\u00df\u00f0\u00fe\u00d0\u00de\u00e6\u00c6\u00f8\u00d8")
_OTHER = re.compile(r"[^\x00-\x7f]")
# A sign inside a word is a letter of another encoding.
_INSIDE = re.compile(rf"[a-z][{''.join(sorted(_SIGNS - set(_APOSTROPHES)))}][a-z]")
_WORDS = re.compile(r'[\s;,|"]+')


@dataclass(frozen=True)
class Letters:
    """A text and how it was written.

    Parameters
    ----------
    text : str
        Without a byte order mark.
    encoding : str
        Name of the encoding.
    words : tuple of str
        Words whose letters another encoding would read differently; none of UTF-8 and UTF-16.
    """

    text: str
    encoding: str = _UTF_8
    words: tuple[str, ...] = ()

    @property
    def is_usual(self) -> bool:
        """Whether the encoding is the expected one."""
        return self.encoding == _UTF_8


def read(file: Path, content: bytes) -> Letters:
    """Return the text of bytes.

    Parameters
    ----------
    file : Path
        Where they were read, for messages.

    Raises
    ------
    SourceError
        The encoding is another one, or not sure.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Letters(_decoded(file, content, "utf-16"), _UTF_16)
    if order := _order(content):
        return Letters(_decoded(file, content, order), _UTF_16)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return _windows(file, content, problem.start)
    if "\0" in text:
        raise SourceError("huruf_tabel", [_place(file, content, content.index(0))])
    return Letters(text)


def _decoded(file: Path, content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise SourceError("huruf_tabel", [Place(file)]) from problem
    if "\0" in text:
        raise SourceError("huruf_tabel", [Place(file)])
    return text


def _order(content: bytes) -> str | None:
    """Return the encoding of UTF-16 without a byte order mark; None of other bytes."""
    least = len(content) // 2 * _LATIN_SHARE
    if len(content) < 2 or len(content) % 2:
        return None
    even, odd = content[::2].count(0), content[1::2].count(0)
    if odd >= least and not even:
        return "utf-16-le"
    return "utf-16-be" if even >= least and not odd else None


def _windows(file: Path, content: bytes, first: int) -> Letters:
    """Read bytes as Windows-1252 where all of them make sense there."""
    refusal = SourceError("huruf_tabel", [_place(file, content, first)])
    of_mac = b"\n" not in content and b"\r" in content
    if of_mac or 0 in content or _UTF_8_LETTER.search(content):
        raise refusal
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as problem:
        raise SourceError("huruf_tabel", [_place(file, content, problem.start)]) from problem
    if inside := _INSIDE.search(text):
        raise SourceError("huruf_tabel", [_place(file, content, inside.start() + 1)])
    words = [word for word in _WORDS.split(text) if _OTHER.search(word)]
    if wrong := next((word for word in words if not _is_sure(word)), None):
        at = content.find(wrong.encode("cp1252"))
        raise SourceError("huruf_tabel", [_place(file, content, at)])
    return Letters(text, _WINDOWS, tuple(dict.fromkeys(words)))


def _is_sure(word: str) -> bool:
    """Tell whether the letters of a word fit each other, as they do not in another encoding."""
    accented = [letter for letter in _OTHER.findall(word) if letter not in _SIGNS]
    if not accented:
        return True
    known = (one.isalpha() and one >= "\u00c0" and one not in _FOREIGN for one in accented)
    if not all(one <= "\u00ff" for one in accented) or not all(known):
        return False
    plain = [letter for letter in word if letter.isascii() and letter.isalpha()]
    letters = [letter for letter in word if letter.isalpha()]
    inner = accented[1:] if letters[0] == accented[0] else accented
    is_capital = all(letter.isupper() for letter in plain)
    return bool(plain) and all(letter.isupper() == is_capital for letter in inner)


def _place(file: Path, content: bytes, at: int) -> Place:
    """Return the line of a byte, with its text; unreadable letters are question marks."""
    begin = max(content.rfind(b"\n", 0, at), content.rfind(b"\r", 0, at)) + 1
    line = content[begin:].splitlines()[0][:_SHOWN].decode("ascii", "replace")
    row = content.count(b"\n", 0, begin) or content.count(b"\r", 0, begin)
    return Place(file, row + 1, found=line.replace("\ufffd", "?").replace("\0", "").strip())
