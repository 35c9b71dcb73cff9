"""The memory of a process: what the system allows it, and a library that would take some in vain.

Owns both, before any library loads. A library that gets no memory aborts, or ends in an error of
its own. pandas and pyogrio load pyarrow wherever it is installed, though only GeoParquet needs it:
60 MiB, and a twentieth of the processor time of an atlas. Without it a run is the same on every
computer, whatever extras are installed.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec

from fsva.core.errors import SourceError

_MEGABYTE = 1_000_000
_ARROW = "pyarrow"


def check() -> None:
    """Refuse to start where the system allows the process too little memory.

    Raises
    ------
    SourceError
        A limit (``ulimit -v``) is below what libraries need to load; they would abort.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    if allowed == resource.RLIM_INFINITY:
        return
    from fsva.core import bounds  # its models load only where there is a limit
    from fsva.core.message_values import Quantity

    least = bounds.load().process.memory
    if allowed < least:
        found, limit = (Quantity(n / _MEGABYTE, 0, "MB") for n in (allowed, least))
        raise SourceError("memori_batas", (), {"jumlah": found, "batas": limit})


class _Absent:
    """An import hook to which pyarrow is not installed."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Refuse pyarrow; leave all others to the next hook."""
        if name == _ARROW:
            raise ModuleNotFoundError(name=name)
        return None


def without_arrow() -> None:
    """Let libraries that would load pyarrow do without it; nothing if it is loaded already."""
    if _Absent not in sys.meta_path:
        sys.meta_path.insert(0, _Absent)


def with_arrow() -> None:
    """Let pyarrow load again: whoever needs it calls this first."""
    if _Absent in sys.meta_path:
        sys.meta_path.remove(_Absent)
