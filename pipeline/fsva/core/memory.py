"""The memory that the system allows a process, looked at before any library loads.

Owns that one question. A library that gets no memory aborts, or ends in an error of its own.
"""

from __future__ import annotations

from fsva.core.errors import SourceError

_MEGABYTE = 1_000_000


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
