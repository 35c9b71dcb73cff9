"""``andai.csv``: what lifts each vulnerable village, for Excel."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from fsva.config.methods.method import Method
from fsva.core.columns import BPS, PARENT, UNIT
from fsva.core.texts import Texts
from fsva.files.tables import cells
from fsva.files.tables.cells import Values
from fsva.index.joined_table import JoinedTable
from fsva.index.needed_change import Change
from fsva.words.needed import needed_words
from fsva.words.needed.needed_words import VillageNeed

FILE = "andai.csv"
_MARK = ","


def write(needs: Sequence[VillageNeed], table: JoinedTable, method: Method, texts: Texts) -> bytes:
    """Return the needs, a row per village and class to reach.

    Parameters
    ----------
    needs : sequence of VillageNeed
        In the order of the rows; ``at`` of each is a row of the table.
    method : Method
        Digits of the values and the composite.
    """
    at = [need.at for need in needs]
    pairs = [need.pair or (None, None) for need in needs]
    changes = {
        "satu": [need.single for need in needs],
        "dua_a": [first for first, _ in pairs],
        "dua_b": [second for _, second in pairs],
    }
    columns: dict[str, Values] = {
        BPS: table.bps_codes[at],
        PARENT: table.subdistricts[at],
        UNIT: table.names[at],
        "kelas": [need.present for need in needs],
        "skor": table.values[method.composite.id][at],
        "kelas_tujuan": [need.target for need in needs],
        "status": [need.status for need in needs],
        "kurang": [
            None if need.missing is None else needed_words.points(need.missing) for need in needs
        ],
        "keterangan": [needed_words.sentence(need, table, method, texts) for need in needs],
    }
    columns["satu_lain"] = [_others(need, method) for need in needs]
    for name, found in changes.items():
        columns |= _change(name, found, at, table, method)
    return cells.write(FILE, columns, method)


def _others(need: VillageNeed, method: Method) -> str:
    """Return the other indicators that alone are enough, each with its value."""
    digits = {i.id: i.digits for i in method.indicators}
    return "; ".join(
        f"{change.indicator} {cells.number(change.value, digits[change.indicator], _MARK)}"
        for change in need.others
    )


def _change(
    name: str,
    changes: Sequence[Change | None],
    at: Sequence[int],
    table: JoinedTable,
    method: Method,
) -> dict[str, Values]:
    """Return indicator, points, value now and value needed of a change."""
    digits = {i.id: i.digits for i in method.indicators}
    now, wanted = [], []
    for change, place in zip(changes, at, strict=True):
        value = float("nan") if change is None else float(table.values[change.indicator][place])
        known = change is not None and not isnan(value)
        now.append(cells.number(value, digits[change.indicator], _MARK) if change and known else "")
        wanted.append(cells.number(change.value, digits[change.indicator], _MARK) if change else "")
    points = [None if c is None else needed_words.points(c.points) for c in changes]
    return {
        f"{name}_indikator": [c.indicator if c else "" for c in changes],
        f"{name}_poin": [cells.number(p, needed_words.TABLE_DIGITS, _MARK) for p in points],
        f"{name}_nilai": now,
        f"{name}_menjadi": wanted,
    }
