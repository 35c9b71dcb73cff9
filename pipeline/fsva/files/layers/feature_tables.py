"""The layers as values: fields, a row per area, and its shape.

Owns the values of the layers of villages, kecamatan and kabupaten. Every number is rounded as in
``kelas.csv``; what is not known is None, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from fsva.config.editions.sections import District
from fsva.config.methods.method import Method
from fsva.core import levels
from fsva.core.columns import BPS, DISTRICT, KEMENDAGRI, PARENT, UNIT
from fsva.files.tables import cells
from fsva.index import composite, result_columns, summary
from fsva.index.joined_table import JoinedTable
from fsva.index.summary import ALL, NO_DATA, VULNERABLE, WHOLE, Sizes
from fsva.index.sureness.uncertainty import Certainty
from fsva.sources.plain.arrays import Shapes
from fsva.words import layer_fields
from fsva.words.layer_fields import LayerField


@dataclass(frozen=True, eq=False)
class FeatureTable:
    """One layer.

    Parameters
    ----------
    name : str
        Of the layer in its file.
    fields : tuple of LayerField
        In their order.
    columns : mapping of str to sequence
        Name of the field to Python values; None = not known.
    shapes : array of Geometry
        In metres or degrees, as ``crs`` says.
    crs : CRS
        The coordinate system.
    """

    name: str
    fields: tuple[LayerField, ...]
    columns: Mapping[str, Sequence[Any]]
    shapes: Shapes
    crs: CRS

    def rows(self) -> Iterable[tuple[Any, ...]]:
        """Yield the values of each area in the order of the fields."""
        return zip(*(self.columns[field.name] for field in self.fields), strict=True)


@dataclass(frozen=True, eq=False)
class LayerSource:
    """What the layers are made from.

    Parameters
    ----------
    table : JoinedTable
        The one joined table.
    method : Method
        Measures, digits and classes.
    sure : Certainty
        How sure the classes are.
    sizes : Sizes
        People and area.
    district : District
        Name and codes.
    shapes : array of Polygon and MultiPolygon
        Of the villages, in the order of the table.
    crs : CRS
        Their coordinate system.
    """

    table: JoinedTable
    method: Method
    sure: Certainty
    sizes: Sizes
    district: District
    shapes: Shapes
    crs: CRS


def tables(source: LayerSource) -> tuple[FeatureTable, FeatureTable, FeatureTable]:
    """Return the layers of villages, kecamatan and kabupaten."""
    return villages(source), *places(source)


def villages(source: LayerSource) -> FeatureTable:
    """Return the layer of villages."""
    table, method = source.table, source.method
    columns: dict[str, Iterable[Any]] = {**table.columns(), KEMENDAGRI: table.codes}
    for measure in method.measures():
        shown = table.classes[measure.id]
        columns[f"{measure.id}{layer_fields.SURE}"] = source.sure.of_class(shown, measure)
    for indicator in method.indicators:
        scored = composite.standard_score(table.values[indicator.id], indicator)
        columns[f"{indicator.id}{layer_fields.SCORE}"] = scored
    columns |= {layer_fields.PEOPLE: source.sizes.people, layer_fields.AREA: source.sizes.area_ha}
    fields = layer_fields.of_villages(method, frozenset(table.origins))
    return _table(UNIT, fields, columns, source.shapes, source.crs)


def places(source: LayerSource) -> tuple[FeatureTable, FeatureTable]:
    """Return the layers of kecamatan and of the kabupaten."""
    table, method = source.table, source.method
    counted = summary.tally(table, list(method.measures()), source.sizes, method)
    cells_of: dict[str, dict[str, Any]] = {}
    for row in result_columns.records(counted):
        _add(cells_of.setdefault(row[PARENT], {}), row, method)
    whole = cells_of.pop(WHOLE) | {
        KEMENDAGRI: source.district.code,
        BPS: source.district.bps_code,
        DISTRICT: source.district.full_name,
    }
    shapes = {name: _united(source, table.subdistricts == name) for name in cells_of}
    kecamatan = [cells_of[name] | _keys(table, name) for name in cells_of]
    all_of_it = np.ones(len(table), dtype=np.bool_)
    return (
        _of_rows(
            PARENT, layer_fields.of_kecamatan(method), kecamatan, list(shapes.values()), source
        ),
        _of_rows(
            DISTRICT,
            layer_fields.of_kabupaten(method),
            [whole],
            [_united(source, all_of_it)],
            source,
        ),
    )


def _add(cell: dict[str, Any], row: Mapping[str, Any], method: Method) -> None:
    """Enter one count of the summary under the fields that show it."""
    measure = next(m for m in method.measures() if m.id == row["ukuran"])
    is_whole, label = measure.id == method.composite.id, row["kelas"]
    if label in summary.classes_of(method):
        cell[layer_fields.count_name(measure, label)] = row["jumlah"]
        if is_whole:
            cell[layer_fields.people_name(measure, label)] = row["penduduk"]
    elif label == NO_DATA:
        cell[layer_fields.count_name(measure, "0")] = row["jumlah"]
    elif label == VULNERABLE and is_whole:
        cell[f"{measure.id}_{VULNERABLE}"] = row["jumlah"]
        cell[f"{measure.id}_{VULNERABLE}_persen"] = row["persen"]
    elif label == ALL:
        cell[layer_fields.VILLAGES] = row["jumlah"]
        cell[layer_fields.PEOPLE], cell[layer_fields.AREA] = row["penduduk"], row["luas_ha"]


def _keys(table: JoinedTable, name: str) -> dict[str, str]:
    """Return the codes of a kecamatan, those of its first village, and its name."""
    first = int(np.flatnonzero(table.subdistricts == name)[0])
    return {
        KEMENDAGRI: levels.SUBDISTRICT.kemendagri_of(table.codes[first]),
        BPS: levels.SUBDISTRICT.bps_of(str(table.bps_codes[first])),
        PARENT: name,
    }


def _united(source: LayerSource, chosen: NDArray[np.bool_]) -> shapely.Geometry:
    """Unite villages; an office's own polygons, which may be invalid, are made valid for it."""
    parts = source.shapes[chosen]
    if not shapely.is_valid(parts).all():
        parts = shapely.make_valid(parts, method="structure", keep_collapsed=False)
    if shapely.coverage_is_valid(parts):
        united: shapely.Geometry = shapely.coverage_union_all(parts)
        return united
    return shapely.union_all(parts)


