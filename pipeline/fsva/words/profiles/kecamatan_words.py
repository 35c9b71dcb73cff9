"""What the profile of a kecamatan says: its villages per class, its causes, each of its villages.

Owns these words and numbers before anything is drawn. Those of one village are
``fsva.words.profiles.profile_words``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fsva.core.levels import SUBDISTRICT
from fsva.core.texts import Texts
from fsva.index import causes, joined_table
from fsva.index.joined_table import JoinedTable
from fsva.index.needed_change import Lift
from fsva.words.legends import ranges
from fsva.words.profiles.profile_words import ProfileWriter

_MOST_FACTORS = 3


@dataclass(frozen=True)
class VillageRow:
    """A village in the table of its kecamatan.

    Parameters
    ----------
    code, name : str
        Kemendagri code and name.
    priority : int
        Class of the composite, 0 without one.
    score, rank, before, needed : str
        As printed; ``before`` is the class of the earlier edition.
    """

    code: str
    name: str
    priority: int
    score: str
    rank: str
    before: str
    needed: str


@dataclass(frozen=True)
class KecamatanProfile:
    """What the sheets of a kecamatan say.

    Parameters
    ----------
    code, name : str
        Kemendagri code and name.
    facts : tuple of str
        Villages in vulnerable classes, people there, mean score, changes.
    counts : tuple of (str, tuple of int)
        Name of each measure with the number of villages per class, from class 1 on.
    causes : str
        The most influential indicators.
    villages : tuple of VillageRow
        The most vulnerable first.
    """

    code: str
    name: str
    facts: tuple[str, ...]
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    causes: str
    villages: tuple[VillageRow, ...]


def of_kecamatan(writer: ProfileWriter) -> list[KecamatanProfile]:
    """Write the profiles of all kecamatan, in the order of their codes."""
    by_code: dict[str, list[int]] = {}
    for at, code in enumerate(writer.table.codes):
        by_code.setdefault(SUBDISTRICT.kemendagri_of(code), []).append(at)
    return [_one(writer, code, np.array(by_code[code])) for code in sorted(by_code)]


def _one(writer: ProfileWriter, code: str, rows: NDArray[Any]) -> KecamatanProfile:
    part, method, texts = writer.table.at(rows), writer.method, writer.texts
    counts = [
        (m.name[texts.language], joined_table.count_classes(part, m, method.n_classes))
        for m in method.measures()
    ]
    ranks = [int(rank) for rank in part.ranks]
    order = sorted(range(len(rows)), key=lambda n: (-ranks[n], part.codes[n]))
    return KecamatanProfile(
        code,
        str(part.subdistricts[0]),
        tuple(_facts(writer, part, rows)),
        tuple((name, tuple(of[n + 1] for n in range(method.n_classes))) for name, of in counts),
        _causes(part, writer),
        tuple(_row(writer, int(rows[n])) for n in order),
    )


def _facts(writer: ProfileWriter, part: JoinedTable, rows: NDArray[Any]) -> list[str]:
    texts, method = writer.texts, writer.method
    weak = causes.is_vulnerable(part.classes[method.composite.id], method)
    side = method.sides["rentan"]
    facts = [texts("profil.rentan", jumlah=int(weak.sum()), semua=len(part), rentan=side)]
    facts += _people(writer.people[rows], weak, side, texts)
    scores = part.values[method.composite.id]
    if not np.isnan(scores).all():
        mean = texts.decimal(float(np.nanmean(scores)), method.composite.digits)
        facts.append(texts("profil.rerata", skor=mean))
    if writer.earlier:
        facts.append(_changes(writer, part))
    return facts


def _people(people: NDArray[Any], weak: NDArray[Any], side: str, texts: Texts) -> list[str]:
    known = ~np.isnan(people)
    if not known.any():
        return []
    of_weak = texts.decimal(float(np.nansum(people[weak])), 0)
    if known.all():
        every = texts.decimal(float(people.sum()), 0)
        return [texts("profil.rentan_jiwa", jumlah=of_weak, semua=every, rentan=side)]
    missing = int((~known).sum())
    return [texts("profil.rentan_jiwa_sebagian", jumlah=of_weak, kosong=missing, rentan=side)]


def _changes(writer: ProfileWriter, part: JoinedTable) -> str:
    """Count the villages whose class is known in both years by the way it went."""
    earlier = writer.earlier
    if earlier is None:
        return ""
    now = part.classes[writer.method.composite.id].tolist()
    pairs = [
        (before, after)
        for code, after in zip(part.codes, now, strict=True)
        if after and (before := earlier.classes.get(code, 0))
    ]
    return writer.texts(
        "profil.berubah",
        tahun=earlier.year,
        naik=sum(after > before for before, after in pairs),
        turun=sum(after < before for before, after in pairs),
        tetap=sum(after == before for before, after in pairs),
    )


def _causes(part: JoinedTable, writer: ProfileWriter) -> str:
    method, texts = writer.method, writer.texts
    factors = causes.influence(part, method)
    names = {i.id: i.name[texts.language] for i in method.indicators}
    listed = [
        texts("profil.sebab_kali", nama=names[name], jumlah=count)
        for name, count in zip(factors["indikator"], factors["jumlah"].tolist(), strict=True)
        if count
    ]
    if not listed:
        return texts("profil.tanpa_sebab")
    shown = ", ".join(listed[:_MOST_FACTORS])
    return texts("profil.sebab_kecamatan", rentan=method.sides["rentan"], daftar=shown)


def _row(writer: ProfileWriter, at: int) -> VillageRow:
    table, whole = writer.table, writer.method.composite
    priority, code = int(table.classes[whole.id][at]), table.codes[at]
    before = writer.earlier.classes.get(code, 0) if writer.earlier else 0
    return VillageRow(
        code,
        str(table.names[at]),
        priority,
        writer.value(float(table.values[whole.id][at]), whole),
        str(int(table.ranks[at]) or ranges.NONE),
        str(before or ranges.NONE),
        _needed(writer.lifts[at], writer, at),
    )


def _needed(lift: Lift | None, writer: ProfileWriter, at: int) -> str:
    """Say in one line what lifts a village."""
    values = [writer.table.values[i.id][at] for i in writer.method.indicators]
    if missing := int(np.isnan(values).sum()):
        return writer.texts("profil.singkat_hilang", jumlah=missing)
    if lift is None:
        return writer.needed(at)[0]
    if not lift.changes:
        return writer.texts("profil.tidak_sendiri")
    return writer.change_needed(lift.changes[0], at, short=True)
