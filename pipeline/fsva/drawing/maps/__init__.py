"""The map itself: ground, district, second channel, colours."""
