"""A theme: the colours and line widths of all sheets, each named once, whatever their layout.

Owns the model of ``styles/gaya/*.toml``. Colours of the priority classes belong to the method.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from pipeline import settings
from pipeline.errors import StyleError
from pipeline.settings import Bilingual, Section

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
PositiveMm = Annotated[float, Field(gt=0, le=2000)]


class LineWidths(Section):
    """Widths of lines in millimetres."""

    frame: PositiveMm = Field(alias="bingkai")
    village: PositiveMm = Field(alias="desa")
    kecamatan: PositiveMm
    kabupaten: PositiveMm
    neighbour: PositiveMm = Field(alias="tetangga")
    graticule: PositiveMm
    coast: PositiveMm = Field(alias="pantai")
    seam: PositiveMm = Field(alias="celah")


class Colours(Section):
    """Colours of everything but the priority classes, which belong to the method."""

    paper: Colour = Field(alias="kertas")
    ink: Colour = Field(alias="tinta")
    sea: Colour = Field(alias="laut")
    land: Colour = Field(alias="daratan")
    foreign: Colour = Field(alias="negara_lain")
    village_line: Colour = Field(alias="garis_desa")
    kecamatan_line: Colour = Field(alias="garis_kecamatan")
    kabupaten_line: Colour = Field(alias="garis_kabupaten")
    neighbour_line: Colour = Field(alias="garis_tetangga")
    graticule: Colour
    coast: Colour = Field(alias="pantai")
    sea_name: Colour = Field(alias="nama_laut")
    neighbour_name: Colour = Field(alias="nama_tetangga")
    place: Colour = Field(alias="lokasi")
    halo: Colour


class Theme(Section):
    """The whole of a theme file.

    Attributes
    ----------
    name : Bilingual
        How people call it.
    lines : LineWidths
        Millimetres.
    colours : Colours
        Of everything but the classes.
    """

    name: Bilingual = Field(alias="nama")
    lines: LineWidths = Field(alias="garis")
    colours: Colours = Field(alias="warna")


def load(file: Path) -> Theme:
    """Read and check a theme.

    Parameters
    ----------
    file : Path
        ``styles/gaya/<name>.toml``.

    Raises
    ------
    StyleError
        Unknown key or impossible value; with the line.
    """
    return settings.load(file, Theme, StyleError)
