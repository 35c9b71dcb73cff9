"""The types of the tables that readers give on.

Owns their names for modules that only pass a table on: they need not know whose table it is.
"""

from __future__ import annotations

from typing import TypeAlias

import pandas as pd

Table: TypeAlias = pd.DataFrame
WordColumn: TypeAlias = "pd.Series[str]"
