"""The ways through a PDF: bookmarks, names of pages, links.

Owns these objects of the file. What the headings say is known to ``fsva.words.atlas``.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

from fsva.drawing.paper.scene import MM_PER_PT, Link, Sheet, Tag
from fsva.words.atlas.page_headings import PartHeading

# Bit 3 of an annotation's flags: it is printed; PDF/A asks for it.
_PRINTED = 4


def lead(pdf: Pdf, sheets: Sequence[Sheet], headings: Sequence[PartHeading] = ()) -> None:
    """Give a file its bookmarks, and each page the label of its sheet.

    Parameters
    ----------
    sheets : sequence of Sheet
        One per page.
    headings : sequence of PartHeading
        The bookmarks; without them each sheet has its own.
    """
    every = headings or [
        PartHeading(s.bookmark or s.title, n) for n, s in enumerate(sheets, start=1)
    ]
    with pdf.open_outline() as outline:
        outline.root.extend(_item(heading) for heading in every)
    if any(sheet.label for sheet in sheets):
        labels = [
            part
            for n, sheet in enumerate(sheets)
            for part in (n, Dictionary(P=String(sheet.label or str(n + 1))))
        ]
        pdf.Root.PageLabels = Dictionary(Nums=Array(labels))


def _item(heading: PartHeading) -> OutlineItem:
    item = OutlineItem(heading.words, heading.page - 1)
    item.children.extend(_item(below) for below in heading.under)
    item.is_closed = True
    return item


def links(pdf: Pdf, sheets: Sequence[Sheet]) -> list[dict[Tag, Object]]:
    """Add the links of sheets to their pages.

    Returns
    -------
    list of dict of tuple of str to Object
        Per page: the annotation of each link by its tag.
    """
    made = [{link.tag: _annotation(pdf, sheet, link) for link in sheet.links} for sheet in sheets]
    for page, own in zip(pdf.pages, made, strict=True):
        if own:
            page.obj.Annots = Array(own.values())
    return made


def _annotation(pdf: Pdf, sheet: Sheet, link: Link) -> Object:
    box = sheet.placed.on_paper(link.box)
    edges = [round(mm / MM_PER_PT, 2) for mm in (box.left, box.bottom, box.right, box.top)]
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array(edges),
            Border=Array([0, 0, 0]),
            F=_PRINTED,
            Contents=String(link.words),
            Dest=Array([pdf.pages[link.page - 1].obj, Name.Fit]),
        )
    )
