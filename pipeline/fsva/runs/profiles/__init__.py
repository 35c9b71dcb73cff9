"""Profiles of villages and kecamatan as files."""
