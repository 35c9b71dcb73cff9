"""The words of an edition that stand on its sheets, each with its key in ``edition.toml``.

Names of files are none of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from fsva.config.editions.sections import Settings


def of(settings: Settings, language: str) -> Iterator[tuple[str, str]]:
    """Yield key and words.

    Parameters
    ----------
    language : str
        ``id`` or ``en``: of words in both languages, those that are printed.

    Yields
    ------
    key, words : str
        E.g. ``sumber.lahan.instansi``, ``DPKP Kab. Belu``; words that are left open are left out.
    """
    yield "daerah.nama", settings.district.name
    yield "daerah.provinsi", settings.district.province
    yield "penyusun", settings.compiler
    yield "alamat", settings.address
    yield "hak_cipta", settings.rights
    yield "batas.sumber", settings.boundary.producer[language]
    for measure, origin in settings.origins.items():
        yield f"sumber.{measure}.instansi", origin.agency
        yield f"sumber.{measure}.tahun", str(origin.year)
    for n, place in enumerate(settings.surroundings.names or (), start=1):
        yield f"sekitar.nama[{n}].nama", place.name[language]
    for table in settings.supporting:
        yield f"pendukung.{table.id}.judul", table.title[language]
        yield f"pendukung.{table.id}.satuan", table.unit[language]
        yield f"pendukung.{table.id}.sumber", table.source
