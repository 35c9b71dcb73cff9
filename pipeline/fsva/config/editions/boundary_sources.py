"""Public sources of village layers, and the record of what was taken from one.

Owns the models of ``styles/sumber-batas.toml`` and of the ``SOURCES.toml`` beside a layer. It
fetches nothing; that is ``fsva.sources.web.download``.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Literal
from urllib.parse import urlencode, urlsplit

from pydantic import Field, field_validator

from fsva.core import toml
from fsva.core.errors import StyleError, UsageError
from fsva.core.levels import DISTRICT
from fsva.core.toml import Bilingual, Section

LIST_NAME = "sumber-batas.toml"
RECORD_NAME = "SOURCES.toml"
# What stands above this line in the record was written by the officer.
MARK = "# --- Ditulis oleh `fsva batas ambil`; jangan menulis di bawah baris ini ---\n"
THIS_COMPUTER = ("127.0.0.1", "localhost")
_DISTRICT = re.compile(DISTRICT.kemendagri_form)


class Source(Section):
    """A public source of village layers.

    Attributes
    ----------
    id, name : str, Bilingual
        Id, and name as printed.
    address : str
        https; ``{prov}``, ``{kab}`` and ``{kab_angka}`` stand for the kabupaten.
    format : {"sql-wilayah", "arcgis"}
        Format of the answer.
    code_style : {"bertitik", "angka"}
        Whether its Kemendagri codes have dots.
    licence, attribution : str, Bilingual
        Recorded, and named on the maps.
    content_types : tuple of str
        Kinds of answer that are accepted.
    largest_bytes : int
        Larger answers are refused.
    code_field, name_field, condition, page : str, str, str, int
        Fields, condition and villages per answer of an ArcGIS service.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: Bilingual = Field(alias="nama")
    address: str = Field(alias="alamat")
    format: Literal["sql-wilayah", "arcgis"]
    code_style: Literal["bertitik", "angka"] = Field(alias="penulisan_kode")
    licence: str = Field(alias="lisensi", min_length=1)
    attribution: Bilingual = Field(alias="atribusi")
    content_types: tuple[str, ...] = Field(alias="jenis_isi", min_length=1)
    largest_bytes: int = Field(alias="batas_bita", gt=0)
    code_field: str = Field("kode", alias="kolom_kode")
    name_field: str = Field("nama", alias="kolom_nama")
    condition: str = Field("1=1", alias="syarat")
    page: int = Field(100, alias="per_halaman", ge=1)

    @field_validator("address")
    @classmethod
    def _is_secure(cls, address: str) -> str:
        """Admit https to a named host, and http on this computer; nothing that asks for a login."""
        parts = urlsplit(address)
        is_here = parts.scheme == "http" and parts.hostname in THIS_COMPUTER
        is_plain = address.isascii() and address.isprintable() and " " not in address
        is_open = parts.port != 0 and not {"@", "{", "\\"} & set(parts.netloc)
        if not (parts.hostname and is_plain and is_open and (is_here or parts.scheme == "https")):
            raise ValueError("https://host/...")
        return address

    @field_validator("address", "condition")
    @classmethod
    def _is_template(cls, template: str) -> str:
        """Admit the placeholders that are known, and no others."""
        try:
            _fill(template, "99.01")
        except (KeyError, IndexError, ValueError, AttributeError) as problem:
            raise ValueError(", ".join(f"{{{name}}}" for name in _places("99.01"))) from problem
        return template

    def url(self, code: str, first: int = 0) -> str:
        """Return the address to ask for a kabupaten's villages.

        Parameters
        ----------
        code : str
            Kemendagri code, ``53.04``.
        first : int
            For an ArcGIS service: number of villages received so far.
        """
        address = _fill(self.address, code)
        if self.format == "sql-wilayah":
            return address
        asked = {
            "where": _fill(self.condition, code),
            "outFields": f"{self.code_field},{self.name_field}",
            "outSR": "4326",
            "f": "geojson",
            "orderByFields": self.code_field,
            "resultOffset": first,
            "resultRecordCount": self.page,
        }
        return f"{address}?{urlencode(asked)}"


