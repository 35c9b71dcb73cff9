"""The headings of an atlas: what stands on which page, for its contents and its bookmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Heading:
    """A part of a file and the page on which it begins.

    Parameters
    ----------
    words : str
        Its name.
    page : int
        From 1.
    under : tuple of Heading
        The parts of which it consists.
    """

    words: str
    page: int
    under: tuple[Heading, ...] = ()

    def later(self, pages: int) -> Heading:
        """Return the heading with some pages put before it.

        Examples
        --------
        >>> Heading("Grafik", 8, (Heading("Lahan", 9),)).later(2)
        Heading(words='Grafik', page=10, under=(Heading(words='Lahan', page=11, under=()),))
        """
        under = tuple(below.later(pages) for below in self.under)
        return replace(self, page=self.page + pages, under=under)


def walked(headings: Sequence[Heading], depth: int = 0) -> Iterator[tuple[Heading, int]]:
    """Yield headings and those under them, each with the number of those above it."""
    for heading in headings:
        yield heading, depth
        yield from walked(heading.under, depth + 1)
