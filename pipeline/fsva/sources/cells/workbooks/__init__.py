"""Workbooks as grids of texts: the common reader, and the details of each kind of file."""
