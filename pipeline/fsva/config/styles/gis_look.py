"""How layers and projects for a GIS look where a theme says nothing: the type face.

Owns the model of ``styles/gis.toml``.
"""

from __future__ import annotations

from pydantic import Field

from fsva.core import resources, toml
from fsva.core.errors import StyleError
from fsva.core.toml import Section

FILE_NAME = "gis.toml"


class GisLook(Section):
    """The whole of the file.

    Attributes
    ----------
    fonts : tuple of str
        Families of the letters; the first that is installed is taken.
    """

    fonts: tuple[str, ...] = Field(alias="huruf", min_length=1)


def load() -> GisLook:
    """Read how layers and projects look.

    Raises
    ------
    StyleError
        Unknown key or impossible value, with the line.
    """
    return toml.load(resources.packaged("styles") / FILE_NAME, GisLook, StyleError)
