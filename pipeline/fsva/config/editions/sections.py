"""The sections of ``edition.toml``: what an office may say in it.

Owns the models and their checks. ``fsva.config.editions.edition`` owns the folder and the files
that the edition names.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator

from fsva.config.editions.action_plan import CommonCauses
from fsva.config.editions.assumptions import Assumptions
from fsva.config.editions.data_sources import LandCover, Registers, SupplyKind
from fsva.config.editions.ground_sections import (
    BaseFiles,
    BookFiles,
    LogoFiles,
    SurroundingsSection,
)
from fsva.config.editions.layer_acceptances import LayerAcceptance
from fsva.config.editions.layer_outputs import LayerOutputs
from fsva.config.editions.layer_schemas import Engine
from fsva.config.editions.report.printed_report import PrintedReport
from fsva.config.editions.supporting_data import SupportingSource, check_all
from fsva.config.methods.interventions import Intervention
from fsva.config.open_date import OpenAnswer, OpenDate
from fsva.core.codes import System
from fsva.core.levels import DISTRICT, UNIT
from fsva.core.toml import Bilingual, Section

STANDARD = "standar"  # the theme of an official edition
EXTREME_POVERTY = "miskin_ekstrem"  # the table that needs a source of its own
# What a name may begin with, although every text says the word before it.
_PROVINCE = r"prov(?:insi|\.)\s+"
_KINDS = {"kabupaten": r"kab(?:upaten|\.)\s+", "kota": r"kota\s+"}


class District(Section):
    """The kabupaten or kota.

    Attributes
    ----------
    name : str
        Without the word kabupaten or kota, e.g. ``Belu``.
    kind : {"kabupaten", "kota"}
        Which of the two.
    code : str
        Kemendagri code, ``53.04``.
    bps_code : str
        BPS code, four digits, ``5306``.
    province : str
        Name of the province.
    """

    name: str = Field(alias="nama", min_length=1, max_length=80)
    kind: Literal["kabupaten", "kota"] = Field(alias="jenis")
    code: str = Field(alias="kode_kemendagri", pattern=f"^{DISTRICT.kemendagri_form}$")
    bps_code: str = Field(alias="kode_bps", pattern=f"^{DISTRICT.bps_form}$")
    province: str = Field(alias="provinsi", max_length=80)

    @model_validator(mode="before")
    @classmethod
    def _without_kind(cls, said: object) -> object:
        """Drop the word that texts say before a name, so that none says it twice."""
        if not isinstance(said, dict):
            return said
        kind = said.get("jenis")
        word_of = _KINDS.get(kind, "") if isinstance(kind, str) else ""
        before = {"provinsi": _PROVINCE, "nama": word_of}
        names = {
            key: re.sub(f"^(?:{word})(?=\\S)", "", said[key], flags=re.IGNORECASE)
            for key, word in before.items()
            if word and isinstance(said.get(key), str)
        }
        return {**said, **names}

    @property
    def full_name(self) -> str:
        """Kind and name, e.g. ``Kabupaten Belu``."""
        return f"{self.kind.capitalize()} {self.name}"


class Boundary(Section):
    """The village layer and its description.

    Attributes
    ----------
    layer : str
        File, relative to edition.toml; a name under ``boundaries/`` starts with ``batas:``. Or
        a connection string of PostGIS (``fsva.config.editions.database``).
    schematic : bool
        True if the borders are not official; every map then says so.
    vintage, producer : str
        Printed on the map.
    code_field, name_field : str
        Fields of the layer that hold the Kemendagri code and the village's name.
    engine : {"pyogrio", "fiona"}
        The library that reads files.
    ids : str or None
        File that assigns the polygons of a layer without official codes to villages.
    part : str or None
        Layer to read in a file with several.
    shape_field : str or None
        Column with the shapes of a table in PostGIS, if there are several.
    system : {"kemendagri", "bps"} or None
        Coding system of the layer, if its codes fit both or lack their dots.
    accepted : tuple of LayerAcceptance
        Oddities of places and shapes that are right nevertheless.
    shareable : bool or None
        Whether files that hold the borders may be passed on; None = the office has not said.
    """

    layer: str = Field(alias="berkas", min_length=1)
    schematic: bool = Field(alias="skematis")
    vintage: str | None = Field(None, alias="tahun")
    producer: Bilingual = Field(alias="sumber")
    code_field: str = Field("kode", alias="kolom_kode")
    name_field: str = Field("nama", alias="kolom_nama")
    engine: Engine = Field("pyogrio", alias="mesin")
    ids: str | None = Field(None, alias="padanan", min_length=1)
    part: str | None = Field(None, alias="lapisan", min_length=1)
    shape_field: str | None = Field(None, alias="kolom_bentuk", min_length=1)
    system: System | None = Field(None, alias="sistem_kode")
    accepted: tuple[LayerAcceptance, ...] = Field((), alias="diterima")
    shareable: OpenAnswer = Field(None, alias="boleh_dibagikan")

    @property
    def may_be_passed_on(self) -> bool:
        """Whether files with the borders may be passed on; official ones if the office says so."""
        return self.schematic if self.shareable is None else self.shareable

    @model_validator(mode="after")
    def _two_fields(self) -> Boundary:
        if self.code_field.lower() == self.name_field.lower():
            raise ValueError("kolom_kode ≠ kolom_nama")
        return self


class Data(Section):
    """The tables, relative to edition.toml.

    Attributes
    ----------
    indicators : str or None
        One row per village with its values.
    raw : str or None
        One row per village with raw counts, from which the method's formulas compute the values.
        Exactly one of the two is given.
    sheet : str or None
        The sheet of that table in a workbook.
    origins : str or None
        One row per cell: where the value comes from.
    published : str or None
        Classes, scores and ranks that a report has published.
    crosswalk : str
        BPS and Kemendagri codes side by side; a name under ``boundaries/`` starts with ``batas:``.
    succession : str or None
        Villages that split, merged or got another code (``fsva.villages.succession``).
    extreme_poverty : str or None
        Extremely poor persons per village, for targeting.
    coverage : str or None
        Which villages are served by which programme, for targeting.
    registers : Registers
        Registers by name and address to count, section ``[data.register]``.
    land_cover : LandCover or None
        A raster from which farm land is measured.
    """

    indicators: str | None = Field(None, alias="indikator")
    raw: str | None = Field(None, alias="mentah")
    sheet: str | None = Field(None, alias="lembar", min_length=1)
    origins: str | None = Field(None, alias="asal")
    published: str | None = Field(None, alias="terbit")
    crosswalk: str = Field(alias="penyelarasan")
    succession: str | None = Field(None, alias="pemekaran")
    extreme_poverty: str | None = Field(None, alias="miskin_ekstrem")
    coverage: str | None = Field(None, alias="cakupan")
    registers: Registers = Field(Registers(), alias="register")  # type: ignore[call-arg]
    land_cover: LandCover | None = Field(None, alias="tutupan_lahan")

    @model_validator(mode="after")
    def _one_table(self) -> Data:
        if (self.indicators is None) == (self.raw is None):
            raise ValueError("indikator / mentah")
        if self.extreme_poverty and self.registers.extreme_poverty:
            raise ValueError("miskin_ekstrem / register.miskin_ekstrem")
        return self

    @model_validator(mode="after")
    def _raw_columns_need_counts(self) -> Data:
        measured = self.land_cover.columns if self.land_cover else {}
        if self.raw is None and measured:
            raise ValueError("tutupan_lahan.kolom + mentah")
        if self.raw is None and self.registers.columns:
            raise ValueError("register.kolom + mentah")
        if twice := sorted(set(measured) & set(self.registers.columns)):
            raise ValueError(f"{twice[0]}: tutupan_lahan.kolom / register.kolom")
        return self

    @property
    def suppliers(self) -> dict[str, tuple[SupplyKind, str]]:
        """Columns that do not come from the table, with the kind and the file of their source."""
        suppliers: dict[str, tuple[SupplyKind, str]] = {
            column: ("register", register.file)
            for column, register in self.registers.columns.items()
        }
        if self.land_cover:
            suppliers |= dict.fromkeys(self.land_cover.supplies, ("raster", self.land_cover.file))
        return suppliers

    @property
    def has_poverty(self) -> bool:
        """Whether extremely poor persons are known, from a table or a register."""
        return bool(self.extreme_poverty or self.registers.extreme_poverty)

    @property
    def table(self) -> str:
        """The table of the villages: values, or raw counts."""
        return self.indicators or self.raw or ""


class Origin(Section):
    """Who measured an indicator, and when.

    Attributes
    ----------
    agency, year : str
        As printed on the map.
    """

    agency: str = Field(alias="instansi")
    year: str = Field(alias="tahun")


class Override(Section):
    """A class set by hand, with its reason.

    Attributes
    ----------
    code : str
        BPS code of the village.
    village : str
        Its name, checked against the table.
    indicator : str
        Id of the indicator.
    priority : int
        The class, one of the method's.
    reason : Bilingual
        Printed in the run's report.
    """

    code: str = Field(alias="kode_bps", pattern=f"^{UNIT.bps_form}$")
    village: str = Field(alias="desa")
    indicator: str = Field(alias="indikator")
    priority: int = Field(alias="kelas", ge=1)
    reason: Bilingual = Field(alias="alasan")


class Acceptance(Section):
    """A value outside its possible range that the office accepts, with its reason.

    Attributes
    ----------
    code, village, indicator : str
        The cell.
    reason : Bilingual
        Printed in the run's report.
    """

    code: str = Field(alias="kode_bps", pattern=f"^{UNIT.bps_form}$")
    village: str = Field(alias="desa")
    indicator: str = Field(alias="indikator")
    reason: Bilingual = Field(alias="alasan")


class Confirmation(Section):
    """What looks guessed or like another district's and is nevertheless true, with its reason.

    Attributes
    ----------
    key : str
        The way to it in edition.toml, or to the section that holds it: ``batas.sumber``.
    reason : Bilingual
        Printed in the run's report.
    """

    key: str = Field(
        alias="kunci",
        pattern=r"^(tanggal|penyusun|alamat|hak_cipta|daerah(\.(nama|provinsi))?|logo(\.\w+)?|batas(\.(berkas|sumber))?|dasar_peta\.sumber"
        r"|sekitar(\.berkas|\.nama(\.\d+)?)?|(intervensi|pendukung)(\.\d+(\.\w+)?)?|sumber(\.\w+(\.tahun)?)?)$",
    )
    reason: Bilingual = Field(alias="alasan")


class Settings(Section):
    """The whole of edition.toml.

    Attributes
    ----------
    district, year, compiler : District, int, str
        Printed on every map.
    synthetic : bool
        Whether the values are invented; every output says so.
    issued : date or None
        Printed on every map; None where it is still to be filled in.
    address, rights : str
        Address of the compiler and line of copyright, printed below its name.
    method, layout, theme : str
        Names of files under ``styles/metode``, ``styles/layouts`` and ``styles/gaya``; a paper
        such as ``a4`` stands for its landscape or portrait layout, by the district's shape.
    baseline : str or None
        Name of a file under ``styles/dasar``: the cut-offs and bounds that the method leaves
        open.
    base : BaseFiles
        Relief, rivers, roads and capital towns of the office.
    logo : LogoFiles
        Coat of arms and logo of the office.
    book : BookFiles
        The office's template of the report.
    certainty : Assumptions
        Assumptions of the simulation that shows how sure a class is.
    causes : CommonCauses
        Share of a class's villages from which an indicator is a cause.
    interventions : tuple of Intervention
        Agencies and programmes of the office; they replace the shipped ones for the same
        indicators.
    confirmed : tuple of Confirmation
        What looks guessed or copied and is true.
    supporting : tuple of SupportingSource
        Tables of the report beside the indicators.
    printed : PrintedReport
        What a published report prints, for its errata.
    layers : LayerOutputs
        The layers that an atlas writes for a GIS.
    """

    district: District = Field(alias="daerah")
    year: int = Field(alias="tahun", ge=2000, le=2100)
    issued: OpenDate = Field(alias="tanggal")
    compiler: str = Field(alias="penyusun", max_length=300)
    synthetic: bool = Field(False, alias="sintetis")
    address: str = Field("", alias="alamat", max_length=200)
    rights: str = Field("", alias="hak_cipta", max_length=200)
    method: str = Field(alias="metode", pattern=r"^[a-z0-9-]+$")
    baseline: str | None = Field(None, alias="dasar", pattern=r"^[a-z0-9-]+$")
    layout: str = Field("a4", alias="tata_letak", pattern=r"^[a-z0-9-]+$")
    theme: str = Field(STANDARD, alias="gaya", pattern=r"^[a-z0-9-]+$")
    data: Data
    boundary: Boundary = Field(alias="batas")
    surroundings: SurroundingsSection = Field(SurroundingsSection(), alias="sekitar")  # type: ignore[call-arg]
    base: BaseFiles = Field(BaseFiles(), alias="dasar_peta")  # type: ignore[call-arg]
    logo: LogoFiles = Field(LogoFiles(), alias="logo")  # type: ignore[call-arg]
    book: BookFiles = Field(BookFiles(), alias="buku")  # type: ignore[call-arg]
    origins: dict[str, Origin] = Field(alias="sumber")
    overrides: tuple[Override, ...] = Field((), alias="timpa")
    acceptances: tuple[Acceptance, ...] = Field((), alias="diterima")
    certainty: Assumptions = Field(Assumptions(), alias="keyakinan")  # type: ignore[call-arg]
    causes: CommonCauses = Field(CommonCauses(), alias="penyebab")  # type: ignore[call-arg]
    interventions: tuple[Intervention, ...] = Field((), alias="intervensi")
    confirmed: tuple[Confirmation, ...] = Field((), alias="dibenarkan")
    supporting: tuple[SupportingSource, ...] = Field((), alias="pendukung")
    printed: PrintedReport = Field(PrintedReport(), alias="cetakan")  # type: ignore[call-arg]

    @model_validator(mode="after")
    def _supporting_tables_know_each_other(self) -> Settings:
        check_all(self.supporting)
        return self

    layers: LayerOutputs = Field(LayerOutputs(), alias="lapisan")  # type: ignore[call-arg]
