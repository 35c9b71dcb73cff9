"""Villages by name in running text: by kecamatan, desa before kelurahan.

Owns these words; the chapter about the composite and the report use them alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fsva.core import levels
from fsva.core.texts import Texts
from fsva.index import result_columns
from fsva.index.joined_table import JoinedTable


def by_kecamatan(members: JoinedTable, texts: Texts) -> Iterator[tuple[str, str]]:
    """Yield each kecamatan with its villages in words, e.g. "2 desa yaitu Teun dan Faturika".

    Parameters
    ----------
    members : JoinedTable
        Some villages, in the order in which they are named.
    """
    for kecamatan, villages in result_columns.groups(members.subdistricts).items():
        yield kecamatan, named(members.at(villages), texts)


def named(members: JoinedTable, texts: Texts) -> str:
    """List villages by name, desa before kelurahan; the code distinguishes them."""
    parts = [
        texts(f"ringkasan.bab.{kind}", jumlah=len(some), daftar=joined(list(some), texts))
        for kind, some in _kinds(members)
    ]
    if len(parts) == 1:
        return parts[0]
    return texts("ringkasan.bab.serta", desa=parts[0], kelurahan=parts[1])


def counted(members: JoinedTable, texts: Texts) -> str:
    """Return the number of villages in words, e.g. "7 desa", or "5 desa dan 2 kelurahan"."""
    parts = [texts(f"buku.hitung.{kind}", jumlah=len(some)) for kind, some in _kinds(members)]
    return joined(parts, texts)


def _kinds(members: JoinedTable) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the names of desa, then of kelurahan, if there are any."""
    kelurahan = is_kelurahan(members)
    for kind, chosen in (("desa", ~kelurahan), ("kelurahan", kelurahan)):
        if chosen.any():
            yield kind, members.names[chosen].tolist()


def is_kelurahan(members: JoinedTable) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Tell which villages are kelurahan, by their Kemendagri codes."""
    return np.array([levels.is_kelurahan(code) for code in members.codes], dtype=np.bool_)


def joined(words: Sequence[str], texts: Texts) -> str:
    """Join words as in a sentence: "A, B dan C"."""
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {texts('ringkasan.bab.dan')} {words[-1]}"
