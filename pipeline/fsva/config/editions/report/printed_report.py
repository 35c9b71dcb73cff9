"""A published report as tables: what it prints in lists, tables and sentences, for its errata.

Owns the model of ``[cetakan]``. ``fsva.sources.printed`` reads the tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from fsva.core.toml import Section


class PrintedReport(Section):
    """The tables, relative to edition.toml; each may be missing.

    Attributes
    ----------
    lists : str or None
        Villages per class and kecamatan, a row per printed line.
    counts : str or None
        Counts and shares of classes in text and tables.
    limits : str or None
        Limits of classes in tables and forms.
    mentions : str or None
        Kecamatan that a sentence names, with their number of vulnerable villages if it tells it.
    quotations : str or None
        Numbers of supporting tables that the text repeats.
    """

    lists: str | None = Field(None, alias="daftar", min_length=1)
    counts: str | None = Field(None, alias="angka", min_length=1)
    limits: str | None = Field(None, alias="batas", min_length=1)
    mentions: str | None = Field(None, alias="sebutan", min_length=1)
    quotations: str | None = Field(None, alias="kutipan", min_length=1)

    def files(self) -> Iterator[tuple[str, str | None]]:
        """Yield key and file of each table."""
        for name, field in type(self).model_fields.items():
            yield str(field.alias), getattr(self, name)
