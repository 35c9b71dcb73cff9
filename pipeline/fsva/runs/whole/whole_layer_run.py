"""What is known of an edition's district from elsewhere, for the check of its layer as a whole.

Owns which files tell it: the gazetteers of districts and of villages, coarse land, and the
neighbours that the edition draws. ``fsva.villages.whole`` owns the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fsva.config.styles import gazetteer, placement_limits
from fsva.core import resources
from fsva.runs.run_order import LAND, VILLAGE_POINTS
from fsva.sources.ground import village_points

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.config.styles.placement_limits import LayerLimits
    from fsva.runs.kept.kept_results import Kept
    from fsva.sources.plain.flat_grid import Point
    from fsva.sources.plain.shape_table import ShapeTable
    from fsva.villages.oddities import Oddity
    from fsva.villages.whole.layer_place import Whereabouts

# How far around the layer land is read, in degrees: nearer than the distances of the thresholds.
_AROUND = 0.2


def judge(edition: Edition, layer: ShapeTable, kept: Kept | None = None) -> list[Oddity]:
    """Return what is odd about a layer as a whole.

    Parameters
    ----------
    layer : ShapeTable
        As ``layer_place.judge`` takes it.
    kept : Kept or None
        What earlier runs have found.
    """
    from fsva.runs.kept import layer_oddities
    from fsva.villages.whole import layer_place

    known = (_known(edition, layer), _limits(edition))
    return layer_oddities.judged(kept, "lapisan", layer_place.judge, layer, *known)


def _limits(edition: Edition) -> LayerLimits:
    name = placement_limits.LAYER_FILE_NAME
    return placement_limits.load_of_layer(resources.style_of(edition.folder, name))


def _known(edition: Edition, layer: ShapeTable) -> Whereabouts:
    """Return what is known of a district; of one that is no real district, nothing."""
    from fsva.sources.ground import surroundings
    from fsva.villages.whole.layer_place import Whereabouts

    settings = edition.settings
    own, is_urban = settings.district.code, settings.district.kind == "kota"
    around = settings.surroundings.layer
    places = gazetteer.load()
    land = edition.path(LAND)
    if places.point(own) is None or not land.is_file() or not len(layer):
        return Whereabouts(is_urban)
    west, south, east, north = layer.total_bounds
    frame = (west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND)
    ground, abroad = surroundings.land_and_abroad(land, frame)
    return Whereabouts(
        is_urban,
        places.point(own),
        {d.name: (d.longitude, d.latitude) for d in places.districts if d.code != own},
        ground,
        abroad,
        surroundings.read_neighbours_as_one(edition.path(around)) if around else None,
        _points(edition, layer),
    )


def _points(edition: Edition, layer: ShapeTable) -> dict[str, Point]:
    """Return the points of the villages that have the same name in the gazetteer as in the layer.

    Under one code another name is another village, of which the point tells nothing.
    """
    files = village_points.files(edition.path(VILLAGE_POINTS))
    own = edition.settings.district.code
    points, names = village_points.read(files, own), village_points.names(files, own)
    drawn = layer.by_code("nama")
    return {
        code: point
        for code, point in points.items()
        if code in drawn and _is_of(drawn[code], names.get(code))
    }


def _is_of(drawn: object, named: str | None) -> bool:
    """Tell whether a name of the layer may be that of the gazetteer; none is no other name."""
    from fsva.villages.names_apart import alike

    return not isinstance(drawn, str) or named is None or alike(drawn, named)
