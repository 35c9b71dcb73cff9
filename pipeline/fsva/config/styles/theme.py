"""A theme: the colours and line widths of all sheets, each named once, whatever their layout.

Owns the model of ``styles/gaya/*.toml``: muted colours, line widths, the second channel beside
colour, and class colours where a theme does not keep the method's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from fsva.config.styles import inheritance
from fsva.config.styles.inheritance import Family
from fsva.core.section import Colour
from fsva.core.toml import Bilingual, Section

PositiveMm = Annotated[float, Field(gt=0, le=2000)]


class LineWidths(Section):
    """Widths of lines in millimetres.

    Attributes
    ----------
    casing : float
        Light margin on each side of borders of kecamatan and kabupaten.
    dashes : tuple of float
        Strokes and gaps of the border of a kabupaten on land.
    halo, large_halo : float
        Outline around the letters of villages, and of kecamatan.
    full_side : float
        Side of the median village on paper from which lines have their full width.
    least_share : float
        The smallest share of their widths that village borders keep where villages are smaller.
    """

    frame: PositiveMm = Field(alias="bingkai")
    village: PositiveMm = Field(alias="desa")
    kecamatan: PositiveMm
    kabupaten: PositiveMm
    neighbour: PositiveMm = Field(alias="tetangga")
    graticule: PositiveMm
    coast: PositiveMm = Field(alias="pantai")
    seam: PositiveMm = Field(alias="celah")
    casing: float = Field(0.15, alias="selubung", ge=0, le=2)
    dashes: tuple[PositiveMm, ...] = Field((2.0, 1.3, 0.4, 1.3), alias="pola_kabupaten")
    halo: PositiveMm = Field(0.4, alias="halo_desa")
    large_halo: PositiveMm = Field(0.6, alias="halo_kecamatan")
    full_side: PositiveMm = Field(16.0, alias="sisi_penuh")
    least_share: float = Field(0.27, alias="bagian_terkecil", gt=0, le=1)

    def of_villages(self, side_mm: float) -> LineWidths:
        """Return the widths for a map by the size of its villages.

        Village borders follow the size; the other lines, which are fewer, its square root.

        Parameters
        ----------
        side_mm : float
            Side of a square as large as the median village on paper.
        """
        share = min(1.0, max(self.least_share, side_mm / self.full_side))
        few = share**0.5
        widths = {"village": self.village * share, "seam": min(self.seam, self.village * share)}
        rare = ("kecamatan", "kabupaten", "coast", "casing", "halo", "large_halo")
        widths |= {name: getattr(self, name) * few for name in rare}
        rounded = {name: round(width, 3) for name, width in widths.items()}
        dashes = tuple(round(dash * few, 2) for dash in self.dashes)
        return self.model_copy(update=rounded | {"dashes": dashes})


class BorderContrast(Section):
    """How borders of villages differ from the colour of their class (WCAG contrast ratio).

    Attributes
    ----------
    lighter, darker : float
        Ratio of a border lighter than a dark class, and of one darker than a light class.
    turn : float
        Relative luminance, 0..1, below which a class counts as dark.
    """

    lighter: float = Field(3.2, alias="lebih_terang", ge=2, le=21)
    darker: float = Field(2.2, alias="lebih_gelap", ge=2, le=21)
    turn: float = Field(0.3, alias="ambang_gelap", ge=0.05, le=0.47)


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


class Hatch(Section):
    """Fine lines over the colour of one class, so that colour is not its only mark.

    Attributes
    ----------
    priority : int
        The priority class.
    angles : tuple of float
        Directions of its lines, degrees counter-clockwise from the right, 0 to below 180.
    spacing : float
        Distance of two lines, millimetres.
    width : float
        Width of a line, millimetres.
    colour : str
        ``#RRGGBB``.
    """

    priority: int = Field(alias="kelas", ge=1)
    angles: tuple[Annotated[float, Field(ge=0, lt=180)], ...] = Field(alias="sudut", min_length=1)
    spacing: float = Field(alias="jarak", ge=0.5, le=10)
    width: float = Field(alias="tebal", ge=0.05, le=0.7)
    colour: Colour = Field(alias="warna")


class ReliefStyle(Section):
    """How slopes are shaded.

    Attributes
    ----------
    azimuth, height : float
        Where the light comes from: degrees clockwise from north, and above the horizon.
    exaggeration : float
        By how much heights are stretched first.
    darkest : float
        The most that a shade takes from red, green and blue, 0..0.5.
    """

    azimuth: float = Field(alias="azimut", ge=0, lt=360)
    height: float = Field(alias="tinggi_cahaya", ge=10, le=80)
    exaggeration: float = Field(alias="lebihan", gt=0, le=20)
    darkest: float = Field(alias="tergelap", gt=0, le=0.5)


class LineStyle(Section):
    """Colour and width, in millimetres, of a line."""

    colour: Colour = Field(alias="warna")
    width: float = Field(alias="tebal", ge=0.05, le=2)


class RoadStyle(LineStyle):
    """A line with another colour along both its sides.

    Attributes
    ----------
    casing_colour : str
        ``#RRGGBB``.
    casing : float
        Width of it on each side, millimetres.
    """

    casing_colour: Colour = Field(alias="warna_tepi")
    casing: float = Field(alias="tepi", ge=0.02, le=1)


class TownStyle(Section):
    """Fill and diameter, in millimetres, of a town's sign."""

    colour: Colour = Field(alias="warna")
    size: float = Field(alias="ukuran", ge=0.8, le=6)


