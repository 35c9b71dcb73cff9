"""Village codes as types with their grammar.

Owns what a Kemendagri and a BPS code look like. Which code belongs to which is the
crosswalk's business (``pipeline.join``).
"""

from __future__ import annotations

import re

_KEMENDAGRI = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")
_BPS = re.compile(r"\d{10}")


def is_kemendagri(text: str) -> bool:
    """Tell whether a text is a Kemendagri village code such as ``53.04.01.2001``.

    Province, kabupaten and kecamatan have two digits each; the village has four, the first
    of which is 1 for a kelurahan, 2 for a desa, 3 for a desa persiapan.

    Examples
    --------
    >>> is_kemendagri("53.04.01.2001"), is_kemendagri("5304012001")
    (True, False)
    """
    return text.isascii() and _KEMENDAGRI.fullmatch(text) is not None


def is_bps(text: str) -> bool:
    """Tell whether a text is a BPS village code: ten digits such as ``5306032001``.

    Examples
    --------
    >>> is_bps("5306032001"), is_bps("530603200")
    (True, False)
    """
    return text.isascii() and _BPS.fullmatch(text) is not None
