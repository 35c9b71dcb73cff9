"""A layout: sizes, boxes, type sizes, line widths and colours of a sheet.

Owns the model of ``styles/layouts/*.toml``. Millimetres on paper decide everything; nothing of
it stands in the drawing code.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from pipeline import settings
from pipeline.errors import StyleError
from pipeline.figures.scene import Box
from pipeline.settings import Bilingual, Section

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Corners = tuple[float, float, float, float]
PositiveMm = Annotated[float, Field(gt=0, le=2000)]
SMALLEST_TYPE_PT = 6.0
TypePt = Annotated[float, Field(ge=SMALLEST_TYPE_PT, le=72)]


class Boxes(Section):
    """Where the elements of a sheet stand: left, bottom, width, height in millimetres.

    Attributes
    ----------
    frame, title, map, orientation, legend, locator, notes : tuple of float
        Rectangles.
    """

    frame: Corners = Field(alias="bingkai")
    title: Corners = Field(alias="judul")
    map: Corners = Field(alias="peta")
    orientation: Corners = Field(alias="orientasi")
    legend: Corners = Field(alias="legenda")
    locator: Corners = Field(alias="lokator")
    notes: Corners = Field(alias="keterangan")

    def box(self, name: str) -> Box:
        """Return a rectangle by its name."""
        return Box(*getattr(self, name))


class TypeSizes(Section):
    """Sizes of type in points, at least 6.

    Attributes
    ----------
    village : tuple of float
        Sizes tried for a village's name, the largest first.
    """

    title: TypePt = Field(alias="judul")
    subtitle: TypePt = Field(alias="anak_judul")
    heading: TypePt = Field(alias="kepala")
    body: TypePt = Field(alias="isi")
    note: TypePt = Field(alias="catatan")
    coordinate: TypePt = Field(alias="koordinat")
    village: tuple[TypePt, ...] = Field(alias="desa", min_length=1)
    kecamatan: TypePt
    neighbour: TypePt = Field(alias="tetangga")


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


class MapRules(Section):
    """How the map fits its frame.

    Attributes
    ----------
    denominators : tuple of int
        Round scales 1 : n to choose from, the largest scale first.
    margin : float
        Paper between the district and the frame, millimetres.
    intervals : tuple of int
        Spacings of the graticule to choose from, minutes of arc.
    spacing : float
        Least distance of two graticule lines, millimetres.
    tolerance : float
        Simplification of borders for drawing, millimetres on paper.
    """

    denominators: tuple[int, ...] = Field(alias="penyebut", min_length=1)
    margin: float = Field(alias="tepi", ge=0)
    intervals: tuple[int, ...] = Field(alias="jarak_menit", min_length=1)
    spacing: PositiveMm = Field(alias="jarak_graticule")
    tolerance: float = Field(alias="toleransi_sederhana", ge=0, le=1)


class Layout(Section):
    """The whole of a layout file.

    Attributes
    ----------
    width, height : float
        Paper in millimetres.
    dpi : int
        Pixels per inch of the pictures.
    """

    name: Bilingual = Field(alias="nama")
    width: PositiveMm = Field(alias="lebar")
    height: PositiveMm = Field(alias="tinggi")
    dpi: int = Field(ge=72, le=1200)
    boxes: Boxes = Field(alias="kotak")
    type: TypeSizes = Field(alias="huruf")
    lines: LineWidths = Field(alias="garis")
    colours: Colours = Field(alias="warna")
    map: MapRules = Field(alias="peta")

    @model_validator(mode="after")
    def _boxes_on_paper(self) -> Layout:
        for name in Boxes.model_fields:
            box = self.boxes.box(name)
            inside = box.left >= 0 and box.bottom >= 0
            if not (inside and box.right <= self.width and box.top <= self.height):
                raise ValueError(f"kotak.{name}")
        return self


def load(file: Path) -> Layout:
    """Read and check a layout.

    Parameters
    ----------
    file : Path
        ``styles/layouts/<name>.toml``.

    Raises
    ------
    StyleError
        Unknown key, impossible value, box off the paper; with the line.
    """
    return settings.load(file, Layout, StyleError)
