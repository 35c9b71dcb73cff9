"""The columns of keys that tables of units have in common: codes, names, the row of the file.

Owns their names. The method and the reader of a table define its other columns.
"""

from __future__ import annotations

from fsva.core import levels

BPS = "kode_bps"
KEMENDAGRI = "kode_kemendagri"
UNIT = levels.UNIT.column
PARENT = levels.PARENTS[0].column
DISTRICT = levels.PARENTS[1].column

# The row of the file that a row was read from, counted from 1.
ROW = "baris"

# First columns of the joined table and the tables made from it, after the code of the layer.
KEYS = (BPS, PARENT, UNIT)
