"""Villages whose class can hardly be seen on a sheet, in words.

Owns the sentence on the screen and the block of ``laporan.txt``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fsva.core.texts import Texts

# So many are named on the screen; the report names all.
_NAMED = 5


def told(unseen: Sequence[str], places: Mapping[str, tuple[str, str]], texts: Texts) -> str:
    """Return the sentence for the screen.

    Parameters
    ----------
    unseen : sequence of str
        Kemendagri codes, at least one.
    places : mapping of str to (str, str)
        Code to village and kecamatan.
    """
    names = [places[code][0] for code in unseen]
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    rest = texts("peta.tak_tampak_lain", jumlah=more) if more > 0 else ""
    return texts("peta.tak_tampak", jumlah=len(names), desa=shown + rest)


def lines(unseen: Sequence[str], places: Mapping[str, tuple[str, str]], texts: Texts) -> list[str]:
    """Return the block of the report; empty if every village is seen.

    Parameters
    ----------
    unseen : sequence of str
        Kemendagri codes.
    places : mapping of str to (str, str)
        Code to village and kecamatan.
    """
    if not unseen:
        return []
    rows = (f"  {code}  {', '.join(places[code])}" for code in sorted(unseen))
    return [texts("peta.tak_tampak_judul", jumlah=len(unseen)), *rows]
