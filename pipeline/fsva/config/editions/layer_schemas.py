"""Schemas of village layers: which fields hold code and name, and how the codes are written.

Owns the model of ``styles/skema/*.toml`` and the recognition of a schema by the names of a
layer's fields. It reads no layers; that is ``fsva.sources.layers.village_layer``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from pydantic import Field, model_validator

from fsva.config.editions.headings import SHORT, Vocabulary
from fsva.config.editions.headings import plain as plain_heading
from fsva.core import bounds, resources, toml
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.errors import StyleError
from fsva.core.names import plain
from fsva.core.toml import Section

# In tables a column with the codes of either system; and how the heading of names begins.
_ANY_CODE, _NAME_WORDS = "kode_wilayah", ("nama", "nm")
Writing = Literal["kemendagri", "bps", "salah_satu", "tanpa"]
Engine = Literal["pyogrio", "fiona"]
FIRST_CITY = 71  # second part of a Kemendagri code: from this number on it is a kota


class Schema(Section):
    """What one producer calls the fields of its village layers.

    Attributes
    ----------
    id, name : str
        Short id; the producer as people know it.
    order : int
        Schemas are tried from the lowest.
    code_fields, name_fields : tuple of str
        Fields that hold the village's code and name, the best first; case does not matter.
    marks : tuple of str
        Other fields that the layer must have.
    district_field : str or None
        Field with the code of the kabupaten, for rows whose own code is empty.
    district_name_field : str or None
        Field with the name of the kabupaten, where there are no codes.
    subdistrict_fields : tuple of str
        Fields with the name of the kecamatan.
    other_field : str or None
        Field with the village's code in the other system.
    id_field : str or None
        The producer's own id of a row; it identifies rows without official codes.
    writing : {"kemendagri", "bps", "salah_satu", "tanpa"}
        How the codes are written; ``salah_satu``: the rows decide; ``tanpa``: the layer has no
        official codes.
    prefix : str
        Text before the code, e.g. ``ID``.
    may_lack_codes : bool
        Whether the producer leaves the code field empty in some versions.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str = Field(alias="nama", min_length=1)
    order: int = Field(alias="urutan")
    code_fields: tuple[str, ...] = Field(alias="kolom_kode", min_length=1)
    name_fields: tuple[str, ...] = Field(alias="kolom_nama", min_length=1)
    marks: tuple[str, ...] = Field((), alias="penanda")
    district_field: str | None = Field(None, alias="kolom_kabupaten")
    district_name_field: str | None = Field(None, alias="kolom_nama_kabupaten")
    subdistrict_fields: tuple[str, ...] = Field((), alias="kolom_kecamatan")
    other_field: str | None = Field(None, alias="kolom_kode_lain")
    id_field: str | None = Field(None, alias="kolom_id")
    writing: Writing = Field(alias="tulisan")
    prefix: str = Field("", alias="awalan")
    may_lack_codes: bool = Field(False, alias="kode_boleh_kosong")

    @model_validator(mode="after")
    def _codes_or_none(self) -> Schema:
        if self.writing == "tanpa" and self.prefix:
            raise ValueError("tulisan = tanpa / awalan")
        return self


class Blanks(Section):
    """Codes and names by which layers mark an area that is not a village.

    Attributes
    ----------
    in_code : tuple of str
        Texts that no real code contains.
    no_names : tuple of str
        Texts of programs for an empty field; case does not matter.
    names : tuple of str
        Names of areas that are no villages; spaces, marks and case do not matter.
    """

    in_code: tuple[str, ...] = Field(alias="dalam_kode")
    no_names: tuple[str, ...] = Field(alias="tanpa_nama")
    names: tuple[str, ...] = Field(alias="nama")

    def is_blank_code(self, code: str) -> bool:
        """Tell whether a code is empty or a placeholder such as ``91.15.--.----``."""
        return not code or any(mark in code for mark in self.in_code)

    def name_or_blank(self, name: str) -> str:
        """Return a name, or nothing for a text that stands for an empty field, as ``<Null>``."""
        return "" if name.casefold() in {text.casefold() for text in self.no_names} else name

    def is_blank_name(self, name: str) -> bool:
        """Tell whether a name says that the area is no village."""
        return plain(name) in {plain(known) for known in self.names}


@dataclass(frozen=True)
class Fields:
    """The fields of one layer that are read.

    Parameters
    ----------
    schema : Schema
        What they mean.
    code, name : str
        As the layer spells them.
    district, district_name, subdistrict, other, id : str or None
        Fields with the kabupaten's code and name, the kecamatan's name, the village's code in
        the other system, and the producer's own id, as far as the layer has them.
    more_names : tuple of str
        Further fields of names, for rows in which the first is empty.
    """

    schema: Schema
    code: str
    name: str
    district: str | None = None
    district_name: str | None = None
    subdistrict: str | None = None
    other: str | None = None
    id: str | None = None
    more_names: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def all(self) -> list[str]:
        """The fields to read, each once.

        Some drivers cannot filter rows by a field that is not read.
        """
        read = (
            self.code,
            self.name,
            self.district,
            self.district_name,
            self.subdistrict,
            self.other,
            *self.more_names,
        )
        return list(dict.fromkeys(field for field in read if field))

    def by_id(self) -> Fields:
        """Return the fields with the producer's own id in place of the code."""
        return replace(self, code=self.id or self.code, district=None, other=None)


