"""Names of villages as people write them: when two spellings are the same.

Owns the comparison. Which village a code belongs to is never decided by a name.
"""

from __future__ import annotations


def plain(name: str) -> str:
    """Return a name without spaces, marks and case.

    Examples
    --------
    >>> plain("Sisi Fatuberal") == plain("sisifatuberal"), plain("S A D I")
    (True, 'sadi')
    """
    return "".join(filter(str.isalnum, name.casefold()))
