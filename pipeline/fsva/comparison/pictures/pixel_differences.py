"""Where two pictures of the same sheet look different.

Owns the rule by which two pixels count as different: their distance in YIQ, as the eye weighs it,
above a threshold, and neither of them the smoothed edge of a shape. ``attribution`` assigns them
to elements.

Notes
-----
Distance: Kotsarenko and Ramos, "Measuring perceived color difference using YIQ NTSC transmission
color space in mobile applications" (2010). Smoothed edges: Vysniauskas, "Anti-aliased pixel and
intensity slope detector" (2009). Both as in the program pixelmatch, whose threshold is on the same
scale.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fsva.comparison.pictures.page_pixels import Pixels
from fsva.sources.plain.arrays import Mask

# The distance of black and white.
_FARTHEST = 35215.0
_TO_YIQ = np.array(
    [
        [0.29889531, 0.58662247, 0.11448223],
        [0.59597799, -0.27417610, -0.32180189],
        [0.21147017, -0.52261711, 0.31114694],
    ],
    dtype=np.float32,
)
_WEIGHTS = np.array([0.5053, 0.299, 0.1957], dtype=np.float32)
_AROUND = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0)]
_SIBLINGS = 2
_BLOCK = 400_000


def differing(a: Pixels, b: Pixels, threshold: float) -> Mask:
    """Mark the pixels that look different.

    Parameters
    ----------
    a, b : array of uint8, shape (height, width, 3)
        Two pictures of one size.
    threshold : float
        0..1: the square root of the least distance, where black and white have distance 1.

    Returns
    -------
    array of bool, shape (height, width)

    Raises
    ------
    ValueError
        If the pictures differ in size.
    """
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} != {b.shape}")
    packed_a, packed_b = _packed(a), _packed(b)
    mask: Mask = packed_a != packed_b
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return mask
    plain_a, plain_b = _has_siblings(packed_a), _has_siblings(packed_b)
    plain = plain_a & plain_b
    for start in range(0, len(rows), _BLOCK):
        y, x = rows[start : start + _BLOCK], columns[start : start + _BLOCK]
        far = _distance(a[y, x], b[y, x]) > threshold * threshold * _FARTHEST
        mask[y[~far], x[~far]] = False
        y, x = y[far], x[far]
        for picture, has_like in ((a, plain_a), (b, plain_b)):
            edge = ~has_like[y, x]  # a pixel among equal ones is no edge
            ey, ex = y[edge], x[edge]
            smooth = _smoothed(picture, plain, ey, ex)
            mask[ey[smooth], ex[smooth]] = False
    return mask


def _packed(picture: Pixels) -> NDArray[np.int32]:
    """Return one number per pixel."""
    parts = picture.astype(np.int32)
    packed: NDArray[np.int32] = (parts[..., 0] << 16) | (parts[..., 1] << 8) | parts[..., 2]
    return packed


def _distance(a: Pixels, b: Pixels) -> NDArray[np.float32]:
    """Return the distance of two lists of colours, 0 .. 35215."""
    yiq = (a.astype(np.float32) - b.astype(np.float32)) @ _TO_YIQ.T
    distances: NDArray[np.float32] = (yiq * yiq) @ _WEIGHTS
    return distances


def _has_siblings(packed: NDArray[np.int32]) -> Mask:
    """Mark pixels with at least three equal neighbours; one is counted for the picture's edge."""
    height, width = packed.shape
    equal = np.zeros(packed.shape, dtype=np.uint8)
    for dy, dx in _AROUND:
        here = (slice(max(-dy, 0), height - max(dy, 0)), slice(max(-dx, 0), width - max(dx, 0)))
        there = (slice(max(dy, 0), height - max(-dy, 0)), slice(max(dx, 0), width - max(-dx, 0)))
        equal[here] += packed[here] == packed[there]
    for edge in ((0, slice(None)), (-1, slice(None)), (slice(1, -1), 0), (slice(1, -1), -1)):
        equal[edge] += 1
    siblings: Mask = equal > _SIBLINGS
    return siblings


def _smoothed(picture: Pixels, plain: Mask, y: NDArray[np.intp], x: NDArray[np.intp]) -> Mask:
    """Tell which pixels lie on the smoothed edge between two plain areas."""
    height, width = plain.shape
    lightness = _light(picture[y, x])
    at_edge = (y == 0) | (x == 0) | (y == height - 1) | (x == width - 1)
    zeros = at_edge.astype(np.uint8)
    lowest, highest = np.zeros(len(y), np.float32), np.zeros(len(y), np.float32)
    plain_low, plain_high = np.zeros(len(y), bool), np.zeros(len(y), bool)
    for dy, dx in _AROUND:
        ny, nx = y + dy, x + dx
        inside = (ny >= 0) & (nx >= 0) & (ny < height) & (nx < width)
        ny, nx = np.clip(ny, 0, height - 1), np.clip(nx, 0, width - 1)
        step = np.where(inside, lightness - _light(picture[ny, nx]), np.float32(0))
        zeros += inside & (step == 0)
        lower, higher = step < lowest, step > highest
        lowest, highest = np.minimum(lowest, step), np.maximum(highest, step)
        plain_low = np.where(lower, plain[ny, nx], plain_low)
        plain_high = np.where(higher, plain[ny, nx], plain_high)
    slope = (zeros <= _SIBLINGS) & (lowest < 0) & (highest > 0)
    smoothed: Mask = slope & (plain_low | plain_high)
    return smoothed


def _light(colours: Pixels) -> NDArray[np.float32]:
    lightness: NDArray[np.float32] = colours.astype(np.float32) @ _TO_YIQ[0]
    return lightness
