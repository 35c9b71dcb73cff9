"""What a PDF says of itself: title, language, edition, and how its colours are meant.

Owns metadata and output intent; no dates, so that the bytes do not change.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.figures.scene import Sheet
from pipeline.files import colours
from pipeline.files.pdf_fonts import LEVEL

PRODUCER = "fsva-atlas"


def describe(pdf: Pdf, sheets: Sequence[Sheet], title: str) -> None:
    """Set language, title, metadata and the meaning of the colours.

    Parameters
    ----------
    pdf : Pdf
        The file.
    sheets : sequence of Sheet
        Its pages.
    title : str
        Title of the document.
    """
    sheet = sheets[0]
    pdf.Root.Lang = String(sheet.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.OutputIntents = Array([_srgb(pdf)])
    subject = " ".join(part for part in (sheet.edition, _source(sheets)) if part)
    info = {"/Title": title, "/Author": sheet.author, "/Subject": subject,
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
        if subject:
            xmp["dc:description"] = subject


def _source(sheets: Sequence[Sheet]) -> str:
    """Return the sources of a single map; those of an atlas stand on its pages."""
    return sheets[0].source if len(sheets) == 1 else ""


def _srgb(pdf: Pdf) -> Dictionary:
    """Say that the colours of all pages are meant as sRGB (ISO 32000, 14.11.5)."""
    profile = zlib.compress(colours.srgb_profile(), LEVEL)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=String(colours.SRGB),
        RegistryName=String("http://www.color.org"),
        Info=String(colours.SRGB),
        DestOutputProfile=pdf.make_stream(profile, N=3, Filter=Name.FlateDecode),
    )
