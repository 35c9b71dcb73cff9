"""The steps from a public source to a village layer and its record.

Owns the order of the steps: fetch, read, check, repair, record. Only ``fsva batas ambil`` uses it;
no other command uses the network.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fsva.config.editions.boundary_sources import LayerRecord, Source
from fsva.core import bounds
from fsva.core.errors import CodeError, GeometryError, LayerError, Place, SourceError, told_at
from fsva.core.levels import DISTRICT, VILLAGE
from fsva.core.printed import without_passwords
from fsva.sources.web import download
from fsva.sources.web.download import Begun, Demand, Fetched, Listener

if TYPE_CHECKING:
    from fsva.sources.layers.projected_villages import Village
    from fsva.sources.plain.plain_table import Table
    from fsva.sources.plain.shape_table import ShapeTable

_DIGITS = re.compile(VILLAGE.kemendagri_form.replace(r"\.", ""))
# Limits the requests to a service that always announces more pages.
MOST_PAGES = 1000


@dataclass(frozen=True)
class Taken:
    """Answers of a source, from the network or from files.

    Parameters
    ----------
    answers : tuple of Fetched
        In the order of the pages.
    day : date
        Date of the data, or of the download.
    day_from : {"pengguna", "last-modified", "server"}
        Source of the date.
    """

    answers: tuple[Fetched, ...]
    day: date
    day_from: Literal["pengguna", "last-modified", "server"]


def ask(
    source: Source, code: str, listener: Listener, begun: Begun | None = None
) -> tuple[Fetched, ...]:
    """Fetch everything that a source has of a kabupaten.

    Parameters
    ----------
    code : str
        Kemendagri code, ``53.04``.
    listener : Listener
        Receives progress, and answers to keep.
    begun : Begun or None
        Answers that an earlier run has kept.

    Raises
    ------
    SourceError
        If an answer is incomplete or of another kind.
    """
    answers: list[Fetched] = []
    n_villages = 0
    end = time.monotonic() + bounds.load().times.whole_fetch
    while len(answers) < MOST_PAGES:
        address = source.url(code, n_villages)
        demand = Demand(address, source.content_types, source.largest_bytes, end)
        answers.append(download.fetch(demand, listener, begun))
        if source.format == "sql-wilayah":
            return tuple(answers)
        rows, is_last = _page(source, answers[-1])
        n_villages += len(rows)
        # Older services do not announce further pages: after a full page, ask again.
        if not rows or (is_last and len(rows) < source.page):
            return tuple(answers)
    raise SourceError("ambil_isi", (), {"alamat": source.url(code), "sebab": str(MOST_PAGES)})


def dated(answers: tuple[Fetched, ...], day: date | None) -> Taken:
    """Return the date of answers: from the officer, else from the server.

    Parameters
    ----------
    answers : tuple of Fetched
        At least one.
    day : date or None
        Date that the officer gives.

    Raises
    ------
    SourceError
        If neither gives a date.
    """
    if day is not None:
        return Taken(answers, day, "pengguna")
    first = answers[0]
    if first.day is None:
        raise SourceError("ambil_tanpa_tanggal", (), {"alamat": first.address})
    return Taken(answers, first.day, first.day_from)


def layer(source: Source, code: str, answers: Sequence[Fetched]) -> tuple[ShapeTable, Table]:
    """Read the villages of a kabupaten from answers, check and repair them.

    Parameters
    ----------
    code : str
        Kemendagri code of the kabupaten.

    Returns
    -------
    layer : ShapeTable
        Degrees (WGS 84), indexed by Kemendagri code and sorted, with a column ``nama``.
    ledger : Table
        From ``fsva.villages.repair.repair``.

    Raises
    ------
    SourceError, LayerError, CodeError, GeometryError
        Unreadable content, another kabupaten, damaged or repeated codes, a village beyond
        repair.
    """
    from fsva.sources.layers import projected_villages
    from fsva.villages import repair

    file = Path(answers[0].address.partition("?")[0].rsplit("/", 1)[-1])
    rows = [row for answer in answers for row in _rows(source, answer)]
    villages = [(_dotted(source, written), name, shape) for written, name, shape in rows]
    _check(villages, code, file)
    try:
        mended, ledger = repair.repair(projected_villages.in_metres(villages, file))
    except GeometryError as problem:
        places = [replace(place, file=file) for place in problem.places]
        raise told_at("ambil", replace(problem, places=places)) from problem
    return mended.to_crs(4326), ledger


def _rows(source: Source, answer: Fetched) -> list[Village]:
    return _page(source, answer)[0]


def _page(source: Source, answer: Fetched) -> tuple[list[Village], bool]:
    """Read one answer, and tell whether it is the last."""
    from fsva.sources.web import arcgis, wilayah_sql

    try:
        text = answer.content.decode("utf-8-sig")
        if source.format == "sql-wilayah":
            return wilayah_sql.villages(text), True
        page = arcgis.page(text, source.code_field, source.name_field)
    except (wilayah_sql.FormatError, UnicodeDecodeError) as problem:
        raise SourceError(
            "ambil_isi", (), {"alamat": answer.address, "sebab": str(problem)}
        ) from problem
    return page.villages, page.is_last


def _dotted(source: Source, code: str) -> str:
    """Add the dots to a code; other texts stay unchanged."""
    digits = _DIGITS.fullmatch(code) if source.code_style == "angka" else None
    return ".".join(digits.groups()) if digits else code


def _check(villages: Sequence[Village], code: str, file: Path) -> None:
    """Refuse villages of other kabupaten, damaged or repeated codes, missing polygons."""
    from fsva.core import codes
    from fsva.sources.layers import projected_villages

    fetched = [village_code for village_code, _, _ in villages]
    others = sorted(
        {
            DISTRICT.kemendagri_of(village_code)
            for village_code in fetched
            if not village_code.startswith(f"{code}.")
        }
    )
    if others or not villages:
        raise LayerError("daerah_lain", [Place(file, found=", ".join(others))], {"kode": code})
    _stop(CodeError, "kode_layer", [v for v in villages if not codes.is_kemendagri(v[0])], file)
    _stop(CodeError, "kode_layer_ganda", [v for v in villages if fetched.count(v[0]) > 1], file)
    empty = [v for v in villages if projected_villages.is_missing(v)]
    _stop(LayerError, "poligon_kosong", empty, file)


def _stop(
    error: type[CodeError] | type[LayerError], key: str, wrong: Sequence[Village], file: Path
) -> None:
    if wrong:
        raise error(key, [Place(file, village=name, found=code) for code, name, _ in wrong])


def record(source: Source, taken: Taken, name: str, content: bytes, n_villages: int) -> LayerRecord:
    """Return the record of a layer's source.

    Parameters
    ----------
    n_villages : int
        Number of polygons.
    """
    return LayerRecord(
        nama=name,
        sha256=_hash(content),
        sumber=source.id,
        judul=source.name,
        alamat=tuple(without_passwords(answer.address) for answer in taken.answers),
        sha256_asal=tuple(_hash(answer.content) for answer in taken.answers),
        lisensi=source.licence,
        atribusi=source.attribution,
        tanggal=taken.day,
        tanggal_dari=taken.day_from,
        jumlah_desa=n_villages,
    )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def by_hand(source: Source, code: str, contents: Sequence[bytes]) -> tuple[Fetched, ...]:
    """Return answers that were downloaded on another computer, in place of those of the network.

    Parameters
    ----------
    source : Source
        Source of the files.
    code : str
        Kemendagri code of the kabupaten.
    contents : sequence of bytes
        The files; at least one.

    Raises
    ------
    SourceError
        If a file is larger than the source allows.
    """
    address = source.url(code)
    for content in contents:
        if len(content) > source.largest_bytes:
            raise SourceError(
                "ambil_besar", (), {"alamat": address, "batas": str(source.largest_bytes)}
            )
    return tuple(Fetched(address, content, None, "server") for content in contents)
