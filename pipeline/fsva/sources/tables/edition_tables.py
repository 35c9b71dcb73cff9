"""Tables of an edition: values, origins of the values, published classes, crosswalk.

Owns the meaning of their columns and every check that needs only the table and the method.
``fsva.villages.join`` joins the tables with each other and with the layer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from fsva.config.editions import headings
from fsva.config.editions.edition import Edition
from fsva.config.methods.method import Indicator, Method
from fsva.core.columns import BPS, KEYS, PARENT, ROW, UNIT
from fsva.core.errors import CodeError, FsvaError, TableError, each, failures, stop_at
from fsva.core.remedies import edition_entries
from fsva.sources.cells import decimal_marks, table_text
from fsva.sources.cells.table_text import TableFile, TextTable
from fsva.sources.plain import plain_table
from fsva.sources.plain.arrays import Words
from fsva.sources.plain.plain_table import Table
from fsva.sources.tables import (
    agreed_columns,
    agreement_sheet,
    code_columns,
    crosswalks,
    number_cells,
    possible_values,
)
from fsva.sources.tables.possible_values import Accepted

VILLAGE_COLUMNS = KEYS
ORIGIN_COLUMNS = (BPS, "indikator", "asal", "batas_bawah", "batas_atas")


def open_table(edition: Edition, name: str, sheet: str | None = None) -> TableFile:
    """Open a table of villages; the crosswalk of the edition tells BPS codes that it lacks.

    Parameters
    ----------
    edition : Edition
        Names its folder and its crosswalk.
    name : str
        File, as ``edition.toml`` names it.
    sheet : str or None
        As for ``table_text.open_file``.

    Raises
    ------
    SourceError
        The file is missing or cannot be read.
    """
    crosswalk = edition.settings.data.crosswalk
    pairs = crosswalks.pairs_of(lambda: crosswalks.known(edition.path(crosswalk)), crosswalk)
    return table_text.open_file(edition.path(name), sheet, pairs)


def read_indicators(source: TableFile, method: Method, accepted: Accepted | None) -> Table:
    """Read the table of indicator values.

    Parameters
    ----------
    source : TableFile
        Columns ``kode_bps``, ``kecamatan``, ``desa`` and one per indicator id; one decimal mark
        per column, comma or point; empty = not known.
    method : Method
        Gives ids, possible ranges, and the digits to which values are rounded half up.
    accepted : frozenset of (code, indicator id) or None
        Cells that may lie outside the possible range; None = ranges are not checked.

    Returns
    -------
    Table, shape (n_villages, 3 + n_indicators)
        Indexed by BPS code in the table's order; ``kecamatan``, ``desa``, ``baris`` (row in the
        file) and a column of floats per indicator, NaN = empty cell; ``terukur_<id>`` beside agreed
        values, ``tertulis_<id>`` beside numbers that were read as the nearest category.

    Raises
    ------
    SourceError, TableError, CodeError
        With row, column and village of every offender.
    """
    ids = [indicator.id for indicator in method.indicators]
    table, villages, problems = examine_villages(source, ids, headings.of_method(method))
    present = [indicator for indicator in method.indicators if indicator.id in table.columns]

    def values(indicator: Indicator) -> list[float | None]:
        """Return the values of one column."""
        numbers = number_cells.parsed(table, indicator.id, number_cells.number_of(indicator))
        if accepted is not None:
            _check_possible(table, indicator, numbers, accepted)
        return numbers

    numbers_of = each(present, values, problems)
    columns: dict[str, plain_table.Column] = {}
    for indicator, numbers in zip(present, numbers_of, strict=True):
        columns[indicator.id] = plain_table.numbers(numbers)
        if written := number_cells.read_otherwise(table, indicator):
            columns[number_cells.WRITTEN + indicator.id] = plain_table.words(written)
    return villages.with_columns(columns)


def read_villages(
    source: TableFile,
    columns: Sequence[str],
    known: Mapping[str, Sequence[str]] | None = None,
    also: Mapping[str, Sequence[str]] | None = None,
) -> tuple[TextTable, Table]:
    """Read a table with one row per village, and check everything except its numbers.

    Parameters
    ----------
    source : TableFile
        Columns ``kode_bps``, ``kecamatan``, ``desa`` and those of ``columns``.
    columns : sequence of str
        Columns of numbers, each with one decimal mark.
    known : mapping of str to sequence of str, optional
        Other headings of the columns, see ``fsva.config.editions.headings.of_method``.
    also : mapping of str to sequence of str, optional
        More columns that may have agreed values in a sheet of their own.

    Returns
    -------
    table : TextTable
        The cells as text, with agreed values in place of measured ones.
    villages : Table
        Indexed by BPS code in the table's order: ``kecamatan``, ``desa``, ``baris``, and
        ``terukur_<column>`` beside agreed values.

    Raises
    ------
    SourceError, TableError, CodeError
        With row, column and village of every offender.
    """
    table, villages, problems = examine_villages(source, columns, known, also)
    stop_at(problems)
    return table, villages


def examine_villages(
    source: TableFile,
    columns: Sequence[str],
    known: Mapping[str, Sequence[str]] | None = None,
    also: Mapping[str, Sequence[str]] | None = None,
) -> tuple[TextTable, Table, list[FsvaError]]:
    """Read a table with one row per village, and collect all its errors.

    Parameters
    ----------
    source, columns, known, also
        As for ``read_villages``.

    Returns
    -------
    table, villages
        As from ``read_villages``, with unchanged codes; missing columns of villages are blank.
    problems : list of FsvaError
        All errors that ``read_villages`` would raise, in their order.

    Raises
    ------
    SourceError, TableError
        The table is missing, or lacks all columns that identify villages.
    CodeError
        Thousands of rows repeat codes.
    """
    table, problems = source.examined([*VILLAGE_COLUMNS, *columns], known, villages=True)
    lacking = [column for column in VILLAGE_COLUMNS if column not in table.columns]
    if len(lacking) == len(VILLAGE_COLUMNS):
        stop_at(problems)
    if BPS not in lacking:
        problems += failures((None,), lambda _: _check_bps_codes(table))
    names = [column for column in (PARENT, UNIT) if column not in lacking]
    problems += failures(names, lambda column: _check_filled(table, (column,)))
    present = [column for column in columns if column in table.columns]
    table = table.with_blank(lacking)
    if not problems:  # agreed values are matched by the codes of villages
        table = agreement_sheet.beside(table, source, {**(known or {}), **(also or {})})
    table, measured = agreed_columns.take(table, present)
    problems += failures(present, lambda column: decimal_marks.check_one(table, column))
    agreed = {column: plain_table.words(texts) for column, texts in measured.items()}
    return table, _villages(table).with_columns(agreed), problems


def published(edition: Edition, method: Method) -> Table | None:
    """Read the published classes that an edition names, as ``read_published``; None for none."""
    name = edition.settings.data.published
    return read_published(open_table(edition, name), method) if name else None


def read_published(source: TableFile, method: Method) -> Table:
    """Read the classes, scores and ranks of a published report.

    Parameters
    ----------
    source : TableFile
        Columns ``kode_bps``, ``desa``, ``<id>_kelas`` per indicator, ``komposit``,
        ``komposit_kelas`` and ``peringkat``; empty = not published.
    method : Method
        Gives the ids.

    Returns
    -------
    Table
        Indexed by BPS code; classes, score and rank; 0 and NaN where empty.
    """
    composite = method.composite.id
    classes = [f"{measure.id}_kelas" for measure in method.measures()]
    bare = _class_titles(source, method)
    table = source.table([BPS, UNIT, *classes, composite, "peringkat"], bare)
    _check_bps_codes(table)
    class_of = number_cells.class_of(method)
    columns: dict[str, plain_table.Column] = {
        column: _whole(number_cells.parsed(table, column, class_of), np.int8) for column in classes
    }
    scores = number_cells.parsed(table, composite, number_cells.number_of(method.composite))
    columns[composite] = plain_table.numbers(scores)
    columns["peringkat"] = _whole(
        number_cells.parsed(table, "peringkat", number_cells.rank_of), np.int32
    )
    return Table(_index(table), columns, BPS)


def _whole(numbers: Sequence[int | None], kind: type[np.integer[Any]]) -> plain_table.Column:
    """Return classes or ranks; 0 = none."""
    return np.array([number or 0 for number in numbers], dtype=kind)


def _class_titles(source: TableFile, method: Method) -> dict[str, tuple[str, ...]]:
    """Return the headings of classes; in a table without values they are the indicators' names."""
    columns = source.table([BPS]).columns
    if any(f"{indicator.id}_kelas" in columns for indicator in method.indicators):
        return {}
    return {f"{name}_kelas": (name, *known) for name, known in headings.of_method(method).items()}


