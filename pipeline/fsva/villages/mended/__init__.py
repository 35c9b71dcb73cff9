"""A mended layer as columns, for those who keep it."""
