"""Output folders of atlases, read back for what joins many of them."""
