"""Supporting tables for tests: those of Belu as printed, and small ones made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from fsva.config.editions import edition
from fsva.config.editions.supporting_data import SupportingSource
from fsva.sources.supporting import printed_tables
from fsva.sources.supporting.printed_tables import PrintedTable
from tests.places import small

Cells = Sequence[Sequence[str]]


@cache
def belu() -> dict[str, PrintedTable]:
    """Return the supporting tables of Belu 2021 by their ids."""
    read = printed_tables.read_all(edition.load(small.BELU))
    return {table.source.id: table for table in read}


def source(name: str = "beras", **keys: Any) -> SupportingSource:  # noqa: ANN401 - keys of TOML
    """Return what edition.toml says of a table."""
    words = {"id": "Beras", "en": "Rice"}
    whole = {
        "id": name, "berkas": f"{name}.csv", "judul": words, "satuan": words, "sumber": "BPS",
    }  # fmt: skip
    return SupportingSource.model_validate(whole | keys)


def table(folder: Path, cells: Cells, name: str = "beras", **keys: Any) -> PrintedTable:  # noqa: ANN401
    """Write cells to a file of an office and read it."""
    file = folder / f"{name}.csv"
    file.write_text("\r\n".join(";".join(row) for row in cells), encoding="utf-8-sig")
    return printed_tables.read(file, source(name, **keys))
