"""Proposed pairs of villages that table and layer write differently; a person confirms each.

Owns the order of evidence: code, then equal names, then similar names, always within one
kecamatan and one to one. It reads no files, decides nothing, and never changes a confirmed pair.
Only this module imports rapidfuzz, and only to compare names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fsva.core.errors import UsageError
from fsva.core.names import bare, plain
from fsva.drawing.tiles.assignment import assign

Reason = Literal["kode", "nama_sama", "nama_kembar", "mirip"]
Scores = NDArray[np.float64]
Likeness = Callable[[Sequence[str], Sequence[str]], Scores]

# 0..100. Below it, names are no more similar than two random names of a kabupaten.
LEAST_SCORE = 60.0
# Two kecamatan match if the average similarity of their villages reaches this.
LEAST_KECAMATAN = 50.0
_LEAST_NAME = 80.0  # Atambua Barat and Atambua Selatan have 64
_NAME_COUNTS = 0.9
_DIGITS_AGREE = 0.5  # only breaks ties: the digits of kecamatan mostly differ
_FULL = 100.0


@dataclass(frozen=True)
class WrittenVillage:
    """A village as the table or the layer writes it.

    Parameters
    ----------
    code : str
        Code in the side's own system.
    name : str
        Name in the spelling of the side.
    group : str
        Key of the kecamatan: its name or the start of the code.
    group_name : str
        Name of the kecamatan; empty if the side lacks it.
    other_code : str
        The code in the other side's system, if this side has one; else empty.
    """

    code: str
    name: str
    group: str
    group_name: str = ""
    other_code: str = ""


Codes = tuple[str, str]  # of the table, of the layer


@dataclass(frozen=True)
class Known:
    """Existing pairs, with and without a decision.

    Parameters
    ----------
    confirmed : sequence of (str, str)
        Valid pairs. They are not proposed again, and they match the kecamatan.
    waiting : sequence of (str, str)
        Earlier proposals: not proposed again, and no evidence.
    refused : frozenset of (str, str)
        Wrong pairs, never proposed again.
    """

    confirmed: Sequence[Codes] = ()
    waiting: Sequence[Codes] = ()
    refused: frozenset[Codes] = frozenset()

    def taken(self, side: Literal[0, 1]) -> set[str]:
        """Return the codes of one side that already belong to a pair."""
        return {pair[side] for pair in (*self.confirmed, *self.waiting)}


@dataclass(frozen=True)
class Proposal:
    """A pair that a person confirms or refuses.

    Parameters
    ----------
    score : float
        Similarity of the names, 0-100; 100 = equal.
    reason : {"kode", "nama_sama", "nama_kembar", "mirip"}
        Evidence for the pair; ``nama_kembar`` = equal names that occur more than once.
    """

    table: WrittenVillage
    layer: WrittenVillage
    score: float
    reason: Reason


@dataclass(frozen=True)
class Matches:
    """The proposals, and the villages without one.

    Parameters
    ----------
    proposals : tuple of Proposal
        Sorted by the table's code; each village occurs once.
    kecamatan : tuple of (str, str, float)
        Matching groups of table and layer, with their similarity 0-100.
    table_left, layer_left : tuple of WrittenVillage
        Villages without a proposal.
    """

    proposals: tuple[Proposal, ...]
    kecamatan: tuple[tuple[str, str, float], ...]
    table_left: tuple[WrittenVillage, ...]
    layer_left: tuple[WrittenVillage, ...]


def likeness(some: Sequence[str], others: Sequence[str]) -> Scores:
    """Return the similarity of the spellings of names, with rapidfuzz.

    Parameters
    ----------
    some, others : sequence of str
        Names as ``key`` returns them.

    Returns
    -------
    array of float, shape (n_some, n_others)
        0-100: share of letters that both have in the same order.

    Raises
    ------
    UsageError
        If rapidfuzz is not installed.
    """
    try:
        from rapidfuzz import fuzz, process
    except ImportError as lacking:
        raise UsageError("rapidfuzz_hilang") from lacking
    scores: Scores = process.cdist(some, others, scorer=fuzz.ratio, dtype=np.float64)
    return scores


def key(name: str) -> str:
    """Return a name without upper case, spaces, marks, accents, and the kind of village before it.

    Examples
    --------
    >>> key("S A D I") == key("Sadi"), key("Krueng Geukuéh")
    (True, 'kruenggeukueh')
    """
    apart = unicodedata.normalize("NFKD", bare(name))
    return plain("".join(letter for letter in apart if not unicodedata.combining(letter)))


def propose(
    table: Sequence[WrittenVillage],
    layer: Sequence[WrittenVillage],
    known: Known = Known(),
    alike: Likeness = likeness,
) -> Matches:
    """Propose partners for the villages that have none yet.

    Parameters
    ----------
    table, layer : sequence of WrittenVillage
        All villages of both sides, codes unique on each.
    known : Known
        Existing decisions and proposals.
    alike : callable
        Computes the similarity of names.

    Returns
    -------
    Matches
        Does not depend on the order of the villages.
    """
    left = sorted(table, key=lambda v: v.code)
    right = sorted(layer, key=lambda v: v.code)
    rows = [n for n, v in enumerate(left) if v.code not in known.taken(0)]
    columns = [n for n, v in enumerate(right) if v.code not in known.taken(1)]
    if not rows or not columns:
        return Matches((), (), tuple(left[n] for n in rows), tuple(right[n] for n in columns))
    scores = _scores(left, right, known.refused, alike)
    same = _kecamatan(left, right, scores, known.confirmed, alike)
    paired = _by_code(left, right, rows, columns, known.refused)
    for one, other, _ in same:
        inner = [n for n in _without(rows, paired, 0) if left[n].group == one]
        outer = [n for n in _without(columns, paired, 1) if right[n].group == other]
        paired += _within(left, right, scores, inner, outer)
    pairs = (_proposal(left[r], right[c], scores[r, c], reason) for r, c, reason in paired)
    return Matches(
        tuple(sorted(pairs, key=lambda p: p.table.code)),
        same,
        tuple(left[n] for n in _without(rows, paired, 0)),
        tuple(right[n] for n in _without(columns, paired, 1)),
    )


_Found = tuple[int, int, Reason]


def _without(numbers: Sequence[int], pairs: Sequence[_Found], side: Literal[0, 1]) -> list[int]:
    """Return the numbers that no pair uses."""
    used = {pair[side] for pair in pairs}
    return [n for n in numbers if n not in used]


def _proposal(one: WrittenVillage, other: WrittenVillage, score: float, reason: Reason) -> Proposal:
    return Proposal(one, other, round(max(float(score), 0.0), 1), reason)


def _scores(
    table: Sequence[WrittenVillage],
    layer: Sequence[WrittenVillage],
    refused: frozenset[Codes],
    alike: Likeness,
) -> Scores:
    """Return the similarity of all pairs of villages; refused pairs have -1."""
    scores = alike([key(v.name) for v in table], [key(v.name) for v in layer])
    rows = {v.code: n for n, v in enumerate(table)}
    columns = {v.code: n for n, v in enumerate(layer)}
    for one, other in refused:
        if one in rows and other in columns:
            scores[rows[one], columns[other]] = -1
    return scores


def _by_code(
    table: Sequence[WrittenVillage],
    layer: Sequence[WrittenVillage],
    rows: Sequence[int],
    columns: Sequence[int],
    refused: frozenset[Codes],
) -> list[_Found]:
    """Pair villages where one side holds the code of the other."""
    pairs: list[_Found] = []
    for r in rows:
        partners = [
            c
            for c in _without(columns, pairs, 1)
            if (layer[c].code == table[r].other_code or layer[c].other_code == table[r].code)
            and (table[r].code, layer[c].code) not in refused
        ]
        if len(partners) == 1:
            pairs.append((r, partners[0], "kode"))
    return pairs


def _within(
    table: Sequence[WrittenVillage],
    layer: Sequence[WrittenVillage],
    scores: Scores,
    rows: Sequence[int],
    columns: Sequence[int],
) -> list[_Found]:
    """Pair the villages of one kecamatan: equal names first, then the most similar others."""
    keys = [key(table[r].name) for r in rows], [key(layer[c].name) for c in columns]
    pairs: list[_Found] = [
        (r, columns[keys[1].index(name)], "nama_sama")
        for r, name in zip(rows, keys[0], strict=True)
        if keys[0].count(name) == 1
        and keys[1].count(name) == 1
        and scores[r, columns[keys[1].index(name)]] >= 0
    ]
    rest, others = _without(rows, pairs, 0), _without(columns, pairs, 1)
    for n, m in best_pairs(scores[np.ix_(rest, others)]):
        r, c = rest[n], others[m]
        if scores[r, c] >= LEAST_SCORE:
            equal = key(table[r].name) == key(layer[c].name)
            pairs.append((r, c, "nama_kembar" if equal else "mirip"))
    return pairs


def best_pairs(scores: Scores) -> Iterator[tuple[int, int]]:
    """Pair rows and columns with the highest possible sum of scores.

    Parameters
    ----------
    scores : array of float, shape (n_rows, n_columns)
        Any finite numbers.

    Yields
    ------
    (int, int)
        Row and column, each of the shorter side once, in the order of the rows.

    Examples
    --------
    >>> list(best_pairs(np.array([[9.0, 8.0], [8.0, 1.0]])))
    [(0, 1), (1, 0)]
    """
    n_rows, n_columns = scores.shape
    if not scores.size:
        return
    cost = np.zeros((max(scores.shape), max(scores.shape)))  # to stay alone costs nothing
    cost[:n_rows, :n_columns] = scores.max() - scores
    for row, column in enumerate(assign(cost)[:n_rows].tolist()):
        if column < n_columns:
            yield row, column


def _groups(villages: Sequence[WrittenVillage]) -> dict[str, list[int]]:
    """Return the numbers of the villages per kecamatan, in the order of their names."""
    names = sorted({v.group for v in villages})
    return {name: [n for n, v in enumerate(villages) if v.group == name] for name in names}


def _kecamatan(
    table: Sequence[WrittenVillage],
    layer: Sequence[WrittenVillage],
    scores: Scores,
    confirmed: Sequence[Codes],
    alike: Likeness,
) -> tuple[tuple[str, str, float], ...]:
    """Pair the kecamatan of the table with those of the layer.

    Confirmed pairs decide first, then the similarity of the villages or of the names of the
    kecamatan. Layers often lack those names, and the digits of codes agree by chance.
    """
    some, others = _groups(table), _groups(layer)
    heads = [table[rows[0]] for rows in some.values()], [layer[c[0]] for c in others.values()]
    evidence = np.maximum(
        _villages_alike(list(some.values()), list(others.values()), scores),
        _names_alike(*heads, alike),
    )
    settled = _settled(table, layer, confirmed)
    for n, head in enumerate(heads[0]):
        for m, other in enumerate(heads[1]):
            evidence[n, m] += settled.get((head.group, other.group), 0) * _FULL
            evidence[n, m] += _DIGITS_AGREE if _digits_agree(head, other) else 0
    return tuple(
        (heads[0][n].group, heads[1][m].group, round(min(float(evidence[n, m]), _FULL), 1))
        for n, m in best_pairs(evidence)
        if evidence[n, m] >= LEAST_KECAMATAN
    )


def _settled(
    table: Sequence[WrittenVillage], layer: Sequence[WrittenVillage], confirmed: Sequence[Codes]
) -> dict[Codes, int]:
    """Count the confirmed pairs between all pairs of kecamatan."""
    group_of = {v.code: v.group for v in table}
    other = {v.code: v.group for v in layer}
    counts: dict[Codes, int] = {}
    for a, b in confirmed:
        if a in group_of and b in other:
            pair = group_of[a], other[b]
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def _villages_alike(
    some: Sequence[list[int]], others: Sequence[list[int]], scores: Scores
) -> Scores:
    """Return the similarity of kecamatan, 0-100: the mean of their villages' best similarities."""
    return np.array([[_mean_of_best(scores[np.ix_(a, b)]) for b in others] for a in some])


def _mean_of_best(scores: Scores) -> float:
    each = np.concatenate([scores.max(axis=1), scores.max(axis=0)])
    return float(np.where(each >= LEAST_SCORE, each, 0).mean())


def _names_alike(
    some: Sequence[WrittenVillage], others: Sequence[WrittenVillage], alike: Likeness
) -> Scores:
    """Return the similarity of the names of kecamatan, 0-90; equal villages count more."""
    named = alike([key(v.group_name) for v in some], [key(v.group_name) for v in others])
    told = np.array([[bool(a.group_name and b.group_name) for b in others] for a in some])
    return np.where(told & (named >= _LEAST_NAME), named * _NAME_COUNTS, 0.0)


def _digits_agree(one: WrittenVillage, other: WrittenVillage) -> bool:
    """Tell whether the digits of the kecamatan agree in both codes: 3672010..., 36.72.01...."""
    if not one.code[4:7].isdigit():
        return False
    return one.code[:6] == other.code[:8].replace(".", "")
