"""From the output folders of many atlases to their common tables, layer and maps.

Owns the order and the manifest. It reads through ``fsva.sources.outputs`` and writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fsva.config.styles import national_look
from fsva.core import resources, toml
from fsva.core.columns import DISTRICT
from fsva.core.errors import CompareError, Place, StyleError, failures
from fsva.core.publishing import manifest
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.config.styles.national_look import NationalLook
    from fsva.drawing.national.national_map import NationalMap
    from fsva.index.national import Compared
    from fsva.sources.outputs.atlas_outputs import AtlasOutput

COMMAND = "nasional"
VILLAGE_MAP, DISTRICT_MAP = "peta-nasional-desa", "peta-nasional-kabupaten"
_LAND = -1  # of a class: a district that is not compared


def read(folders: Sequence[Path]) -> Compared:
    """Read all atlases; each district may be named once.

    Raises
    ------
    CompareError
        Two atlases are of the same district.
    FsvaError
        Some cannot be read; the errors name their files.
    """
    from fsva.index import national
    from fsva.sources.outputs import atlas_outputs

    outputs: list[AtlasOutput] = []
    problems = failures(folders, lambda folder: outputs.append(atlas_outputs.read(folder)))
    if problems:
        problems[0].others = [*problems[0].others, *problems[1:]]
        raise problems[0]
    places: dict[str, Path] = {}
    for output in outputs:
        first = places.setdefault(output.code, output.folder)
        if first != output.folder:
            raise CompareError("nasional_dua", [Place(first), Place(output.folder)])
    return national.compared(outputs)


@dataclass(frozen=True, eq=False)
class NationalRun:
    """The files of many districts together.

    Parameters
    ----------
    compared : Compared
        From ``read``.
    texts : Texts
        The language.
    """

    compared: Compared
    texts: Texts

    def files(self) -> dict[str, bytes]:
        """Return tables, layer and maps, and their manifest."""
        from fsva.files.national import national_layer, national_tables
        from fsva.sources.outputs import atlas_outputs

        names = toml.read(resources.packaged("styles") / "provinsi.toml", StyleError)
        files = national_tables.files(self.compared, names)
        if self.outlines:
            layer = national_layer.write(self.compared, self.outlines, self.texts)
            files[national_layer.FILE_NAME] = layer
            files |= self._maps()
        inputs = {
            f"{output.code}/{file.name}": manifest.hash_file(file)
            for output in self.compared.outputs
            for file in atlas_outputs.inputs(output.folder)
            if file.is_file()
        }
        return files | {manifest.FILE_NAME: manifest.make(self._facts(), inputs, files)}

    @cached_property
    def outlines(self) -> dict[str, Any]:
        """The districts that have a layer, each as one shape in degrees, by their codes."""
        import shapely

        return {
            output.code: shapely.union_all(
                [village.shape for village in output.villages if village.shape is not None]
            )
            for output in self.compared.outputs
            if output.has_layer
        }

    @cached_property
    def look(self) -> NationalLook:
        """Paper, type and colours."""
        return national_look.load()

    def _facts(self) -> dict[str, Any]:
        drafts = [output.name for output in self.compared.outputs if output.is_draft]
        return {
            "perintah": COMMAND,
            **({"draf": drafts} if drafts else {}),
            "metode": self.compared.method,
            "dasar": self.compared.baseline or None,
            "bahasa": self.texts.language,
            DISTRICT: {
                output.code: {"nomor": output.number, "tahun": output.year}
                for output in self.compared.outputs
            },
        }

    def _maps(self) -> dict[str, bytes]:
        """Draw both maps and write each as PDF and PNG."""
        from fsva.drawing.national import draft_mark, national_map
        from fsva.drawing.paper import fonts, scene
        from fsva.files.writers import pdf, png

        faces = fonts.load(resources.packaged("styles") / "fonts")
        maps = {VILLAGE_MAP: self.of_villages(), DISTRICT_MAP: self.of_districts()}
        sheets = {
            stem: national_map.sheet(shown, self.look, faces, self.texts.language)
            for stem, shown in maps.items()
        }
        writer = pdf.PdfWriter(list(sheets.values()), faces)
        files = {f"{stem}.pdf": writer.write([s], s.title) for stem, s in sheets.items()}
        colours = {row.colour for shown in maps.values() for row in shown.legend}
        colours |= {*draft_mark.colours()} if any(shown.marks for shown in maps.values()) else set()
        painter = png.Painter(png.palette([self.look.ink, self.look.sea, *sorted(colours)]))
        below, above = scene.split(list(sheets.values()))
        ground = painter.ground(writer.pages([below]), self.look.dpi)
        about = [png.about(sheet) for sheet in sheets.values()]
        pictures = painter.pictures(ground, writer.pages(above), about)
        return files | {f"{s}.png": data for s, data in zip(sheets, pictures, strict=True)}

    def of_villages(self) -> NationalMap:
        """Return the map of the villages by their class."""
        from fsva.drawing.national.national_map import NationalMap, NationalRow
        from fsva.words.national import national_words

        compared, texts = self.compared, self.texts
        colours = self._class_colours()
        rows = [
            (compared.is_comparable(output), village)
            for output in compared.outputs
            for village in output.villages
            if village.shape is not None
        ]
        words = national_words.classes(compared, texts)
        return self._marked(
            NationalMap(
                texts("nasional.judul_desa"),
                _array([village.shape for _, village in rows]),
                [colours[village.class_ if known else _LAND] for known, village in rows],
                [village.code for _, village in rows],
                _array(list(self.outlines.values())),
                self.look.village_line,
                [NationalRow(colours[number], said) for number, said in words],
                national_words.notes(compared, texts),
                "; ".join([texts("nasional.judul_desa"), *(said for _, said in words)]),
            )
        )

    def of_districts(self) -> NationalMap:
        """Return the map of the districts by their share of vulnerable villages."""
        from fsva.drawing.national.national_map import NationalMap, NationalRow
        from fsva.words.national import national_words

        compared, look, texts = self.compared, self.look, self.texts
        said = national_words.steps(compared, look, texts)
        rows = [NationalRow(s.colour, w) for s, w in zip(look.steps, said, strict=True)]
        if compared.others:
            other = texts(
                "nasional.baris",
                nama=texts("nasional.tak_sebanding"),
                jumlah=len(compared.others),
            )
            rows.append(NationalRow(look.colours.incomparable, other))
        shapes = _array(list(self.outlines.values()))
        return self._marked(
            NationalMap(
                texts("nasional.judul_kabupaten"),
                shapes,
                self._share_colours(),
                list(self.outlines),
                shapes,
                look.district_line,
                rows,
                national_words.notes(compared, texts),
                "; ".join([texts("nasional.judul_kabupaten"), *said]),
            )
        )

    def _marked(self, shown: NationalMap) -> NationalMap:
        """Return a map that says which of its districts are drafts, if any is one."""
        from fsva.drawing.national import draft_mark
        from fsva.drawing.national.national_map import NationalRow
        from fsva.words.national import national_words

        texts = self.texts
        marks = national_words.draft_marks(self.compared, texts)
        if not marks:
            return shown
        drafts = [output for output in self.compared.outputs if output.is_draft]
        drawn = [self.outlines[one.code] for one in drafts if one.code in self.outlines]
        said = texts("nasional.baris", nama=texts("nasional.batas_draf"), jumlah=len(drafts))
        row = NationalRow(self.look.colours.none, said, draft_mark.border())
        return replace(
            shown,
            title=texts("draf.judul", judul=shown.title),
            legend=[*shown.legend, row],
            drafts=_array(drawn),
            marks=marks,
            told=f"{marks[0]}. {shown.told}",
        )

    def _class_colours(self) -> Mapping[int, str]:
        colours = {one.number: one.colour for one in self.compared.comparable[0].method.classes}
        other = self.look.colours
        return {**colours, 0: other.none, _LAND: other.incomparable}

    def _share_colours(self) -> list[str]:
        from fsva.index import national

        colours = []
        for output in self.compared.outputs:
            if output.code not in self.outlines:
                continue
            share = national.of_district(output).share
            if not self.compared.is_comparable(output):
                colours.append(self.look.colours.incomparable)
            elif share != share:
                colours.append(self.look.colours.none)
            else:
                colours.append(self.look.steps[self.look.step(share)].colour)
        return colours


def _array(shapes: Sequence[Any]) -> Any:  # noqa: ANN401 - an array of shapes
    import numpy as np

    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array
