"""Comparing two or more editions of a district: what changed, and why.

Owns the last step of the data. ``result`` holds the outcome of a comparison, without files and
language; every view reads it from there.
"""
