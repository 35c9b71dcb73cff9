"""Maps of many districts on one sheet."""
