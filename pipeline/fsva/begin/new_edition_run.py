"""From an office's files to the files of its new edition.

Owns how they are read and recognised, how the edition names them, and the place of the table of
matching codes. ``fsva.begin.new_edition`` derives the edition from the values. It writes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from fsva.begin import crosswalk_rows, new_edition, recognition
from fsva.begin.harmonise import Proposal, WrittenVillage
from fsva.begin.harmonise_run import in_sheet, of_ids, of_layer
from fsva.begin.new_edition import Files, Form, NewDistrict
from fsva.begin.recognition import Recognised
from fsva.config.editions import edition, headings
from fsva.config.editions.database import Database, Layer
from fsva.config.editions.layer_schemas import Schema
from fsva.config.methods.method import Method
from fsva.config.styles import gazetteer
from fsva.core import codes, resources, toml
from fsva.core.codes import System
from fsva.core.columns import BPS, KEMENDAGRI
from fsva.core.errors import FsvaError, StyleError, failures, stop_at
from fsva.core.texts import Texts
from fsva.core.toml import Bilingual
from fsva.sources.cells import table_text
from fsva.sources.cells.codes_elsewhere import KnownPairs, Pairs
from fsva.sources.cells.table_text import TableFile, TextTable
from fsva.sources.layers import provenance, village_layer
from fsva.sources.layers.layer_request import LayerRows, Request
from fsva.sources.layers.village_rows import CODE, OTHER
from fsva.sources.plain import plain_table
from fsva.sources.plain.plain_table import Table
from fsva.sources.tables import crosswalks, edition_tables, office_files, raw_counts
from fsva.villages.names_shifted import Named

CROSSWALK = "padanan.csv"  # in the edition, if the project has no folder of crosswalks
T = TypeVar("T")
IDS = "padanan-lapisan.csv"  # for layers without official codes


@dataclass(frozen=True)
class Answers:
    """The officer's answers and options.

    Parameters
    ----------
    code, name, year : str, str, int
        Code and name of the kabupaten, and the year of the edition.
    sheet, baseline, compiler, agency : str or None
        Sheet of a workbook, id of a baseline, compiler, agency of all indicators.
    method : str or None
        Id of the method; None = recognised by the columns of the table.
    folder : Path or None
        Folder of the edition; None = ``editions/<name>-<year>``.
    of_layer : mapping of str to str
        Options about the layer, by the keys of ``[batas]``.
    producer, vintage : str or None
        Source of the borders and their year.
    """

    code: str
    name: str
    year: int
    layer: Layer
    table: Path
    sheet: str | None
    baseline: str | None
    compiler: str | None
    agency: str | None
    folder: Path | None
    of_layer: Mapping[str, str] = field(default_factory=dict)
    producer: str | None = None
    vintage: str | None = None
    method: str | None = None

    def request(self, bps: str) -> Request:
        """Return the request for the villages of the layer, for a kabupaten's BPS code."""
        said = self.of_layer
        return Request(
            self.layer,
            self.code,
            bps,
            said.get("kolom_kode"),
            said.get("kolom_nama"),
            called=self.name,
            part=said.get("lapisan"),
            shape_field=said.get("kolom_bentuk"),
            system=cast("System | None", said.get("sistem_kode")),
        )


@dataclass(frozen=True)
class RecognisedFiles:
    """The recognised content of the files.

    Parameters
    ----------
    district : NewDistrict
        Has the BPS code of the table's villages.
    rules : Method
        Method of a kabupaten or kota.
    form, missing : {"indikator", "mentah"}, tuple of str
        Form of the table, and the columns that it lacks.
    sheet : TextTable
        The table.
    schema, is_coded : Schema, bool
        Schema of the layer, and whether it has official codes.
    table, layer : tuple of WrittenVillage
        The villages of both sides; those of a layer without official codes have its own ids.
    unread : tuple of str
        Layers with polygons in the same file or folder that are not read.
    """

    district: NewDistrict
    rules: Method
    form: Form
    missing: tuple[str, ...]
    sheet: TextTable
    schema: Schema
    is_coded: bool
    table: tuple[WrittenVillage, ...]
    layer: tuple[WrittenVillage, ...]
    unread: tuple[str, ...] = ()

    def named(self) -> tuple[list[Named], list[Named]]:
        """Return codes and names of both sides; none of a layer without official codes."""
        table = [Named(village.code, village.name) for village in self.table]
        layer = self.layer if self.is_coded else ()
        return table, [Named(v.code, v.name, v.other_code) for v in layer]

    def pairs(self) -> list[Proposal]:
        """Pair the codes of both systems as far as that needs no decision."""
        layer = self.layer
        if not self.is_coded:  # the table may hold both codes
            layer = tuple(replace(v, code=v.other_code) for v in self.table if v.other_code)
        return new_edition.equal_pairs(self.table, layer)


