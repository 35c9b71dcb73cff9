"""How long a run waits for others, and how large its inputs may be.

Owns the model of ``styles/batasan.toml``. A limit that is reached ends the command with a message.
"""

from __future__ import annotations

from functools import cache

from pydantic import Field

from fsva.core import bounds, resources, toml
from fsva.core.bounds import Bounds
from fsva.core.errors import StyleError
from fsva.core.toml import Section


class Times(Section):
    """Longest times, seconds.

    Attributes
    ----------
    lock : float
        For another run that writes to the same place.
    database_connect, database_lock, database_query : int
        For a database to answer, for a table that another user has locked, for one query.
    silence, whole_fetch : float
        For a server that sends nothing, and for all answers of a source together.
    """

    lock: float = Field(alias="kunci", ge=0)
    database_connect: int = Field(alias="postgis_sambung", ge=1)
    database_lock: int = Field(alias="postgis_kunci", ge=1)
    database_query: int = Field(alias="postgis_permintaan", ge=1)
    silence: float = Field(alias="unduh_diam", gt=0)
    whole_fetch: float = Field(alias="unduh_semua", gt=0)


class Limits(Section):
    """All limits.

    Attributes
    ----------
    times : Times
        Longest times.
    sizes : Bounds
        Largest inputs, ``fsva.core.bounds``.
    """

    times: Times = Field(alias="waktu")
    sizes: Bounds = Field(alias="ukuran")


@cache
def load() -> Limits:
    """Return the limits of this program; no edition changes them.

    Raises
    ------
    StyleError
        If the file is refused.
    """
    return toml.load(resources.packaged("styles") / bounds.FILE_NAME, Limits, StyleError)
