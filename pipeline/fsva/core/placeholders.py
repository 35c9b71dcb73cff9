"""Words that stand where an office has still to write.

Owns the question whether a text is one of them; the words themselves are those that ``fsva baru``
writes, in every language.
"""

from __future__ import annotations

from functools import cache

from fsva.core import texts

KEY = "baru.belum_diisi"


@cache
def words() -> tuple[str, ...]:
    """Return the words of all languages in small letters, the Indonesian ones first."""
    return tuple(texts.load(language)(KEY).casefold() for language in texts.LANGUAGES)


def is_placeholder(text: str) -> bool:
    """Tell whether a text, or a part of it, is still to be written by the office.

    Examples
    --------
    >>> is_placeholder("Belum diisi"), is_placeholder("Dinas Sosial Kab. Belu")
    (True, False)
    """
    folded = text.casefold()
    return not folded.strip() or any(word in folded for word in words())
