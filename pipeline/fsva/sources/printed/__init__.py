"""A published report as tables: its lists, counts, limits and sentences."""
