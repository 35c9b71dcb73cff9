"""Indicators, classes, composite, and what follows from them."""
