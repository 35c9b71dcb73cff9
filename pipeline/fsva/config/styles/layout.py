"""A layout: paper, boxes and type sizes of a sheet, in the colours and lines of a theme.

Owns the model of ``styles/layouts/*.toml``; the theme beside it is ``fsva.config.styles.theme``.
Millimetres on paper decide everything; nothing of it stands in the drawing code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from fsva.config.styles import inheritance, theme
from fsva.config.styles.inheritance import Family
from fsva.config.styles.theme import Colours, LineWidths, PositiveMm, Theme
from fsva.core.box import Box
from fsva.core.toml import Bilingual, Section

Corners = tuple[float, float, float, float]
SMALLEST_TYPE_PT = 6.0
_SMALLER = 0.85
_ENLARGED = (0.25, 8)
# Room of logos where a layout states none: gap to the frame; width as a multiple of the height.
_LOGO_GAP_MM, _LOGO_SHAPE = 1.2, 2.4
TypePt = Annotated[float, Field(ge=SMALLEST_TYPE_PT, le=72)]
# On paper beyond this the country itself is a point.
Denominator = Annotated[int, Field(gt=0, le=10_000_000)]


class Boxes(Section):
    """Where the elements of a sheet stand: left, bottom, width, height in millimetres.

    Attributes
    ----------
    frame, title, map, legend : tuple of float
        Rectangles that every sheet has.
    orientation, locator, notes, stamp : tuple of float or None
        Rectangles that a sheet may do without; the stamp holds sheet number, edition and print
        number.
    """

    frame: Corners = Field(alias="bingkai")
    title: Corners = Field(alias="judul")
    map: Corners = Field(alias="peta")
    orientation: Corners | None = Field(None, alias="orientasi")
    legend: Corners = Field(alias="legenda")
    locator: Corners | None = Field(None, alias="lokator")
    notes: Corners | None = Field(None, alias="keterangan")
    stamp: Corners | None = Field(None, alias="kepala_lembar")

    @property
    def given(self) -> tuple[str, ...]:
        """Names of the rectangles that the layout has."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) is not None)

    def box(self, name: str) -> Box:
        """Return a rectangle that the layout has, by its name."""
        return Box(*getattr(self, name))


