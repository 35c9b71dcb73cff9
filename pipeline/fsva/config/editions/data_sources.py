"""Sources of numbers other than the table, as ``[data]`` of ``edition.toml`` names them.

Owns the models of registers that are counted and of the raster that is measured. They are read by
``fsva.runs.sourced_columns_run``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from fsva.core.toml import Section

SupplyKind = Literal["raster", "register"]


class Register(Section):
    """A register by name and address whose rows are counted per village and never kept.

    Attributes
    ----------
    file : str
        Relative to edition.toml.
    code_field : str
        Column with the village's code, BPS or Kemendagri.
    conditions : dict of str to tuple of str
        Column to the texts of rows that count; without it all rows do.
    hide_below : int
        Counts from 1 up to, not including, this number are hidden and noted as missing.
    """

    file: str = Field(alias="berkas", min_length=1)
    code_field: str = Field(alias="kolom_kode", min_length=1)
    conditions: dict[str, tuple[str, ...]] = Field({}, alias="syarat")
    hide_below: int = Field(0, alias="sembunyikan_di_bawah", ge=0)


class Registers(Section):
    """The registers of an edition by what their rows are.

    Attributes
    ----------
    extreme_poverty : Register or None
        A row per extremely poor person, instead of the table of counts.
    columns : dict of str to Register
        Raw column to the register whose rows are counted for it.
    """

    extreme_poverty: Register | None = Field(None, alias="miskin_ekstrem")
    columns: dict[str, Register] = Field({}, alias="kolom")


class LandCover(Section):
    """A raster of land cover from which farm land is measured, section ``[data.tutupan_lahan]``.

    Attributes
    ----------
    file : str
        GeoTIFF, relative to edition.toml.
    farm : tuple of int
        Class codes that count as farm land: their share of the village is the indicator.
    columns : dict of str to tuple of int
        Instead of ``farm``: raw column in hectares to the class codes measured for it.
    indicator : str
        Id of the indicator that the share is.
    least_covered : Decimal
        Share of a village's area, 0..1, that the raster must cover; otherwise the village has no
        data.
    """

    file: str = Field(alias="berkas", min_length=1)
    farm: tuple[int, ...] = Field((), alias="kelas_lahan_pertanian")
    columns: dict[str, tuple[int, ...]] = Field({}, alias="kolom")
    indicator: str = Field("lahan", alias="indikator", min_length=1)
    least_covered: Decimal = Field(Decimal("0.90"), alias="tercakup_paling_sedikit", gt=0, le=1)

    @model_validator(mode="after")
    def _one_use(self) -> LandCover:
        if bool(self.farm) == bool(self.columns):
            raise ValueError("kelas_lahan_pertanian / kolom")
        if not all(self.columns.values()):
            raise ValueError("kolom = { luas_sawah = [1, 2] }")
        if len(set(self.classes)) < len(self.classes):
            raise ValueError("kelas: 1 ×")
        return self

    @property
    def classes(self) -> tuple[int, ...]:
        """Every class code that is named."""
        return (*self.farm, *(code for codes in self.columns.values() for code in codes))

    @property
    def supplies(self) -> tuple[str, ...]:
        """The indicator or raw columns that the raster gives."""
        return tuple(self.columns) or (self.indicator,)
