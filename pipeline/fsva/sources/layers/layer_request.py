"""The request for villages of a layer, and its answer, independent of the reader.

Owns the request for the villages of one kabupaten, the rows that answer it, and the judgement of
both, which are the same for files (``fsva.sources.layers.village_layer``) and databases
(``fsva.sources.layers.postgis``). It reads nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import shapely

from fsva.config.editions import database, headings, layer_schemas
from fsva.config.editions.database import Layer
from fsva.config.editions.layer_schemas import Engine, Fields, Schema
from fsva.core import codes, names
from fsva.core.codes import System
from fsva.core.columns import DISTRICT
from fsva.core.errors import CodeError, LayerError, Place
from fsva.sources.layers import code_prefixes
from fsva.sources.layers.code_prefixes import BPS_PREFIX
from fsva.sources.layers.village_rows import CODE, NAME, OTHER, SUBDISTRICT
from fsva.sources.plain import plain_table
from fsva.sources.plain.arrays import Words
from fsva.sources.plain.plain_table import Column
from fsva.sources.plain.shape_table import ShapeTable

_SHAPES, _COLLECTION = frozenset({"Polygon", "MultiPolygon"}), "GeometryCollection"
MOST_VILLAGES = 1000  # of a kabupaten; Aceh Utara has 852


@dataclass(frozen=True)
class Request:
    """A request for the villages of a kabupaten from a layer.

    Parameters
    ----------
    layer : Path or Database
        Shapefile (zipped or not), GeoPackage, File Geodatabase, GeoJSON, KML, KMZ, FlatGeobuf, or
        a table in PostGIS.
    district : str
        Kemendagri code of the kabupaten, ``53.04``.
    bps_district : str or None
        BPS code, ``5306``; without it, codes of BPS are not looked for.
    code_field, name_field : str or None
        Fields with code and name; None recognises the layer's schema.
    engine : {"pyogrio", "fiona"}
        The library that reads files.
    called : str
        Name of the kabupaten, by which layers without official codes know it.
    or_known : bool
        Whether a layer without the named fields may be of a known schema.
    part : str or None
        Which layer of a file with several.
    shape_field : str or None
        Which column of a table in PostGIS holds the shapes.
    system : {"kemendagri", "bps"} or None
        Coding system that the office states; None if it states none.
    """

    layer: Layer
    district: str
    bps_district: str | None = None
    code_field: str | None = None
    name_field: str | None = None
    engine: Engine = "pyogrio"
    called: str = ""
    or_known: bool = False
    part: str | None = None
    shape_field: str | None = None
    system: System | None = None

    @property
    def file(self) -> Path:
        """The name of the layer in messages."""
        return database.called(self.layer)

    @property
    def schemas(self) -> Sequence[Schema]:
        """The schemas to try, in order: the office's own, all that are known, or both."""
        if self.code_field is None or self.name_field is None:
            return layer_schemas.shipped()
        mapped = layer_schemas.mapped(self.code_field, self.name_field)
        return (mapped, *layer_schemas.shipped()) if self.or_known else (mapped,)


@dataclass(frozen=True)
class LayerRows:
    """The rows of a kabupaten as the layer has them.

    Parameters
    ----------
    table : ShapeTable
        ``kode``, ``nama``, shapes, and where the layer has them ``kabupaten`` (bool: of
        this kabupaten), ``kecamatan`` (name) and ``kode_lain`` (code of the other system);
        indexed by the row of the layer from 0.
    schema : Schema
        The recognised schema.
    is_bps : bool
        Whether the codes are those of BPS.
    is_coded : bool
        False for a layer without official codes: ``kode`` is then the producer's own id.
    no_areas : ShapeTable
        Rows of points and lines, such as labels: ``kode``, ``nama``; they are left out.
    parts : tuple of (str, int)
        Layers of a file with several that were read, and how many rows each has; rows are
        counted through all of them.
    unread : tuple of str
        Its other layers that may hold polygons: of other fields, or of no village of the kabupaten.
    """

    table: ShapeTable
    schema: Schema
    is_bps: bool
    is_coded: bool = True
    no_areas: ShapeTable = field(default_factory=ShapeTable)
    parts: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()

    def fingerprint(self) -> str:
        """Return the SHA-256 of the rows."""
        digest = hashlib.sha256(repr(self.table.crs.to_wkt()).encode())
        shapes = shapely.to_wkb(self.table.geometry)
        for row in zip(*(c.tolist() for c in self.table.columns.values()), shapes, strict=True):
            digest.update(repr(row).encode())
        return digest.hexdigest()


def fields_of(present: Sequence[str], request: Request) -> Fields:
    """Find the fields of code and name among the fields of one layer.

    Raises
    ------
    LayerError
        The fields are missing or unknown.
    """
    known = layer_schemas.recognise(present, request.schemas)
    if fields := known or by_headings(present, request):
        return fields
    raise _unknown(present, request)


