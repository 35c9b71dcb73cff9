"""The cells of the summary map: as many columns as show districts of one shape largest.

Owns the choice of columns and rows. What stands in a cell is known to ``overview``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from fsva.core.box import Box

# What a cell of a width needs over its map, millimetres; None where its words do not fit at all.
HeadOf = Callable[[float], float | None]
# Shares of the room's width for the small maps beside a large one; how much of their height they
# keep at least, and how much higher the large one is.
_SHARES = (0.62, 0.58, 0.54, 0.5)
_KEPT, _LARGER = 0.75, 1.3
# Shares of the room's height for a large map above the small ones, and how much larger all maps
# together are, so that it stands there and not beside them.
_SHARES_ABOVE = (0.3, 0.34, 0.38, 0.42, 0.46, 0.5)
_BETTER = 1.1


@dataclass(frozen=True)
class SheetGrid:
    """Cells of equal size, row after row from the upper left.

    Parameters
    ----------
    columns, rows : int
        How many.
    head : float
        Millimetres over each map for its words.
    cells : tuple of Box
        As many as were asked for; the last row may be short of some.
    """

    columns: int
    rows: int
    head: float
    cells: tuple[Box, ...]


@dataclass(frozen=True)
class _Way:
    """One of the ways to part a room, and how high a map is in its cells."""

    columns: int
    rows: int
    head: float
    high: float


def grid(
    room: Box, count: int, gap: float, least: float, head_of: HeadOf, ratio: float
) -> SheetGrid:
    """Divide a room into the cells in which maps of one shape become largest.

    Parameters
    ----------
    room : Box
        Millimetres.
    count : int
        Cells that are needed, at least 1.
    gap : float
        Millimetres between cells.
    least : float
        Millimetres over each map where no width holds its words: then cells are as wide as can be.
    head_of : callable
        Millimetres over each map for its words, by the width of a cell.
    ratio : float
        Width of the maps divided by their height.

    Examples
    --------
    >>> wide = grid(Box(0, 0, 320, 160), 8, 4, 10, lambda width: 10.0, 1.0)
    >>> (wide.columns, wide.rows, len(wide.cells))
    (4, 2, 8)
    """
    sides = [(-(-count // rows), rows) for rows in range(1, count + 1)]
    ways = []
    for columns, rows in sides:
        width, high = _cell(room, columns, rows, gap)
        head = head_of(width)
        if head is not None and high > head:
            ways.append(_Way(columns, rows, head, min(high - head, width / ratio)))
    if not ways:
        possible = [(c, r) for c, r in sides if _cell(room, c, r, gap)[1] > least] or sides[:1]
        ways = [_Way(*possible[-1], least, 0.0)]
    way = max(ways, key=lambda one: one.high)
    return SheetGrid(way.columns, way.rows, way.head, _cells(room, count, gap, way))


def with_large(
    room: Box,
    count: int,
    gap: float,
    least: float,
    head_of: HeadOf,
    ratio: float,
    legend: tuple[float, float],
) -> SheetGrid:
    """Divide a room into cells of which the last map's is larger, with the legend beside it.

    Parameters
    ----------
    room, count, gap, least, head_of, ratio
        As for ``grid``; the last but one cell is that of the large map, the last of the legend.
    legend : (float, float)
        Millimetres of width and height that the legend needs.

    Returns
    -------
    SheetGrid
        Equal cells where the other maps would become too small, or the large one not much larger.
    """
    plain = grid(room, count, gap, least, head_of, ratio)
    if count < 4:
        return plain

    def small(part: Box) -> SheetGrid:
        """Divide a part of the room into the cells of the small maps."""
        return grid(part, count - 2, gap, least, head_of, ratio)

    fitting = [
        [w for w in ways if _is_worth(w, count, head_of, ratio, _height(plain, ratio))]
        for ways in (_beside(room, gap, legend, small), _above(room, gap, legend, small))
    ]
    beside, above = fitting[0][:1], fitting[1]
    highest = max(above, key=lambda way: _sizes(way, ratio), default=None)
    if highest and (not beside or _sizes(highest, ratio) > _BETTER * _sizes(beside[0], ratio)):
        return highest
    return beside[0] if beside else plain


def _beside(
    room: Box, gap: float, legend: tuple[float, float], small: Callable[[Box], SheetGrid]
) -> Iterator[SheetGrid]:
    """Yield ways with the large map on the right, over the legend."""
    for share in _SHARES:
        left = Box(room.left, room.bottom, share * (room.width - gap), room.height)
        parted, right = small(left), room.right - left.right - gap
        large = Box(left.right + gap, room.bottom + legend[1], right, room.height - legend[1])
        below = Box(large.left, room.bottom, right, legend[1])
        yield replace(parted, cells=(*parted.cells, large, below))


def _above(
    room: Box, gap: float, legend: tuple[float, float], small: Callable[[Box], SheetGrid]
) -> Iterator[SheetGrid]:
    """Yield ways with the large map across the room, left of the legend."""
    width = room.width - legend[0] - gap
    for share in _SHARES_ABOVE:
        high = share * (room.height - gap)
        if high < legend[1] or width <= 0:
            continue
        parted = small(Box(room.left, room.bottom, room.width, room.height - high - gap))
        large = Box(room.left, room.top - high, width, high)
        aside = Box(large.right + gap, large.bottom, legend[0], high)
        yield replace(parted, cells=(*parted.cells, large, aside))


def _is_worth(way: SheetGrid, count: int, head_of: HeadOf, ratio: float, plain: float) -> bool:
    """Tell whether a large map is larger, and the others not much smaller than without it."""
    head, small = head_of(way.cells[-2].width), _height(way, ratio)
    if head is None or way.rows * way.columns < count - 2 or small <= 0:
        return False
    return small >= _KEPT * plain and _large(way, ratio, head) >= _LARGER * small


def _large(way: SheetGrid, ratio: float, head: float) -> float:
    """Return how high the large map is."""
    cell = way.cells[-2]
    return min(cell.height - max(head, way.head), cell.width / ratio)


def _sizes(way: SheetGrid, ratio: float) -> float:
    """Return how large the small maps and the large one are together, as a product."""
    return _height(way, ratio) * _large(way, ratio, way.head)


def _height(parted: SheetGrid, ratio: float) -> float:
    """Return how high a map is in the first cell."""
    cell = parted.cells[0]
    return min(cell.height - parted.head, cell.width / ratio)


def _cells(room: Box, count: int, gap: float, way: _Way) -> tuple[Box, ...]:
    width, high = _cell(room, way.columns, way.rows, gap)
    return tuple(
        Box(
            room.left + (n % way.columns) * (width + gap),
            room.top - (n // way.columns + 1) * high - (n // way.columns) * gap,
            width,
            high,
        )
        for n in range(count)
    )


def _cell(room: Box, columns: int, rows: int, gap: float) -> tuple[float, float]:
    return (room.width - (columns - 1) * gap) / columns, (room.height - (rows - 1) * gap) / rows
