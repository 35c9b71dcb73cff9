"""From an edition to proposals for its tables of matching villages.

Owns the choice of the two sides and of the file for the proposals: BPS codes with Kemendagri
codes or, for a layer without official codes, with the layer's own ids. ``fsva.begin.harmonise``
makes the proposals; they join nothing before a person confirms them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.begin import crosswalk_rows, harmonise
from fsva.begin.crosswalk_rows import Book
from fsva.begin.harmonise import Matches, WrittenVillage, key
from fsva.config.editions.edition import Edition
from fsva.core.codes import KemendagriCode
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.errors import LayerError, Place
from fsva.core.publishing import publish
from fsva.sources.cells.table_text import TextTable
from fsva.sources.layers import village_layer
from fsva.sources.layers.village_rows import CODE, NAME, OTHER, SUBDISTRICT
from fsva.sources.plain import plain_table
from fsva.sources.plain.shape_table import ShapeTable
from fsva.sources.tables import code_columns, crosswalks, edition_tables
from fsva.sources.tables.crosswalks import CrosswalkForm

if TYPE_CHECKING:
    from fsva.sources.layers.edition_layer import EditionLayer
    from fsva.sources.layers.layer_request import LayerRows


@dataclass(frozen=True)
class Harmonised:
    """The result of a run, and the new table of matching villages.

    Parameters
    ----------
    file : Path
        File of the table.
    form : CrosswalkForm
        Its columns.
    before : TextTable
        The table before the run.
    book : Book
        Its rows, by decision.
    found : Matches
        New proposals, and villages without one.
    stood : bytes or None
        Content of the file when it was read.
    """

    file: Path
    form: CrosswalkForm
    before: TextTable
    book: Book
    found: Matches
    stood: bytes | None

    def columns(self) -> dict[str, list[str]]:
        """Return the new columns of the file."""
        proposed = [crosswalk_rows.as_row(proposal, self.form) for proposal in self.found.proposals]
        rows = [*map(dict, self.book.kept), *proposed]
        return crosswalk_rows.columns(self.before.columns, rows, self.form)

    @property
    def changes(self) -> bool:
        """Whether the run changes the file."""
        return bool(self.found.proposals or self.book.withdrawn)


def of_edition(edition: Edition, asked: EditionLayer) -> Harmonised:
    """Read both sides and the table of matching villages, and propose the missing pairs.

    Parameters
    ----------
    asked : EditionLayer
        The village layer.

    Raises
    ------
    FsvaError
        If an input cannot be used, or the layer has no official codes and the edition names no
        file for its ids.
    """
    rows, data = asked.rows, edition.settings.data
    table = of_table(edition)
    if rows.is_coded:
        file, form = edition.path(data.crosswalk), crosswalks.CODES
        known = crosswalks.known(file) if rows.is_bps else crosswalks.none()
        layer = list(of_layer(village_layer.settled(rows, asked.request, known)[0]))
    else:
        file, form = _ids_file(edition, asked.name, rows), crosswalks.IDS
        layer = list(of_ids(rows.table))
    return _compared(table, layer, file, form)


def _ids_file(edition: Edition, layer: Path, rows: LayerRows) -> Path:
    name = edition.settings.boundary.ids
    if name is None:
        raise LayerError("layer_tanpa_kode", [Place(layer)], {"skema": rows.schema.name})
    return edition.path(name)


def _compared(
    table: list[WrittenVillage], layer: list[WrittenVillage], file: Path, form: CrosswalkForm
) -> Harmonised:
    stood = publish.standing(file)
    before = crosswalks.read_or_begin(file, form)
    codes = {v.code for v in table}, {v.code for v in layer}
    book = crosswalk_rows.sort_out((row.cells for row in before), *codes, form)
    if not any(village.group for village in layer):
        # The layer lacks the kecamatan: search the whole kabupaten.
        table = [WrittenVillage(v.code, v.name, "", v.group_name, v.other_code) for v in table]
    return Harmonised(file, form, before, book, harmonise.propose(table, layer, book.known), stood)


def of_table(edition: Edition) -> list[WrittenVillage]:
    """Return the villages of the edition's table of values.

    Parameters
    ----------
    edition : Edition
        Gives the table and its sheet.
    """
    data = edition.settings.data
    source = edition_tables.open_table(edition, data.table, data.sheet)
    sheet, _ = edition_tables.read_villages(source, ())
    return list(in_sheet(sheet))


def in_sheet(sheet: TextTable) -> Iterator[WrittenVillage]:
    """Yield the villages of a table, grouped by the names of their kecamatan.

    Parameters
    ----------
    sheet : TextTable
        Has ``kode_bps``, ``kecamatan``, ``desa``, and perhaps ``kode_kemendagri``.

    Raises
    ------
    CodeError
        A Kemendagri code is damaged.
    """
    code_columns.check_kemendagri(
        replace(sheet, rows=tuple(row for row in sheet if row.cells.get(KEMENDAGRI)))
    )
    for row in sheet:
        kecamatan, other = row.cells[PARENT], row.cells.get(KEMENDAGRI, "")
        yield WrittenVillage(row.cells[BPS], row.cells[UNIT], key(kecamatan), kecamatan, other)


def of_layer(layer: ShapeTable) -> Iterator[WrittenVillage]:
    """Yield the villages of a layer by Kemendagri code, which contains the kecamatan.

    Parameters
    ----------
    layer : ShapeTable
        From ``layers.settled``.
    """
    for code, cells in zip(layer.codes, _said(layer, NAME, SUBDISTRICT, OTHER), strict=True):
        name, kecamatan, other = cells
        group = KemendagriCode.parse(code).subdistrict_code
        yield WrittenVillage(code, name, group, kecamatan, other)


def _said(layer: ShapeTable, *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield some values of each row of a layer as text; empty = missing."""
    nothing = plain_table.words([""] * len(layer))
    told = [plain_table.told(layer[n]) if n in layer else nothing for n in columns]
    return zip(*(map(str, column) for column in told), strict=True)


def of_ids(rows: ShapeTable) -> Iterator[WrittenVillage]:
    """Yield the polygons of a layer without official codes, by the ids of its producer.

    Parameters
    ----------
    rows : ShapeTable
        As in ``fsva.sources.layers.layer_request.Rows``; areas without a name are not
        villages.
    """
    seen: set[str] = set()
    for number, name, kecamatan in _said(rows, CODE, NAME, SUBDISTRICT):
        if number and name and number not in seen:
            yield WrittenVillage(number, name, key(kecamatan), kecamatan)
        seen.add(number)
