"""The record of a village layer's source.

Owns the check whether a layer is still the fetched one. ``fsva.config.editions.boundary_sources``
owns the record.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from fsva.config.editions import boundary_sources
from fsva.config.editions.database import Database, Layer
from fsva.core import texts
from fsva.core.toml import Bilingual


def producer(layer: Layer) -> tuple[Bilingual, str | None]:
    """Return the source line of a layer and its year; without a record the file's name.

    Parameters
    ----------
    layer : Path or Database
        As for ``recorded``.
    """
    return recorded(layer) or (Bilingual(id=layer.name, en=layer.name), None)


def recorded(layer: Layer) -> tuple[Bilingual, str | None] | None:
    """Return the source line of a layer and its year, as the record beside it says.

    Parameters
    ----------
    layer : Path or Database
        A village layer, perhaps with a ``SOURCES.toml`` beside it.

    Returns
    -------
    producer : Bilingual
        The attribution of the record; it says so if the layer has been changed since.
    vintage : str or None
        The year of the data; the day of fetching does not count. Without a record the whole is
        None.

    Raises
    ------
    StyleError
        If the record is refused.
    """
    if isinstance(layer, Database):
        return None
    record = boundary_sources.records_beside(layer).of(layer.name)
    if record is None:
        return None
    said = record.attribution
    if layer.is_file() and hashlib.sha256(layer.read_bytes()).hexdigest() != record.sha256:
        changed = {
            language: texts.load(language)("ambil.diubah", sumber=said[language])
            for language in texts.LANGUAGES
        }
        said = Bilingual(**changed)
    return said, None if record.day_from == "server" else str(record.day.year)


def record_of(layer: Path) -> Path | None:
    """Return the record beside a layer if it lists the layer."""
    named = boundary_sources.records_beside(layer).of(layer.name)
    return layer.with_name(boundary_sources.RECORD_NAME) if named else None
