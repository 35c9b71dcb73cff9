"""The steps from the joined table to the layers for a GIS, their styles and the project.

Owns which files an order asks for, the names of their fields and what stands in the notices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from fsva.core.columns import PARENT, UNIT
from fsva.core.errors import EditionError, Place
from fsva.runs.run_order import Order, Progress

if TYPE_CHECKING:
    from fsva.config.styles.gis_look import GisLook
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.names.arrangement import Arrangement
    from fsva.files.layers.feature_tables import FeatureTable
    from fsva.files.layers.geopackage import LayerNotice, StoredStyle
    from fsva.files.layers.map_styles import MapStyle
    from fsva.index.sureness.uncertainty import Certainty
    from fsva.runs.tabulation import Tabulated
    from fsva.words.layer_fields import Naming
    from fsva.words.specification import MapSpecification

LAYERS, FIELDS, RIGHTS = "atlas.gpkg", "bidang.csv", "jangan-dibagikan.txt"
FORMATS = ("gpkg", "shp", "geojson", "geoparquet", "qgz")
_PROJECT = "qgz"


@dataclass(frozen=True, eq=False)
class LayerRun:
    """All that the files for a GIS are written from.

    Parameters
    ----------
    order : Order
        What is asked for.
    tabulated : Tabulated
        The joined table.
    studio : Studio
        Polygons, theme and layout of the sheets.
    maps : sequence of MapSpecification
        Indicators and composite.
    sure : Certainty
        How sure the classes are.
    names : Arrangement or None
        Names, insets and discs of the sheets; None where they are of tiles, or not made.
    """

    order: Order
    tabulated: Tabulated
    studio: Studio
    maps: Sequence[MapSpecification]
    sure: Certainty
    names: Arrangement | None = None

    def files(self, progress: Progress) -> dict[str, bytes]:
        """Return the files of the layers that the order asks for.

        Parameters
        ----------
        progress : callable
            Is told if the borders may not be passed on.

        Raises
        ------
        EditionError
            If a field named in ``edition.toml`` is not one of the layers, or a name is too long.
        UsageError
            If the library of a format is not installed.
        """
        formats = {*self.order.formats, *(["gpkg"] if self._has_project else [])}
        asked = [form for form in FORMATS if form in formats]
        if not asked:
            return {}
        contents = {FIELDS: self._field_list(), **self._rights()}
        for form in asked:
            contents |= getattr(self, f"_{form}")()
        if RIGHTS in contents:
            progress(self.order.texts("lapisan_gis.terminal"))
        return contents

    @cached_property
    def tables(self) -> tuple[FeatureTable, ...]:
        """The layers of villages, kecamatan and kabupaten."""
        from fsva.files.layers import feature_tables
        from fsva.runs.layers import drawn_shapes, village_sizes

        settings, is_own = self.order.edition.settings, self.order.own_shapes
        own = drawn_shapes.own(self.order, self.tabulated) if is_own else None
        villages = self.studio.villages if own is None else own
        return feature_tables.tables(
            feature_tables.LayerSource(
                self.tabulated.table,
                self.tabulated.rules,
                self.sure,
                village_sizes.of_edition(settings, self.tabulated),
                settings.district,
                villages.geometry,
                villages.crs,
            )
        )

    @property
    def _has_project(self) -> bool:
        return _PROJECT in self.order.formats

    @cached_property
    def _context(self) -> tuple[FeatureTable, ...]:
        """The layers that only a project shows."""
        from fsva.drawing.elements import locator
        from fsva.files.qgis import context_tables

        if not self._has_project:
            return ()
        studio = self.studio
        shown = context_tables.whole_panel(studio, studio.layout.boxes.box("map"))
        province = locator.window_of(studio.province, shown.to_degrees(shown.box.polygon()))
        return context_tables.tables(studio, shown, province)

    @cached_property
    def look(self) -> GisLook:
        """The type face of names and labels."""
        from fsva.config.styles import gis_look

        return gis_look.load()

    @cached_property
    def notices(self) -> dict[str, LayerNotice]:
        """What stands in each layer about it."""
        from fsva.files.layers.geopackage import LayerNotice
        from fsva.words import specification

        texts, settings = self.order.texts, self.order.edition.settings
        boundary = settings.boundary
        facts = {
            "daerah": specification.district_name(settings, texts),
            "tahun": settings.year,
            "tanggal": specification.issued(settings, texts),
            "sumber": boundary.producer[texts.language],
        }
        said = [
            *([self.studio.draft.sentence] if self.studio.draft else []),
            texts("lapisan_gis.sumber", **facts),
            *([texts("lapisan_gis.skematis")] if boundary.schematic else []),
            *([] if self.order.cells else [texts(f"lapisan_gis.geometri_{self._shapes}")]),
            *([] if boundary.may_be_passed_on else [texts("lapisan_gis.tak_boleh")]),
        ]
        return {
            name: LayerNotice(
                self.studio.draft.titled(
                    texts("lapisan_gis.judul", lapisan=texts(f"bidang.lapisan.{name}"), **facts)
                ),
                " ".join(said),
            )
            for name in (table.name for table in (*self.tables, *self._context))
        }

    @property
    def _shapes(self) -> str:
        return "asli" if self.order.own_shapes else "diperbaiki"

    def name(self, field_name: str) -> str:
        """Return the name of a field in the files: the office's, else the program's."""
        return self._own.get(field_name, field_name)

    @cached_property
    def _own(self) -> Mapping[str, str]:
        """The office's own names of fields, checked."""
        own = self.order.edition.settings.layers.fields
        known = {field.name for table in self.tables for field in table.fields}
        file = self.order.edition.file
        if unknown := [name for name in own if name not in known]:
            places = [Place(file, column=f"lapisan.kolom.{name}") for name in unknown]
            raise EditionError("kolom_lapisan_asing", places, {"ada": ", ".join(sorted(known))})
        self._refuse_twice(own, lambda field: own.get(field.name, field.name))
        return own

    def _refuse_twice(self, own: Mapping[str, str], naming: Naming) -> None:
        """Stop at names of the office that another field of the same layer has, or the file."""
        for table in self.tables:
            holders: dict[str, list[str]] = {name: [name] for name in ("fid", "geom", "geometry")}
            for field in table.fields:
                holders.setdefault(naming(field).lower(), []).append(field.name)
            if twice := [n for n in own if len(holders.get(own[n].lower(), ())) > 1]:
                clashes = [
                    f"{own[n]}: {', '.join(h for h in holders[own[n].lower()] if h != n)}"
                    for n in twice
                ]
                file = self.order.edition.file
                places = [Place(file, column=f"lapisan.kolom.{n}", found=own[n]) for n in twice]
                told = "; ".join(clashes)
                raise EditionError("kolom_lapisan_kembar", places, {"dipakai": told})

    @property
    def _long(self) -> Naming:
        return lambda field: self.name(field.name)

    @property
    def _short(self) -> Naming:
        return lambda field: self._own.get(field.name, field.short)

    def styles(self, naming: Naming) -> tuple[MapStyle, ...]:
        """Return the styles of the villages, one per map.

        Parameters
        ----------
        naming : callable
            Names of the fields in the file.
        """
        from fsva.files.layers import map_styles
        from fsva.files.layers.class_conditions import FieldNames

        fields = FieldNames(self.tables[0].fields, naming)
        rules, layout, texts = self.tabulated.rules, self.studio.layout, self.order.texts
        return tuple(map_styles.of_map(shown, rules, layout, fields, texts) for shown in self.maps)

    def _gpkg(self) -> dict[str, bytes]:
        """Return the GeoPackage, and its styles as files beside it."""
        from fsva.files.layers import feature_tables, geopackage

        tables = [feature_tables.renamed(table, self._own) for table in self.tables]
        tables += self._context
        stored = self._stored()
        beside: dict[str, bytes] = {}
        for style in stored[: len(self.maps)]:
            # Not the name of the picture: QGIS would apply the style to the picture too.
            beside |= {
                f"{UNIT}-{style.name}.qml": style.qml.encode(),
                f"{UNIT}-{style.name}.sld": style.sld.encode(),
            }
        content = geopackage.write(tables, self.notices, stored, self.order.texts.language)
        return {LAYERS: content, **beside}

    def _stored(self) -> list[StoredStyle]:
        """Return the styles inside the GeoPackage: the composite's is used when it is opened."""
        from fsva.files.layers import map_styles, qml, sld
        from fsva.files.layers.geopackage import StoredStyle

        layout, language = self.studio.layout, self.order.texts.language
        listed = qml.fields(self.tables[0].fields, self._long, language)
        villages = [
            StoredStyle(
                UNIT,
                style.stem,
                qml.document([*qml.of_map(style, self.look), *listed]),
                sld.of_map(style, UNIT, self.look),
                is_default=style.stem == self.maps[-1].file_stem,
            )
            for style in self.styles(self._long)
        ]
        borders = (
            map_styles.of_kecamatan(layout, self.name(PARENT)),
            map_styles.of_kabupaten(layout),
        )
        more = [
            StoredStyle(
                table.name,
                table.name,
                qml.document(
                    [
                        *qml.of_borders(style, self.look),
                        *qml.fields(table.fields, self._long, language),
                    ]
                ),
                "",
                is_default=True,
            )
            for table, style in zip(self.tables[1:], borders, strict=True)
        ]
        return [*villages, *more]

    def _qgz(self) -> dict[str, bytes]:
        """Return the project of QGIS, which reads the GeoPackage beside it."""
        from fsva.files.layers import feature_tables
        from fsva.files.qgis import layout_insets, project

        renamed = [feature_tables.renamed(table, self._own) for table in self.tables]
        inputs = project.ProjectInputs(
            self.studio,
            self.maps,
            self.styles(self._long),
            {table.name: table for table in (*renamed, *self._context)},
            {table.name: table.fields for table in renamed},
            self.notices,
            self.look,
            self.name(PARENT),
            layout_insets.of_sheets(self.studio, self.names) if self.names else None,
        )
        return {project.FILE: project.write(inputs)}

    def _shp(self) -> dict[str, bytes]:
        """Return the layers as Shapefiles, the villages with the composite's style beside them."""
        from fsva.files.layers import qml, shapefile
        from fsva.words.layer_fields import SHORTEST

        long = {name: own for name, own in self._own.items() if len(own) > SHORTEST}
        if long:
            file = self.order.edition.file
            places = [
                Place(file, column=f"lapisan.kolom.{name}", found=own) for name, own in long.items()
            ]
            raise EditionError("kolom_lapisan_panjang", places, {"huruf": str(SHORTEST)})
        self._refuse_twice(self._own, self._short)
        contents: dict[str, bytes] = {}
        for table in self.tables:
            contents |= shapefile.write(table, self._short)
        listed = qml.fields(self.tables[0].fields, self._short, self.order.texts.language)
        drawn = qml.of_map(self.styles(self._short)[-1], self.look)
        return contents | {f"{UNIT}.qml": qml.document([*drawn, *listed]).encode()}

    def _geojson(self) -> dict[str, bytes]:
        from fsva.files.layers import feature_tables, geojson

        renamed = [feature_tables.renamed(table, self._own) for table in self.tables]
        return {
            f"{table.name}.geojson": geojson.write(table, self.notices[table.name])
            for table in renamed
        }

    def _geoparquet(self) -> dict[str, bytes]:
        from fsva.files.layers import feature_tables, geoparquet

        renamed = [feature_tables.renamed(table, self._own) for table in self.tables]
        return {f"{table.name}.parquet": geoparquet.write(table) for table in renamed}

    def _field_list(self) -> bytes:
        """Return the list of all fields with their names in each format."""
        from fsva.files.layers import field_list

        return field_list.write(self.tables, self._long, self._short)

    def _rights(self) -> dict[str, bytes]:
        """Return the notice beside layers whose borders may not be passed on."""
        texts, boundary = self.order.texts, self.order.edition.settings.boundary
        if boundary.may_be_passed_on:
            return {}
        said = texts("lapisan_gis.hak", sumber=boundary.producer[texts.language])
        mark = f"{self.studio.draft.sentence}\n\n" if self.studio.draft else ""
        return {RIGHTS: f"{mark}{said.lstrip()}".encode()}
