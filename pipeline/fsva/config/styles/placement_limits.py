"""When places and shapes are odd: the thresholds of villages and of whole layers.

Owns the models of ``styles/letak-desa.toml`` and ``styles/letak-lapisan.toml``. What is judged by
them is ``fsva.villages.placement``'s, ``holes``'s and ``whole``'s.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, PositiveFloat

from fsva.core import toml
from fsva.core.errors import StyleError
from fsva.core.toml import Section

FILE_NAME = "letak-desa.toml"
LAYER_FILE_NAME = "letak-lapisan.toml"


class Spike(Section):
    """When a part of an outline is a spike and no land: it is long, and narrow at its foot.

    Attributes
    ----------
    length_km : float
        Least length of its shorter side.
    sizes : float
        The same, as a multiple of the square root of the village's area.
    foot : float
        Largest width of its foot, as a share of its shorter side, 0..1.
    """

    length_km: float = Field(alias="panjang_km", gt=0)
    sizes: float = Field(alias="kali_ukuran", ge=0)
    foot: float = Field(alias="pangkal", gt=0, lt=1)


class PlacementLimits(Section):
    """All thresholds.

    Attributes
    ----------
    margin_degrees : float
        How far a village may lie outside the window of its province.
    apart_villages, apart_km, same_land_km : int, float, float
        A group of at most so many villages is out of place if it lies farther than ``apart_km``
        from all others, or than ``same_land_km`` on the same piece of land.
    layer_at_sea_km2, land_share, village_at_sea_km2 : float, float, float
        A layer of at least this area lies at sea if less than this share of it is land; a village
        of at least this area, if none of it is.
    spikes : tuple of Spike
        A part that fits any of them is a spike.
    smallest_m2 : float
        A smaller polygon is no village.
    hole_km2, mouths_m : float, tuple of float
        Least area of holes that are named; widths of openings that still count as closed.
    """

    margin_degrees: float = Field(alias="longgar_derajat", ge=0)
    apart_villages: int = Field(alias="kelompok_terpencil", ge=1)
    apart_km: float = Field(alias="jarak_km", gt=0)
    same_land_km: float = Field(alias="jarak_sedaratan_km", gt=0)
    layer_at_sea_km2: float = Field(alias="lapisan_di_laut_km2", gt=0)
    land_share: float = Field(alias="bagian_daratan", ge=0, le=1)
    village_at_sea_km2: float = Field(alias="desa_di_laut_km2", gt=0)
    spikes: tuple[Spike, ...] = Field(alias="runcing")
    smallest_m2: float = Field(alias="luas_terkecil_m2", ge=0)
    hole_km2: float = Field(alias="celah_km2", gt=0)
    mouths_m: tuple[PositiveFloat, ...] = Field(alias="celah_mulut_m", min_length=1)


def load(file: Path) -> PlacementLimits:
    """Read the thresholds.

    Parameters
    ----------
    file : Path
        ``styles/letak-desa.toml``.

    Raises
    ------
    StyleError
        If the file is refused.
    """
    return toml.load(file, PlacementLimits, StyleError)


Range = tuple[PositiveFloat, PositiveFloat]


class LayerLimits(Section):
    """All thresholds of a whole layer, in ``styles/letak-lapisan.toml``.

    Attributes
    ----------
    point_km, other_point_km : float
        A layer farther than this from the place of its district was moved; so was one in which the
        place of another district lies deeper than this.
    part_kecamatan, part_radius : int, float
        A layer of at most so many kecamatan, whose radius is at most this share of the distance to
        the third nearest district, is a part of its district and may lie away from its place.
    sea_km, abroad_km : float
        How far connected land may reach beyond coarse land, and into other countries.
    outside_share, outside_km2 : float
        A layer of which more than both lies beyond these was moved.
    neighbour_share : float
        How much of a layer may lie on its neighbours.
    village_km2, urban_village_km2 : (float, float)
        Smallest and largest median area of the villages of a kabupaten, and of a kota.
    least_points, points_share, within_share, village_point_km : int, float, float, float
        Where so many villages, and this share of them, have a known point: the share of points that
        must lie within their polygons, and how far outside none may lie.
    """

    point_km: float = Field(alias="titik_km", gt=0)
    part_kecamatan: int = Field(alias="sebagian_kecamatan", ge=1)
    part_radius: float = Field(alias="sebagian_jari_jari", gt=0, lt=1)
    other_point_km: float = Field(alias="titik_lain_km", gt=0)
    sea_km: float = Field(alias="laut_km", gt=0)
    abroad_km: float = Field(alias="negara_lain_km", gt=0)
    outside_share: float = Field(alias="bagian_di_luar", gt=0, lt=1)
    outside_km2: float = Field(alias="luas_di_luar_km2", ge=0)
    neighbour_share: float = Field(alias="bagian_di_tetangga", gt=0, lt=1)
    village_km2: Range = Field(alias="desa_kabupaten_km2")
    urban_village_km2: Range = Field(alias="desa_kota_km2")
    least_points: int = Field(alias="titik_desa_sedikitnya", ge=1)
    points_share: float = Field(alias="titik_desa_bagian", gt=0, le=1)
    within_share: float = Field(alias="titik_desa_di_dalam", gt=0, lt=1)
    village_point_km: float = Field(alias="titik_desa_km", gt=0)


def load_of_layer(file: Path) -> LayerLimits:
    """Read the thresholds of a whole layer.

    Parameters
    ----------
    file : Path
        ``styles/letak-lapisan.toml``.

    Raises
    ------
    StyleError
        If the file is refused.
    """
    return toml.load(file, LayerLimits, StyleError)
