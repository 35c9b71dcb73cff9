"""Downloads from public sources, the only ones besides PostGIS that use the network.

Owns the request, its checks, and its continuation after a break. Others know the meaning of an
answer and keep it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage
from math import inf
from pathlib import Path
from typing import Any, Literal, NoReturn
from urllib.error import HTTPError, URLError
from urllib.request import Request

from fsva import __version__
from fsva.core import bounds
from fsva.core.errors import Place, SourceError
from fsva.sources.web.connections import Deadline, opener

CHUNK = 1 << 16
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_TOO_FAR = 416

DateFrom = Literal["last-modified", "server"]


@dataclass(frozen=True)
class Demand:
    """A request and its acceptable answers.

    Parameters
    ----------
    address : str
        URL.
    content_types : tuple of str
        Accepted types of content.
    largest_bytes : int
        Largest accepted size.
    end : float
        When it must have come, on the clock of ``time.monotonic``.
    """

    address: str
    content_types: tuple[str, ...]
    largest_bytes: int
    end: float = inf


@dataclass(frozen=True)
class Begun:
    """The beginning of an answer that was cut off.

    Parameters
    ----------
    address : str
        URL of the request.
    mark : str
        ETag or Last-Modified, so that the rest comes from the same version.
    content : bytes
        Bytes received so far.
    """

    address: str
    mark: str
    content: bytes

    def to_bytes(self) -> bytes:
        """Return the content of its file: a line of JSON, then the bytes."""
        said = {"alamat": self.address, "penanda": self.mark, "sha256": _hash(self.content)}
        return json.dumps(said).encode() + b"\n" + self.content


Keeper = Callable[[Begun], None]


def read_begun(file: Path) -> Begun | None:
    """Read the file of an earlier run; None if it is damaged.

    Parameters
    ----------
    file : Path
        Content of ``Begun.to_bytes``.
    """
    if not file.is_file():
        return None
    head, _, content = file.read_bytes().partition(b"\n")
    try:
        said = json.loads(head)
        address, mark, digest = said["alamat"], said["penanda"], said["sha256"]
    except (ValueError, KeyError, TypeError):
        return None
    return Begun(address, mark, content) if digest == _hash(content) else None


def read_brought(file: Path) -> bytes:
    """Read an answer that was downloaded on another computer.

    Raises
    ------
    SourceError
        If it is missing or cannot be read.
    """
    if not file.exists():
        raise SourceError("berkas_hilang", [Place(file)])
    try:
        return file.read_bytes()
    except OSError as problem:
        raise SourceError("berkas_tak_terbaca", [Place(file)]) from problem


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Fetched:
    """A complete answer.

    Parameters
    ----------
    address : str
        URL of the request.
    content : bytes
        The whole answer.
    day, day_from : date or None, str
        Date of the content from the server, else the server's date of today; and its source.
    """

    address: str
    content: bytes
    day: date | None
    day_from: DateFrom


def _silent(done: int, total: int | None) -> None:
    """Ignore progress."""


def _forget(begun: Begun) -> None:
    """Ignore the beginning of an answer."""


@dataclass(frozen=True)
class Listener:
    """Callbacks during a download.

    Parameters
    ----------
    progress : callable
        Receives the bytes so far, and their total if the server gives it.
    keep : callable
        Receives the beginning of an answer that breaks off, if it can be continued.
    """

    progress: Callable[[int, int | None], None] = field(default=_silent)
    keep: Keeper = field(default=_forget)


def fetch(demand: Demand, listener: Listener, begun: Begun | None = None) -> Fetched:
    """Fetch an answer, or the rest of one, and check that it is complete.

    Parameters
    ----------
    listener : Listener
        Receives progress and the beginning of an answer.
    begun : Begun or None
        Beginning of the answer; used only if the server still has the same version.

    Raises
    ------
    SourceError
        No network; refused; moved to another host; wrong type; too large; cut off; too slow.
    """
    start = begun if begun and begun.address == demand.address and begun.mark else None
    with Deadline(demand.end) as deadline:
        return _fetched(demand, listener, start, deadline)


def _fetched(demand: Demand, listener: Listener, start: Begun | None, until: Deadline) -> Fetched:
    silence = bounds.load().times.silence
    try:
        answer = opener(until).open(_request(demand, start), timeout=silence)
    except HTTPError as problem:
        problem.close()
        if start and problem.code == _TOO_FAR:
            return fetch(demand, listener)
        raise SourceError(
            "ambil_ditolak", (), {"alamat": demand.address, "status": str(problem.code)}
        ) from problem
    except (URLError, OSError, HTTPException, ValueError) as problem:
        if until.is_past:
            raise _too_slow(demand, 0) from problem
        cause = str(getattr(problem, "reason", problem))
        raise SourceError(
            "ambil_tanpa_jaringan", (), {"alamat": demand.address, "sebab": cause}
        ) from problem
    with answer:
        if until.is_past:  # the head may end in the middle; the library takes it as it is
            raise _too_slow(demand, 0)
        if start and answer.status == 206 and not _continues(answer.headers, start):
            return fetch(demand, listener)
        earlier = start.content if start and answer.status == 206 else b""
        _check_kind(demand, answer.headers)
        content = _receive(demand, answer, earlier, listener, until)
        day, day_from = _day(answer.headers)
        return Fetched(demand.address, content, day, day_from)


def _request(demand: Demand, begun: Begun | None) -> Request:
    headers = {"User-Agent": f"fsva-atlas/{__version__}", "Accept-Encoding": "identity"}
    if begun:
        headers |= {"Range": f"bytes={len(begun.content)}-", "If-Range": begun.mark}
    # The list of sources only accepts https, and http on this computer.
    return Request(demand.address, headers=headers)  # noqa: S310


def _continues(headers: HTTPMessage, begun: Begun) -> bool:
    match = _RANGE.fullmatch(headers.get("Content-Range", ""))
    return bool(match) and int(match[1]) == len(begun.content) if match else False


def _check_kind(demand: Demand, headers: HTTPMessage) -> None:
    kind = headers.get_content_type() if headers.get("Content-Type") else "-"
    if kind not in demand.content_types:
        raise SourceError(
            "ambil_jenis",
            (),
            {"alamat": demand.address, "ada": kind, "jenis": ", ".join(demand.content_types)},
        )


def _receive(
    demand: Demand,
    answer: Any,  # noqa: ANN401 - urllib does not say what its opener returns
    earlier: bytes,
    listener: Listener,
    until: Deadline,
) -> bytes:
    """Read an answer to its end; keep its beginning if it breaks off."""
    length = answer.headers.get("Content-Length")
    total = len(earlier) + int(length) if length and length.isdigit() else None
    content = bytearray(earlier)
    _check_size(demand, max(len(content), total or 0))
    try:
        while chunk := answer.read1(CHUNK):  # read would wait until so much has come
            content += chunk
            _check_size(demand, len(content))
            listener.progress(len(content), total)
    except (OSError, HTTPException, ValueError) as problem:
        if not until.is_past:
            _cut_off(demand, answer.headers, bytes(content), listener, problem)
    except KeyboardInterrupt:
        _keep(demand, answer.headers, bytes(content), listener)
        raise
    if until.is_past:
        _keep(demand, answer.headers, bytes(content), listener)
        raise _too_slow(demand, len(content))
    if total is not None and len(content) != total:
        _cut_off(demand, answer.headers, bytes(content), listener, None)
    return bytes(content)


def _check_size(demand: Demand, size: int) -> None:
    if size > demand.largest_bytes:
        raise SourceError(
            "ambil_besar", (), {"alamat": demand.address, "batas": str(demand.largest_bytes)}
        )


def _too_slow(demand: Demand, size: int) -> SourceError:
    allowed = f"{bounds.load().times.whole_fetch:g}"
    return SourceError(
        "ambil_lama", (), {"alamat": demand.address, "bita": str(size), "detik": allowed}
    )


def _cut_off(
    demand: Demand,
    headers: HTTPMessage,
    content: bytes,
    listener: Listener,
    problem: Exception | None,
) -> NoReturn:
    _keep(demand, headers, content, listener)
    raise SourceError(
        "ambil_putus", (), {"alamat": demand.address, "bita": str(len(content))}
    ) from problem


def _keep(demand: Demand, headers: HTTPMessage, content: bytes, listener: Listener) -> None:
    """Pass on the beginning of an answer, if the server names its version and supports parts."""
    tag = headers.get("ETag", "")
    mark = tag if tag and not tag.startswith("W/") else headers.get("Last-Modified", "")
    if mark and content:
        listener.keep(Begun(demand.address, mark, content))


def _day(headers: HTTPMessage) -> tuple[date | None, DateFrom]:
    """Return the server's date of the content, else the date of its answer."""
    for name, origin in (("Last-Modified", "last-modified"), ("Date", "server")):
        try:
            day = parsedate_to_datetime(headers.get(name, "")).date()
        except ValueError:
            continue
        return day, "last-modified" if origin == "last-modified" else "server"
    return None, "server"
