"""Editions at git revisions, and the change of a table for ``git diff``."""
