"""All steps from an edition to the bytes of its atlas.

Owns the order of the steps and nothing else: ``fsva.runs.tabulation`` goes from the inputs to the
joined table, ``fsva.runs.sheet_files`` from specifications to files;
``fsva.core.publishing.publish`` puts the result in its place. Heavy libraries are imported when a
run really happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from fsva.core.columns import PARENT, UNIT
from fsva.core.publishing import manifest
from fsva.core.screens import steps
from fsva.runs import sheet_files, sheet_materials
from fsva.runs.kept import kept_frames
from fsva.runs.kept.kept_results import Kept
from fsva.runs.kept.mended_layer import Mender
from fsva.runs.layers import drawn_shapes, gis_files
from fsva.runs.run_order import Order, Progress
from fsva.runs.tabulation import Tabulated, Tabulation, begin

if TYPE_CHECKING:
    from pathlib import Path

    from fsva.checks.findings import Report
    from fsva.config.editions.edition import Edition
    from fsva.config.editions.sections import Settings
    from fsva.core.texts import Texts
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.names.arrangement import Arrangement
    from fsva.index.sureness.uncertainty import Certainty
    from fsva.words.specification import MapSpecification


def produce(order: Order, progress: Progress, kept: Kept | None = None) -> dict[str, bytes]:
    """Make all files of an atlas.

    Parameters
    ----------
    progress : callable
        Receives a sentence after each step.
    kept : Kept or None
        What earlier runs have kept, and where this one keeps its results; None keeps nothing.

    Returns
    -------
    dict of str to bytes
        File name to content, the manifest included.

    Raises
    ------
    FsvaError
        If an input cannot be used; nothing has been written then.
    """
    from fsva.runs import check_run
    from fsva.runs.layers import village_sizes
    from fsva.words import specification
    from fsva.words.legends import legend_words

    edition, settings = order.edition, order.edition.settings
    begun = _begun(order, kept)
    tabulated = begun.tabulated
    kept_frames.recall(kept, tabulated.joined.villages)
    order = order.saying(legend_words.fitting(order.texts, tabulated.table.codes))
    texts = order.texts
    checked = check_run.approved(edition, tabulated, texts)
    for line in _read_words(order, tabulated):
        progress(line)
    people = village_sizes.people(settings, tabulated)
    maps = specification.build(tabulated.table, tabulated.rules, settings, texts, people)
    record = _Record(edition, texts, begun, checked)
    if order.marks_unsure:
        maps = record.marked(maps)
    more, aspect_files = (
        _aspects(settings, tabulated, texts, people) if order.with_aspects else ((), {})
    )
    every = (*maps, *more)
    studio = sheet_materials.asked(order, tabulated)()
    tiles = _of_tiles(studio)
    for line in tiles:
        progress(line)
    every = tuple(_tiled(shown, texts) for shown in every) if order.is_tiled else every

    def written(names: Arrangement) -> dict[str, bytes]:
        """Make the files that need no drawing."""
        shown = None if order.is_tiled else names
        layers = gis_files.LayerRun(order, tabulated, studio, maps, record.sure, shown)
        with steps.taking("lapisan_gis", len(tabulated.table)):
            joined = layers.files(progress)
        return record.files(every, names.unseen, [*tiles, *_of_names(studio, names)]) | joined

    n_villages = len(tabulated.table)
    if order.sheets.is_too_large(n_villages):
        progress(texts("daftar_nama.atas_permintaan", jumlah=n_villages))
    printed = sheet_files.atlas(
        studio,
        order.sheets.of(every),
        None if order.sheets.maps else sheet_files.charted(edition.folder, maps),
        progress,
        formats=order.formats,
        with_list=order.sheets.lists(n_villages),
        detailed=maps[-1],
        meanwhile=written,
        kept=kept,
    )
    files = aspect_files | printed.files
    if "html" in order.formats:
        with steps.taking("halaman", n_villages):
            files |= record.page(files, order.number, order.earlier)
    files = order.recorded(files, sheets=printed.numbers)
    if kept:
        kept_frames.keep(kept, tabulated.joined.villages)
        kept.finished(texts, progress)
    return files


def _begun(order: Order, kept: Kept | None) -> Tabulation:
    """Join table and layer, and forget the layer as it was read."""
    mender = Mender(lambda: kept)
    begun = begin(order.edition, order.village_layer, sheet_files.load_libraries, mender)
    shown = drawn_shapes.shown(order, begun)
    order.forget_layer()
    return shown


def _of_names(studio: Studio, names: Arrangement) -> Iterator[str]:
    """Say which kecamatan no map names, and which names around the district are proposals."""
    from fsva.words import unseen_words

    texts = studio.texts
    around = [(area.kind, area.name[texts.language]) for area in studio.surroundings.areas]
    yield from unseen_words.unnamed(names.unnamed_kecamatan, texts)
    yield from unseen_words.borrowed(around, texts)


def _read_words(order: Order, tabulated: Tabulated) -> Iterator[str]:
    """Say how table and layer went together, and what of them was left or taken from elsewhere."""
    from fsva.words import oddity_words, sourced_words

    texts, joined = order.texts, tabulated.joined
    yield texts("cli.desa_cocok", jumlah=len(tabulated.table), berkas=order.layer.name)
    if unnamed := int((joined.ledger["nama_layer"] == "").sum()):
        yield texts("cli.desa_tanpa_nama", jumlah=unnamed)
    yield from oddity_words.notes(joined.oddities, texts)
    yield from sourced_words.warnings(joined.supplied, joined.names, texts)
    if joined.unread:
        yield oddity_words.unread(joined.unread, texts)


def _of_tiles(studio: Studio) -> list[str]:
    """Say what tile maps keep of the map; nothing of other maps."""
    from fsva.words import tile_words

    if not (tiles := studio.tiles):
        return []
    kept = (tiles.beside, tiles.touching, tiles.displacement)
    return [tile_words.told(*kept, studio.texts)]


def _tiled(shown: MapSpecification, texts: Texts) -> MapSpecification:
    """Return a map that is called a tile map."""
    return replace(shown, subtitle=texts("ubin.anak_judul", anak_judul=shown.subtitle))


@dataclass(frozen=True, eq=False)
class _Record:
    """The files of an edition beside its maps.

    Parameters
    ----------
    edition : Edition
        The edition.
    texts : Texts
        The language.
    begun : Tabulation
        Its joined table; the ledger of mending is awaited when files are made.
    checked : Report
        What the checks have found.
    """

    edition: Edition
    texts: Texts
    begun: Tabulation
    checked: Report

    @cached_property
    def sure(self) -> Certainty:
        """How sure the classes are."""
        from fsva.runs import certainty_run

        return certainty_run.of_atlas(self.edition, self.begun.tabulated)

    def marked(self, maps: tuple[MapSpecification, ...]) -> tuple[MapSpecification, ...]:
        """Mark on maps which classes are not sure."""
        from fsva.runs import certainty_run

        return certainty_run.mark(maps, self.sure, self.begun.tabulated, self.texts)

    def files(
        self,
        maps: Sequence[MapSpecification],
        unseen: Sequence[str] = (),
        tiles: Sequence[str] = (),
    ) -> dict[str, bytes]:
        """Return tables, ledgers and report.

        Parameters
        ----------
        maps : sequence of MapSpecification
            Their legends hold the report's counts.
        unseen : sequence of str
            Codes of the villages that show too little of their class on the sheets.
        tiles : sequence of str
            What tile maps keep of the map, and what the sheets name or leave unnamed.
        """
        from fsva.files.tables import class_table as writers
        from fsva.files.tables import ledgers
        from fsva.words import report

        manifest.program()  # kept for the manifest, which is made last, when time is short
        tabulated = self.begun.finished()
        table, rules, joined = tabulated.table, tabulated.rules, tabulated.joined
        settings, notes = self.edition.settings, [tiles, *self._notes(tabulated, unseen)]
        ledger = {**joined.ledger.columns}
        words = report.write(maps, table, ledger, settings, rules, self.texts, notes)
        sure = self.sure.of_class(table.classes[rules.composite.id], rules.composite)
        classes = writers.classes_csv(table, sure, rules)
        return {
            writers.CLASSES: classes,
            writers.TYPES: writers.types_csvt(classes, rules),
            writers.PAIRS: writers.ledger_csv(ledger),
            "laporan.txt": words.encode("utf-8"),
            **ledgers.of(joined),
        }

    def page(
        self, made: Mapping[str, bytes], number: str, earlier: Sequence[Path]
    ) -> dict[str, bytes]:
        """Return ``atlas.html``.

        Parameters
        ----------
        made : mapping of str to bytes
            Files of this run, the table of classes among them.
        number : str
            The print number.
        earlier : sequence of Path
            Output folders of earlier editions.
        """
        from fsva.files.tables import class_table
        from fsva.runs.pages import page_run

        tabulated = self.begun.finished()
        composite = tabulated.rules.composite
        sure = self.sure.of_class(tabulated.table.classes[composite.id], composite)
        classes_csv = made[class_table.CLASSES]
        return page_run.files(
            self.edition.settings,
            tabulated,
            sure,
            classes_csv,
            number,
            earlier,
            self.texts,
        )

    def _notes(self, tabulated: Tabulated, unseen: Sequence[str]) -> list[Sequence[str]]:
        from fsva.checks import finding_words as of_checks
        from fsva.runs import placement_run
        from fsva.words import (
            layer_words,
            oddity_words,
            repair_words,
            sourced_words,
            succession_words,
            unseen_words,
        )

        texts, joined = self.texts, tabulated.joined
        changes = placement_run.of_changes(self.edition, joined.repairs)
        joined = replace(joined, oddities=(*joined.oddities, *changes))
        names = dict(zip(tabulated.table.bps_codes, tabulated.table.names, strict=True))
        villages = tabulated.joined.villages
        called = zip(villages[UNIT], villages[PARENT], strict=True)
        places = dict(zip(map(str, villages.index), called, strict=True))
        told = [
            words.lines(joined, texts)
            for words in (layer_words, oddity_words, repair_words, succession_words)
        ]
        return [
            unseen_words.lines(unseen, places, texts),
            *told,
            *of_checks.for_atlas(self.checked, texts),
            sourced_words.lines(joined.supplied, self.edition.settings.data, names, texts),
        ]


def _aspects(
    settings: Settings, tabulated: Tabulated, texts: Texts, people: Sequence[float]
) -> tuple[tuple[MapSpecification, ...], dict[str, bytes]]:
    """Score the aspects; return their maps and their table."""
    from fsva.files.tables import summary_tables
    from fsva.index import aspects
    from fsva.words import specification

    rules = tabulated.rules
    parts = summary_tables.all_aspects(rules)
    scored = aspects.tabulate(tabulated.table, rules, parts)
    maps = specification.build_aspects(scored, rules, parts, settings, texts, people)
    return maps, {summary_tables.ASPECTS: summary_tables.aspects_csv(scored, rules, parts)}
