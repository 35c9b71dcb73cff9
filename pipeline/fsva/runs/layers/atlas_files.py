"""The files that an atlas reads beside table and layer, for a check before it is drawn.

Owns which they are: published classes, origins, neighbours, logos, base layers. Each is read as the
atlas reads it, so that a check that finds nothing is followed by no error of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.config.methods.method import Method
    from fsva.sources.plain.shape_table import ShapeTable

# A map shows ground around the villages; what lies further away than so many times their extent is
# on no map. Relief is read in so many cells along the longer side.
_AROUND = 2.0
_CELLS = 200


def readings(
    edition: Edition, rules: Method, villages: ShapeTable | None
) -> Iterator[Callable[[], object]]:
    """Return what reads each file.

    Parameters
    ----------
    edition : Edition
        Names the files.
    rules : Method
        Ids of the indicators.
    villages : ShapeTable or None
        In metres: where base layers must lie; None reads no base layers.
    """
    from fsva.config.styles import layout
    from fsva.sources.ground import logos, surroundings
    from fsva.sources.tables import edition_tables

    settings = edition.settings
    data, around, given = settings.data, settings.surroundings, settings.logo
    yield partial(edition_tables.published, edition, rules)
    if data.origins:
        yield partial(edition_tables.read_origins, edition.path(data.origins), rules)
    if around.layer:
        yield partial(surroundings.read_neighbours, edition.path(around.layer))
    if given.district or given.office:
        room = layout.load(edition.layout_files[0], edition.theme_file).logo
        for name in filter(None, (given.district, given.office)):
            yield partial(logos.read, edition.path(name), (room.width, room.height))
    if settings.base.names and villages is not None:
        yield from _base(edition, villages)


def _base(edition: Edition, villages: ShapeTable) -> Iterator[Callable[[], object]]:
    """Return what reads the office's base layers around the villages."""
    import shapely

    from fsva.sources.ground import base_layers, terrain

    given, crs = edition.settings.base, villages.crs
    west, south, east, north = villages.total_bounds
    longer = max(east - west, north - south)
    window = shapely.box(west, south, east, north).buffer(_AROUND * longer, join_style="mitre")
    for name in filter(None, (given.rivers, given.roads)):
        yield partial(base_layers.read_lines, edition.path(name), crs, window)
    if given.towns:
        file = edition.path(given.towns)
        yield partial(base_layers.read_towns, file, given.town_name, crs, window)
    if given.relief:
        cell = longer / _CELLS
        yield partial(terrain.read, edition.path(given.relief), crs, window.bounds, cell)
