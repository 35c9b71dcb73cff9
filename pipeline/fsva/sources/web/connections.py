"""Connections of the one command that asks the network: which protocols, how long, whereto.

Owns the opener: http and https only, redirections within a host only, and an end for every
connection however little the other side sends.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from typing import IO, Any
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from fsva.core.errors import SourceError

_LONGEST_S = 86_400.0  # a day is more than any limit, and all that a timer takes


class Deadline:
    """Ends every connection of a request at a moment, however little the other side sends.

    Parameters
    ----------
    end : float
        On the clock of ``time.monotonic``.
    """

    def __init__(self, end: float) -> None:
        self._end = end
        self._sockets: list[socket.socket] = []
        left = min(max(end - time.monotonic(), 0.0), _LONGEST_S)
        self._timer = threading.Timer(left, self._cut)
        self._timer.daemon = True

    @property
    def is_past(self) -> bool:
        """Whether the moment has come."""
        return time.monotonic() >= self._end

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def watch(self, connection: socket.socket) -> None:
        """Take over a connection that has been made."""
        self._sockets.append(connection)
        if self.is_past:
            self._cut()

    def _cut(self) -> None:
        for connection in self._sockets:
            # Below any encryption, which would wait for the other side; it may have ended already.
            with suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _watched(kind: type[HTTPConnection], until: Deadline) -> Callable[..., HTTPConnection]:
    """Return a maker of connections that end at a moment."""

    class Watched(kind):  # type: ignore[valid-type, misc]
        def connect(self) -> None:
            """Connect, and watch the socket."""
            super().connect()
            until.watch(self.sock)

    return Watched


class _Http(HTTPHandler):
    def __init__(self, until: Deadline) -> None:
        super().__init__()
        self._connection = _watched(HTTPConnection, until)

    def http_open(self, req: Request) -> Any:  # noqa: ANN401 - as the library's
        """Open a connection."""
        return self.do_open(self._connection, req)


class _Https(HTTPSHandler):
    def __init__(self, until: Deadline) -> None:
        super().__init__()
        self._connection = _watched(HTTPSConnection, until)

    def https_open(self, req: Request) -> Any:  # noqa: ANN401 - as the library's
        """Open an encrypted connection; the certificate is checked against the system's."""
        return self.do_open(self._connection, req)


def opener(until: Deadline) -> OpenerDirector:
    """Return an opener that knows http and https and no other protocol: no file, no FTP."""
    made = OpenerDirector()
    for handler in (
        ProxyHandler(),
        _SameHost(),
        _Http(until),
        _Https(until),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        UnknownHandler(),
    ):
        made.add_handler(handler)
    return made


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
