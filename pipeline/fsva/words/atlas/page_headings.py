"""The headings of an atlas: what stands on which page, for its contents and its bookmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class PartHeading:
    """A part of a file and the page on which it begins.

    Parameters
    ----------
    words : str
        Its name.
    page : int
        From 1.
    under : tuple of PartHeading
        The parts of which it consists.
    """

    words: str
    page: int
    under: tuple[PartHeading, ...] = ()

    def later(self, pages: int) -> PartHeading:
        """Return the heading with some pages put before it.

        Examples
        --------
        >>> PartHeading("Grafik", 8, (PartHeading("Lahan", 9),)).later(2)
        PartHeading(words='Grafik', page=10, under=(PartHeading(words='Lahan', page=11, under=()),))
        """
        under = tuple(below.later(pages) for below in self.under)
        return replace(self, page=self.page + pages, under=under)


def walked(headings: Sequence[PartHeading], depth: int = 0) -> Iterator[tuple[PartHeading, int]]:
    """Yield headings and those under them, each with the number of those above it."""
    for heading in headings:
        yield heading, depth
        yield from walked(heading.under, depth + 1)
