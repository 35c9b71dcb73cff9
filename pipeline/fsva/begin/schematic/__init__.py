"""Builder of the schematic village layer, an input of editions."""
