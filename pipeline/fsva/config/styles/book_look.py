"""How a report looks in Word where an office gives no template of its own.

Owns the model of ``styles/buku/word.toml``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from fsva.config.styles.theme import PositiveMm
from fsva.core import toml
from fsva.core.errors import StyleError
from fsva.core.section import Colour
from fsva.core.toml import Section

FILE_NAME = "buku/word.toml"
Points = Annotated[float, Field(ge=0, le=100)]
TypeSize = Annotated[float, Field(ge=6, le=72)]


class BookPaper(Section):
    """Paper and margins of upright and of landscape pages, millimetres.

    Attributes
    ----------
    caption : float
        Height that is left for the title below a picture.
    """

    width: PositiveMm = Field(alias="lebar")
    height: PositiveMm = Field(alias="tinggi")
    side: PositiveMm = Field(alias="tepi_sisi")
    top: PositiveMm = Field(alias="tepi_atas")
    bottom: PositiveMm = Field(alias="tepi_bawah")
    turned_side: PositiveMm = Field(alias="mendatar_sisi")
    turned_top: PositiveMm = Field(alias="mendatar_atas")
    turned_bottom: PositiveMm = Field(alias="mendatar_bawah")
    caption: PositiveMm = Field(alias="ruang_keterangan")

    def room(self, *, turned: bool) -> tuple[float, float]:
        """Return width and height between the margins, millimetres."""
        if turned:
            across = self.height - 2 * self.turned_side
            return across, self.width - self.turned_top - self.turned_bottom
        return self.width - 2 * self.side, self.height - self.top - self.bottom

    def fitted(self, width: float, height: float, *, turned: bool) -> tuple[float, float]:
        """Return the size at which a picture stands on its page, its title below it."""
        across, down = self.room(turned=turned)
        scale = min(across / width, (down - self.caption) / height, 1.0)
        return width * scale, height * scale


class BookType(Section):
    """Type of one kind of paragraph.

    Attributes
    ----------
    size, before, after : float
        Points.
    """

    size: TypeSize = Field(alias="ukuran")
    colour: Colour = Field(alias="warna")
    before: Points = Field(0, alias="sebelum")
    after: Points = Field(0, alias="sesudah")


class BodyType(BookType):
    """Type of running text; lines stand this many times their height apart."""

    lines: Annotated[float, Field(ge=0.8, le=3)] = Field(alias="baris")


class ListType(Section):
    """Entries of lists: space below each in points, and lines as many times their height apart."""

    after: Points = Field(alias="sesudah")
    lines: Annotated[float, Field(ge=0.8, le=3)] = Field(alias="baris")


class CellType(Section):
    """Cells of tables.

    Attributes
    ----------
    gap : float
        Above and below the words of a cell, points; half of it in small type.
    """

    size: TypeSize = Field(alias="ukuran")
    small: TypeSize = Field(alias="ukuran_kecil")
    gap: Points = Field(alias="jarak")
    head: Colour = Field(alias="kepala")
    group: Colour = Field(alias="kelompok")
    line: Colour = Field(alias="garis")


class BlankType(BookType):
    """Places that the author fills in."""

    ground: Colour = Field(alias="latar")


class FootType(BookType):
    """The foot of pages, and the mark of drafts at their head."""

    draft: Colour = Field(alias="draf")


class BookLook(Section):
    """The whole of ``word.toml``."""

    face: str = Field(alias="huruf", min_length=1)
    paper: BookPaper = Field(alias="kertas")
    body: BodyType = Field(alias="isi")
    heading_1: BookType = Field(alias="judul_1")
    heading_2: BookType = Field(alias="judul_2")
    heading_3: BookType = Field(alias="judul_3")
    title: BookType = Field(alias="sampul")
    subtitle: BookType = Field(alias="anak_sampul")
    caption: BookType = Field(alias="keterangan")
    note: BookType = Field(alias="sumber")
    listing: ListType = Field(alias="daftar")
    cell: CellType = Field(alias="sel")
    blank: BlankType = Field(alias="isian")
    foot: FootType = Field(alias="kaki")


def load(file: Path) -> BookLook:
    """Read the look of Word files.

    Raises
    ------
    FsvaError
        If the file cannot be used.
    """
    return toml.load(file, BookLook, StyleError)
