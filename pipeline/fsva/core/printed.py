"""What may reach a terminal or a message: letters that show as themselves, and no password.

Owns both for every text, whatever data, path or address it comes from.
"""

from __future__ import annotations

import re

HIDDEN = "***"
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
