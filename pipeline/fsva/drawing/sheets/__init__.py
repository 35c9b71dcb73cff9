"""Whole sheets: maps, charts, summary map, name lists."""