@cache
def shipped() -> tuple[Schema, ...]:
    """Return the schemas under ``styles/skema``, in the order they are tried.

    Raises
    ------
    StyleError
        A file says something unknown.
    """
    files = bounds.files_in(resources.packaged("styles") / "skema", "*.toml")
    schemas = [toml.load(file, Schema, StyleError) for file in files]
    return tuple(sorted(schemas, key=lambda schema: (schema.order, schema.id)))


def is_city(district_code: str) -> bool:
    """Tell whether a Kemendagri code is that of a kota.

    Examples
    --------
    >>> is_city("36.72"), is_city("53.04")
    (True, False)
    """
    return int(district_code.split(".")[1]) >= FIRST_CITY


@cache
def blanks() -> Blanks:
    """Return the marks of areas that are not villages (``styles/bukan-desa.toml``)."""
    return toml.load(resources.packaged("styles") / "bukan-desa.toml", Blanks, StyleError)


def mapped(code: str, name: str) -> Schema:
    """Return the schema of an office that names its fields itself in edition.toml.

    Parameters
    ----------
    code, name : str
        Fields; how the codes are written is found from the rows.
    """
    return Schema.model_validate(
        {
            "id": "edisi",
            "nama": "edition.toml",
            "urutan": 0,
            "kolom_kode": (code,),
            "kolom_nama": (name,),
            "tulisan": "salah_satu",
        }
    )


def recognise(names: Sequence[str], schemas: Iterable[Schema]) -> Fields | None:
    """Find the first schema whose fields a layer has.

    Parameters
    ----------
    schemas : iterable of Schema
        In the order of preference.

    Examples
    --------
    >>> found = recognise(["ADM4_EN", "ADM4_PCODE"], shipped())
    >>> found.schema.id, found.code, found.name
    ('hdx-cod', 'ADM4_PCODE', 'ADM4_EN')
    """
    present = {name.casefold(): name for name in names}
    for schema in schemas:
        code, name = _first(schema.code_fields, present), _first(schema.name_fields, present)
        if code and name and all(_first((mark,), present) for mark in schema.marks):
            others = (
                schema.district_field,
                schema.district_name_field,
                schema.subdistrict_fields,
                schema.other_field,
                schema.id_field,
            )
            fields = Fields(
                schema, code, name, *(_first(_each(other), present) for other in others)
            )
            return replace(fields, more_names=_others(schema, name, present))
    return None


def by_headings(names: Sequence[str], words: Vocabulary) -> Fields | None:
    """Find the fields of a layer of no known producer by the words that offices use in tables.

    Parameters
    ----------
    words : Vocabulary
        Headings of codes, villages and kecamatan.

    Returns
    -------
    Fields or None
        None without a field of codes or of names, or where two could be meant. The rows decide how
        the codes are written.
    """
    found: dict[str, list[str]] = {}
    for name in names:
        if column := words.field_name_of(name):
            found.setdefault(column, []).append(name)
    codes = [found[column] for column in (KEMENDAGRI, _ANY_CODE, BPS) if column in found]
    present = {name.casefold(): name for name in names}
    usual = _first((name for schema in shipped() for name in schema.name_fields), present)
    village = _named(found[UNIT]) if UNIT in found else usual
    above = _named(found.get(PARENT, []))
    if not codes or village is None or any(len(fields) > 1 for fields in codes):
        return None
    (code,), other = codes[0], found.get(BPS, [None])[0]
    schema = mapped(code, village).model_copy(
        update={
            "name": f"{code}, {village}",
            "subdistrict_fields": (above,) if above else (),
            "other_field": other if other != code else None,
        }
    )
    return Fields(schema, code, village, subdistrict=above, other=schema.other_field)


def _named(fields: Sequence[str]) -> str | None:
    """Return the one field of names; of several the one that says so: NAMA_DESA, not DESA."""
    if len(fields) > 1:
        fields = [name for name in fields if plain_heading(name).startswith(_NAME_WORDS)]
    return fields[0] if len(fields) == 1 else None


def _each(wanted: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (wanted,) if isinstance(wanted, str) else wanted or ()


def _others(schema: Schema, name: str, present: Mapping[str, str]) -> tuple[str, ...]:
    """Return the further fields of names of a layer."""
    others = (_first((field,), present) for field in schema.name_fields)
    return tuple(dict.fromkeys(field for field in others if field and field != name))


def _first(wanted: Iterable[str], present: Mapping[str, str]) -> str | None:
    """Return the first field that a layer has, in full or cut to the length of Shapefiles."""
    keys = (key for name in wanted for key in (name.casefold(), name.casefold()[:SHORT]))
    return next((present[key] for key in keys if key in present), None)
