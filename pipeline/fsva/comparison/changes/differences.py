"""The differences of the inputs of two editions, entry by entry, by part.

Owns the list of differences. ``class_reasons`` computes their effect on the classes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from fsva.comparison.changes import measure_definitions, value_differences
from fsva.comparison.changes.pairing import Pairing
from fsva.comparison.changes.value_differences import Number, cell, equal, inputs_of
from fsva.comparison.values.result import PARTS, Edit, Part
from fsva.comparison.values.side_data import Inputs, SideData
from fsva.config.methods.measures import Indicator, Measure
from fsva.config.methods.method import Method
from fsva.core.columns import BPS, UNIT
from fsva.index.joined_table import BASIS, CLASS, RANK

# Of a measure, beside cut-offs, categories and bounds: its rule. Key in the method file to field.
_RULES = {
    "baik": "better",
    "tutup": "closed",
    "desimal": "digits",
    "bobot": "weight",
    "hitung": "calculation",
    "bila_kosong": "fallback",
    "nol": "zero",
}
# The basis of a class where there is no value.
_WITHOUT_VALUE = ("terbit", "kosong")
_NUMBERS = {"cut_off": "cut_offs", "skala": "bounds", "kategori": "categories"}
Pairs = Sequence[tuple[str, str]]


def edits(a: SideData, b: SideData, pairing: Pairing) -> tuple[Edit, ...]:
    """List the differences of the inputs.

    Parameters
    ----------
    a, b : SideData
        Two editions; an output folder has no inputs, so nothing is listed.
    pairing : Pairing
        Counterparts, whose rows are compared.

    Returns
    -------
    tuple of Edit
        By part, then by code and name of the entry.
    """
    if a.inputs is None or b.inputs is None:
        return ()
    listed = [
        *of_rules(a.inputs.rules, b.inputs.rules),
        *value_differences.edits(a, b, pairing),
        *_of_codes(a, b, pairing),
        *_of_borders(a, b, pairing),
        *_of_decisions(a, b),
    ]
    return tuple(sorted(listed, key=lambda e: (PARTS.index(e.part), e.code or "", e.what)))


def of_rules(a: Method, b: Method) -> Iterator[Edit]:
    """Yield the differences of two methods: numbers as ``dasar``, all others as ``metode``.

    Parameters
    ----------
    a, b : Method
        Open or complete; names, titles and colours do not matter.
    """
    if a.id != b.id:
        yield Edit("metode", "metode", None, None, a.id, b.id)
    of_a, of_b = ({m.id: m for m in rules.measures()} for rules in (a, b))
    for name in [*of_a, *(set(of_b) - set(of_a))]:
        one, other = of_a.get(name), of_b.get(name)
        if one is None or other is None:
            present = (name if one else None, name if other else None)
            yield Edit("metode", f"indikator.{name}", None, None, *present)
        else:
            yield from _of_definition(one, other)
            yield from _of_measure(one, other)


def _of_definition(a: Measure, b: Measure) -> Iterator[Edit]:
    """Yield unit and definition where the quantities differ."""
    if measure_definitions.same(a, b):
        return
    if a.unit.id != b.unit.id:
        yield Edit("metode", f"satuan.{a.id}", None, None, a.unit.id, b.unit.id)
    if isinstance(a, Indicator) and isinstance(b, Indicator) and a.formula.id != b.formula.id:
        yield Edit("metode", f"rumus.{a.id}", None, None, a.formula.id, b.formula.id)


def _of_measure(a: Measure, b: Measure) -> Iterator[Edit]:
    for key, field in _RULES.items():
        texts = _text(getattr(a, field, None)), _text(getattr(b, field, None))
        if texts[0] != texts[1]:
            yield Edit("metode", f"{key}.{a.id}", None, None, *texts)
    for key, field in _NUMBERS.items():
        yield from _of_numbers(f"{key}.{a.id}", getattr(a, field, None), getattr(b, field, None))


def _of_numbers(key: str, a: object, b: object) -> Iterator[Edit]:
    one, other = _entries(key, a), _entries(key, b)
    for name in sorted(one.keys() | other.keys()):
        if one.get(name) != other.get(name):
            yield Edit("dasar", name, None, None, _text(one.get(name)), _text(other.get(name)))


def _entries(key: str, numbers: object) -> dict[str, object]:
    """Return numbers by name: c1, c2 ... of cut-offs, the two ends of bounds, categories."""
    if isinstance(numbers, Mapping):
        return {f"{key}.{name}": value for name, value in numbers.items()}
    if isinstance(numbers, tuple):
        ends = key.startswith("skala.")
        names = ("min", "maks") if ends else [f"c{n}" for n in range(1, len(numbers) + 1)]
        return {f"{key}.{name}": value for name, value in zip(names, numbers, strict=True)}
    return {}


def _text(value: object) -> str | None:
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _pairs(pairing: Pairing) -> list[tuple[str, str]]:
    return [(old, new) for new, old in pairing.partner.items() if old is not None]


def _names(held: SideData) -> dict[str, str]:
    return {str(code): str(name) for code, name in held.table[UNIT].items()}


def _of_codes(a: SideData, b: SideData, pairing: Pairing) -> Iterator[Edit]:
    """Yield villages whose BPS code, Kemendagri code, name or succession differs."""
    one, other, names = inputs_of(a), inputs_of(b), _names(b)
    for old, new in _pairs(pairing):
        before, after = (old, one.bps_of[old]), (new, other.bps_of[new])
        own_code = pairing.kinds[new] in ("mekar", "gabung", "tata ulang") and before != after
        name = names[new]
        swapped = one.bps_of.get(new) not in (None, after[1])
        if swapped or (before[0] != after[0] and old not in other.bps_of) or own_code:
            yield Edit("kode", "kode", new, name, " / ".join(before), " / ".join(after))
    known = {(e.on, e.olds, e.news): e for e in one.events}
    also = {(e.on, e.olds, e.news): e for e in other.events}
    for key in sorted(known.keys() ^ also.keys(), key=lambda k: (k[0], sorted(k[1]))):
        event = known.get(key) or also[key]
        words = f"{'+'.join(sorted(event.olds))} -> {'+'.join(sorted(event.news))}"
        sides = (words, None) if key in known else (None, words)
        yield Edit("kode", f"pemekaran.{event.kind}", None, None, *sides)


def _of_borders(a: SideData, b: SideData, pairing: Pairing) -> Iterator[Edit]:
    """Yield places whose village has another code in the layer, and borders that moved."""
    names = _names(b)
    codes_a, codes_b = set(a.table.index), set(b.table.index)
    for old, new in _pairs(pairing):
        name = names[new]
        if old != new and old in codes_b and new in codes_a:
            yield Edit("batas", "kode di lapisan", new, name, old, new)
        elif pairing.kinds[new] in ("batas berubah", "mekar", "gabung", "tata ulang", "pindah"):
            link = pairing.links.get((old, new))
            share = "0" if link is None else f"{link.share_b:.4f}"
            yield Edit("batas", "bagian_b", new, name, "1", share)


def _of_decisions(a: SideData, b: SideData) -> Iterator[Edit]:
    """Yield classes set by hand that differ, and published cells that differ and decide.

    A published class decides only where there is no value. Another one beside a value is no
    difference; where either side lacks the value, it is.
    """
    one, other = inputs_of(a), inputs_of(b)
    yield from _of_overrides(one, other)
    if one.published is None and other.published is None:
        return
    deciding = _deciding(a) | _deciding(b)
    before, after = _cells(one), _cells(other)
    for bps, column in sorted(before.keys() | after.keys()):
        x, y = before.get((bps, column)), after.get((bps, column))
        if (bps, column) in deciding and not equal(x, y):
            yield Edit("timpa", f"terbit.{column}", bps, _name(bps, one, other), cell(x), cell(y))


def _deciding(held: SideData) -> set[tuple[str, str]]:
    """Return the published cells of a side for which there is no value: BPS code and column."""
    deciding: set[tuple[str, str]] = set()
    composite = held.rules.composite.id
    for measure in held.rules.measures():
        open_ = held.table[f"{measure.id}{BASIS}"].isin(_WITHOUT_VALUE)
        columns = [f"{measure.id}{CLASS}"]
        columns += [composite, RANK] if measure.id == composite else []
        codes = held.table.loc[open_, BPS]
        deciding |= {(str(code), column) for code in codes for column in columns}
    return deciding


def _of_overrides(a: Inputs, b: Inputs) -> Iterator[Edit]:
    one, other = ({(o.code, o.indicator): o for o in x.overrides} for x in (a, b))
    for key in sorted(one.keys() | other.keys()):
        x, y = (str(o.priority) if (o := sides.get(key)) else None for sides in (one, other))
        if x != y:
            yield Edit("timpa", f"timpa.{key[1]}", key[0], _name(key[0], a, b), x, y)


def _cells(inputs: Inputs) -> dict[tuple[str, str], Number]:
    """Return every published cell; empty if nothing was published."""
    if inputs.published is None:
        return {}
    columns = {str(c): inputs.published[c].tolist() for c in inputs.published}
    codes = [str(code) for code in inputs.published.index]
    return {
        (code, column): value
        for column, values in columns.items()
        for code, value in zip(codes, values, strict=True)
        if pd.notna(value)
    }


def _name(bps: str, a: Inputs, b: Inputs) -> str | None:
    for inputs in (b, a):
        if bps in inputs.values.index:
            return str(inputs.values.at[bps, UNIT])
    return None


def parts(differences: Sequence[Edit], a: SideData, b: SideData) -> tuple[Part, ...]:
    """Return the parts that differ, in their order.

    Parameters
    ----------
    differences : sequence of Edit
        From ``edits``, all of them.
    """
    differing = {edit.part for edit in differences}
    if a.table[BPS].to_dict() != b.table[BPS].to_dict():
        differing |= {"kode"}
    if set(a.table.index) != set(b.table.index):
        differing |= {"batas"}
    return tuple(part for part in PARTS if part in differing)