def by_headings(present: Sequence[str], request: Request) -> Fields | None:
    """Find the fields of a layer of no known producer, where the office names none itself."""
    is_open = request.code_field is None or request.or_known
    return layer_schemas.by_headings(present, headings.shipped()) if is_open else None


def _unknown(present: Sequence[str], request: Request) -> LayerError:
    known, file, lower = ", ".join(present), request.file, {name.lower() for name in present}
    if request.code_field is None or request.name_field is None:
        return LayerError("skema_layer", [Place(file)], {"ada": known})
    missing = [f for f in (request.code_field, request.name_field) if f.lower() not in lower]
    return LayerError("ruas_hilang", [Place(file, column=f) for f in missing], {"ada": known})


def checked(rows: ShapeTable, file: Path) -> ShapeTable:
    """Return rows with a coordinate system and polygons only; refuse all others.

    Raises
    ------
    LayerError
        No rows, no coordinate system, or shapes that are no polygons.
    """
    if not len(rows):
        raise LayerError("layer_kosong", [Place(file)])
    kinds = sorted({kind for kind in rows.kinds if kind} - _SHAPES)
    if kinds:
        raise LayerError("bukan_poligon", [Place(file, found=", ".join(kinds))])
    if rows.system is None:
        raise LayerError("tanpa_crs", [Place(file)])
    return rows


def areas(rows: ShapeTable, file: Path) -> tuple[ShapeTable, ShapeTable]:
    """Return the rows with polygons, and separately the rows with points and lines.

    Parameters
    ----------
    rows : ShapeTable
        Rows of a layer; of a collection of shapes the polygons are taken.
    file : Path
        Named in errors.

    Raises
    ------
    LayerError
        No rows, no coordinate system, or no polygon at all.
    """
    mixed = rows.kinds == _COLLECTION
    if mixed.any():
        pairs = zip(rows.geometry, mixed, strict=True)
        rows = rows.with_geometry(_polygons(s) if is_mixed else s for s, is_mixed in pairs)
    strange = np.array([bool(k) and k not in _SHAPES for k in rows.kinds], dtype=bool)
    if strange.all():
        return checked(rows, file), rows.rows(slice(0))
    return checked(rows.rows(~strange), file), rows.rows(strange)


def has_areas(rows: ShapeTable) -> bool:
    """Tell whether any row may hold a polygon."""
    return any(kind in _SHAPES or kind == _COLLECTION for kind in rows.kinds)


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the polygons of a collection as one shape; without any the collection itself."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type != _COLLECTION]
    nested = [p for p in shapely.get_parts(shape) if p.geom_type == _COLLECTION]
    parts += [p for inner in map(_polygons, nested) for p in shapely.get_parts(inner)]
    polygons = [q for p in parts if p.geom_type in _SHAPES for q in shapely.get_parts(p)]
    return shapely.MultiPolygon(polygons) if polygons else shape


def has_own(rows: ShapeTable, fields: Fields, request: Request) -> bool:
    """Tell whether a code among rows, which have the layer's own fields, is of the kabupaten."""
    begins = tuple(beginnings(fields, request))
    return bool(plain_table.begin(plain_table.as_text(rows[fields.code]), begins).any())


def beginnings(fields: Fields, request: Request) -> list[str]:
    """Return the possible beginnings of the kabupaten's codes; none if the layer has no codes."""
    known, bps = fields.schema, request.bps_district
    if request.system is None or known.writing == "tanpa":
        return code_prefixes.of_codes(known.writing, known.prefix, request.district, bps)
    if request.system == "kemendagri":
        dotted = code_prefixes.of_codes("kemendagri", known.prefix, request.district, bps)
        return [*dotted, *(begin.replace(".", "") for begin in dotted)]
    return code_prefixes.of_codes("bps", known.prefix, request.district, bps)


def names_of(present: Iterable[str], request: Request) -> list[str]:
    """Return the names in a layer that mean the wanted kabupaten.

    Parameters
    ----------
    present : iterable of str
        As the layer writes them, ``AcehUtara``; a kota is sought with the word "kota" first.

    Raises
    ------
    LayerError
        The layer does not know the kabupaten.
    """
    listed = sorted(set(present))
    kind = "kota" if layer_schemas.is_city(request.district) else "kabupaten"
    for wanted in (f"{kind} {request.called}", request.called):
        meant = [name for name in listed if names.plain(name) == names.plain(wanted)]
        if meant:
            return meant
    place = Place(request.file, found=", ".join(listed[:5]))
    raise LayerError("daerah_lain", [place], {"kode": f"{request.called} ({request.district})"})


