"""The types of the tables that readers return.

Modules that only pass a table on use these names and need not import its library.
"""

from __future__ import annotations

from typing import TypeAlias

import pandas as pd

Table: TypeAlias = pd.DataFrame
WordColumn: TypeAlias = "pd.Series[str]"
