"""Where names stand, kept from one run to the next.

Owns what their places depend on. They are found by ``fsva.drawing.names`` and
``fsva.drawing.details``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fsva.runs.kept.kept_results import Kept

if TYPE_CHECKING:
    from fsva.drawing.details.kecamatan_maps import MapGround
    from fsva.drawing.details.kecamatan_sheets import DetailPart
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.names.arrangement import Arrangement


def arranged(studio: Studio, kept: Kept | None) -> Arrangement:
    """Return the places of all names on the maps of an edition.

    Parameters
    ----------
    kept : Kept or None
        None keeps nothing. Tile maps are placed anew each time.
    """
    from fsva.drawing.names.arrangement import Arrangement
    from fsva.drawing.sheets import sheet

    if kept is None or studio.tiles:
        return sheet.arranged(studio)
    key = kept.store.key("nama", kept.of_places(studio))
    crs = studio.villages.crs
    return kept.value(key, Arrangement, crs, lambda: sheet.arranged(studio))


def parts(studio: Studio, most: int, kept: Kept | None) -> Sequence[DetailPart]:
    """Return the places of all names on the sheets per kecamatan.

    Parameters
    ----------
    most : int
        From ``fsva.drawing.details.kecamatan_sheets.rows``.
    kept : Kept or None
        None keeps nothing.
    """
    from fsva.drawing.details import kecamatan_sheets
    from fsva.drawing.details.kecamatan_sheets import DetailPart

    if kept is None:
        return kecamatan_sheets.parts(studio, most)
    key = kept.store.key("nama-lembar", kept.of_places(studio), kept.digest(most))
    crs = studio.villages.crs
    return kept.value(
        key, tuple[DetailPart, ...], crs, lambda: kecamatan_sheets.parts(studio, most)
    )


def grounds(
    studio: Studio, most: int, placed: Sequence[DetailPart], kept: Kept | None
) -> Sequence[MapGround]:
    """Return what lies around the villages on the sheets per kecamatan.

    Parameters
    ----------
    most, placed
        As given to ``parts``, and what it returned.
    kept : Kept or None
        None keeps nothing.
    """
    from fsva.drawing.details import kecamatan_sheets
    from fsva.drawing.details.kecamatan_maps import MapGround

    if kept is None:
        return kecamatan_sheets.grounds(studio, placed)
    seen = kept.digest(most, studio.layout)  # unlike the places they depend on its colours
    key = kept.store.key("sekitar-lembar", kept.of_places(studio), seen)
    crs = studio.villages.crs
    return kept.value(
        key, tuple[MapGround, ...], crs, lambda: tuple(kecamatan_sheets.grounds(studio, placed))
    )
