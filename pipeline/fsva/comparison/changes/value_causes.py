"""Why a value changed within its class: the entries of the inputs that differ for it.

Owns the rule of which difference of the inputs can alter a value. It computes nothing again;
``class_reasons`` measures contributions, to classes only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fsva.comparison.values.result import PARTS, Edit
from fsva.comparison.values.side_data import Inputs, SideData
from fsva.comparison.values.subjects import ValueCause
from fsva.config.methods.measures import Indicator
from fsva.config.methods.method import Method
from fsva.core.columns import BPS
from fsva.index.joined_table import CLASS

# Rules that decide classes and indices, but no value of the indicator itself.
_OF_CLASSES = ("tutup", "cut_off")
_OF_INDEX = ("baik", "bobot", "skala", "kategori")
_SUCCESSION = "pemekaran."


@dataclass(frozen=True, eq=False)
class ValueCauses:
    """The differences of the inputs by what they concern.

    Parameters
    ----------
    a, b : SideData
        Two editions; of an output folder no differences are known.
    edits : sequence of Edit
        All of them.
    """

    a: SideData
    b: SideData
    edits: Sequence[Edit]
    _by_code: dict[str, list[Edit]] = field(init=False, default_factory=lambda: defaultdict(list))
    _common: list[Edit] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        for edit in self.edits:
            for code in _codes(edit):
                self._by_code[code].append(edit)
            if edit.code is None and not edit.what.startswith(_SUCCESSION):
                self._common.append(edit)

    def of(self, measure: str, old: str, new: str) -> tuple[ValueCause, ...]:
        """Return the causes of another value, in the order of the parts.

        Parameters
        ----------
        measure : str
            Id.
        old, new : str
            Kemendagri codes of the village in A and B.

        Returns
        -------
        tuple of ValueCause
            Cells, rules and successions that the value rests on; only where none of them differs,
            another code, row or border of the village. Empty if nothing of that differs either.
        """
        codes = (new, str(self.a.table.at[old, BPS]), str(self.b.table.at[new, BPS]))
        own = [edit for code in dict.fromkeys(codes) for edit in self._by_code.get(code, ())]
        direct = [e for e in (*own, *self._common) if self._is_direct(e, measure)]
        return _named(direct or [e for e in (*own, *self._common) if self._is_near(e, measure)])

    def _is_direct(self, edit: Edit, measure: str) -> bool:
        """Tell whether a difference concerns an operand of the value."""
        if edit.part == "data":
            return edit.what in self._columns(measure)
        if edit.part in ("metode", "dasar"):
            return self._is_rule_of(edit.what, measure)
        if edit.part == "timpa":
            return edit.what in _decisions(measure, self._is_composite(measure))
        return edit.what.startswith(_SUCCESSION)

    def _is_near(self, edit: Edit, measure: str) -> bool:
        """Tell whether a difference concerns the place where the value is looked up."""
        if edit.what == "kolom":
            return (edit.a or edit.b) in self._columns(measure)
        return edit.part in ("kode", "batas") or edit.what in ("baris", "metode")

    def _is_rule_of(self, what: str, measure: str) -> bool:
        key, _, rest = what.partition(".")
        of = rest.split(".")[0]
        if key in _OF_CLASSES or not of:
            return False
        if self._is_composite(measure):
            return True
        return of == measure and key not in _OF_INDEX

    def _is_composite(self, measure: str) -> bool:
        return measure == self.b.rules.composite.id

    def _columns(self, measure: str) -> frozenset[str]:
        return self._columns_of_all.get(measure, frozenset())

    @cached_property
    def _columns_of_all(self) -> dict[str, frozenset[str]]:
        """Return the columns of either side that each measure is computed from."""
        return {
            measure.id: _columns_of(self.a.inputs, self.a.rules, measure.id)
            | _columns_of(self.b.inputs, self.b.rules, measure.id)
            for measure in self.b.rules.measures()
        }


def _codes(edit: Edit) -> Iterator[str]:
    """Yield the codes of the villages that a difference names."""
    if edit.code is not None:
        yield edit.code
    elif edit.what.startswith(_SUCCESSION):
        yield from dict.fromkeys((edit.a or edit.b or "").replace(" -> ", "+").split("+"))


def _decisions(measure: str, is_composite: bool) -> tuple[str, ...]:
    always = f"timpa.{measure}", f"terbit.{measure}{CLASS}"
    return (*always, f"terbit.{measure}", "terbit.peringkat") if is_composite else always


def _columns_of(inputs: Inputs | None, rules: Method, measure: str) -> frozenset[str]:
    whole = measure == rules.composite.id
    chosen = [i for i in rules.indicators if whole or i.id == measure]
    own = frozenset(indicator.id for indicator in chosen)
    if inputs is None or not inputs.is_raw:
        return own
    return own.union(*(_counts(rules, indicator) for indicator in chosen))


def _counts(rules: Method, indicator: Indicator) -> Iterable[str]:
    if indicator.calculation is None:
        return ()
    fallback = indicator.fallback
    return (*rules.formula(indicator).columns, *((fallback.column,) if fallback else ()))


def _named(edits: Iterable[Edit]) -> tuple[ValueCause, ...]:
    causes = dict.fromkeys((edit.part, edit.what) for edit in edits)
    ordered = sorted(causes, key=lambda cause: PARTS.index(cause[0]))
    return tuple(ValueCause(part, what) for part, what in ordered)
