"""The condition by which a driver returns only the rows of one kabupaten.

Owns the prefixes of a kabupaten's codes in every notation, and their SQL.
"""

from __future__ import annotations

from collections.abc import Sequence

from fsva.config.editions.layer_schemas import Fields, Writing
from fsva.core.levels import DISTRICT

# Prefix of BPS codes in humanitarian layers.
BPS_PREFIX = "ID"
# Characters that may separate the parts of a code instead of dots.
_MARKS = ("", "-", " ", "_", "/")
# Letters that stand for a digit.
_LETTERS = {"0": "Oo", "1": "Il|"}


def of_codes(writing: Writing, prefix: str, district: str, bps_district: str | None) -> list[str]:
    """Return the possible beginnings of a kabupaten's village codes.

    Parameters
    ----------
    writing : Writing
        How the layer writes codes.
    prefix : str
        Text before the code, e.g. ``ID``.
    district : str
        Kemendagri code, ``53.04``.
    bps_district : str or None
        BPS code, ``5306``; None where it is not known.

    Examples
    --------
    >>> of_codes("bps", "ID", "53.04", "5306"), of_codes("salah_satu", "", "53.04", "5306")
    (['ID5306'], ['53.04.', '5306', 'ID5306'])
    """
    bps = [f"{prefix}{bps_district}"] if bps_district else []
    if writing == "tanpa":
        return []
    if writing == "bps":
        return bps
    dotted = [f"{prefix}{district}."]
    if writing == "kemendagri":
        return dotted
    return [*dotted, *bps, *([f"{BPS_PREFIX}{bps_district}"] if bps_district else [])]


def damaged(writing: Writing, prefix: str, district: str) -> list[str]:
    """Return the beginnings of a kabupaten's Kemendagri codes that are damaged.

    They lost dots or zeros, have a blank inside, or a letter instead of a digit.

    Parameters
    ----------
    writing : Writing
        How the layer writes codes; nothing where they are not Kemendagri's.
    prefix : str
        Text before the code.
    district : str
        Kemendagri code, ``53.04``.

    Examples
    --------
    >>> damaged("kemendagri", "", "53.04")
    ['5304', '53-04', '53 04', '53_04', '53/04', '53.4.', '53 .', '53. ', '53.O4', '53.o4']
    """
    if writing not in ("kemendagri", "salah_satu"):
        return []
    province, number = district.split(".")
    short = dict.fromkeys([number.lstrip("0"), number.rstrip("0")])
    lost = [f"{prefix}{province}.{part}." for part in short if part and part != number]
    mixed = [f"{prefix}{province} .", f"{prefix}{province}. "]
    for at, digit in enumerate(district):
        mixed += [
            f"{prefix}{district[:at]}{letter}{district[at + 1 :]}"
            for letter in _LETTERS.get(digit, "")
        ]
    return [*(f"{prefix}{province}{mark}{number}" for mark in _MARKS), *lost, *mixed]


def condition(fields: Fields, numeric: bool, district: str, bps_district: str | None) -> str | None:
    """Return the condition in SQL for the rows of a kabupaten and rows that may belong to it.

    Parameters
    ----------
    numeric : bool
        Whether the field of codes holds numbers.
    district, bps_district : str
        Codes of the kabupaten.

    Returns
    -------
    str or None
        None if the codes cannot be recognised by their beginning.
    """
    schema = fields.schema
    begins = of_codes(schema.writing, schema.prefix, district, bps_district)
    if not begins:
        return None
    code = _quoted(fields.code)
    parts = [f"{code} IS NULL"]
    begins = [*begins, *damaged(schema.writing, schema.prefix, district)]
    if numeric:
        whole = [int(begin) for begin in begins if begin.isdigit()]
        ranges = ((n, 10**digits) for n in whole for digits in (4, 5, 6))
        parts += [f"({code} >= {n * unit} AND {code} < {(n + 1) * unit})" for n, unit in ranges]
    else:
        # Before a digit may stand a blank, an apostrophe, or a character that nobody sees.
        parts += [f"{code} < '0'", f"{code} > '~'", *(_begins(code, begin) for begin in begins)]
    if fields.district:
        districts = {begin.removesuffix(".") for begin in begins}
        parts += [f"{_quoted(fields.district)} = '{number}'" for number in sorted(districts)]
    return " OR ".join(parts)


def district_of(code: str, prefix: str) -> str:
    """Return the part of a village code that stands for its kabupaten, with its prefix.

    Examples
    --------
    >>> district_of("ID5306032001", "ID"), district_of("53.04.01.2001", "")
    ('ID5306', '53.04')
    """
    bare = code.removeprefix(prefix)
    own = DISTRICT.kemendagri_of(bare) if "." in bare else DISTRICT.bps_of(bare)
    return code.removesuffix(bare) + own


def among(field: str, texts: Sequence[str]) -> str:
    r"""Return the condition in SQL that a field holds one of some texts.

    Parameters
    ----------
    texts : sequence of str
        At least one.

    Examples
    --------
    >>> among("NAME_2", ["Belu", "Na'u"])
    '"NAME_2" IN (\'Belu\', \'Na\'\'u\')'
    """
    listed = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
    return f"{_quoted(field)} IN ({listed})"


def _begins(field: str, begin: str) -> str:
    """Return the range of texts with a beginning; unlike LIKE it can use an index."""
    after = begin[:-1] + chr(ord(begin[-1]) + 1)
    return f"({field} >= '{begin}' AND {field} < '{after}')"


def _quoted(field: str) -> str:
    return '"' + field.replace('"', '""') + '"'
