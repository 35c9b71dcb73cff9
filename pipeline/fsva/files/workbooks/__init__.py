"""Workbooks of the forms of an FSVA: with live formulas, blank ones, the national template."""
