"""Colours of reports on the screen and in workbooks, apart from classes, findings and changes.

Owns the model of ``styles/warna-laporan.toml``.
"""

from __future__ import annotations

from functools import cache

from pydantic import Field

from fsva.core import resources, toml
from fsva.core.errors import StyleError
from fsva.core.section import Colour
from fsva.core.toml import Section

FILE_NAME = "warna-laporan.toml"


class CheckColours(Section):
    """Of the workbook of the checks."""

    head: Colour = Field(alias="kepala")


class ComparisonColours(Section):
    """Of the workbook and the page of a comparison.

    Attributes
    ----------
    head : str
        Behind the heads of columns.
    zero : str
        Figures that count nothing.
    dark_ink, light_ink : str
        Figures on a light and on a dark fill.
    no_class : str
        Villages without a class on the page's map.
    """

    head: Colour = Field(alias="kepala")
    zero: Colour = Field(alias="nol")
    dark_ink: Colour = Field(alias="tinta_gelap")
    light_ink: Colour = Field(alias="tinta_terang")
    no_class: Colour = Field(alias="tanpa_kelas")


class ReportColours(Section):
    """The whole of the file."""

    checks: CheckColours = Field(alias="periksa")
    comparison: ComparisonColours = Field(alias="banding")


@cache
def load() -> ReportColours:
    """Read and check the colours.

    Raises
    ------
    StyleError
        Unknown key, missing key, or no colour; with the line.
    """
    return toml.load(resources.packaged("styles") / FILE_NAME, ReportColours, StyleError)
