"""Tables as plain columns, with or without shapes: what a run passes from reader to map."""
