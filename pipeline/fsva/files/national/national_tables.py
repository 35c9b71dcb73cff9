"""The tables of many districts: villages, districts, provinces.

Owns ``nasional-desa.csv``, ``nasional-kabupaten.csv`` and ``nasional-provinsi.csv``. Classes of
districts with another method or baseline stand in the first, and are counted in neither other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fsva.core.columns import BPS, DISTRICT, KEMENDAGRI, PARENT, UNIT
from fsva.files.tables import cells
from fsva.index import national
from fsva.index.national import AreaCount, Compared
from fsva.sources.outputs.atlas_outputs import AtlasOutput, OutputVillage

VILLAGES = "nasional-desa.csv"
DISTRICTS = "nasional-kabupaten.csv"
PROVINCES = "nasional-provinsi.csv"


def files(compared: Compared, provinces: Mapping[str, str]) -> dict[str, bytes]:
    """Return the three tables.

    Parameters
    ----------
    provinces : mapping of str to str
        Names by the first two digits of codes.
    """
    return {
        VILLAGES: _villages(compared),
        DISTRICTS: _districts(compared),
        PROVINCES: _provinces(compared, provinces),
    }


def _villages(compared: Compared) -> bytes:
    pairs = [(output, village) for output in compared.outputs for village in output.villages]
    return cells.write(VILLAGES, village_columns(compared, pairs))


def village_columns(
    compared: Compared, pairs: Sequence[tuple[AtlasOutput, OutputVillage]]
) -> dict[str, list[Any]]:
    """Return the columns of villages of many districts, as their table has them.

    Parameters
    ----------
    pairs : sequence of (AtlasOutput, OutputVillage)
        The villages to list, each with the output that it comes from.
    """
    return {
        KEMENDAGRI: [v.code for _, v in pairs],
        BPS: [v.bps_code for _, v in pairs],
        PARENT: [v.subdistrict for _, v in pairs],
        UNIT: [v.name for _, v in pairs],
        "kode_kabupaten": [o.code for o, _ in pairs],
        DISTRICT: [o.name for o, _ in pairs],
        "tahun": [o.year for o, _ in pairs],
        "komposit": [v.score for _, v in pairs],
        "kelas": [v.class_ or None for _, v in pairs],
        "penduduk": [v.people for _, v in pairs],
        "metode": [o.method.id for o, _ in pairs],
        "dasar": [o.baseline for o, _ in pairs],
        "sebanding": [compared.is_comparable(o) for o, _ in pairs],
        "nomor": [o.number for o, _ in pairs],
    }


def _districts(compared: Compared) -> bytes:
    counts = [
        national.of_district(o) if compared.is_comparable(o) else None for o in compared.outputs
    ]
    columns: dict[str, list[Any]] = {
        "kode_kabupaten": [o.code for o in compared.outputs],
        DISTRICT: [o.name for o in compared.outputs],
        "tahun": [o.year for o in compared.outputs],
        UNIT: [len(o.villages) for o in compared.outputs],
        **_counted(compared, counts),
        "metode": [o.method.id for o in compared.outputs],
        "dasar": [o.baseline for o in compared.outputs],
        "sebanding": [compared.is_comparable(o) for o in compared.outputs],
        "draf": [o.is_draft for o in compared.outputs],
        "lapisan": [o.has_layer for o in compared.outputs],
        "nomor": [o.number for o in compared.outputs],
    }
    return cells.write(DISTRICTS, columns, compared.comparable[0].method)


def _provinces(compared: Compared, names: Mapping[str, str]) -> bytes:
    counts = national.of_provinces(compared.comparable)
    every = [*(o.code[:2] for o in compared.outputs)]
    left = [o.code[:2] for o in compared.others]
    columns: dict[str, list[Any]] = {
        "kode_provinsi": [count.code for count in counts],
        "provinsi": [names.get(count.code, count.code) for count in counts],
        DISTRICT: [every.count(c.code) - left.count(c.code) for c in counts],
        "tak_sebanding": [left.count(count.code) for count in counts],
        UNIT: [count.n_villages for count in counts],
        **_counted(compared, counts),
    }
    return cells.write(PROVINCES, columns, compared.comparable[0].method)


def _counted(compared: Compared, counts: Sequence[AreaCount | None]) -> dict[str, list[Any]]:
    classes = compared.comparable[0].method.classes
    return {
        **{
            f"kelas_{one.number}": [count.classes[n] if count else None for count in counts]
            for n, one in enumerate(classes)
        },
        "rentan": [count.vulnerable if count else None for count in counts],
        "persen": [count.share if count else None for count in counts],
        "penduduk": [count.people if count else None for count in counts],
        "penduduk_rentan": [count.vulnerable_people if count else None for count in counts],
    }
