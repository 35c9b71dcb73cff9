"""How long a run waits for others, and the largest files from elsewhere; what is more is refused.

Owns the model of ``styles/batasan.toml`` and the one way to open a file: only a regular
file, and only up to its bound. A pipe or a device would be waited for without end.
"""

from __future__ import annotations

import os
import stat
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from fsva.core import resources
from fsva.core.errors import FsvaError, Place, SourceError
from fsva.core.message_values import Quantity
from fsva.core.section import Section

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

FILE_NAME = "batasan.toml"
# Stands before each file in the list of a zip; counted before a library makes a list of them.
ZIP_ENTRY = b"PK\x01\x02"
_MEGABYTE = 1_000_000


class Times(Section):
    """Longest times, seconds.

    Attributes
    ----------
    lock : float
        For another run that writes to the same place.
    database_connect, database_lock, database_query : int
        For a database to answer, for a table that another user has locked, for one query.
    scheduler : float
        For a Dask scheduler to answer, and for a worker once all are gone.
    stop : float
        For a library to let go when the command is to end.
    silence, whole_fetch : float
        For a server that sends nothing, and for all answers of a source together.
    """

    lock: float = Field(alias="kunci", ge=0)
    database_connect: int = Field(alias="postgis_sambung", ge=1)
    database_lock: int = Field(alias="postgis_kunci", ge=1)
    database_query: int = Field(alias="postgis_permintaan", ge=1)
    scheduler: float = Field(alias="penjadwal", gt=0)
    stop: float = Field(alias="berhenti", gt=0)
    silence: float = Field(alias="unduh_diam", gt=0)
    whole_fetch: float = Field(alias="unduh_semua", gt=0)


class TomlBounds(Section):
    """A TOML file: its bytes, its keys and items of lists, and how deep they are nested."""

    most_bytes: int = Field(alias="bita", gt=0)
    keys: int = Field(alias="kunci", gt=0)
    depth: int = Field(alias="tingkat", gt=0)


class ManifestBounds(Section):
    """A manifest in an output folder."""

    most_bytes: int = Field(alias="bita", gt=0)


class TableBounds(Section):
    """A table or register: bytes, rows, columns, cells, digits of one number."""

    most_bytes: int = Field(alias="bita", gt=0)
    rows: int = Field(alias="baris", gt=0)
    columns: int = Field(alias="kolom", gt=0)
    cells: int = Field(alias="sel", gt=0)
    digits: int = Field(alias="angka", gt=0)


class VillageTableBounds(TableBounds):
    """A table of villages, of which a few rows may repeat codes by mistake."""

    repeated: int = Field(alias="rangkap", gt=0)


class WorkbookBounds(Section):
    """What a workbook holds once unpacked: bytes, files, filled and merged cells, their letters."""

    most_bytes: int = Field(alias="bita", gt=0)
    parts: int = Field(alias="bagian", gt=0)
    filled: int = Field(alias="sel", gt=0)
    merged: int = Field(alias="gabungan", gt=0)
    letters: int = Field(alias="huruf", gt=0)


class LayerBounds(Section):
    """A layer; some formats are read as a whole, zips are bounded by what they hold."""

    most_bytes: int = Field(alias="bita", gt=0)
    bytes_at_once: int = Field(alias="bita_sekaligus", gt=0)
    bytes_unpacked: int = Field(alias="bita_zip", gt=0)
    layers: int = Field(alias="lapisan", gt=0)
    rows: int = Field(alias="baris", gt=0)
    fields: int = Field(alias="ruas", gt=0)
    points: int = Field(alias="titik", gt=0)
    parts: int = Field(alias="bagian", gt=0)
    view_steps: int = Field(alias="langkah", gt=0)
    view_value: int = Field(alias="bita_nilai", gt=0)


class PictureBounds(Section):
    """A logo: bytes, pixels, pixels along a side."""

    most_bytes: int = Field(alias="bita", gt=0)
    pixels: int = Field(alias="piksel", gt=0)
    side: int = Field(alias="sisi", gt=0)


class RasterBounds(Section):
    """A GeoTIFF: bytes, bytes of a block that is read at once, cells below a map."""

    most_bytes: int = Field(alias="bita", gt=0)
    block: int = Field(alias="blok", gt=0)
    cells: int = Field(alias="sel", gt=0)


