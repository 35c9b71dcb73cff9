"""Form 3: the results. Villages per class and kecamatan, mean scores, influential factors.

Owns the formulas that count and weigh the classes of Form 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from fsva.config.methods.method import Indicator, Measure
from fsva.core import decimals
from fsva.core.columns import PARENT
from fsva.files.workbooks import open_book
from fsva.files.workbooks.form_inputs import RESULTS, FormInputs
from fsva.files.workbooks.open_book import HEAD, OpenBook
from fsva.index import causes, result_columns, summary
from fsva.index.summary import ALL, NO_DATA, SECURE, VULNERABLE, WHOLE

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_PERCENT_DIGITS = 2
_MEAN_DIGITS = 2
_SCORE_DIGITS = 4
# Without a vulnerable village nothing has weight, and all share the first place.
_NOBODY = {"jumlah": 0, "poin": 0, "skor": 0, "urutan": 1}
Row = Mapping[str, float]


def add(book: OpenBook, inputs: FormInputs) -> None:
    """Add the sheet."""
    texts, widths = book.texts, book.style.widths
    sheet = book.sheet(RESULTS, texts("excel.judul.form_3"))
    unknown = summary.sizes({}, len(inputs.table), None)
    counts = summary.tally(inputs.table, list(inputs.measures), unknown, inputs.method)
    row = HEAD
    for measure in inputs.measures:
        row = _counts(book, sheet, inputs, measure, _rows(counts, measure), row) + 2
    row = _means(book, sheet, inputs, row) + 2
    row, points = _class_weights(book, sheet, inputs, row)
    row = _factors(book, sheet, inputs, row + 2, points)
    sheet.set_column(0, 0, widths.text)
    sheet.set_column(1, 2 * len(inputs.method.classes) + 6, widths.priority + 1)
    sheet.freeze_panes(HEAD, 1)
    sheet.print_area(0, 0, row, 2 * len(inputs.method.classes) + 6)
    book.protect(sheet)


def _rows(counts: result_columns.Columns, measure: Measure) -> dict[str, dict[str, Row]]:
    """Return count and share by place and label of a measure."""
    found: dict[str, dict[str, Row]] = {}
    for row in result_columns.records(counts):
        if row["ukuran"] == measure.id:
            numbers = {name: cell for name, cell in row.items() if not isinstance(cell, str)}
            found.setdefault(row[PARENT], {})[row["kelas"]] = numbers
    return found


def _counts(
    book: OpenBook,
    sheet: Worksheet,
    inputs: FormInputs,
    measure: Measure,
    known: Mapping[str, Mapping[str, Row]],
    row: int,
) -> int:
    """Write villages per class of a measure, whole and per kecamatan; return the last row."""
    texts, numbers = book.texts, [one.number for one in inputs.method.classes]
    title = f"{measure.map_number}. {measure.name[texts.language]}"
    sides = {"rentan": VULNERABLE, "tahan": SECURE, "tanpa_data": NO_DATA, "semua": ALL}
    heads = [texts("excel.kolom.jumlah_kelas", kelas=n) for n in numbers]
    heads += [texts(f"excel.kolom.{key}", **inputs.method.sides) for key in sides]
    heads += [texts("excel.kolom.persen_kelas", kelas=n) for n in numbers]
    heads += [
        texts(f"excel.kolom.persen_{key}", **inputs.method.sides) for key in ("rentan", "tahan")
    ]
    book.heads(sheet, row, [title, *heads])
    for place, of_place in known.items():
        row += 1
        name = texts("excel.semua_desa") if place == WHOLE else place
        sheet.write_string(row, 0, name, book.text(bold=place == WHOLE))
        _place(book, sheet, inputs, measure, (row, place), of_place)
    first = row - len(known) + 1
    if len(known) > 1:
        sheet.conditional_format(
            first, len(numbers) + 1, row, len(numbers) + 1,
            {"type": "data_bar", "bar_color": inputs.method.classes[1].colour, "bar_solid": True},
        )  # fmt: skip
    return row


def _place(
    book: OpenBook,
    sheet: Worksheet,
    inputs: FormInputs,
    measure: Measure,
    where: tuple[int, str],
    known: Mapping[str, Row],
) -> None:
    row, place = where
    numbers = [one.number for one in inputs.method.classes]
    area = inputs.column_area(inputs.class_column(measure))
    of_place = "" if place == WHOLE else f",{inputs.column_area(1)},$A{row + 1}"
    for n in numbers:
        formula = f"=COUNTIFS({area},{n}{of_place})"
        book.compute(sheet, row, n, formula, int(known[str(n)]["jumlah"]), book.number(0))
    after, vulnerable = len(numbers) + 1, len(inputs.method.vulnerable)
    cells = [open_book.cell(n, row) for n in numbers]
    whole = f"ROWS({area})" if place == WHOLE else f"COUNTIF({inputs.column_area(1)},$A{row + 1})"
    classed = f"SUM({cells[0]}:{cells[-1]})"
    sums = {
        VULNERABLE: f"=SUM({cells[0]}:{cells[vulnerable - 1]})",
        SECURE: f"=SUM({cells[vulnerable]}:{cells[-1]})",
        NO_DATA: f"={whole}-{classed}",
        ALL: f"={whole}",
    }
    for n, (label, formula) in enumerate(sums.items()):
        book.compute(sheet, row, after + n, formula, int(known[label]["jumlah"]), book.number(0))
    shares = [*zip(map(str, numbers), cells, strict=True)]
    shares += [
        (label, open_book.cell(after + n, row)) for n, label in enumerate((VULNERABLE, SECURE))
    ]
    for n, (label, cell) in enumerate(shares):
        formula = f'=IF({classed}=0,"-",ROUND(100*{cell}/{classed},{_PERCENT_DIGITS}))'
        share = known[label]["persen"]
        stored = None if isnan(share) else share
        book.compute(sheet, row, after + 4 + n, formula, stored, book.number(_PERCENT_DIGITS))


def _means(book: OpenBook, sheet: Worksheet, inputs: FormInputs, row: int) -> int:
    """Write the mean scores of vulnerable and of other villages."""
    texts, sides = book.texts, inputs.method.sides
    keys = ("rerata_rentan", "rerata_tahan")
    heads = [texts(f"excel.kolom.{key}", **sides) for key in keys]
    book.heads(sheet, row, [texts("excel.rerata"), *heads])
    known = result_columns.records(summary.means(inputs.table, inputs.method))
    composite = inputs.method.composite
    classes = inputs.column_area(inputs.class_column(composite))
    last = inputs.method.last_vulnerable
    for measure, means in zip(inputs.measures, known, strict=True):
        row += 1
        column = inputs.score_column
        if measure.id != composite.id:
            column = inputs.standard_column(inputs.indicators[inputs.measures.index(measure)])
        sheet.write_string(row, 0, measure.name[texts.language], book.text())
        scores = inputs.column_area(column)
        for n, (key, test) in enumerate(zip(keys, (f'"<={last}"', f'">{last}"'), strict=True)):
            formula = f'=IFERROR(ROUND(AVERAGEIFS({scores},{classes},{test}),{_MEAN_DIGITS}),"-")'
            mean = float(means[key])
            stored = None if isnan(mean) else _rounded(mean, _MEAN_DIGITS)
            book.compute(sheet, row, 1 + n, formula, stored, book.number(_MEAN_DIGITS))
    return row


def _rounded(number: float, digits: int) -> float:
    return float(decimals.round_half_up(np.array([number]), digits)[0])


def _class_weights(
    book: OpenBook, sheet: Worksheet, inputs: FormInputs, row: int
) -> tuple[int, list[str]]:
    """Write the points of the vulnerable classes, which may be changed; return their cells."""
    texts = book.texts
    book.heads(sheet, row, [texts("excel.bobot_prioritas"), texts("excel.kolom.poin")])
    entry = {"bg_color": book.style.colours.entry, "locked": False}
    cells = []
    for number in inputs.method.vulnerable:
        row += 1
        sheet.write_string(row, 0, texts("excel.kolom.jumlah_kelas", kelas=number), book.text())
        points = inputs.method.first_secure - number
        sheet.write_number(row, 1, points, book.number(0, **entry))
        cells.append(open_book.cell(1, row, fixed=True))
    return row, cells


def _factors(
    book: OpenBook, sheet: Worksheet, inputs: FormInputs, row: int, points: Sequence[str]
) -> int:
    """Write points, weights and scores of the indicators over the vulnerable villages."""
    texts = book.texts
    keys = ("jumlah_desa", "poin", "bobot", "skor", "urutan_faktor")
    heads = [texts(f"excel.kolom.{key}") for key in keys]
    book.heads(sheet, row, [texts("excel.faktor"), *heads])
    weighed = result_columns.records(causes.influence(inputs.table, inputs.method))
    known = {line["indikator"]: line for line in weighed}
    first, last = row + 1, row + len(inputs.indicators)
    for indicator in inputs.indicators:
        row += 1
        line = known.get(indicator.id, _NOBODY)
        sheet.write_string(row, 0, indicator.name[texts.language], book.text())
        cells = _factor_cells(inputs, indicator, row, (first, last), points)
        for n, (key, formula) in enumerate(cells.items(), start=1):
            whole = key in ("jumlah", "poin", "urutan")
            style = book.number(0 if whole else _SCORE_DIGITS)
            book.compute(sheet, row, n, formula, _stored(line, key, indicator), style)
    return row


def _stored(line: Mapping[str, Any], key: str, indicator: Indicator) -> float:
    """Return the program's result of a cell, rounded as the formula does."""
    if key == "bobot":
        return float(indicator.weight)
    return _rounded(float(line[key]), _SCORE_DIGITS) if key == "skor" else float(line[key])


def _factor_cells(
    inputs: FormInputs,
    indicator: Measure,
    row: int,
    ends: tuple[int, int],
    weights: Sequence[str],
) -> dict[str, str]:
    whole = inputs.column_area(inputs.class_column(inputs.method.composite))
    own = inputs.column_area(inputs.class_column(indicator))
    last = inputs.method.last_vulnerable
    counts = [f'COUNTIFS({whole},"<={last}",{own},{n})' for n in range(1, last + 1)]
    points = "+".join(f"{weight}*{count}" for weight, count in zip(weights, counts, strict=True))
    scores = open_book.area((4, ends[0]), (4, ends[1]))
    return {
        "jumlah": f"={'+'.join(counts)}",
        "poin": f"={points}",
        "bobot": f"={inputs.rule_cell(indicator, inputs.bound_column + 2)}",
        "skor": f"=ROUND({open_book.cell(2, row)}*{open_book.cell(3, row)},{_SCORE_DIGITS})",
        "urutan": f"=RANK({open_book.cell(4, row)},{scores},0)",
    }
