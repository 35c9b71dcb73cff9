"""The project for QGIS: layers, map themes and print layouts, written as XML."""
