"""The map of changes and the table of villages of ``banding.html`` for readers without script."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from fsva.comparison.maps.change_palette import ChangePalette
from fsva.comparison.values.result import Comparison
from fsva.comparison.view import change_lists, page_data, page_parts
from fsva.comparison.view.change_lists import ClassStep, ListNumber, ListTable
from fsva.core.columns import UNIT
from fsva.core.texts import Texts


def parts(
    comparison: Comparison, data: dict[str, Any], palette: ChangePalette, texts: Texts
) -> Iterator[str]:
    """Yield the map of the measure that the page opens with, its key, and all changes.

    Parameters
    ----------
    data : dict
        From ``fsva.comparison.view.page_data``: paths of the villages, their classes.
    """
    if data["map"] is not None:
        yield from _map(data, palette)
    table = _changes(comparison, data["start"], texts)
    if table.rows:
        yield '<section class="card">'
        yield f"<h2>{escape(table.title)}</h2>"
        yield from page_parts.listed(table, palette.page.rows, texts)
        yield "</section>"


def _changes(comparison: Comparison, start: int, texts: Texts) -> ListTable:
    """Return the changes of one measure, in the columns of the page's own table."""
    measure = comparison.measures[start]
    rows = tuple(
        (
            change.village,
            change.kecamatan,
            ListNumber(change.class_a),
            ListNumber(change.class_b),
            ClassStep(change.delta),
            ListNumber(change.value_a, measure.digits),
            ListNumber(change.value_b, measure.digits),
            change_lists.tier_name(change.tier, comparison, texts),
            change_lists.reasons(change, comparison, texts),
        )
        for change in comparison.changes
        if change.measure == measure.id
    )
    heads = tuple(texts(f"perubahan.kolom_tabel.{key}") for key in page_data.COLUMNS)
    return ListTable(UNIT, texts("perubahan.halaman.table"), heads, rows, len(rows))


def _map(data: dict[str, Any], palette: ChangePalette) -> Iterator[str]:
    drawn, cells = data["map"], data["cells"][data["start"]]
    title = escape(data["titles"][data["start"]])
    yield f'<section class="card"><h2>{title}</h2>'
    box = f"0 0 {drawn['w']} {drawn['h']}"
    line = 'stroke="currentColor" stroke-width="1"'
    yield f'<svg class="map" role="img" aria-label="{title}" viewBox="{box}" {line}>'
    for n, path in enumerate(drawn["b"]):
        if path:
            group = data["groups"][_group(int(cells["a"][n]), int(cells["b"][n]), palette)]
            name = escape(f"{data['villages'][n][2]}: {group['name']}")
            yield f'<path d="{path}" fill="{group["colour"]}">'
            yield f"<title>{name}</title></path>"
    yield '</svg><ul class="key">'
    for group in data["groups"]:
        swatch = f'<i style="background:{group["colour"]}"></i>'
        yield f"<li>{swatch}{escape(group['name'])}</li>"
    yield "</ul></section>"


def _group(before: int, after: int, palette: ChangePalette) -> int:
    """Return the place of a change in the groups of the page; after them comes "no class"."""
    return palette.group_of(after - before) if before and after else len(palette.groups)
