"""Tables of an edition, from cells to values."""
