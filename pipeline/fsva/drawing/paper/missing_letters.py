"""Letters that the type faces do not have: Han, Javanese, Arabic and others.

Owns the finding of them. Drawn all the same, they would be empty boxes, or nothing.
"""

from __future__ import annotations

from fsva.drawing.paper.fonts import Face, Faces

_MISSING = 0


def of_face(words: str, face: Face) -> tuple[str, ...]:
    """Return the letters of a text that a face lacks, each once, in their order."""
    lacking = (words[glyph.cluster] for glyph in face.shape(words) if glyph.number == _MISSING)
    return tuple(dict.fromkeys(lacking))


def of(words: str, faces: Faces) -> tuple[str, ...]:
    """Return the letters of a text that any of the faces lacks.

    Parameters
    ----------
    faces : Faces
        Names stand in all of them: in bold on profiles, in italics where a class is not sure.
    """
    return tuple(dict.fromkeys(x for face in faces.values() for x in of_face(words, face)))
