"""Fetching a file from a public source: the one place that touches the network.

Owns the request, its checks and its continuation after a break. What an answer means is for
others; where it is kept too.
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
from pathlib import Path
from typing import IO, Any, Literal, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from fsva import __version__
from fsva.core.errors import Place, SourceError

TIMEOUT_S = 30
CHUNK = 1 << 16
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_TOO_FAR = 416

DateFrom = Literal["last-modified", "server"]


@dataclass(frozen=True)
class Demand:
    """What is asked for and what would be accepted.

    Parameters
    ----------
    address : str
        URL.
    content_types : tuple of str
        Accepted kinds of content.
    largest_bytes : int
        More is refused.
    """

    address: str
    content_types: tuple[str, ...]
    largest_bytes: int


@dataclass(frozen=True)
class Begun:
    """The beginning of an answer that was cut off.

    Parameters
    ----------
    address : str
        What was asked for.
    mark : str
        ETag or Last-Modified: the rest is only taken from the same version.
    content : bytes
        What has come.
    """

    address: str
    mark: str
    content: bytes

    def to_bytes(self) -> bytes:
        """Return it as a file: a line of JSON, then the content."""
        said = {"alamat": self.address, "penanda": self.mark, "sha256": _hash(self.content)}
        return json.dumps(said).encode() + b"\n" + self.content


Keeper = Callable[[Begun], None]


def read_begun(file: Path) -> Begun | None:
    """Read what an earlier run has kept; None if there is nothing that can be trusted.

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
    """Read an answer that somebody has fetched elsewhere.

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
        What was asked for.
    content : bytes
        All of it.
    day, day_from : date or None, str
        What the server says of the content's date, else of today's.
    """

    address: str
    content: bytes
    day: date | None
    day_from: DateFrom


def _silent(done: int, total: int | None) -> None:
    """Tell nobody."""


def _forget(begun: Begun) -> None:
    """Keep nothing."""


@dataclass(frozen=True)
class Listener:
    """Who is told while an answer comes.

    Parameters
    ----------
    progress : callable
        Gets the bytes that have come, and all there will be if the server says so.
    keep : callable
        Gets what has come when an answer breaks off, if it can be continued.
    """

    progress: Callable[[int, int | None], None] = field(default=_silent)
    keep: Keeper = field(default=_forget)


def fetch(demand: Demand, listener: Listener, begun: Begun | None = None) -> Fetched:
    """Fetch an answer, or the rest of one, and check that it is whole.

    Parameters
    ----------
    listener : Listener
        Is told of progress and given what should be kept.
    begun : Begun or None
        What has come before; taken up only if the server still has the same version.

    Raises
    ------
    SourceError
        No network; refused; moved to another host; wrong kind; too large; cut off.
    """
    start = begun if begun and begun.address == demand.address and begun.mark else None
    try:
        answer = build_opener(_SameHost()).open(_request(demand, start), timeout=TIMEOUT_S)
    except HTTPError as problem:
        problem.close()
        if start and problem.code == _TOO_FAR:
            return fetch(demand, listener)
        raise SourceError(
            "ambil_ditolak", (), {"alamat": demand.address, "status": str(problem.code)}
        ) from problem
    except (URLError, OSError, HTTPException) as problem:
        cause = str(getattr(problem, "reason", problem))
        raise SourceError(
            "ambil_tanpa_jaringan", (), {"alamat": demand.address, "sebab": cause}
        ) from problem
    with answer:
        if start and answer.status == 206 and not _continues(answer.headers, start):
            return fetch(demand, listener)
        earlier = start.content if start and answer.status == 206 else b""
        _check_kind(demand, answer.headers)
        content = _receive(demand, answer, earlier, listener)
        day, day_from = _day(answer.headers)
        return Fetched(demand.address, content, day, day_from)


def _request(demand: Demand, begun: Begun | None) -> Request:
    headers = {"User-Agent": f"fsva-atlas/{__version__}", "Accept-Encoding": "identity"}
    if begun:
        headers |= {"Range": f"bytes={len(begun.content)}-", "If-Range": begun.mark}
    # The list of sources admits https only, and http on this computer.
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
) -> bytes:
    """Read an answer to its end; keep what has come if it breaks off."""
    length = answer.headers.get("Content-Length")
    total = len(earlier) + int(length) if length and length.isdigit() else None
    content = bytearray(earlier)
    _check_size(demand, max(len(content), total or 0))
    try:
        while chunk := answer.read(CHUNK):
            content += chunk
            _check_size(demand, len(content))
            listener.progress(len(content), total)
    except (OSError, HTTPException) as problem:
        _cut_off(demand, answer.headers, bytes(content), listener, problem)
    except KeyboardInterrupt:
        _keep(demand, answer.headers, bytes(content), listener)
        raise
    if total is not None and len(content) != total:
        _cut_off(demand, answer.headers, bytes(content), listener, None)
    return bytes(content)


def _check_size(demand: Demand, size: int) -> None:
    if size > demand.largest_bytes:
        raise SourceError(
            "ambil_besar", (), {"alamat": demand.address, "batas": str(demand.largest_bytes)}
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
    """Hand over what has come, if the server names its version and gives parts of it."""
    tag = headers.get("ETag", "")
    mark = tag if tag and not tag.startswith("W/") else headers.get("Last-Modified", "")
    if mark and content:
        listener.keep(Begun(demand.address, mark, content))


def _day(headers: HTTPMessage) -> tuple[date | None, DateFrom]:
    """Return the day of the content as the server says, else the day it answered."""
    for name, origin in (("Last-Modified", "last-modified"), ("Date", "server")):
        try:
            day = parsedate_to_datetime(headers.get(name, "")).date()
        except ValueError:
            continue
        return day, "last-modified" if origin == "last-modified" else "server"
    return None, "server"


class _SameHost(HTTPRedirectHandler):
    """Follows redirections within a host only."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        """Return the request to the new address.

        Raises
        ------
        SourceError
            If that is another host, port or protocol.
        """
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise SourceError("ambil_pindah", (), {"alamat": req.full_url, "tujuan": newurl})
        return super().redirect_request(req, fp, code, msg, headers, newurl)
