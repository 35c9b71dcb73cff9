"""The steps from map specifications to the bytes of their sheets.

Owns the order: read surroundings and type faces, draw the sheets, write PDF and PNG. It imports
heavy libraries when a run starts.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fsva.core.screens import steps
from fsva.runs.kept import name_places
from fsva.runs.kept.kept_results import Kept
from fsva.runs.run_order import Progress
from fsva.runs.sheets import atlas_file
from fsva.runs.sheets.atlas_file import Charted as Charted
from fsva.runs.sheets.atlas_file import charted as charted
from fsva.runs.sheets.sheet_press import SheetPress

if TYPE_CHECKING:
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.names.arrangement import Arrangement
    from fsva.drawing.paper.scene import Sheet
    from fsva.files.writers.pdf import BoundPart
    from fsva.words.specification import MapSpecification

    Meanwhile = Callable[[Arrangement], dict[str, bytes]]

ATLAS = "atlas.pdf"
OVERVIEW = "peta-ringkasan"
NAME_LIST = "peta-kecamatan.pdf"
BODIES = "badan-peta"


def load_libraries() -> None:
    """Import the libraries that draw sheets and write files, while the processor is idle."""
    from fsva.drawing.atlas import chart_pages, contents, cover, summary_page  # noqa: F401
    from fsva.drawing.sheets import chart, overview, sheet  # noqa: F401
    from fsva.files.writers import on_request, pdf, png  # noqa: F401


@dataclass(frozen=True)
class PrintedSheets:
    """Files of sheets, and what leads from a print to its file.

    Parameters
    ----------
    files : dict of str to bytes
        File name to content.
    numbers : dict of str to list of str
        Name of a file of maps to the print numbers of its sheets, for the manifest.
    """

    files: dict[str, bytes]
    numbers: dict[str, list[str]]


def chart_of(shown: MapSpecification) -> str:
    """Return the name of the chart of a map, without ending."""
    return shown.file_stem.replace("peta-", "grafik-", 1)


def _nothing(_names: Arrangement) -> dict[str, bytes]:
    return {}


def atlas(
    studio: Studio,
    maps: tuple[MapSpecification, ...],
    charts: Charted | None,
    progress: Progress,
    *,
    formats: tuple[str, ...] = (),
    with_list: bool = True,
    detailed: MapSpecification | None = None,
    meanwhile: Meanwhile = _nothing,
    kept: Kept | None = None,
) -> PrintedSheets:
    """Draw the maps of an atlas, the charts of some of them, and a summary map of those.

    Parameters
    ----------
    studio : Studio
        From ``fsva.runs.sheet_materials.studio_of``.
    maps : tuple of MapSpecification
        At least one.
    charts : Charted or None
        Which of them have a chart; None for no charts, and no file of the whole atlas.
    progress : callable
        Receives a sentence about each finished step.
    formats : tuple of str
        Of ``fsva.runs.run_order.FORMATS``: how else each map is written.
    with_list : bool
        Whether sheets per kecamatan are made where the maps have no room for all names.
    detailed : MapSpecification or None
        The map whose classes those sheets show, the composite's; None for the last map.
    meanwhile : callable
        Makes further files that need no drawing; called while the last pictures are painted, with
        the places of all names.
    kept : Kept or None
        What earlier runs have kept, and where this one keeps its results; None keeps nothing.

    Returns
    -------
    PrintedSheets
        All maps in one file, each sheet as PDF and PNG, and the files of ``meanwhile``.
    """
    from fsva.drawing.sheets import map_bodies, sheet
    from fsva.files.writers import on_request, pdf, pdf_content
    from fsva.words import unseen_words

    texts = studio.texts
    # PDFium works in one thread only and leaves this one free. The charts, which need no places
    # for names, keep PDFium busy while this thread looks for those places.
    with ThreadPoolExecutor(1) as painter:
        press = SheetPress(studio, painter, progress, kept)
        summary = _print_charts(studio, charts, press) if charts else None
        covers: dict[str, list[str]] = {}
        with steps.taking("nama", len(studio.villages)):
            names = name_places.arranged(studio, kept)
        names = names if with_list else replace(names, complete=True, reference=None)
        sheets = sheet.sheets(studio, maps, names)
        named = {shown.file_stem: drawn for shown, drawn in zip(maps, sheets, strict=True)}
        printed = press.print(named, studio.layout.dpi, "cli.peta_selesai")
        if BODIES in formats:
            bodies = map_bodies.sheets(studio, maps)
            alone = {f"{m.file_stem}-badan": one for m, one in zip(maps, bodies, strict=True)}
            press.print(alone, studio.layout.dpi)
        with steps.taking("dokumen", len(studio.villages)):
            files = press.documents()
        files |= on_request.files(formats, maps, sheets, studio)
        of_details = detailed or maps[-1]
        if listed := _listed(studio, names, of_details, kept):
            title = f"{texts('daftar_nama.berkas')} - {of_details.subtitle}"
            heading = studio.draft.titled(title)
            details = pdf.BoundPart(pdf.PdfWriter(listed, studio.faces, press.shelf), listed)
            files[NAME_LIST] = press.document(details.writer, NAME_LIST, listed, heading)
        if charts and summary:
            last = details if listed else None
            whole = atlas_file.bound(studio, charts, printed, summary, last, press.shelf)
            files[ATLAS] = whole.content
            covers = {ATLAS: [whole.number]}
        files |= meanwhile(names)
        files |= press.pictures()
        painted = {stem: files[f"{stem}.png"] for stem in named}
        files |= on_request.pictures(formats, painted)
    for line in unseen_words.unnamed_told(names.unnamed_kecamatan, texts):
        progress(line)
    pdf_content.forget()
    if names.unseen:
        progress(unseen_words.told(names.unseen, studio.places, texts))
    if listed:
        progress(texts("daftar_nama.selesai", nama=NAME_LIST, jumlah=len(listed)))
    numbers = covers | {f"{stem}.pdf": [one.number] for stem, one in named.items()}
    if listed:
        numbers[NAME_LIST] = [one.number for one in listed]
    return PrintedSheets(files, numbers)


def _listed(
    studio: Studio, names: Arrangement, shown: MapSpecification, kept: Kept | None
) -> tuple[Sheet, ...]:
    """Draw the sheets per kecamatan, if some are due."""
    if names.complete:
        return ()
    from fsva.drawing.details import kecamatan_sheets

    studio = replace(studio, layout=studio.layout.of_details)
    most = kecamatan_sheets.rows(studio, names, shown)
    placed = name_places.parts(studio, most, kept)
    grounds = name_places.grounds(studio, most, placed, kept)
    return kecamatan_sheets.sheets(studio, names, shown, placed, grounds)


def _print_charts(studio: Studio, charts: Charted, press: SheetPress) -> BoundPart:
    """Draw the chart of each map and the summary map of all; return the latter."""
    from fsva.drawing.sheets import chart, overview

    measures = {measure.id: measure for measure in studio.method.measures()}
    drawn = {chart_of(shown): chart.sheet(studio, charts.chart, shown) for shown in charts.maps}
    press.print(drawn, charts.chart.dpi)
    whole = {OVERVIEW: overview.sheet(studio, charts.overview, charts.maps, measures)}
    return press.print(whole, charts.overview.dpi, "grafik.selesai")


def draw(studio: Studio, maps: tuple[MapSpecification, ...], progress: Progress) -> PrintedSheets:
    """Draw maps beside the atlas, each as PDF and PNG.

    Parameters
    ----------
    studio : Studio
        From ``fsva.runs.sheet_materials.studio_of``.
    maps : tuple of MapSpecification
        At least one.
    progress : callable
        Receives a sentence about each finished step.
    """
    return atlas(studio, maps, None, progress, with_list=False)
