"""A server on this computer that counts who asks it, and layers that are programs.

Owns what the tests of "no command but one uses the network" share.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROGRAMS = ("vrt", "gdalg", "wfs")


@dataclass
class Heard:
    """A listening server.

    Parameters
    ----------
    url : str
        Its address.
    asked : list of str
        The paths that were asked for.
    """

    url: str
    asked: list[str] = field(default_factory=list)


def program(kind: str, target: str, url: str) -> str:
    """Return a layer file that tells GDAL to open something else.

    Parameters
    ----------
    kind : {"vrt", "gdalg", "wfs"}
        One of ``PROGRAMS``.
    target : str
        What GDAL shall open.
    url : str
        Address of a server.
    """
    command = f"gdal vector filter --of stream --where 1=1 {target} streamed_dataset"
    return {
        "vrt": '<OGRVRTDataSource><OGRVRTLayer name="rahasia"><SrcDataSource>'
        f"{target}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        "gdalg": json.dumps({"type": "gdal_streamed_alg", "command_line": command}),
        "wfs": f"<OGRWFSDataSource><URL>{url}/wfs</URL></OGRWFSDataSource>",
    }[kind]


@contextmanager
def server() -> Iterator[Heard]:
    """Run the server on a free port."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as listening:
        # It looks every 0.02 s whether it shall stop; Python's own half second is most of a test.
        threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield Heard(f"http://127.0.0.1:{listening.server_port}", asked)
        finally:
            listening.shutdown()
