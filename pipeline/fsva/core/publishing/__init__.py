"""Outputs that appear at once or not at all: the exchange, its locks, its record."""
