"""Form 2: the analysis. Class and standard score of every indicator, composite, rank and class.

Owns the formulas of each cell; the program's results are stored with them.
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from fsva.config.methods.method import Indicator
from fsva.files.workbooks import formulas, open_book, village_columns
from fsva.files.workbooks.form_inputs import AGREED, ANALYSIS, DATA, RULES, FormInputs
from fsva.files.workbooks.open_book import FIRST, HEAD, OpenBook
from fsva.index import composite

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_SCORE_DIGITS = 2


def add(book: OpenBook, inputs: FormInputs) -> None:
    """Add the sheet."""
    texts, widths = book.texts, book.style.widths
    sheet = book.sheet(ANALYSIS, texts("excel.judul.form_2"))
    names = [f"{i.map_number}. {i.name[texts.language]}" for i in inputs.indicators]
    whole = [texts(f"excel.kolom.{key}") for key in ("indeks", "peringkat", "kelas_komposit")]
    heads = [texts("excel.kolom.kelas_dari", nama=name) for name in names]
    scores = [texts("excel.kolom.skor_dari", nama=name) for name in names]
    helps = [texts(f"excel.kolom.{key}") for key in ("peringkat_tetap", "urutan", "bebas")]
    book.heads(sheet, HEAD, [*village_columns.headings(texts), *heads, *whole, *scores, *helps])
    village_columns.write(book, sheet, inputs)
    for n, indicator in enumerate(inputs.indicators):
        _classes(book, sheet, inputs, indicator, n)
        _scores(book, sheet, inputs, indicator)
    _whole(book, sheet, inputs)
    _ranks(book, sheet, inputs)
    sheet.set_column(6, inputs.score_column - 1, widths.priority)
    sheet.set_column(inputs.score_column, inputs.help_column + 2, widths.value)
    first, last = inputs.class_column(inputs.indicators[0]), inputs.score_column - 1
    book.colour_classes(sheet, (FIRST, first, inputs.last, last), inputs.method)
    column = inputs.class_column(inputs.method.composite)
    book.colour_classes(sheet, (FIRST, column, inputs.last, column), inputs.method)
    village_columns.finish(sheet, inputs, inputs.help_column - 1)
    book.protect(sheet)


def _classes(
    book: OpenBook, sheet: Worksheet, inputs: FormInputs, indicator: Indicator, n: int
) -> None:
    """Write the classes of an indicator: by its value, else as published; or as agreed."""
    column = inputs.class_column(indicator)
    set_by_hand = _set_by_hand(inputs, indicator)
    bases = inputs.table.basis[indicator.id]
    for at, known in enumerate(inputs.table.classes[indicator.id].tolist()):
        row = FIRST + at
        value = open_book.cell(inputs.value_column(indicator), row, DATA)
        other = [inputs.printed_cell(n, row)] if inputs.printed else []
        formula = formulas.either(f"ISNUMBER({value})", _found(inputs, indicator, value), *other)
        if agreed := set_by_hand.get(str(inputs.table.bps_codes[at])):
            formula = f"={agreed}"
        style = _style(book, str(bases[at]))
        book.compute(sheet, row, column, formula, known or None, style)


def _found(inputs: FormInputs, indicator: Indicator, value: str) -> str:
    if not indicator.categories:
        return formulas.priority(value, inputs.cut_off_area(indicator), indicator)
    first = inputs.category_row(indicator)
    last = first + len(indicator.categories) - 1
    columns = [open_book.area((c, first), (c, last), RULES) for c in (3, 4)]
    return formulas.category(value, *columns)


def _set_by_hand(inputs: FormInputs, indicator: Indicator) -> dict[str, str]:
    """Return the cells of KESEPAKATAN with the classes set by hand, by BPS code."""
    return {
        item.code: open_book.cell(6, FIRST + n, AGREED, fixed=True)
        for n, item in enumerate(inputs.agreements)
        if item.kind == "kelas" and item.measure == indicator.id
    }


def _style(book: OpenBook, basis: str) -> Any:  # noqa: ANN401 - a format of xlsxwriter
    """Return the format of a class; what does not come from the value is told by its border."""
    colours = book.style.colours
    fills = {"timpa": colours.agreed, "terbit": colours.printed}
    keys = {"bg_color": fills[basis]} if basis in fills else {}
    marked = {"italic": basis == "terbit", "bold": basis == "timpa"}
    return book.format(num_format="0", align="center", **keys, **marked)


def _scores(book: OpenBook, sheet: Worksheet, inputs: FormInputs, indicator: Indicator) -> None:
    column = inputs.standard_column(indicator)
    scores = composite.standard_score(inputs.table.values[indicator.id], indicator)
    bounds = [inputs.rule_cell(indicator, inputs.bound_column + n) for n in (0, 1)]
    for at, score in enumerate(scores.tolist()):
        row = FIRST + at
        value = open_book.cell(inputs.value_column(indicator), row, DATA)
        low, high = bounds
        found = formulas.standard_score(value, low, high, indicator)
        formula = formulas.either(f"ISNUMBER({value})", found)
        style = book.number(_SCORE_DIGITS)
        book.compute(sheet, row, column, formula, None if isnan(score) else score, style)


def _whole(book: OpenBook, sheet: Worksheet, inputs: FormInputs) -> None:
    """Write composite and class: computed where all values are known, else as published."""
    whole, column = inputs.method.composite, inputs.score_column
    weights = [inputs.rule_cell(i, inputs.bound_column + 2) for i in inputs.indicators]
    position = len(inputs.measures) - 1
    ends = (inputs.standard_column(inputs.indicators[n]) for n in (0, -1))
    first, last = ends
    table = inputs.table
    known = zip(table.values[whole.id].tolist(), table.classes[whole.id].tolist(), strict=True)
    for at, (score, priority) in enumerate(known):
        row = FIRST + at
        cells = [open_book.cell(inputs.standard_column(i), row) for i in inputs.indicators]
        counted = f"COUNT({open_book.cell(first, row)}:{open_book.cell(last, row)})={len(cells)}"
        printed = inputs.printed is not None
        score_printed = [inputs.printed_cell(position + 1, row)] if printed else []
        class_printed = [inputs.printed_cell(position, row)] if printed else []
        found = formulas.composite(cells, weights, whole.digits)
        formula = formulas.either(counted, found, *score_printed)
        basis = str(table.basis[whole.id][at])
        fill = {"bg_color": book.style.colours.printed} if basis == "terbit" else {}
        style = book.number(whole.digits, **fill)
        book.compute(sheet, row, column, formula, None if isnan(score) else score, style)
        cell = open_book.cell(column, row)
        by_score = formulas.priority(cell, inputs.cut_off_area(whole), whole)
        formula = formulas.either(f"ISNUMBER({cell})", by_score, *class_printed)
        place = inputs.class_column(whole)
        book.compute(sheet, row, place, formula, priority or None, _style(book, basis))


def _ranks(book: OpenBook, sheet: Worksheet, inputs: FormInputs) -> None:
    """Write the ranks: those with a score fill the ranks that no published one holds."""
    column, help_ = inputs.score_column + 1, inputs.help_column
    scores, fixed = inputs.column_area(inputs.score_column, ""), inputs.column_area(help_, "")
    free = inputs.column_area(help_ + 2, "")
    ranks = inputs.table.ranks.tolist()
    known = [not isnan(score) for score in inputs.table.values[inputs.method.composite.id].tolist()]
    taken = {rank for rank, has_score in zip(ranks, known, strict=True) if rank and not has_score}
    n_free = 0
    for at, rank in enumerate(ranks):
        row = FIRST + at
        score = open_book.cell(inputs.score_column, row)
        own = open_book.cell(help_, row)
        found = f"MATCH(RANK({score},{scores},0),{free},0)"
        formula = formulas.either(f"ISNUMBER({score})", found, own)
        book.compute(sheet, row, column, formula, rank or None, book.number(0))
        printed = [inputs.printed_cell(len(inputs.measures) + 1, row)] if inputs.printed else []
        nothing = f'"{formulas.NOTHING}"'
        cell = formulas.either(f"ISNUMBER({score})", nothing, *printed)
        held = rank if rank and not known[at] else None
        book.compute(sheet, row, help_, cell, held, book.number(0))
        sheet.write_number(row, help_ + 1, at + 1, book.number(0))
        n_free += at + 1 not in taken
        before = open_book.cell(help_ + 2, row - 1) if at else "0"
        place = open_book.cell(help_ + 1, row)
        count = f"={before}+IF(COUNTIF({fixed},{place})=0,1,0)"
        book.compute(sheet, row, help_ + 2, count, n_free, book.number(0))
