"""What the sheets of an edition are drawn with: surroundings, fonts, base layers, logos, colours.

Owns the reading of these. ``fsva.runs.sheet_files`` draws the sheets and writes them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from fsva.core import resources, toml
from fsva.core.columns import PARENT, UNIT
from fsva.core.errors import EditionError, Place
from fsva.core.message_values import Extent, Spot
from fsva.core.texts import Texts
from fsva.runs.run_order import LAND, Order
from fsva.runs.tabulation import Tabulated

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.config.styles.layout import Layout
    from fsva.drawing.maps.base_map import BaseMap
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.files.writers.png import Painter
    from fsva.sources.ground.logos import Logos


def asked(order: Order, tabulated: Tabulated) -> Callable[[], Studio]:
    """Return what gathers the materials of a run's sheets once something is drawn.

    Parameters
    ----------
    order : Order
        Edition, language and number; its inputs are hashed for the number only then.
    """

    def gathered() -> Studio:
        """Gather what sheets are drawn with, when the first is asked for."""
        studio = studio_of(order.edition, tabulated, order.texts, order.number)
        return tiled(studio) if order.is_tiled else studio

    return gathered


def tiled(studio: Studio) -> Studio:
    """Return the materials of tile maps, on which nothing lies that has its place on the earth."""
    from fsva.drawing.maps.base_map import BaseMap
    from fsva.drawing.sheets import tile_sheets
    from fsva.drawing.tiles import tile_places

    villages = studio.villages
    places = tile_places.arrange(villages.geometry, villages[PARENT].tolist())
    layout = studio.layout.for_villages(tile_sheets.side_mm(studio.layout, places))
    return replace(studio, base=BaseMap(), layout=layout, tiles=places)


def studio_of(edition: Edition, tabulated: Tabulated, texts: Texts, number: str) -> Studio:
    """Gather villages, surroundings, fonts and logos for the sheets.

    Parameters
    ----------
    edition : Edition
        Names surroundings, layout, theme and logos.
    number : str
        The print number of the run, for what is printed from its layers.
    """
    from fsva.config.styles import gazetteer, layout, locator_windows
    from fsva.drawing.framing import paper_choice
    from fsva.drawing.maps import around_names, coast, paper_detail
    from fsva.drawing.maps.ground import Surroundings
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.paper import fonts
    from fsva.sources.ground import surroundings
    from fsva.words import draft

    around, villages = edition.settings.surroundings, tabulated.joined.villages
    _check_window(edition, paper_choice.middle(villages))
    land = surroundings.read_land(edition.path(LAND))
    neighbours = surroundings.read_neighbours(edition.path(around.layer)) if around.layer else None
    styles = resources.project_folder(edition.folder, "styles")
    known = locator_windows.load(resources.style_of(edition.folder, locator_windows.FILE_NAME))
    layouts = [layout.load(file, edition.theme_file) for file in edition.layout_files]
    code, chosen = edition.settings.district.code, paper_choice.choose(layouts, villages)
    detail = paper_detail.levels(villages, chosen)
    outline = coast.outline(detail.of_whole)
    ground = coast.trimmed(Surroundings(land, neighbours, around.names), villages, outline)
    if holes := tabulated.joined.unclaimed():
        ground = coast.with_holes(ground, holes, villages.crs)
        ground = around_names.with_enclaves(ground, code, gazetteer.load())
    if around.names_are_open:
        panel = paper_choice.main_panel(villages, chosen)
        window, names = panel.degrees(), gazetteer.load()
        ground = around_names.named(ground, villages, window, code, names, outline)
    studio = Studio(
        villages,
        ground,
        edition.settings,
        tabulated.rules,
        paper_choice.fitted(chosen, villages),
        texts,
        fonts.load(styles / "fonts"),
        number,
        known[locator_windows.COUNTRY],
        around.window or known.get(code[:2]),
        draft.of(edition.settings, texts),
        gazetteer.load().province(code),
        detail=detail,
    )
    check_letters(edition, studio)
    return replace(studio, base=_base(edition, studio), logos=_logos(edition, studio.layout))


def check_letters(edition: Edition, studio: Studio) -> None:
    """Stop at words of the edition with letters that the type faces of sheets do not have.

    Parameters
    ----------
    edition : Edition
        Its file is named in the error.
    studio : Studio
        Names of villages and kecamatan, type faces.

    Raises
    ------
    EditionError
        With every such village and its letters: a map must not leave out a name silently.
    """
    from fsva.drawing.paper import missing_letters
    from fsva.words.atlas import printed_words

    asked = {name for names in studio.places.values() for name in names}
    unsure = missing_letters.suspects(asked, studio.faces)
    places = [
        Place(
            edition.file,
            village=f"{village} ({code})",
            column=PARENT if name == kecamatan else UNIT,
            found=missing_letters.said(name, lacking),
        )
        for code, (village, kecamatan) in studio.places.items()
        for name in dict.fromkeys((village, kecamatan))
        if not unsure.isdisjoint(name) and (lacking := missing_letters.of(name, studio.faces))
    ]
    places += [
        Place(edition.file, column=key, found=missing_letters.said(words, lacking))
        for key, words in printed_words.of(studio.settings, studio.texts.language)
        if (lacking := missing_letters.of(words, studio.faces))
    ]
    if places:
        raise EditionError("huruf_tiada", places)


def _check_window(edition: Edition, middle: tuple[float, float]) -> None:
    """Stop at a window of the locator in which the district does not lie."""
    window = edition.settings.surroundings.window
    if window is None:
        return
    x, y = middle
    if not (window[0] <= x <= window[2] and window[1] <= y <= window[3]):
        row = toml.line_of(toml.read_text(edition.file), ("sekitar", "jendela_lokator"))
        west, south, east, north = (float(edge) for edge in window)
        found = Extent(west, south, east, north, digits=1)
        place = Place(edition.file, row, "sekitar.jendela_lokator", found=found)
        raise EditionError("jendela_lokator", [place], {"letak": Spot(y, x)})


def _logos(edition: Edition, layout: Layout) -> Logos:
    """Read the coat of arms and the logo of the office, as fine as paper shows them."""
    from fsva.sources.ground import logos

    given, room = edition.settings.logo, (layout.logo.width, layout.logo.height)
    crest = logos.read(edition.path(given.district), room) if given.district else None
    office = logos.read(edition.path(given.office), room) if given.office else None
    return logos.Logos(crest, office)


def _base(edition: Edition, studio: Studio) -> BaseMap:
    """Read the office's base layers within the window of the main map."""
    from fsva.drawing.maps import relief
    from fsva.drawing.maps.base_map import BaseMap
    from fsva.drawing.sheets import sheet
    from fsva.sources.ground import base_layers, terrain

    given = edition.settings.base
    if not given.names:
        return BaseMap()
    panel = sheet.main_panel(studio)
    window = panel.ground(margin_mm=1)
    lines = {
        kind: base_layers.read_lines(edition.path(name), panel.crs, window)
        for kind, name in (("rivers", given.rivers), ("roads", given.roads))
        if name
    }
    towns, elevation = None, None
    if given.towns:
        file = edition.path(given.towns)
        towns = base_layers.read_towns(file, given.town_name, panel.crs, window)
    if given.relief:
        cell = relief.CELL_MM / panel.mm_per_metre
        elevation = terrain.read(edition.path(given.relief), panel.crs, window.bounds, cell)
    return BaseMap(elevation, lines.get("rivers"), lines.get("roads"), towns)


