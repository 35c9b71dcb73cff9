"""The steps from an edition to blank forms for its agencies, and from filled ones to one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.runs import workbook_run
from fsva.runs.run_order import Order

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.config.methods.method import Method
    from fsva.core.texts import Texts
    from fsva.index.result_columns import Columns
    from fsva.sources.forms.filled_forms import FilledForms
    from fsva.sources.plain.shape_table import ShapeTable

Kind = Literal["mentah", "nilai"]
Filled = dict[str, dict[str, float]]
_SHOWN = 5  # names of villages in a sentence


def files(
    order: Order,
    kind: Kind | None,
    *,
    filled: bool,
    merged: Sequence[Path] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, bytes]:
    """Make the forms of an edition, or the one form that filled ones make together.

    Parameters
    ----------
    kind : {"mentah", "nilai"} or None
        Raw counts, or ready values; None = as the edition's own table.
    filled : bool
        Whether the numbers of the edition stand in the forms already.
    merged : sequence of Path
        Filled forms; then only the form of all columns is made.
    tell : callable
        Receives a sentence on each thing that filled forms lack.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from fsva.config.methods import method
    from fsva.files.workbooks import blank_form
    from fsva.runs import tabulation
    from fsva.sources.forms import filled_forms
    from fsva.words.legends import legend_words

    edition = order.edition
    # An office asks its agencies for numbers before it has cut-offs.
    rules = method.load_open(edition.method_file, edition.baseline_file)
    joined = tabulation.join_values(edition, order.village_layer, rules).villages
    texts = legend_words.fitting(order.texts, joined.codes)
    asked = columns(edition, rules, kind)
    villages = _villages(joined)
    names = dict(zip(map(str, villages[BPS]), map(str, villages[UNIT]), strict=True))
    known: Filled = _known(joined, list(asked)) if filled else {}
    made = blank_form.forms(asked)
    if merged:
        accepted = frozenset((a.code, a.indicator) for a in edition.settings.acceptances)
        wanted = filled_forms.AskedColumns(list(asked), rules.indicators, accepted)
        returned = filled_forms.read(merged, wanted, names)
        known, made = known | returned.numbers, made[:1]
        for line in _lacks(returned, len(names), texts):
            tell(line)
    title = workbook_run.book_title(edition.settings, texts)
    content = {
        form.file: blank_form.write(form, villages, known, rules, title, texts) for form in made
    }
    return order.recorded(content, "formulir", inputs=merged)


def _lacks(returned: FilledForms, n_villages: int, texts: Texts) -> Iterator[str]:
    """Yield villages without a row, headings that are not read, and columns with empty cells."""
    for file, names in returned.lacking.items():
        if names:
            shown, more = ", ".join(names[:_SHOWN]), len(names) - _SHOWN
            if more > 0:
                shown = texts("formulir.dan_lagi", awal=shown, jumlah=more)
            yield texts("formulir.kurang", berkas=file, jumlah=len(names), desa=shown)
    for file, headings in returned.unread.items():
        if headings:
            yield texts("formulir.tak_terbaca", berkas=file, kolom=", ".join(headings))
    for column, known in returned.numbers.items():
        if empty := n_villages - len(known):
            yield texts("formulir.kosong", kolom=column, jumlah=empty, semua=n_villages)


def columns(edition: Edition, rules: Method, kind: Kind | None) -> dict[str, str]:
    """Return the columns to fill in, each with the agency that measures it.

    A raw column that several indicators need is asked of the agency of the first.
    """
    origins = edition.settings.origins
    wants_raw = kind == "mentah" or (kind is None and edition.settings.data.raw is not None)
    asked: dict[str, str] = {}
    for indicator in rules.indicators:
        read = rules.used_columns(indicator) if wants_raw else ()
        for column in read or (indicator.id,):
            asked.setdefault(column, origins[indicator.id].agency)
    return asked


def _villages(joined: ShapeTable) -> Columns:
    """Return codes and names in the order of the BPS codes."""
    from fsva.index import result_columns

    keys = {KEMENDAGRI: joined.codes, **{name: joined[name] for name in (BPS, PARENT, UNIT)}}
    columns = {name: result_columns.words(map(str, texts)) for name, texts in keys.items()}
    return result_columns.at(columns, np.argsort(columns[BPS].astype(str), kind="stable"))


def _known(joined: ShapeTable, asked: Sequence[str]) -> Filled:
    """Return the numbers that the edition knows, by column and BPS code."""
    from fsva.sources.tables import read_tables

    codes = [str(code) for code in joined[BPS]]
    numbers = {c: read_tables.floats(joined[c]).tolist() for c in asked if c in joined}
    return {
        column: {code: n for code, n in zip(codes, known, strict=True) if not isnan(n)}
        for column, known in numbers.items()
    }