def _of_rows(
    name: str,
    fields: tuple[LayerField, ...],
    rows: Sequence[Mapping[str, Any]],
    shapes: Sequence[shapely.Geometry],
    source: LayerSource,
) -> FeatureTable:
    columns = {field.name: [row[field.name] for row in rows] for field in fields}
    return _table(name, fields, columns, np.array(shapes, dtype=object), source.crs)


def _table(
    name: str,
    fields: tuple[LayerField, ...],
    columns: Mapping[str, Iterable[Any]],
    shapes: Shapes,
    crs: CRS,
) -> FeatureTable:
    plain = {field.name: [_plain(v, field) for v in columns[field.name]] for field in fields}
    return FeatureTable(name, fields, plain, multipart(shapes), crs)


def _plain(value: Any, field: LayerField) -> str | int | float | None:  # noqa: ANN401 - any cell
    """Return a cell as Python's own value, numbers rounded half up to the digits of the field."""
    if cells.is_missing(value):
        return None
    if field.kind == "text":
        return str(value)
    if field.kind == "whole":
        return int(value)
    return float(Decimal(cells.number(value, field.digits, ".")))


def multipart(shapes: Shapes) -> Shapes:
    """Return polygons as multipolygons, so that a layer has one kind of shape."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    flat = shapely.get_dimensions(parts) == 2
    built: Shapes = shapely.multipolygons(
        parts[flat], indices=owner[flat], out=np.full(len(shapes), None, dtype=object)
    )
    return built


def renamed(table: FeatureTable, names: Mapping[str, str]) -> FeatureTable:
    """Return a layer with an office's own names for some fields.

    Parameters
    ----------
    names : mapping of str to str
        Our name to the office's.
    """
    fields = tuple(replace(f, name=names.get(f.name, f.name)) for f in table.fields)
    columns = {names.get(name, name): values for name, values in table.columns.items()}
    return replace(table, fields=fields, columns=columns)
