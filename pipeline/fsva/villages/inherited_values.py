"""What new villages inherit from old ones: values only where that is right, and polygons.

Owns the rule of what is carried over, and its ledger. A ratio of a split or merged village belongs
to no new village: it becomes "no data", never an old number under a new name.
``fsva.villages.succession`` decides which events apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import shapely

from fsva.config.methods.method import Method
from fsva.config.styles import output_tables
from fsva.core.columns import PARENT, UNIT
from fsva.core.errors import LayerError, Place
from fsva.sources.plain import plain_table
from fsva.sources.plain.plain_table import Table
from fsva.sources.plain.shape_table import ShapeTable
from fsva.villages.succession import Event, SuccessionLink

# Choices of pemekaran.csv in styles/tabel.toml.
Fate = Literal["kept", "shared", "added", "no_data", "recoded", "merged"]
Where = Literal["table", "layer"]
LEDGER = "pemekaran.csv"  # its columns: styles/tabel.toml
_WHOLE = ("ganti nama", "ganti kode")
_KEYS = {PARENT, UNIT, "baris"}
Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
class Inherited:
    """The effect of the succession table on an edition.

    Parameters
    ----------
    events : tuple of Event
        Events applied to the table of values, in order.
    ledger : Table
        One row per link, columns of ``pemekaran.csv``; of values, then of polygons.
    """

    events: tuple[Event, ...] = ()
    ledger: Table = field(default_factory=lambda: _ledger([]))

    def also(self, more: Table) -> Inherited:
        """Return the same with further rows of the ledger."""
        return Inherited(self.events, plain_table.stacked([self.ledger, more]))


def additive_columns(method: Method) -> tuple[str, ...]:
    """Return the raw columns of a method that may be added and shared out.

    Parameters
    ----------
    method : Method
        Each of its raw columns says under ``sifat`` whether it is a count, an amount or a ratio.
    """
    return tuple(n for n, column in method.columns.items() if column.is_additive)


def carry(
    table: Table, events: Sequence[Event], additive: Iterable[str], villages: Table
) -> tuple[Table, Table]:
    """Turn a table of old villages into one of new villages.

    Parameters
    ----------
    table : Table
        Indexed by code: ``kecamatan``, ``desa``, ``baris`` and columns of numbers.
    events : sequence of Event
        From ``fsva.villages.succession.needed``.
    additive : iterable of str
        Columns of counts and areas, which may be added and shared out.
    villages : Table
        Names of the new villages: indexed by code, ``desa`` and ``kecamatan``.

    Returns
    -------
    table : Table
        New villages follow the old ones that stay; a number is kept where only code or name
        changed, added or shared out where it is a count whose shares are known, else NaN.
    ledger : Table
        One row per link, columns of ``pemekaran.csv``.
    """
    counts = [column for column in additive if column in table]
    rows: list[dict[str, object]] = []
    for event in events:
        old = dict(table.at(sorted(event.olds)).records())
        inherited = {new: _inherited(old, event, new, counts) for new in sorted(event.news)}
        for new, values in inherited.items():
            _rename(values, new, event, villages)
        rows += [_table_row(old, event, link, inherited[link.new], counts) for link in event.links]
        table = _replaced(table, event, inherited)
    return table, _ledger(rows)


def _inherited(old: Rows, event: Event, new: str, counts: Sequence[str]) -> dict[str, Any]:
    """Return the row of a new village."""
    shares = event.shares(new)
    values = dict(old[min(shares)])
    if event.kind in _WHOLE:
        return values
    known = all(share is not None for share in shares.values())
    for column in values.keys() - _KEYS:
        values[column] = np.nan if isinstance(values[column], float) else None
        if column in counts and known:
            values[column] = _sum([(share, old[code][column]) for code, share in shares.items()])
    return values


def _sum(parts: Sequence[tuple[float | None, float]]) -> float:
    """Add shares of counts; NaN if one of them is not known."""
    return sum((share or 0.0) * float(value) for share, value in parts)


def _rename(values: dict[str, Any], new: str, event: Event, villages: Table) -> None:
    """Give a new village its name; one that only lost or gained land keeps what the table has."""
    stays = new in event.olds and event.kind != "ganti nama"
    place = villages.positions.get(new)
    if place is not None and not stays:
        values[UNIT] = villages[UNIT][place]
        values[PARENT] = villages[PARENT][place]


def _replaced(table: Table, event: Event, inherited: Rows) -> Table:
    kept = table.rows(~table.is_in(event.olds))
    columns = {}
    for name, column in kept.columns.items():
        new = np.empty(len(inherited), dtype=column.dtype)
        new[:] = [row[name] for row in inherited.values()]
        columns[name] = np.concatenate([column, new])
    return Table(plain_table.words([*kept.index, *inherited]), columns, table.key)


def _table_row(
    old: Rows, event: Event, link: SuccessionLink, new: Mapping[str, Any], counts: Sequence[str]
) -> dict[str, object]:
    names = str(old[link.old][UNIT]), str(new[UNIT])
    carried = [column for column in counts if not np.isnan(new[column])]
    return _row(event, link, "table", names, _fate(event, carried))


def _fate(event: Event, carried: Sequence[str]) -> Fate:
    if event.kind in _WHOLE:
        return "kept"
    if not carried:
        return "no_data"
    return "added" if event.kind == "gabung" else "shared"


def _row(
    event: Event, link: SuccessionLink, where: Where, names: tuple[str, str], fate: Fate
) -> dict[str, object]:
    share = event.shares(link.new)[link.old]
    cells = (
        event.on.isoformat(),
        event.kind,
        where,
        link.old,
        link.new,
        *names,
        "" if share is None else f"{share:.6g}",
        fate,
        link.decree,
    )
    return dict(zip(output_tables.headings(LEDGER), cells, strict=True))


def _ledger(rows: Sequence[Mapping[str, object]]) -> Table:
    headings = output_tables.headings(LEDGER)
    cells = {name: plain_table.words(row[name] for row in rows) for name in headings}
    return Table(np.arange(len(rows)), cells)


def forget(table: Table, events: Sequence[Event]) -> Table:
    """Bring published classes to the new codes; split and merged villages lose theirs.

    Parameters
    ----------
    table : Table
        Indexed by code; need not hold every village.
    events : sequence of Event
        Those that the table of values needed. One whose new villages the published table has
        is left out: it was published afterwards.
    """
    for event in events:
        if event.fresh & set(table.index):
            continue
        if event.kind in _WHOLE:
            link = event.links[0]
            recoded = (link.new if code == link.old else code for code in table.index)
            table = replace(table, index=plain_table.words(recoded))
        else:
            table = table.rows(~table.is_in(event.olds))
    return table


def source_of(ledger: Table, code: str) -> str | None:
    """Return the code under which a village stands in the table as it was read.

    Parameters
    ----------
    ledger : Table
        Of an edition, columns of ``pemekaran.csv``.
    code : str
        Code of a village of the edition, as in the table.

    Returns
    -------
    str or None
        The same code if nothing happened to the village; None if its row comes from a split or a
        merge and is not in the file.
    """
    steps = ledger.rows(ledger["pada"] == "table")
    for _, step in reversed([*steps.records()]):
        if step["kode_baru"] == code:
            if step["jenis"] not in _WHOLE:
                return None
            code = step["kode_lama"]
    return code


def redraw(
    layer: ShapeTable, events: Sequence[Event], names: Mapping[str, str], file: Path
) -> tuple[ShapeTable, Table]:
    """Bring a layer of old villages to the new codes; merged villages become one polygon.

    Parameters
    ----------
    layer : ShapeTable
        A clean coverage indexed by code: ``nama``.
    events : sequence of Event
        From ``fsva.villages.succession.needed``.
    names : mapping of str to str
        Names of the new villages by code.
    file : Path
        The layer, named in errors.

    Returns
    -------
    layer : ShapeTable
        Sorted by code.
    ledger : Table
        One row per link, columns of ``pemekaran.csv``.

    Raises
    ------
    LayerError
        A village was split; an old layer does not have the new border.
    """
    rows: list[dict[str, object]] = []
    for event in events:
        here = layer.by_code("nama")
        if len(event.news) > 1:
            places = [
                Place(file, village=f"{here[x.old]} ({x.old})", found=x.new) for x in event.links
            ]
            raise LayerError("pemekaran_poligon", places)
        (new,) = event.news
        olds = sorted(event.olds)
        name = names.get(new, str(here[olds[0]]))
        fate: Fate = "recoded" if event.kind in _WHOLE else "merged"
        rows += [_row(event, x, "layer", (str(here[x.old]), name), fate) for x in event.links]
        layer = _merged(layer, olds, new, name)
    return layer, _ledger(rows)


def _merged(layer: ShapeTable, olds: list[str], new: str, name: str) -> ShapeTable:
    whole = shapely.coverage_union_all(layer.at(olds).geometry)
    left = layer.rows(~layer.is_in(olds))
    names = plain_table.words([*left["nama"], name])
    shapes = plain_table.words([*left.geometry, whole])
    index = plain_table.words([*left.index, new])
    return replace(left, index=index, columns={"nama": names}, geometry=shapes).sorted()
