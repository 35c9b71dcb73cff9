"""Village codes as types with their grammar, and what spreadsheets do to them.

Owns what a Kemendagri and a BPS code look like, and the names of the damages to them with the code
that was likely meant. It mends no code: the likely code helps the person who reads the error. The
crosswalk says which codes belong together (``fsva.villages.join``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar, Literal, Self

from fsva.core.levels import DISTRICT, VILLAGE

# Whose codes they are: the Ministry of Home Affairs or the statistics office.
System = Literal["kemendagri", "bps"]
Kind = Literal["kelurahan", "desa", "persiapan"]
Ailment = Literal[
    "kosong", "pengganti", "ilmiah", "pecahan", "ribuan", "spasi", "huruf",
    "pemisah", "nol_hilang", "angka_hilang", "angka_berlebih", "sistem_lain", "tak_dikenal",
]  # fmt: skip

_KEMENDAGRI = re.compile(VILLAGE.kemendagri_form)
_BPS = re.compile(VILLAGE.bps_form)
_KINDS: dict[str, Kind] = {"1": "kelurahan", "2": "desa", "3": "persiapan"}
_SCIENTIFIC = re.compile(r"(\d)[.,]?(\d*)E\+?(\d{1,2})", re.IGNORECASE)
_FRACTION = re.compile(r"(\d{5,})[.,]0*")
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})+")
_LETTERS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
_LONGEST = sum(VILLAGE.bps)  # digits of a village code in either system
# Excel shows six significant digits in a narrow column; after eight the code ended in zeros.
_SURE_DIGITS = 8


class _Code:
    """A code of either system: a text that has the system's form."""

    _FORM: ClassVar[re.Pattern[str]]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return a text as a code.

        Raises
        ------
        ValueError
            If the text is no such code; ``likely_kemendagri`` and ``likely_bps`` suggest one.

        Examples
        --------
        >>> KemendagriCode.parse("53.04.01.2001").kind, BpsCode.parse("5306032001").district_code
        ('desa', '5306')
        """
        match = cls._FORM.fullmatch(text) if text.isascii() else None
        if match is None:
            raise ValueError(text)
        return cls(*match.groups())

    @classmethod
    def has_form(cls, text: str) -> bool:
        """Tell whether a text is a code of this system."""
        return text.isascii() and cls._FORM.fullmatch(text) is not None


@dataclass(frozen=True, order=True)
class KemendagriCode(_Code):
    """A village code of the Ministry of Home Affairs, such as ``53.04.01.2001``.

    Parameters
    ----------
    province, district, subdistrict : str
        Two digits each.
    village : str
        Four digits; the first is 1 for a kelurahan, 2 for a desa, 3 for a desa persiapan.
    """

    province: str
    district: str
    subdistrict: str
    village: str

    _FORM: ClassVar[re.Pattern[str]] = _KEMENDAGRI

    @property
    def kind(self) -> Kind | None:
        """Desa, kelurahan or desa persiapan; None if its digit is none of the three."""
        return _KINDS.get(self.village[0])

    @property
    def district_code(self) -> str:
        """The code of its kabupaten or kota, ``53.04``."""
        return f"{self.province}.{self.district}"

    @property
    def subdistrict_code(self) -> str:
        """The code of its kecamatan, ``53.04.01``."""
        return f"{self.district_code}.{self.subdistrict}"

    def __str__(self) -> str:
        """Return the code as it is written."""
        return f"{self.subdistrict_code}.{self.village}"


@dataclass(frozen=True, order=True)
class BpsCode(_Code):
    """A village code of the statistics office, such as ``5306032001``.

    Parameters
    ----------
    district_code : str
        Four digits: province and kabupaten.
    subdistrict, village : str
        Three digits each.
    """

    district_code: str
    subdistrict: str
    village: str

    _FORM: ClassVar[re.Pattern[str]] = _BPS

    @property
    def subdistrict_code(self) -> str:
        """The code of its kecamatan, seven digits."""
        return f"{self.district_code}{self.subdistrict}"

    def __str__(self) -> str:
        """Return the code as it is written."""
        return f"{self.subdistrict_code}{self.village}"


@dataclass(frozen=True)
class Damage:
    """What is wrong with a code, and which it was likely meant to be.

    Parameters
    ----------
    ailment : str
        Section of ``styles/teks/<language>/kode.toml``: the first damage that was found.
    likely : str or None
        The code as it was before the damage, if that can be told; for people, never for use.
    """

    ailment: Ailment
    likely: str | None = None


def is_kemendagri(text: str) -> bool:
    """Tell whether a text is a Kemendagri village code such as ``53.04.01.2001``.

    Province, kabupaten and kecamatan have two digits each; the village has four, the first
    of which is 1 for a kelurahan, 2 for a desa, 3 for a desa persiapan.

    Examples
    --------
    >>> is_kemendagri("53.04.01.2001"), is_kemendagri("5304012001")
    (True, False)
    """
    return KemendagriCode.has_form(text)


def dotted(digits: str) -> str:
    """Set the dots of a Kemendagri code that is written without them.

    Parameters
    ----------
    digits : str
        Ten digits.

    Examples
    --------
    >>> dotted("5304012001")
    '53.04.01.2001'
    """
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"


def is_bps(text: str) -> bool:
    """Tell whether a text is a BPS village code: ten digits such as ``5306032001``.

    Examples
    --------
    >>> is_bps("5306032001"), is_bps("530603200")
    (True, False)
    """
    return BpsCode.has_form(text)


def district_of(texts: Iterable[str]) -> str | None:
    """Return the kabupaten that most sound codes of a column belong to.

    Parameters
    ----------
    texts : iterable of str
        Codes of one system, damaged ones among them.

    Returns
    -------
    str or None
        ``53.04`` or ``5306``, to judge damaged codes by; None if no code is sound.

    Examples
    --------
    >>> district_of(["5306032001", "5306032002", "53O6032003"])
    '5306'
    """
    counts = Counter(_district(text) for text in texts)
    counts.pop(None, None)
    return min(counts, key=lambda code: (-counts[code], code or ""), default=None)


def _district(text: str) -> str | None:
    if is_bps(text):
        return DISTRICT.bps_of(text)
    return DISTRICT.kemendagri_of(text) if is_kemendagri(text) else None


def likely_bps(
    text: str, district: str | None = None, known: Collection[str] = ()
) -> Damage | None:
    """Name the damage to a BPS code.

    Parameters
    ----------
    district : str or None
        Four digits; with it, likely codes of other kabupaten are not suggested.
    known : collection of str
        Village codes that exist, or kecamatan codes of seven digits. A short code (Podes: eight or
        nine digits) can come from several codes; if exactly one of these exists, it is the likely
        one.

    Returns
    -------
    Damage or None
        None if the code is sound.

    Examples
    --------
    >>> likely_bps("530632001", "5306", {"5306032"})
    Damage(ailment='nol_hilang', likely='5306032001')
    >>> likely_bps("5306032001.0", "5306")
    Damage(ailment='pecahan', likely='5306032001')
    >>> likely_bps("5,30603E+09", "5306")
    Damage(ailment='ilmiah', likely=None)
    """
    if is_bps(text):
        return None
    if is_kemendagri(text):
        return Damage("sistem_lain")
    ailment, digits = _digits(text)
    likely = digits if is_bps(digits) and digits.startswith(district or "") else None
    if likely is None and (whole := _only_whole(digits, district, known)):
        return Damage(ailment or "nol_hilang", whole)
    return Damage(ailment or _by_length(digits), likely)


def _only_whole(digits: str, district: str | None, known: Collection[str]) -> str | None:
    """Return the only code that becomes these digits when its parts lose their leading zeros."""
    if district is None or not 6 <= len(digits) < _LONGEST:
        return None
    wholes = {code for code in _wholes(digits) if code.startswith(district)}
    if known:
        wholes = {c for c in wholes if c in known or BpsCode.parse(c).subdistrict_code in known}
    return wholes.pop() if len(wholes) == 1 else None


def _wholes(digits: str) -> Iterator[str]:
    """Yield the codes that become these digits when their parts lose leading zeros."""
    for n_district in (1, 2):
        for n_subdistrict in (1, 2, 3):
            ends = (2, 2 + n_district, 2 + n_district + n_subdistrict)
            parts = [digits[a:b] for a, b in pairwise((*ends, len(digits)))]
            if 1 <= len(parts[-1]) <= 3:
                widths = zip(parts, (2, 3, 3), strict=True)
                yield digits[:2] + "".join(part.zfill(width) for part, width in widths)


def likely_kemendagri(text: str, district: str | None = None) -> Damage | None:
    """Name the damage to a Kemendagri code.

    Parameters
    ----------
    district : str or None
        ``53.04``; with it, likely codes of other kabupaten are not suggested, and it completes a
        part that lost a digit ("11.1").

    Returns
    -------
    Damage or None
        None if the code is sound.

    Examples
    --------
    >>> likely_kemendagri("11.1.01.2001", "11.10")
    Damage(ailment='nol_hilang', likely='11.10.01.2001')
    >>> likely_kemendagri("5304012001", "53.04")
    Damage(ailment='pemisah', likely='53.04.01.2001')
    """
    if is_kemendagri(text):
        return None
    cleaned, _ = _clean(text)
    parts = re.split(r"[^0-9]+", cleaned)
    if len(parts) == 4 and all(parts) and not _THOUSANDS.fullmatch(cleaned):
        return _of_parts(text, parts, district)
    ailment, digits = _digits(text)
    if is_bps(digits):
        return _of_digits(ailment, digits, district)
    return Damage(ailment or _by_length(digits))


def _of_digits(ailment: Ailment | None, digits: str, district: str | None) -> Damage:
    """Set the dots of ten digits, if they can be a Kemendagri code at all."""
    code = dotted(digits)
    is_of_district = code.startswith(district or "") and KemendagriCode.parse(code).kind is not None
    return Damage(
        ailment or ("pemisah" if is_of_district else "sistem_lain"),
        code if is_of_district else None,
    )


def _of_parts(text: str, parts: list[str], district: str | None) -> Damage:
    """Judge four parts: wrong marks between them, or digits that they lost."""
    ailment = _clean(text)[1] or "pemisah"
    if [len(part) for part in parts] == [2, 2, 2, 4]:
        return Damage(ailment, _within(".".join(parts), district))
    head, village = parts[:3], parts[3]
    if len(village) != 4 or any(len(part) > 2 for part in head):
        lost = sum(map(len, parts)) < _LONGEST
        return Damage("angka_hilang" if lost else "angka_berlebih")
    known = district.split(".") if district else []
    filled = [_filled(part, known[n : n + 1]) for n, part in enumerate(head)]
    return Damage("nol_hilang", _within(".".join([*filled, village]), district))


def _filled(part: str, known: list[str]) -> str:
    """Give a part its zero back: at the end if the kabupaten's code has it there, else in front."""
    behind = part.ljust(2, "0")
    return behind if known == [behind] else part.zfill(2)


