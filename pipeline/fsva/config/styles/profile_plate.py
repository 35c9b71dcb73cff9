"""Sizes of the profile sheets.

Owns the model of ``styles/profil.toml``. Colours are those of the maps and stand in the theme.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from fsva.config.styles.chart_layouts import SideBoxes
from fsva.config.styles.layout import Corners, TypePt
from fsva.config.styles.theme import PositiveMm
from fsva.core import toml
from fsva.core.errors import StyleError
from fsva.core.toml import Section

FILE_NAME = "profil.toml"


class VillageBoxes(SideBoxes):
    """Rectangles of a village's sheet."""

    title: Corners = Field(alias="judul")
    map: Corners = Field(alias="peta")
    facts: Corners = Field(alias="ringkas")
    measures: Corners = Field(alias="ukuran")
    words: Corners = Field(alias="uraian")
    foot: Corners = Field(alias="kaki")


class KecamatanBoxes(SideBoxes):
    """Rectangles of a kecamatan's sheets; ``more`` is the table of those that follow the first."""

    title: Corners = Field(alias="judul")
    map: Corners = Field(alias="peta")
    facts: Corners = Field(alias="ringkas")
    words: Corners = Field(alias="uraian")
    villages: Corners = Field(alias="daftar")
    more: Corners = Field(alias="lanjutan")
    foot: Corners = Field(alias="kaki")


class ProfileType(Section):
    """Sizes of type in points, at least 6."""

    title: TypePt = Field(alias="judul")
    subtitle: TypePt = Field(alias="anak_judul")
    heading: TypePt = Field(alias="kepala")
    body: TypePt = Field(alias="isi")
    small: TypePt = Field(alias="kecil")


class ProfilePlate(Section):
    """The whole of ``styles/profil.toml``.

    Attributes
    ----------
    width, height : float
        Millimetres.
    village, kecamatan : SideBoxes
        Rectangles: left, bottom, width, height.
    type : ProfileType
        Sizes of type.
    """

    width: PositiveMm = Field(alias="lebar")
    height: PositiveMm = Field(alias="tinggi")
    type: ProfileType = Field(alias="huruf")
    village: VillageBoxes = Field(alias="kotak")
    kecamatan: KecamatanBoxes = Field(alias="kotak_kecamatan")

    @model_validator(mode="after")
    def _boxes_on_paper(self) -> Self:
        for section, boxes in (("kotak", self.village), ("kotak_kecamatan", self.kecamatan)):
            for name in type(boxes).model_fields:
                if not boxes.box(name).is_on(self.width, self.height):
                    raise ValueError(f"{section}.{name}")
        return self


def load(file: Path) -> ProfilePlate:
    """Read and check the sizes.

    Parameters
    ----------
    file : Path
        ``styles/profil.toml``.

    Raises
    ------
    StyleError
        Unknown key, impossible value, box off the paper.
    """
    return toml.load(file, ProfilePlate, StyleError)
