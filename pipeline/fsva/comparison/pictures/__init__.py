"""Whether and where the pictures of two sides differ."""
