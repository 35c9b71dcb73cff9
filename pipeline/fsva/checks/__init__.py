"""Checks of an edition's data: one rule per function, thresholds as data, findings as values.

Owns what counts as odd or wrong in tables that could be read. The rules read no files and write
none; ``fsva.runs.check_run`` gathers what they look at.
"""
