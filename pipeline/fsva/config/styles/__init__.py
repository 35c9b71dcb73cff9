"""Layouts, themes and colours of sheets."""
