"""Profiles: a sheet per village and per kecamatan."""
