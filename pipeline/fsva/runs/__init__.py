"""Runs: from an edition to the bytes of its files, step after step."""
