"""Sheets as PDF: vector, fonts embedded, text searchable, the same bytes every time.

Owns the structure of the file (pages, fonts, metadata, bookmarks), through pikepdf. What is
drawn is in ``pipeline.files.content``.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

from pipeline.figures.fonts import Face, Faces
from pipeline.figures.scene import MM_PER_PT, Layer, Sheet
from pipeline.files import content

PRODUCER = "fsva-atlas"
# Higher levels take three times as long and save two per cent.
_LEVEL = 6


class PdfWriter:
    """Writes any choice of a set of sheets; what they share is encoded once.

    Parameters
    ----------
    sheets : sequence of Sheet
        All sheets that will be written.
    faces : Faces
        Type faces of their texts.
    """

    def __init__(self, sheets: Sequence[Sheet], faces: Faces) -> None:
        layers = {id(layer): layer for sheet in sheets for layer in sheet.layers}
        self._layers = layers
        self._streams = {
            key: zlib.compress(content.stream(layer, faces), _LEVEL)
            for key, layer in layers.items()
        }
        used = _glyphs_used(sheets, faces)
        self._fonts = {
            name: (face, used[name], zlib.compress(face.subset(used[name]), _LEVEL))
            for name, face in faces.items()
            if used[name]
        }

    def write(self, sheets: Sequence[Sheet], title: str) -> bytes:
        """Return a PDF 1.7 file with a page per sheet and, for several, bookmarks.

        Parameters
        ----------
        sheets : sequence of Sheet
            Some of the writer's sheets.
        title : str
            Title of the document.
        """
        with pikepdf.new() as pdf:
            resources = pdf.make_indirect(Dictionary(Font=self._font_resources(pdf)))
            placed: dict[int, Object] = {}
            for sheet in sheets:
                self._add_page(pdf, sheet, resources, placed)
            _describe(pdf, sheets[0], title)
            if len(sheets) > 1:
                with pdf.open_outline() as outline:
                    outline.root.extend(OutlineItem(s.title, n) for n, s in enumerate(sheets))
            target = io.BytesIO()
            pdf.save(
                target,
                deterministic_id=True,
                min_version="1.7",
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                # The streams are compressed already, always with the same settings.
                compress_streams=False,
            )
        return target.getvalue()

    def _add_page(
        self, pdf: Pdf, sheet: Sheet, resources: Object, placed: dict[int, Object]
    ) -> None:
        for layer in sheet.layers:
            if id(layer) not in placed:
                placed[id(layer)] = self._stream(pdf, layer)
        size = [round(mm / MM_PER_PT, 2) for mm in (sheet.width_mm, sheet.height_mm)]
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, *size]),
            Resources=resources,
            Contents=Array([placed[id(layer)] for layer in sheet.layers]),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))

    def _stream(self, pdf: Pdf, layer: Layer) -> Object:
        return pdf.make_stream(self._streams[id(layer)], Filter=Name.FlateDecode)

    def _font_resources(self, pdf: Pdf) -> Dictionary:
        fonts = {
            content.RESOURCE[name]: _font(pdf, *embedded) for name, embedded in self._fonts.items()
        }
        return Dictionary(fonts)


def _glyphs_used(sheets: Sequence[Sheet], faces: Faces) -> dict[str, dict[int, str]]:
    """Return the glyphs of each face with the letters that they stand for."""
    used: dict[str, dict[int, str]] = {name: {} for name in faces}
    for text in sorted({(t.face, t.text) for sheet in sheets for t in sheet.texts()}):
        face, words = text
        for glyph in faces[face].shape(words):
            used[face][glyph.number] = words[glyph.cluster]
    return used


def _font(pdf: Pdf, face: Face, used: dict[int, str], data: bytes) -> Object:
    """Embed the used glyphs as a composite font whose codes are glyph numbers."""
    per_mille = 1000 / face.units_per_em
    ascent, descent = (round(e * per_mille) for e in face.extents)
    name = Name(f"/{_subset_tag(used)}+{face.postscript_name}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=Array([-550, descent - 100, 2000, ascent + 100]),
        ItalicAngle=-12 if face.name == "italic" else 0,
        Ascent=ascent,
        Descent=descent,
        CapHeight=729,
        StemV=140 if face.name == "bold" else 80,
        FontFile2=pdf.make_stream(data, Filter=Name.FlateDecode),
    )
    widths: list[Any] = []
    for number in sorted(used):
        widths += [number, Array([round(face.natural_width(number) * per_mille)])]
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        W=Array(widths),
        CIDToGIDMap=Name.Identity,
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(
            zlib.compress(_to_unicode(used), _LEVEL), Filter=Name.FlateDecode
        ),
    )
    return pdf.make_indirect(font)


def _subset_tag(used: dict[int, str]) -> str:
    """Return six capital letters that depend on the glyphs only (ISO 32000, 9.9.2)."""
    number = zlib.crc32(",".join(str(n) for n in sorted(used)).encode("ascii"))
    return "".join(chr(65 + number // 26**place % 26) for place in range(6))


def _to_unicode(used: dict[int, str]) -> bytes:
    """Return the map from glyph numbers to letters that searching and copying need."""
    rows = [f"<{n:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for n, letter in
            sorted(used.items())]  # fmt: skip
    blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")


def _describe(pdf: Pdf, sheet: Sheet, title: str) -> None:
    """Set language, title and metadata; no dates, so that the bytes do not change."""
    pdf.Root.Lang = String(sheet.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    info = {"/Title": title, "/Author": sheet.author, "/Subject": sheet.subject,
            "/Producer": PRODUCER}  # fmt: skip
    for key, value in info.items():
        if value:
            pdf.docinfo[key] = value
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = title
        xmp["dc:language"] = [sheet.language]
        xmp["pdf:Producer"] = PRODUCER
        if sheet.author:
            xmp["dc:creator"] = [sheet.author]
        if sheet.subject:
            xmp["dc:description"] = sheet.subject
