"""From map specifications to drawn sheets: values in millimetres of paper, no files.

A sheet is a list of layers of lines, areas and texts (``scene``). One module per element of
the sheet; ``sheet`` puts them together. Fonts and layouts come in as values.
"""
