"""The steps from an edition to the workbook of its forms and the national template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from fsva.runs.run_order import Order
from fsva.runs.tabulation import Tabulated

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.config.editions.sections import Settings
    from fsva.core.texts import Texts
    from fsva.files.workbooks.form_inputs import Agreement, FormInputs, PrintedResults
    from fsva.files.workbooks.open_book import BookTitle
    from fsva.index.joined_table import JoinedTable


def files(order: Order) -> dict[str, bytes]:
    """Make ``fsva.xlsx`` and ``form-4.xlsx`` of an edition, and their manifest.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from fsva.files.workbooks import form_4, form_workbook
    from fsva.runs import tabulation

    tabulated = tabulation.of_order(order)
    inputs = form_inputs(order.edition, tabulated, order.texts)
    title = book_title(order.edition.settings, order.texts)
    made = {
        form_workbook.FILE: form_workbook.write(inputs, title, order.texts),
        form_4.FILE: form_4.write(inputs, title, order.texts),
    }
    return order.recorded(made, "excel")


def book_title(settings: Settings, texts: Texts) -> BookTitle:
    """Return what stands over every sheet of an edition's workbooks."""
    from fsva.files.workbooks.open_book import BookTitle
    from fsva.words import draft, specification

    where = specification.district_name(settings, texts)
    return BookTitle(f"{where}, {settings.year}", draft.of(settings, texts).sentence)


def form_inputs(edition: Edition, tabulated: Tabulated, texts: Texts) -> FormInputs:
    """Gather what the forms of an edition are made of."""
    from fsva.files.workbooks.form_inputs import FormInputs
    from fsva.sources.tables import read_tables

    settings, rules = edition.settings, tabulated.rules
    order = np.argsort(tabulated.table.bps_codes, kind="stable")
    villages = tabulated.joined.villages
    used = [column for i in rules.indicators for column in rules.used_columns(i)]
    named = dict.fromkeys(used) if settings.data.raw else {}
    raw = {c: read_tables.floats(villages[c])[order] for c in named if c in villages}
    table = tabulated.table.at(order)
    return FormInputs(
        table,
        rules,
        raw,
        _printed(tabulated, table),
        tuple(_agreements(settings, tabulated, table, texts)),
        tuple(dict.fromkeys([settings.compiler, *(o.agency for o in settings.origins.values())])),
    )


def _printed(tabulated: Tabulated, table: JoinedTable) -> PrintedResults | None:
    """Return what a report has published of the villages that no event has changed."""
    from fsva.files.workbooks.form_inputs import PrintedResults
    from fsva.index.joined_table import CLASS, RANK
    from fsva.villages import inherited_values

    published = tabulated.inputs.published
    if published is None:
        return None
    published = inherited_values.forget(published, tabulated.joined.inherited.events)
    rows = published.beside(table.bps_codes)
    measures = list(tabulated.rules.measures())
    classes = {m.id: np.nan_to_num(rows[f"{m.id}{CLASS}"]).astype(np.int8) for m in measures}
    score = np.asarray(rows[tabulated.rules.composite.id], dtype=np.float64)
    return PrintedResults(classes, score, np.nan_to_num(rows[RANK]).astype(np.int32))


def _agreements(
    settings: Settings, tabulated: Tabulated, table: JoinedTable, texts: Texts
) -> Iterator[Agreement]:
    """Yield agreed values, classes set by hand and accepted oddities, in this order."""
    from fsva.files.workbooks.form_inputs import Agreement

    yield from _agreed_values(tabulated, texts)
    places = {str(code): n for n, code in enumerate(table.bps_codes)}
    parents = {code: str(table.subdistricts[n]) for code, n in places.items()}
    digits = {i.id: i.digits for i in tabulated.rules.indicators}
    for one in settings.overrides:
        value = float(table.values[one.indicator][places[one.code]])
        before = "" if np.isnan(value) else texts.decimal(value, digits[one.indicator])
        yield Agreement(
            "kelas", one.code, one.village, parents[one.code], one.indicator, before,
            one.priority, one.reason[texts.language],
        )  # fmt: skip
    for accepted in settings.acceptances:
        value = float(table.values[accepted.indicator][places[accepted.code]])
        if not np.isnan(value):
            yield Agreement(
                "diterima", accepted.code, accepted.village, parents[accepted.code],
                accepted.indicator, "", value, accepted.reason[texts.language],
            )  # fmt: skip


def _agreed_values(tabulated: Tabulated, texts: Texts) -> Iterator[Agreement]:
    """Yield the values that agencies agreed on in place of measured ones."""
    from fsva.files.workbooks.form_inputs import Agreement
    from fsva.sources.tables import agreed_columns, read_tables

    read = read_tables.village_numbers(tabulated.inputs.values.values)
    for column, measured in read.texts.items():
        name = column.removeprefix(agreed_columns.MEASURED)
        if name == column or name not in read.numbers:
            continue
        for at, before in enumerate(measured.tolist()):
            if before is None or np.isnan(read.numbers[name][at]):
                continue
            said = before.replace(".", ",") if texts.language == "id" else before
            yield Agreement(
                "nilai", read.codes[at], str(read.names[at]), str(read.subdistricts[at]), name,
                said, float(read.numbers[name][at]), "",
            )  # fmt: skip
