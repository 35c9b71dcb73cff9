"""Points of kabupaten and kota and places of seas, for names around a map and in the locator.

Owns the reading of ``styles/kabupaten.csv`` (one reference point for each of the 514) and of
``styles/laut.csv`` (circles that lie in a sea, a strait or a bay). A point is no border.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fsva.core import resources, toml
from fsva.core.columns import BPS, KEMENDAGRI
from fsva.core.toml import Bilingual

DISTRICTS, SEAS = "kabupaten.csv", "laut.csv"


@dataclass(frozen=True)
class DistrictPoint:
    """A kabupaten or kota and a point inside it.

    Parameters
    ----------
    code : str
        Kemendagri code, ``53.04``.
    name : str
        With its kind: ``Kabupaten Belu``, ``Kota Kupang``.
    short : str
        As maps write it: a kota keeps its word where a kabupaten may have the same name.
    latitude, longitude : float
        Degrees, two decimals.
    bps_code : str
        BPS code, ``5306``; empty where it has changed of late (the provinces of Papua).
    """

    code: str
    name: str
    short: str
    latitude: float
    longitude: float
    bps_code: str = ""


@dataclass(frozen=True)
class SeaCircle:
    """A circle of which most lies in a sea; a sea has several, and a strait lies in smaller ones.

    Parameters
    ----------
    name : Bilingual
        Of the sea, strait or bay.
    latitude, longitude : float
        Its middle, degrees.
    radius_km : float
        Where two circles meet, the smaller one names the water.
    """

    name: Bilingual
    latitude: float
    longitude: float
    radius_km: float


@dataclass(frozen=True)
class Gazetteer:
    """All points and circles of the country.

    Parameters
    ----------
    districts : tuple of DistrictPoint
        In the order of their codes.
    seas : tuple of SeaCircle
        In the order of the file.
    """

    districts: tuple[DistrictPoint, ...] = ()
    seas: tuple[SeaCircle, ...] = ()

    def province(self, code: str) -> tuple[DistrictPoint, ...]:
        """Return the districts of the province in which a Kemendagri code lies."""
        return tuple(one for one in self.districts if one.code[:2] == code[:2])

    def point(self, code: str) -> tuple[float, float] | None:
        """Return longitude and latitude of a place in a district; None for one that is not known.

        Examples
        --------
        >>> load().point("53.04"), load().point("99.01")
        ((124.92, -9.17), None)
        """
        found = next((one for one in self.districts if one.code == code), None)
        return (found.longitude, found.latitude) if found else None


@cache
def load() -> Gazetteer:
    """Read both files as the project ships them."""
    folder = resources.packaged("styles")
    return Gazetteer(
        tuple(
            DistrictPoint(
                row[KEMENDAGRI],
                row["nama"],
                row["nama_peta"],
                float(row["lintang"]),
                float(row["bujur"]),
                row[BPS],
            )
            for row in _rows(folder / DISTRICTS)
        ),
        tuple(
            SeaCircle(
                Bilingual(id=row["nama"], en=row["nama_en"]),
                float(row["lintang"]),
                float(row["bujur"]),
                float(row["jari_km"]),
            )
            for row in _rows(folder / SEAS)
        ),
    )


def _rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(toml.read_text(file).splitlines()))
