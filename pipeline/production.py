"""From an edition to the bytes of its atlas: the whole way of the data, step after step.

Owns the order of the steps and nothing else. It reads through ``pipeline.sources`` and writes
nothing; ``pipeline.publish`` puts the result in its place. Heavy libraries are imported when a
run really happens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import edition as editions
from pipeline import manifest, resources
from pipeline.edition import Edition
from pipeline.errors import GeometryError
from pipeline.sources import parts, provenance
from pipeline.texts import Texts

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from pipeline.figures.studio import Studio
    from pipeline.inheritance import Inherited
    from pipeline.join import Joined
    from pipeline.layout import Layout
    from pipeline.method import Method
    from pipeline.specification import MapSpecification
    from pipeline.succession_run import Heirs

LAND = "batas:konteks/daratan.geojson"
ATLAS = "atlas.pdf"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What is to be made.

    Parameters
    ----------
    edition : Edition
        The edition; another boundary layer is already part of its settings.
    layer : Path
        Village boundary layer.
    texts : Texts
        Language of everything that people see.
    marks_unsure : bool
        Whether maps show which classes are not sure.
    with_aspects : bool
        Whether a map per aspect follows that of the composite.
    """

    edition: Edition
    layer: Path
    texts: Texts
    marks_unsure: bool = False
    with_aspects: bool = False

    @property
    def root(self) -> Path:
        """Folder of the project that the edition belongs to."""
        return self.edition.folder.resolve().parent.parent

    def inputs(self) -> list[Path]:
        """Return every file that the result depends on."""
        edition = self.edition
        data, around = edition.settings.data, edition.settings.surroundings
        named = [
            data.table, data.crosswalk, data.origins, data.published, data.succession,
            around.layer, LAND,
        ]  # fmt: skip
        styles = resources.project_folder(edition.folder, "styles")
        return [
            edition.file,
            edition.method_file,
            edition.layout_file,
            *([edition.baseline_file] if edition.baseline_file else []),
            *parts.of_layer(self.layer),
            *([record] if (record := provenance.record_of(self.layer)) else []),
            *[edition.path(name) for name in named if name],
            resources.packaged("styles") / "judul-kolom.toml",
            resources.style_of(edition.folder, "pemeriksaan.toml"),
            *sorted((resources.packaged("styles") / "skema").glob("*.toml")),
            resources.packaged("styles") / "bukan-desa.toml",
            *sorted((styles / "fonts").glob("*.ttf")),
            *sorted((resources.packaged("styles") / "teks").rglob("*.toml")),
        ]

    def facts(self) -> dict[str, Any]:
        """Return what the manifest says of the edition."""
        settings = self.edition.settings
        return {
            "daerah": settings.district.full_name,
            "kode": settings.district.code,
            "tahun": settings.year,
            "edisi": settings.issued.isoformat(),
            "metode": settings.method,
            "dasar": settings.baseline,
            "tata_letak": settings.layout,
            "bahasa": self.texts.language,
            "tanda_keyakinan": self.marks_unsure,
            "aspek": self.with_aspects,
            "batas": {
                "berkas": self.layer.name,
                "skematis": settings.boundary.schematic,
                "tahun": settings.boundary.vintage,
                "sumber": settings.boundary.producer[self.texts.language],
            },
        }


def order(edition: Edition, other_layer: Path | None, texts: Texts) -> Order:
    """Settle what a run makes.

    Parameters
    ----------
    edition : Edition
        As loaded.
    other_layer : Path or None
        Boundary layer to use instead of the edition's; its maps name as their source what the
        record beside it says, else the file, and are not called schematic.
    texts : Texts
        The language.
    """
    if other_layer is None:
        return Order(edition, edition.path(edition.settings.boundary.layer), texts)
    producer, vintage = provenance.producer(other_layer)
    boundary = edition.settings.boundary.model_copy(
        update={
            "layer": other_layer.name,
            "schematic": False,
            "vintage": vintage,
            "producer": producer,
        }
    )
    settings = edition.settings.model_copy(update={"boundary": boundary})
    return Order(replace(edition, settings=settings), other_layer, texts)


