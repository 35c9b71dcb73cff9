"""The look of the maps of many districts together.

Owns the model of ``styles/nasional.toml``.
"""

from __future__ import annotations

from pydantic import Field, model_validator

from fsva.config.styles.theme import PositiveMm
from fsva.core import resources, toml
from fsva.core.errors import StyleError
from fsva.core.section import Colour
from fsva.core.toml import Section

FILE_NAME = "nasional.toml"


class ShareStep(Section):
    """A step of the share of vulnerable villages: up to this per cent, and its colour."""

    most: float = Field(alias="sampai", gt=0, le=100)
    colour: Colour = Field(alias="warna")


class NationalColours(Section):
    """Colours of districts that are not compared, and of areas without a class."""

    incomparable: Colour = Field(alias="tak_sebanding")
    none: Colour = Field(alias="tanpa_data")


class NationalLook(Section):
    """The whole of the file.

    Attributes
    ----------
    width, height, margin, legend : float
        Of the sheet, its margin and the legend; millimetres.
    dpi : int
        Of the pictures.
    title_pt, text_pt : float
        Sizes of type.
    ink, sea : str
        Colours of words and lines, and of the ground.
    village_line, district_line : float
        Widths of borders, millimetres.
    tolerance : float
        Shapes finer than this on paper are simplified, millimetres.
    notes : int
        Most lines of notes.
    steps : tuple of ShareStep
        From the smallest share on.
    colours : NationalColours
        Of what has no class or share.
    """

    width: PositiveMm = Field(alias="lebar")
    height: PositiveMm = Field(alias="tinggi")
    margin: PositiveMm = Field(alias="tepi")
    legend: PositiveMm = Field(alias="legenda")
    dpi: int = Field(gt=0)
    title_pt: float = Field(alias="judul", gt=0)
    text_pt: float = Field(alias="huruf", gt=0)
    ink: Colour = Field(alias="tinta")
    sea: Colour = Field(alias="laut")
    village_line: PositiveMm = Field(alias="batas_desa")
    district_line: PositiveMm = Field(alias="batas_kabupaten")
    tolerance: PositiveMm = Field(alias="sederhana")
    notes: int = Field(alias="catatan", gt=0)
    steps: tuple[ShareStep, ...] = Field(alias="bagian", min_length=1)
    colours: NationalColours = Field(alias="warna")

    @model_validator(mode="after")
    def _every_share_has_a_step(self) -> NationalLook:
        ends = [step.most for step in self.steps]
        if ends != sorted(set(ends)) or ends[-1] != 100:
            raise ValueError("bagian.sampai: a < b < ... = 100")
        return self

    def step(self, share: float) -> int:
        """Return the position of the step of a share in per cent; its upper end belongs to it."""
        return next(n for n, step in enumerate(self.steps) if share <= step.most)


def load() -> NationalLook:
    """Return the look of the maps.

    Raises
    ------
    StyleError
        Unknown key or impossible value, with the line.
    """
    return toml.load(resources.packaged("styles") / FILE_NAME, NationalLook, StyleError)
