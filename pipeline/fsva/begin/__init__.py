"""The start of an edition: its first files from the layers and tables of an office."""
