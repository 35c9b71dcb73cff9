"""Workbooks as grids of texts: the reader of all kinds, and what each kind adds to it."""