def read_crosswalk(file: Path) -> Table:
    """Read the table that matches the BPS and Kemendagri codes of villages.

    Parameters
    ----------
    file : Path
        Columns ``kode_bps``, ``kode_kemendagri``, ``nama_bps``, ``nama_kemendagri``,
        ``kecamatan``; ``status`` if there are proposed pairs.

    Returns
    -------
    Table
        Indexed by BPS code, with the other columns as text. The pairs are one to one.

    Raises
    ------
    SourceError, TableError, CodeError
        With row, column and village of every offender.
    JoinError
        A proposed pair has no decision.
    """
    table = crosswalks.confirmed(crosswalks.read(file))
    columns = crosswalks.CODES.columns[1:]
    texts = {name: plain_table.words(row.cells[name] for row in table) for name in columns}
    return Table(_index(table), texts, BPS)


def read_origins(file: Path, method: Method) -> Table:
    """Read the origin and the bounds of every value.

    Parameters
    ----------
    file : Path
        Columns ``kode_bps``, ``indikator``, ``asal``, ``batas_bawah``, ``batas_atas``: one row
        per cell; empty bounds = not known.
    method : Method
        Gives the ids; the reader refuses rows of other indicators.

    Returns
    -------
    Table
        Indexed by BPS code; ``<id>_asal`` as text, ``<id>_bawah`` and ``<id>_atas`` as floats,
        None and NaN without a row or a bound.

    Raises
    ------
    SourceError, TableError
        A bound that is not a number, an unknown indicator, a cell with two rows.
    """
    table = table_text.read(file, ORIGIN_COLUMNS)
    ids = [indicator.id for indicator in method.indicators]
    unknown = [row for row in table if row.cells["indikator"] not in ids]
    table.stop(TableError, "asal_indikator", unknown, "indikator")
    cells = [(row.cells[BPS], row.cells["indikator"]) for row in table]
    times = Counter(cells)
    twice = [row for row, cell in zip(table, cells, strict=True) if times[cell] > 1]
    table.stop(TableError, "asal_ganda", twice, "indikator")
    told = dict(
        zip(
            cells,
            zip(
                [row.cells["asal"] for row in table],
                number_cells.parsed(table, "batas_bawah", number_cells.decimal_of),
                number_cells.parsed(table, "batas_atas", number_cells.decimal_of),
                strict=True,
            ),
            strict=True,
        )
    )
    villages = list(dict.fromkeys(code for code, _ in cells))
    columns: dict[str, plain_table.Column] = {}
    for name in ids:
        rows = [told.get((code, name), (None, None, None)) for code in villages]
        columns[f"{name}_asal"] = plain_table.words(row[0] for row in rows)
        columns[f"{name}_bawah"] = plain_table.numbers(row[1] for row in rows)
        columns[f"{name}_atas"] = plain_table.numbers(row[2] for row in rows)
    return Table(plain_table.words(villages), columns, BPS)


