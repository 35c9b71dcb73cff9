"""Faults of sentences: kecamatan that they name, numbers of supporting tables that they repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from fsva.comparison.errata.erratum import Erratum
from fsva.config.methods.method import Measure, Method
from fsva.core.message_values import Quantity
from fsva.core.names import plain
from fsva.index import causes
from fsva.index.joined_table import JoinedTable
from fsva.sources.printed.report_rows import Mention, Quotation
from fsva.sources.supporting.printed_tables import SUM, PrintedRow, PrintedTable


def of_mentions(
    lines: Sequence[Mention], measure: Measure, table: JoinedTable, method: Method
) -> Iterator[Erratum]:
    """Yield counts per kecamatan that are wrong, and kecamatan as affected that are not named."""
    vulnerable = causes.is_vulnerable(table.classes[measure.id], method)
    counts = Counter(map(str, table.subdistricts[vulnerable]))
    sizes = Counter(map(str, table.subdistricts))
    named = {plain(name): Affected(name, counts[name], size) for name, size in sizes.items()}
    for place, group in groupby(lines, key=lambda line: line.place):
        told = list(group)
        for line in told:
            known = named.get(plain(line.subdistrict))
            found = known.count if known else 0
            if line.count is not None and line.count != found:
                yield Erratum(
                    "sebutan_jumlah", place, measure.id, str(line.count), str(found),
                    {"kecamatan": line.subdistrict},
                )  # fmt: skip
        if all(line.count is None for line in told):
            yield from _left_out(place, told, measure, named)


@dataclass(frozen=True)
class Affected:
    """A kecamatan with its vulnerable and all its villages."""

    name: str
    count: int
    size: int

    def is_at_least(self, other: Affected) -> bool:
        """Tell whether it is as affected as another, by number and by share."""
        by_share = self.count * other.size >= other.count * self.size
        return self.count >= max(1, other.count) and by_share


def _left_out(
    place: str, told: Sequence[Mention], measure: Measure, named: Mapping[str, Affected]
) -> Iterator[Erratum]:
    """Yield the kecamatan that a sentence leaves out although they are as affected as one in it."""
    keys = {plain(line.subdistrict) for line in told}
    mentioned = [named[key] for key in keys & set(named)]
    for key, one in named.items():
        lesser = [other for other in mentioned if one.is_at_least(other)]
        if key in keys or not lesser:
            continue
        other = min(lesser, key=lambda other: (other.count, other.name))
        facts = {
            "kecamatan": one.name, "jumlah": str(one.count), "semua": str(one.size),
            "lain": other.name, "jumlah_lain": str(other.count), "semua_lain": str(other.size),
        }  # fmt: skip
        yield Erratum("sebutan_kurang", place, measure.id, "", one.name, facts)


def of_quotations(
    lines: Sequence[Quotation], tables: Mapping[str, PrintedTable]
) -> Iterator[Erratum]:
    """Yield numbers in the text that the rows of their table do not give."""
    for line in lines:
        table = tables.get(line.table)
        right = None if table is None else _number(table, line.label, line.column)
        if table is None or right is None or _same(line.number, right):
            continue
        other = next((c for c in table.columns if _of_year(table, line, c)), "")
        facts = {
            "tabel": table.source.printed or table.source.id, "wilayah": line.label,
            "kolom": line.column, "lain": other,
        }  # fmt: skip
        kind = "kutipan_tahun" if other else "kutipan"
        yield Erratum(kind, line.place, line.table, _told(line.number), _told(right), facts)


def _of_year(table: PrintedTable, line: Quotation, column: str) -> bool:
    found = _number(table, line.label, column)
    return column != line.column and found is not None and _same(line.number, found)


def _number(table: PrintedTable, label: str, column: str) -> Decimal | None:
    """Return what the rows of a table give for a row or its total, in a column or its sum."""
    row = table.row(label)
    rows = [row] if row else list(table.rows) if plain(label) == plain(SUM) else []
    numbers = [number for one in rows for number in _cells(table, one, column)]
    return sum(numbers, Decimal(0)) if numbers else None


def _cells(table: PrintedTable, row: PrintedRow, column: str) -> list[Decimal]:
    """Return the known numbers of a row in a column, or in all for its sum."""
    chosen = row.values if column == SUM else ()
    if column in table.columns:
        chosen = (row.values[table.columns.index(column)],)
    return [number for number in chosen if number is not None]


def _same(printed: Decimal, right: Decimal) -> bool:
    """Tell whether a number is right, as far as its digits tell, by one unit of the last."""
    exponent = printed.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(printed - right) <= unit


def _told(number: Decimal) -> Quantity:
    exponent = number.normalize().as_tuple().exponent
    return Quantity(float(number), max(0, -exponent) if isinstance(exponent, int) else 0)
