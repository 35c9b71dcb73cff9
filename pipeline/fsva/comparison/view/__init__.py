"""The views of a comparison: a page, a workbook, a document, terminal output.

Each module turns a ``Comparison`` into one kind of output; none of them computes results of its
own.
"""
