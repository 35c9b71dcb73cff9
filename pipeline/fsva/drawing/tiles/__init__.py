"""Tile maps: one equal tile per village, for districts of very unequal villages."""
