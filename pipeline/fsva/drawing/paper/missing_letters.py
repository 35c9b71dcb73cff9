"""Letters that the type faces do not have: Han, Javanese, Arabic and others.

Owns the finding of them, and the refusal of a sheet that holds some. Drawn all the same, they would
be empty boxes, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from fsva.core.errors import EditionError, Place
from fsva.drawing.paper.fonts import Face, Faces
from fsva.drawing.paper.scene import FaceName

MISSING = 0  # the glyph of letters that a face lacks


def of_face(words: str, face: Face) -> tuple[str, ...]:
    """Return the letters of a text that a face lacks, each once, in their order."""
    lacking = (words[glyph.cluster] for glyph in face.shape(words) if glyph.number == MISSING)
    return tuple(dict.fromkeys(lacking))


def of(words: str, faces: Faces) -> tuple[str, ...]:
    """Return the letters of a text that any of the faces lacks.

    Parameters
    ----------
    faces : Faces
        Names stand in all of them: in bold on profiles, in italics where a class is not sure.
    """
    return tuple(dict.fromkeys(x for face in faces.values() for x in of_face(words, face)))


def suspects(words: Iterable[str], faces: Faces) -> frozenset[str]:
    """Return the letters of texts that any of the faces lacks where they stand alone.

    A text without such a letter lacks none: thousands of names are not shaped to know that.
    """
    letters = frozenset().union(*words)
    return frozenset(letter for letter in letters if of(letter, faces))


def said(words: str, lacking: Iterable[str]) -> str:
    """Return words with the letters that they lack, e.g. ``Desa X: X (U+6751)``."""
    return f"{words}: {', '.join(f'{x} (U+{ord(x):04X})' for x in lacking)}"


def refuse(words: Iterable[tuple[FaceName, str]], faces: Faces) -> None:
    """Stop at words that cannot be drawn: the last look, whatever they come from.

    Parameters
    ----------
    words : iterable of (str, str)
        Name of a face, and the words that are set in it.

    Raises
    ------
    EditionError
        With all such words and their letters.
    """
    found = {text: of_face(text, faces[name]) for name, text in words}
    if places := [Place(found=said(text, lacking)) for text, lacking in found.items() if lacking]:
        raise EditionError("huruf_tiada_lembar", places)
