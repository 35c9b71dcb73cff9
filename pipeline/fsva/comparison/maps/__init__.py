"""Maps of change and pairs of maps."""
