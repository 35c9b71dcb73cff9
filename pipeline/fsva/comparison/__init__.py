"""Comparing two or more editions of a district: what changed, and why.

Owns the last station of the way. ``result`` is what a comparison says, free of files and of
language; everything that shows it reads it from there.
"""
