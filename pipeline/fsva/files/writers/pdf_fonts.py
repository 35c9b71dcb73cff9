"""Fonts inside a PDF: only the glyphs that are used, with the letters they stand for.

Owns the font objects of the file.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from fsva.drawing.paper import missing_letters
from fsva.drawing.paper.fonts import Face, Faces
from fsva.drawing.paper.scene import FaceName, Sheet
from fsva.files.packing import deflate_streams
from fsva.files.writers import pdf_content

_OF_NUMBERS: FaceName = "regular"
_DIGITS = "0123456789"


@dataclass(frozen=True, eq=False)
class Embedded:
    """A font with only the glyphs that some sheets use.

    Parameters
    ----------
    face : Face
        The whole font.
    used : dict of int to str
        Glyph number to the letter that it stands for.
    data : bytes
        The subset of the font file, compressed.
    """

    face: Face
    used: dict[int, str]
    data: bytes

    @cached_property
    def widths(self) -> list[tuple[int, int]]:
        """Glyph numbers and advances, in thousandths of the type size."""
        face = self.face
        per_mille = 1000 / face.units_per_em
        return [(n, round(face.natural_width(n) * per_mille)) for n in sorted(self.used)]

    @cached_property
    def letters(self) -> bytes:
        """The compressed map from glyph numbers to letters, for search and copy."""
        return deflate_streams.packed(_to_unicode(self.used))


def embed(sheets: Sequence[Sheet], faces: Faces) -> dict[str, Embedded]:
    """Subset each font to the glyphs that sheets use.

    Returns
    -------
    dict of str to Embedded
        By resource name; fonts that no text uses are left out.
    """
    used = _glyphs_used(sheets, faces)
    return {
        pdf_content.RESOURCE[name]: Embedded(
            face, used[name], deflate_streams.packed(face.subset(used[name]))
        )
        for name, face in faces.items()
        if used[name]
    }


def _glyphs_used(sheets: Sequence[Sheet], faces: Faces) -> dict[str, dict[int, str]]:
    """Return the glyphs of each font with the letters that they stand for."""
    used: dict[str, dict[int, str]] = {name: {} for name in faces}
    if any(True for sheet in sheets for _ in sheet.texts()):
        # The number of a page may be written on any sheet that has words.
        used[_OF_NUMBERS] = {
            g.number: _DIGITS[g.cluster] for g in faces[_OF_NUMBERS].shape(_DIGITS)
        }
    written = sorted({(t.face, t.text) for sheet in sheets for t in sheet.texts()})
    for face, words in written:
        for glyph in faces[face].shape(words):
            used[face][glyph.number] = words[glyph.cluster]
        used[face][faces[face].shape(" ")[0].number] = " "
    if any(missing_letters.MISSING in glyphs for glyphs in used.values()):
        missing_letters.refuse(written, faces)
    return used


def font(pdf: Pdf, embedded: Embedded) -> Object:
    """Add a composite font to a file; its character codes are glyph numbers."""
    face, used = embedded.face, embedded.used
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
        FontFile2=pdf.make_stream(embedded.data, Filter=Name.FlateDecode),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        W=Array([part for n, width in embedded.widths for part in (n, Array([width]))]),
        CIDToGIDMap=Name.Identity,
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(embedded.letters, Filter=Name.FlateDecode),
    )
    return pdf.make_indirect(font)


def _subset_tag(used: dict[int, str]) -> str:
    """Return six capital letters, derived from the glyphs (ISO 32000, 9.9.2)."""
    number = zlib.crc32(",".join(str(n) for n in sorted(used)).encode("ascii"))
    return "".join(chr(65 + number // 26**place % 26) for place in range(6))


def _to_unicode(used: dict[int, str]) -> bytes:
    """Return the map from glyph numbers to letters in PostScript."""
    rows = [
        f"<{n:04X}> <{letter.encode('utf-16-be').hex().upper()}>"
        for n, letter in sorted(used.items())
    ]
    blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")
