"""Which part of the earth the locator maps show: the country, and the window of a province.

Owns the model of ``styles/jendela-provinsi.toml``. A window is no border.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, RootModel

from fsva.core import toml
from fsva.core.errors import StyleError

FILE_NAME = "jendela-provinsi.toml"
COUNTRY = "indonesia"
Window = tuple[float, float, float, float]


def _ordered(window: Window) -> Window:
    """Return a window of degrees; refuse one that is empty, turned round or not on the earth."""
    west, south, east, north = window
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError("barat < timur, selatan < utara")
    return window


OrderedWindow = Annotated[Window, AfterValidator(_ordered)]


class _Windows(RootModel[dict[str, OrderedWindow]]):
    """The whole of the file."""


def load(file: Path) -> Mapping[str, Window]:
    """Read the windows by the first two digits of Kemendagri codes, and the country's.

    Parameters
    ----------
    file : Path
        ``styles/jendela-provinsi.toml``.

    Raises
    ------
    StyleError
        Not four numbers, or edges in the wrong order.
    """
    return toml.load(file, _Windows, StyleError).root
