"""Thresholds and levels of the checks.

Owns the model of ``styles/pemeriksaan.toml``.
"""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from fsva.checks.findings import Level
from fsva.core import resources, toml
from fsva.core.errors import Place, StyleError
from fsva.core.section import Colour
from fsva.core.toml import Section

FILE_NAME = "pemeriksaan.toml"
Percent = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Parts(Section):
    """Columns whose sum cannot exceed another column, their whole.

    Attributes
    ----------
    indicator : str or None
        Id of the indicator whose acceptance also accepts the finding.
    """

    columns: tuple[str, ...] = Field(alias="kolom", min_length=1)
    whole: str = Field(alias="keseluruhan")
    indicator: str | None = Field(None, alias="indikator")


class Quotient(Section):
    """A quotient of two columns and its plausible values.

    Attributes
    ----------
    times : float
        Factor by which the quotient is multiplied.
    plausible : (float, float)
        Smallest and largest value.
    """

    above: str = Field(alias="pembilang")
    below: str = Field(alias="penyebut")
    times: float = Field(1, alias="kali", gt=0)
    plausible: tuple[float, float] = Field(alias="wajar")

    @model_validator(mode="after")
    def _ascending(self) -> Quotient:
        if self.plausible[0] >= self.plausible[1]:
            raise ValueError("wajar[0] < wajar[1]")
        return self


class Twins(Section):
    """When two columns count as copies of each other.

    Attributes
    ----------
    villages, values : int
        Least number of villages with values, and of different values.
    """

    villages: int = Field(alias="paling_sedikit_desa", ge=2)
    values: int = Field(alias="paling_sedikit_nilai", ge=2)


class Outliers(Section):
    """When a value counts as far from those of the other villages.

    Attributes
    ----------
    threshold : float
        Largest robust z.
    villages : int
        Least number of villages with a value.
    """

    threshold: float = Field(alias="ambang", gt=0)
    villages: int = Field(alias="paling_sedikit_desa", ge=3)


class Zeros(Section):
    """When a zero looks like a missing value.

    Attributes
    ----------
    impossible : tuple of str
        Columns that cannot be zero.
    percent : float
        Zeros are rare if at most this percentage of the villages have them.
    of_median : float
        Zero is far from the other values if their minimum is at least this share of their median.
    """

    impossible: tuple[str, ...] = Field(alias="mustahil")
    percent: Percent = Field(alias="persen_desa")
    of_median: float = Field(alias="bagian_median", gt=0)


class OtherUnits(Section):
    """When a number looks as if it were written in another unit.

    Attributes
    ----------
    jump : float
        Such values are this many times larger or smaller than all others.
    times : tuple of float
        Factors between units that offices mix up.
    threshold : float
        Least robust z of their logarithms: a column may hold several magnitudes.
    near : float
        In the other unit they are at most this many times beyond the others.
    percent : float
        Largest percentage of the villages that can be wrong; more are a column of two kinds.
    villages : int
        Least number of villages with a value.
    """

    jump: float = Field(alias="lompat", gt=1)
    times: tuple[float, ...] = Field(alias="kali", min_length=1)
    threshold: float = Field(alias="ambang", ge=0)
    near: float = Field(alias="dekat", ge=1)
    percent: Percent = Field(alias="persen_desa")
    villages: int = Field(alias="paling_sedikit_desa", ge=3)


class Copies(Section):
    """When values that repeat count as copied down.

    Attributes
    ----------
    rows : int
        Least number of rows in turn with one value of a column.
    chance : float
        So many runs of that length, at most, would a column have by chance.
    everywhere : int
        Least number of rows of a column that has one value in all of them.
    others : float
        Least share of different values among the other rows.
    """

    rows: int = Field(alias="paling_sedikit_baris", ge=2)
    chance: float = Field(alias="paling_besar_kebetulan", gt=0, le=1)
    everywhere: int = Field(alias="seluruh_baris", ge=2)
    others: float = Field(alias="bagian_lain", gt=0, le=1)


class Magnitudes(Section):
    """What the size of a village says about its ready indicators.

    Attributes
    ----------
    areas : tuple of str
        Indicators in km2 per thing that each village has: at most its area.
    counted : dict of str to tuple of str
        Shares of things that are counted: indicator to the columns of their whole, or of something
        that is more.
    most : float
        A column is odd if more than this share of its villages are.
    villages : int
        Least number of villages with a value.
    """

    areas: tuple[str, ...] = Field(alias="paling_besar_luas")
    counted: dict[str, tuple[str, ...]] = Field(alias="cacah_dari")
    most: float = Field(alias="bagian_desa", gt=0, lt=1)
    villages: int = Field(alias="paling_sedikit_desa", ge=3)


class StandIns(Section):
    """Which numbers stand for "no data".

    Attributes
    ----------
    numbers : tuple of float
        The numbers.
    times : float
        They are more than this many times the largest other value.
    villages : int
        Least number of villages with another value.
    """

    numbers: tuple[float, ...] = Field(alias="angka")
    times: float = Field(alias="kali", ge=1)
    villages: int = Field(alias="paling_sedikit_desa", ge=3)


