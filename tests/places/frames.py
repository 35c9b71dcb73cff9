"""The functions that follow from the joined table, for tests that write tables as pandas' tables.

Owns the change of columns between the two and nothing else: NA becomes NaN, 0 or None as the
functions have it, and back. ``from tests.places.frames import causes`` gives the module ``causes``
with tables where it has columns; what has no table in it is the module's own.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType, SimpleNamespace

import numpy as np
import pandas as pd

from fsva.files.tables import target_tables as _target_tables
from fsva.index import action_rows as _action_rows
from fsva.index import aspects as _aspects
from fsva.index import causes as _causes
from fsva.index import classes as _classes
from fsva.index import composite as _composite
from fsva.index import cut_off_distances as _margins
from fsva.index import derivation as _derivation
from fsva.index import joined_table as _joined_table
from fsva.index import summary as _summary
from fsva.index import targeting as _targeting
from fsva.index import trace as _trace
from fsva.index.baselines import histogram as _histogram
from fsva.index.joined_table import JoinedTable
from fsva.index.sureness import error_intervals as _ranges
from fsva.index.sureness import sensitivity as _sensitivity
from fsva.index.sureness import uncertainty as _uncertainty
from fsva.words import appraisal as _appraisal
from fsva.words import chapter as _chapter
from fsva.words import specification as _specification
from tests.places.framed import plain

Frame, Function = pd.DataFrame, Callable[..., object]


class Framed:
    """A module, some of whose functions take and give tables of pandas."""

    def __init__(self, module: ModuleType, **framed: Function) -> None:
        self._module, self._framed = module, framed

    def __getattr__(self, name: str) -> object:
        return self._framed.get(name) or getattr(self._module, name)


def floats(column: pd.Series) -> np.ndarray:
    """Return a column as numbers; NaN = not known."""
    return pd.Series(column).astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)


def whole(column: pd.Series) -> np.ndarray:
    """Return classes or ranks; 0 = none."""
    return pd.Series(column).astype("Int64").fillna(0).to_numpy(dtype=np.int64)


def joined(table: Frame | JoinedTable) -> JoinedTable:
    """Return the value that a table of pandas stands for."""
    if isinstance(table, JoinedTable):
        return table
    numbers = [str(name) for name in table.select_dtypes("number") if name != "peringkat"]
    bare = [n for n in numbers if not n.endswith("_kelas") and f"{n}_kelas" not in table]
    return _joined_table.of_frame(table.assign(**dict.fromkeys((f"{n}_kelas" for n in bare), 0)))


def _series(values: np.ndarray, like: pd.Series | Frame, dtype: str = "Float64") -> pd.Series:
    found = pd.Series(values, like.index, name=getattr(like, "name", None))
    return (found.mask(found == 0) if dtype.startswith("Int") else found).astype(dtype)


def _by_id(table: Frame) -> dict[str, np.ndarray]:
    numbers = table.select_dtypes("number")
    return {str(name): floats(numbers[name]) for name in numbers}


def _with_joined(function: Function, result: Function = lambda found: found) -> Function:
    return lambda table, *rest, **named: result(function(joined(table), *rest, **named))


classes = Framed(
    _classes,
    classify=lambda values, measure: _series(
        _classes.classify(floats(values), measure), values, "Int8"
    ),
    means_none=lambda values, measure: _series(
        _classes.means_none(floats(values), measure), values, "bool"
    ),
)
composite = Framed(
    _composite,
    standard_score=lambda values, indicator: _series(
        _composite.standard_score(floats(values), indicator), values
    ),
    index=lambda table, method: _series(_composite.index(_by_id(table), method), table),
    rank=lambda score, fixed: _series(
        _composite.rank(floats(score), whole(fixed).astype(np.int32)), score, "Int32"
    ),
)


def _margins_of(values: pd.Series, measure: object) -> Frame:
    found = _margins.margins(floats(values), measure)
    columns = {"cut_off": found.cut_offs, "jarak": found.distances}
    of_steps = {"langkah": found.steps, "ke_kelas": found.classes}
    return pd.DataFrame(
        {
            **{name: _series(column, values) for name, column in columns.items()},
            **{name: _series(column, values, "Int64") for name, column in of_steps.items()},
        }
    )


margins = Framed(_margins, margins=_margins_of)
causes = Framed(
    _causes,
    of_villages=_with_joined(_causes.of_villages, pd.DataFrame),
    influence=_with_joined(_causes.influence, pd.DataFrame),
    of_classes=_with_joined(_causes.of_classes, pd.DataFrame),
)


def _sizes(villages: Frame, polygons_m2: pd.Series | None) -> SimpleNamespace:
    columns = {name: floats(villages[name]) for name in ("penduduk", "luas_ha") if name in villages}
    drawn = None if polygons_m2 is None else floats(polygons_m2)
    found = _summary.sizes(columns, len(villages), drawn)
    people, area = (_series(column, villages) for column in (found.people, found.area_ha))
    return SimpleNamespace(people=people, area_ha=area, area_origin=found.area_origin)


def _tally(table: Frame, measures: object, known: object, method: object) -> Frame:
    own = _summary.Sizes(floats(known.people), floats(known.area_ha), known.area_origin)
    found = pd.DataFrame(_summary.tally(joined(table), measures, own, method))
    return found.astype(dict.fromkeys(("persen", "penduduk", "luas_ha"), "Float64"))


summary = Framed(
    _summary,
    sizes=_sizes,
    tally=_tally,
    means=_with_joined(
        _summary.means,
        lambda found: pd.DataFrame(found).astype(
            {"rerata_rentan": "Float64", "rerata_tahan": "Float64"}
        ),
    ),
)


def _aspects_of(table: Frame, method: object, parts: object) -> Frame:
    frame = _aspects.tabulate(joined(table), method, list(parts)).frame
    ends = ("", "_kelas", "_dasar")
    found = frame[[f"{part.id}{end}" for part in parts for end in ends]]
    return found.set_axis(table.index)


aspects = Framed(_aspects, tabulate=_aspects_of)
trace = Framed(_trace, of_village=_with_joined(_trace.of_village), find=_with_joined(_trace.find))
derivation = Framed(
    _derivation,
    derive=lambda table, *rest: _derivation.derive(_by_id(table), *rest),
    bounds=lambda values, indicator: _derivation.bounds(floats(values), indicator),
    cut_offs=lambda values, *rest, **named: _derivation.cut_offs(floats(values), *rest, **named),
)
histogram = Framed(
    _histogram, histogram=lambda values, *rest: _histogram.histogram(floats(values), *rest)
)
appraisal = Framed(
    _appraisal,
    write=lambda table, *rest: _appraisal.write(_by_id(table), *rest),
    counts=lambda values, *rest: _appraisal.counts(floats(values), *rest),
    warnings=lambda values, *rest: _appraisal.warnings(floats(values), *rest),
)
_LAID = {
    **dict.fromkeys(("rentan", "kantong", "keduanya", "dilayani"), "boolean"),
    "kelas": "Int8",
    "jiwa_miskin_ekstrem": "Int64",
    **dict.fromkeys(("cakupan", "cakupan_rerata"), "Float64"),
}


def _laid(columns: dict[str, np.ndarray], index: str = "kode_kemendagri") -> Frame:
    frame = pd.DataFrame(columns).set_index(index)
    plain = {name: kind for name, kind in _LAID.items() if name in frame}
    return frame.astype({n: k for n, k in plain.items() if frame[n].dtype.kind in "Of"})


def _columns(frame: Frame, index: str = "kode_kemendagri") -> dict[str, np.ndarray]:
    """Return what ``_laid`` has made a table of."""
    return {
        index: np.array(frame.index, dtype=object),
        **{
            str(name): floats(frame[name])
            if name in ("jiwa_miskin_ekstrem", "cakupan")
            else frame[name].astype(object).where(frame[name].notna(), None).to_numpy()
            for name in frame
        },
    }


def _overlay(table: Frame, persons: pd.Series | None, *rest: object) -> Frame:
    made = joined(table)
    known = None if persons is None else floats(persons.reindex(made.bps_codes))
    return _laid(_targeting.overlay(made, known, *rest))


targeting = Framed(
    _targeting,
    pockets=lambda persons, limits: _series(
        _targeting.pockets(floats(persons), limits), persons, "boolean"
    ),
    overlay=_overlay,
    totals=lambda laid, limits: _laid(_targeting.totals(_columns(laid), limits), "kecamatan"),
    targets=lambda laid: _laid(_targeting.targets(_columns(laid))),
    served=lambda laid, coverage: _laid(_targeting.served(_columns(laid), coverage)),
    programmes=lambda pairs: _laid(_targeting.programmes(_columns(pairs)), "program"),
)
target_tables = Framed(
    _target_tables,
    targets_csv=lambda laid, *rest: _target_tables.targets_csv(_columns(laid), *rest),
    totals_csv=lambda totals: _target_tables.totals_csv(_columns(totals, "kecamatan")),
    programmes_csv=lambda counts: _target_tables.programmes_csv(_columns(counts, "program")),
)
action_rows = Framed(
    _action_rows,
    rows=lambda laid, table, *rest: _action_rows.rows(_columns(laid), joined(table), *rest),
)
joined_table = Framed(
    _joined_table,
    tabulate=lambda *given: _joined_table.tabulate(*map(plain, given)).frame,
    count_classes=_with_joined(_joined_table.count_classes),
)


def _ranges_of(
    table: Frame,
    method: object,
    assumed: object,
    origins: Frame | None,
    digits: Frame | None = None,
) -> _ranges.Ranges:
    made = joined(table)
    read = (
        None if t is None else plain(t).beside(made.bps_codes).columns for t in (origins, digits)
    )
    found = _ranges.ranges(made, method, assumed, *read)
    index = pd.Index(made.codes)
    return _ranges.Ranges(
        *(pd.DataFrame(part, index) for part in (found.low, found.high, found.reasons))
    )


ranges = Framed(_ranges, ranges=_ranges_of)


class FramedCertainty:
    """How sure classes are, as tables of pandas indexed by Kemendagri code."""

    def __init__(self, sure: _uncertainty.Certainty, codes: tuple[str, ...]) -> None:
        index = pd.Index(codes, name="kode_kemendagri")
        self.sure = sure
        self.probabilities = {
            name: pd.DataFrame(found, index, range(1, found.shape[1] + 1))
            for name, found in sure.probabilities.items()
        }
        self.hangs_on = pd.Series(sure.hangs_on, index)
        ranks = pd.DataFrame(sure.ranks, index)
        self.ranks = ranks.astype("Int32").mask(ranks == 0)

    def of_class(self, shown: pd.Series, measure: object) -> pd.Series:
        return _series(self.sure.of_class(whole(shown).astype(np.int8), measure), shown)

    def other_class(self, shown: pd.Series, measure: object) -> Frame:
        other, share = self.sure.other_class(whole(shown).astype(np.int8), measure)
        return pd.DataFrame(
            {"kelas": _series(other, shown, "Int8"), "peluang": _series(share, shown)}
        )


def _plain(spread: object) -> _ranges.Ranges:
    parts = (spread.low, spread.high, spread.reasons)
    return _ranges.Ranges(*({n: np.asarray(part[n]) for n in part} for part in parts))


def _simulated(table: Frame, spread: object, *rest: object) -> FramedCertainty:
    made = joined(table)
    return FramedCertainty(_uncertainty.simulate(made, _plain(spread), *rest), made.codes)


uncertainty = Framed(_uncertainty, simulate=_simulated)


def _alternatives(table: Frame, *rest: object) -> Frame:
    found = pd.DataFrame(_sensitivity.alternatives(joined(table), *rest), table.index)
    scaled = [name for name in found if str(name).startswith("kelas_skala_")]
    return found.astype({"peluang_bobot": "Float64", **dict.fromkeys(scaled, "Int8")}).mask(
        found.isna() | (found[scaled] == 0).reindex(columns=found.columns, fill_value=False)
    )


sensitivity = Framed(
    _sensitivity,
    alternatives=_alternatives,
    sobol=lambda table, spread, *rest: pd.DataFrame(
        _sensitivity.sobol(joined(table), _plain(spread), *rest)
    ),
)
specification = Framed(
    _specification,
    build=_with_joined(_specification.build),
    build_aspects=_with_joined(_specification.build_aspects),
)
chapter = Framed(
    _chapter,
    write=lambda table, counts, *rest: _chapter.write(
        joined(table), {str(n): counts[n].to_numpy(na_value=np.nan) for n in counts}, *rest
    ),
)
