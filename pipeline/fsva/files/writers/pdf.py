"""Sheets as PDF: vector, searchable, accessible and georeferenced, with embedded fonts.

Owns the pages of the file, through pikepdf, and makes the bytes the same every time. Drawing
operators are in ``pdf_content``; fonts, structure, georeference, shades, pictures, metadata and
bookmarks in ``pdf_fonts``, ``pdf_tags``, ``pdf_ground``, ``pdf_shades``, ``pdf_pictures``,
``pdf_info`` and ``pdf_outline``.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from fsva.drawing.paper import digests, placing
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import AS_DRAWN, MM_PER_PT, Layer, Sheet
from fsva.files.packing import deflate_streams, pdf_objects
from fsva.files.packing.stream_shelf import PackedStream, StreamShelf
from fsva.files.writers import (
    pdf_content,
    pdf_fonts,
    pdf_ground,
    pdf_info,
    pdf_outline,
    pdf_pictures,
    pdf_shades,
    pdf_tags,
)
from fsva.files.writers.pdf_content import Stream
from fsva.words.atlas.page_headings import PartHeading


class PdfWriter:
    """Writes any selection of a set of sheets, and encodes shared layers only once.

    Parameters
    ----------
    sheets : sequence of Sheet
        All sheets from which selections are written.
    faces : Faces
        Fonts of their texts.
    shelf : StreamShelf or None
        Streams of an earlier run.
    """

    def __init__(
        self, sheets: Sequence[Sheet], faces: Faces, shelf: StreamShelf | None = None
    ) -> None:
        self._faces, self._firsts, self._shelf = faces, _first_marks(sheets), shelf
        self._fonts = pdf_fonts.embed(sheets, faces)
        self._stream, self._packed = cache(self._drawn), cache(self._compressed)

    def _drawn(self, layer: Layer) -> Stream:
        # A layer that no sheet had at first, such as the number of a page, has no marked part.
        first = self._firsts.get(layer, 0)
        if self._shelf and (known := self._shelf.get(self._key(layer))):
            return Stream(deflate_streams.unpacked(known.data, known.size), first, known.tags)
        return pdf_content.stream(layer, self._faces, first)

    def _compressed(self, layer: Layer) -> bytes:
        if self._shelf is None:
            return deflate_streams.packed(self._stream(layer).content)
        key, drawn = self._key(layer), self._stream(layer)
        if known := self._shelf.get(key):
            return known.data
        packed = deflate_streams.packed(drawn.content)
        self._shelf.put(key, PackedStream(drawn.tags, len(drawn.content), packed))
        return packed

    def _key(self, layer: Layer) -> str:
        """Return the key of a stream: what it draws, and the number of its first marked part."""
        return f"{self._firsts.get(layer, 0)} {digests.layer_exactly(layer).hex()}"

    def write(self, sheets: Sequence[Sheet], title: str) -> bytes:
        """Return a PDF 1.7 file with a page per sheet and, for several, bookmarks."""
        return bound([BoundPart(self, sheets)], title)

    def add(self, pdf: Pdf, sheets: Sequence[Sheet], resources: Object) -> list[list[Stream]]:
        """Add a page per sheet to a file.

        Parameters
        ----------
        resources : Object
            From ``resources``, for these sheets.

        Returns
        -------
        list of list of Stream
            The streams of each page, whose marked parts have a place in the structure.
        """
        flate = Name.FlateDecode
        placed = {
            unique: pdf.make_stream(self._packed(unique), Filter=flate) for unique in _all(sheets)
        }
        _add_pages(pdf, sheets, placed, resources)
        return [[self._stream(layer) for layer in sheet.layers] for sheet in sheets]

    def shared(self, sheets: Sequence[Sheet]) -> tuple[object, ...]:
        """Return what the files of some sheets owe to all sheets: glyphs, and numbers of marks."""
        glyphs = {name: sorted(font.used.items()) for name, font in sorted(self._fonts.items())}
        return glyphs, [self._firsts[layer] for sheet in sheets for layer in sheet.layers]

    def pages(self, sheets: Sequence[Sheet]) -> bytes:
        """Return an uncompressed PDF file of pages without metadata, from which pictures are drawn.

        Parameters
        ----------
        sheets : sequence of Sheet
            Consist of layers of the writer's sheets.
        """
        with pikepdf.new() as pdf:
            placed = {sheet: pdf.make_stream(self._stream(sheet).content) for sheet in _all(sheets)}
            _add_pages(pdf, sheets, placed, self.resources(pdf, sheets))
            return _saved(pdf, packs=False)

    def resources(self, pdf: Pdf, sheets: Sequence[Sheet]) -> Object:
        """Add the fonts and pictures that pages of sheets draw with to a file."""
        fonts = {name: pdf_fonts.font(pdf, face) for name, face in self._fonts.items()}
        shades = {f"/{s.name}": s for sheet in sheets for s in sheet.shades()}
        images = {name: pdf_shades.image(pdf, shade) for name, shade in sorted(shades.items())}
        pictures = {f"/{p.name}": p for sheet in sheets for p in sheet.pictures()}
        images |= {
            name: pdf_pictures.image(pdf, picture) for name, picture in sorted(pictures.items())
        }
        resources = pdf.make_indirect(Dictionary(Font=Dictionary(fonts)))
        if images:
            resources.XObject = Dictionary(images)
        return resources


@dataclass(frozen=True, eq=False)
class BoundPart:
    """Sheets of one writer within a file.

    Parameters
    ----------
    writer : PdfWriter
        Encodes their layers.
    sheets : sequence of Sheet
        Consist of its layers, and of layers without marked parts.
    """

    writer: PdfWriter
    sheets: Sequence[Sheet]


def bound(parts: Sequence[BoundPart], title: str, headings: Sequence[PartHeading] = ()) -> bytes:
    """Return a PDF 1.7 file of the sheets of several writers, a page for each.

    Parameters
    ----------
    parts : sequence of BoundPart
        In the order of the pages; what their writers have encoded already is not encoded again.
    headings : sequence of PartHeading
        The bookmarks; without them each page of a file of several has one.
    """
    sheets = [sheet for part in parts for sheet in part.sheets]
    with pikepdf.new() as pdf:
        marked = list(_added(pdf, parts))
        for sheet, page in zip(sheets, pdf.pages, strict=True):
            pdf_ground.place(pdf, page.obj, sheet.grounds)
        pdf_tags.describe(pdf, sheets, marked, pdf_outline.links(pdf, sheets))
        pdf_info.describe(pdf, sheets, title)
        _exact(pdf)
        if len(sheets) > 1:
            pdf_outline.lead(pdf, sheets, headings)
        return _saved(pdf)


def _exact(pdf: Pdf) -> None:
    """Make pages that fall short of a paper of ISO 216 by parts of a millimetre as large as it."""
    for page in pdf.pages:
        size = [float(side) for side in page.mediabox[2:]]
        sides = (placing.paper_side(points * MM_PER_PT) / MM_PER_PT for points in size)
        page.mediabox = Array([0, 0, *(round(side, 2) for side in sides)])


def _added(pdf: Pdf, parts: Sequence[BoundPart]) -> Iterator[list[Stream]]:
    """Add the pages of all parts; those of one writer share its fonts and pictures."""
    own: dict[PdfWriter, Object] = {}
    for part in parts:
        if part.writer not in own:
            every = [s for other in parts if other.writer is part.writer for s in other.sheets]
            own[part.writer] = part.writer.resources(pdf, every)
        yield from part.writer.add(pdf, part.sheets, own[part.writer])


def _add_pages(
    pdf: Pdf, sheets: Sequence[Sheet], placed: Mapping[Layer, Object], resources: Object
) -> None:
    for sheet in sheets:
        page = _page(pdf, sheet, resources, placed)
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _page(pdf: Pdf, sheet: Sheet, resources: Object, placed: Mapping[Layer, Object]) -> Dictionary:
    size = [round(mm / MM_PER_PT, 2) for mm in (sheet.width_mm, sheet.height_mm)]
    contents = [placed[layer] for layer in sheet.layers]
    if sheet.placed != AS_DRAWN:
        before, after = pdf_content.moved(sheet.placed)
        contents = [pdf.make_stream(before), *contents, pdf.make_stream(after)]
    return Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *size]),
        Resources=resources,
        Contents=Array(contents),
    )


def _all(sheets: Sequence[Sheet]) -> list[Layer]:
    """Return the layers of sheets without repetition."""
    return list(dict.fromkeys(layer for sheet in sheets for layer in sheet.layers))


def _first_marks(sheets: Sequence[Sheet]) -> dict[Layer, int]:
    """Return the number of each layer's first marked part; numbers are unique on a page.

    Layers of several pages come first and keep their numbers on all of them.
    """
    uses = Counter(layer for sheet in sheets for layer in sheet.layers)
    firsts, after_shared = {}, 0
    for layer in (layer for layer, count in uses.items() if count > 1):
        firsts[layer] = after_shared
        after_shared += pdf_content.parts(layer)
    for sheet in sheets:
        number = after_shared
        for layer in (single for single in sheet.layers if uses[single] == 1):
            firsts[layer] = number
            number += pdf_content.parts(layer)
    return firsts


def _saved(pdf: Pdf, *, packs: bool = True) -> bytes:
    target = io.BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        min_version="1.7",
        # The metadata state no version of PDF; to look for one, they would be parsed again.
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        # The streams are compressed already; qpdf would compress the rest with the system's zlib.
        compress_streams=False,
        recompress_flate=False,
    )
    return pdf_objects.packed(target.getvalue()) if packs else target.getvalue()