def no_rows(present: Iterable[str], fields: Fields, request: Request) -> LayerError:
    """Return the error for a layer without a row of the kabupaten; it names the kabupaten found.

    Parameters
    ----------
    present : iterable of str
        Codes of the layer, or how they begin.
    """
    told = {code.strip() for code in present}
    if told and not any(letter.isdigit() for code in told for letter in code):
        place = Place(request.file, column=fields.code, found=", ".join(sorted(told)[:5]))
        return LayerError("layer_bukan_kode", [place])
    if not told:
        return LayerError("layer_kosong", [Place(request.file)])
    starts = sorted({code_prefixes.district_of(code, fields.schema.prefix) for code in told})
    place = Place(request.file, found=", ".join(starts[:5]) or None)
    return LayerError("daerah_lain", [place], {"kode": request.district})


def rows_of(rows: ShapeTable, fields: Fields, request: Request) -> LayerRows:
    """Determine the coding system of rows, and remove the prefixes of their codes.

    Parameters
    ----------
    rows : ShapeTable
        With the layer's own fields.
    """
    rows, apart = areas(rows, request.file)
    table, apart = named(rows, fields), named(apart, fields)
    begins, prefix = beginnings(fields, request), fields.schema.prefix
    dotted = tuple(begin for begin in begins if begin.endswith("."))
    is_bps = not plain_table.begin(table[CODE], dotted).any()
    own = table[CODE]
    if request.system == "kemendagri":
        is_bps = False
        own = plain_table.each(own, lambda code: _dotted(code.removeprefix(prefix)))
    before = BPS_PREFIX if is_bps else prefix
    told: dict[str, Column] = {CODE: plain_table.each(own, lambda code: code.removeprefix(before))}
    if DISTRICT in table:
        districts = {begin.removesuffix(".") for begin in begins}
        told[DISTRICT] = plain_table.is_in(table[DISTRICT], districts)
    table = table.with_columns(told)
    if not is_bps:
        _stop_at_damaged(table, request)
    return LayerRows(table, fields.schema, is_bps, no_areas=apart)


def _dotted(code: str) -> str:
    """Set the dots of a Kemendagri code that has none."""
    return codes.dotted(code) if codes.is_bps(code) else code


def _stop_at_damaged(rows: ShapeTable, request: Request) -> None:
    """Stop at damaged codes that likely belong to the kabupaten."""
    others = rows.rows(~plain_table.begin(rows[CODE], (f"{request.district}.",)))
    if places := damaged(others, request):
        raise CodeError("kode_layer", places)


def damaged(rows: ShapeTable, request: Request) -> list[Place]:
    """Return the places of codes that are likely of the kabupaten, but damaged.

    Parameters
    ----------
    rows : ShapeTable
        ``kode``, ``nama``, indexed by the row of the layer from 0.
    """
    places = []
    for row, code, name in zip(rows.index, rows[CODE], rows[NAME], strict=True):
        damage = codes.likely_kemendagri(code, request.district) if code else None
        if damage and damage.likely:
            places.append(
                Place(
                    request.file,
                    int(row) + 1,
                    CODE,
                    str(name),
                    str(code),
                    ailment=damage.ailment,
                    likely=damage.likely,
                )
            )
    return places


def uncoded_rows(rows: ShapeTable, fields: Fields, request: Request) -> LayerRows:
    """Return the rows of a layer without official codes, by the producer's own ids.

    Parameters
    ----------
    rows : ShapeTable
        With the layer's own fields.

    Raises
    ------
    LayerError
        The layer has no field of ids either; or it does not name the kabupaten of its rows and is
        too large to be a single kabupaten.
    """
    if fields.id is None:
        place = Place(request.file, column=fields.code)
        raise LayerError("layer_tanpa_kode", [place], {"skema": fields.schema.name})
    if len(rows) > MOST_VILLAGES:
        raise LayerError(
            "layer_terlalu_luas",
            [Place(request.file)],
            {"skema": fields.schema.name, "jumlah": str(len(rows))},
        )
    rows, apart = areas(rows, request.file)
    ids = fields.by_id()
    return LayerRows(
        named(rows, ids), fields.schema, is_bps=False, is_coded=False, no_areas=named(apart, ids)
    )


def named(rows: ShapeTable, fields: Fields) -> ShapeTable:
    """Give the fields of a layer their own names, their values as text without spaces around them.

    Parameters
    ----------
    rows : ShapeTable
        With the layer's own fields.
    """
    called = {
        CODE: fields.code,
        NAME: fields.name,
        DISTRICT: fields.district,
        SUBDISTRICT: fields.subdistrict,
        OTHER: fields.other,
    }
    columns = {name: plain_table.as_text(rows[field]) for name, field in called.items() if field}
    names = _told(columns[NAME])
    for other in fields.more_names:
        pairs = zip(names, _told(plain_table.as_text(rows[other])), strict=True)
        names = [one if re.search(r"\w", one) else more for one, more in pairs]
    return replace(rows, columns={**columns, NAME: plain_table.words(names)})


def _told(column: Words) -> list[str]:
    """Return names; blank for what an office writes where it has none."""
    return [layer_schemas.blanks().name_or_blank(name) for name in plain_table.told(column)]