class BaseStyles(Section):
    """How the base that an office gives is drawn.

    Attributes
    ----------
    relief, river, road, town
        Of each of its kinds.
    """

    relief: ReliefStyle
    river: LineStyle = Field(alias="sungai")
    road: RoadStyle = Field(alias="jalan")
    town: TownStyle = Field(alias="ibu_kota")


class Palette(Section):
    """Class colours of a theme in place of the method's.

    Attributes
    ----------
    no_data : str
        Fill of villages without a class.
    classes : dict of int to tuple of str
        Number of classes of a map to their colours, class 1 first.
    """

    no_data: Colour = Field(alias="tanpa_data")
    classes: dict[int, tuple[Colour, ...]] = Field(alias="kelas", min_length=1)

    @model_validator(mode="after")
    def _as_many_colours_as_classes(self) -> Palette:
        for number, colours in self.classes.items():
            if len(colours) != number:
                raise ValueError(f"palet.kelas.{number}: {number} × #RRGGBB")
        return self


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
    channel : {"arsir", "angka", "tidak"}
        What marks a class beside its colour: fine hatching, its numeral (and hatching where a
        village has no room for it), or nothing.
    hatches : tuple of Hatch
        Lines of the classes that are hatched, one entry per class.
    palette : Palette or None
        Class colours; None keeps the method's.
    base : BaseStyles
        Relief, rivers, roads, capital towns.
    borders : BorderContrast
        Colours of the borders within a class.
    """

    name: Bilingual = Field(alias="nama")
    lines: LineWidths = Field(alias="garis")
    colours: Colours = Field(alias="warna")
    channel: Literal["arsir", "angka", "tidak"] = Field("tidak", alias="kanal_kedua")
    hatches: tuple[Hatch, ...] = Field((), alias="arsir")
    palette: Palette | None = Field(None, alias="palet")
    base: BaseStyles = Field(alias="dasar_peta")
    borders: BorderContrast = Field(BorderContrast.model_validate({}), alias="batas_desa")

    @model_validator(mode="after")
    def _hatches_differ(self) -> Theme:
        hatched = [h.priority for h in self.hatches]
        if len(set(hatched)) < len(hatched):
            raise ValueError("arsir.kelas ≠ arsir.kelas")
        if len({(h.angles, h.spacing) for h in self.hatches}) < len(hatched):
            raise ValueError("arsir.sudut, arsir.jarak ≠ arsir.sudut, arsir.jarak")
        if self.channel == "arsir" and not self.hatches:
            raise ValueError('kanal_kedua = "arsir" + [[arsir]]')
        return self

    @property
    def numbers(self) -> bool:
        """Whether class numbers are written in the villages."""
        return self.channel == "angka"

    def without_numbers(self) -> Theme:
        """Return the theme for maps that have no room for class numbers: hatching alone."""
        return self.model_copy(update={"channel": "arsir"}) if self.numbers else self

    def hatch(self, priority: int) -> Hatch | None:
        """Return the lines that mark a class; None if it has none.

        Parameters
        ----------
        priority : int
            The priority class, or the most vulnerable of those that a map joins; 0 = no data.
        """
        if self.channel == "tidak":
            return None
        return next((h for h in self.hatches if h.priority == priority), None)


FAMILY = Family(Theme, "gaya", frozenset({"palet"}))


def load(file: Path) -> Theme:
    """Read and check a theme, with what it takes from the theme that it builds on.

    Parameters
    ----------
    file : Path
        ``styles/gaya/<name>.toml``. A theme with ``turunan`` says only what differs from the theme
        of that name; lists such as ``[[arsir]]`` and the class colours are replaced as a whole.

    Raises
    ------
    StyleError
        Unknown key or impossible value, with the line; or no such theme to build on.
    """
    return inheritance.load(file, FAMILY)
