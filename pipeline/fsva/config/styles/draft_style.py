"""What counts as guessed or as another's, and how the mark of a draft looks.

Owns the model of ``styles/draf.toml``. Where an edition is searched for it is the business of
``fsva.config.editions.unfilled`` and ``other_districts``.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from fsva.core import resources, toml
from fsva.core.errors import StyleError
from fsva.core.section import Colour
from fsva.core.toml import Section

FILE_NAME = "draf.toml"


class GuessedDay(Section):
    """The day of a year that is written where nobody knows the date."""

    month: int = Field(alias="bulan", ge=1, le=12)
    day: int = Field(alias="hari", ge=1, le=31)


class Strip(Section):
    """The strip along the upper edge of a sheet.

    Attributes
    ----------
    ground, ink : str
        ``#RRGGBB``.
    large_pt, small_pt : float
        Type size where there is room, and the smallest.
    gap_mm : float
        To what the sheet shows.
    chart_mm, chart_gap_mm : float
        Height of the strip over a chart, which has no upper margin, and from there to its title.
    """

    ground: Colour = Field(alias="latar")
    ink: Colour = Field(alias="huruf")
    large_pt: float = Field(alias="besar", gt=0)
    small_pt: float = Field(alias="kecil", ge=6)
    gap_mm: float = Field(alias="sela", ge=0)
    chart_mm: float = Field(alias="grafik", gt=0)
    chart_gap_mm: float = Field(alias="sela_grafik", gt=0)


class DraftStyle(Section):
    """The whole of the file.

    Attributes
    ----------
    guessed_day : GuessedDay
        A date of the edition on this day of its year is a guess.
    file_endings : tuple of str
        Endings that show that a source of boundaries is the name of a file.
    schematic_words : tuple of str
        Words that no source of official boundaries holds.
    callings : dict of {"kabupaten", "kota"} to tuple of str
        What is written before the names of districts.
    common_words : tuple of str
        Names of districts that are words of everyday language, too.
    not_districts : tuple of str
        Words before a name that show that it is not the name of a district.
    strip : Strip
        The mark on sheets.
    short_names : dict of str to str
        Abbreviation of a district, capitals as they are written, to its Kemendagri code.
    provinces : dict of str to tuple of str
        First two digits of Kemendagri codes to the names of the province.
    """

    guessed_day: GuessedDay = Field(alias="tanggal_tebakan")
    file_endings: tuple[str, ...] = Field(alias="akhiran_berkas")
    schematic_words: tuple[str, ...] = Field(alias="kata_skematis")
    callings: dict[Literal["kabupaten", "kota"], tuple[str, ...]] = Field(alias="sebutan")
    common_words: tuple[str, ...] = Field(alias="nama_umum")
    not_districts: tuple[str, ...] = Field(alias="bukan_daerah")
    strip: Strip = Field(alias="pita")
    short_names: dict[str, str] = Field(alias="singkatan")
    provinces: dict[str, tuple[str, ...]] = Field(alias="provinsi")


@cache
def load() -> DraftStyle:
    """Read and check the file.

    Raises
    ------
    StyleError
        Unknown key, missing key, or no colour; with the line.
    """
    return toml.load(resources.packaged("styles") / FILE_NAME, DraftStyle, StyleError)
