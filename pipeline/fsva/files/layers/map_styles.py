"""How the layers are drawn: colours, hatching, bounds and names, as on the sheets.

Owns these values, taken from what a map says and from the theme of the edition. ``qml`` and ``sld``
write them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from fsva.config.methods.method import Method
from fsva.config.styles.layout import Layout
from fsva.config.styles.theme import Hatch
from fsva.core.columns import UNIT
from fsva.core.texts import Texts
from fsva.drawing.maps import border_colours, shores
from fsva.drawing.paper.scene import Stroke
from fsva.files.layers import class_conditions, symbols
from fsva.files.layers.class_conditions import ClassCondition, FieldNames
from fsva.words.legends import legend_words
from fsva.words.specification import LegendRow, MapSpecification

_FILL, _HATCH, _EDGES = 0, 1, 2  # from below; edges of light classes come first


@dataclass(frozen=True)
class ClassStyle:
    """How the villages of one class are drawn.

    Parameters
    ----------
    label : str
        In the legend: number, name, range of values, villages.
    colour, edge : str
        ``#RRGGBB`` of the fill and of the border.
    level : int
        When the border is drawn: between two classes that of the darker one lies above.
    hatch : Hatch or None
        Lines over the fill.
    condition : ClassCondition or None
        Which villages; None = all others, which have no data.
    """

    label: str
    colour: str
    edge: str
    level: int
    hatch: Hatch | None
    condition: ClassCondition | None


@dataclass(frozen=True)
class NameStyle:
    """How names are written on a layer.

    Parameters
    ----------
    field : str
        Holds the name.
    size_pt : float
        Type size.
    colour, halo : str
        ``#RRGGBB``.
    halo_mm : float
        Width of the outline of the letters.
    is_bold : bool
        Whether the letters are bold.
    is_inside : bool
        Whether a name that its area cannot hold is left out.
    """

    field: str
    size_pt: float
    colour: str
    halo: str
    halo_mm: float
    is_bold: bool = False
    is_inside: bool = False


@dataclass(frozen=True)
class MapStyle:
    """The style of the villages on one map.

    Parameters
    ----------
    stem, title : str
        Name of the map's files, and its title.
    classes : tuple of ClassStyle
        In the order of the legend.
    seam_mm, edge_mm : float
        Width of the hairline between fills, and of borders.
    names : NameStyle
        Names of the villages.
    """

    stem: str
    title: str
    classes: tuple[ClassStyle, ...]
    seam_mm: float
    edge_mm: float
    names: NameStyle

    def symbol_layers(self, shown: ClassStyle) -> list[Element]:
        """Return what draws a class, from below."""
        edge = Stroke(shown.edge, self.edge_mm)
        return [
            symbols.fill(shown.colour, self.seam_mm, _FILL),
            *(symbols.hatching(shown.hatch, _HATCH) if shown.hatch else ()),
            symbols.line(edge, _EDGES + shown.level),
        ]


def of_map(
    shown: MapSpecification, method: Method, layout: Layout, fields: FieldNames, texts: Texts
) -> MapStyle:
    """Return the style of a map.

    Parameters
    ----------
    fields : FieldNames
        Names of the fields of the villages.
    """
    rows = [row for row in shown.legend if row.priority or row.count]
    light_first = sorted({row.colour for row in rows}, key=border_colours.luminance, reverse=True)
    styles = [_of_row(row, shown, method, layout, fields, light_first, texts) for row in rows]
    return MapStyle(
        shown.file_stem,
        shown.title,
        tuple(styles),
        layout.lines.seam,
        layout.lines.village,
        _village_names(layout, fields),
    )


def _of_row(
    row: LegendRow,
    shown: MapSpecification,
    method: Method,
    layout: Layout,
    fields: FieldNames,
    light_first: Sequence[str],
    texts: Texts,
) -> ClassStyle:
    measure = next(m for m in method.measures() if m.id == shown.measure_id)
    drawn = {one.number: one for one in method.classes_of(measure)}
    theme = layout.theme.without_numbers()
    return ClassStyle(
        label(row, legend_words.units(shown.priorities), texts),
        row.colour,
        border_colours.within(row.colour, layout.theme.borders),
        light_first.index(row.colour),
        theme.hatch(row.most_vulnerable),
        class_conditions.of_class(measure, drawn[row.priority], fields) if row.priority else None,
    )


def label(row: LegendRow, unit: str, texts: Texts) -> str:
    """Return what the legend of a GIS says of a class: name, range of values, villages.

    Parameters
    ----------
    unit : {"desa", "kelurahan", "campuran"}
        What the villages are, from ``legend_words.units``.
    """
    count = texts(f"lapisan_gis.jumlah_{unit}", jumlah=row.count)
    return " · ".join(part for part in (" ".join(row.words.split()), row.interval, count) if part)


def _village_names(layout: Layout, fields: FieldNames) -> NameStyle:
    colours = layout.colours
    return NameStyle(
        fields.name(UNIT),
        layout.type.digit,
        colours.ink,
        colours.halo,
        layout.lines.halo,
    )


@dataclass(frozen=True)
class BorderStyle:
    """The style of a layer that is drawn as borders.

    Parameters
    ----------
    strokes : tuple of Stroke
        From below.
    names : NameStyle or None
        Names of its areas.
    """

    strokes: tuple[Stroke, ...]
    names: NameStyle | None = None


def of_kecamatan(layout: Layout, field: str) -> BorderStyle:
    """Return the style of the layer of kecamatan.

    Parameters
    ----------
    field : str
        Holds their names.
    """
    colours = layout.colours
    names = NameStyle(
        field,
        layout.type.kecamatan[0],
        colours.kecamatan_line,
        colours.halo,
        layout.lines.large_halo,
        is_bold=True,
    )
    return BorderStyle(shores.strokes(layout).kecamatan, names)


def of_kabupaten(layout: Layout) -> BorderStyle:
    """Return the style of the layer of the kabupaten."""
    return BorderStyle(shores.strokes(layout).kabupaten)
