"""Beginning an edition: layers and tables of an office become its first files."""
