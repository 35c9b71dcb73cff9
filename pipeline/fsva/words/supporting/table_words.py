"""Supporting tables in words: cells, captions and sentences, for book, chart, CSV and terminal.

Owns their words. It computes nothing: sums, means and growths come from
``fsva.index.supporting.sums_and_growth``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fsva.core.columns import PARENT
from fsva.core.texts import Texts
from fsva.index.supporting import sums_and_growth
from fsva.index.supporting.sums_and_growth import RowMeasures
from fsva.sources.supporting.printed_tables import SUM, Numbers, PrintedTable

_MANY = 4  # names in a sentence
_GROWTH_DIGITS = 2
_SOME = 2  # years that make bars enough, and rows that have a highest and a lowest


@dataclass(frozen=True)
class SupportingPart:
    """A supporting table as a report shows it.

    Parameters
    ----------
    id : str
        Stable name, of its files too.
    aspect : str or None
        Id of the aspect in whose chapter it stands.
    title, caption : str
        Without and with kecamatan, years and unit.
    headings : tuple of str
        One per column.
    rows : tuple of tuple of str
        Cells in the language's numbers.
    has_total : bool
        Whether the last row is the total.
    sentences : tuple of str
        What the table shows.
    source : str
        Sentence about who published the numbers, and where they are printed.
    chart_file : str
        Name of its chart without ending; empty without one.
    """

    id: str
    aspect: str | None
    title: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_total: bool
    sentences: tuple[str, ...]
    source: str
    chart_file: str


def part(table: PrintedTable, texts: Texts) -> SupportingPart:
    """Return a table as a report shows it.

    Sums, means and growths are computed; those that a report prints are checked by
    ``fsva.checks.supporting``.
    """
    source, total = table.source, sums_and_growth.totals(table)
    computed = [*sums_and_growth.rows(table), *([total] if total else [])]
    return SupportingPart(
        source.id,
        source.aspect,
        source.title[texts.language],
        caption(table, texts),
        headings(table, texts),
        tuple(_cells(table, row, texts) for row in computed),
        total is not None,
        tuple(sentences(table, texts)),
        source_line(table, texts),
        "" if chart_kind(table) == "tidak" else f"grafik-{source.id}",
    )


def chart_kind(table: PrintedTable) -> str:
    """Return how a table is drawn: ``garis``, ``batang`` or ``tidak``."""
    usual = "garis" if table.is_yearly and len(table.columns) > _SOME else "batang"
    return table.source.chart or usual


def caption(table: PrintedTable, texts: Texts) -> str:
    """Return title, kecamatan, years and unit of a table in one line."""
    title = table.source.title[texts.language]
    says_it = PARENT in title.lower()
    facts = {
        "judul": title,
        "satuan": table.source.unit[texts.language],
        "menurut": texts("pendukung.menurut_kecamatan")
        if table.by_kecamatan and not says_it
        else "",
        "tahun": _years(table, texts),
    }
    return texts("pendukung.keterangan", **facts)


def _years(table: PrintedTable, texts: Texts) -> str:
    if not table.is_yearly:
        return ""
    first, last = table.columns[0], table.columns[-1]
    key = "pendukung.tahun" if first == last else "pendukung.rentang_tahun"
    return texts(key, awal=first, akhir=last)


def subtitle(table: PrintedTable, where: str, texts: Texts) -> str:
    """Return unit, district and years, the line under a chart's title.

    Parameters
    ----------
    where : str
        The district.
    """
    unit = table.source.unit[texts.language]
    facts = {"satuan": unit[:1].upper() + unit[1:], "daerah": where, "tahun": _years(table, texts)}
    return texts("pendukung.anak_judul", **facts)


def source_line(table: PrintedTable, texts: Texts) -> str:
    """Return who published the numbers, and where they are printed if they are."""
    source = table.source
    key = "pendukung.sumber_tercetak" if source.printed else "pendukung.sumber"
    return texts(key, sumber=source.source, tempat=source.printed or "")


def headings(table: PrintedTable, texts: Texts) -> tuple[str, ...]:
    """Return the headings: the label's, the columns', then sum, mean and growth."""
    label = texts("pendukung.kecamatan") if table.by_kecamatan else column_name(table.head)
    return (
        label,
        *map(column_name, table.columns),
        *(texts(f"pendukung.{kind}") for kind in _beside(table)),
    )


def _beside(table: PrintedTable) -> list[str]:
    """Return what stands beside the numbers: keys of the catalogue."""
    sums = table.source.adds_up and (SUM in table.headings or not table.is_yearly)
    several, yearly = len(table.columns) > 1, table.is_yearly
    shown = {
        "jumlah": sums and several,
        "rata_rata": yearly and several,
        "pertumbuhan": yearly and several and table.source.adds_up,
    }
    return [kind for kind, is_shown in shown.items() if is_shown]


def _cells(table: PrintedTable, row: RowMeasures, texts: Texts) -> tuple[str, ...]:
    numbers = {"jumlah": row.total, "rata_rata": row.mean, "pertumbuhan": row.growth}
    digits = {"rata_rata": table.digits or 1, "pertumbuhan": _GROWTH_DIGITS}
    return (
        row.label or texts("pendukung.jumlah"),
        *(number(value, table.digits, texts) for value in row.values),
        *(number(numbers[kind], digits.get(kind, table.digits), texts) for kind in _beside(table)),
    )


def number(value: Decimal | None, digits: int, texts: Texts) -> str:
    """Return a number in the marks of the language; a dash where it is not known."""
    return texts("pendukung.tidak_diketahui") if value is None else texts.decimal(value, digits)


def sentences(table: PrintedTable, texts: Texts) -> Iterator[str]:
    """Yield what a table shows: its change over the years, its highest and lowest row."""
    total = sums_and_growth.totals(table)
    if table.is_yearly and len(table.columns) > 1:
        whole = total or (sums_and_growth.rows(table)[0] if len(table.rows) == 1 else None)
        if whole:
            yield from _change(table, whole, texts)
        if len(table.rows) > 1:
            yield from _ends(table, len(table.columns) - 1, texts)
    elif len(table.rows) > 1:
        for n, column in enumerate(table.columns):
            if total and (sum_ := total.values[n]) is not None:
                yield texts(
                    "pendukung.kalimat.jumlah",
                    nama=column_name(column),
                    jumlah=texts.decimal(sum_, table.digits),
                    satuan=table.source.unit[texts.language],
                )
            yield from _ends(table, n, texts)


def _change(table: PrintedTable, whole: RowMeasures, texts: Texts) -> Iterator[str]:
    first, last = whole.values[0], whole.values[-1]
    if first is None or last is None or whole.mean is None:
        return
    way = "tetap" if first == last else "naik" if last > first else "turun"
    growth = sums_and_growth.growth(first, last) if table.source.adds_up else None
    yield texts(
        f"pendukung.kalimat.{way}",
        judul=table.source.title[texts.language],
        awal=texts.decimal(first, table.digits),
        akhir=texts.decimal(last, table.digits),
        dari=table.columns[0],
        sampai=table.columns[-1],
        satuan=table.source.unit[texts.language],
        persen=_percent(growth, texts),
    )
    yield texts(
        f"pendukung.kalimat.rata_rata{'' if table.source.adds_up else '_bagian'}",
        rata_rata=texts.decimal(whole.mean, table.digits or 1),
        satuan=table.source.unit[texts.language],
    )


def _percent(growth: Decimal | None, texts: Texts) -> str:
    if growth is None:
        return ""
    return texts("pendukung.kalimat.persen", persen=texts.decimal(abs(growth), _GROWTH_DIGITS))


def _ends(table: PrintedTable, n: int, texts: Texts) -> Iterator[str]:
    """Yield the rows with the highest and the lowest number of a column."""
    known = [(value, row.label) for row in table.rows if (value := row.values[n]) is not None]
    if len(known) < _SOME:
        return
    high, low = max(known)[0], min(known)[0]
    yield texts(
        f"pendukung.kalimat.ujung{'_tahun' if table.is_yearly else ''}",
        kolom=column_name(table.columns[n]),
        tinggi=texts.decimal(high, table.digits),
        rendah=texts.decimal(low, table.digits),
        di_tinggi=_listed(table, [label for value, label in known if value == high], texts),
        di_rendah=_listed(table, [label for value, label in known if value == low], texts),
        satuan=table.source.unit[texts.language],
    )


def _listed(table: PrintedTable, names: Sequence[str], texts: Texts) -> str:
    """Return names in running text; many kecamatan are counted."""
    if table.by_kecamatan and len(names) > _MANY:
        return texts("pendukung.kalimat.banyak", jumlah=len(names))
    *first, last = names
    both = texts("pendukung.kalimat.dan", awal=", ".join(first), akhir=last)
    return both if first else last


def in_words(table: PrintedTable, texts: Texts) -> str:
    """Return what a chart of the table shows, for those who do not see it."""
    return " ".join((caption(table, texts) + ".", *sentences(table, texts)))


def column_name(heading: str) -> str:
    """Return a heading of a file as a report prints it.

    Examples
    --------
    >>> column_name("kematian_ibu"), column_name("2020")
    ('Kematian ibu', '2020')
    """
    words = heading.replace("_", " ")
    return words[:1].upper() + words[1:]


def series(table: PrintedTable) -> tuple[tuple[str, Numbers], ...]:
    """Return label and numbers of each row, for charts."""
    return tuple((row.label, row.values) for row in table.rows)
