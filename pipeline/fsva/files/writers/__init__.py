"""Writers of sheets: one module per format or part of a format."""
