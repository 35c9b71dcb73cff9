"""What the sheets leave out, and what they show unasked, in words.

Owns the sentences on the screen and the blocks of ``laporan.txt``: villages whose class can hardly
be seen, kecamatan without a name, names of seas and neighbours that no edition gave.
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


def unnamed(kecamatan: Sequence[str], texts: Texts) -> list[str]:
    """Return the block of the report on kecamatan whose names find no room; none if all are named.

    Parameters
    ----------
    kecamatan : sequence of str
        Their names.
    """
    if len(kecamatan) <= _NAMED:
        return unnamed_told(kecamatan, texts)
    return [*unnamed_told(kecamatan, texts), *(f"  {name}" for name in kecamatan)]


def unnamed_told(kecamatan: Sequence[str], texts: Texts) -> list[str]:
    """Return the sentence about them for the screen, which names a few.

    Parameters
    ----------
    kecamatan : sequence of str
        Their names.
    """
    if not kecamatan:
        return []
    more = len(kecamatan) - _NAMED
    rest = texts("peta.tak_tampak_lain", jumlah=more) if more > 0 else ""
    listed = ", ".join(kecamatan[:_NAMED]) + rest
    return [texts("peta.kecamatan_tanpa_nama", jumlah=len(kecamatan), kecamatan=listed)]


def borrowed(names: Sequence[tuple[str, str]], texts: Texts) -> list[str]:
    """Return the block of the report on names that were looked up; empty if there are none.

    Parameters
    ----------
    names : sequence of (str, str)
        Kind ("laut" or "tetangga") and name.
    """
    if not names:
        return []
    kinds = sorted({kind for kind, _ in names})
    return [
        texts("peta.nama_sekitar_judul"),
        *(
            f"  {texts(f'peta.nama_sekitar_{kind}')}: "
            + ", ".join(sorted({name for one, name in names if one == kind}))
            for kind in kinds
        ),
    ]
