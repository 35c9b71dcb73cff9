"""Sizes of the sheets that stand beside the maps: the charts and the summary map.

Owns the models of ``styles/grafik.toml`` and ``styles/peta-ringkasan.toml``. Colours are those
of the maps and stand there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from fsva.config.styles.layout import Corners, TypePt
from fsva.config.styles.theme import PositiveMm
from fsva.core import toml
from fsva.core.box import Box
from fsva.core.errors import StyleError
from fsva.core.toml import Section

CHART, OVERVIEW = "grafik.toml", "peta-ringkasan.toml"


class SideBoxes(Section):
    """Rectangles of a sheet: left, bottom, width, height in millimetres."""

    def box(self, name: str) -> Box:
        """Return a rectangle by its name."""
        return Box(*getattr(self, name))


class ChartBoxes(SideBoxes):
    """Rectangles of a chart."""

    head: Corners = Field(alias="kepala")
    labels: Corners = Field(alias="label")
    bars: Corners = Field(alias="batang")
    foot: Corners = Field(alias="kaki")


class ChartType(Section):
    """Sizes of type of a chart in points, at least 6."""

    title: TypePt = Field(alias="judul")
    subtitle: TypePt = Field(alias="anak_judul")
    label: TypePt
    interval: TypePt = Field(alias="rentang")
    value: TypePt = Field(alias="nilai")
    foot: TypePt = Field(alias="kaki")


class Bars(Section):
    """How the bars of a chart look.

    Attributes
    ----------
    share : float
        Thickness of a bar as a share of its row, 0..1.
    line, axis : float
        Widths of the bars' outline and of the axis, millimetres.
    """

    share: Annotated[float, Field(gt=0, le=1)] = Field(alias="tebal")
    line: PositiveMm = Field(alias="garis")
    axis: PositiveMm = Field(alias="sumbu")


class Plate(Section):
    """A sheet of paper.

    Attributes
    ----------
    width, height : float
        Millimetres.
    dpi : int
        Pixels per inch of the picture.
    """

    width: PositiveMm = Field(alias="lebar")
    height: PositiveMm = Field(alias="tinggi")
    dpi: int = Field(ge=72, le=1200)
    boxes: SideBoxes = Field(alias="kotak")

    @model_validator(mode="after")
    def _boxes_on_paper(self) -> Self:
        for name in type(self.boxes).model_fields:
            if not self.boxes.box(name).is_on(self.width, self.height):
                raise ValueError(f"kotak.{name}")
        return self


class ChartPlate(Plate):
    """The whole of ``styles/grafik.toml``."""

    boxes: ChartBoxes = Field(alias="kotak")
    type: ChartType = Field(alias="huruf")
    bars: Bars = Field(alias="batang")


class OverviewBoxes(SideBoxes):
    """Rectangles of the summary map."""

    title: Corners = Field(alias="judul")
    maps: Corners = Field(alias="peta")
    foot: Corners = Field(alias="kaki")


class OverviewType(Section):
    """Sizes of type of the summary map in points, at least 6."""

    title: TypePt = Field(alias="judul")
    subtitle: TypePt = Field(alias="anak_judul")
    panel: TypePt
    legend: TypePt = Field(alias="legenda")
    foot: TypePt = Field(alias="kaki")


class OverviewPanels(Section):
    """How the small maps look.

    Attributes
    ----------
    gap, head : float
        Millimetres between two panels, and room for the words over one.
    tolerance : float
        Simplification of borders for drawing, millimetres on paper.
    village, kecamatan, kabupaten : float
        Widths of the borders, millimetres.
    """

    gap: PositiveMm = Field(alias="sela")
    head: PositiveMm = Field(alias="kepala")
    tolerance: Annotated[float, Field(ge=0, le=1)] = Field(alias="toleransi_sederhana")
    village: PositiveMm = Field(alias="garis_desa")
    kecamatan: PositiveMm = Field(alias="garis_kecamatan")
    kabupaten: PositiveMm = Field(alias="garis_kabupaten")


class OverviewPlate(Plate):
    """The whole of ``styles/peta-ringkasan.toml``."""

    boxes: OverviewBoxes = Field(alias="kotak")
    type: OverviewType = Field(alias="huruf")
    panels: OverviewPanels = Field(alias="panel")


def chart(file: Path) -> ChartPlate:
    """Read the sizes of the charts.

    Parameters
    ----------
    file : Path
        ``styles/grafik.toml``.

    Raises
    ------
    StyleError
        Unknown key, impossible value, box off the paper; with the line.
    """
    return toml.load(file, ChartPlate, StyleError)


def overview(file: Path) -> OverviewPlate:
    """Read the sizes of the summary map.

    Parameters
    ----------
    file : Path
        ``styles/peta-ringkasan.toml``.

    Raises
    ------
    StyleError
        Unknown key, impossible value, box off the paper; with the line.
    """
    return toml.load(file, OverviewPlate, StyleError)
