"""What lies around and below a district: land, towns, terrain, rasters, logos."""
