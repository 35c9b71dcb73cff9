"""The words and the number formats of a language.

Owns the look-up of texts in ``styles/teks/<language>/*.toml`` and the formats of numbers and dates
(through babel). No other module writes words for people or formats their numbers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import MAX_EMAX, ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal

from babel.dates import format_date
from babel.numbers import format_decimal

from fsva.core import resources

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
# Names of the languages for office programs and browsers (BCP 47).
LOCALES: dict[Language, str] = {"id": "id-ID", "en": "en-GB"}


class _Plurals(Formatter):
    """Formats placeholders; one with two words takes the singular or the plural."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return the word that fits a number, or the value itself where there are no two words."""
        singular, either, plural = format_spec.partition("|")
        if not either:
            return format(value, format_spec)
        return singular if str(value) == "1" else plural


_FORMATTER = _Plurals()


@dataclass(frozen=True)
class Texts:
    """Words and formats of one language.

    Parameters
    ----------
    language : {"id", "en"}
        The language of everything that people see.
    entries : mapping
        Nested tables by file name, e.g. ``galat`` and ``peta``.
    said_as : tuple of (str, str)
        Words of the texts, each with the one that stands in its place; see ``saying``.
    """

    language: Language
    entries: Mapping[str, Any]
    said_as: tuple[tuple[str, str], ...] = ()

    def __call__(self, key: str, **facts: object) -> str:
        """Return the text under a dotted key with its placeholders filled.

        A placeholder with two words, as in ``{jumlah:village|villages}``, becomes the first word
        where its number is one and the second one elsewhere.

        Raises
        ------
        KeyError
            If the catalogue lacks the key or a fact; that is a defect of the program.
        """
        return _FORMATTER.vformat(self.raw(key), (), facts)

    def raw(self, key: str) -> str:
        """Return the text under a dotted key as it stands in the file."""
        node: Any = self.entries
        for part in key.split("."):
            node = node[part]
        if not isinstance(node, str):
            raise KeyError(key)
        return self.reworded(node)

    def saying(self, words: Mapping[str, str]) -> Texts:
        """Return texts that say some words differently, at the start of a sentence too.

        Parameters
        ----------
        words : mapping of str to str
            From the words of the files to those that fit, e.g. ``desa/kelurahan`` to ``desa``.

        Examples
        --------
        >>> load("id").saying({"desa/kelurahan": "desa"}).reworded("Desa/kelurahan; desa/kelurahan")
        'Desa; desa'
        """
        words = {old: new for old, new in words.items() if old != new}
        both = [(a, b) for old, new in words.items()
                for a, b in ((old, new), (old.capitalize(), new.capitalize()))]  # fmt: skip
        return replace(self, said_as=(*self.said_as, *both))

    def reworded(self, text: str) -> str:
        """Return a text with the words of ``saying`` in place of its own."""
        for old, new in self.said_as:
            text = text.replace(old, new)
        return text

    def table(self, key: str) -> dict[str, str]:
        """Return all texts under a dotted key as they stand in the file, by their last names.

        Raises
        ------
        KeyError
            If there is no such table, or one in it is no text.
        """
        node: Any = self.entries
        for part in key.split("."):
            node = node[part]
        return {name: self.raw(f"{key}.{name}") for name in node}

    def has(self, key: str) -> bool:
        """Tell whether a text exists under the dotted key."""
        try:
            self.raw(key)
        except (KeyError, TypeError):
            return False
        return True

    def decimal(self, value: Decimal | float | int, digits: int) -> str:
        """Format a number with a fixed number of decimals and the marks of the language.

        Parameters
        ----------
        value : Decimal, float or int
            The number; a float is taken as the shortest decimal that reads back as it.
        digits : int
            Decimals shown, rounded half up.

        Examples
        --------
        >>> load("id").decimal(Decimal("0.2470"), 4), load("en").decimal(1234.5, 1)
        ('0,2470', '1,234.5')
        """
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        if not exact.is_finite():
            return "–" if exact.is_nan() else f"{'-' if exact < 0 else ''}∞"
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        with localcontext(_roomy(exact, digits)):
            rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
            return _written(str(rounded), pattern, self.language)

    def date(self, value: date) -> str:
        """Format a date with the month's name, e.g. ``25 November 2021``."""
        return format_date(value, "d MMMM y", locale=self.language)


def _roomy(number: Decimal, digits: int) -> Context:
    """Return arithmetic with room for all digits of a number, however long a wrong cell is."""
    return Context(prec=max(28, number.adjusted() + digits + 2), Emax=MAX_EMAX)


@lru_cache(4096)
def _written(number: str, pattern: str, language: Language) -> str:
    """Write a number; cached, because the same counts and cut-offs occur in many places."""
    return format_decimal(Decimal(number), format=pattern, locale=language)


@cache
def load(language: Language) -> Texts:
    """Return the texts of a language.

    Parameters
    ----------
    language : {"id", "en"}
        Indonesian is the default of every command.
    """
    return Texts(language, _Catalogue(resources.packaged("styles") / "teks" / language))


class _Catalogue(Mapping[str, Any]):
    """Tables by file name; a file is read when its first word is needed."""

    def __init__(self, folder: Path) -> None:
        self._files = {file.stem: file for file in sorted(folder.glob("*.toml"))}
        self._read: dict[str, dict[str, Any]] = {}

    def __getitem__(self, name: str) -> dict[str, Any]:
        if name not in self._read:
            self._read[name] = tomllib.loads(self._files[name].read_text(encoding="utf-8"))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