def _tried(work: Callable[[], T], problems: list[FsvaError]) -> list[T]:
    """Return the result of a step; if it fails, add its error to the problems."""
    done: list[T] = []
    problems += failures((work,), lambda task: done.append(task()))
    return done


def provinces() -> dict[str, str]:
    """Return the names of the provinces by the first part of Kemendagri codes."""
    return toml.read(resources.packaged("styles") / "provinsi.toml", StyleError)


def recognise(answers: Answers, folder: Path, done: Callable[[int], None]) -> RecognisedFiles:
    """Read both files as far as recognition needs it.

    Parameters
    ----------
    answers : Answers
        Give the files.
    folder : Path
        Folder of the edition, which decides its project.
    done : callable
        Called with 1 after each file.

    Raises
    ------
    FsvaError
        If the table has no villages, the layer has none of the kabupaten, or the baseline
        belongs to another method.
    """
    styles = resources.project_folder(folder, "styles")
    baseline = styles / "dasar" / f"{answers.baseline}.toml" if answers.baseline else None
    known = _known_crosswalk(folder, answers.code)
    problems, methods = list[FsvaError](), styles / "metode"
    layer_of = cache(lambda bps: village_layer.read_district(answers.request(bps)))
    pairs = _pairs(answers, folder, known, layer_of)
    told = _tried(lambda: _table(answers, methods, baseline, known, pairs), problems)
    done(1)
    bps = told[0][2].bps_code if told else ""
    asked, read_rows = answers.request(bps), _tried(lambda: layer_of(bps), problems)
    stop_at(problems)
    ((what, read, district),), (rows,) = told, read_rows
    table = tuple(in_sheet(read))
    layer = tuple(_of_layer(rows, asked, table, known))
    recognition.check_names(answers.table, table, layer, district)
    done(1)
    return RecognisedFiles(
        district,
        what.rules,
        what.form,
        what.missing,
        read,
        rows.schema,
        rows.is_coded,
        table,
        layer,
        rows.unread,
    )


def _table(
    answers: Answers, methods: Path, baseline: Path | None, known: Table, pairs: Pairs
) -> tuple[Recognised, TextTable, NewDistrict]:
    """Recognise the table, and check that it belongs to the kabupaten.

    If the table is refused, the error names its faulty numbers too; else the edition checks them.
    """
    source = table_text.open_file(answers.table, answers.sheet, pairs)
    what = recognition.method_of(source, methods, answers.code, answers.method, baseline)
    titles = headings.of_method(what.rules, raw=what.form == "mentah")
    read, _, problems = edition_tables.examine_villages(source, (), titles)
    if problems:
        problems = failures((what,), lambda found: _with_numbers(source, found, titles))
    sound = tuple(row for row in read if codes.is_bps(row.cells[BPS]))
    bps = codes.district_of(row.cells[BPS] for row in sound) or ""
    district = NewDistrict(
        answers.code, bps, answers.name, provinces()[answers.code[:2]], answers.year
    )
    if sound:
        problems += failures(
            (replace(read, rows=sound),),
            lambda table: recognition.check_district(table, district, list(known.index)),
        )
    stop_at(problems)
    return what, read, district


def _with_numbers(source: TableFile, what: Recognised, titles: Mapping[str, Sequence[str]]) -> None:
    """Stop at everything that is wrong with a table, its numbers too."""
    if what.form == "indikator":
        edition_tables.read_indicators(source, what.rules, frozenset())
        return
    present = [column for column in what.rules.columns if column not in what.missing]
    table, _, problems = edition_tables.examine_villages(source, present, titles)
    raw_counts.numbers(table, present, problems)


def _pairs(
    answers: Answers, folder: Path, known: Table, layer_of: Callable[[str], LayerRows]
) -> Pairs:
    """Return what gives BPS codes that the table lacks: the project's crosswalk, or the layer."""
    common = _common_crosswalk(folder, answers.code)
    if common and len(known):
        return crosswalks.pairs_of(lambda: known, common.name)
    return lambda: _pairs_of_layer(answers, layer_of)


def _pairs_of_layer(answers: Answers, layer_of: Callable[[str], LayerRows]) -> KnownPairs:
    """Return the pairs of a layer that states both codes of its villages."""
    places = {point.code: point.bps_code for point in gazetteer.load().districts}
    try:
        rows = layer_of(places.get(answers.code, ""))
    except FsvaError:  # recognition reads the layer too, and reports it
        return KnownPairs()
    if rows.is_bps or OTHER not in rows.table:
        return KnownPairs()
    stated = zip(rows.table[CODE], plain_table.told(rows.table[OTHER]), strict=True)
    bps_of = {str(code): str(other) for code, other in stated if codes.is_bps(str(other))}
    return KnownPairs(_name_of(answers.layer, Path()), bps_of)


