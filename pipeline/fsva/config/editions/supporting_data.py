"""Supporting data of the report: tables beside the indicators, as ``edition.toml`` names them.

Owns the model of ``[[pendukung]]``. ``fsva.sources.supporting.printed_tables`` reads the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from fsva.core.toml import Bilingual, Section

ChartKind = Literal["garis", "batang", "tidak"]


class SupportingSource(Section):
    """A table of places, or of anything else, by year or by other numbers.

    Attributes
    ----------
    id : str
        Names its files; stays the same over the years.
    file : str
        Relative to edition.toml.
    sheet : str or None
        The sheet of a workbook.
    title, unit : Bilingual
        As they stand in the report.
    source : str
        Who published the numbers.
    digits : int or None
        Decimals shown; None = the most that stand in the table.
    aspect : str or None
        Id of the aspect whose chapter of the report it belongs to.
    chart : {"garis", "batang", "tidak"} or None
        Lines, bars or none; None = lines for three years and more, bars otherwise.
    adds_up : bool
        Whether rows may be summed; percentages may not.
    printed : str or None
        Place in a published report, for numbers that stand as it prints them.
    parts : tuple of str
        Ids of the tables whose sum it is, cell by cell.
    details : dict of str to str
        Row to the id of the table whose totals it repeats.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    file: str = Field(alias="berkas", min_length=1)
    sheet: str | None = Field(None, alias="lembar", min_length=1)
    title: Bilingual = Field(alias="judul")
    unit: Bilingual = Field(alias="satuan")
    source: str = Field(alias="sumber", min_length=1)
    digits: int | None = Field(None, alias="angka", ge=0, le=6)
    aspect: str | None = Field(None, alias="aspek", pattern=r"^[a-z0-9_]+$")
    chart: ChartKind | None = Field(None, alias="grafik")
    adds_up: bool = Field(True, alias="dijumlah")
    printed: str | None = Field(None, alias="tercetak", min_length=1)
    parts: tuple[str, ...] = Field((), alias="jumlah_dari")
    details: dict[str, str] = Field({}, alias="rincian")


def check_all(tables: Sequence[SupportingSource]) -> None:
    """Check that ids differ and that tables name others that exist.

    Raises
    ------
    ValueError
        With the id; the caller's model makes an error of edition.toml of it.
    """
    ids = [table.id for table in tables]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise ValueError(f"pendukung.id: {twice[0]} × {ids.count(twice[0])}")
    for table in tables:
        named = {*table.parts, *table.details.values()}
        if unknown := sorted((named - set(ids)) | (named & {table.id})):
            raise ValueError(f"pendukung.{table.id}: {unknown[0]}")
