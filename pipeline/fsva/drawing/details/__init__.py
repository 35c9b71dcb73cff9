"""Detail sheets: one map per kecamatan, its villages as a table, and the index of all villages."""
