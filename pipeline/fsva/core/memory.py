"""The memory of a process: what the system allows it, and what libraries would take in vain.

Owns both, before any library loads. A library that gets no memory aborts, or ends in an error of
its own. pandas and pyogrio load pyarrow wherever it is installed, though only GeoParquet needs it:
60 MiB, and a twentieth of the processor time of an atlas. Without it a run is the same on every
computer, whatever extras are installed. The linear algebra of numpy starts a thread for each core
when it loads: 20 ms, and no run has large matrices. pydantic looks through all installed packages
for plugins: 5 ms, and models must mean the same everywhere.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from typing import ClassVar

from fsva.core.errors import SourceError

_MEGABYTE = 1_000_000
_ARROW = "pyarrow"
_FRAMES = {"geopandas", "pandas"}
# What libraries read as they load, unless the user says otherwise.
_SPARING = {"OPENBLAS_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"}


def check(*, typesetting: bool = False) -> None:
    """Refuse to start where the system allows the process too little memory.

    Parameters
    ----------
    typesetting : bool
        Whether a report is typeset, which takes more than any other library.

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

    process = bounds.load().process
    least = process.typesetting if typesetting else process.memory
    if allowed < least:
        found, limit = (Quantity(n / _MEGABYTE, 0, "MB") for n in (allowed, least))
        raise SourceError("memori_batas", (), {"jumlah": found, "batas": limit})


class _Absent:
    """An import hook that reports some libraries as not installed."""

    names: ClassVar[set[str]] = {_ARROW}

    @classmethod
    def find_spec(
        cls, name: str, _path: object = None, _target: object = None
    ) -> ModuleSpec | None:
        """Refuse these libraries; leave all others to the next hook."""
        if name in cls.names:
            raise ModuleNotFoundError(name=name)
        return None


def spare() -> None:
    """Let libraries load without what no run needs: pyarrow, threads, plugins.

    What is loaded already stays, and so does what the user's surroundings say.
    """
    if _Absent not in sys.meta_path:
        sys.meta_path.insert(0, _Absent)
    for name, value in _SPARING.items():
        os.environ.setdefault(name, value)


@contextmanager
def without_frames() -> Iterator[None]:
    """For a while, let pyogrio load without pandas and geopandas, where libraries are spared.

    It loads both to read layers into frames; the command reads them into arrays.
    """
    if _Absent not in sys.meta_path:  # a notebook may want frames of it
        yield
        return
    _Absent.names |= _FRAMES
    try:
        yield
    finally:
        _Absent.names -= _FRAMES


def with_arrow() -> None:
    """Let pyarrow load again: whoever needs it calls this first."""
    if _Absent in sys.meta_path:
        sys.meta_path.remove(_Absent)
