"""What the profile of a village says: its classes with their values, and what follows from them.

Owns the words and numbers of a profile before anything is drawn. They come from the joined table,
``fsva.index.causes`` and ``fsva.index.needed_change``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import numpy as np

from fsva.config.methods.method import Indicator, Measure, Method
from fsva.core.columns import KEMENDAGRI
from fsva.core.texts import Texts
from fsva.index import causes, needed_change, result_columns
from fsva.index.joined_table import JoinedTable
from fsva.index.needed_change import Change, Lift
from fsva.sources.plain.arrays import Floats
from fsva.words.legends import ranges


class Earlier(NamedTuple):
    """The composite's classes of an earlier edition.

    Attributes
    ----------
    year : str
        As printed.
    classes : mapping of str to int
        Kemendagri code to class; villages without one are left out.
    """

    year: str
    classes: Mapping[str, int]


@dataclass(frozen=True)
class ClassLine:
    """One measure of a village.

    Parameters
    ----------
    measure : Measure
        Indicator or composite.
    name, unit : str
        As printed.
    value : str
        As printed; a dash where it is not known.
    number : float
        The value; NaN = not known.
    priority : int
        Class, 0 without one.
    note : str
        What decided the class, if not the value.
    """

    measure: Measure
    name: str
    unit: str
    value: str
    number: float
    priority: int
    note: str


@dataclass(frozen=True)
class VillageProfile:
    """What one sheet says of a village.

    Parameters
    ----------
    code, name, kecamatan : str
        Kemendagri code and names.
    priority : int
        Class of the composite, 0 without one.
    class_name : str
        In words.
    facts : tuple of str
        Score, rank, people, change since an earlier edition.
    lines : tuple of ClassLine
        All measures in the order of the maps.
    causes : str
        The weak indicators, the heaviest first.
    needed : tuple of str
        What lifts the village one class, and to the first secure one.
    """

    code: str
    name: str
    kecamatan: str
    priority: int
    class_name: str
    facts: tuple[str, ...]
    lines: tuple[ClassLine, ...]
    causes: str
    needed: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ProfileWriter:
    """Writes the profiles of an edition.

    Parameters
    ----------
    table : JoinedTable
        Values, classes, ranks.
    method : Method
        Names, cut-offs.
    people : array of float, shape (n_villages,)
        Population; NaN = not known.
    earlier : Earlier or None
        For the change since then.
    texts : Texts
        Language.
    """

    table: JoinedTable
    method: Method
    people: Floats
    earlier: Earlier | None
    texts: Texts

    @cached_property
    def lifts(self) -> list[Lift | None]:
        """What lifts each village."""
        return needed_change.lifts(self.table, self.method)

    @cached_property
    def secure_lifts(self) -> list[Lift | None]:
        """What lifts each village to the first secure class."""
        return needed_change.lifts(self.table, self.method, self.method.first_secure)

    @cached_property
    def _weak(self) -> dict[str, list[str]]:
        """Names of the weak indicators by village, the heaviest first."""
        every = np.ones(len(self.table), dtype=np.bool_)
        names = {i.id: i.name[self.texts.language] for i in self.method.indicators}
        found: dict[str, list[str]] = {}
        for row in result_columns.records(causes.of_villages(self.table, self.method, every)):
            words = self.texts("profil.sebab", nama=names[row["indikator"]], kelas=row["kelas"])
            found.setdefault(row[KEMENDAGRI], []).append(words)
        return found

    def village(self, at: int) -> VillageProfile:
        """Write the profile of a village by its position in the table."""
        table, code = self.table, self.table.codes[at]
        priority = int(table.classes[self.method.composite.id][at])
        weak = self._weak.get(code, [])
        said = self.texts("profil.sebab_daftar", daftar="; ".join(weak))
        return VillageProfile(
            code,
            str(table.names[at]),
            str(table.subdistricts[at]),
            priority,
            self.class_name(priority),
            tuple(self._facts(at, priority)),
            tuple(self._line(measure, at) for measure in self.method.measures()),
            said if weak else self.texts("profil.tanpa_sebab"),
            tuple(self.needed(at)),
        )

    def class_name(self, priority: int) -> str:
        """Return number and name of a class."""
        if not priority:
            return self.texts("peta.tanpa_data")
        name = self.method.classes[priority - 1].name[self.texts.language]
        return self.texts("profil.kelas", nomor=priority, nama=name)

    def _facts(self, at: int, priority: int) -> list[str]:
        texts, whole = self.texts, self.method.composite
        score, rank = float(self.table.values[whole.id][at]), int(self.table.ranks[at])
        facts = []
        if not np.isnan(score):
            facts.append(texts("profil.skor", skor=texts.decimal(score, whole.digits)))
        if rank:
            facts.append(texts("profil.peringkat", peringkat=rank, jumlah=len(self.table)))
        if not np.isnan(self.people[at]):
            facts.append(texts("profil.penduduk", jumlah=texts.decimal(self.people[at], 0)))
        if self.earlier:
            facts.append(self.change(self.table.codes[at], priority))
        return facts

    def change(self, code: str, priority: int) -> str:
        """Say how the class of a village has changed since the earlier edition."""
        if self.earlier is None:
            return ""
        before = self.earlier.classes.get(code, 0)
        given = {"tahun": self.earlier.year, "dulu": before, "beda": abs(priority - before)}
        if not before or not priority:
            return self.texts("profil.lalu_tak_diketahui", **given)
        way = "naik" if priority > before else "turun" if priority < before else "tetap"
        return self.texts(f"profil.lalu_{way}", **given)

    def _line(self, measure: Measure, at: int) -> ClassLine:
        texts, language = self.texts, self.texts.language
        number = float(self.table.values[measure.id][at])
        basis = str(self.table.basis[measure.id][at])
        noted = basis in ("terbit", "timpa", "nol")
        note = texts(f"profil.dasar_{basis}") if noted else ""
        return ClassLine(
            measure,
            measure.name[language],
            measure.unit[language],
            self.value(number, measure),
            number,
            int(self.table.classes[measure.id][at]),
            note,
        )

    def value(self, number: float, measure: Measure) -> str:
        """Return a value as printed."""
        if np.isnan(number):
            return ranges.NONE
        if isinstance(measure, Indicator) and measure.categories:
            return self._category(Decimal(round(number)), measure)
        return self.texts.decimal(number, measure.digits)

    def _category(self, value: Decimal, indicator: Indicator) -> str:
        name = indicator.category_names.get(str(value))
        return name[self.texts.language] if name else str(value)

    def needed(self, at: int) -> list[str]:
        """Say what lifts a village one class and to the first secure one, or why not."""
        texts, whole = self.texts, self.method.composite
        lift, priority = self.lifts[at], int(self.table.classes[whole.id][at])
        if lift is None:
            return [self._unneeded(at, priority)]
        lacking = texts.decimal(needed_change.rounded_up(lift.missing, whole.digits), whole.digits)
        said = texts("profil.kurang", kelas=lift.target, poin=lacking)
        alone = [self.change_needed(change, at) for change in lift.changes]
        first = texts("profil.salah_satu" if alone else "profil.tidak_sendiri")
        return [said, first, *alone, *self._pair(lift, at), *self._secure(lift, at)]

    def _pair(self, lift: Lift, at: int) -> list[str]:
        """Say which two changes lift a village together, where that is more than one of them."""
        pair = self._smallest_pair(lift, at)
        if pair:
            return [self.texts("profil.berdua", daftar="; ".join(self._changes(pair, at)))]
        return [] if lift.changes else [self.texts("profil.tidak_berdua")]

    def _smallest_pair(self, lift: Lift, at: int) -> tuple[Change, Change] | None:
        standing = needed_change.standing_of(self.table, at, self.method)
        pair = needed_change.smallest_pair(standing, lift.missing) if standing else None
        is_told = pair and (not lift.changes or needed_change.is_shared(pair, self.method))
        return pair if is_told else None

    def _changes(self, changes: Sequence[Change], at: int) -> list[str]:
        return [self.change_needed(change, at) for change in changes]

    def _secure(self, lift: Lift, at: int) -> list[str]:
        """Say what lifts a village to the first secure class, where that is not the next one."""
        secure, texts = self.secure_lifts[at], self.texts
        if secure is None or secure.target == lift.target:
            return []
        alone = self._changes(secure.changes[:1], at)
        pair = self._smallest_pair(secure, at)
        ways = [*alone, *([texts("profil.dan").join(self._changes(pair, at))] if pair else [])]
        digits = self.method.composite.digits
        lacking = texts.decimal(needed_change.rounded_up(secure.missing, digits), digits)
        said = texts("profil.kurang", kelas=secure.target, poin=lacking)
        listed = texts("profil.atau").join(ways) + "." if ways else texts("profil.tidak_berdua")
        return [f"{said} {listed}"]

    def change_needed(self, change: Change, at: int, *, short: bool = False) -> str:
        """Say which value of an indicator is enough.

        Parameters
        ----------
        change : Change
            Of one indicator.
        short : bool
            Whether for the line of a table, which has no room for the present value.
        """
        texts = self.texts
        (indicator,) = (i for i in self.method.indicators if i.id == change.indicator)
        form = "kategori" if indicator.categories else indicator.better
        target = (
            self._category(change.value, indicator)
            if indicator.categories
            else texts.decimal(change.value, indicator.digits)
        )
        return texts(
            f"profil.{'singkat' if short else 'perlu'}_{form}",
            nama=indicator.name[texts.language],
            nilai=target,
            kini=self.value(float(self.table.values[indicator.id][at]), indicator),
            poin=texts.decimal(needed_change.rounded_up(change.points, 2), 2),
        )

    def _unneeded(self, at: int, priority: int) -> str:
        texts = self.texts
        if not priority:
            return texts("profil.tanpa_kelas")
        if needed_change.needed_total(self.method, priority + 1) is None:
            return texts("profil.terbaik")
        missing = [
            i.name[texts.language]
            for i in self.method.indicators
            if np.isnan(self.table.values[i.id][at])
        ]
        if missing:
            return texts("profil.nilai_hilang", daftar=", ".join(missing))
        return texts("profil.ditetapkan")