def _fill(template: str, code: str) -> str:
    places = _places(code)
    if any(
        name not in (None, *places) or form or turn
        for _, name, form, turn in Formatter().parse(template)
    ):
        raise ValueError(template)
    return template.format_map(places)


def _places(code: str) -> dict[str, str]:
    return {"prov": code[:2], "kab": code, "kab_angka": code.replace(".", "")}


class SourceList(Section):
    """All sources of a list.

    Attributes
    ----------
    sources : tuple of Source
        The first is the default.
    """

    sources: tuple[Source, ...] = Field(alias="sumber", min_length=1)

    def choose(self, name: str | None) -> Source:
        """Return a source by its id, or the first.

        Raises
        ------
        UsageError
            If there is no such source.
        """
        known = {source.id: source for source in self.sources}
        if name is None:
            return self.sources[0]
        if name not in known:
            raise UsageError("sumber_batas", (), {"sumber": name, "ada": ", ".join(known)})
        return known[name]


class LayerRecord(Section):
    """Where a layer comes from.

    Attributes
    ----------
    file, sha256 : str
        The layer beside the record.
    source, title : str, Bilingual
        Id and name of the source.
    addresses, fetched_sha256 : tuple of str
        Requested addresses, and the hash of each answer.
    licence, attribution : str, Bilingual
        Of the source.
    day, day_from : date, str
        Vintage or day of fetching, and who says so.
    n_villages : int
        Polygons in the layer.
    """

    file: str = Field(alias="nama")
    sha256: str
    source: str = Field(alias="sumber")
    title: Bilingual = Field(alias="judul")
    addresses: tuple[str, ...] = Field(alias="alamat")
    fetched_sha256: tuple[str, ...] = Field(alias="sha256_asal")
    licence: str = Field(alias="lisensi")
    attribution: Bilingual = Field(alias="atribusi")
    day: date = Field(alias="tanggal")
    day_from: Literal["pengguna", "last-modified", "server"] = Field(alias="tanggal_dari")
    n_villages: int = Field(alias="jumlah_desa")


class LayerRecords(Section):
    """The part of a ``SOURCES.toml`` that describes fetched layers.

    Attributes
    ----------
    records : tuple of LayerRecord
        One per fetched layer in the folder.
    """

    records: tuple[LayerRecord, ...] = Field((), alias="ambil")

    def of(self, name: str) -> LayerRecord | None:
        """Return the record of a layer by its file name."""
        return next((record for record in self.records if record.file == name), None)

    def plus(self, record: LayerRecord) -> LayerRecords:
        """Return the records with one added, or replaced by file name; sorted."""
        others = [r for r in self.records if r.file != record.file]
        return LayerRecords(ambil=tuple(sorted([*others, record], key=lambda r: r.file)))


def load(file: Path) -> SourceList:
    """Read a list of sources.

    Parameters
    ----------
    file : Path
        As ``styles/sumber-batas.toml``.

    Raises
    ------
    SourceError, StyleError
        The list is missing or refused.
    """
    return toml.load(file, SourceList, StyleError)


def records_beside(layer: Path) -> LayerRecords:
    """Read the records of fetched layers beside a layer; empty if there are none.

    Raises
    ------
    StyleError
        The file is no TOML, or its records are refused.
    """
    file = layer.with_name(RECORD_NAME)
    if not file.is_file():
        return LayerRecords(ambil=())
    said = toml.read(file, StyleError).get("ambil", [])
    return toml.check(file, {"ambil": said}, LayerRecords, StyleError)


def others_beside(layer: Path) -> str:
    """Return what people have written into the ``SOURCES.toml`` beside a layer."""
    file = layer.with_name(RECORD_NAME)
    return toml.read_text(file).partition(MARK)[0] if file.is_file() else ""


def check_district(code: str) -> str:
    """Return a text if it is the Kemendagri code of a kabupaten.

    Raises
    ------
    UsageError
        If it is not of the form 53.04.

    Examples
    --------
    >>> check_district("53.04")
    '53.04'
    """
    if not _DISTRICT.fullmatch(code):
        raise UsageError("kode_kabupaten", (), {"kode": code})
    return code
