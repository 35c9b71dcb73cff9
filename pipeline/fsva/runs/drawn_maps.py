"""The maps of an edition one by one, as bytes, for notebooks and other programs.

Owns the choice of one sheet of an atlas and its writer. The bytes equal those of the same map in
the output folder. It imports heavy libraries when it draws a map.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from fsva.core.errors import UsageError
from fsva.runs import sheet_materials

if TYPE_CHECKING:
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.paper.scene import Sheet
    from fsva.files.writers.pdf import PdfWriter
    from fsva.words.specification import MapSpecification

MapFormat = Literal["pdf", "png", "svg"]


@dataclass(frozen=True, eq=False)
class DrawnMaps:
    """The maps of an edition, drawn when the first of them is asked for.

    Parameters
    ----------
    maps : tuple of MapSpecification
        One for each measure.
    materials : callable
        Gathers what they are drawn with; called when the first is drawn.
    """

    maps: tuple[MapSpecification, ...]
    materials: Callable[[], Studio]

    @cached_property
    def specifications(self) -> dict[str, MapSpecification]:
        """The specification of each map, by the id of its measure."""
        return {shown.measure_id: shown for shown in self.maps}

    def write(self, measure: str, kind: str) -> bytes:
        """Return one map as a file of its kind.

        Parameters
        ----------
        measure : str
            One of ``specifications``.
        kind : {"pdf", "png", "svg"}
            The format.

        Raises
        ------
        FsvaError
            No such format; or the surroundings of the district cannot be read.
        """
        writers = {"pdf": self._pdf, "png": self._png, "svg": self._svg}
        if kind not in writers:
            raise UsageError("bentuk_peta", (), {"bentuk": kind, "ada": ", ".join(writers)})
        return writers[kind](list(self.specifications).index(measure))

    def _pdf(self, place: int) -> bytes:
        return self._writer.write([self._sheets[place]], self._sheets[place].title)

    def _png(self, place: int) -> bytes:
        from fsva.drawing.paper import scene
        from fsva.files.writers import png

        below, above = scene.split(list(self._sheets))
        painter = sheet_materials.painter_of(self._studio)
        ground = painter.ground(self._writer.pages([below]), self._studio.layout.dpi)
        page = self._writer.pages([above[place]])
        (picture,) = painter.pictures(ground, page, [png.about(self._sheets[place])])
        return picture

    def _svg(self, place: int) -> bytes:
        from fsva.files.writers import on_request

        maps = [self.maps[place]]
        files = on_request.files(("svg",), maps, [self._sheets[place]], self._studio)
        return files[f"{maps[0].file_stem}.svg"]

    @cached_property
    def _studio(self) -> Studio:
        return self.materials()

    @cached_property
    def _sheets(self) -> tuple[Sheet, ...]:
        from fsva.drawing.sheets import sheet

        return sheet.sheets(self._studio, list(self.maps))

    @cached_property
    def _writer(self) -> PdfWriter:
        from fsva.files.writers import pdf

        return pdf.PdfWriter(list(self._sheets), self._studio.faces)
