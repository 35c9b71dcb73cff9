"""An edition: one kabupaten, one year, and which files, sources and decisions make its atlas.

Owns the model of ``edition.toml`` and the paths it names. The files themselves are read by
``pipeline.sources``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from pipeline import resources, settings
from pipeline.assumptions import Assumptions
from pipeline.errors import EditionError, Place, SourceError
from pipeline.method import Method
from pipeline.settings import Bilingual, Section

if TYPE_CHECKING:
    import pandas as pd

FILE_NAME = "edition.toml"
EXTREME_POVERTY = "miskin_ekstrem"  # the table that needs a source of its own


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

    name: str = Field(alias="nama", min_length=1)
    kind: Literal["kabupaten", "kota"] = Field(alias="jenis")
    code: str = Field(alias="kode_kemendagri", pattern=r"^\d{2}\.\d{2}$")
    bps_code: str = Field(alias="kode_bps", pattern=r"^\d{4}$")
    province: str = Field(alias="provinsi")

    @property
    def full_name(self) -> str:
        """Kind and name, e.g. ``Kabupaten Belu``."""
        return f"{self.kind.capitalize()} {self.name}"


class Boundary(Section):
    """The village layer and what must be said of it.

    Attributes
    ----------
    layer : str
        File, relative to edition.toml; a name under ``boundaries/`` starts with ``batas:``.
    schematic : bool
        True if the borders are not official; every map then says so.
    vintage, producer : str
        Printed on the map.
    code_field, name_field : str
        Fields of the layer that hold the Kemendagri code and the village's name.
    """

    layer: str = Field(alias="berkas")
    schematic: bool = Field(alias="skematis")
    vintage: str | None = Field(None, alias="tahun")
    producer: Bilingual = Field(alias="sumber")
    code_field: str = Field("kode", alias="kolom_kode")
    name_field: str = Field("nama", alias="kolom_nama")

    @model_validator(mode="after")
    def _two_fields(self) -> Boundary:
        if self.code_field.lower() == self.name_field.lower():
            raise ValueError("kolom_kode ≠ kolom_nama")
        return self


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
        Counts from 1 to one less than this are missing, with a note.
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
    """

    extreme_poverty: Register | None = Field(None, alias="miskin_ekstrem")


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
        Villages that split, merged or got another code (``pipeline.succession``).
    extreme_poverty : str or None
        Extremely poor persons per village, for targeting.
    coverage : str or None
        Which villages are served by which programme, for targeting.
    registers : Registers
        Registers by name and address to count, section ``[data.register]``.
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

    @model_validator(mode="after")
    def _one_table(self) -> Data:
        if (self.indicators is None) == (self.raw is None):
            raise ValueError("indikator / mentah")
        if self.extreme_poverty and self.registers.extreme_poverty:
            raise ValueError("miskin_ekstrem / register.miskin_ekstrem")
        return self

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
        The class, 1..6.
    reason : Bilingual
        Printed in the run's report.
    """

    code: str = Field(alias="kode_bps", pattern=r"^\d{10}$")
    village: str = Field(alias="desa")
    indicator: str = Field(alias="indikator")
    priority: int = Field(alias="kelas", ge=1, le=6)
    reason: Bilingual = Field(alias="alasan")


class Acceptance(Section):
    """A value outside its possible range that the office lets stand, with its reason.

    Attributes
    ----------
    code, village, indicator : str
        The cell.
    reason : Bilingual
        Printed in the run's report.
    """

    code: str = Field(alias="kode_bps", pattern=r"^\d{10}$")
    village: str = Field(alias="desa")
    indicator: str = Field(alias="indikator")
    reason: Bilingual = Field(alias="alasan")


class PlaceName(Section):
    """A name to print around the district: a sea, a strait, a neighbour without a polygon.

    Attributes
    ----------
    name : Bilingual
        The text.
    kind : {"laut", "tetangga"}
        Chooses the type face.
    latitude, longitude : float
        Degrees, where its middle stands.
    """

    name: Bilingual = Field(alias="nama")
    kind: Literal["laut", "tetangga"] = Field(alias="jenis")
    latitude: float = Field(alias="lintang", ge=-11.5, le=7)
    longitude: float = Field(alias="bujur", ge=94, le=142)


class Surroundings(Section):
    """What is drawn muted around the district.

    Attributes
    ----------
    layer : str or None
        Polygons of the neighbours, each with its name.
    names : tuple of PlaceName
        Names of seas and of neighbours that have no polygon.
    window : tuple of float or None
        West, south, east, north in degrees of the locator map, usually the province.
    """

    layer: str | None = Field(None, alias="berkas")
    names: tuple[PlaceName, ...] = Field((), alias="nama")
    window: tuple[float, float, float, float] | None = Field(None, alias="jendela_lokator")


class Settings(Section):
    """The whole of edition.toml.

    Attributes
    ----------
    district, year, issued, compiler : District, int, date, str
        Printed on every map.
    method, layout : str
        Names of files under ``styles/metode`` and ``styles/layouts``.
    baseline : str or None
        Name of a file under ``styles/dasar``: the cut-offs and bounds that the method leaves
        open.
    certainty : Assumptions
        Errors and draws of the question how sure a class is.
    """

    district: District = Field(alias="daerah")
    year: int = Field(alias="tahun", ge=2000, le=2100)
    issued: date = Field(alias="tanggal")
    compiler: str = Field(alias="penyusun")
    method: str = Field(alias="metode", pattern=r"^[a-z0-9-]+$")
    baseline: str | None = Field(None, alias="dasar", pattern=r"^[a-z0-9-]+$")
    layout: str = Field("a4-mendatar", alias="tata_letak", pattern=r"^[a-z0-9-]+$")
    data: Data
    boundary: Boundary = Field(alias="batas")
    surroundings: Surroundings = Field(Surroundings(), alias="sekitar")  # type: ignore[call-arg]
    origins: dict[str, Origin] = Field(alias="sumber")
    overrides: tuple[Override, ...] = Field((), alias="timpa")
    acceptances: tuple[Acceptance, ...] = Field((), alias="diterima")
    certainty: Assumptions = Field(Assumptions(), alias="keyakinan")  # type: ignore[call-arg]


@dataclass(frozen=True)
class Edition:
    """The settings of an edition and the folder that its file names are relative to.

    Parameters
    ----------
    folder : Path
        Folder of edition.toml, as the user named it.
    settings : Settings
        Content of edition.toml.
    """

    folder: Path
    settings: Settings

    @property
    def file(self) -> Path:
        """The edition.toml itself."""
        return self.folder / FILE_NAME

    @property
    def method_file(self) -> Path:
        """The method that the edition names."""
        return self.style_file("metode", self.settings.method)

    @property
    def baseline_file(self) -> Path | None:
        """The baseline that the edition names, if it does."""
        name = self.settings.baseline
        return self.style_file("dasar", name) if name else None

    @property
    def layout_file(self) -> Path:
        """The layout that the edition names."""
        return self.style_file("layouts", self.settings.layout)

    def style_file(self, kind: str, name: str) -> Path:
        """Return ``styles/<kind>/<name>.toml`` of the edition's project.

        Raises
        ------
        EditionError
            If there is no such file.
        """
        folder = resources.project_folder(self.folder, "styles") / kind
        file = folder / f"{name}.toml"
        if not file.is_file():
            known = ", ".join(sorted(f.stem for f in folder.glob("*.toml")))
            raise EditionError("gaya_hilang", [Place(self.file, found=name)], {"ada": known})
        return file

    def path(self, name: str) -> Path:
        """Return the path of a file that edition.toml names.

        Parameters
        ----------
        name : str
            Relative to the edition, absolute, or ``batas:<path under boundaries/>``.
        """
        if name.startswith("batas:"):
            folder = resources.project_folder(self.folder, "boundaries")
            return folder / name.removeprefix("batas:")
        return self.folder / name


def load(folder: Path) -> Edition:
    """Read the edition in a folder.

    Parameters
    ----------
    folder : Path
        Folder with an edition.toml, or that file itself.

    Raises
    ------
    SourceError
        If there is no edition.toml.
    EditionError
        If its content is refused; with line and likely meaning.
    """
    folder = folder.parent if folder.name == FILE_NAME else folder
    file = folder / FILE_NAME
    if not file.is_file():
        raise SourceError("edisi_hilang", [Place(file)])
    return Edition(folder, settings.load(file, Settings, EditionError))


Where = tuple[str, int]


def check(edition: Edition, table: pd.DataFrame, method: Method) -> None:
    """Check that what edition.toml says of villages and indicators speaks of existing ones.

    Parameters
    ----------
    edition : Edition
        With its overrides, acceptances and sources.
    table : DataFrame
        The indicator table, indexed by BPS code: ``desa``.
    method : Method
        Gives the indicators.

    Raises
    ------
    EditionError
        An override or acceptance names an unknown village or indicator, or a code and a name
        that do not belong together; an indicator lacks its source; a source has no indicator.
    """
    ids = [indicator.id for indicator in method.indicators]
    poverty = [EXTREME_POVERTY] if edition.settings.data.has_poverty else []
    _check_origins(edition, [*ids, *poverty])
    decided = _decisions(edition.settings)
    other = [(w, d.indicator) for w, d in decided if d.indicator not in ids]
    if other:
        places = _places(edition, "indikator", other)
        raise EditionError("keputusan_indikator", places, {"ada": ", ".join(ids)})
    file = str(edition.path(edition.settings.data.table))
    unknown = [(w, d.code) for w, d in decided if d.code not in table.index]
    if unknown:
        places = _places(edition, "kode_bps", unknown)
        raise EditionError("keputusan_desa", places, {"berkas": file})
    wrong = [(w, d.village) for w, d in decided if d.village != table["desa"][d.code]]
    if wrong:
        places = _places(edition, "desa", wrong)
        raise EditionError("keputusan_nama", places, {"berkas": file})


def _decisions(settings: Settings) -> list[tuple[Where, Override | Acceptance]]:
    """List overrides and acceptances with their sections and positions in edition.toml."""
    overrides = ((("timpa", n), o) for n, o in enumerate(settings.overrides))
    acceptances = ((("diterima", n), a) for n, a in enumerate(settings.acceptances))
    return [*overrides, *acceptances]


def _check_origins(edition: Edition, ids: list[str]) -> None:
    named = edition.settings.origins
    wrong = sorted(set(ids) ^ set(named))
    if wrong:
        text = settings.read_text(edition.file)
        places = [
            Place(edition.file, settings.line_of(text, ("sumber", name)), f"sumber.{name}")
            for name in wrong
        ]
        raise EditionError("sumber_indikator", places, {"ada": ", ".join(ids)})


def _places(edition: Edition, column: str, wrong: list[tuple[Where, str]]) -> list[Place]:
    """Return the places in edition.toml of a key of some decisions."""
    text = settings.read_text(edition.file)
    return [
        Place(
            edition.file,
            settings.line_of(text, (*where, column)),
            f"{where[0]}.{where[1] + 1}.{column}",
            found=found,
        )
        for where, found in wrong
    ]
