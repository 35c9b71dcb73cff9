"""Layers for a GIS: the joined villages, their kecamatan and kabupaten, with styles, as bytes."""
