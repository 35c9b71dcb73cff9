"""The layers for a GIS: what their villages look like, which files an order asks for."""
