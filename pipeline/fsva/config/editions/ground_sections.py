"""What ``edition.toml`` says of the ground of its maps: surroundings, base layers, logos.

Owns these models. ``fsva.sources.ground`` reads the files that they name.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from fsva.config.styles.locator_windows import OrderedWindow
from fsva.core.toml import Bilingual, Section


class PlaceName(Section):
    """A name to print around the district: a sea, a strait, a neighbour without a polygon.

    Attributes
    ----------
    name : Bilingual
        The text.
    kind : {"laut", "tetangga"}
        Chooses the type face.
    latitude, longitude : float
        Degrees, where its middle stands.
    """

    name: Bilingual = Field(alias="nama")
    kind: Literal["laut", "tetangga"] = Field(alias="jenis")
    latitude: float = Field(alias="lintang", ge=-11.5, le=7)
    longitude: float = Field(alias="bujur", ge=94, le=142)


class SurroundingsSection(Section):
    """The muted surroundings of the district.

    Attributes
    ----------
    layer : str or None
        Polygons of the neighbours, each with its name.
    names : tuple of PlaceName
        Names of seas and of neighbours that have no polygon.
    window : tuple of float or None
        West, south, east, north in degrees of the locator map, usually the province.
    """

    layer: str | None = Field(None, alias="berkas", min_length=1)
    names: tuple[PlaceName, ...] = Field((), alias="nama")
    window: OrderedWindow | None = Field(None, alias="jendela_lokator")

    @property
    def names_are_open(self) -> bool:
        """Whether the edition says nothing of names; an empty list says that there are none."""
        return "names" not in self.model_fields_set


class BaseFiles(Section):
    """Layers of the office that are drawn below the names, relative to edition.toml.

    Attributes
    ----------
    relief : str or None
        GeoTIFF of heights in metres; its slopes are shaded.
    rivers, roads : str or None
        Layers of lines.
    towns : str or None
        Layer of points.
    town_name : str
        Its field of names.
    producer : Bilingual or None
        Who made these layers, printed on the map.
    """

    relief: str | None = None
    rivers: str | None = Field(None, alias="sungai")
    roads: str | None = Field(None, alias="jalan")
    towns: str | None = Field(None, alias="ibu_kota")
    town_name: str = Field("nama", alias="kolom_ibu_kota", min_length=1)
    producer: Bilingual | None = Field(None, alias="sumber")

    @property
    def names(self) -> tuple[str, ...]:
        """The files that are given."""
        given = (self.relief, self.rivers, self.roads, self.towns)
        return tuple(name for name in given if name)


class BookFiles(Section):
    """What the office gives for its report, relative to edition.toml.

    Attributes
    ----------
    template : str or None
        A Word file or template (.docx, .dotx) with its letterhead, styles and cover.
    """

    template: str | None = Field(None, alias="templat", min_length=1)


class LogoFiles(Section):
    """Pictures of the office beside the titles, relative to edition.toml: PNG or JPEG.

    Attributes
    ----------
    district : str or None
        Coat of arms of the district, on the left.
    office : str or None
        Logo of the office, on the right.
    """

    district: str | None = Field(None, alias="daerah", min_length=1)
    office: str | None = Field(None, alias="instansi", min_length=1)
