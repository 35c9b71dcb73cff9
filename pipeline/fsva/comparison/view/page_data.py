"""The data of ``banding.html`` for the script of the page, as one value.

Owns its keys, and the limits that keep a large comparison small enough for a browser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from fsva.comparison.maps.change_palette import ChangePalette
from fsva.comparison.values.result import (
    KINDS,
    PARTS,
    TIERS,
    CellChange,
    Cells,
    ComparedMeasure,
    ComparedVillage,
    Comparison,
    Tier,
)
from fsva.comparison.view import change_counts, change_lists, input_words
from fsva.config.styles import report_colours
from fsva.core.columns import UNIT
from fsva.core.texts import LOCALES, Texts
from fsva.files.pages import village_paths
from fsva.files.pages.village_paths import Drawing
from fsva.index.joined_table import CLASS
from fsva.sources.plain.shape_table import ShapeTable

_WORDS = ("change", "start", "stop", "matrix", "row", "column", "cell", "maybe", "unchanged",
          "unpaired", "count", "picked", "all_kecamatan", "all_tiers", "any_change",
          "all_reasons", "moved", "not_found", "cut", "shown", "chosen",
          "all_ways", "risen", "fallen", "measure")  # fmt: skip
_NOT_FOUND, _CUT = 1, 2  # reasons for a change without reasons
COLUMNS = (
    "village",
    "kecamatan",
    "class_a",
    "class_b",
    "delta",
    "value_a",
    "value_b",
    "tier",
    "why",
)


@dataclass(frozen=True, eq=False)
class PageVillages:
    """The villages of one side with their borders.

    Parameters
    ----------
    villages : ShapeTable
        Indexed by Kemendagri code, with ``desa``, ``kecamatan`` and geometry in metres.
    table : DataFrame
        Indexed likewise, with ``<measure>_kelas``.
    """

    villages: ShapeTable
    table: pd.DataFrame


def of_comparison(
    comparison: Comparison,
    b: PageVillages | None,
    a: PageVillages | None,
    palette: ChangePalette,
    texts: Texts,
) -> dict[str, Any]:
    """Return the data of the page.

    Parameters
    ----------
    b : PageVillages or None
        Borders of the later side; without them the page has no map.
    a : PageVillages or None
        Borders of the earlier side; without them its map uses those of B.
    palette : ChangePalette
        Gives colours, and the largest number of villages on a map.
    """
    small = len(comparison.villages) <= palette.page.villages
    rows = list(range(len(comparison.villages))) if small else _touched(comparison)
    villages = [comparison.villages[row] for row in rows]
    kecamatan = sorted({village.kecamatan for village in villages})
    place = {name: n for n, name in enumerate(kecamatan)}
    return {
        "locale": LOCALES[texts.language],
        "start": _start(comparison),
        "rows": palette.page.rows,
        "total": len(comparison.villages),
        "sides": [comparison.sides[0].name, comparison.sides[-1].name],
        "words": _words(texts),
        "measures": [_measure(measure, texts) for measure in comparison.measures],
        "groups": _groups(palette, texts),
        "ink": {
            "up": palette.signs.up,
            "down": palette.signs.down,
            "other": palette.signs.other,
            "up_fill": palette.groups[palette.group_of(1)].colour,
            "no_class": palette.no_class.colour,
            "down_fill": palette.groups[palette.group_of(-1)].colour,
        },
        "parts": [texts(f"banding.bagian.{part}") for part in PARTS],
        "counts": list(change_counts.KEYS),
        "titles": [change_counts.title(m.id, comparison, texts) for m in comparison.measures],
        "tiers": [change_lists.tier_name(tier, comparison, texts) for tier in TIERS],
        "kinds": [texts(f"banding.jenis.{kind}") for kind in KINDS],
        "kecamatan": kecamatan,
        "villages": [
            [v.code_a, v.code_b, v.name, place[v.kecamatan], KINDS.index(v.kind)] for v in villages
        ],
        "cells": _all_cells(comparison, rows, texts),
        "map": _map(comparison, villages, b, a, palette) if b and small else None,
    }


def _start(comparison: Comparison) -> int:
    """Return the first measure of the page: the composite, unless only others changed."""
    changed = Counter(c.measure for c in comparison.changes if c.delta)
    ids = [measure.id for measure in comparison.measures]
    if changed[ids[-1]] or not changed:
        return len(ids) - 1
    return max(range(len(ids)), key=lambda n: changed[ids[n]])


def _words(texts: Texts) -> dict[str, Any]:
    words: dict[str, Any] = {key: texts.raw(f"perubahan.halaman.{key}") for key in _WORDS}
    words["col"] = {key: texts(f"perubahan.kolom_tabel.{key}") for key in COLUMNS}
    return words


def _measure(measure: ComparedMeasure, texts: Texts) -> dict[str, Any]:
    named = texts("perubahan.ukuran", nomor=measure.map_number, nama=measure.name[texts.language])
    colours = report_colours.load().comparison
    none = {"name": texts("perubahan.halaman.no_class"), "colour": colours.no_class}
    classes = [{"name": c.name[texts.language], "colour": c.colour} for c in measure.classes]
    return {"title": named, "digits": measure.digits, "classes": [none, *classes]}


def _groups(palette: ChangePalette, texts: Texts) -> list[dict[str, Any]]:
    """Return the colours of change, the two absences last."""
    language = texts.language
    changes = [
        {
            "sign": g.sign,
            "name": g.name[language],
            "colour": g.colour,
            "first": g.first,
            "last": g.last,
        }
        for g in palette.groups
    ]
    absences = [
        {
            "sign": colour.sign,
            "name": colour.name[language],
            "colour": colour.colour,
            "first": None,
            "last": None,
        }
        for colour in (palette.no_class, palette.no_counterpart)
    ]
    return changes + absences


def _touched(comparison: Comparison) -> list[int]:
    """Return the rows of villages with a listed change or without a counterpart."""
    named = {(change.code_a, change.code_b) for change in comparison.changes}
    touched = [
        n
        for n, v in enumerate(comparison.villages)
        if (v.code_a, v.code_b) in named or v.code_a is None or v.code_b is None
    ]
    return touched[: comparison.budget]


def _all_cells(comparison: Comparison, rows: Sequence[int], texts: Texts) -> list[dict[str, Any]]:
    named = {(v.code_a, v.code_b): n for n, v in enumerate(comparison.villages[r] for r in rows)}
    listed: dict[str, dict[int, list[Any]]] = {}
    for change in comparison.changes:
        if (row := named.get((change.code_a, change.code_b))) is not None:
            told = _change(row, change, comparison, texts)
            listed.setdefault(change.measure, {})[row] = told
    counts = {m.measure: change_counts.of_measure(m) for m in comparison.summary.measures}
    vulnerable = {c.number for c in comparison.measures[-1].classes if c.vulnerable}
    matrices = {t.measure: t.villages for t in comparison.transitions}
    villages = [comparison.villages[row] for row in rows]
    return [
        _cells(cells, rows, villages, listed.get(cells.measure, {}), vulnerable)
        | {"matrix": matrices[cells.measure], "counts": counts[cells.measure]}
        for cells in comparison.cells
    ]


def _cells(
    cells: Cells,
    rows: Sequence[int],
    villages: Sequence[ComparedVillage],
    listed: Mapping[int, list[Any]],
    vulnerable: Collection[int],
) -> dict[str, Any]:
    a, b = ([column[row] for row in rows] for column in (cells.classes_a, cells.classes_b))
    va, vb = ([column[row] for row in rows] for column in (cells.values_a, cells.values_b))
    changes = []
    for n, village in enumerate(villages):
        if change := listed.get(n):
            changes.append(change)
        elif (
            village.code_a
            and village.code_b
            and (tier := _tier((a[n], b[n]), (va[n], vb[n]), vulnerable))
        ):
            changes.append([n, TIERS.index(tier), [], [], _CUT, []])  # beyond the listed rows
    return {
        "a": "".join(str(number or 0) for number in a),
        "b": "".join(str(number or 0) for number in b),
        "va": va,
        "vb": vb,
        "changes": changes,
    }


def _change(row: int, change: CellChange, comparison: Comparison, texts: Texts) -> list[Any]:
    why = [[PARTS.index(r.part), round(r.share, 4)] for r in change.reasons]
    maybe = [PARTS.index(part) for part in change.possible]
    none = _NOT_FOUND if change.is_unexplained else 0
    return [row, TIERS.index(change.tier), why, maybe, none, _caused(change, comparison, texts)]


def _caused(change: CellChange, comparison: Comparison, texts: Texts) -> list[tuple[int, str]]:
    """Return the parts that changed a value, each with its columns or keys."""
    named = input_words.of_causes(change.causes, comparison, texts)
    return [(PARTS.index(part), what) for part, what in named.items()]


def _tier(
    classes: tuple[int | None, int | None],
    values: tuple[float | None, float | None],
    vulnerable: Collection[int],
) -> Tier | None:
    """Return the tier of a change that the lists leave out; None where nothing differs."""
    (a, b), (before, after) = classes, values
    if a and b and (a in vulnerable) != (b in vulnerable):
        return "lintas"
    if a and b and a != b:
        return "kelas"
    if a != b:
        return "ada"
    return "nilai" if before != after else None


def _map(
    comparison: Comparison,
    villages: Sequence[ComparedVillage],
    b: PageVillages,
    a: PageVillages | None,
    palette: ChangePalette,
) -> dict[str, Any]:
    before = a.villages.to_crs(b.villages.crs) if a else None
    layers = [b.villages] if before is None else [b.villages, before]
    shown = village_paths.window(layers, palette.page.detail)
    now = village_paths.draw(b.villages, shown)
    earlier = now if before is None else village_paths.draw(before, shown)
    at = {code: n for n, code in enumerate(now.codes)}
    places = [at.get(v.code_b) if v.code_b else None for v in villages]
    return {
        "w": shown.width,
        "h": shown.height,
        "b": ["" if n is None else now.paths[n] for n in places],
        "spots": [None if n is None else now.spots[n] for n in places],
        "spots_a": earlier.spots,
        "lines_b": now.lines,
        "lines_a": earlier.lines,
        "a": _earlier(villages, earlier, a),
        "classes_a": [_classes(c.measure, earlier, a) for c in comparison.cells] if a else None,
    }


def _earlier(
    villages: Sequence[ComparedVillage], drawn: Drawing, a: PageVillages | None
) -> list[list[Any]]:
    """Return the paths of A, each with its name and its counterpart in the list."""
    codes = [v.code_a if a else v.code_b for v in villages]
    first: dict[str, int] = {}
    for n, code in enumerate(codes):
        if code is not None:
            first.setdefault(code, n)
    names = dict(zip(map(str, a.villages.index), a.villages[UNIT], strict=True)) if a else {}
    return [
        [
            path,
            first.get(code, -1),
            str(names.get(code, villages[first[code]].name if code in first else code)),
        ]
        for code, path in zip(drawn.codes, drawn.paths, strict=True)
    ]


def _classes(measure: str, drawn: Drawing, a: PageVillages) -> str:
    """Return A's own classes in the order of its paths, one digit each; 0 = no class."""
    name = f"{measure}{CLASS}"
    column = a.table[name] if name in a.table else pd.Series(dtype=float)
    priorities = column.reindex(list(drawn.codes))
    return "".join("0" if pd.isna(number) else str(int(number)) for number in priorities)
