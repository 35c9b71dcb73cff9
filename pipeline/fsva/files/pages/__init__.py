"""Pages for the browser, each of one file: their frame, the map they share, and the atlas page."""
