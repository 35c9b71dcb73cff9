"""Runs: the steps from an edition to the bytes of its files."""
