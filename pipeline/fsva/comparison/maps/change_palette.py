"""The colours, sizes and limits of the views of a comparison.

Owns the model of ``styles/perubahan.toml``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from fsva.config.methods.measures import MOST_CLASSES
from fsva.config.styles.theme import PositiveMm
from fsva.core import resources, toml
from fsva.core.errors import StyleError
from fsva.core.section import Colour
from fsva.core.toml import Bilingual, Section

FILE_NAME = "perubahan.toml"
_MOST = MOST_CLASSES - 1  # classes that a village can move
Pt = Annotated[float, Field(ge=6, le=72)]


class ChangeGroup(Section):
    """Changes that share a colour.

    Attributes
    ----------
    sign : str
        Printed before the name.
    first, last : int
        Classes moved, B minus A.
    """

    sign: str = Field(alias="tanda")
    first: int = Field(alias="dari", ge=-_MOST, le=_MOST)
    last: int = Field(alias="sampai", ge=-_MOST, le=_MOST)
    colour: Colour = Field(alias="warna")
    name: Bilingual = Field(alias="nama")


class Absence(Section):
    """Villages whose change is not known."""

    sign: str = Field(alias="tanda")
    colour: Colour = Field(alias="warna")
    name: Bilingual = Field(alias="nama")


class Signs(Section):
    """The numbers that stand in villages whose class changed.

    Attributes
    ----------
    up, down, other : str
        Colours; the last for villages whose change is not known.
    sizes : tuple of float
        Points, the largest first.
    margin : float
        Millimetres kept free around a sign.
    """

    up: Colour = Field(alias="warna_naik")
    down: Colour = Field(alias="warna_turun")
    other: Colour = Field(alias="warna_lain")
    sizes: tuple[Pt, ...] = Field(alias="huruf", min_length=1)
    margin: float = Field(alias="tepi", ge=0, le=5)


class Banner(Section):
    """The warning on a forced comparison."""

    colour: Colour = Field(alias="warna")
    ink: Colour = Field(alias="warna_huruf")


class PairSheet(Section):
    """The sheet of A, B and their difference, in millimetres and points."""

    gap: PositiveMm = Field(alias="jarak")
    legend: PositiveMm = Field(alias="tinggi_legenda")
    notes: PositiveMm = Field(alias="tinggi_catatan")
    head: PositiveMm = Field(alias="kepala")
    head_size: Pt = Field(alias="huruf_kepala")
    kecamatan_size: Pt = Field(alias="huruf_kecamatan")


class PictureRules(Section):
    """When pictures differ.

    Attributes
    ----------
    threshold : float
        As in ``fsva.comparison.pictures.pixel_differences``.
    dpi : int
        At which PDF pages are drawn.
    least : int
        Pixels below which an element is not named.
    """

    threshold: float = Field(alias="ambang", gt=0, le=1)
    dpi: int = Field(ge=72, le=600)
    least: int = Field(alias="piksel_terkecil", ge=1)


class PageRules(Section):
    """What keeps the page small.

    Attributes
    ----------
    villages : int
        Most villages of a page with a map.
    detail : int
        Units along the longer side of the maps.
    rows : int
        Rows of the table on one screen.
    """

    villages: int = Field(alias="desa_peta_terbanyak", ge=1)
    detail: int = Field(alias="rincian", ge=200, le=10000)
    rows: int = Field(alias="baris_layar", ge=10)


class ChangePalette(Section):
    """The whole of the file.

    Attributes
    ----------
    groups : tuple of ChangeGroup
        In the order of the legend; every change from -5 to +5 lies in exactly one.
    no_class, no_counterpart : Absence
        Fills of their own.
    """

    groups: tuple[ChangeGroup, ...] = Field(alias="golongan", min_length=1)
    no_class: Absence = Field(alias="tanpa_kelas")
    no_counterpart: Absence = Field(alias="tanpa_padanan")
    signs: Signs = Field(alias="tanda")
    banner: Banner = Field(alias="paksa")
    pair: PairSheet = Field(alias="pasangan")
    pictures: PictureRules = Field(alias="gambar")
    page: PageRules = Field(alias="halaman")

    @model_validator(mode="after")
    def _every_change_once(self) -> ChangePalette:
        covered = [d for g in self.groups for d in range(g.first, g.last + 1)]
        most = max(covered, default=0)
        if most < 1 or sorted(covered) != list(range(-most, most + 1)):
            raise ValueError("golongan: -n..n")
        return self

    def group_of(self, delta: int) -> int:
        """Return the place of a change in ``groups``; the outermost hold all larger ones."""
        most = max(g.last for g in self.groups)
        delta = max(-most, min(most, delta))
        return next(n for n, g in enumerate(self.groups) if g.first <= delta <= g.last)

    def colours(self) -> list[str]:
        """Return every colour that a sheet of change is drawn with."""
        return [
            *(group.colour for group in self.groups),
            *(self.no_class.colour, self.no_counterpart.colour),
            *(self.signs.up, self.signs.down, self.signs.other),
            *(self.banner.colour, self.banner.ink),
        ]


def load(file: Path | None = None) -> ChangePalette:
    """Read and check the colours, sizes and limits.

    Parameters
    ----------
    file : Path or None
        Another ``perubahan.toml`` than the program's own.

    Raises
    ------
    StyleError
        Unknown key, missing key, impossible value; with the line.
    """
    return toml.load(file or resources.packaged("styles") / FILE_NAME, ChangePalette, StyleError)
