"""Whether the maps of two sides look the same, and which elements differ.

Owns the pairing of pages by file name. It compares the files of output folders as they are, and
draws editions first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from fsva.comparison.maps.change_palette import PictureRules
from fsva.comparison.pictures import attribution, element_regions, page_pixels
from fsva.comparison.pictures.element_regions import Regions
from fsva.comparison.pictures.page_pixels import Pixels
from fsva.comparison.values.result import PictureChange
from fsva.comparison.values.side_data import SideData
from fsva.config.styles import layout
from fsva.config.styles.layout import Layout
from fsva.core import resources
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.scene import Sheet
from fsva.drawing.sheets import sheet as sheets
from fsva.files.writers import pdf
from fsva.runs.layers import village_sizes
from fsva.words import specification

_IDENTIFIER = re.compile(r"[a-z0-9-]+")
_LAYOUT, _THEME = "a4-mendatar", "standar"
_MAP = "peta-"  # how the names of maps begin
Shape = tuple[int, int]


@dataclass(frozen=True, eq=False)
class DrawnEdition:
    """The sheets of an edition and what they were drawn with.

    Parameters
    ----------
    sheets : dict of str to Sheet
        By the name of the file.
    layout : Layout
        Boxes.
    faces : Faces
        For measuring names.
    """

    sheets: dict[str, Sheet]
    layout: Layout
    faces: Faces


def of_outputs(a: SideData, b: SideData, rules: PictureRules) -> tuple[PictureChange, ...]:
    """Compare the maps of two output folders.

    Parameters
    ----------
    rules : PictureRules
        Threshold, and at how many pixels per inch PDF pages are drawn.

    Returns
    -------
    tuple of PictureChange
        By page; a page that one side lacks differs as a whole.
    """
    pages_a, pages_b = _pages(a.pictures), _pages(b.pictures)
    box = _layout_of(b)
    changes: list[PictureChange] = []
    for name in sorted(pages_a.keys() | pages_b.keys(), key=lambda name: (not _is_map(name), name)):
        if pages_a.get(name) == pages_b.get(name):
            continue
        if name not in pages_a or name not in pages_b:
            changes.append(PictureChange(name, "lembar", (), 1.0))
            continue
        pair = [page_pixels.of_file(name, side[name], rules.dpi) for side in (pages_a, pages_b)]
        known = box if _is_map(name) else None
        changes += _laid(pair[0], pair[1], partial(_boxes, known), rules)
    return tuple(changes)


def _is_map(name: str) -> bool:
    return name.startswith(_MAP)


def _boxes(known: Layout | None, shape: Shape) -> Regions:
    """Return the regions of a map; charts and overviews have boxes of their own."""
    return element_regions.of_layout(known, shape) if known else element_regions.unknown(shape)


def _pages(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the pictures of a side, or all its PDF files if it has no pictures."""
    pictures = {name: content for name, content in files.items() if name.endswith(".png")}
    return pictures or dict(files)


def _layout_of(side: SideData) -> Layout:
    """Return the layout that the manifest of a side names, else the usual one."""
    styles = resources.packaged("styles")
    named = []
    for folder, key, usual in (("layouts", "tata_letak", _LAYOUT), ("gaya", "gaya", _THEME)):
        name = str(side.manifest.get(key, usual))
        file = styles / folder / f"{name}.toml"
        known = _IDENTIFIER.fullmatch(name) and file.is_file()
        named.append(file if known else styles / folder / f"{usual}.toml")
    return layout.load(*named)


def of_editions(a: SideData, b: SideData, rules: PictureRules) -> tuple[PictureChange, ...]:
    """Draw the maps of two editions and compare them.

    Parameters
    ----------
    a, b : SideData
        Sides that were read from folders of editions.
    rules : PictureRules
        Threshold, and pixels per inch.
    """
    drawn_a, drawn_b = _drawn(a), _drawn(b)
    changes: list[PictureChange] = []
    for name in sorted(drawn_a.sheets.keys() | drawn_b.sheets.keys()):
        if name not in drawn_a.sheets or name not in drawn_b.sheets:
            changes.append(PictureChange(name, "lembar", (), 1.0))
            continue
        contents = [side_of(side, name) for side in (drawn_a, drawn_b)]
        if contents[0] == contents[1]:
            continue
        pages = [page_pixels.of_file(f"{name}.pdf", content, rules.dpi) for content in contents]
        changes += _laid(pages[0], pages[1], partial(_elements, drawn_b, name), rules)
    return tuple(changes)


def _elements(drawn: DrawnEdition, name: str, shape: Shape) -> Regions:
    return element_regions.of_sheet(drawn.sheets[name], drawn.layout, drawn.faces, shape)


def side_of(drawn: DrawnEdition, name: str) -> bytes:
    """Return a sheet as a PDF of its own."""
    sheet = drawn.sheets[name]
    return pdf.PdfWriter([sheet], drawn.faces).pages([sheet])


def _drawn(side: SideData) -> DrawnEdition:
    if side.materials is None or side.tabulated is None:
        raise ValueError(side.side.source)
    studio, made = side.materials(), side.tabulated
    people = village_sizes.people(studio.settings, made)
    maps = specification.build(made.table, made.rules, studio.settings, studio.texts, people)
    drawn = sheets.sheets(studio, maps)
    named = {shown.file_stem: sheet for shown, sheet in zip(maps, drawn, strict=True)}
    return DrawnEdition(named, studio.layout, studio.faces)


def _laid(
    a: Mapping[str, Pixels],
    b: Mapping[str, Pixels],
    areas: Callable[[Shape], Regions],
    rules: PictureRules,
) -> Iterator[PictureChange]:
    """Compare the pages of one file with those of the other."""
    for page in sorted(a.keys() | b.keys()):
        if page not in a or page not in b:
            yield PictureChange(page, "lembar", (), 1.0)
            continue
        height, width = b[page].shape[:2]
        known = areas((height, width))
        yield from attribution.compare(page, a[page], b[page], known, rules.threshold, rules.least)