def _colours(studio: Studio) -> list[str]:
    """Return every colour that a sheet is drawn with."""
    from fsva.drawing.elements import draft_strip
    from fsva.drawing.maps import border_colours

    method = studio.method
    classes = [c.colour for c in method.classes]
    classes += [c.colour for i in method.indicators for c in i.map_classes]
    theme, base = studio.layout.theme, studio.layout.theme.base
    lines = [hatch.colour for hatch in theme.hatches]
    fills = {*classes, method.no_data_colour}
    lines += sorted({border_colours.within(fill, theme.borders) for fill in fills})
    lines += draft_strip.colours(studio.draft)
    if studio.settings.base.names:
        lines += [base.river.colour, base.road.colour, base.road.casing_colour, base.town.colour]
    return [*classes, method.no_data_colour, *lines, *theme.colours.model_dump().values()]


def _shades(studio: Studio) -> list[str]:
    """Return the colours that shaded slopes have."""
    from fsva.drawing.maps import relief

    if studio.base.elevation is None:
        return []
    method, colours = studio.method, studio.layout.colours
    fills = [*(c.colour for c in method.classes), method.no_data_colour]
    return relief.shaded(
        [*fills, colours.land, colours.foreign, colours.sea], studio.layout.theme.base.relief
    )


def colours_of(studio: Studio) -> tuple[list[str], list[str]]:
    """Return the colours of lines and areas, and those of pictures and shaded slopes."""
    return _colours(studio), [*studio.logos.colours, *_shades(studio)]


def painter_of(studio: Studio) -> Painter:
    """Return the painter of maps, in the colours of an edition.

    Parameters
    ----------
    studio : Studio
        Colours, and the size of the paper.
    """
    from fsva.files.writers import png

    layout = studio.layout
    colours = png.palette(*colours_of(studio))
    size = png.pixels(layout.width, layout.dpi), png.pixels(layout.height, layout.dpi)
    return png.Painter(colours, size)
