"""The order of a run: what to make, and every file that the result depends on.

Owns no step of the run. It is imported before the run starts, so it loads nothing heavy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fsva.config.editions import unfilled
from fsva.config.editions.database import Database, Layer
from fsva.config.editions.edition import Edition
from fsva.config.methods import baseline
from fsva.config.styles import draft_style, gazetteer, gis_look, output_tables
from fsva.config.styles.inheritance import lineage
from fsva.core import bounds, resources
from fsva.core.errors import Place, UsageError
from fsva.core.publishing import manifest
from fsva.core.texts import LANGUAGES, Texts
from fsva.core.texts import load as load_texts
from fsva.core.toml import Bilingual
from fsva.runs.sheet_choice import AS_DUE, SheetChoice
from fsva.sources.ground import village_points
from fsva.sources.layers import layer_files, provenance

if TYPE_CHECKING:
    from fsva.sources.layers.edition_layer import EditionLayer

LAND = "batas:konteks/daratan.geojson"
VILLAGE_POINTS = "batas:gazetteer"
STYLES = (
    "pemeriksaan.toml",
    "grafik.toml",
    "peta-ringkasan.toml",
    "jendela-provinsi.toml",
    "letak-desa.toml",
    "letak-lapisan.toml",
)
ARRANGEMENTS = ("peta", "ubin")
_, TILES = ARRANGEMENTS
FORMATS = (
    "svg",
    "geotiff",
    "webp",
    "badan-peta",
    "html",
    "gpkg",
    "shp",
    "geojson",
    "geoparquet",
    "qgz",
)
Progress = Callable[[str], None]
Cells = Callable[[Any, Any], Any]  # layers of villages and of land to a layer of villages


@dataclass(frozen=True)
class Order:
    """The order of a run.

    Parameters
    ----------
    edition : Edition
        The edition; another boundary layer is already part of its settings.
    layer : Path or Database
        Village boundary layer: a file, or a table in PostGIS.
    texts : Texts
        Language of everything that people see.
    marks_unsure : bool
        Whether maps show which classes are not sure.
    with_aspects : bool
        Whether a map per aspect follows that of the composite.
    formats : tuple of str
        Of ``FORMATS``: how else maps are written, beside PDF and PNG, and as which layers.
    is_other : bool
        Whether the layer is another than the edition's, which need not have its fields.
    is_tiled : bool
        Whether the maps are tile maps: one equal square per village.
    earlier : tuple of Path
        Output folders of earlier editions, whose classes the page shows.
    cells : callable or None
        Draws schematic cells in place of the villages' polygons, from these and from the land.
    own_shapes : bool
        Whether layers for a GIS hold the polygons as the office has drawn them, not mended.
    sheets : SheetChoice
        Which maps are drawn, and whether sheets per kecamatan follow.
    outputs : Path or None
        Where the files of the run will stand, beside which earlier runs may have kept results.
    keeps : bool
        Whether a command that is no atlas keeps results there for later runs.
    """

    edition: Edition
    layer: Layer
    texts: Texts
    marks_unsure: bool = False
    with_aspects: bool = False
    formats: tuple[str, ...] = ()
    is_other: bool = False
    is_tiled: bool = False
    earlier: tuple[Path, ...] = ()
    cells: Cells | None = None
    own_shapes: bool = False
    sheets: SheetChoice = AS_DUE
    outputs: Path | None = None
    keeps: bool = False

    @property
    def root(self) -> Path:
        """Folder of the edition's project, or of an edition without a project."""
        return resources.project_of(self.edition.folder)

    def saying(self, texts: Texts) -> Order:
        """Return the order with other texts; what it has read stays read."""
        other = replace(self, texts=texts)
        other.__dict__.update({**self.__dict__, "texts": texts})
        return other

    @cached_property
    def village_layer(self) -> EditionLayer:
        """The layer, whose rows are read once for run and manifest."""
        from fsva.sources.layers import edition_layer

        return edition_layer.of_edition(self.edition, self.layer, is_other=self.is_other)

    def forget_layer(self) -> None:
        """Drop the rows of the layer, unless its own shapes or its fingerprint are still due."""
        if not self.own_shapes and not isinstance(self.layer, Database):
            self.village_layer.forget()

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """The hash of every input by its name.

        Taken once, before the inputs are read, so that number and manifest agree and an input
        that changes meanwhile differs from its hash.
        """
        return manifest.describe_inputs(self.inputs(), self.root)

    @cached_property
    def number(self) -> str:
        """The print number of the run: of all its inputs and options."""
        return manifest.number(self.facts(), self.fingerprints)

    @property
    def libraries(self) -> tuple[str, ...]:
        """Packages that this run uses beside those that every run uses."""
        settings = self.edition.settings
        cover, relief = settings.data.land_cover, settings.base.relief
        uses = {
            "exactextract": bool(cover),
            "fiona": settings.boundary.engine == "fiona",
            "psycopg": isinstance(self.layer, Database),
            "pyarrow": "geoparquet" in self.formats,
            "rasterio": bool(cover or relief) or "geotiff" in self.formats,
        }
        return tuple(name for name, is_used in uses.items() if is_used)

    def inputs(self) -> list[Path]:
        """Return every file that the result depends on."""
        edition = self.edition
        data, around = edition.settings.data, edition.settings.surroundings
        named = [
            data.table,
            data.crosswalk,
            data.origins,
            data.published,
            data.succession,
            edition.settings.boundary.ids,
            LAND,
            edition.settings.logo.district,
            edition.settings.logo.office,
        ]
        # Layers and rasters, or registers, which are tables: one file or several.
        parted = [
            around.layer,
            *edition.settings.base.names,
            *(file for _, file in data.suppliers.values()),
        ]
        styles = resources.project_folder(edition.folder, "styles")
        return [
            edition.file,
            edition.method_file,
            *(f for one in edition.layout_files for f in lineage(one, "layouts")),
            *lineage(edition.theme_file, "gaya"),
            *([edition.baseline_file] if edition.baseline_file else []),
            *self._layer_files(),
            *[edition.path(name) for name in named if name],
            *(part for name in parted if name for part in layer_files.of_layer(edition.path(name))),
            resources.packaged("styles") / "judul-kolom.toml",
            resources.packaged("styles") / output_tables.FILE_NAME,
            *(resources.style_of(edition.folder, name) for name in STYLES),
            *village_points.files(edition.path(VILLAGE_POINTS)),
            *bounds.files_in(resources.packaged("styles") / "skema", "*.toml"),
            resources.packaged("styles") / "bukan-desa.toml",
            resources.packaged("styles") / draft_style.FILE_NAME,
            resources.packaged("styles") / gis_look.FILE_NAME,
            resources.packaged("styles") / gazetteer.DISTRICTS,
            resources.packaged("styles") / gazetteer.SEAS,
            *bounds.files_in(styles / "fonts", "*.ttf"),
            *sorted((resources.packaged("styles") / "teks").rglob("*.toml")),
            *(self._page_files() if "html" in self.formats else ()),
        ]

    def recorded(
        self,
        files: Mapping[str, bytes],
        command: str = "",
        *,
        inputs: Sequence[Path] = (),
        libraries: Sequence[str] = (),
        sheets: Mapping[str, Sequence[str]] | None = None,
    ) -> dict[str, bytes]:
        """Return files of this run with their manifest.

        Parameters
        ----------
        command : str
            That made them; empty for the atlas itself.
        inputs : sequence of Path
            What these files depend on beside the inputs of the atlas.
        libraries : sequence of str
            What wrote them beside the libraries of the atlas.
        sheets : mapping of str to sequence of str or None
            The print numbers of the sheets in each file.
        """
        facts = {
            "nomor": self.number,
            **({"perintah": command} if command else {}),
            **self.facts(),
            **({} if sheets is None else {manifest.SHEETS: sheets}),
        }
        seen = self.fingerprints | manifest.describe_inputs(inputs, self.root)
        record = manifest.make(facts, seen, files, (*self.libraries, *libraries))
        return {**files, manifest.FILE_NAME: record}

    def _layer_files(self) -> list[Path]:
        """Return the files of the layer and the record beside it; a database has none."""
        if isinstance(self.layer, Database):
            return []
        record = provenance.record_of(self.layer)
        return [*layer_files.of_layer(self.layer), *([record] if record else [])]

    def _page_files(self) -> list[Path]:
        """Return what only the page depends on."""
        styles = resources.packaged("styles") / "halaman"
        names = ("kelas.csv", manifest.FILE_NAME)
        return [
            *sorted(styles.iterdir()),
            *(folder / name for folder in self.earlier for name in names),
        ]

    def _asked(self) -> dict[str, str]:
        """Return the hash of a database's rows; the hashes of files are among the inputs."""
        in_database = isinstance(self.layer, Database)
        return {"sidik": self.village_layer.rows.fingerprint()} if in_database else {}

    def _chosen(self) -> dict[str, str]:
        """Return the choice made for a layer that could be read in several ways."""
        boundary = self.edition.settings.boundary
        said = {
            "lapisan": boundary.part,
            "sistem_kode": boundary.system,
            "kolom_bentuk": boundary.shape_field,
        }
        return {key: text for key, text in said.items() if text}

    def _open(self) -> dict[str, list[str]]:
        """Return the keys of edition.toml that make the run a draft: its tables carry no mark."""
        keys = unfilled.keys(self.edition.settings)
        return {"draf": keys} if keys else {}

    @cached_property
    def _proposed(self) -> dict[str, list[str]]:
        """The measures whose cut-offs no office has decided."""
        file = self.edition.baseline_file
        proposed = baseline.load(file).proposed if file else ()
        return {"usulan": list(proposed)} if proposed else {}

    def facts(self) -> dict[str, Any]:
        """Return the facts about the edition for the manifest.

        A layer in a database is asked for its rows, whose hash stands for that of a file.
        """
        settings = self.edition.settings
        return {
            "daerah": settings.district.full_name,
            "kode": settings.district.code,
            "tahun": settings.year,
            "edisi": settings.issued.isoformat() if settings.issued else None,
            **self._open(),
            "metode": settings.method,
            "dasar": settings.baseline,
            **self._proposed,
            "tata_letak": settings.layout,
            "gaya": settings.theme,
            "bahasa": self.texts.language,
            "tanda_keyakinan": self.marks_unsure,
            "aspek": self.with_aspects,
            **({"susunan": TILES} if self.is_tiled else {}),
            "bentuk": list(self.formats),
            **({"sel_skematis": True} if self.cells else {}),
            **({"geometri_asli": True} if self.own_shapes else {}),
            **self.sheets.facts(),
            "batas": {
                "berkas": self.layer.name,
                **self._asked(),
                **self._chosen(),
                "skematis": settings.boundary.schematic,
                "tahun": settings.boundary.vintage,
                "sumber": settings.boundary.producer[self.texts.language],
            },
        }


