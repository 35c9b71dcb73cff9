"""How single names find their place."""
