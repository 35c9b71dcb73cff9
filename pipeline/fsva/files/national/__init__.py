"""Tables and layer of many districts together."""