class Tolerance(Section):
    """How far two numbers may differ.

    Attributes
    ----------
    percent : float
        Per cent of the number in the office's table.
    """

    percent: Percent = Field(alias="persen")


class Area(Tolerance):
    """How far the area in the table may differ from that of the polygon.

    Attributes
    ----------
    column : str
        Column of the area in hectares.
    """

    column: str = Field(alias="kolom")


class SmallVillages(Section):
    """When a village is hardly seen on the maps.

    Attributes
    ----------
    least_mm2 : float
        Square millimetres on paper.
    """

    least_mm2: float = Field(alias="terkecil_mm2", gt=0)


class Changes(Tolerance):
    """How much a value may change from one year to the next.

    Attributes
    ----------
    of_median : float
        Old values below this percentage of the column's median count as that percentage.
    categories : int
        A change of a category by this many steps is odd.
    by_column : dict of str to float
        Columns with a percentage of their own, in place of ``percent``.
    """

    of_median: Percent = Field(alias="persen_median")
    categories: int = Field(alias="kategori", ge=1)
    by_column: dict[str, Percent] = Field(default_factory=dict, alias="persen_kolom")


class SupportingLimits(Section):
    """When numbers of supporting tables look copied, or off by a digit.

    Attributes
    ----------
    copied_percent : float
        A year repeats the one before if at least this percentage of its rows do.
    copied_rows : int
        Least number of rows with a value in both years.
    jump : float
        A number that is this many times larger or smaller than expected is odd.
    near : float
        A proposal explains it if it is at most this many times larger or smaller.
    """

    copied_percent: Percent = Field(alias="salin_persen")
    copied_rows: int = Field(alias="salin_baris", ge=2)
    jump: float = Field(alias="lompat", gt=1)
    near: float = Field(alias="dekat", gt=1)


class Steps(Section):
    """How close to a cut-off counts as near.

    Attributes
    ----------
    steps : int
        Units of the last digit.
    """

    steps: int = Field(alias="langkah", ge=0)


class CheckThresholds(Section):
    """All of pemeriksaan.toml.

    Attributes
    ----------
    levels : dict of str to Level
        Severity by rule.
    colours : dict of Level to str
        ``#RRGGBB`` of findings and of marked cells.
    """

    levels: dict[str, Level] = Field(alias="tingkat")
    colours: dict[Level, Colour] = Field(alias="warna")
    parts: tuple[Parts, ...] = Field(alias="bagian")
    people: Quotient = Field(alias="rumah_tangga")
    density: Quotient = Field(alias="kepadatan")
    twins: Twins = Field(alias="kembar")
    outliers: Outliers = Field(alias="pencilan")
    zeros: Zeros = Field(alias="nol")
    totals: Tolerance = Field(alias="jumlah_kecamatan")
    area: Area = Field(alias="luas_poligon")
    small: SmallVillages = Field(alias="desa_kecil", default_factory=lambda: _shipped().small)
    units: OtherUnits = Field(alias="satuan", default_factory=lambda: _shipped().units)
    sizes: Magnitudes = Field(alias="besaran", default_factory=lambda: _shipped().sizes)
    stand_ins: StandIns = Field(alias="penanda", default_factory=lambda: _shipped().stand_ins)
    copies: Copies = Field(alias="berulang", default_factory=lambda: _shipped().copies)
    changes: Changes = Field(alias="tahun_lalu")
    cut_offs: Steps = Field(alias="cut_off")
    supporting: SupportingLimits = Field(
        alias="pendukung", default_factory=lambda: _shipped().supporting
    )


def _shipped() -> CheckThresholds:
    """Return the thresholds of the package, for the parts that an older file lacks."""
    return _packaged()  # mypy cannot tell the type of a cached function in the lambdas above


@cache
def _packaged() -> CheckThresholds:
    return toml.load(resources.packaged("styles") / FILE_NAME, CheckThresholds, StyleError)


def load(file: Path) -> CheckThresholds:
    """Read and check the thresholds; what an older file lacks is as in the shipped one.

    Parameters
    ----------
    file : Path
        ``styles/pemeriksaan.toml``.

    Raises
    ------
    StyleError
        Unknown key, missing key, impossible value, unknown rule; with the line.
    """
    thresholds = toml.load(file, CheckThresholds, StyleError)
    shipped = _shipped().levels
    for rule in thresholds.levels.keys() - shipped.keys():
        row = toml.line_of(toml.read_text(file), ("tingkat", rule))
        near = difflib.get_close_matches(rule, shipped, n=1) or [", ".join(shipped)]
        raise StyleError(
            "skema_tak_dikenal", [Place(file, row, f"tingkat.{rule}")], {"maksud": near[0]}
        )
    return thresholds.model_copy(update={"levels": {**shipped, **thresholds.levels}})
