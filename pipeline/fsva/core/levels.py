"""The unit that a row and an area stand for, its parents, and how their codes are built.

Owns the column with the names of villages, kecamatan and kabupaten, and the digits of their codes.
Damaged codes are the matter of ``fsva.core.codes``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """A level of the administration.

    Parameters
    ----------
    column : str
        Column that carries the names of this level.
    kemendagri, bps : tuple of int
        Digits of each part of a code; Kemendagri writes dots between the parts.

    Examples
    --------
    >>> DISTRICT.kemendagri_of("53.04.01.2001"), SUBDISTRICT.bps_of("5306032001")
    ('53.04', '5306032')
    """

    column: str
    kemendagri: tuple[int, ...]
    bps: tuple[int, ...]

    @property
    def kemendagri_form(self) -> str:
        r"""Regular expression of a Kemendagri code, one group per part: ``([0-9]{2})``."""
        return r"\.".join(map(_digits, self.kemendagri))

    @property
    def bps_form(self) -> str:
        r"""Regular expression of a BPS code, one group per part: ``([0-9]{4})([0-9]{3})``."""
        return "".join(map(_digits, self.bps))

    def kemendagri_of(self, code: str) -> str:
        """Return the Kemendagri code of this level that a code of a lower one begins with."""
        return code[: sum(self.kemendagri) + len(self.kemendagri) - 1]

    def bps_of(self, code: str) -> str:
        """Return the BPS code of this level that a code of a lower one begins with."""
        return code[: sum(self.bps)]


def _digits(number: int) -> str:
    return rf"([0-9]{{{number}}})"


DISTRICT = Level("kabupaten", (2, 2), (4,))
SUBDISTRICT = Level("kecamatan", (2, 2, 2), (4, 3))
VILLAGE = Level("desa", (2, 2, 2, 4), (4, 3, 3))

# A row of a table and an area of a layer are villages; their parents, nearest first.
UNIT = VILLAGE
PARENTS = (SUBDISTRICT, DISTRICT)


def is_kelurahan(code: str) -> bool:
    """Tell whether a Kemendagri village code is that of a kelurahan: its last part is 1xxx.

    Examples
    --------
    >>> is_kelurahan("53.04.12.1001"), is_kelurahan("53.04.01.2001")
    (True, False)
    """
    return code[-4:-3] == "1"
