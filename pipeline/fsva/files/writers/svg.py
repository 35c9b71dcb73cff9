"""Sheets as SVG for office and drawing programs.

Owns the elements of the file. Coordinates are hundredths of a millimetre from the upper left
corner. All text from data is escaped. Letters are paths that say their words, or text with its
fonts for programs known to load them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping

import numpy as np

from fsva.drawing.paper import cut_layers
from fsva.drawing.paper.fonts import Faces
from fsva.drawing.paper.placing import paper_side
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    FaceName,
    Item,
    Layer,
    Mark,
    Picture,
    Shade,
    Shape,
    Sheet,
    Stroke,
    Text,
)
from fsva.files.packing import picture
from fsva.files.writers import pdf_content, svg_letters, xml_text
from fsva.files.writers.pdf_content import UNITS_PER_MM

# Weight and slope of the fonts.
_FACES: dict[FaceName, tuple[str, str]] = {
    "regular": ("normal", "normal"),
    "bold": ("bold", "normal"),
    "italic": ("normal", "italic"),
}
_HIDDEN = 'aria-hidden="true"'
_ANCHORS = {"left": "start", "centre": "middle", "right": "end"}
# Programs that do not load the fonts of the file take one of the same widths from the computer.
_FAMILY = "Liberation Sans, Arial, Helvetica, sans-serif"


def write(
    sheet: Sheet, faces: Faces, captions: Mapping[str, str], *, outlined: bool = False
) -> bytes:
    """Return a sheet as an SVG file.

    Parameters
    ----------
    captions : mapping of str to str
        Tooltip of each village, by its Kemendagri code.
    outlined : bool
        Whether letters are paths, which look alike in every program; else they are text, and the
        file holds subsets of its fonts.
    """
    drawing = _Drawing(sheet, captions, faces if outlined else None)
    kept = [cut_layers.inside(layer, faces) for layer in sheet.layers]
    wide, high = map(paper_side, (sheet.width_mm, sheet.height_mm))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}mm" height="{high}mm" '
        f'viewBox="0 0 {_units(wide)} {_units(high)}" '
        f"xml:lang={xml_text.attribute(sheet.language)}>",
        f"<title>{xml_text.text(sheet.title)}</title>",
        f"<desc>{xml_text.text(_description(sheet))}</desc>",
        *([] if outlined else [f"<style>{''.join(_fonts(sheet, faces))}</style>"]),
        '<rect width="100%" height="100%" fill="#FFFFFF"/>',
        # Attributes instead of CSS: all office programs read them.
        f'<g fill="none" stroke-linejoin="round" stroke-linecap="round" font-family="{_FAMILY}" '
        'fill-rule="evenodd" text-rendering="geometricPrecision">',
        *(line for n, layer in enumerate(kept) for line in drawing.layer(n, layer)),
        "</g>",
        "</svg>\n",
    ]
    return "\n".join(lines).encode("utf-8")


def _description(sheet: Sheet) -> str:
    parts = (sheet.in_words.get("map", ""), sheet.edition, sheet.source, sheet.author)
    return " ".join(part for part in parts if part)


def _fonts(sheet: Sheet, faces: Faces) -> Iterator[str]:
    """Yield the fonts with only the letters of the sheet."""
    for name, (weight, slope) in _FACES.items():
        letters = {
            letter for text in sheet.texts() if text.face == name for letter in _spaced(text.text)
        }
        if letters:
            data = base64.b64encode(faces[name].subset_of(letters)).decode("ascii")
            yield (
                f"@font-face{{font-family:Liberation Sans;font-weight:{weight};font-style:{slope};"
                f'src:url(data:font/ttf;base64,{data}) format("truetype")}}\n'
            )


def _spaced(words: str) -> str:
    """Replace every second space of a row by a no-break space: programs would show only one."""
    return words.replace("  ", " \u00a0")


def _units(mm: float) -> int:
    return round(mm * UNITS_PER_MM)


class _Drawing:
    """The elements of one sheet."""

    def __init__(self, sheet: Sheet, captions: Mapping[str, str], outlines: Faces | None) -> None:
        self._sheet, self._outlines = sheet, outlines
        self._captions = captions
        self._height = _units(sheet.height_mm)

    def layer(self, number: int, layer: Layer) -> Iterator[str]:
        """Yield a layer as a group, with halos below all names of a run as in the PDF."""
        yield f"<g id={xml_text.attribute(f'{number}-{layer.name}'.replace(' ', '-'))}>"
        for run in pdf_content.runs(layer):
            for item in run.items:
                if isinstance(item, Text) and item.halo is not None:
                    yield self._text(item, item.halo)
            for item in run.items:
                yield self._item(item)
        yield "</g>"

    def _item(self, item: Item) -> str:
        if isinstance(item, Mark):
            return self._path(item)
        return self._text(item, None) if isinstance(item, Text) else self._image(item)

    def _image(self, item: Shade | Picture) -> str:
        box = item.box
        left, top = _units(box.left), self._height - _units(box.top)
        data = base64.b64encode(_picture(item)).decode("ascii")
        start = (
            f'<image x="{left}" y="{top}" width="{_units(box.width)}" '
            f'height="{_units(box.height)}" preserveAspectRatio="none" '
            f'href="data:image/png;base64,{data}"'
        )
        if isinstance(item, Shade):
            return f"{start}/>"
        return f"{start}><title>{xml_text.text(item.alt)}</title></image>"

    def _path(self, mark: Mark) -> str:
        fill = f' fill="{mark.fill}"' if mark.fill else ""
        stroke = _stroke(mark.stroke) if mark.stroke else ""
        start = f'<path d="{self._points(mark.shape)}"{fill}{stroke}'
        caption = self._captions.get(mark.code) if mark.code else None
        return (
            f"{start}><title>{xml_text.text(caption)}</title></path>" if caption else f"{start}/>"
        )

    def _points(self, shape: Shape) -> str:
        """Write a path in relative steps, without steps too small for paper."""
        parts = []
        for part in shape.parts:
            units = np.rint(part * UNITS_PER_MM).astype(np.int64)
            units[:, 1] = self._height - units[:, 1]
            steps = np.diff(units, axis=0)
            moved = steps[np.any(steps != 0, axis=1)]
            if shape.closed:
                moved = moved[:-1]
            if len(moved):
                x, y = units[0].tolist()
                parts.append(
                    f"M{x} {y}l{' '.join(f'{a} {b}' for a, b in moved.tolist())}"
                    f"{'z' if shape.closed else ''}"
                )
        return "".join(parts)

    def _text(self, text: Text, halo: Stroke | None) -> str:
        if self._outlines is not None:
            return self._letters(text, halo, self._outlines)
        spacing = _units(text.spacing_mm)
        # Browsers add letter spacing after the last letter too.
        x = _units(text.x) + (spacing // 2 if text.align == "centre" else 0)
        y = self._height - _units(text.y)
        size = f"{text.size_pt * MM_PER_PT * UNITS_PER_MM:.1f}"
        colour = f'{_stroke(halo)} aria-hidden="true"' if halo else f' fill="{text.colour}"'
        turned = f' transform="rotate({-text.angle:.2f} {x} {y})"' if text.angle else ""
        apart = f' letter-spacing="{spacing}"' if spacing else ""
        return (
            f'<text x="{x}" y="{y}" font-size="{size}"{_face(text.face)} '
            f'text-anchor="{_ANCHORS[text.align]}"{colour}{turned}{apart}>'
            f"{xml_text.text(_spaced(text.text))}</text>"
        )

    def _letters(self, text: Text, halo: Stroke | None, faces: Faces) -> str:
        """Write a text as a path with its words as label, a halo without."""
        drawn = svg_letters.path(text, faces, self._sheet.height_mm, halo)
        said = f'role="img" aria-label={xml_text.attribute(text.text)}'
        return f"<path {drawn} {_HIDDEN if halo else said}/>" if drawn else ""


def _picture(item: Shade | Picture) -> bytes:
    """Return a picture as PNG; a grid of shade becomes black with opacity."""
    if isinstance(item, Picture):
        return picture.of_channels(item.pixels)
    return picture.of_channels(np.dstack([np.zeros_like(item.darkness), item.darkness]))


def _face(name: FaceName) -> str:
    weight, slope = _FACES[name]
    bold = ' font-weight="bold"' if weight == "bold" else ""
    return f'{bold} font-style="italic"' if slope == "italic" else bold


def _stroke(stroke: Stroke) -> str:
    dashes = " ".join(str(_units(length)) for length in stroke.dash_mm)
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f' stroke="{stroke.colour}" stroke-width="{_units(stroke.width_mm)}"{dash}'
