"""Geodata around and below a district: land, towns, terrain, rasters; and logos."""
