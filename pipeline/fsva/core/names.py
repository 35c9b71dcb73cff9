"""Names of villages as people write them: when two spellings are the same.

Owns the comparison. Which village a code belongs to is never decided by a name.
"""

from __future__ import annotations

import re

# What offices write before the name of a village: its kind, in full or cut.
_KIND = re.compile(
    r"^\s*(?:desa|ds|kelurahan|kel|kalurahan|gampong|gp|kampung|kp|nagari|pekon)(?:\s*\.\s*|\s+)(?=\w)",
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


def bare(name: str) -> str:
    """Return a name without the kind of village before it; both sides of a comparison lose it.

    Examples
    --------
    >>> bare("Kel. Atambua"), bare("DESA  Kewar"), bare("Kelapa"), bare("Desa")
    ('Atambua', 'Kewar', 'Kelapa', 'Desa')
    """
    return _KIND.sub("", name)
