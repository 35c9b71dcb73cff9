"""How slides look.

Owns the model of ``styles/paparan.toml``.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from fsva.config.styles.book_look import TypeSize
from fsva.config.styles.theme import PositiveMm
from fsva.core import toml
from fsva.core.errors import StyleError
from fsva.core.section import Colour
from fsva.core.toml import Section

FILE_NAME = "paparan.toml"


class SlideType(Section):
    """Size and colour of one kind of text, points."""

    size: TypeSize = Field(alias="ukuran")
    colour: Colour = Field(alias="warna")


class SlideLook(Section):
    """The whole of the file; the margin is in millimetres."""

    face: str = Field(alias="huruf", min_length=1)
    margin: PositiveMm = Field(alias="tepi")
    title: SlideType = Field(alias="judul")
    body: SlideType = Field(alias="isi")
    figure: SlideType = Field(alias="angka")
    small: SlideType = Field(alias="kecil")
    draft: SlideType = Field(alias="draf")


def load(file: Path) -> SlideLook:
    """Read the look of slides.

    Raises
    ------
    FsvaError
        If the file cannot be used.
    """
    return toml.load(file, SlideLook, StyleError)