def produce(order: Order, progress: Progress) -> dict[str, bytes]:
    """Make all files of an atlas.

    Parameters
    ----------
    order : Order
        What is to be made.
    progress : callable
        Is told in words what has been done.

    Returns
    -------
    dict of str to bytes
        File name to content, the manifest included.

    Raises
    ------
    FsvaError
        If an input cannot be used; nothing has been written then.
    """
    from pipeline import certainty_run, check_run, layout, repair_words, report, specification
    from pipeline import layer_words as rows
    from pipeline import succession_words as heirs
    from pipeline.files import ledgers
    from pipeline.files import tables as writers

    texts, settings = order.texts, order.edition.settings
    sizes = layout.load(order.edition.layout_file)
    made = tabulate(order)
    table, rules, joined = made.table, made.rules, made.joined
    checked = check_run.lines(order, made)
    notes = [words.lines(joined, texts) for words in (rows, repair_words, heirs)] + [*checked]
    progress(texts("cli.desa_cocok", jumlah=len(table), berkas=order.layer.name))
    maps = specification.build(table, rules, settings, texts)
    sure = certainty_run.of_atlas(order, made)
    table["komposit_keyakinan"] = sure.of_class(table["komposit_kelas"], rules.composite)
    if order.marks_unsure:
        maps = certainty_run.mark(maps, sure, made, texts)
    more, aspect_files = _aspects(order, made) if order.with_aspects else ((), {})
    maps = (*maps, *more)
    words = report.write(maps, table, joined.ledger, settings, rules, texts, notes)
    files = {
        "kelas.csv": writers.classes_csv(table, rules),
        "gabung.csv": writers.ledger_csv(joined.ledger),
        "laporan.txt": words.encode("utf-8"),
        **ledgers.of(joined),
        **aspect_files,
        **_draw(order, _studio(order, joined.villages, rules, sizes), maps, progress),
    }
    inputs = manifest.describe_inputs(order.inputs(), order.root)
    files[manifest.FILE_NAME] = manifest.make(order.facts(), inputs, files)
    return files


def _aspects(
    order: Order, made: Tabulated
) -> tuple[tuple[MapSpecification, ...], dict[str, bytes]]:
    """Score the aspects; return their maps and their table."""
    from pipeline import aspects, specification
    from pipeline.files import summary_tables

    settings, rules = order.edition.settings, made.rules
    parts = summary_tables.all_aspects(rules)
    scored = made.table.join(aspects.tabulate(made.table, rules, parts))
    maps = specification.build_aspects(scored, rules, parts, settings, order.texts)
    return maps, {summary_tables.ASPECTS: summary_tables.aspects_csv(scored, rules, parts)}


@dataclass(frozen=True, eq=False)
class Tabulated:
    """The one joined table of an edition, and what it was made with.

    Parameters
    ----------
    table : DataFrame
        From ``pipeline.atlas.tabulate``, indexed by Kemendagri code.
    rules : Method
        The method with its baseline.
    joined : Joined
        Values and polygons of the villages, and the ledger of the join.
    published : DataFrame or None
        What a report has published, indexed by BPS code.
    """

    table: pd.DataFrame
    rules: Method
    joined: Joined
    published: pd.DataFrame | None


def tabulate(order: Order) -> Tabulated:
    """Read the inputs of an edition and make its joined table; nothing is drawn.

    Parameters
    ----------
    order : Order
        Edition and boundary layer.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from pipeline import atlas, inheritance, method
    from pipeline.sources import tables

    edition, settings = order.edition, order.edition.settings
    rules = method.load(edition.method_file, edition.baseline_file)
    joined = join_values(order, rules)
    name = settings.data.published
    published = tables.read_published(edition.path(name), rules) if name else None
    if published is not None:
        published = inheritance.forget(published, joined.inherited.events)
    table = atlas.tabulate(joined.villages, published, settings.overrides, rules)
    return Tabulated(table, rules, joined, published)


def join_values(order: Order, rules: Method) -> Joined:
    """Read table, crosswalk and layer, mend the layer, and join the three.

    Parameters
    ----------
    order : Order
        Edition and boundary layer.
    rules : Method
        Its cut-offs and bounds may be open: only names, digits and ranges are looked at.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from pipeline import join, succession_run
    from pipeline.sources import layers, tables

    edition, settings = order.edition, order.edition.settings
    table_file = edition.path(settings.data.table)
    crosswalk_file = edition.path(settings.data.crosswalk)
    accepted = frozenset((one.code, one.indicator) for one in settings.acceptances)
    crosswalk = tables.read_crosswalk(crosswalk_file)
    heirs = succession_run.read(edition, crosswalk)
    table, inherited = _values(order, rules, accepted, heirs)
    editions.check(edition, table, rules)
    layer, rows = layers.villages(layers.request_of(settings, order.layer), crosswalk)
    layer, repairs = _mended(layers.project(layer, order.layer), order.layer)
    layer, redrawn = heirs.of_layer(layer, order.layer)
    inherited = inherited.also(redrawn)
    names = join.Names(table_file, crosswalk_file, order.layer)
    joined = join.join(table, crosswalk, layer, names)
    return replace(joined, repairs=repairs, inherited=inherited, rows=rows)


