"""What shows a comparison: maps of change, a page, a workbook, a document.

Each module turns a ``Comparison`` into bytes of one kind of file; none of them computes anything
that the comparison does not say.
"""
