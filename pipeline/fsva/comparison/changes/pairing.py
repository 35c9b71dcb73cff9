"""Which village of B is which of A: by land, code and name, and what became of it.

Owns the choice of counterparts and the kinds of change. ``overlay`` owns the overlay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from fsva.comparison.changes.overlay import SharedLand, overlay
from fsva.comparison.values.comparison_thresholds import LandLimits
from fsva.comparison.values.result import Kind, Sign
from fsva.comparison.values.side_data import SideData
from fsva.core.columns import PARENT, UNIT
from fsva.core.levels import SUBDISTRICT
from fsva.core.names import is_same, plain


@dataclass(frozen=True)
class LandLink:
    """Land that a village of A and one of B share.

    Parameters
    ----------
    share_a, share_b : float
        Of the land of either village.
    exact : bool
        Whether both polygons are the same.
    """

    share_a: float
    share_b: float
    exact: bool = False


@dataclass(frozen=True)
class SideNames:
    """The names of the villages of a side.

    Parameters
    ----------
    printed, layer, kecamatan : mapping of str to str
        By Kemendagri code, all plain: name in the table, name in the layer, kecamatan.
    """

    printed: Mapping[str, str]
    layer: Mapping[str, str]
    kecamatan: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Pairing:
    """The villages of both sides beside each other.

    Parameters
    ----------
    partner : dict of str to (str or None)
        Code in B to the code in A of the village that it is, or that held most of its land.
    kinds : dict of str to Kind
        Code in B to what became of it.
    gone : dict of str to Kind
        Code in A that is nobody's partner: ``hilang``, or where its land went.
    links : dict of (str, str) to LandLink
        Land in common by codes in A and B; empty without boundaries.
    land : SharedLand or None
        The overlay.
    """

    partner: dict[str, str | None]
    kinds: dict[str, Kind]
    gone: dict[str, Kind]
    links: dict[tuple[str, str], LandLink] = field(default_factory=dict)
    land: SharedLand | None = None


def pair(a: SideData, b: SideData, limits: LandLimits) -> Pairing:
    """Find for every village of B its counterpart in A.

    Parameters
    ----------
    a, b : SideData
        Two sides; without boundaries on either of them only codes and names are compared.
    limits : LandLimits
        From which share land counts.

    Notes
    -----
    A village whose code and name (as the layer writes it) both stay is the same village, wherever
    it lies. Else the one that held most of its land is its counterpart. Schematic borders prove
    something only where two polygons are the same; otherwise code or name decide there.
    """
    names_a, names_b = _names(a), _names(b)
    if a.shapes is None or b.shapes is None:
        return _without_land(names_a, names_b)
    land = overlay(a.shapes, b.shapes, limits.smallest)
    links = dict(_links(land.links))
    trusted = not (a.schematic or b.schematic)
    family = _Family(links, limits, names_a, names_b, trusted)
    partner = {
        code: family.partner(code, rows) for code, rows in _by_new(links, names_b.printed).items()
    }
    kinds = {code: family.kind(code, old) for code, old in partner.items()}
    taken = set(partner.values())
    gone = {old: family.fate(old) for old in names_a.printed if old not in taken}
    return Pairing(partner, kinds, gone, links, land)


def _names(held: SideData) -> SideNames:
    codes = held.table.index
    printed = dict(zip(codes, map(plain, held.table[UNIT]), strict=True))
    layer = printed
    if held.layer_names is not None:
        layer = printed | {str(c): plain(name) for c, name in held.layer_names.items()}
    kecamatan = {name: plain(name) for name in held.table[PARENT].unique()}
    named = dict(zip(codes, map(kecamatan.__getitem__, held.table[PARENT]), strict=True))
    return SideNames(printed, layer, named)


def _links(links: pd.DataFrame) -> Iterator[tuple[tuple[str, str], LandLink]]:
    columns = ("kode_a", "kode_b", "bagian_a", "bagian_b", "persis")
    for old, new, share_a, share_b, exact in zip(*(links[c] for c in columns), strict=True):
        yield (old, new), LandLink(float(share_a), float(share_b), bool(exact))


def _by_new(
    links: Mapping[tuple[str, str], LandLink], codes: Iterable[str]
) -> dict[str, dict[str, LandLink]]:
    """Group the links by village of B, the largest first, with those that have none."""
    by_new: dict[str, dict[str, LandLink]] = {code: {} for code in codes}
    for (old, new), link in links.items():
        by_new[new][old] = link
    return by_new


def _by_name(code: str, a: SideNames, b: SideNames) -> str | None:
    """Return the only village of A that has the name in the same kecamatan."""
    wanted = (b.layer[code], b.kecamatan[code])
    same = [old for old in a.printed if (a.layer[old], a.kecamatan[old]) == wanted]
    return same[0] if len(same) == 1 and same[0] not in b.printed else None


def _without_land(a: SideNames, b: SideNames) -> Pairing:
    times = Counter((a.layer[old], a.kecamatan[old]) for old in a.printed)
    by_name = {(a.layer[old], a.kecamatan[old]): old for old in a.printed if old not in b.printed}
    partner: dict[str, str | None] = {}
    for code in b.printed:
        key = (b.layer[code], b.kecamatan[code])
        same_name = by_name.get(key) if times[key] == 1 else None
        partner[code] = code if code in a.printed else same_name
    kinds = {code: _named(code, old, a, b) for code, old in partner.items()}
    taken = set(partner.values())
    return Pairing(partner, kinds, {old: "hilang" for old in a.printed if old not in taken})


def _named(code: str, old: str | None, a: SideNames, b: SideNames) -> Kind:
    """Say by code and name alone what became of a village."""
    if old is None:
        return "baru"
    moved = SUBDISTRICT.kemendagri_of(code) != SUBDISTRICT.kemendagri_of(old)
    if moved and a.kecamatan[old] != b.kecamatan[code]:
        return "pindah"
    if code != old:
        return "ganti kode"
    return "tetap" if a.printed[old] == b.printed[code] else "ganti nama"


class _Family:
    """Descent by land: parents hold half of a village, children come half from one."""

    def __init__(
        self,
        links: Mapping[tuple[str, str], LandLink],
        limits: LandLimits,
        a: SideNames,
        b: SideNames,
        trusted: bool,
    ) -> None:
        self.links, self.limits, self.a, self.b, self.trusted = links, limits, a, b, trusted
        self.children: dict[str, list[str]] = defaultdict(list)
        self.parents: dict[str, list[str]] = defaultdict(list)
        self.heirs: dict[str, list[str]] = defaultdict(list)
        for (old, new), link in links.items():
            if not (trusted or link.exact):
                continue
            self.heirs[old].append(new)
            if link.share_b >= limits.main:
                self.children[old].append(new)
            if link.share_a >= limits.main:
                self.parents[new].append(old)

    def partner(self, code: str, links: Mapping[str, LandLink]) -> str | None:
        """Return the village of A that a village of B is, or that held most of its land."""
        a, b, trusted = self.a, self.b, self.trusted
        if code in a.printed and a.layer[code] == b.layer[code]:
            return code
        main = [
            old
            for old, link in links.items()
            if link.exact or (trusted and link.share_b >= self.limits.main)
        ]
        if main:
            return main[0]
        if code in a.printed and (code in links or not trusted):
            return code
        return next(iter(links), None) if trusted else _by_name(code, a, b)

    def kind(self, code: str, old: str | None) -> Kind:
        """Say what became of a village of B."""
        if old is None:
            return "baru"
        split, merged = len(self.children[old]) > 1, len(self.parents[code]) > 1
        if split or merged:
            return "tata ulang" if split and merged else "mekar" if split else "gabung"
        link = self.links.get((old, code))
        if link is None:
            return "pindah" if self.trusted else _named(code, old, self.a, self.b)
        named = _named(code, old, self.a, self.b)
        shares = min(link.share_a, link.share_b)
        if named == "tetap" and self.trusted and shares < self.limits.same:
            return "batas berubah"
        return named

    def fate(self, old: str) -> Kind:
        """Say what became of a village of A that is nobody's counterpart."""
        heirs = self.heirs[old]
        if not heirs:
            return "hilang"
        return "gabung" if any(old in self.parents[new] for new in heirs) else "tata ulang"


def signs(old: str, new: str, pairing: Pairing, a: SideData, b: SideData) -> tuple[Sign, ...]:
    """Tell by which signs two villages belong together: code, name, border.

    Parameters
    ----------
    old, new : str
        Codes in A and B.
    a, b : SideData
        With the names.
    """
    names = (str(a.table.at[old, UNIT]), str(b.table.at[new, UNIT]))
    evidence: dict[Sign, bool] = {
        "kode": old == new,
        "nama": is_same(names[0], names[1]),
        "batas": (old, new) in pairing.links,
    }
    return tuple(sign for sign, holds in evidence.items() if holds)
