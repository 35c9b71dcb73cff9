"""Sheets into print: their pictures while others are laid out, and all of them as PDF in the end.

Owns which thread does what, and which files of the earlier run need no printing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

from fsva.core.screens import steps
from fsva.runs import sheet_materials
from fsva.runs.kept.kept_results import Kept
from fsva.runs.run_order import Progress

if TYPE_CHECKING:
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.paper.scene import Sheet
    from fsva.files.packing.stream_shelf import StreamShelf
    from fsva.files.writers.pdf import BoundPart, PdfWriter
    from fsva.files.writers.png import Backdrop, Painter


class SheetPress:
    """Draws pictures of sheets while others are laid out, and writes all as PDF in the end.

    Parameters
    ----------
    studio : Studio
        Colours and type faces.
    painter : ThreadPoolExecutor
        One thread, for the pictures.
    progress : callable
        Receives a sentence per finished picture.
    kept : Kept or None
        Gives the files of the earlier run that would be written again as they are.
    """

    def __init__(
        self,
        studio: Studio,
        painter: ThreadPoolExecutor,
        progress: Progress,
        kept: Kept | None = None,
    ) -> None:
        self._studio, self._painter, self._progress = studio, painter, progress
        self._kept = kept
        self._written: list[tuple[PdfWriter, Mapping[str, Sheet]]] = []
        self._waiting: list[Future[dict[str, bytes]]] = []

    @property
    def shelf(self) -> StreamShelf | None:
        """The streams of an earlier run."""
        return self._kept.streams if self._kept else None

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
        writer = pdf.PdfWriter(drawn, self._studio.faces, self.shelf)
        self._written.append((writer, sheets))
        sources = {stem: self._picture_source(sheet, dpi) for stem, sheet in sheets.items()}
        known = {stem: self._taken(f"{stem}.png", made) for stem, made in sources.items()}
        taken = {stem: picture for stem, picture in known.items() if picture is not None}
        below, above = scene.split(drawn)
        due = [page for stem, page in zip(sheets, above, strict=True) if stem not in taken]
        # The ground of the pictures is drawn while the streams of what is above it are made.
        ground = self._painter.submit(self._ground, writer.pages([below]), dpi) if due else None
        pages = writer.pages(due) if due else b""
        done = self._painter.submit(self._pictured, sheets, ground, pages, taken, sources, told)
        self._waiting.append(done)
        return pdf.BoundPart(writer, drawn)

    def documents(self) -> dict[str, bytes]:
        """Return all sheets as PDF: best called when the last ones are in print."""
        files = {}
        for writer, sheets in self._written:
            for stem, sheet in sheets.items():
                name = f"{stem}.pdf"
                files[name] = self.document(writer, name, [sheet], sheet.title)
        return files

    def document(self, writer: PdfWriter, name: str, sheets: Sequence[Sheet], title: str) -> bytes:
        """Return a PDF of sheets, taken over if it would be written again as it is.

        Parameters
        ----------
        writer : PdfWriter
            Of these sheets, and perhaps others.
        name : str
            Of the file.
        title : str
            Of the document.
        """
        from fsva.drawing.paper import digests

        if self._kept is None:
            return writer.write(sheets, title)
        held = [digests.exactly(sheet) for sheet in sheets]
        source = self._kept.digest(held, writer.shared(sheets), title)
        found = self._taken(name, source)
        if found is None:
            found = writer.write(sheets, title)
            self._kept.former.made(name, source, found)
        return found

    def pictures(self) -> dict[str, bytes]:
        """Return the pictures of all sheets, with the files that tell a GIS where they lie."""
        return {name: data for picture in self._waiting for name, data in picture.result().items()}

    def _picture_source(self, sheet: Sheet, dpi: int) -> bytes:
        """Return the digest of all that a picture depends on; nothing if nothing is kept."""
        from fsva.drawing.paper import digests

        if self._kept is None:
            return b""
        colours = sheet_materials.colours_of(self._studio)
        return self._kept.digest(digests.exactly(sheet), dpi, colours)

    def _taken(self, name: str, source: bytes) -> bytes | None:
        return self._kept.former.taken(name, source) if self._kept else None

    def _ground(self, below: bytes, dpi: int) -> Backdrop:
        return self._pictures.ground(below, dpi)

    def _pictured(
        self,
        sheets: Mapping[str, Sheet],
        ground: Future[Backdrop] | None,
        above: bytes,
        taken: Mapping[str, bytes],
        sources: Mapping[str, bytes],
        told: str,
    ) -> dict[str, bytes]:
        """Paint what was not taken over, and return the pictures of all sheets in their order."""
        from fsva.files.writers import png, worldfile

        due = [png.about(sheet) for stem, sheet in sheets.items() if stem not in taken]
        packed = self._pictures.pictures(ground.result(), above, due) if ground else iter(())
        files: dict[str, bytes] = {}
        for stem, sheet in steps.walked(list(sheets.items())):
            name = f"{stem}.png"
            picture = taken[stem] if stem in taken else next(packed)
            if self._kept and stem not in taken:
                self._kept.former.made(name, sources[stem], picture)
            files |= {name: picture, **worldfile.beside(name, sheet, png.size_of(picture))}
            if told:
                self._progress(self._studio.texts(told, nama=stem))
        return files

    @cached_property
    def _pictures(self) -> Painter:
        """The painter of the pictures, with memory for the maps; made in the painter's thread."""
        return sheet_materials.painter_of(self._studio)
