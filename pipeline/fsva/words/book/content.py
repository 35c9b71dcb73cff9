"""What a report consists of, before it is a Word file or a PDF.

Owns the values and nothing else: ``fsva.words.book.markup`` makes them from templates,
``fsva.words.book.numbering`` counts chapters, tables and figures, ``fsva.files.book`` writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["tabel", "peta", "grafik"]
KINDS: tuple[Kind, ...] = ("peta", "tabel", "grafik")
Align = Literal["kiri", "tengah", "kanan"]
LEFT: Align = "kiri"
MIDDLE: Align = "tengah"
RIGHT: Align = "kanan"
_FEW_ROWS = 16
_FEW_LINES = 32  # of its rows, about half a page


@dataclass(frozen=True)
class Reference:
    """A place in a sentence that names a table, map or chart by its number.

    Parameters
    ----------
    key : str
        Of a ``Caption``.
    words : str
        ``Tabel 2.1``; empty before numbering.
    """

    key: str
    words: str = ""


@dataclass(frozen=True)
class Emphasis:
    """Words in italics, such as those of another language."""

    words: str


Inline = str | Reference | Emphasis
Sentence = tuple[Inline, ...]


def plain(sentence: Sentence) -> str:
    """Return the words of a sentence without their form."""
    return "".join(part if isinstance(part, str) else part.words for part in sentence)


@dataclass(frozen=True)
class BookHeading:
    """The heading of a chapter or section, before it has its number and after.

    Parameters
    ----------
    level : int
        1 = chapter.
    words : str
        Without its number.
    numbered : bool
        Whether it counts.
    number : str
        ``BAB 2.`` or ``2.1.``; empty before numbering and where it does not count.
    key : str
        By which contents lead to it.
    """

    level: int
    words: str
    numbered: bool = True
    number: str = ""
    key: str = ""

    @property
    def whole(self) -> str:
        """Number and words."""
        return f"{self.number} {self.words}".strip()


@dataclass(frozen=True)
class BookParagraph:
    """A paragraph of running text.

    Parameters
    ----------
    style : {"isi", "sumber", "judul", "anak_judul", "draf", "daftar"}
        What it is: body, note below a table, title, subtitle, mark of a draft, title of a list.
    """

    sentence: Sentence
    style: str = "isi"


@dataclass(frozen=True)
class ListEntry:
    """An entry of a list with the label before it.

    Parameters
    ----------
    label : str
        ``1.``, ``1.2.`` or a bullet.
    level : int
        Depth from 0 on.
    """

    label: str
    sentence: Sentence
    level: int = 0


@dataclass(frozen=True)
class Listing:
    """A list with its labels as they are printed."""

    entries: tuple[ListEntry, ...]


@dataclass(frozen=True)
class Caption:
    """Number and title of a table, map or chart.

    Parameters
    ----------
    kind : {"tabel", "peta", "grafik"}
        Which of the lists it stands in.
    key : str
        Name for references, the same every year.
    title : str
        Without number.
    label : str
        ``Tabel 2.1``; empty before numbering.
    chapter : str
        First part of the number: a chapter, the letter of the annex; empty where there is none, as
        for maps, which are counted through the report.
    number : int
        Second part.
    """

    kind: Kind
    key: str
    title: str
    label: str = ""
    chapter: str = ""
    number: int = 0


@dataclass(frozen=True)
class BookTable:
    """A table of the report, in words.

    Parameters
    ----------
    caption : Caption or None
        None for a table without number.
    heads : tuple of str
        Its columns.
    rows : tuple of tuple of str
        Cells in words.
    aligns : tuple of {"kiri", "tengah", "kanan"}
        Of each column.
    widths : tuple of float
        Shares of the width, of each column.
    note : str
        Source or note below it.
    small : bool
        Whether it has so many columns that it is set in small type.
    groups : frozenset of int
        Rows that are headings of those below them: only their first cell is printed.
    turned : bool
        Whether it stands on landscape pages.
    on_end : frozenset of int
        Columns whose heading stands on end.
    head_mm : float
        Height of the row of headings where some stand on end.
    lines : int
        Of all its rows; 0 before its columns have their widths.
    """

    caption: Caption | None
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    aligns: tuple[Align, ...]
    widths: tuple[float, ...]
    note: str = ""
    small: bool = False
    groups: frozenset[int] = frozenset()
    turned: bool = False
    on_end: frozenset[int] = frozenset()
    head_mm: float = 0.0
    lines: int = 0

    @property
    def is_short(self) -> bool:
        """Whether it is so short that it is not divided between pages."""
        few = len(self.rows) <= _FEW_ROWS and self.lines <= _FEW_LINES
        return few and not self.turned


@dataclass(frozen=True)
class Figure:
    """A map or chart.

    Parameters
    ----------
    picture : str
        Name of its file without ending, e.g. ``peta-1-lahan``.
    alt : str
        What it shows, in words.
    turned : bool
        Whether it has a landscape page of its own.
    """

    caption: Caption
    picture: str
    alt: str
    turned: bool = False


@dataclass(frozen=True)
class Blank:
    """What only the author can write: a marked place.

    Parameters
    ----------
    key : str
        The same every year.
    guide : str
        What belongs here.
    written : tuple of str
        Paragraphs that the author has written there.
    """

    key: str
    guide: str
    written: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contents:
    """The table of contents, or the list of maps, tables or charts.

    Parameters
    ----------
    of : {"isi", "tabel", "peta", "grafik"}
        Of what.
    """

    of: Literal["isi", "tabel", "peta", "grafik"]


@dataclass(frozen=True)
class Break:
    """The end of a page.

    Parameters
    ----------
    into : {"halaman", "isi"}
        A new page, or the first page of the main part, where counting begins anew.
    """

    into: Literal["halaman", "isi"] = "halaman"


Block = BookHeading | BookParagraph | Listing | BookTable | Figure | Blank | Contents | Break


@dataclass(frozen=True)
class Part:
    """A generated part, which a later run replaces as a whole.

    Parameters
    ----------
    tag : str
        Its name, the same every year.
    """

    tag: str
    blocks: tuple[Block, ...]


Piece = Block | Part


@dataclass(frozen=True)
class BookText:
    """A report or another document of an edition.

    Parameters
    ----------
    title, subject, author, language : str
        For the properties of the file.
    running : str
        At the foot of every page.
    draft : str
        The mark of a draft; empty for a complete edition.
    pieces : tuple of Block or Part
        In their order.
    """

    title: str
    subject: str
    author: str
    language: str
    running: str
    draft: str
    pieces: tuple[Piece, ...]

    def blocks(self) -> list[Block]:
        """Return all blocks in their order."""
        return blocks_of(self.pieces)


def blocks_of(pieces: Sequence[Piece]) -> list[Block]:
    """Return the blocks of some pieces, those within generated parts too."""
    return [
        block
        for piece in pieces
        for block in (piece.blocks if isinstance(piece, Part) else (piece,))
    ]
