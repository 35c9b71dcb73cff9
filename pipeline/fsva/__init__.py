"""FSVA atlas: from village boundaries and indicator tables to the maps of an office.

``fsva.open(folder)`` opens an edition for notebooks and programs; all that this offers is told in
``docs/API.md``. The way of the data, and who may import whom, is told in ``docs/DESIGN.md``.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which takes time to load: Ctrl+C is not heard meanwhile
if TYPE_CHECKING:
    from typing import Any

    from fsva.api import Atlas, compare, open
    from fsva.core.errors import FsvaError

__all__ = ["Atlas", "FsvaError", "compare", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module offers has any type
    """Import what is asked for: the command ``fsva`` asks for nothing and starts at once."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("fsva.core.errors" if name == "FsvaError" else "fsva.api"), name)
