"""The headings by which columns of an office's tables are recognised.

Owns ``styles/judul-kolom.toml`` and the comparison of headings. ``fsva.sources.cells.headers``
finds the header of a table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from fsva.config.methods.method import Method
from fsva.core import resources, toml
from fsva.core.errors import StyleError
from fsva.core.toml import Section

Role = Literal["kode", "kecamatan", "desa", "nomor", "indikator"]
FILE_NAME = "judul-kolom.toml"
# Shapefiles cut the names of fields to this length.
SHORT = 10
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
# "1. Rasio lahan", "b. Ladang", "Indikator 3: ..."; p and k stand for classes, not for numbers.
_NUMBERING = re.compile(r"^(?:indikator |no )?(?:\d{1,2}|[a-h]|i{1,3}|i?[vx]|vi{1,3}|xi) (?=\w)")
_YEAR = re.compile(r"(?: (?:tahun|thn|th))? (?:19|20)\d\d$")


class ColumnHeading(Section):
    """What a column may be called, and what stands in it.

    Attributes
    ----------
    titles : tuple of str
        Other headings of the column.
    role : str or None
        Code, kecamatan, desa, running number or indicator.
    unit : str, tuple of str or None
        Key of the table of units, or the name of a unit that has no other; several where methods
        differ.
    """

    titles: tuple[str, ...] = Field(alias="judul")
    role: Role | None = Field(None, alias="peran")
    unit: str | tuple[str, ...] | None = Field(None, alias="satuan")
    other_unit: tuple[str, ...] = Field((), alias="satuan_lain")


class RowWords(Section):
    """The first words of rows that are not villages.

    Attributes
    ----------
    totals, notes : tuple of str
        Of rows with totals, and of notes below a table.
    group_totals : tuple of str
        Of the column with the total of a group of columns.
    total_places : tuple of str
        That may follow those of totals; any other word may be the name of a village.
    attributes : tuple of str
        Words after "Desa" or "Kampung" that make it a part of the name: Kampung Baru.
    sheets : tuple of str
        Names of sheets that are no names of kecamatan, without their numbers.
    """

    totals: tuple[str, ...] = Field(alias="jumlah")
    notes: tuple[str, ...] = Field(alias="catatan")
    group_totals: tuple[str, ...] = Field(alias="jumlah_kelompok")
    total_places: tuple[str, ...] = Field(alias="jumlah_tempat")
    attributes: tuple[str, ...] = Field(alias="kata_sifat")
    sheets: tuple[str, ...] = Field(alias="lembar")


class HeadingWords(Section):
    """How offices write the words of headings, for headings that are not known as they stand.

    Attributes
    ----------
    spellings : dict of str to tuple of str
        Word or words to their abbreviations and other words for them.
    fillers : tuple of str
        Words that say nothing of the column.
    alone : tuple of str
        Abbreviations that mean another thing where no further word stands beside them: RT.
    """

    spellings: dict[str, tuple[str, ...]] = Field(alias="tulisan")
    fillers: tuple[str, ...] = Field(alias="abaikan")
    alone: tuple[str, ...] = Field(alias="tidak_sendiri")


class File(Section):
    """The whole of judul-kolom.toml.

    Attributes
    ----------
    words : HeadingWords
        How offices write the words of headings.
    prefixes : dict of str to tuple of str
        Name of a column derived from an indicator, to the words before the indicator's heading.
    units : dict of str to tuple of str
        Unit to its spellings.
    row_words : RowWords
        Beginnings of rows that are no villages.
    columns : dict of str to ColumnHeading
        By their name in tables of this program.
    """

    prefixes: dict[str, tuple[str, ...]] = Field(alias="awalan")
    units: dict[str, tuple[str, ...]] = Field(alias="satuan")
    words: HeadingWords = Field(alias="kata")
    row_words: RowWords = Field(alias="baris")
    columns: dict[str, ColumnHeading] = Field(alias="kolom")


@dataclass(frozen=True)
class FullWords:
    """The words of headings, without abbreviations, numbering and year.

    Parameters
    ----------
    words : mapping of str to str
        Plain abbreviation, or several words, to the word for it; blank for a word that says
        nothing.
    alone : frozenset of str
        Abbreviations that are kept where no further word stands beside them.
    """

    words: Mapping[str, str]
    alone: frozenset[str] = frozenset()

    def of(self, heading: str) -> str:
        """Return a plain heading in full words.

        Parameters
        ----------
        heading : str
            In the form of ``plain``.
        """
        bare = _YEAR.sub("", _NUMBERING.sub("", heading)) or heading
        if not self.words:
            return bare
        known = {*self.words, *self.words.values(), *self.alone}
        kept = self.alone if known.issuperset(bare.split()) else frozenset[str]()
        full = self._pattern.sub(
            lambda found: found[0] if found[0] in kept else self.words[found[0]], bare
        )
        # "Nama Distrik/Kecamatan" says kecamatan twice.
        return re.sub(r"\b(\w+)(?: \1)+\b", r"\1", " ".join(full.split()))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


@dataclass(frozen=True)
class Vocabulary:
    """Everything that is known of headings.

    Parameters
    ----------
    ids : mapping of str to str
        Plain heading to the name of its column.
    units : mapping of str to tuple of str
        Name of a column to its possible units.
    spellings : mapping of str to str
        Plain spelling of a unit to the unit.
    roles : mapping of str to str
        Name of a column to its role.
    totals, notes : tuple of str
        Plain words with which rows begin that are no villages.
    group_totals : tuple of str
        Plain words of the column with the total of a group of columns.
    total_places : tuple of str
        Plain words that may follow those of totals.
    attributes : tuple of str
        Words after "Desa" or "Kampung" that make it a part of the name: Kampung Baru.
    plain_sheets : tuple of str
        Plain names of sheets that are no names of kecamatan.
    of_other_unit : mapping of str to frozenset of str
        Name of a column to plain headings that count another unit, as KK for households.
    full_words : FullWords
        How offices write the words of headings.
    titles : mapping of str to frozenset of str
        Name of a column to its plain headings; two columns may share one, of which a table has one.
    asked : frozenset of str
        Names of the columns that a table should have.
    """

    ids: Mapping[str, str]
    units: Mapping[str, tuple[str, ...]]
    spellings: Mapping[str, str]
    roles: Mapping[str, Role]
    totals: tuple[str, ...]
    notes: tuple[str, ...]
    group_totals: tuple[str, ...] = ()
    total_places: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    plain_sheets: tuple[str, ...] = ()
    of_other_unit: Mapping[str, frozenset[str]] = field(default_factory=dict)
    full_words: FullWords = field(default_factory=lambda: FullWords({}))
    titles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()

    def with_names(self, names: Mapping[str, Iterable[str]]) -> Vocabulary:
        """Return a vocabulary with further columns; they take precedence over the known ones.

        Parameters
        ----------
        names : mapping of str to iterable of str
            Name of a column to its headings; the name itself is always one of them.
        """
        more = {plain(title): name for name, titles in names.items() for title in titles}
        written = {plain(name): name for name in names}
        own = {name: frozenset(map(plain, (name, *titles))) for name, titles in names.items()}
        every = {name: self.titles.get(name, frozenset()) | more for name, more in own.items()}
        return replace(
            self,
            ids={**self.ids, **more, **written},
            titles={**self.titles, **every},
            asked=frozenset(names),
        )

    def name_of(self, heading: str) -> str | None:
        """Return the name of the column with a heading as it stands, None if it is not known."""
        return self.ids.get(plain(heading))

    def likely_name_of(self, heading: str) -> str | None:
        """Return the name of the column that a heading means in the full words of the field.

        A column that the table should have comes before another with the same heading: "RT tanpa
        akses air bersih" counts households in a table of raw counts.

        Returns
        -------
        str or None
            None where it is not known, or could be two columns.
        """
        found = self._by_full_words.get(self.full_words.of(plain(heading)), frozenset())
        names = found & self.asked or found
        return next(iter(names)) if len(names) == 1 else None

    def field_name_of(self, field: str) -> str | None:
        """Return the name of the column that a field of a layer means.

        Fields have no blanks (KODEDESA), and those of Shapefiles ten letters (kode_kelur).

        Returns
        -------
        str or None
            None where it is not known, or could be two columns.
        """
        if known := self.name_of(field) or self.likely_name_of(field):
            return known
        names = self._by_field.get(field.casefold(), frozenset())
        return next(iter(names)) if len(names) == 1 else None

    @cached_property
    def _by_field(self) -> Mapping[str, frozenset[str]]:
        """Headings without blanks, and cut to the length of Shapefiles, to their columns."""
        found: dict[str, set[str]] = {}
        for name, titles in self.titles.items():
            if self.roles.get(name) in ("kode", "desa", "kecamatan"):
                for title in titles:
                    for mark in ("", "_"):
                        field = title.replace(" ", mark)
                        found.setdefault(field, set()).add(name)
                        found.setdefault(field[:SHORT], set()).add(name)
        return {field: frozenset(names) for field, names in found.items()}

    def counts_other_unit(self, heading: str, name: str) -> bool:
        """Tell whether a heading counts another unit than a column does, as KK for households."""
        of = self.full_words.of
        others = map(of, self.of_other_unit.get(name, frozenset()))
        return of(plain(heading)) in set(others)

    @cached_property
    def _by_full_words(self) -> Mapping[str, frozenset[str]]:
        """Full words of a heading, to the names of the columns that may be called so."""
        found: dict[str, set[str]] = {}
        for name, titles in self.titles.items():
            for title in titles:
                found.setdefault(self.full_words.of(title), set()).add(name)
        return {words: frozenset(names) for words, names in found.items()}

    def units_of(self, heading: str) -> set[str]:
        """Return the units that a heading names, in brackets or as a whole."""
        parts = [*_BRACKETS.findall(heading), heading]
        return {self.spellings[key] for text in parts if (key := _unit(text)) in self.spellings}

    def of_role(self, *roles: Role) -> frozenset[str]:
        """Return the names of the columns with one of some roles."""
        return frozenset(name for name, role in self.roles.items() if role in roles)


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    r"""Return a heading without capitals, marks, line breaks and brackets.

    Examples
    --------
    >>> plain("Luas\nWilayah (ha)"), plain("kode_bps")
    ('luas wilayah', 'kode bps')
    """
    return _words(_BRACKETS.sub(" ", heading))


@cache
def shipped() -> Vocabulary:
    """Return the headings of ``styles/judul-kolom.toml``."""
    return load(resources.packaged("styles") / FILE_NAME)


def load(file: Path) -> Vocabulary:
    """Read the headings.

    Parameters
    ----------
    file : Path
        ``styles/judul-kolom.toml``.

    Raises
    ------
    SourceError, StyleError
        If the file is missing or refused.
    """
    content = toml.load(file, File, StyleError)
    columns = content.columns
    # Of two columns with one heading the first counts, where no table asks for the other.
    ids = {plain(title): name for name in reversed(columns) for title in columns[name].titles}
    # "Penduduk miskin" is the share, unless a table of raw counts asks for the column of that name.
    ids |= {plain(name): name for name in columns if columns[name].role or plain(name) not in ids}
    indicators = [name for name, heading in columns.items() if heading.role == "indikator"]
    return Vocabulary(
        {**_prefixed(content, indicators), **ids},
        {
            name: (unit,) if isinstance(unit, str) else unit
            for name, heading in columns.items()
            if (unit := heading.unit)
        },
        {_unit(text): unit for unit, texts in content.units.items() for text in texts},
        {name: heading.role for name, heading in columns.items() if heading.role},
        tuple(map(plain, content.row_words.totals)),
        tuple(map(plain, content.row_words.notes)),
        tuple(map(plain, content.row_words.group_totals)),
        tuple(map(plain, content.row_words.total_places)),
        content.row_words.attributes,
        tuple(map(plain, content.row_words.sheets)),
        {name: frozenset(map(plain, heading.other_unit)) for name, heading in columns.items()},
        _full_words(content.words),
        {name: frozenset(map(plain, (name, *h.titles))) for name, h in columns.items()},
    )


def _full_words(words: HeadingWords) -> FullWords:
    full = {plain(short): plain(word) for word, texts in words.spellings.items() for short in texts}
    return FullWords(full | dict.fromkeys(map(plain, words.fillers), ""), frozenset(words.alone))


def _prefixed(content: File, indicators: list[str]) -> dict[str, str]:
    """Return the headings of classes and agreed values, made from those of the indicators."""
    return {
        f"{plain(prefix)} {plain(title)}": name.format(id=indicator)
        for indicator in indicators
        for title in (indicator, *content.columns[indicator].titles)
        for name, prefixes in content.prefixes.items()
        for prefix in prefixes
    }


def _words(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def _unit(text: str) -> str:
    """Return a unit in the form for comparison; the sign % has no letters."""
    return _words(text) or text.strip()


def of_method(method: Method, raw: bool = False) -> dict[str, tuple[str, ...]]:
    """Return the headings of a method's indicators, or of its raw columns.

    Parameters
    ----------
    method : Method
        Gives names in both languages.
    raw : bool
        True for a table of raw counts.
    """
    if raw:
        return {name: (column.name.id, column.name.en) for name, column in method.columns.items()}
    return {i.id: (i.name.id, i.name.en, i.title.id, i.title.en) for i in method.indicators}
