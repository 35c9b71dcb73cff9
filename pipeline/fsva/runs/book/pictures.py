"""The maps and charts of a report, as SVG for the PDF and as PNG for Word and slides.

Owns which of them are drawn and how; each is drawn once. It imports heavy libraries when it
draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fsva.runs import sheet_files, sheet_materials, supporting_run

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.paper.scene import Sheet
    from fsva.files.writers.png import Painter
    from fsva.words.specification import MapSpecification


@dataclass(frozen=True)
class DrawnPicture:
    """A map or chart.

    Parameters
    ----------
    svg, png : bytes
        The same sheet twice; empty where it was not asked for.
    width_mm, height_mm : float
        Its size on paper.
    alt : str
        What it shows, in words.
    """

    svg: bytes
    png: bytes
    width_mm: float
    height_mm: float
    alt: str


def draw(
    studio: Studio, edition: Edition, maps: Sequence[MapSpecification], *, with_svg: bool = True
) -> dict[str, DrawnPicture]:
    """Draw maps and their charts.

    Parameters
    ----------
    edition : Edition
        Its supporting data have charts too.
    maps : sequence of MapSpecification
        Indicators and composite.
    with_svg : bool
        Whether vector pictures are made too.

    Returns
    -------
    dict of str to DrawnPicture
        By the names of their files without ending: ``peta-...`` and ``grafik-...``.
    """
    from fsva.drawing.sheets import chart, sheet
    from fsva.words import alt_text

    drawn = dict(zip((m.file_stem for m in maps), sheet.sheets(studio, maps), strict=True))
    look = sheet_files.charted(edition.folder, tuple(maps)).chart
    charts = {sheet_files.chart_of(shown): chart.sheet(studio, look, shown) for shown in maps}
    supporting = supporting_run.charts(edition, studio)
    titles = {
        shown.file_stem: alt_text.of_villages(shown, studio.places, studio.texts) for shown in maps
    }
    painter = sheet_materials.painter_of(studio)
    made = _of(studio, drawn, (painter, studio.layout.dpi), titles, with_svg=with_svg)
    made |= _of(studio, charts, (painter, look.dpi), {}, with_svg=with_svg)
    if supporting:
        own = supporting_run.painter_of(edition, studio)
        made |= _of(studio, supporting, (own, look.dpi), {}, with_svg=with_svg)
    return made


def _of(
    studio: Studio,
    sheets: Mapping[str, Sheet],
    painting: tuple[Painter, int],
    titles: Mapping[str, Mapping[str, str]],
    *,
    with_svg: bool,
) -> dict[str, DrawnPicture]:
    from fsva.drawing.paper import scene
    from fsva.files.writers import pdf, png, svg

    drawn = list(sheets.values())
    writer = pdf.PdfWriter(drawn, studio.faces)
    below, above = scene.split(drawn)
    painter, dpi = painting
    ground = painter.ground(writer.pages([below]), dpi)
    painted = painter.pictures(ground, writer.pages(above), [png.about(s) for s in drawn])
    return {
        stem: DrawnPicture(
            svg.write(one, studio.faces, titles.get(stem, {})) if with_svg else b"",
            picture,
            one.width_mm,
            one.height_mm,
            one.in_words["map"],
        )
        for (stem, one), picture in zip(sheets.items(), painted, strict=True)
    }
