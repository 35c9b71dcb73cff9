"""The change of one table of villages in words, for ``git diff``.

Owns the comparison of the two versions that git hands over: cells by village, and classes where
the table has them or the edition beside it gives them. A version that is no table of villages,
perhaps half edited, is shown line by line, together with its fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

import numpy as np

from fsva.config.editions import edition as editions
from fsva.config.methods import method
from fsva.config.methods.measures import LAST_VULNERABLE
from fsva.config.methods.method import Measure, Method
from fsva.core import decimals, resources
from fsva.core.columns import BPS, KEMENDAGRI, UNIT
from fsva.core.errors import CodeError, FsvaError
from fsva.core.texts import Texts
from fsva.index import classes
from fsva.index.joined_table import CLASS
from fsva.sources.cells import table_text
from fsva.sources.tables import output_folders

_CODES = (KEMENDAGRI, BPS)
_NAME = UNIT
_NOTHING = ("/dev/null", "nul", "NUL")
Rows = dict[str, Mapping[str, str]]


@dataclass(frozen=True)
class Version:
    """A table as it stood.

    Parameters
    ----------
    rows : dict
        Cells of each village by code; empty if there was no file.
    columns : tuple of str
        In order.
    exists : bool
        Whether there was a file.
    """

    rows: Rows = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    exists: bool = True


def read(file: Path) -> Version:
    """Read a version of a table; git names a file that does not exist ``/dev/null``.

    Parameters
    ----------
    file : Path
        In the working tree, or git's temporary copy.

    Raises
    ------
    SourceError, TableError
        If it is no table with a column of village codes.
    """
    if str(file) in _NOTHING:
        return Version(exists=False)
    table = table_text.read(file, ())
    code = next((c for c in _CODES if c in table.columns), None)
    if code is None:
        table_text.read(file, _CODES[1:])  # says which column is missing
        return Version()
    rows: Rows = {row.cells[code]: row.cells for row in table}
    if len(rows) < len(table.rows):
        times = Counter(row.cells[code] for row in table)
        twice = [row for row in table if times[row.cells[code]] > 1]
        raise CodeError("kode_ganda", [table.place(row, code) for row in twice])
    return Version(rows, tuple(c for c in table.columns if c != code))


def rules_of(path: Path, columns: Sequence[str]) -> Method | None:
    """Return the method that gives the classes of a table, if there is one.

    Parameters
    ----------
    path : Path
        The table in the working tree: of an edition, or an output folder's ``kelas.csv``.
    """
    if (path.parent / editions.FILE_NAME).is_file():
        edition = editions.load(path.parent)
        return method.load(edition.method_file, edition.baseline_file)
    if path.name != output_folders.CLASSES:
        return None
    styles = resources.project_folder(path.parent.parent, "styles") / "metode"
    for file in sorted(styles.glob("*.toml")):
        rules = method.load_open(file)
        if all(f"{m.id}{CLASS}" in columns for m in rules.measures()):
            return rules
    return None


def lines(path: Path, old: Path, new: Path, texts: Texts, budget: int) -> Iterator[str]:
    """Yield how a table of villages changed, village by village.

    Parameters
    ----------
    old, new : Path
        Both versions.
    budget : int
        Villages listed.

    Raises
    ------
    FsvaError
        If a version is no table of villages.
    """
    before, after = read(old), read(new)
    name = path.as_posix()
    if not (before.exists and after.exists):
        key, there = ("baru", after) if after.exists else ("hilang", before)
        yield texts(f"banding.git.{key}", berkas=name, jumlah=len(there.rows))
        return
    columns = [c for c in after.columns if c in before.columns]
    show = _VillageView(rules_of(path, columns), columns, texts)
    villages = [
        (code, tuple(show.village(code, before.rows, after.rows)))
        for code in sorted(before.rows.keys() | after.rows.keys())
    ]
    changed = [words for _, words in villages if words]
    key = "judul" if changed else "sama"
    yield texts(f"banding.git.{key}", berkas=name, jumlah=len(changed))
    for words in changed[:budget]:
        yield from words
    if len(changed) > budget:
        yield texts("banding.git.lagi", jumlah=len(changed) - budget)


def plain(path: Path, old: Path, new: Path, problem: FsvaError, texts: Texts) -> Iterator[str]:
    """Yield the changes of a file line by line, and why they are not listed by village.

    Parameters
    ----------
    path, old, new : Path
        As for ``lines``.
    """
    why = texts(f"galat.{problem.key}.pesan", **problem.facts)
    yield texts("banding.git.mentah", berkas=path.as_posix(), sebab=why)
    before, after = (
        [] if str(file) in _NOTHING else output_folders.read_lines(file) for file in (old, new)
    )
    yield from unified_diff(
        before, after, f"a/{path.as_posix()}", f"b/{path.as_posix()}", lineterm=""
    )


class _VillageView:
    """The villages of a table in words."""

    def __init__(self, rules: Method | None, columns: Sequence[str], texts: Texts) -> None:
        self.columns, self.texts = columns, texts
        self.rules = rules
        self.measures = {m.id: m for m in rules.measures()} if rules else {}

    def village(self, code: str, before: Rows, after: Rows) -> Iterator[str]:
        """Yield the changes of one village; nothing if there are none."""
        old, new = before.get(code), after.get(code)
        cells = new or old or {}
        facts = {"desa": cells.get(_NAME, ""), "kode": code}
        if old is None or new is None:
            yield self.texts(
                f"banding.git.{'desa_baru' if old is None else 'desa_hilang'}", **facts
            )
            return
        changes = [line for c in self.columns for line in self._cell(c, old, new)]
        if changes:
            yield self.texts("banding.git.desa", **facts)
            yield from changes

    def _cell(self, column: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
        if old[column] == new[column]:
            return
        if column.endswith(CLASS) and (m := self.measures.get(column.removesuffix(CLASS))):
            yield self._class(m, old[column], new[column])
            return
        measure = self.measures.get(column)
        name = measure.name[self.texts.language] if measure else column
        before, after = (self._value(cells[column], measure) for cells in (old, new))
        yield self.texts("banding.git.sel", ukuran=name, a=before, b=after)
        if measure and f"{column}{CLASS}" not in self.columns:
            yield from self._computed(measure, old[column], new[column])

    def _value(self, text: str, measure: Measure | None) -> str:
        """Return a cell; the value of a measure with its decimals, in the reader's marks."""
        if not text:
            return self.texts("banding.git.tanpa")
        try:
            return self.texts.decimal(decimals.parse(text), measure.digits) if measure else text
        except ValueError:
            return text

    def _computed(self, measure: Measure, old: str, new: str) -> Iterator[str]:
        """Yield the class that a value of an edition's table gives, if it changed."""
        if measure.cut_offs is None and not getattr(measure, "categories", None):
            return
        before, after = (_class_of(text, measure) for text in (old, new))
        if before != after:
            yield self._class(measure, before, after)

    def _class(self, measure: Measure, old: str, new: str) -> str:
        words = [self._named(number) for number in (old, new)]
        return self.texts(
            "banding.git.kelas",
            ukuran=measure.name[self.texts.language],
            a=words[0],
            b=words[1],
            arah=self._direction(old, new),
        )

    def _named(self, number: str) -> str:
        known = (
            {str(c.number): c.name[self.texts.language] for c in self.rules.classes}
            if self.rules
            else {}
        )
        if not number:
            return self.texts("banding.git.tanpa")
        return f"{number} ({known[number]})" if number in known else number

    def _direction(self, old: str, new: str) -> str:
        if not (old.isdigit() and new.isdigit()):
            return ""
        a, b = int(old), int(new)
        last = self.rules.last_vulnerable if self.rules else LAST_VULNERABLE
        crossed = (a <= last) != (b <= last)
        key = ("lintas_" if crossed else "") + ("naik" if b > a else "turun")
        return self.texts(f"banding.git.{key}", n=abs(b - a))


def _class_of(text: str, measure: Measure) -> str:
    """Return the class of a cell as text; nothing for what is no value of the measure."""
    try:
        value = float(decimals.parse(text))
        priorities = classes.classify(np.array([value]), measure)
    except (ValueError, KeyError):
        return ""
    return str(priorities[0])
