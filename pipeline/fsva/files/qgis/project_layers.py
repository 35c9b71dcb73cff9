"""Layers of a project of QGIS: where they lie, how they are drawn, what is shown together.

Owns the elements of layers, of the layer tree and of map themes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np
import shapely
from pyproj import CRS

from fsva.files.layers.feature_tables import FeatureTable
from fsva.files.layers.geopackage import LayerNotice
from fsva.files.layers.xml_tree import node

_FILE = "./atlas.gpkg"  # beside the project, wherever both lie
_CHECKED, _UNCHECKED = "Qt::Checked", "Qt::Unchecked"
_STYLE = "default"
_DEGREES = 4326  # EPSG code of longitude and latitude, WGS 84


@dataclass(frozen=True, eq=False)
class ProjectLayer:
    """A layer of the GeoPackage with the look and the name that the project gives it.

    Parameters
    ----------
    id : str
        By which the project knows it.
    title : str
        As people see it.
    table : FeatureTable
        The layer in the GeoPackage.
    parts : sequence of Element
        Renderer, labels, names of fields.
    notice : LayerNotice
        What must be known of it.
    group : str
        Group of the layer tree; empty for none.
    is_shown : bool
        Whether it is visible when the project is opened.
    only : tuple of str
        Kinds of the table's lines that the layer shows; empty for all.
    """

    id: str
    title: str
    table: FeatureTable
    parts: Sequence[Element]
    notice: LayerNotice
    group: str = ""
    is_shown: bool = True
    only: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """Where the layer lies, relative to the project."""
        kinds = ", ".join(f"'{kind}'" for kind in self.only)
        chosen = f'|subset="jenis" IN ({kinds})' if kinds else ""
        return f"{_FILE}|layername={self.table.name}{chosen}"

    @property
    def is_area(self) -> bool:
        """Whether its shapes are areas, not lines."""
        return bool((shapely.get_dimensions(self.table.shapes) == 2).any())


def crs(system: CRS) -> Element:
    """Return a coordinate system."""
    authority = system.to_authority()
    known = [node("authid", {}, text=":".join(authority))] if authority else []
    return node("spatialrefsys", {}, node("wkt", {}, text=system.to_wkt("WKT2_2019")), *known)


def degrees() -> Element:
    """Return the coordinate system of longitude and latitude, WGS 84."""
    return crs(CRS.from_epsg(_DEGREES))


def extent(box: Sequence[float], tag: str = "extent") -> Element:
    """Return an extent: west, south, east, north."""
    names = ("xmin", "ymin", "xmax", "ymax")
    return node(tag, {}, *(node(n, {}, text=f"{v:.9f}") for n, v in zip(names, box, strict=True)))


def map_layer(layer: ProjectLayer) -> Element:
    """Return a layer with its source and style."""
    boxes = shapely.bounds(layer.table.shapes)
    box = [*np.nanmin(boxes[:, :2], axis=0).tolist(), *np.nanmax(boxes[:, 2:], axis=0).tolist()]
    kind, shape = ("Polygon", "MultiPolygon") if layer.is_area else ("Line", "MultiLineString")
    labelled = any(part.tag == "labeling" for part in layer.parts)
    facts = {
        "type": "vector", "geometry": kind, "wkbType": shape, "labelsEnabled": int(labelled),
        "styleCategories": "AllStyleCategories", "hasScaleBasedVisibilityFlag": 0,
        "minScale": 100000000, "maxScale": 0, "readOnly": 0, "simplifyDrawingHints": 1,
        "simplifyDrawingTol": 1, "simplifyMaxScale": 1, "simplifyLocal": 1, "simplifyAlgorithm": 0,
        "refreshOnNotifyEnabled": 0, "autoRefreshEnabled": 0, "symbologyReferenceScale": -1,
    }  # fmt: skip
    styles = node("map-layer-style-manager", {"current": _STYLE},
                  node("map-layer-style", {"name": _STYLE}))  # fmt: skip
    about = node("resourceMetadata", {}, node("title", {}, text=layer.notice.title),
                 node("abstract", {}, text=layer.notice.description),
                 node("type", {}, text="dataset"))  # fmt: skip
    return node(
        "maplayer", facts,
        extent(box),
        node("id", {}, text=layer.id),
        node("datasource", {}, text=layer.source),
        node("layername", {}, text=layer.title),
        node("srs", {}, crs(layer.table.crs)),
        about,
        node("provider", {"encoding": "UTF-8"}, text="ogr"),
        styles,
        *layer.parts,
        node("blendMode", {}, text="0"),
        node("layerOpacity", {}, text="1"),
    )  # fmt: skip


def tree_layer(layer: ProjectLayer, *, is_shown: bool = True, is_expanded: bool = True) -> Element:
    """Return the entry of a layer in a layer tree."""
    return node("layer-tree-layer", {
        "id": layer.id, "name": layer.title, "source": layer.source, "providerKey": "ogr",
        "checked": _CHECKED if is_shown else _UNCHECKED, "expanded": int(is_expanded),
        "legend_exp": "", "patch_size": "-1,-1", "legend_split_behavior": 0,
    }, node("customproperties"))  # fmt: skip


def tree(layers: Sequence[ProjectLayer]) -> Element:
    """Return the layer tree; of a group only one layer is visible at a time."""
    root = node("layer-tree-group", {}, node("customproperties"))
    groups: dict[str, Element] = {}
    for layer in layers:
        entry = tree_layer(layer, is_shown=layer.is_shown, is_expanded=layer.is_shown)
        if not layer.group:
            root.append(entry)
            continue
        if layer.group not in groups:
            groups[layer.group] = node("layer-tree-group", {
                "name": layer.group, "checked": _CHECKED, "expanded": 1, "mutually-exclusive": 1,
                "mutually-exclusive-child": len(layers),
            }, node("customproperties"))  # fmt: skip
            root.append(groups[layer.group])
        groups[layer.group].append(entry)
    for name, group in groups.items():
        members = [layer for layer in layers if layer.group == name]
        visible = next(n for n, layer in enumerate(members) if layer.is_shown)
        group.set("mutually-exclusive-child", str(visible))
    root.append(node("custom-order", {"enabled": 0}, *(node("item", {}, text=layer.id)
                                                       for layer in layers)))  # fmt: skip
    return root


def theme(name: str, layers: Sequence[ProjectLayer]) -> Element:
    """Return a map theme: the layers that are seen together."""
    rows = (
        node("layer", {"id": layer.id, "visible": 1, "style": _STYLE, "expanded": 1})
        for layer in layers
    )
    return node("visibility-preset", {"name": name, "has-expanded-info": 1}, *rows,
                node("checked-group-nodes", {}),
                node("expanded-group-nodes", {}))  # fmt: skip
