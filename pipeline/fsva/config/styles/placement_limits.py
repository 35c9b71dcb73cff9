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
    """How long and how narrow at its foot a part of an outline is no land.

    Attributes
    ----------
    length_km : float
        Of its shorter side.
    sizes : float
        The same as a multiple of the root of the village's area.
    foot : float
        Width of its foot as a share of that, 0..1.
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
        So few villages so far from all others are out of place; nearer on one island.
    layer_at_sea_km2, land_share, village_at_sea_km2 : float, float, float
        A layer so large that has no more than this share on land; a village so large without any.
    spikes : tuple of Spike
        What is a spike.
    smallest_m2 : float
        Smaller is no village.
    hole_km2, mouths_m : float, tuple of float
        Holes from this size on are named; widths of their openings that count as closed.
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
        So far from the place of its district a layer was moved; so deep within it lies no place of
        another one.
    part_kecamatan, part_radius : int, float
        A layer of so few kecamatan, that small beside the distance to the third district around, is
        a part of its district, which may lie away from the place of it.
    sea_km, abroad_km : float
        How far connected land may leave the coarse land, and enter other countries.
    outside_share, outside_km2 : float
        More than both beyond that tells of a layer that was moved.
    neighbour_share : float
        How much of a layer may lie on its neighbours.
    village_km2, urban_village_km2 : (float, float)
        Smallest and largest middle size of villages of a kabupaten, and of a kota.
    least_points, points_share, within_share, village_point_km : int, float, float, float
        From so many points for so many of its villages on: so many must lie within their polygons,
        and none so far outside.
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
