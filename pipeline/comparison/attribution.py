"""Whose pixels differ: the difference of two pictures given to the elements of the sheet.

Owns the rule that tells the fill of a village from what lies over it: where a fill changes, the
smoothed edges of names and borders above it change along with it, by a part of the same change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.comparison import pictures
from pipeline.comparison.rasters import Pixels
from pipeline.comparison.regions import ELEMENTS, NUMBER, Regions
from pipeline.comparison.result import PictureChange

# A pixel belongs to the fill if its change strays no more than this from a part of the fill's.
_STRAY = 24.0
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
        As in ``pictures.differing``.
    least : int
        Pixels below which an element, or a village of it, is not named.

    Returns
    -------
    list of PictureChange
        One per element, in the order of ``ELEMENTS``; empty if the pages look the same.
    """
    if a.shape != b.shape:
        return [PictureChange(page, "lembar", (), 1.0)]
    mask = pictures.differing(a, b, threshold)
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return []
    elements = regions.elements[rows, columns].copy()
    villages = regions.villages[rows, columns]
    named = regions.named[rows, columns]
    change = b[rows, columns].astype(np.float32) - a[rows, columns].astype(np.float32)
    fills = _fill_changes(a, b, regions)
    over = np.flatnonzero(np.isin(elements, _OVER_A_FILL))
    near = _near(regions.villages, rows[over], columns[over])
    elements[over[_is_of_fill(change[over], near, fills)]] = NUMBER["isi desa"]
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
    found, counts = np.unique(keys, return_counts=True)
    order = np.argsort(counts, kind="stable")
    # Of several rows of a village the last one stays: the most frequent.
    return {
        int(key >> 24): np.array([key >> 16 & 255, key >> 8 & 255, key & 255], dtype=np.float32)
        for key in found[order].tolist()
    }


def _near(
    villages: NDArray[np.int32], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> list[NDArray[np.int32]]:
    """Return the villages at some places and a line's width from them, to all four sides."""
    height, width = villages.shape
    steps = ((0, 0), (_REACH, 0), (-_REACH, 0), (0, _REACH), (0, -_REACH))
    return [
        villages[np.clip(rows + dy, 0, height - 1), np.clip(columns + dx, 0, width - 1)]
        for dy, dx in steps
    ]


def _is_of_fill(
    change: NDArray[np.float32],
    near: Sequence[NDArray[np.int32]],
    fills: NDArray[np.float32],
) -> NDArray[np.bool_]:
    """Tell which pixels over villages change only because a fill below or beside them does.

    A pixel on a border mixes the fills of two neighbours, so the changes of two may add up.
    """
    found = np.zeros(len(change), dtype=bool)
    parts = [fills[village] for village in near]
    for one in parts:
        rest = change - _part_of(change, one)
        found |= (one != 0).any(axis=1) & (np.abs(rest).max(axis=1) <= _STRAY)
        for other in parts:
            more = rest - _part_of(rest, other)
            found |= (one != 0).any(axis=1) & (np.abs(more).max(axis=1) <= _STRAY)
    return found


def _part_of(change: NDArray[np.float32], fill: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the part of a change, 0 to 1, that goes along with the change of a fill."""
    length = np.maximum((fill * fill).sum(axis=1), 1)
    share = np.clip((change * fill).sum(axis=1) / length, 0, 1)
    part: NDArray[np.float32] = share[:, None] * fill
    return part


def _rows(
    page: str,
    elements: NDArray[np.int32],
    owners: NDArray[np.int32],
    codes: Sequence[str],
    limits: tuple[int, int],
) -> Iterator[PictureChange]:
    n_pixels, least = limits
    for number, name in enumerate(ELEMENTS):
        own = elements == number
        if (count := int(own.sum())) >= least:
            places, pixels = np.unique(owners[own], return_counts=True)
            hit = tuple(codes[p - 1] for p, n in zip(places.tolist(), pixels.tolist(), strict=True)
                        if p and n >= least)  # fmt: skip
            if not hit and name in _OF_VILLAGES:
                continue
            yield PictureChange(page, name, hit, count / n_pixels)
