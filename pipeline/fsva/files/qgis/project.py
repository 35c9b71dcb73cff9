"""The project of QGIS (atlas.qgz): layers of the GeoPackage beside it, seven map themes, layouts.

Owns the file as a whole. It names no folder: QGIS finds ``atlas.gpkg`` beside the project.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from fsva.config.styles.gis_look import GisLook
from fsva.core.columns import DISTRICT, PARENT, UNIT
from fsva.core.texts import Texts
from fsva.drawing.maps import ground, shores
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.colours import rgb
from fsva.drawing.paper.scene import Stroke
from fsva.files.layers import map_styles, qml, symbols, xml_tree
from fsva.files.layers.feature_tables import FeatureTable
from fsva.files.layers.geopackage import LayerNotice
from fsva.files.layers.map_styles import MapStyle, NameStyle
from fsva.files.layers.xml_tree import node
from fsva.files.packing import archive
from fsva.files.qgis import context_tables, layout_insets, print_layouts, project_layers
from fsva.files.qgis.layout_insets import LayoutInsets
from fsva.files.qgis.print_layouts import LayoutInputs
from fsva.files.qgis.project_layers import ProjectLayer
from fsva.words.layer_fields import LayerField
from fsva.words.specification import MapSpecification

FILE = "atlas.qgz"
_INNER = "atlas.qgs"
_VERSION = "3.22.0-Białowieża"
_PLACE = "lokasi"
Strokes = tuple[Stroke, ...]
_ID = "lapisan_"  # QGIS renames layers whose identifiers have ten letters or fewer


@dataclass(frozen=True, eq=False)
class ProjectInputs:
    """What a project is made from.

    Parameters
    ----------
    studio : Studio
        Theme, layout and words.
    maps : sequence of MapSpecification
        Indicators and composite.
    styles : sequence of MapStyle
        How the villages are drawn on each.
    tables : mapping of str to FeatureTable
        Layers of the GeoPackage by their names, in their files' fields.
    fields : mapping of str to sequence of LayerField
        Their fields, to name them as people see them.
    notices : mapping of str to LayerNotice
        What must be known of each layer.
    look : GisLook
        The type face.
    kecamatan_field : str
        Field of the kecamatan's names.
    small : LayoutInsets or None
        Insets and discs of our sheets; None = insets of islands only.
    """

    studio: Studio
    maps: Sequence[MapSpecification]
    styles: Sequence[MapStyle]
    tables: Mapping[str, FeatureTable]
    fields: Mapping[str, Sequence[LayerField]]
    notices: Mapping[str, LayerNotice]
    look: GisLook
    kecamatan_field: str
    small: LayoutInsets | None = None


def write(inputs: ProjectInputs) -> bytes:
    """Return the project, packed."""
    return archive.archive({_INNER: document(inputs).encode()})


def document(inputs: ProjectInputs) -> str:
    """Return the project as QGIS reads it."""
    studio, texts = inputs.studio, inputs.studio.texts
    villages = _villages(inputs)
    above, below = _above(inputs), _below(inputs)
    place = _place(inputs)
    every = [*above, *villages, place, *below]
    panel = context_tables.whole_panel(studio, studio.layout.boxes.box("map"))
    by_stem = dict(zip((shown.file_stem for shown in inputs.maps), villages, strict=True))
    kecamatan = next(layer for layer in above if layer.table.name == PARENT)
    legend = [layer for layer in (*above, *below) if layer.only]
    layout_inputs = LayoutInputs(
        studio, panel, inputs.look.fonts, by_stem, legend, kecamatan, inputs.kecamatan_field,
        (place, below[-1]),
    )  # fmt: skip
    themes = [
        project_layers.theme(
            print_layouts.theme_name(studio, shown), [*above, by_stem[shown.file_stem], *below]
        )
        for shown in inputs.maps
    ]
    total = len(inputs.maps)
    small = inputs.small or layout_insets.framed(studio)
    of_sheets = replace(layout_inputs, panel=small.panel, small=small)
    layouts = [
        print_layouts.of_map(of_sheets, shown, n, total)
        for n, shown in enumerate(inputs.maps, start=1)
    ]
    layouts.append(print_layouts.of_kecamatan(layout_inputs, inputs.maps[-1]))
    name = texts("qgis.proyek", daerah=studio.settings.district.full_name,
                 tahun=studio.settings.year)  # fmt: skip
    title = studio.draft.titled(name)
    system = project_layers.crs(studio.villages.crs)
    notice = inputs.notices[DISTRICT]
    root = node(
        "qgis", {"projectname": title, "version": _VERSION},
        node("homePath", {"path": ""}),
        node("title", {}, text=title),
        node("projectCrs", {}, system),
        project_layers.tree(every),
        _canvas(inputs, panel.ground().bounds),
        node("projectlayers", {}, *(project_layers.map_layer(layer) for layer in every)),
        node("layerorder", {}, *(node("layer", {"id": layer.id}) for layer in every)),
        _properties(studio.layout.colours.sea),
        node("visibility-presets", {}, *themes),
        _about(title, notice.description, studio.settings.compiler, texts.language),
        node("Layouts", {}, *layouts),
    )  # fmt: skip
    return xml_tree.document(root, xml_tree.QGIS)


def _canvas(inputs: ProjectInputs, box: Sequence[float]) -> Element:
    return node(
        "mapcanvas", {"name": "theMapCanvas", "annotationsVisible": 1},
        node("units", {}, text="meters"),
        project_layers.extent(box),
        node("rotation", {}, text="0"),
        node("destinationsrs", {}, project_layers.crs(inputs.studio.villages.crs)),
        node("rendermaptile", {}, text="0"),
    )  # fmt: skip


def _properties(sea: str) -> Element:
    red, green, blue = map(str, rgb(sea))

    def whole(tag: str, value: str) -> Element:
        """Return a whole number as QGIS keeps it."""
        return node(tag, {"type": "int"}, text=value)

    return node(
        "properties", {},
        node("Gui", {}, whole("CanvasColorRedPart", red), whole("CanvasColorGreenPart", green),
             whole("CanvasColorBluePart", blue)),
        node("Paths", {}, node("Absolute", {"type": "bool"}, text="false")),
        node("SpatialRefSys", {}, whole("ProjectionsEnabled", "1")),
        node("Measure", {}, node("Ellipsoid", {"type": "QString"}, text="EPSG:7030")),
    )  # fmt: skip


def _about(title: str, abstract: str, author: str, language: str) -> Element:
    return node(
        "projectMetadata", {},
        node("identifier"), node("language", {}, text=language),
        node("title", {}, text=title), node("abstract", {}, text=abstract),
        node("author", {}, text=author),
    )  # fmt: skip


def _named(inputs: ProjectInputs, table: str) -> list[Element]:
    language = inputs.studio.texts.language
    return qml.fields(inputs.fields[table], lambda field: field.name, language)


def _villages(inputs: ProjectInputs) -> list[ProjectLayer]:
    """Return the villages, once for each map; that of the composite is seen first."""
    studio = inputs.studio
    table, last = inputs.tables[UNIT], inputs.maps[-1]
    return [
        ProjectLayer(
            f"{_ID}{shown.file_stem}".replace("-", "_"),
            print_layouts.theme_name(studio, shown),
            table,
            [*qml.of_map(style, inputs.look), *_named(inputs, UNIT)],
            inputs.notices[UNIT],
            studio.texts("qgis.peta"),
            is_shown=shown is last,
        )
        for shown, style in zip(inputs.maps, inputs.styles, strict=True)
    ]


def _above(inputs: ProjectInputs) -> list[ProjectLayer]:
    """Return the borders over the villages, then the names of kecamatan."""
    studio, layout = inputs.studio, inputs.studio.layout
    texts, strokes = studio.texts, shores.strokes(layout)
    kinds = {
        context_tables.SUBDISTRICT: ("batas_kecamatan", strokes.kecamatan),
        context_tables.ON_LAND: ("batas_kabupaten", strokes.kabupaten),
        context_tables.COAST: ("garis_pantai", (strokes.coast,)),
    }
    style = map_styles.of_kecamatan(layout, inputs.kecamatan_field)
    empty = node("renderer-v2", {"type": "nullSymbol"})
    names = qml.labelling(style.names, inputs.look) if style.names else empty
    return [
        *_lines(inputs, "garis", texts("qgis.batas"), kinds),
        _layer(inputs, PARENT, texts("bidang.lapisan.kecamatan"),
               [empty, names, *_named(inputs, PARENT)]),
    ]  # fmt: skip


def _lines(
    inputs: ProjectInputs, name: str, title: str, kinds: Mapping[str, tuple[str, Strokes]]
) -> list[ProjectLayer]:
    """Return the layer of some kinds of lines, if there are any."""
    table = inputs.tables[context_tables.BORDERS]
    found = tuple(kind for kind in kinds if kind in table.columns["jenis"])
    if not found:
        return []
    notice = inputs.notices[context_tables.BORDERS]
    drawn = _edges([(kind, *kinds[kind]) for kind in found], inputs.studio.texts)
    return [ProjectLayer(f"{_ID}{name}", title, table, [drawn], notice, only=found)]


def _edges(shown: Sequence[tuple[str, str, Strokes]], texts: Texts) -> Element:
    """Return how kinds of lines are drawn: kind, key of its name, strokes from below."""
    drawn = [
        symbols.symbol("line", [symbols.line(s, level) for level, s in enumerate(parts)], str(n))
        for n, (_, _, parts) in enumerate(shown)
    ]
    rows = [
        node("category", {"value": kind, "symbol": n, "label": texts(f"peta.{key}"),
                          "render": "true"})
        for n, (kind, key, _) in enumerate(shown)
    ]  # fmt: skip
    facts = {"type": "categorizedSymbol", "attr": "jenis", "symbollevels": 1, "enableorderby": 0,
             "forceraster": 0}  # fmt: skip
    return node("renderer-v2", facts, node("categories", {}, *rows), node("symbols", {}, *drawn))


def _place(inputs: ProjectInputs) -> ProjectLayer:
    """Return the district as the locator shows it."""
    colour = inputs.studio.layout.colours.place
    fill = symbols.symbol("fill", [symbols.outlined(colour, colour, 0.3)], "0")
    return ProjectLayer(
        f"{_ID}{_PLACE}",
        inputs.studio.texts("qgis.lokasi"),
        inputs.tables[DISTRICT],
        [qml.single(fill), *_named(inputs, DISTRICT)],
        inputs.notices[DISTRICT],
        is_shown=False,
    )


def _below(inputs: ProjectInputs) -> list[ProjectLayer]:
    """Return neighbours, where they are known, and land; the land last."""
    layout, texts = inputs.studio.layout, inputs.studio.texts
    colours = layout.colours
    strokes = ground.line_strokes(layout)
    around = (context_tables.SHORE, context_tables.COUNTRY, context_tables.NEIGHBOUR)
    keys = ("garis_pantai", "batas_negara", "batas_tetangga")
    kinds = {kind: (key, (stroke,)) for kind, key, stroke in
             zip(around, keys, strokes, strict=True)}  # fmt: skip
    lines = _lines(inputs, "garis_sekitar", texts("qgis.sekitar"), kinds)
    names = NameStyle("nama", layout.type.neighbour, colours.neighbour_name, colours.land, 0.3,
                      is_bold=True)  # fmt: skip
    known = []
    if context_tables.NEIGHBOURS in inputs.tables:
        areas = _countries(inputs, f"\"jenis\" <> '{ground.COUNTRY}'")
        title = texts("bidang.lapisan.tetangga")
        parts = [areas, qml.labelling(names, inputs.look)]
        known = [_layer(inputs, context_tables.NEIGHBOURS, title, parts)]
    drawn = _countries(inputs, f"\"iso\" = '{ground.HOME}'")
    land = _layer(inputs, context_tables.LAND, texts("bidang.lapisan.daratan"), [drawn])
    return [*lines, *known, land]


def _countries(inputs: ProjectInputs, is_home: str) -> Element:
    """Return how land of the country and of others is filled.

    Parameters
    ----------
    is_home : str
        The expression that tells them apart.
    """
    colours, texts = inputs.studio.layout.colours, inputs.studio.texts
    kinds = (("dalam_negeri", colours.land, is_home), ("luar_negeri", colours.foreign, "ELSE"))
    seam = inputs.studio.layout.lines.seam
    fills = [
        symbols.symbol("fill", [symbols.fill(colour, seam)], str(n))
        for n, (_, colour, _) in enumerate(kinds)
    ]
    rules = [
        node("rule", {"key": qml.identifier(is_home, key), "symbol": n,
                      "label": texts(f"qgis.{key}"), "filter": condition})
        for n, (key, _, condition) in enumerate(kinds)
    ]  # fmt: skip
    return node("renderer-v2", {"type": "RuleRenderer", "symbollevels": 0},
                node("rules", {"key": qml.identifier(is_home)}, *rules),
                node("symbols", {}, *fills))  # fmt: skip


def _layer(inputs: ProjectInputs, table: str, title: str, parts: Sequence[Element]) -> ProjectLayer:
    return ProjectLayer(f"{_ID}{table}", title, inputs.tables[table], parts, inputs.notices[table])
