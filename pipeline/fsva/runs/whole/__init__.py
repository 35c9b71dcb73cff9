"""The check of a layer as a whole."""
