"""What it takes to lift a village, in sentences for profile, book and terminal.

Owns the words. ``fsva.index.needed_change`` owns the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fsva.config.methods.method import Indicator, Method
from fsva.core.texts import Texts
from fsva.index import needed_change
from fsva.index.joined_table import JoinedTable
from fsva.index.needed_change import Change, Lift, rounded_up
from fsva.words.legends import legend_words

FOUND, INCOMPLETE, DECIDED, OUT_OF_REACH = "ada", "tidak_lengkap", "keputusan", "tidak_cukup"
POINT_DIGITS = 2
TABLE_DIGITS = 4


@dataclass(frozen=True)
class VillageNeed:
    """What one village needs for one class.

    Parameters
    ----------
    at : int
        Position of the village in the joined table.
    present, target : int
        Classes of the composite, before and after.
    status : str
        ``ada``; ``tidak_lengkap`` (a value is not known), ``keputusan`` (the score has reached the
        class, the office's decision keeps it below), ``tidak_cukup`` (no two indicators can do it).
    missing : Fraction or None
        Points of the composite that it lacks.
    single : Change or None
        The smallest change of one indicator.
    others : tuple of Change
        Of the other indicators that alone are enough, the smallest first.
    pair : (Change, Change) or None
        The smallest change of two.
    """

    at: int
    present: int
    target: int
    status: str
    missing: Fraction | None = None
    single: Change | None = None
    others: tuple[Change, ...] = ()
    pair: tuple[Change, Change] | None = None


def needs(table: JoinedTable, method: Method) -> Iterator[VillageNeed]:
    """Yield what each vulnerable village needs for the next class, and for the first secure one."""
    one_up = needed_change.lifts(table, method)
    secure = needed_change.lifts(table, method, method.first_secure)
    for at, present in enumerate(table.classes[method.composite.id].tolist()):
        if present not in method.vulnerable:
            continue
        yield _need(table, method, at, (present, present + 1), one_up[at])
        if present + 1 < method.first_secure:
            yield _need(table, method, at, (present, method.first_secure), secure[at])


def _need(
    table: JoinedTable, method: Method, at: int, classes: tuple[int, int], lift: Lift | None
) -> VillageNeed:
    standing = needed_change.standing_of(table, at, method)
    if standing is None or lift is None:
        return VillageNeed(at, *classes, INCOMPLETE if standing is None else DECIDED)
    single, others = (lift.changes[0], lift.changes[1:]) if lift.changes else (None, ())
    pair = needed_change.smallest_pair(standing, lift.missing)
    status = FOUND if single or pair else OUT_OF_REACH
    return VillageNeed(at, lift.present, lift.target, status, lift.missing, single, others, pair)


def sentence(
    need: VillageNeed, table: JoinedTable, method: Method, texts: Texts, *, is_placed: bool = True
) -> str:
    """Return what a village needs, in one sentence.

    Parameters
    ----------
    is_placed : bool
        Whether the village's kecamatan is named.
    """
    where = texts("andai.kalimat.di", kecamatan=str(table.subdistricts[need.at]))
    facts = {
        "desa": str(table.names[need.at]),
        "di": where if is_placed else "",
        "kelas": need.present,
        "tujuan": need.target,
    }
    if need.status != FOUND:
        return texts(f"andai.kalimat.{need.status}", **facts)
    indicators = {i.id: i for i in method.indicators}
    told = {len(way): _told(way, need, table, indicators, texts) for way in ways(need, method)}
    single, pair = told.get(1), told.get(2)
    key = "satu_dua" if single and pair else "satu" if single else "dua"
    return texts(f"andai.kalimat.{key}", **facts, satu=single or "", dua=pair or "")


def ways(need: VillageNeed, method: Method) -> Iterator[Sequence[Change]]:
    """Yield the smallest change of one indicator, then that of two where it says more."""
    if need.single:
        yield [need.single]
    if need.pair and (not need.single or needed_change.is_shared(need.pair, method)):
        yield need.pair


def _told(
    changes: Sequence[Change],
    need: VillageNeed,
    table: JoinedTable,
    indicators: dict[str, Indicator],
    texts: Texts,
) -> str:
    """Return changes in words, joined by "and"."""
    return texts("andai.kalimat.dan").join(
        _change_told(change, float(table.values[change.indicator][need.at]), indicators, texts)
        for change in changes
    )


def _change_told(
    change: Change, present: float, indicators: dict[str, Indicator], texts: Texts
) -> str:
    """Return one change in words: the value before and after, categories by their names."""
    indicator, before = indicators[change.indicator], Decimal(repr(present))
    way = "kategori" if indicator.categories else "naik" if change.value > before else "turun"
    return texts(
        f"andai.kalimat.{way}",
        nama=legend_words.within(indicator.name[texts.language]),
        dari=_printed(before, indicator, texts),
        ke=_printed(change.value, indicator, texts),
        poin=texts.decimal(rounded_up(change.points, POINT_DIGITS), POINT_DIGITS),
    )


def _printed(value: Decimal, indicator: Indicator, texts: Texts) -> str:
    name = indicator.category_names.get(str(round(value))) if indicator.categories else None
    return name[texts.language] if name else texts.decimal(value, indicator.digits)


def points(exact: Fraction) -> Decimal:
    """Return points as tables print them: rounded up as in sentences, with more digits."""
    return rounded_up(exact, TABLE_DIGITS)
