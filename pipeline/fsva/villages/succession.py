"""Villages that split, merge or get another code: the events, and which of them a table needs.

Owns the meaning of the succession table and its checks. ``fsva.villages.inherited_values`` applies
events to values and polygons; ``fsva.sources.tables.successions`` reads the file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from fsva.core.errors import JoinError, Place
from fsva.sources.plain.plain_table import Table

Kind = Literal["ganti nama", "ganti kode", "mekar", "gabung", "tata ulang"]
# Shares are printed with few digits: 0.33 + 0.33 + 0.33 is a whole village.
SHARE_TOLERANCE = 0.011


@dataclass(frozen=True)
class SuccessionLink:
    """One line of the table: what of an old village went to a new one.

    Parameters
    ----------
    old, new : str
        Codes, both BPS or both Kemendagri.
    on : date
        Date from which the new code holds.
    decree : str
        Legal basis.
    share : float or None
        Share of the old village that went to the new one, 0..1; None if not known.
    row : int
        Row in the file.
    """

    old: str
    new: str
    on: date
    decree: str
    share: float | None
    row: int


@dataclass(frozen=True)
class Event:
    """What happened to some villages on one day.

    Parameters
    ----------
    on : date
        The day.
    links : tuple of SuccessionLink
        All links that are connected by their codes.
    """

    on: date
    links: tuple[SuccessionLink, ...]

    @property
    def olds(self) -> frozenset[str]:
        """Codes before."""
        return frozenset(link.old for link in self.links)

    @property
    def news(self) -> frozenset[str]:
        """Codes after."""
        return frozenset(link.new for link in self.links)

    @property
    def gone(self) -> frozenset[str]:
        """Codes that no longer exist."""
        return self.olds - self.news

    @property
    def fresh(self) -> frozenset[str]:
        """Codes that did not exist before."""
        return self.news - self.olds

    @property
    def kind(self) -> Kind:
        """What happened, in one word."""
        if len(self.links) == 1:
            return "ganti kode" if self.gone else "ganti nama"
        if len(self.olds) == 1:
            return "mekar"
        return "gabung" if len(self.news) == 1 else "tata ulang"

    def shares(self, new: str) -> dict[str, float | None]:
        """Return per old code the share of that village that went to a new one.

        With one successor the whole village goes to it; with several the shares are scaled to sum
        to 1.
        """
        return {link.old: self._share(link) for link in self.links if link.new == new}

    def _share(self, link: SuccessionLink) -> float | None:
        siblings = [other.share for other in self.links if other.old == link.old]
        if len(siblings) == 1:
            return 1.0
        known = [share for share in siblings if share is not None]
        return link.share / sum(known) if link.share is not None else None


def read_events(table: Table, file: Path) -> tuple[Event, ...]:
    """Group the lines of a succession table into events and check them.

    Parameters
    ----------
    table : Table
        From ``fsva.sources.tables.successions.read``: ``kode_lama``, ``kode_baru``, ``tanggal``,
        ``dasar_hukum``, ``bagian`` (NaN = not known), ``baris``.
    file : Path
        Named in errors.

    Returns
    -------
    tuple of Event
        By date, then by code.

    Raises
    ------
    JoinError
        Shares of a village that do not sum to 1 or are given in part; codes that return to
        themselves; an event that changes no code though it concerns several villages.
    """
    links = [_link(row) for _, row in table.records()]
    events = tuple(_grouped(links))
    for event in events:
        _check_shares(event, file)
        if not event.gone and not event.fresh and len(event.links) > 1:
            raise JoinError("pemekaran_kabur", _places(event.links, file))
    _check_cycles(links, file)
    return events


def _link(row: Mapping[Any, Any]) -> SuccessionLink:
    share = None if math.isnan(row["bagian"]) else float(row["bagian"])
    codes = row["kode_lama"], row["kode_baru"]
    return SuccessionLink(*codes, row["tanggal"], row["dasar_hukum"], share, int(row["baris"]))


def _grouped(links: Sequence[SuccessionLink]) -> Iterator[Event]:
    """Yield the links of a day that hang together by any code."""
    for day in sorted({link.on for link in links}):
        groups: list[list[SuccessionLink]] = []
        for link in (x for x in links if x.on == day):
            mine = [g for g in groups if any({x.old, x.new} & {link.old, link.new} for x in g)]
            merged = [*(x for g in mine for x in g), link]
            groups = [*(g for g in groups if g not in mine), merged]
        ordered = [tuple(sorted(group, key=lambda x: (x.old, x.new))) for group in groups]
        yield from (Event(day, group) for group in sorted(ordered, key=lambda g: g[0].old))


def _check_shares(event: Event, file: Path) -> None:
    for old in sorted(event.olds):
        links = [link for link in event.links if link.old == old]
        shares = [link.share for link in links if link.share is not None]
        if not shares:
            continue
        if len(shares) < len(links) or abs(sum(shares) - 1) > SHARE_TOLERANCE:
            places = [
                Place(
                    file, link.row, "bagian", old, "" if link.share is None else f"{link.share:g}"
                )
                for link in links
            ]
            raise JoinError("pemekaran_bagian", places, {"jumlah": f"{sum(shares):g}"})


def _check_cycles(links: Sequence[SuccessionLink], file: Path) -> None:
    """Stop if a code becomes itself again, because before and after are then the same."""
    later = _later(links)
    back = [link for link in links if link.old != link.new and link.old in _after(link.new, later)]
    if back:
        raise JoinError("pemekaran_melingkar", _places(back, file))


def _later(links: Iterable[SuccessionLink]) -> dict[str, set[str]]:
    later: dict[str, set[str]] = {}
    for link in links:
        if link.old != link.new:
            later.setdefault(link.old, set()).add(link.new)
    return later


def _after(code: str, later: Mapping[str, set[str]]) -> set[str]:
    """Return a code and all its successors."""
    reached, open_ = {code}, [code]
    while open_:
        fresh = later.get(open_.pop(), set()) - reached
        reached |= fresh
        open_ += sorted(fresh)
    return reached


def _places(links: Iterable[SuccessionLink], file: Path) -> list[Place]:
    return [Place(file, x.row, "kode_lama", found=f"{x.old} → {x.new}") for x in links]


def translated(events: Sequence[Event], other: Mapping[str, str]) -> tuple[Event, ...]:
    """Return the events in the other kind of code, where all their codes are known.

    Parameters
    ----------
    events : sequence of Event
        In any kind of code.
    other : mapping of str to str
        BPS to Kemendagri code, or the reverse (the crosswalk).
    """
    return tuple(
        Event(
            event.on,
            tuple(
                SuccessionLink(other[x.old], other[x.new], x.on, x.decree, x.share, x.row)
                for x in event.links
            ),
        )
        for event in events
        if event.olds | event.news <= other.keys()
    )


def needed(
    events: Sequence[Event], present: Iterable[str], target: Iterable[str], file: Path
) -> tuple[Event, ...]:
    """Choose the events that lead from the codes of a table to those that the edition has.

    Parameters
    ----------
    events : sequence of Event
        By date.
    present : iterable of str
        Codes of the table or layer.
    target : iterable of str
        Codes of the edition's villages (the crosswalk).
    file : Path
        The succession table, named in errors.

    Returns
    -------
    tuple of Event
        To be applied in this order. Events that the table already follows, and events after the
        edition's year (its villages still have the old codes), are left out.

    Raises
    ------
    JoinError
        An event has happened in part of the table only, or leads to or from codes that nobody
        knows.
    """
    course = _Course(events, frozenset(target), file)
    now = set(present)
    chosen: list[Event] = []
    for event in events:
        if not course.lies_ahead(event) and course.is_due(event, now):
            chosen.append(event)
            now = (now - event.olds) | event.news
    return tuple(chosen)


class _Course:
    """All events together: what became of every code until the edition's villages."""

    def __init__(self, events: Sequence[Event], target: frozenset[str], file: Path) -> None:
        self._target, self._file = target, file
        self._later = _later(link for event in events for link in event.links)
        # Only into codes that are new then: these codes prove that an event has happened.
        self._proof = _later(x for e in events for x in e.links if x.new in e.fresh)

    def lies_ahead(self, event: Event) -> bool:
        """Tell whether the edition's villages are still those before the event."""
        if event.gone:
            return event.gone <= self._target
        reached = (_after(code, self._later) & self._target for code in event.fresh)
        return bool(event.fresh) and not any(reached)

    def is_due(self, event: Event, now: set[str]) -> bool:
        """Tell whether a table is still before the event; stop where it is neither."""
        if event.kind == "ganti nama":
            return event.olds <= now
        self._check_new(event, now)
        if not (event.olds | event.news) & now:
            return self._is_missed(event)
        happened = {code for code in event.fresh if _after(code, self._proof) & now}
        if event.olds <= now and not happened:
            self._check_distinct(event, now)
            return True
        if not event.gone & now and happened == event.fresh:
            return False
        there = ", ".join(sorted((event.olds | event.news) & now))
        absent = ", ".join(sorted((event.olds | event.news) - now))
        places = _places(event.links, self._file)
        raise JoinError("pemekaran_setengah", places, {"ada": there, "tidak_ada": absent})

    def _check_new(self, event: Event, now: set[str]) -> None:
        """Stop at a new code that is neither in the edition nor replaced later."""
        unknown = {code for code in event.news if not _after(code, self._later) & self._target}
        if unknown and event.olds & now:
            links = [link for link in event.links if link.new in unknown]
            places = [Place(self._file, x.row, "kode_baru", found=x.new) for x in links]
            raise JoinError("pemekaran_asing", places)

    def _is_missed(self, event: Event) -> bool:
        """Stop at an event whose new codes the edition has, while a table has none of its codes."""
        replaced = any(code in self._later for code in event.news)
        if replaced or not event.news & self._target:
            return False
        places = [Place(self._file, x.row, "kode_lama", found=x.old) for x in event.links]
        raise JoinError("pemekaran_asing", places)

    def _check_distinct(self, event: Event, now: set[str]) -> None:
        """Stop if the codes do not show whether an event has happened.

        A new village that was later merged into one that existed before leaves no trace.
        """
        hidden = [c for c in event.fresh if (_after(c, self._later) - {c}) & (now - event.olds)]
        if hidden and not event.gone:
            raise JoinError("pemekaran_kabur", _places(event.links, self._file))
