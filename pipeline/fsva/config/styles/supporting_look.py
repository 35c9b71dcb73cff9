"""Colours and sizes of the charts of supporting data, beside those of ``grafik.toml``.

Owns the model of ``styles/grafik-pendukung.toml``.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from fsva.config.styles.theme import PositiveMm
from fsva.core import toml
from fsva.core.errors import StyleError
from fsva.core.section import Colour
from fsva.core.toml import Section

FILE_NAME = "grafik-pendukung.toml"


class SeriesLines(Section):
    """How lines look, and how many share a panel.

    Attributes
    ----------
    width, dot, grid : float
        Width of a line, radius of its dots, width of the grid; millimetres.
    together : int
        Most rows in one panel; of more, each has a panel of its own.
    per_row : int
        Panels beside each other.
    gap : float
        Between panels, millimetres.
    """

    width: PositiveMm = Field(alias="tebal")
    dot: PositiveMm = Field(alias="titik")
    grid: PositiveMm = Field(alias="kisi")
    together: int = Field(alias="baris_bersama", ge=1)
    per_row: int = Field(alias="bidang_sebaris", ge=1)
    gap: PositiveMm = Field(alias="sela")


class SeriesBars(Section):
    """Thickness of the bars of a row together, as a share of its height, 0..1."""

    share: float = Field(alias="tebal", gt=0, le=1)


class SeriesRoom(Section):
    """Room beside the drawing, millimetres: numbers of the axis, names, labels, values, legend."""

    axis: PositiveMm = Field(alias="sumbu")
    name: PositiveMm = Field(alias="nama")
    label: PositiveMm
    value: PositiveMm = Field(alias="nilai")
    legend: PositiveMm = Field(alias="legenda")


class SupportingLook(Section):
    """The whole of ``styles/grafik-pendukung.toml``.

    Attributes
    ----------
    colours : tuple of str
        Of the series, in their order; they begin again when all are used.
    grid : str
        Colour of the grid.
    """

    colours: tuple[Colour, ...] = Field(alias="warna", min_length=1)
    grid: Colour = Field(alias="kisi")
    lines: SeriesLines = Field(alias="garis")
    bars: SeriesBars = Field(alias="batang")
    room: SeriesRoom = Field(alias="ruang")


def load(file: Path) -> SupportingLook:
    """Read the look of the charts of supporting data.

    Raises
    ------
    StyleError
        Unknown key or impossible value, with the line.
    """
    return toml.load(file, SupportingLook, StyleError)
