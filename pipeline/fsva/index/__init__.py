"""Indicators, classes, the composite and every result computed from them."""
