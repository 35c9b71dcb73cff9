"""Colours and widths of the workbook of forms and of blank forms.

Owns the model of ``styles/buku-kerja.toml``. The colours of classes are the method's.
"""

from __future__ import annotations

from functools import cache

from pydantic import Field

from fsva.core import resources, toml
from fsva.core.errors import StyleError
from fsva.core.section import Colour
from fsva.core.toml import Section

FILE_NAME = "buku-kerja.toml"


class WorkbookColours(Section):
    """Fills, borders and inks.

    Attributes
    ----------
    head : str
        Behind headings.
    entry : str
        Cells that people fill in or may change.
    agreed, printed : str
        What agencies agreed on; what stands in for an unknown value because it is published.
    locked : str
        Codes and names of blank forms.
    dark_ink, light_ink : str
        Over light and dark colours of classes.
    """

    head: Colour = Field(alias="kepala")
    entry: Colour = Field(alias="isian")
    agreed: Colour = Field(alias="kesepakatan")
    locked: Colour = Field(alias="terkunci")
    printed: Colour = Field(alias="terbit")
    line: Colour = Field(alias="garis")
    dark_ink: Colour = Field(alias="tinta_gelap")
    light_ink: Colour = Field(alias="tinta_terang")


class WorkbookWidths(Section):
    """Widths of columns in letters."""

    number: float = Field(alias="nomor", gt=0, le=255)
    name: float = Field(alias="nama", gt=0, le=255)
    code: float = Field(alias="kode", gt=0, le=255)
    value: float = Field(alias="angka", gt=0, le=255)
    priority: float = Field(alias="kelas", gt=0, le=255)
    text: float = Field(alias="teks", gt=0, le=255)


class WorkbookStyle(Section):
    """The whole of the file."""

    colours: WorkbookColours = Field(alias="warna")
    widths: WorkbookWidths = Field(alias="lebar")


@cache
def load() -> WorkbookStyle:
    """Read and check the style.

    Raises
    ------
    StyleError
        Unknown key, missing key, no colour; with the line.
    """
    return toml.load(resources.packaged("styles") / FILE_NAME, WorkbookStyle, StyleError)