class ProcessBounds(Section):
    """What a process must be allowed: bytes of memory, without which no library loads or works."""

    memory: int = Field(alias="memori", gt=0)
    typesetting: int = Field(alias="memori_buku", gt=0)


class StoreBounds(Section):
    """Results kept for later runs: bytes of one and of all, seconds until a half one is removed."""

    most_bytes: int = Field(alias="bita_satu", gt=0)
    all_bytes: int = Field(alias="bita", gt=0)
    unfinished: int = Field(alias="sisa", gt=0)


class ManyBounds(Section):
    """Workers that make many editions: deaths over one edition, editions until one is replaced."""

    deaths: int = Field(alias="kematian", gt=0)
    renew_after: int = Field(alias="ganti_setelah", gt=0)


class SheetBounds(Section):
    """Sheets per kecamatan: a district with at most so many villages gets them unasked."""

    villages: int = Field(alias="desa_terbanyak", gt=0)


class Bounds(Section):
    """The numbers of the file: times, and sizes by the kind of input."""

    times: Times = Field(alias="waktu")
    many: ManyBounds = Field(alias="massal")
    toml: TomlBounds
    manifest: ManifestBounds = Field(alias="manifes")
    table: VillageTableBounds = Field(alias="tabel")
    people: TableBounds = Field(alias="register")
    workbook: WorkbookBounds = Field(alias="buku_kerja")
    layer: LayerBounds = Field(alias="lapisan")
    picture: PictureBounds = Field(alias="gambar")
    raster: RasterBounds
    sheets: SheetBounds = Field(alias="lembar_kecamatan")
    process: ProcessBounds = Field(alias="proses")
    store: StoreBounds = Field(alias="simpanan")


@cache
def load() -> Bounds:
    """Return the bounds; only the program's own file counts."""
    file = resources.packaged("styles") / FILE_NAME
    return Bounds.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))


def check(file: Path, most_bytes: int) -> None:
    """Refuse what is no regular file, or has too many bytes.

    Raises
    ------
    SourceError
        It is missing, may not be looked at, is a folder, pipe or device, or is too large.
    """
    try:
        seen = file.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError) as problem:  # a NUL in its name
        raise SourceError("berkas_hilang", [Place(file)]) from problem
    except OSError as problem:
        raise SourceError("berkas_tak_terbaca", [Place(file, found=problem.strerror)]) from problem
    if not stat.S_ISREG(seen.st_mode):
        raise SourceError("bukan_berkas", [Place(file)])
    if seen.st_size > most_bytes:
        raise _too_large(file, seen.st_size, most_bytes)


def content(file: Path, most_bytes: int) -> bytes:
    """Return the content of a regular file that is not too large.

    Raises
    ------
    SourceError
        As ``check``; or it cannot be read.
    """
    check(file, most_bytes)
    try:
        with file.open("rb") as opened:
            data = opened.read(most_bytes + 1)
    except OSError as problem:
        raise SourceError("berkas_tak_terbaca", [Place(file, found=problem.strerror)]) from problem
    if len(data) > most_bytes:  # it has grown, or its file system states no size
        raise _too_large(file, len(data), most_bytes)
    return data


def files_in(folder: Path, pattern: str) -> list[Path]:
    """Return the files of a folder that need not exist, in the order of their names.

    ``Path.glob`` finds nothing in a folder that may not be read.

    Raises
    ------
    SourceError
        The folder is there and cannot be looked into.
    """
    try:
        os.scandir(folder).close()
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as problem:
        place = Place(folder, found=problem.strerror)
        raise SourceError("folder_tak_terbaca", [place]) from problem
    return sorted(folder.glob(pattern))


def _too_large(file: Path, n_bytes: int, most_bytes: int) -> FsvaError:
    found, limit = (Quantity(n / _MEGABYTE, 1, "MB") for n in (n_bytes, most_bytes))
    return SourceError("berkas_besar", [Place(file, found=found)], {"batas": limit})


def unpacked(archive: ZipFile, member: ZipInfo) -> bytes:
    """Return a member of a zip, read up to the size that the zip states.

    Asked for everything, the library unpacks up to 2 GB before it checks that size.

    Raises
    ------
    BadZipFile
        It is longer or damaged.
    """
    with archive.open(member) as opened:
        return opened.read(member.file_size)


def told(number: float) -> Quantity:
    """Return a count or a bound as messages say it."""
    return Quantity(number, 0)
