"""The structure of a PDF: titles, tables, and pictures with alternative text, in reading order.

Owns the structure tree (ISO 32000, 14.7 and 14.8), built from the tags of the drawn items. Items
without a tag are decoration, which screen readers skip.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from fsva.core.box import Box
from fsva.drawing.paper.images import Picture
from fsva.drawing.paper.scene import MM_PER_PT, Sheet, Tag
from fsva.files.writers.pdf_content import PARTS, Stream, kind


@dataclass(eq=False)
class Node:
    """An element of the structure tree under construction.

    Parameters
    ----------
    tag : tuple of str
        Path from the sheet down to the element.
    marks : list of int
        Numbers of its marked parts.
    children : dict of str to Node
        Child elements by the last word of their tags.
    """

    tag: Tag
    marks: list[int] = field(default_factory=list)
    children: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class _Page:
    """What all elements of one page share."""

    pdf: Pdf
    page: Object
    sheet: Sheet
    owners: dict[int, Object]
    links: Mapping[Tag, Object]
    annotated: list[tuple[Object, Object]] = field(default_factory=list)

    def element(self, node: Node, parent: Object, row: Node | None = None) -> Object:
        """Make an element, of a row or not, and its children."""
        struct = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind(node.tag)}"), P=parent, Pg=self.page)
        )
        inner = [self.element(child, struct, node) for child in _in_order(node)]
        struct.K = Array([*node.marks, *inner, *self._annotations(node, struct)])
        self.owners.update(dict.fromkeys(node.marks, struct))
        self._describe(node, struct, row)
        return struct

    def _annotations(self, node: Node, element: Object) -> list[Dictionary]:
        """Return the reference to the annotation of a link, and register it as the link's."""
        if (annotation := self.links.get(node.tag)) is None:
            return []
        self.annotated.append((annotation, element))
        return [Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.page)]

    def _describe(self, node: Node, element: Object, row: Node | None) -> None:
        """Add alternative text and bounding box to pictures, and scope to the heads of tables."""
        if kind(node.tag) == "Figure":
            picture = self._pictures.get(node.tag)
            element.Alt = String(picture.alt if picture else self._spoken(node.tag))
            box = picture.box if picture else _box(self.sheet, node.tag)
            element.A = _place(self.sheet.placed.on_paper(box))
        elif kind(node.tag) == "TH":
            cells = row.children.values() if row else ()
            heads = node.tag[-2] == "TR 0" and all(kind(cell.tag) == "TH" for cell in cells)
            scope = Name.Column if heads else Name.Row
            element.A = Dictionary(O=Name.Table, Scope=scope)
            if spanned := node.tag[-1].split()[2:]:  # the head of the rows below it
                element.A.Scope, element.A.ColSpan = Name.Column, int(spanned[0])

    @cached_property
    def _pictures(self) -> dict[Tag, Picture]:
        """The first picture of each tag."""
        return {picture.tag: picture for picture in reversed(self.sheet.pictures())}

    def _spoken(self, tag: Tag) -> str:
        """Return what a picture shows: that of a part of the sheet, or one of several in a part."""
        words = self.sheet.in_words
        return words[tag[0]] if tag[0] in words else words[" ".join(tag)]


def describe(
    pdf: Pdf,
    sheets: Sequence[Sheet],
    marked: Sequence[Sequence[Stream]],
    links: Sequence[Mapping[Tag, Object]],
) -> None:
    """Add the structure tree to a file.

    Parameters
    ----------
    pdf : Pdf
        Has a page per sheet.
    sheets : sequence of Sheet
        Their pictures have alternative texts.
    links : sequence of mapping of tuple of str to Object
        The annotations of each page by the tags of the links.
    """
    pages = [page.obj for page in pdf.pages]
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    sections, numbers = [], []
    annotated: list[tuple[Object, Object]] = []
    rows = zip(pages, sheets, marked, links, strict=True)
    for n, (page, sheet, streams, own) in enumerate(rows):
        owners: dict[int, Object] = {}
        work = _Page(pdf, page, sheet, owners, own, annotated)
        section = pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem, S=Name.Sect, P=document, Pg=page, T=String(sheet.title)
            )
        )
        section.K = Array([work.element(node, section) for node in tree(streams)])
        sections.append(section)
        page.StructParents, page.Tabs = n, Name.S
        numbers += [n, Array([owners.get(number) for number in range(max(owners, default=-1) + 1)])]
    for n, (annotation, element) in enumerate(annotated, start=len(pages)):
        annotation.StructParent = n
        numbers += [n, element]
    document.K = Array(sections)
    root.K = Array([document])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(pages) + len(annotated)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def tree(streams: Sequence[Stream]) -> list[Node]:
    """Return the structure tree of a page, with its parts in reading order."""
    top = Node(())
    for stream in streams:
        for number, tag in enumerate(stream.tags, start=stream.first):
            node = top
            for depth, word in enumerate(tag, start=1):
                node = node.children.setdefault(word, Node(tag[:depth]))
            node.marks.append(number)
    order = list(PARTS)
    return sorted(top.children.values(), key=lambda node: order.index(node.tag[0]))


def _in_order(node: Node) -> list[Node]:
    """Return the children of an element; rows of a table get their missing cells."""
    if kind(node.tag) == "Table":
        _even_out([child for child in node.children.values() if kind(child.tag) == "TR"])
    if kind(node.tag) != "TR":
        return list(node.children.values())
    cells = {int(word.split()[1]): child for word, child in node.children.items()}
    missing = (Node((*node.tag, f"TD {n}")) for n in range(max(cells)))
    return [cells.get(n, empty) for n, empty in enumerate(chain(missing, [cells[max(cells)]]))]


def _even_out(rows: Sequence[Node]) -> None:
    """Give rows that end early, such as one of a total, an empty last cell."""
    ends = [max(map(_end, row.children)) for row in rows]
    for row, end in zip(rows, ends, strict=True):
        if end < max(ends):
            last = f"TD {max(ends) - 1}"
            row.children[last] = Node((*row.tag, last))


def _end(cell: str) -> int:
    """Return the column after a cell, e.g. 3 after ``TH 0 3``."""
    _, column, *spanned = cell.split()
    return int(column) + (int(spanned[0]) if spanned else 1)


def _box(sheet: Sheet, tag: Tag) -> Box:
    """Return the area of paper that the layers of a part cover."""
    boxes = [layer.clip for layer in sheet.layers if layer.tag == tag and layer.clip]
    return Box.around_all(boxes)


def _place(box: Box) -> Dictionary:
    edges = (box.left, box.bottom, box.right, box.top)
    corners = [round(mm / MM_PER_PT, 2) for mm in edges]
    return Dictionary(O=Name.Layout, BBox=Array(corners), Placement=Name.Block)