def _within(code: str, district: str | None) -> str | None:
    return code if is_kemendagri(code) and code.startswith(district or "") else None


def _digits(text: str) -> tuple[Ailment | None, str]:
    """Undo what a spreadsheet does to a code; return the first damage and the repaired text."""
    if not text.strip():
        return "kosong", ""
    if set("-_xX?#") & set(text) and re.search(r"-{2}|_{2}|[xX]{2}|[?#]", text):
        return "pengganti", ""
    cleaned, ailment = _clean(text)
    for name, pattern, undo in _UNDOING:
        if match := pattern.fullmatch(cleaned):
            return name, undo(match)
    bare = re.sub(r"[.,\-/]", "", cleaned)
    if not bare.isascii() or not bare.isdigit():
        return "tak_dikenal", ""
    marked = bare != cleaned and len(bare) == _LONGEST
    return ailment or ("pemisah" if marked else None), bare


def _clean(text: str) -> tuple[str, Ailment | None]:
    """Remove spaces and apostrophes, and replace letters by the digits they look like."""
    if _THOUSANDS.fullmatch(text.strip()) or _SCIENTIFIC.fullmatch(text.strip()):
        return text.strip(), None
    bare = re.sub(r"[\s'’`\"\u200b\ufeff]", "", text)
    read = bare.translate(_LETTERS)
    if read != bare and re.fullmatch(r"[\d.,\-/]+", read):
        return read, "huruf"
    return bare, "spasi" if bare != text else None


def _from_scientific(match: re.Match[str]) -> str:
    """Return all digits of a number like 5.30603201E+09, or none if it was rounded."""
    first, rest, power = match.groups()
    exact = Decimal(f"{first}.{rest or 0}").scaleb(int(power))
    whole = len(first + rest) >= _SURE_DIGITS and exact == exact.to_integral_value()
    return str(int(exact)) if whole else ""


def _without_marks(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match.group())


_UNDOING: tuple[tuple[Ailment, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("ilmiah", _SCIENTIFIC, _from_scientific),
    ("ribuan", _THOUSANDS, _without_marks),
    ("pecahan", _FRACTION, lambda found: found.group(1)),
)


def _by_length(digits: str) -> Ailment:
    """Name the damage that only the number of digits shows."""
    return "angka_hilang" if len(digits) < _LONGEST else "angka_berlebih"
