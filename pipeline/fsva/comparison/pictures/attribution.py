"""Attribution of the pixels that differ to the elements of the sheet.

Owns the rule that separates the fill of a village from the elements above it. A change of fill
also alters the fine lines of the class, the smoothed edges of borders and the room between the
letters of a name. A name has changed only where letters appear or vanish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from fsva.comparison.pictures import pixel_differences
from fsva.comparison.pictures.element_regions import ELEMENTS, NUMBER, STAMP, Regions
from fsva.comparison.pictures.page_pixels import Pixels
from fsva.comparison.values.result import PictureChange

# A fill has changed if one of its three parts has, by more than a palette of 256 colours blurs it.
_NOTICED = 10.0
# A pixel that differs less than this from the colour of letters is a letter.
_INK = 60
_OVER_A_FILL = tuple(NUMBER[name] for name in ("nama", "garis batas", "arsir"))
_OF_VILLAGES = ("isi desa", "nama")
# Half the width of a border with its smoothing, in pixels.
_REACH = 6
# Pixels per picture from which fills are told.
_SAMPLE = 1_500_000


def compare(
    page: str, a: Pixels, b: Pixels, regions: Regions, threshold: float, least: int
) -> list[PictureChange]:
    """Say which elements of a page look different.

    Parameters
    ----------
    page : str
        Name of the page.
    a, b : array of uint8, shape (height, width, 3)
        The page on both sides; pages of different size differ as a whole (``lembar``).
    regions : Regions
        What stands where, of either side.
    threshold : float
        As in ``pixel_differences.differing``.
    least : int
        Pixels below which an element, or a village of it, is not named.

    Returns
    -------
    list of PictureChange
        One per element, in the order of ``ELEMENTS``; empty if the pages look the same.
    """
    if a.shape != b.shape:
        return [PictureChange(page, "lembar", (), 1.0)]
    mask = pixel_differences.differing(a, b, threshold) & (regions.elements != NUMBER[STAMP])
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return []
    elements = regions.elements[rows, columns].copy()
    villages = regions.villages[rows, columns]
    named = regions.named[rows, columns]
    over = np.flatnonzero(np.isin(elements, _OVER_A_FILL))
    near = _near(regions.villages, rows[over], columns[over])
    places = (rows[over], columns[over])
    letters = (elements[over] == NUMBER["nama"]) & _letters(a[places], b[places], regions.ink)
    filled = _filled(near, _fill_changes(a, b, regions))
    fill = (filled > 0) & ~letters
    elements[over[fill]], villages[over[fill]] = NUMBER["isi desa"], filled[fill]
    owners = np.where((elements == NUMBER["nama"]) & (named > 0), named, villages)
    return list(_rows(page, elements, owners, regions.codes, (mask.size, least)))


def _fill_changes(a: Pixels, b: Pixels, regions: Regions) -> NDArray[np.float32]:
    """Return by how much the fill of each village changes: its commonest colour, B minus A.

    Row 0 is no village, which has no fill.
    """
    inside = np.flatnonzero(
        (regions.elements == NUMBER["isi desa"]).ravel() & (regions.villages > 0).ravel()
    )
    step = max(1, len(inside) // _SAMPLE)
    inside = inside[::step]
    owners = regions.villages.ravel()[inside]
    fills = np.zeros((len(regions.codes) + 1, 3), dtype=np.float32)
    for picture, sign in ((a, -1), (b, 1)):
        for village, colour in _commonest(picture.reshape(-1, 3)[inside], owners).items():
            fills[village] += sign * colour
    return fills


def _commonest(
    colours: NDArray[np.uint8], owners: NDArray[np.int32]
) -> dict[int, NDArray[np.float32]]:
    parts = colours.astype(np.int64)
    keys = (owners.astype(np.int64) << 24) | (parts[:, 0] << 16) | (parts[:, 1] << 8) | parts[:, 2]
    values, counts = np.unique(keys, return_counts=True)
    order = np.argsort(counts, kind="stable")
    # Of several rows of a village the last one stays: the most frequent.
    return {
        int(key >> 24): np.array([key >> 16 & 255, key >> 8 & 255, key & 255], dtype=np.float32)
        for key in values[order].tolist()
    }


def _near(
    villages: NDArray[np.int32], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.int32]:
    """Return the villages at some places and a line's width from them, shape (5, n)."""
    height, width = villages.shape
    steps = ((0, 0), (_REACH, 0), (-_REACH, 0), (0, _REACH), (0, -_REACH))
    return np.array(
        [
            villages[np.clip(rows + dy, 0, height - 1), np.clip(columns + dx, 0, width - 1)]
            for dy, dx in steps
        ]
    )


def _filled(near: NDArray[np.int32], fills: NDArray[np.float32]) -> NDArray[np.int32]:
    """Return the village whose fill changes at each place or a line's width beside it, else 0."""
    changes = (np.abs(fills).max(axis=1) > _NOTICED)[near]
    first = changes.argmax(axis=0)
    return np.where(changes.any(axis=0), near[first, np.arange(near.shape[1])], 0)


def _letters(a: Pixels, b: Pixels, ink: tuple[int, int, int]) -> NDArray[np.bool_]:
    """Tell which pixels belong to a letter on one side and clearly to none on the other."""
    apart = [
        np.abs(side.astype(np.int16) - np.array(ink, dtype=np.int16)).max(axis=1) for side in (a, b)
    ]
    near, far = np.minimum(*apart), np.maximum(*apart)
    letters: NDArray[np.bool_] = (near < _INK) & (far > 2 * _INK)
    return letters


def _rows(
    page: str,
    elements: NDArray[np.int32],
    owners: NDArray[np.int32],
    codes: Sequence[str],
    limits: tuple[int, int],
) -> Iterator[PictureChange]:
    n_pixels, least = limits
    for number, name in enumerate(ELEMENTS):
        of_item = elements == number
        if (count := int(of_item.sum())) >= least:
            places, pixels = np.unique(owners[of_item], return_counts=True)
            hit = tuple(
                codes[p - 1]
                for p, n in zip(places.tolist(), pixels.tolist(), strict=True)
                if p and n >= least
            )
            if not hit and name in _OF_VILLAGES:
                continue
            yield PictureChange(page, name, hit, count / n_pixels)
