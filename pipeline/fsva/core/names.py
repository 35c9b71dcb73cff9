"""Names of villages as people write them: when two spellings are the same.

Owns the comparison. Which village a code belongs to is never decided by a name.
"""

from __future__ import annotations

import re

# What offices write before the name of a village: its kind, in full or cut.
_KIND = re.compile(
    r"^\s*(desa|ds|kelurahan|kel|kalurahan|gampong|gp|kampung|kp|nagari|pekon|lembang|tiyuh|ohoi)"
    r"(?:\s*\.\s*|\s+)(?=\w)",
    re.IGNORECASE,
)
_KIND_ABOVE = re.compile(
    r"^\s*(?:(?:kecamatan|distrik)(?:\s*\.\s*|\s+)|(?:kec|distr?)(?:\s*\.\s*|\s+))(?=\w)",
    re.IGNORECASE,
)


def plain(name: str) -> str:
    """Return a name without spaces, marks and case.

    Examples
    --------
    >>> plain("Sisi Fatuberal") == plain("sisifatuberal"), plain("S A D I")
    (True, 'sadi')
    """
    return "".join(filter(str.isalnum, name.casefold()))


def kind_of(name: str) -> str:
    """Return the kind of village that stands before a name, in small letters; else nothing.

    Examples
    --------
    >>> kind_of("Kel. Atambua"), kind_of("DESA Kewar"), kind_of("Kelapa"), kind_of("Desa")
    ('kel', 'desa', '', '')
    """
    found = _KIND.match(name)
    return found[1].casefold() if found else ""


def bare(name: str) -> str:
    """Return a name without the kind of village before it; both sides of a comparison lose it.

    Examples
    --------
    >>> bare("Kel. Atambua"), bare("DESA  Kewar"), bare("Kelapa"), bare("Desa")
    ('Atambua', 'Kewar', 'Kelapa', 'Desa')
    """
    return _KIND.sub("", name)


def bare_above(name: str) -> str:
    """Return the name of a kecamatan without that word.

    Examples
    --------
    >>> bare_above("Kec. Raihat"), bare_above("KECAMATAN Lamaknen"), bare_above("Kecubung")
    ('Raihat', 'Lamaknen', 'Kecubung')
    """
    return _KIND_ABOVE.sub("", name)


def is_same(one: str, other: str) -> bool:
    """Tell whether two texts name one village: case, marks and the kind of village do not count.

    Examples
    --------
    >>> is_same("Desa Sisi Fatuberal", "sisifatuberal"), is_same("Desa Baru", "Desa Lama")
    (True, False)
    """
    return plain(bare(one)) == plain(bare(other))


def is_same_above(one: str, other: str) -> bool:
    """Tell whether two texts name one kecamatan.

    Examples
    --------
    >>> is_same_above("Kec. Raihat", "RAIHAT")
    True
    """
    return plain(bare_above(one)) == plain(bare_above(other))