class TypeSizes(Section):
    """Sizes of type in points, at least 6.

    Attributes
    ----------
    village, kecamatan : tuple of float
        Sizes tried for a name, the largest first; without any for villages, a map names kecamatan
        only.
    """

    title: TypePt = Field(alias="judul")
    subtitle: TypePt = Field(alias="anak_judul")
    heading: TypePt = Field(alias="kepala")
    body: TypePt = Field(alias="isi")
    note: TypePt = Field(alias="catatan")
    coordinate: TypePt = Field(alias="koordinat")
    village: tuple[TypePt, ...] = Field(alias="desa")
    kecamatan: tuple[TypePt, ...] = Field(min_length=1)
    neighbour: TypePt = Field(alias="tetangga")

    @field_validator("kecamatan", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        """Let a single size stand for itself and two smaller ones."""
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return value
        return (value, max(SMALLEST_TYPE_PT, float(value) * _SMALLER), SMALLEST_TYPE_PT)

    @property
    def digit(self) -> float:
        """Size of the numbers in villages."""
        return self.village[-1] if self.village else self.note

    def of_kecamatan(self, size: float) -> TypeSizes:
        """Return the sizes of a small map, which names kecamatan in one size and no villages."""
        return self.model_copy(update={"village": (), "kecamatan": (size,)})


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

    denominators: tuple[Denominator, ...] = Field(alias="penyebut", min_length=1)
    margin: float = Field(alias="tepi", ge=0)
    intervals: tuple[int, ...] = Field(alias="jarak_menit", min_length=1)
    spacing: PositiveMm = Field(alias="jarak_graticule")
    tolerance: float = Field(alias="toleransi_sederhana", ge=0, le=1)


class LogoRules(Section):
    """The room of a logo in the frame of the title, millimetres.

    Attributes
    ----------
    height, width : float
        The most that a logo covers; its proportion is kept.
    gap : float
        Between a logo and the frame, and between it and the words.
    """

    height: PositiveMm = Field(alias="tinggi")
    width: PositiveMm = Field(alias="lebar")
    gap: PositiveMm = Field(alias="sela")


def _logo_room(form: dict[str, Any]) -> LogoRules:
    """Return the room of logos in the title of a layout that states none."""
    if "boxes" not in form:  # refused already
        return LogoRules(tinggi=1, lebar=1, sela=1)
    title = form["boxes"].box("title")
    gap = min(_LOGO_GAP_MM, title.height / 10)
    height = title.height - 2 * gap
    width = min(_LOGO_SHAPE * height, title.width / 4 - 2 * gap)
    return LogoRules(tinggi=height, lebar=width, sela=gap)


class LayoutFile(Section):
    """The whole of a layout file.

    Attributes
    ----------
    width, height : float
        Paper in millimetres.
    dpi : int
        Pixels per inch of the pictures.
    furniture : float
        How much larger the rows of the legend, the arrow and such are than on A4.
    logo : LogoRules
        Room of the logos; without it as much as the frame of the title has.
    detail_boxes : Boxes or None
        Where the elements of the sheets per kecamatan stand; None for the boxes of the maps.
    says : {"lengkap", "ringkas"}
        What the notes hold: everything, or what a reader of the map cannot do without.
    enlarged : float
        Factor by which everything that the file does not state is enlarged from its parent's.
    """

    name: Bilingual = Field(alias="nama")
    width: PositiveMm = Field(alias="lebar")
    height: PositiveMm = Field(alias="tinggi")
    dpi: int = Field(ge=72, le=1200)
    furniture: float = Field(1.0, alias="perabot", ge=0.5, le=5)
    boxes: Boxes = Field(alias="kotak")
    detail_boxes: Boxes | None = Field(None, alias="kotak_kecamatan")
    type: TypeSizes = Field(alias="huruf")
    map: MapRules = Field(alias="peta")
    logo: LogoRules = Field(default_factory=_logo_room)
    says: Literal["lengkap", "ringkas"] = Field("lengkap", alias="isi_keterangan")
    enlarged: float = Field(1.0, alias="perbesaran", ge=_ENLARGED[0], le=_ENLARGED[1])

    @model_validator(mode="after")
    def _boxes_on_paper(self) -> LayoutFile:
        for key, boxes in self._all_boxes():
            for name in boxes.given:
                if not boxes.box(name).is_on(self.width, self.height):
                    raise ValueError(f"{key}.{name}")
        return self

    def _all_boxes(self) -> Iterator[tuple[str, Boxes]]:
        yield "kotak", self.boxes
        if self.detail_boxes:
            yield "kotak_kecamatan", self.detail_boxes

    @model_validator(mode="after")
    def _detail_sheets_have_their_boxes(self) -> LayoutFile:
        """Names of villages that do not fit stand on further sheets, which need every box."""
        for key, boxes in self._all_boxes():
            missing = [f for f in Boxes.model_fields if f not in boxes.given]
            if self.type.village and missing:
                raise ValueError(f"{key}.{Boxes.model_fields[missing[0]].alias} + huruf.desa")
        return self

    @model_validator(mode="after")
    def _words_between_logos(self) -> LayoutFile:
        title, logo = self.boxes.box("title"), self.logo
        most_high = title.height - 2 * logo.gap
        if logo.height > most_high or 2 * (logo.width + 2 * logo.gap) > title.width / 2:
            raise ValueError("logo")
        return self


class Layout(LayoutFile):
    """A layout with the theme that its sheets are drawn in.

    Attributes
    ----------
    theme : Theme
        Colours and line widths.
    fitted : LineWidths or None
        Line widths for the size of the villages on the map; None for those of the theme.
    """

    theme: Theme
    fitted: LineWidths | None = None

    @property
    def lines(self) -> LineWidths:
        """Line widths of the map."""
        return self.fitted or self.theme.lines

    def for_villages(self, side_mm: float) -> Layout:
        """Return the layout with the line widths for a map of villages of some size.

        Parameters
        ----------
        side_mm : float
            Side of a square as large as the median village on paper.
        """
        return self.model_copy(update={"fitted": self.theme.lines.of_villages(side_mm)})

    @property
    def of_details(self) -> Layout:
        """The layout of the sheets per kecamatan."""
        return self.model_copy(update={"boxes": self.detail_boxes}) if self.detail_boxes else self

    @property
    def colours(self) -> Colours:
        """Colours of the theme."""
        return self.theme.colours


# What grows with the paper: keys of the file, and sections of which every length does.
_GROWING = ("lebar", "tinggi", "perabot", "kotak", "kotak_kecamatan", "logo", "huruf")
_GROWING_MAP = ("tepi", "jarak_graticule")


def _larger(parent: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a layout gets of the one that it builds on, enlarged as it says."""
    factor = child.get("perbesaran", 1)
    number = isinstance(factor, int | Decimal) and Decimal(factor).is_finite()
    if not number or not _ENLARGED[0] <= factor <= _ENLARGED[1]:
        factor = 1  # refused where the child is checked
    grown = {key: _times(parent[key], factor) for key in _GROWING if key in parent}
    rules = {key: _times(parent["peta"][key], factor) for key in _GROWING_MAP}
    return {**parent, **grown, "peta": {**parent["peta"], **rules}}


def _times(value: object, factor: int | Decimal) -> object:
    """Multiply every number of a section."""
    if isinstance(value, dict):
        return {key: _times(one, factor) for key, one in value.items()}
    if isinstance(value, list):
        return [_times(one, factor) for one in value]
    return Decimal(str(value)) * factor


FAMILY = Family(LayoutFile, "layouts", frozenset({"kotak", "kotak_kecamatan"}), _larger)


def load(file: Path, theme_file: Path) -> Layout:
    """Read and check a layout and its theme.

    Parameters
    ----------
    file : Path
        ``styles/layouts/<name>.toml``. A layout with ``turunan`` says only what differs from the
        layout of that name; its boxes are replaced as a whole.
    theme_file : Path
        ``styles/gaya/<name>.toml``.

    Raises
    ------
    StyleError
        Unknown key, impossible value, box off the paper; with the line. Or no such layout to build
        on.
    """
    form = inheritance.load(file, FAMILY)
    parts = {name: getattr(form, name) for name in LayoutFile.model_fields}
    return Layout(**parts, theme=theme.load(theme_file))
