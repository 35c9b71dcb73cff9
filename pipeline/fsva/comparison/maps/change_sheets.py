"""The maps of change as sheets and as files.

Owns the parts that a sheet of change adds to one of the atlas: signs in the villages, and a title
in the colours of a warning where the comparison was forced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

import shapely

from fsva.comparison.maps import change_maps, change_signs, led_signs, pair_sheets
from fsva.comparison.maps.change_palette import ChangePalette
from fsva.comparison.maps.change_signs import Sign
from fsva.comparison.maps.drawn_sides import Half, unhatched
from fsva.comparison.values.result import Comparison
from fsva.core.columns import UNIT
from fsva.drawing.elements import draft_strip, furniture
from fsva.drawing.paper import scene
from fsva.drawing.paper.scene import DECORATION, Item, Layer, Mark, Sheet, Text, box_shape
from fsva.drawing.sheets import sheet as sheets
from fsva.files.writers import pdf, png
from fsva.runs.kept import name_places
from fsva.words.specification import MapSpecification, district_name

DOCUMENT = "perubahan.pdf"
_MOST_LISTED = 6  # villages that a note names


@dataclass(frozen=True)
class DrawnSheets:
    """Sheets of one kind with the names of their files.

    Parameters
    ----------
    stems : tuple of str
        File names without their ending.
    sheets : tuple of Sheet
        In the same order.
    """

    stems: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def files(
    comparison: Comparison, b: Half, a: Half | None, palette: ChangePalette
) -> dict[str, bytes]:
    """Draw the maps of change and the pairs, each as PDF and PNG, and one PDF of all.

    Parameters
    ----------
    b : Half
        The later edition: its frame, furniture and language are those of the sheets.
    a : Half or None
        The earlier edition; without its borders the map of A is drawn on those of B.
    palette : ChangePalette
        Colours and sizes.

    Returns
    -------
    dict of str to bytes
        File name to content.
    """
    parts = (changes(comparison, b, palette), pairs(comparison, b, a, palette))
    everything = [sheet for both in zip(*(p.sheets for p in parts), strict=True) for sheet in both]
    texts, faces = b.studio.texts, b.studio.faces
    between = change_maps.between(comparison.sides, texts)
    title = b.studio.draft.titled(texts("perubahan.dokumen", antara=between))
    writer = pdf.PdfWriter(everything, faces)
    contents = {DOCUMENT: writer.write(everything, title)}
    painter = png.Painter(png.palette(_colours(b, palette), b.studio.logos.colours))
    for part in parts:
        below, above = scene.split(part.sheets)
        about = [png.about(drawn) for drawn in part.sheets]
        ground = painter.ground(writer.pages([below]), b.studio.layout.dpi)
        pictures = painter.pictures(ground, writer.pages(above), about)
        for stem, drawn, picture in zip(part.stems, part.sheets, pictures, strict=True):
            contents[f"{stem}.pdf"] = writer.write([drawn], drawn.title)
            contents[f"{stem}.png"] = picture
    return contents


def changes(comparison: Comparison, b: Half, palette: ChangePalette) -> DrawnSheets:
    """Draw a sheet of change per indicator and composite.

    Parameters
    ----------
    palette : ChangePalette
        Colours and sizes.
    """
    studio, maps = unhatched(b.studio), _maps(comparison, b, palette)
    # Numbers would be read as changes, and the sheets per kecamatan belong to the atlas: these maps
    # name what they do not show in notes.
    names = replace(name_places.arranged(studio, b.kept), numbers={}, key=None, reference=None)
    drawn = sheets.sheets(studio, maps, names)
    outline = cache(partial(led_signs.outline, drawn[0]))
    signed = [
        _signed(comparison, shown, (sheet, outline), b, palette)
        for shown, sheet in zip(maps, drawn, strict=True)
    ]
    told = [shown for shown, _ in signed]
    sizes = furniture.type_of(studio, told, drawn[0].layers)
    return DrawnSheets(
        tuple(shown.file_stem for shown in maps),
        tuple(
            _banded(
                comparison, _with_words(sheet, furniture.words(studio, shown, sizes)), b, palette
            )
            for shown, sheet in signed
        ),
    )


def pairs(comparison: Comparison, b: Half, a: Half | None, palette: ChangePalette) -> DrawnSheets:
    """Draw a sheet of A, B and the change per indicator and composite.

    Parameters
    ----------
    a : Half or None
        The earlier edition, if its borders are known.
    palette : ChangePalette
        Colours and sizes.
    """
    maps = _maps(comparison, b, palette)
    return DrawnSheets(
        tuple(shown.file_stem.replace("perubahan", "pasangan", 1) for shown in maps),
        tuple(
            _banded(comparison, sheet, b, palette)
            for sheet in pair_sheets.draw(comparison, maps, b, a, palette)
        ),
    )


def _maps(comparison: Comparison, b: Half, palette: ChangePalette) -> tuple[MapSpecification, ...]:
    district = district_name(b.studio.settings, b.studio.texts)
    return change_maps.build(comparison, palette, district, b.studio.texts)


def _signed(
    comparison: Comparison,
    shown: MapSpecification,
    drawn: tuple[Sheet, Callable[[int], shapely.Geometry]],
    b: Half,
    palette: ChangePalette,
) -> tuple[MapSpecification, Sheet]:
    """Add signs and the map in words to a sheet of a district; return also what the notes say."""
    sheet, outline = drawn
    studio = unhatched(b.studio)
    marks = change_maps.signs(comparison, shown, palette)
    halo = studio.layout.colours.halo
    signed, without = change_signs.add(sheet, marks, palette.signs, halo, studio.faces)
    how = (palette.signs, studio.layout, studio.faces)
    signed, without = led_signs.add(signed, marks, without, how, outline)
    named = _named(sheet)
    nameless = tuple(code for code in sorted(marks) if code not in named)
    notes = [_listed("tanpa_ruang", without, marks, b)] if without else []
    notes += [_listed("tanpa_nama", nameless, marks, b)] if nameless else []
    shown = replace(shown, notes=(*shown.notes, *notes))
    words = {**sheet.in_words, "map": change_maps.in_words(comparison, shown, studio.texts)}
    return shown, replace(signed, in_words=words)


def _named(sheet: Sheet) -> set[str]:
    """Return the villages whose names stand on a sheet."""
    named = [layer for layer in sheet.layers if layer.name in ("names", "inset names")]
    return {item.code for layer in named for item in layer.items if isinstance(item, Text)}


def _with_words(sheet: Sheet, words: Layer) -> Sheet:
    layers = (words if layer.name == words.name else layer for layer in sheet.layers)
    return replace(sheet, layers=tuple(layers))


def _listed(kind: str, codes: tuple[str, ...], marks: Mapping[str, Sign], b: Half) -> str:
    """Name the villages whose signs or names found no place, with their signs."""
    texts, names = b.studio.texts, b.studio.villages.by_code(UNIT)
    shown = [f"{names[code]} {marks[code][0]}" for code in codes[:_MOST_LISTED]]
    rest = len(codes) - len(shown)
    more = [texts("perubahan.catatan_lainnya", jumlah=texts.decimal(rest, 0))] if rest else []
    return texts(f"perubahan.catatan_{kind}", daftar=", ".join([*shown, *more]))


def _banded(comparison: Comparison, sheet: Sheet, b: Half, palette: ChangePalette) -> Sheet:
    """Set the title of a forced comparison in the colours of a warning."""
    if not comparison.forced:
        return sheet
    layout, style = b.studio.layout, palette.banner
    ground = Mark(box_shape(layout.boxes.box("title")), style.colour, tag=DECORATION)
    layers = [
        replace(layer, items=(ground, *_inked(layer, style.ink)))
        if layer.name == "title"
        else layer
        for layer in sheet.layers
    ]
    return replace(sheet, layers=tuple(layers))


def _inked(layer: Layer, ink: str) -> list[Item]:
    return [replace(i, colour=ink) if isinstance(i, Text) else i for i in layer.items]


def _colours(b: Half, palette: ChangePalette) -> list[str]:
    """Return every colour of the sheets."""
    method = b.studio.method
    class_colours = [row.colour for shown in b.maps for row in shown.legend]
    layout = b.studio.layout
    lines = [hatch.colour for hatch in layout.theme.hatches]
    lines += draft_strip.colours(b.studio.draft)
    theme = layout.colours.model_dump().values()
    return [*palette.colours(), *class_colours, method.no_data_colour, *lines, *theme]