def place(edition: Edition, other_layer: Layer | None, texts: Texts) -> Order:
    """Make the order of a run.

    Parameters
    ----------
    other_layer : Path, Database or None
        Boundary layer to use instead of the edition's; its maps name as their source what the
        record beside it says, else the file, and are not called schematic.
    """
    if other_layer is None:
        return Order(edition, edition.layer, texts)
    producer, vintage = provenance.producer(other_layer)
    boundary = edition.settings.boundary.model_copy(
        update={
            "layer": other_layer.name,
            "schematic": False,
            "shareable": None,
            "vintage": vintage,
            "producer": producer,
        }
    )
    settings = edition.settings.model_copy(update={"boundary": boundary})
    return Order(replace(edition, settings=settings), other_layer, texts, is_other=True)


def in_cells(order: Order, cells: Cells) -> Order:
    """Return an order that shows schematic cells in place of the borders.

    Parameters
    ----------
    cells : callable
        Draws them; the neighbours' borders, which are the district's own too, are left out.

    Raises
    ------
    UsageError
        If the borders are schematic already.
    """
    settings = order.edition.settings
    boundary = settings.boundary
    if boundary.schematic:
        raise UsageError("sudah_skematis", [Place(order.edition.file, column="batas.skematis")])
    producer = {
        language: load_texts(language)("lapisan_gis.sumber_sel", sumber=boundary.producer[language])
        for language in LANGUAGES
    }
    drawn = boundary.model_copy(
        update={"schematic": True, "shareable": True, "producer": Bilingual(**producer)}
    )
    around = settings.surroundings.model_copy(update={"layer": None})
    changed = settings.model_copy(update={"boundary": drawn, "surroundings": around})
    return replace(order, edition=replace(order.edition, settings=changed), cells=cells)
