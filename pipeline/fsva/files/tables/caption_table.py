"""The captions of a report's pictures as a CSV file: what each is called, shows, and measures.

Owns the values of ``keterangan.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping

from fsva.files.tables import cells
from fsva.words.book.content import BookText, Figure

CAPTIONS = "keterangan.csv"


def captions_csv(book: BookText, sizes: Mapping[str, tuple[float, float]]) -> bytes:
    """Return title, alternative text and size of every picture of a report, in its order.

    Parameters
    ----------
    sizes : mapping of str to (float, float)
        Width and height on paper in millimetres, by the name of the picture.
    """
    figures = [block for block in book.blocks() if isinstance(block, Figure)]
    columns: dict[str, cells.Values] = {
        "gambar": [figure.picture for figure in figures],
        "nomor": [figure.caption.label for figure in figures],
        "judul": [figure.caption.title for figure in figures],
        "teks_alternatif": [figure.alt for figure in figures],
        "lebar_mm": [sizes[figure.picture][0] for figure in figures],
        "tinggi_mm": [sizes[figure.picture][1] for figure in figures],
    }
    return cells.write(CAPTIONS, columns)