def _mended(layer: gpd.GeoDataFrame, file: Path) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Mend a layer; repairing knows no files, so the layer's is named here if it fails."""
    from pipeline import repair

    try:
        return repair.repair(layer)
    except GeometryError as problem:
        places = [replace(place, file=file) for place in problem.places]
        raise GeometryError(problem.key, places, problem.facts) from problem


def _values(
    order: Order, rules: Method, accepted: frozenset[tuple[str, str]], heirs: Heirs
) -> tuple[pd.DataFrame, Inherited]:
    """Read the values of the edition's villages, or compute them from their raw counts."""
    from pipeline import indicators
    from pipeline.sources import raw, tables

    data = order.edition.settings.data
    file = order.edition.path(data.table)
    if data.raw is None:
        return heirs.of_values(tables.read_indicators(file, rules, accepted, data.sheet), None)
    counts, inherited = heirs.of_values(raw.read(file, rules, data.sheet), rules)
    return indicators.of_villages(counts, rules, accepted, file), inherited


def _studio(order: Order, villages: gpd.GeoDataFrame, rules: Method, sizes: Layout) -> Studio:
    """Gather what the sheets are drawn from."""
    from pipeline.figures import fonts
    from pipeline.figures.ground import Surroundings
    from pipeline.figures.studio import Studio
    from pipeline.sources import context

    edition, around = order.edition, order.edition.settings.surroundings
    land = context.read_land(edition.path(LAND))
    neighbours = context.read_neighbours(edition.path(around.layer)) if around.layer else None
    styles = resources.project_folder(edition.folder, "styles")
    return Studio(
        villages,
        Surroundings(land, neighbours, around.names),
        edition.settings,
        rules,
        sizes,
        order.texts,
        fonts.load(styles / "fonts"),
    )


def draw(
    order: Order, made: Tabulated, maps: tuple[MapSpecification, ...], progress: Progress
) -> dict[str, bytes]:
    """Draw maps beside the atlas, each as PDF and PNG.

    Parameters
    ----------
    order : Order
        Edition, layer, language.
    made : Tabulated
        Villages and method.
    maps : tuple of MapSpecification
        At least one.
    progress : callable
        Is told in words what has been done.
    """
    from pipeline import layout

    sizes = layout.load(order.edition.layout_file)
    studio = _studio(order, made.joined.villages, made.rules, sizes)
    files = _draw(order, studio, maps, progress)
    return {name: content for name, content in files.items() if name != ATLAS}


def _draw(
    order: Order, studio: Studio, maps: tuple[MapSpecification, ...], progress: Progress
) -> dict[str, bytes]:
    """Draw the sheets and write them as PDF and PNG."""
    from pipeline.figures import scene, sheet
    from pipeline.files import pdf, png

    texts = order.texts
    sheets = sheet.sheets(studio, maps)
    writer = pdf.PdfWriter(sheets, studio.faces)
    title = f"{texts('peta.atlas')} - {maps[-1].subtitle}"
    files = {ATLAS: writer.write(sheets, title)}
    for one, drawn in zip(maps, sheets, strict=True):
        files[f"{one.file_stem}.pdf"] = writer.write([drawn], drawn.title)
    palette = png.palette(_colours(studio))
    below, above = scene.split(sheets)
    drawn_pages = png.pictures(
        writer.write([below], title), writer.write(above, title), palette, studio.layout.dpi
    )
    for one, picture in zip(maps, drawn_pages, strict=True):
        files[f"{one.file_stem}.png"] = picture
        progress(texts("cli.peta_selesai", nama=one.file_stem))
    return files


def _colours(studio: Studio) -> list[str]:
    """Return every colour that a sheet is drawn with."""
    method = studio.method
    classes = [c.colour for c in method.classes]
    classes += [c.colour for i in method.indicators for c in i.map_classes]
    return [*classes, method.no_data_colour, *studio.layout.colours.model_dump().values()]