def _index(table: TextTable) -> Words:
    return plain_table.words(row.cells[BPS] for row in table)


def _villages(table: TextTable) -> Table:
    columns: dict[str, plain_table.Column] = {
        PARENT: plain_table.words(row.cells[PARENT] for row in table),
        UNIT: plain_table.words(row.cells[UNIT] for row in table),
        ROW: np.array([row.number for row in table], dtype=np.int64),
    }
    return Table(_index(table), columns, BPS)


def _check_bps_codes(table: TextTable) -> None:
    """Stop at damaged codes and at those that stand twice, all at once."""
    each((_check_sound, _check_once), lambda check: check(table))


def _check_sound(table: TextTable) -> None:
    code_columns.check_bps(table)


def _check_once(table: TextTable) -> None:
    twice = [row for row in table.repeated(BPS) if row.cells[BPS]]
    table.stop(CodeError, "kode_ganda", twice, BPS)


def _check_filled(table: TextTable, columns: Sequence[str]) -> None:
    for column in columns:
        table.stop(TableError, "sel_kosong", [r for r in table if not r.cells[column]], column)


def _check_possible(
    table: TextTable, indicator: Indicator, numbers: Sequence[float | None], accepted: Accepted
) -> None:
    values = np.array([np.nan if number is None else number for number in numbers])
    name, rows = indicator.id, table.rows
    judged = possible_values.judge(indicator, [r.cells[BPS] for r in rows], values, accepted)
    if refused := [rows[n] for n in judged.refused]:
        places = [table.place(row, name, row.village) for row in refused]
        low, high = possible_values.ends(indicator)
        cells = [row.cells for row in refused]
        entries = [edition_entries.of_value(c[BPS], c[UNIT], name) for c in cells]
        raise TableError(
            "di_luar_rentang", places, {"dari": low, "sampai": high}, decisions=entries
        )
    if wrong := [rows[n] for n in judged.without_category]:
        places = [table.place(row, name, row.village) for row in wrong]
        raise TableError("bukan_kategori", places, {"ada": possible_values.categories(indicator)})