def _of_layer(
    rows: LayerRows, asked: Request, table: Sequence[WrittenVillage], known: Table
) -> Iterator[WrittenVillage]:
    """Return the villages of the layer; known pairs convert its BPS codes."""
    if not rows.is_coded:
        return of_ids(rows.table)
    told = known if len(known) else _own_codes(table)
    return of_layer(village_layer.settled(rows, asked, told)[0])


def _own_codes(table: Sequence[WrittenVillage]) -> Table:
    """Return the Kemendagri codes of the table itself as a crosswalk."""
    coded = [village for village in table if village.other_code]
    codes_of = plain_table.words(village.other_code for village in coded)
    index = plain_table.words(village.code for village in coded)
    return Table(index, {KEMENDAGRI: codes_of}, BPS)


def _common_crosswalk(folder: Path, code: str) -> Path | None:
    """Return the kabupaten's file in the project's folder of crosswalks, if the folder exists.

    The folder of an installed program does not belong to the office and stays unchanged.
    """
    crosswalks = resources.resolved(folder).parent.parent / "boundaries" / "crosswalk"
    return crosswalks / f"{code}.csv" if crosswalks.is_dir() else None


def _known_crosswalk(folder: Path, code: str) -> Table:
    """Return the pairs of the project, for layers with BPS codes; perhaps none."""
    file = _common_crosswalk(folder, code)
    known = file is not None and file.exists()
    return edition_tables.read_crosswalk(file) if file and known else crosswalks.none()


def named(answers: Answers, recognised: RecognisedFiles, folder: Path) -> Files:
    """Return the names of the files in the edition.

    Parameters
    ----------
    folder : Path
        Folder of the edition, to which the name of the layer is relative.
    """
    common = _common_crosswalk(folder, answers.code)
    return Files(
        f"{recognised.form}{answers.table.suffix.lower()}",
        recognised.form,
        answers.sheet,
        f"batas:crosswalk/{common.name}" if common else CROSSWALK,
        _name_of(answers.layer, folder),
        None if recognised.is_coded else IDS,
        *_source(answers),
        answers.baseline,
        answers.of_layer,
    )


def _source(answers: Answers) -> tuple[Bilingual | None, str | None]:
    """Return producer and year of the layer: from the office, else from its record."""
    known, year = provenance.recorded(answers.layer) or (None, None)
    said = answers.producer
    return Bilingual(id=said, en=said) if said else known, answers.vintage or year


def _name_of(layer: Layer, folder: Path) -> str:
    """Return a layer's name in the edition: a connection without password, or a path."""
    if isinstance(layer, Database):
        return layer.text
    try:
        home = resources.resolved(folder)
        return Path(os.path.relpath(resources.resolved(layer), home)).as_posix()
    except ValueError:  # on another drive of Windows
        return resources.resolved(layer).as_posix()


def contents(
    answers: Answers, recognised: RecognisedFiles, files: Files, texts: Texts
) -> dict[str, bytes]:
    """Return the files of the edition's folder: edition.toml and a copy of the table."""
    makers = new_edition.Makers(answers.compiler, answers.agency)
    text = new_edition.edition_toml(recognised.district, files, makers, recognised.rules, texts)
    return {edition.FILE_NAME: text, files.table: office_files.read(answers.table)}


def crosswalk_columns(proposals: Sequence[Proposal]) -> dict[str, list[str]]:
    """Return a table of matching codes that confirms the pairs without need of a decision.

    Parameters
    ----------
    proposals : sequence of Proposal
        From ``new_edition.equal_pairs``.
    """
    rows = [
        {**crosswalk_rows.as_row(p), crosswalks.STATUS: crosswalks.CONFIRMED} for p in proposals
    ]
    return crosswalk_rows.columns((), rows)


def left_over(recognised: RecognisedFiles, crosswalk: Path) -> tuple[int, int]:
    """Count the villages of table and layer without a confirmed row in the crosswalk.

    Returns
    -------
    int, int
        Counts of the table and of the layer.
    """
    known = crosswalks.known(crosswalk)
    codes_of = set(known[KEMENDAGRI])
    return (
        sum(village.code not in known.positions for village in recognised.table),
        sum(village.code not in codes_of for village in recognised.layer)
        if recognised.is_coded
        else 0,
    )
