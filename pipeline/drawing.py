"""From map specifications to the bytes of their sheets.

Owns the order: surroundings and type faces are read, the sheets drawn, and written as PDF and
PNG. Heavy libraries are imported when a run really happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import resources
from pipeline.orders import LAND, Order, Progress
from pipeline.tabulation import Tabulated

if TYPE_CHECKING:
    from pipeline.figures.studio import Studio
    from pipeline.specification import MapSpecification

ATLAS = "atlas.pdf"


def atlas(
    order: Order, made: Tabulated, maps: tuple[MapSpecification, ...], progress: Progress
) -> dict[str, bytes]:
    """Draw the maps of an atlas: a file of all, and each as PDF and PNG.

    Parameters
    ----------
    order : Order
        Edition, layer, language.
    made : Tabulated
        Villages and method.
    maps : tuple of MapSpecification
        At least one; the last gives the atlas its title.
    progress : callable
        Is told in words what has been done.

    Returns
    -------
    dict of str to bytes
        File name to content.
    """
    from pipeline.figures import scene, sheet
    from pipeline.files import on_request, pdf, png, worldfile

    texts, studio = order.texts, studio_of(order, made)
    sheets = sheet.sheets(studio, maps)
    files = on_request.files(order.formats, maps, sheets, studio)
    writer = pdf.PdfWriter(sheets, studio.faces)
    title = f"{texts('peta.atlas')} - {maps[-1].subtitle}"
    files[ATLAS] = writer.write(sheets, title)
    for one, drawn in zip(maps, sheets, strict=True):
        files[f"{one.file_stem}.pdf"] = writer.write([drawn], drawn.title)
    how = png.Print(png.palette(_colours(studio)), studio.layout.dpi)
    below, above = scene.split(sheets)
    about = [png.about(drawn) for drawn in sheets]
    drawn_pages = png.pictures(writer.pages([below]), writer.pages(above), how, about)
    for one, drawn, picture in zip(maps, sheets, drawn_pages, strict=True):
        name = f"{one.file_stem}.png"
        files |= {name: picture, **worldfile.beside(name, drawn, png.size_of(picture))}
        progress(texts("cli.peta_selesai", nama=one.file_stem))
    return files


def draw(
    order: Order, made: Tabulated, maps: tuple[MapSpecification, ...], progress: Progress
) -> dict[str, bytes]:
    """Draw maps beside the atlas, each as PDF and PNG.

    Parameters
    ----------
    order : Order
        Edition, layer, language.
    made : Tabulated
        Villages and method.
    maps : tuple of MapSpecification
        At least one.
    progress : callable
        Is told in words what has been done.
    """
    files = atlas(order, made, maps, progress)
    return {name: content for name, content in files.items() if name != ATLAS}


def studio_of(order: Order, made: Tabulated) -> Studio:
    """Gather what the sheets are drawn from.

    Parameters
    ----------
    order : Order
        Edition, layer, language.
    made : Tabulated
        Villages and method.
    """
    from pipeline import layout
    from pipeline.figures import fonts
    from pipeline.figures.ground import Surroundings
    from pipeline.figures.studio import Studio
    from pipeline.sources import context

    edition, around = order.edition, order.edition.settings.surroundings
    land = context.read_land(edition.path(LAND))
    neighbours = context.read_neighbours(edition.path(around.layer)) if around.layer else None
    styles = resources.project_folder(edition.folder, "styles")
    return Studio(
        made.joined.villages,
        Surroundings(land, neighbours, around.names),
        edition.settings,
        made.rules,
        layout.load(edition.layout_file, edition.theme_file),
        order.texts,
        fonts.load(styles / "fonts"),
    )


def _colours(studio: Studio) -> list[str]:
    """Return every colour that a sheet is drawn with."""
    method = studio.method
    classes = [c.colour for c in method.classes]
    classes += [c.colour for i in method.indicators for c in i.map_classes]
    theme = studio.layout.theme
    lines = [hatch.colour for hatch in theme.hatches]
    return [*classes, method.no_data_colour, *lines, *theme.colours.model_dump().values()]
