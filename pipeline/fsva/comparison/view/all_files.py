"""All files that show a comparison, by name.

Owns the conditions: maps need the borders of the later side, the document its library.
"""

from __future__ import annotations

from dataclasses import replace

from fsva.comparison.maps import change_palette, change_sheets
from fsva.comparison.maps.drawn_sides import Half
from fsva.comparison.pictures import page_changes
from fsva.comparison.values import drafts
from fsva.comparison.values.result import Comparison
from fsva.comparison.values.side_data import SideData
from fsva.comparison.view import change_workbook, review_page, word_document
from fsva.comparison.view.page_data import PageVillages
from fsva.core.texts import Texts
from fsva.index import joined_table
from fsva.runs.layers import village_sizes
from fsva.words import specification


def files(comparison: Comparison, a: SideData, b: SideData, texts: Texts) -> dict[str, bytes]:
    """Make page, workbook, document and maps of change.

    Returns
    -------
    dict of str to bytes
        File name to content.
    """
    style = change_palette.load()
    contents = {
        review_page.FILE_NAME: review_page.write(comparison, _land(b), _land(a), style, texts),
        change_workbook.FILE_NAME: change_workbook.write(comparison, style, texts),
    }
    if word_document.is_available():
        contents[word_document.FILE_NAME] = word_document.write(comparison, style, texts)
    drawable = len(comparison.villages) <= style.page.villages
    if drawable and (later := _half(b)):
        mark = drafts.of(comparison, texts)
        later = replace(later, studio=replace(later.studio, draft=mark))
        contents |= change_sheets.files(comparison, later, _half(a), style)
    return contents


def with_pictures(comparison: Comparison, a: SideData, b: SideData, *, draw: bool) -> Comparison:
    """Add the differences between pictures; draws the maps of editions only on request.

    Parameters
    ----------
    comparison : Comparison
        The result without differences of pictures.
    draw : bool
        Draw the maps of two editions.
    """
    rules = change_palette.load().pictures
    if a.pictures and b.pictures:
        changes = page_changes.of_outputs(a, b, rules)
    elif draw and a.tabulated and b.tabulated:
        changes = page_changes.of_editions(a, b, rules)
    else:
        return comparison
    summary = replace(comparison.summary, same=comparison.summary.same and not changes)
    return replace(comparison, pictures=changes, summary=summary)


def _land(side: SideData) -> PageVillages | None:
    return PageVillages(side.tabulated.joined.villages, side.table) if side.tabulated else None


def _half(side: SideData) -> Half | None:
    if side.materials is None:
        return None
    studio = side.materials()
    table = joined_table.of_frame(side.table)
    made = side.tabulated
    people = village_sizes.people(studio.settings, made) if made else None
    maps = specification.build(table, side.rules, studio.settings, studio.texts, people)
    return Half(studio, maps, side.kept)
