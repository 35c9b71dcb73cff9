"""One layer of the villages of many districts, and one of the districts: ``nasional.gpkg``.

Owns the fields and their values. Shapes are in degrees, because districts lie in different zones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from pyproj import CRS

from fsva.core import texts as catalogues
from fsva.core.columns import BPS, DISTRICT, KEMENDAGRI, PARENT, UNIT
from fsva.core.texts import LANGUAGES, Texts
from fsva.files.layers import feature_tables, geopackage
from fsva.files.layers.feature_tables import FeatureTable
from fsva.files.layers.geopackage import LayerNotice
from fsva.files.national import national_tables
from fsva.index import national
from fsva.index.national import Compared
from fsva.words.layer_fields import Kind, LayerField
from fsva.words.national import national_words

FILE_NAME = "nasional.gpkg"
VILLAGES, DISTRICTS = UNIT, DISTRICT
_VILLAGE_FIELDS: Mapping[str, Kind] = {
    KEMENDAGRI: "text", BPS: "text", UNIT: "text", PARENT: "text",
    "kode_kabupaten": "text", DISTRICT: "text", "tahun": "text", "komposit": "number",
    "kelas": "whole", "penduduk": "number", "metode": "text", "dasar": "text",
    "sebanding": "whole", "nomor": "text",
}  # fmt: skip
_DISTRICT_FIELDS: Mapping[str, Kind] = {
    "kode_kabupaten": "text", DISTRICT: "text", "tahun": "text", "jumlah_desa": "whole",
    "rentan": "whole", "persen": "number", "metode": "text", "dasar": "text",
    "sebanding": "whole", "nomor": "text",
}  # fmt: skip


def write(compared: Compared, outlines: Mapping[str, Any], texts: Texts) -> bytes:
    """Return both layers as one GeoPackage.

    Parameters
    ----------
    outlines : mapping of str to Geometry
        Of the districts that have a layer, by their codes.
    """
    tables = [_villages(compared), _districts(compared, outlines)]
    marks, meaning = national_words.draft_marks(compared, texts), texts("nasional.lapisan.arti")
    told = f"{marks[0]}. {meaning}" if marks else meaning
    notices = {
        table.name: LayerNotice(
            texts("draf.judul", judul=name) if marks else name,
            told,
        )
        for table in tables
        for name in (texts(f"nasional.lapisan.{table.name}"),)
    }
    return geopackage.write(tables, notices, [], texts.language)


def _villages(compared: Compared) -> FeatureTable:
    rows = [
        (output, village)
        for output in compared.outputs
        for village in output.villages
        if village.shape is not None
    ]
    columns = national_tables.village_columns(compared, rows) | {
        "komposit": [_known(v.score) for _, v in rows],
        "penduduk": [_known(v.people) for _, v in rows],
        "dasar": [o.baseline or None for o, _ in rows],
        "sebanding": [int(compared.is_comparable(o)) for o, _ in rows],
    }
    return _table(VILLAGES, _VILLAGE_FIELDS, columns, [v.shape for _, v in rows])


def _districts(compared: Compared, outlines: Mapping[str, Any]) -> FeatureTable:
    drawn = [output for output in compared.outputs if output.code in outlines]
    counts = [national.of_district(output) for output in drawn]
    same = [compared.is_comparable(output) for output in drawn]
    pairs = list(zip(counts, same, strict=True))
    columns: dict[str, list[Any]] = {
        "kode_kabupaten": [o.code for o in drawn],
        DISTRICT: [o.name for o in drawn],
        "tahun": [o.year for o in drawn],
        "jumlah_desa": [len(o.villages) for o in drawn],
        "rentan": [count.vulnerable if known else None for count, known in pairs],
        "persen": [_known(round(count.share, 2)) if known else None for count, known in pairs],
        "metode": [o.method.id for o in drawn],
        "dasar": [o.baseline or None for o in drawn],
        "sebanding": [int(known) for known in same],
        "nomor": [o.number for o in drawn],
    }
    return _table(DISTRICTS, _DISTRICT_FIELDS, columns, [outlines[o.code] for o in drawn])


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _table(
    name: str, fields: Mapping[str, Kind], columns: Mapping[str, list[Any]], shapes: Sequence[Any]
) -> FeatureTable:
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return FeatureTable(
        name,
        tuple(map(_field, fields, fields.values())),
        columns,
        feature_tables.multipart(array),
        CRS(4326),
    )


def _field(name: str, kind: Kind) -> LayerField:
    said = {one: catalogues.load(one)(f"nasional.bidang.{name}") for one in LANGUAGES}
    return LayerField(name, name[:10], kind, said, said, 2 if kind == "number" else 0)
