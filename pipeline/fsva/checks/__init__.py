"""Checks of an edition's data: one rule per function, thresholds as data, findings as values.

Owns the rules of what is odd or wrong in readable tables. The rules read and write no files;
``fsva.runs.check_run`` collects their input.
"""
