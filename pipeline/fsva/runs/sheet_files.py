"""The steps from map specifications to the bytes of their sheets.

Owns the order: read surroundings and type faces, draw the sheets, write PDF and PNG. It imports
heavy libraries when a run starts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from fsva.core.screens import steps
from fsva.runs import sheet_materials
from fsva.runs.run_order import Progress
from fsva.runs.sheets import atlas_file
from fsva.runs.sheets.atlas_file import Charted as Charted
from fsva.runs.sheets.atlas_file import charted as charted

if TYPE_CHECKING:
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.paper.scene import Sheet
    from fsva.files.writers.pdf import BoundPart, PdfWriter
    from fsva.files.writers.png import Backdrop, Painter
    from fsva.words.specification import MapSpecification

ATLAS = "atlas.pdf"
OVERVIEW = "peta-ringkasan"
NAME_LIST = "peta-kecamatan.pdf"
BODIES = "badan-peta"


def load_libraries() -> None:
    """Import the libraries that draw sheets and write files, while the processor is idle."""
    from fsva.drawing.atlas import chart_pages, contents, cover, summary_page  # noqa: F401
    from fsva.drawing.details import kecamatan_sheets  # noqa: F401
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


def _nothing(_unseen: Sequence[str]) -> dict[str, bytes]:
    return {}


def atlas(
    studio: Studio,
    maps: tuple[MapSpecification, ...],
    charts: Charted | None,
    progress: Progress,
    *,
    formats: tuple[str, ...] = (),
    with_list: bool = True,
    meanwhile: Callable[[Sequence[str]], dict[str, bytes]] = _nothing,
) -> PrintedSheets:
    """Draw the maps of an atlas, the charts of some of them, and a summary map of those.

    Parameters
    ----------
    studio : Studio
        From ``fsva.runs.sheet_materials.studio_of``.
    maps : tuple of MapSpecification
        At least one; the last gives the atlas its title.
    charts : Charted or None
        Which of them have a chart; None for no charts.
    progress : callable
        Is told in words what has been done.
    formats : tuple of str
        Of ``fsva.runs.run_order.FORMATS``: how else each map is written.
    with_list : bool
        Whether sheets per kecamatan are made where the maps have no room for all names.
    meanwhile : callable
        Makes further files that need no drawing; called while the last pictures are painted, with
        the codes of the villages that show too little of their class.

    Returns
    -------
    PrintedSheets
        All maps in one file, each sheet as PDF and PNG, and the files of ``meanwhile``.
    """
    from fsva.drawing.details import kecamatan_sheets
    from fsva.drawing.sheets import map_bodies, sheet
    from fsva.files.writers import on_request, pdf
    from fsva.words import unseen_words

    texts = studio.texts
    # PDFium works in one thread only and leaves this one free. The charts, which need no places
    # for names, keep PDFium busy while this thread looks for those places.
    with ThreadPoolExecutor(1) as painter:
        press = _Press(studio, painter, progress)
        summary = _print_charts(studio, charts, press) if charts else None
        covers: dict[str, list[str]] = {}
        with steps.taking("nama", len(studio.villages)):
            names = sheet.arranged(studio)
        names = names if with_list else replace(names, complete=True, reference=())
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
        if listed := kecamatan_sheets.sheets(studio, names, maps[-1]):
            heading = studio.draft.titled(f"{texts('daftar_nama.berkas')} - {maps[-1].subtitle}")
            detailed = pdf.BoundPart(pdf.PdfWriter(listed, studio.faces), listed)
            files[NAME_LIST] = detailed.writer.write(listed, heading)
        if charts and summary:
            detail = detailed if listed else None
            whole = atlas_file.bound(studio, charts, printed, summary, detail)
            files[ATLAS], covers = whole.content, {ATLAS: [whole.number]}
        files |= meanwhile(names.unseen)
        files |= press.pictures()
        painted = {stem: files[f"{stem}.png"] for stem in named}
        files |= on_request.pictures(formats, painted)
    if names.unseen:
        progress(unseen_words.told(names.unseen, studio.places, texts))
    if listed:
        progress(texts("daftar_nama.selesai", nama=NAME_LIST, jumlah=len(listed)))
    numbers = covers | {f"{stem}.pdf": [one.number] for stem, one in named.items()}
    if listed:
        numbers[NAME_LIST] = [one.number for one in listed]
    return PrintedSheets(files, numbers)


def _print_charts(studio: Studio, charts: Charted, press: _Press) -> BoundPart:
    """Draw the chart of each map and the summary map of all; return the latter."""
    from fsva.drawing.sheets import chart, overview

    measures = {measure.id: measure for measure in studio.method.measures()}
    drawn = {
        shown.file_stem.replace("peta-", "grafik-", 1): chart.sheet(studio, charts.chart, shown)
        for shown in charts.maps
    }
    press.print(drawn, charts.chart.dpi)
    whole = {OVERVIEW: overview.sheet(studio, charts.overview, charts.maps, measures)}
    return press.print(whole, charts.overview.dpi, "grafik.selesai")


class _Press:
    """Draws pictures of sheets while others are laid out, and writes all as PDF in the end.

    Parameters
    ----------
    studio : Studio
        Colours and type faces.
    painter : ThreadPoolExecutor
        One thread, for the pictures.
    progress : callable
        Receives a sentence per finished picture.
    """

    def __init__(self, studio: Studio, painter: ThreadPoolExecutor, progress: Progress) -> None:
        self._studio, self._painter, self._progress = studio, painter, progress
        self._written: list[tuple[PdfWriter, Mapping[str, Sheet]]] = []
        self._waiting: list[Future[dict[str, bytes]]] = []

    def print(self, sheets: Mapping[str, Sheet], dpi: int, told: str = "") -> BoundPart:
        """Take sheets of one size into print; their pictures are begun at once.

        Parameters
        ----------
        sheets : mapping of str to Sheet
            By the names of their files without ending.
        dpi : int
            Pixels per inch of the pictures.
        told : str
            Sentence for each finished picture: a key of the catalogue.

        Returns
        -------
        BoundPart
            The sheets with what writes them, for a file that holds others too.
        """
        from fsva.drawing.paper import scene
        from fsva.files.writers import pdf

        drawn = list(sheets.values())
        writer = pdf.PdfWriter(drawn, self._studio.faces)
        below, above = scene.split(drawn)
        # The ground of the pictures is drawn while the streams of what is above it are made.
        ground = self._painter.submit(self._ground, writer.pages([below]), dpi)
        done = self._painter.submit(self._paint, sheets, ground, writer.pages(above), told)
        self._waiting.append(done)
        self._written.append((writer, sheets))
        return pdf.BoundPart(writer, drawn)

    def documents(self) -> dict[str, bytes]:
        """Return all sheets as PDF: best called when the last ones are in print."""
        files = {}
        for writer, sheets in self._written:
            for stem, sheet in sheets.items():
                files[f"{stem}.pdf"] = writer.write([sheet], sheet.title)
        return files

    def pictures(self) -> dict[str, bytes]:
        """Return the pictures of all sheets, with the files that tell a GIS where they lie."""
        return {name: data for picture in self._waiting for name, data in picture.result().items()}

    def _ground(self, below: bytes, dpi: int) -> Backdrop:
        return self._pictures.ground(below, dpi)

    def _paint(
        self, sheets: Mapping[str, Sheet], ground: Future[Backdrop], above: bytes, told: str
    ) -> dict[str, bytes]:
        from fsva.files.writers import png, worldfile

        about = [png.about(sheet) for sheet in sheets.values()]
        files: dict[str, bytes] = {}
        packed = self._pictures.pictures(ground.result(), above, about)
        for (stem, sheet), picture in zip(steps.walked(list(sheets.items())), packed, strict=True):
            name = f"{stem}.png"
            files |= {name: picture, **worldfile.beside(name, sheet, png.size_of(picture))}
            if told:
                self._progress(self._studio.texts(told, nama=stem))
        return files

    @cached_property
    def _pictures(self) -> Painter:
        """The painter of the pictures, with memory for the maps; made in the painter's thread."""
        return sheet_materials.painter_of(self._studio)


def draw(studio: Studio, maps: tuple[MapSpecification, ...], progress: Progress) -> PrintedSheets:
    """Draw maps beside the atlas, each as PDF and PNG.

    Parameters
    ----------
    studio : Studio
        From ``fsva.runs.sheet_materials.studio_of``.
    maps : tuple of MapSpecification
        At least one.
    progress : callable
        Is told in words what has been done.
    """
    return atlas(studio, maps, None, progress, with_list=False)
