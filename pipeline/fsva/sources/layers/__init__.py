"""Village boundary layers, from files and databases."""
