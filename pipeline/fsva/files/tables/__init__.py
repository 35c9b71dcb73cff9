"""Writers of tables: CSV, workbook, GeoJSON, TOML."""
